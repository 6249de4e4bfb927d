package advise

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"github.com/flowmap-dev/flowmap/pkg/audit"
	"github.com/flowmap-dev/flowmap/pkg/catalogue"
	"github.com/flowmap-dev/flowmap/pkg/graph"
)

// Advisor judges the flows of one workspace. It is safe for several goroutines.
type Advisor struct {
	w         audit.Workspace
	c         catalogue.Catalogue
	rules     map[string]catalogue.Rule
	tests     map[string]func(question) bool
	consumers map[string]int      // systems that get an entity from its record, by its id
	faults    map[string][]string // findings that another way of working mends, by flow
	products  map[string]bool     // that the systems are
}

// New prepares to judge the flows of a workspace with its map.
func New(w audit.Workspace, m graph.Map, c catalogue.Catalogue) *Advisor {
	a := &Advisor{w: w, c: c, rules: map[string]catalogue.Rule{}, tests: map[string]func(question) bool{}, consumers: map[string]int{}, faults: faulty(m), products: map[string]bool{}}
	for _, r := range c.Rules {
		a.rules[r.ID] = r
	}
	for _, p := range predicates() {
		a.tests[p.id] = p.holds
	}
	for _, s := range w.Systems {
		a.products[s.Product] = true
	}
	for _, e := range m.Entities {
		a.consumers[e.ID] = len(e.Consumers)
	}
	return a
}

// Candidates is New(w, m, c).Candidates(f), for one flow alone.
func Candidates(w audit.Workspace, m graph.Map, c catalogue.Catalogue, f audit.Flow) []Candidate {
	return New(w, m, c).Candidates(f)
}

// Candidates gives every way to integrate a flow that is done by hand, each on
// its own, and the two ways of doing without: what the client has decided first,
// then by fit, then what has a price, then by what it costs over the horizon,
// then by id. An automated flow has none.
func (a *Advisor) Candidates(f audit.Flow) []Candidate {
	if !f.ByHand() {
		return nil
	}
	n := a.needs(f)
	return n.candidates()
}

// Contenders gives those of a flow's candidates among which it would be chosen,
// in no order: what the client has decided, else those that fit. They are as
// Candidates has them, but without Reasons, Cliff and IdleFee: none of these is
// needed to choose, and a candidate that is out is not looked at further.
func (a *Advisor) Contenders(f audit.Flow) []Candidate {
	if !f.ByHand() {
		return nil
	}
	n := a.needs(f)
	n.choosing = true
	decided := f.Solution.Decided()
	all := make([]Candidate, 0, 8)
	for i := range n.c.Platforms {
		p := &n.c.Platforms[i]
		if p.ID == f.Solution.Platform {
			return []Candidate{n.chosen(p)}
		}
		if decided {
			continue
		}
		if c := n.candidate(p); c.Fits() {
			all = append(all, c)
		}
	}
	if decided {
		return []Candidate{n.unlisted()}
	}
	return all
}

// chosen is the candidate that the client has decided for. What speaks for
// another way of working is what the others cost.
func (n *needs) chosen(p *catalogue.Platform) Candidate {
	if p.Kind != catalogue.Process {
		return n.candidate(p)
	}
	n.choosing = false
	c := n.candidates()[0]
	c.Reasons = nil
	return c
}

// out tells whether a candidate can no longer be chosen, where nothing else
// matters.
func (n *needs) out(c *Candidate) bool {
	return n.choosing && !c.Decided && c.Fit.rank() > Reasonable.rank()
}

func (n *needs) candidates() []Candidate {
	all := make([]Candidate, 0, len(n.c.Platforms)+1)
	for i := range n.c.Platforms {
		if p := &n.c.Platforms[i]; p.Kind != catalogue.Process {
			all = append(all, n.candidate(p))
		}
	}
	if s := n.f.Solution; s.Decided() {
		if _, known := n.c.Platform(s.Platform); !known {
			all = append(all, n.unlisted())
		}
	}
	if best := cheapest(all); best != nil {
		n.best = new(Candidate)
		*n.best = *best // the list is sorted below
	}
	for i := range n.c.Platforms { // what speaks for changing the work is what the others cost
		if p := &n.c.Platforms[i]; p.Kind == catalogue.Process {
			all = append(all, n.candidate(p))
		}
	}
	return sorted(all)
}

