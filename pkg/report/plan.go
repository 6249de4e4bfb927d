package report

import (
	"cmp"
	"math"
	"slices"
	"strconv"

	"github.com/flowmap-dev/flowmap/pkg/advise"
	"github.com/flowmap-dev/flowmap/pkg/lang"
	"github.com/flowmap-dev/flowmap/pkg/roi"
	"github.com/flowmap-dev/flowmap/pkg/roi/portfolio"
)

// Plan is which flows are worth integrating together, and when.
type Plan struct {
	portfolio.Proposal
	Roadmap portfolio.Roadmap
	Band    []roi.Band // where the money of the roadmap lies, month by month; may be empty
}

// plan is the section of what to do, in which order, with what money.
func (b *builder) plan() []Block {
	if b.Plan == nil || b.ranked() == 0 {
		return nil
	}
	blocks := []Block{Paragraph{b.planned(), Lead}}
	if len(b.Plan.Flows) > 0 {
		blocks = append(blocks, Paragraph{b.t("plan.searched", nil), Workbook},
			b.planFigures(), b.chosen(), b.paid())
	}
	if len(b.Plan.Passed) > 0 {
		blocks = append(blocks, b.passed())
	}
	if len(b.Plan.Flows) > 0 {
		blocks = append(blocks, b.roadmap())
		if len(b.Plan.Band) > 0 {
			blocks = append(blocks, b.planCash())
		}
	}
	if len(b.Plan.Curve) > 0 {
		blocks = append(blocks, b.budgets())
	}
	if len(b.Plan.Next) > 0 {
		blocks = append(blocks, b.nextBest())
	}
	if len(b.Ranking.Scores) > MostTried {
		blocks = append(blocks, Paragraph{b.t("plan.untried", lang.Args{"Tried": b.words.Number(MostTried, 0)}), Note})
	}
	return blocks
}

// planned says the plan in a few sentences: what, for what money, and how sure
// it is that nothing is better.
func (b *builder) planned() string {
	p := b.Plan
	if len(p.Flows) == 0 {
		return b.within() + " " + b.t("plan.nothing", nil) + " " + b.proof()
	}
	args := lang.Args{
		"First": b.Flow(p.Roadmap.Steps[0].Flow), "Build": b.money(p.Build), "Monthly": b.money(p.FeesPerMonth + p.MaintenancePerMonth),
		"Benefit": b.money(p.Totals.BenefitPerYear), "Payback": b.months(monthsOf(p.Payback.Value, p.Payback.OK)),
		"Months": b.months(b.Workspace.Assumptions.HorizonMonths.Value), "NPV": b.money(p.NPV),
	}
	return b.within() + " " + b.n("plan.choose", len(p.Flows), args) + " " + b.proof()
}

func (b *builder) within() string {
	w := b.Plan.Wishes
	args := lang.Args{"Budget": b.money(w.Budget.Value), "Monthly": b.money(w.Monthly.Value)}
	switch {
	case w.Budget.OK && w.Monthly.OK:
		return b.t("plan.within.both", args)
	case w.Budget.OK:
		return b.t("plan.within.budget", args)
	case w.Monthly.OK:
		return b.t("plan.within.monthly", args)
	}
	return b.t("plan.within.nothing", nil)
}

func (b *builder) proof() string {
	if b.Plan.Optimal {
		return b.t("plan.proven", nil)
	}
	return b.t("plan.gap", lang.Args{"Bound": b.money(b.Plan.Bound), "Gap": b.words.Percent(b.Plan.Gap, 1)})
}

// planFigures are the plan as one investment.
func (b *builder) planFigures() Figures {
	p, r := b.Plan, b.Plan.Roadmap
	figure := func(key string, kind Kind, x float64, large bool) Figure {
		return Figure{Key: key, Label: b.t("plan.figure."+key, nil), Kind: kind, Cell: Known(kind, x), Note: b.t("plan.figure."+key+".note", nil), Large: large}
	}
	figures := []Figure{
		figure("build", Money, p.Build, true),
		figure("npv", Money, p.NPV, true),
		figure("payback", Months, monthsOf(p.Payback.Value, p.Payback.OK), true),
		figure("cash_payback", Months, monthsOf(p.CashPayback.Value, p.CashPayback.OK), false),
		figure("monthly", Price, p.FeesPerMonth+p.MaintenancePerMonth, false),
		figure("benefit", Money, p.Totals.BenefitPerYear, false),
		figure("at_hand", Money, r.Deepest, false),
		figure("at_hand_cash", Money, r.CashDepth, false),
	}
	if r.BreakEven.OK {
		figures = append(figures, figure("even", Count, r.BreakEven.Value, false))
	}
	return Figures{ID: "plan-figures", Title: b.t("plan.figures", nil), Figures: figures,
		Labels: [3]string{b.t("column.figure", nil), b.t("column.value", nil), b.t("column.note", nil)}}
}

