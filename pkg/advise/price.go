package advise

import (
	"math"

	"github.com/flowmap-dev/flowmap/pkg/audit"
	"github.com/flowmap-dev/flowmap/pkg/catalogue"
)

// demand is what the flow asks of a platform in a normal month. Where the source
// calls and the platform can be called, nobody polls.
func (n *needs) demand(p *catalogue.Platform) catalogue.Demand {
	l := catalogue.Demand{Records: n.records, Steps: n.steps, Pushed: n.pattern != audit.Pull && n.pattern != audit.BatchFile}
	if n.polls(p) {
		l.Every = interval(n.latency)
	}
	return l
}

// polls tells whether the platform has to look for news. Where the target asks
// when it needs something, nobody looks.
func (n *needs) polls(p *catalogue.Platform) bool {
	switch n.pattern {
	case audit.Pull, audit.BatchFile:
		return true
	case audit.RequestReply:
		return false
	case audit.Push, audit.PubSub, audit.Sync:
	}
	return !n.webhook.Holds || !holds(p.Webhooks)
}

// meter fills in the operations of a normal and of the busiest month. Polls
// are the same in both.
func (n *needs) meter(p *catalogue.Platform, c *Candidate) {
	l := n.demand(p)
	normal, known := p.Operations(l)
	l.Records *= n.f.BusiestMonth()
	peak, _ := p.Operations(l)
	c.Unit = p.Unit
	c.Metered = known && (n.volumeKnown || !n.counted(p))
	c.Operations, c.PeakOperations = normal, peak
	c.Interval, c.Polls = p.Interval(l), p.Polls(l)
	if !c.Metered {
		c.Operations, c.PeakOperations = 0, 0
		return
	}
	l.Records = 0
	c.Idle, _ = p.Operations(l)
}

// counted tells whether what the platform counts grows with the records: a run
// that takes all that is new counts once.
func (n *needs) counted(p *catalogue.Platform) bool {
	l := n.demand(p)
	l.Records = 0
	none, _ := p.Operations(l)
	l.Records = 1
	one, _ := p.Operations(l)
	return one > none
}

// price finds the tier and the fee, and says why where there is none.
func (n *needs) price(p *catalogue.Platform, c *Candidate) {
	tier, ok := n.tier(p, c)
	if ok {
		c.Tier = tier.ID
		c.Quoted = Quoted{tier.Price, tier.Currency, tier.Source, tier.Seen}
		if !n.choosing {
			n.cliff(p, tier, c)
		}
	}
	if fee := n.f.Solution.PlatformMonthly; c.Decided && fee.Stated() {
		c.Fee, c.Priced = fee, true
		return
	}
	if !ok {
		n.unpriced(p, c)
		return
	}
	n.fee(p, tier, c)
}

// tier returns the decided tier, else the cheapest that holds the busiest
// month and polls often enough. Where the volume is not known, the smallest
// paid tier stands in for it.
func (n *needs) tier(p *catalogue.Platform, c *Candidate) (catalogue.Tier, bool) {
	if c.Decided && n.f.Solution.Tier != "" {
		t, ok := p.TierByID(n.f.Solution.Tier)
		if most, known := t.Capacity(); known && c.Metered && c.PeakOperations > most {
			c.against(Reason{ID: "tier-too-small", Args: []audit.Arg{count("Most", most), count("Operations", c.PeakOperations)}, Source: t.Source}, Exception)
		}
		return t, ok
	}
	if _, known := p.Operations(n.demand(p)); !known {
		return catalogue.Tier{}, false
	}
	return p.Cheapest(n.use(c), func(t catalogue.Tier) bool {
		return n.allowed(p, t)
	})
}

func (n *needs) use(c *Candidate) catalogue.Use {
	return catalogue.Use{Normal: c.Operations, Peak: c.PeakOperations, PeakMonths: len(n.f.Peak.Months)}
}

// allowed tells whether a tier's own limits let the flow pass. A vendor's free
// tier stops at its allowance and has nobody to ask, so that only a flow of
// low reliability whose volume is known rests on one; that is usual practice.
func (n *needs) allowed(p *catalogue.Platform, t catalogue.Tier) bool {
	slow := t.Polling.Stated && n.polls(p) && t.Polling.Value > interval(n.latency)
	long := t.MaxRun.Stated && n.runMinutes(p) > t.MaxRun.Value
	return !slow && !long && (n.steps <= 1 || !t.OneStep) && !n.free(t)
}

// fee converts what the tier, a server and its upkeep cost a month into the
// workspace's currency. Spare operations that are paid for already cost
// nothing.
func (n *needs) fee(p *catalogue.Platform, t catalogue.Tier, c *Candidate) {
	if n.spare(p, c) {
		c.Priced, c.Fee = true, audit.One(0, audit.Money, audit.Constant)
		return
	}
	if t.Quote == catalogue.OnRequest || !t.Price.Stated {
		n.unpriced(p, c)
		return
	}
	fee, ok := n.convert(t.MeanFee(n.use(c)), t.Currency, c)
	upkeep, known := n.upkeep(p, c)
	if ok && known {
		c.Priced, c.Fee = true, audit.One(fee+upkeep, audit.Money, audit.Constant)
		if !n.choosing {
			n.idle(p, fee, c)
		}
	}
	if (question{n, p, c, n.rule("h02")}).overage() {
		extra := c.PeakOperations - t.Included.Value
		c.against(n.by("h02", Reason{ID: "overage", Args: []audit.Arg{count("Extra", extra), count("Included", t.Included.Value)}, Source: t.Overage.Source}), Recommended)
	}
}

