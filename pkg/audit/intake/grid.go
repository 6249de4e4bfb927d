package intake

import (
	"fmt"
	"math"
	"strings"
	"unicode"

	"github.com/flowmap-dev/flowmap/pkg/audit"
	"github.com/flowmap-dev/flowmap/pkg/lang"
)

// cell is one cell with something in it; the zero cell is empty.
type cell struct {
	row, column int // from 1
	kind        kind
	text        string // as a person wrote it, trimmed; a date as 2026-11-02
	number      float64
}

type kind uint8

const (
	nothing kind = iota
	written      // a text
	number       // a percentage counts as 0 to 100
	day          // a number that is shown as a date
	formula
	broken // an error such as #N/A
)

func (c cell) empty() bool { return c.kind == nothing }

// set gives the cell a text, as it is written in one.
func (c *cell) set(s string) {
	s = strings.ReplaceAll(strings.ReplaceAll(s, "\r\n", "\n"), "\r", "\n")
	s = strings.TrimFunc(s, func(r rune) bool { return unicode.IsSpace(r) || r == '\ufeff' || r == '\u200b' })
	if c.text = s; s != "" {
		c.kind = written
	}
}

// mostText is how many bytes all texts of a form have at most.
const mostText = 2 << 20

// grid is a sheet, or a CSV: its rows that hold something, from the top.
type grid struct {
	sheet   string // empty for a CSV
	lines   []line
	merged  []block
	letters int // bytes of all texts
	comma   rune
	head    header
}

type line struct {
	row   int
	cells []cell
}

type block struct {
	name        string // A1:B2
	first, last cell   // its corners
}

// put adds a cell; cells come row by row.
func (g *grid) put(c cell) {
	if c.empty() {
		return
	}
	g.letters += len(c.text)
	if n := len(g.lines); n == 0 || g.lines[n-1].row != c.row {
		g.lines = append(g.lines, line{row: c.row})
	}
	last := &g.lines[len(g.lines)-1]
	last.cells = append(last.cells, c)
}

// at returns the cell in a column; an empty one knows its place too.
func (l line) at(column int) cell {
	for _, c := range l.cells {
		if c.column == column {
			return c
		}
	}
	return cell{row: l.row, column: column}
}

// span gives the corners of A1:B2.
func span(name string) (first, last cell, ok bool) {
	a, b, _ := strings.Cut(name, ":")
	if first.column, first.row, ok = position(a); !ok {
		return first, last, false
	}
	last.column, last.row, ok = position(b)
	return first, last, ok
}

// header is where the columns of a form stand.
type header struct {
	row     int
	at      []int   // by the index in columns; 0: not there
	own     int     // the language of the headings, by its index in languages
	unknown []cell  // headings that are none
	twice   []cell  // headings that stand there already
	printer printer // of all languages, the headings' own first
}

// find looks for the row of headings: the one that has the most, and at least
// where data comes from and where it goes.
func (g *grid) find(names headingIndex) bool {
	if g.letters > mostText {
		return false
	}
	best, most := header{}, 1
	for i, l := range g.lines {
		if i == 60 {
			break
		}
		if h, n := names.read(l); n > most {
			best, most = h, n
		}
	}
	if most < 2 {
		return false
	}
	best.printer = names.languages.from(best.own)
	g.head = best
	return true
}

// printer speaks several languages, the form's own first.
type printer []lang.Printer

func languages() (printer, error) {
	var all printer
	for _, code := range lang.Languages() {
		p, err := lang.New(code)
		if err != nil {
			return nil, err
		}
		all = append(all, p)
	}
	return all, nil
}

// from puts the language with an index first.
func (p printer) from(own int) printer {
	all := printer{p[own]}
	for i, other := range p {
		if i != own {
			all = append(all, other)
		}
	}
	return all
}

// tidyNumber writes a number for a workspace, without what a computer adds to
// its last digits.
func tidyNumber(x float64) string { return audit.PlainNumber(math.Round(x*1e6) / 1e6) }

func noHeader(name string) error {
	return &RefusedError{name, "there is no row of headings here", fmt.Sprintf("a form has at least the columns %q and %q (%q and %q)", "From", "To", "Desde", "Hasta")}
}
