package draw

import (
	"bytes"
	"io"
	"math"
	"strconv"
	"strings"
)

// families are the fonts an SVG asks for: all have the same widths, but for the
// last.
const families = "Liberation Sans, Arial, Helvetica, sans-serif"

// SVG writes d as a picture that needs nothing from anywhere and runs nothing.
// Its texts are texts, so that they can be found and copied. Equal drawings
// give equal bytes.
func SVG(w io.Writer, d Drawing) error {
	if err := check(d); err != nil {
		return err
	}
	family, style := families, ""
	if d.Embedded {
		var err error
		if style, err = embedded(d); err != nil {
			return err
		}
		family = embeddedFamily + ", " + families
	}
	s := svg{}
	s.text(`<svg xmlns="http://www.w3.org/2000/svg" width="`, number(d.Width), `pt" height="`, number(d.Height),
		`pt" viewBox="0 0 `, number(d.Width), " ", number(d.Height), `" role="img" font-family="`, family, `"`)
	if lang := word(d.Language); lang != "" {
		s.text(` lang="`, lang, `" xml:lang="`, lang, `"`)
	}
	s.text(">\n<title>", escape(d.Title), "</title>\n<desc>", escape(d.Description), "</desc>\n", style)
	if c, ok := d.ground(); ok {
		s.shape(Shape{Path: Rect(0, 0, d.Width, d.Height, 0), Fill: c})
	}
	s.marks(d.Marks)
	s.text("</svg>\n")
	_, err := w.Write(s.Bytes())
	return err
}

type svg struct{ bytes.Buffer }

func (s *svg) text(parts ...string) {
	for _, p := range parts {
		s.WriteString(p)
	}
}

func (s *svg) marks(marks []Mark) {
	for _, m := range marks {
		switch m := m.(type) {
		case Group:
			s.group(m)
		case Shape:
			s.shape(m)
		case Text:
			s.line(m)
		}
	}
}

func (s *svg) group(g Group) {
	s.text("<g")
	if class := word(g.Class); class != "" {
		s.text(` class="`, class, `"`)
	}
	for _, d := range g.Data {
		s.text(" data-", word(d.Name), `="`, escape(d.Value), `"`)
	}
	s.text(">\n")
	if g.Title != "" {
		s.text("<title>", escape(g.Title), "</title>\n")
	}
	s.marks(g.Marks)
	s.text("</g>\n")
}

func (s *svg) shape(sh Shape) {
	s.text(`<path d="`, data(sh.Path), `" fill="`, sh.Fill.String(), `"`)
	if st := sh.Stroke; st.Width > 0 && st.Colour.Ink {
		s.text(` stroke="`, st.Colour.String(), `" stroke-width="`, number(st.Width), `"`)
		if len(st.Dash) > 0 {
			s.text(` stroke-dasharray="`, numbers(st.Dash), `"`)
		}
		if st.Round {
			s.text(` stroke-linecap="round" stroke-linejoin="round"`)
		}
	}
	s.text("/>\n")
}

func (s *svg) line(t Text) {
	s.text(`<text x="`, number(t.At.X), `" y="`, number(t.At.Y), `" font-size="`, number(t.Size), `"`)
	if t.Bold {
		s.text(` font-weight="bold"`)
	}
	if t.Spacing != 0 {
		s.text(` letter-spacing="`, number(t.Spacing), `"`)
	}
	if t.Anchor != "" && t.Anchor != Start {
		s.text(` text-anchor="`, word(string(t.Anchor)), `"`)
	}
	s.text(` fill="`, t.Colour.String(), `">`, escape(line(t.String)), "</text>\n")
}

// data writes a path as the attribute d has it.
func data(p Path) string {
	var b strings.Builder
	for _, seg := range p {
		b.WriteByte(byte(seg.Kind))
		for i := range seg.Kind.used() {
			if i > 0 {
				b.WriteByte(' ')
			}
			b.WriteString(number(seg.Points[i].X))
			b.WriteByte(' ')
			b.WriteString(number(seg.Points[i].Y))
		}
	}
	return b.String()
}

func numbers(xs []float64) string {
	parts := make([]string, len(xs))
	for i, x := range xs {
		parts[i] = number(x)
	}
	return strings.Join(parts, " ")
}

// number writes x with at most two decimals, and never as -0. What lies half way
// between two numbers, give or take the last bits, goes up: processors differ in
// these bits, and equal drawings give equal bytes on all of them.
func number(x float64) string {
	return strconv.FormatFloat(math.Floor(x*100+0.5+1e-6)/100+0, 'f', -1, 64)
}
