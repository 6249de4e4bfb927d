package portfolio_test

import (
	"context"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/flowmap-dev/flowmap/pkg/advise"
	"github.com/flowmap-dev/flowmap/pkg/audit"
	"github.com/flowmap-dev/flowmap/pkg/catalogue"
	"github.com/flowmap-dev/flowmap/pkg/roi"
	"github.com/flowmap-dev/flowmap/pkg/roi/portfolio"
)

// plain is a workspace in which an hour a week is worth 1,000 over the twelve
// months that are looked at: 50 weeks at 20, nothing stays manual, nothing is
// discounted.
func plain(flows ...audit.Flow) audit.Workspace {
	w := audit.Workspace{Currency: "EUR", Assumptions: audit.DefaultAssumptions(), Flows: flows,
		Systems: []audit.System{{ID: "shop", Kind: audit.Ecommerce}, {ID: "erp", Kind: audit.ERP}}}
	a := &w.Assumptions
	a.HourlyCost = audit.One(20, audit.Money, audit.Constant)
	a.WeeksPerYear.Value, a.HorizonMonths.Value = 50, 12
	a.DiscountRate.Value, a.RampUpMonths.Value = 0, 0
	a.AutomationRate = audit.One(1, audit.Share, audit.Constant)
	a.Maintenance = audit.One(0, audit.Share, audit.Constant)
	return w
}

func flow(id string, hours float64) audit.Flow {
	f := audit.Flow{ID: id, From: "shop", To: "erp", Errors: []audit.ErrorPoint{}}
	if hours > 0 {
		f.Efforts = []audit.Effort{{HoursPerWeek: audit.One(hours, audit.Number, audit.Constant)}}
	}
	return f
}

// offer is what a platform asks of one flow.
type offer struct {
	platform          string
	build, operations float64
}

// offers makes ways of offers; every flow may run in every tier of a platform.
func offers(by map[string][]offer, tiers map[string][]advise.TierFee) portfolio.Ways {
	return func(f audit.Flow) (all []advise.Candidate, may [][]advise.TierFee) {
		for _, o := range by[f.ID] {
			all = append(all, advise.Candidate{Flow: f.ID, Platform: o.platform, Fit: advise.Recommended, Priced: true,
				BuildCost: audit.One(o.build, audit.Money, audit.Constant), Metered: true, Operations: o.operations, PeakOperations: o.operations})
			may = append(may, tiers[o.platform])
		}
		return all, may
	}
}

func tier(id string, fee, most, over float64) advise.TierFee {
	t := catalogue.Tier{ID: id, Included: audit.Amount{Value: most, Stated: true}}
	if over > 0 {
		t.Overage = &catalogue.Overage{Price: over, Endless: true}
	}
	return advise.TierFee{Tier: t, PerMonth: fee, PerOperation: over}
}

