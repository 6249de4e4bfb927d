package roi

// Payback returns after how many periods the running total of cash is zero or
// more for the first time, with linear interpolation inside the period: an
// outlay of 100 followed by 40 a period is back after 2.5.
//
// It is not ok, "never", where the total stays below zero to the end of cash,
// and for an empty cash flow or one with a NaN or an infinity in it. With
// nothing to recover (cash[0] is not negative) it is 0 if the last period, which
// stands for the steady state, brings something, and never if it does not: what
// costs nothing to build and more to run than it brings is no gain. Outlays
// therefore belong in cash[0], or cash starts with the first of them. A total
// that turns negative again later, as with a second investment, does not move
// the first payback.
func Payback(cash []float64) (periods float64, ok bool) {
	return DiscountedPayback(0, cash)
}

// DiscountedPayback is Payback on the amounts discounted at rate, a share for
// each period, interpolated on the discounted amount of the last period. (A
// spreadsheet's NPER lets interest run on inside the period and so differs in
// the third digit.) At a rate of -1 or less, and for NaN, it is never.
func DiscountedPayback(rate float64, cash []float64) (periods float64, ok bool) {
	tamed, _, ok := tame(cash)
	if !ok || len(cash) == 0 || !(rate > -1) {
		return 0, false
	}
	if cash[0] >= 0 {
		return 0, cash[len(cash)-1] > 0
	}
	// What is still owed grows with the rate: that is the discounted total at
	// the prices of period k, and cannot overflow where it matters.
	total := tamed[0]
	for k := 1; k < len(tamed); k++ {
		owed := float64(total * (1 + rate))
		total = owed + tamed[k]
		if total >= 0 {
			if owed >= 0 { // so small a debt that a negative rate made it nothing
				return float64(k - 1), true
			}
			return float64(k-1) + -owed/tamed[k], true
		}
	}
	return 0, false
}
