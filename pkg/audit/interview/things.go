package interview

import (
	"cmp"
	"slices"
	"strings"
	"unicode"

	"github.com/flowmap-dev/flowmap/pkg/audit"
	"github.com/flowmap-dev/flowmap/pkg/catalogue"
)

// product is a program that the catalogue knows.
type product struct{ id, name, kind string }

// products lists them by the names that people use: "Sage (Accounting, 50, 200,
// Intacct)" is called Sage.
func products(c catalogue.Catalogue) []product {
	all := make([]product, 0, len(c.Products))
	for _, p := range c.Products {
		name, _, _ := strings.Cut(p.Name, " (")
		all = append(all, product{p.ID, name, p.Kind})
	}
	return all
}

// product finds the program that a name means: its own, or its own and more
// words, as in "Sage 50".
func (w *writer) product(name string) (product, bool) {
	var best product
	for _, p := range w.products {
		known, typed := fold(p.name), fold(name)
		if (typed == known || strings.HasPrefix(typed, known+" ")) && len(p.name) > len(best.name) {
			best = p
		}
	}
	return best, best.id != ""
}

// kindOf finds the kind of system that a name is the word for: e-mail, paper,
// a spreadsheet.
func (w *writer) kindOf(name string) string {
	for _, kind := range audit.Kind("").Options() {
		words := []string{w.Text("kind."+kind, nil)}
		if more := "ask.kind." + kind; w.Has(more) {
			words = append(words, strings.Split(w.Text(more, nil), ";")...)
		}
		if slices.ContainsFunc(words, func(word string) bool { return fold(word) == fold(name) }) {
			return kind
		}
	}
	return ""
}

// newSystem makes a system that the interview is the first to name.
func (w *writer) newSystem(name string) string {
	id := fresh(name, func(id string) bool { _, taken := w.ws.System(id); return taken })
	fields := []audit.Field{{Key: "id", Value: audit.Text(id)}, {Key: "name", Value: audit.Text(name)}}
	kind := w.kindOf(name)
	if p, ok := w.product(name); ok {
		fields = append(fields, audit.Field{Key: "product", Value: audit.Text(p.id)})
		kind = p.kind
	}
	if kind != "" {
		fields = append(fields, audit.Field{Key: "kind", Value: audit.Text(kind)})
	}
	w.own = append(w.own, audit.Append(audit.Path{"systems"}, audit.Fields(fields...)))
	w.made = true
	return id
}

// newEntity makes a type of data that the interview is the first to name.
func (w *writer) newEntity(name string) string {
	id := fresh(name, func(id string) bool { _, taken := w.ws.Entity(id); return taken })
	w.own = append(w.own, audit.Append(audit.Path{"entities"}, audit.Fields(audit.Field{Key: "id", Value: audit.Text(id)}, audit.Field{Key: "name", Value: audit.Text(name)})))
	w.made = true
	return id
}

// nowhere is the system that stands for an end that nobody knows.
func (w *writer) nowhere(id string) string {
	if _, ok := w.ws.System(id); !ok {
		w.own = append(w.own, audit.Append(audit.Path{"systems"}, audit.Fields(audit.Field{Key: "id", Value: audit.Text(id)},
			audit.Field{Key: "name", Value: audit.Text(w.Text("ask."+id, nil))})))
	}
	return id
}

// aboutThing takes what is asked once about a system or an entity. It goes to
// the file that states the thing.
func (w *writer) aboutThing(st step, r Reply) error {
	q := st.question
	w.mark(st.key)
	if r.Act != Answer {
		return nil
	}
	switch {
	case q.Field == "record":
		return w.record(st, r)
	case q.Field == "name":
		return w.named(st.thing, clean(r.Text))
	case q.Field == "interfaces":
		return w.interfaces(st, r)
	case q.Kind == Choice:
		id, _, err := w.pick(r.Text, w.options(st), never)
		if err != nil {
			return refused{err}
		}
		return w.field(q.thingKind(), st.thing, q.Field, audit.Text(id))
	}
	return w.field(q.thingKind(), st.thing, q.Field, audit.Text(clean(r.Text)))
}

