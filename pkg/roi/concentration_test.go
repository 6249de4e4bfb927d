package roi_test

import (
	"math"
	"slices"
	"testing"

	"github.com/flowmap-dev/flowmap/pkg/roi"
	"pgregory.net/rapid"
)

func TestThreeFlowsHoldFourFifths(t *testing.T) {
	// 50 + 20 + 10 of 100 hours are 80 %, in three of five flows.
	c := roi.Concentrate([]float64{10, 50, 10, 10, 20})
	if c.For80 != 3 {
		t.Errorf("%d flows hold 80 %%, want 3", c.For80)
	}
	if want := []int{1, 4, 0, 2, 3}; !slices.Equal(c.Order, want) {
		t.Errorf("order %v, want %v: equal hours stay as they were given", c.Order, want)
	}
	if want := []float64{.5, .7, .8, .9, 1}; !near(c.Cumulative, want) {
		t.Errorf("cumulative %v, want %v", c.Cumulative, want)
	}
	if want := []float64{0, .1, .2, .3, .5, 1}; !near(c.Lorenz, want) {
		t.Errorf("Lorenz curve %v, want %v", c.Lorenz, want)
	}
	// 2·(1·10+2·10+3·10+4·20+5·50)/(5·100) − 6/5 = 780/500 − 1.2
	if math.Abs(c.Gini-.36) > 1e-12 {
		t.Errorf("Gini %v, want 0.36", c.Gini)
	}
}

func near(got, want []float64) bool {
	return slices.EqualFunc(got, want, func(a, b float64) bool { return math.Abs(a-b) < 1e-12 })
}

func TestConcentrationAtItsEnds(t *testing.T) {
	for _, c := range []struct {
		name  string
		hours []float64
		for80 int
		gini  float64
	}{
		{"7.6 of 9.5 hours, to the last digit", []float64{4.5, 3.1, .8, .6, .5}, 2, 8.4 / 19},
		{"no flows", nil, 0, 0},
		{"no hours", []float64{0, 0}, 0, 0},
		{"one flow", []float64{7}, 1, 0},
		{"all alike", []float64{3, 3, 3, 3, 3}, 4, 0},
		{"one has it all", []float64{0, 9, 0, 0}, 1, .75},
		{"a negative one and one that is no number count as none", []float64{-5, 9, math.NaN(), 0}, 1, .75},
		{"infinite hours count as a great many", []float64{math.Inf(1), 1, 1, 1}, 1, .75},
	} {
		got := roi.Concentrate(c.hours)
		if got.For80 != c.for80 || math.Abs(got.Gini-c.gini) > 1e-12 {
			t.Errorf("%s: %d flows for 80 %%, Gini %v; want %d and %v", c.name, got.For80, got.Gini, c.for80, c.gini)
		}
	}
}

func TestSharesGrowToOne(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		hours := rapid.SliceOfN(rapid.Float64Range(0, 100), 1, 30).Draw(t, "hours")
		hours[0]++
		c := roi.Concentrate(hours)
		if !slices.IsSorted(c.Cumulative) || !slices.IsSorted(c.Lorenz) {
			t.Fatalf("shares fall: %v, %v", c.Cumulative, c.Lorenz)
		}
		if c.Cumulative[len(hours)-1] != 1 || c.Lorenz[len(hours)] != 1 || c.Gini < 0 || c.Gini >= 1 {
			t.Fatalf("%+v does not end at 1", c)
		}
		if c.For80 > 1 && c.Cumulative[c.For80-2] >= .8 {
			t.Fatalf("%d flows for 80 %%, but fewer would do: %v", c.For80, c.Cumulative)
		}
	})
}
