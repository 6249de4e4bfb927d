package roi_test

import (
	"math"
	"slices"
	"testing"

	"github.com/flowmap-dev/flowmap/pkg/advise"
	"github.com/flowmap-dev/flowmap/pkg/audit"
	"github.com/flowmap-dev/flowmap/pkg/roi"
)

// levante is the workspace that the method is explained with: a shop's orders
// are typed into the ERP by an administrative assistant of whom there are two.
func levante(flows ...audit.Flow) audit.Workspace {
	return audit.Workspace{
		Currency:    "EUR",
		Assumptions: audit.DefaultAssumptions(),
		Roles: []audit.Role{{
			ID: "admin", HourlyCost: audit.One(20, audit.Money, audit.Constant),
			Headcount: audit.Amount{Value: 2, Stated: true},
		}},
		Systems: []audit.System{{ID: "shop", Kind: audit.Ecommerce}, {ID: "erp", Kind: audit.ERP}, {ID: "inbox", Kind: audit.Email}},
		Flows:   flows,
	}
}

// webOrders takes 6 to 12 hours a week, 8 as a rule, and moves 800 orders a
// month, of which 2 % go wrong; in two months it is two and a half times that.
func webOrders() audit.Flow {
	return audit.Flow{
		ID: "web-orders", From: "shop", To: "erp", Role: "admin",
		Efforts: hoursAWeek(audit.Three(6, 8, 12, audit.Number)),
		Volume:  audit.Volume{Records: audit.One(800, audit.PerMonth, audit.Estimated)},
		Peak:    audit.Peak{Factor: audit.One(2.5, audit.Number, audit.Constant), Months: []int{11, 12}},
		Errors:  []audit.ErrorPoint{errorPoint("wrong-sku", audit.One(.02, audit.Share, audit.Counted), 20, 15)},
	}
}

func hoursAWeek(hours audit.Estimate) []audit.Effort {
	return []audit.Effort{{HoursPerWeek: hours}}
}

func errorPoint(id string, rate audit.Estimate, minutes, cost float64) audit.ErrorPoint {
	return audit.ErrorPoint{
		ID:      id,
		Rates:   audit.Pool{rate},
		Minutes: audit.Pool{audit.One(minutes, audit.Number, audit.Counted)},
		Costs:   audit.Pool{audit.One(cost, audit.Money, audit.Counted)},
	}
}

// starter is what the client has decided for web-orders: 3,000 to 8,000 to
// build, 4,500 as a rule, in three weeks, and 45 a month.
func starter() advise.Candidate {
	build := audit.Three(3000, 4500, 8000, audit.Money)
	return advise.Candidate{
		Flow: "web-orders", Platform: "n8n-cloud", Tier: "starter", Decided: true, Pattern: audit.Push,
		Priced: true, Fee: audit.One(45, audit.Money, audit.Estimated),
		BuildCost: build, BuildWeeks: 3, Maintenance: build.Mean() * .15 / 12,
		Unit: "execution", Metered: true, Operations: 800, PeakOperations: 2000,
	}
}

// always offers the same candidates for every flow.
func always(candidates ...advise.Candidate) func(audit.Flow) []advise.Candidate {
	return func(audit.Flow) []advise.Candidate { return candidates }
}

// digits says whether got is want as far as want is written.
func digits(got, want float64, decimals int) bool {
	return math.Abs(got-want) <= .5000001*math.Pow(10, -float64(decimals))
}

