package report

import (
	"math"

	"github.com/flowmap-dev/flowmap/pkg/lang"
	"github.com/flowmap-dev/flowmap/pkg/roi"
)

// summary is what a manager reads first.
func (b *builder) summary() []Block {
	var blocks []Block
	if len(b.in.WhatIf) > 0 {
		blocks = append(blocks, Paragraph{b.whatIf(), Note})
	}
	if b.follows() && b.ranked() > 0 {
		blocks = append(blocks, Paragraph{b.t("changed", nil), Changed})
	}
	blocks = append(blocks, b.sentences()...)
	blocks = append(blocks, b.leftOut()...)
	if len(b.Ranking.Scores) == 0 {
		return blocks
	}
	blocks = append(blocks, b.keyFigures())
	if b.ranked() > 0 {
		blocks = append(blocks, b.projects())
	}
	blocks = append(blocks, b.pareto())
	if len(b.in.Scenarios) > 0 {
		blocks = append(blocks, b.scenarios())
	}
	return append(blocks, Paragraph{b.t("summary.workbook", nil), Workbook})
}

// sentences say in words what the key figures say: where the work is, and what
// to do first.
func (b *builder) sentences() []Block {
	t := b.Ranking.Totals
	ranked := b.ranked()
	switch {
	case len(b.Workspace.Flows) == 0:
		return []Block{b.lead("summary.no_flows", nil)}
	case len(b.Ranking.Scores) == 0:
		return []Block{b.lead("summary.automated", nil)}
	case ranked == 0:
		return []Block{b.lead("summary.no_hours", nil)}
	}
	client := b.Workspace.Client.Name
	if client == "" {
		client = b.t("company", nil)
	}
	first := b.n("summary.work", ranked, lang.Args{
		"Client": client, "Hours": b.words.Hours(t.Flows.HoursPerWeek), "Cost": b.money(t.Flows.LabourPerYear + t.Flows.ErrorCostPerYear),
	})
	var few []string
	held := 0.0
	for k, i := range b.Ranking.Concentration.Order[:t.FlowsFor80] {
		few = append(few, b.Ranking.Scores[i].Flow)
		held = b.Ranking.Concentration.Cumulative[k]
	}
	second := b.n("summary.few", len(few), lang.Args{
		"Share": b.words.Percent(held, 0), "Names": b.someOf(few),
	})
	if ranked == 1 {
		second = b.t("summary.only", lang.Args{"Name": b.Flow(few[0])})
	}
	return []Block{Paragraph{first, Lead}, Paragraph{second, Lead}, Paragraph{b.verdict(), Lead}}
}

// someOf names flows in a sentence, at most five, and counts the others.
func (b *builder) someOf(ids []string) string {
	const most = 5
	if len(ids) <= most {
		return b.quoted(ids)
	}
	names := mapped(ids[:most], b.quote)
	return b.words.List(append(names, b.n("more", len(ids)-most, nil)))
}

// verdict says which flows meet the target, what they take, and what they give.
func (b *builder) verdict() string {
	target := b.months(b.target)
	chosen := b.paidBackBy(b.target)
	if len(chosen) == 0 {
		return b.noneInTime(target)
	}
	p := project(b, chosen)
	args := lang.Args{
		"Target": target, "Build": b.money(p.Build), "Monthly": b.money(p.Fee + p.Maintenance),
		"Benefit": b.money(p.Benefit), "Payback": b.months(monthsOf(p.Payback())),
	}
	cash := p
	cash.Benefit = roi.Total(b.Workspace, chosen).CashBenefitPerYear
	key := "summary.met.cash_never"
	if months, ok := cash.Payback(); ok {
		key, args["Cash"] = "summary.met", b.months(months)
	}
	return b.n(key, len(chosen), args)
}

