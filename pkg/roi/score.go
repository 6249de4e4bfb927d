package roi

import (
	"github.com/flowmap-dev/flowmap/pkg/advise"
	"github.com/flowmap-dev/flowmap/pkg/audit"
)

// Figure is a number that may not exist: a payback that never comes, the value
// of an integration whose price is not known.
type Figure struct {
	Value float64
	OK    bool // false: there is no such number
}

// Score is what one flow costs today and what integrating it would bring, by
// itself: its platform's fee is paid by it alone, and hours that another flow
// claims too are counted in full.
type Score struct {
	Flow   string // id
	Role   string // id of who carries it; may be empty
	Rank   int    // from 1; 0 where hours are not stated
	Stated bool   // hours are stated; if not, there is no labour and no benefit

	HoursPerWeek       float64 // in a normal week
	HoursPerYear       float64 // peak included
	ErrorsPerYear      float64
	HourlyCost         float64  // money an hour
	LabourPerYear      float64  // money
	ErrorCostPerYear   float64  // money, the time to fix included
	AutomationRate     float64  // share of the hours that an integration removes
	ErrorReduction     float64  // share of the errors that it prevents
	SavedHoursPerYear  float64  // never more than the flow's role has
	BenefitPerYear     float64  // money, once it runs fully
	CashBenefitPerYear float64  // the part of the benefit that is cash
	Evidence           Evidence // what the benefit rests on

	// Choice is the client's solution, else the cheapest candidate that fits;
	// without either it is the zero Candidate and Chosen is false.
	Chosen              bool
	Choice              advise.Candidate
	BuildCost           float64 // money, the mean
	BuildWeeks          float64 // from the first spending to go-live
	PlatformPerMonth    Figure  // money; not known where the price is on request
	MaintenancePerMonth float64 // money
	MonthlyCost         Figure  // platform and maintenance

	Investment Investment
	// The figures below are not OK unless hours are stated and a solution with a
	// price is chosen; then NPV always is.
	Payback           Figure    // months from go-live
	FromFirstSpending Figure    // months
	DiscountedPayback Figure    // months from go-live
	CashPayback       Figure    // months from go-live, counting the cash benefit alone
	NPV               Figure    // money, over the horizon
	MIRR              Figure    // a year, financed and reinvested at the discount rate, over the horizon
	ROI               Figure    // share, over the horizon
	IRR               []float64 // every rate a year, ascending, over the horizon
	CostOfDelay       Figure    // money a month: the steady net benefit
	// BreakEvenHoursPerWeek is the least hours of a normal week at which NPV is
	// 0: 0 if the errors alone carry it, not OK if no number of hours does. It
	// does not need hours to be stated.
	BreakEvenHoursPerWeek Figure

	// Outlook is what Simulate makes of the score; zero before.
	Outlook Outlook
}

// Choose returns a flow's own choice among its candidates: the solution that
// the client has decided for, else the one that fits and costs least over the
// horizon, by id and tier where several do. It returns false if none fits.
func Choose(candidates []advise.Candidate) (advise.Candidate, bool) {
	var best advise.Candidate
	found := false
	for _, c := range candidates {
		if c.Decided {
			return c, true
		}
		if c.Fits() && (!found || cheaper(c, best)) {
			best, found = c, true
		}
	}
	return best, found
}

func cheaper(a, b advise.Candidate) bool {
	if a.Total != b.Total {
		return a.Total < b.Total
	}
	if a.Platform != b.Platform {
		return a.Platform < b.Platform
	}
	return a.Tier < b.Tier
}

// Appraise scores a flow with a candidate. The zero Candidate is none: then
// only what the flow costs today, and its benefit, are known.
func Appraise(w audit.Workspace, f audit.Flow, c advise.Candidate) Score {
	today := w.Cost(f)
	s := Score{
		Flow:             f.ID,
		Role:             f.Role,
		Stated:           today.Stated,
		HoursPerWeek:     amount(today.HoursPerWeek),
		HoursPerYear:     amount(today.HoursPerYear),
		ErrorsPerYear:    amount(today.ErrorsPerYear),
		HourlyCost:       amount(today.HourlyCost),
		LabourPerYear:    amount(today.LabourPerYear),
		ErrorCostPerYear: amount(today.ErrorCostPerYear),
		AutomationRate:   amount(w.AutomatedShare(f).Mean()),
		ErrorReduction:   amount(f.ErrorReduction.Or(w.Assumptions.ErrorReduction).Mean()),
	}
	if s.Stated {
		s.addBenefit(w, f, today)
		s.Evidence = evidenceOf(w, f, today, s)
	}
	s.choose(c)
	s.Investment.RampUp = w.Assumptions.RampUpMonths.Value
	if s.PlatformPerMonth.OK {
		s.addFigures(w)
		s.BreakEvenHoursPerWeek = s.breakEven(w, f, today)
	}
	return s
}

// unstructured tells whether an end of the flow is e-mail, paper or phone.
func unstructured(w audit.Workspace, f audit.Flow) bool {
	for _, end := range []string{f.From, f.To} {
		if s, ok := w.System(end); ok && s.Kind.Unstructured() {
			return true
		}
	}
	return false
}

