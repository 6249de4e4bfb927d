package roi

import "github.com/flowmap-dev/flowmap/pkg/audit"

// TermKind names a term or a factor. Its label is the word "term." + kind.
type TermKind string

// The kinds of terms, in the order in which a score lists them. Labour terms
// add up to the labour of a year, error costs to the cost of errors, saved
// labour and saved errors to the benefit, and the three of cash to the cash
// benefit; maintenance and platform are the running cost of a year.
const (
	TermHours       TermKind = "hours"
	TermLabour      TermKind = "labour"
	TermErrors      TermKind = "errors"     // of one error point
	TermErrorCost   TermKind = "error-cost" // of one error point
	TermSavedLabour TermKind = "saved-labour"
	TermSavedErrors TermKind = "saved-errors"
	TermCashLabour  TermKind = "cash-labour"
	TermCashFixing  TermKind = "cash-fixing"
	TermCashLosses  TermKind = "cash-losses"
	TermBuild       TermKind = "build"
	TermPlatform    TermKind = "platform"
	TermMaintenance TermKind = "maintenance"
)

// The kinds of what Totals take off.
const (
	TermTwice  TermKind = "twice"
	TermBeyond TermKind = "beyond"
)

// The kinds of factors that are not terms themselves.
const (
	FactorHoursPerWeek   TermKind = "hours-per-week"
	FactorWeeksPerYear   TermKind = "weeks-per-year"
	FactorPeak           TermKind = "peak"
	FactorHourlyCost     TermKind = "hourly-cost"
	FactorRecords        TermKind = "records"
	FactorErrorShare     TermKind = "error-share"
	FactorNormalErrors   TermKind = "normal-errors" // errors of a year without a peak
	FactorCostEach       TermKind = "cost-each"
	FactorAutomation     TermKind = "automation-rate"
	FactorSavedHours     TermKind = "saved-hours" // all that the role has
	FactorErrorReduction TermKind = "error-reduction"
	FactorErrorCosts     TermKind = "error-costs" // of all error points
	FactorFixing         TermKind = "fixing"      // money for the time to fix errors
	FactorLosses         TermKind = "losses"      // money that errors cost beyond the time
	FactorCashShare      TermKind = "cash-share"
	FactorBuildHours     TermKind = "build-hours"
	FactorDeveloperCost  TermKind = "developer-cost"
	FactorMonths         TermKind = "months"
	FactorPerMonth       TermKind = "per-month"
	FactorMaintenance    TermKind = "maintenance-rate"
)

// The kinds of numbers that only Origins show.
const (
	FactorHoursPerMonth  TermKind = "hours-per-month"
	FactorRuns           TermKind = "runs" // of a year without a peak
	FactorHoursPerRun    TermKind = "hours-per-run"
	FactorMinutesPerRun  TermKind = "minutes-per-run"
	FactorDaysPerWeek    TermKind = "days-per-week"
	FactorPeakMonths     TermKind = "peak-months"
	FactorPeakMonth      TermKind = "peak-month" // against a normal month
	FactorMinutesToFix   TermKind = "minutes-to-fix"
	FactorLossEach       TermKind = "loss-each"
	FactorPeople         TermKind = "people"
	FactorHoursPerPerson TermKind = "hours-per-person"
	FactorBase           TermKind = "base-hours"
	FactorSteps          TermKind = "steps"
	FactorBranches       TermKind = "branches"
	FactorTransforms     TermKind = "transforms"
	FactorReliable       TermKind = "reliable"
	FactorTwoWay         TermKind = "two-way"
	FactorNoInterface    TermKind = "no-interface"
	FactorCustom         TermKind = "custom"
	FactorTierPrice      TermKind = "tier-price"
	FactorExchange       TermKind = "exchange-rate"
	FactorOverage        TermKind = "overage"       // operations beyond the allowance
	FactorOveragePrice   TermKind = "overage-price" // of one of them
	FactorSpare          TermKind = "spare"
	FactorServer         TermKind = "server"
	FactorUpkeep         TermKind = "upkeep-hours"
)

