package advise

import (
	"github.com/flowmap-dev/flowmap/pkg/audit"
	"github.com/flowmap-dev/flowmap/pkg/catalogue"
)

// TierFee is what a month in a tier costs in the workspace's currency, whatever
// runs there.
type TierFee struct {
	Tier         catalogue.Tier
	PerMonth     float64 // server and upkeep included
	PerOperation float64 // of each operation beyond those that the tier includes; 0 where there are none to be had
}

// Tiers returns, for each candidate of a flow, the listed tiers in which the
// flow may run next to others: all whose own limits let it pass, whatever it
// meters, or the one that the client has decided for. It has none for a
// platform without a list price.
func (a *Advisor) Tiers(f audit.Flow, candidates []Candidate) [][]TierFee {
	n := a.needs(f)
	all := make([][]TierFee, len(candidates))
	for i, candidate := range candidates {
		p, known := a.c.Platform(candidate.Platform)
		if !known {
			continue
		}
		scratch := candidate
		scratch.Reasons = nil
		upkeep, ok := n.upkeep(&p, &scratch)
		if !ok {
			continue
		}
		for _, t := range p.Tiers {
			if fee, ok := n.tierFee(&p, t, candidate); ok {
				fee.PerMonth += upkeep
				all[i] = append(all[i], fee)
			}
		}
	}
	return all
}

// tierFee prices one tier, and tells whether the flow may run in it.
func (n *needs) tierFee(p *catalogue.Platform, t catalogue.Tier, candidate Candidate) (TierFee, bool) {
	if candidate.Decided && n.f.Solution.Tier != "" {
		if t.ID != n.f.Solution.Tier {
			return TierFee{}, false
		}
	} else if !n.allowed(p, t) {
		return TierFee{}, false
	}
	if _, known := t.Capacity(); !t.Listed() || !known {
		return TierFee{}, false
	}
	rate, rated := n.w.ExchangeRate(t.Currency)
	if !rated && t.Price.Value != 0 {
		return TierFee{}, false
	}
	fee := TierFee{Tier: t, PerMonth: t.Price.Value * rate}
	if t.Overage != nil {
		fee.PerOperation = t.Overage.Price * rate
	}
	return fee, true
}
