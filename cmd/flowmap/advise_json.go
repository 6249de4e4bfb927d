package main

import (
	"bufio"
	"encoding/json"
	"io"

	"github.com/flowmap-dev/flowmap/pkg/advise"
	"github.com/flowmap-dev/flowmap/pkg/audit"
	"github.com/flowmap-dev/flowmap/pkg/catalogue"
	"github.com/flowmap-dev/flowmap/pkg/report"
)

// adviseJSON is the document of advise --json: every candidate of every flow by
// hand. What is not known is null.
type adviseJSON struct {
	Workspace string         `json:"workspace"`
	Currency  string         `json:"currency"`
	Flows     []advisedFlow  `json:"flows"`
	Platforms []platformJSON `json:"platforms"`
	Avoided   []string       `json:"avoided"` // flows on which another way of working is advised
}

type advisedFlow struct {
	ID         string          `json:"id"`
	Name       string          `json:"name"`
	Platform   *string         `json:"platform"`
	Tier       *string         `json:"tier"`
	Decided    bool            `json:"decided"`
	Pattern    audit.Pattern   `json:"pattern"`
	Avoid      bool            `json:"avoid"`
	RunnerUp   *string         `json:"runner_up"`
	Candidates []candidateJSON `json:"candidates"`
}

type candidateJSON struct {
	Platform              string         `json:"platform"`
	Kind                  catalogue.Kind `json:"kind"`
	Fit                   advise.Fit     `json:"fit"`
	Decided               bool           `json:"decided"`
	Tier                  *string        `json:"tier"`
	FeePerMonth           *float64       `json:"fee_per_month"`
	MaintenancePerMonth   float64        `json:"maintenance_per_month"`
	UpkeepHours           float64        `json:"upkeep_hours_per_month"`
	BuildHours            [3]float64     `json:"build_hours"`
	BuildCost             float64        `json:"build_cost"`
	Total                 *float64       `json:"total"`
	Operation             catalogue.Unit `json:"operation"`
	OperationsPerMonth    *float64       `json:"operations_per_month"`
	OperationsInPeakMonth *float64       `json:"operations_in_peak_month"`
	PollsPerMonth         float64        `json:"polls_per_month"`
	Price                 *priceJSON     `json:"price"`
	Cliff                 *cliffJSON     `json:"cliff"`
	Reasons               []string       `json:"reasons"`
}

type priceJSON struct {
	Amount   *float64 `json:"amount"`
	Currency string   `json:"currency"`
	Seen     string   `json:"seen"`
	Source   string   `json:"source"`
}

// cliffJSON is where a tier ends. Records are null where one run takes all.
type cliffJSON struct {
	Operations float64  `json:"operations"`
	Records    *float64 `json:"records"`
	Next       *string  `json:"next"`
	Fee        *float64 `json:"fee_per_month"`
}

type platformJSON struct {
	Platform   string   `json:"platform"`
	Tier       *string  `json:"tier"`
	Flows      []string `json:"flows"`
	Operations float64  `json:"operations_in_peak_month"`
	Fee        *float64 `json:"fee_per_month"`
	Alone      float64  `json:"fees_alone_per_month"`
	Elsewhere  *string  `json:"elsewhere"`
	Difference *float64 `json:"difference_per_month"`
}

// adviseFlowJSON is the document of advise FLOW --json.
type adviseFlowJSON struct {
	Workspace string           `json:"workspace"`
	Currency  string           `json:"currency"`
	Flow      advisedFlow      `json:"flow"`
	Overtakes []overtakeJSON   `json:"overtakes"`
	Classes   []string         `json:"classes"`
	Pattern   patternJSON      `json:"pattern"`
	Notes     []reasonJSON     `json:"notes"`
	Reasons   []candidateWhole `json:"reasons"`
	Rules     []ruleJSON       `json:"rules"`
}

type overtakeJSON struct {
	Platform string  `json:"platform"`
	Records  float64 `json:"records_per_month"`
	Above    bool    `json:"above"`
}

