package audit

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"strings"
)

// check finds what is wrong with the workspace as a whole.
func (l *loader) check() {
	l.checkAssumptions()
	l.checkInterviews()
	for _, f := range l.w.Flows {
		l.checkFlow(f)
	}
	l.checkOrder()
	l.checkOverlaps()
	for _, s := range l.w.Scenarios {
		l.checkScenario(s)
	}
	l.checkActuals()
}

// flowProblem reports a problem of a flow at one of its fields.
func (l *loader) flowProblem(f Flow, field, message, hint string) {
	l.problem(l.w.Place("flow", f.ID, field), fmt.Sprintf("flow %q: %s", f.ID, message), hint)
}

func (l *loader) checkFlow(f Flow) {
	switch {
	case f.From == "":
		l.flowProblem(f, "id", "from is missing", "say in at least one file which system it comes from")
	case f.To == "":
		l.flowProblem(f, "id", "to is missing", "say in at least one file which system it goes to")
	case f.From == f.To:
		l.flowProblem(f, "to", fmt.Sprintf("goes from %q to itself", f.From), "declare its two parts as systems")
	}
	if f.How == Automated {
		for _, e := range slices.Concat(f.Efforts, f.Evidence) {
			if e.hoursGiven() || e.Minutes.Stated() {
				l.problem(e.Place, fmt.Sprintf("flow %q: is automated and takes hours", f.ID), "an automated flow costs no hours: write how: manual, or take the hours out")
			}
		}
	}
	for _, e := range slices.Concat(f.Efforts, f.Evidence) {
		l.checkEffort(f, e)
	}
	if stated := f.Peak.Factor.Stated(); stated != (len(f.Peak.Months) > 0) {
		l.flowProblem(f, "peak", "the peak needs both its factor and its months", "write peak: {factor: 2.5, months: [11, 12]}")
	}
	if f.Peak.Factor.Stated() && f.Peak.Factor.Low == 0 {
		l.flowProblem(f, "peak.factor", "the peak's factor is 0", "a factor of 1 is a normal month")
	}
	l.checkPoints(f)
	l.checkOwners(f)
}

// checkOwners reports owners of shared fields that are no systems. A one-way
// flow shares no fields, so what it says of them is passed over.
func (l *loader) checkOwners(f Flow) {
	if f.Needs.Direction != TwoWay {
		return
	}
	for _, o := range f.Needs.Fields {
		if _, ok := l.w.System(o.Owner); !ok && o.Owner != "" {
			l.problem(o.Place, fmt.Sprintf("flow %q: unknown system %q", f.ID, o.Owner), meant(o.Owner, l.ids("system"), "systems"))
		}
	}
}

func (l *loader) checkEffort(f Flow, e Effort) {
	given := 0
	for _, h := range []Estimate{e.HoursPerWeek, e.HoursPerMonth, e.HoursPerYear} {
		if h.Stated() {
			given++
		}
	}
	if given > 1 {
		l.problem(e.Place, fmt.Sprintf("flow %q: effort has hours in more than one way", f.ID), "keep one of hours_per_week, hours_per_month and hours_per_year")
	}
	if i, ok := l.w.Interview(e.Place.File); ok && len(i.With) > 1 && e.Whose == Own {
		l.problem(e.Place, fmt.Sprintf("flow %q: the hours are one person's own, and the interview was with %d", f.ID, len(i.With)), "write whose: all")
	}
}

// checkPoints reports an error point that stands twice in one file.
func (l *loader) checkPoints(f Flow) {
	for i, p := range f.Errors {
		twice := slices.ContainsFunc(f.Errors[:i], func(q ErrorPoint) bool { return p.ID != "" && p.ID == q.ID })
		if twice {
			l.problem(p.Place, fmt.Sprintf("flow %q: error point %q stands twice in this file", f.ID, p.ID), "give the other one its own id")
		}
	}
}

// checkOrder reports a ring in what must be built first.
func (l *loader) checkOrder() {
	state := map[string]int{} // 1 on the way, 2 done
	var way []string
	var visit func(id string)
	visit = func(id string) {
		f, ok := l.w.Flow(id)
		if !ok || state[id] == 2 {
			return
		}
		if state[id] == 1 {
			ring := append(slices.Clone(way[slices.Index(way, id):]), id)
			l.flowProblem(f, "after", "after goes round in a ring: "+strings.Join(ring, " after "), "take one of them out")
			return
		}
		state[id] = 1
		way = append(way, id)
		for _, before := range f.After {
			visit(before)
		}
		way = way[:len(way)-1]
		state[id] = 2
	}
	for _, f := range l.w.Flows {
		visit(f.ID)
	}
}

