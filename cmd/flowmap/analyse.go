package main

import (
	"cmp"
	"slices"
	"sync"

	"github.com/flowmap-dev/flowmap/pkg/advise"
	"github.com/flowmap-dev/flowmap/pkg/audit"
	"github.com/flowmap-dev/flowmap/pkg/catalogue"
	"github.com/flowmap-dev/flowmap/pkg/graph"
	"github.com/flowmap-dev/flowmap/pkg/graph/diagram"
	"github.com/flowmap-dev/flowmap/pkg/roi"
)

// analysis is everything that is worked out of a workspace.
type analysis struct {
	workspace audit.Workspace
	catalogue catalogue.Catalogue
	graph     graph.Map
	adviser   *advise.Advisor
	ranking   roi.Ranking
	findings  []audit.Finding // of all stages, the gravest first
	trials    int             // of the ranking's outlooks; 0: not simulated
	lapsed    []graph.Lapse   // acceptances that no longer apply
}

// analyse is the one path: workspace and catalogue → map → candidates →
// ranking. Each flow's candidates are made when it is scored and then dropped:
// of 10,000 flows they would take 190 MB. Its choice comes without reasons.
func analyse(w audit.Workspace, by roi.Order) (analysis, error) {
	a, err := survey(w)
	if err != nil {
		return a, err
	}
	a.ranking = roi.Rank(w, a.adviser.Contenders, by)
	choices := make([]advise.Candidate, len(a.ranking.Scores))
	for i, s := range a.ranking.Scores {
		choices[i] = s.Choice
	}
	a.add(a.adviser.Stale(choices))
	a.lapse()
	return a, nil
}

// audited is the path of a check: all findings, those on prices too.
func audited(w audit.Workspace) (analysis, error) {
	a, err := survey(w)
	if err != nil {
		return a, err
	}
	var choices []advise.Candidate
	inOrder(len(w.Flows), func(i int) advise.Candidate {
		choice, _ := roi.Choose(a.adviser.Contenders(w.Flows[i]))
		choice.Assumed = nil
		return choice
	}, func(c advise.Candidate) { choices = append(choices, c) })
	a.add(a.adviser.Stale(choices))
	a.lapse()
	return a, nil
}

// survey is the path as far as the map: nothing is priced but what looks too good
// to be true.
func survey(w audit.Workspace) (analysis, error) {
	c, err := facts(w)
	if err != nil {
		return analysis{}, err
	}
	if problems := advise.Check(w, c); len(problems) > 0 {
		return analysis{}, problems
	}
	m := graph.New(w)
	a := analysis{workspace: w, catalogue: c, graph: m, adviser: advise.New(w, m, c)}
	a.add(slices.Concat(w.Findings, w.Examine(), m.Findings, roi.Improbable(w, c, a.adviser.Contenders), diagram.Faint(w)))
	return a, nil
}

// add puts findings among the others, marked where the client lives with them.
func (a *analysis) add(found []audit.Finding) {
	all := slices.Concat(a.findings, graph.Accept(found, a.workspace.Accepted, a.workspace.Date))
	slices.SortStableFunc(all, func(x, y audit.Finding) int {
		return cmp.Or(cmp.Compare(gravity(y.Severity), gravity(x.Severity)), cmp.Compare(x.ID, y.ID))
	})
	a.findings = all
}

// ways lists how a flow may be integrated, for the plan.
func (a analysis) ways(f audit.Flow) ([]advise.Candidate, [][]advise.TierFee) {
	candidates := a.adviser.Candidates(f)
	return candidates, a.adviser.Tiers(f, candidates)
}

// facts is the shipped catalogue with the workspace's own laid over it.
func facts(w audit.Workspace) (catalogue.Catalogue, error) {
	const own = "catalogue.yaml"
	text, ok := w.File(own)
	if !ok {
		return shippedFacts()
	}
	c, err := catalogue.Load()
	if err != nil {
		return c, err
	}
	return catalogue.Overlay(c, own, text)
}

// shippedFacts is the catalogue that comes with flowmap, which many analyses in
// one run read and none changes.
var shippedFacts = sync.OnceValues(catalogue.Load)

func gravity(s audit.Severity) int {
	switch s {
	case audit.SeverityInfo:
		return 0
	case audit.SeverityLow:
		return 1
	case audit.SeverityMedium:
		return 2
	case audit.SeverityHigh:
		return 3
	}
	return 0
}
