// Package graph answers which system is right about each type of data, who
// consumes it, and what is wrong with that. A map is made from a workspace in
// one step; nothing in it depends on the order of a Go map.
package graph

import "github.com/flowmap-dev/flowmap/pkg/audit"

// Map is the landscape of a workspace: its systems, the flows between them,
// and the systems of record.
type Map struct {
	Nodes    []Node          // systems in the workspace's order
	Links    []Link          // sorted by From and To in the order of Nodes
	Entities []Entity        // in the workspace's order
	Findings []audit.Finding // sorted by id, then by what they name
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
	Sources   []string // ids of the systems that originate it
	Consumers []string // ids of the systems that get it from the record, directly or not, in the workspace's order
	Flows     []string // ids
}
