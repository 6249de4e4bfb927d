package advise

import (
	"slices"

	"github.com/flowmap-dev/flowmap/pkg/audit"
	"github.com/flowmap-dev/flowmap/pkg/catalogue"
	"github.com/flowmap-dev/flowmap/pkg/graph"
)

// needs is what a flow asks of any platform, with what was not stated filled
// in.
type needs struct {
	w        audit.Workspace
	c        catalogue.Catalogue
	f        audit.Flow
	from, to audit.System
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
	pattern     audit.Pattern

	reasons []Reason // room for those of one candidate, used again for the next
}

// needsOf reads a flow's needs, with the defaults of the catalogue's build
// section, normal, one-way and daily where nothing is stated.
func needsOf(w audit.Workspace, m graph.Map, c catalogue.Catalogue, f audit.Flow) needs {
	n := needs{w: w, c: c, f: f}
	n.from, _ = w.System(f.From)
	n.to, _ = w.System(f.To)
	n.source, _ = c.Product(n.from.Product)
	n.target, _ = c.Product(n.to.Product)
	n.steps = n.count(f.Needs.Steps, c.Build.Steps, "steps")
	n.branches = n.count(f.Needs.Branches, c.Build.Branches, "branches")
	n.transforms = n.count(f.Needs.Transforms, c.Build.Transforms, "transforms")
	n.reliability = defaulted(&n, f.Needs.Reliability, audit.Normal, "reliability")
	n.twoWay = defaulted(&n, f.Needs.Direction, audit.OneWay, "direction") == audit.TwoWay
	n.latency = defaulted(&n, f.Needs.Latency, daily, "latency")
	n.volume()
	for _, e := range m.Entities {
		if e.ID == f.Entity {
			n.consumers = len(e.Consumers)
		}
	}
	n.webhook = webhookOf(n.from, n.source)
	n.pattern = patternOf(&n)
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

// volume takes the records of a normal month: as stated, else one a run.
func (n *needs) volume() {
	cost := n.w.Cost(n.f)
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

// closed tells whether a system's stated interfaces leave nothing that a
// program could use well: no api, webhook or database.
func closed(s audit.System) bool {
	return s.Interfaces != nil && !has(s, "api", "webhook", "database")
}

// critical tells whether the flow's reliability is high or critical.
func (n *needs) critical() bool {
	return n.reliability == audit.High || n.reliability == audit.Critical
}

// urgent tells whether data must arrive within minutes.
func (n *needs) urgent() bool { return n.latency == realtime || n.latency == minutes }

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

// patternOf gives the integration pattern: the client's, else synchronisation
// where both sides own fields, a queue where many consumers get much data, a
// push where the source calls or data is urgent, else a periodic pull.
func patternOf(n *needs) audit.Pattern {
	switch t := n.c.Thresholds; {
	case n.f.Solution.Pattern != "":
		return n.f.Solution.Pattern
	case n.twoWay && len(n.f.Needs.Fields) > 0:
		return audit.Sync
	case (n.webhook.Holds || n.urgent()) && reaches(t.QueueConsumers, float64(n.consumers)) && exceeds(t.QueueRecords, n.records):
		return audit.PubSub
	case n.webhook.Holds || n.urgent():
		return audit.Push
	}
	return audit.Pull
}

func reaches(threshold *catalogue.Fact, x float64) bool {
	return threshold != nil && threshold.Value.Stated && x >= threshold.Value.Value
}

func exceeds(threshold *catalogue.Fact, x float64) bool {
	return threshold != nil && threshold.Value.Stated && x > threshold.Value.Value
}
