package main

import (
	"fmt"
	"strings"
)

// anyLines is the line of a page that stands for any lines, none among them.
const anyLines = "…"

// matches tells whether the output got is what the page wants, line by line.
func matches(want, got []string) bool {
	// reach[j] is whether the lines of want read so far can stand for got[:j].
	reach := make([]bool, len(got)+1)
	reach[0] = true
	for _, line := range want {
		next := make([]bool, len(got)+1)
		for j := range reach {
			switch {
			case line == anyLines:
				next[j] = reach[j] || j > 0 && next[j-1]
			case j > 0:
				next[j] = reach[j-1] && line == got[j-1]
			}
		}
		reach = next
	}
	return reach[len(got)]
}

// problem says how the command differs from its page, or is empty.
func (c command) problem(exitOnly bool) string {
	var text strings.Builder
	if c.gotExit != c.exit {
		fmt.Fprintf(&text, "  ended with exit code %d, want %d\n", c.gotExit, c.exit)
	}
	if !exitOnly && len(c.want) > 0 && !matches(c.want, c.got) {
		text.WriteString(difference(c.want, c.got))
	}
	if text.Len() > 0 && (exitOnly || len(c.want) == 0) {
		text.WriteString(quote("it printed", c.got))
	}
	return text.String()
}

// difference shows both outputs from the first line that differs on.
func difference(want, got []string) string {
	same := 0
	for same < len(want) && same < len(got) && want[same] == got[same] {
		same++
	}
	head := fmt.Sprintf("  output line %d differs\n", same+1)
	return head + quote("the page says", want[same:]) + quote("it printed", got[same:])
}

func quote(title string, lines []string) string {
	const most = 40
	var text strings.Builder
	fmt.Fprintf(&text, "  %s:\n", title)
	for i, line := range lines {
		if i == most {
			fmt.Fprintf(&text, "    | (%d more lines)\n", len(lines)-most)
			break
		}
		fmt.Fprintf(&text, "    | %s\n", line)
	}
	return text.String()
}