func propose(t *testing.T, w audit.Workspace, ways portfolio.Ways, wishes portfolio.Wishes) portfolio.Proposal {
	t.Helper()
	p, err := portfolio.Propose(context.Background(), w, ways, wishes, portfolio.Effort{Next: 2, Step: 1000, Curve: true})
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func upTo(x float64) roi.Figure { return roi.Figure{Value: x, OK: true} }

// Three flows of 5, 4 and 3 hours; the platform holds two of them for 50 a month
// and all for 120. All are worth 12,000 − 3 × 1,000 − 1,440 = 7,560.
func TestAPlatformIsPaidOnceForAllItsFlows(t *testing.T) {
	w := plain(flow("a", 5), flow("b", 4), flow("c", 3))
	each := []offer{{"p", 1000, 100}}
	ways := offers(map[string][]offer{"a": each, "b": each, "c": each},
		map[string][]advise.TierFee{"p": {tier("small", 50, 200, 0), tier("large", 120, 900, 0)}})
	p := propose(t, w, ways, portfolio.Wishes{})
	if len(p.Flows) != 3 || math.Abs(p.NPV-7560) > 1e-6 || !p.Optimal {
		t.Fatalf("%d flows, %v, optimal %v", len(p.Flows), p.NPV, p.Optimal)
	}
	for _, f := range p.Flows {
		if f.Fee != (portfolio.Fee{Alone: 50, Marginal: 70, Shared: 40}) {
			t.Errorf("%s: %+v; alone it pays 50, it makes the fee rise by 70, a third of 120 is 40", f.Flow, f.Fee)
		}
	}
	two := propose(t, w, ways, portfolio.Wishes{Budget: upTo(2500)})
	if math.Abs(two.NPV-6400) > 1e-6 || len(two.More) != 1 || math.Abs(two.More[0].NPV-7560) > 1e-6 {
		t.Errorf("two flows bring %v, want 9,000 − 2,000 − 600; 1,000 more %v", two.NPV, two.More)
	}
	if len(two.Next) != 2 || math.Abs(two.Next[0].NPV-5400) > 1e-6 || math.Abs(two.Next[1].NPV-4400) > 1e-6 || !two.Next[1].Proven {
		t.Errorf("next best %+v, want a and c for 5,400, b and c for 4,400", two.Next)
	}
	if c := two.Curve; len(c) != 4 || c[1].Build != 1000 || math.Abs(c[1].NPV-3400) > 1e-6 || c[3].Share != 1 {
		t.Errorf("curve %+v", c)
	}
	for i, p := range two.Curve { // nothing between two points but the one below
		if last := i == len(two.Curve)-1; last != math.IsInf(p.Until, 1) || !last && math.Abs(p.Until-two.Curve[i+1].Least+1./portfolio.Parts) > 1e-9 {
			t.Errorf("point %d holds from %v until %v", i, p.Least, p.Until)
		}
	}
	if over := propose(t, w, ways, portfolio.Wishes{Monthly: upTo(60)}); len(over.Flows) != 2 {
		t.Errorf("%d flows for 60 a month, want the two of the small tier", len(over.Flows))
	}
}

func TestFlowsThatAreWantedAndLeftOut(t *testing.T) {
	w := plain(flow("a", 5), flow("b", 1), flow("c", 0))
	w.Flows[1].After = []string{"c"}
	each := []offer{{"p", 2000, 1}}
	ways := offers(map[string][]offer{"a": each, "b": each, "c": each}, map[string][]advise.TierFee{"p": {tier("one", 0, 9, 0)}})
	p := propose(t, w, ways, portfolio.Wishes{With: []string{"b"}, Without: []string{"a"}})
	if len(p.Flows) != 2 || p.Flows[1].Flow != "c" || math.Abs(p.NPV+3000) > 1e-6 {
		t.Errorf("%v %v, want b and what it waits for: 1,000 − 4,000", p.Flows, p.NPV)
	}
	if len(p.Passed) != 1 || p.Passed[0].Why != portfolio.NotWanted {
		t.Errorf("%v", p.Passed)
	}
	for want, wishes := range map[string]portfolio.Wishes{
		`there is no flow "x"`:                                                      {With: []string{"x"}},
		`flow "a" is both wanted and left out`:                                      {With: []string{"a"}, Without: []string{"a"}},
		`the budget is NaN, want an amount from`:                                    {Budget: upTo(math.NaN())},
		`the monthly budget is -1, want an amount from`:                             {Monthly: upTo(-1)},
		`the budget of 500 is below every build: the cheapest is flow "a" for 2000`: {Budget: upTo(500)},
		`no plan holds b within the limits: building costs 2000 at the least`:       {Budget: upTo(2500), With: []string{"b"}},
	} {
		_, err := portfolio.Propose(context.Background(), w, ways, wishes, portfolio.Effort{})
		if err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("%v, want %s", err, want)
		}
	}
}

