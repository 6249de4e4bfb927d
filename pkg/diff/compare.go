package diff

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"github.com/flowmap-dev/flowmap/pkg/advise"
	"github.com/flowmap-dev/flowmap/pkg/audit"
	"github.com/flowmap-dev/flowmap/pkg/graph"
	"github.com/flowmap-dev/flowmap/pkg/roi"
)

// comparison shares the difference out.
type comparison struct {
	before, after Side
	inputs        []change // that hold for all flows and move figures
	pairs         []pair
	earlier       func(audit.Flow) Amounts // prices in the earlier world
	later         func(audit.Flow) Amounts
	ranks         [2]roi.Ranking // of the two audits
	graph         graph.Map      // of the earlier
	systems       []audit.System // of both
	entities      []audit.Entity
	roles         []audit.Role
	sampled       bool
}

// pair is a flow in both audits, or in one of them.
type pair struct {
	id            string
	before, after *audit.Flow
}

func newComparison(before, after Side) *comparison {
	c := &comparison{before: before, after: after}
	later := graph.New(after.Workspace)
	c.graph = graph.New(before.Workspace)
	for _, x := range generalChanges(before, after) {
		if x.Kind == Landscape {
			x.world = func(w *world) { w.graph, w.audit.Flows = later, after.Workspace.Flows }
		}
		if x.world != nil {
			c.inputs = append(c.inputs, x)
		}
	}
	b, a := before.Workspace, after.Workspace
	c.systems = united(b.Systems, a.Systems, func(s audit.System) string { return s.ID })
	c.entities = united(b.Entities, a.Entities, func(e audit.Entity) string { return e.ID })
	c.roles = united(b.Roles, a.Roles, func(r audit.Role) string { return r.ID })
	for i := range b.Flows {
		p := pair{id: b.Flows[i].ID, before: &b.Flows[i]}
		if j := slices.IndexFunc(a.Flows, func(f audit.Flow) bool { return f.ID == p.id }); j >= 0 {
			p.after = &a.Flows[j]
		}
		c.pairs = append(c.pairs, p)
	}
	for i := range a.Flows {
		if _, ok := b.Flow(a.Flows[i].ID); !ok {
			c.pairs = append(c.pairs, pair{id: a.Flows[i].ID, after: &a.Flows[i]})
		}
	}
	slices.SortFunc(c.pairs, func(x, y pair) int { return strings.Compare(x.id, y.id) })
	c.ranks = [2]roi.Ranking{ranked(before), ranked(after)}
	c.earlier, c.later = c.world(c.set(false)).price(), c.world(c.set(true)).price()
	c.inputs = c.moving()
	return c
}

// set is a set of the inputs: none or all of them, but for some by their place.
func (c *comparison) set(all bool, but ...int) []bool {
	s := make([]bool, len(c.inputs))
	for i := range s {
		s[i] = all != slices.Contains(but, i)
	}
	return s
}

// moving are the inputs that move anything: the others add nothing alone, and
// lack to nobody where all but they have changed. Without them few orders are
// left to look at. Should they move something together, all are kept.
func (c *comparison) moving() []change {
	none, all := c.totals(c.set(false)), c.totals(c.set(true))
	var kept []change
	var idle []int
	for i := range c.inputs {
		if c.inputs[i].ID == "" && c.totals(c.set(false, i)) == none && c.totals(c.set(true, i)) == all {
			idle = append(idle, i)
		} else {
			kept = append(kept, c.inputs[i])
		}
	}
	if c.totals(c.set(true, idle...)) != all {
		return c.inputs
	}
	return kept
}

// totals are the flows as they were and as they are, in a world.
func (c *comparison) totals(changed []bool) (sums [2]Amounts) {
	price := c.world(changed).price()
	for i, later := range []bool{false, true} {
		for _, p := range c.pairs {
			if f := p.at(later); f != nil {
				sums[i] = sums[i].plus(price(*f))
			}
		}
	}
	return sums
}

// world is the earlier one with some of the inputs changed. Things that only one
// of the audits has stand in every world: nothing but flows makes them count.
func (c *comparison) world(changed []bool) world {
	b := c.before.Workspace
	x := world{catalogue: c.before.Catalogue, graph: c.graph, audit: audit.Workspace{
		Version: b.Version, Date: b.Date, Client: b.Client, Currency: b.Currency, Language: b.Language, Assumptions: b.Assumptions, Platforms: b.Platforms, Flows: b.Flows,
	}}
	x.audit.Systems, x.audit.Entities, x.audit.Roles = c.systems, c.entities, c.roles
	for i, yes := range changed {
		if yes {
			c.inputs[i].world(&x)
		}
	}
	return x
}

// actual are the figures of a side, as its ranking has them.
func (c *comparison) actual(side int) Amounts {
	var sum Amounts
	r := c.ranks[side]
	for _, x := range r.Scores {
		sum = sum.plus(amountsOf(x))
	}
	return sum.less(sums(r.Totals.Twice).plus(sums(r.Totals.Beyond)))
}

func ranked(s Side) roi.Ranking {
	a := advise.New(s.Workspace, graph.New(s.Workspace), s.Catalogue)
	return roi.Rank(s.Workspace, a.Contenders, roi.ByPayback)
}

func sums(s roi.Sums) Amounts {
	return Amounts{HoursPerYear: s.HoursPerYear, LabourPerYear: s.LabourPerYear, ErrorCostPerYear: s.ErrorCostPerYear, BenefitPerYear: s.BenefitPerYear}
}

