package interview

import (
	"slices"
	"strings"

	"github.com/flowmap-dev/flowmap/pkg/audit"
	"github.com/flowmap-dev/flowmap/pkg/lang"
)

// summaryRight is the answer that ends an interview.
const summaryRight = "right"

// summaryOptions are to confirm, or to go to a flow that is not right.
func (w *writer) summaryOptions() []Option {
	all := []Option{{summaryRight, w.Text("ask.summary.right", nil)}}
	for _, f := range w.said.Flows {
		all = append(all, Option{f.ID, w.Text("ask.summary.change", lang.Args{"Flow": w.flowName(f)})})
	}
	return all
}

// ordering puts open points in the order in which they are worth asking.
type ordering func(audit.Workspace, []audit.OpenPoint) []audit.OpenPoint

// summary is what was said, to be read back to the person: each flow, what is
// improbable, and what nobody could say.
func (w *writer) summary(order ordering) string {
	var b strings.Builder
	line := func(text string) { b.WriteString(text + "\n") }
	line(w.Plural("ask.summary.flows", len(w.said.Flows), lang.Args{"Who": w.List(w.said.Interview.With)}))
	for _, f := range w.said.Flows {
		line("- " + w.flowLine(f))
		for _, p := range f.Errors {
			line("    " + w.pointLine(p))
		}
	}
	if odd := w.improbable(); len(odd) > 0 {
		line("")
		line(w.Text("ask.summary.improbable", nil))
		for _, text := range odd {
			line("- " + text)
		}
	}
	if open := w.openLines(order); len(open) > 0 {
		line("")
		line(w.Text("ask.summary.open", nil))
		for _, text := range open {
			line("- " + text)
		}
	}
	return strings.TrimSuffix(b.String(), "\n")
}

func (w *writer) flowLine(f audit.Flow) string {
	args := lang.Args{"Flow": w.flowName(f), "From": w.systemName(f.From), "To": w.systemName(f.To)}
	hours, _, ok := w.ws.Assumptions.HoursPerYear(f.Effort, 1)
	switch {
	case f.How == audit.Automated:
		return w.Text("ask.summary.automated", args)
	case !ok:
		return w.Text("ask.summary.no_hours", args)
	}
	args["Hours"] = w.Hours(hours / w.ws.Assumptions.WeeksPerYear.Value)
	return w.Text("ask.summary.hours", args)
}

func (w *writer) pointLine(p audit.ErrorPoint) string {
	q := w.tree.point[0]
	if !p.Rate.Stated() {
		return p.Label()
	}
	return p.Label() + ": " + w.shown(&q, p.Rate)
}

// improbable lists what cannot well be so. What somebody does all week leaves
// no time for anything else.
func (w *writer) improbable() []string {
	const nearlyAll, manyErrors = .8, .3
	var all []string
	own, week := 0.0, w.ws.Assumptions.HoursPerPerson.Value
	for _, f := range w.said.Flows {
		hours, _, ok := w.ws.Assumptions.HoursPerYear(f.Effort, 1)
		if people := max(len(f.People), 1); ok && f.How != audit.Automated {
			if f.Effort.Whose == audit.Own {
				people = 1
			}
			own += hours / w.ws.Assumptions.WeeksPerYear.Value / float64(people)
		}
		for _, p := range f.Errors {
			if p.Rate.Stated() && p.Rate.Unit == audit.Share && p.Rate.Mean() > manyErrors {
				all = append(all, w.Text("ask.improbable.errors", lang.Args{"Flow": w.flowName(f), "Point": p.Label(), "Share": w.Percent(p.Rate.Mean(), 0)}))
			}
		}
	}
	if own > nearlyAll*week {
		all = append([]string{w.Text("ask.improbable.hours", lang.Args{"Who": w.List(w.said.Interview.With), "Hours": w.Hours(own), "Week": w.Number(week, 0)})}, all...)
	}
	return all
}

// mostOpen is how many open points a summary names.
const mostOpen = 5

// openLines lists what is worth asking next about this interview's flows.
func (w *writer) openLines(order ordering) []string {
	points := slices.DeleteFunc(w.ws.OpenPoints(), func(o audit.OpenPoint) bool {
		_, here := w.said.flow(o.Flow)
		return !here
	})
	if order != nil && len(points) > 1 {
		points = order(w.ws, points)
	}
	var lines []string
	for _, o := range points[:min(len(points), mostOpen)] {
		f, _ := w.ws.Flow(o.Flow)
		lines = append(lines, f.Label()+": "+w.openQuestion(o))
	}
	for _, f := range w.said.Flows {
		if isNowhere(f.From) || isNowhere(f.To) {
			lines = append(lines, w.Text("ask.summary.end", lang.Args{"Flow": w.flowName(f)}))
		}
	}
	return lines
}

// openQuestion is what to ask about an open point.
func (w *writer) openQuestion(o audit.OpenPoint) string {
	field, detail, _ := strings.Cut(o.Field, ".")
	switch {
	case field == "errors" && detail != "":
		point := detail[:max(strings.LastIndex(detail, "."), 0)]
		f, _ := w.ws.Flow(o.Flow)
		for _, p := range f.Errors {
			if pointID(p) == point {
				point = p.Label()
			}
		}
		key := "question.error_rate"
		if strings.HasSuffix(detail, ".minutes_to_fix") {
			key = "question.error_cost"
		}
		return w.Text(key, lang.Args{"Point": point})
	case w.Has("question." + field):
		return w.Text("question."+field, nil)
	}
	for _, q := range w.tree.flow {
		if q.Open == o.Field && w.Has("ask."+q.ID) {
			f, _ := w.said.flow(o.Flow)
			return w.Text("ask."+q.ID, w.args(step{flow: f.ID, question: &q}))
		}
	}
	return w.Text("question.other", lang.Args{"Field": o.Field})
}
