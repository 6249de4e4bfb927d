package audit

import (
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
)

// check finds what is wrong with the workspace as a whole.
func (l *loader) check() {
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

// written tells whether a file has something at a field, if only a wrong value
// that is a problem of its own.
func (l *loader) written(f Flow, field string) bool {
	return slices.ContainsFunc(l.w.places[placeKey{"flow", f.ID}], func(p fieldPlace) bool { return p.field.Value() == field })
}

func (l *loader) checkFlow(f Flow) {
	for _, end := range []struct{ name, id, where string }{{"from", f.From, "comes from"}, {"to", f.To, "goes to"}} {
		if end.id == "" && !l.written(f, end.name) {
			l.flowProblem(f, "id", end.name+" is missing", "say in at least one file which system it "+end.where)
		}
	}
	if f.From == f.To && f.From != "" {
		l.flowProblem(f, "to", fmt.Sprintf("goes from %q to itself", f.From), "declare its two parts as systems")
	}
	for _, e := range slices.Concat(f.Efforts, f.Evidence) {
		l.checkEffort(f, e)
	}
	l.checkPeak(f)
	l.checkOwners(f)
}

func (l *loader) checkPeak(f Flow) {
	factor, months := f.Peak.Factor.Stated() || l.written(f, "peak.factor"), len(f.Peak.Months) > 0 || l.written(f, "peak.months")
	if factor != months {
		l.flowProblem(f, "peak", "the peak needs both its factor and its months", "write peak: {factor: 2.5, months: [11, 12]}")
	}
	for i, m := range f.Peak.Months {
		if slices.Contains(f.Peak.Months[:i], m) {
			l.flowProblem(f, fmt.Sprintf("peak.months[%d]", i), fmt.Sprintf("month %d stands twice in the peak", m), "keep one of them")
		}
	}
}

// checkOwners reports owners of shared fields that are no systems. A one-way
// flow shares no fields, so what it says of them is passed over.
func (l *loader) checkOwners(f Flow) {
	if f.Needs.Direction != TwoWay {
		return
	}
	for _, o := range f.Needs.Fields {
		if _, ok := l.w.System(o.Owner); !ok && o.Owner != "" {
			l.problem(o.Place, fmt.Sprintf("flow %q: unknown system %q", f.ID, o.Owner), l.meant("system", o.Owner))
		}
	}
}

func (l *loader) checkEffort(f Flow, e Effort) {
	if f.How == Automated && (e.hoursGiven() || e.Minutes.Stated()) {
		l.problem(e.Place, fmt.Sprintf("flow %q: is automated and takes hours", f.ID), "an automated flow costs no hours: write how: manual, or take the hours out")
	}
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
			if o.Flow == f.ID {
				l.problem(o.Place, fmt.Sprintf("flow %q: overlaps with itself", f.ID), "name the other flow")
			}
			back := l.overlap(o.Flow, f.ID)
			if f.ID < o.Flow && o.HoursPerWeek.Stated && back.HoursPerWeek.Stated && back.HoursPerWeek.Value != o.HoursPerWeek.Value {
				l.problem(o.Place, fmt.Sprintf("flow %q: overlaps with %q by %s hours here and by %s there", f.ID, o.Flow,
					PlainNumber(o.HoursPerWeek.Value), PlainNumber(back.HoursPerWeek.Value)), "state the overlap on one of the two, or alike on both")
			}
		}
	}
}

// overlap is what one flow states of another, the zero Overlap if nothing.
func (l *loader) overlap(of, with string) Overlap {
	f, _ := l.w.Flow(of)
	for _, o := range f.Overlaps {
		if o.Flow == with {
			return o
		}
	}
	return Overlap{}
}

// checkInterviews reports answers that are marked as not known about what is
// no field of a flow.
func (l *loader) checkInterviews() {
	for _, i := range l.w.Interviews {
		for j, n := range i.NotKnown {
			id, field, dotted := strings.Cut(n, ".")
			_, known := l.w.Flow(id)
			hint := ""
			switch {
			case n == "": // an empty item is a problem already
				continue
			case !dotted:
				hint = "write it as flow.field, such as web-orders.volume"
			case !known:
				hint = l.meant("flow", id)
			case !isField(flowType, field):
				hint = meant(field, names(l.types.of(flowType)), "fields")
			default:
				continue
			}
			l.problem(l.w.Place("interview", i.File, fmt.Sprintf("interview.not_known[%d]", j)), fmt.Sprintf("not_known names %q, which is no field of a flow", n), hint)
		}
	}
}

var (
	flowType  = reflect.TypeFor[Flow]()
	pointType = reflect.TypeFor[ErrorPoint]()
)

// isField tells whether a path such as needs.latency leads to a field. Between
// errors and the field of a point stand the point's id or words.
func isField(t reflect.Type, path string) bool {
	name, rest, deeper := strings.Cut(path, ".")
	for _, f := range fieldsOf(t) {
		within := t.Field(f.index).Type
		switch {
		case f.name != name:
		case !deeper:
			return true
		case f.join == "errors":
			return isField(pointType, rest[strings.LastIndex(rest, ".")+1:])
		default:
			return within.Kind() == reflect.Struct && isField(within, rest)
		}
	}
	return false
}

func (l *loader) checkScenario(s Scenario) {
	set := slices.DeleteFunc(slices.Clone(s.Set), func(s Setting) bool { return s.Key == "" || s.Value == "" }) // problems already
	_, err := l.w.With(set...)
	var problems Problems
	if errors.As(err, &problems) {
		for _, p := range problems {
			l.problem(p.Place, p.Message, p.Hint)
		}
	}
}

// checkMonths reports months that stand twice, or before the month of go-live.
func (l *loader) checkMonths(a Actual) {
	for i, m := range a.Months {
		place := func(field string) Place { return l.w.Place("actual", a.File, fmt.Sprintf("months[%d].%s", i, field)) }
		if slices.ContainsFunc(a.Months[:i], func(o Month) bool { return o.Month == m.Month }) && m.Month != "" {
			l.problem(place("month"), fmt.Sprintf("flow %q: the month %s stands twice", a.Flow, m.Month), "put its numbers together into one")
		}
		if len(a.Live) >= 7 && m.Month != "" && string(m.Month) < string(a.Live[:7]) {
			l.problem(place("month"), fmt.Sprintf("flow %q: %s is before its go-live, %s", a.Flow, m.Month, a.Live), "correct the month, or the day behind live")
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
		l.checkMonths(a)
	}
}
