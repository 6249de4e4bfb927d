package interview

import (
	"cmp"
	"slices"
	"strings"

	"github.com/flowmap-dev/flowmap/pkg/audit"
)

var draftPath = audit.Path{"interview", "x-draft"}

// opening takes what a question brought to mind: a new flow or one that others
// described, the name of one, or nothing more.
func (w *writer) opening(st step, r Reply) error {
	d := w.said.Interview.Draft
	isDraft := st.flow == "" && d.Opening == st.thing
	if r.Act == Answer {
		return w.name(st, r, isDraft)
	}
	switch {
	case st.flow != "":
		w.dropFlow(st.flow)
		w.next = st.thing
	default:
		if isDraft {
			w.dropDraft()
		}
		w.mark(st.key)
	}
	return nil
}

// name takes what a flow is called.
func (w *writer) name(st step, r Reply, isDraft bool) error {
	name, isNew, err := w.pickFlow(st, r)
	if err != nil {
		return refused{err}
	}
	switch {
	case st.flow != "" && !isNew && name == st.flow:
	case st.flow != "" && !isNew:
		w.dropFlow(st.flow)
		w.told(st, name)
	case st.flow != "":
		w.rename(name)
	case !isNew:
		if isDraft {
			w.dropDraft()
		}
		w.told(st, name)
	case isDraft:
		w.set(append(draftPath, "name"), audit.Text(name))
	default:
		w.unmark(st.key)
		w.set(draftPath, audit.Fields(audit.Field{Key: "opening", Value: audit.Text(st.thing)}, audit.Field{Key: "name", Value: audit.Text(name)}))
	}
	return nil
}

// pickFlow finds the flow that a name means, or the new name. That of the flow
// itself is no new one.
func (w *writer) pickFlow(st step, r Reply) (name string, isNew bool, err error) {
	f, mine := w.said.flow(st.flow)
	if name = clean(r.Text); mine && (fold(name) == fold(f.Name) || fold(name) == fold(f.Notes)) {
		return name, true, nil
	}
	return w.pick(r.Text, w.options(st), whole)
}

// told makes a second statement about a flow that others described. Its ends
// are theirs, and what is asked is how much and how well.
func (w *writer) told(st step, id string) {
	f, _ := w.ws.Flow(id)
	fields := []audit.Field{{Key: "id", Value: audit.Text(id)}}
	for _, end := range []string{"entity", "from", "to"} {
		if value := text(f, end); value != "" {
			fields = append(fields, audit.Field{Key: end, Value: audit.Text(value)})
		}
	}
	fields = append(fields, audit.Field{Key: "people", Value: audit.Texts(w.said.Interview.With...)})
	w.unmark(st.thing)
	w.own = append(w.own, audit.Append(audit.Path{"flows"}, audit.Fields(fields...)))
	w.set(audit.Path{"interview", "x-opened", id}, audit.Text(st.thing))
	w.mark(id + ".same")
	w.flow, w.next = id, st.thing+"/"+id
}

// rename gives a flow another name. Of one that somebody else described, the
// name is theirs, and what was said here is a note; where nothing else was said
// here, it is another flow.
func (w *writer) rename(name string) {
	f, _ := w.said.flow(w.flow)
	switch {
	case !w.isShared(f.ID):
		w.set(inFlow(f.ID, "name"), audit.Text(name))
	case f.Notes != "":
		w.set(inFlow(f.ID, "notes"), audit.Text(name))
	default: // it was called as they call it, and is another
		w.part(f, name)
		w.next = w.said.opening(f.ID, w.tree.opening.of(w.said.Interview.Department)) + "/" + w.flow
	}
}

// isShared tells whether another file describes the flow too.
func (s *state) isShared(id string) bool {
	for _, i := range s.ws.Interviews {
		if i.File == s.file {
			continue
		}
		if other, err := readSaid(s.ws, i.File); err == nil {
			if _, ok := other.flow(id); ok {
				return true
			}
		}
	}
	p := s.ws.Place("flow", id, "id")
	return !p.IsZero() && p.File != s.file
}

// dropDraft forgets a flow whose ends are not known yet.
func (w *writer) dropDraft() {
	w.remove(draftPath)
	for _, id := range []string{"entity", "from", "to"} {
		w.unmark(draftKey(id))
	}
}

// dropFlow takes back a flow, and all that was asked about it.
func (w *writer) dropFlow(id string) {
	w.remove(audit.Path{"flows", "[id=" + id + "]"})
	w.remove(audit.Path{"interview", "x-opened", id})
	for _, key := range w.said.Interview.Asked {
		if belongs(key, id) {
			w.remove(audit.Path{"interview", "x-asked", "[=" + key + "]"})
		}
	}
	for _, key := range w.said.Interview.NotKnown {
		if belongs(key, id) {
			w.remove(audit.Path{"interview", "not_known", "[=" + key + "]"})
		}
	}
}

