package audit

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
)

// settle makes one role, system, entity and flow of what all files say of it.
func (l *loader) settle() {
	l.w.Roles = settleAll(l, "role", func(t *told) *[]Role { return &t.roles }, func(r *Role) string { return r.ID }, noRules)
	l.w.Systems = settleAll(l, "system", func(t *told) *[]System { return &t.systems }, func(s *System) string { return s.ID }, noRules)
	l.w.Entities = settleAll(l, "entity", func(t *told) *[]Entity { return &t.entities }, func(e *Entity) string { return e.ID }, noRules)
	l.w.Flows = settleAll(l, "flow", func(t *told) *[]Flow { return &t.flows }, func(f *Flow) string { return f.ID }, settleFlow)
	slices.SortStableFunc(l.w.Findings, func(a, b Finding) int { return strings.Compare(a.ID, b.ID) })
}

// statement is what one file says of one thing.
type statement[T any] struct {
	told  *told
	value *T
}

// dispute settles one thing.
type dispute struct {
	loader *loader
	kind   string
	id     string
	picked map[string]string // field path → the file that decides it
}

func noRules[T any](*dispute, *T, []statement[T]) {}

// settleAll settles the things of a kind. What a file said goes as soon as it is
// settled, so that not all is in memory twice.
func settleAll[T any](l *loader, kind string, of func(*told) *[]T, id func(*T) string, rules func(*dispute, *T, []statement[T])) []T {
	var order []string
	said := map[string][]statement[T]{}
	for i := range l.told {
		t := &l.told[i]
		things := *of(t)
		*of(t) = nil
		for j := range things {
			v := &things[j]
			key := id(v)
			if key == "" { // reported as missing, wrong or standing twice
				continue
			}
			if said[key] == nil {
				order = append(order, key)
			}
			said[key] = append(said[key], statement[T]{t, v})
		}
	}
	all := make([]T, 0, len(order))
	for _, key := range order {
		d := &dispute{loader: l, kind: kind, id: key, picked: map[string]string{}}
		all = append(all, *said[key][0].value)
		settleThing(d, &all[len(all)-1], said[key], rules)
		l.w.places[placeKey{kind, key}] = d.places(tolds(said[key]))
		delete(said, key)
	}
	return all
}

func tolds[T any](said []statement[T]) []*told {
	all := make([]*told, len(said))
	for i, s := range said {
		all[i] = s.told
	}
	return all
}

// settleThing decides every field of a thing, which is what the first file said,
// then by rules what is peculiar to its kind.
func settleThing[T any](d *dispute, thing *T, said []statement[T], rules func(*dispute, *T, []statement[T])) {
	into := reflect.ValueOf(thing).Elem()
	values := make([]spoken, len(said))
	for i := range said {
		values[i] = spoken{said[i].told, reflect.ValueOf(said[i].value).Elem()}
	}
	if len(said) > 1 {
		d.structure(into, values, "")
	}
	d.remarks(into, values)
	rules(d, thing, said)
}

// remarks keeps the notes of each file apart.
func (d *dispute) remarks(into reflect.Value, said []spoken) {
	var all []Remark
	for _, s := range said {
		if notes := s.value.FieldByName("Notes").String(); notes != "" {
			all = append(all, Remark{notes, d.loader.fieldPlace(d.kind, d.id, "notes", s.told)})
		}
	}
	into.FieldByName("Remarks").Set(reflect.ValueOf(all))
}

// spoken is one file's value of a field.
type spoken struct {
	told  *told
	value reflect.Value
}

// structure decides each field of a struct.
func (d *dispute) structure(into reflect.Value, said []spoken, path string) {
	for _, f := range d.loader.types.of(into.Type()) {
		name := f.name
		if path != "" {
			name = path + "." + f.name
		}
		values := make([]spoken, 0, len(said))
		for _, s := range said {
			values = append(values, spoken{s.told, s.value.Field(f.index)})
		}
		target := into.Field(f.index)
		switch {
		case f.join == "union":
			d.union(target, values, name)
		case f.join == "effort" || f.join == "errors":
		case f.join == "whole":
			d.leaf(target, values, name, false)
		case target.Kind() == reflect.Struct && target.Type() != estimateType && target.Type() != amountType:
			d.structure(target, values, name)
		default:
			d.leaf(target, values, name, f.join == "apart")
		}
	}
}

// union puts together what interviews list, of each person the last word,
// unless flowmap.yaml lists it.
func (d *dispute) union(into reflect.Value, said []spoken, path string) {
	said = lastWords(stated(said))
	if len(said) == 0 {
		return
	}
	d.picked[path] = said[0].told.file
	all := reflect.MakeSlice(into.Type(), 0, 4)
	seen := map[string]bool{}
	for _, s := range said {
		for i := range s.value.Len() {
			if item := s.value.Index(i); !seen[item.String()] {
				seen[item.String()] = true
				all = reflect.Append(all, item)
			}
		}
		if s.told.main {
			break
		}
	}
	into.Set(all)
}

