package audit

import (
	"fmt"
	"reflect"
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"
)

// With returns the workspace with some values replaced, and leaves w as it is.
// Keys are assumptions (hourly_cost), or fields of a thing: roles.ID.FIELD,
// systems.ID.FIELD, entities.ID.FIELD, flows.ID.FIELD, where a field within
// another has a point, as in flows.web-orders.effort.hours_per_week or
// flows.web-orders.errors.wrong-sku.rate. The error is Problems.
func (w Workspace) With(settings ...Setting) (Workspace, error) {
	w.Roles, w.Systems = slices.Clone(w.Roles), slices.Clone(w.Systems)
	w.Entities, w.Flows = slices.Clone(w.Entities), slices.Clone(w.Flows)
	w.Assumptions.ExchangeRates = slices.Clone(w.Assumptions.ExchangeRates)
	var problems Problems
	for _, s := range settings {
		problems = append(problems, w.set(s)...)
	}
	return w, problems.asError()
}

// Apply returns the workspace as a scenario has it.
func (w Workspace) Apply(s Scenario) (Workspace, error) {
	w, err := w.With(s.Set...)
	if err != nil {
		return w, err
	}
	return w.Without(s.Without...), nil
}

// Without returns the workspace without some flows, and without what other
// flows say of them.
func (w Workspace) Without(ids ...string) Workspace {
	gone := func(id string) bool { return slices.Contains(ids, id) }
	w.Flows = slices.DeleteFunc(slices.Clone(w.Flows), func(f Flow) bool { return gone(f.ID) })
	for i := range w.Flows {
		f := &w.Flows[i]
		f.After = slices.DeleteFunc(slices.Clone(f.After), gone)
		f.Overlaps = slices.DeleteFunc(slices.Clone(f.Overlaps), func(o Overlap) bool { return gone(o.Flow) })
	}
	w.reindex()
	return w
}

// setter replaces one value.
type setter struct {
	decoder *decoder
	setting Setting
	node    *yaml.Node
}

func (w *Workspace) set(s Setting) Problems {
	place := s.Place
	if place.IsZero() {
		place = Place{File: "--set"}
	}
	d := newDecoder(&document{name: place.File, text: []byte(s.Value)})
	node := d.parse()
	if node == nil && len(d.problems) == 0 {
		d.at(&yaml.Node{Line: 1, Column: 1}, "no value", "write "+s.Key+"=VALUE")
	}
	if node != nil {
		t := setter{decoder: d, setting: s, node: node}
		if bad := w.setTarget(t); bad.bad() {
			d.at(node, bad.message, bad.hint)
		}
		for _, r := range d.refs {
			if !w.defined(r.kind, r.id) {
				d.at(node, fmt.Sprintf("%s: unknown %s %q", s.Key, r.kind, r.id), "")
			}
		}
	}
	for i := range d.problems {
		d.problems[i].Place, d.problems[i].Source = place, ""
	}
	return d.problems
}

func (w Workspace) defined(kind, id string) bool {
	ok := true
	switch kind {
	case "system", "found":
		_, ok = w.System(id)
		ok = ok || kind == "found" && slices.Contains(finders, id)
	case "entity":
		_, ok = w.Entity(id)
	case "role":
		_, ok = w.Role(id)
	case "flow":
		_, ok = w.Flow(id)
	}
	return ok
}

// setTarget finds what the key names and sets it.
func (w *Workspace) setTarget(t setter) fault {
	list, rest, _ := strings.Cut(t.setting.Key, ".")
	id, path, _ := strings.Cut(rest, ".")
	switch list {
	case "roles":
		return setThing(t, w.Roles, "role", id, path, func(r Role) string { return r.ID })
	case "systems":
		return setThing(t, w.Systems, "system", id, path, func(s System) string { return s.ID })
	case "entities":
		return setThing(t, w.Entities, "entity", id, path, func(e Entity) string { return e.ID })
	case "flows":
		return w.setFlow(t, id, path)
	}
	return t.field(reflectOf(&w.Assumptions), strings.TrimPrefix(t.setting.Key, "assumptions."))
}

func setThing[T any](t setter, things []T, kind, id, path string, idOf func(T) string) fault {
	i := slices.IndexFunc(things, func(thing T) bool { return idOf(thing) == id })
	if i < 0 {
		ids := make([]string, len(things))
		for j := range things {
			ids[j] = idOf(things[j])
		}
		return fault{fmt.Sprintf("unknown %s %q in %s", kind, id, t.setting.Key), meant(id, ids, plural[kind])}
	}
	return t.field(reflectOf(&things[i]), path)
}

