package report

import (
	"math"
	"slices"
	"strconv"

	"github.com/flowmap-dev/flowmap/pkg/advise"
	"github.com/flowmap-dev/flowmap/pkg/roi/portfolio"
)

// budgetKey is the key of the budget: of its lever, and of the table and the row
// that it stands in.
const budgetKey = "budget"

// Page is the report as a page has it, with what only a page can have: the budget
// as a lever. Which flows each budget buys was found by searching, for every
// budget; what they cost and bring follows by formula. The report itself stays as
// it is. An error is a formula that refers to nothing.
func (r Report) Page() (Report, error) {
	b := r.live
	if b == nil || len(r.Levers) == 0 || !b.buys() {
		return r, nil
	}
	b = b.buying()
	r.live, r.Sections, r.Behind = nil, copied(r.Sections), copied(r.Behind)
	for _, sections := range [][]Section{r.Sections, r.Behind} {
		for i := range sections {
			switch s := &sections[i]; s.ID {
			case "calculation":
				s.Blocks = b.claimed(s.Blocks)
			case "assumptions":
				s.Blocks = b.withBeyond(s.Blocks)
			case "plan":
				s.Blocks = b.buyingPlan(b.followed(s.Blocks))
			}
		}
	}
	l := b.budgetLever()
	r.Behind = append(r.Behind, Section{ID: budgetKey, Blocks: []Block{b.budgetNow(l.Value), b.steps(), b.boughtFlows()}})
	at := slices.IndexFunc(r.Levers, func(l Lever) bool { return l.Key == "discount_rate" })
	r.Levers = slices.Insert(slices.Clone(r.Levers), max(at, 0), l)
	return r, Calculate(r)
}

// buys tells whether the curve says what budgets buy, and of the plan's own budget
// that it buys the plan.
func (b *builder) buys() bool {
	if b.Plan == nil || len(b.Plan.Flows) == 0 || len(b.Plan.Curve) < 2 {
		return false
	}
	own := b.Plan.Curve[len(b.Plan.Curve)-1]
	for _, p := range b.Plan.Curve {
		if w := b.Plan.Wishes.Budget; w.OK && p.Least <= w.Value+halfPart {
			own = p
		}
	}
	return slices.Equal(own.IDs(), b.Plan.IDs()) && math.Abs(own.NPV-b.Plan.NPV) < .005
}

// buying is the builder of a page: the group of marked flows is what the budget
// buys.
func (b *builder) buying() *builder {
	page := *b
	page.bought, page.marks = b.Plan.Curve, nil
	for _, p := range page.bought {
		for _, f := range p.Flows {
			if !page.offered(f.Flow) {
				page.marks = append(page.marks, portfolio.Offer{Flow: f.Flow})
			}
		}
	}
	return &page
}

// budgetLever runs up to where all is bought that pays. Without a budget it stands
// there.
func (b *builder) budgetLever() Lever {
	dearest := b.bought[len(b.bought)-1].Build
	round := math.Pow(10, math.Floor(math.Log10(max(dearest, 10)))) / 10
	l := Lever{Key: budgetKey, Label: b.words.Text("page.budget", nil), Note: b.words.Text("page.budget.note", nil), Kind: Money,
		Least: b.bought[0].Least, Most: round * math.Ceil(dearest/round), Moves: []Move{{Ref{budgetKey, budgetKey, FigureColumn}, 1}}}
	if w := b.Plan.Wishes.Budget; w.OK {
		l.Value, l.Most = w.Value, max(l.Most, w.Value)
	} else {
		l.Value, l.Rest = l.Most, b.words.Text("page.budget.none", nil)
	}
	return l
}

func now(row string) Formula { return At(budgetKey, row, FigureColumn) }

// halfPart is half of the least difference that the search sees in money.
const halfPart = .5 / portfolio.Parts

