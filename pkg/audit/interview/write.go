package interview

import (
	"slices"
	"strings"

	"github.com/flowmap-dev/flowmap/pkg/audit"
	"github.com/flowmap-dev/flowmap/pkg/lang"
)

// writer turns one answer into changes of files.
type writer struct {
	*state
	reader
	products []product
	own      []audit.Change // of the interview's file
	others   []audit.FileChange
	made     bool   // the interview's file gets a new system or type of data
	moved    string // the name that the interview's file gets; empty: it keeps its own
	flow     string // the flow that the answer is about, under the id that it has then
	next     string // the key of the step under which the answer stands then
}

// refused is an answer that cannot be taken, in the language of the interview.
type refused struct{ error }

// write gives the changes of files that an answer makes. The error is refused
// if it is none.
func (w *writer) write(st step, r Reply) ([]audit.FileChange, error) {
	w.flow, w.next = st.flow, st.key
	if err := w.answerTo(st, r); err != nil {
		return nil, err
	}
	if err := w.dropStale(); err != nil {
		return nil, err
	}
	var all []audit.FileChange
	switch {
	case w.moved != "":
		src, _ := w.ws.File(w.file)
		text, err := audit.Edit(src, w.own...)
		if err != nil {
			return nil, err
		}
		all = []audit.FileChange{{Name: w.moved, Text: text}, {Name: w.file, Delete: true}}
	case len(w.own) > 0:
		all = append(all, audit.FileChange{Name: w.file, Changes: w.own})
	}
	if w.made { // what other files say may name it
		return append(all, w.others...), nil
	}
	// Broken off in between, the question is asked once more, and nothing is lost.
	return append(w.others, all...), nil
}

func (w *writer) answerTo(st step, r Reply) error {
	q := st.question
	switch {
	case q == openingQuestion:
		return w.opening(st, r)
	case q == departmentQuestion:
		return w.department(st, r)
	case q == withQuestion:
		return w.with(r)
	case q == byQuestion || q == roleQuestion:
		return w.who(st, r)
	case q == summaryQuestion:
		w.set(audit.Path{"interview", "complete"}, audit.Text(string(audit.Yes)))
		w.confirmDepartment()
		return nil
	case strings.HasPrefix(st.key, "new."):
		return w.draftEnd(q, r)
	case q.Kind == Problem:
		return w.problem(st, r)
	case st.flow == "":
		return w.aboutThing(st, r)
	case st.thing != "":
		return w.aboutPoint(st, r)
	case q.ID == "same":
		return w.same(st, r)
	case q.Field == "entity" || q.Field == "from" || q.Field == "to":
		return w.moveEnd(st, r)
	}
	return w.aboutFlow(st, r)
}

// aboutFlow takes what a flow states in one field.
func (w *writer) aboutFlow(st step, r Reply) error {
	switch q := st.question; {
	case q.Kind == Choice:
		return w.choice(st, r)
	case q.Field == "people":
		return w.whoElse(st, r)
	case q.Field == "needs.fields":
		return w.fields(st, r)
	}
	return w.number(st, r)
}

func (w *writer) set(path audit.Path, v audit.Value) { w.own = append(w.own, audit.Set(path, v)) }

func (w *writer) remove(path audit.Path) { w.own = append(w.own, audit.Remove(path)) }

func inFlow(id, field string) audit.Path {
	return append(audit.Path{"flows", "[id=" + id + "]"}, strings.Split(field, ".")...)
}

// mark notes that a question was asked.
func (w *writer) mark(key string) {
	if !w.said.asked(key) {
		w.said.Interview.Asked = append(w.said.Interview.Asked, key)
		w.own = append(w.own, audit.Append(audit.Path{"interview", "x-asked"}, audit.Text(key)))
	}
}

func (w *writer) unmark(key string) {
	if w.said.asked(key) {
		w.said.Interview.Asked = slices.DeleteFunc(slices.Clone(w.said.Interview.Asked), func(k string) bool { return k == key })
		w.remove(audit.Path{"interview", "x-asked", "[=" + key + "]"})
	}
}

// unknown notes that nobody could say.
func (w *writer) unknown(flow, field string) {
	if !w.said.notKnown(flow, field) {
		w.own = append(w.own, audit.Append(audit.Path{"interview", "not_known"}, audit.Text(flow+"."+field)))
	}
}

func (w *writer) known(flow, field string) {
	if w.said.notKnown(flow, field) {
		w.remove(audit.Path{"interview", "not_known", "[=" + flow + "." + field + "]"})
	}
}

// outcome notes how a flow's question ended: with a value, as not known, or
// with nothing to say.
func (w *writer) outcome(st step, act Act) {
	switch {
	case act == Answer && !st.question.Mark:
		w.unmark(st.key)
		w.known(st.flow, st.question.Open)
	case act == NotKnown && st.question.Open != "":
		w.unmark(st.key)
		w.unknown(st.flow, st.question.Open)
	default:
		w.known(st.flow, st.question.Open)
		w.mark(st.key)
	}
}

