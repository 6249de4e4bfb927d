package main

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
)

// block is one fenced console block; first and end are the indices of its lines
// in the page, without the fences.
type block struct {
	indent     string
	first, end int
	commands   []command
}

// command is what stands after "$ " with what the page says it prints, and once it
// has run, what it printed.
type command struct {
	text string // continued lines joined by newlines, for bash
	line int    // in the page, from 1
	want []string
	exit int // the code that the page says

	got     []string
	gotExit int
}

var exitLine = regexp.MustCompile(`^\(exit (\d+)\)$`)

// parse finds the console blocks of a page. Its errors name page and line.
func parse(page, source string) ([]block, error) {
	lines := strings.Split(source, "\n")
	var blocks []block
	for i := 0; i < len(lines); i++ {
		indent, fence, info := openingFence(lines[i])
		if fence == "" {
			continue
		}
		end := i + 1
		for end < len(lines) && !closes(lines[end], fence) {
			end++
		}
		if end == len(lines) {
			return nil, fmt.Errorf("%s:%d: a fenced block is not closed", page, i+1)
		}
		if info == "console" {
			b := block{indent: indent, first: i + 1, end: end}
			if err := b.read(page, lines); err != nil {
				return nil, err
			}
			blocks = append(blocks, b)
		}
		i = end
	}
	return blocks, nil
}

// openingFence returns the parts of a line that opens a fenced block, and an empty
// fence for any other line.
func openingFence(line string) (indent, fence, info string) {
	rest := strings.TrimLeft(line, " ")
	indent = line[:len(line)-len(rest)]
	for _, mark := range []string{"`", "~"} {
		tail := strings.TrimLeft(rest, mark)
		if n := len(rest) - len(tail); n >= 3 {
			return indent, rest[:n], strings.TrimSpace(tail)
		}
	}
	return "", "", ""
}

func closes(line, fence string) bool {
	line = strings.TrimSpace(line)
	return strings.HasPrefix(line, fence) && strings.Trim(line, fence[:1]) == ""
}

// read takes the commands from the block's lines.
func (b *block) read(page string, lines []string) error {
	for i := b.first; i < b.end; i++ {
		line := strings.TrimPrefix(lines[i], b.indent)
		text, isCommand := strings.CutPrefix(line, "$ ")
		if !isCommand {
			if len(b.commands) == 0 {
				return fmt.Errorf("%s:%d: a console block begins with a command, a line that begins with \"$ \"", page, i+1)
			}
			last := &b.commands[len(b.commands)-1]
			last.want = append(last.want, line)
			continue
		}
		c := command{text: text, line: i + 1}
		for strings.HasSuffix(c.text, `\`) && i+1 < b.end {
			i++
			c.text += "\n" + strings.TrimPrefix(lines[i], b.indent)
		}
		b.commands = append(b.commands, c)
	}
	for i := range b.commands {
		b.commands[i].takeExit()
	}
	return nil
}

// takeExit moves a last line (exit N) from the output to the exit code.
func (c *command) takeExit() {
	if len(c.want) == 0 {
		return
	}
	m := exitLine.FindStringSubmatch(c.want[len(c.want)-1])
	if m == nil {
		return
	}
	if code, err := strconv.Atoi(m[1]); err == nil {
		c.exit = code
		c.want = c.want[:len(c.want)-1]
	}
}

// rewrite returns the page with the output of each command that printed something
// else replaced by what it printed. A command without output in the page stays so.
func rewrite(source string, blocks []block) string {
	lines := strings.Split(source, "\n")
	var out []string
	done := 0
	for _, b := range blocks {
		out = append(out, lines[done:b.first]...)
		for _, c := range b.commands {
			out = append(out, c.shown(b.indent)...)
		}
		done = b.end
	}
	out = append(out, lines[done:]...)
	return strings.Join(out, "\n")
}

// shown returns the lines that a page has for the command after an update.
func (c command) shown(indent string) []string {
	text := strings.Split("$ "+c.text, "\n")
	output := c.want
	if len(c.want) > 0 && !matches(c.want, c.got) {
		output = c.got
	}
	text = append(text, output...)
	if c.exit != 0 {
		text = append(text, fmt.Sprintf("(exit %d)", c.exit))
	}
	for i := range text {
		if text[i] != "" {
			text[i] = indent + text[i]
		}
	}
	return text
}
