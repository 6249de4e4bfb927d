package report

import (
	"math"
	"slices"

	"github.com/flowmap-dev/flowmap/pkg/roi"
)

// calculation is the section of the arithmetic: a row a flow, from its inputs
// to its paybacks, and the rows of several flows together.
func (b *builder) calculation() []Block {
	if b.figuresAlone() {
		return []Block{b.calculated(), b.together()}
	}
	steps := b.calculationSteps()
	t := Table{ID: "calculation", Empty: b.t("priorities.empty", nil), Columns: append([]Column{b.column("flow", Text, 34)}, columnsOf(steps)...)}
	if !b.follows() {
		t.Columns = append(t.Columns, b.worthColumns()...)
	}
	for _, s := range b.Ranking.Scores {
		cells := append([]Cell{Words(b.Flow(s.Flow))}, cellsOf(steps)...)
		if !b.follows() {
			cells = append(cells, worth(s)...)
		}
		t.Rows = append(t.Rows, Row{s.Flow, cells})
	}
	b.addSets(&t)
	blocks := []Block{
		b.lead("calculation.lead", nil),
		Paragraph{b.t("calculation.ramp", nil), Note},
		t,
	}
	if b.ranked() > 0 {
		blocks = append(blocks, b.together())
	}
	return blocks
}

// calculated is the table of a report that is plain, which does not show it: what
// the formulas of other tables read of a flow's arithmetic, as it was ranked.
func (b *builder) calculated() Table {
	t := Table{ID: "calculation"}
	for _, key := range []string{"hours_year", "labour", "fixing", "losses", "benefit", "cash_benefit", "build", "monthly"} {
		t.Columns = append(t.Columns, hiddenColumn(key, Number))
	}
	t.Columns = append(t.Columns, hiddenColumn("payback_net", Number), hiddenColumn("payback", Months), hiddenColumn("cash_payback", Months))
	t.Columns = append(t.Columns, b.worthColumns()...)
	for _, s := range b.Ranking.Scores {
		cost := b.costs[s.Flow]
		cells := []Cell{
			KnownIf(s.Stated, Number, s.HoursPerYear), KnownIf(s.Stated, Number, s.LabourPerYear),
			Known(Number, cost.FixingPerYear), Known(Number, cost.LossPerYear),
			KnownIf(s.Stated, Number, s.BenefitPerYear), KnownIf(s.Stated, Number, s.CashBenefitPerYear),
			KnownIf(s.Chosen, Number, s.BuildCost), KnownIf(s.MonthlyCost.OK, Number, s.MonthlyCost.Value),
			KnownIf(s.Stated && s.MonthlyCost.OK, Number, s.BenefitPerYear/12-s.MonthlyCost.Value),
			paidBack(s, s.Payback), paidBack(s, s.CashPayback),
		}
		t.Rows = append(t.Rows, Row{s.Flow, append(cells, worth(s)...)})
	}
	b.addSets(&t)
	return t
}

// addSets says of each flow's row which link it is of, and whether it is one of
// the few that hold most hours, so that sums find them.
func (b *builder) addSets(t *Table) {
	few := map[string]bool{}
	for _, s := range b.few() {
		few[s.Flow] = true
	}
	t.add(hiddenColumn("link", Text), func(r Row) Cell {
		f, _ := b.Workspace.Flow(r.Key)
		return Words(linkKey(f.From, f.To))
	})
	t.add(hiddenColumn("set", Text), func(r Row) Cell {
		if few[r.Key] {
			return Words("few")
		}
		return Words("")
	})
}

// paidBack is a payback of a flow: where all that it rests on is known and it is
// not, it never comes.
func paidBack(s roi.Score, payback roi.Figure) Cell {
	if s.NPV.OK && !payback.OK {
		return Known(Months, math.Inf(1))
	}
	return KnownIf(payback.OK, Months, payback.Value)
}

func columnsOf(steps []step) []Column {
	columns := make([]Column, len(steps))
	for i, s := range steps {
		columns[i] = s.column
	}
	return columns
}

func cellsOf(steps []step) []Cell {
	cells := make([]Cell, len(steps))
	for i, s := range steps {
		cells[i] = Live(s.formula)
	}
	return cells
}

func (b *builder) step(key string, kind Kind, f Formula) step {
	return step{b.column(key, kind, 11), f}
}

// calculationSteps are method.md's terms of a flow, each from those before.
func (b *builder) calculationSteps() []step {
	of := func(column string) Formula { return Same("flows", column) }
	steps := []step{
		b.step("hours_year", Hours, WhereKnown(of("hours"), Mul(of("hours"), of("weeks"), of("peak")))),
		b.step("labour", Money, WhereKnown(Col("hours_year"), Mul(Col("hours_year"), of("hourly")))),
		b.step("fixing", Money, Mul(SumOf("points", "fixing_hours", "of"), of("hourly"))),
		b.step("losses", Money, SumOf("points", "losses", "of")),
		hidden("saved_hours", WhereKnown(Col("hours_year"),
			If(IsKnown(of("most")), Min(Mul(Col("hours_year"), of("automation")), of("most")), Mul(Col("hours_year"), of("automation"))))),
		b.step("saved_labour", Money, WhereKnown(Col("saved_hours"), Mul(Col("saved_hours"), of("hourly")))),
		b.step("saved_errors", Money, WhereKnown(Col("hours_year"), Mul(Add(Col("fixing"), Col("losses")), of("reduction")))),
		b.step("benefit", Money, WhereKnown(Col("saved_labour"), Add(Col("saved_labour"), Col("saved_errors")))),
		b.step("cash_benefit", Money, WhereKnown(Col("saved_labour"), Add(
			Mul(Add(Col("saved_labour"), Mul(Col("fixing"), of("reduction"))), assumption("cash_share")),
			Mul(Col("losses"), of("reduction"))))),
		b.step("build", Money, of("build")),
		b.step("fee", Price, of("fee")),
		b.step("maintenance", Price, WhereKnown(Col("build"), Div(Mul(Col("build"), assumption("maintenance")), Num(12)))),
		b.step("monthly", Price, whereKnown(Add(Col("fee"), Col("maintenance")), Col("fee"), Col("maintenance"))),
	}
	if steps = b.withPaybacks(steps); b.follows() {
		steps = withRank(b.withWorth(steps))
	}
	return b.headed(steps)
}

