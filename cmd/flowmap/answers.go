package main

import (
	"slices"
	"strconv"
	"strings"

	"github.com/flowmap-dev/flowmap/pkg/audit"
	"github.com/flowmap-dev/flowmap/pkg/roi"
)

// answer is something that the figures of a flow rest on, or that was said and
// does not count.
type answer struct {
	field, what, text string
	basis             audit.Basis
	counts            bool
	assumed           bool // nobody said it
	at                audit.Place
}

// answers collects them.
type answers struct {
	a    analysis
	flow audit.Flow
	sets []audit.Setting // what-ifs: they stand for what the files say
	all  []answer
}

// answersOf lists what a flow's figures rest on, in the order of its fields;
// the assumptions come last.
func answersOf(a analysis, f audit.Flow, sets []audit.Setting) []answer {
	c := answers{a: a, flow: f, sets: sets}
	for _, e := range f.Efforts {
		c.effort(e)
	}
	counted := slices.Clone(c.all)
	for _, e := range f.Evidence {
		c.effort(e)
	}
	for i := len(counted); i < len(c.all); i++ {
		c.all[i].counts = false
	}
	c.all = slices.DeleteFunc(c.all, func(x answer) bool { return !x.counts && slices.ContainsFunc(counted, x.same) })
	c.estimate("volume", "records moved", f.Volume.Records)
	c.estimate("peak.factor", "peak factor", f.Peak.Factor)
	if len(f.Peak.Months) > 0 {
		months := make([]string, len(f.Peak.Months))
		for i, m := range f.Peak.Months {
			months[i] = strconv.Itoa(m)
		}
		c.word("peak.months", "months of peak", strings.Join(months, ", "))
	}
	for _, p := range f.Errors {
		c.point(p)
	}
	if f.ByHand() {
		c.needs()
		c.solution()
		c.assumptions()
	}
	return c.all
}

// same tells whether another answer is the same statement: a what-if on one
// number of a statement keeps the others where they stand.
func (x answer) same(y answer) bool { return x.field == y.field && x.text == y.text && x.at == y.at }

func (c *answers) estimate(field, what string, e audit.Estimate) {
	if e.Stated() {
		c.all = append(c.all, answer{field: field, what: what, text: e.String(), basis: e.Basis, counts: true, at: e.Place})
	}
}

func (c *answers) amount(field, what string, n audit.Amount) {
	if n.Stated {
		c.all = append(c.all, answer{field: field, what: what, text: audit.PlainNumber(n.Value), counts: true, at: n.Place})
	}
}

// shareOf is an amount that is a share, as an estimate of one value.
func shareOf(a audit.Amount) audit.Estimate {
	e := audit.One(a.Value, audit.Share, audit.Constant)
	e.Place = a.Place
	return e
}

// word is an answer that is no number.
func (c *answers) word(field, what, text string) {
	if text == "" {
		return
	}
	at := c.a.workspace.Place("flow", c.flow.ID, field)
	for _, s := range c.sets {
		if s.Key == "flows."+c.flow.ID+"."+field {
			at = s.Place
		}
	}
	c.all = append(c.all, answer{field: field, what: what, text: text, counts: true, at: at})
}

func (c *answers) assume(field, what, text string) {
	c.all = append(c.all, answer{field: field, what: what, text: text, counts: true, assumed: true})
}

func (c *answers) effort(e audit.Effort) {
	suffix := ""
	if e.Whose == audit.Own {
		suffix = ", their own"
	}
	c.estimate("effort.hours_per_week", "hours a week"+suffix, e.HoursPerWeek)
	c.estimate("effort.hours_per_month", "hours a month"+suffix, e.HoursPerMonth)
	c.estimate("effort.hours_per_year", "hours a year"+suffix, e.HoursPerYear)
	c.estimate("effort.runs", "runs"+suffix, e.Runs)
	c.estimate("effort.minutes", "minutes a run"+suffix, e.Minutes)
}

func (c *answers) point(p audit.ErrorPoint) {
	name := "errors." + p.ID
	if p.ID == "" {
		name = "errors." + p.What
	}
	for _, e := range p.Rates {
		c.estimate(name+".rate", p.Label()+": how often", e)
	}
	for _, e := range p.Minutes {
		c.estimate(name+".minutes_to_fix", p.Label()+": minutes to fix", e)
	}
	for _, e := range p.Costs {
		c.estimate(name+".cost", p.Label()+": cost of each", e)
	}
}

