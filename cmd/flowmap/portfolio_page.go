package main

import (
	"bytes"
	"fmt"
	"io"

	"github.com/flowmap-dev/flowmap/pkg/lang"
	"github.com/flowmap-dev/flowmap/pkg/render"
	"github.com/flowmap-dev/flowmap/pkg/report"
)

// pageFormats are how a portfolio is handed on.
var pageFormats = []string{"xlsx", "html", "markdown"}

// portfolioPage is what of a portfolio is handed on, and where to.
type portfolioPage struct{ format, out, language string }

func (p portfolioPage) check() error {
	if p.format == "" {
		if p.out != "" {
			return &usageError{"--output is given without --format", "add --format xlsx, html or markdown"}
		}
		return nil
	}
	if err := oneOf("format", p.format, pageFormats); err != nil {
		return err
	}
	return oneOf("language", p.language, lang.Languages())
}

// portfolioPage writes many clients together as a workbook, a page or Markdown.
func (w *world) portfolioPage(p clientsTogether, page portfolioPage) error {
	words, err := lang.New(page.language)
	if err != nil {
		return err
	}
	leftOut := make([]report.LeftOut, len(p.broken))
	if !p.redacted {
		for i, b := range p.broken {
			leftOut[i] = report.LeftOut{Name: b.dir, Why: b.why}
		}
	}
	write, extension := render.XLSX, ".xlsx"
	switch page.format {
	case "html":
		write, extension = render.HTML, ".html"
	case "markdown":
		write, extension = render.Markdown, ".md"
	}
	var text bytes.Buffer
	if err := write(&text, report.ClientsPage(words, p.Together, leftOut)); err != nil {
		return err
	}
	if page.out == "" {
		page.out = "portfolio" + extension
	}
	if err := w.write(page.out, text.Bytes()); err != nil || page.out == "-" {
		return err
	}
	_, err = io.WriteString(w.out, fmt.Sprintln(page.out))
	return err
}
