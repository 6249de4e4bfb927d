package diagram

import (
	"github.com/flowmap-dev/flowmap/pkg/audit"
	"github.com/flowmap-dev/flowmap/pkg/graph"
	"github.com/flowmap-dev/flowmap/pkg/lang"
)

// Impact is the view of what hangs on the system Options.Around or the type of
// data Options.Entity: what is at each distance stands in a column of its own.
// With Options.Depth, what is further away is left out. Errors are as in Flows.
func Impact(m graph.Map, w audit.Workspace, p lang.Printer, o Options) (View, error) {
	if err := o.known(w); err != nil {
		return View{}, err
	}
	hangs, ok := graph.SystemImpact(w, o.Around)
	if !ok {
		hangs, _ = graph.EntityImpact(w, o.Entity)
	}
	rest := o
	rest.Around, rest.Entity = "", ""
	v, s, err := begin(KindImpact, m, w, p, rest)
	if err != nil {
		return View{}, err
	}
	name := v.words.system(hangs.System)
	if hangs.Entity != "" {
		name = v.words.entity(hangs.Entity)
	}
	v.Title = p.Text("map.impact", lang.Args{"Name": name})
	v.hanging(s, hangs, o.Depth)
	if len(v.Links) == 0 {
		return View{}, &EmptyError{"view impact " + o.flags()}
	}
	return v.fold(rest)
}

// hanging puts into the view what hangs at each distance, to a depth unless that
// is 0.
func (v *View) hanging(s scope, hangs graph.Impact, depth int) {
	flows, step := map[string]bool{}, map[string]int{}
	for _, at := range hangs.Steps {
		if depth > 0 && at.Distance > depth {
			break
		}
		for _, id := range at.Flows {
			flows[id] = true
		}
		for _, id := range at.Systems {
			step[id] = at.Distance
		}
	}
	s.only(func(f audit.Flow) bool { return flows[f.ID] })
	for _, n := range s.whole.Nodes {
		at, hanging := step[n.System.ID]
		touched := touches(s.links, n.System.ID)
		if !hanging && !touched {
			continue
		}
		node := v.words.node(n)
		if node.Step = at; !hanging {
			// It sends to what hangs, and nothing hangs on it.
			node.Step = 1
		}
		node.Records = nil
		v.Nodes = append(v.Nodes, node)
	}
	v.links(s.links, func(*Link) {})
}

func touches(links []graph.Link, system string) bool {
	for _, l := range links {
		if l.From == system || l.To == system {
			return true
		}
	}
	return false
}
