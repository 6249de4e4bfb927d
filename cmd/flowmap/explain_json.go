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
	Result    *rankedFlow  `json:"result"`   // as in rank --json; null for an automated flow
	Chances   *chancesJSON `json:"chances"`  // null without trials, and for a flow without a payback to work out
	Evidence  evidenceJSON `json:"evidence"` // what the benefit of a year rests on
	Tornado   []barJSON    `json:"tornado"`
}

// chancesJSON is what trials say of a flow; digits stop at the standard error.
type chancesJSON struct {
	Trials        int          `json:"trials"`
	Payback       percentsJSON `json:"payback_months"`
	NPV           percentsJSON `json:"npv"`
	OnTarget      chanceJSON   `json:"probability_on_target"`
	Loss          chanceJSON   `json:"probability_of_loss"`
	Never         chanceJSON   `json:"probability_of_no_payback"`
	AmongTheFirst *amongJSON   `json:"probability_among_the_first"` // null where the flows are too few or too many
}

type percentsJSON struct {
	P10   *float64 `json:"p10"`
	P50   *float64 `json:"p50"`
	P90   *float64 `json:"p90"`
	Error *float64 `json:"standard_error"` // the largest of the three
}

type chanceJSON struct {
	Value float64 `json:"value"`
	Error float64 `json:"standard_error"`
}

type amongJSON struct {
	First int `json:"first"`
	chanceJSON
}

// evidenceJSON is money a year, by the weakest basis.
type evidenceJSON struct {
	Guessed       float64  `json:"guessed"`
	Estimated     float64  `json:"estimated"`
	Counted       float64  `json:"counted"`
	Measured      float64  `json:"measured"`
	Assumed       float64  `json:"assumed"`
	PaybackAtHalf *float64 `json:"payback_if_guesses_are_halved"`
}

type barJSON struct {
	Field  string  `json:"field"`
	Shared bool    `json:"shared"` // other flows rest on it too
	Low    float64 `json:"p10"`
	High   float64 `json:"p90"`
	AtLow  float64 `json:"npv_at_p10"`
	AtHigh float64 `json:"npv_at_p90"`
	Swing  float64 `json:"npv_swing"`
}

func percents(p roi.Percentiles) percentsJSON {
	most := max(p.P10.Error, p.P50.Error, p.P90.Error)
	return percentsJSON{settled(p.P10), settled(p.P50), settled(p.P90), &most}
}

func chanceOf(c roi.Chance) chanceJSON { return chanceJSON{roi.Settled(c.Value, c.Error), c.Error} }

// addChances fills in what is not certain.
func (doc *explainJSON) addChances(s roi.Score, o outlook) {
	v := s.Evidence
	doc.Evidence = evidenceJSON{v.Guessed, v.Estimated, v.Counted, v.Measured, v.Assumed, known(s.GuessesHalved())}
	for _, b := range o.bars {
		doc.Tornado = append(doc.Tornado, barJSON{b.Field, b.Flow == "", b.Low, b.High, b.AtLow, b.AtHigh, b.Swing})
	}
	if o.Trials == 0 {
		return
	}
	doc.Result.rankedOutlook = outlookOf(o.Outlook)
	doc.Chances = &chancesJSON{o.Trials, percents(o.Payback), percents(o.NPV), chanceOf(o.OnTarget), chanceOf(o.Loss), chanceOf(o.Never), nil}
	if o.placed {
		doc.Chances.AmongTheFirst = &amongJSON{o.first, chanceOf(o.among)}
	}
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

func explainDocument(dir string, a analysis, f audit.Flow, sets []audit.Setting, chances outlook) explainJSON {
	doc := explainJSON{Workspace: dir, Currency: a.workspace.Currency, Flow: f.ID,
		Terms: []termJSON{}, Origins: []originJSON{}, Answers: answersJSON(a.workspace, answersOf(a, f, sets)), Tornado: []barJSON{}}
	s, ok := scoreOf(a, f)
	if !ok {
		return doc
	}
	r := ranked(a, &s)
	doc.Result = &r
	doc.addChances(s, chances)
	for _, t := range s.Terms(a.workspace) {
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
