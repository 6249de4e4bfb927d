package render

import (
	"bytes"
	"encoding/csv"
	"math"
	"strconv"
	"strings"

	"github.com/flowmap-dev/flowmap/pkg/report"
)

// File is a file of a format that writes several.
type File struct {
	Name string
	Text []byte
}

// CSV writes every table of the report as a file of its own, ID.csv, for other
// programs: commas, UTF-8, a decimal point, shares from 0 to 1, dates as in ISO
// 8601. What is not known is empty; a payback that never comes is "never". The
// first column is the row's key. A text that a spreadsheet would take for a
// formula has an apostrophe before it.
func CSV(r report.Report) ([]File, error) {
	var files []File
	for _, s := range r.Sections {
		for _, b := range s.Blocks {
			var t report.Table
			switch b := b.(type) {
			case report.Table:
				t = b
			case report.Chart:
				t = b.Table
			case report.Figures:
				t = tableOf(b)
			default:
				continue
			}
			text, err := tableCSV(t)
			if err != nil {
				return nil, err
			}
			files = append(files, File{t.ID + ".csv", text})
		}
	}
	return files, nil
}

// tableOf is the figures as a table of three columns.
func tableOf(b report.Figures) report.Table {
	t := report.Table{ID: b.ID, Title: b.Title, Columns: []report.Column{
		{Key: "figure", Label: b.Labels[0]}, {Key: report.FigureColumn, Label: b.Labels[1], Kind: report.Number}, {Key: "note", Label: b.Labels[2]},
	}}
	for _, f := range b.Figures {
		t.Rows = append(t.Rows, report.Row{Key: f.Key, Cells: []report.Cell{report.Words(f.Label), f.Cell, report.Words(f.Note)}})
	}
	return t
}

func tableCSV(t report.Table) ([]byte, error) {
	var b bytes.Buffer
	out := csv.NewWriter(&b)
	head := []string{"id"}
	for _, c := range t.Columns {
		if !c.Hidden {
			head = append(head, Inert(c.Label))
		}
	}
	rows := [][]string{head}
	add := func(r report.Row) {
		row := []string{Inert(r.Key)}
		for i, c := range r.Cells {
			if !t.Columns[i].Hidden {
				row = append(row, plainCell(c))
			}
		}
		rows = append(rows, row)
	}
	for _, r := range t.Rows {
		add(r)
	}
	if t.Total != nil {
		total := *t.Total
		total.Key = report.TotalKey
		add(total)
	}
	err := out.WriteAll(rows)
	return b.Bytes(), err
}

func plainCell(c report.Cell) string {
	switch {
	case c.Kind == report.Unknown, c.Kind.Numeric() && math.IsNaN(c.Number):
		return ""
	case c.Never():
		return "never"
	case c.Kind.Numeric():
		return strconv.FormatFloat(c.Number, 'g', 12, 64)
	}
	return Inert(c.Text)
}

// Inert is a text that no spreadsheet takes for a formula.
func Inert(s string) string {
	s = clean(s)
	if start := strings.TrimLeft(s, " \u00a0\n"); start != "" && strings.ContainsRune("=+-@|", rune(start[0])) {
		return "'" + s
	}
	return s
}
