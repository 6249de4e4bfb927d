package portfolio

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/flowmap-dev/flowmap/pkg/audit"
	"github.com/flowmap-dev/flowmap/pkg/roi"
)

// Proposal is the plan that pays most within what was wished for, and what
// stands beside it.
type Proposal struct {
	Wishes
	Choice
	Optimal bool    // no plan is worth more
	Bound   float64 // money: no plan is worth more than this
	Gap     float64 // share of the plan's NPV by which the best may exceed it; 0 where it is optimal
	Nodes   int     // of the search

	Problem Problem // what was solved, in ten-thousandths of the currency
	Result  Result

	Next   []Alternative // the best plans of other flows, the best first
	Curve  Curve
	More   []Alternative // what a larger budget brings, one step; empty without a budget
	Step   float64       // money: how much larger
	Passed []Passed      // flows that are not in the plan, by id
	Menu   Menu          // what any set of flows would cost without another search
}

// Alternative is another plan.
type Alternative struct {
	Choice
	Proven bool // no other plan that was asked for is worth more
}

// Passed is a flow that is not in the plan, and why.
type Passed struct {
	Flow string // id
	Why  Reason
}

// Reason says why a flow is not in the plan.
type Reason string

// The reasons.
const (
	NotWanted  Reason = "not-wanted"  // the user leaves it out
	NotStated  Reason = "not-stated"  // nobody stated its hours
	NoPlatform Reason = "no-platform" // no platform with a price fits, or the decided one has none
	NeverPays  Reason = "never-pays"  // on no platform does it pay, even if the fee is paid by others
	NotNow     Reason = "not-now"     // it would pay; within the limits others pay more
)

// Effort bounds the work of Propose.
type Effort struct {
	Gap   float64 // as in Options
	Nodes int     // as in Options, for each of the plans that are worked out
	Next  int     // how many other plans
	Step  float64 // money: how much larger a budget is tried; 0 for none
	Curve bool    // work the curve out
}

// The errors of Propose, as errors.Is finds them: their messages name the flow or
// the amount.
var (
	ErrWishes     = errors.New("the wishes mean nothing: an amount that is none, a flow that there is not or that is both wanted and left out")
	ErrNoFlows    = errors.New("there are no flows that are done by hand: nothing to plan")
	ErrNoPlatform = errors.New("a flow that is wanted has no platform with a price that fits it")
	ErrImpossible = errors.New("no plan holds what is wanted within the limits")
	ErrTime       = errors.New("no plan was found in the time given")
)

// told is one of the errors in words of its own.
type told struct {
	kind error
	text string
}

func (t told) Error() string { return t.text }
func (t told) Unwrap() error { return t.kind }

func tell(kind error, format string, args ...any) error {
	return told{kind, fmt.Sprintf(format, args...)}
}

// Propose works out the plan for a workspace. The error is one of those above, or
// what Problem's solution answers to amounts beyond what it can hold. Where ctx
// ends, what is found by then is given with its gap, and alternatives are not
// proven.
func Propose(ctx context.Context, w audit.Workspace, ways Ways, wishes Wishes, e Effort) (Proposal, error) {
	if err := wishes.check(w); err != nil {
		return Proposal{}, err
	}
	in := newInstance(w, ways, wishes)
	if err := in.possible(wishes); err != nil {
		return Proposal{}, err
	}
	options := Options{Gap: e.Gap, Nodes: e.Nodes}
	r, err := Solve(ctx, in.Problem, options)
	if err != nil {
		return Proposal{}, err
	}
	if !r.Found {
		return Proposal{}, in.nothing(wishes, r)
	}
	p := Proposal{Wishes: wishes, Choice: in.choice(r.Plan), Optimal: r.Optimal, Bound: money(r.Bound), Gap: r.Gap(), Nodes: r.Nodes,
		Problem: in.Problem, Result: r, Passed: in.passed(r.Plan, wishes), Menu: in.menu(r.Plan), Step: e.Step}
	if p.Optimal {
		p.Bound = p.NPV
	}
	p.Next = in.next(ctx, r, e.Next, options)
	if e.Curve {
		p.Curve = in.curve(ctx, options)
	}
	if in.budget >= 0 && e.Step > 0 {
		more := in.within(wishes.Budget.Value + e.Step)
		if r, err := Solve(ctx, more, options); err == nil && r.Found {
			p.More = append(p.More, Alternative{in.choice(r.Plan), r.Optimal})
		}
	}
	return p, nil
}

