package portfolio_test

import (
	"context"
	"math"
	"testing"

	"github.com/flowmap-dev/flowmap/pkg/advise"
	"github.com/flowmap-dev/flowmap/pkg/roi"
	"github.com/flowmap-dev/flowmap/pkg/roi/portfolio"
)

// What roi simulates has the plan's NPV at the means, and on the calendar ends
// where the roadmap does but for what falls within a month.
func TestSimulatedPlanIsThePlan(t *testing.T) {
	w := plain(flow("a", 5), flow("b", 4))
	each := []offer{{"p", 2200, 100}}
	p := propose(t, w, offers(map[string][]offer{"a": each, "b": each}, map[string][]advise.TierFee{"p": {tier("one", 50, 900, 0)}}), portfolio.Wishes{})
	all, err := p.Programme().Simulate(context.Background(), w, roi.Trials{N: 1000, Seed: 1})
	if err != nil {
		t.Fatal(err)
	}
	if math.Abs(all.Expected-p.NPV) > 1e-6 || p.NPV != 9000-4400-600 {
		t.Errorf("%v at the means, the plan brings %v", all.Expected, p.NPV)
	}
	r := p.Plan(w, 10) // 40 hours each: live after 4 and 8 weeks
	on, err := p.OnCalendar(r).Simulate(context.Background(), w, roi.Trials{N: 1000, Seed: 1})
	if err != nil {
		t.Fatal(err)
	}
	last := on.Cash[len(on.Cash)-1]
	if end := r.Cash[len(r.Cash)-1]; math.Abs(last.Expected-end) > 900 {
		t.Errorf("%v at the end by whole months, %v by weeks", last.Expected, end)
	}
	// Both builds begin in the first month; in the second, a saves 416.67 and the
	// platform costs 50.
	if got := on.Cash[2].Expected; on.Cash[1].Expected != -4400 || math.Abs(got-(-4400+5000.0/12-50)) > 1e-6 {
		t.Errorf("%v, want −4,400 after a month and 366.67 more after two", on.Cash[:3])
	}
}
