package roi

import (
	"cmp"
	"fmt"
	"strconv"

	"github.com/flowmap-dev/flowmap/pkg/audit"
)

// modelling makes models of flows, which share some of their variables.
type modelling struct {
	workspace audit.Workspace
	seed      uint64
	tables    *tables
	shared    []variable
	place     map[string]int // of a shared variable, by its field
	yield     yield
}

// yield is what money comes to over the months that are looked at, the same
// for every flow of a workspace.
type yield struct {
	reached []float64 // the sum of the shares of the full benefit up to month k, from 0 to Ahead
	ramp    int       // the month after which every month brings the full benefit
	benefit float64   // present value of 1 of benefit a year, over the horizon
	running float64   // present value of 1 a month
	target  float64   // months
	rampUp  float64
	rate    float64 // a month
	months  int
}

func newModelling(w audit.Workspace, seed uint64) *modelling {
	m := &modelling{workspace: w, seed: seed, tables: new(tables), place: map[string]int{}, yield: newYield(w)}
	for _, in := range sharedInputs(w) {
		m.share(in.field, in.role, in.known)
	}
	if share := w.Assumptions.CashShare; spreads(share) {
		m.share("cash_share", "", share)
	}
	return m
}

func newYield(w audit.Workspace) yield {
	rate, months := terminal(w)
	i := Investment{RampUp: w.Assumptions.RampUpMonths.Value}
	y := yield{reached: make([]float64, Ahead+1), benefit: i.perBenefit(rate, months), target: w.Assumptions.TargetPaybackMonths.Value,
		rampUp: i.RampUp, rate: rate, months: months}
	y.running = -NPV(rate, Investment{Fee: 1}.CashFlow(months))
	for k := 1; k <= Ahead; k++ {
		reached := i.reached(k)
		y.reached[k] = y.reached[k-1] + reached
		if reached < 1 {
			y.ramp = k
		}
	}
	return y
}

func (m *modelling) share(field, role string, e audit.Estimate) {
	m.place[field] = len(m.shared)
	m.shared = append(m.shared, variable{role: role, field: field, known: e, spread: m.tables.spreadOf(e), mean: amount(e.Mean()),
		key: stream(m.seed, "", field)})
}

// common is a number that flows share: a variable where it spreads.
func (m *modelling) common(field string, e audit.Estimate) quantity {
	if i, ok := m.place[field]; ok {
		return quantity{scale: 1, factors: []int{i}}
	}
	return fixed(e.Mean())
}

// flowModel is how a flow's figures follow from variables. The places of its
// own variables come after those of the shared ones.
type flowModel struct {
	flow  string
	own   []variable
	hours quantity // a year, peak included
	peak  quantity
	// A quantity of money is for a year, but for build, and running, a month.
	hourly, automation, reduction quantity
	labour                        quantity // saved, where no role's hours limit it
	errors                        quantity // saved
	build, fee, maintenance       quantity
	most                          float64 // saved hours a year that the role has; below 0: no limit
	stated                        bool
}

// modeller makes the model of one flow.
type modeller struct {
	*modelling
	f     audit.Flow
	s     Score
	model flowModel
	seen  map[string]int // variables of the flow, by field
}

// model turns a flow with its choice into quantities.
func (m *modelling) model(f audit.Flow, s Score) flowModel {
	b := modeller{modelling: m, f: f, s: s, seen: map[string]int{}}
	b.model = flowModel{flow: f.ID, most: -1, stated: s.Stated}
	if most, ok := capacity(m.workspace, f.Role); ok {
		b.model.most = most
	}
	b.rates()
	b.peak()
	b.effort()
	b.model.labour = b.model.hours.times(b.model.automation, b.model.hourly)
	b.errors()
	b.costs()
	return b.model
}

// own is a number of the flow, a variable where it spreads. k and more turn it
// into what is needed: k times it, plus more.
func (b *modeller) own(field string, n int, e audit.Estimate) quantity {
	return b.linear(field, n, e, 1, 0)
}

func (b *modeller) linear(field string, n int, e audit.Estimate, k, more float64) quantity {
	if !spreads(e) {
		return fixed(float64(e.Mean()*k) + more)
	}
	name := field
	if n > 0 {
		name += "#" + strconv.Itoa(n)
	}
	i, ok := b.seen[name]
	if !ok {
		i = len(b.shared) + len(b.model.own)
		b.seen[name] = i
		b.model.own = append(b.model.own, variable{flow: b.f.ID, field: field, known: e,
			spread: b.tables.spreadOf(e).scaled(k, more), mean: amount(float64(e.Mean()*k) + more), key: stream(b.seed, b.f.ID, name)})
	}
	return quantity{scale: 1, factors: []int{i}}
}

// rates are what an hour costs, and what an integration removes.
func (b *modeller) rates() {
	w, a := b.workspace, b.workspace.Assumptions
	b.model.hourly = b.common("hourly_cost", a.HourlyCost)
	if r, ok := w.Role(b.f.Role); ok && r.HourlyCost.Stated() {
		b.model.hourly = b.common("roles."+r.ID+".hourly_cost", r.HourlyCost)
	}
	b.model.automation = b.common("automation_rate", a.AutomationRate)
	if b.f.AutomationRate.Stated() {
		b.model.automation = b.own("automation_rate", 0, b.f.AutomationRate)
	} else if unstructured(w, b.f) {
		b.model.automation = b.common("automation_rate_unstructured", a.AutomationRateUnstructured)
	}
	b.model.reduction = b.common("error_reduction", a.ErrorReduction)
	if b.f.ErrorReduction.Stated() {
		b.model.reduction = b.own("error_reduction", 0, b.f.ErrorReduction)
	}
}

