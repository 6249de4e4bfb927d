package main

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

// constant is numbers of a workbook that no formula gives and no reader may change,
// and why that is so. A table is named by its id, a column by its English heading,
// a key figure by its sheet and its key.
type constant struct {
	table, column string
	rows          []string // the keys of the rows that it is about; none: every row
	why           string
}

// Why numbers are constants.
const (
	searched    = "found by searching among platforms, tiers and sets of flows, which a workbook cannot do: its line on top says so"
	simulated   = "comes of trials or of working the audit out again with other numbers"
	onAList     = "a price or a limit of the catalogue, or what a record of it costs on a platform"
	notFollowed = "a fact of the audit that no figure of the workbook follows"
	counted     = "a number of things in the audit, which no number of the workbook changes"
	ordinal     = "the number of a row: a month, a place in a list"
	cameTrue    = "what was measured and what was promised for months that are over"
	automatic   = "errors of flows that run by themselves, whose numbers are no inputs here"
	monthly     = "work that is stated a month or a year does not grow with the weeks that people work"
	graded      = "what the audit's own numbers rest on; a number that a reader writes in has no grade"
	onDelivery  = "what each input was on delivery, by which a change is seen"
)

// constants are all numbers of the examples' workbooks that are no formulas.
var constants = []constant{
	{"Summary", "few", nil, searched},
	{"Summary", "not_stated", nil, counted},
	{"scenarios", "Hours a week", nil, simulated},
	{"scenarios", "Cost a year", nil, simulated},
	{"scenarios", "Flows", nil, simulated},
	{"scenarios", "Benefit a year", nil, simulated},
	{"scenarios", "Cost of building", nil, simulated},
	{"scenarios", "Payback (months)", nil, simulated},
	{"Plan", "at_hand", nil, searched},
	{"Plan", "at_hand_cash", nil, searched},
	{"Plan", "even", nil, searched},
	{"plan", "Cost of building", nil, searched},
	{"plan", "Benefit a year", nil, searched},
	{"plan", "Fee a month, alone", nil, searched},
	{"plan", "Fee a month, added", nil, searched},
	{"plan", "Fee a month, share", nil, searched},
	{"plan-platforms", "Platform fee a month", nil, searched},
	{"plan-platforms", "Flows", nil, searched},
	{"plan-platforms", "Operations in the busiest month", nil, searched},
	{"plan-platforms", "Operations it holds", nil, searched},
	{"roadmap", "Hours of building", nil, searched},
	{"roadmap", "Begins in week", nil, searched},
	{"roadmap", "Live after week", nil, searched},
	{"roadmap", "Each month of waiting costs", nil, searched},
	{"plan-cash", "Month", nil, ordinal},
	{"plan-cash", "Total, low", nil, simulated},
	{"plan-cash", "Total, expected", nil, searched},
	{"plan-cash", "Total, high", nil, simulated},
	{"budgets", "Budget", nil, searched},
	{"budgets", "Value today (NPV)", nil, searched},
	{"budgets", "Share of all the value", nil, searched},
	{"budgets", "Flows", nil, searched},
	{"next-best", "Cost of building", nil, searched},
	{"next-best", "Value today (NPV)", nil, searched},
	{"next-best", "Less than the plan", nil, searched},
	{"next-best", "Flows", nil, searched},
	{"choice", "peak", nil, onAList},
	{"choice", "usual", nil, onAList},
	{"choice", "own_fee", nil, onAList},
	{"choice", "build_hours", nil, searched},
	{"tiers", "Platform fee a month", nil, onAList},
	{"tiers", "Operations in the fee", nil, onAList},
	{"tiers", "Operations it holds", nil, onAList},
	{"tiers", "each", nil, onAList},
	{"choice-months", "Month", nil, ordinal},
	{"links", "Error points", nil, counted},
	{"links", "Cost of errors a year", []string{"edi>erp", "shop>parcels"}, automatic},
	{"candidates", "Operations in the busiest month", nil, searched},
	{"candidates", "Platform fee a month", nil, searched},
	{"candidates", "The plan holds", nil, onAList},
	{"candidates", "Cost of building", nil, searched},
	{"candidates", "Over the horizon", nil, searched},
	{"places", "Error points", nil, counted},
	{"automated-points", "Errors a year", nil, automatic},
	{"automated-points", "Cost a year", nil, automatic},
	{"runbooks", "Watching a month", nil, searched},
	{"runbooks", "Of it, beyond maintenance", nil, searched},
	{"months", "Month", nil, ordinal},
	{"evidence", "Benefit a year", nil, graded},
	{"evidence", "Share of all the value", nil, graded},
	{"ranges", "Payback, low (months)", nil, simulated},
	{"ranges", "Payback, middle (months)", nil, simulated},
	{"ranges", "Payback, high (months)", nil, simulated},
	{"ranges", "Chance of meeting the target", nil, simulated},
	{"ranges", "Value today, low", nil, simulated},
	{"ranges", "Value today, middle", nil, simulated},
	{"ranges", "Value today, high", nil, simulated},
	{"ranges", "Chance of a loss", nil, simulated},
	{"drivers", "Swing", nil, simulated},
	{"drivers", "Value today with the low one", nil, simulated},
	{"drivers", "Value today with the high one", nil, simulated},
	{"drivers", "Low", nil, simulated},
	{"drivers", "High", nil, simulated},
	{"assumptions", "Value", []string{"days_per_week"}, notFollowed},
	{"rates", "Rate", nil, notFollowed},
	{"build-formula", "Value", nil, onAList},
	{"defaults", "Flows", nil, counted},
	{"flows", "build_hours", nil, searched},
	{"flows", "weeks", []string{
		"ajustes-stock", "altas-crm", "altas-erp", "altas-tienda", "bills-to-books", "comisiones", "facturas-contabilidad", "ofertas-tarifa",
		"partes-horas", "payouts-to-books", "pedidos-compra", "precios-amazon", "productos-amazon", "productos-sga", "tarifa-erp", "tarifas-proveedor",
	}, monthly},
	{"flows", "listed", nil, ordinal},
	{"claims", "Hours a week", nil, notFollowed},
	{"flowmap-inputs", "", nil, onDelivery},
	{"track-flows", "", nil, cameTrue},
	{"track-causes", "", nil, cameTrue},
	{"track-months", "", nil, cameTrue},
}

