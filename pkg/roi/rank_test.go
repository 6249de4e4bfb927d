package roi_test

import (
	"fmt"
	"math"
	"reflect"
	"slices"
	"testing"

	"github.com/flowmap-dev/flowmap/pkg/advise"
	"github.com/flowmap-dev/flowmap/pkg/audit"
	"github.com/flowmap-dev/flowmap/pkg/roi"
	"pgregory.net/rapid"
)

// flowOf is a flow of so many hours a week.
func flowOf(id string, hours float64) audit.Flow {
	f := effort(hoursOf(hours))
	f.ID = id
	return f
}

// order lists the ranked flows with their ranks.
func order(r roi.Ranking) (ids []string, ranks []int) {
	for _, s := range r.Scores {
		ids, ranks = append(ids, s.Flow), append(ranks, s.Rank)
	}
	return ids, ranks
}

// Of four flows at 22 an hour, 2,000 to build and 50 a month: one never pays
// back, one has no hours, one is automated already.
func TestRankingByPayback(t *testing.T) {
	unknown := audit.Flow{ID: "asked-later", From: "shop", To: "erp"}
	done := flowOf("automatic", 9)
	done.How = audit.Automated
	w := levante(flowOf("c-small", .5), unknown, flowOf("b-large", 9), done, flowOf("a-middle", 4))
	r := roi.Rank(w, always(costing(2000, 50)), roi.ByPayback)
	ids, ranks := order(r)
	if want := []string{"b-large", "a-middle", "c-small", "asked-later"}; !slices.Equal(ids, want) {
		t.Errorf("order %v, want %v", ids, want)
	}
	if want := []int{1, 2, 3, 0}; !slices.Equal(ranks, want) {
		t.Errorf("ranks %v, want %v", ranks, want)
	}
	if r.Scores[2].Payback.OK || r.Scores[2].NPV.Value >= 0 || !r.Scores[2].NPV.OK {
		t.Errorf("half an hour a week at 50 a month pays back: %+v", r.Scores[2])
	}
	if last := r.Scores[3]; last.Stated || last.NPV.OK || last.BenefitPerYear != 0 || last.CashFlow(w) != nil || last.IRR != nil {
		t.Errorf("a flow without hours has figures: %+v", last)
	}
	if r.Totals.NotStated != 1 || r.Totals.FlowsFor80 != 2 || r.Totals.HoursPerWeek != 13.5 {
		t.Errorf("totals %+v, want 13.5 h a week, 80 %% of it in two flows, one not stated", r.Totals)
	}
}

func TestOtherOrders(t *testing.T) {
	// Twice the hours at a price to build of six times as much.
	cheap, dear := flowOf("cheap", 4), flowOf("dear", 8)
	dear.Errors = []audit.ErrorPoint{errorPoint("typo", audit.One(1, audit.PerMonth, audit.Counted), 0, 10)}
	offers := func(f audit.Flow) []advise.Candidate {
		if f.ID == "dear" {
			return []advise.Candidate{costing(6000, 20)}
		}
		return []advise.Candidate{costing(1000, 20)}
	}
	for by, first := range map[roi.Order]string{
		roi.ByPayback: "cheap", roi.ByROI: "cheap", "": "cheap",
		roi.ByNPV: "dear", roi.ByValue: "dear", roi.ByHours: "dear", roi.ByErrors: "dear",
	} {
		r := roi.Rank(levante(cheap, dear), offers, by)
		if r.Scores[0].Flow != first || r.Scores[0].Rank != 1 {
			t.Errorf("by %q: %s first, want %s", by, r.Scores[0].Flow, first)
		}
	}
	for _, name := range roi.ByPayback.Options() {
		r := roi.Rank(levante(cheap, dear), offers, roi.Order(name))
		if len(r.Scores) != 2 {
			t.Errorf("by %s: %d flows", name, len(r.Scores))
		}
	}
}

