package catalogue

import (
	"cmp"
	"math"
)

// minutesPerMonth is a month of 30 days.
const minutesPerMonth = 30 * 24 * 60

// Demand is what a flow asks of a platform in one month.
type Demand struct {
	Records float64 // a month
	Steps   int     // actions for one record
	Pushed  bool    // each record sets off a run of its own
	Every   float64 // minutes between two looks for news; 0: the source calls
}

// Interval returns the minutes between two polls: as the flow asks, not below
// the platform's least, and 0 where the source calls.
func (p Platform) Interval(in Demand) float64 {
	if in.Every <= 0 {
		return 0
	}
	if p.Polling != nil && p.Polling.Value.Stated {
		return max(in.Every, p.Polling.Value.Value)
	}
	return in.Every
}

// Polls returns how often the platform looks for news in a month: 0 where the
// source calls, else 43,200 minutes divided by the interval.
func (p Platform) Polls(in Demand) float64 {
	if every := p.Interval(in); every > 0 {
		return minutesPerMonth / every
	}
	return 0
}

// Operations returns what the platform counts in a month, in its own unit, and
// false where it is not known how it counts. A task is an action; a credit or
// a request an action, a trigger or a poll; an execution a poll, and a record
// where each sets off a run of its own; a message a record.
func (p Platform) Operations(in Demand) (float64, bool) {
	switch p.Unit {
	case Task:
		return in.Records * float64(in.Steps), true
	case Credit, Request:
		return float64(in.Records*float64(in.Steps+1)) + p.Polls(in), true
	case Execution:
		if in.Pushed {
			return in.Records + p.Polls(in), true
		}
		return p.Polls(in), true
	case Message:
		return in.Records, true
	case None:
		return 0, true
	case Compute, Data, Contract:
		return 0, false
	}
	return 0, false
}

// Capacity returns the most operations that the tier carries in a month, those
// beyond the allowance included where they can be bought, and false where that
// is not known. Without an end it is infinite.
func (t Tier) Capacity() (float64, bool) {
	switch {
	case t.Unlimited:
		return math.Inf(1), true
	case !t.Included.Stated:
		return 0, false
	case t.Overage == nil:
		return t.Included.Value, true
	case t.Overage.Endless:
		return math.Inf(1), true
	}
	return t.Overage.UpTo.Or(t.Included.Value), true
}

// Holds tells whether the tier is known to carry so many operations a month.
func (t Tier) Holds(operations float64) bool {
	most, known := t.Capacity()
	return known && operations <= most
}

// Listed tells whether the tier has a price that may be chosen.
func (t Tier) Listed() bool { return t.Quote == Listed && t.Price.Stated }

// Least returns the least that a month in the tier costs as far as the sources
// say, in its currency, listed or not, and false where none names a price.
func (t Tier) Least() (float64, bool) {
	if len(t.Range) > 0 {
		return t.Range[0], true
	}
	return t.Price.Value, t.Price.Stated && t.Price.Value > 0
}

// Fee returns what a month with so many operations costs in the tier, in its
// currency: its price, and what goes beyond the allowance. It has a meaning
// only where the tier is listed and holds them.
func (t Tier) Fee(operations float64) float64 {
	fee := t.Price.Value
	if t.Overage != nil {
		fee += float64(max(0, operations-t.Included.Value) * t.Overage.Price)
	}
	return fee
}

// Use is a year on a platform: a normal month, and a peak that comes in some
// months and that the tier has to hold.
type Use struct {
	Normal, Peak float64 // operations a month; Normal ≤ Peak
	PeakMonths   int     // 0 to 12
}

// MeanFee returns what a month costs in the tier on average over the year.
func (t Tier) MeanFee(u Use) float64 {
	n := float64(u.PeakMonths)
	return (float64((12-n)*t.Fee(u.Normal)) + float64(n*t.Fee(u.Peak))) / 12
}

// Tier returns the cheapest listed tier that holds so many operations in every
// month, and false if there is none.
func (p Platform) Tier(operations float64) (Tier, bool) {
	return p.Cheapest(Use{Normal: operations, Peak: operations}, func(Tier) bool { return true })
}

// Cheapest returns the listed tier that costs least on average over the year
// among those that hold the peak month and that allowed lets pass, and false
// if there is none. Of two at one fee the roomier counts, then the first.
func (p Platform) Cheapest(u Use, allowed func(Tier) bool) (Tier, bool) {
	var best Tier
	found := false
	for _, t := range p.Tiers {
		if t.Listed() && t.Holds(u.Peak) && allowed(t) && (!found || t.beats(best, u)) {
			best, found = t, true
		}
	}
	return best, found
}

// Scaled returns the same year with so many operations in its peak month.
func (u Use) Scaled(peak float64) Use {
	if u.Peak > 0 {
		u.Normal = u.Normal / u.Peak * peak
	} else {
		u.Normal = peak
	}
	u.Peak = peak
	return u
}

// Ends returns the most operations in the peak month up to which t stays the
// cheapest tier as a year grows from u in proportion, and false where it always
// does. It expects t to be the cheapest for u, and dearer tiers to hold more.
func (p Platform) Ends(t Tier, u Use, allowed func(Tier) bool) (float64, bool) {
	most, known := t.Capacity()
	if !known || t.Unlimited {
		return 0, false
	}
	if t.Overage == nil {
		return most, true // its fee stays, and that of no other falls
	}
	stays := func(peak float64) bool {
		best, ok := p.Cheapest(u.Scaled(peak), allowed)
		return ok && best.ID == t.ID
	}
	low, high := math.Floor(u.Peak), min(most, farAway)
	if stays(high) {
		return high, high < farAway
	}
	for high-low > 1 {
		if mid := math.Floor((low + high) / 2); stays(mid) {
			low = mid
		} else {
			high = mid
		}
	}
	return low, true
}

// farAway is above every volume that advice looks at, in operations a month.
const farAway = 1e12

func (t Tier) beats(other Tier, u Use) bool {
	mine, _ := t.Capacity()
	its, _ := other.Capacity()
	return cmp.Or(cmp.Compare(t.MeanFee(u), other.MeanFee(u)), cmp.Compare(its, mine)) < 0
}