// inOrder are the chosen flows in the order of the roadmap.
func (b *builder) inOrder() []portfolio.Chosen {
	place := map[string]int{}
	for i, s := range b.Plan.Roadmap.Steps {
		place[s.Flow] = i
	}
	flows := slices.Clone(b.Plan.Flows)
	slices.SortStableFunc(flows, func(x, y portfolio.Chosen) int { return cmp.Compare(place[x.Flow], place[y.Flow]) })
	return flows
}

// chosen lists the flows of the plan in the order in which they are built, with
// the three views of their platform's fee.
func (b *builder) chosen() Table {
	t := Table{ID: "plan", Title: b.t("plan.title.chosen", nil), Short: b.t("plan.short.chosen", nil), Note: b.t("plan.fees", nil), Columns: []Column{
		b.column("flow", Text, 36), b.column("build", Money, 16), b.column("benefit", Money, 13), b.column("fee_alone", Price, 13),
		b.column("fee_marginal", Price, 13), b.column("fee_shared", Price, 13), b.column("solution", Text, 24), b.column("pattern", Text, 22),
	}}
	for _, f := range b.inOrder() {
		t.Rows = append(t.Rows, Row{f.Flow, b.chosenCells(f)})
	}
	sums := b.Plan.Totals
	if less := sums.Twice.BenefitPerYear + sums.Beyond.BenefitPerYear; less > 0 {
		t.Note += " " + b.t("plan.less", lang.Args{"Benefit": b.money(less)})
	}
	return t
}

func (b *builder) chosenCells(f portfolio.Chosen) []Cell {
	return []Cell{
		Words(b.Flow(f.Flow)), Known(Money, f.Candidate.BuildCost.Mean()), Known(Money, f.Score.BenefitPerYear),
		Known(Price, f.Fee.Alone), Known(Price, f.Fee.Marginal), Known(Price, f.Fee.Shared),
		Words(b.Solution(f.Candidate)), Words(b.words.Text("pattern."+string(f.Candidate.Pattern), nil)),
	}
}

// paid lists the platforms of the plan, each paid once.
func (b *builder) paid() Table {
	t := Table{ID: "plan-platforms", Title: b.t("plan.title.paid", nil), Short: b.t("plan.short.paid", nil), Columns: []Column{
		b.column("platform", Text, 36), b.column("fee", Price, 16), b.column("flows", Count, 13), b.column("peak_operations", Count, 13), b.column("capacity", Count, 13),
	}}
	for _, p := range b.Plan.Platforms {
		fee := Known(Price, p.PerMonth)
		if p.Spare {
			fee = Known(Price, 0)
		}
		t.Rows = append(t.Rows, Row{p.Platform, []Cell{
			Words(b.Solution(advise.Candidate{Platform: p.Platform, Tier: p.Tier})), fee, Known(Count, float64(len(p.Flows))), Known(Count, p.Operations),
			KnownIf(!math.IsInf(p.Capacity, 1) && p.Capacity > 0, Count, p.Capacity),
		}})
	}
	return t
}

// week is a week of the calendar, counted from 1.
func week(x float64) float64 { return math.Floor(x+1e-9) + 1 }

// mostCells is how many cells a Gantt chart is wide at most.
const mostCells = 40

