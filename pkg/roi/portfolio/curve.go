package portfolio

import (
	"context"
	"math"
	"slices"
)

// Curve is what each budget brings, from nothing to all that pays.
type Curve []Point

// Point is the best plan for the budgets from Least to Until.
type Point struct {
	Choice
	Least  float64 // money: the least budget that is enough for it, by what Problem counts
	Until  float64 // money: up to this budget no plan is worth more; +Inf for the last
	Share  float64 // of the NPV that an unlimited budget brings
	Corner bool    // up to here a unit of budget brings more than beyond
	Proven bool
}

// The curve is exact, so that it says of every budget what it brings, as long as
// the search has not gone through exactNodes nodes for it. Below, its points are
// a part of the whole apart at least, and the budgets between are not known.
const (
	exactNodes = 60_000
	curveSteps = 40
)

// curve walks down from the plan that a budget without limit brings. Each point
// is the best plan for a budget just below the least of the one before.
func (in *instance) curve(ctx context.Context, options Options) Curve {
	if in.budget < 0 {
		in.addBudget()
	}
	var points Curve
	budget, step, left := int64(maxAmount), int64(1), exactNodes
	for ctx.Err() == nil && budget >= 0 {
		r, err := in.bought(ctx, budget, options, left)
		if err != nil || !r.Found {
			break
		}
		c, spent := in.choice(r.Plan), in.spent(r.Plan)
		points = append(points, Point{Choice: c, Least: money(spent), Until: money(budget), Proven: r.Optimal})
		if len(c.Flows) == 0 {
			break
		}
		if len(points) == 1 {
			points[0].Until = math.Inf(1)
			step = max(1, spent/curveSteps)
		}
		left -= r.Nodes
		budget = spent - 1
		if left <= 0 {
			budget = min(budget, max(0, spent-step))
		}
	}
	slices.Reverse(points)
	points.mark()
	return points
}

// bought is the best plan for a budget. As long as the curve is exact, the search
// may go on until left is used up.
func (in *instance) bought(ctx context.Context, budget int64, options Options, left int) (Result, error) {
	p := in.Problem
	p.Limits = slices.Clone(p.Limits)
	p.Limits[in.budget].Most = budget
	if options.Nodes > 0 {
		options.Nodes = max(options.Nodes, left)
	}
	if len(in.Must) > 0 {
		return Solve(ctx, p, options)
	}
	return solveAbove(ctx, p, options, -1) // to do nothing is worth 0
}

// addBudget gives the problem a budget row where none was asked for.
func (in *instance) addBudget() {
	in.Options = slices.Clone(in.Options)
	in.budget = in.limit(Limit{Most: maxAmount})
	for o, w := range in.ways {
		if w.flow >= 0 {
			in.Options[o].Uses = append(slices.Clone(in.Options[o].Uses), Use{in.budget, units(w.candidate.BuildCost.Mean())})
		}
	}
}

// spent is what a plan takes to build, in units.
func (in *instance) spent(p Plan) int64 {
	sum := int64(0)
	for _, o := range p.Options {
		for _, u := range in.Options[o].Uses {
			if u.Limit == in.budget {
				sum += u.Amount
			}
		}
	}
	return sum
}

// mark finds the corners: the points on the least concave line above all.
func (c Curve) mark() {
	if len(c) == 0 {
		return
	}
	all := c[len(c)-1].NPV
	var hull []int
	for i := range c {
		if all > 0 {
			c[i].Share = c[i].NPV / all
		}
		for len(hull) > 1 && slope(c[hull[len(hull)-2]], c[hull[len(hull)-1]]) <= slope(c[hull[len(hull)-2]], c[i]) {
			hull = hull[:len(hull)-1]
		}
		if len(hull) == 0 || c[i].NPV > c[hull[len(hull)-1]].NPV {
			hull = append(hull, i)
		}
	}
	for _, i := range hull {
		c[i].Corner = len(c[i].Flows) > 0
	}
}

func slope(a, b Point) float64 { return (b.NPV - a.NPV) / max(1e-9, b.Build-a.Build) }

// Spread is the curve as a table shows it: its corners, and of the other points
// those that are a part of the whole apart at least.
func (c Curve) Spread() Curve {
	var kept Curve
	for i, p := range c {
		if i == 0 || i == len(c)-1 || p.Corner || p.Build-kept[len(kept)-1].Build >= c[len(c)-1].Build/curveSteps {
			kept = append(kept, p)
		}
	}
	return kept
}

// Corners are the corners of the curve, at most so many: those where the line
// bends most.
func (c Curve) Corners(most int) []Point {
	var all []Point
	for _, p := range c {
		if p.Corner {
			all = append(all, p)
		}
	}
	for len(all) > most {
		least, at := 0.0, -1
		for i := range len(all) - 1 {
			before := Point{}
			if i > 0 {
				before = all[i-1]
			}
			if bend := slope(before, all[i]) - slope(all[i], all[i+1]); at < 0 || bend < least {
				least, at = bend, i
			}
		}
		all = slices.Delete(all, at, at+1)
	}
	return all
}