func belongs(key, flow string) bool { return len(key) > len(flow) && key[:len(flow)+1] == flow+"." }

// draftEnd takes what moves, or an end of a flow that is not known yet. With
// the second end it becomes a flow.
func (w *writer) draftEnd(q *question, r Reply) error {
	d := w.said.Interview.Draft
	id, err := w.end(q, r, d.From)
	if err != nil {
		return err
	}
	switch q.Field {
	case "to":
		w.makeFlow(d, id)
		return nil
	case "from":
		if d.From != id {
			w.dropUnused("systems", d.From, audit.Flow{})
		}
	case "entity":
		if d.Entity != id {
			w.dropUnused("entities", d.Entity, audit.Flow{})
		}
		if id == "" {
			w.mark(draftKey("entity"))
			if d.Entity != "" {
				w.remove(append(draftPath, "entity"))
			}
			return nil
		}
		w.unmark(draftKey("entity"))
	}
	w.set(append(draftPath, q.Field), audit.Text(id))
	return nil
}

// end is the system or entity that an answer names, made if it is new.
func (w *writer) end(q *question, r Reply, from string) (string, error) {
	if r.Act != Answer {
		switch q.Field {
		case "from":
			return w.nowhere(unknownFrom), nil
		case "to":
			return w.nowhere(unknownTo), nil
		}
		return "", nil
	}
	if clean(r.Text) == "" {
		return "", refused{w.refusal("empty", nil)}
	}
	new := perhaps
	if q.Kind == Entity {
		new = careful
	}
	id, isNew, err := w.pick(r.Text, w.things(q), new)
	if err != nil {
		return "", refused{err}
	}
	if isNew && q.Kind == Entity {
		id = w.newEntity(id)
	} else if isNew {
		id = w.newSystem(id)
	}
	if q.Field == "to" && id == from {
		return "", refused{w.refusal("same_end", nil)}
	}
	return id, w.confirmPlain(q, id)
}

// confirmPlain confirms a place that an archetype brought and that has no
// program's name to ask for: paper, the phone, spreadsheets.
func (w *writer) confirmPlain(q *question, id string) error {
	sys, ok := w.ws.System(id)
	if q.Kind != System || !ok || sys.Confirmed != audit.No || !isPlain(sys.Kind) {
		return nil
	}
	return w.field("system", id, "confirmed", audit.Text(string(audit.Yes)))
}

// isPlain tells whether a kind of place is called the same in every company.
func isPlain(k audit.Kind) bool { return k.Outside() || k == audit.Paper || k == audit.Spreadsheet }

// makeFlow makes a flow of the draft.
func (w *writer) makeFlow(d draft, to string) {
	h := w.said.Interview
	id := fresh(d.Name, func(id string) bool { _, taken := w.ws.Flow(id); return taken })
	fields := []audit.Field{{Key: "id", Value: audit.Text(id)}, {Key: "name", Value: audit.Text(d.Name)}}
	add := func(key, value string) {
		if value != "" {
			fields = append(fields, audit.Field{Key: key, Value: audit.Text(value)})
		}
	}
	add("entity", d.Entity)
	add("from", d.From)
	add("to", to)
	add("department", h.Department)
	fields = append(fields, audit.Field{Key: "people", Value: audit.Texts(h.With...)})
	add("role", h.Role)
	w.dropDraft()
	w.own = append(w.own, audit.Append(audit.Path{"flows"}, audit.Fields(fields...)))
	w.set(audit.Path{"interview", "x-opened", id}, audit.Text(d.Opening))
	if d.Entity == "" {
		w.unknown(id, "entity")
	}
	w.flow, w.next = id, id+".to"
}

// moveEnd gives a flow another end, or another type of data. One that somebody
// else described stays as they did, and this becomes one of its own.
func (w *writer) moveEnd(st step, r Reply) error {
	f, _ := w.said.flow(st.flow)
	q := st.question
	other := f.From
	if q.Field == "from" {
		other = f.To
	}
	id, err := w.end(q, r, f.From)
	switch {
	case err != nil:
		return err
	case id == text(f, q.Field):
		return nil
	case id == other && q.Kind == System:
		return refused{w.refusal("same_end", nil)}
	}
	if w.isShared(f.ID) {
		w.part(f, cmp.Or(f.Notes, w.flowName(f)))
	}
	list := "systems"
	if q.Kind == Entity {
		list = "entities"
	}
	w.dropUnused(list, text(f, q.Field), f)
	if id == "" {
		w.remove(inFlow(w.flow, q.Field))
		w.unknown(w.flow, q.Open)
		return nil
	}
	w.set(inFlow(w.flow, q.Field), audit.Text(id))
	w.known(f.ID, q.Open)
	return nil
}

