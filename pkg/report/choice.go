package report

import (
	"math"
	"slices"
	"strconv"

	"github.com/flowmap-dev/flowmap/pkg/lang"
	"github.com/flowmap-dev/flowmap/pkg/roi"
	"github.com/flowmap-dev/flowmap/pkg/roi/portfolio"
)

// tooSmall is what a tier costs that does not hold what runs there.
const tooSmall = 1e12

// chooses tells whether a workbook's reader can mark the flows of the plan.
func (b *builder) chooses() bool { return len(b.marks) > 0 }

// offers are the flows that may be marked: those with hours and a price, the
// plan's first in the order of building.
func (b *builder) offers() []portfolio.Offer {
	if b.Plan == nil || !b.follows() {
		return nil
	}
	var planned, others []portfolio.Offer
	place := map[string]int{}
	for i, s := range b.Plan.Roadmap.Steps {
		place[s.Flow] = i
	}
	for _, s := range b.Ranking.Scores {
		i := slices.IndexFunc(b.Plan.Menu.Offers, func(o portfolio.Offer) bool { return o.Flow == s.Flow })
		switch {
		case i < 0 || !s.Stated:
		case b.Plan.Menu.Offers[i].Planned:
			planned = append(planned, b.Plan.Menu.Offers[i])
		default:
			others = append(others, b.Plan.Menu.Offers[i])
		}
	}
	slices.SortStableFunc(planned, func(x, y portfolio.Offer) int { return place[x.Flow] - place[y.Flow] })
	return append(planned, others...)
}

func (b *builder) offered(flow string) bool {
	return slices.ContainsFunc(b.marks, func(o portfolio.Offer) bool { return o.Flow == flow })
}

// score is a flow's score in the ranking.
func (b *builder) score(flow string) roi.Score {
	i := slices.IndexFunc(b.Ranking.Scores, func(s roi.Score) bool { return s.Flow == flow })
	if i < 0 {
		return roi.Score{}
	}
	return b.Ranking.Scores[i]
}

// choice is the section in which a workbook's reader marks the flows of the
// plan, and sees what they cost and bring together.
func (b *builder) choice() Section {
	blocks := []Block{
		b.lead("choice.lead", nil), Paragraph{b.t("choice.held", nil), Workbook}, Paragraph{b.t("changed", nil), Changed},
		b.chosenFigures(), b.choices(),
	}
	if p := b.choicePlatforms(); len(p.Rows) > 0 {
		blocks = append(blocks, p, b.tiers())
	}
	return Section{ID: "choice", Title: b.t("choice.title", nil), Short: b.t("choice.short", nil), Audiences: []Audience{IT},
		Blocks: append(blocks, b.choiceMonths())}
}

// chosenFigures are the marked flows as one investment, beside the plan's.
func (b *builder) chosenFigures() Figures {
	of := func(column string) Formula { return At("together", chosenFlows, column) }
	figure := func(key string, kind Kind, f Formula, planned string, large bool) Figure {
		return Figure{Key: key, Label: b.t("plan.figure."+key, nil), Kind: kind, Cell: Live(f), Note: b.t("choice.planned", lang.Args{"Planned": planned}), Large: large}
	}
	p := b.Plan
	return Figures{ID: "choice-figures", Title: b.t("choice.figures", nil),
		Labels: [3]string{b.t("column.figure", nil), b.t("column.value", nil), b.t("column.note", nil)}, Figures: []Figure{
			figure("build", Money, of("build"), b.money(p.Build), true),
			figure("npv", Money, b.chosenNPV(), b.money(p.NPV), true),
			figure("payback", Months, of("payback"), b.payback(monthsOf(p.Payback.Value, p.Payback.OK)), true),
			figure("cash_payback", Months, of("cash_payback"), b.payback(monthsOf(p.CashPayback.Value, p.CashPayback.OK)), false),
			figure("monthly", Price, of("monthly"), b.words.Money(p.FeesPerMonth+p.MaintenancePerMonth, b.Workspace.Currency, 2), false),
			figure("benefit", Money, of("benefit"), b.money(p.Totals.BenefitPerYear), false),
		}}
}

