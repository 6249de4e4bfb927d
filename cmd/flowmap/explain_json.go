package main

import (
	"github.com/flowmap-dev/flowmap/pkg/audit"
	"github.com/flowmap-dev/flowmap/pkg/roi"
)

// explainJSON is the document of explain FLOW --json.
type explainJSON struct {
	Workspace string       `json:"workspace"`
	Currency  string       `json:"currency"`
	Flow      string       `json:"flow"`
	Terms     []termJSON   `json:"terms"`
	Answers   []answerJSON `json:"answers"`
	Result    *rankedFlow  `json:"result"` // as in rank --json; null for an automated flow
}

type termJSON struct {
	Kind    roi.TermKind `json:"kind"`
	Subject string       `json:"subject,omitempty"`
	Amount  float64      `json:"amount"`
	Unit    roi.TermUnit `json:"unit"`
	Basis   audit.Basis  `json:"basis"`
	Factors []factorJSON `json:"factors"`
}

type factorJSON struct {
	Kind  roi.TermKind `json:"kind"`
	Value float64      `json:"value"`
	Unit  roi.TermUnit `json:"unit"`
}

type answerJSON struct {
	Field  string      `json:"field"`
	Answer string      `json:"answer"`
	Basis  audit.Basis `json:"basis"`
	Counts bool        `json:"counts"`
	With   []string    `json:"with"`
	File   string      `json:"file"`
	Line   int32       `json:"line"`
	Column int32       `json:"column"`
}

func explainDocument(dir string, a analysis, f audit.Flow) explainJSON {
	doc := explainJSON{Workspace: dir, Currency: a.workspace.Currency, Flow: f.ID, Terms: []termJSON{}, Answers: answers(a.workspace, f)}
	for _, s := range a.ranking.Scores {
		if s.Flow != f.ID {
			continue
		}
		r := ranked(a, s)
		doc.Result = &r
		for _, t := range s.Terms {
			term := termJSON{Kind: t.Kind, Subject: t.Subject, Amount: t.Amount, Unit: t.Unit, Basis: t.Basis, Factors: []factorJSON{}}
			for _, f := range t.Factors {
				term.Factors = append(term.Factors, factorJSON{f.Kind, f.Value, f.Unit})
			}
			doc.Terms = append(doc.Terms, term)
		}
	}
	return doc
}

// answers are the statements that a flow's figures rest on, and those that do
// not count.
func answers(ws audit.Workspace, f audit.Flow) []answerJSON {
	all := []answerJSON{}
	add := func(field string, e audit.Estimate, counts bool) {
		if !e.Stated() {
			return
		}
		i, _ := ws.Interview(e.Place.File)
		with := i.With
		if with == nil {
			with = []string{}
		}
		all = append(all, answerJSON{field, e.String(), e.Basis, counts, with, e.Place.File, e.Place.Line, e.Place.Column})
	}
	effort := func(e audit.Effort, counts bool) {
		add("effort.hours_per_week", e.HoursPerWeek, counts)
		add("effort.hours_per_month", e.HoursPerMonth, counts)
		add("effort.hours_per_year", e.HoursPerYear, counts)
		add("effort.runs", e.Runs, counts)
		add("effort.minutes", e.Minutes, counts)
	}
	for _, e := range f.Efforts {
		effort(e, true)
	}
	for _, e := range f.Evidence {
		effort(e, false)
	}
	add("volume", f.Volume.Records, true)
	add("peak.factor", f.Peak.Factor, true)
	for _, p := range f.Errors {
		name := "errors." + p.ID
		if p.ID == "" {
			name = "errors." + p.What
		}
		for _, e := range p.Rates {
			add(name+".rate", e, true)
		}
		for _, e := range p.Minutes {
			add(name+".minutes_to_fix", e, true)
		}
		for _, e := range p.Costs {
			add(name+".cost", e, true)
		}
	}
	return all
}