// headed gives the steps that are seen their headings.
func (b *builder) headed(steps []step) []step {
	for i := range steps {
		if c := &steps[i].column; !c.Hidden {
			c.Label = b.t("column."+c.Key, nil)
		}
	}
	return steps
}

// withPaybacks adds the payback on value and the payback on cash.
func (b *builder) withPaybacks(steps []step) []step {
	steps = append(steps, rampStep())
	steps = append(steps, paybackSteps("payback", "benefit")...)
	steps = append(steps, paybackSteps("cash_payback", "cash_benefit")...)
	return b.headed(steps)
}

// group is flows that are looked at together: how formulas find them, and what
// they claim twice.
type group struct {
	key   string
	flows []roi.Score
	count Formula
	sum   func(column string) Formula
	less  roi.Sums // hours that two of them claim, and those beyond a role's
}

// groups are the flows that hold 80 % of the hours, those that pay back within
// the target, and those that pay back at all.
func (b *builder) groups() []group {
	upTo := func(key string, limit Formula, months float64) group {
		return group{
			key: key, flows: b.paidBackBy(months), count: CountUpTo("calculation", "payback", limit),
			sum: func(column string) Formula { return SumUpTo("calculation", column, "payback", limit) },
		}
	}
	few := group{key: "few", flows: b.few()}
	few.count = Num(float64(len(few.flows)))
	few.sum = func(column string) Formula {
		if len(few.flows) == 0 {
			return Nobody()
		}
		return SumOf("calculation", column, "set")
	}
	all := []group{few, upTo("target", assumption("target_payback_months"), b.target), upTo("paying", Num(lookAhead), lookAhead)}
	for i := range all {
		t := roi.Total(b.Workspace, all[i].flows)
		all[i].less = sums(t.Twice, t.Beyond)
	}
	return all
}

func sums(x, y roi.Sums) roi.Sums {
	x.HoursPerWeek += y.HoursPerWeek
	x.HoursPerYear += y.HoursPerYear
	x.LabourPerYear += y.LabourPerYear
	x.ErrorCostPerYear += y.ErrorCostPerYear
	x.BenefitPerYear += y.BenefitPerYear
	x.CashBenefitPerYear += y.CashBenefitPerYear
	return x
}

// few are the flows that hold 80 % of the hours, as far as an integration of
// them has a price.
func (b *builder) few() []roi.Score {
	few := make([]roi.Score, 0, b.Ranking.Concentration.For80)
	for _, i := range b.Ranking.Concentration.Order[:b.Ranking.Concentration.For80] {
		if s := b.Ranking.Scores[i]; s.NPV.OK {
			few = append(few, s)
		}
	}
	return few
}

// paidBackBy are the flows that pay back within so many months.
func (b *builder) paidBackBy(months float64) []roi.Score {
	return slices.DeleteFunc(slices.Clone(b.Ranking.Scores), func(s roi.Score) bool {
		return !s.Payback.OK || s.Payback.Value > months
	})
}

// less takes a constant off a formula, where there is one.
func less(f Formula, x float64) Formula {
	if x == 0 {
		return f
	}
	return Sub(f, Num(x))
}

// together is what groups of flows cost and bring as one project.
func (b *builder) together() Table {
	t := Table{ID: "together", Apart: true, Title: b.t("together.title", nil), Short: b.t("together.short", nil), Note: b.t("together.note", nil)}
	for _, g := range b.groups() {
		steps := b.withPaybacks([]step{
			b.step("flows", Count, g.count),
			b.step("hours_year", Hours, b.whenPriced(less(g.sum("hours_year"), g.less.HoursPerYear))),
			b.step("benefit", Money, b.whenPriced(less(g.sum("benefit"), g.less.BenefitPerYear))),
			b.step("cash_benefit", Money, b.whenPriced(less(g.sum("cash_benefit"), g.less.CashBenefitPerYear))),
			b.step("build", Money, b.whenPriced(g.sum("build"))),
			b.step("monthly", Price, b.whenPriced(g.sum("monthly"))),
		})
		// No flows have no payback, where a sum of nothing would have "never".
		for i, s := range steps {
			if s.column.Kind == Months {
				steps[i].formula = wherePositive(Col("flows"), s.formula)
			}
		}
		if t.Columns == nil {
			t.Columns = append([]Column{b.column("group", Text, 34)}, columnsOf(steps)...)
		}
		t.Rows = append(t.Rows, Row{g.key, append([]Cell{Words(b.t("group."+g.key, nil))}, cellsOf(steps)...)})
	}
	return t
}
