package render

import (
	"bytes"
	"fmt"
	"io"
	"strconv"

	"github.com/flowmap-dev/flowmap/pkg/lang"
	"github.com/flowmap-dev/flowmap/pkg/render/opc"
	"github.com/flowmap-dev/flowmap/pkg/report"
)

// PPTX writes the report as slides, in our own look and without a logo.
func PPTX(w io.Writer, r report.Report) error {
	return Deck{Report: r}.Write(w)
}

// Deck is a report on its way into slides.
type Deck struct {
	Report   report.Report   // its sections are what slides pick from
	Audience report.Audience // whose sections they pick from; empty: everybody's
	Template *SlideTemplate  // nil: our own
	Logo     []byte          // PNG, JPEG or GIF; nil: none
}

// Write writes a cover and the slides behind it.
func (d Deck) Write(w io.Writer) error {
	f, err := figuresOf(d.Report)
	if err != nil {
		return err
	}
	t := d.Template
	if t == nil {
		if t, err = ownSlides(d.Report.Meta.Accent); err != nil {
			return err
		}
	}
	pkg, err := opc.Open(t.data)
	if err != nil {
		return err
	}
	s := &show{figures: f, deck: d, t: t, pkg: pkg, accent: t.accentFor(d.Report.Meta.Accent)}
	if err := s.dropSlides(); err != nil {
		return err
	}
	if err := s.cover(); err != nil {
		return err
	}
	for _, slide := range d.Report.For(d.Audience).Slides(f.Printer) {
		if err := s.slide(slide); err != nil {
			return fmt.Errorf("slide %s: %w", slide.ID, err)
		}
	}
	if err := s.finish(); err != nil {
		return err
	}
	return pkg.Write(w)
}

// show is a presentation that is being made.
type show struct {
	figures
	deck   Deck
	t      *SlideTemplate
	pkg    *opc.Package
	accent accent
	slides []string // parts
}

const (
	slideType     = "application/vnd.openxmlformats-officedocument.presentationml.slide+xml"
	drawingSpaces = `xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"`
	emptyTree     = `<p:nvGrpSpPr><p:cNvPr id="1" name=""/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="0" cy="0"/><a:chOff x="0" y="0"/><a:chExt cx="0" cy="0"/></a:xfrm></p:grpSpPr>`
)

// dropSlides takes out the template's own slides, with their notes, comments,
// and what lists them.
func (s *show) dropSlides() error {
	all, err := s.pkg.Relations(s.t.main)
	if err != nil {
		return err
	}
	var kept []opc.Relation
	for _, r := range all {
		switch r.Kind() {
		case "slide", "viewProps", "commentAuthors", "authors":
		default:
			kept = append(kept, r)
		}
	}
	if err := s.pkg.SetRelations(s.t.main, kept); err != nil {
		return err
	}
	return s.pkg.Sweep()
}

// begin is a slide of a layout, and its part.
func (s *show) begin(l layout) (*slideWriter, error) {
	part := s.pkg.Free("ppt/slides/slide", ".xml")
	s.pkg.Set(part, nil, slideType)
	s.slides = append(s.slides, part)
	_, err := s.pkg.Relate(part, "slideLayout", l.part)
	return &slideWriter{show: s, part: part, layout: l, ids: 1}, err
}

func (s *show) end(w *slideWriter) {
	s.pkg.Set(w.part, []byte(xmlHead+`<p:sld `+drawingSpaces+`><p:cSld><p:spTree>`+emptyTree+w.out.String()+
		`</p:spTree></p:cSld><p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr></p:sld>`), slideType)
}

// cover has client, firm and date, and the logo where there is room for it: in
// our own look above the title, else in a place for a picture.
func (s *show) cover() error {
	m := s.deck.Report.Meta
	w, err := s.begin(s.t.cover)
	if err != nil {
		return err
	}
	w.title(m.Title)
	if err := w.logo(); err != nil {
		return err
	}
	w.subtitle(m.Subtitle())
	s.end(w)
	return nil
}

func (w *slideWriter) logo() error {
	l := w.layout
	room, ok := l.logo, l.logo.wide > 0
	if w.deck.Template == nil {
		room, ok = box{l.title.at.x, 40, logoWidth, logoHeight}, true
	}
	width, height, format := logoSize(w.deck.Logo)
	if !ok || width == 0 {
		return nil
	}
	part := w.pkg.Free("ppt/media/flowmap-logo", "."+format)
	w.pkg.Set(part, w.deck.Logo, "")
	w.pkg.SetDefault(format, "image/"+format)
	relation, err := w.pkg.Relate(w.part, "image", part)
	if err != nil {
		return err
	}
	k := min(room.wide/width, room.high/height)
	room.wide, room.high = width*k, height*k
	w.image(room, relation, "", "logo", w.Text("proposal.logo", lang.Args{"Name": w.deck.Report.Meta.Firm}))
	return nil
}

// finish enters the slides in the presentation, and its properties.
func (s *show) finish() error {
	content, _ := s.pkg.Part(s.t.main)
	root, err := opc.Parse(content)
	if err != nil {
		return err
	}
	root.Drop("p:sldIdLst", "p:custShowLst", "p:extLst")
	var list bytes.Buffer
	for i, part := range s.slides {
		id, err := s.pkg.Relate(s.t.main, "slide", part)
		if err != nil {
			return err
		}
		list.WriteString(`<p:sldId id="` + strconv.Itoa(256+i) + `" r:id="` + id + `"/>`)
	}
	root.SetAttr("xmlns:r", "http://schemas.openxmlformats.org/officeDocument/2006/relationships")
	at := 0
	for i, n := range root.Children {
		switch n.Name {
		case "p:sldMasterIdLst", "p:notesMasterIdLst", "p:handoutMasterIdLst":
			at = i + 1
		}
	}
	children := append([]*opc.Node{}, root.Children[:at]...)
	children = append(children, &opc.Node{Raw: `<p:sldIdLst>` + list.String() + `</p:sldIdLst>`})
	root.Children = append(children, root.Children[at:]...)
	s.pkg.Set(s.t.main, root.Bytes(), presentationType)
	s.pkg.SetDefault("png", "image/png")
	s.pkg.SetDefault("svg", "image/svg+xml")
	s.pkg.SetDefault("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
	return setProperties(s.pkg, s.deck.Report.Meta, s.deck.Report.Meta.Title)
}