// budgetNow is the budget, the step of the curve that it buys, and whether it is
// proven that nothing better fits into it.
func (b *builder) budgetNow(budget float64) Table {
	return Table{ID: budgetKey, Fixed: true, Columns: []Column{hiddenColumn(FigureColumn, Number)}, Rows: []Row{
		{budgetKey, []Cell{Known(Number, budget)}},
		{"step", []Cell{Live(CountUpTo("steps", "least", Add(now(budgetKey), Num(halfPart))))}},
		{"settled", []Cell{Live(Sum("steps", "settled_on"))}},
	}}
}

// steps has a row for each plan that a budget buys; the columns "_on" hold its
// figures for the one that is bought now, and zero for the others.
func (b *builder) steps() Table {
	t := Table{ID: "steps", Fixed: true}
	for _, key := range []string{"place", "least", "until", "proven", "build", "monthly"} {
		t.Columns = append(t.Columns, hiddenColumn(key, Number))
	}
	for i, p := range b.bought {
		until := Known(Number, p.Until)
		if math.IsInf(p.Until, 1) {
			until = Cell{Kind: Unknown}
		}
		proven := 0.0
		if p.Proven {
			proven = 1
		}
		t.Rows = append(t.Rows, Row{"step-" + strconv.Itoa(i+1), []Cell{
			Known(Number, float64(i+1)), Known(Number, p.Least), until, Known(Number, proven), Known(Number, p.Build), Known(Number, p.FeesPerMonth+p.MaintenancePerMonth),
		}})
	}
	on := func(f Formula) func(Row) Cell {
		return func(Row) Cell {
			return Live(If(AtMost(now("step"), Col("place")), If(AtMost(Col("place"), now("step")), f, Num(0)), Num(0)))
		}
	}
	t.add(hiddenColumn("build_on", Number), on(Col("build")))
	t.add(hiddenColumn("monthly_on", Number), on(Col("monthly")))
	t.add(hiddenColumn("settled_on", Number), on(If(IsKnown(Col("until")), If(AtMost(now(budgetKey), Add(Col("until"), Num(halfPart))), Col("proven"), Num(0)), Col("proven"))))
	return t
}

// byStep is the value that something has in the step that is bought now; values
// has one for each step. What is zero in all is zero.
func byStep(values []float64) Formula {
	all := Num(0)
	for from := 0; from < len(values); {
		to := from
		for to+1 < len(values) && values[to+1] == values[from] {
			to++
		}
		if values[from] != 0 {
			here := If(AtMost(Num(float64(from+1)), now("step")), If(AtMost(now("step"), Num(float64(to+1))), Num(values[from]), Num(0)), Num(0))
			if all.Op == OpNumber {
				all = here
			} else {
				all = Add(all, here)
			}
		}
		from = to + 1
	}
	return all
}

// perStep is what each plan of the curve says, as byStep takes it.
func (b *builder) perStep(of func(portfolio.Choice) float64) Formula {
	values := make([]float64, len(b.bought))
	for i, p := range b.bought {
		values[i] = of(p.Choice)
	}
	return byStep(values)
}

// boughtFlows has a row for each flow that a budget buys: whether it is bought
// now, and then what it brings.
func (b *builder) boughtFlows() Table {
	t := Table{ID: "choice", Fixed: true, Columns: []Column{hiddenColumn("yes", Number)}}
	for _, o := range b.marks {
		t.Rows = append(t.Rows, Row{o.Flow, []Cell{Live(b.perStep(func(c portfolio.Choice) float64 {
			return truth(slices.Contains(c.IDs(), o.Flow))
		}))}})
	}
	for _, key := range []string{"hours_year", "benefit", "cash_benefit"} {
		of := Same("calculation", key)
		t.add(hiddenColumn(key+"_in", Number), func(Row) Cell { return Live(If(Less(Num(0), Col("yes")), orNought(of, of), Num(0))) })
	}
	return t
}

