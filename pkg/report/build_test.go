package report_test

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/flowmap-dev/flowmap/pkg/audit"
	"github.com/flowmap-dev/flowmap/pkg/lang"
	"github.com/flowmap-dev/flowmap/pkg/report"
	"github.com/flowmap-dev/flowmap/pkg/roi"
)

func near(c report.Cell, want float64) bool {
	return c.Kind != report.Unknown && math.Abs(c.Number-want) <= 1e-9*max(1, math.Abs(want))
}

// want compares a cell with a figure that may not be there: not known, or, for
// paybacks of a flow whose cash flow is known, never.
func want(t *testing.T, name string, c report.Cell, f roi.Figure, never bool) {
	t.Helper()
	switch {
	case f.OK && !near(c, f.Value):
		t.Errorf("%s is %v, want %v", name, c.Number, f.Value)
	case !f.OK && never && !c.Never():
		t.Errorf("%s is %v, want never", name, c)
	case !f.OK && !never && c.Kind != report.Unknown:
		t.Errorf("%s is %v, want not known", name, c)
	}
}

// only is the one rate of return, if there is exactly one.
func only(rates []float64) roi.Figure {
	if len(rates) != 1 {
		return roi.Figure{}
	}
	return roi.Figure{Value: rates[0], OK: true}
}

// agree compares every formula of a report with the ranking that it shows.
func agree(t *testing.T, base report.Run, r report.Report) {
	t.Helper()
	ranking, calculation := table(t, r, "ranking"), table(t, r, "calculation")
	for _, s := range base.Ranking.Scores {
		known := func(x float64) roi.Figure { return roi.Figure{Value: x, OK: s.Stated} }
		never := s.NPV.OK
		want(t, s.Flow+" hours", at(t, ranking, s.Flow, "hours"), known(s.HoursPerWeek), false)
		want(t, s.Flow+" benefit", at(t, ranking, s.Flow, "benefit"), known(s.BenefitPerYear), false)
		want(t, s.Flow+" build", at(t, ranking, s.Flow, "build"), roi.Figure{Value: s.BuildCost, OK: s.Chosen}, false)
		want(t, s.Flow+" monthly", at(t, ranking, s.Flow, "monthly"), s.MonthlyCost, false)
		want(t, s.Flow+" payback", at(t, ranking, s.Flow, "payback"), s.Payback, never)
		want(t, s.Flow+" payback on cash", at(t, ranking, s.Flow, "cash_payback"), s.CashPayback, never)
		want(t, s.Flow+" hours a year", at(t, calculation, s.Flow, "hours_year"), known(s.HoursPerYear), false)
		want(t, s.Flow+" labour", at(t, calculation, s.Flow, "labour"), known(s.LabourPerYear), false)
		want(t, s.Flow+" NPV", at(t, calculation, s.Flow, "npv"), s.NPV, false)
		want(t, s.Flow+" ROI", at(t, calculation, s.Flow, "roi"), s.ROI, false)
		want(t, s.Flow+" IRR", at(t, calculation, s.Flow, "irr"), only(s.IRR), false)
		want(t, s.Flow+" rank", at(t, calculation, s.Flow, "rank"), roi.Figure{Value: float64(s.Rank), OK: s.Stated}, false)
		want(t, s.Flow+" cash benefit", at(t, calculation, s.Flow, "cash_benefit"), known(s.CashBenefitPerYear), false)
	}
	totals := base.Ranking.Totals.Flows // totals add up with the rows
	want(t, "total hours", at(t, ranking, report.TotalKey, "hours"), roi.Figure{Value: totals.HoursPerWeek, OK: true}, false)
	want(t, "total cost", at(t, ranking, report.TotalKey, "cost"), roi.Figure{Value: totals.LabourPerYear + totals.ErrorCostPerYear, OK: true}, false)
	want(t, "total benefit", at(t, ranking, report.TotalKey, "benefit"), roi.Figure{Value: totals.BenefitPerYear, OK: true}, false)
}

// The formulas of the workbook and the ranking are two computations of one
// thing: they agree for every flow of the examples.
func TestFormulasGiveTheRankingsFigures(t *testing.T) {
	for _, name := range []string{"distribuidora", "tienda"} {
		base := run(t, example(t, name))
		agree(t, base, built(t, base, "es"))
	}
}

