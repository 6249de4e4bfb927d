package roi

import (
	"cmp"
	"slices"
)

// Concentration says how unevenly work is spread over flows.
type Concentration struct {
	Order      []int     // places in the hours given, most hours first, equal ones as given
	Cumulative []float64 // share of all hours that the first 1, 2, ... of Order hold; the last is 1
	For80      int       // the fewest flows that hold 80 % of all hours; 0 if there are none
	Gini       float64   // 0: all alike; 1 - 1/n: one of n flows has it all
	Lorenz     []float64 // share of all hours that the smallest 0, 1, 2, ... n flows hold, from 0 to 1
}

// almost lets a share of 80 % that rounding left at 79.99999999999999 % count.
const almost = 1e-9

// Concentrate measures how hours (or any amounts) are concentrated. Negative
// and NaN amounts count as 0, infinite ones as the largest that there is. Gini
// is the population form, 2 Σ i x(i) / (n Σ x) - (n+1)/n with x ascending.
// Without any hours all shares are 0.
func Concentrate(hours []float64) Concentration {
	amounts := make([]float64, len(hours))
	for i, h := range hours {
		if h > 0 {
			amounts[i] = bounded(h)
		}
	}
	amounts, _, _ = tame(amounts)
	n := len(amounts)
	c := Concentration{Order: make([]int, n), Cumulative: make([]float64, n), Lorenz: make([]float64, n+1)}
	total := 0.0
	for i := range amounts {
		c.Order[i] = i
	}
	slices.SortStableFunc(c.Order, func(i, j int) int { return cmp.Compare(amounts[j], amounts[i]) })
	for _, i := range c.Order {
		total += amounts[i]
	}
	if total == 0 {
		return c
	}
	c.fill(amounts, total)
	return c
}

// fill computes the shares of amounts in c.Order.
func (c *Concentration) fill(amounts []float64, total float64) {
	n := len(c.Order)
	held, weighted := 0.0, 0.0
	for k, i := range c.Order {
		held += amounts[i]
		c.Cumulative[k] = min(held/total, 1)
		if c.For80 == 0 && c.Cumulative[k] >= 0.8-almost {
			c.For80 = k + 1
		}
	}
	held = 0
	for k := range n {
		x := amounts[c.Order[n-1-k]]
		held += x
		c.Lorenz[k+1] = min(held/total, 1)
		weighted += float64(float64(k+1) * (x / total))
	}
	c.Cumulative[n-1], c.Lorenz[n] = 1, 1
	c.Gini = max(2*weighted/float64(n)-float64(n+1)/float64(n), 0)
}