func TestWorkedExampleWithItsPeak(t *testing.T) {
	s := roi.Appraise(levante(webOrders()), webOrders(), starter())
	for _, c := range []struct {
		name      string
		got, want float64
		decimals  int
	}{
		{"hours a week", s.HoursPerWeek, 8.3333, 4},
		{"hours a year", s.HoursPerYear, 479.1667, 4},
		{"errors", s.ErrorsPerYear, 240, 9},
		{"labour", s.LabourPerYear, 9583.33, 2},
		{"error cost", s.ErrorCostPerYear, 5200, 9},
		{"benefit", s.BenefitPerYear, 12825.83, 2},
		{"build", s.BuildCost, 4833.33, 2},
		{"platform", s.PlatformPerMonth.Value, 45, 9},
		{"maintenance", s.MaintenancePerMonth, 60.42, 2},
		{"monthly cost", s.MonthlyCost.Value, 105.42, 2},
		{"payback", s.Payback.Value, 6.126, 3},
		{"discounted payback", s.DiscountedPayback.Value, 6.295, 3},
		{"payback on cash", s.CashPayback.Value, 31.008, 3},
		{"NPV", s.NPV.Value, 24153.5, 1},
		{"IRR", s.IRR[0], 5.44, 2},
		{"ROI", s.ROI.Value, 2.974, 3},
		{"MIRR", s.MIRR.Value, .998531, 6},
		{"break-even", s.BreakEvenHoursPerWeek.Value, 0, 9},
		{"months from the first spending", s.FromFirstSpending.Value - s.Payback.Value, 3 * 12. / 52, 12},
		{"cost of delay", s.CostOfDelay.Value, 12825.8333/12 - 105.4167, 3},
	} {
		if !digits(c.got, c.want, c.decimals) {
			t.Errorf("%s: got %v, want %v", c.name, c.got, c.want)
		}
	}
	if len(s.IRR) != 1 || !s.Payback.OK || !s.DiscountedPayback.OK || !s.CashPayback.OK || !s.NPV.OK || !s.ROI.OK || !s.BreakEvenHoursPerWeek.OK {
		t.Errorf("a figure is missing: %+v", s)
	}
	cash := s.CashFlow(levante(webOrders()))
	if len(cash) != roi.Ahead+1 || cash[0] != -s.BuildCost || cash[2] >= cash[3] || cash[3] != cash[120] {
		t.Errorf("cash flow %v: want the build cost, two months of growth, then the same every month", cash[:5])
	}
}

func TestWorkedExampleWithoutItsPeak(t *testing.T) {
	f := webOrders()
	f.Peak = audit.Peak{}
	s := roi.Appraise(levante(f), f, starter())
	for _, c := range []struct {
		name      string
		got, want float64
		decimals  int
	}{
		{"hours", s.HoursPerYear, 383.33, 2},
		{"errors", s.ErrorsPerYear, 192, 9},
		{"labour", s.LabourPerYear, 7666.67, 2},
		{"error cost", s.ErrorCostPerYear, 4160, 9},
		{"benefit", s.BenefitPerYear, 10260.67, 2},
		{"payback", s.Payback.Value, 7.588, 3},
		{"discounted payback", s.DiscountedPayback.Value, 7.847, 3},
		{"NPV", s.NPV.Value, 17698.6, 1},
		{"IRR", s.IRR[0], 3.48, 2},
		{"ROI", s.ROI.Value, 2.179, 3},
	} {
		if !digits(c.got, c.want, c.decimals) {
			t.Errorf("%s: got %v, want %v", c.name, c.got, c.want)
		}
	}
}

// The figures that rank prints about the flow come from the candidate as it is.
func TestChoiceIsShownAsItIs(t *testing.T) {
	r := roi.Rank(levante(webOrders()), always(starter()), roi.ByPayback)
	c := r.Scores[0].Choice
	if c.Platform != "n8n-cloud" || c.Tier != "starter" || !c.Decided || c.Pattern != audit.Push ||
		c.Operations != 800 || c.PeakOperations != 2000 || c.Unit != "execution" || r.Scores[0].Rank != 1 {
		t.Errorf("choice %+v", c)
	}
}

func TestTermsShowTheArithmetic(t *testing.T) {
	w := levante(webOrders())
	w.Assumptions.CashShare = audit.One(.25, audit.Share, audit.Constant)
	s := roi.Appraise(w, webOrders(), starter())
	var kinds []roi.TermKind
	sums := map[roi.TermKind]float64{}
	for _, term := range s.Terms(w) {
		kinds = append(kinds, term.Kind)
		sums[term.Kind] += term.Amount
		product := 1.
		for _, f := range term.Factors {
			product *= f.Value
		}
		if len(term.Factors) > 0 && math.Abs(product-term.Amount) > 1e-9*math.Abs(term.Amount) {
			t.Errorf("%s is %v, its factors %v make %v", term.Kind, term.Amount, term.Factors, product)
		}
	}
	want := []roi.TermKind{
		"hours", "labour", "errors", "error-cost", "saved-labour", "saved-errors",
		"cash-labour", "cash-fixing", "cash-losses", "build", "platform", "maintenance",
	}
	if !slices.Equal(kinds, want) {
		t.Errorf("terms %v, want %v", kinds, want)
	}
	for _, c := range []struct {
		name      string
		sum, want float64
	}{
		{"labour", sums["labour"], s.LabourPerYear},
		{"error cost", sums["error-cost"], s.ErrorCostPerYear},
		{"benefit", sums["saved-labour"] + sums["saved-errors"], s.BenefitPerYear},
		{"cash", sums["cash-labour"] + sums["cash-fixing"] + sums["cash-losses"], s.CashBenefitPerYear},
		{"build", sums["build"], s.BuildCost},
		{"a year's running", sums["platform"] + sums["maintenance"], 12 * s.MonthlyCost.Value},
	} {
		if math.Abs(c.sum-c.want) > 1e-9*c.want {
			t.Errorf("terms of %s add up to %v, want %v", c.name, c.sum, c.want)
		}
	}
	// 479.2 h × €20.00, from an estimate.
	labour := s.Terms(w)[1]
	if labour.Basis != audit.Estimated || !digits(labour.Factors[0].Value, 479.2, 1) || labour.Factors[1].Value != 20 {
		t.Errorf("labour %+v", labour)
	}
	// 800 orders a month, 1.25 of that over the year: 12,000, of which 2 % go wrong.
	errors := s.Terms(w)[2]
	if errors.Subject != "wrong-sku" || !digits(errors.Factors[0].Value, 12000, 9) || errors.Factors[1].Value != .02 || errors.Basis != audit.Counted {
		t.Errorf("errors %+v", errors)
	}
}