type patternJSON struct {
	Advised  audit.Pattern     `json:"advised"`
	Split    bool              `json:"two_one_way_flows"`
	Decided  bool              `json:"decided"`
	Rule     string            `json:"rule"`
	Answers  map[string]string `json:"answers"`
	Deciding []swapJSON        `json:"deciding"`
}

type swapJSON struct {
	Question string        `json:"question"`
	Answer   string        `json:"answer"`
	Instead  string        `json:"instead"`
	Pattern  audit.Pattern `json:"pattern"`
	Split    bool          `json:"two_one_way_flows"`
}

type candidateWhole struct {
	Platform string       `json:"platform"`
	Reasons  []reasonJSON `json:"reasons"`
}

type reasonJSON struct {
	ID      string `json:"id"`
	For     bool   `json:"for"`
	Gate    bool   `json:"gate"`
	Ask     bool   `json:"ask"`
	Rule    string `json:"rule"`
	Source  string `json:"source"`
	Message string `json:"message"`
}

type ruleJSON struct {
	ID         string             `json:"id"`
	About      string             `json:"about"`
	Origin     catalogue.Origin   `json:"origin"`
	Source     string             `json:"source"`
	Thresholds map[string]float64 `json:"thresholds"`
}

// writeAdvice writes the document of all flows, one line a flow: of 10,000 flows
// all at once would take a gigabyte.
func (w *world) writeAdvice(dir string, a analysis) error {
	out := bufio.NewWriterSize(w.out, 1<<20)
	head, err := json.Marshal(dir)
	if err != nil {
		return err
	}
	io.WriteString(out, "{\"workspace\": "+string(head)+", \"currency\": \""+a.workspace.Currency+"\",\n \"flows\": [")
	var picks []advise.Pick
	var failed error
	type line struct {
		text []byte
		pick advise.Pick
		err  error
	}
	between := "\n  "
	flows := byHand(a.workspace)
	inOrder(len(flows), func(i int) line {
		d := a.advised(flows[i])
		text, err := json.Marshal(advisedDocument(d))
		return line{text, advise.PickOf(d.candidates, d.choice), err}
	}, func(l line) {
		io.WriteString(out, between)
		out.Write(l.text)
		between = ",\n  "
		picks = append(picks, l.pick)
		if failed == nil {
			failed = l.err
		}
	})
	if failed != nil {
		return failed
	}
	company := a.adviser.Company(picks)
	platforms, err := json.Marshal(platformDocuments(company))
	if err != nil {
		return err
	}
	avoided, err := json.Marshal(append([]string{}, company.Avoided...))
	if err != nil {
		return err
	}
	io.WriteString(out, "],\n \"platforms\": "+string(platforms)+",\n \"avoided\": "+string(avoided)+"}\n")
	return out.Flush()
}

func advisedDocument(d advised) advisedFlow {
	f := advisedFlow{ID: d.flow.ID, Name: d.flow.Name, Decided: d.choice.Decided, Avoid: advise.Avoid(d.candidates), Candidates: make([]candidateJSON, len(d.candidates))}
	if len(d.candidates) > 0 {
		f.Pattern = d.candidates[0].Pattern
	}
	if d.choice.Platform != "" {
		f.Platform = &d.choice.Platform
		f.Tier = stated(d.choice.Tier)
	}
	if r, ok := advise.RunnerUp(d.candidates, d.choice); ok {
		f.RunnerUp = &r.Platform
	}
	for i := range d.candidates {
		f.Candidates[i] = candidateDocument(&d.candidates[i])
	}
	return f
}

