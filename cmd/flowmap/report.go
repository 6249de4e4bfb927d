package main

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"math"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"

	"github.com/flowmap-dev/flowmap/pkg/advise"
	"github.com/flowmap-dev/flowmap/pkg/audit"
	"github.com/flowmap-dev/flowmap/pkg/catalogue"
	"github.com/flowmap-dev/flowmap/pkg/draw"
	"github.com/flowmap-dev/flowmap/pkg/graph/diagram"
	"github.com/flowmap-dev/flowmap/pkg/lang"
	"github.com/flowmap-dev/flowmap/pkg/render"
	"github.com/flowmap-dev/flowmap/pkg/report"
	"github.com/flowmap-dev/flowmap/pkg/roi"
	"github.com/flowmap-dev/flowmap/pkg/roi/portfolio"
	"github.com/spf13/cobra"
)

// reportFormats are what report writes, in the order in which it says so.
var reportFormats = []string{"xlsx", "html", "docx", "md", "svg", "png", "pdf", "pptx", "csv", "json"}

// unlessAsked are those that report does not write by itself.
var unlessAsked = []string{"pdf", "pptx", "csv", "json"}

func (w *world) reportCommand() *cobra.Command {
	var flags whatIf
	var only, audience, folder, browser string
	var template []string
	var wishes planFlags
	c := &cobra.Command{
		Use:   "report [DIR]",
		Short: "Everything: workbook, page, proposal, slides, Markdown and the map, into report/",
		Args:  cobra.MaximumNArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			if folder == "-" {
				return &usageError{"report writes several files, and -o is -", "name a folder: -o DIR"}
			}
			formats, err := chosen(only)
			if err != nil {
				return err
			}
			if audience != "" {
				if err := oneOf("audience", audience, []string{string(report.Management), string(report.IT), string(report.Proposal)}); err != nil {
					return err
				}
			}
			job := reportJob{formats: formats, audience: report.Audience(audience), folder: folder, flags: flags}
			if job.ownTemplates, err = templatesOf(template, formats); err != nil {
				return err
			}
			if job.browser, err = browserOf(browser, formats); err != nil {
				return err
			}
			dir, a, err := w.analysed(c, args, flags, roi.ByPayback)
			if err != nil {
				return err
			}
			job.dir = dir
			job.say = w.say
			if folder == "" {
				job.folder = filepath.Join(folderOf(dir), "report")
			}
			job.logo = w.logo(folderOf(dir), a.workspace.Brand.Logo, formats)
			job.wishes = wishes
			return w.report(c.Context(), a, job)
		},
	}
	flags.add(c)
	flags.addLanguage(c)
	flags.addRedact(c)
	c.Flags().StringVar(&only, "only", "", "some formats alone, with commas between them: "+strings.Join(reportFormats, ","))
	c.Flags().StringVar(&audience, "audience", "", "the sections for management, it or proposal alone")
	c.Flags().Float64Var(&wishes.budget, "budget", 0, "money for building, for the plan in the report; without it there is no limit")
	c.Flags().Float64Var(&wishes.monthly, "monthly", 0, "money a month for platforms, for the plan; without it there is no limit")
	c.Flags().Float64Var(&wishes.team, "team", 0, "hours a week that the team builds, for the roadmap")
	c.Flags().StringArrayVar(&template, "template", nil, "the firm's own template: a .docx or .dotx for the proposal, a .pptx or .potx for the slides; may be given for both")
	c.Flags().StringVar(&browser, "browser", "", "the Chromium, Chrome or Edge that prints the PDF with tags, or none (default: one that is found)")
	c.Flags().StringVarP(&folder, "output", "o", "", "the folder to write into (default: report/ in the workspace)")
	return c
}

// reportJob is what to write and where.
type reportJob struct {
	formats  []string
	audience report.Audience
	folder   string
	dir      string // the workspace's
	flags    whatIf
	wishes   planFlags
	quick    bool // the plan alone, without other plans and other budgets
	ownTemplates
	logo    []byte // nil: none
	browser printing
	say     func(format string, args ...any) // tells of what is not as it should be
}

// say tells of something on stderr, unless nothing is to be told.
func (w *world) say(format string, args ...any) {
	if !w.quiet {
		fmt.Fprintf(w.err, format, args...)
	}
}

