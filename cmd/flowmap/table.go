package main

import (
	"strings"
	"unicode/utf8"
)

// table is aligned columns of text for a terminal.
type table struct {
	heads []string
	right []bool // columns of numbers
	rows  [][]string
}

const gap = "  "

// text writes the table. Where it is wider than width, the widest column of
// words is cut; a width of 0 cuts nothing.
func (t table) text(width int) string {
	widths := make([]int, len(t.heads))
	for i, h := range t.heads {
		widths[i] = utf8.RuneCountInString(h)
		for _, r := range t.rows {
			widths[i] = max(widths[i], utf8.RuneCountInString(r[i]))
		}
	}
	t.narrow(widths, width)
	var b strings.Builder
	lines := t.rows
	if strings.Join(t.heads, "") != "" {
		lines = append([][]string{t.heads}, t.rows...)
	}
	for _, r := range lines {
		line := make([]string, len(r))
		for i, cell := range r {
			line[i] = pad(cut(cell, widths[i]), widths[i], t.right[i])
		}
		b.WriteString(strings.TrimRight(strings.Join(line, gap), " ") + "\n")
	}
	return b.String()
}

// narrow takes from the widest column of words until the table fits, down to
// twelve letters.
func (t table) narrow(widths []int, width int) {
	total := len(gap) * (len(widths) - 1)
	for _, w := range widths {
		total += w
	}
	for width > 0 && total > width {
		widest := -1
		for i, w := range widths {
			if !t.right[i] && w > 12 && (widest < 0 || w > widths[widest]) {
				widest = i
			}
		}
		if widest < 0 {
			return
		}
		widths[widest]--
		total--
	}
}

func cut(s string, width int) string {
	if utf8.RuneCountInString(s) <= width {
		return s
	}
	return string([]rune(s)[:width-1]) + "…"
}

func pad(s string, width int, right bool) string {
	blanks := strings.Repeat(" ", max(0, width-utf8.RuneCountInString(s)))
	if right {
		return blanks + s
	}
	return s + blanks
}

// wrap breaks text into lines of at most width letters, the first behind
// indent, the others behind as many blanks.
func wrap(text string, width int, indent string) string {
	if width <= 0 {
		width = 100
	}
	var b strings.Builder
	line := indent
	for _, word := range strings.Fields(text) {
		if line != indent && utf8.RuneCountInString(line)+1+utf8.RuneCountInString(word) > width {
			b.WriteString(line + "\n")
			indent = strings.Repeat(" ", utf8.RuneCountInString(indent))
			line = indent
		}
		if line != indent {
			line += " "
		}
		line += word
	}
	return b.String() + line + "\n"
}
