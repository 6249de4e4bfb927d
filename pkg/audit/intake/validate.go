package intake

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"github.com/xuri/excelize/v2"

	"github.com/flowmap-dev/flowmap/pkg/audit"
)

// validate gives each cell that takes an answer its help, its list, and what
// it says to an answer that it does not take.
func (f *blank) validate() error {
	for i, c := range f.columns {
		v := excelize.NewDataValidation(true)
		v.SetSqref(cellName(f.at(i), firstFlow) + ":" + cellName(f.at(i), f.lastRow()))
		v.SetInput(cut(c.words(f.words, "", ""), 32), cut(c.words(f.words, ".prompt", currencyOf(f.workspace)), 255))
		switch c.is {
		case choice:
			f.offer(v, c.list)
		case amount:
			if err := v.SetRange(0, most(c), excelize.DataValidationTypeDecimal, excelize.DataValidationOperatorBetween); err != nil {
				return err
			}
			f.complain(v, excelize.DataValidationErrorStyleStop, "form.wrong.number")
		case label, prose, people:
		}
		if err := f.file.AddDataValidation(f.sheet, v); err != nil {
			return err
		}
	}
	if err := f.validateTop(); err != nil {
		return err
	}
	return f.remind()
}

// most is the largest amount that a column takes.
func most(c column) float64 {
	switch c.text {
	case "hours", "hours_low", "hours_high":
		return mostHours
	case "error_rate":
		return 100
	case "error_minutes":
		return mostMinutes
	}
	return mostRecords
}

func (f *blank) validateTop() error {
	for i, q := range f.questions() {
		v := excelize.NewDataValidation(true)
		v.SetSqref(cellName(firstAt+2*i+1, topRow))
		v.SetInput(cut(q.text, 32), cut(f.words.Text(q.key+".help", nil), 255))
		switch q.key {
		case "form.department":
			f.offer(v, "department")
		case "form.date":
			first, last := dayNumber(2000), dayNumber(2100)-1
			if err := v.SetRange(first, last, excelize.DataValidationTypeDate, excelize.DataValidationOperatorBetween); err != nil {
				return err
			}
			f.complain(v, excelize.DataValidationErrorStyleStop, "form.wrong.date")
		}
		if err := f.file.AddDataValidation(f.sheet, v); err != nil {
			return err
		}
	}
	return nil
}

// dayNumber is the number that a workbook has for the first of January.
func dayNumber(year int) int {
	from := time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)
	return int(time.Date(year, 1, 1, 0, 0, 0, 0, time.UTC).Sub(from).Hours() / 24)
}

// offer gives a cell its list. What the workspace names may be missing there,
// so another text is warned of, not refused.
func (f *blank) offer(v *excelize.DataValidation, list string) {
	n := len(f.offered(list))
	if n == 0 {
		return
	}
	name := columnName(slices.Index(listNames, list) + 1)
	v.SetSqrefDropList(fmt.Sprintf("'%s'!$%s$1:$%s$%d", listSheet, name, name, n))
	switch list {
	case "system", "entity":
		f.complain(v, excelize.DataValidationErrorStyleWarning, "form.wrong.name")
	case "department":
		v.ShowErrorMessage = false
	default:
		f.complain(v, excelize.DataValidationErrorStyleStop, "form.wrong.choice")
	}
}

func (f *blank) complain(v *excelize.DataValidation, s excelize.DataValidationErrorStyle, key string) {
	v.SetError(s, cut(f.words.Text("form.wrong.title", nil), 32), cut(f.words.Text(key, nil), 255))
	v.ShowErrorMessage = true
}

// remind colours an answer that is missing beside another: how many, but not
// per what; an error's share, but not what goes wrong.
func (f *blank) remind() error {
	id, err := f.file.NewConditionalStyle(&excelize.Style{Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"F9C97C"}}})
	if err != nil {
		return err
	}
	for _, pair := range [][2]string{{"volume", "volume_per"}, {"error1_rate", "error1"}, {"error2_rate", "error2"}, {"error3_rate", "error3"}, {"from", "to"}, {"to", "from"}} {
		has, lacks := columnName(f.column(pair[0])), columnName(f.column(pair[1]))
		rule := []excelize.ConditionalFormatOptions{{Type: "formula", Format: &id,
			Criteria: fmt.Sprintf(`AND($%s%d<>"",$%s%d="")`, has, firstFlow, lacks, firstFlow)}}
		if err := f.file.SetConditionalFormat(f.sheet, fmt.Sprintf("%s%d:%s%d", lacks, firstFlow, lacks, f.lastRow()), rule); err != nil {
			return err
		}
	}
	return nil
}

// column is where the column with a key stands.
func (f *blank) column(key string) int {
	return f.at(slices.IndexFunc(f.columns, func(c column) bool { return c.key == key }))
}

// currencyOf is the workspace's currency as the form names it.
func currencyOf(w audit.Workspace) string { return cmp.Or(w.Currency, "EUR") }

// cut keeps a text within what Excel shows of it, counted in units of UTF-16.
func cut(s string, most int) string {
	units := 0
	for i, r := range s {
		if units++; r > 0xffff {
			units++
		}
		if units > most {
			return s[:i]
		}
	}
	return s
}