// number takes an amount and how it is known, or some words.
func (w *writer) number(st step, r Reply) error {
	f, _ := w.said.flow(st.flow)
	q := st.question
	if r.Act != Answer {
		if text(f, q.Field) != "" {
			w.remove(inFlow(f.ID, q.Field))
		}
		w.outcome(st, r.Act)
		return nil
	}
	v, err := w.value(q, r.Text)
	if err != nil {
		return refused{err}
	}
	w.set(inFlow(f.ID, q.Field), v)
	if q.Basis != "" && r.Basis != "" {
		w.set(inFlow(f.ID, q.Basis), audit.Text(r.Basis))
	}
	w.outcome(st, Answer)
	return nil
}

// choice takes an option with the fields that it states, and takes those of
// the other options away.
func (w *writer) choice(st step, r Reply) error {
	f, _ := w.said.flow(st.flow)
	q := st.question
	var settings []setting
	if r.Act == Answer {
		id, _, err := w.pick(r.Text, w.options(st), never)
		if err != nil {
			return refused{err}
		}
		i := slices.IndexFunc(q.Options, func(c choice) bool { return c.ID == id })
		settings = q.Options[i].Set
		if len(settings) == 0 {
			settings = []setting{{q.Field, id}}
		}
	}
	for _, c := range q.Options {
		for _, other := range c.Set {
			kept := slices.ContainsFunc(settings, func(s setting) bool { return s.Field == other.Field })
			if !kept && text(f, other.Field) == other.Value {
				w.remove(inFlow(f.ID, other.Field))
			}
		}
	}
	if len(settings) == 0 && text(f, q.Field) != "" && !slices.ContainsFunc(q.Options, func(c choice) bool { return len(c.Set) > 0 }) {
		w.remove(inFlow(f.ID, q.Field))
	}
	for _, s := range settings {
		w.set(inFlow(f.ID, s.Field), audit.Text(s.Value))
	}
	w.outcome(st, r.Act)
	return nil
}

// whoElse takes who does the work besides the person who is asked.
func (w *writer) whoElse(st step, r Reply) error {
	people := slices.Clone(w.said.Interview.With)
	if r.Act == Answer {
		for _, name := range list(r.Text) {
			name = w.knownPerson(name)
			if !slices.Contains(people, name) {
				people = append(people, name)
			}
		}
	}
	w.set(inFlow(st.flow, "people"), audit.Texts(people...))
	w.outcome(st, r.Act)
	return nil
}

// fields takes which shared fields one end owns.
func (w *writer) fields(st step, r Reply) error {
	f, _ := w.said.flow(st.flow)
	owner := f.From
	if st.question.ID == "fields-to" {
		owner = f.To
	}
	var names []string
	if r.Act == Answer {
		names = list(r.Text)
	}
	for _, old := range shared(f.Needs, owner) {
		if !slices.Contains(names, old) {
			w.remove(append(inFlow(f.ID, "needs.fields"), old))
		}
	}
	for _, name := range names {
		w.set(append(inFlow(f.ID, "needs.fields"), name), audit.Text(owner))
	}
	w.outcome(st, r.Act)
	return nil
}

// aboutPoint takes what is asked about an error point.
func (w *writer) aboutPoint(st step, r Reply) error {
	f, _ := w.said.flow(st.flow)
	i := slices.IndexFunc(f.Errors, func(p audit.ErrorPoint) bool { return pointID(p) == st.thing })
	p, q := f.Errors[i], st.question
	path := func(field string) audit.Path { return append(inFlow(f.ID, "errors"), pointStep(p), field) }
	if r.Act != Answer {
		if pointText(p, q.Field) != "" {
			w.remove(path(q.Field))
		}
		w.unknown(f.ID, pointOpen(p, q.Open))
		return nil
	}
	v, err := w.pointValue(st, r)
	if err != nil {
		return refused{err}
	}
	w.set(path(q.Field), v)
	if q.Basis != "" && r.Basis != "" {
		w.set(path(q.Basis), audit.Text(r.Basis))
	}
	w.known(f.ID, pointOpen(p, q.Open))
	return nil
}

func (w *writer) pointValue(st step, r Reply) (audit.Value, error) {
	if st.question.Kind != Choice {
		return w.value(st.question, r.Text)
	}
	id, _, err := w.pick(r.Text, w.options(st), never)
	return audit.Text(id), err
}

// pointStep finds an error point in its list.
func pointStep(p audit.ErrorPoint) string {
	if p.ID != "" {
		return "[id=" + p.ID + "]"
	}
	return "[what=" + p.What + "]"
}

