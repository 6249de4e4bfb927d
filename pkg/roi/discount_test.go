package roi_test

import (
	"math"
	"testing"

	"github.com/flowmap-dev/flowmap/pkg/roi"
	"pgregory.net/rapid"
)

func TestMonthlyRateCompoundsToTheYear(t *testing.T) {
	// 1.01^12 is 1.126825030131969720661201 to the last digit.
	if got := roi.MonthlyRate(.126825030131969720661201); math.Abs(got-.01) > 1e-15 {
		t.Errorf("12.68 %% a year is %v a month, want 1 %%", got)
	}
	rapid.Check(t, func(t *rapid.T) {
		annual := rapid.Float64Range(-.99, 5).Draw(t, "annual")
		if back := roi.YearlyRate(roi.MonthlyRate(annual)); math.Abs(back-annual) > 1e-14*(1+annual) {
			t.Fatalf("%v a year comes back as %v", annual, back)
		}
	})
}

func TestRatesAtWhichNothingIsLeft(t *testing.T) {
	for _, rate := range []float64{-1, -2, math.Inf(-1), math.NaN()} {
		if m, y := roi.MonthlyRate(rate), roi.YearlyRate(rate); m != -1 || y != -1 {
			t.Errorf("rate %v: %v a month, %v a year, want -1", rate, m, y)
		}
	}
	if got := roi.YearlyRate(1e300); got != math.MaxFloat64 {
		t.Errorf("a rate beyond all bounds is %v a year, want the largest number", got)
	}
}

func TestNPVByHand(t *testing.T) {
	// 110 in a year at 10 % is 100 now, 121 in two years is 100 too.
	if got := roi.NPV(.1, []float64{-150, 110, 121}); math.Abs(got-50) > 1e-12 {
		t.Errorf("got %v, want 50", got)
	}
	for name, got := range map[string]float64{
		"no cash flow":     roi.NPV(.1, nil),
		"a total loss":     roi.NPV(-1, []float64{1, 2}),
		"no rate":          roi.NPV(math.NaN(), []float64{1, 2}),
		"not a number":     roi.NPV(.1, []float64{1, math.NaN()}),
		"an infinite sum":  roi.NPV(.1, []float64{1, math.Inf(1)}),
		"all of it at end": roi.NPV(math.Inf(1), []float64{0, 100}),
	} {
		if got != 0 {
			t.Errorf("%s: got %v, want 0", name, got)
		}
	}
	if got := roi.NPV(0, []float64{1.5e308, 1.5e308, -1.5e308}); got != 1.5e308 {
		t.Errorf("the sum on the way is too large, the result %v is not 1.5e308", got)
	}
	if got := roi.NPV(-.999, []float64{0, 1e300, 1e300, 1e300}); got != math.MaxFloat64 {
		t.Errorf("a value beyond all bounds is %v, want the largest number", got)
	}
}

func TestMIRRNeedsAnOutlayAndAReturn(t *testing.T) {
	for name, cash := range map[string][]float64{
		"nothing":        nil,
		"one period":     {-100},
		"no return":      {-100, -10},
		"no outlay":      {100, 10},
		"not a number":   {-100, math.NaN(), 200},
		"out of range":   {-1e-300, 1e300},
		"out of range 2": {-1e300, 1e-300},
	} {
		if rate, ok := roi.MIRR(cash, .1, .1); ok || rate != 0 {
			t.Errorf("%s: got %v %v, want none", name, rate, ok)
		}
	}
	// 100 become 121 in two periods: 10 % a period, at whatever rates.
	if rate, ok := roi.MIRR([]float64{-100, 0, 121}, .03, .07); !ok || math.Abs(rate-.1) > 1e-15 {
		t.Errorf("got %v %v, want 0.1", rate, ok)
	}
	if _, ok := roi.MIRR([]float64{-100, 121}, -1, .1); ok {
		t.Error("a finance rate of -100 % has a result")
	}
}

func TestROIByHand(t *testing.T) {
	// 100 and, a year later, 110 spent are 200 now; 330 a year later are 300.
	if got, ok := roi.ROI(.1, []float64{0, 330}, []float64{100, 110}); !ok || math.Abs(got-.5) > 1e-15 {
		t.Errorf("got %v %v, want 0.5", got, ok)
	}
	if _, ok := roi.ROI(.1, []float64{0, 330}, []float64{0, 0}); ok {
		t.Error("a return on nothing spent")
	}
}

func TestNPVWithoutInterestIsTheSum(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		cash := rapid.SliceOf(rapid.Float64Range(-1e6, 1e6)).Draw(t, "cash")
		sum := 0.0
		for _, c := range cash {
			sum += c
		}
		if got := roi.NPV(0, cash); math.Abs(got-sum) > 1e-6 {
			t.Fatalf("got %v, want %v", got, sum)
		}
	})
}
