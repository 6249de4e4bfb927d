package main

import (
	"strings"

	"github.com/flowmap-dev/flowmap/pkg/lang"
	"github.com/flowmap-dev/flowmap/pkg/report"
)

// pageText is a report of text and tables for a terminal.
func pageText(r report.Report, p lang.Printer, width int) string {
	t := pageTexts{p, r.Meta.Currency, width}
	var b strings.Builder
	b.WriteString(r.Meta.Title + "\n")
	if r.Meta.Printed != "" {
		b.WriteString(wrap(r.Meta.Printed, width, ""))
	}
	for _, s := range r.Sections {
		if s.Title != "" {
			b.WriteString("\n" + s.Title + "\n")
		}
		for _, block := range s.Blocks {
			b.WriteString("\n" + t.block(block))
		}
	}
	return b.String()
}

type pageTexts struct {
	p        lang.Printer
	currency string
	width    int
}

func (t pageTexts) block(b report.Block) string {
	switch b := b.(type) {
	case report.Paragraph:
		return wrap(b.Text, t.width, "")
	case report.List:
		var out strings.Builder
		if b.Title != "" {
			out.WriteString(b.Title + "\n")
		}
		for _, item := range b.Items {
			out.WriteString(wrap(item, t.width, "- "))
		}
		return out.String()
	case report.Table:
		return t.table(b)
	case report.Chart:
		return t.table(b.Table)
	case report.Figures, report.Picture:
	}
	return ""
}

func (t pageTexts) table(of report.Table) string {
	if len(of.Rows) == 0 {
		return of.Empty + "\n"
	}
	var out table
	for _, c := range of.Columns {
		out.heads, out.right = append(out.heads, c.Label), append(out.right, c.Kind.Numeric())
	}
	rows := of.Rows
	if of.Total != nil {
		rows = append(rows[:len(rows):len(rows)], *of.Total)
	}
	for _, r := range rows {
		cells := make([]string, len(r.Cells))
		for i, c := range r.Cells {
			cells[i] = strings.ReplaceAll(t.cell(c), "\n", " ")
		}
		out.rows = append(out.rows, cells)
	}
	text := out.text(t.width)
	if t.width > 0 && out.least(nil) > t.width {
		text = out.records(t.width)
	}
	if of.Title != "" {
		text = of.Title + "\n" + text
	}
	if of.Note != "" {
		text += wrap(of.Note, t.width, "")
	}
	return text
}

// cell writes a cell as it stands in a column.
func (t pageTexts) cell(c report.Cell) string {
	switch c.Kind {
	case report.Text:
		return c.Text
	case report.Date:
		return t.p.Date(c.Text)
	case report.Unknown:
		return t.p.Text("unknown", nil)
	case report.Money:
		return t.p.Money(c.Number, t.currency, 0)
	case report.Price:
		return t.p.Money(c.Number, t.currency, 2)
	case report.Hours:
		return t.p.Number(c.Number, 1)
	case report.Share:
		return t.p.Percent(c.Number, min(report.Decimals(100*c.Number), 1))
	case report.Months:
		if c.Never() {
			return t.p.Text("never", nil)
		}
		return t.p.Number(c.Number, 1)
	case report.Count:
		return t.p.Number(c.Number, 0)
	case report.Number:
		return t.p.Number(c.Number, report.Decimals(c.Number))
	}
	return ""
}