// number is a number of a workbook that is neither formula nor input.
type number struct{ table, column, row, at string }

func (c constant) covers(n number) bool {
	return c.table == n.table && (c.column == n.column || c.column == "") && (len(c.rows) == 0 || slices.Contains(c.rows, n.row))
}

// line names the line of the list, with the row if the line names rows.
func (c constant) line(row string) string {
	if len(c.rows) == 0 {
		row = ""
	}
	return c.table + "/" + c.column + "/" + row
}

// book reads a workbook; headings are those of the English one, by table.
type book struct {
	*excelize.File
	headings map[string][]string
	all      []number
	formulas int
	inputs   int
}

// read goes through a sheet from the top: a table's headings have its id in the
// hidden first column, its rows their keys.
func (b *book) read(t *testing.T, sheet, english string) {
	t.Helper()
	rows, err := b.GetRows(sheet, excelize.Options{RawCellValue: true})
	if err != nil {
		t.Fatal(err)
	}
	table := ""
	for i, row := range rows {
		switch {
		case len(row) == 0 || row[0] == "":
			table = ""
		case b.heads(t, sheet, i+1):
			table = row[0]
			if _, ok := b.headings[table]; !ok {
				b.headings[table] = row
			}
			continue
		}
		for j := 1; j < len(row); j++ {
			n := number{english, row[0], row[0], sheet + "!" + cellAt(t, j, i)}
			if table != "" {
				n.table, n.column = table, b.headings[table][j]
			}
			b.take(t, sheet, cellAt(t, j, i), row[j], n)
		}
	}
}

// take notes what is no formula, no input and a number.
func (b *book) take(t *testing.T, sheet, at, value string, n number) {
	t.Helper()
	formula, err := b.GetCellFormula(sheet, at)
	if err != nil {
		t.Fatal(err)
	}
	kind, err := b.GetCellType(sheet, at)
	if err != nil {
		t.Fatal(err)
	}
	_, err = strconv.ParseFloat(value, 64)
	style := b.look(t, sheet, at)
	switch {
	case formula != "":
		b.formulas++
	case err != nil || kind == excelize.CellTypeInlineString || kind == excelize.CellTypeSharedString:
	case style.Protection != nil && !style.Protection.Locked:
		b.inputs++
	default:
		b.all = append(b.all, n)
	}
}

// heads tells whether a row is a table's headings, which are white.
func (b *book) heads(t *testing.T, sheet string, row int) bool {
	font := b.look(t, sheet, cellAt(t, 1, row-1)).Font
	return font != nil && font.Bold && strings.HasSuffix(font.Color, "FFFFFF")
}

