package main

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"strings"

	"github.com/flowmap-dev/flowmap/pkg/audit"
	"github.com/flowmap-dev/flowmap/pkg/draw"
	"github.com/flowmap-dev/flowmap/pkg/graph"
	"github.com/flowmap-dev/flowmap/pkg/graph/diagram"
	"github.com/flowmap-dev/flowmap/pkg/lang"
	"github.com/flowmap-dev/flowmap/pkg/report"
	"github.com/flowmap-dev/flowmap/pkg/roi"
	"github.com/spf13/cobra"
)

// mapFormats are what map writes.
var mapFormats = []string{"svg", "png", "pdf", "drawio", "mermaid", "d2", "plantuml", "structurizr", "dot", "json"}

// mapEndings are those formats whose files end otherwise than they are called.
var mapEndings = map[string]string{"mermaid": "mmd", "plantuml": "puml", "structurizr": "structurizr.json"}

// mapTexts are the formats of other people's languages of diagrams.
var mapTexts = map[string]func(io.Writer, diagram.View) error{
	"mermaid": diagram.Mermaid, "d2": diagram.D2, "plantuml": diagram.PlantUML, "dot": diagram.DOT,
}

// planTexts are those that have places.
var planTexts = map[string]func(io.Writer, diagram.Plan) error{"drawio": diagram.DrawIO, "structurizr": diagram.Structurizr}

// mapEnding is how the file of a format ends.
func mapEnding(format string) string { return cmp.Or(mapEndings[format], format) }

// fonts are the ways in which an SVG has its fonts.
var fonts = []string{"named", "embedded"}

// mapJob is what map is asked for.
type mapJob struct {
	flags   whatIf
	format  string
	view    string
	out     string
	asJSON  bool
	options diagram.Options
	wishes  planFlags
	fit     string
	theme   string
	ground  string
	fonts   string
}

func (w *world) mapCommand() *cobra.Command {
	var job mapJob
	c := &cobra.Command{
		Use:   "map [DIR]",
		Short: "The dependency map: which data goes where, by whom, at what cost",
		Args:  cobra.MaximumNArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			if err := job.settle(); err != nil {
				return err
			}
			dir, a, err := w.begin(c, args, job.flags, job.work)
			if err != nil {
				return err
			}
			return w.mapAs(c.Context(), job, dir, a)
		},
	}
	job.flags.add(c)
	job.flags.addLanguage(c)
	job.flags.addRedact(c)
	f := c.Flags()
	f.StringVar(&job.format, "format", "", strings.Join(mapFormats, ", ")+" (default: as the file's name ends, else svg)")
	f.StringVar(&job.view, "view", string(diagram.KindFlows), `flows: the landscape as it is
records: which system is right about what (of one type of data with --entity)
heat: where hours and the cost of errors are
target: the landscape to be, with its platforms
change: what goes, what is new, what is kept
impact: what hangs on --around SYSTEM or on --entity ENTITY`)
	f.StringVar(&job.options.Entity, "entity", "", "only flows of this type of data")
	f.StringVar(&job.options.Department, "department", "", "only flows of this department")
	f.StringVar(&job.options.Around, "around", "", "only systems near this one")
	f.IntVar(&job.options.Depth, "depth", 0, "how many links away from --around is near (default 1)")
	f.IntVar(&job.options.Top, "top", 0, "only so many links, those with most hours; the others are folded")
	f.Float64Var(&job.options.MinHours, "min-hours", 0, "only links with so many hours a week; the others are folded")
	f.Float64Var(&job.wishes.budget, "budget", 0, "money for building, for the plan of target and change; without it there is no limit")
	f.Float64Var(&job.wishes.monthly, "monthly", 0, "money a month for platforms, for that plan; without it there is no limit")
	f.StringVar(&job.fit, "fit", "", "the page to fill: "+strings.Join(diagram.Fits(), ", ")+" (default: a4-landscape, or larger where it must be)")
	f.StringVar(&job.theme, "theme", string(diagram.Light), strings.Join(diagram.Themes(), ", "))
	f.StringVar(&job.ground, "background", "", strings.Join(diagram.Backgrounds(), ", ")+" (default: the theme's)")
	f.StringVar(&job.fonts, "fonts", "named", "of an SVG: named, as on the reader's machine, or embedded")
	f.StringVarP(&job.out, "output", "o", "", "a file, or - for standard output (default: report/map.FORMAT in the workspace)")
	f.BoolVar(&job.asJSON, "json", false, "the same as --format json")
	return c
}

