package interview

import (
	"cmp"
	"slices"
	"strings"

	"github.com/flowmap-dev/flowmap/pkg/audit"
	"github.com/flowmap-dev/flowmap/pkg/lang"
)

// newFlow is the option that says that nobody has described a flow yet.
const newFlow = "new"

// prompt puts a step into words.
func (w *writer) prompt(st step) Prompt {
	q := st.question
	switch q {
	case departmentQuestion:
		return departmentPrompt(w.printer, w.options(st), w.old(st))
	case withQuestion:
		return withPrompt(w.printer, asOptions(w.people()), w.old(st))
	}
	args := w.args(st)
	words := "ask." + q.ID
	if q == openingQuestion {
		words = "ask." + st.thing
	}
	p := Prompt{
		Key: st.key, Kind: q.Kind, Text: w.Text(words, args),
		Options: w.options(st), Many: q.Kind == Names || q.Kind == Texts, Old: w.old(st), Unknown: true,
		New: q.Kind != Choice && q.Kind != Texts, AsTyped: q == openingQuestion, Suggested: !st.answered,
	}
	if q.Basis != "" && !w.hasBasis(st) {
		for _, b := range audit.Basis("").Options() {
			p.Bases = append(p.Bases, Option{b, w.Text("basis."+b, nil)})
		}
	}
	switch {
	case q == openingQuestion:
		p.Nothing, p.Unknown = true, false
		p.Help = w.Text("ask.opening.help", args)
		if w.more(st) {
			p.Text = w.Text("ask.opening.more", lang.Args{"Question": p.Text})
		}
	case q.Kind == Problem:
		p.Nothing = true
		p.Help = w.Text("ask.errors.help", args)
		if f, _ := w.said.flow(st.flow); st.thing == "" && len(f.Errors) > 0 {
			p.Text, p.Unknown = w.Text("ask.errors.more", args), false
		}
	case q.ID == "same", q == summaryQuestion:
		p.Unknown = false
	case w.Has(words + ".help"):
		p.Help = w.Text(words+".help", args)
	}
	if q.Kind == Texts || q.Field == "people" || q == roleQuestion {
		p.Nothing = true
	}
	return p
}

// hasBasis tells whether it is known already how an error point's numbers are
// known: they share one answer, and it was given with another of them.
func (s *state) hasBasis(st step) bool {
	f, _ := s.said.flow(st.flow)
	for _, p := range f.Errors {
		if st.thing == "" || pointID(p) != st.thing || p.Basis == "" {
			continue
		}
		for _, q := range s.tree.point {
			if pointText(p, q.Field) != "" && q.Basis != "" {
				return q.ID != st.question.ID
			}
		}
	}
	return false
}

// more tells whether an opening question has brought a flow to mind already.
func (s *state) more(st step) bool {
	all := s.tree.opening.of(s.said.Interview.Department)
	return st.flow == "" && slices.ContainsFunc(s.said.Flows, func(f audit.Flow) bool { return s.said.opening(f.ID, all) == st.thing })
}

func (s *state) departmentName(id string) string {
	if s.printer.Has("department." + id) {
		return s.printer.Text("department."+id, nil)
	}
	return id
}

// options are what may be chosen.
func (w *writer) options(st step) []Option {
	q := st.question
	f, _ := w.said.flow(st.flow)
	switch {
	case q.ID == "same":
		return w.sameOptions(f)
	case q.Kind == System || q.Kind == Entity:
		return w.things(q)
	case q.Kind == Problem:
		return w.toldProblems(f)
	case q.Kind == Names:
		return asOptions(slices.DeleteFunc(w.people(), func(n string) bool { return slices.Contains(w.said.Interview.With, n) }))
	case q == openingQuestion:
		return w.otherFlows(f)
	case q == byQuestion:
		return asOptions(w.interviewers())
	case q == departmentQuestion:
		return departmentOptions(w.printer, w.tree, w.ws)
	case q.Field == "owner":
		return asOptions(w.people())
	case q.Kind == Role:
		return w.roles()
	case q == summaryQuestion:
		return w.summaryOptions()
	}
	var all []Option
	if q.Field == "found_in" {
		for _, id := range []string{f.To, f.From} {
			if !isNowhere(id) {
				all = append(all, Option{id, w.systemName(id)})
			}
		}
	}
	for _, c := range q.Options {
		all = append(all, Option{c.ID, w.optionText(q, c.ID)})
	}
	return all
}