// Kinds lists every kind of term and factor, so that each has a label.
func (TermKind) Kinds() []TermKind {
	return []TermKind{
		TermHours, TermLabour, TermErrors, TermErrorCost, TermSavedLabour, TermSavedErrors,
		TermCashLabour, TermCashFixing, TermCashLosses, TermBuild, TermPlatform, TermMaintenance, TermTwice, TermBeyond,
		FactorHoursPerWeek, FactorWeeksPerYear, FactorPeak, FactorHourlyCost, FactorRecords,
		FactorErrorShare, FactorNormalErrors, FactorCostEach, FactorAutomation, FactorSavedHours,
		FactorErrorReduction, FactorErrorCosts, FactorFixing, FactorLosses, FactorCashShare,
		FactorBuildHours, FactorDeveloperCost, FactorMonths, FactorPerMonth, FactorMaintenance,
		FactorHoursPerMonth, FactorRuns, FactorHoursPerRun, FactorMinutesPerRun, FactorDaysPerWeek,
		FactorPeakMonths, FactorPeakMonth, FactorMinutesToFix, FactorLossEach, FactorPeople, FactorHoursPerPerson,
		FactorBase, FactorSteps, FactorBranches, FactorTransforms, FactorReliable, FactorTwoWay, FactorNoInterface, FactorCustom,
		FactorTierPrice, FactorExchange, FactorOverage, FactorOveragePrice, FactorSpare, FactorServer, FactorUpkeep,
	}
}

// TermUnit tells how an amount is written. All but build are for a year.
type TermUnit string

// The units of terms and factors.
const (
	InHours  TermUnit = "hours"
	InMoney  TermUnit = "money"
	InCount  TermUnit = "count"
	InShare  TermUnit = "share"
	InNumber TermUnit = "number"
)

// Term is one line of the arithmetic: an amount and the factors that it is the
// product of.
type Term struct {
	Kind    TermKind
	Subject string // the error point, by its id or what went wrong; else empty
	Amount  float64
	Unit    TermUnit
	Factors []Factor    // empty where the amount was stated as it is
	Basis   audit.Basis // the weakest of what it rests on
}

// Factor is one factor of a term.
type Factor struct {
	Kind  TermKind
	Value float64
	Unit  TermUnit
	Basis audit.Basis // how it is known; Constant for an assumption or a price
}

// term is the product of factors.
func term(kind TermKind, unit TermUnit, value float64, factors ...Factor) Term {
	t := Term{Kind: kind, Amount: amount(value), Unit: unit, Factors: factors}
	for i, f := range factors {
		factors[i].Value = amount(f.Value)
		t.Basis = audit.Weakest(t.Basis, f.Basis)
	}
	return t
}

// Terms lists how the figures of a score came about, with the workspace that it
// was made of. They are worked out at each call: of 100,000 scores they would
// take 150 MB.
func (s Score) Terms(w audit.Workspace) []Term {
	f, _ := w.Flow(s.Flow)
	today := w.Cost(f)
	all := make([]Term, 0, 12)
	cost := w.HourlyCost(f)
	hourly := Factor{FactorHourlyCost, s.HourlyCost, InMoney, cost.Basis}
	hours := Factor{TermHours, s.HoursPerYear, InHours, audit.Weakest(today.Basis, peakBasis(f))}
	if s.Stated {
		year := term(TermHours, InHours, s.HoursPerYear, hourFactors(w, f, today)...)
		year.Basis = hours.Basis
		all = append(all, year,
			term(TermLabour, InMoney, s.LabourPerYear, hours, hourly))
	}
	for _, p := range today.Points {
		all = append(all, pointTerms(f, today, p)...)
	}
	if s.Stated {
		all = append(all, benefitTerms(w, f, today, s)...)
	}
	return append(all, costTerms(w, f, s)...)
}

func peakBasis(f audit.Flow) audit.Basis {
	if len(f.Peak.Months) == 0 {
		return audit.Constant
	}
	return f.Peak.Factor.Basis
}