// settle checks what the flags ask for, before anything is read.
func (job *mapJob) settle() error {
	var err error
	if job.format, err = mapFormat(job.format, job.out, job.asJSON); err != nil {
		return err
	}
	var views []string
	for _, k := range diagram.Kinds() {
		views = append(views, string(k))
	}
	for _, f := range []struct {
		name, value string
		known       []string
	}{
		{"view", job.view, views},
		{"fit", job.fit, diagram.Fits()},
		{"theme", job.theme, diagram.Themes()},
		{"background", job.ground, diagram.Backgrounds()},
		{"fonts", job.fonts, fonts},
	} {
		if f.value == "" {
			continue
		}
		if err := oneOf(f.name, f.value, f.known); err != nil {
			return err
		}
	}
	return job.contradictions()
}

// contradictions finds flags that make no sense together.
func (job *mapJob) contradictions() error {
	o := job.options
	switch {
	case o.Top < 0 || o.MinHours < 0 || o.Depth < 0:
		return &usageError{"--top, --min-hours and --depth cannot be negative", "leave out the flag to show everything"}
	case o.Depth > 0 && o.Around == "" && job.kind() != diagram.KindImpact:
		return &usageError{"--depth is given without --around", "name the system in the middle: --around SYSTEM"}
	case job.kind() == diagram.KindImpact && (o.Around == "") == (o.Entity == ""):
		return &usageError{"--view impact needs one thing that the rest hangs on", "name a system with --around SYSTEM, or a type of data with --entity ENTITY"}
	case !job.planned() && (job.wishes.budget != 0 || job.wishes.monthly != 0):
		return &usageError{"--budget and --monthly are for the plan, which this view does not show", "choose --view target or --view change, or leave them out"}
	case job.fonts == "embedded" && job.format != "svg":
		return &usageError{fmt.Sprintf("--fonts embedded is for svg, and the format is %s", job.format), "a png has no fonts, and a pdf always has its own"}
	case job.look().Check() != nil:
		return &usageError{"--theme dark has light texts, which --background white would hide", "choose --theme light, or --background transparent"}
	}
	return nil
}

func (job mapJob) kind() diagram.Kind { return diagram.Kind(job.view) }

// planned tells whether the view shows what is to be integrated.
func (job mapJob) planned() bool {
	return job.kind() == diagram.KindTarget || job.kind() == diagram.KindChange
}

func (job mapJob) look() diagram.Look {
	return diagram.Look{Fit: diagram.Fit(job.fit), Theme: diagram.Theme(job.theme), Background: diagram.Background(job.ground)}
}

// work is as much of the path as the view needs.
func (job mapJob) work(ws audit.Workspace) (analysis, error) {
	if job.planned() {
		return analyse(ws, roi.ByPayback)
	}
	return analysis{workspace: ws, graph: graph.New(ws)}, nil
}

// mapFormat settles what --format, --json and the name of the file ask for.
func mapFormat(format, out string, asJSON bool) (string, error) {
	ending := ""
	for _, f := range mapFormats {
		if strings.HasSuffix(out, "."+mapEnding(f)) && len(mapEnding(f)) > len(mapEnding(ending)) {
			ending = f
		}
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
		return "", &usageError{fmt.Sprintf("--format is %q, and the file is %s", chosen, out), "let the file's name end in ." + mapEnding(chosen)}
	}
	return chosen, nil
}

// mapView is the view that is asked for.
func (w *world) mapView(ctx context.Context, job mapJob, a analysis, p lang.Printer) (diagram.View, error) {
	o := job.options
	var moves diagram.Overlay
	if job.planned() {
		var err error
		if moves, err = w.overlay(ctx, a, job.wishes, p); err != nil {
			return diagram.View{}, err
		}
	}
	switch job.kind() {
	case diagram.KindRecords:
		return diagram.Records(a.graph, a.workspace, p, o)
	case diagram.KindHeat:
		return diagram.Heat(a.graph, a.workspace, p, o)
	case diagram.KindTarget:
		return diagram.Target(a.graph, a.workspace, p, o, moves)
	case diagram.KindChange:
		return diagram.Change(a.graph, a.workspace, p, o, moves)
	case diagram.KindImpact:
		return diagram.Impact(a.graph, a.workspace, p, o)
	case diagram.KindFlows:
	}
	return diagram.Flows(a.graph, a.workspace, p, o)
}

