package diff

import (
	"cmp"
	"slices"
	"strings"

	"github.com/flowmap-dev/flowmap/pkg/audit"
)

// things lists what came, went or changed: flows, systems, types of data, roles,
// each by id.
func things(b, a audit.Workspace) []Thing {
	var all []Thing
	changed := map[string][]Input{}
	for _, c := range generalChanges(Side{Workspace: b}, Side{Workspace: a}) {
		if c.ID != "" {
			at := string(c.Kind) + ":" + c.ID
			changed[at] = append(changed[at], c.Input)
		}
	}
	for _, f := range a.Flows {
		if old, ok := b.Flow(f.ID); ok {
			for _, c := range flowChanges(b, a, old, f) {
				changed["flow:"+f.ID] = append(changed["flow:"+f.ID], c.Input)
			}
		}
	}
	all = append(all, listed(Flow, b.Flows, a.Flows, func(f audit.Flow) (string, string) { return f.ID, f.Label() }, changed)...)
	all = append(all, listed(System, b.Systems, a.Systems, func(s audit.System) (string, string) { return s.ID, s.Label() }, changed)...)
	all = append(all, listed(Entity, b.Entities, a.Entities, func(e audit.Entity) (string, string) { return e.ID, e.Label() }, changed)...)
	return append(all, listed(Role, b.Roles, a.Roles, func(r audit.Role) (string, string) { return r.ID, r.Label() }, changed)...)
}

// listed sets two lists of things side by side.
func listed[T any](kind Kind, before, after []T, name func(T) (id, label string), changed map[string][]Input) []Thing {
	was, is := map[string]bool{}, map[string]bool{}
	var all []Thing
	for _, t := range before {
		id, _ := name(t)
		was[id] = true
	}
	for _, t := range after {
		id, label := name(t)
		is[id] = true
		fields := changed[string(kind)+":"+id]
		switch {
		case !was[id]:
			all = append(all, Thing{kind, id, label, Came, nil})
		case len(fields) > 0:
			all = append(all, Thing{kind, id, label, Changed, fields})
		}
	}
	for _, t := range before {
		if id, label := name(t); !is[id] {
			all = append(all, Thing{kind, id, label, Went, nil})
		}
	}
	slices.SortFunc(all, func(x, y Thing) int { return cmp.Compare(x.ID, y.ID) })
	return all
}

// findings sets two lists of findings side by side. A finding is the same one
// where its kind and what it is about are the same.
func findings(before, after []audit.Finding) []Finding {
	was := map[string]audit.Finding{}
	for _, f := range before {
		was[about(f)] = f
	}
	is := map[string]bool{}
	var all []Finding
	for _, f := range after {
		is[about(f)] = true
		old, ok := was[about(f)]
		switch {
		case !ok:
			all = append(all, Finding{Came, audit.Finding{}, f})
		case weighs(old, f):
			all = append(all, Finding{Changed, old, f})
		}
	}
	for _, f := range before {
		if !is[about(f)] {
			all = append(all, Finding{Went, f, audit.Finding{}})
		}
	}
	slices.SortStableFunc(all, func(x, y Finding) int {
		return cmp.Or(cmp.Compare(x.Status, y.Status), cmp.Compare(about(x.Of()), about(y.Of())))
	})
	return all
}

// Of is the finding as it is, or as it was where it went.
func (f Finding) Of() audit.Finding {
	if f.Status == Went {
		return f.Before
	}
	return f.After
}

// about is what makes a finding the same one: a ring, a system without a record.
// What it counts and whom it names beside that may change.
func about(f audit.Finding) string {
	parts := []string{f.ID}
	for _, list := range [][]string{f.Entities, f.Systems, f.Roles, f.People} {
		parts = append(parts, strings.Join(list, ","))
	}
	named := len(f.Entities)+len(f.Systems)+len(f.Roles)+len(f.People) > 0
	for _, a := range f.Args {
		switch a.Kind {
		case audit.ArgField:
			parts = append(parts, a.Text)
		case audit.ArgPlatform, audit.ArgText:
			parts, named = append(parts, a.Text+strings.Join(a.IDs, ",")), true
		default:
		}
	}
	if !named {
		parts = append(parts, strings.Join(f.Flows, ","))
	}
	return strings.Join(parts, "|")
}

// weighs tells whether a finding weighs otherwise than it did, as far as people
// are shown it: by a twentieth of an hour a week, or by 1 a year.
func weighs(a, b audit.Finding) bool {
	apart := func(x, y, least float64) bool { return x-y >= least || y-x >= least }
	return a.Severity != b.Severity || apart(a.HoursPerWeek, b.HoursPerWeek, .05) || apart(a.CostPerYear, b.CostPerYear, 1) || (a.Accepted == nil) != (b.Accepted == nil)
}