// general are the parts of what holds for all flows: half of what they move with
// the flows as they were, half with the flows as they are. Each flow is looked at
// with the inputs that concern it: the others move nothing of it.
func (c *comparison) general() []Part {
	total := make([]Amounts, len(c.inputs))
	known := map[string]func(audit.Flow) Amounts{} // worlds by what has changed
	for _, p := range c.pairs {
		mine := c.concern(p)
		some, sampled := shares(len(mine), func(changed []bool) Amounts {
			all := c.set(false)
			key := make([]byte, len(all))
			for i, yes := range changed {
				if yes {
					all[mine[i]], key[mine[i]] = true, 1
				}
			}
			price := known[string(key)]
			if price == nil {
				if len(known) >= mostWorlds {
					clear(known)
				}
				price = c.world(all).price()
				known[string(key)] = price
			}
			var sum Amounts
			for _, later := range []bool{false, true} {
				if f := p.at(later); f != nil {
					sum = sum.plus(price(*f).times(.5))
				}
			}
			return sum
		})
		c.sampled = c.sampled || sampled
		for i := range some {
			total[mine[i]] = total[mine[i]].plus(some[i])
		}
	}
	var parts []Part
	for i, x := range c.inputs {
		parts = append(parts, Part{x.Input, total[i]})
	}
	return parts
}

// mostWorlds is how many worlds are kept to be used again.
const mostWorlds = 4096

// concern are the inputs that concern a flow, by their place: its role, ends and
// data, as they were or are, and what concerns all.
func (c *comparison) concern(p pair) []int {
	var mine []int
	for i, x := range c.inputs {
		about := x.ID == ""
		for _, f := range []*audit.Flow{p.before, p.after} {
			if f == nil {
				continue
			}
			switch x.Kind {
			case System:
				about = about || x.ID == f.From || x.ID == f.To
			case Entity:
				about = about || x.ID == f.Entity
			case Role:
				about = about || x.ID == f.Role
			case Flow, Assumption, Platforms, Facts, Landscape, Twice, Beyond, Rest:
			}
		}
		if about {
			mine = append(mine, i)
		}
	}
	return mine
}

func (p pair) at(later bool) *audit.Flow {
	if later {
		return p.after
	}
	return p.before
}

// flows are the parts of what is said of each flow: half of what it moves in the
// earlier world, half in the later one.
func (c *comparison) flows() []Part {
	var parts []Part
	for _, p := range c.pairs {
		changes := c.changes(p)
		total := make([]Amounts, len(changes))
		for _, price := range []func(audit.Flow) Amounts{c.earlier, c.later} {
			some, sampled := shares(len(changes), func(changed []bool) Amounts { return p.price(price, changes, changed) })
			c.sampled = c.sampled || sampled
			for i := range some {
				total[i] = total[i].plus(some[i].times(.5))
			}
		}
		for i, x := range changes {
			parts = append(parts, Part{x.Input, total[i]})
		}
	}
	return parts
}

// changes are the inputs of a flow that move figures.
func (c *comparison) changes(p pair) []change {
	switch {
	case p.before == nil:
		return []change{{Input: Input{Kind: Flow, ID: p.id, Status: Came, New: p.after.Label(), Places: []audit.Place{p.after.Place}}}}
	case p.after == nil:
		return []change{{Input: Input{Kind: Flow, ID: p.id, Status: Went, Old: p.before.Label(), Places: []audit.Place{p.before.Place}}}}
	}
	return slices.DeleteFunc(flowChanges(c.before.Workspace, c.after.Workspace, *p.before, *p.after), func(x change) bool { return x.flow == nil })
}

// price is what the flow comes to with some of its inputs changed.
func (p pair) price(price func(audit.Flow) Amounts, changes []change, changed []bool) Amounts {
	switch {
	case p.before == nil || p.after == nil:
		if changed[0] == (p.before == nil) {
			return price(*cmp.Or(p.before, p.after))
		}
		return Amounts{}
	case !slices.Contains(changed, false) && len(changed) > 0:
		return price(*p.after)
	}
	f := *p.before
	for i, yes := range changed {
		if yes {
			changes[i].flow(&f)
		}
	}
	return price(f)
}

// adjustments are what totals take off more or less than before: hours that two
// flows claim, and saved hours that a role does not have.
func (c *comparison) adjustments() []Part {
	was, is := c.ranks[0].Totals, c.ranks[1].Totals
	twice, beyond := sums(was.Twice).less(sums(is.Twice)), sums(was.Beyond).less(sums(is.Beyond))
	return []Part{
		{Input{Kind: Twice, Status: Changed, Field: "overlaps", Old: cents(was.Twice.BenefitPerYear), New: cents(is.Twice.BenefitPerYear), Places: c.overlaps()}, twice},
		{Input{Kind: Beyond, Status: Changed, Field: "headcount", Old: cents(was.Beyond.BenefitPerYear), New: cents(is.Beyond.BenefitPerYear)}, beyond},
	}
}

// cents is an amount of money as text.
func cents(x float64) string { return audit.PlainNumber(math.Round(x*100) / 100) }

// overlaps is where the audits state hours that two flows claim, and differ.
func (c *comparison) overlaps() []audit.Place {
	var places []audit.Place
	for _, f := range c.after.Workspace.Flows {
		for _, o := range f.Overlaps {
			places = append(places, o.Place)
		}
	}
	return places
}