func TestOwnChoice(t *testing.T) {
	decided := costing(9000, 90)
	decided.Platform, decided.Decided, decided.Fit = "theirs", true, advise.Unsuitable
	dearer, cheaper, twin := costing(1000, 40), costing(1000, 20), costing(1000, 20)
	dearer.Platform, cheaper.Platform, twin.Platform = "dearer", "b-cheaper", "a-twin"
	dearTier := twin
	dearTier.Tier = "pro"
	unpriced, unfit := costing(0, 0), costing(0, 0)
	unpriced.Priced = false
	unfit.Fit = advise.Exception
	for _, c := range []struct {
		name   string
		offers []advise.Candidate
		want   string
	}{
		{"the client's decision, whatever it costs", []advise.Candidate{cheaper, decided}, "theirs"},
		{"the cheapest over the horizon", []advise.Candidate{dearer, cheaper}, "b-cheaper"},
		{"by id where two cost the same", []advise.Candidate{cheaper, twin}, "a-twin"},
		{"by tier where one platform has two", []advise.Candidate{dearTier, twin}, "a-twin"},
		{"no price on request, nothing that does not fit", []advise.Candidate{unpriced, unfit, dearer}, "dearer"},
		{"none", []advise.Candidate{unpriced, unfit}, ""},
		{"none offered", nil, ""},
	} {
		got, ok := roi.Choose(c.offers)
		if got.Platform != c.want || got.Tier == "pro" || ok != (c.want != "") {
			t.Errorf("%s: got %q %v, want %q", c.name, got.Platform, ok, c.want)
		}
	}
}

func TestWithoutAPriceThereIsABenefitButNoPayback(t *testing.T) {
	f := flowOf("flow", 4)
	onRequest := costing(2000, 0)
	onRequest.Decided, onRequest.Priced = true, false
	for _, c := range []advise.Candidate{onRequest, {}} {
		s := roi.Appraise(levante(f), f, c)
		if s.BenefitPerYear == 0 || s.Payback.OK || s.NPV.OK || s.CostOfDelay.OK || s.PlatformPerMonth.OK || s.BreakEvenHoursPerWeek.OK {
			t.Errorf("candidate %+v: %+v", c, s)
		}
	}
}

func TestAutomationRateOfAFlow(t *testing.T) {
	own := flowOf("own", 1)
	own.AutomationRate = audit.One(.3, audit.Share, audit.Estimated)
	letter := flowOf("letter", 1)
	letter.From = "inbox"
	for f, want := range map[*audit.Flow]float64{&own: .3, &letter: .5, new(flowOf("plain", 1)): .85} {
		if got := roi.Appraise(levante(*f), *f, advise.Candidate{}).AutomationRate; got != want {
			t.Errorf("%s: %v, want %v", f.ID, got, want)
		}
	}
}

// Break-even is the number of hours at which a flow, scored anew, is worth
// nothing more and nothing less.
func TestBreakEvenHoursLeaveNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f := webOrders()
		f.Errors[0].Costs = audit.Pool{audit.One(rapid.Float64Range(0, 3).Draw(t, "error"), audit.Money, audit.Counted)}
		w := levante(f)
		w.Assumptions.RampUpMonths.Value = rapid.Float64Range(0, 9).Draw(t, "ramp-up")
		w.Assumptions.HorizonMonths.Value = float64(rapid.IntRange(1, 120).Draw(t, "horizon"))
		c := costing(rapid.Float64Range(1, 9000).Draw(t, "build"), rapid.Float64Range(0, 90).Draw(t, "fee"))
		hours := roi.Appraise(w, f, c).BreakEvenHoursPerWeek
		if !hours.OK {
			if most := 80 * .999; value(w, f, c, most) > 0 {
				t.Fatalf("no break-even, but %v hours would do", most)
			}
			return
		}
		if left := value(w, f, c, hours.Value); hours.Value > 0 && math.Abs(left) > 1e-6 || left < -1e-6 {
			t.Fatalf("at %v hours a week NPV is %v", hours.Value, left)
		}
	})
}

// value is the flow's NPV with other hours a week.
func value(w audit.Workspace, f audit.Flow, c advise.Candidate, hours float64) float64 {
	f.Efforts = hoursAWeek(audit.One(hours, audit.Number, audit.Estimated))
	return roi.Appraise(w, f, c).NPV.Value
}

func TestBreakEvenAtItsEnds(t *testing.T) {
	f := flowOf("flow", 4)
	f.AutomationRate = audit.One(0, audit.Share, audit.Constant)
	if s := roi.Appraise(levante(f), f, costing(1000, 0)); s.BreakEvenHoursPerWeek.OK {
		t.Errorf("%v hours of which none is saved carry the cost", s.BreakEvenHoursPerWeek.Value)
	}
	// It is known of a flow whose hours nobody stated: it says what to look for.
	unknown := audit.Flow{ID: "unknown", From: "shop", To: "erp"}
	if s := roi.Appraise(levante(unknown), unknown, costing(1000, 0)); !s.BreakEvenHoursPerWeek.OK || s.BreakEvenHoursPerWeek.Value <= 0 {
		t.Errorf("break-even %+v", s.BreakEvenHoursPerWeek)
	}
}

