package graph

import (
	"slices"

	"github.com/flowmap-dev/flowmap/pkg/audit"
)

// Accept marks the findings that the client lives with: those with the id of
// an acceptance, among whose flows, systems, entities, roles and people are all
// that it names. An acceptance that names nothing holds for every finding of
// its id. It holds up to and on the day of its until; without that, or without
// a date, for ever. Findings of any stage may be given; they stay as they are,
// and copies are returned.
func Accept(findings []audit.Finding, accepted []audit.Accepted, date audit.Date) []audit.Finding {
	marked := slices.Clone(findings)
	for i := range marked {
		for _, a := range accepted {
			if inForce(a, date) && covers(a, marked[i]) {
				marked[i].Accepted = &a
				break
			}
		}
	}
	return marked
}

// inForce compares dates as text: ISO 8601 sorts by day.
func inForce(a audit.Accepted, date audit.Date) bool {
	return a.Until == "" || date == "" || a.Until >= date
}

func covers(a audit.Accepted, f audit.Finding) bool {
	names := func(subject string, among []string) bool {
		return subject == "" || slices.Contains(among, subject)
	}
	return a.Finding == f.ID &&
		names(a.Flow, f.Flows) && names(a.System, f.Systems) && names(a.Entity, f.Entities) &&
		names(a.Role, f.Roles) && names(a.Person, f.People)
}

// Lapse is an acceptance that no longer applies.
type Lapse struct {
	Accepted audit.Accepted
	Past     bool // its until is before the audit's date; else there is no such finding any more
}

// Lapsed lists the acceptances that no longer apply, in their order: those that
// cover none of the findings, and those whose until is past. Findings of all
// stages must be given; looked tells which ids were looked for, since of the
// others nothing can be said.
func Lapsed(findings []audit.Finding, accepted []audit.Accepted, date audit.Date, looked func(id string) bool) []Lapse {
	var lapsed []Lapse
	for _, a := range accepted {
		stands := slices.ContainsFunc(findings, func(f audit.Finding) bool { return covers(a, f) })
		switch {
		case stands && !inForce(a, date):
			lapsed = append(lapsed, Lapse{a, true})
		case !stands && looked(a.Finding):
			lapsed = append(lapsed, Lapse{a, false})
		}
	}
	return lapsed
}
