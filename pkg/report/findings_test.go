package report_test

import (
	"strconv"
	"testing"

	"github.com/flowmap-dev/flowmap/pkg/catalogue"
	"github.com/flowmap-dev/flowmap/pkg/report"
	"github.com/flowmap-dev/flowmap/pkg/roi"
)

// What a finding costs, and the errors that an integration leaves, are formulas
// that give what the audit and the advice say.
func TestFindingsAndErrorsLeftFollowTheFlows(t *testing.T) {
	live := func(name, row, column string, r report.Report, figure float64) {
		cell := at(t, table(t, r, name), row, column)
		if cell.Formula.IsZero() {
			t.Errorf("%s of %s, %s, is no formula", column, name, row)
		}
		want(t, row+" "+column, cell, roi.Figure{Value: figure, OK: true}, false)
	}
	for _, name := range []string{"distribuidora", "tienda"} {
		base := run(t, example(t, name))
		facts, err := catalogue.LoadRecovery()
		if err != nil {
			t.Fatal(err)
		}
		base.Runbooks = report.Runbooks(base, facts)
		r := built(t, base, "en")
		priced := 0
		for i, f := range base.Findings {
			if f.Accepted == nil && f.HoursPerWeek > 0 {
				row := f.ID + "-" + strconv.Itoa(i+1)
				live("findings-list", row, "hours", r, f.HoursPerWeek)
				live("findings-list", row, "cost", r, f.CostPerYear)
				priced++
			}
		}
		if priced == 0 {
			t.Errorf("%s: no finding has a price", name)
		}
		left := 0
		for _, book := range base.Runbooks {
			if book.Remains.Errors {
				live("runbooks", book.Flow, "errors_left", r, book.Remains.PerYear)
				live("runbooks", book.Flow, "cost_left", r, book.Remains.CostPerYear)
				left++
			}
		}
		if left == 0 {
			t.Errorf("%s: no runbook has errors left", name)
		}
	}
}