func (b *modeller) peak() {
	b.model.peak = fixed(b.f.PeakFactor())
	if n := float64(len(b.f.Peak.Months)); n > 0 && b.f.Peak.Factor.Stated() {
		b.model.peak = b.linear("peak.factor", 0, b.f.Peak.Factor, n/12, (12-n)/12)
	}
}

// together is the sum of what people said of their own, else one of the
// statements a trial.
func (b *modeller) together(field string, parts []quantity) quantity {
	if len(parts) > 0 && b.f.Efforts[0].Whose == audit.Own {
		return total(parts)
	}
	return oneOf(stream(b.seed, b.f.ID, field, "pool"), parts)
}

// effort is the hours of a year.
func (b *modeller) effort() {
	a := b.workspace.Assumptions
	var parts []quantity
	for i, e := range b.f.Efforts {
		switch {
		case e.HoursPerWeek.Stated():
			parts = append(parts, b.own("effort.hours_per_week", i, e.HoursPerWeek).times(fixed(a.WeeksPerYear.Value), b.model.peak))
		case e.HoursPerMonth.Stated():
			parts = append(parts, b.own("effort.hours_per_month", i, e.HoursPerMonth).times(fixed(12), b.model.peak))
		case e.HoursPerYear.Stated():
			parts = append(parts, b.own("effort.hours_per_year", i, e.HoursPerYear))
		case e.Runs.Stated() && e.Minutes.Stated():
			parts = append(parts, b.runs(i, e.Runs).times(b.own("effort.minutes", i, e.Minutes), fixed(1./60)))
		}
	}
	b.model.hours = b.together("effort", parts)
}

// runs is how often a statement says that the flow is done in a year.
func (b *modeller) runs(i int, runs audit.Estimate) quantity {
	return b.own("effort.runs", i, runs).times(fixed(b.workspace.Assumptions.PerYear(runs.Unit)), b.model.peak)
}

// records is how many records a year moves, and false where nobody said so.
func (b *modeller) records() (quantity, bool) {
	if v := b.f.Volume.Records; v.Stated() {
		return b.own("volume.records", 0, v).times(fixed(b.workspace.Assumptions.PerYear(v.Unit)), b.model.peak), true
	}
	var parts []quantity
	all := true
	for i, e := range b.f.Efforts {
		if e.Runs.Stated() {
			parts = append(parts, b.runs(i, e.Runs))
		}
		all = all && e.Runs.Stated() && e.Minutes.Stated() && !hoursGiven(e)
	}
	field := "effort" // who is right about the hours is right about the records
	if !all {
		field = "effort.runs"
	}
	return b.together(field, parts), len(parts) > 0
}

func hoursGiven(e audit.Effort) bool {
	return e.HoursPerWeek.Stated() || e.HoursPerMonth.Stated() || e.HoursPerYear.Stated()
}

// errors is what fewer errors save.
func (b *modeller) errors() {
	records, known := b.records()
	var all []quantity
	for i := range b.f.Errors {
		p := &b.f.Errors[i]
		path := "errors." + cmp.Or(p.ID, p.What, strconv.Itoa(i))
		var counts []quantity
		for j, r := range p.Rates {
			rate := b.own(path+".rate", j, r)
			switch {
			case r.Unit != audit.Share:
				counts = append(counts, rate.times(fixed(b.workspace.Assumptions.PerYear(r.Unit)), b.model.peak))
			case known:
				counts = append(counts, rate.times(records))
			}
		}
		if len(counts) == 0 {
			continue
		}
		each := total([]quantity{
			b.pool(path+".cost", p.Costs),
			b.pool(path+".minutes_to_fix", p.Minutes).times(b.model.hourly, fixed(1./60)),
		})
		count := oneOf(stream(b.seed, b.f.ID, path+".rate", "pool"), counts)
		all = append(all, count.times(each, b.model.reduction))
		for j := range b.model.own {
			if v := &b.model.own[j]; v.point == "" && len(v.field) > len(path) && v.field[:len(path)+1] == path+"." {
				v.point = p.Label()
			}
		}
	}
	b.model.errors = total(all)
}

// pool is one of several people's answers a trial.
func (b *modeller) pool(field string, p audit.Pool) quantity {
	parts := make([]quantity, len(p))
	for i, e := range p {
		parts[i] = b.own(field, i, e)
	}
	return oneOf(stream(b.seed, b.f.ID, field, "pool"), parts)
}

// BuildHours is the field of the hours that the catalogue's formula gives for
// building a flow.
const BuildHours = "build_hours"

// costs is what it takes to build and to run.
func (b *modeller) costs() {
	c, a := b.s.Choice, b.workspace.Assumptions
	developer := b.common("developer_hourly_cost", a.DeveloperHourlyCost)
	quoted := b.f.Solution.BuildCost.Stated() && (c.Decided || !b.f.Solution.Decided())
	switch {
	case quoted:
		b.model.build = b.own("solution.build_cost", 0, c.BuildCost)
	case c.BuildHours.Mean() > 0 && a.DeveloperHourlyCost.Mean() > 0:
		b.model.build = b.own(BuildHours, 0, c.BuildHours).times(developer)
	default:
		b.model.build = b.own("solution.build_cost", 0, c.BuildCost)
	}
	b.model.maintenance = fixed(c.Maintenance)
	if mean := b.s.BuildCost * a.Maintenance.Mean(); mean > 0 {
		b.model.maintenance = b.model.build.times(b.common("maintenance", a.Maintenance), fixed(c.Maintenance/mean))
	}
	b.model.fee = b.own("solution.platform_monthly", 0, c.Fee)
}

// String names a variable for tests.
func (v variable) String() string { return fmt.Sprintf("%s.%s", v.flow, v.field) }
