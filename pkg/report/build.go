package report

import (
	"strings"

	"github.com/flowmap-dev/flowmap/pkg/advise"
	"github.com/flowmap-dev/flowmap/pkg/audit"
	"github.com/flowmap-dev/flowmap/pkg/catalogue"
	"github.com/flowmap-dev/flowmap/pkg/graph"
	"github.com/flowmap-dev/flowmap/pkg/lang"
	"github.com/flowmap-dev/flowmap/pkg/roi"
	"github.com/flowmap-dev/flowmap/pkg/roi/portfolio"
)

// Run is one walk through the stages: a workspace and what they made of it.
type Run struct {
	Name      string // the scenario's; empty for the audit as it is
	Adjusted  bool   // the scenario moves numbers in proportion, as conservative and optimistic do
	Workspace audit.Workspace
	Catalogue catalogue.Catalogue
	Map       graph.Map
	Ranking   roi.Ranking
	Findings  []audit.Finding  // of all stages, in the order in which they are read
	Runbooks  []advise.Runbook // of the flows that are to be integrated, in the order of the ranking
	Drivers   []roi.Bar        // the numbers that move what the proposal brings, the greatest swing first; none: they are not shown
	Advised   []advise.Advice  // on each flow by hand, in the order of the ranking; none: no section of technology
	Plan      *Plan            // nil: none was worked out
	Lapsed    []graph.Lapse    // acceptances that no longer apply
	Track     *Tracked         // what came true; nil: nothing was measured
}

// Input is what a report is made of.
type Input struct {
	Base      Run
	Scenarios []Run // set beside the base in a table of their own
	Pictures  []Picture
	WhatIf    []string // what was changed for this report alone: --set hourly_cost=50; none: it is the audit
	Words     lang.Printer
}

// Build makes the report. Its figures are worked out by its formulas, which the
// tests hold to what the stages computed.
func Build(in Input) (Report, error) {
	b := newBuilder(in)
	r := Report{Meta: b.meta()}
	everybody := []Audience{Management, IT, Proposal}
	for _, s := range []Section{
		{"summary", "", "", everybody, b.summary()},
		{"track", "", "", []Audience{Management, IT}, b.track()},
		{"priorities", "", "", everybody, b.priorities()},
		{"plan", "", "", everybody, b.plan()},
		{"map", "", "", everybody, b.landscape()},
		{"technology", "", "", []Audience{IT, Proposal}, b.technology()},
		{"candidates", "", "", []Audience{IT}, b.alternatives()},
		{"errors", "", "", everybody, b.errors()},
		{"recovery", "", "", everybody, b.recovery()},
		{"findings", "", "", []Audience{Management, IT}, b.findings()},
		{"cash", "", "", everybody, b.cash()},
		{"certainty", "", "", everybody, b.certainty()},
		{"assumptions", "", "", everybody, b.assumptions()},
		{"not-counted", "", "", everybody, b.notCounted()},
		{"next-steps", "", "", []Audience{Management, Proposal}, b.nextSteps()},
		{"flows", "", "", []Audience{IT}, b.flows()},
		{"calculation", "", "", []Audience{IT}, b.calculation()},
	} {
		if len(s.Blocks) == 0 {
			continue
		}
		s.Title, s.Short = b.t(s.ID+".title", nil), b.t(s.ID+".short", nil)
		r.Sections = append(r.Sections, s)
	}
	if err := Calculate(r); err != nil {
		return r, err
	}
	if b.figuresAlone() {
		return r.settled(), nil
	}
	r.Levers = b.levers(r)
	b.marks = b.offers()
	r.live = b
	return r, nil
}

// builder makes the sections of one report.
type builder struct {
	Voice
	Run
	in     Input
	costs  map[string]audit.Cost // by flow; to look up
	target float64               // months
	marks  []portfolio.Offer     // flows that a workbook's reader may put into the plan; set when the report is done
	bought portfolio.Curve       // on a page, the plans that budgets buy; nil: a reader marks flows
}

func newBuilder(in Input) *builder {
	base := in.Base
	b := &builder{
		Voice: NewVoice(in.Words, base.Workspace, base.Catalogue), Run: base, in: in,
		costs: map[string]audit.Cost{}, target: base.Workspace.Assumptions.TargetPaybackMonths.Value,
	}
	for _, f := range base.Workspace.Flows {
		b.costs[f.ID] = base.Workspace.Cost(f)
	}
	return b
}

func (b *builder) meta() Meta {
	w := b.Workspace
	m := Meta{
		Client: w.Client.Name, Firm: w.Brand.Name, Date: string(w.Date), Language: b.words.Language(),
		Currency: w.Currency, Accent: w.Brand.Primary, Title: b.t("title", nil), Contents: b.t("contents", nil),
	}
	if m.Client != "" {
		m.Title = b.t("title.client", lang.Args{"Client": m.Client})
	}
	var printed []string
	if m.Date != "" {
		printed = append(printed, b.words.Date(m.Date))
	}
	if m.Firm != "" {
		printed = append(printed, m.Firm)
	}
	if len(b.in.WhatIf) > 0 {
		printed = append(printed, b.whatIf())
	}
	m.Printed = strings.Join(printed, " · ")
	return m
}

// whatIf says that the figures are not those of the audit, and why.
func (b *builder) whatIf() string {
	return b.t("what_if", lang.Args{"Changes": strings.Join(b.in.WhatIf, "; ")})
}

// t gives the report's own words of a key.
func (b *builder) t(key string, args lang.Args) string { return b.words.Text("report."+key, args) }

// n gives them for a number of something.
func (b *builder) n(key string, n int, args lang.Args) string {
	return b.words.Plural("report."+key, n, args)
}

// column is a column whose heading is among the report's words.
func (b *builder) column(key string, kind Kind, width int) Column {
	return Column{Key: key, Label: b.t("column."+key, nil), Kind: kind, Width: width}
}

func (b *builder) input(key string, kind Kind, width int) Column {
	c := b.column(key, kind, width)
	c.Input = true
	return c
}

func hiddenColumn(key string, kind Kind) Column {
	return Column{Key: key, Label: key, Kind: kind, Width: 10, Hidden: true}
}

func (b *builder) lead(key string, args lang.Args) Paragraph {
	return Paragraph{Text: b.t(key, args), Style: Lead}
}

// assumption is the value in force of an assumption, in the assumptions table.
func assumption(key string) Formula { return At("assumptions", key, FigureColumn) }

// money is an amount without cents, in words.
func (b *builder) money(x float64) string { return b.words.Money(x, b.Workspace.Currency, 0) }

// months is a number of months in words: 8 months, 5.6 months, never.
func (b *builder) months(x float64) string {
	if whole := int(x); float64(whole) == x {
		return b.words.Plural("duration.months", whole, nil)
	}
	return b.words.Months(x)
}

// quoted are the names of flows as a sentence lists them.
func (b *builder) quoted(ids []string) string {
	return b.words.List(mapped(ids, b.quote))
}

func (b *builder) quote(id string) string { return b.t("quoted", lang.Args{"Name": b.Flow(id)}) }
