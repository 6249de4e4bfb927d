package roi_test

import (
	"math"
	"testing"

	"github.com/flowmap-dev/flowmap/pkg/advise"
	"github.com/flowmap-dev/flowmap/pkg/audit"
	"github.com/flowmap-dev/flowmap/pkg/roi"
)

// bare is a workspace in which an hour costs so much, a year has so many weeks
// of five days, and an integration takes over everything from the first day:
// what calculators of savings assume without saying so.
func bare(hourlyCost, weeks float64, flows ...audit.Flow) audit.Workspace {
	w := levante(flows...)
	w.Assumptions.HourlyCost = audit.One(hourlyCost, audit.Money, audit.Constant)
	w.Assumptions.WeeksPerYear.Value = weeks
	w.Assumptions.AutomationRate = audit.One(1, audit.Share, audit.Constant)
	w.Assumptions.RampUpMonths.Value = 0
	return w
}

// effort is a flow with nothing but hours.
func effort(efforts ...audit.Effort) audit.Flow {
	return audit.Flow{ID: "flow", From: "shop", To: "erp", Efforts: efforts}
}

// costing is a candidate at a price to build and a fee a month.
func costing(build, fee float64) advise.Candidate {
	return advise.Candidate{
		Platform: "make", Tier: "core", Fit: advise.Recommended, Priced: true,
		Fee:       audit.One(fee, audit.Money, audit.Constant),
		BuildCost: audit.One(build, audit.Money, audit.Constant),
		Total:     build + 36*fee,
	}
}

func runs(rate float64, unit audit.Unit, minutes float64) audit.Effort {
	return audit.Effort{
		Runs:    audit.One(rate, unit, audit.Estimated),
		Minutes: audit.One(minutes, audit.Number, audit.Estimated),
	}
}

func hoursOf(perWeek float64) audit.Effort {
	return audit.Effort{HoursPerWeek: audit.One(perWeek, audit.Number, audit.Estimated)}
}

// A cost given beside the saving of a year is an outlay, and what is left is
// the cash of twelve months. The source rounds hours before it multiplies; the
// invoices that it derives 10.8 hours from come to 22,533.33 without that.
func yearlySavings(t *testing.T, c published) {
	var got []float64
	for _, row := range c.rows("cases") {
		f := effort(hoursOf(row.in("hours_week")))
		w := bare(row.in("rate"), row.in("weeks"), f)
		w.Assumptions.HorizonMonths.Value = 12
		w.Assumptions.DiscountRate.Value = 0
		s := roi.Appraise(w, f, costing(row.in("cost"), 0))
		if row.in("cost") == 0 && math.Abs(s.BenefitPerYear-s.NPV.Value) > 1e-9 {
			t.Errorf("benefit %v, cash of a year %v", s.BenefitPerYear, s.NPV.Value)
		}
		got = append(got, s.NPV.Value)
	}
	c.wants(t, "saving", got...)

	invoice := published{Inputs: c.Inputs["invoice"].(map[string]any)}
	f := effort(runs(invoice.in("per_week"), audit.PerWeek, invoice.in("before_min")))
	f.AutomationRate = audit.One(1-invoice.in("after_min")/invoice.in("before_min"), audit.Share, audit.Constant)
	if s := roi.Appraise(bare(40, 52, f), f, advise.Candidate{}); !digits(s.BenefitPerYear, 22533.33, 2) {
		t.Errorf("invoices save %v, want 22,533.33", s.BenefitPerYear)
	}
}

func yearlySaving(t *testing.T, c published) {
	f := effort(hoursOf(c.in("hours_week")))
	c.wants(t, "saving", roi.Appraise(bare(c.in("rate"), c.in("weeks"), f), f, advise.Candidate{}).BenefitPerYear)
}

func monthlyNet(t *testing.T, c published) {
	f := effort(runs(c.in("runs"), audit.PerMonth, c.in("minutes_saved")))
	s := roi.Appraise(bare(c.in("rate"), 46, f), f, costing(0, c.in("tool_month")))
	c.wants(t, "gross", s.BenefitPerYear/12)
	c.wants(t, "net", s.CostOfDelay.Value)
}

// The source's return does not discount and stands for one year.
func returnAndErrors(t *testing.T, c published) {
	ratio, ok := roi.ROI(0, []float64{0, c.in("saving")}, []float64{c.in("invest"), 0})
	if !ok {
		t.Error("no return")
	}
	c.wants(t, "roi_pct", 100*ratio)

	f := audit.Flow{ID: "flow", From: "shop", To: "erp",
		Volume: audit.Volume{Records: audit.One(c.in("tasks_day"), audit.PerDay, audit.Estimated)},
		Errors: []audit.ErrorPoint{errorPoint("typo", audit.One(c.in("error_rate"), audit.Share, audit.Estimated), c.in("minutes_per_error"), 0)},
	}
	w := bare(22, c.in("days")/5, f)
	c.wants(t, "errors_year", roi.Appraise(w, f, advise.Candidate{}).ErrorsPerYear)
	if hours := w.Cost(f).FixingHours; hours != 31.25 {
		t.Errorf("%v hours of fixing, want 31.25", hours)
	}
}

