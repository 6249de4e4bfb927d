package render_test

import (
	"bytes"
	"fmt"
	"io"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/flowmap-dev/flowmap/pkg/lang"
	"github.com/flowmap-dev/flowmap/pkg/render"
	"github.com/flowmap-dev/flowmap/pkg/report"
)

// spot is where a figure of the report belongs.
type spot struct{ table, row, column string }

// found is a format read back: what stands at each spot, as a number where the
// format has numbers, and all text that a reader sees.
type found struct {
	text   map[spot]string
	number map[spot]float64
	prose  string
}

// format is a way to write a report and, with other code, to read it back.
type format struct {
	name  string
	write func(io.Writer, report.Report) error
	read  func(testing.TB, []byte, report.Report) found
}

func formats() []format {
	return []format{
		{"xlsx", render.XLSX, readWorkbook},
		{"html", render.HTML, readPage},
		{"md", render.Markdown, readMarkdown},
		{"docx", render.DOCX, readDocument},
		{"paper", writePaper, readPaper},
		{"json", render.JSON, readJSON},
	}
}

// figure is a cell of the report with its spot.
type figure struct {
	spot
	cell   report.Cell
	hidden bool
}

func figuresIn(r report.Report) []figure {
	var all []figure
	table := func(t report.Table) {
		rows := t.Rows
		if t.Total != nil {
			rows = append(rows[:len(rows):len(rows)], *t.Total)
		}
		for _, row := range rows {
			for j, c := range row.Cells {
				all = append(all, figure{spot{t.ID, row.Key, t.Columns[j].Key}, c, t.Columns[j].Hidden})
			}
		}
	}
	for _, s := range r.Sections {
		for _, b := range s.Blocks {
			switch b := b.(type) {
			case report.Table:
				table(b)
			case report.Chart:
				table(b.Table)
			case report.Figures:
				for _, f := range b.Figures {
					all = append(all, figure{spot{b.ID, f.Key, report.FigureColumn}, f.Cell, false})
				}
			}
		}
	}
	return all
}

// disagreements lists the figures and sentences of the report that a format,
// read back, lacks or has otherwise.
func disagreements(p lang.Printer, f found, r report.Report, workbook bool) []string {
	var all []string
	for _, fig := range figuresIn(r) {
		if fig.hidden && !workbook {
			continue
		}
		if why := differs(p, f, fig, r.Meta.Currency); why != "" {
			all = append(all, fmt.Sprintf("%v: %s", fig.spot, why))
		}
	}
	for _, s := range r.Sections {
		for _, b := range s.Blocks {
			for _, text := range sentencesIn(b, workbook) {
				if !strings.Contains(f.prose, squeezed(text)) {
					all = append(all, fmt.Sprintf("%s: the sentence %q is missing", s.ID, text))
				}
			}
		}
	}
	return all
}

func sentencesIn(b report.Block, workbook bool) []string {
	switch b := b.(type) {
	case report.Paragraph:
		if !b.Style.Workbook() || workbook && b.Style != report.Changed {
			return []string{b.Text}
		}
	case report.List:
		return b.Items
	case report.Table:
		if len(b.Rows) > 0 {
			return []string{b.Note}
		}
		return []string{b.Empty}
	case report.Figures:
		var all []string
		for _, f := range b.Figures {
			all = append(all, f.Label, f.Note)
		}
		return all
	}
	return nil
}

// squeezed is a text without regard to spaces and line ends.
func squeezed(s string) string { return strings.Join(strings.Fields(s), " ") }

func differs(p lang.Printer, f found, fig figure, currency string) string {
	text, ok := f.text[fig.spot]
	if !ok {
		return "is missing"
	}
	number, isNumber := f.number[fig.spot]
	c := fig.cell
	switch {
	case c.Kind == report.Text || c.Kind == report.Date:
		if squeezed(text) != squeezed(c.Text) {
			return fmt.Sprintf("says %q, want %q", text, c.Text)
		}
	case c.Kind == report.Unknown || c.Never():
		want := map[bool]string{true: p.Text("never", nil), false: p.Text("unknown", nil)}[c.Never()]
		if text != want {
			return fmt.Sprintf("says %q, want %q", text, want)
		}
	case isNumber:
		if math.Abs(number-c.Number) > 1e-9*max(1, math.Abs(c.Number)) {
			return fmt.Sprintf("is %v, want %v", number, c.Number)
		}
	default:
		return differsInWords(p, text, c, currency)
	}
	return ""
}

