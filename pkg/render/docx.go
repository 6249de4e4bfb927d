package render

import (
	"fmt"
	"io"
	"strings"

	"github.com/flowmap-dev/flowmap/pkg/lang"
	"github.com/flowmap-dev/flowmap/pkg/render/opc"
	"github.com/flowmap-dev/flowmap/pkg/report"
)

// DOCX writes the report as a Word document, in our own template and without a
// logo.
func DOCX(w io.Writer, r report.Report) error {
	return Proposal{Report: r}.Write(w)
}

// Proposal is a report on its way into a Word document.
type Proposal struct {
	Report   report.Report   // what placeholders may ask for
	Audience report.Audience // whose sections {{all}} stands for; empty: everybody's
	Template *Template       // nil: our own
	Logo     []byte          // PNG, JPEG or GIF; nil: none
}

// Write fills the template.
func (p Proposal) Write(w io.Writer) error {
	f, err := figuresOf(p.Report)
	if err != nil {
		return err
	}
	t := p.Template
	if t == nil {
		if t, err = ownTemplate(f.Printer, p.Report.Meta.Accent); err != nil {
			return err
		}
	}
	d, err := newDocument(f, p, t)
	if err != nil {
		return err
	}
	for _, name := range t.texts() {
		if err := d.fill(name); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	}
	if err := d.finish(); err != nil {
		return err
	}
	return d.pkg.Write(w)
}

// document is a Word document that is being made.
type document struct {
	figures
	p       Proposal
	t       *Template
	pkg     *opc.Package
	report  report.Report // all its sections
	chosen  []report.Section
	part    string // the part that is being filled
	styles  *styleSheet
	page    page4 // of the place that is being filled
	heads   []heading
	toc     *opc.Node // where the contents will stand; nil: nowhere
	counted map[string]int
	lies    bool // what was written last has left the page on its side, for what follows
	ids     int  // of bookmarks and pictures
}

// heading is an entry of the contents.
type heading struct {
	level          int
	text, bookmark string
}

func newDocument(f figures, p Proposal, t *Template) (*document, error) {
	pkg, err := opc.Open(t.data)
	if err != nil {
		return nil, err
	}
	d := &document{
		figures: f, p: p, t: t, pkg: pkg, report: p.Report, chosen: p.Report.For(p.Audience).Sections, counted: map[string]int{},
		ids: 10000, // above those that a template has
	}
	d.styles, err = newStyleSheet(pkg, t.main, brandFor(pkg, t.main, p.Report.Meta.Accent))
	return d, err
}

// id is a number that no other bookmark or picture of the document has.
func (d *document) id() int {
	d.ids++
	return d.ids
}

// fill replaces the placeholders of one part.
func (d *document) fill(name string) error {
	content, _ := d.pkg.Part(name)
	root, err := opc.Parse(content)
	if err != nil {
		return err
	}
	d.part = name
	if name == d.t.main {
		if err := d.fillBody(root.Child("w:body")); err != nil {
			return err
		}
	}
	if err := d.fillWords(root); err != nil {
		return err
	}
	if d.toc != nil && name == d.t.main {
		d.toc.Raw = d.contents()
	}
	d.pkg.Set(name, root.Bytes(), "")
	return nil
}

// value gives what a placeholder within a line stands for.
func (d *document) value(key, argument string) string {
	m := d.report.Meta
	switch key {
	case "client":
		return m.Client
	case "firm":
		return m.Firm
	case "date":
		return d.Date(m.Date)
	case "title":
		return proposalTitle(d.Printer, m)
	case "line":
		return m.Printed
	case "figure":
		for _, s := range d.report.Sections {
			for _, b := range s.Blocks {
				if all, ok := b.(report.Figures); ok {
					for _, f := range all.Figures {
						if f.Key == argument {
							return d.alone(f.Cell)
						}
					}
				}
			}
		}
	}
	return ""
}

func proposalTitle(p lang.Printer, m report.Meta) string {
	if m.Client == "" {
		return p.Text("proposal.title", nil)
	}
	return p.Text("proposal.title.client", lang.Args{"Client": m.Client})
}

// finish writes what belongs to the document as a whole.
func (d *document) finish() error {
	if err := d.styles.save(d.pkg, localeTag(d.report.Meta.Language)); err != nil {
		return err
	}
	main := d.t.main
	d.pkg.Set(main, mustPart(d.pkg, main), mainType)
	if err := setProperties(d.pkg, d.report.Meta, proposalTitle(d.Printer, d.report.Meta)); err != nil {
		return err
	}
	d.pkg.SetDefault("png", "image/png")
	d.pkg.SetDefault("svg", "image/svg+xml")
	return nil
}

func mustPart(p *opc.Package, name string) []byte {
	content, _ := p.Part(name)
	return content
}

// setProperties gives the package the report's properties in place of the
// template's, and drops those that count its pages or name its author.
func setProperties(p *opc.Package, m report.Meta, title string) error {
	all, err := p.Relations("")
	if err != nil {
		return err
	}
	var kept []opc.Relation
	for _, r := range all {
		switch r.Kind() {
		case "core-properties", "extended-properties", "thumbnail":
			p.Remove(opc.Target("", r))
		default:
			kept = append(kept, r)
		}
	}
	const core = "docProps/core.xml"
	kept = append(kept, opc.Relation{ID: "flowmapCore", Type: "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties", Target: core})
	m.Title = title
	p.Set(core, properties(m), "application/vnd.openxmlformats-package.core-properties+xml")
	return p.SetRelations("", kept)
}

// localeTag is the language with the country whose spelling is checked.
func localeTag(language string) string {
	switch language {
	case "es":
		return "es-ES"
	case "en":
		return "en-GB"
	}
	return language
}

// contents is the table of contents: a field that Word can make anew, and what
// stands in it until then: links without numbers of pages, which nobody knows
// before Word has laid them out.
func (d *document) contents() string {
	var b strings.Builder
	for i, h := range d.heads {
		b.WriteString(`<w:p><w:pPr>` + d.styles.use(styleContents[min(h.level, 2)-1]) + `</w:pPr>`)
		if i == 0 {
			b.WriteString(`<w:r><w:fldChar w:fldCharType="begin" w:dirty="true"/></w:r><w:r><w:instrText xml:space="preserve"> TOC \o "1-2" \h \z \u </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>`)
		}
		b.WriteString(`<w:hyperlink w:anchor="` + h.bookmark + `" w:history="1">` + run(h.text, "") + `</w:hyperlink>`)
		if i == len(d.heads)-1 {
			b.WriteString(`<w:r><w:fldChar w:fldCharType="end"/></w:r>`)
		}
		b.WriteString(`</w:p>`)
	}
	if b.Len() == 0 {
		return `<w:p/>`
	}
	return b.String()
}