// Each of the people states the hours of their own.
func hoursSaved(t *testing.T, c published) {
	own := audit.Effort{Whose: audit.Own, HoursPerMonth: audit.One(c.in("hours_day")*c.in("days_month"), audit.Number, audit.Estimated)}
	var all []audit.Effort
	for range int(c.in("people")) {
		all = append(all, own)
	}
	f := effort(all...)
	f.AutomationRate = audit.One(c.in("automation"), audit.Share, audit.Constant)
	s := roi.Appraise(bare(22, 46, f), f, advise.Candidate{})
	c.wants(t, "hours_month", s.HoursPerYear/12)
	c.wants(t, "saved_year", s.SavedHoursPerYear)
	c.wants(t, "saved_month", s.SavedHoursPerYear/12)
	c.wants(t, "residual_month", (s.HoursPerYear-s.SavedHoursPerYear)/12)
}

func savingByDays(t *testing.T, c published) {
	f := effort(runs(c.in("people"), audit.PerDay, 60*c.in("hours_day")))
	c.wants(t, "saving", roi.Appraise(bare(c.in("rate"), c.in("days")/5, f), f, advise.Candidate{}).BenefitPerYear)
}

// What an employee costs beyond gross pay goes into the hourly cost: an hour of
// 1,800 at 32,995 a year makes 1,800 hours cost just that.
func employersRate(t *testing.T, c published) {
	var totals []float64
	for _, accident := range c.list("accident_pct") {
		totals = append(totals, roi.NPV(0, append(c.list("parts_pct"), accident)))
	}
	c.wants(t, "total_pct", totals...)
	cost := c.in("gross") * (1 + totals[0]/100)
	if cost <= number(c.Expected["employer_cost_more_than"]) || !digits(cost, 32995, 0) {
		t.Errorf("an employee costs %v, want 32,995", cost)
	}
	f := effort(audit.Effort{HoursPerYear: audit.One(1800, audit.Number, audit.Measured)})
	if got := roi.Appraise(bare(cost/1800, 45, f), f, advise.Candidate{}).LabourPerYear; math.Abs(got-cost) > 1e-9 {
		t.Errorf("1,800 hours cost %v, want %v", got, cost)
	}
}

// The days of a contract are those of a flow that is done all day every day,
// in a year of as many weeks of five days.
func hoursOfAYear(t *testing.T, c published) {
	days := c.in("calendar") - c.in("holidays") - c.in("leave") - c.in("saturdays") - c.in("sundays")
	f := effort(runs(1, audit.PerDay, 60*c.in("hours_day")))
	w := bare(c.in("employer_cost")/1800, days/5, f)
	c.wants(t, "days", w.Cost(f).RunsPerYear)
	s := roi.Appraise(w, f, advise.Candidate{})
	c.wants(t, "hours", s.HoursPerYear)
	if !digits(s.HourlyCost, 18.331, 3) {
		t.Errorf("a loaded hour is %v, want 18.331", s.HourlyCost)
	}
}

// An hour in each quarter at that quarter's cost, taken together.
func meanOfQuarters(t *testing.T, c published) {
	var scores []roi.Score
	for _, cost := range c.list("quarters_2023") {
		f := effort(audit.Effort{HoursPerYear: audit.One(1, audit.Number, audit.Measured)})
		scores = append(scores, roi.Appraise(bare(cost, 46, f), f, advise.Candidate{}))
	}
	all := roi.Total(bare(0, 46), scores)
	c.wants(t, "mean_2023", all.LabourPerYear/all.HoursPerYear)
}

// Errors follow from entries and share; the source then goes on with ten a
// week in the lower case, where its own figures make five.
func errorCost(t *testing.T, c published) {
	var counts, costs []float64
	used := c.list("errors_week_used")
	for i, entries := range c.list("entries_week") {
		unit := c.in("unit")
		byShare := audit.Flow{ID: "flow",
			Volume: audit.Volume{Records: audit.One(entries, audit.PerWeek, audit.Counted)},
			Errors: []audit.ErrorPoint{errorPoint("typo", audit.One(c.in("error_rate"), audit.Share, audit.Counted), 0, unit)},
		}
		counts = append(counts, roi.Appraise(bare(22, 52, byShare), byShare, advise.Candidate{}).ErrorsPerYear/52)
		byRate := audit.Flow{ID: "flow",
			Errors: []audit.ErrorPoint{errorPoint("typo", audit.One(used[i], audit.PerWeek, audit.Counted), 0, unit)},
		}
		costs = append(costs, roi.Appraise(bare(22, 52, byRate), byRate, advise.Candidate{}).ErrorCostPerYear/52)
	}
	c.wants(t, "errors_week", counts...)
	c.wants(t, "cost_week", costs...)
}
