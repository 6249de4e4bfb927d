package main

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"

	"github.com/flowmap-dev/flowmap/pkg/audit"
	"github.com/flowmap-dev/flowmap/pkg/catalogue"
	"github.com/flowmap-dev/flowmap/pkg/lang"
	"github.com/flowmap-dev/flowmap/pkg/learn"
	"github.com/flowmap-dev/flowmap/pkg/report"
	"github.com/flowmap-dev/flowmap/pkg/roi"
	"github.com/spf13/cobra"
)

func (w *world) learnCommand() *cobra.Command {
	var asJSON bool
	var accept, out string
	c := &cobra.Command{
		Use:   "learn DIR...",
		Short: "What finished flows teach about the next estimate: build hours, automation rate, volumes by how they were known",
		Long: `Compares what was estimated with what came true, over the finished flows of one
workspace or several, and proposes assumptions with their spread. -o writes the
proposal into a file to be read; --accept DIR writes it into that workspace.
It takes five finished flows or more: those with a day of go-live and what
building took, in actuals/.`,
		Args: cobra.MinimumNArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			l, err := w.learned(c.Context(), args)
			if err != nil {
				return err
			}
			if asJSON {
				return w.writeJSON(learnDocument(args, l))
			}
			p, err := lang.New("en")
			if err != nil {
				return err
			}
			if err := w.write("-", []byte(pageText(report.LearnPage(p, l), p, w.width))); err != nil {
				return err
			}
			return w.keepLessons(c.Context(), l, out, accept)
		},
	}
	c.Flags().BoolVar(&asJSON, "json", false, "one JSON document")
	c.Flags().StringVarP(&out, "output", "o", "", "a file for the proposal, as YAML with a word on each figure")
	c.Flags().StringVar(&accept, "accept", "", "a workspace that the proposal is written into: assumptions into flowmap.yaml, build hours into catalogue.yaml")
	return c
}

// learned reads the projects and learns from them.
func (w *world) learned(ctx context.Context, dirs []string) (learn.Lessons, error) {
	var projects []learn.Project
	for _, dir := range dirs {
		ws, err := w.load(ctx, dir)
		if err != nil {
			return learn.Lessons{}, err
		}
		a, err := aside(ctx, func() (analysis, error) { return analyse(ws, roi.ByPayback) })
		if err != nil {
			return learn.Lessons{}, w.problemsIn(dir, err)
		}
		t, err := w.tracked(dir, a, whatIf{})
		if err != nil {
			return learn.Lessons{}, err
		}
		name := ws.Client.Name
		if name == "" {
			name = filepath.Base(folderOf(dir))
		}
		projects = append(projects, learn.Project{Name: name, Audit: ws, Promise: t.Promise, Realised: t.Result})
	}
	shipped, err := catalogue.Load()
	return learn.From(projects, shipped.Build), err
}

// keepLessons writes a proposal where it is asked for.
func (w *world) keepLessons(ctx context.Context, l learn.Lessons, out, accept string) error {
	if out == "" && accept == "" {
		return nil
	}
	if l.Missing > 0 {
		return hint("finish and measure more flows, or name more workspaces", "nothing is proposed: %d finished flows are there, and %d more are needed", l.Finished, l.Missing)
	}
	if out != "" {
		if err := w.write(out, []byte(proposalText(l))); err != nil {
			return err
		}
		fmt.Fprintln(w.out, "\n"+out)
	}
	if accept == "" {
		return nil
	}
	if _, err := w.load(ctx, accept); err != nil {
		return err
	}
	if accept != folderOf(accept) && filepath.Base(accept) != "flowmap.yaml" {
		return hint("name the folder, or rename the file to flowmap.yaml", "%s is a workspace in one file, which has no place for build hours", accept)
	}
	_, err := audit.Update(accept, func(audit.Workspace) ([]audit.FileChange, error) { return acceptance(l), nil })
	if err != nil {
		return w.problemsIn(accept, err)
	}
	_, err = fmt.Fprintf(w.out, "\n%s: %s\n", filepath.Join(folderOf(accept), "catalogue.yaml"), "build hours as learned")
	if (l.Rate.Enough || l.RateUnstructured.Enough) && err == nil {
		_, err = fmt.Fprintf(w.out, "%s: automation rate as learned\n", filepath.Join(folderOf(accept), "flowmap.yaml"))
	}
	return err
}

// lessonField is one figure of a proposal.
type lessonField struct {
	key, value, note string
}

// buildFields are the build section of a catalogue as it should be.
func buildFields(l learn.Lessons) []lessonField {
	n := audit.PlainNumber
	b := l.Formula
	return []lessonField{
		{"base_hours", n(b.Base), ""}, {"step_hours", n(b.Step), ""}, {"branch_hours", n(b.Branch), ""}, {"transform_hours", n(b.Transform), ""},
		{"low_factor", n(b.Low), ""}, {"high_factor", n(b.High), ""},
	}
}

// rateFields are the assumptions as they should be.
func rateFields(l learn.Lessons) []lessonField {
	var out []lessonField
	for _, x := range []struct {
		key string
		of  learn.Lesson
	}{{"automation_rate", l.Rate}, {"automation_rate_unstructured", l.RateUnstructured}} {
		if x.of.Enough {
			e := audit.Three(x.of.Low, x.of.Likely, x.of.High, audit.Share)
			out = append(out, lessonField{x.key, e.String(), fmt.Sprintf("%d flows; observed %.0f %%, weight %.2f", x.of.N, 100*x.of.Mean, x.of.Weight)})
		}
	}
	return out
}

