package graph

import (
	"cmp"
	"slices"

	"github.com/flowmap-dev/flowmap/pkg/audit"
)

// landscape is a workspace with everything that is looked up more than once:
// systems and entities by position, what each flow costs, and which flows
// carry which entity.
type landscape struct {
	w       audit.Workspace
	systems map[string]int
	costs   []audit.Cost // of each flow
	delays  []Delay      // of each flow
	ends    []ends       // of each flow
	carried [][]int      // by entity: positions of its flows, in their order
}

// ends are the positions of the systems that a flow joins.
type ends struct {
	from, to int
	ok       bool // two different systems that exist
	twoWay   bool
}

func survey(w audit.Workspace) *landscape {
	l := &landscape{
		w:       w,
		systems: make(map[string]int, len(w.Systems)),
		costs:   make([]audit.Cost, len(w.Flows)),
		delays:  make([]Delay, len(w.Flows)),
		ends:    make([]ends, len(w.Flows)),
		carried: make([][]int, len(w.Entities)),
	}
	for i := range w.Systems {
		l.systems[w.Systems[i].ID] = i
	}
	entities := make(map[string]int, len(w.Entities))
	for i := range w.Entities {
		entities[w.Entities[i].ID] = i
	}
	for i := range w.Flows {
		f := &w.Flows[i]
		l.costs[i] = w.Cost(*f)
		l.delays[i] = l.delay(i)
		from, ok1 := l.systems[f.From]
		to, ok2 := l.systems[f.To]
		l.ends[i] = ends{from, to, ok1 && ok2 && from != to, f.Needs.Direction == audit.TwoWay}
		if e, ok := entities[f.Entity]; ok && l.ends[i].ok {
			l.carried[e] = append(l.carried[e], i)
		}
	}
	return l
}

func (l *landscape) nodes() []Node {
	nodes := make([]Node, len(l.w.Systems))
	for i, s := range l.w.Systems {
		nodes[i] = Node{System: s, Outside: s.Kind.Outside()}
	}
	for _, e := range l.w.Entities {
		if s, ok := l.systems[e.Record]; ok {
			nodes[s].Outside = false
		}
	}
	for i, e := range l.ends {
		if e.ok {
			nodes[e.from].HoursPerWeek += l.costs[i].HoursPerWeek
			nodes[e.to].HoursPerWeek += l.costs[i].HoursPerWeek
		}
	}
	return nodes
}

func (l *landscape) links() []Link {
	var links []Link
	at := map[[2]int]int{} // position in links, by the positions of both ends
	for i, e := range l.ends {
		if !e.ok {
			continue
		}
		k, ok := at[[2]int{e.from, e.to}]
		if !ok {
			k = len(links)
			at[[2]int{e.from, e.to}] = k
			links = append(links, Link{From: l.w.Flows[i].From, To: l.w.Flows[i].To, How: audit.Automated})
		}
		links[k].add(&l.w.Flows[i], l.costs[i])
	}
	slices.SortFunc(links, func(a, b Link) int {
		return cmp.Or(cmp.Compare(l.systems[a.From], l.systems[b.From]), cmp.Compare(l.systems[a.To], l.systems[b.To]))
	})
	return links
}

func (k *Link) add(f *audit.Flow, c audit.Cost) {
	k.Flows = append(k.Flows, f.ID)
	if f.Entity != "" && !slices.Contains(k.Entities, f.Entity) {
		k.Entities = append(k.Entities, f.Entity)
	}
	k.HoursPerWeek += c.HoursPerWeek
	k.HoursStated = k.HoursStated || c.Stated
	if f.ByHand() && !c.Stated {
		k.NotStated++
	}
	k.ErrorCostPerYear += c.ErrorCostPerYear
	k.ErrorPoints += len(f.Errors)
	k.TwoWay = k.TwoWay || f.Needs.Direction == audit.TwoWay
	switch {
	case f.How == audit.File && k.How != audit.Manual:
		k.How = audit.File
	case f.ByHand() && f.How != audit.File:
		k.How = audit.Manual
	}
}

// systemIDs names the systems at the given positions.
func (l *landscape) systemIDs(at []int) []string {
	var ids []string
	for _, s := range at {
		ids = append(ids, l.w.Systems[s].ID)
	}
	return ids
}

// flowIDs names the flows at the given positions.
func (l *landscape) flowIDs(at []int) []string {
	var ids []string
	for _, f := range at {
		ids = append(ids, l.w.Flows[f].ID)
	}
	return ids
}

// loose tells whether a system is a spreadsheet or paper: data stands there,
// but nothing guards it.
func (l *landscape) loose(system int) bool {
	k := l.w.Systems[system].Kind
	return k == audit.Spreadsheet || k == audit.Paper
}
