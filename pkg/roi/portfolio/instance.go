package portfolio

import (
	"cmp"
	"math"
	"slices"

	"github.com/flowmap-dev/flowmap/pkg/advise"
	"github.com/flowmap-dev/flowmap/pkg/audit"
	"github.com/flowmap-dev/flowmap/pkg/catalogue"
	"github.com/flowmap-dev/flowmap/pkg/roi"
)

// Parts is how many units of a Problem one unit of money has. An amount is
// rounded to it, so that what is proven of a plan holds to a ten-thousandth for
// each amount in it.
const Parts = 10_000

// Ways are the ways to integrate a flow, and for each the tiers in which it may
// run next to others.
type Ways func(audit.Flow) ([]advise.Candidate, [][]advise.TierFee)

// Wishes are what the plan is asked for.
type Wishes struct {
	Budget  roi.Figure // money for building, all of it; not OK: no limit
	Monthly roi.Figure // money a month for platforms; not OK: no limit
	With    []string   // ids of flows that have to be in the plan
	Without []string   // ids of flows that must not be
}

// instance is a workspace as a Problem, and the way back.
type instance struct {
	Problem
	w      audit.Workspace
	flows  []audit.Flow // by hand, in the order of ids
	scores []roi.Score  // of each flow, without a solution
	ways   []way        // of each option; past its end are pairs that overlap
	groups []group      // of each platform of the problem
	at     map[string]int

	rate       float64 // a month
	months     int     // the horizon
	perBenefit float64 // present value of a benefit of 1 a year
	perMonth   float64 // present value of 1 a month
	budget     int     // place of the limit; -1 for none
	monthly    int
}

// way is what an option stands for.
type way struct {
	flow      int
	candidate advise.Candidate
}

// group is tiers of one platform that the same flows may use. Tiers that take
// only some of the platform's flows, or charge for operations beyond an
// allowance, are groups of their own; at most one group of a platform is paid.
type group struct {
	platform string
	tiers    []advise.TierFee
	spare    bool // the first tier is what the client has paid for already
	over     int  // the limit of the allowance of a tier that charges beyond, in money; -1 for none
}

// newInstance writes the workspace down as a problem: flows by hand in the order
// of their ids, so that their order in the files does not matter.
func newInstance(w audit.Workspace, ways Ways, wishes Wishes) *instance {
	in := &instance{w: w, at: map[string]int{}, budget: -1, monthly: -1}
	a := w.Assumptions
	in.rate, in.months = roi.MonthlyRate(a.DiscountRate.Value), int(a.HorizonMonths.Value)
	in.perBenefit = roi.NPV(in.rate, roi.Investment{Benefit: 1, RampUp: a.RampUpMonths.Value}.CashFlow(in.months))
	in.perMonth = -roi.NPV(in.rate, roi.Investment{Fee: 1}.CashFlow(in.months))
	in.flows = slices.DeleteFunc(slices.Clone(w.Flows), func(f audit.Flow) bool { return !f.ByHand() })
	slices.SortFunc(in.flows, func(a, b audit.Flow) int { return cmp.Compare(a.ID, b.ID) })
	in.Flows = len(in.flows)
	if wishes.Budget.OK {
		in.budget = in.limit(Limit{Most: units(wishes.Budget.Value)})
	}
	if wishes.Monthly.OK {
		in.monthly = in.limit(Limit{Most: units(wishes.Monthly.Value)})
	}
	var found []found
	for i, f := range in.flows {
		in.at[f.ID] = i
		in.scores = append(in.scores, roi.Appraise(w, f, advise.Candidate{}))
		if !slices.Contains(wishes.Without, f.ID) {
			found = append(found, in.find(i, f, ways)...)
		}
		if slices.Contains(wishes.With, f.ID) {
			in.Must = append(in.Must, i)
		}
	}
	in.addPlatforms(found)
	in.addOrder()
	in.addClaims()
	return in
}

func units(money float64) int64 {
	return int64(math.Round(min(max(money, -maxMoney), maxMoney) * Parts))
}

// maxMoney keeps single amounts within what a Problem can hold.
const maxMoney = maxAmount / Parts

