package advise

import (
	"cmp"
	"slices"

	"github.com/flowmap-dev/flowmap/pkg/audit"
	"github.com/flowmap-dev/flowmap/pkg/catalogue"
)

// needs is what a flow asks of any platform, with what was not stated filled
// in.
type needs struct {
	*Advisor
	f        audit.Flow
	from, to audit.System
	entity   audit.Entity
	source   catalogue.Product // of from; zero where it is not known
	target   catalogue.Product // of to

	steps, branches, transforms int
	reliability                 audit.Reliability
	twoWay                      bool
	latency                     audit.Latency
	assumed                     []string

	records     float64 // in a normal month
	volumeKnown bool
	consumers   int            // systems that get the entity from its record
	webhook     catalogue.Fact // does the source call
	asked       Answers
	outcome     Outcome       // what the answers ask for
	pattern     audit.Pattern // the client's, else the outcome's

	known bool       // what the flow costs today is known
	today float64    // labour and errors a year
	saves float64    // of it, what an integration removes
	best  *Candidate // the cheapest that fits; nil: none

	choosing bool      // a choice is all that is wanted
	judged   Candidate // the one at hand, so that there is room for one and not for each
	reasons  []Reason  // room for those of one candidate, used again for the next
}

// needs reads what a flow asks for, with the defaults of the catalogue's build
// section, normal, one-way and daily where nothing is stated.
func (a *Advisor) needs(f audit.Flow) *needs {
	n := &needs{Advisor: a, f: f}
	n.from, _ = a.w.System(f.From)
	n.to, _ = a.w.System(f.To)
	n.entity, _ = a.w.Entity(f.Entity)
	n.source, _ = a.c.Product(n.from.Product)
	n.target, _ = a.c.Product(n.to.Product)
	n.steps = n.count(f.Needs.Steps, a.c.Build.Steps, "steps")
	n.branches = n.count(f.Needs.Branches, a.c.Build.Branches, "branches")
	n.transforms = n.count(f.Needs.Transforms, a.c.Build.Transforms, "transforms")
	n.reliability = defaulted(n, f.Needs.Reliability, audit.Normal, "reliability")
	n.twoWay = defaulted(n, f.Needs.Direction, audit.OneWay, "direction") == audit.TwoWay
	n.latency = defaulted(n, f.Needs.Latency, daily, "latency")
	n.cost()
	n.consumers = a.consumers[f.Entity]
	n.webhook = webhookOf(n.from, n.source)
	n.asked = n.answers()
	n.outcome = Decide(n.asked)
	n.pattern = cmp.Or(f.Solution.Pattern, n.outcome.Pattern)
	return n
}

func (n *needs) count(a audit.Amount, otherwise int, name string) int {
	if a.Stated {
		return int(a.Value)
	}
	n.assumed = append(n.assumed, name)
	return otherwise
}

func defaulted[T ~string](n *needs, stated, otherwise T, name string) T {
	if stated != "" {
		return stated
	}
	n.assumed = append(n.assumed, name)
	return otherwise
}

// cost takes what the flow costs today, and the records of a normal month: as
// stated, else one a run.
func (n *needs) cost() {
	cost := n.w.Cost(n.f)
	n.known = cost.Stated
	n.today = cost.LabourPerYear + cost.ErrorCostPerYear
	n.saves = float64(cost.LabourPerYear*n.w.AutomatedShare(n.f).Mean()) +
		float64(cost.ErrorCostPerYear*n.f.ErrorReduction.Or(n.w.Assumptions.ErrorReduction).Mean())
	n.volumeKnown = cost.RecordsStated
	if cost.RecordsStated && cost.Peak > 0 {
		n.records = cost.RecordsPerYear / cost.Peak / 12
	}
	if !cost.RecordsStated || cost.RecordsAssumed {
		n.assumed = append(n.assumed, "volume")
	}
}

// webhookOf says whether a system calls when something is new: as its
// interfaces are stated, else as the catalogue knows its product.
func webhookOf(s audit.System, p catalogue.Product) catalogue.Fact {
	if s.Interfaces != nil {
		return catalogue.Fact{Holds: has(s, "webhook")}
	}
	if p.Webhooks == nil {
		return catalogue.Fact{}
	}
	fact := *p.Webhooks
	if fact.Source == "" && len(p.Sources) > 0 {
		fact.Source = p.Sources[0]
	}
	return fact
}

// has tells whether any of the interfaces is among those stated of a system.
func has(s audit.System, any ...audit.Interface) bool {
	return slices.ContainsFunc(s.Interfaces, func(i audit.Interface) bool { return slices.Contains(any, i) })
}

// critical tells whether the flow's reliability is high or critical.
func (n *needs) critical() bool {
	return n.reliability == audit.High || n.reliability == audit.Critical
}

const (
	realtime audit.Latency = "realtime"
	minutes  audit.Latency = "minutes"
	hourly   audit.Latency = "hourly"
	daily    audit.Latency = "daily"
	weekly   audit.Latency = "weekly"
)

// interval returns the minutes between two polls that a tolerated delay asks
// for.
func interval(l audit.Latency) float64 {
	switch l {
	case realtime, minutes:
		return 5
	case hourly:
		return 60
	case weekly:
		return 7 * 24 * 60
	}
	return 24 * 60
}

// removed is what an integration removes over the horizon, in money.
func (n *needs) removed() float64 {
	return n.saves / 12 * n.w.Assumptions.HorizonMonths.Value
}