// dropUnused takes away a system or an entity that this interview made, once
// the flow that named it, or the draft, names another: it was a slip.
func (w *writer) dropUnused(list, id string, by audit.Flow) {
	made := slices.ContainsFunc(w.said.Systems, func(s audit.System) bool { return list == "systems" && s.ID == id }) ||
		slices.ContainsFunc(w.said.Entities, func(e audit.Entity) bool { return list == "entities" && e.ID == id })
	named := 0
	for _, f := range w.ws.Flows {
		named += mentions(f, id)
	}
	isRecord := slices.ContainsFunc(w.ws.Entities, func(e audit.Entity) bool { return e.Record == id })
	if !made || isRecord || named > min(mentions(by, id), 1) {
		return
	}
	w.remove(audit.Path{list, "[id=" + id + "]"})
	for _, key := range w.said.Interview.Asked {
		if strings.HasPrefix(key, id+"/") {
			w.remove(audit.Path{"interview", "x-asked", "[=" + key + "]"})
		}
	}
}

// mentions counts how often a flow names a system or an entity.
func mentions(f audit.Flow, id string) int {
	n := 0
	for _, name := range []string{f.Entity, f.From, f.To} {
		if name == id {
			n++
		}
	}
	for _, p := range f.Errors {
		if p.FoundIn == id {
			n++
		}
	}
	return n
}

// same takes whether a flow is one that somebody described already. Then this
// interview speaks of that one.
func (w *writer) same(st step, r Reply) error {
	f, _ := w.said.flow(st.flow)
	id := newFlow
	if r.Act == Answer {
		picked, _, err := w.pick(r.Text, w.options(st), never)
		if err != nil {
			return refused{err}
		}
		id = picked
	}
	switch shared := w.isShared(f.ID); {
	case id == newFlow && shared:
		w.part(f, cmp.Or(f.Notes, w.flowName(f)))
	case id != newFlow && id != f.ID:
		w.join(f, id)
	}
	w.mark(w.flow + ".same")
	return nil
}

// join makes the flow a second statement about another: the name is theirs.
func (w *writer) join(f audit.Flow, id string) {
	if f.Name != "" {
		w.set(inFlow(f.ID, "notes"), audit.Text(f.Name))
		w.remove(inFlow(f.ID, "name"))
	}
	for _, field := range []string{"department", "role"} {
		if field == "department" && f.Department != "" || field == "role" && f.Role != "" {
			w.remove(inFlow(f.ID, field))
		}
	}
	w.giveID(f.ID, id)
}

// part makes a second statement a flow of its own.
func (w *writer) part(f audit.Flow, name string) {
	h := w.said.Interview
	w.set(inFlow(f.ID, "name"), audit.Text(name))
	if f.Notes != "" {
		w.remove(inFlow(f.ID, "notes"))
	}
	if h.Department != "" {
		w.set(inFlow(f.ID, "department"), audit.Text(h.Department))
	}
	if h.Role != "" {
		w.set(inFlow(f.ID, "role"), audit.Text(h.Role))
	}
	w.giveID(f.ID, fresh(name, func(id string) bool { _, taken := w.ws.Flow(id); return taken }))
}

// giveID gives the flow of this interview another id, here and wherever the
// interview names it.
func (w *writer) giveID(old, id string) {
	w.set(inFlow(old, "id"), audit.Text(id))
	questions := w.tree.opening.of(w.said.Interview.Department)
	question := w.said.opening(old, questions)
	if slices.ContainsFunc(w.said.Interview.Opened, func(o opened) bool { return o.Flow == old }) {
		w.remove(audit.Path{"interview", "x-opened", old})
	}
	w.set(audit.Path{"interview", "x-opened", id}, audit.Text(question))
	for _, key := range w.said.Interview.Asked {
		if belongs(key, old) {
			w.set(audit.Path{"interview", "x-asked", "[=" + key + "]"}, audit.Text(id+key[len(old):]))
		}
	}
	for _, key := range w.said.Interview.NotKnown {
		if belongs(key, old) {
			w.set(audit.Path{"interview", "not_known", "[=" + key + "]"}, audit.Text(id+key[len(old):]))
		}
	}
	if belongs(w.next, old) {
		w.next = id + w.next[len(old):]
	}
	w.flow = id
	for i, key := range w.said.Interview.Asked { // so that mark sees them
		if belongs(key, old) {
			w.said.Interview.Asked[i] = id + key[len(old):]
		}
	}
}
