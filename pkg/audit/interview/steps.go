package interview

import (
	"slices"

	"github.com/flowmap-dev/flowmap/pkg/audit"
	"github.com/flowmap-dev/flowmap/pkg/lang"
)

// state is where an interview stands: the workspace and what the interview's
// own file says. Everything else follows from these.
type state struct {
	ws      audit.Workspace
	file    string
	said    said
	tree    *tree
	printer lang.Printer
}

// step is a question about one thing.
type step struct {
	key      string
	question *question
	flow     string // id; "" for the draft, and for what is about no flow
	thing    string // id of the system, entity or error point
	answered bool
}

// The questions that are in no file, since they are asked in a way of their
// own.
var (
	departmentQuestion = &question{ID: "department", Kind: Choice}
	withQuestion       = &question{ID: "with", Kind: Names}
	byQuestion         = &question{ID: "by", Kind: Text}
	roleQuestion       = &question{ID: "role", Kind: Role}
	openingQuestion    = &question{ID: "opening", Kind: Text, Field: "name"}
	summaryQuestion    = &question{ID: "summary", Kind: Choice}
)

// summaryKey is the last question's.
const summaryKey = "summary"

// steps lists every question that has been answered, in the order of asking,
// and the next one, which is the last. Of an interview that is complete all
// are answered.
func (s *state) steps() []step {
	l := &lister{state: s, seen: map[string]bool{}}
	if !l.who() {
		return l.steps
	}
	h := s.said.Interview
	questions := s.tree.opening.of(h.Department)
	for _, q := range questions {
		if !l.opening(q, questions) {
			return l.steps
		}
	}
	if l.closing() {
		l.add(step{key: summaryKey, question: summaryQuestion, answered: h.Complete == audit.Yes})
	}
	return l.steps
}

// lister puts steps in a row until it comes to one without an answer.
type lister struct {
	*state
	steps []step
	seen  map[string]bool // what is asked once has one step
}

// add appends a step and tells whether to go on behind it.
func (l *lister) add(s step) bool {
	if l.seen[s.key] {
		return true
	}
	l.seen[s.key] = true
	l.steps = append(l.steps, s)
	return s.answered
}

// who asks who talks with whom. The interview's file is made when the first two
// have their answers, so that these are here to be gone back to.
func (l *lister) who() bool {
	h := l.said.Interview
	return l.add(step{key: "department", question: departmentQuestion, answered: true}) &&
		l.add(step{key: "with", question: withQuestion, answered: true}) &&
		l.add(step{key: "by", question: byQuestion, answered: h.By != "" || l.said.asked("by")}) &&
		l.add(step{key: "role", question: roleQuestion, answered: h.Role != "" || l.said.asked("role")})
}

// opening asks a question that opens flows, and what is to be known of each,
// until nothing more comes to mind.
func (l *lister) opening(question string, all []string) bool {
	for _, f := range l.said.Flows {
		if l.said.opening(f.ID, all) != question {
			continue
		}
		if !l.add(step{key: question + "/" + f.ID, question: openingQuestion, flow: f.ID, thing: question, answered: true}) || !l.flow(f) {
			return false
		}
	}
	if d := l.said.Interview.Draft; d.Opening == question {
		l.draft(d)
		return false
	}
	return l.add(step{key: question, question: openingQuestion, thing: question, answered: l.said.asked(question)})
}

// draft asks for a flow's ends. It always ends at a question, since the answer
// to the last makes the draft a flow.
func (l *lister) draft(d draft) {
	l.add(step{key: d.Opening, question: openingQuestion, thing: d.Opening, answered: true})
	values := []string{d.Entity, d.From, ""}
	for i, id := range []string{"entity", "from", "to"} {
		q := l.tree.ask(id)
		answered := values[i] != "" || l.said.asked(draftKey(id))
		if !l.add(step{key: draftKey(id), question: q, answered: answered}) {
			return
		}
	}
}

func draftKey(question string) string { return "new." + question }

// ask returns a question about flows.
func (t *tree) ask(id string) *question {
	i := slices.IndexFunc(t.flow, func(q question) bool { return q.ID == id })
	return &t.flow[i]
}

// flow asks what is to be known of a flow.
func (l *lister) flow(f audit.Flow) bool {
	for i := range l.tree.flow {
		q := &l.tree.flow[i]
		switch {
		case q.About == aboutFrom && !l.thing(q, f.From):
			return false
		case q.About == aboutTo && !l.thing(q, f.To):
			return false
		case q.About == aboutEntity && !l.thing(q, f.Entity):
			return false
		case q.About != aboutFlow:
		case q.Kind == Problem:
			if !l.errors(q, f) {
				return false
			}
		case !l.applies(q, f):
		case !l.add(step{key: f.ID + "." + q.ID, question: q, flow: f.ID, answered: l.answered(q, f)}):
			return false
		}
	}
	return true
}

// applies tells whether a question is to be asked about a flow.
func (s *state) applies(q *question, f audit.Flow) bool {
	if q.ID == "same" {
		return s.said.asked(f.ID+".same") || len(s.alike(f)) > 0
	}
	return !slices.ContainsFunc(q.When, func(c condition) bool { return !s.holds(c, f) })
}

func (s *state) holds(c condition, f audit.Flow) bool {
	return slices.Contains(c.Is, s.answer(c.Answer, f))
}

