package audit

import (
	"fmt"
	"slices"
	"unique"
)

// problem reports a problem at a place, with the user's line where there is
// one.
func (l *loader) problem(p Place, message, hint string) {
	if d := l.texts[p.File]; d != nil {
		l.problems = append(l.problems, d.problem(int(p.Line), int(p.Column), message, hint))
		return
	}
	l.problems = append(l.problems, Problem{Place: p, Message: message, Hint: hint})
}

// fieldPlace returns where one file states a field of a thing.
func (l *loader) fieldPlace(kind, id, field string, t *told) Place {
	places := t.things[placeKey{kind, id}]
	wanted := unique.Make(field)
	for _, p := range places {
		if p.field == wanted {
			return p.place()
		}
	}
	if len(places) > 0 {
		return places[0].place()
	}
	return Place{File: t.file, Line: 1, Column: 1}
}

// resolve reports references to what is nowhere defined.
func (l *loader) resolve() {
	for _, r := range l.refs {
		if l.w.defined(r.kind, r.id) {
			continue
		}
		kind := r.kind
		if kind == "found" {
			kind = "system"
		}
		message := fmt.Sprintf("unknown %s %q", kind, r.id)
		if r.thing != "" {
			message = r.thing + ": " + message
		}
		hint := l.meant(kind, r.id)
		if r.kind == "found" {
			hint += "; or write customer, supplier or colleague"
		}
		l.problem(Place{r.file, int32(r.line), int32(r.column)}, message, hint)
	}
}

// finders are those besides systems in whose hands an error surfaces.
var finders = []string{"customer", "supplier", "colleague"}

// defined tells whether there is a thing of the kind with the id.
func (w Workspace) defined(kind, id string) bool {
	ok := true
	switch kind {
	case "system":
		_, ok = w.System(id)
	case "found":
		_, ok = w.System(id)
		ok = ok || slices.Contains(finders, id)
	case "entity":
		_, ok = w.Entity(id)
	case "role":
		_, ok = w.Role(id)
	case "flow":
		_, ok = w.Flow(id)
	}
	return ok
}

// mostHints is how many unknown names get a hint. Who has more of them does
// not need each, and comparing 10,000 names with 10,000 ids takes minutes.
const mostHints = 200

// meant is the hint for an id that is not known.
func (l *loader) meant(kind, id string) string {
	if l.hints++; l.hints > mostHints {
		return "define it, or correct the name"
	}
	known, ok := l.known[kind]
	if !ok {
		known = l.w.ids(kind)
		l.known[kind] = known
	}
	return meant(id, known, plural(kind))
}

func plural(kind string) string {
	if kind == "entity" {
		return "entities"
	}
	return kind + "s"
}

// ids lists the ids of a kind, sorted.
func (w Workspace) ids(kind string) []string {
	var ids []string
	switch kind {
	case "system":
		for _, s := range w.Systems {
			ids = append(ids, s.ID)
		}
	case "entity":
		for _, e := range w.Entities {
			ids = append(ids, e.ID)
		}
	case "role":
		for _, r := range w.Roles {
			ids = append(ids, r.ID)
		}
	case "flow":
		for _, f := range w.Flows {
			ids = append(ids, f.ID)
		}
	}
	slices.Sort(ids)
	return ids
}

// assumptions are those in force while statements are settled.
func (l *loader) assumptions() Assumptions {
	w := Workspace{Currency: l.w.Currency, Assumptions: l.w.Assumptions}
	w.fillAssumptions()
	return w.Assumptions
}
