package main

import (
	"cmp"
	"errors"
	"fmt"
	"strings"

	"github.com/flowmap-dev/flowmap/pkg/audit"
	"github.com/flowmap-dev/flowmap/pkg/lang"
	"github.com/flowmap-dev/flowmap/pkg/report"
	"github.com/spf13/cobra"
)

func (w *world) checkCommand() *cobra.Command {
	var flags whatIf
	var asJSON, strict, assumptions bool
	c := &cobra.Command{
		Use:   "check [DIR]",
		Short: "Problems (exit 1) and findings: what is missing, contradictory or improbable",
		Args:  cobra.MaximumNArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			if asJSON {
				return w.checkAsJSON(c, args, flags, strict)
			}
			_, a, err := w.begin(c, args, flags, audited)
			if err != nil {
				return err
			}
			if assumptions {
				return w.printAssumptions(a.workspace)
			}
			if err := w.printFindings(a, cmp.Or(flags.language, "en")); err != nil {
				return err
			}
			return strictly(strict, a.findings)
		},
	}
	flags.add(c)
	flags.addLanguage(c)
	c.Flags().BoolVar(&asJSON, "json", false, "one JSON document")
	c.Flags().BoolVar(&strict, "strict", false, "exit 1 also where there are findings that nobody has accepted")
	c.Flags().BoolVar(&assumptions, "assumptions", false, "list the assumptions in force, with their source")
	return c
}

// strictly fails where a finding is not accepted.
func strictly(strict bool, findings []audit.Finding) error {
	open := 0
	for _, f := range findings {
		if f.Accepted == nil {
			open++
		}
	}
	if !strict || open == 0 {
		return nil
	}
	return hint("settle them, or list them under accepted in flowmap.yaml", "findings that nobody has accepted: %d", open)
}

// printFindings lists them for a terminal, in English unless asked otherwise.
func (w *world) printFindings(a analysis, language string) error {
	p, err := lang.New(language)
	if err != nil {
		return err
	}
	ws := a.workspace
	fmt.Fprintf(w.out, "No problems: %s, %s, %s in %s.\n", p.Plural("count.flows", len(ws.Flows), nil),
		p.Plural("count.systems", len(ws.Systems), nil), p.Plural("count.entities", len(ws.Entities), nil), p.Plural("count.files", len(ws.Files()), nil))
	voice := report.NewVoice(p, ws, a.catalogue)
	for _, f := range a.findings {
		fmt.Fprintf(w.out, "\n%s  %s  %s\n", f.ID, p.Text("severity."+string(f.Severity), nil), voice.Title(f))
		fmt.Fprint(w.out, wrap(voice.Sentence(f), w.width, "  "))
		if text := cost(p, ws.Currency, f); text != "" {
			fmt.Fprint(w.out, wrap(text, w.width, "  "))
		}
		if f.Accepted != nil {
			fmt.Fprint(w.out, wrap(voice.Acceptance(f), w.width, "  "))
			continue
		}
		fmt.Fprint(w.out, wrap(voice.Advice(f), w.width, "  → "))
	}
	if len(a.lapsed) > 0 {
		fmt.Fprintf(w.out, "\n%s:\n", p.Text("finding.lapsed", nil))
		for _, l := range a.lapsed {
			fmt.Fprint(w.out, wrap(voice.Lapse(l), w.width, "  "))
		}
	}
	open := ws.OpenPoints()
	if len(open) > 0 {
		fmt.Fprintf(w.out, "\n%s\n", p.Plural("check.open", len(open), nil))
		for _, o := range open {
			f, _ := ws.Flow(o.Flow)
			fmt.Fprintf(w.out, "  %s: %s\n", f.Label(), question(p, o))
		}
	}
	return nil
}

// cost is what hangs on a finding, in words; empty where nothing does.
func cost(p lang.Printer, currency string, f audit.Finding) string {
	args := lang.Args{"Hours": p.Hours(f.HoursPerWeek), "Cost": p.Money(f.CostPerYear, currency, 0)}
	switch hours, money := f.HoursPerWeek > 0, f.CostPerYear > 0; {
	case hours && money:
		return p.Text("finding.cost", args)
	case hours:
		return p.Text("finding.cost.hours", args)
	case money:
		return p.Text("finding.cost.money", args)
	}
	return ""
}

// question is what to ask about an open point.
func question(p lang.Printer, o audit.OpenPoint) string {
	field, detail, _ := strings.Cut(o.Field, ".")
	switch key := "question." + field; {
	case field == "errors" && strings.HasSuffix(detail, ".minutes_to_fix"):
		return p.Text("question.error_cost", lang.Args{"Point": strings.TrimSuffix(detail, ".minutes_to_fix")})
	case field == "errors" && detail != "":
		return p.Text("question.error_rate", lang.Args{"Point": strings.TrimSuffix(detail, ".rate")})
	case p.Has(key):
		return p.Text(key, nil)
	}
	return p.Text("question.other", lang.Args{"Field": o.Field})
}

// printAssumptions lists what is in force, and where each came from.
func (w *world) printAssumptions(ws audit.Workspace) error {
	p, err := lang.New("en")
	if err != nil {
		return err
	}
	t := table{heads: []string{"Assumption", "Value", "From", "What it means"}, right: []bool{false, true, false, false}}
	for _, s := range ws.AssumptionsInForce() {
		from := "default"
		if !s.Place.IsZero() {
			from = s.Place.String()
		}
		key, _, _ := strings.Cut(s.Key, ".")
		t.rows = append(t.rows, []string{s.Key, s.Value, from, p.Text("assumption."+key+".note", nil)})
	}
	_, err = fmt.Fprint(w.out, t.text(w.width))
	return err
}