// Flows that never pay back are in the order of what they lose least, flows
// that nothing fits in that of their hours.
func TestOrderOfFlowsWithoutAPayback(t *testing.T) {
	w := levante(flowOf("a", .1), flowOf("b", .3), flowOf("c", .2))
	for name, offers := range map[string]func(audit.Flow) []advise.Candidate{"too dear": lossBy, "nothing fits": always()} {
		want := []string{"b", "c", "a"}
		if name == "too dear" {
			want = []string{"a", "c", "b"}
		}
		if ids, _ := order(roi.Rank(w, offers, roi.ByPayback)); !slices.Equal(ids, want) {
			t.Errorf("%s: %v, want %v", name, ids, want)
		}
	}
}

// lossBy offers what costs more the more hours a flow has.
func lossBy(f audit.Flow) []advise.Candidate {
	return []advise.Candidate{costing(100000*f.Efforts[0].HoursPerWeek.Likely, 500)}
}

// Two assistants have 80 hours a week; nobody saves more of them.
func TestARoleSavesNoMoreHoursThanItHas(t *testing.T) {
	f := flowOf("all-of-them", 100)
	f.Role = "admin"
	s := roi.Appraise(levante(f), f, costing(1000, 0))
	if want := 80. * 46; s.SavedHoursPerYear != want || s.BenefitPerYear != want*20 {
		t.Errorf("saved %v hours, %v a year; want %v and %v", s.SavedHoursPerYear, s.BenefitPerYear, want, want*20)
	}
	if term := s.Terms(levante(f))[2]; term.Amount != s.BenefitPerYear || term.Factors[0].Kind != roi.FactorSavedHours {
		t.Errorf("term %+v", term)
	}
	// Each of these saves 85 % of 60 hours, together 22 more than there are.
	a, b := flowOf("a", 60), flowOf("b", 60)
	a.Role, b.Role = "admin", "admin"
	totals := roi.Rank(levante(a, b), always(costing(1000, 0)), roi.ByPayback).Totals
	if beyond := totals.Beyond.BenefitPerYear; math.Abs(beyond-22*46*20) > 1e-6 {
		t.Errorf("beyond %v, want %v", beyond, 22*46*20)
	}
	if want := 80. * 46 * 20; math.Abs(totals.BenefitPerYear-want) > 1e-6 || totals.HoursPerWeek != 120 {
		t.Errorf("benefit %v of %v hours, want %v of 120", totals.BenefitPerYear, totals.HoursPerWeek, want)
	}
}

// Each of these saves 51 of 60 hours, 34 of which are the same ones (40 that
// both claim, at 85 %): together 68 of the 80 hours of two assistants. So
// nothing is saved beyond them, and a quarter of all money is cash.
func TestHoursClaimedTwiceAreNoCapacity(t *testing.T) {
	a, b := flowOf("a", 60), flowOf("b", 60)
	a.Role, b.Role = "admin", "admin"
	a.Overlaps = []audit.Overlap{{Flow: "b", HoursPerWeek: audit.Amount{Value: 40, Stated: true}}}
	b.Peak = audit.Peak{Factor: audit.One(2.5, audit.Number, audit.Constant), Months: []int{1, 2}}
	b.Role = ""
	w := levante(a, b)
	w.Assumptions.HourlyCost = audit.One(20, audit.Money, audit.Constant)
	w.Assumptions.CashShare = audit.One(.25, audit.Share, audit.Constant)
	o := roi.Overlaps(w, roi.Rank(w, always(), roi.ByPayback).Scores)[0]
	if o.HoursPerYear != 40*46 || o.CashBenefitPerYear != o.BenefitPerYear/4 {
		t.Errorf("overlap %+v: want it by a's year without a peak, a quarter in cash", o)
	}
	b.Peak, b.Role = audit.Peak{}, "admin"
	w.Flows = []audit.Flow{a, b}
	totals := roi.Rank(w, always(), roi.ByPayback).Totals
	if totals.Beyond != (roi.Sums{}) || math.Abs(totals.BenefitPerYear-68*46*20) > 1e-6 || math.Abs(totals.CashBenefitPerYear-17*46*20) > 1e-6 {
		t.Errorf("totals %+v, want 68 hours a week saved, none of them beyond", totals)
	}
	w.Flows[0].Overlaps = nil
	if beyond := roi.Rank(w, always(), roi.ByPayback).Totals.Beyond; math.Abs(beyond.CashBenefitPerYear-22*46*20/4) > 1e-6 {
		t.Errorf("beyond %+v, want 22 hours a week, a quarter of them cash", beyond)
	}
}

