package diff

import (
	"cmp"
	"math"
	"slices"

	"github.com/flowmap-dev/flowmap/pkg/roi"
)

// amountsOf are the figures of a score. What is not known counts as nothing.
func amountsOf(s roi.Score) Amounts {
	a := Amounts{HoursPerYear: s.HoursPerYear, LabourPerYear: s.LabourPerYear, ErrorCostPerYear: s.ErrorCostPerYear,
		BenefitPerYear: s.BenefitPerYear, BuildCost: s.BuildCost}
	if s.MonthlyCost.OK {
		a.RunningPerYear = 12 * s.MonthlyCost.Value
	}
	if s.NPV.OK {
		a.NPV = s.NPV.Value
	}
	return a
}

// each are the figures, for what is done to all alike.
func (a *Amounts) each() [7]*float64 {
	return [...]*float64{&a.HoursPerYear, &a.LabourPerYear, &a.ErrorCostPerYear, &a.BenefitPerYear, &a.BuildCost, &a.RunningPerYear, &a.NPV}
}

// with applies f to each figure and the same one of b.
func (a Amounts) with(b Amounts, f func(x, y float64) float64) Amounts {
	var out Amounts
	to, x, y := out.each(), a.each(), b.each()
	for i := range to {
		*to[i] = f(*x[i], *y[i])
	}
	return out
}

func (a Amounts) plus(b Amounts) Amounts {
	return a.with(b, func(x, y float64) float64 { return x + y })
}

func (a Amounts) less(b Amounts) Amounts {
	return a.with(b, func(x, y float64) float64 { return x - y })
}

func (a Amounts) times(k float64) Amounts {
	return a.with(a, func(x, _ float64) float64 { return float64(x * k) })
}

// Cents are the amounts rounded to cents, hours to hundredths.
func (a Amounts) Cents() Amounts {
	return a.with(a, func(x, _ float64) float64 { return hundredths(x) / 100 })
}

// hundredths is how many hundredths an amount rounds to. The last digits, in
// which one order of adding differs from another, do not decide on a half.
func hundredths(x float64) float64 { return math.Round(math.Round(x*1e8) / 1e6) }

// zero tells whether no figure comes to half a cent, or to 18 seconds a year.
func (a Amounts) zero() bool {
	for _, x := range a.each() {
		if math.Abs(*x) >= .005 {
			return false
		}
	}
	return true
}

// settle sorts parts, drops those that come to nothing, and rounds the others
// to cents (hundredths of hours) so that their sums are the rounded differences:
// each is the step between two rounded running totals.
func settle(parts []Part, difference Amounts) []Part {
	slices.SortStableFunc(parts, func(a, b Part) int {
		return cmp.Or(cmp.Compare(math.Abs(b.BenefitPerYear), math.Abs(a.BenefitPerYear)), cmp.Compare(math.Abs(b.NPV), math.Abs(a.NPV)),
			cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.ID, b.ID), cmp.Compare(a.Field, b.Field), cmp.Compare(a.New, b.New))
	})
	kept := slices.DeleteFunc(parts, func(p Part) bool { return p.zero() })
	if len(kept) == 0 {
		return kept
	}
	var running, told Amounts
	for i := range kept {
		running = running.plus(kept[i].Amounts)
		if i == len(kept)-1 {
			running = difference // what was dropped is less than half a cent each
		}
		rounded := running.with(running, func(x, _ float64) float64 { return hundredths(x) })
		kept[i].Amounts = rounded.with(told, func(x, y float64) float64 { return (x - y) / 100 })
		told = rounded
	}
	return kept
}