// noneInTime is the verdict where no flow meets the target, and what it does
// not speak of.
func (b *builder) noneInTime(target string) string {
	unpriced, all := b.unpriced()
	if all {
		return b.noPriceYet()
	}
	verdict := b.t("summary.never", nil)
	if soonest := b.paidBackBy(math.Inf(1)); len(soonest) > 0 {
		verdict = b.t("summary.missed", lang.Args{"Target": target, "Name": b.Flow(soonest[0].Flow), "Payback": b.months(soonest[0].Payback.Value)})
	}
	if unpriced > 0 {
		verdict += " " + b.n("summary.some_unpriced", unpriced, nil)
	}
	return verdict
}

// monthsOf is a payback as a number: without end where it never comes.
func monthsOf(months float64, ok bool) float64 {
	if !ok {
		return math.Inf(1)
	}
	return months
}

// project is several flows integrated as one investment.
func project(b *builder, flows []roi.Score) roi.Investment {
	p := roi.Investment{Benefit: roi.Total(b.Workspace, flows).BenefitPerYear, RampUp: b.Workspace.Assumptions.RampUpMonths.Value}
	for _, s := range flows {
		p.Build += s.BuildCost
		p.Fee += s.PlatformPerMonth.Value
		p.Maintenance += s.MaintenancePerMonth
	}
	return p
}

// ranked is how many flows have hours.
func (b *builder) ranked() int { return len(b.Ranking.Concentration.Order) }

// keyFigures are how many flows lack hours, and where some have hours the
// figures of those.
func (b *builder) keyFigures() Figures {
	var figures []Figure
	if b.ranked() > 0 {
		figures = b.rankedFigures()
	}
	if n := b.Ranking.Totals.NotStated; n > 0 {
		figures = append(figures, Figure{Key: "not_stated", Label: b.t("figure.not_stated", nil), Kind: Count,
			Cell: Known(Count, float64(n)), Note: b.t("figure.not_stated.note", nil)})
	}
	return Figures{
		ID: "key-figures", Figures: figures,
		Labels: [3]string{b.t("column.figure", nil), b.t("column.value", nil), b.t("column.note", nil)},
	}
}

// rankedFigures are those of all flows, and of the flows that meet the target;
// where none does, of those that pay back at all.
func (b *builder) rankedFigures() []Figure {
	group, months := b.proposal(), b.months(b.target)
	of := func(column string) Formula { return At("together", group, column) }
	w, t := b.Workspace.Assumptions, b.Ranking.Totals
	figures := []Figure{
		b.figure("hours", Hours, At("ranking", TotalKey, "hours"), "figure.hours.note",
			lang.Args{"Count": b.words.Number(t.HoursPerWeek/w.HoursPerPerson.Value, 1)}),
		b.figure("cost", Money, At("ranking", TotalKey, "cost"), "figure.cost.note", nil),
		b.figure("benefit", Money, of("benefit"), "figure.benefit."+group, lang.Args{"Target": months}),
		b.figure("payback", Months, of("payback"), "figure.payback.note", lang.Args{"Target": months}),
	}
	for i := range figures {
		figures[i].Large = true
	}
	return append(figures,
		b.figure("build", Money, of("build"), "figure.build.note", nil),
		b.figure("monthly", Money, of("monthly"), "figure.monthly.note", nil),
		b.figure("cash_payback", Months, of("cash_payback"), "figure.cash_payback.note",
			lang.Args{"Share": b.words.Percent(w.CashShare.Mean(), 0)}),
		Figure{Key: "few", Label: b.t("figure.few", nil), Kind: Count, Cell: Known(Count, float64(t.FlowsFor80)),
			Note: b.n("figure.few.note", b.ranked(), nil)})
}

func (b *builder) figure(key string, kind Kind, f Formula, note string, args lang.Args) Figure {
	return Figure{Key: key, Label: b.t("figure."+key, nil), Kind: kind, Cell: Live(f), Note: b.t(note, args)}
}

