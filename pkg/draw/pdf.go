package draw

import (
	"bytes"
	"fmt"
	"io"
	"regexp"
	"strings"

	"codeberg.org/go-pdf/fpdf"
	"golang.org/x/image/font/sfnt"
)

// pdfFont is what the embedded fonts are called within a PDF.
const pdfFont = "Liberation Sans"

// PDF writes d as one page of its own size, in lines and curves. Its texts are
// texts, so that they can be found and copied; characters that the embedded fonts
// have not are boxes, as in PNG. The file bears no dates. Equal drawings give
// equal bytes.
func PDF(w io.Writer, d Drawing) error {
	return Document{Title: d.Title, Description: d.Description, Language: d.Language, Pages: []Page{{Drawing: d}}}.WritePDF(w)
}

// dates are the entries for when a PDF was made and changed, which fpdf always
// writes, by the clock if need be.
var dates = regexp.MustCompile(`(?m)^/(CreationDate|ModDate) \(.*\)$`)

// undated puts spaces in the place of dates, so that nothing else moves. They
// stand in the dictionary that comes after all pages, fonts and pictures.
func undated(pdf []byte) []byte {
	at := max(0, bytes.LastIndex(pdf, []byte("/CreationDate (")))
	tail := dates.ReplaceAllFunc(pdf[at:], func(b []byte) []byte { return bytes.Repeat([]byte{' '}, len(b)) })
	return append(pdf[:at:at], tail...)
}

type printed struct{ *fpdf.Fpdf }

func (p printed) marks(marks []Mark) error {
	for _, m := range marks {
		var err error
		switch m := m.(type) {
		case Group:
			err = p.marks(m.Marks)
		case Shape:
			p.shape(m)
		case Text:
			err = p.text(m)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func (p printed) shape(s Shape) {
	style := ""
	if s.Fill.Ink {
		p.SetFillColor(int(s.Fill.R), int(s.Fill.G), int(s.Fill.B))
		style = "F"
	}
	if c := s.Stroke.Colour; s.Stroke.Width > 0 && c.Ink {
		p.SetDrawColor(int(c.R), int(c.G), int(c.B))
		p.SetLineWidth(s.Stroke.Width)
		p.SetDashPattern(s.Stroke.Dash, 0)
		ends, corners := "butt", "miter"
		if s.Stroke.Round {
			ends, corners = "round", "round"
		}
		p.SetLineCapStyle(ends)
		p.SetLineJoinStyle(corners)
		style += "D"
	}
	if style == "" || len(s.Path) == 0 {
		return
	}
	for _, g := range s.Path {
		a, b, c := g.Points[0], g.Points[1], g.Points[2]
		switch g.Kind {
		case Move:
			p.MoveTo(a.X, a.Y)
		case Line:
			p.LineTo(a.X, a.Y)
		case Curve:
			p.CurveBezierCubicTo(a.X, a.Y, b.X, b.Y, c.X, c.Y)
		case Close:
			p.ClosePath()
		}
	}
	p.DrawPath(style)
}

// text writes a line in pieces that the font has letters for, with boxes
// between them.
func (p printed) text(t Text) error {
	f, err := faceOf(t.Bold)
	if err != nil {
		return fmt.Errorf("embedded font: %w", err)
	}
	style := ""
	if t.Bold {
		style = "B"
	}
	p.SetFont(pdfFont, style, t.Size)
	p.SetTextColor(int(t.Colour.R), int(t.Colour.G), int(t.Colour.B))
	s := line(t.String)
	x := t.start(s)
	var b sfnt.Buffer
	piece, from := strings.Builder{}, x
	flush := func() {
		if piece.Len() > 0 {
			p.RawWriteStr(fmt.Sprintf("%.3f Tc", t.Spacing))
			p.Text(from, t.At.Y, piece.String())
			piece.Reset()
		}
	}
	for _, r := range s {
		wide := f.advance(&b, r) * t.Size
		_, has := f.glyph(&b, r)
		switch {
		case invisible(r):
			continue
		case has:
			if piece.Len() == 0 {
				from = x
			}
			piece.WriteRune(r)
		default:
			flush()
			p.box(x, t.At.Y, wide, t)
		}
		x += wide + t.Spacing
	}
	flush()
	return nil
}

// box stands for a letter that the font has not.
func (p printed) box(x, y, wide float64, t Text) {
	inset := 0.09 * t.Size
	p.shape(Shape{Path: Rect(x+inset, y-0.72*t.Size+inset, wide-2*inset, 0.72*t.Size-2*inset, 0), Stroke: Stroke{Colour: t.Colour, Width: 0.06 * t.Size}})
}