// chosenNPV is what the marked flows are worth today over the horizon.
func (b *builder) chosenNPV() Formula {
	of := func(column string) Formula { return At("together", chosenFlows, column) }
	present := func(column string) Formula { return inMonth(b.lastMonth(), column) }
	return whereKnown(Sub(Sub(Mul(of("benefit"), present("pv_benefit")), of("build")), Mul(of("monthly"), present("pv_month"))), of("benefit"), of("monthly"))
}

// chosenName is what the group of the marked flows is called.
func (b *builder) chosenName() string {
	if b.bought != nil {
		return b.t("group.bought", nil)
	}
	return b.t("group.choice", nil)
}

// chosenBuild is what the marked flows cost to build.
func (b *builder) chosenBuild() Formula {
	if b.bought != nil {
		return Sum("steps", "build_on")
	}
	return Sum("choice", "build_in")
}

// chosenMonthly is what the marked flows cost a month: platforms, each once, and
// upkeep. It is not known where no tier of a platform holds its flows.
func (b *builder) chosenMonthly() Formula {
	if b.bought != nil {
		return Sum("steps", "monthly_on")
	}
	own := Add(Sum("choice", "own_fee_in"), Sum("choice", "upkeep_in"))
	n := len(b.choicePlatforms().Rows)
	if n == 0 {
		return own
	}
	known := CountUpTo("choice-platforms", "fee", Num(tooSmall))
	return If(Less(known, Num(float64(n))), Nobody(), Add(Sum("choice-platforms", "fee"), own))
}

// choices has a row for each flow that may be marked.
func (b *builder) choices() Table {
	yes, no := b.words.Text("yes", nil), b.words.Text("no", nil)
	t := Table{ID: "choice", Title: b.t("choice.flows", nil), Short: b.t("choice.short", nil), Note: b.t("choice.note", nil), Columns: []Column{
		b.column("flow", Text, 38), b.input("in_plan", Text, 16), b.column("benefit", Money, 16), b.column("build", Money, 16),
		b.column("maintenance", Price, 16), b.column("solution", Text, 34),
		hiddenColumn("yes", Number), hiddenColumn("on", Text), hiddenColumn("peak", Number), hiddenColumn("usual", Number), hiddenColumn("own_fee", Price), hiddenColumn("build_hours", Hours),
	}}
	for _, o := range b.marks {
		s := b.score(o.Flow)
		same := s.Chosen && s.Choice.Platform == o.Candidate.Platform && s.Choice.Tier == o.Candidate.Tier
		build := Known(Money, o.Candidate.BuildCost.Mean())
		switch {
		case same:
			build = Live(Same("flows", "build"))
		case !o.Candidate.Decided && o.Candidate.BuildHours.Mean() > 0:
			build = Live(Mul(Col("build_hours"), assumption("developer_hourly_cost")))
		}
		fee := Known(Price, 0)
		switch {
		case o.Shares:
		case same:
			fee = Live(Same("flows", "fee"))
		default:
			fee = Known(Price, o.Candidate.Fee.Mean())
		}
		mark, on := no, ""
		if o.Planned {
			mark = yes
		}
		if o.Shares {
			on = o.Candidate.Platform
		}
		t.Rows = append(t.Rows, Row{o.Flow, []Cell{
			Words(b.Flow(o.Flow)), {Text: mark, Entry: &Entry{Options: []string{yes, no}}}, Live(Same("calculation", "benefit")), build,
			Live(WhereKnown(Col("build"), Div(Mul(Col("build"), assumption("maintenance")), Num(12)))), Words(b.Platform(o.Candidate.Platform)),
			Live(If(Is(Col("in_plan"), yes), orNought(Col("benefit"), orNought(Col("build"), Num(1))), Num(0))),
			Words(on), Known(Number, o.Load()), Known(Number, o.Usual), fee, Known(Hours, o.Candidate.BuildHours.Mean()),
		}})
	}
	in := func(key string, f Formula) {
		t.add(hiddenColumn(key+"_in", Number), func(Row) Cell { return Live(If(Less(Num(0), Col("yes")), f, Num(0))) })
	}
	in("benefit", Col("benefit"))
	in("hours_year", Same("calculation", "hours_year"))
	in("cash_benefit", Same("calculation", "cash_benefit"))
	in("build", Col("build"))
	in("upkeep", Col("maintenance"))
	in("own_fee", If(IsKnown(Col("own_fee")), Col("own_fee"), Num(0)))
	in("peak", Col("peak"))
	in("usual", Col("usual"))
	return t
}

