package roi

import (
	"math"
	"testing"

	"gonum.org/v1/gonum/mathext"
)

// The table of each shape is held to gonum's inverse of the regularised
// incomplete beta function: from P5 to P90 to 1e-5 of the range, in the tails to
// a third of the standard error that a million trials leave.
func TestQuantilesAgainstAnExactInverse(t *testing.T) {
	var all tables
	for shape := 0.0; shape <= 1; shape += 1. / 150 {
		q := all.of(shape)
		a, b := 1+4*shape, 5-4*shape
		for _, p := range []float64{.0001, .0005, .001, .002, .01, .05, .1, .25, .5, .75, .9, .95, .99, .998, .999, .9995, .9999} {
			want := mathext.InvRegIncBeta(a, b, p)
			allowed := 1e-5
			if p < .1 || p > .9 {
				density := math.Pow(want, a-1) * math.Pow(1-want, b-1) / mathext.Beta(a, b)
				allowed = math.Sqrt(p*(1-p)/1e6) / density / 3
			}
			if got := q.quantile(p); math.Abs(got-want) > allowed {
				t.Errorf("shape %.4f, %v: got %v, want %v (off by %.1e, allowed %.1e)", shape, p, got, want, got-want, allowed)
			}
		}
	}
}

// The mean of a table is that of the distribution, (1 + 4·shape)/6, and its
// variance (μ)(1−μ)/7, which is exact for λ = 4.
func TestQuantilesKeepMeanAndVariance(t *testing.T) {
	var all tables
	for shape := 0.0; shape <= 1; shape += 1. / 100 {
		mean, square := 0.0, 0.0
		all.of(shape).each(func(p, from, to float64) {
			mean += p * (from + to) / 2
			square += p * (from*from + from*to + to*to) / 3
		})
		want := (1 + 4*shape) / 6
		if math.Abs(mean-want) > 1e-5 {
			t.Errorf("shape %.2f: mean %v, want %v", shape, mean, want)
		}
		if got, want := square-mean*mean, want*(1-want)/7; math.Abs(got-want) > 1e-5 {
			t.Errorf("shape %.2f: variance %v, want %v", shape, got, want)
		}
	}
}
