package intake

import (
	"bytes"
	"cmp"
	"fmt"
	"math"
	"regexp"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"

	"github.com/flowmap-dev/flowmap/pkg/audit"
)

// reportSheet is the hidden sheet by which a report's workbook is read back.
// Package render writes it, and says there what its columns are.
const reportSheet = "flowmap-inputs"

// mostInputs is how many rows of a sheet are looked at.
const mostInputs = 20_000

// Reported is a report's workbook as somebody gives it back.
type Reported struct {
	Inputs []ReportedInput // in the order of the hidden sheet
	New    []string        // cells that begin a row which no report had, as Flows!B9
	Chosen []ReportedText  // cells whose text somebody has chosen anew, in the order of the hidden sheet
}

// ReportedText is a cell of words that a reader chose from a list.
type ReportedText struct {
	Table, Row string // keys
	Was, Now   string
	Cell       string // as Plan!C6
}

// ReportedInput is a cell that a reader may change, wherever its row stands now.
type ReportedInput struct {
	Table, Row, Column string  // keys
	Path               string  // where the workspace states the number, as --set takes it; empty: nowhere
	Unit               string  // what is written there after the number: /year
	Scale              float64 // the number there is this many times the one here
	Was, Now           Number
	Cell               string // as Flows!I6; empty where the row is gone
}

// Number is what a cell holds.
type Number struct {
	Value float64
	Known bool // false: the cell is empty
}

// Same tells whether two cells hold the same number, as far as programs keep
// digits.
func (n Number) Same(m Number) bool {
	if !n.Known || !m.Known {
		return n.Known == m.Known
	}
	return math.Abs(n.Value-m.Value) <= 1e-9*max(1, math.Abs(n.Value), math.Abs(m.Value))
}

// Changed tells whether somebody put another number there.
func (i ReportedInput) Changed() bool { return i.Cell != "" && !i.Now.Same(i.Was) }

// ReadReport reads a report's workbook; is tells whether the file is one. The
// error is a RefusedError where the file as a whole cannot be read, else
// audit.Problems, one for each cell that holds no number.
func ReadReport(name string, src []byte) (r Reported, is bool, err error) {
	if refuse(name, src) != nil || !bytes.HasPrefix(src, []byte("PK")) {
		return r, false, nil // Read says what is wrong with it
	}
	parts, err := unpack(name, src)
	if err != nil {
		return r, false, nil
	}
	w, ok := index(parts)
	if !ok || !w.has(reportSheet) {
		return r, false, nil
	}
	damaged := &RefusedError{name, "the report's workbook cannot be read", "open it in Excel and save it as .xlsx"}
	if err := checkSheets(name, parts, ofReport); err != nil {
		return r, true, err
	}
	limits := excelize.Options{UnzipSizeLimit: 2 * mostUnpacked, UnzipXMLSizeLimit: 2 * mostUnpacked, RawCellValue: true}
	if w.file, err = excelize.OpenReader(bytes.NewReader(src), limits); err != nil {
		return r, true, damaged
	}
	defer w.file.Close() // read only: nothing to lose
	reading := reported{file: w.file, name: name, keys: map[string]map[string]int{}}
	if !reading.read() {
		return r, true, &RefusedError{name, "the hidden sheet of the report has been changed, so that nothing can be found by it",
			"make the report again, and change the cells that are coloured"}
	}
	return reading.Reported, true, reading.problems.asError()
}

func (w workbook) has(sheet string) bool {
	for _, s := range w.sheets {
		if s.name == sheet {
			return true
		}
	}
	return false
}

// reported is a report's workbook while it is read.
type reported struct {
	Reported
	file     *excelize.File
	name     string
	keys     map[string]map[string]int // by range, the rows of a table by key
	problems problems
}

type problems audit.Problems

func (p problems) asError() error {
	if len(p) == 0 {
		return nil
	}
	return audit.Problems(p)
}

// lookedUp is how a row of the hidden sheet finds its cell. Whoever sorts rows or
// inserts some, the program that does it keeps the addresses right.
var lookedUp = regexp.MustCompile(`INDEX\(\$?('(?:[^']|'')+'|[^'!,()]+)[!.]\$?([A-Z]{1,3})\$?\d+:\$?[A-Z]{1,3}\$?\d+,MATCH\([^,]+,\$?(?:'(?:[^']|'')+'|[^'!,()]+)[!.]\$?([A-Z]{1,3})\$?(\d+):\$?[A-Z]{1,3}\$?(\d+)`)

