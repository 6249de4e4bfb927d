package main

import (
	"math"
	"time"

	"github.com/flowmap-dev/flowmap/pkg/roi/portfolio"
)

// planJSON is the document of plan --json. What is not known, or was not asked
// for, is null.
type planJSON struct {
	Workspace string      `json:"workspace"`
	Currency  string      `json:"currency"`
	Budget    *float64    `json:"budget"`
	Monthly   *float64    `json:"monthly"`
	Status    string      `json:"status"` // optimal, or gap
	Gap       float64     `json:"gap"`    // share of the NPV
	Bound     float64     `json:"bound"`  // money: no plan is worth more
	Nodes     int         `json:"nodes"`
	Plan      choiceJSON  `json:"plan"`
	Range     rangeJSON   `json:"range"`
	Passed    []passed    `json:"not_in_the_plan"`
	Next      []otherPlan `json:"next_best"`
	More      *otherPlan  `json:"with_more_budget"`
	Step      float64     `json:"more_budget"`
	Curve     []point     `json:"curve"`
	Roadmap   roadmapJSON `json:"roadmap"`
	Unusual   []string    `json:"unusual"` // FM019, in words
	Proof     proofJSON   `json:"proof"`
}

// rangeJSON is what the plan brings under uncertainty, all begun at once.
type rangeJSON struct {
	Trials              int     `json:"trials"`
	Seed                uint64  `json:"seed"`
	NPVP10              float64 `json:"npv_p10"`
	NPVP50              float64 `json:"npv_p50"`
	NPVP90              float64 `json:"npv_p90"`
	ProbabilityOnTarget float64 `json:"probability_on_target"`
	ProbabilityOfLoss   float64 `json:"probability_of_loss"`
}

type bandJSON struct {
	Month    int     `json:"month"`
	Expected float64 `json:"expected"`
	P10      float64 `json:"p10"`
	P50      float64 `json:"p50"`
	P90      float64 `json:"p90"`
}

type choiceJSON struct {
	NPV                 float64    `json:"npv"`
	BuildCost           float64    `json:"build_cost"`
	PlatformPerMonth    float64    `json:"platform_per_month"`
	MaintenancePerMonth float64    `json:"maintenance_per_month"`
	BenefitPerYear      float64    `json:"benefit_per_year"`
	CashBenefitPerYear  float64    `json:"cash_benefit_per_year"`
	ClaimedTwice        float64    `json:"claimed_twice_per_year"` // money, taken off
	BeyondRoles         float64    `json:"beyond_roles_per_year"`  // money, taken off
	PaybackMonths       *float64   `json:"payback_months"`
	CashPaybackMonths   *float64   `json:"cash_payback_months"`
	Flows               []planFlow `json:"flows"`
	Platforms           []planPaid `json:"platforms"`
}

type planFlow struct {
	ID             string  `json:"id"`
	Name           string  `json:"name"`
	Platform       string  `json:"platform"`
	Decided        bool    `json:"decided"`
	BuildCost      float64 `json:"build_cost"`
	BenefitPerYear float64 `json:"benefit_per_year"`
	FeeAlone       float64 `json:"fee_alone"`    // a month
	FeeMarginal    float64 `json:"fee_marginal"` // a month
	FeeShared      float64 `json:"fee_shared"`   // a month; these add up to the platform's
}

type planPaid struct {
	Platform   string   `json:"platform"`
	Tier       string   `json:"tier"`
	PerMonth   float64  `json:"per_month"`
	Operations float64  `json:"operations_in_peak_month"`
	Paid       bool     `json:"paid_already"`
	Flows      []string `json:"flows"`
}

type passed struct {
	ID     string `json:"id"`
	Reason string `json:"reason"`
}

type otherPlan struct {
	Proven    bool     `json:"proven"`
	NPV       float64  `json:"npv"`
	BuildCost float64  `json:"build_cost"`
	Less      float64  `json:"npv_difference"` // to the plan's
	More      []string `json:"more"`           // flows that the plan has not
	Fewer     []string `json:"fewer"`          // flows of the plan that it has not
	Moved     []string `json:"moved"`          // flows on another platform
}

