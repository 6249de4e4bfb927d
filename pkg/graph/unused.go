package graph

import (
	"slices"

	"github.com/flowmap-dev/flowmap/pkg/audit"
)

// unused is FM008, info: a system that no flow joins, that is no entity's
// record and at which no error surfaces; an entity that no flow carries and
// that declares no record.
func (l *landscape) unused() []located {
	var found []located
	touched := l.usedSystems()
	for i, s := range l.w.Systems {
		if !touched[s.ID] {
			found = append(found, located{entity: -1, systems: []int{i}, Finding: audit.Finding{
				ID: "FM008", Kind: "unused", Severity: audit.SeverityInfo, Systems: []string{s.ID},
				Places: known(l.w.Place("system", s.ID, "")),
				Args:   []audit.Arg{variant("system"), {Name: "system", Kind: audit.ArgSystem, IDs: []string{s.ID}}},
			}})
		}
	}
	carried := map[string]bool{}
	for i := range l.w.Flows {
		carried[l.w.Flows[i].Entity] = true
	}
	for i, e := range l.w.Entities {
		if !carried[e.ID] && e.Record == "" {
			found = append(found, located{entity: i, Finding: audit.Finding{
				ID: "FM008", Kind: "unused", Severity: audit.SeverityInfo, Entities: []string{e.ID},
				Places: known(l.w.Place("entity", e.ID, "")),
				Args:   []audit.Arg{variant("entity"), {Name: "entity", Kind: audit.ArgEntity, IDs: []string{e.ID}}},
			}})
		}
	}
	return found
}

// known leaves out places that are nowhere.
func known(places ...audit.Place) []audit.Place {
	return slices.DeleteFunc(places, audit.Place.IsZero)
}

// usedSystems marks the ids of systems that anything in the workspace names.
func (l *landscape) usedSystems() map[string]bool {
	used := map[string]bool{}
	for i := range l.w.Flows {
		f := &l.w.Flows[i]
		used[f.From], used[f.To] = true, true
		for _, p := range f.Errors {
			used[p.FoundIn] = true
		}
	}
	for _, e := range l.w.Entities {
		used[e.Record] = true
	}
	return used
}