// buyingPlan makes the section of the plan follow the budget: its tables have a
// row for whatever a budget buys, and the money of the plan by month stands there.
// What belongs to the calendar of the audit's plan stands apart.
func (b *builder) buyingPlan(blocks []Block) []Block {
	var out []Block
	for _, block := range blocks {
		switch block := block.(type) {
		case Figures:
			if block.ID == "plan-figures" {
				b.onCalendar(&block)
				out = append(out, block, b.boughtMonths())
				continue
			}
			out = append(out, block)
		case Table:
			switch block.ID {
			case "plan":
				out = append(out, b.boughtPlan(block))
				continue
			case "plan-platforms":
				out = append(out, b.boughtPlatforms(block))
				continue
			case "roadmap":
				out = append(out, b.calendarFigures())
			}
			out = append(out, block)
		case Paragraph, List, Chart, Picture:
			out = append(out, block)
		}
	}
	return out
}

// ofCalendar are the keys of the figures that rest on the roadmap.
var ofCalendar = []string{"at_hand", "at_hand_cash", "even"}

// onCalendar takes the figures of the roadmap out of the plan's.
func (b *builder) onCalendar(f *Figures) {
	f.Figures = slices.DeleteFunc(slices.Clone(f.Figures), func(fig Figure) bool { return slices.Contains(ofCalendar, fig.Key) })
}

// calendarFigures are those of the roadmap.
func (b *builder) calendarFigures() Figures {
	f := b.planFigures()
	f.ID, f.Title = "roadmap-figures", b.t("plan.figures.calendar", nil)
	f.Figures = slices.DeleteFunc(f.Figures, func(fig Figure) bool { return !slices.Contains(ofCalendar, fig.Key) })
	return f
}

// boughtMonths is the money of the plan by month from go-live. A row a month is
// needed for the sums; the first year and then each quarter are shown.
func (b *builder) boughtMonths() Table {
	t := b.choiceMonths().Table
	t.Title, t.Short, t.When = b.t("bought.months", nil), "", "shown"
	t.add(hiddenColumn("shown", Number), func(r Row) Cell {
		month, _ := strconv.Atoi(r.Key)
		return Known(Number, truth(month <= 12 || month%6 == 0))
	})
	return t
}

// boughtWay is a flow on a platform, and the key of its row in the plan's table.
type boughtWay struct{ flow, platform, key string }

