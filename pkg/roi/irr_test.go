package roi_test

import (
	"math"
	"slices"
	"testing"

	"github.com/flowmap-dev/flowmap/pkg/roi"
	"pgregory.net/rapid"
)

// withRates returns a cash flow that has exactly these internal rates, and for
// the other periods factors that have none: (1 + x), x = 1/(1+rate).
func withRates(rates []float64, periods int) []float64 {
	cash := []float64{1}
	times := func(a, b float64) { // cash × (a + b·x)
		next := make([]float64, len(cash)+1)
		for i, c := range cash {
			next[i] += a * c
			next[i+1] += b * c
		}
		cash = next
	}
	for _, r := range rates {
		times(1, -(1 + r))
	}
	for len(cash) <= periods {
		times(.5, .5)
	}
	return cash
}

func TestIRRFindsEveryRate(t *testing.T) {
	for _, c := range []struct {
		name    string
		rates   []float64
		periods int
		within  float64
	}{
		{"one over a year", []float64{.1}, 12, 1e-12},
		{"zero", []float64{0}, 1, 0},
		{"negative and positive", []float64{-.5, .2}, 36, 1e-9},
		{"three", []float64{.1, .2, .4}, 36, 1e-9},
		{"a double one is given once", []float64{.1, .1}, 2, 1e-7},
		{"a double one and another", []float64{.1, .1, .5}, 3, 1e-6},
		{"a triple one", []float64{.25, .25, .25}, 3, 1e-4},
		{"five near each other over ten years", []float64{.01, .02, .03, .04, .05}, 120, 1e-4},
		{"two a basis point apart over ten years", []float64{.0100, .0101}, 120, 1e-6},
		{"near a total loss", []float64{-.999, -.99, .1}, 24, 1e-9},
		{"very high", []float64{.1, 1e6}, 12, 1e-3},
		{"ten of either kind", []float64{-.9, -.8, -.6, -.3, 0, .5, 1, 2, 4, 9}, 60, 1e-6},
	} {
		want := slices.Compact(slices.Clone(c.rates))
		got := roi.IRR(withRates(c.rates, c.periods))
		if len(got) != len(want) {
			t.Errorf("%s: got %v, want %v", c.name, got, want)
			continue
		}
		for i := range want {
			if math.Abs(got[i]-want[i]) > c.within {
				t.Errorf("%s: got %v, want %v within %v", c.name, got, want, c.within)
			}
		}
	}
}

func TestIRRThatDoesNotExist(t *testing.T) {
	for name, cash := range map[string][]float64{
		"nothing":                    nil,
		"zeros, any rate would do":   {0, 0, 0},
		"only an outlay":             {-100},
		"only returns":               {100, 50},
		"never back":                 {-100, 0, 0},
		"positive at every rate":     {1000, -3000, 2500},
		"not a number":               {-100, math.NaN(), 110},
		"infinite":                   {-100, math.Inf(1)},
		"too high for a float64":     {-1e-200, 1e200},
		"too near a total loss":      {-1e200, 1e-200},
		"a ten-year run of refusals": make([]float64, 121),
	} {
		if rates := roi.IRR(cash); len(rates) != 0 {
			t.Errorf("%s: rates %v, want none", name, rates)
		}
	}
}

// Zeros before the first and after the last amount change no rate.
func TestIRRIgnoresEmptyPeriodsAtTheEnds(t *testing.T) {
	got := roi.IRR(append([]float64{0, 0, -100, 110}, make([]float64, 100)...))
	if len(got) != 1 || math.Abs(got[0]-.1) > 1e-15 {
		t.Errorf("got %v, want 10 %%", got)
	}
}

func TestPresentValueAtEachInternalRateIsZero(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		cash := rapid.SliceOfN(rapid.Float64Range(-1000, 1000), 2, 40).Draw(t, "cash")
		rates := roi.IRR(cash)
		for i, r := range rates {
			if i > 0 && r <= rates[i-1] || !(r > -1) {
				t.Fatalf("rates %v are not ascending above -1", rates)
			}
			sizes := make([]float64, len(cash))
			for k, c := range cash {
				sizes[k] = math.Abs(c)
			}
			// A rate has no digits below 1e-16, which near -1 is much of 1+rate.
			last := float64(len(cash)) * 2e-16 / (1 + r)
			if roi.NPV(r, sizes) == math.MaxFloat64 {
				continue // so near to a total loss that no value can be told
			}
			if off, size := roi.NPV(r, cash), roi.NPV(r, sizes); math.Abs(off) > (1e-12+last)*size {
				t.Fatalf("NPV at %v is %v of %v", r, off, size)
			}
		}
	})
}

// The number of rates has the parity of the changes of sign between the first
// and the last amount: present value runs from the first amount's sign (rate
// without end) to the last's (total loss). Roots that coincide are not drawn.
func TestIRRMissesNoRateBetweenUnlikeEnds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		cash := rapid.SliceOfN(rapid.Float64Range(-100, 100), 2, 60).Draw(t, "cash")
		cash[0], cash[len(cash)-1] = -1-math.Abs(cash[0]), 1+math.Abs(cash[len(cash)-1])
		if rates := roi.IRR(cash); len(rates)%2 != 1 {
			t.Fatalf("rates %v: want an odd number", rates)
		}
	})
}

// Walking along the rates in small steps, wherever present value changes its
// sign IRR has a rate.
func TestIRRHasARateWhereverTheValueChangesItsSign(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		cash := make([]float64, rapid.IntRange(3, 40).Draw(t, "periods"))
		for k := range cash {
			cash[k] = float64(rapid.IntRange(-50, 50).Draw(t, "amount"))
		}
		rates := roi.IRR(cash)
		before, low := roi.NPV(-.9, cash), -.9
		for r := -.9; r < 3; r += .01 {
			value := roi.NPV(r, cash)
			among := func(x float64) bool { return x >= low-1e-9 && x <= r+1e-9 }
			if value*before < 0 && !slices.ContainsFunc(rates, among) {
				t.Fatalf("NPV is %v at %v and %v at %v, rates %v", before, low, value, r, rates)
			}
			if value != 0 {
				before, low = value, r
			}
		}
	})
}

func BenchmarkIRROfAnOutlay(b *testing.B) {
	cash := append([]float64{-4833.33}, level(0, 900)[1:38]...)
	for b.Loop() {
		roi.IRR(cash)
	}
}

func BenchmarkIRRThatTurnsEveryMonth(b *testing.B) {
	cash := make([]float64, 121)
	for k := range cash {
		cash[k] = float64(1-2*(k%2)) * float64(1+k*k%7)
	}
	for b.Loop() {
		roi.IRR(cash)
	}
}
