package main

import (
	"cmp"
	"slices"

	"github.com/flowmap-dev/flowmap/pkg/advise"
	"github.com/flowmap-dev/flowmap/pkg/audit"
	"github.com/flowmap-dev/flowmap/pkg/catalogue"
	"github.com/flowmap-dev/flowmap/pkg/graph"
	"github.com/flowmap-dev/flowmap/pkg/roi"
)

// analysis is everything that is worked out of a workspace.
type analysis struct {
	workspace audit.Workspace
	catalogue catalogue.Catalogue
	graph     graph.Map
	ranking   roi.Ranking
	findings  []audit.Finding // of all stages, the gravest first
}

// analyse is the one path: workspace and catalogue → map → candidates →
// ranking. Each flow's candidates are made when it is scored and then dropped:
// of 10,000 flows they would take 190 MB.
func analyse(w audit.Workspace, by roi.Order) (analysis, error) {
	a, err := survey(w)
	if err != nil {
		return a, err
	}
	a.ranking = roi.Rank(w, func(f audit.Flow) []advise.Candidate { return advise.Candidates(w, a.graph, a.catalogue, f) }, by)
	return a, nil
}

// survey is the path as far as the findings: nothing is priced.
func survey(w audit.Workspace) (analysis, error) {
	c, err := facts(w)
	if err != nil {
		return analysis{}, err
	}
	if problems := advise.Check(w, c); len(problems) > 0 {
		return analysis{}, problems
	}
	m := graph.New(w)
	return analysis{workspace: w, catalogue: c, graph: m, findings: findings(w, m)}, nil
}

// facts is the shipped catalogue with the workspace's own laid over it.
func facts(w audit.Workspace) (catalogue.Catalogue, error) {
	c, err := catalogue.Load()
	if err != nil {
		return c, err
	}
	const own = "catalogue.yaml"
	text, ok := w.File(own)
	if !ok {
		return c, nil
	}
	return catalogue.Overlay(c, own, text)
}

// findings puts together what the stages found, marked where the client lives
// with it.
func findings(w audit.Workspace, m graph.Map) []audit.Finding {
	all := slices.Concat(w.Findings, m.Findings)
	all = graph.Accept(all, w.Accepted, w.Date)
	slices.SortStableFunc(all, func(a, b audit.Finding) int {
		return cmp.Or(cmp.Compare(gravity(b.Severity), gravity(a.Severity)), cmp.Compare(a.ID, b.ID))
	})
	return all
}

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
