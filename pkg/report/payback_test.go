package report

import (
	"math"
	"testing"

	"pgregory.net/rapid"

	"github.com/flowmap-dev/flowmap/pkg/roi"
)

// paybackSheet is a report of one flow, for the formulas of payback.
func paybackSheet(benefit, build, monthly, ramp float64) Report {
	given := func(key string, x float64) step { return step{Column{Key: key, Kind: Number}, Num(x)} }
	steps := []step{given("benefit", benefit), given("build", build), given("monthly", monthly), rampStep()}
	steps = append(steps, paybackSteps("payback", "benefit")...)
	flows := Table{ID: "flows", Rows: []Row{{Key: "web-orders"}}}
	for _, s := range steps {
		flows.Columns = append(flows.Columns, s.column)
		flows.Rows[0].Cells = append(flows.Rows[0].Cells, Live(s.formula))
	}
	assumptions := Table{ID: "assumptions", Columns: []Column{{Key: "value", Kind: Number}},
		Rows: []Row{{Key: "ramp_up_months", Cells: []Cell{Known(Months, ramp)}}}}
	return Report{Sections: []Section{{Blocks: []Block{flows, assumptions}}}}
}

func paybackByFormula(t interface{ Fatal(...any) }, r Report) Cell {
	if err := Calculate(r); err != nil {
		t.Fatal(err)
	}
	cells := r.Sections[0].Blocks[0].(Table).Rows[0].Cells
	return cells[len(cells)-1]
}

// paybackByMonth is the payback of method.md: month after month.
func paybackByMonth(benefit, build, monthly, ramp float64) float64 {
	cash := []float64{-build}
	for k := 1; k <= 120; k++ {
		grown := 1.0
		if ramp > 0 {
			grown = min(1, (float64(k)-.5)/ramp)
		}
		cash = append(cash, benefit/12*grown-monthly)
	}
	months, ok := roi.Payback(cash)
	if !ok {
		return math.Inf(1)
	}
	return months
}

func TestPaybackFormulaOfTheWorkedExample(t *testing.T) {
	// method.md: a benefit of 12,825.83, a build cost of 4,833.33, 105.42 a
	// month and a ramp-up of two months pay back after 6.126 months.
	got := paybackByFormula(t, paybackSheet(12825.8333333, 4833.33333333, 105.416666667, 2))
	if math.Abs(got.Number-6.126) > .0005 || got.Kind != Months {
		t.Errorf("payback %v, want 6.126 months", got)
	}
}

func TestPaybackFormulaAtItsEdges(t *testing.T) {
	for _, c := range []struct {
		name                          string
		benefit, build, monthly, ramp float64
		want                          float64
	}{
		{"100 a month from the first month recover 250", 1200, 250, 0, 0, 2.5},
		{"25 and 75 of a ramp of two months recover 100 at its end", 1200, 100, 0, 2, 2},
		{"inside the second month of the ramp", 1200, 62.5, 0, 2, 1.5},
		{"nothing to build, and it brings something", 1200, 0, 10, 2, 0},
		{"nothing to build, and it brings nothing", 120, 0, 10, 2, math.Inf(1)},
		{"it costs what it brings", 120, 100, 10, 2, math.Inf(1)},
		{"in the 120th month", 12, 120, 0, 0, 120},
		{"after the 120th month", 12, 121, 0, 0, math.Inf(1)},
	} {
		if got := paybackByFormula(t, paybackSheet(c.benefit, c.build, c.monthly, c.ramp)).Number; math.Abs(got-c.want) > 1e-9 && got != c.want {
			t.Errorf("%s: %v months, want %v", c.name, got, c.want)
		}
	}
}

func TestPaybackFormulaIsRoisPayback(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		benefit := rapid.Float64Range(0, 60_000).Draw(t, "benefit")
		build := rapid.Float64Range(0, 30_000).Draw(t, "build")
		monthly := rapid.Float64Range(0, 1_000).Draw(t, "monthly")
		ramp := rapid.OneOf(rapid.Just(0.), rapid.Just(2.), rapid.Float64Range(0, 119)).Draw(t, "ramp")
		want := paybackByMonth(benefit, build, monthly, ramp)
		got := paybackByFormula(t, paybackSheet(benefit, build, monthly, ramp)).Number
		if math.Abs(got-want) > 1e-9*max(1, want) && got != want {
			t.Fatalf("by formula %v, month after month %v", got, want)
		}
	})
}
