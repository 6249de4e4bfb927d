package main

import (
	"slices"
	"strings"
	"testing"

	"github.com/flowmap-dev/flowmap/docs"
)

// Every page of the manual is a topic and stands in its index.
func TestEveryPageIsATopic(t *testing.T) {
	pages, err := docs.Pages()
	if err != nil {
		t.Fatal(err)
	}
	index, err := docs.Page("README.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, page := range pages {
		if page == "README.md" {
			continue
		}
		i := slices.IndexFunc(topics, func(t topic) bool { return t.page == page })
		if i < 0 {
			t.Errorf("docs/%s is no topic of flowmap help", page)
		} else if row := "](" + page + ") | `" + topics[i].name + "` |"; !strings.Contains(index, row) {
			t.Errorf("docs/README.md does not hold %q", row)
		}
	}
	for _, topic := range topics {
		if !slices.Contains(pages, topic.page) {
			t.Errorf("topic %s: there is no docs/%s", topic.name, topic.page)
		}
	}
}

func TestPageOnATerminal(t *testing.T) {
	const page = "# Head\n\n![a picture](a.png)\n\n" +
		"See [the method](method.md#rates), [n8n](https://n8n.io) and **this** [part](#part).\n\n" +
		"1. one two three four five six\n\n" +
		"| what | how |\n| --- | --- |\n| a | `x \\| y` |\n\n" +
		"```console\n$ flowmap rank | head\n```\n"
	const want = "# Head\n\n" +
		"See the method (\"flowmap help\nmethod\"), n8n (https://n8n.io)\nand this part.\n\n" +
		"1. one two three four five six\n\n" +
		"- a\n  how: `x | y`\n\n" +
		"    $ flowmap rank | head\n"
	if got := plainPage(page, 30); got != want {
		t.Errorf("got:\n%s\nwant:\n%s", got, want)
	}
}

// No page shows the marks of what a terminal has not, at any width.
func TestPagesOnATerminalHaveNoMarks(t *testing.T) {
	for _, topic := range topics {
		text, err := docs.Page(topic.page)
		if err != nil {
			t.Fatal(err)
		}
		got := plainPage(text, 80)
		for _, mark := range []string{"](", "| --- |", "![", "<img", "```"} {
			for line := range strings.Lines(got) {
				if strings.Contains(line, mark) && !strings.HasPrefix(line, "    ") {
					t.Errorf("%s shows %q: %s", topic.name, mark, line)
				}
			}
		}
	}
}