// idle works out what looking for news costs: the fee less that of the tier that
// would do if nobody had to look.
func (n *needs) idle(p *catalogue.Platform, fee float64, c *Candidate) {
	if c.Idle <= 0 {
		return
	}
	u := n.use(c)
	u.Normal, u.Peak = u.Normal-c.Idle, u.Peak-c.Idle
	if t, ok := p.Cheapest(u, func(t catalogue.Tier) bool { return n.allowed(p, t) }); ok {
		if rate, rated := n.w.ExchangeRate(t.Currency); rated {
			c.IdleFee = max(0, fee-float64(t.MeanFee(u)*rate))
		}
	}
}

// cliff finds where the tier ends as the flow grows.
func (n *needs) cliff(p *catalogue.Platform, t catalogue.Tier, c *Candidate) {
	if !c.Metered || c.PeakOperations <= 0 {
		return
	}
	allowed := func(t catalogue.Tier) bool { return n.allowed(p, t) }
	end, ends := p.Ends(t, n.use(c), allowed)
	if !ends {
		return
	}
	c.Cliff = Cliff{Known: true, Operations: end, Records: n.recordsFor(p, end)}
	u := n.use(c).Scaled(end + 1)
	if next, ok := p.Cheapest(u, allowed); ok {
		if rate, rated := n.w.ExchangeRate(next.Currency); rated || next.MeanFee(u) == 0 {
			c.Cliff.Next, c.Cliff.Fee = next.ID, next.MeanFee(u)*rate
		}
	}
}

// recordsFor is how many records a normal month may have so that the busiest
// takes at most so many operations.
func (n *needs) recordsFor(p *catalogue.Platform, operations float64) float64 {
	if !n.counted(p) {
		return math.Inf(1)
	}
	l := n.demand(p)
	l.Records = 0
	idle, _ := p.Operations(l)
	l.Records = 1
	one, _ := p.Operations(l)
	return math.Floor((operations-idle)/(one-idle)/n.f.BusiestMonth() + 1e-9)
}

// upkeep returns what the server and its care cost a month, 0 on the vendor's.
func (n *needs) upkeep(p *catalogue.Platform, c *Candidate) (float64, bool) {
	if !p.SelfHosted {
		return 0, true
	}
	if p.Server == nil || p.Upkeep == nil || !p.Upkeep.Value.Stated {
		c.against(Reason{ID: "server-unknown"}, Exception)
		return 0, false
	}
	c.Upkeep = p.Upkeep.Value.Value
	server, ok := n.convert(p.Server.Price, p.Server.Currency, c)
	return server + float64(p.Upkeep.Value.Value*n.w.Assumptions.DeveloperHourlyCost.Mean()), ok
}

// convert gives an amount in the workspace's currency. Nothing is nothing in
// every currency. Where the rate is not known, the candidate says so.
func (n *needs) convert(x float64, currency string, c *Candidate) (float64, bool) {
	if x == 0 {
		return 0, true
	}
	rate, ok := n.w.ExchangeRate(currency)
	if !ok {
		c.against(Reason{ID: "exchange-rate", Args: []audit.Arg{text("Currency", currency)}}, Exception)
	}
	return x * rate, ok
}

// spare tells whether the flow fits into operations that the client has paid
// for already, and says so.
func (n *needs) spare(p *catalogue.Platform, c *Candidate) bool {
	for _, h := range n.w.Platforms.Have {
		if h.ID != p.ID {
			continue
		}
		if h.Spare.Stated && c.Metered && c.PeakOperations <= h.Spare.Value {
			c.favour(Reason{ID: "paid-already", Args: []audit.Arg{count("Spare", h.Spare.Value)}})
			return true
		}
		c.against(Reason{ID: "spare-too-small"}, Recommended)
	}
	return false
}

// unpriced says why a platform has no price for the flow.
func (n *needs) unpriced(p *catalogue.Platform, c *Candidate) {
	_, counted := p.Operations(n.demand(p))
	listed := false
	for _, t := range p.Tiers {
		listed = listed || t.Listed()
	}
	switch {
	case !listed:
		c.against(Reason{ID: "price-on-request", Ask: true}, Exception)
	case !counted:
		c.against(Reason{ID: "unit-unknown", Ask: true, Source: p.CountsFrom}, Exception)
	default:
		c.against(n.by(n.fullBy(p, c), Reason{ID: "no-tier", Ask: true, Args: []audit.Arg{count("Operations", c.PeakOperations)}}), Exception)
	}
}

// fullBy is the rule by which no tier holds the flow: the vendor's own, where it
// states one, else that a tier holds the busiest month.
func (n *needs) fullBy(p *catalogue.Platform, c *Candidate) string {
	q := question{needs: n, p: p, c: c}
	for _, id := range []string{"h01", "h03", "h05", "h08"} {
		if q.fires(id) {
			return id
		}
	}
	return "h17"
}
