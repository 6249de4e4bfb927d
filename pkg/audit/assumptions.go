package audit

// DefaultAssumptions are the figures that hold where a workspace states none.
// An hour of manual work at 22 lies a little under the 23.38 that INE's labour
// cost survey gives for an effective hour in Spain in 2023; 46 weeks are the 225
// days of a Spanish contract; a tenth a year is the rate that Forrester's TEI
// assumes.
func DefaultAssumptions() Assumptions {
	constant := func(v float64, u Unit) Estimate { return One(v, u, Constant) }
	amount := func(v float64) Amount { return Amount{Value: v, Stated: true} }
	return Assumptions{
		HourlyCost:                 constant(22, Money),
		DeveloperHourlyCost:        constant(55, Money),
		WeeksPerYear:               amount(46),
		DaysPerWeek:                amount(5),
		HoursPerPerson:             amount(40),
		HorizonMonths:              amount(36),
		DiscountRate:               amount(.10),
		AutomationRate:             constant(.85, Share),
		AutomationRateUnstructured: constant(.50, Share),
		ErrorReduction:             constant(.90, Share),
		CashShare:                  constant(0, Share),
		Maintenance:                constant(.15, Share),
		RampUpMonths:               amount(2),
		TargetPaybackMonths:        amount(8),
	}
}
