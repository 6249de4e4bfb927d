package interview

import (
	"slices"

	"github.com/flowmap-dev/flowmap/pkg/audit"
)

// department puts the interview, and its flows, into another department.
func (w *writer) department(st step, r Reply) error {
	id := ""
	if r.Act == Answer {
		picked, _, err := w.pick(r.Text, w.options(st), perhaps)
		if err != nil {
			return refused{err}
		}
		id = picked
	}
	was := w.said.Interview.Department
	if id == was {
		return nil
	}
	w.restate(audit.Path{"interview", "department"}, id)
	for _, f := range w.said.Flows {
		if f.Department == was && !w.isShared(f.ID) {
			w.restate(inFlow(f.ID, "department"), id)
		}
	}
	w.move(id, w.said.Interview.With)
	return nil
}

// restate sets a field, or takes it away where there is nothing to state.
func (w *writer) restate(path audit.Path, text string) {
	if text == "" {
		w.remove(path)
		return
	}
	w.set(path, audit.Text(text))
}

// with takes who is interviewed. Whoever stood there before is taken out of the
// flows, too: it was a slip.
func (w *writer) with(r Reply) error {
	if err := w.reader.whom(r); err != nil {
		return refused{err}
	}
	was, now := w.said.Interview.With, w.knownPeople(list(r.Text))
	if slices.Equal(was, now) {
		return nil
	}
	w.set(audit.Path{"interview", "with"}, namesOf(now))
	for _, f := range w.said.Flows {
		others := slices.DeleteFunc(slices.Clone(f.People), func(n string) bool { return slices.Contains(was, n) || slices.Contains(now, n) })
		w.set(inFlow(f.ID, "people"), audit.Texts(append(slices.Clone(now), others...)...))
		if len(now) > 1 && f.Effort.Whose != "" { // several speak of everybody's hours
			w.remove(inFlow(f.ID, "effort.whose"))
		}
	}
	w.move(w.said.Interview.Department, now)
	return nil
}

// move names the interview's file anew as long as it holds no flows. Later it
// keeps its name: a break between the two files would leave each flow twice.
func (w *writer) move(department string, people []string) {
	if len(w.said.Flows) == 0 {
		w.moved = freshFile(w.ws, w.said.Interview.Date, department, people)
	}
}

// who takes the name of who asks, and what the person who is asked works as.
func (w *writer) who(st step, r Reply) error {
	h, name := w.said.Interview, clean(r.Text)
	isBy := st.question == byQuestion
	switch {
	case r.Act != Answer && (isBy && h.By != "" || !isBy && h.Role != ""):
		w.remove(audit.Path{"interview", st.key})
		fallthrough
	case r.Act != Answer:
		w.mark(st.key)
		return nil
	case name == "":
		return refused{w.refusal("empty", nil)}
	case !isBy:
		id, isNew, err := w.pick(name, w.roles(), perhaps)
		if err != nil {
			return refused{err}
		}
		name = id
		if isNew {
			name = fresh(id, func(id string) bool { _, taken := w.ws.Role(id); return taken })
			w.own = append(w.own, audit.Append(audit.Path{"roles"}, audit.Fields(audit.Field{Key: "id", Value: audit.Text(name)}, audit.Field{Key: "name", Value: audit.Text(id)})))
		}
	}
	w.unmark(st.key)
	w.set(audit.Path{"interview", st.key}, audit.Text(name))
	return nil
}
