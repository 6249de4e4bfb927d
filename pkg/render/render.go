// Package render writes a report in the formats that people open: a workbook,
// a page, and Markdown. It prints what the report holds, in its order and with
// its words; it sorts, sums and decides nothing.
//
// Text from a workspace is foreign: each format has one function that makes it
// harmless there.
package render

import (
	"strings"
	"unicode"

	"github.com/flowmap-dev/flowmap/pkg/lang"
	"github.com/flowmap-dev/flowmap/pkg/report"
)

// figures writes cells as text, as pages and Markdown show them.
type figures struct {
	lang.Printer
	currency string
}

func figuresOf(r report.Report) (figures, error) {
	p, err := lang.New(r.Meta.Language)
	return figures{p, r.Meta.Currency}, err
}

// cell writes a cell as it stands in a column, whose heading has the unit.
func (f figures) cell(c report.Cell) string {
	switch c.Kind {
	case report.Text:
		return c.Text
	case report.Date:
		return f.Date(c.Text)
	case report.Unknown:
		return f.Text("unknown", nil)
	case report.Money:
		return f.Money(c.Number, f.currency, 0)
	case report.Price:
		return f.Money(c.Number, f.currency, 2)
	case report.Hours:
		return f.Number(c.Number, 1)
	case report.Share:
		return f.Percent(c.Number, min(report.Decimals(100*c.Number), 1))
	case report.Months:
		if c.Never() {
			return f.Text("never", nil)
		}
		return f.Number(c.Number, 1)
	case report.Count:
		return f.Number(c.Number, 0)
	case report.Number:
		return f.Number(c.Number, report.Decimals(c.Number))
	}
	return ""
}

// alone writes a cell as it stands by itself, with its unit.
func (f figures) alone(c report.Cell) string {
	switch c.Kind {
	case report.Hours:
		return f.Hours(c.Number)
	case report.Months:
		return f.Months(c.Number)
	default:
		return f.cell(c)
	}
}

// clean drops what no format can carry: control characters and halves of
// letters. Tabs become spaces; line ends stay.
func clean(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n':
			return r
		case r == '\t':
			return ' '
		case unicode.IsControl(r) || r == '\ufffe' || r == '\uffff':
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, "\ufffd"))
}

// aligned tells whether a column's cells stand at the right, as figures do.
func aligned(k report.Kind) bool { return k.Numeric() }
