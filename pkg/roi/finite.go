package roi

import "math"

// large leaves room to add 2^124 amounts of this size before a sum overflows.
const large = 0x1p900

// tame returns cash divided by a power of two so that sums of it cannot
// overflow, and that power. Cash flows of this world come back as they are. It
// returns false if an amount is NaN or infinite: such a cash flow has no value.
func tame(cash []float64) (tamed []float64, scale float64, ok bool) {
	most := 0.0
	for _, c := range cash {
		if math.IsNaN(c) {
			return nil, 0, false
		}
		most = max(most, math.Abs(c))
	}
	if math.IsInf(most, 0) {
		return nil, 0, false
	}
	if most <= large {
		return cash, 1, true
	}
	scale = 0x1p200
	tamed = make([]float64, len(cash))
	for i, c := range cash {
		tamed[i] = c / scale
	}
	return tamed, scale, true
}

// bounded returns x, or the largest amount of its sign where x is infinite.
func bounded(x float64) float64 {
	return min(max(x, -math.MaxFloat64), math.MaxFloat64)
}

// power returns x^n for x >= 0 by squaring.
func power(x float64, n int) float64 {
	result := 1.0
	for ; n > 0; n >>= 1 {
		if n&1 == 1 {
			result *= x
		}
		x *= x
	}
	return result
}

// root returns the n-th root of x > 0. It is exact where the root is a float64
// whose power is x, as with 8 and 3.
func root(x float64, n int) float64 {
	return bisect(func(y float64) int {
		switch p := power(y, n); {
		case p < x:
			return -1
		case p > x:
			return 1
		}
		return 0
	}, math.SmallestNonzeroFloat64, math.MaxFloat64)
}

// bisect returns the place between lo and hi, both positive, where sign turns
// from what it is at lo, to the last digit. It halves the number of float64s
// in between, so that it takes at most 64 steps however far apart they are.
func bisect(sign func(float64) int, lo, hi float64) float64 {
	first := sign(lo)
	if first == 0 {
		return lo
	}
	a, b := math.Float64bits(lo), math.Float64bits(hi)
	for a+1 < b {
		middle := a + (b-a)/2
		switch sign(math.Float64frombits(middle)) {
		case 0:
			return math.Float64frombits(middle)
		case first:
			a = middle
		default:
			b = middle
		}
	}
	return math.Float64frombits(b)
}
