package diagram

import (
	"cmp"
	"slices"

	"github.com/flowmap-dev/flowmap/pkg/audit"
	"github.com/flowmap-dev/flowmap/pkg/graph"
)

// claim is hours a week that two flows both claim, a before b by id.
type claim struct {
	a, b  string
	hours float64
}

// total is the hours a week of the flows of some links. Hours that two of them
// claim count once, as in the totals of a ranking: each overlap is taken off
// the second flow of its pair, as far as that flow has hours left.
func total(w audit.Workspace, links []graph.Link) float64 {
	left, sum := map[string]float64{}, 0.0
	var flows []audit.Flow
	for _, l := range links {
		for _, id := range l.Flows {
			if f, ok := w.Flow(id); ok {
				flows = append(flows, f)
				left[id] = w.Cost(f).HoursPerWeek
				sum += left[id]
			}
		}
	}
	for _, c := range claims(flows, left) {
		twice := min(c.hours, left[c.b])
		left[c.b] -= twice
		sum -= twice
	}
	return sum
}

// claims lists the pairs among flows that claim the same hours, each once, by
// id.
func claims(flows []audit.Flow, hours map[string]float64) []claim {
	var all []claim
	for _, f := range flows {
		for _, o := range f.Overlaps {
			a, b := min(f.ID, o.Flow), max(f.ID, o.Flow)
			if _, shown := hours[o.Flow]; shown && a != b {
				all = append(all, claim{a, b, min(o.HoursPerWeek.Value, hours[a], hours[b])})
			}
		}
	}
	byPair := func(x, y claim) int { return cmp.Or(cmp.Compare(x.a, y.a), cmp.Compare(x.b, y.b)) }
	slices.SortFunc(all, func(x, y claim) int { return cmp.Or(byPair(x, y), cmp.Compare(x.hours, y.hours)) })
	return slices.CompactFunc(all, func(x, y claim) bool { return byPair(x, y) == 0 })
}