// differsInWords reads a number as people write it, and compares it as far as
// its digits go.
func differsInWords(p lang.Printer, text string, c report.Cell, currency string) string {
	digits := strings.TrimRight(text, "abcdefghijklmnopqrstuvwxyz \u00a0")
	var x float64
	var err error
	half := .5
	switch c.Kind {
	case report.Money:
		x, err = p.ParseMoney(text, currency)
	case report.Price:
		x, err = p.ParseMoney(text, currency)
		half = .005
	case report.Share:
		x, err = p.ParsePercent(text)
		half = .0005
	case report.Count:
		x, err = p.ParseNumber(digits)
	case report.Number:
		x, err = p.ParseNumber(digits)
		half = .005
	default:
		x, err = p.ParseNumber(digits)
		half = .05
	}
	if err != nil {
		return err.Error()
	}
	if math.Abs(x-c.Number) > half+1e-9 {
		return fmt.Sprintf("says %q, want %v", text, c.Number)
	}
	return ""
}

func TestEveryFigureStandsInEveryFormat(t *testing.T) {
	for _, name := range []string{"distribuidora", "tienda"} {
		for _, language := range lang.Languages() {
			r := exampleReport(t, name, language)
			for _, f := range formats() {
				var out bytes.Buffer
				if err := f.write(&out, r); err != nil {
					t.Fatal(err)
				}
				for _, why := range disagreements(printer(t, language), f.read(t, out.Bytes(), r), r, f.name == "xlsx") {
					t.Errorf("%s, %s, %s: %s", name, language, f.name, why)
				}
			}
		}
	}
}

// The test above would be worth nothing if it passed with a wrong figure.
func TestAWrongFigureIsFound(t *testing.T) {
	r := exampleReport(t, "tienda", "es")
	p := printer(t, "es")
	random := rand.New(rand.NewPCG(1, 2))
	for _, f := range formats() {
		var out bytes.Buffer
		if err := f.write(&out, r); err != nil {
			t.Fatal(err)
		}
		read := f.read(t, out.Bytes(), r)
		for range 40 {
			wrong := copied(r)
			name := spoil(wrong, random, f.name == "xlsx")
			if len(disagreements(p, read, wrong, f.name == "xlsx")) == 0 {
				t.Errorf("%s: %s was changed and nobody noticed", f.name, name)
			}
		}
	}
}

// spoil changes one figure of the report, by more than any format rounds.
func spoil(r report.Report, random *rand.Rand, workbook bool) string {
	var cells []*report.Cell
	var names []string
	add := func(name string, hidden bool, c *report.Cell) {
		if !hidden || workbook {
			cells, names = append(cells, c), append(names, name)
		}
	}
	table := func(t report.Table) {
		for _, row := range t.Rows {
			for j := range row.Cells {
				add(fmt.Sprint(t.ID, row.Key, t.Columns[j].Key), t.Columns[j].Hidden, &row.Cells[j])
			}
		}
	}
	for _, s := range r.Sections {
		for _, b := range s.Blocks {
			switch b := b.(type) {
			case report.Table:
				table(b)
			case report.Chart:
				table(b.Table)
			case report.Figures:
				for i := range b.Figures {
					add(b.Figures[i].Key, false, &b.Figures[i].Cell)
				}
			}
		}
	}
	i := random.IntN(len(cells))
	switch c := cells[i]; {
	case c.Kind == report.Share:
		c.Number += .01
	case c.Kind.Numeric() && !c.Never():
		c.Number += 1.5
	case c.Kind == report.Text:
		c.Text += "x"
	default:
		*c = report.Known(report.Hours, 3)
	}
	return names[i]
}

// copied is the report with cells of its own.
func copied(r report.Report) report.Report {
	table := func(t report.Table) report.Table {
		t.Rows = slices.Clone(t.Rows)
		for i := range t.Rows {
			t.Rows[i].Cells = slices.Clone(t.Rows[i].Cells)
		}
		return t
	}
	r.Sections = slices.Clone(r.Sections)
	for i := range r.Sections {
		blocks := slices.Clone(r.Sections[i].Blocks)
		for j, b := range blocks {
			switch b := b.(type) {
			case report.Table:
				blocks[j] = table(b)
			case report.Chart:
				b.Table = table(b.Table)
				blocks[j] = b
			case report.Figures:
				b.Figures = slices.Clone(b.Figures)
				blocks[j] = b
			}
		}
		r.Sections[i].Blocks = blocks
	}
	return r
}
