package audit

import (
	"fmt"
	"math"
	"slices"
)

// settleFlow decides what is peculiar to flows: whose hours count, the error
// points, and the notes of each file.
func settleFlow(d *dispute, f *Flow, said []statement[Flow]) {
	for i := range said {
		said[i].value.applyBasis()
	}
	f.applyBasis()
	f.Place = said[0].value.Place
	settleEffort(d, f, said)
	f.Errors = settleErrors(d, said)
}

// told by whom, and what.
type toldEffort struct {
	told   *told
	effort Effort
}

// settleEffort finds the statements about the hours that count: flowmap.yaml's,
// else the pool of those that speak of everybody, else the sum of those that
// speak of one person each.
func settleEffort(d *dispute, f *Flow, said []statement[Flow]) {
	var efforts []toldEffort
	for _, s := range said {
		if e := s.value.Effort; !e.Place.IsZero() {
			efforts = append(efforts, toldEffort{s.told, e})
		}
	}
	complete := slices.ContainsFunc(efforts, func(t toldEffort) bool { return t.effort.Stated() })
	var all, own []Effort
	for i, t := range efforts {
		switch {
		case complete && !t.effort.Stated(), i > 0 && efforts[0].told.main && efforts[0].effort.Stated(), replaced(efforts, i):
			f.Evidence = append(f.Evidence, t.effort)
		case t.effort.Whose == Own:
			own = append(own, t.effort)
		default:
			all = append(all, t.effort)
		}
	}
	f.Efforts = own
	if len(all) > 0 {
		f.Efforts, f.Evidence = all, append(f.Evidence, own...)
	}
	if len(f.Efforts) > 0 {
		f.Effort = f.Efforts[0]
		d.picked["effort"] = f.Effort.Place.File
	}
	d.estimatesApart(f, all, own)
	d.effortMismatch(f)
}

// replaced tells whether the same person stated the effort again later.
func replaced(efforts []toldEffort, i int) bool {
	return slices.ContainsFunc(efforts[i+1:], func(t toldEffort) bool {
		return t.told.person == efforts[i].told.person && t.effort.Stated()
	})
}

// estimatesApart is finding FM010: what people say of everybody's hours is more
// than a factor of two apart, or the sum of their own hours is more than a
// quarter away from it.
func (d *dispute) estimatesApart(f *Flow, all, own []Effort) {
	a := d.loader.assume
	peak := f.PeakFactor()
	hours := func(e Effort) (float64, bool) {
		h, _, ok := a.HoursPerYear(e, peak)
		return h / a.WeeksPerYear.Value, ok
	}
	var said []float64
	var places []Place
	sum := 0.0
	for _, e := range all {
		if h, ok := hours(e); ok {
			said, sum, places = append(said, h), sum+h, append(places, e.Place)
		}
	}
	if len(said) == 0 {
		return
	}
	low, high := slices.Min(said), slices.Max(said)
	apart := high > 2*low
	ownSum := 0.0
	for _, e := range own {
		if h, ok := hours(e); ok {
			ownSum, places = ownSum+h, append(places, e.Place)
		}
	}
	if pool := sum / float64(len(said)); ownSum > 0 && (ownSum > 1.25*pool || ownSum < .75*pool) {
		apart, low, high = true, min(low, ownSum), max(high, ownSum)
	}
	if !apart {
		return
	}
	d.loader.w.Findings = append(d.loader.w.Findings, Finding{ID: "FM010", Kind: "estimates-apart", Severity: SeverityMedium, Flows: []string{f.ID}, Places: places,
		Args: []Arg{{Name: "flow", Kind: ArgFlow, IDs: []string{f.ID}}, {Name: "low", Kind: ArgHours, Number: low}, {Name: "high", Kind: ArgHours, Number: high}}})
}

