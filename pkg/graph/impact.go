package graph

import (
	"slices"

	"github.com/flowmap-dev/flowmap/pkg/audit"
)

// Impact is what hangs on a system or on an entity, by distance.
//
// On a system hang the flows that begin or end at it, at distance 1, and the
// systems that get data from it. Those that hold the data pass it on: the flows
// that carry the same entity from a system at distance n are at n+1, and so are
// the systems they lead to. A flow that says nothing of its entity goes no
// further. At distance 0 is the system, with the entities whose record it is.
//
// On an entity hang all flows that carry it. At distance 0 is its system of
// record; without one, the systems that originate it. Flows and systems count
// their steps from there, in whichever direction the data goes. What no step
// connects with the record begins at its own originators.
//
// Adding a flow never takes anything away.
type Impact struct {
	System string // id; empty if it is an entity's
	Entity string // id; empty if it is a system's
	Steps  []Step // by distance, from 0 on, without gaps
	Load
}

// Step is what hangs at one distance. Everything stands once, at its least
// distance.
type Step struct {
	Distance int
	Systems  []string // ids, in the workspace's order
	Entities []string // ids, in the workspace's order
	Flows    []string // ids, in the workspace's order
	People   []string // names, sorted; those who do Flows
	Load
}

// Load is what flows cost together.
type Load struct {
	HoursPerWeek float64 // by hand
	CostPerYear  float64 // labour and errors
	NotStated    int     // flows by hand whose hours nobody stated
}

// Add counts a flow with what it costs.
func (l *Load) Add(f audit.Flow, c audit.Cost) {
	l.HoursPerWeek += c.HoursPerWeek
	l.CostPerYear += c.LabourPerYear + c.ErrorCostPerYear
	if f.ByHand() && !c.Stated {
		l.NotStated++
	}
}

// SystemImpact returns what hangs on a system, and false if there is none with
// the id.
func SystemImpact(w audit.Workspace, id string) (Impact, bool) {
	l := survey(w)
	s, ok := l.systems[id]
	if !ok {
		return Impact{}, false
	}
	h := l.hanging()
	h.system(s)
	return h.impact(Impact{System: id}), true
}

// EntityImpact returns what hangs on an entity, and false if there is none with
// the id.
func EntityImpact(w audit.Workspace, id string) (Impact, bool) {
	l := survey(w)
	i := slices.IndexFunc(w.Entities, func(e audit.Entity) bool { return e.ID == id })
	if i < 0 {
		return Impact{}, false
	}
	h := l.hanging()
	h.entity(i)
	return h.impact(Impact{Entity: id}), true
}

// hanging gathers distances: -1 is not reached.
type hanging struct {
	*landscape
	systems, entities, flows []int
}

func (l *landscape) hanging() *hanging {
	return &hanging{l, unreached(len(l.w.Systems)), unreached(len(l.w.Entities)), unreached(len(l.w.Flows))}
}

func unreached(n int) []int { return slices.Repeat([]int{-1}, n) }

// nearer notes a distance where it is the first or the least.
func nearer(distances []int, at, distance int) {
	if distances[at] < 0 || distance < distances[at] {
		distances[at] = distance
	}
}

// system takes in what hangs on a system.
func (h *hanging) system(s int) {
	h.systems[s] = 0
	for i, e := range h.ends {
		if !e.ok || e.from != s && e.to != s {
			continue
		}
		nearer(h.flows, i, 1)
		if e.from == s {
			nearer(h.systems, e.to, 1)
		} else if e.twoWay {
			nearer(h.systems, e.from, 1)
		}
	}
	for i := range h.w.Entities {
		t := h.trace(i)
		switch {
		case t.record == s:
			h.entities[i] = 0
		case len(t.next[s])+len(t.previous[s]) > 0:
			h.entities[i] = 1
		}
		if len(t.next[s]) > 0 {
			h.follow(&t, s)
		}
	}
}

// follow takes in the systems that get an entity from a system, directly or
// not, and the flows that pass it on.
func (h *hanging) follow(t *trace, s int) {
	steps := t.downstream(s)
	for n, d := range steps {
		if d > 0 {
			nearer(h.systems, n, d)
		}
	}
	for _, f := range t.flows {
		if d := t.sent(f, s, steps); d >= 0 {
			nearer(h.flows, f, d+1)
		}
	}
}