// read goes through the hidden sheet.
func (r *reported) read() bool {
	for row := 2; row <= mostInputs; row++ {
		table := r.value(reportSheet, "A", row)
		if table == "" {
			return row > 2
		}
		in := ReportedInput{Table: table, Row: r.value(reportSheet, "B", row), Column: r.value(reportSheet, "C", row),
			Path: r.value(reportSheet, "D", row), Unit: r.value(reportSheet, "E", row), Scale: 1}
		if scale, err := strconv.ParseFloat(r.value(reportSheet, "F", row), 64); err == nil && scale > 0 {
			in.Scale = scale
		}
		listed := r.value(reportSheet, "F", row) == chosenText
		delivered := r.value(reportSheet, "G", row) // words where the number is not known
		in.Was, _ = numberOf(delivered)
		formula, err := r.file.GetCellFormula(reportSheet, "H"+strconv.Itoa(row))
		m := lookedUp.FindStringSubmatch(formula)
		if err != nil || m == nil {
			return false
		}
		if listed {
			r.chosen(in, m, delivered)
			continue
		}
		r.cell(&in, m, delivered)
		r.Inputs = append(r.Inputs, in)
	}
	return false
}

// chosenText stands in the hidden sheet, in the place of a multiple, for a cell
// whose words are chosen from a list. Package render calls it Chosen.
const chosenText = "choice"

// find gives the sheet of an input's cell, and its row.
func (r *reported) find(in ReportedInput, m []string) (sheet string, row int, ok bool) {
	sheet = strings.ReplaceAll(strings.TrimSuffix(strings.TrimPrefix(m[1], "'"), "'"), "''", "'")
	first, _ := strconv.Atoi(m[4])
	last, _ := strconv.Atoi(m[5])
	row, ok = r.rows(sheet, m[3], first, min(last, first+mostInputs))[in.Row]
	return sheet, row, ok
}

// chosen keeps a cell of words that is not as delivered.
func (r *reported) chosen(in ReportedInput, m []string, delivered string) {
	sheet, row, ok := r.find(in, m)
	if !ok {
		return
	}
	if now := r.value(sheet, m[2], row); now != delivered {
		r.Chosen = append(r.Chosen, ReportedText{Table: in.Table, Row: in.Row, Was: delivered, Now: now, Cell: sheet + "!" + m[2] + strconv.Itoa(row)})
	}
}

// cell finds an input's cell, and what it holds now; delivered is what it held.
func (r *reported) cell(in *ReportedInput, m []string, delivered string) {
	sheet, row, ok := r.find(*in, m)
	if !ok {
		return
	}
	in.Cell = sheet + "!" + m[2] + strconv.Itoa(row)
	text := r.value(sheet, m[2], row)
	formula, err := r.file.GetCellFormula(sheet, m[2]+strconv.Itoa(row))
	if err != nil || text == delivered || formula != "" && !arithmetic.MatchString(formula) {
		in.Now = in.Was // as it was, or it still follows others
		return
	}
	now, ok := numberOf(text)
	switch {
	case !ok:
		r.problems = append(r.problems, audit.Problem{Place: audit.Place{File: r.name + ", " + in.Cell}, Message: fmt.Sprintf("%q is no number", short(text)), Hint: "write a number there, such as 12.5"})
		now = in.Was
	case in.Was.Known && !now.Known:
		r.problems = append(r.problems, audit.Problem{Place: audit.Place{File: r.name + ", " + in.Cell}, Message: "the cell is empty, and a number stood there",
			Hint: "write a number, or " + audit.PlainNumber(in.Was.Value) + " as it was"})
		now = in.Was
	}
	in.Now = now
}

// arithmetic is a formula that a reader typed in place of a number: =20+5.
var arithmetic = regexp.MustCompile(`^=?[-+*/().,%0-9 ]+$`)

// rows are the rows of a table by their keys. One without a key that holds
// something is new.
func (r *reported) rows(sheet, column string, first, last int) map[string]int {
	at := sheet + "!" + column + strconv.Itoa(first) + ":" + strconv.Itoa(last)
	if found, ok := r.keys[at]; ok {
		return found
	}
	found := map[string]int{}
	for row := first; row <= last; row++ {
		key := r.value(sheet, column, row)
		if key != "" {
			found[key] = cmp.Or(found[key], row)
		} else if r.value(sheet, "B", row) != "" {
			r.New = append(r.New, sheet+"!B"+strconv.Itoa(row))
		}
	}
	r.keys[at] = found
	return found
}

func (r *reported) value(sheet, column string, row int) string {
	text, err := r.file.GetCellValue(sheet, column+strconv.Itoa(row))
	if err != nil {
		return ""
	}
	return text
}

// numberOf reads a cell's text; an empty one is no number and no fault.
func numberOf(text string) (n Number, ok bool) {
	if text == "" {
		return Number{}, true
	}
	x, err := strconv.ParseFloat(text, 64)
	if err != nil || math.IsNaN(x) || math.IsInf(x, 0) {
		return Number{}, false
	}
	return Number{x, true}, true
}