// needs are what the cost of building and the choice rest on, said or assumed.
func (c *answers) needs() {
	n, b := c.flow.Needs, c.a.catalogue.Build
	for _, x := range []struct {
		field     string
		stated    audit.Amount
		otherwise int
	}{{"steps", n.Steps, b.Steps}, {"branches", n.Branches, b.Branches}, {"transforms", n.Transforms, b.Transforms}} {
		if x.stated.Stated {
			c.amount("needs."+x.field, x.field, x.stated)
		} else {
			c.assume("needs."+x.field, x.field, strconv.Itoa(x.otherwise))
		}
	}
	for _, x := range []struct{ field, stated, otherwise string }{
		{"reliability", string(n.Reliability), string(audit.Normal)},
		{"direction", string(n.Direction), string(audit.OneWay)},
		{"latency", string(n.Latency), "daily"},
	} {
		if x.stated != "" {
			c.word("needs."+x.field, x.field, x.stated)
		} else {
			c.assume("needs."+x.field, x.field, x.otherwise)
		}
	}
}

func (c *answers) solution() {
	s := c.flow.Solution
	c.word("solution.platform", "platform", s.Platform)
	c.word("solution.tier", "tier", s.Tier)
	c.word("solution.pattern", "pattern", string(s.Pattern))
	c.estimate("solution.build_cost", "cost of building", s.BuildCost)
	c.estimate("solution.platform_monthly", "fee a month", s.PlatformMonthly)
	c.amount("solution.build_weeks", "weeks of building", s.BuildWeeks)
	for _, h := range c.a.workspace.Platforms.Have {
		if score, ok := scoreOf(c.a, c.flow); ok && h.ID == score.Choice.Platform {
			c.amount("platforms.have."+h.ID+".spare", "spare operations", h.Spare)
		}
	}
}

// assumptions are the flow's own rates and its role's cost, else what holds
// for all flows.
func (c *answers) assumptions() {
	w, f := c.a.workspace, c.flow
	a := w.Assumptions
	if r, ok := w.Role(f.Role); ok && r.HourlyCost.Stated() {
		c.estimate("roles."+r.ID+".hourly_cost", "cost of an hour, "+r.Label(), r.HourlyCost)
	} else {
		c.estimate("assumptions.hourly_cost", "cost of an hour", a.HourlyCost)
	}
	if r, ok := w.Role(f.Role); ok {
		c.amount("roles."+r.ID+".headcount", "people, "+r.Label(), r.Headcount)
	}
	c.rate("automation_rate", "hours removed", f.AutomationRate, c.automation())
	c.rate("error_reduction", "errors prevented", f.ErrorReduction, a.ErrorReduction)
	c.estimate("assumptions.cash_share", "freed hours that are cash", a.CashShare)
	c.estimate("assumptions.developer_hourly_cost", "an hour of integration work", a.DeveloperHourlyCost)
	c.estimate("assumptions.maintenance", "maintenance, of the building", a.Maintenance)
	c.amount("assumptions.weeks_per_year", "weeks worked a year", a.WeeksPerYear)
	c.amount("assumptions.days_per_week", "days worked a week", a.DaysPerWeek)
	c.estimate("assumptions.discount_rate", "discount rate a year", shareOf(a.DiscountRate))
	c.amount("assumptions.ramp_up_months", "months until the full benefit", a.RampUpMonths)
	c.amount("assumptions.horizon_months", "months looked at", a.HorizonMonths)
	for _, r := range a.ExchangeRates {
		c.amount("assumptions.exchange_rates."+r.Currency, "one "+r.Currency+" in "+w.Currency, r.Rate)
	}
}

func (c *answers) rate(field, what string, own, general audit.Estimate) {
	if own.Stated() {
		c.estimate(field, what, own)
		return
	}
	c.estimate("assumptions."+field, what, general)
}

// automation is the assumption about hours removed that holds for the flow.
func (c *answers) automation() audit.Estimate {
	for _, end := range []string{c.flow.From, c.flow.To} {
		if s, ok := c.a.workspace.System(end); ok && s.Kind.Unstructured() {
			return c.a.workspace.Assumptions.AutomationRateUnstructured
		}
	}
	return c.a.workspace.Assumptions.AutomationRate
}

// settings are the values that the flags replace, the scenario's first.
func (f *whatIf) settings(ws audit.Workspace) ([]audit.Setting, error) {
	own, err := settings(f.set)
	for _, s := range ws.Scenarios {
		if f.scenario != "" && s.ID == f.scenario {
			return slices.Concat(s.Set, own), err
		}
	}
	return own, err
}

// scoreOf is the score of a flow; an automated one has none.
func scoreOf(a analysis, f audit.Flow) (roi.Score, bool) {
	for _, s := range a.ranking.Scores {
		if s.Flow == f.ID {
			return s, true
		}
	}
	return roi.Score{}, false
}
