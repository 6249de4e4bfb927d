package portfolio

import (
	"context"
	"math/rand/v2"
	"testing"
)

// brute tries every choice of options and tiers.
func brute(p Problem) (best int64, found bool) {
	byFlow := make([][]int, p.Flows)
	for i, o := range p.Options {
		byFlow[o.Flow] = append(byFlow[o.Flow], i)
	}
	tiers := make([]int, len(p.Platforms))
	var options []int
	var platform func(int)
	platform = func(i int) {
		if i == len(tiers) {
			if value, err := p.Worth(options, tiers); err == nil && (!found || value > best) {
				best, found = value, true
			}
			return
		}
		for tiers[i] = -1; tiers[i] < len(p.Platforms[i].Tiers); tiers[i]++ {
			platform(i + 1)
		}
	}
	var flow func(int)
	flow = func(f int) {
		if f == p.Flows {
			platform(0)
			return
		}
		flow(f + 1)
		for _, i := range byFlow[f] {
			options = append(options, i)
			flow(f + 1)
			options = options[:len(options)-1]
		}
	}
	flow(0)
	return best, found
}

// someProblem draws a small problem with everything in it that a problem can
// have: budgets, flows that need others, pairs that lose together, caps.
func someProblem(r *rand.Rand, flows int) Problem {
	p := Problem{Flows: flows}
	for range 1 + r.IntN(2) {
		p.Limits = append(p.Limits, Limit{Most: r.Int64N(int64(30 * flows))})
	}
	budgets := len(p.Limits)
	for range r.IntN(4) {
		var pl Platform
		for range 1 + r.IntN(3) {
			t := Tier{Price: r.Int64N(60), Capacity: r.Int64N(100)}
			if r.IntN(5) == 0 {
				t.Capacity = Endless
			}
			if r.IntN(2) == 0 {
				t.Uses = []Use{{r.IntN(budgets), t.Price}}
			}
			pl.Tiers = append(pl.Tiers, t)
		}
		p.Platforms = append(p.Platforms, pl)
	}
	for f := range flows {
		for range r.IntN(4) {
			o := Option{Flow: f, Platform: r.IntN(len(p.Platforms)+1) - 1, Value: r.Int64N(120) - 20, Load: r.Int64N(40)}
			o.Uses = append(o.Uses, Use{0, r.Int64N(60)})
			if budgets > 1 {
				o.Uses = append(o.Uses, Use{1, r.Int64N(60)})
			}
			p.Options = append(p.Options, o)
		}
	}
	if flows > 1 {
		p.someLimits(r)
	}
	if flows > 0 && r.IntN(3) == 0 {
		p.Must = []int{r.IntN(flows)}
	}
	if flows > 1 && r.IntN(3) == 0 {
		p.Without = []int{r.IntN(flows)}
	}
	return p
}

func (p *Problem) someLimits(r *rand.Rand) {
	for range r.IntN(4) {
		at, a, b := len(p.Limits), r.IntN(p.Flows), r.IntN(p.Flows)
		if a == b {
			continue
		}
		with, amounts := Limit{}, [2]int64{1, -1}
		switch r.IntN(3) {
		case 1:
			with, amounts = Limit{Most: 1, Soft: true, Price: r.Int64N(50)}, [2]int64{1, 1}
		case 2:
			with, amounts = Limit{Most: r.Int64N(20), Soft: true, Price: r.Int64N(5)}, [2]int64{r.Int64N(20), r.Int64N(20)}
		}
		p.Limits = append(p.Limits, with)
		for i, o := range p.Options {
			switch o.Flow {
			case a:
				p.Options[i].Uses = append(p.Options[i].Uses, Use{at, amounts[0]})
			case b:
				p.Options[i].Uses = append(p.Options[i].Uses, Use{at, amounts[1]})
			}
		}
	}
}

func TestEveryPlanTriedOneByOneIsNoBetter(t *testing.T) {
	for seed := range uint64(10_000) {
		r := rand.New(rand.NewPCG(seed, 6))
		flows := 1 + r.IntN(5)
		if seed%100 == 0 {
			flows = 6 + r.IntN(5)
		}
		p := someProblem(r, flows)
		want, found := brute(p)
		got, err := Solve(context.Background(), p, Options{})
		if err != nil {
			t.Fatalf("seed %d: %v", seed, err)
		}
		if !got.Optimal || got.Found != found || found && got.Plan.Value != want {
			t.Fatalf("seed %d: %+v, want %d (%v)\n%+v", seed, got, want, found, p)
		}
		if !found {
			continue
		}
		if value, err := p.Worth(got.Plan.Options, got.Plan.Tiers); err != nil || value != want {
			t.Fatalf("seed %d: the plan adds up to %d (%v), want %d", seed, value, err, want)
		}
		if bound, err := p.Bound(got.Root); err != nil || bound < want || bound != got.RootGave {
			t.Fatalf("seed %d: the multipliers prove %d (%v), the search says %d, the best is %d", seed, bound, err, got.RootGave, want)
		}
	}
}
