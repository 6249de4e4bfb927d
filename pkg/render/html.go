package render

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"html/template"
	"io"
	"io/fs"
	"strconv"
	"strings"

	"github.com/flowmap-dev/flowmap/pkg/draw"
	"github.com/flowmap-dev/flowmap/pkg/lang"
	"github.com/flowmap-dev/flowmap/pkg/report"
	"github.com/flowmap-dev/flowmap/templates"
)

// HTML writes the report as one page that loads nothing. Its policy allows the
// style sheet and the script that stand in it, by their hashes, and no more; it
// says everything without the script, too.
func HTML(w io.Writer, r report.Report) error {
	return writePage(w, r, func(*page, figures) {})
}

// writePage writes the page with something changed.
func writePage(w io.Writer, r report.Report, change func(*page, figures)) error {
	f, err := figuresOf(r)
	if err != nil {
		return err
	}
	if r, err = r.Page(); err != nil {
		return err
	}
	v, err := newPage(f, r)
	if err != nil {
		return err
	}
	change(&v, f)
	return execute(w, "html/report.html", v)
}

// execute writes a template of ours, whole or not at all.
func execute(w io.Writer, name string, v any) error {
	t, err := template.ParseFS(templates.FS(), name)
	if err != nil {
		return err
	}
	var out bytes.Buffer
	if err := t.Execute(&out, v); err != nil {
		return err
	}
	_, err = w.Write(out.Bytes())
	return err
}

// page is the report as the template reads it: every figure is text.
type page struct {
	Meta     report.Meta
	Policy   string
	Style    template.HTML
	Live     template.HTML // what the script reads
	Script   template.HTML
	Watch    template.HTML // the script that waits for another version; empty: none comes
	Words    pageWords
	Levers   *pageLevers // nil: nothing can be moved
	Sections []pageSection

	styleText, scriptText string // what the policy allows
}

// pageWords are those of the page's own parts.
type pageWords struct{ WhatIf, Help, Reset string }

// pageLevers are the sliders, and the figures that stand beside them.
type pageLevers struct {
	Levers  []pageLever
	Figures []pageCopy
}

// pageCopy is a figure as it stands beside the sliders.
type pageCopy struct {
	Of string // the figures that it is of
	pageFigure
}

type pageLever struct {
	Key, Label, Note, Value string
	At, Least, Most, Step   string // as an input takes them
	Rest                    string
}

type pageSection struct {
	ID, Title, Short string
	Blocks           []pageBlock
}

// pageBlock has one field set, which tells what the block is.
type pageBlock struct {
	Paragraph *pageParagraph
	List      *report.List
	Figures   *pageFigures
	Table     *pageTable
	Picture   *pagePicture
	Plot      *plotted // above the table
}

type pageParagraph struct {
	Class report.Style
	Text  string
}

type pageFigures struct {
	ID, Title string
	Items     []pageFigure
	Searched  bool // they are the plan's, which was found by searching
}

type pageFigure struct {
	Key, Label, Value, Note string
	Kind                    report.Kind
	Large                   bool
}

type pageTable struct {
	ID, Section, Title, Empty, Note string
	Columns                         []pageColumn
	Rows                            []pageRow
	Total                           *pageRow
	Wide                            bool
	Sorts                           bool   // its rows may stand in another order
	Bars                            string // key of the column that bars measure
	When                            string // key of the column that tells which rows are shown
}

type pageColumn struct {
	Key, Label string
	Right      bool
}

type pageRow struct {
	Key   string
	Cells []pageCell
	Out   bool // it is not shown now
}

type pageCell struct {
	Text  string
	Class string
	Heads bool // it names its row
	Bar   template.HTML
}

type pagePicture struct {
	Title, Alt string
	SVG        template.HTML
}

func newPage(f figures, r report.Report) (page, error) {
	style, err := styleOf(r.Meta)
	if err != nil {
		return page{}, err
	}
	script, err := fs.ReadFile(templates.FS(), "html/report.js")
	if err != nil {
		return page{}, err
	}
	data, err := f.liveElement(r)
	if err != nil {
		return page{}, err
	}
	// All three are ours: the brand's colour has been read as a number, and the
	// data are JSON without a < in it.
	v := page{
		Meta: r.Meta, Policy: policyOf(style, string(script)), Live: data, Levers: f.pageLevers(r), styleText: style, scriptText: string(script),
		Style: template.HTML("<style>" + style + "</style>"), Script: template.HTML("<script>" + string(script) + "</script>"),
		Words: pageWords{f.Text("page.what_if", nil), f.Text("page.what_if.help", nil), f.Text("page.reset", nil)},
	}
	for _, s := range r.Sections {
		section := pageSection{ID: s.ID, Title: s.Title, Short: s.Short}
		for _, b := range s.Blocks {
			block, err := f.pageBlock(s.ID, b)
			if err != nil {
				return page{}, fmt.Errorf("section %s: %w", s.ID, err)
			}
			section.Blocks = append(section.Blocks, block)
		}
		v.Sections = append(v.Sections, section)
	}
	return v, nil
}

// styleOf gives the style sheet in the brand's colours.
func styleOf(m report.Meta) (string, error) {
	css, err := fs.ReadFile(templates.FS(), "html/report.css")
	return brandOf(m.Accent).css() + string(css), err
}

// policyOf allows a style sheet and scripts that stand in the page, and nothing
// else.
func policyOf(style string, scripts ...string) string {
	hash := func(text string) string {
		sum := sha256.Sum256([]byte(text))
		return "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
	}
	hashes := make([]string, len(scripts))
	for i, script := range scripts {
		hashes[i] = hash(script)
	}
	return "default-src 'none'; style-src " + hash(style) + "; script-src " + strings.Join(hashes, " ") + "; img-src data:; base-uri 'none'; form-action 'none'"
}

