package roi_test

import (
	"math"
	"testing"

	"github.com/flowmap-dev/flowmap/pkg/roi"
	"pgregory.net/rapid"
)

func TestPaybackByHand(t *testing.T) {
	for _, c := range []struct {
		name string
		cash []float64
		want float64
		ok   bool
	}{
		{"100 by 40 a period", []float64{-100, 40, 40, 40}, 2.5, true},
		{"to the cent", []float64{-100, 50, 50}, 2, true},
		{"never back", []float64{-100, 40, 40}, 0, false},
		{"costs more than it saves", []float64{-100, -5, -5}, 0, false},
		{"nothing to recover", []float64{0, -5, 10, 20}, 0, true},
		{"nothing to recover, and no gain", []float64{0, 10, -5}, 0, false},
		{"nothing at all", []float64{0}, 0, false},
		{"no cash flow", nil, 0, false},
		{"slow start", []float64{-100, -20, 40, 160}, 2.5, true},
		{"negative again after a second outlay", []float64{-100, 100, -500, 10}, 1, true},
		{"not a number", []float64{-100, math.NaN(), 200}, 0, false},
		{"infinite", []float64{-100, math.Inf(1)}, 0, false},
		{"sums beyond all bounds", []float64{-1.5e308, -1.5e308, 1.5e308, 1.5e308}, 3, true},
	} {
		if got, ok := roi.Payback(c.cash); got != c.want || ok != c.ok {
			t.Errorf("%s: got %v %v, want %v %v", c.name, got, ok, c.want, c.ok)
		}
	}
}

func TestDiscountedPaybackByHand(t *testing.T) {
	// At 10 %, 55 and 121 are worth 50 and 100: half of the second is needed.
	got, ok := roi.DiscountedPayback(.1, []float64{-100, 55, 121})
	if !ok || math.Abs(got-1.5) > 1e-12 {
		t.Errorf("got %v %v, want 1.5", got, ok)
	}
	// Half of the least number that there is rounds to nothing.
	if got, ok := roi.DiscountedPayback(-.9, []float64{-math.SmallestNonzeroFloat64, 0}); !ok || got != 0 {
		t.Errorf("got %v %v, want 0", got, ok)
	}
	for _, rate := range []float64{-1, math.NaN()} {
		if got, ok := roi.DiscountedPayback(rate, []float64{-100, 200}); ok || got != 0 {
			t.Errorf("rate %v: got %v %v, want never", rate, got, ok)
		}
	}
}

func TestNothingToBuild(t *testing.T) {
	for _, c := range []struct {
		name    string
		benefit float64
		ok      bool
	}{
		{"more than the fee, in the end", 1200.12, true},
		{"just the fee", 1200, false},
		{"less than the fee", 1199.88, false},
	} {
		i := roi.Investment{Benefit: c.benefit, Fee: 60, Maintenance: 40, RampUp: 300}
		if months, ok := i.Payback(); months != 0 || ok != c.ok {
			t.Errorf("%s: got %v %v, want 0 %v", c.name, months, ok, c.ok)
		}
		if months, ok := i.DiscountedPayback(.01); months != 0 || ok != c.ok {
			t.Errorf("%s, discounted: got %v %v, want 0 %v", c.name, months, ok, c.ok)
		}
	}
}

// anInvestment draws an outlay that is followed by months of which the later
// bring no less than the earlier ones.
func anInvestment(t *rapid.T) roi.Investment {
	return roi.Investment{
		Build:       money(t, "build", 20000),
		Benefit:     money(t, "benefit", 30000),
		Fee:         money(t, "fee", 500),
		Maintenance: money(t, "maintenance", 500),
		RampUp:      rapid.Float64Range(0, 24).Draw(t, "ramp-up"),
	}
}

// money draws an amount to the cent.
func money(t *rapid.T, what string, most int) float64 {
	return float64(rapid.IntRange(0, 100*most).Draw(t, what)) / 100
}

func TestPaybackIsNotAfterDiscountedPayback(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		cash := anInvestment(t).CashFlow(120)
		rate := rapid.Float64Range(0, .1).Draw(t, "rate")
		plain, ok := roi.Payback(cash)
		discounted, later := roi.DiscountedPayback(rate, cash)
		if later && (!ok || plain > discounted+1e-9) {
			t.Fatalf("payback %v %v, discounted %v %v", plain, ok, discounted, later)
		}
	})
}

func TestTwiceTheMoneyLeavesTheRatios(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		once := anInvestment(t).CashFlow(36)
		twice := make([]float64, len(once))
		for k, c := range once {
			twice[k] = 2 * c
		}
		a, aOK := roi.Payback(once)
		b, bOK := roi.Payback(twice)
		if a != b || aOK != bOK {
			t.Fatalf("payback %v, doubled %v", a, b)
		}
		one, two := roi.IRR(once), roi.IRR(twice)
		if len(one) != len(two) {
			t.Fatalf("rates %v, doubled %v", one, two)
		}
		for i := range one {
			if one[i] != two[i] {
				t.Fatalf("rates %v, doubled %v", one, two)
			}
		}
	})
}

func TestACostMoreIsNeverWorthMore(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		less := anInvestment(t)
		more := less
		more.Build += rapid.Float64Range(0, 1000).Draw(t, "more build")
		more.Fee += rapid.Float64Range(0, 100).Draw(t, "more fee")
		more.Maintenance += rapid.Float64Range(0, 100).Draw(t, "more maintenance")
		more.RampUp += rapid.Float64Range(0, 12).Draw(t, "more ramp-up")
		a, b := roi.NPV(.008, less.CashFlow(36)), roi.NPV(.008, more.CashFlow(36))
		if b > a+1e-6 {
			t.Fatalf("NPV %v with less, %v with more cost", a, b)
		}
	})
}