// They agree for any figures: two flows of one role, the first with errors and
// a peak, the second decided.
func TestFormulasGiveTheRankingsFiguresForAnyInputs(t *testing.T) {
	c := shipped(t)
	rapid.Check(t, func(rt *rapid.T) {
		number := func(name string, low, high float64) string {
			return fmt.Sprintf("%.2f", rapid.Float64Range(low, high).Draw(rt, name))
		}
		count := func(name string, low, high int) int { return rapid.IntRange(low, high).Draw(rt, name) }
		base := walk(parsed(t, fmt.Sprintf(`
version: 1
assumptions: {hourly_cost: %s, ramp_up_months: %d, cash_share: %d%%, automation_rate: %d%%, maintenance: %d%%}
roles: [{id: admin, hourly_cost: %s, headcount: %d}]
systems: [{id: a, interfaces: [api]}, {id: b, interfaces: [api]}, {id: c, kind: email}]
flows:
  - id: one
    from: a
    to: b
    role: admin
    effort: {hours_per_week: %s}
    volume: %d/month
    peak: {factor: 2.5, months: [11, 12]}
    errors:
      - {what: wrong, found_in: b, rate: 2%%, minutes_to_fix: %d, cost: %s}
      - {what: late, found_in: customer, rate: 3/week}
    overlaps: {two: 1}
  - {id: two, from: c, to: b, role: admin, effort: {runs: %d/day, minutes: %d}, solution: {platform: make, build_cost: %d, platform_monthly: %s}}
`, number("hourly", 5, 60), count("ramp", 0, 24), count("cash", 0, 99), count("rate", 1, 99), count("upkeep", 0, 60),
			number("role", 5, 60), count("heads", 1, 3), number("hours", 0, 90), count("volume", 0, 9000), count("minutes", 0, 90),
			number("cost", 0, 90), count("runs", 0, 60), count("each", 0, 30), count("build", 0, 40000), number("fee", 0, 900))), c)
		agree(t, base, built(t, base, "en"))
		if t.Failed() {
			rt.FailNow()
		}
	})
}

// Flows that are taken together cost and bring what roi says of them as one
// investment, hours that two claim counted once.
func TestTheFlowsThatMeetTheTargetAreOneInvestment(t *testing.T) {
	base := run(t, example(t, "distribuidora"))
	r := built(t, base, "es")
	var chosen []roi.Score
	all := roi.Investment{RampUp: base.Workspace.Assumptions.RampUpMonths.Value}
	for _, s := range base.Ranking.Scores {
		if s.Payback.OK && s.Payback.Value <= 8 {
			chosen = append(chosen, s)
			all.Build, all.Fee, all.Maintenance = all.Build+s.BuildCost, all.Fee+s.PlatformPerMonth.Value, all.Maintenance+s.MaintenancePerMonth
		}
	}
	total := roi.Total(base.Workspace, chosen)
	all.Benefit = total.BenefitPerYear
	together := table(t, r, "together")
	for column, value := range map[string]float64{
		"flows": float64(len(chosen)), "build": all.Build, "monthly": all.Fee + all.Maintenance, "benefit": total.BenefitPerYear, "hours_year": total.HoursPerYear,
	} {
		want(t, column, at(t, together, "target", column), roi.Figure{Value: value, OK: true}, false)
	}
	months, ok := all.Payback()
	want(t, "payback", at(t, together, "target", "payback"), roi.Figure{Value: months, OK: ok}, true)
	all.Benefit = total.CashBenefitPerYear
	months, ok = all.Payback()
	want(t, "payback on cash", at(t, together, "target", "cash_payback"), roi.Figure{Value: months, OK: ok}, true)
}

const webOrders = `
version: 1
date: 2026-11-20
client: {name: Levante}
currency: EUR
language: en
roles: [{id: admin, hourly_cost: 20}]
systems: [{id: shop, name: PrestaShop, interfaces: [api]}, {id: erp, name: Sage, interfaces: [database]}]
flows:
  - id: web-orders
    from: shop
    to: erp
    role: admin
    effort: {hours_per_week: [6, 8, 12]}
    volume: 800/month
    peak: {factor: 2.5, months: [11, 12]}
    errors: [{what: Wrong SKU, found_in: customer, rate: 2%, minutes_to_fix: 20, cost: 15}]
    solution: {platform: n8n-cloud, build_cost: [3000, 4500, 8000], platform_monthly: 45, build_weeks: 3}
`

func TestTheWorkedExampleOfTheMethod(t *testing.T) {
	r := built(t, run(t, parsed(t, webOrders)), "en")
	for key, want := range map[string]float64{
		"hours": 8.3333, "cost": 9583.33 + 5200, "benefit": 12825.83, "payback": 6.126, "build": 4833.33, "monthly": 105.42, "cash_payback": 31.008, "few": 1,
	} {
		if c := figure(t, r, key); math.Abs(c.Number-want) > .005*max(1, want/1000) {
			t.Errorf("%s is %v, want %v", key, c.Number, want)
		}
	}
}

