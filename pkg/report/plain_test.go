package report_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/flowmap-dev/flowmap/pkg/report"
)

func TestAReportOfVeryManyFlowsIsPlainAndSaysSo(t *testing.T) {
	var flows strings.Builder
	for i := range report.MostLive + 1 {
		fmt.Fprintf(&flows, "  - {id: f%d, from: a, to: b, effort: {hours_per_week: %d}, solution: {platform: custom, build_cost: 500}}\n", i, 1+i%5)
	}
	r := built(t, run(t, parsed(t, "version: 1\nsystems: [{id: a}, {id: b}]\nflows:\n"+flows.String())), "en")
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