func (in *instance) limit(l Limit) int {
	in.Limits = append(in.Limits, l)
	return len(in.Limits) - 1
}

// found is a way to integrate a flow before its platform has a place.
type found struct {
	way
	tiers []advise.TierFee
}

// find lists the ways that a flow may be integrated: the one that the client
// has decided for, else all that fit.
func (in *instance) find(flow int, f audit.Flow, ways Ways) []found {
	candidates, tiers := ways(f)
	var all []found
	for i, c := range candidates {
		one := found{way{flow, c}, tiers[i]}
		if c.Decided {
			one.tiers = decidedTiers(f, one)
			if !c.Priced {
				return nil
			}
			return []found{one}
		}
		if c.Fits() {
			all = append(all, one)
		}
	}
	return all
}

// decidedTiers are the tiers of what the client has decided. A fee that the
// client states stands for the whole platform.
func decidedTiers(f audit.Flow, one found) []advise.TierFee {
	if !f.Solution.PlatformMonthly.Stated() {
		return one.tiers
	}
	t := catalogue.Tier{ID: one.candidate.Tier, Unlimited: true}
	if len(one.tiers) == 1 {
		t = one.tiers[0].Tier
		t.Overage = nil
	}
	return []advise.TierFee{{Tier: t, PerMonth: f.Solution.PlatformMonthly.Mean()}}
}

// addPlatforms puts the ways of each platform into groups and options.
func (in *instance) addPlatforms(all []found) {
	slices.SortStableFunc(all, func(a, b found) int { return cmp.Compare(a.candidate.Platform, b.candidate.Platform) })
	alone := slices.DeleteFunc(slices.Clone(all), func(f found) bool { return len(f.tiers) > 0 })
	all = slices.DeleteFunc(all, func(f found) bool { return len(f.tiers) == 0 })
	for _, one := range alone {
		in.addAlone(one.way)
	}
	for len(all) > 0 {
		n := 1
		for n < len(all) && all[n].candidate.Platform == all[0].candidate.Platform {
			n++
		}
		in.addPlatform(all[:n])
		all = all[n:]
	}
	order := make([]int, len(in.Options))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(in.Options[a].Flow, in.Options[b].Flow) })
	options, ways := make([]Option, len(order)), make([]way, len(order))
	for i, from := range order {
		options[i], ways[i] = in.Options[from], in.ways[from]
	}
	in.Options, in.ways = options, ways
}

func (in *instance) addPlatform(all []found) {
	id := all[0].candidate.Platform
	stated := decidedFee(in.flows, all)
	if stated != nil {
		for i := range all {
			all[i].tiers = []advise.TierFee{*stated}
		}
	}
	first := len(in.groups)
	shared := group{platform: id, over: -1}
	for _, h := range in.w.Platforms.Have {
		if h.ID == id && h.Spare.Stated {
			shared.spare = true
			shared.tiers = append(shared.tiers, advise.TierFee{Tier: catalogue.Tier{ID: h.Tier, Included: h.Spare}})
		}
	}
	for _, t := range tiersOf(all) {
		switch {
		case t.PerOperation > 0 || !everyone(all, t.Tier.ID):
			in.groups = append(in.groups, group{platform: id, tiers: []advise.TierFee{t}, over: -1})
		default:
			shared.tiers = append(shared.tiers, t)
		}
	}
	if len(shared.tiers) > 0 {
		in.groups = append(in.groups, shared)
	}
	one := -1
	if len(in.groups)-first > 1 {
		one = in.limit(Limit{Most: 1})
	}
	for g := first; g < len(in.groups); g++ {
		in.addGroup(g, one, all)
	}
}

// decidedFee is the tier that stands for a platform whose fee a client states:
// the dearest, where several flows do.
func decidedFee(flows []audit.Flow, all []found) *advise.TierFee {
	var fee *advise.TierFee
	for _, one := range all {
		if one.candidate.Decided && flows[one.flow].Solution.PlatformMonthly.Stated() && (fee == nil || one.tiers[0].PerMonth > fee.PerMonth) {
			fee = &one.tiers[0]
		}
	}
	return fee
}

