package advise

import (
	"slices"
	"strings"

	"github.com/flowmap-dev/flowmap/pkg/audit"
	"github.com/flowmap-dev/flowmap/pkg/catalogue"
	"github.com/flowmap-dev/flowmap/pkg/graph"
)

// question is what a rule is asked about: a flow, and for most rules a platform
// and what the flow would use there.
type question struct {
	*needs
	p *catalogue.Platform
	c *Candidate
	r catalogue.Rule
}

// predicate is what the catalogue's rule of the same id tests. It reads its
// thresholds from that row, and holds only where the facts it needs are known.
type predicate struct {
	id    string
	holds func(question) bool
}

// Predicates lists the ids of the rules that are tested here.
func Predicates() []string {
	var ids []string
	for _, p := range predicates() {
		ids = append(ids, p.id)
	}
	return ids
}

// predicates are all, in the order of the catalogue.
func predicates() []predicate {
	return slices.Concat(classRules(), gateRules(), technologyRules(), patternRules())
}

func classRules() []predicate {
	return []predicate{
		{"c1", func(q question) bool {
			return !q.twoWay && q.r.Within("steps", float64(q.steps)) && q.r.Within("branches", float64(q.branches))
		}},
		{"c2", func(q question) bool {
			return !q.fires("c1") && q.r.Within("steps", float64(q.steps)) && q.r.Within("branches", float64(q.branches))
		}},
		{"c3", func(q question) bool {
			return !q.fires("c1") && !q.fires("c2") && q.r.Within("steps", float64(q.steps))
		}},
		{"c4", func(q question) bool { return q.r.Above("steps", float64(q.steps)) }},
		{"v1", func(q question) bool { return q.volumeKnown && q.r.Within("most", q.records) }},
		{"v2", func(q question) bool { return q.r.Above("least", q.records) && q.r.Within("most", q.records) }},
		{"v3", func(q question) bool { return q.r.Above("least", q.records) && q.r.Within("most", q.records) }},
		{"v4", func(q question) bool { return q.r.Above("least", q.records) }},
	}
}

func gateRules() []predicate {
	return []predicate{
		{"h01", func(q question) bool { return q.vendors() && q.full() }},
		{"h02", func(q question) bool { return q.overage() }},
		{"h03", func(q question) bool { return q.vendors() && q.full() }},
		{"h04", func(q question) bool {
			return q.p.MaxSteps != nil && q.p.MaxSteps.Value.Stated && float64(q.steps) > q.p.MaxSteps.Value.Value
		}},
		{"h05", func(q question) bool { return q.vendors() && q.full() }},
		{"h06", func(q question) bool {
			f := q.p.Polling
			return q.polls(q.p) && f != nil && f.Value.Stated && f.Value.Value > interval(q.latency)
		}},
		{"h07", func(q question) bool {
			f := q.p.LogDays
			return q.critical() && f != nil && f.Value.Stated && q.r.Below("days", f.Value.Value)
		}},
		{"h08", func(q question) bool {
			return slices.ContainsFunc(q.p.Tiers, func(t catalogue.Tier) bool { return t.MaxRun.Stated && q.runMinutes(q.p) > t.MaxRun.Value })
		}},
		{"h09", func(q question) bool {
			if f := q.p.MaxRun; f != nil && f.Value.Stated {
				return q.runMinutes(q.p) > f.Value.Value
			}
			return q.r.Above("minutes", q.runMinutes(q.p))
		}},
		{"h10", func(q question) bool {
			return (indoors(q.from) || indoors(q.to)) && (q.p.OnPremise == nil || !q.p.OnPremise.Holds)
		}},
		{"h11", func(q question) bool { return q.f.Needs.Residency != "" && !holds(q.kept(q.p)) }},
		{"h12", func(q question) bool { return q.lacks(q.source) || q.lacks(q.target) }},
		{"h13", func(q question) bool {
			return (q.p.SelfHosted || q.p.Kind == catalogue.Custom) && q.w.Platforms.TechnicalOwner == ""
		}},
		{"h14", func(q question) bool {
			return (q.p.MaxSteps == nil || !q.p.MaxSteps.Value.Stated) && q.r.Above("steps", float64(q.steps))
		}},
		{"h15", func(q question) bool { return q.reliability != audit.Low && !holds(q.p.Alerts) }},
		{"h16", func(q question) bool { return q.critical() && !holds(q.p.Retries) }},
		{"h17", func(q question) bool { return q.full() }},
		{"h18", func(q question) bool {
			return slices.ContainsFunc(q.p.Tiers, func(t catalogue.Tier) bool { return t.Listed() && q.free(t) })
		}},
	}
}