func (b *book) look(t *testing.T, sheet, at string) *excelize.Style {
	t.Helper()
	id, err := b.GetCellStyle(sheet, at)
	if err != nil {
		t.Fatal(err)
	}
	style, err := b.GetStyle(id)
	if err != nil {
		t.Fatal(err)
	}
	return style
}

func cellAt(t *testing.T, column, row int) string {
	t.Helper()
	at, err := excelize.CoordinatesToCellName(column+1, row+1)
	if err != nil {
		t.Fatal(err)
	}
	return at
}

// numbersOf are the constants of an example's workbooks, the English one first.
func numbersOf(t *testing.T, example string) []*book {
	t.Helper()
	var both []*book
	var english []string
	headings := map[string][]string{}
	for _, language := range []string{"en", "es"} {
		out := t.TempDir()
		said, code := runHere(t, "report", filepath.Join("..", "..", "examples", example), "--language", language, "--only", "xlsx", "-o", out)
		if code != 0 {
			t.Fatal(said)
		}
		f, err := excelize.OpenFile(filepath.Join(out, "report.xlsx"))
		if err != nil {
			t.Fatal(err)
		}
		b := &book{File: f, headings: headings}
		sheets := f.GetSheetList()
		if english == nil {
			english = sheets
		}
		for i, sheet := range sheets {
			b.read(t, sheet, english[i])
		}
		if err := f.Close(); err != nil {
			t.Fatal(err)
		}
		both = append(both, b)
	}
	return both
}

// What the workbook computes is formulas, so that it follows its inputs. Each number
// that is none is on the list above, with the reason; each line of the list is about
// a number that is there.
func TestEveryComputedNumberOfTheWorkbookIsAFormula(t *testing.T) {
	used := map[string]bool{}
	for _, example := range []string{"distribuidora", "tienda", "tienda-after"} {
		for _, b := range numbersOf(t, example) {
			if b.formulas < 400 || b.inputs < 40 {
				t.Errorf("%s: only %d formulas and %d inputs were read", example, b.formulas, b.inputs)
			}
			for _, n := range b.all {
				i := slices.IndexFunc(constants, func(c constant) bool { return c.covers(n) })
				if i < 0 {
					t.Errorf("%s: %s is a number that no formula gives: %s, %s, row %s", example, n.at, n.table, n.column, n.row)
					continue
				}
				used[constants[i].line(n.row)] = true
			}
		}
	}
	for _, c := range constants {
		for _, row := range append(c.rows, "")[:max(1, len(c.rows))] {
			if !used[c.line(row)] {
				t.Errorf("no number falls under %s, %s %s, which was: %s", c.table, c.column, row, c.why)
			}
		}
	}
}

// Excel opens no workbook with a formula of more than 8,192 letters, however many
// flows there are between two systems, and the figures of all keep their formulas.
func TestNoFormulaIsLongerThanExcelTakes(t *testing.T) {
	var flows strings.Builder
	for i := range 300 {
		fmt.Fprintf(&flows, "  - {id: a-flow-with-a-rather-long-id-of-its-own-%d, from: a, to: b, effort: {hours_per_week: %d}, errors: [{id: e, rate: 3/week, minutes_to_fix: 20}], solution: {platform: custom, build_cost: 500}}\n", i, 3+i%2)
	}
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "flowmap.yaml"), []byte("version: 1\nsystems: [{id: a}, {id: b}]\nflows:\n"+flows.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	out := t.TempDir()
	if said, code := runHere(t, "report", dir, "--only", "xlsx", "-o", out); code != 0 {
		t.Fatal(said)
	}
	f, err := excelize.OpenFile(filepath.Join(out, "report.xlsx"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	longest := map[string]int{}
	for _, sheet := range f.GetSheetList() {
		rows, err := f.GetRows(sheet)
		if err != nil {
			t.Fatal(err)
		}
		for i, row := range rows {
			for j := range row {
				formula, err := f.GetCellFormula(sheet, cellAt(t, j, i))
				if err != nil {
					t.Fatal(err)
				}
				longest[sheet] = max(longest[sheet], len(formula))
			}
		}
	}
	for _, sheet := range []string{"Links", "Together"} {
		if longest[sheet] == 0 {
			t.Errorf("%s has no formulas", sheet)
		}
	}
	for sheet, letters := range longest {
		if letters > 8192 {
			t.Errorf("%s has a formula of %d letters", sheet, letters)
		}
	}
}
