package render

import (
	"encoding/json"
	"fmt"
	"html/template"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/flowmap-dev/flowmap/pkg/lang"
	"github.com/flowmap-dev/flowmap/pkg/report"
)

// live is what the page's script needs to work the report's figures out again:
// the tables that formulas read and fill, the formulas, the levers, and how the
// language writes numbers. Without levers it has the last alone.
type live struct {
	Tables   map[string]*liveTable `json:"tables,omitempty"`
	Formulas []json.RawMessage     `json:"formulas,omitempty"`
	Levers   []liveLever           `json:"levers,omitempty"`
	Write    liveNumbers           `json:"write"`
	Words    map[string]string     `json:"words"`
}

// liveTable is a table by column. A total is its last row, and not among Rows.
type liveTable struct {
	Rows    []string               `json:"rows"`
	Order   []string               `json:"order"` // the columns' keys, from left to right
	Columns map[string]*liveColumn `json:"columns"`
}

// liveColumn holds a cell for each row: a number, a text, null for what is not
// known, or a list of one, the place of a formula.
type liveColumn struct {
	Kind  report.Kind `json:"kind"`
	Cells []any       `json:"cells"`
}

type liveLever struct {
	Key   string      `json:"key"`
	Kind  report.Kind `json:"kind"`
	Value float64     `json:"value"`
	Moves [][4]any    `json:"moves"` // table, row, column, times
}

// liveNumbers are the parts of which the script puts numbers together. A
// pattern has its number where # stands.
type liveNumbers struct {
	Decimal  string `json:"decimal"`
	Group    string `json:"group"`
	Money    string `json:"money"`
	Share    string `json:"share"`
	Hours    string `json:"hours"`
	Month    string `json:"month"`
	Months   string `json:"months"`
	One      string `json:"one"` // the number that takes the pattern Month
	Never    string `json:"never"`
	Unknown  string `json:"unknown"`
	Language string `json:"language"`
}

// liveElement is the script's data as an element that no browser runs.
func (f figures) liveElement(r report.Report) (template.HTML, error) {
	l := live{Write: f.liveNumbers(), Words: f.liveWords()}
	if len(r.Levers) > 0 {
		l.addTables(r)
		for _, lever := range r.Levers {
			v := liveLever{Key: lever.Key, Kind: lever.Kind, Value: lever.Value}
			for _, m := range lever.Moves {
				v.Moves = append(v.Moves, [4]any{m.At.Table, m.At.Row, m.At.Column, m.Times})
			}
			l.Levers = append(l.Levers, v)
		}
	}
	text, err := json.Marshal(l) // with <, > and & written as \u003c and so on
	if err != nil {
		return "", fmt.Errorf("the page's formulas: %w", err)
	}
	return template.HTML(`<script type="application/json" id="live">` + string(text) + `</script>`), nil
}

func (f figures) liveNumbers() liveNumbers {
	plain := f.Number(1, 0)
	pattern := func(written, number string) string { return strings.Replace(written, number, "#", 1) }
	one := f.Number(1, 1)
	return liveNumbers{
		Decimal: f.Number(.5, 1)[1:2], Group: f.Number(1234, 0)[1:2],
		Money: pattern(f.Money(1, f.currency, 0), plain), Share: pattern(f.Percent(.01, 0), plain),
		Hours: pattern(f.Hours(1), one), Month: pattern(f.Months(1), one), Months: pattern(f.Months(2), f.Number(2, 1)), One: one,
		Never: f.Text("never", nil), Unknown: f.Text("unknown", nil), Language: f.Language(),
	}
}

// liveWords are the sentences that the script fills in, each {name} with a text.
func (f figures) liveWords() map[string]string {
	return map[string]string{
		"moved": f.Text("page.moved", lang.Args{"Changes": "{changes}"}),
		"one":   f.Text("page.moved.one", lang.Args{"Name": "{name}", "To": "{to}", "From": "{from}"}),
		"open":  f.Text("page.open", lang.Args{"Name": "{name}"}),
		"shown": f.Text("page.filter.shown", lang.Args{"Shown": "{shown}", "All": "{all}"}), "filter": f.Text("page.filter", nil),
		"hangs":     f.Text("page.hangs", lang.Args{"Name": "{name}", "Direct": "{direct}", "Further": "{further}", "Sources": "{sources}"}),
		"help":      f.Text("page.hangs.help", nil),
		"buys":      f.Text("page.buys", lang.Args{"Budget": "{budget}", "Build": "{build}", "Left": "{left}"}),
		"next":      f.Text("page.buys.next", lang.Args{"More": "{more}"}),
		"calendar":  f.Text("page.buys.calendar", lang.Args{"Number": "{number}"}),
		"unsettled": f.Text("page.buys.unsettled", lang.Args{"Number": "{number}"}),
		"found":     f.Text("page.buys.found", nil),
	}
}