func (q *question) thingKind() string {
	if q.About == aboutEntity {
		return "entity"
	}
	return "system"
}

// record takes which system is right when two disagree.
func (w *writer) record(st step, r Reply) error {
	id, isNew, err := w.pick(r.Text, w.options(st), perhaps)
	if err != nil {
		return refused{err}
	}
	if isNew {
		id = w.newSystem(id)
	}
	if e, _ := w.ws.Entity(st.thing); e.Confirmed == audit.No {
		if err := w.field("entity", st.thing, "confirmed", audit.Text(string(audit.Yes))); err != nil {
			return err
		}
	}
	return w.field("entity", st.thing, "record", audit.Text(id))
}

// named takes what a system is called here, which confirms that it is there.
func (w *writer) named(id, name string) error {
	if !strings.ContainsFunc(name, unicode.IsLetter) {
		return refused{w.refusal("words", nil)}
	}
	sys, _ := w.ws.System(id)
	if err := w.field("system", id, "name", audit.Text(name)); err != nil {
		return err
	}
	if p, ok := w.product(name); ok && sys.Product == "" {
		if err := w.field("system", id, "product", audit.Text(p.id)); err != nil {
			return err
		}
	}
	return w.field("system", id, "confirmed", audit.Text(string(audit.Yes)))
}

// interfaces takes the ways in which a program may reach a system.
func (w *writer) interfaces(st step, r Reply) error {
	var ids []string
	for _, item := range list(r.Text) {
		id, _, err := w.pick(item, w.options(st), never)
		if err != nil {
			return refused{err}
		}
		ids = append(ids, id)
	}
	return w.field("system", st.thing, "interfaces", audit.Texts(ids...))
}

// field states a field of a thing in the file that states the thing.
func (w *writer) field(kind, id, field string, v audit.Value) error {
	change, err := w.ws.SetField(kind, id, field, v, w.homeOf(kind, id))
	if err != nil {
		return err
	}
	if change.Name == w.file {
		w.own = append(w.own, change.Changes...)
		return nil
	}
	i := slices.IndexFunc(w.others, func(c audit.FileChange) bool { return c.Name == change.Name })
	if i < 0 {
		w.others = append(w.others, change)
		return nil
	}
	w.others[i].Changes = append(w.others[i].Changes, change.Changes...)
	return nil
}

// homeOf is the file that a thing stands in first.
func (w *writer) homeOf(kind, id string) string {
	return cmp.Or(w.ws.Place(kind, id, "id").File, w.file)
}

func (s *state) systemName(id string) string {
	sys, _ := s.ws.System(id)
	return cmp.Or(sys.Label(), id)
}

func (s *state) entityName(id string) string {
	e, _ := s.ws.Entity(id)
	return cmp.Or(e.Label(), id)
}

// flowName is what a flow is called: by those who described it first, or here.
func (s *state) flowName(f audit.Flow) string {
	settled, _ := s.ws.Flow(f.ID)
	return cmp.Or(f.Name, settled.Label(), f.ID)
}

// knownPerson writes a name as the workspace does already.
func (s *state) knownPerson(name string) string {
	for _, known := range s.people() {
		if fold(known) == fold(name) {
			return known
		}
	}
	return name
}

// knownPeople writes names as the workspace does already.
func (s *state) knownPeople(names []string) []string {
	known := make([]string, len(names))
	for i, name := range names {
		known[i] = s.knownPerson(name)
	}
	return known
}

// people lists everybody who is named, each once.
func (s *state) people() []string {
	var all []string
	add := func(names []string) {
		for _, n := range names {
			if n != "" && !slices.ContainsFunc(all, func(k string) bool { return fold(k) == fold(n) }) {
				all = append(all, n)
			}
		}
	}
	for _, i := range s.ws.Interviews {
		add(i.With)
	}
	for _, f := range s.ws.Flows {
		add(f.People)
	}
	return all
}