func chosen(only string) ([]string, error) {
	if only == "" {
		return slices.DeleteFunc(slices.Clone(reportFormats), func(f string) bool { return slices.Contains(unlessAsked, f) }), nil
	}
	var formats []string
	for _, f := range strings.Split(only, ",") {
		f = strings.TrimSpace(f)
		if err := oneOf("only", f, reportFormats); err != nil {
			return nil, err
		}
		if !slices.Contains(formats, f) {
			formats = append(formats, f)
		}
	}
	return formats, nil
}

// folderOf is the folder that a workspace stands in.
func folderOf(dir string) string {
	if strings.HasSuffix(dir, ".yaml") {
		return filepath.Dir(dir)
	}
	return dir
}

func (w *world) report(ctx context.Context, a analysis, job reportJob) error {
	whole := job
	whole.audience = "" // each format takes the sections of its own
	r, picture, err := w.reportOf(ctx, a, whole)
	if err != nil {
		return err
	}
	formats := job.formats
	if len(a.graph.Nodes) == 0 {
		formats = slices.DeleteFunc(slices.Clone(formats), func(f string) bool { return f == "svg" || f == "png" })
	}
	outputs, err := job.outputs(ctx, r, picture, formats)
	if err != nil {
		return err
	}
	for _, o := range outputs {
		if err := makeFolder(filepath.Dir(o.name)); err != nil {
			return err
		}
	}
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if err := replaceAll(outputs); err != nil {
		return err
	}
	if slices.Contains(formats, "png") || slices.Contains(formats, "xlsx") {
		w.warnOfBoxes(picture.Drawing, "png")
	}
	for _, o := range outputs {
		fmt.Fprintln(w.out, o.name)
	}
	return nil
}

// reportOf makes the report of an analysis for an audience, and its map, which
// is empty if there are no systems.
func (w *world) reportOf(ctx context.Context, a analysis, job reportJob) (report.Report, report.Picture, error) {
	p, err := lang.New(a.workspace.Language)
	if err != nil {
		return report.Report{}, report.Picture{}, err
	}
	in := report.Input{Words: p, WhatIf: job.flags.named(a.workspace)}
	var picture report.Picture
	err = together(
		func() (err error) { in.Base, err = w.baseRun(ctx, a, job); return err },
		func() (err error) { picture, err = mapPicture(a, p, job.formats); return err },
		func() (err error) { in.Scenarios, err = scenarioRuns(ctx, a, job.flags.scenario, p); return err },
	)
	if err != nil {
		return report.Report{}, picture, err
	}
	if len(a.graph.Nodes) > 0 {
		in.Pictures = []report.Picture{picture}
	}
	r, err := report.Build(in)
	return r.For(job.audience), picture, err
}

// mapPicture is the map as a report takes it, its dots drawn beforehand if a
// format asks for them.
func mapPicture(a analysis, p lang.Printer, formats []string) (report.Picture, error) {
	if len(a.graph.Nodes) == 0 {
		return report.Picture{}, nil
	}
	d, err := drawMap(a, p)
	if err != nil {
		return report.Picture{}, err
	}
	picture := report.NewPicture("map", d)
	if slices.ContainsFunc([]string{"xlsx", "docx", "pptx", "png"}, func(f string) bool { return slices.Contains(formats, f) }) {
		_, err = picture.PNG()
	}
	return picture, err
}

// baseRun is the analysis with all that a report says beside it: ranges, advice,
// what happens when a flow fails, and the plan.
func (w *world) baseRun(ctx context.Context, a analysis, job reportJob) (report.Run, error) {
	trials := -1
	if len(a.ranking.Scores) > report.MostLive {
		trials = manyTrials
		roomFor(len(a.workspace.Flows))
	}
	if err := w.simulate(ctx, &a, simulation{trials: trials, seed: 1}); err != nil {
		return report.Run{}, err
	}
	base := a.run("")
	facts, err := catalogue.LoadRecovery()
	if err != nil {
		return base, err
	}
	err = together(
		func() (err error) { base.Plan, err = w.reportPlan(ctx, a, job); return err },
		func() error { base.Advised = a.advice(); return nil },
	)
	if err != nil {
		return base, err
	}
	if len(a.ranking.Scores) <= report.MostPlanned {
		base.Runbooks = report.Runbooks(base, facts)
	}
	if base.Plan != nil {
		base.Drivers = base.Plan.Programme().Tornado(a.workspace)
	}
	if len(a.workspace.Actuals) > 0 { // what came true is told of the audit alone
		t, err := w.tracked(job.dir, a, job.flags)
		if err != nil {
			return base, err
		}
		base.Track = &t
	}
	return base, nil
}