// tiersOf lists the tiers of any of the ways, each once, cheapest first.
func tiersOf(all []found) []advise.TierFee {
	var tiers []advise.TierFee
	for _, one := range all {
		for _, t := range one.tiers {
			if !slices.ContainsFunc(tiers, func(u advise.TierFee) bool { return u.Tier.ID == t.Tier.ID }) {
				tiers = append(tiers, t)
			}
		}
	}
	slices.SortStableFunc(tiers, func(a, b advise.TierFee) int {
		return cmp.Or(cmp.Compare(a.PerMonth, b.PerMonth), cmp.Compare(a.Tier.ID, b.Tier.ID))
	})
	return tiers
}

func (o found) takes(tier string) bool {
	return slices.ContainsFunc(o.tiers, func(t advise.TierFee) bool { return t.Tier.ID == tier })
}

func everyone(all []found, tier string) bool {
	return !slices.ContainsFunc(all, func(o found) bool { return !o.takes(tier) })
}

// addGroup makes a group a platform of the problem, and its ways options. one
// is the limit of one group a platform, -1 where there is but one.
func (in *instance) addGroup(g, one int, all []found) {
	gr := &in.groups[g]
	var p Platform
	for _, t := range gr.tiers {
		tier := Tier{Price: units(t.PerMonth * in.perMonth), Capacity: operations(capacityOf(t.Tier)), Uses: []Use{}}
		if in.monthly >= 0 && t.PerMonth > 0 {
			tier.Uses = append(tier.Uses, Use{in.monthly, units(t.PerMonth)})
		}
		if one >= 0 {
			tier.Uses = append(tier.Uses, Use{one, 1})
		}
		p.Tiers = append(p.Tiers, tier)
	}
	if t := gr.tiers[0]; len(gr.tiers) == 1 && t.PerOperation > 0 {
		gr.over = in.limit(Limit{Most: units(t.Tier.Included.Value * t.PerOperation * in.perMonth), Soft: true, Price: 1})
	}
	in.Platforms = append(in.Platforms, p)
	for _, way := range all {
		if gr.spare || slices.ContainsFunc(gr.tiers, func(t advise.TierFee) bool { return way.takes(t.Tier.ID) }) {
			in.addOption(way.way, g)
		}
	}
}

func capacityOf(t catalogue.Tier) float64 {
	most, known := t.Capacity()
	if !known {
		return math.Inf(1)
	}
	return most
}

// operations is a capacity or, rounded up, a load.
func operations(x float64) int64 {
	if x > maxAmount {
		return Endless
	}
	return int64(math.Ceil(x - 1e-6))
}

// addOption adds a way to integrate a flow, worth its benefit less building and
// maintenance.
func (in *instance) addOption(w way, g int) {
	c := w.candidate
	o := Option{Flow: w.flow, Platform: g, Value: units(in.worth(w)), Load: min(maxAmount, operations(c.PeakOperations)), Uses: []Use{}}
	if in.budget >= 0 {
		o.Uses = append(o.Uses, Use{in.budget, units(c.BuildCost.Mean())})
	}
	if gr := in.groups[g]; gr.over >= 0 {
		o.Uses = append(o.Uses, Use{gr.over, units(in.usual(w) * gr.tiers[0].PerOperation * in.perMonth)})
	}
	in.Options = append(in.Options, o)
	in.ways = append(in.ways, w)
}

// addAlone adds a way that shares nothing with others: what two products bring
// themselves, or a platform without tiers. Its fee is its own.
func (in *instance) addAlone(w way) {
	c := w.candidate
	o := Option{Flow: w.flow, Platform: Own, Value: units(in.worth(w) - c.Fee.Mean()*in.perMonth), Uses: []Use{}}
	if in.budget >= 0 {
		o.Uses = append(o.Uses, Use{in.budget, units(c.BuildCost.Mean())})
	}
	if in.monthly >= 0 && c.Fee.Mean() > 0 {
		o.Uses = append(o.Uses, Use{in.monthly, units(c.Fee.Mean())})
	}
	in.Options = append(in.Options, o)
	in.ways = append(in.ways, w)
}