func TestTheSummarySaysInWordsWhatItsFiguresSay(t *testing.T) {
	r := built(t, run(t, parsed(t, webOrders)), "en")
	text := ""
	for _, b := range r.Sections[0].Blocks {
		if p, ok := b.(report.Paragraph); ok {
			text += p.Text + "\n"
		}
	}
	for _, words := range []string{
		"Levante spends 8.3\u00a0h a week on one flow", "€14,783 a year", "It is “web-orders”.",
		"One flow pays back within the target of 8 months", "after 6.1 months, or after 31.0 months",
	} {
		if !strings.Contains(text, words) {
			t.Errorf("the summary does not say %q:\n%s", words, text)
		}
	}
}

func TestHoursThatNobodyStatedAreNotZero(t *testing.T) {
	w := parsed(t, `
version: 1
systems: [{id: a}, {id: b}]
flows: [{id: silent, from: a, to: b}]
`)
	r := built(t, run(t, w), "en")
	for _, column := range []string{"hours", "cost", "benefit", "payback", "cash_payback"} {
		if c := at(t, table(t, r, "ranking"), "silent", column); c.Kind != report.Unknown {
			t.Errorf("%s is %v, want not known", column, c)
		}
	}
	if c := at(t, table(t, r, "ranking"), "silent", "rank"); c.Text != "" || c.Kind != report.Text {
		t.Errorf("rank %v, want none", c)
	}
	if c := figure(t, r, "not_stated"); c.Number != 1 {
		t.Errorf("%v flows without hours, want 1", c.Number)
	}
}

func TestAWorkspaceWithoutFlowsHasAReport(t *testing.T) {
	r := built(t, run(t, parsed(t, "version: 1\n")), "es")
	if len(r.Sections) != 10 {
		t.Errorf("%d sections, want 10", len(r.Sections))
	}
	if n := len(r.Sections[0].Blocks); n != 1 {
		t.Errorf("the summary has %d blocks, want a sentence alone", n)
	}
}

// Each figure can be followed back: a flow's row names the file, the line, the
// column and the person.
func TestAFlowsRowSaysWhoStatedItAndWhere(t *testing.T) {
	r := built(t, run(t, example(t, "distribuidora")), "en")
	said := at(t, table(t, r, "flows"), "pedidos-email", "said").Text
	for _, want := range []string{"María, interviews/2026-11-02-sales-maria.yaml:", "José"} {
		if !strings.Contains(said, want) {
			t.Errorf("it says %q, want %q in it", said, want)
		}
	}
}

func TestAnAssumptionSaysWhetherItWasStated(t *testing.T) {
	r := built(t, run(t, parsed(t, "version: 1\nassumptions: {hourly_cost: 25}\n")), "en")
	assumptions := table(t, r, "assumptions")
	if c := at(t, assumptions, "hourly_cost", "source"); !strings.Contains(c.Text, "flowmap.yaml:2:") {
		t.Errorf("source %q, want its place", c.Text)
	}
	if c := at(t, assumptions, "weeks_per_year", "source"); c.Text != "default of flowmap" {
		t.Errorf("source %q, want a default", c.Text)
	}
	if c := at(t, assumptions, "hourly_cost", "value"); c.Number != 25 || c.Kind != report.Price {
		t.Errorf("an hour costs %v, want 25", c)
	}
}

// Changing the weeks of a year changes what was stated a week, not what was
// stated a month.
func TestHoursOfAMonthDoNotFollowTheWeeksOfAYear(t *testing.T) {
	w := parsed(t, `
version: 1
systems: [{id: a}, {id: b}, {id: c}]
flows:
  - {id: weekly, from: a, to: b, effort: {hours_per_week: 2}}
  - {id: monthly, from: b, to: c, effort: {hours_per_month: 6}}
`)
	r := built(t, run(t, w), "en")
	assumptions := table(t, r, "assumptions")
	for i := range assumptions.Rows {
		if assumptions.Rows[i].Key == "weeks_per_year" {
			assumptions.Rows[i].Cells[1] = report.Known(report.Number, 50)
		}
	}
	if err := report.Calculate(r); err != nil {
		t.Fatal(err)
	}
	calculation := table(t, r, "calculation")
	if c := at(t, calculation, "weekly", "hours_year"); !near(c, 100) {
		t.Errorf("2 hours in each of 50 weeks are %v, want 100", c.Number)
	}
	if c := at(t, calculation, "monthly", "hours_year"); !near(c, 72) {
		t.Errorf("6 hours in each of 12 months are %v, want 72", c.Number)
	}
}

func TestErrorPointsAddUpToTheirPlaces(t *testing.T) {
	r := built(t, run(t, example(t, "distribuidora")), "es")
	places, points := table(t, r, "places"), table(t, r, "points")
	sum, before := 0.0, math.Inf(1)
	for _, row := range places.Rows {
		cost := at(t, places, row.Key, "cost").Number
		if cost > before {
			t.Errorf("%s costs %v and stands after a place that costs %v", row.Key, cost, before)
		}
		sum, before = sum+cost, cost
	}
	if total := at(t, points, report.TotalKey, "cost"); !near(total, sum) {
		t.Errorf("places add up to %v, points to %v", sum, total.Number)
	}
}