func TestHoursThatTwoFlowsClaimCountOnce(t *testing.T) {
	a, b, c := flowOf("a", 6), flowOf("b", 3), flowOf("c", 2)
	a.Role = "admin" // 20 an hour; b and c are at 22
	b.AutomationRate = audit.One(.4, audit.Share, audit.Constant)
	a.Overlaps = []audit.Overlap{{Flow: "b", HoursPerWeek: audit.Amount{Value: 2, Stated: true}}}
	b.Overlaps = []audit.Overlap{{Flow: "a", HoursPerWeek: audit.Amount{Value: 2, Stated: true}}}
	c.Overlaps = []audit.Overlap{
		{Flow: "a", HoursPerWeek: audit.Amount{Value: 5, Stated: true}},
		{Flow: "b", HoursPerWeek: audit.Amount{Value: 2, Stated: true}},
	}
	w := levante(a, b, c)
	r := roi.Rank(w, always(costing(1000, 0)), roi.ByHours)
	pairs := roi.Overlaps(w, r.Scores)
	if len(pairs) != 3 || pairs[0].A != "a" || pairs[0].B != "b" || pairs[1].HoursPerWeek != 2 {
		t.Fatalf("overlaps %+v, want a-b, a-c at most c's two hours, b-c", pairs)
	}
	// Two hours a week are 92 a year. b saves 0.4 × 22 an hour, a 0.85 × 20.
	if o := pairs[0]; o.HoursPerYear != 92 || o.LabourPerYear != 1840 || math.Abs(o.BenefitPerYear-92*.4*22) > 1e-9 {
		t.Errorf("overlap %+v", o)
	}
	// b loses two of its hours to a, c both of its own, and has none left for b.
	if r.Totals.Flows.HoursPerWeek != 11 || r.Totals.Twice.HoursPerWeek != 4 || r.Totals.HoursPerWeek != 7 {
		t.Errorf("hours %v less %v are %v, want 11, 4, 7", r.Totals.Flows.HoursPerWeek, r.Totals.Twice.HoursPerWeek, r.Totals.HoursPerWeek)
	}
	if r.Totals.Twice.LabourPerYear != 1840+1840 || r.Totals.Twice.HoursPerYear != 184 {
		t.Errorf("twice %+v, want two hours a week of b and of c at 20", r.Totals.Twice)
	}
	if alone := roi.Total(w, r.Scores[:1]); alone.Twice != (roi.Sums{}) {
		t.Errorf("a flow overlaps with one that is not there: %+v", alone.Twice)
	}
}

// someFlows draws flows of every kind.
func someFlows(t *rapid.T) []audit.Flow {
	return rapid.SliceOfNDistinct(rapid.Custom(func(t *rapid.T) audit.Flow {
		f := flowOf(fmt.Sprintf("flow-%d", rapid.IntRange(0, 40).Draw(t, "id")), rapid.Float64Range(0, 40).Draw(t, "hours"))
		if rapid.IntRange(0, 4).Draw(t, "stated") == 0 {
			f.Efforts = nil
		}
		if rapid.Bool().Draw(t, "errors") {
			f.Errors = []audit.ErrorPoint{errorPoint("e", audit.One(rapid.Float64Range(0, 50).Draw(t, "rate"), audit.PerMonth, audit.Guessed), 10, 12)}
		}
		f.Role = rapid.SampledFrom([]string{"", "admin"}).Draw(t, "role")
		f.Overlaps = []audit.Overlap{{
			Flow:         fmt.Sprintf("flow-%d", rapid.IntRange(0, 40).Draw(t, "other")),
			HoursPerWeek: audit.Amount{Value: rapid.Float64Range(0, 5).Draw(t, "both"), Stated: true},
		}}
		return f
	}), 1, 8, func(f audit.Flow) string { return f.ID }).Draw(t, "flows")
}

