package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"slices"
	"strings"

	"github.com/flowmap-dev/flowmap/pkg/audit"
	"github.com/flowmap-dev/flowmap/pkg/draw"
	"github.com/flowmap-dev/flowmap/pkg/lang"
	"github.com/flowmap-dev/flowmap/pkg/render"
	"github.com/flowmap-dev/flowmap/pkg/report"
	"github.com/flowmap-dev/flowmap/pkg/roi"
	"github.com/flowmap-dev/flowmap/pkg/track"
	"github.com/flowmap-dev/flowmap/templates"
)

// mostRead is how large a template or a logo may be.
const mostRead = 32 << 20

// templateOf reads the template that a flag names; nil if it names none.
func templateOf(name string, formats []string) (*render.Template, error) {
	if name == "" {
		return nil, nil
	}
	if !slices.Contains(formats, "docx") {
		return nil, &usageError{"--template is given, and docx is not among the formats", "add docx to --only"}
	}
	return readTemplate(name)
}

func readTemplate(name string) (*render.Template, error) {
	const advice = "name a Word template without macros, a .docx or .dotx"
	f, err := os.Open(name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, hint(advice, "%s: there is no such file", name)
	}
	if err != nil {
		return nil, hint(advice, "%s cannot be read: %w", name, cause(err))
	}
	defer f.Close()
	text, err := io.ReadAll(io.LimitReader(f, mostRead+1))
	if err != nil {
		return nil, hint(advice, "%s cannot be read: %w", name, cause(err))
	}
	if len(text) > mostRead {
		return nil, hint(advice, "%s has more than %d MiB", name, mostRead>>20)
	}
	t, err := render.ReadTemplate(text)
	if err != nil {
		return nil, hint(advice, "%s is no template: %w", name, err)
	}
	return t, nil
}

// logo reads the workspace's logo, if the proposal is to have it. Loading has
// made sure that it lies within the workspace.
func (w *world) logo(dir, name string, formats []string) []byte {
	if name == "" || !slices.Contains(formats, "docx") && !slices.Contains(formats, "pdf") {
		return nil
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil
	}
	defer root.Close()
	f, err := root.Open(name)
	if err != nil {
		return nil // a logo that is not there is no problem
	}
	defer f.Close()
	logo, err := io.ReadAll(io.LimitReader(f, mostRead))
	if err == nil && render.LogoFits(logo) {
		return logo
	}
	if !w.quiet {
		fmt.Fprintf(w.err, "the proposal is without the logo: %s is no picture that Word shows (PNG, JPEG or GIF)\n", name)
	}
	return nil
}

// proposed is the proposal, for whom the job says, else for those who are to
// decide on it.
func (job reportJob) proposed(r report.Report) render.Proposal {
	p := render.Proposal{Report: r, Audience: job.audience, Template: job.template, Logo: job.logo}
	if p.Audience == "" {
		p.Audience = report.Proposal
	}
	return p
}

// proposal writes the proposal as a Word document.
func (job reportJob) proposal(r report.Report) ([]byte, error) {
	if job.template != nil {
		if err := fits(job.template, r); err != nil {
			return nil, err
		}
	}
	var b bytes.Buffer
	err := job.proposed(r).Write(&b)
	return b.Bytes(), err
}

// pdf writes the proposal as a PDF: printed by a browser, with tags, or by
// ourselves without. A browser that was found and fails is told of; one that was
// asked for must not fail.
func (job reportJob) pdf(ctx context.Context, r report.Report) ([]byte, error) {
	p := job.proposed(r)
	var b bytes.Buffer
	if job.browser.path != "" {
		if err := p.WritePaper(&b); err != nil {
			return nil, err
		}
		pdf, err := printPage(ctx, job.browser.path, b.Bytes())
		if err == nil || ctx.Err() != nil {
			return pdf, err
		}
		if job.browser.asked {
			return nil, hint("--browser none writes one without tags", "the browser printed no PDF: %w", err)
		}
		job.say("the PDF has no tags, since the browser printed none: %v\n", err)
		b.Reset()
	}
	missing, err := p.Boxes()
	if err != nil {
		return nil, err
	}
	if len(missing) > 0 {
		job.say("the PDF shows boxes for letters that its font does not have: %s\n", strings.Join(missing, ", "))
	}
	err = p.WritePDF(&b)
	return b.Bytes(), err
}

// fits refuses a template with placeholders that nothing stands for.
func fits(t *render.Template, r report.Report) error {
	names, err := templateNames()
	if err != nil {
		return err
	}
	found, err := t.Check(names.With(render.NamesOf(r)))
	if err != nil {
		return err
	}
	var wrong []string
	for _, p := range found {
		if !p.Style {
			wrong = append(wrong, p.Place+": "+p.Text)
		}
	}
	if len(wrong) > 0 {
		return hint("mend the template; flowmap template check FILE lists what there is to mend", "the template has placeholders that nothing stands for: %s", strings.Join(wrong, "; "))
	}
	return nil
}

// templateNames are the names that every report may have, by one in which every
// part has something to say.
func templateNames() (render.TemplateNames, error) {
	text, err := fs.ReadFile(templates.FS(), "docx/sample.yaml")
	if err != nil {
		return render.TemplateNames{}, err
	}
	ws, err := audit.New([]audit.Source{{Name: "flowmap.yaml", Text: text}})
	if err != nil {
		return render.TemplateNames{}, err
	}
	a, err := analyse(ws, roi.ByPayback)
	if err != nil {
		return render.TemplateNames{}, err
	}
	p, err := lang.New("en")
	if err != nil {
		return render.TemplateNames{}, err
	}
	base, err := (&world{quiet: true}).baseRun(context.Background(), a, reportJob{})
	if err != nil {
		return render.TemplateNames{}, err
	}
	promise, err := track.Of(a.workspace, a.ranking.Scores, nil)
	if err != nil {
		return render.TemplateNames{}, err
	}
	measured := track.Flow{ID: "orders", Promised: &track.Promised{}, Live: "2026-02-01", Months: []track.Month{{Month: "2026-02"}, {Month: "2026-03"}}}
	base.Track = &report.Tracked{Promise: promise, Result: track.Result{Flows: []track.Flow{measured}}}
	r, err := report.Build(report.Input{
		Words: p, Base: base, Scenarios: []report.Run{a.run("other")}, Pictures: []report.Picture{{ID: "map", Drawing: draw.Drawing{Width: 1, Height: 1}}},
	})
	return render.NamesOf(r), err
}
