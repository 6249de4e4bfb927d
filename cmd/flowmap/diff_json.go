package main

import (
	"github.com/flowmap-dev/flowmap/pkg/audit"
	"github.com/flowmap-dev/flowmap/pkg/diff"
)

// diffJSON is the document of diff --json. Parts and difference are rounded to
// cents and hundredths of hours, so that they add up; totals are not.
type diffJSON struct {
	Before     string        `json:"before"` // as given
	After      string        `json:"after"`
	Currency   string        `json:"currency"`
	Method     string        `json:"method"` // owen: see docs/method.md; owen-sampled beyond eight inputs to one figure
	Totals     diffTotals    `json:"totals"`
	Difference diffAmounts   `json:"difference"`
	Parts      []diffPart    `json:"parts"` // add up to difference
	Things     []diffThing   `json:"things"`
	Findings   []diffFinding `json:"findings"`
}

type diffTotals struct {
	Before diffAmounts `json:"before"`
	After  diffAmounts `json:"after"`
}

type diffAmounts struct {
	HoursPerYear     float64 `json:"hours_per_year"`
	LabourPerYear    float64 `json:"labour_per_year"`
	ErrorCostPerYear float64 `json:"error_cost_per_year"`
	BenefitPerYear   float64 `json:"benefit_per_year"`
	BuildCost        float64 `json:"build_cost"`
	RunningPerYear   float64 `json:"running_per_year"`
	NPV              float64 `json:"npv"`
}

// diffInput is what was stated otherwise. Old is null for what came, new for
// what is no longer stated.
type diffInput struct {
	Kind    string       `json:"kind"`
	ID      string       `json:"id"`    // empty for what holds for all flows
	Field   string       `json:"field"` // empty for a flow that came or went
	Status  string       `json:"status"`
	Old     *string      `json:"old"`
	New     *string      `json:"new"`
	Sources []diffSource `json:"sources"`
}

// diffSource is where something was said. With and date are those of an
// interview.
type diffSource struct {
	File string   `json:"file"`
	Line int      `json:"line"`
	With []string `json:"with"`
	Date *string  `json:"date"`
}

type diffPart struct {
	diffInput
	diffAmounts
}

type diffThing struct {
	Kind   string      `json:"kind"`
	ID     string      `json:"id"`
	Name   string      `json:"name"`
	Status string      `json:"status"`
	Fields []diffInput `json:"fields"`
}

type diffFinding struct {
	ID       string      `json:"id"`
	Status   string      `json:"status"`
	Systems  []string    `json:"systems"`
	Entities []string    `json:"entities"`
	Flows    []string    `json:"flows"`
	People   []string    `json:"people"`
	Before   *diffWeight `json:"before"` // null for one that came
	After    *diffWeight `json:"after"`  // null for one that went
}

type diffWeight struct {
	Severity     audit.Severity `json:"severity"`
	HoursPerWeek float64        `json:"hours_per_week"`
	CostPerYear  float64        `json:"cost_per_year"`
}

func diffDocument(names [2]string, sides [2]analysis, r diff.Result) diffJSON {
	doc := diffJSON{Before: names[0], After: names[1], Currency: sides[1].workspace.Currency, Method: "owen",
		Totals: diffTotals{diffAmounts(r.Before), diffAmounts(r.After)}, Difference: diffAmounts(r.Difference.Cents()),
		Parts: []diffPart{}, Things: []diffThing{}, Findings: []diffFinding{}}
	if r.Sampled {
		doc.Method = "owen-sampled"
	}
	for _, p := range r.Parts {
		doc.Parts = append(doc.Parts, diffPart{diffInputDocument(sides, p.Input), diffAmounts(p.Amounts)})
	}
	for _, t := range r.Things {
		x := diffThing{string(t.Kind), t.ID, t.Name, string(t.Status), []diffInput{}}
		for _, f := range t.Fields {
			x.Fields = append(x.Fields, diffInputDocument(sides, f))
		}
		doc.Things = append(doc.Things, x)
	}
	for _, f := range r.Findings {
		of := f.Of()
		x := diffFinding{ID: of.ID, Status: string(f.Status), Systems: list(of.Systems), Entities: list(of.Entities), Flows: list(of.Flows), People: list(of.People)}
		if f.Status != diff.Came {
			x.Before = &diffWeight{f.Before.Severity, f.Before.HoursPerWeek, f.Before.CostPerYear}
		}
		if f.Status != diff.Went {
			x.After = &diffWeight{f.After.Severity, f.After.HoursPerWeek, f.After.CostPerYear}
		}
		doc.Findings = append(doc.Findings, x)
	}
	return doc
}

func diffInputDocument(sides [2]analysis, x diff.Input) diffInput {
	doc := diffInput{Kind: string(x.Kind), ID: x.ID, Field: x.Field, Status: string(x.Status), Sources: []diffSource{}}
	if x.Old != "" {
		doc.Old = &x.Old
	}
	if x.New != "" {
		doc.New = &x.New
	}
	for _, at := range x.Places {
		s := diffSource{File: at.File, Line: int(at.Line), With: []string{}}
		i, ok := sides[1].workspace.Interview(at.File)
		if !ok {
			i, ok = sides[0].workspace.Interview(at.File)
		}
		if ok {
			s.With = list(i.With)
			if date := string(i.Date); date != "" {
				s.Date = &date
			}
		}
		doc.Sources = append(doc.Sources, s)
	}
	return doc
}
