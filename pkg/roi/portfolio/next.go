package portfolio

import (
	"context"
	"math"
	"slices"
)

// part is the plans that agree on the first flows, and the best of them.
type part struct {
	settled []bool // of the first flows, whether they are in; nil for all plans
	result  Result
}

// next returns the best plans of other sets of flows, by the partition of
// Lawler (1972): what is not the best is the best of those that agree with it
// on the first flows and differ on the one after.
func (in *instance) next(ctx context.Context, best Result, count int, options Options) []Alternative {
	var all []Alternative
	parts := []part{{result: best}}
	for len(all) < count && ctx.Err() == nil {
		at := -1
		for i, p := range parts {
			if p.result.Found && (at < 0 || p.result.Plan.Value > parts[at].result.Plan.Value) {
				at = i
			}
		}
		if at < 0 {
			break
		}
		top := parts[at]
		if top.settled != nil {
			all = append(all, Alternative{in.choice(top.result.Plan), proven(parts, top.result.Plan.Value)})
		}
		parts = slices.Delete(parts, at, at+1)
		if len(all) < count {
			parts = in.split(ctx, parts, top, count-len(all), options)
		}
	}
	return all
}

// proven tells whether no part may hold a better plan than this.
func proven(parts []part, value int64) bool {
	return !slices.ContainsFunc(parts, func(p part) bool { return p.result.Bound > max(value, p.result.Plan.Value) })
}

// split divides a part without its best plan. Plans that are worth less than
// as many as are wanted are not looked for.
func (in *instance) split(ctx context.Context, parts []part, p part, wanted int, options Options) []part {
	taken := in.taken(p.result.Plan)
	for f := len(p.settled); f < len(in.flows); f++ {
		if in.cheapest(f) < 0 {
			continue
		}
		settled := append(slices.Clone(taken[:f]), !taken[f])
		r, err := solveAbove(ctx, in.settle(settled), options, leastWanted(parts, wanted))
		if err == nil && (r.Found || !r.Optimal) {
			parts = append(parts, part{settled, r})
		}
	}
	return parts
}

// leastWanted is what a plan has to be worth more than to be among so many best.
func leastWanted(parts []part, wanted int) int64 {
	var values []int64
	for _, p := range parts {
		if p.result.Found {
			values = append(values, p.result.Plan.Value)
		}
	}
	if len(values) < wanted {
		return math.MinInt64
	}
	slices.SortFunc(values, func(a, b int64) int { return int(min(1, max(-1, b-a))) })
	return values[wanted-1]
}

// taken tells of each flow whether it is in a plan.
func (in *instance) taken(p Plan) []bool {
	taken := make([]bool, len(in.flows))
	for _, o := range p.Options {
		if f := in.ways[o].flow; f >= 0 {
			taken[f] = true
		}
	}
	return taken
}

// settle is the problem with the first flows in or out.
func (in *instance) settle(settled []bool) Problem {
	p := in.Problem
	p.Must, p.Without = slices.Clone(p.Must), slices.Clone(p.Without)
	for f, with := range settled {
		if with {
			p.Must = append(p.Must, f)
		} else {
			p.Without = append(p.Without, f)
		}
	}
	return p
}