func candidateDocument(c *advise.Candidate) candidateJSON {
	j := candidateJSON{Platform: c.Platform, Kind: c.Kind, Fit: c.Fit, Decided: c.Decided, Tier: stated(c.Tier),
		MaintenancePerMonth: c.Maintenance, UpkeepHours: c.Upkeep, BuildHours: [3]float64{c.BuildHours.Low, c.BuildHours.Likely, c.BuildHours.High},
		BuildCost: c.BuildCost.Mean(), Operation: c.Unit, PollsPerMonth: c.Polls, Reasons: make([]string, len(c.Reasons))}
	if c.Priced {
		fee := c.Fee.Mean()
		j.FeePerMonth, j.Total = &fee, &c.Total
	}
	if c.Metered {
		j.OperationsPerMonth, j.OperationsInPeakMonth = &c.Operations, &c.PeakOperations
	}
	if q := &c.Quoted; q.Source != "" || q.Price.Stated {
		j.Price = &priceJSON{nil, q.Currency, q.Seen, q.Source}
		if q.Price.Stated {
			j.Price.Amount = &q.Price.Value
		}
	}
	if e := &c.Cliff; e.Known {
		j.Cliff = &cliffJSON{Operations: e.Operations}
		if e.Records < 1e18 {
			j.Cliff.Records = &e.Records
		}
		if e.Next != "" {
			j.Cliff.Next, j.Cliff.Fee = &e.Next, &e.Fee
		}
	}
	for i, r := range c.Reasons {
		j.Reasons[i] = r.ID
	}
	return j
}

func stated(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}

func platformDocuments(c advise.Company) []platformJSON {
	all := make([]platformJSON, len(c.Platforms))
	for i, s := range c.Platforms {
		all[i] = platformJSON{Platform: s.Platform, Tier: stated(s.Tier), Flows: s.Flows, Operations: s.Operations, Alone: s.Alone}
		if s.Priced {
			all[i].Fee = &s.Fee
		}
		if s.Elsewhere != "" {
			all[i].Elsewhere, all[i].Difference = &s.Elsewhere, &s.Difference
		}
	}
	return all
}

func adviseFlowDocument(dir string, a analysis, d advised, v report.Voice) adviseFlowJSON {
	x := a.adviser.Explain(d.flow, d.candidates, d.choice)
	doc := adviseFlowJSON{Workspace: dir, Currency: a.workspace.Currency, Flow: advisedDocument(d), Overtakes: []overtakeJSON{}, Classes: x.Classes,
		Pattern: patternJSON{x.Outcome.Pattern, x.Outcome.Split, x.Decided, x.Outcome.Rule, map[string]string{}, []swapJSON{}}, Notes: []reasonJSON{}}
	for _, o := range x.Overtakes {
		doc.Overtakes = append(doc.Overtakes, overtakeJSON(o))
	}
	for _, q := range advise.Questions() {
		doc.Pattern.Answers[q.ID] = q.Of(x.Answers)
	}
	for _, s := range x.Deciding {
		doc.Pattern.Deciding = append(doc.Pattern.Deciding, swapJSON{s.Question, s.Answer, s.Instead, s.Outcome.Pattern, s.Outcome.Split})
	}
	for _, n := range x.Notes {
		doc.Notes = append(doc.Notes, reasonDocument(n, v.Note(n)))
	}
	for _, c := range d.candidates {
		whole := candidateWhole{c.Platform, []reasonJSON{}}
		for _, r := range c.Reasons {
			whole.Reasons = append(whole.Reasons, reasonDocument(r, v.Reason(r)))
		}
		doc.Reasons = append(doc.Reasons, whole)
	}
	for _, id := range x.Rules() {
		r, _ := a.catalogue.Rule(id)
		rule := ruleJSON{id, string(r.About), r.Origin, r.Source, map[string]float64{}}
		for _, t := range r.Thresholds {
			rule.Thresholds[t.ID] = t.Value.Value
		}
		doc.Rules = append(doc.Rules, rule)
	}
	return doc
}

func reasonDocument(r advise.Reason, message string) reasonJSON {
	return reasonJSON{r.ID, r.For, r.Gate, r.Ask, r.Rule, r.Source, message}
}