// choicePlatforms has a row for each platform that flows share.
func (b *builder) choicePlatforms() Table {
	t := Table{ID: "choice-platforms", Title: b.t("choice.platforms", nil), Short: b.t("plan.short.paid", nil), Note: b.t("choice.platforms.note", nil), Columns: []Column{
		b.column("platform_only", Text, 38), b.column("flows", Count, 16), b.column("peak_operations", Count, 16), b.column("usual_operations", Count, 16), b.column("fee", Price, 16),
	}}
	for _, r := range b.Plan.Menu.Rates {
		if slices.ContainsFunc(t.Rows, func(row Row) bool { return row.Key == r.Platform }) || !b.shared(r.Platform) {
			continue
		}
		least := Num(tooSmall)
		for _, row := range b.tiers().Rows {
			if row.Cells[6].Text == r.Platform {
				least = Min(least, At("tiers", row.Key, "cost"))
			}
		}
		t.Rows = append(t.Rows, Row{r.Platform, []Cell{
			Words(b.Platform(r.Platform)), Live(SumOf("choice", "yes", "on")), Live(SumOf("choice", "peak_in", "on")), Live(SumOf("choice", "usual_in", "on")),
			Live(If(AtMost(Col("flows"), Num(0)), Num(0), If(Less(least, Num(tooSmall)), least, Nobody()))),
		}})
	}
	return t
}

// shared tells whether a flow that may be marked shares a platform.
func (b *builder) shared(platform string) bool {
	return slices.ContainsFunc(b.marks, func(o portfolio.Offer) bool { return o.Shares && o.Candidate.Platform == platform })
}

// tiers are the price lists of those platforms, and what the marked flows would
// cost in each tier.
func (b *builder) tiers() Table {
	t := Table{ID: "tiers", Title: b.t("choice.tiers", nil), Short: b.t("choice.tiers.short", nil), Note: b.t("choice.tiers.note", nil), Columns: []Column{
		b.column("platform", Text, 38), b.column("fee", Price, 16), b.column("in_fee", Count, 16), b.column("capacity", Count, 16),
		b.column("would_cost", Price, 16), b.column("beyond_included", Text, 34), hiddenColumn("on", Text), hiddenColumn("cost", Number), hiddenColumn("each", Number), hiddenColumn("refused", Number),
	}}
	for i, r := range b.Plan.Menu.Rates {
		if !b.shared(r.Platform) {
			continue
		}
		name := b.Platform(r.Platform)
		if p, ok := b.Catalogue.Platform(r.Platform); ok {
			if tier, ok := p.TierByID(r.Tier.ID); ok && tier.Name != "" {
				name += ", " + tier.Name
			}
		}
		if r.Spare {
			name += " " + b.t("choice.spare", nil)
		}
		refused := Num(0)
		for _, flow := range r.Refuses {
			if b.offered(flow) {
				refused = Add(refused, At("choice", flow, "yes"))
			}
		}
		holds := Known(Count, r.Capacity)
		if math.IsInf(r.Capacity, 1) {
			holds = Words(b.t("choice.endless", nil))
		}
		beyond := ""
		if r.PerOperation > 0 {
			beyond = b.t("choice.beyond", lang.Args{"Price": b.words.Money(r.PerOperation*1000, b.Workspace.Currency, 2)})
		}
		load := At("choice-platforms", r.Platform, "peak_operations")
		cost := Add(Col("fee"), Mul(Col("each"), Max(Num(0), Sub(At("choice-platforms", r.Platform, "usual_operations"), Num(r.Tier.Included.Value)))))
		if !math.IsInf(r.Capacity, 1) {
			cost = If(AtMost(load, Num(math.Ceil(r.Capacity-1e-6))), cost, Num(tooSmall))
		}
		if len(r.Refuses) > 0 {
			cost = If(AtMost(Col("refused"), Num(0)), cost, Num(tooSmall))
		}
		t.Rows = append(t.Rows, Row{r.Platform + "/" + r.Tier.ID + "/" + strconv.Itoa(i), []Cell{
			Words(name), Known(Price, r.PerMonth), includedIn(r), holds,
			Live(If(Less(Col("cost"), Num(tooSmall)), Col("cost"), Nobody())), Words(beyond), Words(r.Platform), Live(cost), Known(Number, r.PerOperation), Live(refused),
		}})
	}
	return t
}