// projects sets three ways to cut the work side by side.
func (b *builder) projects() Table {
	t := Table{ID: "projects", Title: b.t("projects.title", lang.Args{"Target": b.months(b.target)}), Short: b.t("projects.short", nil),
		Columns: []Column{
			b.column("group", Text, 34), b.column("flows", Count, 9), b.column("benefit", Money, 13), b.column("build", Money, 13),
			b.column("monthly", Money, 13), b.column("payback", Months, 13), b.column("cash_payback", Months, 13),
		}}
	for _, key := range []string{"few", "target", "paying"} {
		row := Row{Key: key, Cells: []Cell{Words(b.t("group."+key, nil))}}
		for _, c := range t.Columns[1:] {
			row.Cells = append(row.Cells, Live(Same("together", c.Key)))
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// bars is how many flows the chart shows by name.
const bars = 10

// pareto is the chart of the flows with most hours, and the rest as one bar; a
// rest of more hours than any flow would dwarf them, and stands below.
func (b *builder) pareto() Chart {
	t := Table{ID: "pareto", Title: b.t("pareto.title", nil), Short: b.t("pareto.short", nil), Empty: b.t("pareto.empty", nil),
		Columns: []Column{
			b.column("flow", Text, 34), b.column("hours_year", Hours, 11), b.column("held", Share, 13),
		}}
	c := b.Ranking.Concentration
	for k, i := range c.Order {
		s := b.Ranking.Scores[i]
		if k == bars && len(c.Order) > bars+1 {
			rest := b.rest(c, k)
			if rest.Cells[1].Number > b.Ranking.Scores[c.Order[0]].HoursPerYear {
				rest.Key, t.Total = TotalKey, &rest
			} else {
				t.Rows = append(t.Rows, rest)
			}
			break
		}
		t.Rows = append(t.Rows, Row{s.Flow, []Cell{
			Words(b.Flow(s.Flow)), Live(At("calculation", s.Flow, "hours_year")), Known(Share, c.Cumulative[k]),
		}})
	}
	return Chart{Table: t, Label: "flow", Bars: "hours_year"}
}

// rest is the bar of all flows from the place k on.
func (b *builder) rest(c roi.Concentration, k int) Row {
	hours := 0.0
	for _, i := range c.Order[k:] {
		hours += b.Ranking.Scores[i].HoursPerYear
	}
	return Row{"others", []Cell{
		Words(b.n("pareto.rest", len(c.Order)-k, nil)), Known(Hours, hours), Known(Share, 1),
	}}
}

// scenarios sets the runs side by side: their flows that meet the target.
func (b *builder) scenarios() Table {
	t := Table{ID: "scenarios", Title: b.t("scenarios.title", nil), Short: b.t("scenarios.short", nil), Note: b.t("scenarios.note", nil),
		Columns: []Column{
			b.column("scenario", Text, 34), b.column("hours", Hours, 11), b.column("cost", Money, 13), b.column("flows", Count, 9),
			b.column("benefit", Money, 13), b.column("build", Money, 13), b.column("payback", Months, 13),
		}}
	runs := append([]Run{b.Run}, b.in.Scenarios...)
	runs[0].Name = b.t("scenarios.base", nil)
	for i, run := range runs {
		other := newBuilder(Input{Base: run, Words: b.words})
		chosen := other.paidBackBy(other.target)
		p := project(other, chosen)
		total := run.Ranking.Totals.Flows
		_, unpriced := other.unpriced()
		t.Rows = append(t.Rows, Row{"run-" + b.words.Number(float64(i), 0), []Cell{
			Words(run.Name), Known(Hours, total.HoursPerWeek), Known(Money, total.LabourPerYear+total.ErrorCostPerYear),
			Known(Count, float64(len(chosen))), KnownIf(!unpriced, Money, p.Benefit), KnownIf(!unpriced, Money, p.Build),
			KnownIf(!unpriced, Months, monthsOf(p.Payback())),
		}})
	}
	return t
}
