package roi

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/flowmap-dev/flowmap/pkg/audit"
)

// anyProgramme is flows that overlap in pairs, of roles with and without a
// limit.
func anyProgramme(r *rand.Rand, n int) (audit.Workspace, []Score) {
	flows := make([]audit.Flow, n)
	for i := range flows {
		flows[i] = anyFlow(r, fmt.Sprint("flow-", i))
		for j := range i {
			if r.IntN(2) == 0 {
				flows[i].Overlaps = append(flows[i].Overlaps, audit.Overlap{Flow: flows[j].ID, HoursPerWeek: audit.Amount{Value: 3 * r.Float64(), Stated: true}})
			}
		}
	}
	w := anyWorkspace(r, flows...)
	w.Roles[0].Headcount = audit.Amount{Value: .1 + .3*r.Float64(), Stated: true}
	var scores []Score
	for _, f := range flows {
		scores = append(scores, Appraise(w, f, anyCandidate(r, w)))
	}
	return w, scores
}

// With everything live at once a programme brings the benefit of Total: no hour
// counts twice, no role saves more than it has.
func TestProgrammeAddsUpToTotal(t *testing.T) {
	r := rand.New(rand.NewPCG(6, 2))
	limited, twice := 0, 0
	for i := range 200 {
		w, scores := anyProgramme(r, 1+r.IntN(5))
		total := Total(w, scores)
		if total.Beyond.BenefitPerYear > 0 {
			limited++
		}
		if total.Twice.BenefitPerYear > 0 {
			twice++
		}
		p := Programme{Fees: []Fee{{PerMonth: 70}}}
		build, maintenance := 0.0, 0.0
		for _, s := range scores {
			p.Picks = append(p.Picks, Pick{Score: s})
			build += s.BuildCost
			maintenance += s.MaintenancePerMonth
		}
		want := Investment{Build: build, Benefit: total.BenefitPerYear, Fee: 70, Maintenance: maintenance, RampUp: 2}.CashFlow(36)
		for k, got := range p.CashFlow(w) {
			if math.Abs(got-want[k]) > 1e-6 {
				t.Fatalf("programme %d, month %d: %v, want %v", i, k, got, want[k])
			}
		}
	}
	if limited < 20 || twice < 20 {
		t.Errorf("%d programmes reach a role's limit and %d claim hours twice: too few to show anything", limited, twice)
	}
}

// A programme of one flow is that flow by itself, trial for trial, but for its
// fee, which is the programme's.
func TestProgrammeOfOneFlow(t *testing.T) {
	r := rand.New(rand.NewPCG(6, 3))
	for range 20 {
		w, scores := anyProgramme(r, 1)
		s := scores[0]
		s.Choice.Fee = audit.One(45, audit.Money, audit.Constant)
		s = Appraise(w, w.Flows[0], s.Choice)
		single, err := Simulate(context.Background(), w, []Score{s}, Trials{N: 2000, Seed: 3})
		if err != nil {
			t.Fatal(err)
		}
		p := Programme{Picks: []Pick{{Score: s}}, Fees: []Fee{{PerMonth: 45}}, Months: Ahead}
		together, err := p.Simulate(context.Background(), w, Trials{N: 2000, Seed: 3})
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range [][2]Percentile{{single[0].NPV.P10, together.NPV.P10}, {single[0].NPV.P90, together.NPV.P90},
			{single[0].Payback.P50, together.BreakEven.P50}, {single[0].Mean, together.Mean}} {
			if math.Abs(c[0].Value-c[1].Value) > 1e-6*(1+math.Abs(c[0].Value)) || c[0].OK != c[1].OK {
				t.Errorf("by itself %+v, as a programme %+v", c[0], c[1])
			}
		}
	}
}

// What goes live later pays later, and the deepest point is what has been spent
// by then.
func TestProgrammeInSteps(t *testing.T) {
	w, scores := anyProgramme(rand.New(rand.NewPCG(6, 4)), 2)
	w.Flows[1].Overlaps = nil
	p := Programme{Picks: []Pick{{scores[0], 0, 1}, {scores[1], 4, 6}}, Fees: []Fee{{50, 1}}}
	cash := p.CashFlow(w)
	if cash[0] != -scores[0].BuildCost || cash[1] != 0 {
		t.Errorf("months 0 and 1: %v, want the first build cost and nothing", cash[:2])
	}
	first := scores[0].Investment
	first.Fee = 50
	if want := first.CashFlow(3); math.Abs(cash[2]-want[1]) > 1e-9 || math.Abs(cash[4]-want[3]+scores[1].BuildCost) > 1e-9 {
		t.Errorf("months 2 and 4: %v and %v", cash[2], cash[4])
	}
	o, err := p.Simulate(context.Background(), w, Trials{N: 1000, Seed: 1})
	if err != nil {
		t.Fatal(err)
	}
	if len(o.Cash) != 37 || o.Cash[0].P10 > o.Cash[0].P90 || o.Deepest.P10.Value <= 0 {
		t.Errorf("%d months, first %+v, deepest %+v", len(o.Cash), o.Cash[0], o.Deepest)
	}
}