// sorted puts candidates in order by their places, since they are large.
func sorted(all []Candidate) []Candidate {
	order := make([]int, len(all))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(i, j int) int { return better(&all[i], &all[j]) })
	result := make([]Candidate, len(all))
	for to, from := range order {
		result[to] = all[from]
	}
	return result
}

// cheapest is the candidate that fits and costs least over the horizon.
func cheapest(all []Candidate) *Candidate {
	var best *Candidate
	for i := range all {
		if c := &all[i]; c.Fits() && (best == nil || c.Total < best.Total) {
			best = c
		}
	}
	return best
}

// candidate judges one platform of the catalogue.
func (n *needs) candidate(p *catalogue.Platform) Candidate {
	c := &n.judged
	*c = Candidate{
		Flow: n.f.ID, Platform: p.ID, Kind: p.Kind, Pattern: n.pattern, Fit: Recommended, Assumed: n.assumed,
		Decided: n.f.Solution.Platform == p.ID, Reasons: n.reasons[:0],
	}
	switch p.Kind {
	case catalogue.Native:
		n.connector(p, c)
	case catalogue.Process:
		n.process(p, c)
	case catalogue.NoCode, catalogue.IPaaS, catalogue.OpenSource, catalogue.ELT, catalogue.Custom:
		n.meter(p, c)
		if n.gates(p, c); n.out(c) {
			n.reasons = c.Reasons
			return *c
		}
		n.price(p, c)
		n.build(c)
		n.budget(p, c)
	}
	n.finish(c)
	return *c
}

// unlisted is the client's decision for a platform that the catalogue does not
// know: only what the client says about it counts.
func (n *needs) unlisted() Candidate {
	s := n.f.Solution
	c := Candidate{Flow: n.f.ID, Platform: s.Platform, Tier: s.Tier, Pattern: n.pattern, Fit: Recommended, Assumed: n.assumed, Decided: true}
	c.against(Reason{ID: "platform-unknown", Ask: true}, Exception)
	c.Fee, c.Priced = s.PlatformMonthly, s.PlatformMonthly.Stated()
	n.build(&c)
	n.finish(&c)
	return c
}

func (n *needs) finish(c *Candidate) {
	months := n.w.Assumptions.HorizonMonths.Value
	c.Total = c.BuildCost.Mean() + float64(months*(c.Fee.Mean()+c.Maintenance))
	if n.choosing {
		n.reasons, c.Reasons = c.Reasons, nil
		return
	}
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

func better(a, b *Candidate) int {
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
	r.limit = limit
	if limit.rank() > c.Fit.rank() {
		c.Fit = limit
	}
	c.Reasons = append(c.Reasons, r)
}

// judge weighs a fact that should hold by a rule: where it does not, or where it
// is not known, the candidate fits no better than limit. The reasons are called
// after the fact: alerts, no-alerts, alerts-unknown.
func (n *needs) judge(c *Candidate, rule, name string, fact *catalogue.Fact, limit Fit) {
	switch {
	case fact == nil:
		c.against(n.by(rule, Reason{ID: name + "-unknown", Ask: true}), limit)
	case !fact.Holds:
		c.against(n.by(rule, Reason{ID: "no-" + name, Source: fact.Source}), limit)
	default:
		c.favour(n.by(rule, Reason{ID: name, Source: fact.Source}))
	}
}

func number(name string, x float64) audit.Arg {
	return audit.Arg{Name: name, Kind: audit.ArgNumber, Number: x}
}

// times is a factor, as a whole number where it is one.
func times(name string, x float64) audit.Arg {
	if x == math.Trunc(x) {
		return count(name, x)
	}
	return number(name, x)
}

func count(name string, x float64) audit.Arg {
	return audit.Arg{Name: name, Kind: audit.ArgCount, Number: x}
}

func text(name, s string) audit.Arg { return audit.Arg{Name: name, Kind: audit.ArgText, Text: s} }