// proposalText is the proposal as a file that a consultant reads, and copies
// from or accepts.
func proposalText(l learn.Lessons) string {
	var b strings.Builder
	fmt.Fprintf(&b, "# Learned from finished flows: %d, of workspaces: %d.\n# flowmap learn --accept DIR writes it into a workspace.\n", l.Finished, l.Projects)
	fmt.Fprintf(&b, "\n# catalogue.yaml: building took %.2f times what was estimated (%.2f to %.2f); weight %.2f.\nbuild:\n", l.Build.Mean, l.Build.Low, l.Build.High, l.Build.Weight)
	for _, f := range buildFields(l) {
		fmt.Fprintf(&b, "  %s: %s\n", f.key, f.value)
	}
	if rates := rateFields(l); len(rates) > 0 {
		b.WriteString("\n# flowmap.yaml\nassumptions:\n")
		for _, f := range rates {
			fmt.Fprintf(&b, "  %s: %s   # %s\n", f.key, f.value, f.note)
		}
	}
	return b.String()
}

// acceptance is how a workspace takes a proposal over.
func acceptance(l learn.Lessons) []audit.FileChange {
	facts := audit.FileChange{Name: "catalogue.yaml"}
	for _, f := range buildFields(l) {
		facts.Changes = append(facts.Changes, audit.Set(audit.Path{"build", f.key}, audit.Text(f.value)))
	}
	changes := []audit.FileChange{facts}
	main := audit.FileChange{Name: "flowmap.yaml"}
	for _, x := range []struct {
		key string
		of  learn.Lesson
	}{{"automation_rate", l.Rate}, {"automation_rate_unstructured", l.RateUnstructured}} {
		if x.of.Enough {
			percent := func(share float64) string { return audit.PlainNumber(float64(int(share*100+.5))) + "%" }
			main.Changes = append(main.Changes, audit.Set(audit.Path{"assumptions", x.key}, audit.Texts(percent(x.of.Low), percent(x.of.Likely), percent(x.of.High))))
		}
	}
	if len(main.Changes) > 0 {
		changes = append(changes, main)
	}
	return changes
}

// learnJSON is the document of learn --json.
type learnJSON struct {
	Workspaces       []string      `json:"workspaces"` // as given
	Finished         int           `json:"finished"`
	Missing          int           `json:"missing"` // finished flows that are still needed
	Build            learnLesson   `json:"build"`   // real over estimated
	Rate             learnLesson   `json:"automation_rate"`
	RateUnstructured learnLesson   `json:"automation_rate_unstructured"`
	Formula          *learnFormula `json:"build_hours"` // null while flows are missing
	Volumes          []learnBasis  `json:"volumes_by_basis"`
	Flows            []learnFlow   `json:"flows"`
}

// learnLesson is null in its figures where too few flows tell.
type learnLesson struct {
	Flows    int      `json:"flows"`
	Observed *float64 `json:"observed"`
	Weight   *float64 `json:"weight"`
	Low      *float64 `json:"low"`
	Likely   *float64 `json:"likely"`
	High     *float64 `json:"high"`
}

type learnFormula struct {
	Base      float64 `json:"base_hours"`
	Step      float64 `json:"step_hours"`
	Branch    float64 `json:"branch_hours"`
	Transform float64 `json:"transform_hours"`
	Low       float64 `json:"low_factor"`
	High      float64 `json:"high_factor"`
}

type learnBasis struct {
	Basis  audit.Basis `json:"basis"`
	N      int         `json:"flows"`
	Mean   float64     `json:"mean"` // what came over what was stated
	Spread float64     `json:"standard_deviation"`
}

type learnFlow struct {
	Workspace    string   `json:"client"`
	ID           string   `json:"id"`
	BuildPlanned float64  `json:"build_planned"`
	BuildReal    float64  `json:"build_real"`
	Ratio        float64  `json:"ratio"`
	Rate         *float64 `json:"automation_rate"`
	Volume       *float64 `json:"volume"`
}

func learnDocument(dirs []string, l learn.Lessons) learnJSON {
	lesson := func(x learn.Lesson) learnLesson {
		if !x.Enough {
			return learnLesson{Flows: x.N}
		}
		return learnLesson{x.N, &x.Mean, &x.Weight, &x.Low, &x.Likely, &x.High}
	}
	doc := learnJSON{Workspaces: dirs, Finished: l.Finished, Missing: l.Missing, Build: lesson(l.Build), Rate: lesson(l.Rate), RateUnstructured: lesson(l.RateUnstructured),
		Volumes: []learnBasis{}, Flows: []learnFlow{}}
	if b := l.Formula; l.Build.Enough {
		doc.Formula = &learnFormula{b.Base, b.Step, b.Branch, b.Transform, b.Low, b.High}
	}
	for _, b := range l.Bases {
		doc.Volumes = append(doc.Volumes, learnBasis(b))
	}
	for _, o := range l.Flows {
		f := learnFlow{Workspace: o.Project, ID: o.Flow, BuildPlanned: o.BuildPlanned, BuildReal: o.BuildReal, Ratio: o.Ratio}
		if o.RateKnown {
			f.Rate = &o.Rate
		}
		if o.VolumeKnown {
			f.Volume = &o.Volume
		}
		doc.Flows = append(doc.Flows, f)
	}
	return doc
}
