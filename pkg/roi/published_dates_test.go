package roi_test

import (
	"math"
	"testing"
	"time"

	"github.com/flowmap-dev/flowmap/pkg/roi"
)

// Irregular dates need no functions of their own: a day is a period. Amounts
// stand at their day in a cash flow with one place a day, discounted at a
// day's share of the yearly rate.

// daily puts amounts at days counted from the first.
func daily(amounts []float64, days []int) []float64 {
	cash := make([]float64, days[len(days)-1]+1)
	for i, day := range days {
		cash[day] += amounts[i]
	}
	return cash
}

// daysFromTheFirst turns dates into days.
func daysFromTheFirst(t *testing.T, dates []any) []int {
	t.Helper()
	var days []int
	var first time.Time
	for i, d := range dates {
		date, err := time.Parse(time.DateOnly, d.(string))
		if err != nil {
			t.Fatal(err)
		}
		if i == 0 {
			first = date
		}
		days = append(days, int(date.Sub(first).Hours()/24))
	}
	return days
}

// yearly turns rates a day into rates a year of so many days.
func yearly(rates []float64, daysOfYear float64) []float64 {
	for i, r := range rates {
		rates[i] = math.Pow(1+r, daysOfYear) - 1
	}
	return rates
}

func irregularDates(t *testing.T, c published) {
	cash := daily(c.list("flows"), daysFromTheFirst(t, c.Inputs["dates"].([]any)))
	c.wants(t, "xnpv", roi.NPV(math.Pow(1+c.in("xnpv_rate"), 1./365)-1, cash))
	c.wants(t, "xirr", yearly(roi.IRR(cash), 365)...)
}

// hledger counts a year of 365.25 days and ends the period on the day after the
// last date; a spreadsheet counts 365 and the last date: the third digit differs.
func irregularDatesOfAnotherYear(t *testing.T, c published) {
	var days []int
	for _, d := range c.list("days_from_start") {
		days = append(days, int(d))
	}
	cash := daily(c.list("flows"), days)
	c.wants(t, "irr", yearly(roi.IRR(cash), c.in("year_days"))...)
	days[2]--
	cash = daily(c.list("flows"), days)
	if got := yearly(roi.IRR(cash), 365)[0]; math.Abs(got-.12771348) > 5e-9 {
		t.Errorf("by a year of 365 days %v, want 0.12771348", got)
	}
}

// An amount has its place by its position, so that one without a date cannot
// be stated (the third case); the others have no rate.
func noRateIsInvented(t *testing.T, c published) {
	for i, row := range c.rows("cases") {
		amounts, dates := row.list("flows"), row.Inputs["dates"].([]any)
		if len(amounts) != len(dates) {
			if i != 2 {
				t.Errorf("case %d: %d amounts, %d dates", i, len(amounts), len(dates))
			}
			continue
		}
		if rates := roi.IRR(daily(amounts, daysFromTheFirst(t, dates))); len(rates) != 0 {
			t.Errorf("case %d: rates %v, want none", i, rates)
		}
	}
}

// NPER asks how long a level amount takes to make up for another, with
// something paid at the end and, in type 1, each payment at the period's start.
// Set to zero, pv + pmt·(1+rate·type)·A(n) + fv·(1 − rate·A(n)), with A(n) the
// present value of 1 a period, is an outlay of pv + fv that pays back by
// pmt·(1+rate·type) − fv·rate a period. Where both have one sign it is never
// paid back, and NPER runs time backwards: at rate −rate/(1+rate).
func periodsOfALevelBenefit(t *testing.T, c published) {
	var got []float64
	for _, row := range c.rows("cases") {
		rate, end := row.in("rate"), row.in("fv")
		outlay := row.in("pv") + end
		benefit := row.in("pmt")*(1+rate*row.in("type")) - end*rate
		if outlay*benefit > 0 {
			if _, ok := roi.DiscountedPayback(rate, level(-math.Abs(outlay), -math.Abs(benefit))); ok {
				t.Errorf("outlay %v and benefit %v of one sign pay back", outlay, benefit)
			}
			got = append(got, -periods(t, -rate/(1+rate), math.Abs(outlay), math.Abs(benefit)/(1+rate)))
			continue
		}
		got = append(got, periods(t, rate, math.Abs(outlay), math.Abs(benefit)))
	}
	c.wants(t, "nper", got...)
}

// periods is our discounted payback with the last period's interest running on
// inside it, as NPER has it, in place of the straight line.
func periods(t *testing.T, rate, outlay, benefit float64) float64 {
	t.Helper()
	cash := level(-outlay, benefit)
	linear, ok := roi.DiscountedPayback(rate, cash)
	if !ok {
		t.Fatalf("outlay %v, benefit %v: no payback", outlay, benefit)
	}
	if rate == 0 {
		return linear
	}
	whole := math.Floor(linear)
	owed := -roi.NPV(rate, cash[:int(whole)+1]) * math.Pow(1+rate, whole)
	n := whole - math.Log1p(-rate*owed/benefit)/math.Log1p(rate)
	if math.Abs(n-linear) > .01 {
		t.Errorf("payback %v by a straight line, %v with interest: want them near", linear, n)
	}
	return n
}

// level is an outlay followed by 100 equal amounts.
func level(outlay, benefit float64) []float64 {
	cash := []float64{outlay}
	for range 100 {
		cash = append(cash, benefit)
	}
	return cash
}

// The middle of year 3 is the end of the fifth half year.
func endAndMiddleOfTheYear(t *testing.T, c published) {
	rate, amount, year := c.in("rate"), c.in("amount"), int(c.in("year"))
	end := make([]float64, year+1)
	end[year] = amount
	c.wants(t, "pv_end", roi.NPV(rate, end))
	c.wants(t, "factor_end", amount/roi.NPV(rate, end))
	middle := make([]float64, 2*year)
	middle[2*year-1] = amount
	c.wants(t, "factor_mid", amount/roi.NPV(math.Sqrt(1+rate)-1, middle))
}