// wayOf tells in what the hours are stated: FactorHoursPerWeek,
// FactorHoursPerMonth or TermHours where all statements that count are alike,
// FactorRuns for a single one of runs, else FactorHoursPerWeek, to which the
// statements are brought.
func wayOf(efforts []audit.Effort) TermKind {
	way, n := TermKind(""), 0
	for _, e := range efforts {
		if !e.Stated() {
			continue
		}
		mine := FactorRuns
		switch {
		case e.HoursPerWeek.Stated():
			mine = FactorHoursPerWeek
		case e.HoursPerMonth.Stated():
			mine = FactorHoursPerMonth
		case e.HoursPerYear.Stated():
			mine = TermHours
		}
		if n++; n > 1 && (mine != way || mine == FactorRuns) {
			return FactorHoursPerWeek
		}
		way = mine
	}
	return way
}

// hourFactors are the factors of the hours a year, none where these were
// stated as they are.
func hourFactors(w audit.Workspace, f audit.Flow, today audit.Cost) []Factor {
	weeks := w.Assumptions.WeeksPerYear.Value
	factors := []Factor{
		{FactorHoursPerWeek, today.HoursPerWeek, InHours, today.Basis},
		{FactorWeeksPerYear, weeks, InNumber, audit.Constant},
	}
	switch wayOf(f.Efforts) {
	case FactorHoursPerMonth:
		factors = []Factor{
			{FactorHoursPerMonth, today.HoursPerWeek * weeks / 12, InHours, today.Basis},
			{FactorMonths, 12, InNumber, audit.Constant},
		}
	case FactorRuns:
		for _, e := range f.Efforts {
			if e.Stated() {
				factors = []Factor{
					{FactorRuns, e.Runs.Mean() * w.Assumptions.PerYear(e.Runs.Unit), InCount, e.Runs.Basis},
					{FactorHoursPerRun, e.Minutes.Mean() / 60, InHours, e.Minutes.Basis},
				}
			}
		}
	case TermHours:
		return nil
	}
	return withPeak(factors, f, today)
}

func withPeak(factors []Factor, f audit.Flow, today audit.Cost) []Factor {
	if today.Peak == 1 {
		return factors
	}
	return append(factors, Factor{FactorPeak, today.Peak, InNumber, peakBasis(f)})
}

// pointTerms are the errors of a point and what they cost. Where statements
// count errors in different ways, a share of records and so many a week, their
// mean is no product and stands by itself.
func pointTerms(f audit.Flow, today audit.Cost, p audit.PointCost) []Term {
	if !p.Known {
		return nil
	}
	var factors []Factor
	switch shares := sharesAmong(p.Point.Rates); {
	case shares == len(p.Point.Rates):
		factors = []Factor{
			{FactorRecords, today.RecordsPerYear, InCount, recordsBasis(f)},
			{FactorErrorShare, p.Point.Rates.Mean(), InShare, p.Point.Rates.Basis()},
		}
	case shares == 0 && today.Peak != 1:
		normal := Factor{FactorNormalErrors, p.ErrorsPerYear / today.Peak, InCount, p.Point.Rates.Basis()}
		factors = withPeak([]Factor{normal}, f, today)
	}
	count := term(TermErrors, InCount, p.ErrorsPerYear, factors...)
	count.Basis = p.Basis
	cost := term(TermErrorCost, InMoney, p.CostPerYear,
		Factor{TermErrors, p.ErrorsPerYear, InCount, p.Basis},
		Factor{FactorCostEach, p.CostEach, InMoney, p.Basis})
	count.Subject, cost.Subject = p.Point.Label(), p.Point.Label()
	return []Term{count, cost}
}

// recordsBasis is how the records are known: by a volume, else by the runs.
func recordsBasis(f audit.Flow) audit.Basis {
	weakest := f.Volume.Records.Basis
	if f.Volume.Records.Stated() {
		return weakest
	}
	for _, e := range f.Efforts {
		weakest = audit.Weakest(weakest, e.Runs.Basis)
	}
	return weakest
}

