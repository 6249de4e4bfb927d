package main

import (
	"bytes"
	"cmp"
	"fmt"
	"path/filepath"
	"slices"
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
			format, err := mapFormat(format, out, asJSON)
			if err != nil {
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
	flags.addLanguage(c)
	flags.addRedact(c)
	c.Flags().StringVar(&format, "format", "", strings.Join(mapFormats, ", ")+" (default: as the file's name ends, else svg)")
	c.Flags().StringVar(&view, "view", "flows", "flows: the landscape as it is")
	c.Flags().StringVarP(&out, "output", "o", "", "a file, or - for standard output (default: report/map.FORMAT in the workspace)")
	c.Flags().BoolVar(&asJSON, "json", false, "the same as --format json")
	return c
}

// mapFormat settles what --format, --json and the name of the file ask for.
func mapFormat(format, out string, asJSON bool) (string, error) {
	ending := strings.TrimPrefix(filepath.Ext(out), ".")
	if !slices.Contains(mapFormats, ending) {
		ending = ""
	}
	if asJSON {
		format = cmp.Or(format, "json")
	}
	chosen := cmp.Or(format, ending, "svg")
	if err := oneOf("format", chosen, mapFormats); err != nil {
		return "", err
	}
	if asJSON && chosen != "json" {
		return "", &usageError{fmt.Sprintf("--json and --format %s are both given", chosen), "choose one of them"}
	}
	if ending != "" && ending != chosen {
		return "", &usageError{fmt.Sprintf("--format is %q, and the file is %s", chosen, out), "let the file's name end in ." + chosen}
	}
	return chosen, nil
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
	view, err := diagram.Flows(m, ws, p, diagram.Options{Fold: true})
	if err != nil {
		return err
	}
	text, err := w.mapText(format, view)
	if err != nil || out == "-" {
		return cmp.Or(err, w.write("-", text))
	}
	if out == "" {
		out = filepath.Join(folderOf(dir), "report", "map."+format)
		if err := makeFolder(filepath.Dir(out)); err != nil {
			return err
		}
	}
	if err := w.write(out, text); err != nil {
		return err
	}
	_, err = fmt.Fprintf(w.out, "%s\n\n%s", out, linkTable(view, p, ws.Currency).text(w.width))
	return err
}

func (w *world) mapText(format string, view diagram.View) ([]byte, error) {
	var b bytes.Buffer
	if format == "dot" {
		err := diagram.DOT(&b, view)
		return b.Bytes(), err
	}
	d, err := view.Drawing()
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

// linkTable is the table that stands beside a map, in the map's language.
func linkTable(view diagram.View, p lang.Printer, currency string) table {
	t := table{heads: view.Table.Heads, right: []bool{true, false, false, false, false, false, false, true, true, true}}
	for _, r := range view.Table.Rows {
		hours := "?"
		switch {
		case r.HoursStated:
			hours = p.Number(r.Hours, 1)
		case r.How == p.Text("how.automated", nil):
			hours = ""
		}
		t.rows = append(t.rows, []string{p.Number(float64(r.Number), 0), r.From, r.To, r.What, r.How, r.Often, r.Who, hours,
			p.Number(float64(r.Errors), 0), p.Money(r.ErrorCost, currency, 0)})
	}
	return t
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
