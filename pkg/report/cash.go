package report

import (
	"math"
	"strconv"

	"github.com/flowmap-dev/flowmap/pkg/roi"
)

// fewest is how many months the tables of money by month show at least, so that
// a reader may lengthen the horizon to five years.
const fewest = 60

// mostFollowed is for how many flows a workbook follows the cash flow of each by
// month: of more, NPV, ROI, IRR and rank stand as numbers.
const mostFollowed = 400

// follows tells whether the formulas go as far as the cash flow of each flow.
func (b *builder) follows() bool { return len(b.Ranking.Scores) <= mostFollowed }

// lastMonth is the last month after go-live that is shown.
func (b *builder) lastMonth() int {
	return max(fewest, int(b.Workspace.Assumptions.HorizonMonths.Value))
}

// month is the key of a month's row.
func month(k int) string { return strconv.Itoa(k) }

// ofMonth is the key of a month's column in the arithmetic of flows.
func ofMonth(k int) string { return "m" + month(k) }

// inMonth is what the table of months says of a month.
func inMonth(k int, column string) Formula { return At("months", month(k), column) }

// cash is the section of money by month, for the flows of the proposal taken
// together.
func (b *builder) cash() []Block {
	if b.ranked() == 0 || !b.follows() {
		return nil
	}
	return []Block{b.lead("cash.lead", nil), Paragraph{b.t("cash.workbook", nil), Workbook}, b.byMonth()}
}

// byMonth has a row for each month from go-live: how much of the benefit is
// reached, what a euro of that month is worth today, and the money of the
// proposal.
func (b *builder) byMonth() Table {
	t := Table{ID: "months", Fixed: true, Prints: int(b.Workspace.Assumptions.HorizonMonths.Value) + 1, Columns: []Column{
		b.column("month", Count, 10), b.column("reached", Share, 12), b.column("benefit_month", Money, 14),
		b.column("costs_month", Money, 14), b.column("net_month", Money, 14), b.column("running_total", Money, 16),
		b.column("running_cash", Money, 20), b.column("worth", Share, 14), b.column("present_total", Money, 18),
		hiddenColumn("counted", Number), hiddenColumn("part", Number), hiddenColumn("parts", Number),
		hiddenColumn("cash_month", Money), hiddenColumn("pv_benefit", Number), hiddenColumn("pv_month", Number),
	}}
	for k := 0; k <= b.lastMonth(); k++ {
		t.Rows = append(t.Rows, Row{month(k), b.monthCells(k)})
	}
	return t
}

// monthCells are the cells of one month, in the order of the columns.
func (b *builder) monthCells(k int) []Cell {
	of := func(column string) Formula { return At("together", b.proposal(), column) }
	before := func(column string) Formula {
		if k == 0 {
			return Num(0)
		}
		return inMonth(k-1, column)
	}
	present := Pow(Add(Num(1), assumption("discount_rate")), Div(Sub(Num(0), Col("month")), Num(12)))
	share := Min(Num(1), Div(Sub(Col("month"), Num(.5)), Max(assumption("ramp_up_months"), Num(.5))))
	benefit := Div(Mul(of("benefit"), Col("reached")), Num(12))
	cash := Div(Mul(of("cash_benefit"), Col("reached")), Num(12))
	costs := of("monthly")
	after := If(Less(Num(0), Col("month")), Num(1), Num(0))
	if k == 0 {
		share, benefit, cash, costs = Num(0), Num(0), Num(0), of("build")
	}
	return []Cell{
		Known(Count, float64(k)), Live(share), Live(benefit), Live(costs),
		Live(Sub(Col("benefit_month"), Col("costs_month"))),
		Live(Add(before("running_total"), Col("net_month"))),
		Live(Add(before("running_cash"), Sub(Col("cash_month"), Col("costs_month")))),
		Live(present),
		Live(Add(before("present_total"), Mul(Col("net_month"), Col("worth")))),
		Live(If(AtMost(Col("month"), assumption("horizon_months")), after, Num(0))),
		Live(Div(Mul(Col("counted"), Col("reached")), Num(12))),
		Live(Add(before("parts"), Col("part"))),
		Live(cash),
		Live(Add(before("pv_benefit"), Mul(Col("part"), Col("worth")))),
		Live(Add(before("pv_month"), Mul(Col("counted"), Col("worth")))),
	}
}