type point struct {
	BuildCost float64  `json:"build_cost"`
	Until     *float64 `json:"until"` // null: without end
	NPV       float64  `json:"npv"`
	Share     float64  `json:"share"`
	Corner    bool     `json:"corner"`
	Proven    bool     `json:"proven"`
	Flows     []string `json:"flows"`
}

type roadmapJSON struct {
	Team           float64       `json:"team_hours_per_week"`
	Start          *string       `json:"start"`
	Exact          bool          `json:"exact"`
	DelayCost      float64       `json:"delay_cost"`
	LeastDelay     float64       `json:"least_delay_cost"`
	Steps          []roadmapStep `json:"steps"`
	Cumulative     []float64     `json:"cumulative"`      // by months, counting the benefit
	CumulativeCash []float64     `json:"cumulative_cash"` // counting cash alone
	Deepest        float64       `json:"deepest"`
	DeepestMonth   int           `json:"deepest_month"`
	DeepestCash    float64       `json:"deepest_cash"`
	Band           []bandJSON    `json:"band"` // of the cumulative money, by whole months
	BreakEvenMonth *float64      `json:"break_even_month"`
}

type roadmapStep struct {
	ID             string  `json:"id"`
	Hours          float64 `json:"hours"`
	StartWeek      float64 `json:"start_week"`
	LiveWeek       float64 `json:"live_week"`
	StartDate      *string `json:"start_date"`
	LiveDate       *string `json:"live_date"`
	DelayCostMonth float64 `json:"cost_of_delay_per_month"`
}

// proofJSON is the problem that was solved and the multipliers that bound it,
// in integers; docs/plan.md says how to add them up.
type proofJSON struct {
	Parts       int                   `json:"parts"` // units of the problem in one of money
	Value       int64                 `json:"value"`
	Bound       int64                 `json:"bound"`      // proven by the whole search
	RootBound   int64                 `json:"root_bound"` // proven by the multipliers alone
	Flows       int                   `json:"flows"`
	Must        []int                 `json:"must"`
	Without     []int                 `json:"without"`
	Options     []portfolio.Option    `json:"options"`
	Platforms   []portfolio.Platform  `json:"platforms"`
	Limits      []portfolio.Limit     `json:"limits"`
	Multipliers portfolio.Multipliers `json:"multipliers"`
	ChosenTiers []int                 `json:"chosen_tiers"`
	Chosen      []int                 `json:"chosen"`
}

func planDocument(dir string, p planned) planJSON {
	status := "gap"
	if p.Optimal {
		status = "optimal"
	}
	doc := planJSON{Workspace: dir, Currency: p.workspace.Currency, Budget: known(p.Wishes.Budget), Monthly: known(p.Wishes.Monthly),
		Status: status, Gap: p.Gap, Bound: p.Bound, Nodes: p.Nodes, Plan: choiceDocument(p, p.Choice), Range: p.rangeDocument(), Step: p.Step,
		Unusual: []string{}, Passed: []passed{}, Next: []otherPlan{}, Curve: []point{}, Roadmap: roadmapDocument(p), Proof: proofDocument(p)}
	for _, f := range p.Unusual(p.workspace) {
		doc.Unusual = append(doc.Unusual, p.voice.Sentence(f))
	}
	for _, x := range p.Passed {
		doc.Passed = append(doc.Passed, passed{x.Flow, string(x.Why)})
	}
	for _, x := range p.Next {
		doc.Next = append(doc.Next, otherDocument(p, x))
	}
	for _, x := range p.More {
		more := otherDocument(p, x)
		doc.More = &more
	}
	for _, x := range p.Curve {
		doc.Curve = append(doc.Curve, point{x.Build, orEndless(x.Until), x.NPV, x.Share, x.Corner, x.Proven, listed(x.IDs())})
	}
	return doc
}

// orEndless is a number, or nil where it has no end.
func orEndless(x float64) *float64 {
	if math.IsInf(x, 1) {
		return nil
	}
	return &x
}

func listed(ids []string) []string { return append([]string{}, ids...) }

