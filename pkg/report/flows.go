package report

import (
	"slices"
	"strings"

	"github.com/flowmap-dev/flowmap/pkg/audit"
	"github.com/flowmap-dev/flowmap/pkg/lang"
	"github.com/flowmap-dev/flowmap/pkg/roi"
)

// flows is the section of what was stated: the inputs of every flow, and where
// each comes from.
func (b *builder) flows() []Block {
	t := Table{ID: "flows", Columns: []Column{
		b.column("flow", Text, 28),
		b.column("from", Text, 13), b.column("to", Text, 13), b.column("data", Text, 13),
		b.column("how", Text, 11), b.column("department", Text, 13), b.column("role", Text, 15),
		b.input("hours", Hours, 9), b.input("factor", Number, 8), b.input("peak_months", Count, 8), b.column("hourly", Price, 10),
		b.input("automation", Share, 10), b.input("reduction", Share, 10),
		b.input("build", Money, 11), b.input("fee", Price, 10),
		b.column("said", Text, 46), b.column("basis", Text, 11),
		hiddenColumn("peak", Number), hiddenColumn("weeks", Number), hiddenColumn("most", Hours), hiddenColumn("build_hours", Hours), hiddenColumn("listed", Number), hiddenColumn("link", Text),
	}}
	for i, s := range b.Ranking.Scores {
		if f, ok := b.Workspace.Flow(s.Flow); ok {
			t.Rows = append(t.Rows, Row{s.Flow, append(b.flowCells(f, s), Known(Number, float64(i)), Words(linkKey(f.From, f.To)))})
		}
	}
	for _, f := range b.Workspace.Flows {
		if !f.ByHand() {
			t.Rows = append(t.Rows, Row{f.ID, b.automatedCells(f)})
		}
	}
	return []Block{
		b.lead("flows.lead", nil),
		Paragraph{b.t("flows.workbook", nil), Workbook},
		t,
	}
}

func (b *builder) describe(f audit.Flow) []Cell {
	return []Cell{
		Words(f.Label()), Words(b.System(f.From)), Words(b.System(f.To)), Words(b.Entity(f.Entity)),
		Words(b.words.Text("how."+string(f.How), nil)), Words(b.Department(f.Department)), Words(b.Role(f.Role)),
	}
}

// peak is what a year with a flow's peak is to one without.
var peak = Live(Div(Add(Sub(Num(12), Col("peak_months")), Mul(Col("peak_months"), Col("factor"))), Num(12)))

func (b *builder) flowCells(f audit.Flow, s roi.Score) []Cell {
	cost := b.costs[f.ID]
	basis := Words("–")
	if cost.Stated && cost.Basis != audit.Constant {
		basis = Words(b.words.Text("basis."+string(cost.Basis), nil))
	}
	of := "flows." + f.ID + "."
	return append(b.describe(f),
		b.hours(f, s),
		peakFactor(f), peakMonths(f),
		b.hourly(f),
		b.rate(f).from(of+"automation_rate"),
		b.reduction(f).from(of+"error_reduction"),
		b.build(f, s).from(of+"solution.build_cost"),
		KnownIf(s.PlatformPerMonth.OK, Price, s.PlatformPerMonth.Value).from(of+"solution.platform_monthly"),
		Words(b.said(f)), basis, peak,
		b.weeks(f), b.most(f), KnownIf(s.Chosen, Hours, s.Choice.BuildHours.Mean()),
	)
}

// hours are those of a normal week. What was stated a month or a year goes back
// as that; what several people stated, or as runs, as hours a week.
func (b *builder) hours(f audit.Flow, s roi.Score) Cell {
	c := KnownIf(s.Stated, Hours, s.HoursPerWeek).from("flows." + f.ID + ".effort.hours_per_week")
	if len(f.Efforts) != 1 {
		return c
	}
	weeks := b.Workspace.Assumptions.WeeksPerYear.Value
	switch e := f.Efforts[0]; {
	case e.HoursPerWeek.Stated():
	case e.HoursPerMonth.Stated():
		return c.stated(Stated{Path: "flows." + f.ID + ".effort.hours_per_month", Scale: weeks / 12})
	case e.HoursPerYear.Stated():
		return c.stated(Stated{Path: "flows." + f.ID + ".effort.hours_per_year", Scale: weeks * b.costs[f.ID].Peak})
	}
	return c
}

// peakFactor is how many times a normal month a peak month is. Where no peak is
// stated it goes back to no file: a file needs its months too.
func peakFactor(f audit.Flow) Cell {
	if len(f.Peak.Months) == 0 || !f.Peak.Factor.Stated() {
		return Known(Number, 1)
	}
	return Known(Number, f.Peak.Factor.Mean()).from("flows." + f.ID + ".peak.factor")
}

// peakMonths is how many months are peak months. A file states which they are,
// so that no number of them goes back there.
func peakMonths(f audit.Flow) Cell {
	return Known(Count, float64(len(f.Peak.Months))).asking(func(e *Entry) { e.Most = 12 })
}

// build is the cost of building: as the client has decided, else the hours that
// it takes at what an hour of integration work costs.
func (b *builder) build(f audit.Flow, s roi.Score) Cell {
	decided := f.Solution.BuildCost.Stated() && s.Choice.Decided
	if !s.Chosen || decided || s.Choice.BuildHours.Mean() == 0 {
		return KnownIf(s.Chosen, Money, s.BuildCost)
	}
	return built
}

