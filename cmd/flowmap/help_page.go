package main

import (
	"regexp"
	"slices"
	"strings"
)

// plainPage is a page of Markdown for a terminal of width letters: lines that
// fit, links by their words and addresses, tables a row a paragraph, no pictures.
func plainPage(text string, width int) string {
	var b strings.Builder
	var heads []string // of the table that the lines before began
	code := false
	for line := range strings.Lines(text) {
		line = strings.TrimRight(line, "\r\n")
		bare := strings.TrimSpace(line)
		switch {
		case strings.HasPrefix(bare, "```"):
			code = !code
			continue
		case code:
			b.WriteString("    " + line + "\n")
			continue
		case isPicture(bare):
			continue
		case !strings.HasPrefix(bare, "|"):
			heads = nil
		case heads == nil:
			heads = cellsOf(bare)
			continue
		case strings.Trim(bare, "|-: ") == "":
			continue
		default:
			b.WriteString(rowOf(heads, cellsOf(bare), width))
			continue
		}
		b.WriteString(proseLine(line, width))
	}
	return pauses.ReplaceAllString(strings.TrimLeft(b.String(), "\n"), "\n\n")
}

// pauses are several empty lines together.
var pauses = regexp.MustCompile(`\n{3,}`)

func isPicture(line string) bool {
	return strings.HasPrefix(line, "![") && strings.HasSuffix(line, ")") || strings.HasPrefix(line, "<img ") || strings.HasPrefix(line, "<picture")
}

// listMark is what a line of a list begins with.
var listMark = regexp.MustCompile(`^\s*([-*]|\d+\.)\s+`)

// proseLine is a line of text, broken where it is too long; what follows in a
// list stands below its beginning.
func proseLine(line string, width int) string {
	if strings.TrimSpace(line) == "" {
		return "\n"
	}
	mark := listMark.FindString(line)
	if mark == "" {
		mark = line[:len(line)-len(strings.TrimLeft(line, " "))]
	}
	return wrap(inline(line[len(mark):]), width, mark)
}

// cellsOf are the cells of a row of a table. A bar behind a backslash is none.
func cellsOf(row string) []string {
	const bar = "\x00"
	row = strings.ReplaceAll(strings.Trim(row, "| "), `\|`, bar)
	cells := strings.Split(row, "|")
	for i, c := range cells {
		cells[i] = inline(strings.TrimSpace(strings.ReplaceAll(c, bar, "|")))
	}
	return cells
}

// rowOf writes a row of a table below each other, each cell behind its heading.
func rowOf(heads, cells []string, width int) string {
	var b strings.Builder
	for i, c := range cells {
		switch {
		case i == 0:
			b.WriteString(wrap(c, width, "- "))
		case c == "":
		case i < len(heads) && heads[i] != "":
			b.WriteString(wrap(heads[i]+": "+c, width, "  "))
		default:
			b.WriteString(wrap(c, width, "  "))
		}
	}
	return b.String()
}

var link = regexp.MustCompile(`\[([^\[\]]*)\]\(([^()\s]*)\)`)

// inline leaves of a text's Markdown the words: of links to other pages the
// topic, of others the address.
func inline(text string) string {
	text = link.ReplaceAllStringFunc(text, func(s string) string {
		parts := link.FindStringSubmatch(s)
		words, to := parts[1], parts[2]
		page, _, _ := strings.Cut(to, "#")
		i := slices.IndexFunc(topics, func(t topic) bool { return t.page == page })
		switch {
		case i >= 0:
			return words + ` ("flowmap help ` + topics[i].name + `")`
		case strings.Contains(to, "://") && words != to:
			return words + " (" + to + ")"
		}
		return words
	})
	return strings.ReplaceAll(text, "**", "")
}
