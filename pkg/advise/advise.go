package advise

import (
	"cmp"
	"slices"
	"strings"

	"github.com/flowmap-dev/flowmap/pkg/audit"
	"github.com/flowmap-dev/flowmap/pkg/catalogue"
	"github.com/flowmap-dev/flowmap/pkg/graph"
)

// Candidates gives every way to integrate a flow that is done by hand, each on
// its own: what the client has decided first, then by fit, then what has a
// price, then by what it costs over the horizon, then by id. An automated flow
// has none.
func Candidates(w audit.Workspace, m graph.Map, c catalogue.Catalogue, f audit.Flow) []Candidate {
	if !f.ByHand() {
		return nil
	}
	n := needsOf(w, m, c, f)
	all := make([]Candidate, 0, len(c.Platforms)+1)
	for _, p := range c.Platforms {
		all = append(all, n.candidate(p))
	}
	if s := f.Solution; s.Decided() {
		if _, known := c.Platform(s.Platform); !known {
			all = append(all, n.unlisted())
		}
	}
	slices.SortStableFunc(all, better)
	return all
}

// candidate judges one platform of the catalogue.
func (n *needs) candidate(p catalogue.Platform) Candidate {
	c := Candidate{
		Flow: n.f.ID, Platform: p.ID, Kind: p.Kind, Pattern: n.pattern, Fit: Recommended, Assumed: n.assumed,
		Decided: n.f.Solution.Platform == p.ID, Reasons: n.reasons[:0],
	}
	n.meter(p, &c)
	n.gates(p, &c)
	n.price(p, &c)
	n.finish(&c)
	return c
}

// unlisted is the client's decision for a platform that the catalogue does not
// know: only what the client says about it counts.
func (n *needs) unlisted() Candidate {
	s := n.f.Solution
	c := Candidate{Flow: n.f.ID, Platform: s.Platform, Tier: s.Tier, Pattern: n.pattern, Fit: Recommended, Assumed: n.assumed, Decided: true}
	c.against(Reason{ID: "platform-unknown", Ask: true}, Exception)
	c.Fee, c.Priced = s.PlatformMonthly, s.PlatformMonthly.Stated()
	n.finish(&c)
	return c
}

func (n *needs) finish(c *Candidate) {
	n.build(c)
	months := n.w.Assumptions.HorizonMonths.Value
	c.Total = c.BuildCost.Mean() + float64(months*(c.Fee.Mean()+c.Maintenance))
	slices.SortStableFunc(c.Reasons, func(a, b Reason) int { return cmp.Compare(weight(a), weight(b)) })
	n.reasons, c.Reasons = c.Reasons, slices.Clone(c.Reasons)
}

// weight puts what limits a candidate first, then what speaks against it.
func weight(r Reason) int {
	switch {
	case r.Gate:
		return 0
	case !r.For:
		return 1
	}
	return 2
}

func better(a, b Candidate) int {
	return cmp.Or(first(a.Decided, b.Decided), cmp.Compare(a.Fit.rank(), b.Fit.rank()), first(a.Priced, b.Priced),
		cmp.Compare(a.Total, b.Total), strings.Compare(a.Platform, b.Platform))
}

func first(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return -1
	}
	return 1
}

// favour adds what speaks for the candidate.
func (c *Candidate) favour(r Reason) {
	r.For = true
	c.Reasons = append(c.Reasons, r)
}

// against adds what speaks against the candidate. It then fits no better than
// limit; Recommended limits nothing.
func (c *Candidate) against(r Reason, limit Fit) {
	r.Gate = limit != Recommended
	if limit.rank() > c.Fit.rank() {
		c.Fit = limit
	}
	c.Reasons = append(c.Reasons, r)
}

// judge weighs a fact that should hold: where it does not, or where it is not
// known, the candidate fits no better than limit. The reasons are called
// after the fact: alerts, no-alerts, alerts-unknown.
func (c *Candidate) judge(name string, fact *catalogue.Fact, limit Fit) {
	switch {
	case fact == nil:
		c.against(Reason{ID: name + "-unknown", Ask: true}, limit)
	case !fact.Holds:
		c.against(Reason{ID: "no-" + name, Source: fact.Source}, limit)
	default:
		c.favour(Reason{ID: name, Source: fact.Source})
	}
}

func number(name string, x float64) audit.Arg {
	return audit.Arg{Name: name, Kind: audit.ArgNumber, Number: x}
}

func count(name string, x float64) audit.Arg {
	return audit.Arg{Name: name, Kind: audit.ArgCount, Number: x}
}

func text(name, s string) audit.Arg { return audit.Arg{Name: name, Kind: audit.ArgText, Text: s} }
