package main

import (
	"cmp"
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"github.com/flowmap-dev/flowmap/pkg/audit"
	"github.com/flowmap-dev/flowmap/pkg/graph"
	"github.com/flowmap-dev/flowmap/pkg/graph/diagram"
	"github.com/flowmap-dev/flowmap/pkg/lang"
	"github.com/flowmap-dev/flowmap/pkg/report"
	"github.com/spf13/cobra"
)

func (w *world) impactCommand() *cobra.Command {
	var flags whatIf
	var asJSON bool
	var out string
	c := &cobra.Command{
		Use:   "impact SYSTEM|ENTITY [DIR]",
		Short: "What hangs on a system or a type of data: flows, systems, people, hours and money, by distance",
		Args:  cobra.RangeArgs(1, 2),
		RunE: func(c *cobra.Command, args []string) error {
			dir, a, err := w.begin(c, args[1:], flags, survey)
			if err != nil {
				return err
			}
			m, err := impactOf(a.workspace, args[0])
			if err != nil {
				return err
			}
			switch {
			case asJSON || filepath.Ext(out) == ".json":
				text, err := jsonText(impactDocument(dir, a, m))
				if err != nil {
					return err
				}
				return w.write(cmp.Or(out, "-"), text)
			case out != "":
				return w.drawImpact(c.Context(), out, dir, a, m)
			}
			return w.printImpact(a, m)
		},
	}
	flags.add(c)
	c.Flags().BoolVar(&asJSON, "json", false, "one JSON document")
	c.Flags().StringVarP(&out, "output", "o", "", "a picture, as the file's name ends: svg, png, pdf, dot; or json")
	return c
}

// drawImpact is map --view impact of the same thing.
func (w *world) drawImpact(ctx context.Context, out, dir string, a analysis, m graph.Impact) error {
	job := mapJob{view: string(diagram.KindImpact), out: out, theme: string(diagram.Light), fonts: fonts[0],
		options: diagram.Options{Around: m.System, Entity: m.Entity}}
	if err := job.settle(); err != nil {
		return err
	}
	return w.mapAs(ctx, job, dir, a)
}

// impactOf finds what a name means: the id of a system or of an entity, with
// system: or entity: before it where it is both.
func impactOf(ws audit.Workspace, name string) (graph.Impact, error) {
	kind, id, said := strings.Cut(name, ":")
	if !said {
		kind, id = "", name
	}
	_, system := ws.System(id)
	_, entity := ws.Entity(id)
	switch {
	case kind != "" && kind != "system" && kind != "entity":
		return graph.Impact{}, &usageError{fmt.Sprintf("%q is neither system:ID nor entity:ID", name), "write system:erp, entity:order, or the id alone"}
	case kind == "" && system && entity:
		return graph.Impact{}, &usageError{fmt.Sprintf("%q is a system and a type of data", id), "write system:" + id + " or entity:" + id}
	case system && kind != "entity":
		m, _ := graph.SystemImpact(ws, id)
		return m, nil
	case entity && kind != "system":
		m, _ := graph.EntityImpact(ws, id)
		return m, nil
	}
	return graph.Impact{}, unknownSubject(ws, kind, id)
}

func unknownSubject(ws audit.Workspace, kind, id string) error {
	var ids []string
	if kind != "entity" {
		for _, s := range ws.Systems {
			ids = append(ids, s.ID)
		}
	}
	if kind != "system" {
		for _, e := range ws.Entities {
			ids = append(ids, e.ID)
		}
	}
	slices.Sort(ids)
	ids = slices.Compact(ids)
	what := map[string]string{"": "system or type of data", "system": "system", "entity": "type of data"}[kind]
	return &usageError{fmt.Sprintf("there is no %s %q", what, id), audit.Meant(id, ids, "ids")}
}

// printImpact shows an impact on a terminal, in English.
func (w *world) printImpact(a analysis, m graph.Impact) error {
	p, err := lang.New("en")
	if err != nil {
		return err
	}
	v := impactView{w, a, m, p, report.NewVoice(p, a.workspace, a.catalogue)}
	name := v.System(m.System)
	if m.Entity != "" {
		name = "“" + v.Entity(m.Entity) + "”"
	}
	fmt.Fprintf(w.out, "What hangs on %s\n\n%s\n%s", name, v.steps().text(w.width), v.flows().text(w.width))
	if copies := v.copies(); len(copies.rows) > 0 {
		fmt.Fprintf(w.out, "\nHow the data gets there\n%s", copies.text(w.width))
	}
	_, err = fmt.Fprintf(w.out, "\n%s\n", v.sum())
	return err
}