// checkOverlaps reports overlaps of a flow with itself, and pairs whose two
// flows state different hours.
func (l *loader) checkOverlaps() {
	for _, f := range l.w.Flows {
		for _, o := range f.Overlaps {
			other, ok := l.w.Flow(o.Flow)
			switch {
			case !ok:
			case o.Flow == f.ID:
				l.problem(o.HoursPerWeek.Place, fmt.Sprintf("flow %q: overlaps with itself", f.ID), "name the other flow")
			default:
				i := slices.IndexFunc(other.Overlaps, func(p Overlap) bool { return p.Flow == f.ID })
				if i >= 0 && other.Overlaps[i].HoursPerWeek.Value != o.HoursPerWeek.Value && f.ID < o.Flow {
					l.problem(o.HoursPerWeek.Place, fmt.Sprintf("flow %q: overlaps with %q by %s hours here and by %s there", f.ID, o.Flow,
						number(o.HoursPerWeek.Value), number(other.Overlaps[i].HoursPerWeek.Value)), "state the overlap on one of the two, or alike on both")
				}
			}
		}
	}
}

// bounds are what an assumption must lie between for the figures to mean
// something.
type bounds struct {
	name       string
	amount     Amount
	over, most float64
}

func (l *loader) checkAssumptions() {
	a := l.w.Assumptions
	for _, b := range []bounds{
		{"weeks_per_year", a.WeeksPerYear, 0, 53},
		{"days_per_week", a.DaysPerWeek, 0, 7},
		{"hours_per_person", a.HoursPerPerson, 0, 168},
		{"horizon_months", a.HorizonMonths, 0, 120},
		{"target_payback_months", a.TargetPaybackMonths, 0, 120},
		{"ramp_up_months", a.RampUpMonths, -1, 120},
	} {
		if b.amount.Value <= b.over || b.amount.Value > b.most {
			l.problem(b.amount.Place, fmt.Sprintf("%s is %s", b.name, number(b.amount.Value)), fmt.Sprintf("write more than %s and at most %s", number(max(b.over, 0)), number(b.most)))
		}
	}
	for _, r := range a.ExchangeRates {
		if r.Rate.Stated && r.Rate.Value == 0 {
			l.problem(r.Rate.Place, fmt.Sprintf("the exchange rate of %s is 0", r.Currency), "write what one "+r.Currency+" is worth")
		}
	}
}

// checkInterviews reports answers that are marked as not known about flows
// that there are not.
func (l *loader) checkInterviews() {
	for _, i := range l.w.Interviews {
		for j, n := range i.NotKnown {
			id, _, dotted := strings.Cut(n, ".")
			if _, ok := l.w.Flow(id); !ok || !dotted {
				hint := "write it as flow.field, such as web-orders.volume"
				if dotted {
					hint = meant(id, l.ids("flow"), "flows")
				}
				l.problem(l.w.Place("interview", i.File, fmt.Sprintf("interview.not_known[%d]", j)), fmt.Sprintf("not_known names %q, which is no field of a flow", n), hint)
			}
		}
	}
}

func (l *loader) checkScenario(s Scenario) {
	_, err := l.w.With(s.Set...)
	var problems Problems
	if errors.As(err, &problems) {
		for _, p := range problems {
			l.problem(p.Place, p.Message, p.Hint)
		}
	}
}

func (l *loader) checkActuals() {
	for i, a := range l.w.Actuals {
		for _, b := range l.w.Actuals[:i] {
			if a.Flow == b.Flow && a.Flow != "" {
				l.problem(l.w.Place("actual", a.File, "flow"), fmt.Sprintf("flow %q was measured in %s already", a.Flow, b.File), "keep one file a flow")
			}
		}
	}
}

// checkLogo refuses a logo that lies outside of the workspace. One that is not
// there is no problem: reports do without it.
func (w Workspace) checkLogo(root *os.Root) Problems {
	if w.Brand.Logo == "" {
		return nil
	}
	info, err := root.Stat(w.Brand.Logo)
	p := Problem{Place: w.Place("workspace", "", "brand.logo"), Message: fmt.Sprintf("brand.logo is %q, ", w.Brand.Logo)}
	switch {
	case err == nil && info.Mode().IsRegular():
		return nil
	case err == nil:
		p.Message, p.Hint = p.Message+"which is no file", "name a picture"
	case errors.Is(err, fs.ErrNotExist):
		return nil // reports do without it
	default:
		p.Message, p.Hint = p.Message+"which leads out of the workspace", "put the picture into the workspace's folder"
	}
	return Problems{p}
}
