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
	Origins   []originJSON `json:"origins"` // of factors, and of terms without factors
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

// originJSON is a number and the formula that it comes from, in which each #
// stands for one of the values, in their order.
type originJSON struct {
	Kind    roi.TermKind `json:"kind"`
	Subject string       `json:"subject,omitempty"`
	Amount  float64      `json:"amount"`
	Unit    roi.TermUnit `json:"unit"`
	Formula string       `json:"formula"`
	Values  []factorJSON `json:"values"` // the kind is empty for a number as it was answered
}

// findingExplainedJSON is the document of explain FM### --json.
type findingExplainedJSON struct {
	Finding string `json:"finding"`
	Title   string `json:"title"`
	Why     string `json:"why"`
}

type answerJSON struct {
	Field   string      `json:"field"`
	Answer  string      `json:"answer"`
	Basis   audit.Basis `json:"basis"`
	Counts  bool        `json:"counts"`
	Assumed bool        `json:"assumed"` // nobody said it
	With    []string    `json:"with"`
	File    string      `json:"file"`
	Line    int32       `json:"line"`
	Column  int32       `json:"column"`
}

func explainDocument(dir string, a analysis, f audit.Flow, sets []audit.Setting) explainJSON {
	doc := explainJSON{Workspace: dir, Currency: a.workspace.Currency, Flow: f.ID,
		Terms: []termJSON{}, Origins: []originJSON{}, Answers: answersJSON(a.workspace, answersOf(a, f, sets))}
	s, ok := scoreOf(a, f)
	if !ok {
		return doc
	}
	r := ranked(a, s)
	doc.Result = &r
	for _, t := range s.Terms {
		doc.Terms = append(doc.Terms, termJSON{t.Kind, t.Subject, t.Amount, t.Unit, t.Basis, factorsJSON(t.Factors)})
	}
	for _, o := range roi.Origins(a.workspace, a.catalogue, s) {
		doc.Origins = append(doc.Origins, originJSON{o.Kind, o.Subject, o.Amount, o.Unit, o.Formula, factorsJSON(o.Values)})
	}
	return doc
}

func factorsJSON(factors []roi.Factor) []factorJSON {
	all := make([]factorJSON, len(factors))
	for i, f := range factors {
		all[i] = factorJSON{f.Kind, f.Value, f.Unit}
	}
	return all
}

func answersJSON(ws audit.Workspace, said []answer) []answerJSON {
	all := make([]answerJSON, len(said))
	for i, a := range said {
		v, _ := ws.Interview(a.at.File)
		with := v.With
		if with == nil {
			with = []string{}
		}
		all[i] = answerJSON{a.field, a.text, a.basis, a.counts, a.assumed, with, a.at.File, a.at.Line, a.at.Column}
	}
	return all
}