// One says two a week, another 1 % of 50 runs a week: no product, and the
// weaker of the two ways of knowing it.
func TestTermsOfErrorsThatAreCountedInTwoWays(t *testing.T) {
	f := effort(runs(50, audit.PerWeek, 6))
	f.Errors = []audit.ErrorPoint{errorPoint("typo", audit.One(2, audit.PerWeek, audit.Counted), 0, 10)}
	f.Errors[0].Rates = append(f.Errors[0].Rates, audit.One(.01, audit.Share, audit.Guessed))
	s := roi.Appraise(levante(f), f, advise.Candidate{})
	// (2 + 0.5)/2 a week for 46 weeks
	if errors := s.Terms(levante(f))[2]; errors.Amount != 57.5 || len(errors.Factors) != 0 || errors.Basis != audit.Guessed {
		t.Errorf("errors %+v", errors)
	}
	f.Errors[0].Rates = f.Errors[0].Rates[1:]
	s = roi.Appraise(levante(f), f, advise.Candidate{})
	if errors := s.Terms(levante(f))[2]; errors.Amount != 23 || errors.Factors[0].Value != 2300 || errors.Factors[0].Basis != audit.Estimated {
		t.Errorf("errors %+v", errors)
	}
	f.Errors[0].Rates = audit.Pool{audit.One(2, audit.PerWeek, audit.Counted)}
	f.Peak = audit.Peak{Factor: audit.One(2.5, audit.Number, audit.Constant), Months: []int{1, 2}}
	s = roi.Appraise(levante(f), f, advise.Candidate{})
	if errors := s.Terms(levante(f))[2]; errors.Amount != 115 || errors.Factors[0].Value != 92 || errors.Factors[1].Value != 1.25 {
		t.Errorf("errors %+v", errors)
	}
}

func TestBuildAndFeeInTerms(t *testing.T) {
	f := flowOf("flow", 4)
	c := costing(0, 30)
	c.BuildHours = audit.Three(16, 20, 36, audit.Number)
	c.BuildCost = audit.Three(880, 1100, 1980, audit.Money)
	s := roi.Appraise(levante(f), f, c)
	terms := s.Terms(levante(f))
	build := terms[len(terms)-3]
	if build.Kind != roi.TermBuild || build.Factors[0].Value != 22 || build.Factors[1].Value != 55 || build.Amount != 1210 {
		t.Errorf("22 hours of building at 55 are %+v", build)
	}
	if terms[0].Kind != roi.TermHours || terms[0].Basis != audit.Estimated {
		t.Errorf("estimated hours are %+v", terms[0])
	}
	f.Peak.Factor = audit.One(2, audit.Number, audit.Guessed) // in no month
	if terms = roi.Appraise(levante(f), f, c).Terms(levante(f)); terms[1].Basis != audit.Estimated {
		t.Errorf("a peak that there is not makes labour %+v", terms[1])
	}
	// What the client was quoted is no product of hours.
	f.Solution.BuildCost = c.BuildCost
	terms = roi.Appraise(levante(f), f, c).Terms(levante(f))
	if build := terms[len(terms)-3]; len(build.Factors) != 0 || build.Amount != 1210 {
		t.Errorf("a quote is %+v", build)
	}
}
