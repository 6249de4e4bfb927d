package draw

import (
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"io"
	"math"
	"slices"
	"strings"

	"git.sr.ht/~sbinet/gg"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
)

// most is how many pixels a picture has at most: 12 megapixels are A3 at 200
// dots per inch, and 48 MB while it is drawn.
const most = 12_000_000

// PNG writes d with dpi dots per inch of its size, or with as many as give 12
// megapixels, if that is less. Characters that the embedded fonts have not are
// boxes of about the right width; Missing lists the texts. Equal drawings give
// equal bytes.
func PNG(w io.Writer, d Drawing, dpi float64) error {
	if err := check(d); err != nil {
		return err
	}
	if !(dpi > 0) {
		return fmt.Errorf("drawing %q: %v dots per inch, want more than 0", d.Title, dpi)
	}
	scale := min(dpi/72, math.Sqrt(most/(d.Width*d.Height)))
	img := image.NewRGBA(image.Rect(0, 0, pixels(d.Width*scale), pixels(d.Height*scale)))
	if c, ok := d.ground(); ok {
		draw.Draw(img, img.Rect, image.NewUniform(rgba(c)), image.Point{}, draw.Src)
	}
	r := raster{gg.NewContextForRGBA(img), scale}
	if err := r.marks(d.Marks); err != nil {
		return err
	}
	return (&png.Encoder{CompressionLevel: png.BestSpeed}).Encode(w, indexed(img, inks(d)...))
}

// inks are the colours that a drawing is made in.
func inks(d Drawing) []Colour {
	var out []Colour
	add := func(c Colour) {
		if c.Ink && !slices.Contains(out, c) {
			out = append(out, c)
		}
	}
	walk(d.Marks, func(m Mark) {
		switch m := m.(type) {
		case Shape:
			add(m.Fill)
			add(m.Stroke.Colour)
		case Text:
			add(m.Colour)
		}
	})
	return out
}

func pixels(x float64) int { return max(1, int(math.Round(x))) }

type raster struct {
	*gg.Context
	scale float64 // pixels a point
}

func (r raster) marks(marks []Mark) error {
	for _, m := range marks {
		var err error
		switch m := m.(type) {
		case Group:
			err = r.marks(m.Marks)
		case Shape:
			r.shape(m)
		case Text:
			err = r.text(m)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func (r raster) shape(s Shape) {
	if s.Fill.Ink {
		r.path(s.Path)
		r.SetColor(rgba(s.Fill))
		r.Fill()
	}
	if s.Stroke.Width <= 0 || !s.Stroke.Colour.Ink {
		return
	}
	r.path(s.Path)
	r.SetColor(rgba(s.Stroke.Colour))
	r.SetLineWidth(s.Stroke.Width * r.scale)
	r.SetDash(stretched(s.Stroke.Dash, r.scale)...)
	r.SetLineCap(gg.LineCapButt)
	r.SetLineJoin(gg.LineJoinBevel)
	if s.Stroke.Round {
		r.SetLineCap(gg.LineCapRound)
		r.SetLineJoin(gg.LineJoinRound)
	}
	r.Stroke()
}

func rgba(c Colour) color.Color { return color.RGBA{c.R, c.G, c.B, 0xff} }

func (r raster) path(p Path) {
	r.ClearPath()
	for _, s := range p.Transform(r.scale, Point{}) {
		a, b, c := s.Points[0], s.Points[1], s.Points[2]
		switch s.Kind {
		case Move:
			r.MoveTo(a.X, a.Y)
		case Line:
			r.LineTo(a.X, a.Y)
		case Curve:
			r.CubicTo(a.X, a.Y, b.X, b.Y, c.X, c.Y)
		case Close:
			r.ClosePath()
		}
	}
}

// text draws the outlines of the letters themselves: nothing is rounded to
// whole pixels, so that the text is as wide as it was measured.
func (r raster) text(t Text) error {
	f, err := faceOf(t.Bold)
	if err != nil {
		return fmt.Errorf("embedded font: %w", err)
	}
	s := line(t.String)
	r.ClearPath()
	r.SetColor(rgba(t.Colour))
	pen := pen{r, f, t.start(s) * r.scale, t.At.Y * r.scale, t.Size * r.scale}
	var b sfnt.Buffer
	for _, c := range s {
		if err := pen.letter(&b, c); err != nil {
			return fmt.Errorf("letter %q: %w", c, err)
		}
		if pen.x += f.advance(&b, c) * pen.size; !invisible(c) {
			pen.x += t.Spacing * r.scale
		}
	}
	r.Fill()
	return nil
}

// pen adds letters to the path of a picture, one after the other.
type pen struct {
	r          raster
	face       face
	x, y, size float64 // pixels
}

func (p pen) letter(b *sfnt.Buffer, c rune) error {
	g, ok := p.face.glyph(b, c)
	if !ok {
		if !invisible(c) && !strings.ContainsRune(" \u00a0", c) {
			p.box(p.face.advance(b, c) * p.size)
		}
		return nil
	}
	outline, err := p.face.font.LoadGlyph(b, g, fixed.I(em), nil)
	if err != nil {
		return err
	}
	for _, s := range outline {
		q0, q1, q2 := p.at(s.Args[0]), p.at(s.Args[1]), p.at(s.Args[2])
		switch s.Op {
		case sfnt.SegmentOpMoveTo:
			p.r.ClosePath()
			p.r.MoveTo(q0.X, q0.Y)
		case sfnt.SegmentOpLineTo:
			p.r.LineTo(q0.X, q0.Y)
		case sfnt.SegmentOpQuadTo:
			p.r.QuadraticTo(q0.X, q0.Y, q1.X, q1.Y)
		case sfnt.SegmentOpCubeTo:
			p.r.CubicTo(q0.X, q0.Y, q1.X, q1.Y, q2.X, q2.Y)
		}
	}
	p.r.ClosePath()
	return nil
}

// at is where a point of a glyph's outline lies in the picture.
func (p pen) at(q fixed.Point26_6) Point {
	k := p.size / em / 64
	return Point{p.x + float64(q.X)*k, p.y + float64(q.Y)*k}
}

// box stands for a letter that the font has not: a frame, the inner edge drawn
// the other way round so that it stays empty.
func (p pen) box(width float64) {
	frame := func(inset float64) (l, t, r, b float64) {
		return p.x + inset, p.y - 0.72*p.size + inset, p.x + width - inset, p.y - inset
	}
	l, t, r, b := frame(0.06 * p.size)
	p.r.MoveTo(l, t)
	p.r.LineTo(r, t)
	p.r.LineTo(r, b)
	p.r.LineTo(l, b)
	p.r.ClosePath()
	l, t, r, b = frame(0.12 * p.size)
	p.r.MoveTo(l, t)
	p.r.LineTo(l, b)
	p.r.LineTo(r, b)
	p.r.LineTo(r, t)
	p.r.ClosePath()
}
