package audit

import (
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
	"unique"

	"go.yaml.in/yaml/v4"
)

// With returns the workspace with some values replaced, and leaves w as it is.
// Keys are assumptions (hourly_cost), or fields of a thing: roles.ID.FIELD,
// systems.ID.FIELD, entities.ID.FIELD, flows.ID.FIELD, where a field within
// another has a point, as in flows.web-orders.effort.hours_per_week or
// flows.web-orders.errors.wrong-sku.rate. A value is held to the same rules as
// one in a file, and Place tells where it was set. The error is Problems; a
// setting without a place is at "--set".
func (w Workspace) With(settings ...Setting) (Workspace, error) {
	w.Roles, w.Systems = slices.Clone(w.Roles), slices.Clone(w.Systems)
	w.Entities, w.Flows = slices.Clone(w.Entities), slices.Clone(w.Flows)
	w.Assumptions.ExchangeRates = slices.Clone(w.Assumptions.ExchangeRates)
	w.places = maps.Clone(w.places)
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
// flows and findings say of them.
func (w Workspace) Without(ids ...string) Workspace {
	gone := func(id string) bool { return slices.Contains(ids, id) }
	w.Flows = slices.DeleteFunc(slices.Clone(w.Flows), func(f Flow) bool { return gone(f.ID) })
	for i := range w.Flows {
		f := &w.Flows[i]
		f.After = slices.DeleteFunc(slices.Clone(f.After), gone)
		f.Overlaps = slices.DeleteFunc(slices.Clone(f.Overlaps), func(o Overlap) bool { return gone(o.Flow) })
	}
	w.Findings = slices.DeleteFunc(slices.Clone(w.Findings), func(f Finding) bool {
		return len(f.Flows) > 0 && !slices.ContainsFunc(f.Flows, func(id string) bool { return !gone(id) })
	})
	w.reindex()
	return w
}

// setter replaces one value.
type setter struct {
	decoder *decoder
	setting Setting
	place   Place
	node    *yaml.Node
}

func (w *Workspace) set(s Setting) Problems {
	place := s.Place
	if place.IsZero() {
		place = Place{File: "--set"}
	}
	d := newDecoder(&document{name: place.File, text: []byte(s.Value)}, fieldCache{})
	before := w.faults(s.Key)
	switch node := d.parseValue(); {
	case len(d.problems) > 0:
	case node == nil:
		d.report(1, 1, s.Key+" has no value", "write "+s.Key+"=VALUE")
	default:
		if bad := w.setTarget(setter{decoder: d, setting: s, place: place, node: node}); bad.bad() {
			d.at(node, bad.message, bad.hint)
		}
		w.keepPlaces(s.Key, node, place)
		for _, r := range d.refs {
			if !w.defined(r.kind, r.id) {
				kind := strings.Replace(r.kind, "found", "system", 1)
				d.at(node, fmt.Sprintf("%s: unknown %s %q", s.Key, kind, r.id), meant(r.id, w.ids(kind), plural(kind)))
			}
		}
	}
	if len(d.problems) == 0 {
		d.problems = slices.DeleteFunc(w.faults(s.Key), func(p Problem) bool {
			return slices.ContainsFunc(before, func(q Problem) bool { return p.Message == q.Message })
		})
	}
	for i := range d.problems {
		d.problems[i].Place, d.problems[i].Source = place, ""
	}
	return d.problems
}

// keepPlaces gives a field that was set, and all that the value holds, the
// place of its setting.
func (w *Workspace) keepPlaces(key string, value *yaml.Node, at Place) {
	thing, field := placeKey{"workspace", ""}, "assumptions."+strings.TrimPrefix(key, "assumptions.")
	list, rest, _ := strings.Cut(key, ".")
	for _, kind := range []string{"role", "system", "entity", "flow"} {
		if plural(kind) == list {
			thing.kind = kind
			thing.id, field, _ = strings.Cut(rest, ".")
		}
	}
	within := func(p fieldPlace) bool {
		stated := p.field.Value()
		return stated == field || strings.HasPrefix(stated, field+".") || strings.HasPrefix(stated, field+"[")
	}
	places := slices.DeleteFunc(slices.Clone(w.places[thing]), within)
	var keep func(field string, n *yaml.Node)
	keep = func(field string, n *yaml.Node) {
		places = append(places, fieldPlace{unique.Make(field), unique.Make(at.File), at.Line, at.Column})
		if n.Kind == yaml.MappingNode {
			for i := 1; i < len(n.Content); i += 2 {
				keep(field+"."+n.Content[i-1].Value, n.Content[i])
			}
		}
	}
	keep(field, value)
	if field == "volume" && value.Kind == yaml.ScalarNode {
		keep("volume.records", value)
	}
	if w.places != nil { // a workspace made by hand knows no places
		w.places[thing] = places
	}
}

// parseValue parses a text that is one value, nil if there is none.
func (d *document) parseValue() *yaml.Node {
	if strings.TrimSpace(string(d.text)) == "" {
		return nil
	}
	node := d.parse()
	if node == nil && len(d.problems) == 1 && d.problems[0].Message == fileIsEmpty {
		d.problems = nil // null, or a comment
	}
	return node
}

// faults are what is wrong with the part of the workspace that a key names.
func (w *Workspace) faults(key string) Problems {
	l := newLoader(nil)
	l.w = w
	list, rest, _ := strings.Cut(key, ".")
	id, _, _ := strings.Cut(rest, ".")
	if f, ok := w.Flow(id); ok && list == "flows" {
		l.checkFlow(f)
		l.checkOrder()
		l.checkOverlaps()
	}
	return l.problems
}

// setTarget finds what the key names and sets it.
func (w *Workspace) setTarget(t setter) fault {
	list, rest, _ := strings.Cut(t.setting.Key, ".")
	id, path, _ := strings.Cut(rest, ".")
	switch list {
	case "roles":
		return setThing(t, w.Roles, named{"role", id, path}, func(r Role) string { return r.ID })
	case "systems":
		return setThing(t, w.Systems, named{"system", id, path}, func(s System) string { return s.ID })
	case "entities":
		return setThing(t, w.Entities, named{"entity", id, path}, func(e Entity) string { return e.ID })
	case "flows":
		return w.setFlow(t, id, path)
	}
	return t.field(reflectOf(&w.Assumptions), strings.TrimPrefix(t.setting.Key, "assumptions."))
}

// named is a field of a thing.
type named struct{ kind, id, path string }

func setThing[T any](t setter, things []T, n named, idOf func(T) string) fault {
	i := slices.IndexFunc(things, func(thing T) bool { return idOf(thing) == n.id })
	if i < 0 {
		ids := make([]string, len(things))
		for j := range things {
			ids[j] = idOf(things[j])
		}
		return fault{fmt.Sprintf("unknown %s %q in %s", n.kind, n.id, t.setting.Key), meant(n.id, ids, plural(n.kind))}
	}
	return t.field(reflectOf(&things[i]), n.path)
}

// setFlow sets a flow's field. What is set is the audit's answer: it takes the
// place of what interviews say.
func (w *Workspace) setFlow(t setter, id, path string) fault {
	i := slices.IndexFunc(w.Flows, func(f Flow) bool { return f.ID == id })
	name, rest, _ := strings.Cut(path, ".")
	if i >= 0 && name == "errors" && rest != "" {
		return w.Flows[i].setPoint(t, rest)
	}
	if bad := setThing(t, w.Flows, named{"flow", id, path}, func(f Flow) string { return f.ID }); bad.bad() {
		return bad
	}
	f := &w.Flows[i]
	switch name {
	case "effort":
		f.Effort = onlyThese(f.Effort, rest)
		if rest != "whose" {
			f.Effort.Whose = All
		}
		f.Effort.Place = t.place
		f.Effort.applyBasis()
		f.Evidence = slices.Concat(f.Evidence, f.Efforts)
		f.Efforts = []Effort{f.Effort}
	case "volume":
		f.Volume.applyBasis()
	case "solution":
		withBasis(Estimated, &f.Solution.BuildCost)
	case "errors":
		for j := range f.Errors {
			f.Errors[j].applyBasis()
			f.Errors[j].pools()
		}
	}
	return fault{}
}

// pools makes the numbers of a point that was stated once those that count.
func (p *ErrorPoint) pools() {
	for _, x := range []struct {
		one  Estimate
		pool *Pool
	}{{p.Rate, &p.Rates}, {p.MinutesToFix, &p.Minutes}, {p.Cost, &p.Costs}} {
		if x.one.Stated() {
			*x.pool = Pool{x.one}
		}
	}
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

// setPoint sets a field of one error point, which is named by its id, or by
// its words where it has none.
func (f *Flow) setPoint(t setter, path string) fault {
	f.Errors = slices.Clone(f.Errors)
	dot := max(strings.LastIndex(path, "."), 0)
	name, field := path[:dot], strings.TrimPrefix(path[dot:], ".")
	if bad := setThing(t, f.Errors, named{"error point", name, field}, func(p ErrorPoint) string { return label(p.ID, p.What) }); bad.bad() {
		return bad
	}
	p := &f.Errors[slices.IndexFunc(f.Errors, func(p ErrorPoint) bool { return label(p.ID, p.What) == name })]
	p.applyBasis()
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
		where := ""
		if name != t.setting.Key {
			where = " in " + t.setting.Key
		}
		return fault{fmt.Sprintf("unknown key %q%s", name, where), meant(name, names(fields), "keys")}
	case name == "id":
		return fault{"an id cannot be set", "name another field"}
	}
	f, target := fields[i], v.Field(fields[i].index)
	if deeper && f.as == "map" {
		return t.entry(target, rest)
	}
	if deeper && target.Kind() == reflect.Struct && target.Type() != estimateType && target.Type() != amountType {
		return t.field(target, rest)
	}
	if deeper {
		return fault{fmt.Sprintf("%s has no fields, in %s", name, t.setting.Key), "leave " + rest + " out"}
	}
	t.decoder.push(t.setting.Key)
	fresh := reflect.New(target.Type()).Elem()
	t.decoder.value(t.node, fresh, f)
	t.locate(fresh)
	target.Set(fresh)
	return fault{}
}

// entry sets one entry of a mapping such as exchange_rates.USD.
func (t setter) entry(list reflect.Value, key string) fault {
	t.decoder.push(t.setting.Key)
	item := t.decoder.entry(&yaml.Node{Kind: yaml.ScalarNode, Value: key, Line: 1, Column: 1}, t.node, list.Type().Elem())
	t.locate(item)
	kept := reflect.MakeSlice(list.Type(), 0, list.Len()+1)
	for i := range list.Len() {
		if list.Index(i).Field(0).String() != key {
			kept = reflect.Append(kept, list.Index(i))
		}
	}
	list.Set(reflect.Append(kept, item))
	return fault{}
}

// locate gives all that was set the place of its setting.
func (t setter) locate(v reflect.Value) {
	rewrite(v, func(v reflect.Value, _ field) bool {
		p, ok := v.Addr().Interface().(*Place)
		if ok && !p.IsZero() {
			*p = t.place
		}
		return ok
	})
}