// answer is what was said to a question, as conditions name it: an option's
// id, else given or missing.
func (s *state) answer(id string, f audit.Flow) string {
	given := false
	switch id {
	case "effort":
		given = f.Effort.Stated()
	case "alone":
		given = len(s.said.Interview.With) <= 1
	default:
		q := s.tree.ask(id)
		if c := chosen(q, f); c != "" {
			return c
		}
		given = text(f, q.Field) != ""
	}
	if given {
		return "given"
	}
	return "missing"
}

// chosen is the option whose fields a flow states: of several, the one that
// states most.
func chosen(q *question, f audit.Flow) string {
	best, most := "", 0
	for _, c := range q.Options {
		settings := c.Set
		if len(settings) == 0 {
			settings = []setting{{q.Field, c.ID}}
		}
		differs := func(s setting) bool { return text(f, s.Field) != s.Value }
		if len(settings) > most && !slices.ContainsFunc(settings, differs) {
			best, most = c.ID, len(settings)
		}
	}
	return best
}

// answered tells whether a flow's question has its answer: in the field, or as
// not known, or as asked.
func (s *state) answered(q *question, f audit.Flow) bool {
	if s.said.asked(f.ID+"."+q.ID) || s.said.notKnown(f.ID, q.Open) {
		return true
	}
	return !q.Mark && text(f, q.Field) != ""
}

// errors asks what goes wrong, and about each thing that does, until there is
// nothing more.
func (l *lister) errors(q *question, f audit.Flow) bool {
	key := f.ID + "." + q.ID
	for _, p := range f.Errors {
		if !l.add(step{key: key + "/" + pointID(p), question: q, flow: f.ID, thing: pointID(p), answered: true}) || !l.pointOf(f, p) {
			return false
		}
	}
	none := f.Errors != nil && len(f.Errors) == 0
	return l.add(step{key: key, question: q, flow: f.ID, answered: none || l.said.asked(key) || l.said.notKnown(f.ID, q.Open)})
}

func pointID(p audit.ErrorPoint) string {
	if p.ID != "" {
		return p.ID
	}
	return p.What
}

func (l *lister) pointOf(f audit.Flow, p audit.ErrorPoint) bool {
	for i := range l.tree.point {
		q := &l.tree.point[i]
		s := step{key: f.ID + ".errors/" + pointID(p) + "." + q.ID, question: q, flow: f.ID, thing: pointID(p)}
		s.answered = pointText(p, q.Field) != "" || l.said.notKnown(f.ID, pointOpen(p, q.Open))
		if !l.add(s) {
			return false
		}
	}
	return true
}

// pointOpen is how not_known names a field of an error point.
func pointOpen(p audit.ErrorPoint, field string) string { return "errors." + pointID(p) + "." + field }

// thing asks about a system or an entity, once in an interview, and only where
// it is not known for sure.
func (l *lister) thing(q *question, id string) bool {
	key := id + "/" + q.ID
	asked := l.said.asked(key)
	if id == "" || !asked && !l.isOpen(q, id) {
		return true
	}
	return l.add(step{key: key, question: q, thing: id, answered: asked})
}

// isOpen tells whether nobody has said for sure what the question asks for.
func (s *state) isOpen(q *question, id string) bool {
	if q.About == aboutEntity {
		e, ok := s.ws.Entity(id)
		return ok && (entityText(e, q.Field) == "" || q.Field == "record" && e.Confirmed == audit.No)
	}
	sys, ok := s.ws.System(id)
	switch {
	case !ok:
		return false
	case q.Field == "name":
		return sys.Confirmed == audit.No && !isPlain(sys.Kind)
	case q.Field == "kind":
		i := slices.IndexFunc(s.said.Systems, func(o audit.System) bool { return o.ID == id })
		return i >= 0 && s.said.Systems[i].Kind == "" && !isNowhere(id)
	}
	return !sys.Kind.Outside() && sys.Kind != audit.Paper && !isNowhere(id) && systemText(sys, q.Field) == ""
}

// closing asks what is left to know of the systems and entities that came up.
func (l *lister) closing() bool {
	systems, entities := l.cameUp()
	for i := range l.tree.closing {
		q := &l.tree.closing[i]
		if !q.askedIn(l.said.Interview.Department) {
			continue
		}
		things := systems
		if q.About == aboutEntity {
			things = entities
		}
		for _, id := range things {
			if !l.thing(q, id) {
				return false
			}
		}
	}
	return true
}

// cameUp lists the systems and entities of this interview's flows.
func (s *state) cameUp() (systems, entities []string) {
	for _, f := range s.said.Flows {
		for _, id := range []string{f.From, f.To} {
			if id != "" && !slices.Contains(systems, id) {
				systems = append(systems, id)
			}
		}
		if f.Entity != "" && !slices.Contains(entities, f.Entity) {
			entities = append(entities, f.Entity)
		}
	}
	return systems, entities
}

// alike lists the flows that others described with the same ends and entity,
// and that this interview has not named.
func (s *state) alike(f audit.Flow) []audit.Flow {
	var found []audit.Flow
	for _, g := range s.ws.Flows {
		if _, mine := s.said.flow(g.ID); !mine && g.From == f.From && g.To == f.To && g.Entity == f.Entity {
			found = append(found, g)
		}
	}
	return found
}

// The systems that stand for an end that nobody knows yet.
const (
	unknownFrom = "origin-not-known"
	unknownTo   = "target-not-known"
)

func isNowhere(id string) bool { return id == unknownFrom || id == unknownTo }
