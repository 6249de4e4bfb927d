package roi

import (
	"github.com/flowmap-dev/flowmap/pkg/audit"
	"github.com/flowmap-dev/flowmap/pkg/catalogue"
)

// Origin is how a factor, or a term without factors, comes out of answers,
// assumptions and prices.
type Origin struct {
	Kind    TermKind
	Subject string // as of the term that it belongs to
	Amount  float64
	Unit    TermUnit
	// Formula has a # for each of Values, in their order: (# + 4 × # + #) / 6.
	// It knows + − × / and brackets, and × and / from left to right.
	Formula string
	Values  []Factor // their Kind is empty for a number as it was answered
}

// Origins tells where the numbers come from that the terms of a score start
// with. A number that stands in the workspace or in the catalogue as it is has
// none.
func Origins(w audit.Workspace, c catalogue.Catalogue, s Score) []Origin {
	f, ok := w.Flow(s.Flow)
	if !ok {
		return nil
	}
	o := origins{w: w, f: f, today: w.Cost(f), score: s}
	o.peak()
	o.hours()
	o.records()
	for _, p := range o.today.Points {
		o.point(p)
	}
	o.errorsTogether()
	o.shares()
	if s.Chosen {
		o.build(c)
		o.fee(c)
	}
	return o.all
}

type origins struct {
	w     audit.Workspace
	f     audit.Flow
	today audit.Cost
	score Score
	all   []Origin
}

// add keeps how a number comes about, unless it is an answer as it is.
func (o *origins) add(kind TermKind, subject string, value Factor, x expression) {
	if len(x.values) > 0 && (x.formula != "#" || x.values[0].Kind != "") {
		o.all = append(o.all, Origin{kind, subject, amount(value.Value), value.Unit, x.formula, x.values})
	}
}

// peak is how a year with its peak compares with one without.
func (o *origins) peak() {
	if o.today.Peak == 1 {
		return
	}
	n := float64(len(o.f.Peak.Months))
	o.add(FactorPeak, "", Factor{Value: o.today.Peak, Unit: InNumber}, write("(12 − # + # × #) / 12",
		of(FactorPeakMonths, n, InNumber), of("", n, InNumber), known(FactorPeakMonth, o.f.Peak.Factor, InNumber)))
}

// withPeak is an expression times the peak, if there is one.
func (o *origins) withPeak(x expression) expression {
	if o.today.Peak == 1 {
		return x
	}
	return write("# × #", x, of(FactorPeak, o.today.Peak, InNumber))
}

// together is the sum of what people said of their own, else the mean.
func (o *origins) together(parts []expression) expression {
	if len(parts) == 0 {
		return expression{}
	}
	if o.f.Efforts[0].Whose == audit.Own {
		return sum(parts)
	}
	return mean(parts)
}

func (o *origins) hours() {
	if !o.score.Stated {
		return
	}
	cost := o.w.HourlyCost(o.f)
	defer func() {
		o.add(FactorHourlyCost, "", Factor{Value: cost.Mean(), Unit: InMoney}, known("", cost, InMoney))
	}()
	way := wayOf(o.f.Efforts)
	var parts []expression
	for _, e := range o.f.Efforts {
		if !e.Stated() {
			continue
		}
		if way == FactorRuns {
			o.runs(e)
			return
		}
		parts = append(parts, o.effort(e, way))
	}
	week := o.today.HoursPerWeek
	value := Factor{Value: week, Unit: InHours}
	switch way {
	case FactorHoursPerMonth:
		value.Value = week * o.w.Assumptions.WeeksPerYear.Value / 12
	case TermHours:
		value.Value = o.today.HoursPerYear
	}
	o.add(way, "", value, o.together(parts))
}

// runs are the factors of hours that one statement gives as runs.
func (o *origins) runs(e audit.Effort) {
	runs := e.Runs.Mean() * o.w.Assumptions.PerYear(e.Runs.Unit)
	o.add(FactorRuns, "", Factor{Value: runs, Unit: InCount}, yearly(o.w.Assumptions, e.Runs))
	o.add(FactorHoursPerRun, "", Factor{Value: e.Minutes.Mean() / 60, Unit: InHours},
		write("# / 60", known(FactorMinutesPerRun, e.Minutes, InNumber)))
}

// effort is a statement in the way in which all are counted.
func (o *origins) effort(e audit.Effort, way TermKind) expression {
	weeks := of(FactorWeeksPerYear, o.w.Assumptions.WeeksPerYear.Value, InNumber)
	switch {
	case e.HoursPerWeek.Stated():
		return known("", e.HoursPerWeek, InNumber)
	case e.HoursPerMonth.Stated() && way == FactorHoursPerMonth:
		return known("", e.HoursPerMonth, InNumber)
	case e.HoursPerMonth.Stated():
		return write("# × # / #", known(FactorHoursPerMonth, e.HoursPerMonth, InNumber), of(FactorMonths, 12, InNumber), weeks)
	case e.HoursPerYear.Stated() && way == TermHours:
		return known("", e.HoursPerYear, InNumber)
	case e.HoursPerYear.Stated():
		year := known(TermHours, e.HoursPerYear, InNumber)
		if o.today.Peak != 1 {
			year = write("# / #", year, of(FactorPeak, o.today.Peak, InNumber))
		}
		return write("# / #", year, weeks)
	}
	return write("# × # / 60 / #", yearly(o.w.Assumptions, e.Runs), known(FactorMinutesPerRun, e.Minutes, InNumber), weeks)
}

