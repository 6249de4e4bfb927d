package portfolio

import (
	"context"
	"slices"
)

// Curve is what each budget brings, from nothing to all that pays.
type Curve []Point

// Point is the best plan for a budget.
type Point struct {
	Build  float64 // money: what the plan takes to build, so the least budget for it
	NPV    float64
	Share  float64 // of the NPV that an unlimited budget brings
	Flows  []string
	Corner bool // up to here a unit of budget brings more than beyond
	Proven bool
}

// curveSteps is how many plans the curve is made of at most.
const curveSteps = 40

// curve walks down from the plan that a budget without limit brings. Each point
// is the best plan for a budget just below that of the one before, or a
// fortieth of the whole below.
func (in *instance) curve(ctx context.Context, options Options) Curve {
	if in.budget < 0 {
		in.addBudget()
	}
	var points Curve
	budget, step := int64(maxAmount), int64(1)
	for ctx.Err() == nil && budget >= 0 {
		p := in.Problem
		p.Limits = slices.Clone(p.Limits)
		p.Limits[in.budget].Most = budget
		r, err := Solve(ctx, p, options)
		if err != nil || !r.Found {
			break
		}
		c := in.choice(r.Plan)
		points = append(points, Point{Build: c.Build, NPV: c.NPV, Flows: c.ids(), Proven: r.Optimal})
		if len(c.Flows) == 0 {
			break
		}
		spent := in.spent(r.Plan)
		if len(points) == 1 {
			step = max(1, spent/curveSteps)
		}
		budget = min(spent-1, budget-step)
		if len(points) > 1 {
			budget = min(spent-1, max(0, spent-step))
		}
	}
	slices.Reverse(points)
	points.mark()
	return points
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
