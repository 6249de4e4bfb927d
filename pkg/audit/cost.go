package audit

import "slices"

// Cost is what a flow costs a year as it is done today, at the means of what
// was stated. Hours do not include the time spent on fixing errors.
type Cost struct {
	Stated        bool    // false: nobody gave hours, or the flow is automated
	Peak          float64 // P: a year's hours are P times twelve normal months'
	HoursPerWeek  float64 // in a normal week
	HoursPerYear  float64 // peak included
	HourlyCost    float64 // money an hour, of the flow's role or the general one
	LabourPerYear float64 // HoursPerYear × HourlyCost

	RunsPerYear    float64 // peak included; 0 if not stated
	RecordsPerYear float64 // peak included; 0 if not known
	RecordsStated  bool    // a volume or runs were given
	RecordsAssumed bool    // no volume: one record a run is assumed

	Points           []PointCost
	ErrorsPerYear    float64
	FixingHours      float64 // a year
	FixingPerYear    float64 // money for fixing errors
	LossPerYear      float64 // money that errors cost beyond the time
	ErrorCostPerYear float64 // FixingPerYear + LossPerYear

	Basis Basis // the weakest basis of what the hours rest on
}

// PointCost is what one error point costs a year.
type PointCost struct {
	Point         ErrorPoint
	Known         bool    // false: its rate, or the records it is a share of, are not known
	Priced        bool    // false: neither minutes nor cost are stated, so that CostEach of 0 is not what it costs
	ErrorsPerYear float64 // peak included
	FixingHours   float64 // a year
	CostEach      float64 // money, the time to fix included
	CostPerYear   float64
	Basis         Basis // the weakest basis
}

// PeakFactor returns P, what a year with the flow's peak is to one without:
// (12 − n + n × factor) / 12 for n peak months, else 1.
func (f Flow) PeakFactor() float64 {
	n := float64(len(f.Peak.Months))
	if n == 0 || !f.Peak.Factor.Stated() {
		return 1
	}
	return (12 - n + float64(n*f.Peak.Factor.Mean())) / 12
}

// BusiestMonth returns what the flow's busiest month is to a normal one.
func (f Flow) BusiestMonth() float64 {
	if len(f.Peak.Months) == 0 || !f.Peak.Factor.Stated() {
		return 1
	}
	return max(1, f.Peak.Factor.Mean())
}

// PerYear returns how often a rate comes in a year without peaks: a day counts
// days_per_week × weeks_per_year times, a week weeks_per_year, a month 12.
func (a Assumptions) PerYear(u Unit) float64 {
	switch u {
	case PerDay:
		return a.DaysPerWeek.Value * a.WeeksPerYear.Value
	case PerWeek:
		return a.WeeksPerYear.Value
	case PerMonth:
		return 12
	case PerYear, Number, Share, Money:
		return 1
	}
	return 1
}

// HourlyCost returns what an hour of the flow's role costs, else the general
// hourly cost.
func (w Workspace) HourlyCost(f Flow) Estimate {
	if r, ok := w.Role(f.Role); ok && r.HourlyCost.Stated() {
		return r.HourlyCost
	}
	return w.Assumptions.HourlyCost
}

// AutomatedShare returns the share of a flow's hours that an integration
// removes: the flow's own rate, else the lower one where an end is e-mail, paper
// or phone, else the general one.
func (w Workspace) AutomatedShare(f Flow) Estimate {
	if f.AutomationRate.Stated() {
		return f.AutomationRate
	}
	for _, end := range []string{f.From, f.To} {
		if s, ok := w.System(end); ok && s.Kind.Unstructured() {
			return w.Assumptions.AutomationRateUnstructured
		}
	}
	return w.Assumptions.AutomationRate
}

// Cost works out what a flow costs a year as it is done today. Here and in all
// figures, a product is rounded before it is added (float64(a*b) + c): some
// processors would otherwise do both in one step and differ in the last digit.
func (w Workspace) Cost(f Flow) Cost {
	c := Cost{Peak: f.PeakFactor(), HourlyCost: w.HourlyCost(f).Mean()}
	w.addHours(&c, f)
	w.addRecords(&c, f)
	c.LabourPerYear = c.HoursPerYear * c.HourlyCost
	for _, p := range f.Errors {
		c.addPoint(w.pointCost(c, p))
	}
	return c
}

// Alone returns a flow, as one file states it, as if nobody else had said
// anything of it: so that Cost prices this statement and no other.
func (f Flow) Alone() Flow {
	f.Efforts = nil
	if f.Effort.Stated() {
		f.Efforts = []Effort{f.Effort}
	}
	f.Errors = slices.Clone(f.Errors)
	for i := range f.Errors {
		p := &f.Errors[i]
		p.Rates, p.Minutes, p.Costs = poolOf(p.Rate), poolOf(p.MinutesToFix), poolOf(p.Cost)
	}
	return f
}