// includedIn is how many operations a tier includes.
func includedIn(r portfolio.Rate) Cell {
	if !r.Tier.Included.Stated {
		return Words("")
	}
	return Known(Count, r.Tier.Included.Value)
}

// choiceMonths is the money of the marked flows by month, and its curve.
func (b *builder) choiceMonths() Chart {
	t := Table{ID: "choice-months", Apart: true, Fixed: true, Prints: int(b.Workspace.Assumptions.HorizonMonths.Value) + 1,
		Title: b.t("choice.months", nil), Short: b.t("choice.months.short", nil), Columns: []Column{
			b.column("month", Count, 10), b.column("benefit_month", Money, 14), b.column("costs_month", Money, 14), b.column("net_month", Money, 14),
			b.column("running_total", Money, 16), b.column("running_cash", Money, 20),
		}}
	of := func(column string) Formula { return At("together", chosenFlows, column) }
	for k := 0; k <= b.lastMonth(); k++ {
		before := func(column string) Formula {
			if k == 0 {
				return Num(0)
			}
			return At("choice-months", month(k-1), column)
		}
		known := func(f Formula) Formula { return whereKnown(f, of("benefit"), of("monthly")) }
		benefit := func(column string) Formula { return Div(Mul(of(column), Same("months", "reached")), Num(12)) }
		costs := of("monthly")
		if k == 0 {
			costs = of("build")
		}
		t.Rows = append(t.Rows, Row{month(k), []Cell{
			Known(Count, float64(k)), Live(known(benefit("benefit"))), Live(known(costs)),
			Live(known(Sub(Col("benefit_month"), Col("costs_month")))), Live(known(Add(before("running_total"), Col("net_month")))),
			Live(known(Add(before("running_cash"), Sub(benefit("cash_benefit"), Col("costs_month"))))),
		}})
	}
	return Chart{Table: t, Label: "month", Bars: "running_total", Line: "running_cash", As: Lines}
}

// followed makes the figures of the plan follow the marked flows.
func (b *builder) followed(blocks []Block) []Block {
	if !b.chooses() {
		return blocks
	}
	for i, block := range blocks {
		if text, ok := block.(Paragraph); ok && text.Style == Workbook {
			blocks[i] = Paragraph{b.t("plan.follows", nil), Workbook}
		}
		f, ok := block.(Figures)
		if !ok || f.ID != "plan-figures" {
			continue
		}
		for i := range f.Figures {
			switch key := f.Figures[i].Key; key {
			case "build", "payback", "cash_payback", "monthly", "benefit":
				f.Figures[i].Cell = Live(At("together", chosenFlows, key))
			case "npv":
				f.Figures[i].Cell = Live(b.chosenNPV())
			}
		}
	}
	return blocks
}