// overlay is what the plan integrates; nothing, where there is no plan that pays.
func (w *world) overlay(ctx context.Context, a analysis, wishes planFlags, p lang.Printer) (diagram.Overlay, error) {
	plan, err := w.reportPlan(ctx, a, reportJob{wishes: wishes, quick: true})
	if err != nil || plan == nil {
		return nil, err
	}
	var moves diagram.Overlay
	for _, f := range plan.Flows {
		m := diagram.Move{Flow: f.Flow, Platform: f.Candidate.Platform, Name: f.Candidate.Platform, Pattern: f.Candidate.Pattern}
		if x, ok := a.catalogue.Platform(m.Platform); ok {
			m.Name, m.Sort = x.Name, p.Text("platform_kind."+string(x.Kind), nil)
		}
		if f.Score.HoursPerYear > 0 {
			m.Saved = f.Score.HoursPerWeek * f.Score.SavedHoursPerYear / f.Score.HoursPerYear
		}
		moves = append(moves, m)
	}
	return moves, nil
}

// told makes what the filters name, or leave nothing of, an error with a hint.
func told(err error) error {
	var unknown *diagram.UnknownError
	var empty *diagram.EmptyError
	switch {
	case errors.As(err, &unknown):
		return &usageError{unknown.Error(), audit.Meant(unknown.Name, unknown.Known, unknown.Plural())}
	case errors.As(err, &empty):
		return &hinted{empty, "leave out a filter, or choose another value for it"}
	}
	return err
}

func (w *world) mapAs(ctx context.Context, job mapJob, dir string, a analysis) error {
	p, err := lang.New(a.workspace.Language)
	if err != nil {
		return err
	}
	view, err := w.mapView(ctx, job, a, p)
	if job.format == "json" && len(a.graph.Nodes) == 0 {
		err = nil
	}
	if err != nil {
		return told(err)
	}
	if job.format == "json" {
		text, err := jsonText(mapDocument(a.graph, view))
		if err != nil {
			return err
		}
		return w.write(cmp.Or(job.out, "-"), text)
	}
	text, view, err := w.mapText(job, view)
	if err != nil || job.out == "-" {
		return cmp.Or(err, w.write("-", text))
	}
	out := job.out
	if out == "" {
		name := "map"
		if job.kind() != diagram.KindFlows {
			name += "-" + job.view
		}
		out = filepath.Join(folderOf(dir), "report", name+"."+mapEnding(job.format))
		if err := makeFolder(filepath.Dir(out)); err != nil {
			return err
		}
	}
	if err := w.write(out, text); err != nil {
		return err
	}
	_, err = fmt.Fprintf(w.out, "%s\n\n%s", out, linkTable(view, p, a.workspace.Currency).text(w.width))
	if err == nil && view.Others.Any() {
		_, err = fmt.Fprintf(w.out, "\n%s: %s\n", view.Others.Title, strings.Join(view.Others.Lines, ", "))
	}
	return err
}

// mapText is the map in a format, and the view that it shows: a page that has to
// be fitted may have folded more.
func (w *world) mapText(job mapJob, view diagram.View) ([]byte, diagram.View, error) {
	var b bytes.Buffer
	if text, ok := mapTexts[job.format]; ok {
		err := text(&b, view)
		return b.Bytes(), view, err
	}
	plan, err := view.Plan(job.look())
	if err != nil {
		return nil, view, err
	}
	if text, ok := planTexts[job.format]; ok {
		err = text(&b, plan)
		return b.Bytes(), plan.View, err
	}
	d, err := plan.Drawing()
	if err != nil {
		return nil, view, err
	}
	switch job.format {
	case "png":
		w.warnOfBoxes(d, job.format)
		err = draw.PNG(&b, d, report.PictureDPI)
	case "pdf":
		w.warnOfBoxes(d, job.format)
		err = draw.PDF(&b, d)
	default:
		d.Embedded = job.fonts == "embedded"
		err = draw.SVG(&b, d)
	}
	return b.Bytes(), plan.View, err
}

// linkTable is the table that stands beside a map, in the map's language. What
// nobody was asked about is a question mark.
func linkTable(view diagram.View, p lang.Printer, currency string) table {
	t := table{heads: view.Table.Heads, right: []bool{true, false, false, false, false, false, false, true, true, true}}
	for _, r := range view.Table.Rows {
		hours := "?"
		switch {
		case r.HoursStated:
			hours = p.Number(r.Hours, 1)
		case r.Unmanned:
			hours = ""
		}
		points, cost := "?", "?"
		switch {
		case r.Asked:
			points, cost = p.Number(float64(r.Errors), 0), p.Money(r.ErrorCost, currency, 0)
		case r.Unmanned:
			points, cost = "", ""
		}
		t.rows = append(t.rows, []string{p.Number(float64(r.Number), 0), r.From, r.To, r.What, r.How, r.Often, r.Who, hours, points, cost})
	}
	return t
}