// withWorth adds what a flow is worth over the horizon: NPV, return on what is
// spent, and the internal rate of return of its cash flow by month.
func (b *builder) withWorth(steps []step) []step {
	present := func(column string) Formula { return inMonth(b.lastMonth(), column) }
	benefit, monthly, build := Col("benefit"), Col("monthly"), Col("build")
	known := func(f Formula) Formula { return whereKnown(f, benefit, monthly) }
	steps = append(steps,
		hidden("spent", known(Add(build, Mul(monthly, present("pv_month"))))),
		step{Column{Key: "npv", Kind: Money, Width: 11}, known(Sub(Mul(benefit, present("pv_benefit")), Col("spent")))},
		step{Column{Key: "roi", Kind: Share, Width: 11}, known(If(Less(Num(0), Col("spent")), Div(Col("npv"), Col("spent")), Nobody()))},
		hidden("guess", known(b.guess(benefit, monthly, build))),
		hidden(ofMonth(0), known(Sub(Num(0), build))),
	)
	last := b.lastMonth()
	for k := 1; k <= last; k++ {
		steps = append(steps, hidden(ofMonth(k), known(Sub(Mul(benefit, inMonth(k, "part")), Mul(monthly, inMonth(k, "counted"))))))
	}
	// After the first month with money to spare there is no other without: the
	// cash flow changes its sign once at most, and then has exactly one rate.
	months := Across(ofMonth(0), ofMonth(last))
	once := func(f Formula) Formula {
		return If(Less(Least(months), Num(0)), If(Less(Num(0), Most(months)), f, Nobody()), Nobody())
	}
	yearly := Sub(Pow(Add(Num(1), IRR(months, Col("guess"))), Num(12)), Num(1))
	return append(steps, step{Column{Key: "irr", Kind: Share, Width: 11}, known(once(yearly))})
}

// guess is a rate a month from which a spreadsheet finds the internal rate of
// return. If all money of the first n months came at their end, the rate would
// be (money/build)^(1/n) − 1; it comes sooner, so the true one is no less. The
// best of three such bounds is near enough, and Newton's method, which a
// spreadsheet uses, goes up from there without overshooting.
func (b *builder) guess(benefit, monthly, build Formula) Formula {
	bound := func(parts, months Formula) Formula {
		earned := Sub(Mul(benefit, parts), Mul(monthly, months))
		return Sub(Pow(Div(Max(earned, Div(build, Num(1000))), build), Div(Num(1), months)), Num(1))
	}
	first, year := bound(inMonth(1, "parts"), Num(1)), bound(inMonth(12, "parts"), Num(12))
	whole := bound(inMonth(b.lastMonth(), "parts"), assumption("horizon_months"))
	return If(Less(Num(0), build), Max(first, Max(year, whole)), Num(.5))
}

// withRank adds the place of each flow by payback: those that pay back soonest
// first, equal ones by NPV, then by hours, then as the report lists them.
func withRank(steps []step) []step {
	const last = 1e12
	falling := func(x Formula) Formula { return If(IsKnown(x), Sub(Num(0), x), Num(last)) }
	steps = append(steps,
		hidden("by_payback", If(IsKnown(Col("payback")), Col("payback"), Num(last))),
		hidden("by_npv", falling(Col("npv"))),
		hidden("by_hours", falling(Col("hours_year"))),
	)
	rank := Rank("calculation", "by_payback", "by_npv", "by_hours", "listed")
	steps = append(steps, hidden("listed", Same("flows", "listed")))
	return append(steps, hidden("rank", WhereKnown(Col("hours_year"), rank)))
}

// worthColumns are the columns of what worth gives.
func (b *builder) worthColumns() []Column {
	return []Column{b.column("npv", Money, 11), b.column("roi", Share, 11), b.column("irr", Share, 11), hiddenColumn("rank", Number)}
}

// worth is what a flow is worth and its rank, as numbers.
func worth(s roi.Score) []Cell {
	irr := math.NaN()
	if len(s.IRR) == 1 {
		irr = s.IRR[0]
	}
	return []Cell{
		KnownIf(s.NPV.OK, Money, s.NPV.Value), KnownIf(s.ROI.OK, Share, s.ROI.Value), Known(Share, irr),
		KnownIf(s.Rank > 0, Number, float64(s.Rank)),
	}
}

// proposal is the group of flows that the money by month is of: those that meet
// the target, or all that pay back where none does.
func (b *builder) proposal() string {
	if len(b.paidBackBy(b.target)) == 0 {
		return "paying"
	}
	return "target"
}
