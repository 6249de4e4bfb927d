package intake

import (
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// What a text may be at most, in letters.
const (
	mostLabel = 200
	mostProse = 4000
)

// text reads a short text on one line.
func (i *intake) text(c cell) string { return oneLine(i.readable(c, mostLabel)) }

// readable refuses what no keyboard writes, and texts beyond a length.
func (i *intake) readable(c cell, most int) string {
	if n := utf8.RuneCountInString(c.text); n > most {
		i.add(c, fmt.Sprintf("the text has %d letters, and %d is the most", n, most), "shorten it")
		return ""
	}
	text := strings.Map(func(r rune) rune {
		if r == '\t' || r == '\v' || r == '\f' {
			return ' '
		}
		return r
	}, c.text)
	for _, r := range text {
		if unicode.IsControl(r) && r != '\n' || r == utf8.RuneError {
			i.add(c, fmt.Sprintf("holds a letter that cannot be read (U+%04X)", r), "type the text anew")
			return ""
		}
	}
	return strings.TrimSpace(text)
}

// names reads people, with commas between them.
func (i *intake) names(c cell) []string {
	var all []string
	for _, name := range strings.FieldsFunc(i.readable(c, mostLabel), func(r rune) bool { return r == ',' || r == ';' || r == '\n' }) {
		if name = oneLine(name); name != "" && !slices.Contains(all, name) {
			all = append(all, name)
		}
	}
	return all
}

// date reads a day, as a date, as a number of days, or in words.
func (i *intake) date(c cell) string {
	switch c.kind {
	case nothing, formula, broken:
		return ""
	case day:
		return i.plausible(c, c.text)
	case number: // of a cell whose format was lost
		return i.plausible(c, time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC).AddDate(0, 0, int(min(max(c.number, 0), 1e6))).Format(time.DateOnly))
	case written:
	}
	for _, p := range i.grid.head.printer {
		if iso, err := p.ParseDate(c.text); err == nil {
			return i.plausible(c, iso)
		}
	}
	i.add(c, fmt.Sprintf("%q is no date", short(c.text)), "write it as 2026-11-02")
	return ""
}

func (i *intake) plausible(c cell, iso string) string {
	if _, err := time.Parse(time.DateOnly, iso); err != nil || iso < "2000-01-01" || iso > "2099-12-31" {
		i.add(c, fmt.Sprintf("%s is no date of this time", short(c.text)), "write it as 2026-11-02")
		return ""
	}
	return iso
}

// choose reads what was chosen from a column's list.
func (i *intake) choose(c cell, list string) string {
	if c.empty() {
		return ""
	}
	code, ok := i.lists[list].find(c.text)
	if !ok {
		i.add(c, i.unknownChoice(c, list), i.lists[list].meant(c.text))
	}
	return code
}

func (i *intake) unknownChoice(c cell, list string) string {
	switch list {
	case "system":
		return fmt.Sprintf("unknown system %q", short(c.text))
	case "entity":
		return fmt.Sprintf("unknown type of data %q", short(c.text))
	}
	return fmt.Sprintf("%q is none of the answers", short(c.text))
}

// means tells whether a cell says what one of the words of a key does.
func (i *intake) means(c cell, key string) bool {
	for _, p := range i.grid.head.printer {
		for _, word := range strings.Split(p.Text(key, nil), "|") {
			if fold(c.text) == fold(word) {
				return true
			}
		}
	}
	return false
}
