// Package graph answers which system is right about each type of data, who
// consumes it, and what is wrong with that. A map is made from a workspace in
// one step; nothing in it depends on the order of a Go map.
//
// # Words
//
// Systems of kind email, phone and external are outside: they hold no data,
// and no path passes through them. One that an entity declares as its system
// of record is inside for that entity. A system originates an entity if it
// sends it and gets it from no other inside system, or if it is an inside
// system that only receives it from outside. It consumes an entity if it gets
// it, directly or not, from the system of record. The system of record is the
// declared one, else the only inside system that originates the entity. A flow
// that goes both ways counts in both directions.
package graph

import (
	"cmp"
	"slices"

	"github.com/flowmap-dev/flowmap/pkg/audit"
)

// Map is the landscape of a workspace: its systems, the flows between them,
// and the systems of record.
type Map struct {
	Nodes    []Node          // systems in the workspace's order
	Links    []Link          // sorted by From and To in the order of Nodes
	Entities []Entity        // in the workspace's order
	Findings []audit.Finding // FM001 to FM008 and FM012 to FM014, sorted by id, then by the entities and systems that they name
}

// Node is a system.
type Node struct {
	System       audit.System
	Records      []string // ids of the entities whose system of record it is
	Consumes     []string // ids of the entities that it gets from their record, directly or not
	HoursPerWeek float64  // manual hours of the flows into and out of it
	Outside      bool     // it holds no data, and is no entity's declared record
}

// Link is the flows from one system to another, together.
type Link struct {
	From, To         string   // ids of systems
	Flows            []string // ids, in the workspace's order
	Entities         []string // ids, each once, in the order of Flows
	HoursPerWeek     float64  // manual hours
	HoursStated      bool     // at least one of its flows by hand states hours
	NotStated        int      // flows by hand that state none
	ErrorCostPerYear float64
	ErrorPoints      int
	How              audit.How // Manual if any flow is typed, else File if any is, else Automated
	TwoWay           bool      // at least one of its flows goes both ways
}

// Entity is a type of data with its system of record.
type Entity struct {
	ID        string
	Record    string   // id of the system of record; empty if there is none
	Declared  bool     // the workspace names the record; else it is inferred
	Reason    Reason   // why Record is what it is
	Sources   []string // ids of the systems that originate it, outside ones too
	Suppliers []string // ids of the systems that originate it or send it, and do not get it from the record
	Consumers []string // ids of the systems that get it from the record, directly or not, in the workspace's order
	WriteBack []string // ids of the consumers that hold a copy and send it into the record too
	Copies    []Copy   // one a consumer, in their order
	Flows     []string // ids
}

// Reason tells how an entity came to its system of record, or why it has none.
// The words have a text for each, record_reason.declared and so on.
type Reason string

// The reasons.
const (
	Declared       Reason = "declared"        // the workspace names it
	OnlySource     Reason = "only-source"     // it is the only inside system that originates the entity
	NoSource       Reason = "no-source"       // none: no inside system originates the entity
	SeveralSources Reason = "several-sources" // none: more than one does
)

// New draws the map of a workspace. It expects what loading promises: flows
// between two different systems that are defined. Any other flow is left out
// of links and of the questions about data.
func New(w audit.Workspace) Map {
	l := survey(w)
	m := Map{Nodes: l.nodes(), Links: l.links()}
	var found []located
	for i := range w.Entities {
		t := l.trace(i)
		m.Entities = append(m.Entities, t.summary())
		m.record(t)
		found = append(found, t.findings()...)
	}
	found = slices.Concat(found, l.unused(), l.noInterface(), l.hubs())
	slices.SortStableFunc(found, located.compare)
	for _, f := range found {
		m.Findings = append(m.Findings, f.Finding)
	}
	return m
}

// record notes at the nodes whose record an entity has and who consumes it.
func (m *Map) record(t trace) {
	if t.record < 0 {
		return
	}
	m.Nodes[t.record].Records = append(m.Nodes[t.record].Records, t.entity.ID)
	for s := range t.consumes {
		if t.consumes[s] {
			m.Nodes[s].Consumes = append(m.Nodes[s].Consumes, t.entity.ID)
		}
	}
}

// Record returns the system of record of an entity, and false when the
// workspace names none and its flows point at none or at several.
func (m Map) Record(entity string) (system string, ok bool) {
	e, _ := m.Entity(entity)
	return e.Record, e.Record != ""
}

// Entity returns the entity with the id, and false if there is none.
func (m Map) Entity(id string) (Entity, bool) {
	i := slices.IndexFunc(m.Entities, func(e Entity) bool { return e.ID == id })
	if i < 0 {
		return Entity{}, false
	}
	return m.Entities[i], true
}

// Node returns the system with the id, and false if there is none.
func (m Map) Node(id string) (Node, bool) {
	i := slices.IndexFunc(m.Nodes, func(n Node) bool { return n.System.ID == id })
	if i < 0 {
		return Node{}, false
	}
	return m.Nodes[i], true
}

// located is a finding with the positions of what it names, which order it.
type located struct {
	audit.Finding
	entity  int // -1 if it is about none
	systems []int
}

func (f located) compare(g located) int {
	return cmp.Or(
		cmp.Compare(f.ID, g.ID),
		cmp.Compare(f.entity, g.entity),
		slices.Compare(f.systems, g.systems))
}

// Links are the flows of a workspace between two systems together, in the order
// of its systems.
func Links(w audit.Workspace) []Link { return survey(w).links() }
