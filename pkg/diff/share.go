package diff

import (
	"math/rand/v2"
)

// shares gives each of n inputs its Shapley value: what it adds to value,
// averaged over every order in which the inputs may change. value gets the set
// of those that have changed, by bits up to 64 and by place beyond. The shares add up
// to the value of all less that of none. Beyond Exact inputs a fixed choice of
// orders stands for all; the sum holds for each order and so for their mean.
func shares(n int, value func(changed []bool) Amounts) (parts []Amounts, sampled bool) {
	parts = make([]Amounts, n)
	if n == 0 {
		return parts, false
	}
	known := map[string]Amounts{}
	at := func(changed []bool) Amounts {
		key := make([]byte, n)
		for i, c := range changed {
			if c {
				key[i] = 1
			}
		}
		v, ok := known[string(key)]
		if !ok {
			v = value(changed)
			known[string(key)] = v
		}
		return v
	}
	if n <= Exact {
		exactly(parts, at)
		return parts, false
	}
	random := rand.New(rand.NewPCG(uint64(n), 1))
	for range Orders {
		order := random.Perm(n)
		follow(parts, order, at)
		for i, j := 0, n-1; i < j; i, j = i+1, j-1 {
			order[i], order[j] = order[j], order[i]
		}
		follow(parts, order, at)
	}
	for i := range parts {
		parts[i] = parts[i].times(1. / (2 * Orders))
	}
	return parts, true
}

// exactly adds, for each set of inputs and each input outside of it, what the
// input adds, with the weight of the orders in which that happens: s! (n−s−1)!/n!.
func exactly(parts []Amounts, at func([]bool) Amounts) {
	n := len(parts)
	weight := make([]float64, n)
	for s := range n {
		weight[s] = 1 / float64(n) / binomial(n-1, s)
	}
	for set := range 1 << n {
		changed, size := make([]bool, n), 0
		for i := range n {
			if set>>i&1 == 1 {
				changed[i] = true
				size++
			}
		}
		without := at(changed)
		for i := range n {
			if changed[i] {
				continue
			}
			changed[i] = true
			parts[i] = parts[i].plus(at(changed).less(without).times(weight[size]))
			changed[i] = false
		}
	}
}

// follow adds what each input adds in one order.
func follow(parts []Amounts, order []int, at func([]bool) Amounts) {
	changed := make([]bool, len(parts))
	before := at(changed)
	for _, i := range order {
		changed[i] = true
		after := at(changed)
		parts[i] = parts[i].plus(after.less(before))
		before = after
	}
}

func binomial(n, k int) float64 {
	b := 1.
	for i := range k {
		b = b * float64(n-i) / float64(i+1)
	}
	return b
}