// worth is the NPV of a way without its platform's fee.
func (in *instance) worth(w way) float64 {
	inv := roi.Investment{Build: w.candidate.BuildCost.Mean(), Benefit: in.scores[w.flow].BenefitPerYear,
		Maintenance: w.candidate.Maintenance, RampUp: in.w.Assumptions.RampUpMonths.Value}
	return roi.NPV(in.rate, inv.CashFlow(in.months))
}

// usual is the operations of a month on average over the year.
func (in *instance) usual(w way) float64 {
	n := float64(len(in.flows[w.flow].Peak.Months))
	return ((12-n)*w.candidate.Operations + n*w.candidate.PeakOperations) / 12
}

// addOrder holds flows to those that have to be built before them.
func (in *instance) addOrder() {
	for i, f := range in.flows {
		for _, id := range f.After {
			if before, byHand := in.at[id]; byHand && before != i {
				l := in.limit(Limit{})
				in.each(i, Use{l, 1})
				in.each(before, Use{l, -1})
			}
		}
	}
}

// each adds a use to every option of a flow.
func (in *instance) each(flow int, u Use) {
	if u.Amount == 0 {
		return
	}
	for i := range in.Options {
		if in.Options[i].Flow == flow {
			in.Options[i].Uses = append(in.Options[i].Uses, u)
		}
	}
}

// roleCap is the limit of the hours that a role has, counted in what they are
// worth, so that passing it costs one for one.
type roleCap struct {
	limit int
	hour  float64 // present value of an hour a year
}

// addClaims takes off what is not saved where flows are taken together: hours
// beyond those that a role has, and hours that two flows claim.
func (in *instance) addClaims() {
	caps := map[string]roleCap{}
	for _, r := range in.w.Roles {
		a := in.w.Assumptions
		most := r.Headcount.Value * a.HoursPerPerson.Value * a.WeeksPerYear.Value
		if !r.Headcount.Stated || in.savedBy(r.ID) <= most {
			continue
		}
		hour := r.HourlyCost.Or(a.HourlyCost).Mean() * in.perBenefit
		c := roleCap{in.limit(Limit{Most: units(most * hour), Soft: true, Price: 1}), hour}
		caps[r.ID] = c
		for i, s := range in.scores {
			if s.Role == r.ID {
				in.each(i, Use{c.limit, units(s.SavedHoursPerYear * hour)})
			}
		}
	}
	for _, o := range roi.Overlaps(in.w, in.scores) {
		in.addOverlap(o, caps)
	}
}

// savedBy is what all flows of a role would save together, in hours a year.
func (in *instance) savedBy(role string) float64 {
	sum := 0.0
	for _, s := range in.scores {
		if s.Role == role {
			sum += s.SavedHoursPerYear
		}
	}
	return sum
}

// addOverlap takes the hours that two flows claim off once where both are
// chosen. Where they count against the cap of a role, the pair is a flow of its
// own, taken exactly if both are, which gives the role its hours back.
func (in *instance) addOverlap(o roi.Overlap, caps map[string]roleCap) {
	a, b := in.at[o.A], in.at[o.B]
	lost := units(o.BenefitPerYear * in.perBenefit)
	role, capped := caps[in.scores[b].Role]
	if !capped {
		l := in.limit(Limit{Most: 1, Soft: true, Price: lost})
		in.each(a, Use{l, 1})
		in.each(b, Use{l, 1})
		return
	}
	both, first, second := in.limit(Limit{Most: 1}), in.limit(Limit{}), in.limit(Limit{})
	in.each(a, Use{both, 1})
	in.each(b, Use{both, 1})
	in.each(a, Use{first, -1})
	in.each(b, Use{second, -1})
	in.Options = append(in.Options, Option{Flow: in.Flows, Platform: Own, Value: -lost,
		Uses: []Use{{both, -1}, {first, 1}, {second, 1}, {role.limit, -units(o.SavedHoursPerYear * role.hour)}}})
	in.ways = append(in.ways, way{flow: -1})
	in.Flows++
}
