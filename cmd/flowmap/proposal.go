package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
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

// ownTemplates are the firm's own; nil: ours.
type ownTemplates struct {
	word   *render.Template
	slides *render.SlideTemplate
}

// templatesOf reads the templates that a flag names, at most one of each kind.
func templatesOf(names, formats []string) (ownTemplates, error) {
	var t ownTemplates
	seen := map[string]bool{}
	for _, name := range names {
		format := "docx"
		if forSlides(name) {
			format = "pptx"
		}
		if !slices.Contains(formats, format) {
			return t, &usageError{fmt.Sprintf("--template is given, and %s is not among the formats", format), "add " + format + " to --only"}
		}
		if seen[format] {
			return t, &usageError{"--template is given twice for " + format, "give one for the proposal and one for the slides"}
		}
		seen[format] = true
		var err error
		if format == "pptx" {
			t.slides, err = readSlides(name)
		} else {
			t.word, err = readTemplate(name)
		}
		if err != nil {
			return t, err
		}
	}
	return t, nil
}

// forSlides tells by its ending whether a template is one for slides.
func forSlides(name string) bool {
	ending := strings.ToLower(filepath.Ext(name))
	return ending == ".pptx" || ending == ".potx"
}

func readTemplate(name string) (*render.Template, error) {
	const advice = "name a Word template without macros, a .docx or .dotx"
	text, err := templateText(name, advice)
	if err != nil {
		return nil, err
	}
	t, err := render.ReadTemplate(text)
	if err != nil {
		return nil, hint(advice, "%s is no template: %w", name, err)
	}
	return t, nil
}

func readSlides(name string) (*render.SlideTemplate, error) {
	const advice = "name a presentation without macros, a .pptx or .potx"
	text, err := templateText(name, advice)
	if err != nil {
		return nil, err
	}
	t, err := render.ReadSlideTemplate(text)
	if err != nil {
		return nil, hint(advice, "%s is no template: %w", name, err)
	}
	return t, nil
}

func templateText(name, advice string) ([]byte, error) {
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
	return text, nil
}

// logo reads the workspace's logo, if the proposal is to have it. Loading has
// made sure that it lies within the workspace.
func (w *world) logo(dir, name string, formats []string) []byte {
	if name == "" || !slices.ContainsFunc(formats, func(f string) bool { return f == "docx" || f == "pptx" || f == "pdf" }) {
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
		fmt.Fprintf(w.err, "proposal and slides are without the logo: %s is no picture that they can show (PNG, JPEG or GIF)\n", name)
	}
	return nil
}

// proposed is the proposal, for whom the job says, else for those who are to
// decide on it.
func (job reportJob) proposed(r report.Report) render.Proposal {
	p := render.Proposal{Report: r, Audience: job.audience, Template: job.word, Logo: job.logo}
	if p.Audience == "" {
		p.Audience = report.Proposal
	}
	return p
}

// proposal writes the proposal as a Word document.
func (job reportJob) proposal(r report.Report) ([]byte, error) {
	if job.word != nil {
		if err := fits(job.word, r); err != nil {
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
	pages, err := p.Pages()
	if err != nil {
		return nil, err
	}
	if missing := pages.Missing(); len(missing) > 0 {
		job.say("the PDF shows boxes for letters that its font does not have: %s\n", strings.Join(missing, ", "))
	}
	err = pages.WritePDF(&b)
	return b.Bytes(), err
}

// slides writes the report as slides, for whom the job says, else for those who
// are to decide on it.
func (job reportJob) slides(r report.Report) ([]byte, error) {
	d := render.Deck{Report: r, Audience: job.audience, Template: job.ownTemplates.slides, Logo: job.logo}
	if d.Audience == "" {
		d.Audience = report.Proposal
	}
	var b bytes.Buffer
	err := d.Write(&b)
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
