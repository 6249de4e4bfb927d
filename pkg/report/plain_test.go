package report_test

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/flowmap-dev/flowmap/pkg/report"
)

func TestAReportOfManyFlowsSaysWhatItLeavesOut(t *testing.T) {
	for n, says := range map[int]bool{report.MostPlanned: false, report.MostPlanned + 1: true} {
		r := reportOfMany(t, n)
		if got := strings.Contains(fmt.Sprint(r.Sections[0].Blocks), "the report leaves out the plan"); got != says {
			t.Errorf("of %d flows the summary says that there is no plan: %v, want %v", n, got, says)
		}
		if !slices.ContainsFunc(table(t, r, "ranking").Rows[0].Cells, func(c report.Cell) bool { return !c.Formula.IsZero() }) {
			t.Errorf("of %d flows the ranking has no formulas", n)
		}
	}
}

func reportOfMany(t *testing.T, n int) report.Report {
	t.Helper()
	var flows strings.Builder
	for i := range n {
		fmt.Fprintf(&flows, "  - {id: f%d, from: a, to: b, effort: {hours_per_week: %d}, solution: {platform: custom, build_cost: 500}}\n", i, 1+i%5)
	}
	return built(t, run(t, parsed(t, "version: 1\nsystems: [{id: a}, {id: b}]\nflows:\n"+flows.String())), "en")
}

func TestAReportOfVeryManyFlowsIsPlainAndSaysSo(t *testing.T) {
	r := reportOfMany(t, report.MostLive+1)
	if len(r.Levers) > 0 {
		t.Error("it has something to move")
	}
	cells, known := 0, 0
	for _, s := range r.Sections {
		for _, b := range s.Blocks {
			var table report.Table
			switch b := b.(type) {
			case report.Table:
				table = b
			case report.Chart:
				table = b.Table
			}
			for _, row := range table.Rows {
				for i, c := range row.Cells {
					cells++
					if !c.Formula.IsZero() || c.Open(table.Columns[i]) {
						t.Fatalf("%s: %s has a formula or can be changed", table.ID, row.Key)
					}
					if c.Kind.Numeric() {
						known++
					}
				}
			}
		}
	}
	if cells < 10*report.MostLive || known < 5*report.MostLive {
		t.Errorf("it has %d cells, %d of them numbers", cells, known)
	}
	if text := fmt.Sprint(r.Sections[0].Blocks); !strings.Contains(text, "the report is plain") {
		t.Error("the summary does not say that it is plain")
	}
}

// What a plain report says of a flow is what a live one computes by formula.
func TestAPlainReportHoldsWhatFormulasGive(t *testing.T) {
	live, plain := reportOfKinds(t, report.MostLive), reportOfKinds(t, report.MostLive+1)
	for _, id := range []string{"ranking", "points", "flows"} {
		want := map[string]report.Row{}
		for _, row := range table(t, live, id).Rows {
			want[row.Key] = row
		}
		compared := 0
		for _, row := range table(t, plain, id).Rows {
			columns := table(t, plain, id).Columns
			for i, c := range row.Cells {
				key := columns[i].Key
				if want[row.Key].Cells == nil || key == "rank" || key == "listed" {
					continue // one flow more moves the places of others
				}
				if w := want[row.Key].Cells[i]; !same(c, w) {
					t.Fatalf("%s, %s, %s is %v, by formula %v", id, row.Key, key, c, w)
				}
				compared++
			}
		}
		if compared < 4*report.MostLive {
			t.Errorf("of %s only %d cells were compared", id, compared)
		}
	}
}

func same(x, y report.Cell) bool {
	near := x.Number == y.Number || math.Abs(x.Number-y.Number) <= 1e-9*math.Abs(y.Number)
	return x.Kind == y.Kind && x.Text == y.Text && near
}

// reportOfKinds is a report of flows of which some pay back, some never do, some
// have no hours, no price or a peak, and some are of people with a wage.
func reportOfKinds(t *testing.T, n int) report.Report {
	t.Helper()
	kinds := []string{
		"effort: {hours_per_week: %d}, solution: {platform: custom, build_cost: 500}",
		"effort: {hours_per_week: %d}, role: admin, solution: {platform: custom, build_cost: 90000}",
		"effort: {hours_per_month: %d}, peak: {months: [11, 12], factor: 2}, errors: [{id: e, rate: 3/week, minutes_to_fix: 20, cost: 12}], solution: {platform: custom, build_cost: 2000}",
		"errors: [{id: e, rate: %d/week, minutes_to_fix: 5}]",
		"effort: {hours_per_week: %d}, solution: {platform: zapier}",
	}
	var flows strings.Builder
	for i := range n {
		fmt.Fprintf(&flows, "  - {id: f%d, from: a, to: b, "+kinds[i%len(kinds)]+"}\n", i, 1+i%7)
	}
	return built(t, run(t, parsed(t, "version: 1\nroles: [{id: admin, hourly_cost: 31}]\nsystems: [{id: a}, {id: b}]\nflows:\n"+flows.String())), "en")
}