// impactView puts an impact into tables.
type impactView struct {
	world *world
	a     analysis
	m     graph.Impact
	p     lang.Printer
	report.Voice
}

// steps is one row a distance.
func (v impactView) steps() table {
	t := table{heads: []string{"Steps", "Systems", "Data", "People", "Flows", "Hours/wk", "Cost/yr"},
		right: []bool{true, false, false, false, true, true, true}}
	for _, s := range v.m.Steps {
		flows, cost := "", ""
		if len(s.Flows) > 0 {
			flows, cost = v.p.Number(float64(len(s.Flows)), 0), v.money(s.CostPerYear)
		}
		t.rows = append(t.rows, []string{v.p.Number(float64(s.Distance), 0), v.names(s.Systems, v.System), v.names(s.Entities, v.Entity),
			strings.Join(s.People, ", "), flows, v.hours(s.Load), cost})
	}
	return t
}

// flows is one row a flow, the nearest first.
func (v impactView) flows() table {
	t := table{heads: []string{"Steps", "Flow", "Data", "From", "To", "People", "Hours/wk", "Cost/yr"},
		right: []bool{true, false, false, false, false, false, true, true}}
	for _, s := range v.m.Steps {
		for _, id := range s.Flows {
			f, _ := v.a.workspace.Flow(id)
			c := v.a.workspace.Cost(f)
			var l graph.Load
			l.Add(f, c)
			t.rows = append(t.rows, []string{v.p.Number(float64(s.Distance), 0), f.Label(), v.Entity(f.Entity), v.System(f.From), v.System(f.To),
				strings.Join(f.People, ", "), v.hours(l), v.money(l.CostPerYear)})
		}
	}
	return t
}

// copies tells how the entity gets to its consumers, or to the system what it
// gets.
func (v impactView) copies() table {
	t := table{heads: []string{"Data", "In", "Way", "Age", "Wrong"}, right: []bool{false, false, false, true, true}}
	for _, c := range copiesOf(v.a.graph, v.m) {
		age, wrong := v.p.Age(c.Delay.Hours), v.p.Percent(c.Errors.Value, 1)
		if !c.Delay.Known {
			age += " or more"
		}
		if !c.Errors.Known {
			wrong += " or more"
		}
		if !c.Delay.Known && c.Delay.Hours == 0 {
			age = "?"
		}
		if !c.Errors.Known && c.Errors.Value == 0 {
			wrong = "?"
		}
		var way []string
		for _, s := range c.Path {
			way = append(way, v.System(s))
		}
		t.rows = append(t.rows, []string{v.Entity(c.entity), v.System(c.System), strings.Join(way, " → "), age, wrong})
	}
	return t
}

// entityCopy is a copy with the entity that it is of.
type entityCopy struct {
	entity string
	graph.Copy
}

// copiesOf are the copies of the impact's entity, or those in its system.
func copiesOf(m graph.Map, of graph.Impact) []entityCopy {
	var all []entityCopy
	for _, e := range m.Entities {
		for _, c := range e.Copies {
			if e.ID == of.Entity || of.Entity == "" && c.System == of.System {
				all = append(all, entityCopy{e.ID, c})
			}
		}
	}
	return all
}

// sum says what hangs on it in all.
func (v impactView) sum() string {
	n := 0
	for _, s := range v.m.Steps {
		n += len(s.Flows)
	}
	text := fmt.Sprintf("In all: %s, %s hours a week by hand, %s a year.", v.p.Plural("count.flows", n, nil), v.p.Number(v.m.HoursPerWeek, 1), v.money(v.m.CostPerYear))
	if v.m.NotStated > 0 {
		text += fmt.Sprintf(" Not counted, since nobody has stated their hours: %d.", v.m.NotStated)
	}
	if share := betweenness(v.a.graph, v.m.System); share != nil && *share > 0 {
		text += fmt.Sprintf(" Of the shortest ways between two other systems, %s pass through it.", v.p.Percent(*share, 0))
	}
	return text
}

// betweenness is that of a system; nil for an entity.
func betweenness(m graph.Map, system string) *float64 {
	i := slices.IndexFunc(m.Nodes, func(n graph.Node) bool { return n.System.ID == system })
	if i < 0 {
		return nil
	}
	return &m.Betweenness()[i]
}

