package render

import (
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"

	"github.com/flowmap-dev/flowmap/pkg/lang"
	"github.com/flowmap-dev/flowmap/pkg/report"
)

// InputSheet is the name of the hidden sheet that lists what a reader may
// change, a row an input under a row of headings: the table, the keys of row and
// column, the place in the workspace, the unit written there after the number,
// by what the number is multiplied there, and the value as delivered. By it a
// changed workbook is read back, wherever its rows have been moved. A cell whose
// texts are chosen from a list has Chosen in the place of the multiple; the lists
// stand in the columns beside, below the rest.
const InputSheet = "flowmap-inputs"

// Chosen marks a cell of the hidden sheet whose text is chosen from a list.
const Chosen = "choice"

// input is a cell that a reader may change.
type input struct {
	table, row string
	column     report.Column
	cell       report.Cell
}

// inputs lists them in the order of the sheets.
func (b *book) inputs() []input {
	var all []input
	for _, s := range b.sheets {
		for _, it := range s.items {
			t, ok := it.block.(report.Table)
			if !ok {
				continue
			}
			for _, r := range t.Rows {
				for i, c := range r.Cells {
					if c.Open(t.Columns[i]) {
						all = append(all, input{t.ID, r.Key, t.Columns[i], c})
					}
				}
			}
		}
	}
	return all
}

// changeColumn is the column of the hidden sheet that holds 1 for each input
// that is not as delivered.
const changeColumn = 8

// addInputs adds the hidden sheet while all are empty: to hide one, the library
// reads them all.
func (b *book) addInputs() error {
	if _, err := b.file.NewSheet(InputSheet); err != nil {
		return err
	}
	return b.file.SetSheetVisible(InputSheet, false)
}

// writeInputs fills the hidden sheet.
func (b *book) writeInputs(inputs []input) error {
	out, err := b.file.NewStreamWriter(InputSheet)
	if err != nil {
		return err
	}
	if err := out.SetRow("A1", []any{"table", "row", "column", "path", "unit", "scale", "value", "changed"}); err != nil {
		return err
	}
	for i, in := range inputs {
		row := i + 2
		at := b.match(in.table, "$B"+strconv.Itoa(row), in.column.Key)
		was := "$G" + strconv.Itoa(row)
		// What still follows its formula has not been changed by itself.
		changed := "IF(_xlfn.ISFORMULA(" + at + "),0,IF(" + at + "=" + was + ",0,1))"
		var scale any = 1.
		switch {
		case len(in.cell.Asked().Options) > 0:
			scale = Chosen
		case in.cell.Asked().Stated.Scale != 0:
			scale = in.cell.Asked().Stated.Scale
		}
		cells := []any{
			in.table, cellText(in.row), in.column.Key, cellText(in.cell.Asked().Stated.Path), in.cell.Asked().Stated.Unit, scale, b.value(in.cell),
			excelize.Cell{Formula: changed, Value: 0},
		}
		if err := out.SetRow("A"+strconv.Itoa(row), cells); err != nil {
			return err
		}
	}
	if err := b.writeLists(out, inputs); err != nil {
		return err
	}
	return out.Flush()
}

// listColumn is the column of the hidden sheet that holds the texts of lists.
const listColumn = changeColumn + 2

// writeLists writes the texts from which readers choose, each list once, under
// the rows of the inputs and one blank.
func (b *book) writeLists(out *excelize.StreamWriter, inputs []input) error {
	seen := map[string]bool{}
	row := len(inputs) + 3
	for _, in := range inputs {
		key := strings.Join(in.cell.Asked().Options, "\n")
		if key == "" || seen[key] {
			continue
		}
		seen[key] = true
		for i, text := range in.cell.Asked().Options {
			if err := out.SetRow(address(listColumn, row+i, false), []any{cellText(text)}); err != nil {
				return err
			}
		}
		row += len(in.cell.Asked().Options)
	}
	return nil
}

// list is the range that holds the texts of a list.
func (b *book) list(options []string) string {
	row := len(b.inputs()) + 3
	seen := map[string]bool{}
	for _, in := range b.inputs() {
		key := strings.Join(in.cell.Asked().Options, "\n")
		switch {
		case key == "" || seen[key]:
			continue
		case key == strings.Join(options, "\n"):
			return "'" + InputSheet + "'!" + address(listColumn, row, true) + ":" + address(listColumn, row+len(options)-1, true)
		}
		seen[key] = true
		row += len(in.cell.Asked().Options)
	}
	return ""
}