// otherFlows are those that only others have described, and the one that is
// talked about if they have described it, too.
func (w *writer) otherFlows(f audit.Flow) []Option {
	var all []Option
	for _, g := range w.ws.Flows {
		if _, mine := w.said.flow(g.ID); !mine || g.ID == f.ID && w.isShared(g.ID) {
			all = append(all, Option{g.ID, g.Label()})
		}
	}
	return all
}

// interviewers are those who have asked before, the last one first.
func (s *state) interviewers() []string {
	var all []string
	for _, i := range slices.Backward(s.ws.Interviews) {
		if i.By != "" && !slices.Contains(all, i.By) {
			all = append(all, i.By)
		}
	}
	return all
}

func (s *state) roles() []Option {
	var all []Option
	for _, r := range s.ws.Roles {
		all = append(all, Option{r.ID, r.Label()})
	}
	return all
}

func asOptions(names []string) []Option {
	all := make([]Option, len(names))
	for i, n := range names {
		all[i] = Option{n, n}
	}
	return all
}

// optionText is an option in words: the question's own, else those that the
// field's values have everywhere.
func (w *writer) optionText(q *question, id string) string {
	switch own := "ask." + q.ID + "." + id; {
	case w.Has(own):
		return w.Text(own, nil)
	case id == string(audit.Yes):
		return w.Text("yes", nil)
	case id == string(audit.No):
		return w.Text("no", nil)
	}
	return w.Text(strings.TrimSuffix(q.Field, "s")+"."+id, nil)
}

// things are the systems or entities that exist. Those that came up in this
// interview come first.
func (w *writer) things(q *question) []Option {
	var all []Option
	systems, entities := w.cameUp()
	if q.Kind == Entity {
		for _, e := range w.ws.Entities {
			all = append(all, Option{e.ID, e.Label()})
		}
		return firstOf(all, entities)
	}
	for _, s := range w.ws.Systems {
		if !isNowhere(s.ID) {
			all = append(all, Option{s.ID, s.Label()})
		}
	}
	return firstOf(all, systems)
}

func firstOf(all []Option, ids []string) []Option {
	first := slices.DeleteFunc(slices.Clone(all), func(o Option) bool { return !slices.Contains(ids, o.ID) })
	rest := slices.DeleteFunc(all, func(o Option) bool { return slices.Contains(ids, o.ID) })
	return append(first, rest...)
}

// sameOptions are the flows that others described alike, and that it is none of
// them. Nothing of what they said is shown.
func (w *writer) sameOptions(f audit.Flow) []Option {
	var all []Option
	if w.isShared(f.ID) {
		all = append(all, Option{f.ID, w.flowName(audit.Flow{ID: f.ID})})
	}
	for _, g := range w.alike(f) {
		all = append(all, Option{g.ID, g.Label()})
	}
	return append(all, Option{newFlow, w.Text("ask.same.new", nil)})
}

// toldProblems are the things that others said go wrong: with this flow, then
// with others that move the same. Those that stand in this interview are not
// offered again, and no number is shown.
func (w *writer) toldProblems(f audit.Flow) []Option {
	var all []Option
	add := func(g audit.Flow) {
		for _, p := range g.Errors {
			here := slices.ContainsFunc(f.Errors, func(q audit.ErrorPoint) bool { return pointID(q) == pointID(p) || fold(q.What) == fold(p.What) })
			there := slices.ContainsFunc(all, func(o Option) bool { return o.ID == pointID(p) || fold(o.Text) == fold(p.Label()) })
			if !here && !there {
				all = append(all, Option{pointID(p), p.Label()})
			}
		}
	}
	if settled, ok := w.ws.Flow(f.ID); ok {
		add(settled)
	}
	for _, g := range w.ws.Flows {
		if g.ID != f.ID && (g.Entity == f.Entity && f.Entity != "" || g.To == f.To) {
			add(g)
		}
	}
	return all
}

func (w *writer) toldProblem(f audit.Flow, id string) string {
	for _, o := range w.toldProblems(f) {
		if o.ID == id {
			return o.Text
		}
	}
	return id
}

// old is what was said before, as a person would type it.
func (w *writer) old(st step) Reply {
	if !st.answered {
		return w.suggested(st)
	}
	q := st.question
	f, _ := w.said.flow(st.flow)
	switch {
	case q == openingQuestion:
		return w.oldOpening(st, f)
	case q == departmentQuestion && w.said.Interview.Department == "":
		return Reply{Act: NotKnown}
	case q == departmentQuestion:
		return given(w.said.Interview.Department)
	case q == withQuestion:
		return given(strings.Join(w.said.Interview.With, ", "))
	case q == byQuestion:
		return orNotKnown(w.said.Interview.By)
	case q == roleQuestion:
		return orNotKnown(w.said.Interview.Role)
	case st.flow == "":
		return w.oldThing(st)
	case st.thing != "":
		return w.oldPoint(st, f)
	case q.Kind == Problem && w.said.notKnown(f.ID, q.Open):
		return Reply{Act: NotKnown}
	case q.Kind == Problem:
		return Reply{Act: Nothing}
	case q.ID == "same" && w.isShared(f.ID):
		return given(f.ID)
	case q.ID == "same":
		return given(newFlow)
	}
	return w.oldField(st, f)
}

