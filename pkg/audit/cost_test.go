package audit_test

import (
	"testing"

	"github.com/flowmap-dev/flowmap/pkg/audit"
)

// 10 records on each of 5 × 46 days are 2,300 a year; 5 % of them are 115
// errors.
func TestErrorPointWhoseCostNobodyKnows(t *testing.T) {
	for _, c := range []struct {
		what, more string
		priced     bool
		each       float64
	}{
		{"neither time nor money", "", false, 0},
		{"time alone, at 22 an hour", ", minutes_to_fix: 30", true, 11},
		{"money alone", ", cost: 4", true, 4},
		{"it is known to cost nothing", ", cost: 0", true, 0},
	} {
		w := parse(t, "flowmap.yaml", landscape+"flows: ["+ends("volume: 10/day, errors: [{what: Lost, rate: 5%"+c.more+"}]")+"]\n")
		cost := w.Cost(flow(t, w, "orders"))
		p := cost.Points[0]
		if !p.Known || !near(p.ErrorsPerYear, 115) {
			t.Errorf("%s: %v errors, known %v; want 115", c.what, p.ErrorsPerYear, p.Known)
		}
		if p.Priced != c.priced || !near(p.CostEach, c.each) || !near(cost.ErrorCostPerYear, 115*c.each) {
			t.Errorf("%s: priced %v at %v each, %v a year", c.what, p.Priced, p.CostEach, cost.ErrorCostPerYear)
		}
	}
}

// José says 10 hours a week and 8 % errors, María 2 hours and 4 %: alone, hers
// come to 2 hours and 40 of 1,000 records a month.
func TestAFlowAloneCostsWhatItsFileSays(t *testing.T) {
	w := parse(t, "flowmap.yaml", landscape+"flows: ["+ends("effort: {hours_per_week: 10}, volume: 1000/month, errors: [{what: Lost, rate: 8%, cost: 1}]")+"]\n")
	f := flow(t, w, "orders")
	f.Effort.HoursPerWeek = audit.One(2, audit.Number, audit.Counted)
	f.Errors[0].Rate = audit.One(.04, audit.Share, audit.Counted)
	if cost := w.Cost(f.Alone()); !near(cost.HoursPerWeek, 2) || !near(cost.ErrorsPerYear, 480) || !near(cost.ErrorCostPerYear, 480) {
		t.Errorf("%+v", cost)
	}
	if cost := w.Cost(f); !near(cost.HoursPerWeek, 10) {
		t.Errorf("with what others say: %v hours, want 10", cost.HoursPerWeek)
	}
}
