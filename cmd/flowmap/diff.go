package main

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"github.com/flowmap-dev/flowmap/pkg/audit"
	"github.com/flowmap-dev/flowmap/pkg/diff"
	"github.com/flowmap-dev/flowmap/pkg/draw"
	"github.com/flowmap-dev/flowmap/pkg/graph"
	"github.com/flowmap-dev/flowmap/pkg/graph/diagram"
	"github.com/flowmap-dev/flowmap/pkg/lang"
	"github.com/flowmap-dev/flowmap/pkg/render"
	"github.com/flowmap-dev/flowmap/pkg/report"
	"github.com/flowmap-dev/flowmap/pkg/roi"
	"github.com/spf13/cobra"
)

// diffFormats are what diff writes, table being for a terminal.
var diffFormats = []string{"table", "markdown", "json", "svg", "png", "pdf"}

// diffEndings are how the files of those formats end.
var diffEndings = map[string]string{".md": "markdown", ".json": "json", ".svg": "svg", ".png": "png", ".pdf": "pdf"}

// diffJob is what diff is asked for.
type diffJob struct {
	flags  whatIf
	format string
	out    string
	asJSON bool
}

func (w *world) diffCommand() *cobra.Command {
	var job diffJob
	c := &cobra.Command{
		Use:   "diff A B",
		Short: "Two audits, or two revisions of one, side by side: what changed, and what each part of the difference in money is due to",
		Long: `Sets two audits side by side. A and B are workspaces, or git:REVISION of one of
them: flowmap diff git:HEAD~3 acme compares acme as it was three commits ago
with acme as it is; flowmap diff git:v1 git:v2 -w acme compares two revisions.

Each part of the difference in money is due to an input, with where it was said.
The parts add up to the difference, to the cent.`,
		Args: cobra.ExactArgs(2),
		RunE: func(c *cobra.Command, args []string) error {
			if err := job.settle(); err != nil {
				return err
			}
			var sides [2]analysis
			for i, name := range args {
				a, err := w.side(c, name, args[1-i], job.flags)
				if err != nil {
					return err
				}
				sides[i] = a
			}
			return w.diffAs(job, [2]string{args[0], args[1]}, sides)
		},
	}
	job.flags.addLanguage(c)
	job.flags.addRedact(c)
	c.Flags().StringVar(&job.format, "format", "", strings.Join(diffFormats, ", ")+" (default: as the file's name ends, else table)")
	c.Flags().StringVarP(&job.out, "output", "o", "-", "the file to write, - for standard output; a picture of what came and went is svg, png or pdf")
	c.Flags().BoolVar(&job.asJSON, "json", false, "the same as --format json")
	return c
}

// settle finds the format.
func (job *diffJob) settle() error {
	ending := diffEndings[filepath.Ext(job.out)]
	if job.asJSON {
		job.format = cmp.Or(job.format, "json")
	}
	job.format = cmp.Or(job.format, ending, "table")
	if err := oneOf("format", job.format, diffFormats); err != nil {
		return err
	}
	if job.asJSON && job.format != "json" {
		return &usageError{fmt.Sprintf("--json and --format %s are both given", job.format), "choose one of them"}
	}
	return nil
}

// side reads one of the two audits. other is the second, in which a revision may
// be meant.
func (w *world) side(c *cobra.Command, name, other string, flags whatIf) (analysis, error) {
	var ws audit.Workspace
	var err error
	if revision, ok := strings.CutPrefix(name, "git:"); ok {
		var dir string
		if dir, err = revisionOf(c, other); err == nil {
			ws, err = w.revision(c.Context(), dir, revision)
		}
	} else {
		ws, err = w.load(c.Context(), name)
	}
	if err == nil {
		ws, err = w.apply(ws, flags)
	}
	if err != nil {
		return analysis{}, w.problemsIn(name, err)
	}
	a, err := aside(c.Context(), func() (analysis, error) { return analyse(ws, roi.ByPayback) })
	return a, w.problemsIn(name, err)
}

// revisionOf is the workspace whose revision is meant: the other one, where that
// is a folder, else the flag's or the nearest.
func revisionOf(c *cobra.Command, other string) (string, error) {
	if strings.HasPrefix(other, "git:") {
		return find(c, nil)
	}
	return other, nil
}

func (w *world) diffAs(job diffJob, names [2]string, sides [2]analysis) error {
	r, err := diff.Compare(sides[0].side(), sides[1].side())
	var apart *diff.CurrencyError
	if errors.As(err, &apart) {
		return hint("money of two currencies cannot be compared: diff two audits in one", "%w", err)
	}
	if err != nil {
		return err
	}
	language := sides[1].workspace.Language
	if job.format == "table" && job.flags.language == "" {
		language = "en" // as on every terminal
	}
	p, err := lang.New(language)
	if err != nil {
		return err
	}
	switch job.format {
	case "json":
		text, err := jsonText(diffDocument(names, sides, r))
		if err != nil {
			return err
		}
		return w.write(job.out, text)
	case "svg", "png", "pdf":
		return w.drawDiff(job, sides, p, r)
	}
	page := report.DiffPage(sides[0].run(""), sides[1].run(""), p, r, names)
	if job.format == "table" {
		return w.write(job.out, []byte(pageText(page, p, w.width)))
	}
	var b bytes.Buffer
	if err := render.Markdown(&b, page); err != nil {
		return err
	}
	return w.write(job.out, b.Bytes())
}

func (a analysis) side() diff.Side {
	return diff.Side{Workspace: a.workspace, Catalogue: a.catalogue, Findings: a.findings}
}

// drawDiff draws what came and went.
func (w *world) drawDiff(job diffJob, sides [2]analysis, p lang.Printer, r diff.Result) error {
	var came, gone []string
	both := sides[1].workspace
	for _, x := range r.Things {
		switch {
		case x.Kind == diff.Flow && x.Status == diff.Came:
			came = append(came, x.ID)
		case x.Kind == diff.Flow && x.Status == diff.Went:
			gone = append(gone, x.ID)
			f, _ := sides[0].workspace.Flow(x.ID)
			both.Flows = append(slices.Clip(both.Flows), f)
		case x.Kind == diff.System && x.Status == diff.Went:
			s, _ := sides[0].workspace.System(x.ID)
			both.Systems = append(slices.Clip(both.Systems), s)
		case x.Kind == diff.Entity && x.Status == diff.Went:
			e, _ := sides[0].workspace.Entity(x.ID)
			both.Entities = append(slices.Clip(both.Entities), e)
		case x.Kind == diff.Role && x.Status == diff.Went:
			role, _ := sides[0].workspace.Role(x.ID)
			both.Roles = append(slices.Clip(both.Roles), role)
		}
	}
	both = both.Without() // finds the things of both
	view, err := diagram.Between(graph.New(both), both, p, diagram.Options{}, came, gone)
	if err != nil {
		return told(err)
	}
	drawn, err := view.Drawing()
	if err != nil {
		return err
	}
	var b bytes.Buffer
	switch job.format {
	case "png":
		w.warnOfBoxes(drawn, job.format)
		err = draw.PNG(&b, drawn, report.PictureDPI)
	case "pdf":
		w.warnOfBoxes(drawn, job.format)
		err = draw.PDF(&b, drawn)
	default:
		err = draw.SVG(&b, drawn)
	}
	return cmp.Or(err, w.write(job.out, b.Bytes()))
}