// capacity returns the hours a year of everybody in the flow's role, and false
// where nobody said how many they are.
func capacity(w audit.Workspace, role string) (hours float64, ok bool) {
	r, found := w.Role(role)
	if !found || !r.Headcount.Stated {
		return 0, false
	}
	return r.Headcount.Value * w.Assumptions.HoursPerPerson.Value * w.Assumptions.WeeksPerYear.Value, true
}

// addBenefit works out what an integration would bring a year.
func (s *Score) addBenefit(w audit.Workspace, f audit.Flow, today audit.Cost) {
	s.SavedHoursPerYear = amount(s.HoursPerYear * s.AutomationRate)
	labour := s.LabourPerYear * s.AutomationRate
	if most, ok := capacity(w, f.Role); ok && s.SavedHoursPerYear > most {
		s.SavedHoursPerYear = most
		labour = amount(most * s.HourlyCost)
	}
	errors := s.ErrorCostPerYear * s.ErrorReduction
	s.BenefitPerYear = amount(float64(labour) + float64(errors))
	fixing, loss := amount(today.FixingPerYear)*s.ErrorReduction, amount(today.LossPerYear)*s.ErrorReduction
	freed := amount(float64(labour) + float64(fixing))
	s.CashBenefitPerYear = amount(float64(freed*w.Assumptions.CashShare.Mean()) + float64(loss))
}

// choose takes the candidate's costs over.
func (s *Score) choose(c advise.Candidate) {
	if c.Platform == "" {
		return
	}
	s.Chosen, s.Choice = true, c
	s.BuildCost = amount(c.BuildCost.Mean())
	s.BuildWeeks = amount(c.BuildWeeks)
	s.MaintenancePerMonth = amount(c.Maintenance)
	if c.Priced {
		fee := amount(c.Fee.Mean())
		s.PlatformPerMonth = Figure{fee, true}
		s.MonthlyCost = Figure{bounded(fee + s.MaintenancePerMonth), true}
	}
	s.Investment = Investment{
		Build:       s.BuildCost,
		Benefit:     s.BenefitPerYear,
		Fee:         s.PlatformPerMonth.Value,
		Maintenance: s.MaintenancePerMonth,
	}
}

// addFigures works out what the investment is worth.
func (s *Score) addFigures(w audit.Workspace) {
	if !s.Stated {
		return
	}
	rate, months := terminal(w)
	flow := s.cashFlow(months)
	ahead, within := flow[:Ahead+1], flow[:months+1]
	s.Payback = figure(s.Investment.back(0, ahead))
	s.DiscountedPayback = figure(s.Investment.back(rate, ahead))
	if s.Payback.OK {
		s.FromFirstSpending = Figure{bounded(s.Payback.Value + s.BuildWeeks*12/52), true}
	}
	cash := s.Investment
	cash.Benefit = s.CashBenefitPerYear
	s.CashPayback = figure(cash.Payback())
	s.NPV = Figure{NPV(rate, within), true}
	if spent := s.Investment.costs(rate, months); spent > 0 {
		s.ROI = Figure{bounded(s.NPV.Value / spent), true}
	}
	if monthly, ok := MIRR(within, rate, rate); ok {
		s.MIRR = Figure{YearlyRate(monthly), true}
	}
	for _, monthly := range IRR(within) {
		s.IRR = append(s.IRR, YearlyRate(monthly))
	}
	s.CostOfDelay = Figure{s.Investment.Steady(), true}
}

// CashFlow returns the money of months 0 to Ahead after go-live, further where
// the horizon is; nil where NPV is not OK. It is worked out at each call: of
// 100,000 scores it would take 100 MB.
func (s Score) CashFlow(w audit.Workspace) []float64 {
	if !s.NPV.OK {
		return nil
	}
	_, months := terminal(w)
	return s.cashFlow(months)
}

func (s Score) cashFlow(months int) []float64 { return s.Investment.CashFlow(max(months, Ahead)) }

// terminal returns the discount rate a month and the horizon in months.
func terminal(w audit.Workspace) (rate float64, months int) {
	return MonthlyRate(w.Assumptions.DiscountRate.Value), int(w.Assumptions.HorizonMonths.Value)
}

func figure(value float64, ok bool) Figure { return Figure{value, ok} }

// breakEven solves NPV for the hours of a normal week. NPV grows with them in a
// line: each is worth its cost, times weeks, peak and automation rate, times
// the present value of 1 a year. Saved hours stop at the role's.
func (s Score) breakEven(w audit.Workspace, f audit.Flow, today audit.Cost) Figure {
	rate, months := terminal(w)
	spent := s.Investment.costs(rate, months)
	perYear := s.Investment.perBenefit(rate, months)
	missing := spent - float64(s.ErrorCostPerYear*s.ErrorReduction*perYear)
	if missing <= 0 {
		return Figure{0, true}
	}
	saved := w.Assumptions.WeeksPerYear.Value * today.Peak * s.AutomationRate
	worth := saved * s.HourlyCost * perYear
	hours := missing / worth
	if !(worth > 0) || hours > bounded(hours) {
		return Figure{}
	}
	if most, ok := capacity(w, f.Role); ok && hours*saved > most {
		return Figure{}
	}
	return Figure{hours, true}
}
