package portfolio

import (
	"errors"
	"fmt"
	"math"
)

// Problem asks for the choice of options that is worth most. Each flow takes
// one of its options or none; an option runs on a platform, which is paid once,
// in one tier that holds the load of everything on it; and limits bound what
// options and tiers use together. All amounts are integers in units of the
// caller's choice (cents, say), so that a proof is exact.
//
// Limits say more than budgets. "a only after b" is a hard limit of 0 on a's
// options (1 each) and b's (-1 each). "a and b together lose 500" is a limit of
// 1 on both, 500 for each beyond. A role whose saved hours count up to a cap is
// a limit of the cap with the worth of an hour as its price.
type Problem struct {
	Flows     int // options name flows 0 to Flows-1
	Platforms []Platform
	Options   []Option
	Limits    []Limit
	Must      []int // flows that have to be in the plan
	Without   []int // flows that must not be
}

// Platform is paid in one of its tiers where an option runs on it.
type Platform struct {
	Tiers []Tier `json:"tiers"`
}

// Tier is what a platform can be paid for.
type Tier struct {
	Price    int64 `json:"price"`    // taken off the value, 0 or more
	Capacity int64 `json:"capacity"` // the most load of the options on the platform; Endless for no end
	Uses     []Use `json:"uses"`
}

// Endless is the capacity of a tier that holds everything.
const Endless = math.MaxInt64

// Own is the platform of an option that needs none.
const Own = -1

// Option is one way to do a flow.
type Option struct {
	Flow     int   `json:"flow"`     // place of the flow
	Platform int   `json:"platform"` // Own, or the place in Problem.Platforms
	Value    int64 `json:"value"`    // without the platform's price; may be negative
	Load     int64 `json:"load"`     // on the platform, 0 or more
	Uses     []Use `json:"uses"`
}

// Use is what an option or a tier takes of a limit. It may be negative.
type Use struct {
	Limit  int   `json:"limit"` // place in Problem.Limits
	Amount int64 `json:"amount"`
}

// Limit is the most that options and tiers may use together. A soft one may be
// passed: each unit beyond Most then takes Price off the value.
type Limit struct {
	Most  int64 `json:"most"`
	Soft  bool  `json:"soft"`
	Price int64 `json:"price"` // 0 or more
}

// Plan is a choice of options and the tiers that carry them.
type Plan struct {
	Value   int64
	Options []int // places in Problem.Options, by flow
	Tiers   []int // of each platform, the place in its Tiers, -1 where it is not used
}

// Check returns why the problem cannot be asked: a place that does not exist, a
// negative price, load or capacity, or numbers so large that their sums do not
// fit. The error names the first such place.
func (p Problem) Check() error {
	if p.Flows < 0 {
		return errors.New("the number of flows is negative")
	}
	total := 0.0
	for i, pl := range p.Platforms {
		if len(pl.Tiers) > maxTiers {
			return fmt.Errorf("platform %d has %d tiers, at most %d are possible", i, len(pl.Tiers), maxTiers)
		}
		for j, t := range pl.Tiers {
			if t.Price < 0 || t.Capacity < 0 {
				return fmt.Errorf("tier %d of platform %d has a negative price or capacity", j, i)
			}
			total += float64(t.Price)
			if err := p.checkUses(t.Uses); err != nil {
				return fmt.Errorf("tier %d of platform %d: %w", j, i, err)
			}
		}
	}
	for i, l := range p.Limits {
		if l.Price < 0 {
			return fmt.Errorf("limit %d has a negative price", i)
		}
	}
	for i, o := range p.Options {
		if err := p.checkOption(o); err != nil {
			return fmt.Errorf("option %d: %w", i, err)
		}
		total += math.Abs(float64(o.Value))
	}
	for _, f := range p.Must {
		if f < 0 || f >= p.Flows {
			return fmt.Errorf("flow %d must be in the plan and does not exist", f)
		}
	}
	for _, f := range p.Without {
		if f < 0 || f >= p.Flows {
			return fmt.Errorf("flow %d must not be in the plan and does not exist", f)
		}
	}
	if total > maxTotal {
		return fmt.Errorf("the values add up to more than %g", float64(maxTotal))
	}
	return nil
}

// maxTiers is what a set of tiers in one word can hold beside "none";
// maxTotal leaves room for multipliers of at least 2^10 parts a unit, and
// maxAmount for sums of uses.
const (
	maxTiers  = 62
	maxTotal  = 1 << 50
	maxAmount = 1 << 44
)

func (p Problem) checkOption(o Option) error {
	switch {
	case o.Flow < 0 || o.Flow >= p.Flows:
		return fmt.Errorf("flow %d does not exist", o.Flow)
	case o.Platform < Own || o.Platform >= len(p.Platforms):
		return fmt.Errorf("platform %d does not exist", o.Platform)
	case o.Load < 0 || o.Load > maxAmount:
		return fmt.Errorf("its load of %d is not between 0 and %d", o.Load, int64(maxAmount))
	}
	return p.checkUses(o.Uses)
}

func (p Problem) checkUses(uses []Use) error {
	for i, u := range uses {
		if u.Limit < 0 || u.Limit >= len(p.Limits) {
			return fmt.Errorf("limit %d does not exist", u.Limit)
		}
		if u.Amount > maxAmount || u.Amount < -maxAmount {
			return fmt.Errorf("it uses %d of limit %d, at most %d is possible", u.Amount, u.Limit, int64(maxAmount))
		}
		for _, before := range uses[:i] {
			if before.Limit == u.Limit {
				return fmt.Errorf("limit %d stands twice", u.Limit)
			}
		}
	}
	return nil
}

// Worth adds a choice of options and tiers up from the problem alone: its
// value, and an error that says what it breaks.
func (p Problem) Worth(options, tiers []int) (int64, error) {
	taken := make([]bool, p.Flows)
	load := make([]int64, len(p.Platforms))
	used := make([]int64, len(p.Limits))
	var value int64
	for _, i := range options {
		o := p.Options[i]
		if taken[o.Flow] {
			return 0, fmt.Errorf("flow %d is taken twice", o.Flow)
		}
		taken[o.Flow] = true
		value += o.Value
		use(used, o.Uses)
		if o.Platform == Own {
			continue
		}
		if tiers[o.Platform] < 0 {
			return 0, fmt.Errorf("flow %d runs on platform %d, which is not paid", o.Flow, o.Platform)
		}
		load[o.Platform] += o.Load
	}
	for i, t := range tiers {
		if t < 0 {
			continue
		}
		tier := p.Platforms[i].Tiers[t]
		if load[i] > tier.Capacity {
			return 0, fmt.Errorf("platform %d carries %d, its tier holds %d", i, load[i], tier.Capacity)
		}
		value -= tier.Price
		use(used, tier.Uses)
	}
	for _, f := range p.Must {
		if !taken[f] {
			return 0, fmt.Errorf("flow %d is missing", f)
		}
	}
	for _, f := range p.Without {
		if taken[f] {
			return 0, fmt.Errorf("flow %d must not be in the plan", f)
		}
	}
	return p.charge(value, used)
}

func use(used []int64, uses []Use) {
	for _, u := range uses {
		used[u.Limit] += u.Amount
	}
}

// charge takes off what goes beyond the soft limits.
func (p Problem) charge(value int64, used []int64) (int64, error) {
	for i, l := range p.Limits {
		over := used[i] - l.Most
		if over <= 0 {
			continue
		}
		if !l.Soft {
			return 0, fmt.Errorf("limit %d is %d, and %d is used", i, l.Most, used[i])
		}
		value -= over * l.Price
	}
	return value, nil
}