// built is the cost of building by the hours that it takes.
var built = Live(Mul(Col("build_hours"), assumption("developer_hourly_cost")))

func (b *builder) automatedCells(f audit.Flow) []Cell {
	cells := b.describe(f)
	for range 8 {
		cells = append(cells, Words(""))
	}
	cells = append(cells, Words(f.Place.String()), Words("–"))
	for range 6 {
		cells = append(cells, Words(""))
	}
	return cells
}

// hourly is what an hour costs: of the flow's role, else in general.
func (b *builder) hourly(f audit.Flow) Cell {
	if _, ok := b.Workspace.Role(f.Role); ok {
		return Live(At("roles", f.Role, "hourly"))
	}
	return Live(assumption("hourly_cost"))
}

// rate is the share of hours that an integration removes: the flow's own, or an
// assumption.
func (b *builder) rate(f audit.Flow) Cell {
	if f.AutomationRate.Stated() {
		return Known(Share, f.AutomationRate.Mean())
	}
	for _, end := range []string{f.From, f.To} {
		if s, ok := b.Workspace.System(end); ok && s.Kind.Unstructured() {
			return Live(assumption("automation_rate_unstructured"))
		}
	}
	return Live(assumption("automation_rate"))
}

func (b *builder) reduction(f audit.Flow) Cell {
	if f.ErrorReduction.Stated() {
		return Known(Share, f.ErrorReduction.Mean())
	}
	return Live(assumption("error_reduction"))
}

// weeks is how many of the flow's weeks make a year. Work that was stated a
// month or a year does not grow with the weeks that people work.
func (b *builder) weeks(f audit.Flow) Cell {
	weekly := func(e audit.Effort) bool {
		byRuns := !e.HoursPerMonth.Stated() && !e.HoursPerYear.Stated() &&
			(e.Runs.Unit == audit.PerDay || e.Runs.Unit == audit.PerWeek)
		return e.HoursPerWeek.Stated() || byRuns
	}
	if len(f.Efforts) > 0 && !slices.ContainsFunc(f.Efforts, func(e audit.Effort) bool { return !weekly(e) }) {
		return Live(assumption("weeks_per_year"))
	}
	return Known(Number, b.Workspace.Assumptions.WeeksPerYear.Value)
}

// most is how many hours a year the flow's role has, where that is known.
func (b *builder) most(f audit.Flow) Cell {
	if r, ok := b.Workspace.Role(f.Role); ok && r.Headcount.Stated {
		return Live(Mul(At("roles", f.Role, "headcount"), assumption("hours_per_person"), assumption("weeks_per_year")))
	}
	return Cell{Kind: Unknown}
}

// said is every statement about a flow's hours: what, who, where; those that
// count first.
func (b *builder) said(f audit.Flow) string {
	var lines []string
	for _, e := range f.Efforts {
		if e.Stated() {
			lines = append(lines, b.t("said", lang.Args{"What": b.stated(e), "Who": b.who(e.Place)}))
		}
	}
	for _, e := range f.Evidence {
		if e.Stated() {
			lines = append(lines, b.t("said.beside", lang.Args{"What": b.stated(e), "Who": b.who(e.Place)}))
		}
	}
	if len(lines) == 0 {
		return b.t("said.nothing", lang.Args{"Place": f.Place.String()})
	}
	return strings.Join(lines, "\n")
}

// stated is a statement about hours as it was made.
func (b *builder) stated(e audit.Effort) string {
	switch {
	case e.HoursPerWeek.Stated():
		return b.t("stated.week", lang.Args{"Hours": b.span(e.HoursPerWeek)})
	case e.HoursPerMonth.Stated():
		return b.t("stated.month", lang.Args{"Hours": b.span(e.HoursPerMonth)})
	case e.HoursPerYear.Stated():
		return b.t("stated.year", lang.Args{"Hours": b.span(e.HoursPerYear)})
	}
	return b.t("stated.runs", lang.Args{"Runs": b.often(e.Runs), "Minutes": b.span(e.Minutes)})
}

// span is an amount as people say it: 6, or 4 to 12, likely 6.
func (b *builder) span(e audit.Estimate) string {
	if e.Values != 3 || e.Low == e.High {
		return b.plain(e.Likely)
	}
	return b.t("span", lang.Args{"Low": b.plain(e.Low), "Likely": b.plain(e.Likely), "High": b.plain(e.High)})
}

// often is a rate as people say it.
func (b *builder) often(e audit.Estimate) string {
	key := map[audit.Unit]string{
		audit.PerDay: "unit.per_day", audit.PerWeek: "unit.per_week", audit.PerMonth: "unit.per_month", audit.PerYear: "unit.per_year",
	}[e.Unit]
	if key == "" {
		return b.span(e)
	}
	return b.words.Text(key, lang.Args{"Amount": b.span(e)})
}

// plain is a number with the decimals that it needs.
func (b *builder) plain(x float64) string { return b.words.Number(x, Decimals(x)) }

// who is whose statement stands at a place: the people interviewed, and the
// place.
func (b *builder) who(p audit.Place) string {
	if v, ok := b.Workspace.Interview(p.File); ok && len(v.With) > 0 {
		return b.t("who", lang.Args{"People": b.words.List(v.With), "Place": p.String()})
	}
	return p.String()
}
