package main

import (
	"bytes"
	"cmp"
	"fmt"
	"path/filepath"
	"strings"

	"github.com/flowmap-dev/flowmap/pkg/audit"
	"github.com/flowmap-dev/flowmap/pkg/draw"
	"github.com/flowmap-dev/flowmap/pkg/graph"
	"github.com/flowmap-dev/flowmap/pkg/graph/diagram"
	"github.com/flowmap-dev/flowmap/pkg/lang"
	"github.com/spf13/cobra"
)

// mapFormats are what map writes.
var mapFormats = []string{"svg", "png", "dot", "json"}

func (w *world) mapCommand() *cobra.Command {
	var flags whatIf
	var format, view, out string
	var asJSON bool
	c := &cobra.Command{
		Use:   "map [DIR]",
		Short: "The dependency map: which data goes where, by whom, at what cost",
		Args:  cobra.MaximumNArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			if asJSON {
				format = "json"
			}
			if err := oneOf("format", format, mapFormats); err != nil {
				return err
			}
			if err := oneOf("view", view, []string{"flows"}); err != nil {
				return err
			}
			dir, err := find(c, args)
			if err != nil {
				return err
			}
			ws, err := w.load(dir)
			if err != nil {
				return err
			}
			if ws, err = w.apply(ws, flags); err != nil {
				return err
			}
			return w.mapAs(format, out, dir, ws)
		},
	}
	flags.add(c)
	flags.addRedact(c)
	c.Flags().StringVar(&format, "format", "svg", strings.Join(mapFormats, ", "))
	c.Flags().StringVar(&view, "view", "flows", "flows: the landscape as it is")
	c.Flags().StringVarP(&out, "output", "o", "", "a file, or - for standard output (default: report/map.FORMAT in the workspace)")
	c.Flags().BoolVar(&asJSON, "json", false, "the same as --format json")
	return c
}

func (w *world) mapAs(format, out, dir string, ws audit.Workspace) error {
	m := graph.New(ws)
	if format == "json" {
		text, err := jsonText(mapDocument(m))
		if err != nil {
			return err
		}
		return w.write(cmp.Or(out, "-"), text)
	}
	p, err := lang.New(ws.Language)
	if err != nil {
		return err
	}
	text, err := w.mapText(format, analysis{workspace: ws, graph: m}, p)
	if err != nil {
		return err
	}
	if out != "" {
		return w.write(out, text)
	}
	out = filepath.Join(folderOf(dir), "report", "map."+format)
	if err := makeFolder(filepath.Dir(out)); err != nil {
		return err
	}
	if err := w.write(out, text); err != nil {
		return err
	}
	_, err = fmt.Fprintln(w.out, out)
	return err
}

func (w *world) mapText(format string, a analysis, p lang.Printer) ([]byte, error) {
	var b bytes.Buffer
	if format == "dot" {
		view, err := diagram.Flows(a.graph, a.workspace, p, diagram.Options{Fold: true})
		if err != nil {
			return nil, err
		}
		err = diagram.DOT(&b, view)
		return b.Bytes(), err
	}
	d, err := drawMap(a, p)
	if err != nil {
		return nil, err
	}
	if format == "svg" {
		err = draw.SVG(&b, d)
	} else {
		w.warnOfBoxes(d)
		err = draw.PNG(&b, d, pictureDPI)
	}
	return b.Bytes(), err
}

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
	From             string   `json:"from"`
	To               string   `json:"to"`
	Flows            []string `json:"flows"`
	HoursPerWeek     float64  `json:"hours_per_week"`
	ErrorCostPerYear float64  `json:"error_cost_per_year"`
}

type mapEntity struct {
	ID        string   `json:"id"`
	Record    *string  `json:"record"`
	Declared  bool     `json:"declared"`
	Consumers []string `json:"consumers"`
}

func mapDocument(m graph.Map) mapJSON {
	doc := mapJSON{Systems: []mapSystem{}, Links: []mapLink{}, Entities: []mapEntity{}}
	for _, n := range m.Nodes {
		doc.Systems = append(doc.Systems, mapSystem{n.System.ID, n.System.Name, n.System.Kind, list(n.Records), list(n.Consumes), n.HoursPerWeek})
	}
	for _, l := range m.Links {
		doc.Links = append(doc.Links, mapLink{l.From, l.To, list(l.Flows), l.HoursPerWeek, l.ErrorCostPerYear})
	}
	for _, e := range m.Entities {
		entity := mapEntity{ID: e.ID, Declared: e.Declared, Consumers: list(e.Consumers)}
		if e.Record != "" {
			entity.Record = &e.Record
		}
		doc.Entities = append(doc.Entities, entity)
	}
	return doc
}
