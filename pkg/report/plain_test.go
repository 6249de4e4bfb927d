package report_test

import (
	"fmt"
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
