package report_test

import "testing"

// Errors of an automated flow are listed, and are in no total: 12 a year of 10
// each beside 24 of 10 by hand.
func TestErrorsOfAutomatedFlowsAreListedOutsideTheTotals(t *testing.T) {
	r := built(t, run(t, parsed(t, `
version: 1
systems: [{id: shop}, {id: erp}]
flows:
  - {id: stock, from: erp, to: shop, how: automated, errors: [{id: lost, what: Lost, rate: 12/year, cost: 10}]}
  - {id: orders, from: shop, to: erp, effort: {hours_per_week: 3}, errors: [{what: Wrong, rate: 24/year, cost: 10}]}
`)), "en")
	automated := table(t, r, "automated-points")
	if c := at(t, automated, "stock/lost", "cost"); !near(c, 120) || automated.Total != nil || automated.Note == "" {
		t.Errorf("the automated flow's error costs %v, want 120, in no total and with a word why", c)
	}
	if c := at(t, table(t, r, "points"), "total", "cost"); !near(c, 240) {
		t.Errorf("errors cost %v together, want 240", c)
	}
}

func TestAnErrorOfAnAutomatedFlowHasBeenNamed(t *testing.T) {
	r := built(t, run(t, parsed(t, `
version: 1
systems: [{id: shop}, {id: erp}]
flows: [{id: stock, from: erp, to: shop, how: automated, errors: [{id: lost, what: Lost}]}]
`)), "en")
	for _, id := range []string{"points", "places"} {
		if got, want := table(t, r, id).Empty, "Nobody has named an error of a flow carried by hand yet."; got != want {
			t.Errorf("%s: %q, want %q", id, got, want)
		}
	}
	if rows := table(t, r, "automated-points").Rows; len(rows) != 1 {
		t.Errorf("%d error points of automated flows, want 1", len(rows))
	}
}