// effortMismatch is finding FM015: a statement that counts gives hours, and
// runs with minutes that come to more than a quarter of those hours beside
// them.
func (d *dispute) effortMismatch(f *Flow) {
	a := d.loader.assume
	peak := f.PeakFactor()
	for _, e := range f.Efforts {
		if !e.hoursGiven() {
			continue
		}
		given, _, _ := a.HoursPerYear(e, peak)
		computed, _, ok := a.HoursPerYear(Effort{Runs: e.Runs, Minutes: e.Minutes}, peak)
		if !ok || math.Abs(given-computed) <= given/4 {
			continue
		}
		weeks := a.WeeksPerYear.Value
		d.loader.w.Findings = append(d.loader.w.Findings, Finding{ID: "FM015", Kind: "effort-mismatch", Severity: SeverityLow, Flows: []string{f.ID}, Places: []Place{e.Place},
			Args: []Arg{{Name: "flow", Kind: ArgFlow, IDs: []string{f.ID}}, {Name: "given", Kind: ArgHours, Number: given / weeks}, {Name: "computed", Kind: ArgHours, Number: computed / weeks}}})
	}
}

// errorStatement is what one file says of one error point.
type errorStatement struct {
	told  *told
	point ErrorPoint
}

// settleErrors makes one point of the statements with the same id, or, where
// one of them has none, with the same words. Points that flowmap.yaml calls
// none stay none; who names none later takes back what they said before.
func settleErrors(d *dispute, said []statement[Flow]) []ErrorPoint {
	var groups [][]errorStatement
	var asked bool
	for n, s := range said {
		asked = asked || s.value.Errors != nil
		if s.told.main && s.value.Errors != nil && len(s.value.Errors) == 0 {
			return []ErrorPoint{}
		}
		if takenBack(said[n+1:], s.told) {
			continue
		}
		for _, p := range s.value.Errors {
			i := slices.IndexFunc(groups, func(g []errorStatement) bool {
				return slices.ContainsFunc(g, func(e errorStatement) bool { return samePoint(e.point, p) })
			})
			switch {
			case i < 0:
				groups = append(groups, []errorStatement{{s.told, p}})
			case groups[i][len(groups[i])-1].told == s.told:
				d.loader.problem(p.Place, fmt.Sprintf("flow %q: error point %q stands twice in this file", d.id, label(p.ID, p.What)), "say all about it in one place, or give the other one its own id")
			default:
				groups[i] = append(groups[i], errorStatement{s.told, p})
			}
		}
	}
	if !asked {
		return nil
	}
	points := make([]ErrorPoint, len(groups))
	for i, g := range groups {
		points[i] = settlePoint(d, g)
	}
	return points
}

// takenBack tells whether the person who told something says later that there
// are no errors.
func takenBack(later []statement[Flow], t *told) bool {
	return !t.main && slices.ContainsFunc(later, func(s statement[Flow]) bool {
		return s.told.person == t.person && s.value.Errors != nil && len(s.value.Errors) == 0
	})
}

// settlePoint takes each number from flowmap.yaml if it states it, else pools
// what the interviews say, of each person the last word.
func settlePoint(d *dispute, said []errorStatement) ErrorPoint {
	p := said[0].point
	for _, s := range said[1:] {
		q := s.point
		if p.FoundIn != "" && q.FoundIn != "" && p.FoundIn != q.FoundIn && !said[0].told.main {
			d.differ("errors."+p.Label()+".found_in", p.FoundIn, q.FoundIn, p.Place, q.Place)
		}
		p.ID, p.What, p.FoundIn = label(p.ID, q.ID), label(p.What, q.What), label(p.FoundIn, q.FoundIn)
	}
	p.Rates, p.Rate = pool(said, func(p ErrorPoint) Estimate { return p.Rate })
	p.Minutes, p.MinutesToFix = pool(said, func(p ErrorPoint) Estimate { return p.MinutesToFix })
	p.Costs, p.Cost = pool(said, func(p ErrorPoint) Estimate { return p.Cost })
	return p
}

// pool gathers what counts of one number, and its first.
func pool(said []errorStatement, of func(ErrorPoint) Estimate) (Pool, Estimate) {
	var estimates Pool
	for i, s := range said {
		e := of(s.point)
		if !e.Stated() {
			continue
		}
		if s.told.main {
			return Pool{e}, e
		}
		again := slices.ContainsFunc(said[i+1:], func(t errorStatement) bool { return t.told.person == s.told.person && of(t.point).Stated() })
		if !again {
			estimates = append(estimates, e)
		}
	}
	if len(estimates) == 0 {
		return nil, Estimate{}
	}
	return estimates, estimates[0]
}

func samePoint(a, b ErrorPoint) bool {
	if a.ID != "" && b.ID != "" {
		return a.ID == b.ID
	}
	return a.What != "" && fold(a.What) == fold(b.What)
}
