package portfolio

import (
	"math"
	"slices"

	"github.com/flowmap-dev/flowmap/pkg/advise"
	"github.com/flowmap-dev/flowmap/pkg/roi"
)

// Choice is a set of flows, each with a platform, taken together: hours that
// two of them claim count once, a role saves no more than it has, and each
// platform is paid once.
type Choice struct {
	Flows     []Chosen // by id
	Platforms []Paid   // by id

	NPV                 float64 // money, over the horizon, all from the first month on
	Build               float64 // money
	FeesPerMonth        float64 // money, of all platforms
	MaintenancePerMonth float64 // money
	Totals              roi.Totals
	Payback             roi.Figure // months from go-live, counting the benefit
	CashPayback         roi.Figure // months from go-live, counting the cash benefit alone
}

// Chosen is a flow of a choice.
type Chosen struct {
	Flow      string // id
	Candidate advise.Candidate
	Score     roi.Score // as Appraise has it: the flow on its own
	Usual     float64   // operations of a month on average over the year
	Fee       Fee
}

// Fee is what a flow has to do with the fee of its platform, in money a month,
// in three views: what it would pay if it were alone there, by how much the fee
// would fall without it, and its share by operations. The shares of a
// platform's flows add up to its fee.
type Fee struct{ Alone, Marginal, Shared float64 }

// Paid is a platform of a choice.
type Paid struct {
	Platform   string  // id
	Tier       string  // id
	PerMonth   float64 // money, the server and its upkeep included
	Operations float64 // in the busiest month, of all its flows, in the platform's unit
	Capacity   float64 // operations a month that the tier holds; infinite where there is no end
	Spare      bool    // the client pays for it already
	Flows      []string
}

// choice reads a plan back.
func (in *instance) choice(p Plan) Choice {
	c := Choice{}
	byGroup := make([][]way, len(in.groups))
	for _, o := range p.Options {
		w := in.ways[o]
		if w.flow < 0 {
			continue
		}
		g := in.Options[o].Platform
		if g != Own {
			byGroup[g] = append(byGroup[g], w)
		}
		f := in.flows[w.flow]
		c.Flows = append(c.Flows, Chosen{Flow: f.ID, Candidate: w.candidate, Score: roi.Appraise(in.w, f, w.candidate), Usual: in.usual(w)})
		c.Build += w.candidate.BuildCost.Mean()
		c.MaintenancePerMonth += w.candidate.Maintenance
		if g == Own {
			c.payAlone(w, f.ID)
		}
	}
	for g, ways := range byGroup {
		if len(ways) > 0 {
			c.pay(in, g, ways)
		}
	}
	c.value(in)
	return c
}

// value works out what the flows bring together.
func (c *Choice) value(in *instance) {
	scores := make([]roi.Score, len(c.Flows))
	for i, f := range c.Flows {
		scores[i] = f.Score
	}
	c.Totals = roi.Total(in.w, scores)
	inv := c.investment(in.w.Assumptions.RampUpMonths.Value)
	c.NPV = roi.NPV(in.rate, inv.CashFlow(in.months))
	months, ok := inv.Payback()
	c.Payback = roi.Figure{Value: months, OK: ok}
	inv.Benefit = c.Totals.CashBenefitPerYear
	months, ok = inv.Payback()
	c.CashPayback = roi.Figure{Value: months, OK: ok}
}

func (c *Choice) investment(rampUp float64) roi.Investment {
	return roi.Investment{Build: c.Build, Benefit: c.Totals.BenefitPerYear, Fee: c.FeesPerMonth, Maintenance: c.MaintenancePerMonth, RampUp: rampUp}
}

// payAlone adds what a way pays that shares nothing with others.
func (c *Choice) payAlone(w way, flow string) {
	fee := w.candidate.Fee.Mean()
	c.Flows[len(c.Flows)-1].Fee = Fee{fee, fee, fee}
	c.FeesPerMonth += fee
	c.Platforms = append(c.Platforms, Paid{Platform: w.candidate.Platform, Tier: w.candidate.Tier, PerMonth: fee,
		Operations: w.candidate.PeakOperations, Capacity: math.Inf(1), Flows: []string{flow}})
}

// pay adds the platform of a group in the cheapest tier that holds its flows,
// and shares its fee out.
func (c *Choice) pay(in *instance, g int, ways []way) {
	gr := in.groups[g]
	fee, t := in.fee(gr, ways)
	paid := Paid{Platform: gr.platform, Tier: gr.tiers[t].Tier.ID, PerMonth: fee, Capacity: capacityOf(gr.tiers[t].Tier), Spare: gr.spare && t == 0}
	sum := 0.0
	for _, w := range ways {
		paid.Flows = append(paid.Flows, in.flows[w.flow].ID)
		paid.Operations += w.candidate.PeakOperations
		sum += in.usual(w)
	}
	for i, w := range ways {
		share := 1 / float64(len(ways))
		if sum > 0 {
			share = in.usual(w) / sum
		}
		rest := 0.0
		if others := slices.Delete(slices.Clone(ways), i, i+1); len(others) > 0 {
			rest, _ = in.fee(gr, others)
		}
		alone, _ := in.fee(gr, []way{w})
		at := slices.IndexFunc(c.Flows, func(f Chosen) bool { return f.Flow == in.flows[w.flow].ID })
		c.Flows[at].Fee = Fee{Alone: alone, Marginal: fee - rest, Shared: fee * share}
	}
	c.FeesPerMonth += fee
	c.Platforms = append(c.Platforms, paid)
}

// fee returns what the ways cost a month in the cheapest tier of a group that
// holds them, and its place.
func (in *instance) fee(gr group, ways []way) (fee float64, tier int) {
	var load int64
	usual := 0.0
	for _, w := range ways {
		load += operations(w.candidate.PeakOperations)
		usual += in.usual(w)
	}
	fee = math.Inf(1)
	for i, t := range gr.tiers {
		cost := t.PerMonth + t.PerOperation*max(0, usual-t.Tier.Included.Value)
		if operations(capacityOf(t.Tier)) >= load && cost < fee {
			fee, tier = cost, i
		}
	}
	return fee, tier
}

// IDs are the flows of a choice, by id.
func (c Choice) IDs() []string {
	ids := make([]string, len(c.Flows))
	for i, f := range c.Flows {
		ids[i] = f.Flow
	}
	return ids
}

// Against returns the flows that c has and other has not, those that other has
// and c has not, and those that both have, on different platforms.
func (c Choice) Against(other Choice) (more, fewer, moved []string) {
	for _, f := range c.Flows {
		i := slices.IndexFunc(other.Flows, func(g Chosen) bool { return g.Flow == f.Flow })
		switch {
		case i < 0:
			more = append(more, f.Flow)
		case other.Flows[i].Candidate.Platform != f.Candidate.Platform:
			moved = append(moved, f.Flow)
		}
	}
	for _, f := range other.Flows {
		if !slices.ContainsFunc(c.Flows, func(g Chosen) bool { return g.Flow == f.Flow }) {
			fewer = append(fewer, f.Flow)
		}
	}
	return more, fewer, moved
}
