package diagram

import (
	"github.com/flowmap-dev/flowmap/pkg/audit"
	"github.com/flowmap-dev/flowmap/pkg/graph"
	"github.com/flowmap-dev/flowmap/pkg/lang"
)

// Heat is the view of where hours and the cost of errors are: systems and links
// in degrees of what the flows by hand cost a year, labour and errors together.
// A system's cost is that of all flows that begin or end at it. Errors are as
// in Flows.
func Heat(m graph.Map, w audit.Workspace, p lang.Printer, o Options) (View, error) {
	v, s, err := begin(KindHeat, m, w, p, o)
	if err != nil {
		return View{}, err
	}
	v.systems(s)
	v.links(s.links, func(l *Link) {
		l.Often = ""
		if l.Cost > 0 {
			l.Often = v.words.money(l.Cost)
		}
	})
	v.heat()
	return v.fold(o)
}

// heat gives each link and each system its degree.
func (v *View) heat() {
	cost, hours := map[string]float64{}, map[string]float64{}
	for _, l := range v.Links {
		for _, id := range []string{l.From, l.To} {
			cost[id] += l.Cost
			hours[id] += l.Hours
		}
	}
	dearest, most := mostCost(v.Links), 0.0
	for _, n := range v.Nodes {
		most = max(most, cost[n.ID])
	}
	for i, l := range v.Links {
		v.Links[i].Heat = degree(l.Cost, dearest)
	}
	for i, n := range v.Nodes {
		if cost[n.ID] > 0 {
			v.Nodes[i].Heat = degree(cost[n.ID], most)
			v.Nodes[i].Note = v.words.money(cost[n.ID]) + dot + v.words.hours(hours[n.ID])
		}
		v.Nodes[i].Records = nil
	}
}

// degrees are the shares of the most that each degree but the hottest ends at:
// a few links cost many times what the others do.
var degrees = [Hottest - 1]float64{0.04, 0.12, 0.3, 0.6}

// degree is 0 for what costs nothing, and 1 to Hottest by its share of the most.
func degree(cost, most float64) int {
	if cost <= 0 || most <= 0 {
		return 0
	}
	for i, end := range degrees {
		if cost <= end*most {
			return i + 1
		}
	}
	return Hottest
}

// mostCost is the most that any link costs.
func mostCost(links []Link) float64 {
	most := 0.0
	for _, l := range links {
		most = max(most, l.Cost)
	}
	return most
}