func TestAScenarioStandsBesideTheBase(t *testing.T) {
	base := parsed(t, webOrders)
	dear, err := base.With(audit.Setting{Key: "roles.admin.hourly_cost", Value: "40"})
	if err != nil {
		t.Fatal(err)
	}
	scenario := run(t, dear)
	scenario.Name = "Dear hours"
	p, err := lang.New("en")
	if err != nil {
		t.Fatal(err)
	}
	r, err := report.Build(report.Input{Base: run(t, base), Scenarios: []report.Run{scenario}, Words: p})
	if err != nil {
		t.Fatal(err)
	}
	runs := table(t, r, "scenarios")
	// Labour is 479.2 hours at 20 or 40; errors cost 15 and a third of an hour.
	if a, b := at(t, runs, "run-0", "cost").Number, at(t, runs, "run-1", "cost").Number; math.Abs(b-a-(9583.33+1600)) > .01 {
		t.Errorf("the scenario costs %v more, want 11,183.33", b-a)
	}
}

func TestAnAudienceGetsItsSections(t *testing.T) {
	r := built(t, run(t, parsed(t, webOrders)), "en")
	var ids []string
	for _, s := range r.For(report.Proposal).Sections {
		ids = append(ids, s.ID)
	}
	if got := strings.Join(ids, " "); got != "summary priorities map errors recovery cash certainty assumptions not-counted next-steps" {
		t.Errorf("a proposal has %s", got)
	}
	if len(r.For("").Sections) != len(r.Sections) {
		t.Error("everybody lacks a section")
	}
}

func TestWordsAreThereForEverything(t *testing.T) {
	for _, language := range lang.Languages() {
		for _, name := range []string{"distribuidora", "tienda"} {
			eachText(built(t, run(t, example(t, name)), language), func(place, text string) {
				if strings.Contains(text, "‹") || strings.Contains(text, "{{") {
					t.Errorf("%s, %s, %s: %q", language, name, place, text)
				}
			})
		}
	}
}

// eachText visits all that a reader reads.
func eachText(r report.Report, visit func(place, text string)) {
	visit("title", r.Meta.Title)
	for _, s := range r.Sections {
		visit(s.ID, s.Title)
		visit(s.ID, s.Short)
		for _, b := range s.Blocks {
			switch b := b.(type) {
			case report.Paragraph:
				visit(s.ID, b.Text)
			case report.List:
				visit(s.ID, b.Title)
				for _, item := range b.Items {
					visit(s.ID, item)
				}
			case report.Figures:
				for _, f := range b.Figures {
					visit(s.ID, f.Label)
					visit(s.ID, f.Note)
				}
			case report.Table:
				eachCell(b, visit)
			case report.Chart:
				eachCell(b.Table, visit)
			case report.Picture:
				visit(s.ID, b.Alt)
			}
		}
	}
}

func eachCell(t report.Table, visit func(place, text string)) {
	for _, text := range []string{t.Title, t.Short, t.Empty, t.Note} {
		visit(t.ID, text)
	}
	for _, c := range t.Columns {
		visit(t.ID, c.Label)
	}
	for _, r := range t.Rows {
		for _, c := range r.Cells {
			visit(t.ID+", "+r.Key, c.Text)
		}
	}
}

func TestASentenceNamesThings(t *testing.T) {
	w := parsed(t, webOrders)
	p, err := lang.New("en")
	if err != nil {
		t.Fatal(err)
	}
	v := report.NewVoice(p, w, run(t, w).Catalogue)
	f := audit.Finding{ID: "FM010", Args: []audit.Arg{
		{Name: "flow", Kind: audit.ArgFlow, IDs: []string{"web-orders"}},
		{Name: "low", Kind: audit.ArgHours, Number: 4}, {Name: "high", Kind: audit.ArgHours, Number: 9.25},
	}}
	const want = "What people say about the time for “web-orders” lies between 4.0\u00a0h and 9.3\u00a0h a week."
	if got := v.Sentence(f); got != want {
		t.Errorf("%q, want %q", got, want)
	}
	for kind, want := range map[audit.ArgKind]string{
		audit.ArgSystem: "PrestaShop and Sage", audit.ArgPlatform: "shop and erp", audit.ArgPerson: "shop and erp",
	} {
		args := v.Args([]audit.Arg{{Name: "x", Kind: kind, IDs: []string{"shop", "erp"}}})
		if args["X"] != want {
			t.Errorf("%s: %q, want %q", kind, args["X"], want)
		}
	}
}
