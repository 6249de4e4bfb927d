package roi

import (
	"github.com/flowmap-dev/flowmap/pkg/audit"
	"github.com/flowmap-dev/flowmap/pkg/catalogue"
)

// build is the client's price of building, else the hours by the catalogue's
// formula.
func (o *origins) build(c catalogue.Catalogue) {
	if quoted := o.f.Solution.BuildCost; quoted.Stated() {
		o.add(TermBuild, "", Factor{Value: o.score.BuildCost, Unit: InMoney}, known("", quoted, InMoney))
		return
	}
	b, needs := c.Build, o.f.Needs
	developer := o.w.Assumptions.DeveloperHourlyCost
	count := func(kind TermKind, stated audit.Amount, otherwise int, each float64) expression {
		return write("# × #", of("", each, InNumber), of(kind, stated.Or(float64(otherwise)), InNumber))
	}
	hours := write("(# + # + # + #)", of(FactorBase, b.Base, InNumber),
		count(FactorSteps, needs.Steps, b.Steps, b.Step),
		count(FactorBranches, needs.Branches, b.Branches, b.Branch),
		count(FactorTransforms, needs.Transforms, b.Transforms, b.Transform))
	there := o.score.Choice.Kind == catalogue.Native || o.score.Choice.Kind == catalogue.Process // nothing to build step by step
	if there {
		hours = of(FactorBase, b.Base, InNumber)
	}
	for _, f := range []struct {
		kind  TermKind
		value float64
		holds bool
	}{
		{FactorReliable, b.Reliable, needs.Reliability == audit.High || needs.Reliability == audit.Critical},
		{FactorTwoWay, b.TwoWay, needs.Direction == audit.TwoWay},
		{FactorNoInterface, b.NoInterface, o.closed(o.f.From) || o.closed(o.f.To)},
		{FactorCustom, b.Custom, o.score.Choice.Kind == catalogue.Custom},
	} {
		if f.holds && !there {
			hours = write("# × #", hours, of(f.kind, f.value, InNumber))
		}
	}
	spread := known("", audit.Three(b.Low, 1, b.High, audit.Number), InNumber)
	o.add(FactorBuildHours, "", Factor{Value: o.score.Choice.BuildHours.Mean(), Unit: InHours}, write("# × #", hours, spread))
	o.add(FactorDeveloperCost, "", Factor{Value: developer.Mean(), Unit: InMoney}, known("", developer, InMoney))
}

// closed tells whether a system's stated interfaces leave nothing that a
// program could use well.
func (o *origins) closed(id string) bool {
	s, _ := o.w.System(id)
	return s.Closed()
}

// fee is what the platform costs a month: the client's figure, nothing where
// spare operations are paid for already, else the price of the tier, of the
// server and of its care.
func (o *origins) fee(c catalogue.Catalogue) {
	s := o.score
	if !s.PlatformPerMonth.OK {
		return
	}
	value := Factor{Value: s.PlatformPerMonth.Value, Unit: InMoney}
	if own := o.f.Solution.PlatformMonthly; s.Choice.Decided && own.Stated() {
		o.add(FactorPerMonth, "", value, known("", own, InMoney))
		return
	}
	for _, h := range o.w.Platforms.Have {
		if h.ID == s.Choice.Platform && h.Spare.Stated && s.Choice.Metered && s.Choice.PeakOperations <= h.Spare.Value {
			o.add(FactorPerMonth, "", value, write("0 × #", of(FactorSpare, h.Spare.Value, InCount)))
			return
		}
	}
	p, _ := c.Platform(s.Choice.Platform)
	t, _ := p.TierByID(s.Choice.Tier)
	if q := s.Choice.Quoted; s.Choice.Kind == catalogue.Native {
		t = catalogue.Tier{Price: q.Price, Currency: q.Currency}
	}
	fee := []expression{o.converted(o.tier(t), t.Currency)}
	if p.SelfHosted && p.Server != nil && p.Upkeep != nil {
		developer := o.w.Assumptions.DeveloperHourlyCost.Mean()
		fee = append(fee, o.converted(of(FactorServer, p.Server.Price, InNumber), p.Server.Currency),
			write("# × #", of(FactorUpkeep, p.Upkeep.Value.Value, InNumber), of(FactorDeveloperCost, developer, InMoney)))
	}
	o.add(FactorPerMonth, "", value, sum(fee))
}

// converted is an amount in another currency times its rate.
func (o *origins) converted(x expression, currency string) expression {
	rate, ok := o.w.ExchangeRate(currency)
	if !ok || rate == 1 {
		return x
	}
	return write("# × #", x, of(FactorExchange, rate, InNumber))
}

// tier is the mean price of a month: more is paid where operations go beyond
// those included.
func (o *origins) tier(t catalogue.Tier) expression {
	month := func(operations float64) expression {
		price := of(FactorTierPrice, t.Price.Value, InNumber)
		if t.Overage == nil || operations <= t.Included.Value {
			return price
		}
		return write("(# + # × #)", price, of(FactorOverage, operations-t.Included.Value, InCount), of(FactorOveragePrice, t.Overage.Price, InNumber))
	}
	choice, n := o.score.Choice, float64(len(o.f.Peak.Months))
	normal, peak := month(choice.Operations), month(choice.PeakOperations)
	if n == 0 || peak.formula == "#" {
		return normal
	}
	return write("((12 − #) × # + # × #) / 12", of(FactorPeakMonths, n, InNumber), normal, of("", n, InNumber), peak)
}