func given(text string) Reply { return Reply{Text: text} }

// oldOpening is the name of the flow that a question brought to mind.
func (w *writer) oldOpening(st step, f audit.Flow) Reply {
	d := w.said.Interview.Draft
	switch {
	case st.flow != "":
		return given(cmp.Or(f.Name, f.Notes, f.ID))
	case d.Opening == st.thing:
		return given(d.Name)
	}
	return Reply{Act: Nothing}
}

// suggested is the default of a question that was not answered: what an
// archetype brought.
func (w *writer) suggested(st step) Reply {
	q := st.question
	if st.flow != "" || st.thing == "" || q == openingQuestion {
		return Reply{}
	}
	return given(w.thingText(st))
}

func (w *writer) thingText(st step) string {
	if st.question.About == aboutEntity {
		e, _ := w.ws.Entity(st.thing)
		return entityText(e, st.question.Field)
	}
	s, _ := w.ws.System(st.thing)
	if st.question.Field == "kind" && s.Kind == audit.Other {
		return ""
	}
	return systemText(s, st.question.Field)
}

func (w *writer) oldThing(st step) Reply {
	d := w.said.Interview.Draft
	switch st.key {
	case draftKey("entity"):
		if d.Entity == "" {
			return Reply{Act: NotKnown}
		}
		return given(d.Entity)
	case draftKey("from"):
		return orUnknown(d.From)
	}
	if t := w.thingText(st); t != "" {
		return given(t)
	}
	return Reply{Act: NotKnown}
}

func orUnknown(system string) Reply {
	if isNowhere(system) {
		return Reply{Act: NotKnown}
	}
	return given(system)
}

func (w *writer) oldPoint(st step, f audit.Flow) Reply {
	for _, p := range f.Errors {
		if pointID(p) != st.thing {
			continue
		}
		switch q := st.question; q.Field {
		case "errors":
			return given(p.What)
		case "rate":
			return w.amount(q, p.Rate, string(p.Basis))
		case "minutes_to_fix":
			return w.amount(q, p.MinutesToFix, string(p.Basis))
		case "cost":
			return w.amount(q, p.Cost, string(p.Basis))
		case "found_in":
			return orNotKnown(p.FoundIn)
		}
	}
	return Reply{}
}

func orNotKnown(text string) Reply {
	if text == "" {
		return Reply{Act: NotKnown}
	}
	return given(text)
}

func (w *writer) amount(q *question, e audit.Estimate, basis string) Reply {
	if !e.Stated() {
		return Reply{Act: NotKnown}
	}
	return Reply{Text: w.shown(q, e), Basis: basis}
}

// oldField is what a flow states in the question's field.
func (w *writer) oldField(st step, f audit.Flow) Reply {
	q := st.question
	switch {
	case q.Field == "from", q.Field == "to":
		return orUnknown(text(f, q.Field))
	case q.Field == "effort.runs":
		return w.amount(q, f.Effort.Runs, "")
	case q.Field == "effort.minutes":
		return w.amount(q, f.Effort.Minutes, string(f.Effort.Basis))
	case q.Field == "effort.hours_per_week":
		return w.amount(q, f.Effort.HoursPerWeek, string(f.Effort.Basis))
	case q.Field == "volume.records":
		return w.amount(q, f.Volume.Records, string(f.Volume.Basis))
	case q.Field == "people":
		others := slices.DeleteFunc(slices.Clone(f.People), func(n string) bool { return slices.Contains(w.said.Interview.With, n) })
		if len(others) == 0 {
			return Reply{Act: Nothing}
		}
		return given(strings.Join(others, ", "))
	case q.Field == "needs.fields":
		owner := f.From
		if q.ID == "fields-to" {
			owner = f.To
		}
		if names := shared(f.Needs, owner); len(names) > 0 {
			return given(strings.Join(names, ", "))
		}
		return Reply{Act: Nothing}
	case q.Kind == Choice:
		return orNotKnown(chosen(q, f))
	}
	return orNotKnown(text(f, q.Field))
}