func technologyRules() []predicate {
	return []predicate{
		{"k01", func(q question) bool {
			return q.fires("c1") && q.reliability != audit.High && q.reliability != audit.Critical && q.c.Metered && q.r.Within("operations", q.c.PeakOperations) && q.w.Platforms.TechnicalOwner == ""
		}},
		{"k02", func(q question) bool {
			return q.fires("c2") && q.c.Metered && q.r.Within("operations", q.c.PeakOperations)
		}},
		{"k03", func(q question) bool {
			return q.p.Unit.PerAction() && q.r.From("steps", float64(q.steps)) && q.r.Above("operations", q.records*float64(q.steps))
		}},
		{"k04", func(q question) bool { return q.r.Above("records", q.records) && q.w.Platforms.TechnicalOwner != "" }},
		{"k05", func(q question) bool {
			large := q.r.From("systems", float64(len(q.w.Systems))) || q.r.From("flows", float64(len(q.w.Flows)))
			return (q.fires("c3") || q.fires("c4")) && large && slices.ContainsFunc(q.w.Systems, heavyEnd)
		}},
		{"k06", func(q question) bool {
			yearly, known := q.yearly()
			return known && q.r.From("yearly", yearly)
		}},
		{"k07", func(q question) bool { return q.reliability == audit.Critical || q.f.Needs.Loss == "none" }},
		{"k08", func(q question) bool {
			return !q.twoWay && q.branches == 0 && q.r.Within("steps", float64(q.steps))
		}},
		{"k10", func(q question) bool { return q.entity.PersonalData == "special" }},
		{"k11", func(q question) bool {
			return q.from.Closed() || q.to.Closed() || q.from.Kind.Unstructured() || q.to.Kind.Unstructured()
		}},
		{"k12", func(q question) bool { _, known := q.link(); return known }},
		{"k13", func(q question) bool { return q.best != nil && q.known && q.today/12 < q.best.Monthly() }},
		{"k14", func(q question) bool { return q.to.Kind == audit.BI }},
		{"k15", func(q question) bool { return q.best != nil && q.known && q.removed() < q.best.Total }},
		{"k16", func(q question) bool { return q.from.Kind == audit.Phone || q.to.Kind == audit.Phone }},
		{"k17", func(q question) bool { return len(q.faults[q.f.ID]) > 0 }},
		{"k18", func(q question) bool { return q.p.Kind == catalogue.Custom }},
	}
}

func patternRules() []predicate {
	return []predicate{
		{"p01", func(q question) bool { return q.outcome.Rule == "p01" }},
		{"p02", func(q question) bool { return q.outcome.Split }},
		{"p03", func(q question) bool { return q.outcome.Rule == "p03" && q.r.Below("minutes", interval(q.latency)) }},
		{"p04", func(q question) bool { return q.outcome.Rule == "p04" }},
		{"p05", func(q question) bool { return q.outcome.Rule == "p05" }},
		{"p06", func(q question) bool { return q.outcome.Rule == "p06" }},
		{"p07", func(q question) bool { return holds(q.target.Later) }},
		{"p08", func(q question) bool { return q.bursts(q.r) }},
		{"p09", func(q question) bool { return q.webhook.Holds && holds(q.source.Stops) }},
	}
}

// rule returns a row of the catalogue; one that is not there has no thresholds,
// so nothing passes them.
func (a *Advisor) rule(id string) catalogue.Rule { return a.rules[id] }

