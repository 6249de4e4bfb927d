package portfolio

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/flowmap-dev/flowmap/pkg/advise"
	"github.com/flowmap-dev/flowmap/pkg/audit"
	"github.com/flowmap-dev/flowmap/pkg/roi"
)

// Smith (1956): with nothing that has to come first, the highest cost of delay
// for a week of work goes first. Here 300 a month in 1 week, then 400 in 2, then
// 100 in 1: 300×1 + 400×3 + 100×4 = 1,900.
func TestShortAndDearComesFirst(t *testing.T) {
	jobs := []job{{weeks: 1, delay: 100}, {weeks: 2, delay: 400}, {weeks: 1, delay: 300}}
	order, exact := sequence(jobs)
	if !exact || !slices.Equal(order, []int{2, 1, 0}) || delayOf(jobs, order) != 1900 {
		t.Errorf("%v (%v), %v", order, exact, delayOf(jobs, order))
	}
}

// A flow that brings nothing goes first where a dear one waits for it.
func TestWhatIsNeededComesFirst(t *testing.T) {
	jobs := []job{{weeks: 1, delay: 0}, {weeks: 1, delay: 900, after: []int{0}}, {weeks: 1, delay: 400}}
	order, _ := sequence(jobs)
	if !slices.Equal(order, []int{0, 1, 2}) {
		t.Errorf("%v, want 0, 1, 2", order)
	}
}

func TestNoOrderCostsLess(t *testing.T) {
	for seed := range uint64(300) {
		r := rand.New(rand.NewPCG(seed, 1))
		jobs := someJobs(r, 1+r.IntN(7))
		order, exact := sequence(jobs)
		if !exact {
			t.Fatal("not exact")
		}
		best := math.Inf(1)
		permute(len(jobs), func(order []int) { best = min(best, delayOf(jobs, order)) })
		if got := delayOf(jobs, order); math.Abs(got-best) > 1e-9 {
			t.Errorf("seed %d: %v costs %v, the best %v", seed, order, got, best)
		}
		if least := relaxedDelay(jobs); least > best+1e-9 {
			t.Errorf("seed %d: the bound %v is above the best order, %v", seed, least, best)
		}
		if rough := delayOf(jobs, exchanged(jobs, greedy(jobs))); rough < best-1e-9 || math.IsInf(rough, 1) {
			t.Errorf("seed %d: the rough order costs %v, the best %v", seed, rough, best)
		}
	}
}

func someJobs(r *rand.Rand, n int) []job {
	jobs := make([]job, n)
	for i := range jobs {
		jobs[i] = job{weeks: float64(1 + r.IntN(9)), delay: float64(r.IntN(1000) - 50)}
		for a := range i {
			if r.IntN(5) == 0 {
				jobs[i].after = append(jobs[i].after, a)
			}
		}
	}
	return jobs
}

func permute(n int, visit func([]int)) {
	order := make([]int, n)
	var place func(int, int)
	place = func(at, used int) {
		if at == n {
			visit(order)
			return
		}
		for i := range n {
			if used&(1<<i) == 0 {
				order[at] = i
				place(at+1, used|1<<i)
			}
		}
	}
	place(0, 0)
}

// Beyond sixteen flows the order is good and its bound is stated: without
// anything that has to come first, both are the optimum.
func TestManyFlowsHaveAStatedBound(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 7))
	jobs := someJobs(r, 40)
	for i := range jobs { // one in eight waits for another
		if jobs[i].after = nil; i%8 == 7 {
			jobs[i].after = []int{i - 3}
		}
	}
	order, exact := sequence(jobs)
	cost, least := delayOf(jobs, order), relaxedDelay(jobs)
	if exact || cost < least || cost > 1.2*least {
		t.Errorf("exact %v, %v, at least %v", exact, cost, least)
	}
	for i := range jobs {
		jobs[i].after = nil
	}
	if order, _ := sequence(jobs); delayOf(jobs, order) > relaxedDelay(jobs)+1e-6 {
		t.Errorf("%v, want %v", delayOf(jobs, order), relaxedDelay(jobs))
	}
}

// One flow: 2,600 to build by 20 hours a week at 50 an hour takes 2.6 weeks, 0.6
// of a month. It then brings 1,200 a month and costs 20 for the platform.
func TestMoneyByMonths(t *testing.T) {
	w := audit.Workspace{}
	w.Assumptions.DeveloperHourlyCost = audit.One(50, audit.Money, audit.Constant)
	w.Assumptions.HorizonMonths = audit.Amount{Value: 12, Stated: true}
	one := Chosen{Flow: "a", Candidate: advise.Candidate{Platform: "p", BuildCost: audit.One(2600, audit.Money, audit.Constant)},
		Score: roi.Score{BenefitPerYear: 14_400}, Fee: Fee{Shared: 20}}
	c := Choice{Flows: []Chosen{one}, Platforms: []Paid{{Platform: "p", PerMonth: 20, Flows: []string{"a"}}}}
	c.Totals.BenefitPerYear, c.Totals.Flows.BenefitPerYear = 14_400, 14_400
	r := c.Plan(w, 20)
	if s := r.Steps[0]; s.Hours != 52 || s.Live != 2.6 || s.CostOfDelay != 1180 {
		t.Errorf("%+v, want 52 hours, live after 2.6 weeks, 1,180 a month", s)
	}
	// Month 1: 2,600 for building, then 0.4 of a month at 1,180.
	for k, want := range []float64{-2600 + .4*1180, -2600 + 1.4*1180, -2600 + 2.4*1180} {
		if math.Abs(r.Cash[k]-want) > 1e-6 {
			t.Errorf("month %d: %v, want %v", k+1, r.Cash[k], want)
		}
	}
	if r.Deepest != -r.Cash[0] || r.DeepestAt != 1 || r.BreakEven.Value != 3 {
		t.Errorf("deepest %v in month %d, break-even %v", r.Deepest, r.DeepestAt, r.BreakEven)
	}
	if math.Abs(r.CashDepth-(2600+12.4*20)) > 1e-6 {
		t.Errorf("in cash alone %v has to be at hand, want the build and all fees", r.CashDepth)
	}
}
