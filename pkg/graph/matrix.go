package graph

import "slices"

// Part is what a system has to do with an entity. The words have a text for
// each, part.record and so on.
type Part string

// The parts.
const (
	NoPart     Part = ""            // it has nothing to do with the entity
	Record     Part = "record"      // it is the system of record
	Consumer   Part = "consumer"    // it gets the entity from the record, directly or not
	WritesBack Part = "writes-back" // a consumer that also sends the entity into the record
	Source     Part = "source"      // it sends the entity, or keeps what comes from outside, without getting it from the record
)

// Part tells what a system has to do with the entity.
func (e Entity) Part(system string) Part {
	switch {
	case system == e.Record && system != "":
		return Record
	case slices.Contains(e.WriteBack, system):
		return WritesBack
	case slices.Contains(e.Consumers, system):
		return Consumer
	case slices.Contains(e.Suppliers, system):
		return Source
	}
	return NoPart
}

// Matrix is entity × system.
type Matrix struct {
	Systems []string // ids of the systems that have to do with any entity, in the order of Nodes
	Rows    []MatrixRow
}

// MatrixRow is what each system has to do with one entity.
type MatrixRow struct {
	Entity string
	Parts  []Part // as many as Systems, in their order
}

// Matrix sets every entity against every system that has a part in any.
func (m Map) Matrix() Matrix {
	var x Matrix
	has := map[string]bool{}
	for _, e := range m.Entities {
		has[e.Record] = true
		for _, s := range slices.Concat(e.Consumers, e.Suppliers) {
			has[s] = true
		}
	}
	for _, n := range m.Nodes {
		if has[n.System.ID] {
			x.Systems = append(x.Systems, n.System.ID)
		}
	}
	for _, e := range m.Entities {
		row := MatrixRow{Entity: e.ID}
		for _, s := range x.Systems {
			row.Parts = append(row.Parts, e.Part(s))
		}
		x.Rows = append(x.Rows, row)
	}
	return x
}