// fires tells whether the rule with the id applies to the same flow and
// platform.
func (q question) fires(id string) bool {
	q.r = q.rules[id]
	return q.tests[id](q)
}

// by signs a reason with the rule that gave it. A reason that rests on no fact
// of a platform rests on the rule's source.
func (a *Advisor) by(id string, r Reason) Reason {
	rule := a.rule(id)
	r.Rule, r.Origin = id, rule.Origin
	if r.Source == "" && !r.Ask {
		r.Source = rule.Source
	}
	return r
}

func holds(f *catalogue.Fact) bool { return f != nil && f.Holds }

// heavyEnd tells whether a system asks for what small tools lack: EDI, or an ERP
// in the company's own house.
func heavyEnd(s audit.System) bool {
	return has(s, "edi") || s.Kind == audit.ERP && s.Hosting == "on-premise"
}

// vendors tells whether the rule is that of the platform's own vendor.
func (q question) vendors() bool { return q.r.Source != "" && q.p.CountsFrom == q.r.Source }

// full tells whether the busiest month passes every listed tier.
func (q question) full() bool {
	if !q.c.Metered {
		return false
	}
	listed := false
	for _, t := range q.p.Tiers {
		most, known := t.Capacity()
		if !t.Listed() || !known {
			continue
		}
		listed = true
		if q.c.PeakOperations <= most {
			return false
		}
	}
	return listed
}

// overage tells whether the busiest month passes what the tier includes.
func (q question) overage() bool {
	t, ok := q.p.TierByID(q.c.Tier)
	return ok && q.c.Metered && t.Overage != nil && q.c.PeakOperations > t.Included.Value
}

// yearly is what a year costs at least: the fee, else the least that the
// catalogue names.
func (q question) yearly() (float64, bool) {
	if q.c.Priced {
		return 12 * q.c.Fee.Mean(), true
	}
	least, known := 0.0, false
	for _, t := range q.p.Tiers {
		price, ok := t.Least()
		if !ok {
			continue
		}
		if rate, rated := q.w.ExchangeRate(t.Currency); rated && (!known || price*rate < least) {
			least, known = price*rate, true
		}
	}
	return 12 * least, known
}

// lacks tells whether the platform is known to have no connector for a product.
func (q question) lacks(p catalogue.Product) bool {
	return slices.ContainsFunc(p.Connectors, func(k catalogue.Connector) bool { return k.Platform == q.p.ID && !k.Holds })
}

// kept is the fact that says whether data can stay where it must.
func (n *needs) kept(p *catalogue.Platform) *catalogue.Fact {
	if !strings.EqualFold(n.f.Needs.Residency, "eu") && !p.SelfHosted {
		return nil
	}
	return p.EU
}

// runMinutes is how long one run takes: the records of one look, a call each
// for every step, at the calls a minute that the slower end takes. It is 0 where
// no limit is stated.
func (n *needs) runMinutes(p *catalogue.Platform) float64 {
	calls := n.to.CallsPerMinute
	if from := n.from.CallsPerMinute; from.Stated && (!calls.Stated || from.Value < calls.Value) {
		calls = from
	}
	if !calls.Stated || calls.Value <= 0 {
		return 0
	}
	records := 1.0
	if looks := p.Polls(n.demand(p)); looks > 0 {
		records = n.records * n.f.BusiestMonth() / looks
	}
	return records * float64(n.steps) / calls.Value
}

// free tells whether a tier without a price may not serve the flow.
func (n *needs) free(t catalogue.Tier) bool {
	return t.Price.Value == 0 && !t.Unlimited && (n.reliability != audit.Low || !n.volumeKnown)
}

// faulty are the findings that another way of working mends: data that a
// consumer writes into the record, and copies of copies.
func faulty(m graph.Map) map[string][]string {
	all := map[string][]string{}
	for _, f := range m.Findings {
		if f.ID != "FM003" && f.ID != "FM005" {
			continue
		}
		for _, flow := range f.Flows {
			if !slices.Contains(all[flow], f.ID) {
				all[flow] = append(all[flow], f.ID)
			}
		}
	}
	return all
}