// problem takes what goes wrong: one that was told already, or a new one.
func (w *writer) problem(st step, r Reply) error {
	f, _ := w.said.flow(st.flow)
	if st.thing != "" { // it was answered before
		return w.renameProblem(st, f, r)
	}
	if r.Act != Answer {
		if r.Act == Nothing && len(f.Errors) == 0 {
			w.set(inFlow(f.ID, "errors"), audit.List())
			w.known(f.ID, st.question.Open)
			return nil
		}
		if f.Errors != nil && len(f.Errors) == 0 {
			w.remove(inFlow(f.ID, "errors"))
		}
		if len(f.Errors) > 0 {
			r.Act = Nothing // what was told stands
			w.mark(st.key)
			return nil
		}
		w.unknown(f.ID, st.question.Open)
		return nil
	}
	id, isNew, err := w.pick(r.Text, w.options(st), careful)
	if err != nil {
		return refused{err}
	}
	what := id
	if isNew {
		id = fresh(what, func(id string) bool {
			return slices.ContainsFunc(f.Errors, func(p audit.ErrorPoint) bool { return pointID(p) == id })
		})
	} else {
		what = w.toldProblem(f, id)
	}
	w.unmark(st.key)
	w.known(f.ID, st.question.Open)
	w.own = append(w.own, audit.Append(inFlow(f.ID, "errors"), audit.Fields(audit.Field{Key: "id", Value: audit.Text(id)}, audit.Field{Key: "what", Value: audit.Text(what)})))
	w.next = st.key + "/" + id
	return nil
}

// renameProblem gives a problem other words, or takes it back.
func (w *writer) renameProblem(st step, f audit.Flow, r Reply) error {
	i := slices.IndexFunc(f.Errors, func(p audit.ErrorPoint) bool { return pointID(p) == st.thing })
	p := f.Errors[i]
	path := append(inFlow(f.ID, "errors"), pointStep(p))
	if r.Act == Answer {
		what := clean(r.Text)
		if o := slices.IndexFunc(w.options(st), func(o Option) bool { return o.ID == what }); o >= 0 {
			what = w.options(st)[o].Text
		}
		w.set(append(path, "what"), audit.Text(what))
		return nil
	}
	w.remove(path)
	if len(f.Errors) == 1 {
		w.mark(f.ID + ".errors")
	}
	for _, q := range w.tree.point {
		w.known(f.ID, pointOpen(p, q.Open))
	}
	w.next = f.ID + ".errors"
	return nil
}

// dropStale takes away what was said to questions that the answer made
// needless: the minutes of a flow that turns out to be automated.
func (w *writer) dropStale() error {
	for range w.tree.flow { // each round takes at least one away
		src, _ := w.ws.File(w.file)
		text, err := audit.Edit(src, w.own...)
		if err != nil {
			return err
		}
		after := *w.state
		after.said = said{}
		if err := audit.Strict(w.file, text, &after.said); err != nil {
			return nil // Update says what is wrong with it
		}
		f, ok := after.said.flow(w.flow)
		if !ok {
			return nil
		}
		before := len(w.own)
		for i := range w.tree.flow {
			w.dropAnswer(&after, &w.tree.flow[i], f)
		}
		if len(w.own) == before {
			return nil
		}
	}
	return nil
}

// dropAnswer takes away the answer to a question that does not apply.
func (w *writer) dropAnswer(after *state, q *question, f audit.Flow) {
	if len(q.When) == 0 || after.applies(q, f) {
		return
	}
	key := f.ID + "." + q.ID
	if after.said.asked(key) {
		w.remove(audit.Path{"interview", "x-asked", "[=" + key + "]"})
	}
	if q.Open != "" && after.said.notKnown(f.ID, q.Open) {
		w.remove(audit.Path{"interview", "not_known", "[=" + f.ID + "." + q.Open + "]"})
	}
	switch {
	case q.Field == "people":
		if !slices.Equal(f.People, after.said.Interview.With) {
			w.set(inFlow(f.ID, "people"), audit.Texts(after.said.Interview.With...))
		}
	case q.Field == "needs.fields":
		if len(f.Needs.Fields) > 0 && q.ID == "fields-from" {
			w.remove(inFlow(f.ID, q.Field))
		}
	case text(f, q.Field) != "":
		w.remove(inFlow(f.ID, q.Field))
		w.dropBasis(q, f)
	}
}

// dropBasis takes away how a number was known, unless another number shares it.
func (w *writer) dropBasis(q *question, f audit.Flow) {
	other := slices.ContainsFunc(w.tree.flow, func(o question) bool { return o.ID != q.ID && o.Basis == q.Basis && text(f, o.Field) != "" })
	if q.Basis != "" && !other && text(f, q.Basis) != "" {
		w.remove(inFlow(f.ID, q.Basis))
	}
}

// args are what the words of a question may name.
func (s *state) args(st step) lang.Args {
	d := s.said.Interview.Draft
	f := audit.Flow{Name: d.Name, Entity: d.Entity, From: d.From}
	if st.flow != "" {
		f, _ = s.said.flow(st.flow)
	}
	args := lang.Args{"Flow": s.flowName(f), "From": s.systemName(f.From), "To": s.systemName(f.To), "Entity": s.entityName(f.Entity), "Point": "", "Thing": ""}
	for _, p := range f.Errors {
		if pointID(p) == st.thing {
			args["Point"] = p.Label()
		}
	}
	if st.flow == "" && st.thing != "" {
		args["Thing"] = s.systemName(st.thing)
		if st.question.About == aboutEntity {
			args["Thing"] = s.entityName(st.thing)
		}
	}
	args["Who"] = s.printer.List(s.said.Interview.With)
	return args
}