// addTables takes the columns that hold formulas, that formulas read, that tell
// which rows are shown, or that a picture shows.
func (l *live) addTables(r report.Report) {
	tables := tablesOf(r)
	wanted := map[report.Ref]bool{} // table and column
	for _, t := range tables {
		if t.When != "" {
			wanted[report.Ref{Table: t.ID, Column: t.When}] = true
		}
		if p, ok := plotFor(t); ok && p.follows() {
			for _, column := range append([]string{p.x}, p.y...) {
				wanted[report.Ref{Table: t.ID, Column: column}] = true
			}
		}
		for _, row := range rowsOf(t) {
			for j, c := range row.Cells {
				if !c.Formula.IsZero() {
					wanted[report.Ref{Table: t.ID, Column: t.Columns[j].Key}] = true
					want(wanted, t, *c.Formula)
				}
			}
		}
	}
	l.Tables = map[string]*liveTable{}
	formulas := map[string]int{}
	for _, t := range tables {
		for j, c := range t.Columns {
			if wanted[report.Ref{Table: t.ID, Column: c.Key}] {
				l.addColumn(t, j, formulas)
			}
		}
	}
}

// want marks the columns that a formula of the table t reads. Those between the
// two ends of a range hold formulas themselves.
func want(wanted map[report.Ref]bool, t report.Table, f report.Formula) {
	f.Refs(func(ref report.Ref) {
		if ref.Table == "" {
			ref.Table = t.ID
		}
		wanted[report.Ref{Table: ref.Table, Column: ref.Column}] = true
	})
}

func (l *live) addColumn(t report.Table, j int, formulas map[string]int) {
	v := l.Tables[t.ID]
	if v == nil {
		v = &liveTable{Columns: map[string]*liveColumn{}}
		for _, row := range t.Rows {
			v.Rows = append(v.Rows, row.Key)
		}
		l.Tables[t.ID] = v
	}
	column := &liveColumn{Kind: t.Columns[j].Kind}
	for _, row := range rowsOf(t) {
		column.Cells = append(column.Cells, l.liveCell(row.Cells[j], formulas))
	}
	v.Order = append(v.Order, t.Columns[j].Key)
	v.Columns[t.Columns[j].Key] = column
}

func (l *live) liveCell(c report.Cell, formulas map[string]int) any {
	switch {
	case !c.Formula.IsZero():
		text := string(formulaJSON(*c.Formula))
		at, ok := formulas[text]
		if !ok {
			at = len(l.Formulas)
			formulas[text] = at
			l.Formulas = append(l.Formulas, json.RawMessage(text))
		}
		return [1]int{at}
	case c.Kind.Numeric() && !math.IsInf(c.Number, 0):
		return c.Number
	case c.Kind == report.Text:
		return c.Text
	}
	return nil
}

// formulaJSON writes a formula as a list: what it does, then the cells that it
// names (table, row and column, or "" for the formula's own), then its
// arguments. A number stands for itself.
func formulaJSON(f report.Formula) []byte {
	if f.Op == report.OpNumber {
		return []byte(strconv.FormatFloat(f.Number, 'g', -1, 64))
	}
	parts := []string{quotedJSON(string(f.Op))}
	if f.Ref != (report.Ref{}) {
		parts = append(parts, quotedJSON(f.Ref.Table), quotedJSON(f.Ref.Row), quotedJSON(f.Ref.Column))
	}
	for _, arg := range f.Args {
		parts = append(parts, string(formulaJSON(arg)))
	}
	return []byte("[" + strings.Join(parts, ",") + "]")
}

func quotedJSON(s string) string {
	text, _ := json.Marshal(s) // a string always can be
	return string(text)
}

// tablesOf are the report's tables as formulas see them.
func tablesOf(r report.Report) []report.Table {
	var all []report.Table
	for _, s := range slices.Concat(r.Sections, r.Behind) {
		for _, b := range s.Blocks {
			switch b := b.(type) {
			case report.Table:
				all = append(all, b)
			case report.Chart:
				all = append(all, b.Table)
			case report.Figures:
				all = append(all, figuresTable(b))
			case report.Paragraph, report.List, report.Picture:
			}
		}
	}
	return all
}

// figuresTable is the figures as formulas see them: one column.
func figuresTable(b report.Figures) report.Table {
	t := report.Table{ID: b.ID, Columns: []report.Column{{Key: report.FigureColumn}}}
	for _, f := range b.Figures {
		t.Rows = append(t.Rows, report.Row{Key: f.Key, Cells: []report.Cell{f.Cell}})
	}
	return t
}

// rowsOf are a table's rows, and its total as the last.
func rowsOf(t report.Table) []report.Row {
	if t.Total == nil {
		return t.Rows
	}
	return append(t.Rows[:len(t.Rows):len(t.Rows)], *t.Total)
}