// advice is what is advised on each flow of the ranking.
func (a analysis) advice() []advise.Advice {
	if len(a.ranking.Scores) > report.MostPlanned {
		return nil
	}
	var all []advise.Advice
	for _, s := range a.ranking.Scores {
		f, _ := a.workspace.Flow(s.Flow)
		d := a.advised(f)
		all = append(all, a.adviser.Explain(f, d.candidates, s.Choice))
	}
	return all
}

// manyTrials are the trials of a report of very many flows.
const manyTrials = 1000

// reportNodes bounds the search for the plan of a report by its work, not by
// time, so that the same workspace gives the same report on every machine.
const reportNodes = 3000

// bandTrials is how many trials the range of a plan's money is made of: enough for
// figures that are read from a curve.
const bandTrials = 2000

// reportPlan is the plan of a report, with its calendar; nil where nothing can
// be planned.
func (w *world) reportPlan(ctx context.Context, a analysis, job reportJob) (*report.Plan, error) {
	wishes, err := job.wishes.limits()
	if err != nil {
		return nil, err
	}
	if n := len(a.ranking.Scores); n > report.MostPlanned {
		if wishes.Budget.OK || wishes.Monthly.OK {
			w.say("the report has no plan, since there are %d flows: flowmap plan makes one\n", n)
		}
		return nil, nil
	}
	effort := portfolio.Effort{Nodes: reportNodes, Next: 5, Step: 1000, Curve: true}
	if len(a.ranking.Scores) > report.MostTried {
		effort.Next, effort.Curve = 0, false
	}
	if job.quick {
		effort = portfolio.Effort{Nodes: reportNodes}
	}
	proposal, err := portfolio.Propose(ctx, a.workspace, a.ways, wishes, effort)
	switch {
	case ctx.Err() != nil:
		return nil, ctx.Err()
	case err != nil && (wishes.Budget.OK || wishes.Monthly.OK):
		return nil, w.planError(a.workspace, err)
	case err != nil:
		return nil, nil
	}
	team := job.wishes.team
	if !(team > 0) {
		team = a.catalogue.Build.HoursPerWeek
	}
	plan := &report.Plan{Proposal: proposal, Roadmap: proposal.Plan(a.workspace, team)}
	if len(plan.Flows) == 0 || job.quick {
		return plan, nil
	}
	money, err := plan.OnCalendar(plan.Roadmap).Simulate(ctx, a.workspace, roi.Trials{N: bandTrials, Seed: 1})
	plan.Band = money.Cash
	return plan, err
}

// limits are the money that a plan may take.
func (f planFlags) limits() (portfolio.Wishes, error) {
	var wishes portfolio.Wishes
	for _, one := range []struct {
		name  string
		value float64
		to    *roi.Figure
	}{{"budget", f.budget, &wishes.Budget}, {"monthly", f.monthly, &wishes.Monthly}} {
		if one.value < 0 || math.IsNaN(one.value) || math.IsInf(one.value, 0) {
			return wishes, &usageError{fmt.Sprintf("--%s is %v", one.name, one.value), "write an amount such as 12000"}
		}
		*one.to = roi.Figure{Value: one.value, OK: one.value > 0}
	}
	return wishes, nil
}

// named lists what makes the report a what-if.
func (f whatIf) named(ws audit.Workspace) []string {
	var names []string
	if s, ok := shipped(ws, f.scenario); ok && s.ID != "expected" {
		names = append(names, s.Name)
	}
	for _, s := range ws.Scenarios {
		if s.ID == f.scenario {
			names = append(names, cmp.Or(s.Name, s.ID))
		}
	}
	for _, s := range f.set {
		names = append(names, "--set "+s)
	}
	return names
}

// scenarioRuns are the analyses under the scenarios that come with flowmap and
// those of the workspace, but for the one that it has already and the one that
// changes nothing.
func scenarioRuns(ctx context.Context, a analysis, applied string, p lang.Printer) ([]report.Run, error) {
	if len(a.ranking.Scores) > report.MostLive {
		return nil, nil
	}
	all, err := allScenarios(ctx, a, func(ws audit.Workspace) (analysis, error) { return analyse(ws, roi.ByPayback) })
	if err != nil {
		return nil, err
	}
	var runs []report.Run
	for _, s := range all {
		name := s.name
		if key := "report.scenario." + s.id; p.Has(key) && !slices.ContainsFunc(a.workspace.Scenarios, func(own audit.Scenario) bool { return own.ID == s.id }) {
			name = p.Text(key, nil)
		}
		if s.id != applied && s.id != "expected" {
			run := s.run(name)
			_, run.Adjusted = shipped(a.workspace, s.id)
			runs = append(runs, run)
		}
	}
	return runs, nil
}