func money(units int64) float64 { return float64(units) / Parts }

// within is the problem with another budget.
func (in *instance) within(budget float64) Problem {
	p := in.Problem
	p.Limits = slices.Clone(p.Limits)
	p.Limits[in.budget].Most = units(budget)
	return p
}

// check refuses wishes that mean nothing.
func (wishes Wishes) check(w audit.Workspace) error {
	for _, one := range []struct {
		name  string
		limit roi.Figure
	}{{"the budget", wishes.Budget}, {"the monthly budget", wishes.Monthly}} {
		if v := one.limit.Value; one.limit.OK && !(v >= 0 && v <= maxMoney) {
			return tell(ErrWishes, "%s is %v, want an amount from 0 to %.0f", one.name, v, float64(maxMoney))
		}
	}
	for _, id := range slices.Concat(wishes.With, wishes.Without) {
		f, ok := w.Flow(id)
		switch {
		case !ok:
			return tell(ErrWishes, "there is no flow %q", id)
		case !f.ByHand():
			return tell(ErrWishes, "flow %q is automated already", id)
		case slices.Contains(wishes.With, id) && slices.Contains(wishes.Without, id):
			return tell(ErrWishes, "flow %q is both wanted and left out", id)
		}
	}
	return nil
}

// possible looks for what makes every plan impossible, so that it can be named.
func (in *instance) possible(wishes Wishes) error {
	if len(in.flows) == 0 {
		return ErrNoFlows
	}
	for _, id := range wishes.With {
		if in.cheapest(in.at[id]) < 0 {
			return tell(ErrNoPlatform, "flow %q cannot be in the plan: no platform with a price fits it", id)
		}
	}
	if !wishes.Budget.OK {
		return nil
	}
	least := -1
	for f := range in.flows {
		if o := in.cheapest(f); o >= 0 && (least < 0 || in.build(o) < in.build(least)) {
			least = o
		}
	}
	if least >= 0 && in.build(least) > wishes.Budget.Value {
		return tell(ErrImpossible, "the budget of %.0f is below every build: the cheapest is flow %q for %.0f",
			wishes.Budget.Value, in.flows[in.ways[least].flow].ID, in.build(least))
	}
	return nil
}

func (in *instance) build(option int) float64 { return in.ways[option].candidate.BuildCost.Mean() }

// cheapest returns the option of a flow that costs least to build, -1 where it
// has none.
func (in *instance) cheapest(flow int) int {
	best := -1
	for o := range in.ways {
		if in.ways[o].flow == flow && (best < 0 || in.build(o) < in.build(best)) {
			best = o
		}
	}
	return best
}

// nothing says why there is no plan.
func (in *instance) nothing(wishes Wishes, r Result) error {
	if !r.Optimal {
		return ErrTime
	}
	sum := 0.0
	for _, id := range wishes.With {
		sum += in.build(in.cheapest(in.at[id]))
	}
	return tell(ErrImpossible, "no plan holds %s within the limits: building costs %.0f at the least, beside what has to be built before and the platforms' fees",
		strings.Join(wishes.With, ", "), sum)
}

// passed says of each flow that is not in the plan why.
func (in *instance) passed(p Plan, wishes Wishes) []Passed {
	var all []Passed
	for i, f := range in.flows {
		if slices.ContainsFunc(p.Options, func(o int) bool { return in.ways[o].flow == i }) {
			continue
		}
		why := NeverPays
		for o, w := range in.ways {
			if w.flow == i && in.Options[o].Value > 0 {
				why = NotNow
			}
		}
		switch {
		case slices.Contains(wishes.Without, f.ID):
			why = NotWanted
		case !in.scores[i].Stated:
			why = NotStated
		case in.cheapest(i) < 0:
			why = NoPlatform
		}
		all = append(all, Passed{f.ID, why})
	}
	return all
}