func choiceDocument(p planned, c portfolio.Choice) choiceJSON {
	doc := choiceJSON{NPV: c.NPV, BuildCost: c.Build, PlatformPerMonth: c.FeesPerMonth, MaintenancePerMonth: c.MaintenancePerMonth,
		BenefitPerYear: c.Totals.BenefitPerYear, CashBenefitPerYear: c.Totals.CashBenefitPerYear,
		ClaimedTwice: c.Totals.Twice.BenefitPerYear, BeyondRoles: c.Totals.Beyond.BenefitPerYear,
		PaybackMonths: known(c.Payback), CashPaybackMonths: known(c.CashPayback), Flows: []planFlow{}, Platforms: []planPaid{}}
	for _, f := range c.Flows {
		flow, _ := p.workspace.Flow(f.Flow)
		doc.Flows = append(doc.Flows, planFlow{f.Flow, flow.Name, f.Candidate.Platform, f.Candidate.Decided, f.Candidate.BuildCost.Mean(),
			f.Score.BenefitPerYear, f.Fee.Alone, f.Fee.Marginal, f.Fee.Shared})
	}
	for _, x := range c.Platforms {
		doc.Platforms = append(doc.Platforms, planPaid{x.Platform, x.Tier, x.PerMonth, x.Operations, x.Spare, x.Flows})
	}
	return doc
}

func otherDocument(p planned, a portfolio.Alternative) otherPlan {
	more, fewer, moved := a.Against(p.Choice)
	return otherPlan{a.Proven, a.NPV, a.Build, a.NPV - p.NPV, listed(more), listed(fewer), listed(moved)}
}

func roadmapDocument(p planned) roadmapJSON {
	r := p.roadmap
	doc := roadmapJSON{Team: r.Team, Exact: r.Exact, DelayCost: r.Delay, LeastDelay: r.Least, Steps: []roadmapStep{}, Band: []bandJSON{},
		Cumulative: r.Cash, CumulativeCash: r.CashOnly, Deepest: r.Deepest, DeepestMonth: r.DeepestAt, DeepestCash: r.CashDepth, BreakEvenMonth: known(r.BreakEven)}
	if !p.start.IsZero() {
		day := p.start.Format(time.DateOnly)
		doc.Start = &day
	}
	for _, b := range p.band {
		doc.Band = append(doc.Band, bandJSON(b))
	}
	for _, s := range r.Steps {
		doc.Steps = append(doc.Steps, roadmapStep{s.Flow, s.Hours, s.Start, s.Live, p.day(s.Start), p.day(s.Live), s.CostOfDelay})
	}
	return doc
}

// day is the date so many weeks after the start, nil without one.
func (p planned) day(weeks float64) *string {
	if p.start.IsZero() {
		return nil
	}
	day := p.start.AddDate(0, 0, int(weeks*7+.5)).Format(time.DateOnly)
	return &day
}

func proofDocument(p planned) proofJSON {
	return proofJSON{Parts: portfolio.Parts, Value: p.Result.Plan.Value, Bound: p.Result.Bound, RootBound: p.Result.RootGave,
		Flows: p.Problem.Flows, Must: append([]int{}, p.Problem.Must...), Without: append([]int{}, p.Problem.Without...),
		Options: append([]portfolio.Option{}, p.Problem.Options...), Platforms: append([]portfolio.Platform{}, p.Problem.Platforms...),
		Limits: append([]portfolio.Limit{}, p.Problem.Limits...), Multipliers: p.multipliers(), ChosenTiers: append([]int{}, p.Result.Plan.Tiers...),
		Chosen: append([]int{}, p.Result.Plan.Options...)}
}

// multipliers are those of the bound, with lists where there are none.
func (p planned) multipliers() portfolio.Multipliers {
	u := p.Result.Root
	u.Limits, u.Flows, u.Tiers = append([]int64{}, u.Limits...), append([]int64{}, u.Flows...), append([][]int64{}, u.Tiers...)
	return u
}

func (p planned) rangeDocument() rangeJSON {
	o := p.outlook
	return rangeJSON{o.Trials, p.flags.seed, o.NPV.P10.Value, o.NPV.P50.Value, o.NPV.P90.Value, o.OnTarget.Value, o.Loss.Value}
}
