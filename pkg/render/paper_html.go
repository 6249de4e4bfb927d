package render

import (
	"bytes"
	"encoding/base64"
	"html/template"
	"io"
	"io/fs"
	"net/http"

	"github.com/flowmap-dev/flowmap/pkg/draw"
	"github.com/flowmap-dev/flowmap/pkg/report"
	"github.com/flowmap-dev/flowmap/templates"
)

// WritePaper writes the proposal as a page to be printed by a browser, which
// makes a PDF with tags of it: headings, tables and pictures are marked as such,
// for those who have it read to them. It loads nothing and has no script.
func (p Proposal) WritePaper(w io.Writer) error {
	all, err := newPaper(p)
	if err != nil {
		return err
	}
	style, err := fs.ReadFile(templates.FS(), "html/proposal.css")
	if err != nil {
		return err
	}
	v := printedPaper{Title: all.title, Meta: all.meta, Style: template.CSS(all.brand.css() + string(style))}
	if all.meta.Date != "" {
		v.Date = all.Date(all.meta.Date)
	}
	if _, ok := logoDots(all.logo); ok {
		v.Logo = inline(http.DetectContentType(all.logo), all.logo)
	}
	for _, s := range all.sections {
		section := printedSection{ID: s.id, Title: s.title, Class: classOf(s)}
		for _, item := range s.items {
			one, err := printedOf(item)
			if err != nil {
				return err
			}
			section.Items = append(section.Items, one)
		}
		v.Sections = append(v.Sections, section)
	}
	return execute(w, "html/proposal.html", v)
}

// printedPaper is the paper as the template reads it.
type printedPaper struct {
	Title, Date string
	Meta        report.Meta
	Style       template.CSS
	Logo        template.URL // empty: none
	Sections    []printedSection
}

type printedSection struct {
	ID, Title string
	Class     string // "lies", and "pictured" where a large picture stands on the page of its heading
	Items     []printedItem
}

type printedItem struct {
	Heading, Text, Caption, Alt string
	Style                       paperStyle
	Columns                     []printedCell
	Rows                        []printedRow
	Picture                     template.URL
}

type printedRow struct {
	Total bool
	Cells []printedCell
}

type printedCell struct {
	Text  string
	Right bool
}

func classOf(s paperSection) string {
	switch {
	case !s.lies:
		return ""
	case s.pictured():
		return "lies pictured"
	}
	return "lies"
}

func printedOf(item paperItem) (printedItem, error) {
	out := printedItem{Heading: clean(item.heading), Text: clean(item.text), Style: item.style, Caption: clean(item.caption)}
	if p := item.picture; p != nil {
		var svg bytes.Buffer
		d := p.Drawing
		d.Embedded = true // a picture of its own has no letters of the page's
		if err := draw.SVG(&svg, d); err != nil {
			return out, err
		}
		out.Picture, out.Alt = inline("image/svg+xml", svg.Bytes()), clean(p.Alt)
	}
	if g := item.grid; g != nil {
		for _, c := range g.columns {
			out.Columns = append(out.Columns, printedCell{clean(c.label), c.right})
		}
		for i, row := range g.rows {
			line := printedRow{Total: i >= len(g.rows)-g.totals}
			for j, text := range row {
				line.Cells = append(line.Cells, printedCell{clean(text), g.columns[j].right})
			}
			out.Rows = append(out.Rows, line)
		}
	}
	return out, nil
}

// inline is a picture that stands in the page itself.
func inline(kind string, content []byte) template.URL {
	return template.URL("data:" + kind + ";base64," + base64.StdEncoding.EncodeToString(content))
}