func (v impactView) names(ids []string, name func(string) string) string {
	names := make([]string, len(ids))
	for i, id := range ids {
		names[i] = name(id)
	}
	return strings.Join(names, ", ")
}

// hours are blank where nothing takes any, and a question where nobody said.
func (v impactView) hours(l graph.Load) string {
	switch {
	case l.HoursPerWeek > 0:
		return v.p.Number(l.HoursPerWeek, 1)
	case l.NotStated > 0:
		return "?"
	}
	return ""
}

func (v impactView) money(x float64) string {
	return v.p.Money(x, v.a.workspace.Currency, 0)
}

// impactJSON is the document of impact --json.
type impactJSON struct {
	Workspace    string       `json:"workspace"`
	Currency     string       `json:"currency"`
	Kind         string       `json:"kind"` // system or entity
	ID           string       `json:"id"`
	Name         string       `json:"name"`
	HoursPerWeek float64      `json:"hours_per_week"`
	CostPerYear  float64      `json:"cost_per_year"`
	NotStated    int          `json:"not_stated"`
	Betweenness  *float64     `json:"betweenness"` // null for an entity
	Steps        []impactStep `json:"steps"`
	Flows        []impactFlow `json:"flows"`
	Copies       []impactCopy `json:"copies"`
}

type impactStep struct {
	Distance     int      `json:"distance"`
	Systems      []string `json:"systems"`
	Entities     []string `json:"entities"`
	Flows        []string `json:"flows"`
	People       []string `json:"people"`
	HoursPerWeek float64  `json:"hours_per_week"`
	CostPerYear  float64  `json:"cost_per_year"`
	NotStated    int      `json:"not_stated"`
}

type impactFlow struct {
	ID           string   `json:"id"`
	Name         string   `json:"name"`
	Distance     int      `json:"distance"`
	Entity       string   `json:"entity"`
	From         string   `json:"from"`
	To           string   `json:"to"`
	People       []string `json:"people"`
	HoursPerWeek *float64 `json:"hours_per_week"`
	CostPerYear  float64  `json:"cost_per_year"`
}

// impactCopy is how data gets from its record to a system. What is not known
// is null.
type impactCopy struct {
	Entity     string   `json:"entity"`
	System     string   `json:"system"`
	Path       []string `json:"path"`
	Flows      []string `json:"flows"`
	DelayHours *float64 `json:"delay_hours"`
	ErrorShare *float64 `json:"error_share"`
}

func impactDocument(dir string, a analysis, m graph.Impact) impactJSON {
	doc := impactJSON{Workspace: dir, Currency: a.workspace.Currency, Kind: "system", ID: m.System,
		HoursPerWeek: m.HoursPerWeek, CostPerYear: m.CostPerYear, NotStated: m.NotStated,
		Betweenness: betweenness(a.graph, m.System), Steps: []impactStep{}, Flows: []impactFlow{}, Copies: []impactCopy{}}
	if m.Entity != "" {
		doc.Kind, doc.ID = "entity", m.Entity
	}
	system, _ := a.workspace.System(m.System)
	entity, _ := a.workspace.Entity(m.Entity)
	doc.Name = system.Name + entity.Name // one of them is empty
	for _, s := range m.Steps {
		doc.Steps = append(doc.Steps, impactStep{s.Distance, list(s.Systems), list(s.Entities), list(s.Flows), list(s.People), s.HoursPerWeek, s.CostPerYear, s.NotStated})
		for _, id := range s.Flows {
			doc.Flows = append(doc.Flows, impactFlowDocument(a.workspace, id, s.Distance))
		}
	}
	for _, c := range copiesOf(a.graph, m) {
		at := impactCopy{Entity: c.entity, System: c.System, Path: c.Path, Flows: c.Flows}
		if c.Delay.Known {
			at.DelayHours = &c.Delay.Hours
		}
		if c.Errors.Known {
			at.ErrorShare = &c.Errors.Value
		}
		doc.Copies = append(doc.Copies, at)
	}
	return doc
}

func impactFlowDocument(ws audit.Workspace, id string, distance int) impactFlow {
	f, _ := ws.Flow(id)
	c := ws.Cost(f)
	doc := impactFlow{ID: id, Name: f.Name, Distance: distance, Entity: f.Entity, From: f.From, To: f.To, People: list(f.People),
		CostPerYear: c.LabourPerYear + c.ErrorCostPerYear}
	if c.Stated {
		doc.HoursPerWeek = &c.HoursPerWeek
	}
	return doc
}