// whileChanged is the formula of a text that stands while an input is not as
// delivered.
func (b *book) whileChanged(text string, inputs int) string {
	last := strconv.Itoa(inputs + 1)
	column := address(changeColumn, 2, true) + ":" + strings.TrimSuffix(address(changeColumn, 2, true), "2") + last
	return "IF(SUM('" + InputSheet + "'!" + column + ")=0,\"\",\"" + strings.ReplaceAll(text, `"`, `""`) + "\")"
}

// validate lets a reader put into each input only what it takes, and says what
// that is.
func (b *book) validate(s *sheet, t report.Table) error {
	p := b.places[t.ID]
	for i, column := range t.Columns {
		var most []float64
		cells := map[float64][]string{}
		var chosen, options []string
		for _, r := range t.Rows {
			c := r.Cells[i]
			if !c.Open(column) {
				continue
			}
			if asked := c.Asked(); len(asked.Options) > 0 {
				chosen = append(chosen, address(p.columns[column.Key], p.rows[r.Key], false))
				options = asked.Options
			} else {
				limit := limitOf(c, column)
				if cells[limit] == nil {
					most = append(most, limit)
				}
				cells[limit] = append(cells[limit], address(p.columns[column.Key], p.rows[r.Key], false))
			}
		}
		if len(chosen) > 0 {
			if err := b.file.AddDataValidation(s.name, b.dropDown(column, options, ranges(chosen))); err != nil {
				return err
			}
		}
		for _, limit := range most {
			if err := b.file.AddDataValidation(s.name, b.validation(column, limit, ranges(cells[limit]))); err != nil {
				return err
			}
		}
	}
	return nil
}

// endless is the most that a number without a limit of its own may be.
const endless = 1e12

// limitOf is the most that a cell takes.
func limitOf(c report.Cell, column report.Column) float64 {
	most := c.Asked().Most
	switch {
	case most > 0:
		return most
	case column.Kind == report.Share || c.Kind == report.Share:
		return 1
	}
	return endless
}

func (b *book) validation(column report.Column, most float64, cells string) *excelize.DataValidation {
	text := b.Text("workbook.input.number", nil)
	switch most {
	case endless:
	case 1:
		text = b.Text("workbook.input.share", nil)
	default:
		text = b.Text("workbook.input.most", lang.Args{"Most": b.Number(most, 0)})
	}
	v := excelize.NewDataValidation(true)
	v.Sqref = cells
	// The limits are ours, and a comparison is one that the library knows.
	_ = v.SetRange(0, most, excelize.DataValidationTypeDecimal, excelize.DataValidationOperatorBetween)
	v.SetInput(cut(column.Label, 32), text)
	v.SetError(excelize.DataValidationErrorStyleStop, b.Text("workbook.refused", nil), text)
	return v
}

// dropDown lets a reader choose one of some texts.
func (b *book) dropDown(column report.Column, options []string, cells string) *excelize.DataValidation {
	v := excelize.NewDataValidation(true)
	v.Sqref = cells
	v.SetSqrefDropList(b.list(options))
	text := b.Text("workbook.input.choice", nil)
	v.SetInput(cut(column.Label, 32), text)
	v.SetError(excelize.DataValidationErrorStyleStop, b.Text("workbook.refused", nil), text)
	return v
}

// ranges writes addresses of one column with neighbours together: B4:B9 B12.
func ranges(cells []string) string {
	var out []string
	first, last := "", ""
	flush := func() {
		switch {
		case first == "":
		case first == last:
			out = append(out, first)
		default:
			out = append(out, first+":"+last)
		}
	}
	for _, c := range cells {
		if first == "" || !follows(last, c) {
			flush()
			first = c
		}
		last = c
	}
	flush()
	return strings.Join(out, " ")
}

// follows tells whether b is the cell below a.
func follows(a, b string) bool {
	_, above, err := excelize.CellNameToCoordinates(a)
	_, below, also := excelize.CellNameToCoordinates(b)
	return err == nil && also == nil && below == above+1
}
