package report

// lookAhead is how many months a payback is looked for; beyond, it is never.
const lookAhead = 120

// step is a column of a table together with the formula that fills it.
type step struct {
	column  Column
	formula Formula
}

// hidden is a step that only a workbook shows, and only to those who look.
func hidden(key string, f Formula) step {
	return step{Column{Key: key, Label: key, Kind: Number, Width: 12, Hidden: true}, f}
}

// paybackSteps are the columns, the last of which, named key, is the payback in
// months of a row with the columns "build" (once), "monthly" (running cost a
// month) and benefit (a year at its full height).
//
// Benefits of month k are benefit/12 × min(1, (k − ½)/ramp), so while they grow
// the running total after k months is a square:
//
//	total(k) = benefit × k²/(24 × ramp) − monthly × k − build
//
// It starts at −build, and its branch for k > 0 crosses zero once at most. The
// month in which it does is found from the square's root, and the payback lies
// on the straight line between that month's two ends. If the total is still
// below zero when the full benefit is reached, after the months "ramped", it
// grows by "net" a month from there.
func paybackSteps(key, benefit string) []step {
	var (
		build, monthly, ramped = Col("build"), Col("monthly"), Col("ramped")
		ramp                   = Max(At("assumptions", "ramp_up_months", "value"), Num(.5))
		net                    = Col(key + "_net")
		balance                = Col(key + "_balance")
		month                  = Col(key + "_month")
		raw                    = Col(key + "_raw")
	)
	total := func(k Formula) Formula {
		return Sub(Sub(Div(Mul(Col(benefit), k, k), Mul(Num(24), ramp)), Mul(monthly, k)), build)
	}
	root := Div(
		Add(monthly, Sqrt(Add(Mul(monthly, monthly), Div(Mul(Col(benefit), build), Mul(Num(6), ramp))))),
		Div(Col(benefit), Mul(Num(12), ramp)))
	before := Sub(month, Num(1))
	gain := Sub(Div(Mul(Col(benefit), Sub(month, Num(.5))), Mul(Num(12), ramp)), monthly)
	return []step{
		hidden(key+"_net", whereKnown(Sub(Div(Col(benefit), Num(12)), monthly), Col(benefit), monthly)),
		hidden(key+"_balance", WhereKnown(net, total(ramped))),
		hidden(key+"_month", wherePositive(net, If(AtMost(Num(0), balance), Min(ramped, Max(Num(1), ceiling(root))), Num(0)))),
		hidden(key+"_raw", wherePositive(net, If(Less(Num(0), month), Sub(before, Div(total(before), gain)), Sub(ramped, Div(balance, net))))),
		{Column{Key: key, Kind: Months, Width: 11}, WhereKnown(net, If(AtMost(net, Num(0)), Never(),
			If(AtMost(build, Num(0)), Num(0), If(AtMost(raw, Num(lookAhead)), raw, Never()))))},
	}
}

// rampStep is the column "ramped": the whole months until the full benefit.
func rampStep() step {
	return hidden("ramped", Int(Add(Min(At("assumptions", "ramp_up_months", "value"), Num(lookAhead)), Num(.5))))
}

// ceiling is the least whole number that is not below x.
func ceiling(x Formula) Formula { return Sub(Num(0), Int(Sub(Num(0), x))) }

// whereKnown is f, or not known where one of xs is not.
func whereKnown(f Formula, xs ...Formula) Formula {
	for i := len(xs) - 1; i >= 0; i-- {
		f = WhereKnown(xs[i], f)
	}
	return f
}

// wherePositive is f, or not known where x is not a number above zero. (To
// Excel a text is above every number.)
func wherePositive(x, f Formula) Formula {
	return WhereKnown(x, If(Less(Num(0), x), f, Nobody()))
}

// orNought is f, or 0 where x is not known.
func orNought(x, f Formula) Formula { return If(IsKnown(x), f, Num(0)) }