func sharesAmong(rates audit.Pool) int {
	n := 0
	for _, r := range rates {
		if r.Unit == audit.Share {
			n++
		}
	}
	return n
}

// benefitTerms are what an integration saves, and how much of it is cash.
func benefitTerms(w audit.Workspace, f audit.Flow, today audit.Cost, s Score) []Term {
	labour := Factor{TermLabour, s.LabourPerYear, InMoney, today.Basis}
	rate := Factor{FactorAutomation, s.AutomationRate, InShare, w.AutomatedShare(f).Basis}
	saved := term(TermSavedLabour, InMoney, s.LabourPerYear*s.AutomationRate, labour, rate)
	if s.SavedHoursPerYear < amount(s.HoursPerYear*s.AutomationRate) {
		all := Factor{FactorSavedHours, s.SavedHoursPerYear, InHours, today.Basis}
		hourly := Factor{FactorHourlyCost, s.HourlyCost, InMoney, w.HourlyCost(f).Basis}
		saved = term(TermSavedLabour, InMoney, s.SavedHoursPerYear*s.HourlyCost, all, hourly)
	}
	all := []Term{saved}
	reduction := Factor{FactorErrorReduction, s.ErrorReduction, InShare, f.ErrorReduction.Or(w.Assumptions.ErrorReduction).Basis}
	weakest := audit.Constant
	for _, p := range today.Points {
		weakest = audit.Weakest(weakest, p.Basis)
	}
	of := func(kind, factor TermKind, value float64, more ...Factor) {
		product := value
		for _, m := range more {
			product *= m.Value
		}
		all = append(all, term(kind, InMoney, product, append([]Factor{{factor, value, InMoney, weakest}}, more...)...))
	}
	share := Factor{FactorCashShare, w.Assumptions.CashShare.Mean(), InShare, w.Assumptions.CashShare.Basis}
	if len(today.Points) > 0 {
		of(TermSavedErrors, FactorErrorCosts, s.ErrorCostPerYear, reduction)
	}
	all = append(all, term(TermCashLabour, InMoney, saved.Amount*share.Value,
		Factor{TermSavedLabour, saved.Amount, InMoney, saved.Basis}, share))
	if len(today.Points) > 0 {
		of(TermCashFixing, FactorFixing, today.FixingPerYear, reduction, share)
		of(TermCashLosses, FactorLosses, today.LossPerYear, reduction)
	}
	return all
}

// costTerms are what an integration takes to build and, a year, to run.
func costTerms(w audit.Workspace, f audit.Flow, s Score) []Term {
	if !s.Chosen {
		return nil
	}
	build := Term{Kind: TermBuild, Amount: s.BuildCost, Unit: InMoney, Basis: s.Choice.BuildCost.Basis}
	if !f.Solution.BuildCost.Stated() && s.Choice.BuildHours.Mean() > 0 {
		developer := w.Assumptions.DeveloperHourlyCost
		build = term(TermBuild, InMoney, s.BuildCost,
			Factor{FactorBuildHours, s.Choice.BuildHours.Mean(), InHours, s.Choice.BuildHours.Basis},
			Factor{FactorDeveloperCost, developer.Mean(), InMoney, developer.Basis})
	}
	all := []Term{build}
	if s.PlatformPerMonth.OK {
		all = append(all, term(TermPlatform, InMoney, 12*s.PlatformPerMonth.Value,
			Factor{FactorMonths, 12, InNumber, audit.Constant},
			Factor{FactorPerMonth, s.PlatformPerMonth.Value, InMoney, s.Choice.Fee.Basis}))
	}
	return append(all, term(TermMaintenance, InMoney, 12*s.MaintenancePerMonth,
		Factor{TermBuild, s.BuildCost, InMoney, build.Basis},
		Factor{FactorMaintenance, w.Assumptions.Maintenance.Mean(), InShare, w.Assumptions.Maintenance.Basis}))
}
