package diff

import (
	"bytes"
	"reflect"
	"slices"

	"github.com/flowmap-dev/flowmap/pkg/advise"
	"github.com/flowmap-dev/flowmap/pkg/audit"
	"github.com/flowmap-dev/flowmap/pkg/catalogue"
	"github.com/flowmap-dev/flowmap/pkg/graph"
	"github.com/flowmap-dev/flowmap/pkg/roi"
)

// world is what holds for all flows: assumptions, roles, systems, data, facts,
// and which flows there are.
type world struct {
	audit     audit.Workspace // made by hand: things are searched, not looked up
	catalogue catalogue.Catalogue
	graph     graph.Map // what the other flows make of a flow
}

// price returns what prices a flow in this world, by its own choice.
func (x world) price() func(audit.Flow) Amounts {
	w := x.audit
	a := advise.New(w, x.graph, x.catalogue)
	return func(f audit.Flow) Amounts {
		if !f.ByHand() {
			return Amounts{}
		}
		choice, _ := roi.Choose(a.Contenders(f))
		return amountsOf(roi.Appraise(w, f, choice))
	}
}

// generalChanges lists what is stated otherwise of what holds for all flows.
func generalChanges(before, after Side) []change {
	b, a := before.Workspace, after.Workspace
	all := assumptionChanges(b, a)
	all = append(all, thingChanges(b, a, System, b.Systems, a.Systems, func(s audit.System) string { return s.ID }, func(x *world, s audit.System) {
		x.audit.Systems = put(x.audit.Systems, s, func(t audit.System) bool { return t.ID == s.ID })
	})...)
	all = append(all, thingChanges(b, a, Entity, b.Entities, a.Entities, func(e audit.Entity) string { return e.ID }, func(x *world, e audit.Entity) {
		x.audit.Entities = put(x.audit.Entities, e, func(t audit.Entity) bool { return t.ID == e.ID })
	})...)
	all = append(all, thingChanges(b, a, Role, b.Roles, a.Roles, func(r audit.Role) string { return r.ID }, func(x *world, r audit.Role) {
		x.audit.Roles = put(x.audit.Roles, r, func(t audit.Role) bool { return t.ID == r.ID })
	})...)
	all = append(all, platformChanges(b, a)...)
	x, _ := b.File("catalogue.yaml")
	y, _ := a.File("catalogue.yaml")
	if !bytes.Equal(x, y) {
		all = append(all, change{Input: Input{Kind: Facts, Status: Changed, Places: []audit.Place{{File: "catalogue.yaml"}}}, world: func(w *world) { w.catalogue = after.Catalogue }})
	}
	// What a flow is worth may depend on the others: who else gets its data.
	return append(all, change{Input: Input{Kind: Landscape, Status: Changed}})
}

func assumptionChanges(b, a audit.Workspace) []change {
	var all []change
	from, to := reflect.ValueOf(b.Assumptions), reflect.ValueOf(a.Assumptions)
	force := func(w audit.Workspace) map[string]string {
		m := map[string]string{}
		for _, x := range w.AssumptionsInForce() {
			m[x.Key] = x.Value
		}
		return m
	}
	old, now := force(b), force(a)
	for i := range to.NumField() {
		name := key(to.Type().Field(i))
		x, y := old[name], now[name]
		if name == "exchange_rates" {
			x, y = text(from.Field(i)), text(to.Field(i))
		}
		if x != y {
			all = append(all, change{Input: Input{Assumption, "", name, status(x, y), x, y, stated(b, a, "workspace", "", "assumptions."+name)}, world: func(w *world) {
				reflect.ValueOf(&w.audit.Assumptions).Elem().Field(i).Set(to.Field(i))
			}})
		}
	}
	return all
}

func platformChanges(b, a audit.Workspace) []change {
	var all []change
	from, to := reflect.ValueOf(b.Platforms), reflect.ValueOf(a.Platforms)
	for i := range to.NumField() {
		name := key(to.Type().Field(i))
		x, y := text(from.Field(i)), text(to.Field(i))
		if x != y {
			all = append(all, change{Input: Input{Platforms, "", name, status(x, y), x, y, stated(b, a, "workspace", "", "platforms."+name)}, world: func(w *world) {
				reflect.ValueOf(&w.audit.Platforms).Elem().Field(i).Set(to.Field(i))
			}})
		}
	}
	return all
}

// thingChanges lists the fields in which things that both audits have differ.
// Names, owners and notes move no figure.
func thingChanges[T any](b, a audit.Workspace, kind Kind, before, after []T, id func(T) string, set func(*world, T)) []change {
	var all []change
	for _, now := range after {
		i := slices.IndexFunc(before, func(t T) bool { return id(t) == id(now) })
		if i < 0 {
			continue
		}
		from, to := reflect.ValueOf(before[i]), reflect.ValueOf(now)
		for j := range to.NumField() {
			name := key(to.Type().Field(j))
			x, y := text(from.Field(j)), text(to.Field(j))
			if name == "" || x == y {
				continue
			}
			c := change{Input: Input{kind, id(now), name, status(x, y), x, y, stated(b, a, string(kind), id(now), name)}}
			if !slices.Contains([]string{"name", "owner", "notes", "confirmed"}, name) {
				c.world = func(w *world) {
					set(w, patched(current(w, kind, now, id), j, to.Field(j)))
				}
			}
			all = append(all, c)
		}
	}
	return all
}

// current is the thing as a world has it.
func current[T any](w *world, kind Kind, like T, id func(T) string) T {
	var list any
	switch kind {
	case System:
		list = w.audit.Systems
	case Entity:
		list = w.audit.Entities
	case Role:
		list = w.audit.Roles
	case Flow, Assumption, Platforms, Facts, Landscape, Twice, Beyond, Rest:
	}
	all, _ := list.([]T)
	for _, t := range all {
		if id(t) == id(like) {
			return t
		}
	}
	return like
}

// patched is a thing with one field replaced.
func patched[T any](thing T, field int, value reflect.Value) T {
	reflect.ValueOf(&thing).Elem().Field(field).Set(value)
	return thing
}

// put is the list with a thing in place of the one that is it.
func put[T any](list []T, thing T, is func(T) bool) []T {
	list = slices.Clone(list)
	if i := slices.IndexFunc(list, is); i >= 0 {
		list[i] = thing
		return list
	}
	return append(list, thing)
}

// united is the list with the things that it lacks.
func united[T any](list, more []T, id func(T) string) []T {
	list = slices.Clone(list)
	for _, t := range more {
		if !slices.ContainsFunc(list, func(u T) bool { return id(u) == id(t) }) {
			list = append(list, t)
		}
	}
	return list
}
