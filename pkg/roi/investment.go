package roi

import "math"

// Ahead is how many months after go-live a payback is looked for; beyond, it
// is never.
const Ahead = 120

// Investment is an integration in money: what it takes to build and to run,
// and what it brings.
type Investment struct {
	Build       float64 // money, spent by month 0, the month of go-live
	Benefit     float64 // money a year, once it runs fully
	Fee         float64 // money a month, for the platform
	Maintenance float64 // money a month
	RampUp      float64 // months over which the benefit grows in a line from 0 to full; 0: full from month 1
}

// CashFlow returns the money of months 0 to months after go-live: in month 0
// minus the build cost, in month k a twelfth of the benefit, as far as it is
// reached in the middle of the month, less the fee and the maintenance. NaN
// counts as 0.
func (i Investment) CashFlow(months int) []float64 {
	cash := make([]float64, months+1)
	cash[0] = -amount(i.Build)
	running := i.running()
	for k := 1; k <= months; k++ {
		cash[k] = bounded(float64(amount(i.Benefit)/12*i.reached(k)) - running)
	}
	return cash
}

// Steady returns the net benefit of a month, once the benefit is full: what
// each month of delay costs.
func (i Investment) Steady() float64 {
	return bounded(amount(i.Benefit)/12 - i.running())
}

func (i Investment) running() float64 {
	return bounded(amount(i.Fee) + amount(i.Maintenance))
}

// reached returns the share of the full benefit that month k brings.
func (i Investment) reached(k int) float64 {
	if !(i.RampUp > 0) {
		return 1
	}
	return min(1, (float64(k)-.5)/i.RampUp)
}

// Payback returns after how many months from go-live the running total is zero
// or more, at most Ahead. With nothing to build it is 0 where the steady
// benefit exceeds the running cost, and never where it does not.
func (i Investment) Payback() (months float64, ok bool) {
	return i.DiscountedPayback(0)
}

// DiscountedPayback is Payback on amounts discounted at rate, a share a month.
func (i Investment) DiscountedPayback(rate float64) (months float64, ok bool) {
	return i.back(rate, i.CashFlow(Ahead))
}

// back is DiscountedPayback, given the cash flow.
func (i Investment) back(rate float64, cash []float64) (months float64, ok bool) {
	if cash[0] == 0 {
		return 0, i.Steady() > 0
	}
	return DiscountedPayback(rate, cash)
}

// perBenefit returns the present value of a benefit of 1 a year over months at
// rate a month.
func (i Investment) perBenefit(rate float64, months int) float64 {
	return NPV(rate, Investment{Benefit: 1, RampUp: i.RampUp}.CashFlow(months))
}

// costs returns the present value of building and running over months at rate
// a month.
func (i Investment) costs(rate float64, months int) float64 {
	return -NPV(rate, Investment{Build: i.Build, Fee: i.Fee, Maintenance: i.Maintenance}.CashFlow(months))
}

// amount returns x, 0 for NaN, and the largest number of its sign for an
// infinity.
func amount(x float64) float64 {
	if math.IsNaN(x) {
		return 0
	}
	return bounded(x)
}