func anOrder(t *rapid.T) roi.Order {
	return roi.Order(rapid.SampledFrom(roi.ByPayback.Options()).Draw(t, "order"))
}

func TestOrderOfFlowsChangesNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		flows, by := someFlows(t), anOrder(t)
		mixed := rapid.Permutation(flows).Draw(t, "mixed")
		a, b := roi.Rank(levante(flows...), always(costing(2000, 50)), by), roi.Rank(levante(mixed...), always(costing(2000, 50)), by)
		if !reflect.DeepEqual(a, b) {
			t.Fatalf("got %+v and %+v", a, b)
		}
	})
}

func TestFlowsAddUpToTotals(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := roi.Rank(levante(someFlows(t)...), always(costing(2000, 50)), anOrder(t))
		var sum roi.Sums
		notStated := 0
		for _, s := range r.Scores {
			sum.HoursPerWeek += s.HoursPerWeek
			sum.LabourPerYear += s.LabourPerYear
			sum.ErrorCostPerYear += s.ErrorCostPerYear
			sum.BenefitPerYear += s.BenefitPerYear
			if !s.Stated {
				notStated++
			}
		}
		all := r.Totals
		for _, c := range []struct{ sum, flows, twice, beyond, net float64 }{
			{sum.HoursPerWeek, all.Flows.HoursPerWeek, all.Twice.HoursPerWeek, all.Beyond.HoursPerWeek, all.HoursPerWeek},
			{sum.LabourPerYear, all.Flows.LabourPerYear, all.Twice.LabourPerYear, all.Beyond.LabourPerYear, all.LabourPerYear},
			{sum.ErrorCostPerYear, all.Flows.ErrorCostPerYear, all.Twice.ErrorCostPerYear, all.Beyond.ErrorCostPerYear, all.ErrorCostPerYear},
			{sum.BenefitPerYear, all.Flows.BenefitPerYear, all.Twice.BenefitPerYear, all.Beyond.BenefitPerYear, all.BenefitPerYear},
		} {
			if math.Abs(c.sum-c.flows) > 1e-6 || math.Abs(c.flows-c.twice-c.beyond-c.net) > 1e-6 || c.net < -1e-6 || c.twice < 0 || c.beyond < 0 {
				t.Fatalf("flows %v, in the totals %v, less %v and %v, leaves %v", c.sum, c.flows, c.twice, c.beyond, c.net)
			}
		}
		if all.NotStated != notStated || all.FlowsFor80 != r.Concentration.For80 {
			t.Fatalf("%d not stated, want %d", all.NotStated, notStated)
		}
	})
}

func TestMoreHoursNeverRankLower(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		flows, by := someFlows(t), anOrder(t)
		i := rapid.IntRange(0, len(flows)-1).Draw(t, "which")
		if flows[i].Efforts == nil {
			return
		}
		before := rankOf(roi.Rank(levante(flows...), always(costing(2000, 50)), by), flows[i].ID)
		more := slices.Clone(flows)
		more[i].Efforts = []audit.Effort{hoursOf(flows[i].Efforts[0].HoursPerWeek.Likely + rapid.Float64Range(0, 20).Draw(t, "more"))}
		if after := rankOf(roi.Rank(levante(more...), always(costing(2000, 50)), by), flows[i].ID); after > before {
			t.Fatalf("rank %d with more hours, %d before", after, before)
		}
	})
}

func rankOf(r roi.Ranking, id string) int {
	for _, s := range r.Scores {
		if s.Flow == id {
			return s.Rank
		}
	}
	return 0
}

func TestSignsAndDoubles(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f := flowOf("flow", money(t, "hours", 30))
		build, fee := 1+money(t, "build", 9000), money(t, "fee", 300)
		s := roi.Appraise(levante(f), f, costing(build, fee))
		if s.ROI.OK && math.Signbit(s.ROI.Value) != math.Signbit(s.NPV.Value) && s.NPV.Value != 0 {
			t.Fatalf("ROI %v, NPV %v", s.ROI.Value, s.NPV.Value)
		}
		twice := flowOf("flow", 2*f.Efforts[0].HoursPerWeek.Likely)
		d := roi.Appraise(levante(twice), twice, costing(2*build, 2*fee))
		if d.Payback != s.Payback || d.DiscountedPayback != s.DiscountedPayback || d.ROI != s.ROI || !slices.Equal(d.IRR, s.IRR) {
			t.Fatalf("%+v doubled is %+v", s, d)
		}
	})
}
