package portfolio

import (
	"math"
	"slices"

	"github.com/flowmap-dev/flowmap/pkg/advise"
)

// Menu is what each flow would run on and what the tiers of its platform cost,
// so that any set of flows can be priced without searching again.
type Menu struct {
	Offers []Offer // by flow
	Rates  []Rate  // by platform, then by what a month costs
}

// Offer is a flow on one platform: the plan's, or for a flow that is not in the
// plan the one that pays most beside it.
type Offer struct {
	Flow      string // id
	Candidate advise.Candidate
	Planned   bool    // it is in the plan
	Usual     float64 // operations of a month on average over the year
	Shares    bool    // its platform is paid once for all its flows; else the candidate's fee is the flow's own
}

// Load is the operations of the busiest month as tiers count them.
func (o Offer) Load() float64 { return float64(operations(o.Candidate.PeakOperations)) }

// Rate is a tier of a platform that offers share.
type Rate struct {
	Platform string // id
	advise.TierFee
	Capacity float64  // operations a month that it holds; infinite where there is no end
	Spare    bool     // the client pays for it already
	Refuses  []string // ids of flows of the menu that may not run in it
}

// menu lists what flows would run on beside a plan.
func (in *instance) menu(p Plan) Menu {
	planned := map[int]int{} // flow → option
	for _, o := range p.Options {
		if f := in.ways[o].flow; f >= 0 {
			planned[f] = o
		}
	}
	var m Menu
	for f := range in.flows {
		o, ok := planned[f]
		if !ok {
			if o, ok = in.best(f, planned); !ok {
				continue
			}
		}
		_, isPlanned := planned[f]
		w := in.ways[o]
		m.Offers = append(m.Offers, Offer{Flow: in.flows[f].ID, Candidate: w.candidate, Planned: isPlanned, Usual: in.usual(w), Shares: in.Options[o].Platform != Own})
	}
	for g, gr := range in.groups {
		shared := slices.ContainsFunc(m.Offers, func(o Offer) bool { return o.Shares && o.Candidate.Platform == gr.platform })
		if !shared {
			continue
		}
		var refuses []string
		for _, o := range m.Offers {
			if o.Shares && o.Candidate.Platform == gr.platform && !in.member(in.at[o.Flow], g) {
				refuses = append(refuses, o.Flow)
			}
		}
		for t, fee := range gr.tiers {
			m.Rates = append(m.Rates, Rate{Platform: gr.platform, TierFee: fee, Capacity: capacityOf(fee.Tier), Spare: gr.spare && t == 0, Refuses: refuses})
		}
	}
	return m
}

// member tells whether a flow may run in a group.
func (in *instance) member(flow, g int) bool {
	return slices.ContainsFunc(in.Options, func(o Option) bool { return o.Flow == flow && o.Platform == g })
}

// best is the option of a flow that is worth most beside the planned ones.
func (in *instance) best(flow int, planned map[int]int) (option int, ok bool) {
	most := math.Inf(-1)
	for o, x := range in.Options {
		w := in.ways[o]
		if x.Flow != flow || w.flow != flow {
			continue
		}
		added := w.candidate.Fee.Mean()
		if x.Platform != Own {
			var beside []way
			for f := range in.flows {
				if p, yes := planned[f]; yes && in.Options[p].Platform != Own && in.ways[p].candidate.Platform == w.candidate.Platform {
					beside = append(beside, in.ways[p])
				}
			}
			added = in.together(w.candidate.Platform, append(beside, w))
			if len(beside) > 0 {
				added -= in.together(w.candidate.Platform, beside)
			}
		}
		if worth := in.worth(w) - added*in.perMonth; worth > most {
			most, option, ok = worth, o, true
		}
	}
	return option, ok
}

// together is what a platform costs a month for several ways, in its cheapest
// tier that takes and holds them all; infinite where there is none.
func (in *instance) together(platform string, ways []way) float64 {
	least := math.Inf(1)
	for g, gr := range in.groups {
		if gr.platform != platform || slices.ContainsFunc(ways, func(w way) bool { return !in.member(w.flow, g) }) {
			continue
		}
		fee, _ := in.fee(gr, ways)
		least = min(least, fee)
	}
	return least
}