// checkJSON is the document of check --json.
type checkJSON struct {
	Problems   []problemJSON `json:"problems"`
	Findings   []findingJSON `json:"findings"`
	OpenPoints []openJSON    `json:"open_points"`
	Lapsed     []lapseJSON   `json:"lapsed"`
}

// lapseJSON is an acceptance that no longer applies.
type lapseJSON struct {
	Finding string     `json:"finding"`
	Reason  string     `json:"reason"` // gone: there is no such finding; past: until is past
	Why     string     `json:"why"`
	Until   audit.Date `json:"until"`
	Place   string     `json:"place"`
	Message string     `json:"message"`
}

type problemJSON struct {
	File    string `json:"file"`
	Line    int32  `json:"line"`
	Column  int32  `json:"column"`
	Message string `json:"message"`
	Hint    string `json:"hint"`
}

type findingJSON struct {
	ID           string         `json:"id"`
	Kind         string         `json:"kind"`
	Severity     audit.Severity `json:"severity"`
	Entity       *string        `json:"entity"`
	Systems      []string       `json:"systems"`
	Flows        []string       `json:"flows"`
	Roles        []string       `json:"roles"`
	People       []string       `json:"people"`
	Places       []string       `json:"places"`
	HoursPerWeek float64        `json:"hours_per_week"`
	CostPerYear  float64        `json:"cost_per_year"`
	Message      string         `json:"message"`
	Advice       string         `json:"advice"`
	Accepted     *acceptedJSON  `json:"accepted"`
}

type acceptedJSON struct {
	By    string     `json:"by"`
	Why   string     `json:"why"`
	Until audit.Date `json:"until"`
}

type openJSON struct {
	Flow     string `json:"flow"`
	Field    string `json:"field"`
	Question string `json:"question"`
}

// checkAsJSON prints problems, findings and open points as one document. With
// problems there are no findings: half a workspace would give false ones.
func (w *world) checkAsJSON(c *cobra.Command, args []string, flags whatIf, strict bool) error {
	doc := checkJSON{Problems: []problemJSON{}, Findings: []findingJSON{}, OpenPoints: []openJSON{}, Lapsed: []lapseJSON{}}
	dir, err := find(c, args)
	if err != nil {
		return err
	}
	ws, err := w.read(c.Context(), dir)
	var problems audit.Problems
	if errors.As(err, &problems) {
		return w.problemsAsJSON(doc, problems)
	}
	if err != nil {
		return err
	}
	if ws, err = w.apply(ws, flags); err != nil {
		return err
	}
	a, err := aside(c.Context(), func() (analysis, error) { return audited(ws) })
	if errors.As(err, &problems) {
		return w.problemsAsJSON(doc, problems)
	}
	if err != nil {
		return err
	}
	p, err := lang.New(cmp.Or(flags.language, "en"))
	if err != nil {
		return err
	}
	doc.Findings = findingDocuments(a, p)
	for _, o := range ws.OpenPoints() {
		doc.OpenPoints = append(doc.OpenPoints, openJSON{o.Flow, o.Field, question(p, o)})
	}
	doc.Lapsed = lapseDocuments(a, p)
	if err := w.writeJSON(doc); err != nil {
		return err
	}
	return strictly(strict, a.findings)
}

func (w *world) problemsAsJSON(doc checkJSON, problems audit.Problems) error {
	for _, p := range problems {
		doc.Problems = append(doc.Problems, problemJSON{p.Place.File, p.Place.Line, p.Place.Column, p.Message, p.Hint})
	}
	if err := w.writeJSON(doc); err != nil {
		return err
	}
	return errProblems
}

func findingDocuments(a analysis, p lang.Printer) []findingJSON {
	voice := report.NewVoice(p, a.workspace, a.catalogue)
	all := make([]findingJSON, 0, len(a.findings))
	for _, f := range a.findings {
		doc := findingJSON{ID: f.ID, Kind: f.Kind, Severity: f.Severity, Systems: list(f.Systems), Flows: list(f.Flows), Roles: list(f.Roles), People: list(f.People),
			Places: []string{}, HoursPerWeek: f.HoursPerWeek, CostPerYear: f.CostPerYear,
			Message: voice.Sentence(f), Advice: voice.Advice(f)}
		if len(f.Entities) > 0 {
			doc.Entity = &f.Entities[0]
		}
		for _, at := range f.Places {
			doc.Places = append(doc.Places, at.String())
		}
		if f.Accepted != nil {
			doc.Accepted = &acceptedJSON{f.Accepted.By, f.Accepted.Why, f.Accepted.Until}
		}
		all = append(all, doc)
	}
	return all
}

func lapseDocuments(a analysis, p lang.Printer) []lapseJSON {
	voice := report.NewVoice(p, a.workspace, a.catalogue)
	all := []lapseJSON{}
	for _, l := range a.lapsed {
		reason := "gone"
		if l.Past {
			reason = "past"
		}
		all = append(all, lapseJSON{l.Accepted.Finding, reason, l.Accepted.Why, l.Accepted.Until, l.Accepted.Place.String(), voice.Lapse(l)})
	}
	return all
}

func list(items []string) []string {
	if items == nil {
		return []string{}
	}
	return items
}
