package roi

import (
	"cmp"
	"slices"

	"github.com/flowmap-dev/flowmap/pkg/audit"
)

// input is a number of one flow that somebody stated, and how to give it
// another value.
type input struct {
	field, point string
	known        audit.Estimate
	rechoose     bool
	set          func(*audit.Flow, audit.Estimate)
}

// with is the flow with the number at a value. The flow given stays as it is.
func (in input) with(f audit.Flow, value float64) audit.Flow {
	in.set(&f, audit.One(value, in.known.Unit, in.known.Basis))
	return f
}

// spreads tells whether an estimate has a range to try.
func spreads(e audit.Estimate) bool {
	low, _, high := e.Range()
	return e.Stated() && low < high
}

// inputsOf lists the numbers of a flow that have a range: each statement of
// several people apart.
func inputsOf(f audit.Flow) []input {
	fields := []input{
		{"volume.records", "", f.Volume.Records, true, func(f *audit.Flow, e audit.Estimate) { f.Volume.Records = e }},
		{"peak.factor", "", f.Peak.Factor, true, func(f *audit.Flow, e audit.Estimate) { f.Peak.Factor = e }},
		{"automation_rate", "", f.AutomationRate, false, func(f *audit.Flow, e audit.Estimate) { f.AutomationRate = e }},
		{"error_reduction", "", f.ErrorReduction, false, func(f *audit.Flow, e audit.Estimate) { f.ErrorReduction = e }},
		{"solution.build_cost", "", f.Solution.BuildCost, true, func(f *audit.Flow, e audit.Estimate) { f.Solution.BuildCost = e }},
		{"solution.platform_monthly", "", f.Solution.PlatformMonthly, true, func(f *audit.Flow, e audit.Estimate) { f.Solution.PlatformMonthly = e }},
	}
	all := effortInputs(f)
	all = append(all, fields...)
	all = append(all, pointInputs(f)...)
	return slices.DeleteFunc(all, func(in input) bool { return !spreads(in.known) })
}

// effortInputs are the numbers of the statements about the effort that count.
func effortInputs(f audit.Flow) []input {
	var all []input
	for i := range f.Efforts {
		for _, part := range []struct {
			field string
			runs  bool
			of    func(*audit.Effort) *audit.Estimate
		}{
			{"effort.hours_per_week", false, func(e *audit.Effort) *audit.Estimate { return &e.HoursPerWeek }},
			{"effort.hours_per_month", false, func(e *audit.Effort) *audit.Estimate { return &e.HoursPerMonth }},
			{"effort.hours_per_year", false, func(e *audit.Effort) *audit.Estimate { return &e.HoursPerYear }},
			{"effort.runs", true, func(e *audit.Effort) *audit.Estimate { return &e.Runs }},
			{"effort.minutes", false, func(e *audit.Effort) *audit.Estimate { return &e.Minutes }},
		} {
			all = append(all, input{part.field, "", *part.of(&f.Efforts[i]), part.runs, func(f *audit.Flow, e audit.Estimate) {
				f.Efforts = slices.Clone(f.Efforts)
				*part.of(&f.Efforts[i]) = e
			}})
		}
	}
	return all
}

// pointInputs are the numbers of the error points.
func pointInputs(f audit.Flow) []input {
	var all []input
	for i := range f.Errors {
		p := &f.Errors[i]
		path := "errors." + cmp.Or(p.ID, p.What)
		for _, part := range []struct {
			field string
			of    func(*audit.ErrorPoint) *audit.Pool
		}{
			{"rate", func(p *audit.ErrorPoint) *audit.Pool { return &p.Rates }},
			{"minutes_to_fix", func(p *audit.ErrorPoint) *audit.Pool { return &p.Minutes }},
			{"cost", func(p *audit.ErrorPoint) *audit.Pool { return &p.Costs }},
		} {
			for j, known := range *part.of(p) {
				all = append(all, input{path + "." + part.field, p.Label(), known, false, func(f *audit.Flow, e audit.Estimate) {
					f.Errors = slices.Clone(f.Errors)
					pool := part.of(&f.Errors[i])
					*pool = slices.Clone(*pool)
					(*pool)[j] = e
				}})
			}
		}
	}
	return all
}

// sharedInput is a number that several flows share.
type sharedInput struct {
	field, role string
	known       audit.Estimate
	rechoose    bool
	set         func(*audit.Workspace, audit.Estimate)
}

// with is the workspace with the number at a value. The one given stays as it is.
func (in sharedInput) with(w audit.Workspace, value float64) audit.Workspace {
	in.set(&w, audit.One(value, in.known.Unit, in.known.Basis))
	return w
}

// sharedInputs lists the assumptions and the hourly costs of roles that have a
// range. The cash share is not among them: it moves no value, only its cash.
func sharedInputs(w audit.Workspace) []sharedInput {
	var all []sharedInput
	for _, part := range []struct {
		field    string
		rechoose bool
		of       func(*audit.Assumptions) *audit.Estimate
	}{
		{"hourly_cost", false, func(a *audit.Assumptions) *audit.Estimate { return &a.HourlyCost }},
		{"developer_hourly_cost", true, func(a *audit.Assumptions) *audit.Estimate { return &a.DeveloperHourlyCost }},
		{"automation_rate", false, func(a *audit.Assumptions) *audit.Estimate { return &a.AutomationRate }},
		{"automation_rate_unstructured", false, func(a *audit.Assumptions) *audit.Estimate { return &a.AutomationRateUnstructured }},
		{"error_reduction", false, func(a *audit.Assumptions) *audit.Estimate { return &a.ErrorReduction }},
		{"maintenance", true, func(a *audit.Assumptions) *audit.Estimate { return &a.Maintenance }},
	} {
		all = append(all, sharedInput{part.field, "", *part.of(&w.Assumptions), part.rechoose,
			func(w *audit.Workspace, e audit.Estimate) { *part.of(&w.Assumptions) = e }})
	}
	for i, r := range w.Roles {
		all = append(all, sharedInput{"roles." + r.ID + ".hourly_cost", r.ID, r.HourlyCost, false, func(w *audit.Workspace, e audit.Estimate) {
			w.Roles = slices.Clone(w.Roles)
			w.Roles[i].HourlyCost = e
		}})
	}
	return slices.DeleteFunc(all, func(in sharedInput) bool { return !spreads(in.known) })
}
