package roi

import (
	"slices"

	"github.com/flowmap-dev/flowmap/pkg/audit"
)

// Adjusted returns the workspace adjusted by risk, as Forrester's Total Economic
// Impact adjusts: the shares of hours and errors that integrations remove times
// benefits, but no more than all; the cost of an hour of integration work, and
// what clients were offered for building, times costs. Factors below 0 count as
// 0. The workspace given stays as it is.
func Adjusted(w audit.Workspace, benefits, costs float64) audit.Workspace {
	benefits, costs = max(amount(benefits), 0), max(amount(costs), 0)
	a := &w.Assumptions
	for _, e := range []*audit.Estimate{&a.AutomationRate, &a.AutomationRateUnstructured, &a.ErrorReduction} {
		*e = multiple(*e, benefits)
	}
	a.DeveloperHourlyCost = multiple(a.DeveloperHourlyCost, costs)
	w.Flows = slices.Clone(w.Flows)
	for i := range w.Flows {
		f := &w.Flows[i]
		f.AutomationRate, f.ErrorReduction = multiple(f.AutomationRate, benefits), multiple(f.ErrorReduction, benefits)
		f.Solution.BuildCost = multiple(f.Solution.BuildCost, costs)
	}
	return w
}

// multiple is k times an estimate; a share is cut at 1.
func multiple(e audit.Estimate, k float64) audit.Estimate {
	most := amount(max(e.High, 0) * k)
	if e.Unit == audit.Share {
		most = 1
	}
	e.Low, e.Likely, e.High = min(e.Low*k, most), min(e.Likely*k, most), min(e.High*k, most)
	return e
}
