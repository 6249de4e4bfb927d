// Package openlineage writes the flows of a workspace as events of OpenLineage,
// which catalogues of data read: a job for each flow, from the data in one system
// to the data in another. Nothing ran, so the events are JobEvents.
package openlineage

import (
	"encoding/json"
	"fmt"
	"io"
	"net/url"
	"slices"
	"strings"

	"github.com/flowmap-dev/flowmap/pkg/audit"
)

// The versions of the specification that the events follow.
const (
	producer   = "https://github.com/flowmap-dev/flowmap"
	eventURL   = "https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/JobEvent"
	jobDocURL  = "https://openlineage.io/spec/facets/1-1-0/DocumentationJobFacet.json#/$defs/DocumentationJobFacet"
	jobTypeURL = "https://openlineage.io/spec/facets/2-0-4/JobTypeJobFacet.json#/$defs/JobTypeJobFacet"
	ownerURL   = "https://openlineage.io/spec/facets/1-0-1/OwnershipJobFacet.json#/$defs/OwnershipJobFacet"
	dataDocURL = "https://openlineage.io/spec/facets/1-1-0/DocumentationDatasetFacet.json#/$defs/DocumentationDatasetFacet"
)

// Write writes one event a line, by the ids of the flows; a flow that goes both
// ways is two jobs. Every event is of midnight UTC of the audit's date. It is an
// error if the audit has none.
// https://openlineage.io/docs/spec/object-model
func Write(w io.Writer, ws audit.Workspace) error {
	if ws.Date == "" {
		return fmt.Errorf("an event of OpenLineage needs a time, and the audit has no date: write date: 2026-01-31 into flowmap.yaml, or set SOURCE_DATE_EPOCH")
	}
	all := slices.Clone(ws.Flows)
	slices.SortFunc(all, func(a, b audit.Flow) int { return strings.Compare(a.ID, b.ID) })
	out := json.NewEncoder(w)
	out.SetEscapeHTML(false)
	for _, f := range all {
		if err := out.Encode(eventOf(ws, f, f.ID, f.From, f.To)); err != nil {
			return err
		}
		if f.Needs.Direction == audit.TwoWay {
			if err := out.Encode(eventOf(ws, f, f.ID+".back", f.To, f.From)); err != nil {
				return err
			}
		}
	}
	return nil
}

type event struct {
	Time      string    `json:"eventTime"`
	Producer  string    `json:"producer"`
	SchemaURL string    `json:"schemaURL"`
	Job       job       `json:"job"`
	Inputs    []dataset `json:"inputs"`
	Outputs   []dataset `json:"outputs"`
}

type job struct {
	Namespace string           `json:"namespace"`
	Name      string           `json:"name"`
	Facets    map[string]facet `json:"facets"`
}

type dataset struct {
	Namespace string           `json:"namespace"`
	Name      string           `json:"name"`
	Facets    map[string]facet `json:"facets"`
}

// facet is one group of facts; a map is written in the order of its keys.
type facet map[string]any

func newFacet(schema string, pairs ...any) facet {
	f := facet{"_producer": producer, "_schemaURL": schema}
	for i := 0; i+1 < len(pairs); i += 2 {
		f[pairs[i].(string)] = pairs[i+1]
	}
	return f
}

func eventOf(ws audit.Workspace, f audit.Flow, name, from, to string) event {
	cost := ws.Cost(f)
	about := f.Label()
	if cost.Stated {
		about = fmt.Sprintf("%s (%.1f h/week)", about, cost.HoursPerWeek)
	}
	j := job{Namespace: namespace(ws), Name: name, Facets: map[string]facet{
		"documentation": newFacet(jobDocURL, "description", about),
		"jobType":       newFacet(jobTypeURL, "processingType", "BATCH", "integration", "FLOWMAP", "jobType", strings.ToUpper(string(f.How))),
	}}
	if f.Owner != "" {
		j.Facets["ownership"] = newFacet(ownerURL, "owners", []map[string]string{{"name": f.Owner}})
	}
	return event{Time: string(ws.Date) + "T00:00:00Z", Producer: producer, SchemaURL: eventURL, Job: j,
		Inputs: []dataset{data(ws, f, from)}, Outputs: []dataset{data(ws, f, to)}}
}

// data is what a flow carries, as it stands in a system: a flow without a type of
// data carries its own.
func data(ws audit.Workspace, f audit.Flow, system string) dataset {
	name, about := f.ID, f.Label()
	if e, ok := ws.Entity(f.Entity); ok {
		name, about = e.ID, e.Label()
	}
	where := system
	if s, ok := ws.System(system); ok {
		where = s.Label()
	}
	return dataset{Namespace: namespace(ws) + "/" + system, Name: name,
		Facets: map[string]facet{"documentation": newFacet(dataDocURL, "description", about+" ("+where+")")}}
}

// namespace keeps the data of one client apart from another's.
func namespace(ws audit.Workspace) string {
	if ws.Client.Name == "" {
		return "flowmap://audit"
	}
	return "flowmap://" + url.PathEscape(ws.Client.Name)
}