func (o *origins) records() {
	value := Factor{Value: o.today.RecordsPerYear, Unit: InCount}
	if v := o.f.Volume.Records; v.Stated() {
		o.add(FactorRecords, "", value, o.withPeak(yearly(o.w.Assumptions, v)))
		return
	}
	var parts []expression
	for _, e := range o.f.Efforts {
		if e.Runs.Stated() {
			parts = append(parts, yearly(o.w.Assumptions, e.Runs))
		}
	}
	if len(parts) > 0 {
		o.add(FactorRecords, "", value, o.withPeak(o.together(parts)))
	}
}

// point is how often a point goes wrong and what each error costs.
func (o *origins) point(p audit.PointCost) {
	if !p.Known {
		return
	}
	label, rates := p.Point.Label(), p.Point.Rates
	switch shares := sharesAmong(rates); {
	case shares == len(rates):
		o.add(FactorErrorShare, label, Factor{Value: rates.Mean(), Unit: InShare}, pooled("", rates, InShare))
	case shares == 0 && o.today.Peak != 1:
		o.add(FactorNormalErrors, label, Factor{Value: p.ErrorsPerYear / o.today.Peak, Unit: InCount}, o.rates(rates, false))
	default:
		o.add(TermErrors, label, Factor{Value: p.ErrorsPerYear, Unit: InCount}, o.rates(rates, true))
	}
	minutes, loss := p.Point.Minutes, p.Point.Costs
	var each []expression
	if minutes.Stated() {
		o.add(FactorMinutesToFix, label, Factor{Value: minutes.Mean(), Unit: InNumber}, pooled("", minutes, InNumber))
		each = append(each, write("# / 60 × #", of(FactorMinutesToFix, minutes.Mean(), InNumber), o.anHour()))
	}
	if loss.Stated() {
		o.add(FactorLossEach, label, Factor{Value: loss.Mean(), Unit: InMoney}, pooled("", loss, InMoney))
		each = append(each, of(FactorLossEach, loss.Mean(), InMoney))
	}
	if len(each) > 0 {
		o.add(FactorCostEach, label, Factor{Value: p.CostEach, Unit: InMoney}, sum(each))
	}
}

func (o *origins) anHour() expression { return of(FactorHourlyCost, o.today.HourlyCost, InMoney) }

// rates is the mean of what people said of how often, some as a share of the
// records where peak is true.
func (o *origins) rates(rates audit.Pool, peak bool) expression {
	var parts []expression
	for _, r := range rates {
		switch {
		case r.Unit != audit.Share && peak:
			parts = append(parts, o.withPeak(yearly(o.w.Assumptions, r)))
		case r.Unit != audit.Share:
			parts = append(parts, yearly(o.w.Assumptions, r))
		case o.today.RecordsStated:
			parts = append(parts, write("# × #", known("", r, InShare), of(FactorRecords, o.today.RecordsPerYear, InCount)))
		}
	}
	return mean(parts)
}

// errorsTogether are the costs of errors of all points, split into time and
// the rest.
func (o *origins) errorsTogether() {
	var costs, fixing, losses []expression
	for _, p := range o.today.Points {
		if !p.Known {
			continue
		}
		errors := of(TermErrors, p.ErrorsPerYear, InCount)
		costs = append(costs, of(TermErrorCost, p.CostPerYear, InMoney))
		fixing = append(fixing, write("# × # / 60 × #", errors, of(FactorMinutesToFix, p.Point.Minutes.Mean(), InNumber), o.anHour()))
		losses = append(losses, write("# × #", errors, of(FactorLossEach, p.Point.Costs.Mean(), InMoney)))
	}
	if len(costs) == 0 || !o.score.Stated {
		return
	}
	o.add(FactorErrorCosts, "", Factor{Value: o.today.ErrorCostPerYear, Unit: InMoney}, sum(costs))
	o.add(FactorFixing, "", Factor{Value: o.today.FixingPerYear, Unit: InMoney}, sum(fixing))
	o.add(FactorLosses, "", Factor{Value: o.today.LossPerYear, Unit: InMoney}, sum(losses))
}

// shares are the rates that were given as three values, and the hours that a
// role has.
func (o *origins) shares() {
	a := o.w.Assumptions
	share := func(kind TermKind, e audit.Estimate) {
		o.add(kind, "", Factor{Value: e.Mean(), Unit: InShare}, known("", e, InShare))
	}
	if o.score.Stated {
		share(FactorAutomation, o.w.AutomatedShare(o.f))
		share(FactorErrorReduction, o.f.ErrorReduction.Or(a.ErrorReduction))
		share(FactorCashShare, a.CashShare)
	}
	if o.score.Chosen {
		share(FactorMaintenance, a.Maintenance)
	}
	most, capped := capacity(o.w, o.f.Role)
	if capped && o.score.Stated && o.score.SavedHoursPerYear == most {
		role, _ := o.w.Role(o.f.Role)
		o.add(FactorSavedHours, "", Factor{Value: most, Unit: InHours}, write("# × # × #",
			of(FactorPeople, role.Headcount.Value, InNumber), of(FactorHoursPerPerson, a.HoursPerPerson.Value, InNumber),
			of(FactorWeeksPerYear, a.WeeksPerYear.Value, InNumber)))
	}
}
