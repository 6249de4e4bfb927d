package audit

import (
	"fmt"
	"slices"
	"strings"
)

// at reports a problem at a place of a file.
func (l *loader) at(file string, p Place, message, hint string) {
	d := l.texts[file]
	if d == nil {
		l.problems = append(l.problems, Problem{Place: p, Message: message, Hint: hint})
		return
	}
	before := len(d.problems)
	d.report(int(p.Line), int(p.Column), message, hint)
	l.problems = append(l.problems, d.problems[before:]...)
}

// problem reports a problem at a place.
func (l *loader) problem(p Place, message, hint string) { l.at(p.File, p, message, hint) }

// fieldPlace returns where one file states a field of a thing.
func (l *loader) fieldPlace(kind, id, field string, t *told) Place {
	places := t.things[placeKey{kind, id}]
	for _, p := range places {
		if p.field == field {
			return Place{File: p.file, Line: p.line, Column: p.column}
		}
	}
	if len(places) > 0 {
		return Place{File: places[0].file, Line: places[0].line, Column: places[0].column}
	}
	return Place{File: t.file, Line: 1, Column: 1}
}

// second finds where an id stands for the second time in a file, by reading
// the file again: it happens to be wrong.
func (l *loader) second(kind, id, file string) Place {
	d := newDecoder(&document{name: file, text: l.texts[file].text})
	root := d.parse()
	list := map[string]string{"role": "roles", "system": "systems", "entity": "entities", "flow": "flows"}[kind]
	seen := 0
	for i := 0; root != nil && i+1 < len(root.Content); i += 2 {
		if root.Content[i].Value != list {
			continue
		}
		for _, item := range target(root.Content[i+1]).Content {
			for j, m := 0, target(item); j+1 < len(m.Content); j += 2 {
				if m.Content[j].Value == "id" && target(m.Content[j+1]).Value == id {
					if seen++; seen == 2 {
						return d.place(m.Content[j+1])
					}
				}
			}
		}
	}
	return Place{File: file, Line: 1, Column: 1}
}

// resolve reports references to what is nowhere defined.
func (l *loader) resolve() {
	for _, r := range l.refs {
		kind, known := r.kind, true
		switch r.kind {
		case "system":
			_, known = l.w.System(r.id)
		case "entity":
			_, known = l.w.Entity(r.id)
		case "role":
			_, known = l.w.Role(r.id)
		case "flow":
			_, known = l.w.Flow(r.id)
		case "found":
			kind = "system"
			_, known = l.w.System(r.id)
			known = known || slices.Contains(finders, r.id)
		}
		if known {
			continue
		}
		message := fmt.Sprintf("unknown %s %q", kind, r.id)
		if r.thing != "" {
			message = r.thing + ": " + message
		}
		hint := meant(r.id, l.ids(kind), plural[kind])
		if r.kind == "found" {
			hint += "; or write customer, supplier or colleague"
		}
		l.problem(Place{r.file, int32(r.line), int32(r.column)}, message, hint)
	}
}

// finders are those besides systems in whose hands an error surfaces.
var finders = []string{"customer", "supplier", "colleague"}

var plural = map[string]string{"system": "systems", "entity": "entities", "role": "roles", "flow": "flows"}

// ids lists the ids of a kind, sorted.
func (l *loader) ids(kind string) []string {
	var ids []string
	switch kind {
	case "system":
		for _, s := range l.w.Systems {
			ids = append(ids, s.ID)
		}
	case "entity":
		for _, e := range l.w.Entities {
			ids = append(ids, e.ID)
		}
	case "role":
		for _, r := range l.w.Roles {
			ids = append(ids, r.ID)
		}
	case "flow":
		for _, f := range l.w.Flows {
			ids = append(ids, f.ID)
		}
	}
	slices.SortFunc(ids, strings.Compare)
	return ids
}

// assumptions are those in force while statements are settled.
func (l *loader) assumptions() Assumptions {
	w := Workspace{Currency: l.w.Currency, Assumptions: l.w.Assumptions}
	w.fillAssumptions()
	return w.Assumptions
}
