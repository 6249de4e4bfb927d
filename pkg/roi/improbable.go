package roi

import (
	"github.com/flowmap-dev/flowmap/pkg/advise"
	"github.com/flowmap-dev/flowmap/pkg/audit"
	"github.com/flowmap-dev/flowmap/pkg/catalogue"
)

// soonest is the payback, in months, below which FM016 doubts it.
const soonest = 1

// Improbable returns FM016 about flows that would have paid for themselves in
// under a month, in the order of the workspace. Candidates are asked for only
// where a first month could pay for the least that is built at all, so that it
// costs little beside a ranking.
func Improbable(w audit.Workspace, c catalogue.Catalogue, candidates func(audit.Flow) []advise.Candidate) []audit.Finding {
	var found []audit.Finding
	for _, f := range w.Flows {
		today := w.Cost(f)
		if !today.Stated || firstMonth(w, today) < leastBuild(w, c, f) {
			continue
		}
		choice, _ := Choose(candidates(f))
		s := Appraise(w, f, choice)
		if !s.Payback.OK || s.Payback.Value >= soonest {
			continue
		}
		found = append(found, audit.Finding{ID: "FM016", Kind: "improbable", Severity: audit.SeverityMedium, Flows: []string{f.ID},
			Places: placesOf(w, f), HoursPerWeek: today.HoursPerWeek, CostPerYear: today.LabourPerYear + today.ErrorCostPerYear,
			Args: []audit.Arg{
				{Name: "variant", Kind: audit.ArgText, Text: "payback"}, {Name: "flow", Kind: audit.ArgFlow, IDs: []string{f.ID}},
				{Name: "payback", Kind: audit.ArgMonths, Number: s.Payback.Value}}})
	}
	return found
}

// firstMonth is the most that a flow's first month can bring: all that it costs
// today, as far as the benefit has grown by then.
func firstMonth(w audit.Workspace, today audit.Cost) float64 {
	grown := 1.0
	if ramp := w.Assumptions.RampUpMonths.Value; ramp > 0 {
		grown = min(1, .5/ramp)
	}
	return (today.LabourPerYear + today.ErrorCostPerYear) / 12 * grown
}

// leastBuild is the least that building a flow can cost: what the client has
// decided, else the hours that every build begins with.
func leastBuild(w audit.Workspace, c catalogue.Catalogue, f audit.Flow) float64 {
	if f.Solution.Decided() && f.Solution.BuildCost.Stated() {
		return f.Solution.BuildCost.Mean()
	}
	b := c.Build
	return audit.Three(b.Base*b.Low, b.Base, b.Base*b.High, audit.Number).Mean() * w.Assumptions.DeveloperHourlyCost.Mean()
}

// placesOf is where the numbers of a flow stand.
func placesOf(w audit.Workspace, f audit.Flow) []audit.Place {
	if len(f.Efforts) > 0 && !f.Efforts[0].Place.IsZero() {
		return []audit.Place{f.Efforts[0].Place}
	}
	if at := w.Place("flow", f.ID, ""); !at.IsZero() {
		return []audit.Place{at}
	}
	return nil
}
