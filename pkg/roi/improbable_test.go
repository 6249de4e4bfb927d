package roi_test

import (
	"testing"

	"github.com/flowmap-dev/flowmap/pkg/advise"
	"github.com/flowmap-dev/flowmap/pkg/audit"
	"github.com/flowmap-dev/flowmap/pkg/catalogue"
	"github.com/flowmap-dev/flowmap/pkg/graph"
	"github.com/flowmap-dev/flowmap/pkg/roi"
)

// Over two months the benefit grows to full: a first month brings a quarter. A
// build of 1,000 is paid back in it from 1,000 × 4 × 12 a year on.
func TestAPaybackUnderAMonthIsImprobable(t *testing.T) {
	c, err := catalogue.Load()
	if err != nil {
		t.Fatal(err)
	}
	for hours, want := range map[float64]int{50: 1, 30: 0} {
		w := audit.Workspace{Currency: "EUR", Assumptions: audit.DefaultAssumptions(),
			Systems: []audit.System{{ID: "shop"}, {ID: "erp"}}}
		f := audit.Flow{ID: "orders", From: "shop", To: "erp", How: audit.Manual,
			Efforts:        []audit.Effort{{HoursPerWeek: audit.One(hours, audit.Number, audit.Constant)}},
			AutomationRate: audit.One(1, audit.Share, audit.Constant),
			Solution: audit.Solution{Platform: "n8n-cloud", BuildCost: audit.One(1000, audit.Money, audit.Constant),
				PlatformMonthly: audit.One(0, audit.Money, audit.Constant)}}
		w.Assumptions.Maintenance = audit.One(0, audit.Share, audit.Constant)
		w.Assumptions.HourlyCost = audit.One(22, audit.Money, audit.Constant)
		w.Flows = []audit.Flow{f}
		m := graph.New(w)
		candidates := func(f audit.Flow) []advise.Candidate { return advise.Candidates(w, m, c, f) }
		// 50 h × 46 × 22 is 50,600 a year, 30 h is 30,360.
		found := roi.Improbable(w, c, candidates)
		if len(found) != want {
			t.Fatalf("%v h a week: %d findings, want %d", hours, len(found), want)
		}
		payback := roi.Rank(w, candidates, roi.ByPayback).Scores[0].Payback
		if soon := payback.OK && payback.Value < 1; soon != (want == 1) {
			t.Errorf("%v h a week: payback %v, which the finding contradicts", hours, payback)
		}
	}
}
