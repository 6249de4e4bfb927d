// Package report makes one report of everything that is known about an audit:
// figures, tables of typed cells, formulas, charts and pictures as values. What
// a format shows, this package has decided: its words, order, sums and kinds.
// It also has the words for findings and reasons.
package report

import (
	"slices"
)

// Report is what a reader is given, in whatever format.
type Report struct {
	Meta     Meta
	Sections []Section
	Levers   []Lever   // what a page's reader may move
	Behind   []Section // not shown: what the formulas of the others read when a lever moves

	live *builder // what Workbook needs; nil: nothing
}

// Meta says whose report it is.
type Meta struct {
	Title    string
	Client   string
	Firm     string // who made the audit; may be empty
	Date     string // ISO 8601; empty: none is printed
	Language string // "en", "es"
	Currency string // ISO 4217
	Accent   string // the brand's colour, #rrggbb; may be empty
	Printed  string // the line under the title: client, firm, date in words
	Contents string // the word over a list of the sections
}

// Audience is who a section is for.
type Audience string

// The audiences.
const (
	Management Audience = "management"
	IT         Audience = "it"
	Proposal   Audience = "proposal"
)

// Section is a chapter, and a sheet of a workbook.
type Section struct {
	ID        string // lower case letters and hyphens; also the link to it
	Title     string
	Short     string // at most 20 letters, for a sheet's tab
	Audiences []Audience
	Blocks    []Block
}

// Block is a part of a section: Paragraph, List, Figures, Table, Chart or
// Picture.
type Block interface{ block() }

// Style tells what a paragraph is for.
type Style string

// The styles of paragraphs.
const (
	Lead     Style = "lead"     // what a section says, in a sentence or two
	Plain    Style = ""         // what else there is to say
	Note     Style = "note"     // small print
	Workbook Style = "workbook" // makes sense only where cells can be changed
	Changed  Style = "changed"  // stands in a workbook while a reader has changed something
)

// Workbook tells whether paragraphs of the style stand in workbooks alone.
func (s Style) Workbook() bool { return s == Workbook || s == Changed }

// Paragraph is text.
type Paragraph struct {
	Text  string
	Style Style
}

// List is a row of sentences, each of which stands for itself.
type List struct {
	Title string
	Items []string
}

// Figures are the few numbers that a reader should take away. For formulas
// they are a table of one column, FigureColumn, whose rows have the figures'
// keys.
type Figures struct {
	ID      string
	Title   string
	Labels  [3]string // what the figures' names, values and notes are called, where they stand in columns
	Figures []Figure
}

// FigureColumn is the key of the column that the figures' values stand in.
const FigureColumn = "value"

// Figure is one number with its name.
type Figure struct {
	Key   string
	Label string
	Kind  Kind // of the value, if it were known
	Cell  Cell
	Note  string // how it came about, or what it leaves out
	Large bool   // one of the three or four that matter most
}

// Table is rows of cells. Its rows are in the order in which they are read.
type Table struct {
	ID      string
	Title   string
	Short   string // at most 20 letters, where the table has a sheet of its own
	Columns []Column
	Rows    []Row
	Apart   bool   // it has a sheet of its own in a workbook
	Named   bool   // its rows' keys may serve as names in formulas: hourly_cost
	Fixed   bool   // its rows keep their order: months, one after the other
	Prints  int    // how many of its rows print; 0: all
	Total   *Row   // stands below; nil if there is none
	When    string // key of a column: on a page, rows where it is no number above zero are not shown; empty: all are
	Empty   string // the sentence that stands in place of no rows
	Note    string // below it
}

// Column is what the cells of a column have in common.
type Column struct {
	Key    string
	Label  string
	Kind   Kind
	Width  int  // letters that are wide enough for most of its cells
	Input  bool // a workbook's reader may change what no formula computes
	Hidden bool // a step of the arithmetic, for workbooks alone
	Bars   bool // a workbook draws a bar behind each number
}

// Row is one thing's cells, one for each column.
type Row struct {
	Key   string // an id; for ever, so that a changed workbook can be read back
	Cells []Cell
}

// Shows tells whether a page shows a row now.
func (t Table) Shows(r Row) bool {
	i := slices.IndexFunc(t.Columns, func(c Column) bool { return c.Key == t.When })
	return t.When == "" || i >= 0 && r.Cells[i].number() > 0
}

// TotalKey is the key of a table's total.
const TotalKey = "total"

// Chart is a table that is also drawn: a bar a row, in the order of the rows.
type Chart struct {
	Table Table
	Label string // key of the column that names the bars
	Bars  string // key of the column that they measure
	As    Shape  // how a workbook draws it
	Line  string // key of the column that a pareto's line shows, and the second line of lines; empty: none
}

// Shape is how a chart is drawn.
type Shape string

// The shapes.
const (
	InBars  Shape = ""        // a bar a row
	Pareto  Shape = "pareto"  // a column a row, and a line over them
	Scatter Shape = "scatter" // a point a row: Label names it, Bars is across and Line up
	Lines   Shape = "lines"   // a point a row on one line or two
)

func (Paragraph) block() {}
func (List) block()      {}
func (Figures) block()   {}
func (Table) block()     {}
func (Chart) block()     {}
func (Picture) block()   {}

// For is the report without the sections that are not for the audience. An
// empty audience is everybody. Without the section of the flows, which figures
// follow, a workbook has nothing to change: no paragraph says so, no column
// looks so. A page's figures follow all the same: the flows and their arithmetic
// stand behind it.
func (r Report) For(a Audience) Report {
	if a == "" {
		return r
	}
	var kept []Section
	for _, s := range r.Sections {
		switch {
		case slices.Contains(s.Audiences, a):
			kept = append(kept, s)
		case s.ID == "flows" || s.ID == "calculation":
			r.Behind = append(slices.Clip(r.Behind), s)
		}
	}
	if !slices.ContainsFunc(kept, func(s Section) bool { return s.ID == "flows" }) {
		for i := range kept {
			kept[i].Blocks = still(kept[i].Blocks)
		}
	}
	r.Sections = kept
	return r
}

// still is blocks without what makes sense only where cells can be changed.
func still(blocks []Block) []Block {
	var out []Block
	for _, b := range blocks {
		switch b := b.(type) {
		case Paragraph:
			if !b.Style.Workbook() {
				out = append(out, b)
			}
		case Table:
			b.Columns = slices.Clone(b.Columns)
			for i := range b.Columns {
				b.Columns[i].Input = false
			}
			out = append(out, b)
		case List, Figures, Chart, Picture:
			out = append(out, b)
		}
	}
	return out
}