// pageLevers are the report's levers, with the figures of the summary that tell
// most: what comes of moving them is seen beside them.
func (f figures) pageLevers(r report.Report) *pageLevers {
	if len(r.Levers) == 0 {
		return nil
	}
	number := func(x float64) string { return strconv.FormatFloat(x, 'f', -1, 64) }
	var v pageLevers
	for _, l := range r.Levers {
		step := "any"
		if l.Whole {
			step = "1"
		}
		v.Levers = append(v.Levers, pageLever{
			Key: l.Key, Label: l.Label, Note: l.Note, Value: cmp.Or(l.Rest, f.alone(report.Known(l.Kind, l.Value))),
			At: number(l.Value), Least: number(l.Least), Most: number(l.Most), Step: step, Rest: l.Rest,
		})
	}
	for _, s := range r.Sections {
		for _, b := range s.Blocks {
			if figs, ok := b.(report.Figures); ok {
				for _, fig := range f.pageFigures(figs).Items {
					if fig.Large {
						if figs.ID == "plan-figures" {
							fig.Label = f.Text("page.of_plan", lang.Args{"Label": fig.Label})
						}
						v.Figures = append(v.Figures, pageCopy{figs.ID, fig})
					}
				}
			}
		}
	}
	return &v
}

func (f figures) pageBlock(section string, b report.Block) (pageBlock, error) {
	switch b := b.(type) {
	case report.Paragraph:
		if b.Style.Workbook() {
			return pageBlock{}, nil
		}
		return pageBlock{Paragraph: &pageParagraph{b.Style, clean(b.Text)}}, nil
	case report.List:
		return pageBlock{List: &b}, nil
	case report.Figures:
		return pageBlock{Figures: f.pageFigures(b)}, nil
	case report.Table:
		return pageBlock{Table: f.pageTable(section, b), Plot: f.plotOf(b)}, nil
	case report.Chart:
		return pageBlock{Table: f.pageChart(section, b)}, nil
	case report.Picture:
		var svg bytes.Buffer
		if err := draw.SVG(&svg, b.Drawing); err != nil {
			return pageBlock{}, err
		}
		return pageBlock{Picture: &pagePicture{b.Title, b.Alt, template.HTML(svg.String())}}, nil
	}
	return pageBlock{}, nil
}

func (f figures) pageFigures(b report.Figures) *pageFigures {
	v := &pageFigures{ID: b.ID, Title: b.Title, Searched: b.ID == "plan-figures"}
	for _, fig := range b.Figures {
		v.Items = append(v.Items, pageFigure{fig.Key, fig.Label, f.alone(fig.Cell), fig.Note, fig.Kind, fig.Large})
	}
	return v
}

// From so many letters on a column of texts is wide, or middling; from so many
// columns on a table is.
const (
	longColumn  = 40
	midColumn   = 24
	wideColumns = 11
)

func (f figures) pageTable(section string, t report.Table) *pageTable {
	v := &pageTable{ID: t.ID, Section: section, Title: t.Title, Empty: t.Empty, Note: t.Note, Sorts: !t.Fixed && len(t.Rows) > 1, When: t.When}
	for _, c := range t.Columns {
		if !c.Hidden {
			v.Columns = append(v.Columns, pageColumn{c.Key, c.Label, aligned(c.Kind)})
		}
	}
	v.Wide = len(v.Columns) >= wideColumns
	for _, r := range t.Rows {
		v.Rows = append(v.Rows, f.pageRow(t, r))
	}
	if t.Total != nil {
		total := f.pageRow(t, *t.Total)
		v.Total = &total
	}
	return v
}

func (f figures) pageRow(t report.Table, r report.Row) pageRow {
	row, headed := pageRow{Key: r.Key, Out: !t.Shows(r)}, false // the first text names the row
	for i, c := range r.Cells {
		if t.Columns[i].Hidden {
			continue
		}
		cell := pageCell{Text: clean(f.cell(c)), Heads: !headed && !aligned(t.Columns[i].Kind)}
		headed = headed || cell.Heads
		switch {
		case aligned(t.Columns[i].Kind) && c.Kind == report.Unknown:
			cell.Class = "right dim"
		case aligned(t.Columns[i].Kind):
			cell.Class = "right"
		case t.Columns[i].Width >= longColumn:
			cell.Class = "long"
		case t.Columns[i].Width >= midColumn:
			cell.Class = "mid"
		}
		row.Cells = append(row.Cells, cell)
	}
	return row
}

// pageChart is a table with a bar beside each figure that the chart measures.
func (f figures) pageChart(section string, c report.Chart) *pageTable {
	v := f.pageTable(section, c.Table)
	v.Bars = c.Bars
	most, shown, at := 0.0, 0, 0
	for j, col := range c.Table.Columns {
		if col.Key == c.Bars {
			at = j
			for _, r := range c.Table.Rows {
				most = max(most, r.Cells[j].Number)
			}
			break
		}
		if !col.Hidden {
			shown++
		}
	}
	for i := range v.Rows {
		v.Rows[i].Cells[shown].Bar = bar(c.Table.Rows[i].Cells[at].Number, most)
	}
	return v
}

// bar draws x as a part of most.
func bar(x, most float64) template.HTML {
	width := 0.0
	if most > 0 && x > 0 {
		width = 100 * x / most
	}
	return template.HTML(`<svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true"><rect width="` +
		strconv.FormatFloat(width, 'f', 2, 64) + `" height="10"/></svg>`)
}
