package main

import (
	"cmp"
	"context"
	"fmt"
	"io/fs"

	"github.com/flowmap-dev/flowmap/pkg/audit"
	"github.com/flowmap-dev/flowmap/pkg/lang"
	"github.com/flowmap-dev/flowmap/pkg/roi"
	"github.com/flowmap-dev/flowmap/templates"
)

// shippedScenario is a scenario that comes with flowmap.
type shippedScenario struct {
	ID       string       `yaml:"id" as:"id" need:"true"`
	Name     string       `yaml:"name" need:"true"`
	Benefits audit.Amount `yaml:"benefits" as:"number"` // a factor
	Costs    audit.Amount `yaml:"costs" as:"number"`    // a factor
}

// shippedScenarios reads them, the most careful first.
func shippedScenarios() ([]shippedScenario, error) {
	const name = "scenarios.yaml"
	src, err := fs.ReadFile(templates.FS(), name)
	if err != nil {
		return nil, fmt.Errorf("the scenarios that ship with flowmap: %w", err)
	}
	var file struct {
		Scenarios []shippedScenario `yaml:"scenarios"`
	}
	err = audit.Strict("shipped "+name, src, &file)
	return file.Scenarios, err
}

// shipped finds a scenario that comes with flowmap; one of the workspace with
// the same name goes before it.
func shipped(ws audit.Workspace, name string) (shippedScenario, bool) {
	for _, s := range ws.Scenarios {
		if s.ID == name {
			return shippedScenario{}, false
		}
	}
	all, err := shippedScenarios()
	for _, s := range all {
		if s.ID == name {
			return s, err == nil
		}
	}
	return shippedScenario{}, false
}

func (s shippedScenario) apply(ws audit.Workspace) audit.Workspace {
	return roi.Adjusted(ws, s.Benefits.Value, s.Costs.Value)
}

// scenarioAnalysis is one walk of the path under a scenario.
type scenarioAnalysis struct {
	id, name string
	analysis
}

// allScenarios walks the path under every scenario that comes with flowmap and
// every one of the workspace. The one that changes nothing is the workspace as
// it is.
func allScenarios(ctx context.Context, a analysis, walk func(audit.Workspace) (analysis, error)) ([]scenarioAnalysis, error) {
	all, err := shippedScenarios()
	if err != nil {
		return nil, err
	}
	var runs []scenarioAnalysis
	for _, s := range all {
		other := a
		if s.Benefits.Value != 1 || s.Costs.Value != 1 {
			if _, ok := shipped(a.workspace, s.ID); !ok {
				continue
			}
			if other, err = aside(ctx, func() (analysis, error) { return walk(s.apply(a.workspace)) }); err != nil {
				return nil, err
			}
		}
		runs = append(runs, scenarioAnalysis{s.ID, s.Name, other})
	}
	for _, s := range a.workspace.Scenarios {
		ws, err := a.workspace.Apply(s)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", s.File, err)
		}
		other, err := aside(ctx, func() (analysis, error) { return walk(ws) })
		if err != nil {
			return nil, fmt.Errorf("%s: %w", s.File, err)
		}
		runs = append(runs, scenarioAnalysis{s.ID, cmp.Or(s.Name, s.ID), other})
	}
	return runs, nil
}

// scenariosJSON is the document of rank --scenarios --json.
type scenariosJSON struct {
	Scenarios []scenarioJSON `json:"scenarios"`
}

type scenarioJSON struct {
	ID   string `json:"id"`
	Name string `json:"name"`
	rankJSON
}

// rankScenarios sets the ranking under every scenario side by side.
func (w *world) rankScenarios(ctx context.Context, dir string, a analysis, j rankJob) error {
	runs, err := allScenarios(ctx, a, func(ws audit.Workspace) (analysis, error) { return analyse(ws, j.by) })
	if err != nil {
		return err
	}
	for i := range runs {
		if err := w.simulate(ctx, &runs[i].analysis, j.odds); err != nil {
			return err
		}
	}
	if !j.asJSON {
		return w.scenarioTables(a, runs)
	}
	var doc scenariosJSON
	for _, r := range runs {
		doc.Scenarios = append(doc.Scenarios, scenarioJSON{r.id, r.name, rankDocument(dir, r.analysis)})
	}
	return w.writeJSON(doc)
}

// scenarioTables prints what each scenario comes to, and the payback of each
// flow under each, in the order of the workspace as it is.
func (w *world) scenarioTables(a analysis, runs []scenarioAnalysis) error {
	p, err := lang.New("en")
	if err != nil {
		return err
	}
	sums := table{heads: []string{"Scenario", "Hours/wk", "Cost/yr", target(a, p), "Benefit/yr", "Build", "NPV"},
		right: []bool{false, true, true, true, true, true, true}, spared: []int{2}}
	flows := table{heads: []string{"#", "Payback, months"}, right: []bool{true, false}}
	for _, r := range runs {
		sums.rows = append(sums.rows, r.sums(p))
		flows.heads, flows.right = append(flows.heads, r.name), append(flows.right, true)
	}
	for _, s := range a.ranking.Scores {
		if !s.Stated {
			continue
		}
		f, _ := a.workspace.Flow(s.Flow)
		row := []string{fmt.Sprint(s.Rank), f.Label()}
		for _, r := range runs {
			cell := "–"
			if other, ok := scoreOf(r.analysis, f); ok && other.NPV.OK {
				cell = months(other.Payback, p)
			}
			row = append(row, cell)
		}
		flows.rows = append(flows.rows, row)
	}
	fmt.Fprintf(w.out, "%s\n%s\n", sums.text(w.width), flows.text(w.width))
	_, err = fmt.Fprint(w.out, wrap("Benefit, build and NPV are of the flows that pay back within the target, each by itself. "+
		"Conservative and optimistic change what an integration removes and what it costs to build; the rest is of this workspace.", w.width, ""))
	return err
}

// sums is the row of a scenario: the flows that pay back within the target.
func (r scenarioAnalysis) sums(p lang.Printer) []string {
	money := func(x float64) string { return p.Money(x, r.workspace.Currency, 0) }
	n, benefit, build, npv := 0, 0.0, 0.0, 0.0
	for _, s := range r.ranking.Scores {
		if s.NPV.OK && s.Payback.OK && s.Payback.Value <= r.workspace.Assumptions.TargetPaybackMonths.Value {
			n, benefit, build, npv = n+1, benefit+s.BenefitPerYear, build+s.BuildCost, npv+s.NPV.Value
		}
	}
	sum := r.ranking.Totals.Flows
	return []string{r.name, p.Number(sum.HoursPerWeek, 1), money(sum.LabourPerYear + sum.ErrorCostPerYear),
		p.Plural("count.flows", n, nil), money(benefit), money(build), money(npv)}
}
