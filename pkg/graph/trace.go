package graph

import (
	"slices"

	"github.com/flowmap-dev/flowmap/pkg/audit"
)

// trace is the way of one entity through the landscape. Systems stand for
// their positions in the workspace.
type trace struct {
	*landscape
	at       int // the entity's position
	entity   audit.Entity
	flows    []int   // positions of the flows that carry it
	inside   []bool  // by system: it holds data of this entity
	next     [][]int // by system: to whom it sends the entity, ascending, each once
	previous [][]int // by system: from whom it gets the entity, ascending, each once
	sources  []int   // the systems that originate it, ascending
	record   int     // -1 if there is none
	reason   Reason
	consumes []bool // by system
}

func (l *landscape) trace(entity int) trace {
	n := len(l.w.Systems)
	t := trace{
		landscape: l, at: entity, entity: l.w.Entities[entity], flows: l.carried[entity],
		inside: make([]bool, n), next: make([][]int, n), previous: make([][]int, n), consumes: make([]bool, n),
	}
	for s := range t.inside {
		t.inside[s] = !l.w.Systems[s].Kind.Outside()
	}
	if declared, ok := l.systems[t.entity.Record]; ok {
		t.inside[declared] = true
	}
	for _, f := range t.flows {
		e := l.ends[f]
		t.join(e.from, e.to)
		if e.twoWay {
			t.join(e.to, e.from)
		}
	}
	for s := range t.next {
		t.next[s], t.previous[s] = ascending(t.next[s]), ascending(t.previous[s])
	}
	for s := range t.next {
		if t.originates(s) {
			t.sources = append(t.sources, s)
		}
	}
	t.findRecord()
	if t.record >= 0 {
		t.consumes = spread(t.record, t.next, t.inside)
		t.consumes[t.record] = false
	}
	return t
}

func (t *trace) join(from, to int) {
	t.next[from] = append(t.next[from], to)
	t.previous[to] = append(t.previous[to], from)
}

func ascending(systems []int) []int {
	slices.Sort(systems)
	return slices.Compact(systems)
}

// originates tells whether the entity starts at a system: it gets the entity
// from no inside system, and sends it, or is the inside system at which what
// comes from outside stays.
func (t *trace) originates(s int) bool {
	if slices.ContainsFunc(t.previous[s], func(p int) bool { return t.inside[p] }) {
		return false
	}
	return len(t.next[s]) > 0 || t.inside[s] && len(t.previous[s]) > 0
}

// insideSources are the systems that originate the entity and hold data.
func (t *trace) insideSources() []int {
	var inside []int
	for _, s := range t.sources {
		if t.inside[s] {
			inside = append(inside, s)
		}
	}
	return inside
}

func (t *trace) findRecord() {
	if declared, ok := t.systems[t.entity.Record]; ok {
		t.record, t.reason = declared, Declared
		return
	}
	switch sources := t.insideSources(); len(sources) {
	case 0:
		t.record, t.reason = -1, NoSource
	case 1:
		t.record, t.reason = sources[0], OnlySource
	default:
		t.record, t.reason = -1, SeveralSources
	}
}

// spread marks the systems that are reached from one by at least one step, on
// paths that pass through inside systems alone.
func spread(from int, step [][]int, inside []bool) []bool {
	reached := make([]bool, len(step))
	queue := slices.Clone(step[from])
	for len(queue) > 0 {
		s := queue[0]
		queue = queue[1:]
		if reached[s] {
			continue
		}
		reached[s] = true
		if inside[s] {
			queue = append(queue, step[s]...)
		}
	}
	return reached
}

// summary is the trace as the map shows it.
func (t *trace) summary() Entity {
	e := Entity{
		ID:      t.entity.ID,
		Reason:  t.reason,
		Sources: t.systemIDs(t.sources),
		Flows:   t.flowIDs(t.flows),
	}
	if t.record >= 0 {
		e.Record, e.Declared = t.w.Systems[t.record].ID, t.reason == Declared
	}
	e.Consumers = t.systemIDs(marked(t.consumes))
	e.Copies = t.copied()
	for s := range t.next {
		switch {
		case s == t.record:
		case t.copies(s) && slices.Contains(t.next[s], t.record):
			e.WriteBack = append(e.WriteBack, t.w.Systems[s].ID)
		case !t.consumes[s] && (len(t.next[s]) > 0 || t.originates(s)):
			e.Suppliers = append(e.Suppliers, t.w.Systems[s].ID)
		}
	}
	return e
}

// marked lists the positions that are true.
func marked(marks []bool) []int {
	var at []int
	for i, m := range marks {
		if m {
			at = append(at, i)
		}
	}
	return at
}

// flowsWhere lists the flows that satisfy a condition on one of the directions
// that they go.
func (t *trace) flowsWhere(goes func(from, to int) bool) []int {
	var flows []int
	for _, f := range t.flows {
		e := t.ends[f]
		if goes(e.from, e.to) || e.twoWay && goes(e.to, e.from) {
			flows = append(flows, f)
		}
	}
	return flows
}