// boughtPlan is the table of the plan's flows with a row for each flow on each
// platform that a budget buys.
func (b *builder) boughtPlan(t Table) Table {
	t.When, t.Rows = "yes", nil
	t.Columns = append(t.Columns, hiddenColumn("yes", Number))
	var ways []boughtWay
	for _, f := range b.boughtInOrder() {
		if slices.ContainsFunc(ways, func(w boughtWay) bool { return w.flow == f.Flow && w.platform == f.Candidate.Platform }) {
			continue
		}
		w := boughtWay{f.Flow, f.Candidate.Platform, f.Flow}
		if slices.ContainsFunc(ways, func(other boughtWay) bool { return other.flow == f.Flow }) {
			w.key += "@" + w.platform
		}
		ways = append(ways, w)
		row := Row{w.key, append(b.chosenCells(f), Live(b.ofWay(w, func(portfolio.Chosen) float64 { return 1 })))}
		for j, c := range t.Columns {
			switch c.Key {
			case "benefit":
				row.Cells[j] = Live(At("calculation", w.flow, "benefit"))
			case "fee_alone":
				row.Cells[j] = Live(b.ofWay(w, func(f portfolio.Chosen) float64 { return f.Fee.Alone }))
			case "fee_marginal":
				row.Cells[j] = Live(b.ofWay(w, func(f portfolio.Chosen) float64 { return f.Fee.Marginal }))
			case "fee_shared":
				row.Cells[j] = Live(b.sharedFee(w, f.Usual))
			}
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// ofWay is what the plan that is bought now says of a flow on a platform.
func (b *builder) ofWay(w boughtWay, value func(portfolio.Chosen) float64) Formula {
	return b.perStep(func(c portfolio.Choice) float64 {
		for _, f := range c.Flows {
			if f.Flow == w.flow && f.Candidate.Platform == w.platform {
				return value(f)
			}
		}
		return 0
	})
}

// fewRuns is in how many runs of steps a figure may change before it is cheaper to
// work it out.
const fewRuns = 6

// sharedFee is a flow's share of its platform's fee. It changes with every flow that
// is bought beside it, so that it is worked out by operations as the search does,
// unless it changes seldom or the flow has none.
func (b *builder) sharedFee(w boughtWay, usual float64) Formula {
	given := b.ofWay(w, func(f portfolio.Chosen) float64 { return f.Fee.Shared })
	runs := 0
	given.each(func(f Formula) {
		if f.Op == OpAdd {
			runs++
		}
	})
	if runs < fewRuns || usual <= 0 {
		return given
	}
	each := Num(0)
	for _, paid := range b.boughtTiers() {
		if paid.Platform == w.platform {
			each = Add(each, At("plan-platforms", paid.key, "each"))
		}
	}
	return If(Less(Num(0), Col("yes")), Mul(Num(usual), each), Num(0))
}

// boughtInOrder are the flows of the plan in the order of building, and then
// those that other budgets buy.
func (b *builder) boughtInOrder() []portfolio.Chosen {
	all := b.inOrder()
	for _, c := range b.boughtChoices() {
		all = append(all, c.Flows...)
	}
	return all
}

// boughtPlatforms is the table of the plan's platforms with a row for each tier
// that a budget buys, and what an operation costs there.
func (b *builder) boughtPlatforms(t Table) Table {
	t.When, t.Rows = "flows", nil
	t.Columns = append(slices.Clone(t.Columns), hiddenColumn("each", Number))
	for _, paid := range b.boughtTiers() {
		of := func(value func(portfolio.Choice, portfolio.Paid) float64) Cell {
			return Live(b.perStep(func(c portfolio.Choice) float64 {
				for _, other := range tiersPaid(c) {
					if other.key == paid.key {
						return value(c, other.Paid)
					}
				}
				return 0
			}))
		}
		t.Rows = append(t.Rows, Row{paid.key, []Cell{
			Words(b.Solution(advise.Candidate{Platform: paid.Platform, Tier: paid.Tier})),
			of(func(_ portfolio.Choice, x portfolio.Paid) float64 { return truth(!x.Spare) * x.PerMonth }),
			of(func(_ portfolio.Choice, x portfolio.Paid) float64 { return float64(len(x.Flows)) }),
			of(func(_ portfolio.Choice, x portfolio.Paid) float64 { return x.Operations }),
			KnownIf(!math.IsInf(paid.Capacity, 1) && paid.Capacity > 0, Count, paid.Capacity),
			of(perOperation),
		}})
	}
	return t
}

// perOperation is what a usual operation costs on a platform that flows share.
func perOperation(c portfolio.Choice, paid portfolio.Paid) float64 {
	for _, f := range c.Flows {
		if f.Usual > 0 && slices.Contains(paid.Flows, f.Flow) {
			return f.Fee.Shared / f.Usual
		}
	}
	return 0
}

// boughtTiers are the tiers of platforms that any budget buys, each once, the
// plan's first.
func (b *builder) boughtTiers() []paidTier {
	var all []paidTier
	for _, c := range b.boughtChoices() {
		for _, paid := range tiersPaid(c) {
			if !slices.ContainsFunc(all, func(other paidTier) bool { return other.key == paid.key }) {
				all = append(all, paid)
			}
		}
	}
	return all
}

// boughtChoices are the plan, and then what each budget buys, the dearest first.
func (b *builder) boughtChoices() []portfolio.Choice {
	all := []portfolio.Choice{b.Plan.Choice}
	for _, p := range slices.Backward(b.bought) {
		all = append(all, p.Choice)
	}
	return all
}

// paidTier is a platform of a plan under a key that it has in every plan.
type paidTier struct {
	portfolio.Paid
	key string
}

func tiersPaid(c portfolio.Choice) []paidTier {
	var all []paidTier
	for _, p := range c.Platforms {
		key := p.Platform + "/" + p.Tier
		if slices.ContainsFunc(all, func(other paidTier) bool { return other.key == key }) {
			key += "/" + p.Flows[0] // what a flow pays alone may stand beside what others pay alone
		}
		all = append(all, paidTier{p, key})
	}
	return all
}
