package roi_test

import (
	"math"
	"slices"
	"testing"

	"github.com/flowmap-dev/flowmap/pkg/roi"
	"pgregory.net/rapid"
)

// Selection finds what sorting finds: type 7 by its definition on the sorted
// values.
func TestQuantileIsThatOfSortedValues(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		values := rapid.SliceOfN(rapid.Float64Range(-1e9, 1e9), 1, 300).Draw(t, "values")
		if rapid.Bool().Draw(t, "ties") {
			for i := range values {
				values[i] = math.Round(values[i] / 1e8)
			}
		}
		before := slices.Clone(values)
		p := rapid.Float64Range(0, 1).Draw(t, "p")
		got, ok := roi.Quantile(values, p)
		sorted := slices.Sorted(slices.Values(values))
		at := float64(len(values)-1) * p
		lo := int(at)
		want := sorted[lo]
		if lo+1 < len(sorted) {
			want += (at - float64(lo)) * (sorted[lo+1] - sorted[lo])
		}
		if !ok || math.Abs(got-want) > 1e-9*(1+math.Abs(want)) {
			t.Fatalf("quantile %v of %v: %v, want %v", p, sorted, got, want)
		}
		if !slices.Equal(values, before) {
			t.Fatal("the values were moved")
		}
	})
}

func TestQuantileOfNothing(t *testing.T) {
	for _, c := range []struct {
		values []float64
		p      float64
	}{{nil, .5}, {[]float64{1, math.NaN()}, .5}, {[]float64{1}, 1.5}, {[]float64{1}, math.NaN()}} {
		if got, ok := roi.Quantile(c.values, c.p); ok || got != 0 {
			t.Errorf("%v at %v: %v, want none", c.values, c.p, got)
		}
	}
	if got, ok := roi.Quantile([]float64{math.Inf(1), 1, math.Inf(-1)}, .5); !ok || got != 1 {
		t.Errorf("between infinities: %v", got)
	}
}

// Digits stop at the standard error.
func TestSettled(t *testing.T) {
	for _, c := range []struct{ value, off, want float64 }{
		{4.7531, .02, 4.75}, {4.7531, .3, 4.8}, {4.7531, .1, 4.8}, {4.7531, 0, 4.7531}, {24153.5, 83, 24150}, {24153.5, 100, 24200},
		{.93127, .0025, .931}, {-17.26, 1, -17}, {3, math.NaN(), 3}, {3, math.Inf(1), 3},
	} {
		if got := roi.Settled(c.value, c.off); math.Abs(got-c.want) > 1e-12 {
			t.Errorf("%v with an error of %v: %v, want %v", c.value, c.off, got, c.want)
		}
	}
}