// setFlow sets a flow's field. What is set is the audit's answer: it takes the
// place of what interviews say.
func (w *Workspace) setFlow(t setter, id, path string) fault {
	if rest, ok := strings.CutPrefix(path, "errors."); ok {
		return w.setPoint(t, id, rest)
	}
	if bad := setThing(t, w.Flows, "flow", id, path, func(f Flow) string { return f.ID }); bad.bad() {
		return bad
	}
	i := slices.IndexFunc(w.Flows, func(f Flow) bool { return f.ID == id })
	f := &w.Flows[i]
	if strings.HasPrefix(path, "effort") {
		f.Effort = onlyThese(f.Effort, strings.TrimPrefix(path, "effort."))
		f.Effort.Whose = All
		f.applyBasis()
		f.Evidence = slices.Concat(f.Evidence, f.Efforts)
		f.Efforts = []Effort{f.Effort}
	}
	f.applyBasis()
	return fault{}
}

// onlyThese drops the hours that were given in another way than the one that
// was just set.
func onlyThese(e Effort, name string) Effort {
	week, month, year := e.HoursPerWeek, e.HoursPerMonth, e.HoursPerYear
	switch name {
	case "hours_per_week":
		month, year = Estimate{}, Estimate{}
	case "hours_per_month":
		week, year = Estimate{}, Estimate{}
	case "hours_per_year":
		week, month = Estimate{}, Estimate{}
	case "runs", "minutes":
		week, month, year = Estimate{}, Estimate{}, Estimate{}
	}
	e.HoursPerWeek, e.HoursPerMonth, e.HoursPerYear = week, month, year
	return e
}

func (w *Workspace) setPoint(t setter, id, path string) fault {
	i := slices.IndexFunc(w.Flows, func(f Flow) bool { return f.ID == id })
	if i < 0 {
		return setThing(t, w.Flows, "flow", id, path, func(f Flow) string { return f.ID })
	}
	f := &w.Flows[i]
	f.Errors = slices.Clone(f.Errors)
	point, field, _ := strings.Cut(path, ".")
	if bad := setThing(t, f.Errors, "error point", point, field, func(p ErrorPoint) string { return p.ID }); bad.bad() {
		return bad
	}
	f.applyBasis()
	p := &f.Errors[slices.IndexFunc(f.Errors, func(p ErrorPoint) bool { return p.ID == point })]
	switch field {
	case "rate":
		p.Rates = Pool{p.Rate}
	case "minutes_to_fix":
		p.Minutes = Pool{p.MinutesToFix}
	case "cost":
		p.Costs = Pool{p.Cost}
	}
	return fault{}
}

// field sets the field at the end of a path such as needs.latency.
func (t setter) field(v reflect.Value, path string) fault {
	name, rest, deeper := strings.Cut(path, ".")
	fields := fieldsOf(v.Type())
	i := slices.IndexFunc(fields, func(f field) bool { return f.name == name })
	switch {
	case i < 0:
		return fault{fmt.Sprintf("unknown key %q in %s", name, t.setting.Key), meant(name, names(fields), "keys")}
	case name == "id":
		return fault{"an id cannot be set", ""}
	}
	f, target := fields[i], v.Field(fields[i].index)
	if deeper && f.as == "map" {
		return t.entry(target, rest)
	}
	if deeper && target.Kind() == reflect.Struct && target.Type() != estimateType && target.Type() != amountType {
		return t.field(target, rest)
	}
	if deeper {
		return fault{fmt.Sprintf("%s has no fields, in %s", name, t.setting.Key), ""}
	}
	t.decoder.push(t.setting.Key)
	t.decoder.value(t.node, target, f)
	return fault{}
}

// entry sets one entry of a mapping such as exchange_rates.USD.
func (t setter) entry(list reflect.Value, key string) fault {
	text := t.node.Value
	mapping := &yaml.Node{Kind: yaml.MappingNode, Content: []*yaml.Node{{Kind: yaml.ScalarNode, Value: key, Line: 1, Column: 1}, {Kind: yaml.ScalarNode, Value: text, Line: 1, Column: 1}}}
	fresh := reflect.New(list.Type()).Elem()
	t.decoder.push(t.setting.Key)
	t.decoder.entries(mapping, fresh)
	kept := reflect.MakeSlice(list.Type(), 0, list.Len()+1)
	for i := range list.Len() {
		if list.Index(i).Field(0).String() != key {
			kept = reflect.Append(kept, list.Index(i))
		}
	}
	list.Set(reflect.AppendSlice(kept, fresh))
	return fault{}
}