// stated leaves out the files that say nothing.
func stated(said []spoken) []spoken {
	return slices.DeleteFunc(slices.Clone(said), func(s spoken) bool { return !isStated(s.value) })
}

// leaf takes the value of flowmap.yaml, else of the first interview that
// states it, once each person's later word has replaced the earlier one.
func (d *dispute) leaf(into reflect.Value, said []spoken, path string, apart bool) {
	said = lastWords(stated(said))
	if len(said) == 0 {
		into.SetZero()
		return
	}
	first := said[0]
	into.Set(first.value)
	d.picked[path] = first.told.file
	if first.told.main || apart {
		return
	}
	for _, s := range said[1:] {
		if show(s.value) == show(first.value) {
			continue
		}
		if d.kind == "flow" && (path == "from" || path == "to" || path == "entity") {
			d.otherEnds(first, s, path)
			continue
		}
		d.toldApart(first, s, path)
		return
	}
}

// lastWords keeps of each person the last of what they said, in the order of
// the files. flowmap.yaml comes first.
func lastWords(said []spoken) []spoken {
	var kept []spoken
	for i, s := range said {
		later := slices.ContainsFunc(said[i+1:], func(t spoken) bool { return t.told.person == s.told.person })
		if s.told.main || !later {
			kept = append(kept, s)
		}
	}
	return kept
}

func (d *dispute) otherEnds(first, other spoken, path string) {
	at := d.loader.fieldPlace(d.kind, d.id, path, first.told)
	d.loader.problem(d.loader.fieldPlace(d.kind, d.id, path, other.told),
		fmt.Sprintf("flow %q: %s is %q here and %q in %s", d.id, path, show(other.value), show(first.value), at),
		"two interviews mean two flows, or one of them is mistaken; flowmap.yaml can decide")
}

// toldApart is finding FM018 about a field that two interviews state.
func (d *dispute) toldApart(first, other spoken, path string) {
	d.differ(path, show(first.value), show(other.value),
		d.loader.fieldPlace(d.kind, d.id, path, first.told), d.loader.fieldPlace(d.kind, d.id, path, other.told))
}

// differ is finding FM018: path is the field, the texts are what was said.
func (d *dispute) differ(path, first, second string, places ...Place) {
	f := Finding{ID: "FM018", Kind: "told-apart", Severity: SeverityLow,
		Places: places,
		Args: []Arg{
			{Name: "kind", Kind: ArgKey, Text: "thing." + d.kind},
			{Name: "name", Kind: ArgKind(d.kind), IDs: []string{d.id}},
			{Name: "field", Kind: ArgField, Text: path},
			{Name: "first", Kind: ArgValue, Text: first, IDs: []string{fieldName(path)}},
			{Name: "second", Kind: ArgValue, Text: second, IDs: []string{fieldName(path)}},
		}}
	ids := []string{d.id}
	switch d.kind {
	case "flow":
		f.Flows = ids
	case "system":
		f.Systems = ids
	case "entity":
		f.Entities = ids
	case "role":
		f.Roles = ids
	}
	d.loader.w.Findings = append(d.loader.w.Findings, f)
}

// fieldName is the last name of a path.
func fieldName(path string) string { return path[strings.LastIndex(path, ".")+1:] }

// places lists where the fields stand, those that hold first.
func (d *dispute) places(said []*told) []fieldPlace {
	key := placeKey{d.kind, d.id}
	if len(said) == 1 {
		return said[0].things[key]
	}
	var held, rest []fieldPlace
	for _, t := range said {
		for _, p := range t.things[key] {
			if d.decides(t.file, p.field.Value()) {
				held = append(held, p)
			} else {
				rest = append(rest, p)
			}
		}
	}
	return append(held, rest...)
}

// decides tells whether a file has the say on a field, or on what holds it.
func (d *dispute) decides(file, field string) bool {
	for field != "" {
		if picked, ok := d.picked[field]; ok {
			return picked == file
		}
		field = field[:max(strings.LastIndexAny(field, ".["), 0)]
	}
	return false
}

// show writes a value as a person would compare it.
func show(v reflect.Value) string {
	switch x := v.Interface().(type) {
	case Estimate:
		return x.String()
	case Amount:
		return PlainNumber(x.Value)
	case Volume:
		return x.Records.String()
	case []Overlap:
		parts := make([]string, len(x))
		for i, o := range x {
			parts[i] = o.Flow + ": " + PlainNumber(o.HoursPerWeek.Value)
		}
		return strings.Join(parts, ", ")
	case []FieldOwner:
		parts := make([]string, len(x))
		for i, o := range x {
			parts[i] = o.Field + ": " + o.Owner
		}
		return strings.Join(parts, ", ")
	}
	if v.Kind() == reflect.String {
		return v.String()
	}
	return strings.Trim(fmt.Sprint(v.Interface()), "[]")
}
