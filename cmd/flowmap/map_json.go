package main

import (
	"github.com/flowmap-dev/flowmap/pkg/audit"
	"github.com/flowmap-dev/flowmap/pkg/graph"
	"github.com/flowmap-dev/flowmap/pkg/graph/diagram"
)

// mapJSON is the document of map --json.
type mapJSON struct {
	Systems  []mapSystem `json:"systems"`
	Links    []mapLink   `json:"links"`
	Entities []mapEntity `json:"entities"`
	Folded   int         `json:"folded"`
}

type mapSystem struct {
	ID           string     `json:"id"`
	Name         string     `json:"name"`
	Kind         audit.Kind `json:"kind"`
	Records      []string   `json:"records"`
	Consumes     []string   `json:"consumes"`
	HoursPerWeek float64    `json:"hours_per_week"`
}

type mapLink struct {
	From             string        `json:"from"`
	To               string        `json:"to"`
	Flows            []string      `json:"flows"`
	HoursPerWeek     float64       `json:"hours_per_week"`
	ErrorCostPerYear float64       `json:"error_cost_per_year"`
	Pattern          audit.Pattern `json:"pattern,omitempty"`
	State            diagram.State `json:"state,omitempty"`
}

type mapEntity struct {
	ID        string   `json:"id"`
	Record    *string  `json:"record"`
	Declared  bool     `json:"declared"`
	Consumers []string `json:"consumers"`
	// Parts is the entity's row of the matrix entity × system: what each system
	// that has to do with it is to it (record, consumer, writes-back, source).
	Parts map[string]graph.Part `json:"parts"`
}

// mapDocument is a view as a document: the systems and links that it shows, and
// all entities.
func mapDocument(m graph.Map, v diagram.View) mapJSON {
	doc := mapJSON{Systems: []mapSystem{}, Links: []mapLink{}, Entities: []mapEntity{}, Folded: v.Others.Links}
	for _, n := range v.Nodes {
		doc.Systems = append(doc.Systems, systemJSON(m, n))
	}
	for i, l := range v.Links {
		doc.Links = append(doc.Links, mapLink{l.From, l.To, list(l.Flows), l.Hours, v.Table.Rows[i].ErrorCost, l.Pattern, l.State})
	}
	matrix := m.Matrix()
	for i, e := range m.Entities {
		entity := mapEntity{ID: e.ID, Declared: e.Declared, Consumers: list(e.Consumers), Parts: map[string]graph.Part{}}
		for j, part := range matrix.Rows[i].Parts {
			if part != graph.NoPart {
				entity.Parts[matrix.Systems[j]] = part
			}
		}
		if e.Record != "" {
			entity.Record = &e.Record
		}
		doc.Entities = append(doc.Entities, entity)
	}
	return doc
}

// systemJSON is a node; a platform is one of its own kind.
func systemJSON(m graph.Map, n diagram.Node) mapSystem {
	if n.Platform {
		return mapSystem{ID: n.ID, Name: n.Name, Kind: "platform", Records: []string{}, Consumes: []string{}}
	}
	x, _ := m.Node(n.ID)
	return mapSystem{n.ID, x.System.Name, x.System.Kind, list(x.Records), list(x.Consumes), n.Hours}
}
