package main

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// table is aligned columns of text for a terminal.
type table struct {
	heads []string
	right []bool // columns of numbers
	rows  [][]string
	// spared are columns that a narrow terminal goes without, the first first;
	// the first without of them are left out everywhere.
	spared  []int
	without int
}

const gap = "  "

// text writes the table. Where it is wider than width, the widest column of
// words is cut; a width of 0 cuts nothing.
func (t table) text(width int) string {
	t = t.spare(width)
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

// records writes each row as its first cell and below it the others, each with its
// head, those that are empty left out: for a table that is too wide at its narrowest.
func (t table) records(width int) string {
	var b strings.Builder
	for _, r := range t.rows {
		b.WriteString(wrap(r[0], width, ""))
		var said []string
		for i, cell := range r[1:] {
			if cell != "" {
				said = append(said, t.heads[i+1]+": "+cell)
			}
		}
		if len(said) > 0 {
			b.WriteString(wrap(strings.Join(said, "; "), width, "  "))
		}
	}
	return b.String()
}

// readable is how many letters a column of words keeps before others are
// spared.
const readable = 20

// spare leaves columns out until the table fits with readable words.
func (t table) spare(width int) table {
	gone := t.without
	for ; width > 0 && gone < len(t.spared) && t.least(t.spared[:gone]) > width; gone++ {
	}
	keep := func(cells []string) []string {
		var kept []string
		for i, c := range cells {
			if !slices.Contains(t.spared[:gone], i) {
				kept = append(kept, c)
			}
		}
		return kept
	}
	thin := table{heads: keep(t.heads)}
	for i, right := range t.right {
		if !slices.Contains(t.spared[:gone], i) {
			thin.right = append(thin.right, right)
		}
	}
	for _, r := range t.rows {
		thin.rows = append(thin.rows, keep(r))
	}
	return thin
}

// least is how wide the table is without some columns and with its columns of
// words cut to what is readable.
func (t table) least(without []int) int {
	total := -len(gap)
	for i, h := range t.heads {
		if slices.Contains(without, i) {
			continue
		}
		widest := utf8.RuneCountInString(h)
		for _, r := range t.rows {
			widest = max(widest, utf8.RuneCountInString(r[i]))
		}
		if !t.right[i] {
			widest = min(widest, readable)
		}
		total += widest + len(gap)
	}
	return total
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