// downstream counts the steps from a system to those that get the entity from
// it.
func (t *trace) downstream(s int) []int {
	return distances([]int{s}, t.next, func(n int) bool { return n == s || t.inside[n] })
}

// sent is how far from a system the nearest sender of a flow is that passes the
// system's data on; -1 if none does.
func (t *trace) sent(flow, s int, steps []int) int {
	nearest := -1
	e := t.ends[flow]
	for _, sender := range []int{e.from, e.to} {
		passes := steps[sender] >= 0 && (sender == s || t.inside[sender])
		if passes && (sender == e.from || e.twoWay) && (nearest < 0 || steps[sender] < nearest) {
			nearest = steps[sender]
		}
	}
	return nearest
}

// distances counts the steps from the nearest of several systems to each that
// is reached on ways that pass through the systems allowed; -1 to the others.
func distances(from []int, step [][]int, pass func(int) bool) []int {
	steps := unreached(len(step))
	for _, s := range from {
		steps[s] = 0
	}
	for queue := slices.Clone(from); len(queue) > 0; queue = queue[1:] {
		s := queue[0]
		if !pass(s) {
			continue
		}
		for _, n := range step[s] {
			if steps[n] < 0 {
				steps[n] = steps[s] + 1
				queue = append(queue, n)
			}
		}
	}
	return steps
}

// entity takes in what hangs on an entity.
func (h *hanging) entity(i int) {
	t := h.trace(i)
	h.entities[i] = 0
	either := make([][]int, len(t.next))
	for s := range either {
		either[s] = ascending(slices.Concat(t.next[s], t.previous[s]))
	}
	begin := h.rest(&t)
	if t.record >= 0 {
		begin = []int{t.record}
	}
	for len(begin) > 0 {
		for s, d := range distances(begin, either, func(int) bool { return true }) {
			if d >= 0 {
				h.systems[s] = d
			}
		}
		begin = h.rest(&t)
	}
	for _, f := range t.flows {
		e := h.ends[f]
		h.flows[f] = 1 + min(h.systems[e.from], h.systems[e.to])
	}
}

// rest are the systems from which to count what no step connects with those
// reached so far: those that originate the entity, else all.
func (h *hanging) rest(t *trace) []int {
	far := func(systems []int) []int {
		return slices.DeleteFunc(slices.Clone(systems), func(s int) bool { return h.systems[s] >= 0 })
	}
	if sources := far(t.sources); len(sources) > 0 {
		return sources
	}
	return far(t.touched())
}

// impact sorts what was gathered by distance.
func (h *hanging) impact(m Impact) Impact {
	m.Steps = make([]Step, 1+slices.Max(slices.Concat([]int{0}, h.systems, h.flows)))
	for d := range m.Steps {
		m.Steps[d].Distance = d
	}
	for s, d := range h.systems {
		if d >= 0 {
			m.Steps[d].Systems = append(m.Steps[d].Systems, h.w.Systems[s].ID)
		}
	}
	for e, d := range h.entities {
		if d >= 0 {
			m.Steps[d].Entities = append(m.Steps[d].Entities, h.w.Entities[e].ID)
		}
	}
	for f, d := range h.flows {
		if d >= 0 {
			m.Steps[d].Flows = append(m.Steps[d].Flows, h.w.Flows[f].ID)
			m.Steps[d].Add(h.w.Flows[f], h.costs[f])
			m.Add(h.w.Flows[f], h.costs[f])
		}
	}
	h.people(m.Steps)
	return m
}

// people names at each distance those who do its flows, and none nearer.
func (h *hanging) people(steps []Step) {
	nearest := map[string]int{}
	for f, d := range h.flows {
		for _, name := range h.w.Flows[f].People {
			if n, known := nearest[name]; d >= 0 && (!known || d < n) {
				nearest[name] = d
			}
		}
	}
	for name, d := range nearest {
		steps[d].People = append(steps[d].People, name)
	}
	for d := range steps {
		slices.Sort(steps[d].People)
	}
}