func poolOf(e Estimate) Pool {
	if !e.Stated() {
		return nil
	}
	return Pool{e}
}

func (w Workspace) addHours(c *Cost, f Flow) {
	if !f.ByHand() {
		return
	}
	normal, n := 0.0, 0
	for _, e := range f.Efforts {
		hours, basis, ok := w.Assumptions.HoursPerYear(e, c.Peak)
		if !ok {
			continue
		}
		normal, n = normal+hours, n+1
		c.Basis = Weakest(c.Basis, basis)
	}
	if n == 0 {
		return
	}
	if f.Efforts[0].Whose != Own {
		normal /= float64(n)
	}
	c.Stated = true
	c.HoursPerWeek = normal / w.Assumptions.WeeksPerYear.Value
	c.HoursPerYear = normal * c.Peak
}

// HoursPerYear returns the hours a year that one statement comes to, without a
// peak, and the weakest basis of its numbers. Hours a year are stated as they
// are, so the peak is taken out of them. It returns false if the statement
// gives neither hours nor runs with minutes.
func (a Assumptions) HoursPerYear(e Effort, peak float64) (hours float64, basis Basis, ok bool) {
	switch {
	case e.HoursPerWeek.Stated():
		return e.HoursPerWeek.Mean() * a.WeeksPerYear.Value, e.HoursPerWeek.Basis, true
	case e.HoursPerMonth.Stated():
		return e.HoursPerMonth.Mean() * 12, e.HoursPerMonth.Basis, true
	case e.HoursPerYear.Stated():
		return e.HoursPerYear.Mean() / peak, e.HoursPerYear.Basis, true
	case e.Runs.Stated() && e.Minutes.Stated():
		runs := e.Runs.Mean() * a.PerYear(e.Runs.Unit)
		return runs * e.Minutes.Mean() / 60, Weakest(e.Runs.Basis, e.Minutes.Basis), true
	}
	return 0, Constant, false
}

func (w Workspace) addRecords(c *Cost, f Flow) {
	runs, n := 0.0, 0
	for _, e := range f.Efforts {
		if e.Runs.Stated() {
			runs, n = runs+float64(e.Runs.Mean()*w.Assumptions.PerYear(e.Runs.Unit)), n+1
		}
	}
	if n > 0 && f.Efforts[0].Whose != Own {
		runs /= float64(n)
	}
	c.RunsPerYear = runs * c.Peak
	if v := f.Volume.Records; v.Stated() {
		c.RecordsPerYear = v.Mean() * w.Assumptions.PerYear(v.Unit) * c.Peak
		c.RecordsStated = true
		return
	}
	c.RecordsPerYear, c.RecordsStated, c.RecordsAssumed = c.RunsPerYear, n > 0, n > 0
}

func (w Workspace) pointCost(c Cost, p ErrorPoint) PointCost {
	pc := PointCost{
		Point:  p,
		Priced: p.Minutes.Stated() || p.Costs.Stated(),
		Basis:  Weakest(p.Rates.Basis(), Weakest(p.Minutes.Basis(), p.Costs.Basis())),
	}
	known := 0
	for _, r := range p.Rates {
		switch {
		case r.Unit != Share:
			pc.ErrorsPerYear += float64(r.Mean() * w.Assumptions.PerYear(r.Unit) * c.Peak)
			known++
		case c.RecordsStated:
			pc.ErrorsPerYear += float64(r.Mean() * c.RecordsPerYear)
			known++
		}
	}
	if known == 0 {
		return pc
	}
	pc.Known = true
	pc.ErrorsPerYear /= float64(known)
	hoursEach := p.Minutes.Mean() / 60
	pc.FixingHours = pc.ErrorsPerYear * hoursEach
	pc.CostEach = p.Costs.Mean() + float64(hoursEach*c.HourlyCost)
	pc.CostPerYear = pc.ErrorsPerYear * pc.CostEach
	return pc
}

func (c *Cost) addPoint(p PointCost) {
	c.Points = append(c.Points, p)
	c.ErrorsPerYear += p.ErrorsPerYear
	c.FixingHours += p.FixingHours
	c.FixingPerYear += float64(p.FixingHours * c.HourlyCost)
	c.LossPerYear += float64(p.ErrorsPerYear * p.Point.Costs.Mean())
	c.ErrorCostPerYear += p.CostPerYear
}

// priceFindings puts beside each finding the hours and the money of the flows
// that it names.
func (w *Workspace) priceFindings() {
	for i := range w.Findings {
		f := &w.Findings[i]
		for _, id := range f.Flows {
			if flow, ok := w.Flow(id); ok {
				c := w.Cost(flow)
				f.HoursPerWeek += c.HoursPerWeek
				f.CostPerYear += c.LabourPerYear + c.ErrorCostPerYear
			}
		}
	}
}