// roadmap is the plan on a calendar of weeks, for one team, with a cell for each
// week, or for several where the calendar is long.
func (b *builder) roadmap() Table {
	steps := b.Plan.Roadmap.Steps
	weeks := math.Ceil(steps[len(steps)-1].Live - 1e-9)
	each := max(1, math.Ceil(weeks/mostCells))
	t := Table{ID: "roadmap", Apart: true, Fixed: true, Note: b.roadmapNote() + " " + b.n("plan.gantt", int(each), nil),
		Title: b.t("plan.title.roadmap", lang.Args{"Hours": b.words.Hours(b.Plan.Roadmap.Team)}), Short: b.t("plan.short.roadmap", nil), Columns: []Column{
			b.column("flow", Text, 30), b.column("build_time", Hours, 12), b.column("first_week", Count, 9),
			b.column("live_week", Count, 9), b.column("delay", Money, 11),
		}}
	for at := 0.0; at < weeks; at += each {
		t.Columns = append(t.Columns, Column{Key: "w" + strconv.Itoa(int(at)+1), Label: strconv.Itoa(int(at) + 1), Width: weekWidth, Kind: Text})
	}
	for _, s := range steps {
		row := Row{s.Flow, []Cell{
			Words(b.Flow(s.Flow)), Known(Hours, s.Hours), Known(Count, week(s.Start)), Known(Count, math.Ceil(s.Live-1e-9)), Known(Money, s.CostOfDelay),
		}}
		for at := 0.0; at < weeks; at += each {
			row.Cells = append(row.Cells, Words(inWeeks(s, at, at+each)))
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// inWeeks is the sign of a flow between two times: being built, live, or not
// begun.
func inWeeks(s portfolio.Step, from, to float64) string {
	switch {
	case to <= s.Start+1e-9:
		return ""
	case from >= s.Live-1e-9:
		return WeekLive
	}
	return WeekBuilt
}

func (b *builder) roadmapNote() string {
	r := b.Plan.Roadmap
	text := b.t("plan.order", lang.Args{"Delay": b.money(r.Delay)})
	if !r.Exact {
		text = b.t("plan.order.bound", lang.Args{"Delay": b.money(r.Delay), "Least": b.money(r.Least)})
	}
	return text
}

// lastMonth is up to where the money of the plan is shown, each month of the first
// year and then each quarter.
const lastMonth = 36

// planCash is the money of the roadmap at the end of a month: what is expected,
// and between what eight of ten outcomes lie.
func (b *builder) planCash() Table {
	t := Table{ID: "plan-cash", Prints: 13, Fixed: true, Title: b.t("plan.title.cash", nil), Short: b.t("plan.short.cash", nil), Note: b.t("plan.cash", nil), Columns: []Column{
		b.column("month", Count, 10), b.column("total_low", Money, 16), b.column("total_expected", Money, 16), b.column("total_high", Money, 16)}}
	for _, x := range b.Plan.Band {
		if x.Month > lastMonth {
			break
		}
		if x.Month <= 12 || x.Month%3 == 0 {
			t.Rows = append(t.Rows, Row{"month-" + strconv.Itoa(x.Month), []Cell{Known(Count, float64(x.Month)), Known(Money, x.P10), Known(Money, x.Expected), Known(Money, x.P90)}})
		}
	}
	return t
}

// budgets is what each budget brings, its corners marked.
func (b *builder) budgets() Table {
	t := Table{ID: "budgets", Apart: true, Title: b.t("plan.title.budgets", nil), Short: b.t("plan.short.budgets", nil), Note: b.t("plan.budgets", nil), Columns: []Column{
		b.column("budget", Money, 16), b.column("npv", Money, 14), b.column("share_of_all", Share, 12), b.column("flows", Count, 9),
		b.column("corner", Text, 9), b.column("names", Text, 76),
	}}
	for i, p := range b.Plan.Curve.Spread() {
		corner, names := "", "" // flows are named where the curve bends
		if p.Corner {
			corner, names = "◆", b.someOf(p.IDs())
		}
		t.Rows = append(t.Rows, Row{"budget-" + strconv.Itoa(i), []Cell{
			Known(Money, p.Build), Known(Money, p.NPV), Known(Share, p.Share), Known(Count, float64(len(p.Flows))), Words(corner), Words(names),
		}})
	}
	return t
}

// nextBest lists other plans, and in what they differ.
func (b *builder) nextBest() Table {
	t := Table{ID: "next-best", Title: b.t("plan.title.next", nil), Short: b.t("plan.short.next", nil), Columns: []Column{
		b.column("build", Money, 16), b.column("npv", Money, 14), b.column("npv_less", Money, 12), b.column("flows", Count, 9),
		b.column("proven", Text, 9), b.column("differs", Text, 76),
	}}
	for i, a := range b.Plan.Next {
		more, fewer, moved := a.Against(b.Plan.Choice)
		var parts []string
		for _, part := range []struct {
			key string
			ids []string
		}{{"plan.without", fewer}, {"plan.with", more}, {"plan.moved", moved}} {
			if len(part.ids) > 0 {
				parts = append(parts, b.t(part.key, lang.Args{"Names": b.quoted(part.ids)}))
			}
		}
		proven := b.words.Text("no", nil)
		if a.Proven {
			proven = b.words.Text("yes", nil)
		}
		t.Rows = append(t.Rows, Row{"next-" + strconv.Itoa(i+1), []Cell{
			Known(Money, a.Build), Known(Money, a.NPV), Known(Money, b.Plan.NPV-a.NPV), Known(Count, float64(len(a.Flows))), Words(proven), Words(b.words.List(parts)),
		}})
	}
	return t
}

// passed lists the flows that are not in the plan, by why.
func (b *builder) passed() List {
	l := List{Title: b.t("plan.title.passed", nil)}
	for _, why := range []portfolio.Reason{portfolio.NotNow, portfolio.NeverPays, portfolio.NoPlatform, portfolio.NotStated, portfolio.NotWanted} {
		var ids []string
		for _, p := range b.Plan.Passed {
			if p.Why == why {
				ids = append(ids, p.Flow)
			}
		}
		if len(ids) > 0 {
			l.Items = append(l.Items, b.t("plan.passed", lang.Args{"Names": b.quoted(ids), "Why": b.t("plan.passed."+string(why), nil)}))
		}
	}
	return l
}