// Overlaps, caps of roles, orders, tiers with a price beyond an allowance: every
// choice is tried, and added up by roi.Total.
func TestNoChoiceOfFlowsIsWorthMore(t *testing.T) {
	for seed := range uint64(400) {
		r := rand.New(rand.NewPCG(seed, 9))
		w, by, tiers := someAudit(r)
		wishes := portfolio.Wishes{Budget: upTo(float64(3500 + 500*r.IntN(15)))}
		want := triedOneByOne(w, by, tiers, wishes.Budget.Value)
		p, err := portfolio.Propose(context.Background(), w, offers(by, tiers), wishes, portfolio.Effort{})
		if err != nil {
			t.Fatalf("seed %d: %v", seed, err)
		}
		if math.Abs(p.NPV-want) > .01 || math.Abs(float64(p.Result.Plan.Value)/portfolio.Parts-want) > .01 {
			t.Errorf("seed %d: %v (solved for %v), want %v", seed, p.NPV, float64(p.Result.Plan.Value)/portfolio.Parts, want)
		}
		slices.Reverse(w.Flows)
		if again := propose(t, w, offers(by, tiers), wishes); again.NPV != p.NPV {
			t.Errorf("seed %d: %v in another order of the flows, %v before", seed, again.NPV, p.NPV)
		}
	}
}

func someAudit(r *rand.Rand) (audit.Workspace, map[string][]offer, map[string][]advise.TierFee) {
	w := plain()
	w.Roles = []audit.Role{{ID: "admin", HourlyCost: audit.One(float64(15+r.IntN(10)), audit.Money, audit.Constant),
		Headcount: audit.Amount{Value: .1 + .3*r.Float64(), Stated: true}}}
	by := map[string][]offer{}
	for _, id := range []string{"a", "b", "c", "d", "e"} {
		f := flow(id, float64(1+r.IntN(8)))
		if r.IntN(2) == 0 {
			f.Role = "admin"
		}
		w.Flows = append(w.Flows, f)
		for _, p := range []string{"p", "q"} {
			if r.IntN(3) > 0 || p == "p" {
				by[id] = append(by[id], offer{p, float64(500 + r.IntN(3000)), float64(r.IntN(500))})
			}
		}
	}
	if r.IntN(2) == 0 {
		w.Flows[1].After = []string{"d"}
	}
	if r.IntN(3) > 0 { // b and e are each the second of one pair
		w.Flows[0].Overlaps = []audit.Overlap{{Flow: "b", HoursPerWeek: audit.Amount{Value: float64(1 + r.IntN(4)), Stated: true}}}
		w.Flows[3].Overlaps = []audit.Overlap{{Flow: "e", HoursPerWeek: audit.Amount{Value: float64(1 + r.IntN(4)), Stated: true}}}
	}
	return w, by, map[string][]advise.TierFee{
		"p": {tier("s", 20, 300, 0), tier("l", 90, 3000, 0)},
		"q": {tier("m", float64(10+r.IntN(40)), 200, .1), tier("n", 70, 900, 0)},
	}
}

// triedOneByOne is the NPV of the best choice.
func triedOneByOne(w audit.Workspace, by map[string][]offer, tiers map[string][]advise.TierFee, budget float64) float64 {
	best := 0.0
	picked := map[string]offer{}
	var try func(int)
	try = func(i int) {
		if i == len(w.Flows) {
			if npv, ok := added(w, picked, tiers, budget); ok {
				best = max(best, npv)
			}
			return
		}
		id := w.Flows[i].ID
		try(i + 1)
		for _, o := range by[id] {
			picked[id] = o
			try(i + 1)
			delete(picked, id)
		}
	}
	try(0)
	return best
}

func added(w audit.Workspace, picked map[string]offer, tiers map[string][]advise.TierFee, budget float64) (float64, bool) {
	var scores []roi.Score
	build, load := 0.0, map[string]float64{}
	for _, f := range w.Flows {
		o, in := picked[f.ID]
		if !in {
			continue
		}
		for _, before := range f.After {
			if _, ok := picked[before]; !ok {
				return 0, false
			}
		}
		scores = append(scores, roi.Appraise(w, f, advise.Candidate{}))
		build += o.build
		load[o.platform] += o.operations
	}
	fees := 0.0
	for platform, operations := range load {
		least := math.Inf(1)
		for _, t := range tiers[platform] {
			if most, _ := t.Tier.Capacity(); operations <= most {
				least = min(least, t.Tier.Fee(operations)+t.PerMonth)
			}
		}
		fees += least
	}
	return roi.Total(w, scores).BenefitPerYear - build - 12*fees, build <= budget && !math.IsInf(fees, 1)
}
