package roi

import "math"

// MonthlyRate returns the rate a month that compounds to annual in a year,
// (1+annual)^(1/12) - 1: 10 % a year is 0.797 % a month, not 10 %/12. Both are
// effective rates as shares. At -1 and below, and for NaN, nothing is left
// after a year and the result is -1.
func MonthlyRate(annual float64) float64 {
	if !(annual > -1) {
		return -1
	}
	return root(bounded(1+annual), 12) - 1
}

// YearlyRate returns the rate a year that monthly compounds to,
// (1+monthly)^12 - 1, the reverse of MonthlyRate.
func YearlyRate(monthly float64) float64 {
	if !(monthly > -1) {
		return -1
	}
	return bounded(power(1+monthly, 12) - 1)
}

// NPV returns the present value of cash at rate, a share for each period.
// cash[0] is now and undiscounted, as in textbooks; a spreadsheet's NPV also
// discounts its first amount, so NPV(rate, {0, a, b}) here is NPV(rate; a; b)
// there.
//
// What has no present value is 0: an empty cash flow, one with a NaN or an
// infinity in it, a rate that is NaN or -1 and less (at which money due later
// would be worth infinitely much).
func NPV(rate float64, cash []float64) float64 {
	tamed, scale, ok := tame(cash)
	if !ok || !(rate > -1) {
		return 0
	}
	factor := 1 / (1 + rate)
	value := 0.0
	for i := len(tamed) - 1; i >= 0; i-- {
		value = float64(value*factor) + tamed[i]
	}
	return bounded(value * scale)
}

// MIRR returns the modified rate of return a period: what the outlays, put
// aside today at the finance rate, would have to earn to become what the
// returns, put away at the reinvest rate until the last period, have become.
// Unlike IRR there is never more than one.
//
// It is not ok without an outlay, without a return, with fewer than two
// periods, with a rate of -1 or less, with NaN or infinite input, and where the
// values leave the range of a float64.
func MIRR(cash []float64, finance, reinvest float64) (rate float64, ok bool) {
	tamed, _, ok := tame(cash)
	if !ok || len(cash) < 2 || !(finance > -1) || !(reinvest > -1) {
		return 0, false
	}
	outlays, returns := make([]float64, len(cash)), make([]float64, len(cash))
	for i, c := range tamed {
		outlays[i], returns[i] = max(-c, 0), max(c, 0)
	}
	spent, earned := NPV(finance, outlays), NPV(reinvest, returns)
	growth := earned / spent
	if spent == 0 || growth == 0 || max(spent, earned, growth) >= math.MaxFloat64 {
		return 0, false
	}
	end := float64(root(growth, len(cash)-1) * (1 + reinvest))
	if math.IsInf(end, 0) {
		return 0, false
	}
	return end - 1, true
}

// ROI returns net benefit by cost, (present benefits - present costs) / present
// costs, both discounted at rate a period: 0.5 says that each unit spent comes
// back with half of one on top. benefits[0] and costs[0] are now; both are
// amounts of zero and more. It is not ok where the present costs are zero or
// less.
//
// Three figures go by this name; this is the one of Forrester's Total Economic
// Impact. The simple one does not discount, Nucleus Research's divides a yearly
// average by the first outlay.
func ROI(rate float64, benefits, costs []float64) (roi float64, ok bool) {
	spent := NPV(rate, costs)
	if !(spent > 0) {
		return 0, false
	}
	return bounded((NPV(rate, benefits) - spent) / spent), true
}