// run is the analysis as a report takes it.
func (a analysis) run(name string) report.Run {
	return report.Run{Name: name, Workspace: a.workspace, Catalogue: a.catalogue, Map: a.graph, Ranking: a.ranking, Findings: a.findings, Lapsed: a.lapsed}
}

// outputs writes the report in each format, several at once: a format reads the
// report and changes nothing in it.
func (job reportJob) outputs(ctx context.Context, whole report.Report, picture report.Picture, formats []string) ([]output, error) {
	r := whole.For(job.audience)
	made := make([][]output, len(formats))
	var jobs []func() error
	for i, format := range formats {
		jobs = append(jobs, func() (err error) {
			if ctx.Err() != nil {
				return ctx.Err()
			}
			made[i], err = job.output(ctx, format, views{whole, r}, picture)
			return err
		})
	}
	if err := together(jobs...); err != nil {
		return nil, err
	}
	return slices.Concat(made...), nil
}

// together runs jobs, as many at once as there are processors, and gives the
// error of the first that failed, in the order in which they stand.
func together(jobs ...func() error) error {
	failed := make([]error, len(jobs))
	var wait sync.WaitGroup
	free := make(chan struct{}, runtime.GOMAXPROCS(0))
	for i, job := range jobs {
		wait.Go(func() {
			free <- struct{}{}
			defer func() { <-free }()
			failed[i] = job()
		})
	}
	wait.Wait()
	for _, err := range failed {
		if err != nil {
			return err
		}
	}
	return nil
}

// views are the whole report and the part of it that is for an audience.
type views struct{ whole, part report.Report }

// output writes the report in one format.
func (job reportJob) output(ctx context.Context, format string, of views, picture report.Picture) ([]output, error) {
	var text []byte
	var err error
	switch format {
	case "csv":
		tables, err := render.CSV(of.part)
		if err != nil {
			return nil, fmt.Errorf("make %s: %w", format, err)
		}
		var outputs []output
		for _, t := range tables {
			outputs = append(outputs, output{filepath.Join(job.folder, "csv", t.Name), t.Text})
		}
		return outputs, nil
	case "docx":
		text, err = job.proposal(of.whole)
	case "pdf":
		text, err = job.pdf(ctx, of.whole)
	case "pptx":
		text, err = job.slides(of.whole)
	default:
		text, err = renderAs(format, of.part, picture)
	}
	if err != nil {
		return nil, fmt.Errorf("make %s: %w", format, err)
	}
	return []output{{filepath.Join(job.folder, fileNames[format]), text}}, nil
}

// fileNames are what each format is called in the folder.
var fileNames = map[string]string{"xlsx": "report.xlsx", "html": "report.html", "docx": "proposal.docx", "pdf": "proposal.pdf", "pptx": "slides.pptx", "md": "report.md", "json": "report.json", "svg": "map.svg", "png": "map.png"}

func renderAs(format string, r report.Report, p report.Picture) ([]byte, error) {
	var b bytes.Buffer
	var err error
	switch format {
	case "xlsx":
		err = render.XLSX(&b, r)
	case "html":
		err = render.HTML(&b, r)
	case "md":
		err = render.Markdown(&b, r)
	case "json":
		err = render.JSON(&b, r)
	case "svg":
		err = draw.SVG(&b, p.Drawing)
	case "png":
		return p.PNG()
	}
	return b.Bytes(), err
}

// drawMap draws the landscape. Of a very large one it shows the links with most
// hours, and says in the picture how many it leaves out.
func drawMap(a analysis, p lang.Printer) (draw.Drawing, error) {
	view, err := diagram.Flows(a.graph, a.workspace, p, diagram.Options{})
	if err != nil {
		return draw.Drawing{}, err
	}
	return view.Drawing()
}

// warnOfBoxes names the texts that the font of a PNG or PDF has no letters for.
func (w *world) warnOfBoxes(d draw.Drawing, format string) {
	if missing := draw.Missing(d); len(missing) > 0 && !w.quiet {
		fmt.Fprintf(w.err, "the %s shows boxes for letters that its font does not have: %s\n", strings.ToUpper(format), strings.Join(missing, ", "))
	}
}
