package roi_test

import (
	"context"
	"encoding/binary"
	"math"
	"testing"

	"github.com/flowmap-dev/flowmap/pkg/advise"
	"github.com/flowmap-dev/flowmap/pkg/audit"
	"github.com/flowmap-dev/flowmap/pkg/roi"
)

// FuzzFinite feeds any numbers, eight bytes each, to every function: none
// answers with NaN or an infinity, even where the numbers are of that kind.
func FuzzFinite(f *testing.F) {
	f.Add(bytesOf(.1, -100, 60, 60))
	f.Add(bytesOf(-1, -2.3, 9.2, -7.3))
	f.Add(bytesOf(math.MaxFloat64, -math.MaxFloat64, math.MaxFloat64, math.SmallestNonzeroFloat64))
	f.Add(bytesOf(math.NaN(), math.Inf(1), math.Inf(-1), 0))
	f.Fuzz(func(t *testing.T, data []byte) {
		numbers := numbersOf(data)
		if len(numbers) < 2 {
			return
		}
		rate, cash := numbers[0], numbers[1:min(len(numbers), 41)]
		modified, _ := roi.MIRR(cash, rate, cash[0])
		ratio, _ := roi.ROI(rate, cash, numbers)
		periods, _ := roi.Payback(cash)
		discounted, _ := roi.DiscountedPayback(rate, cash)
		finite(t, "metrics", roi.MonthlyRate(rate), roi.YearlyRate(rate), roi.NPV(rate, cash), modified, ratio, periods, discounted)
		finite(t, "IRR", roi.IRR(cash)...)
		spread := roi.Concentrate(cash)
		finite(t, "concentration", spread.Gini)
		finite(t, "concentration", append(spread.Cumulative, spread.Lorenz...)...)
		finiteScore(t, numbers)
	})
}

// finiteScore scores a flow that is made of the numbers, as far as they go.
func finiteScore(t *testing.T, numbers []float64) {
	at := func(i int) float64 { return math.Abs(numbers[i%len(numbers)]) }
	one := func(i int, u audit.Unit) audit.Estimate { return audit.One(at(i), u, audit.Guessed) }
	flow := effort(audit.Effort{HoursPerMonth: one(0, audit.Number)})
	flow.Peak = audit.Peak{Factor: one(1, audit.Number), Months: []int{12}}
	flow.Volume.Records = one(2, audit.PerDay)
	flow.Errors = []audit.ErrorPoint{errorPoint("e", one(3, audit.Share), at(4), at(5))}
	flow.Role = "admin"
	w := levante(flow)
	w.Roles[0].HourlyCost = one(6, audit.Money)
	w.Assumptions.CashShare = one(7, audit.Share)
	w.Assumptions.RampUpMonths.Value = at(8)
	w.Assumptions.DiscountRate.Value = at(9)
	c := advise.Candidate{
		Platform: "p", Decided: true, Priced: true, Fee: one(10, audit.Money),
		BuildCost: one(11, audit.Money), BuildHours: one(12, audit.Number), BuildWeeks: at(13), Maintenance: at(14),
	}
	r := roi.Rank(w, always(c), roi.ByPayback)
	s := r.Scores[0]
	finiteRanges(t, w, r.Scores)
	finite(t, "today", s.HoursPerWeek, s.HoursPerYear, s.ErrorsPerYear, s.HourlyCost, s.LabourPerYear, s.ErrorCostPerYear)
	finite(t, "benefit", s.AutomationRate, s.ErrorReduction, s.SavedHoursPerYear, s.BenefitPerYear, s.CashBenefitPerYear)
	finite(t, "cost", s.BuildCost, s.BuildWeeks, s.PlatformPerMonth.Value, s.MaintenancePerMonth, s.MonthlyCost.Value)
	finite(t, "cash", s.CashFlow(w)...)
	finite(t, "figures", s.Payback.Value, s.FromFirstSpending.Value, s.DiscountedPayback.Value, s.CashPayback.Value,
		s.NPV.Value, s.MIRR.Value, s.ROI.Value, s.CostOfDelay.Value, s.BreakEvenHoursPerWeek.Value)
	finite(t, "IRR", s.IRR...)
	for _, term := range s.Terms(w) {
		finite(t, string(term.Kind), term.Amount)
		for _, factor := range term.Factors {
			finite(t, string(factor.Kind), factor.Value)
		}
	}
	finite(t, "totals", r.Totals.HoursPerWeek, r.Totals.HoursPerYear, r.Totals.LabourPerYear, r.Totals.ErrorsPerYear,
		r.Totals.ErrorCostPerYear, r.Totals.BenefitPerYear, r.Totals.CashBenefitPerYear, r.Concentration.Gini)
}

// finiteRanges looks at everything that trials give.
func finiteRanges(t *testing.T, w audit.Workspace, scores []roi.Score) {
	trials := roi.Trials{N: 70, Seed: 1}
	ctx := context.Background()
	outlooks, err := roi.Simulate(ctx, w, scores, trials)
	if err != nil {
		t.Fatal(err)
	}
	percentiles := func(what string, p roi.Percentiles) {
		finite(t, what, p.P10.Value, p.P10.Error, p.P50.Value, p.P50.Error, p.P90.Value, p.P90.Error)
	}
	for _, o := range outlooks {
		percentiles("payback", o.Payback)
		percentiles("NPV", o.NPV)
		finite(t, "chances", o.OnTarget.Value, o.OnTarget.Error, o.Loss.Value, o.Never.Value, o.Mean.Value, o.Mean.Error)
	}
	p := roi.Programme{Picks: []roi.Pick{{Score: scores[0], Live: 2}}, Fees: []roi.Fee{{PerMonth: scores[0].PlatformPerMonth.Value, From: 1}}}
	finite(t, "programme", p.CashFlow(w)...)
	o, err := p.Simulate(ctx, w, trials)
	if err != nil {
		t.Fatal(err)
	}
	percentiles("programme's NPV", o.NPV)
	percentiles("deepest point", o.Deepest)
	percentiles("break-even", o.BreakEven)
	finite(t, "programme", o.Expected, o.Mean.Value, o.Mean.Error)
	for _, b := range o.Cash {
		finite(t, "band", b.Expected, b.P10, b.P50, b.P90)
	}
	for _, b := range append(roi.Tornado(w, scores[0]), p.Tornado(w)...) {
		finite(t, "tornado", b.Low, b.High, b.AtLow, b.AtHigh, b.Swing)
	}
	e := scores[0].Evidence
	finite(t, "evidence", e.Assumed, e.Measured, e.Counted, e.Estimated, e.Guessed, e.GuessedShare().Value, scores[0].GuessesHalved().Value)
	adjusted := roi.Adjusted(w, .8, 1.3)
	finite(t, "adjusted", adjusted.Assumptions.DeveloperHourlyCost.High, adjusted.Assumptions.AutomationRate.High)
}

func finite(t *testing.T, what string, figures ...float64) {
	t.Helper()
	for i, x := range figures {
		if math.IsNaN(x) || math.IsInf(x, 0) {
			t.Errorf("%s: figure %d is %v", what, i, x)
		}
	}
}

func bytesOf(numbers ...float64) []byte {
	var data []byte
	for _, x := range numbers {
		data = binary.BigEndian.AppendUint64(data, math.Float64bits(x))
	}
	return data
}

func numbersOf(data []byte) []float64 {
	var numbers []float64
	for ; len(data) >= 8; data = data[8:] {
		numbers = append(numbers, math.Float64frombits(binary.BigEndian.Uint64(data)))
	}
	return numbers
}
