// Package draw holds pictures as values and writes them as SVG, PNG and PDF.
//
// A Drawing is made of shapes and texts whose places are already known; who
// makes one decides where things stand. All lengths are points of 1/72 inch,
// x grows to the right and y downwards. Texts are set in Liberation Sans, which
// is embedded: it has the widths of Arial and Helvetica, so that what is
// measured here fits where an SVG is shown with one of those.
package draw

import (
	"fmt"
	"math"
)

// largest is how wide or high a drawing may be, in points: some 35 metres.
const largest = 100_000

// Point is a place in a drawing.
type Point struct{ X, Y float64 }

// Drawing is a picture.
type Drawing struct {
	Width, Height float64 // points
	Ground        Colour  // what lies behind everything; the zero Colour: white
	Transparent   bool    // nothing lies behind, whatever Ground says
	Embedded      bool    // an SVG carries the letters that it uses
	Title         string  // what the picture is called
	Description   string  // what it shows, for those who cannot see it
	Language      string  // of its texts, as "es"; may be empty
	Marks         []Mark  // the first lies at the bottom
}

// Mark is a part of a drawing: a Shape, a Text or a Group.
type Mark interface{ mark() }

// Group holds marks that belong together, such as a line and its label.
type Group struct {
	Class string  // what it is, as "node"; a word of letters, digits and hyphens
	Title string  // shown when the pointer rests on it; may have several lines
	Data  []Datum // what a program may want to know about it
	Marks []Mark
}

// Datum is a named value that a Group carries: data-NAME="VALUE" in SVG.
type Datum struct {
	Name  string // lower case letters, digits and hyphens
	Value string
}

// Shape is a path that is filled, stroked, or both.
type Shape struct {
	Path   Path
	Fill   Colour // the zero Colour: not filled
	Stroke Stroke // the zero Stroke: not stroked
}

// Stroke is how a line is drawn.
type Stroke struct {
	Colour Colour
	Width  float64   // points
	Dash   []float64 // lengths of ink and gap in turn, in points; nil: unbroken
	Round  bool      // ends and corners are round, else ends are cut and corners mitred
}

// Text is one line of text.
type Text struct {
	At      Point // where the base line begins, is centred or ends
	String  string
	Size    float64 // of the font, in points
	Bold    bool
	Colour  Colour
	Anchor  Anchor
	Spacing float64 // added after each letter, in points
}

// Anchor tells which part of a text stands at its place.
type Anchor string

// The anchors; the zero Anchor is Start.
const (
	Start  Anchor = "start"
	Middle Anchor = "middle"
	End    Anchor = "end"
)

// start is where s, the text on one line, begins.
func (t Text) start(s string) float64 {
	width := Width(s, t.Size, t.Bold) + t.Spacing*float64(len([]rune(s)))
	switch t.Anchor {
	case Middle:
		return t.At.X - width/2
	case End:
		return t.At.X - width
	case Start:
	}
	return t.At.X
}

func (Group) mark() {}
func (Shape) mark() {}
func (Text) mark()  {}

// Scaled is the drawing with all its lengths multiplied by k.
func (d Drawing) Scaled(k float64) Drawing {
	d.Width, d.Height = d.Width*k, d.Height*k
	d.Marks = Place(d.Marks, k, Point{})
	return d
}

// Place gives marks with all their lengths multiplied by k and then moved.
func Place(marks []Mark, k float64, by Point) []Mark {
	out := make([]Mark, len(marks))
	for i, m := range marks {
		switch m := m.(type) {
		case Group:
			m.Marks = Place(m.Marks, k, by)
			out[i] = m
		case Shape:
			m.Path = m.Path.Transform(k, by)
			m.Stroke.Width *= k
			m.Stroke.Dash = stretched(m.Stroke.Dash, k)
			out[i] = m
		case Text:
			m.At = Point{m.At.X*k + by.X, m.At.Y*k + by.Y}
			m.Size, m.Spacing = m.Size*k, m.Spacing*k
			out[i] = m
		}
	}
	return out
}

func stretched(lengths []float64, k float64) []float64 {
	var out []float64
	for _, l := range lengths {
		out = append(out, l*k)
	}
	return out
}

// ground is the colour behind everything, and false where there is none.
func (d Drawing) ground() (Colour, bool) {
	switch {
	case d.Transparent:
		return Colour{}, false
	case d.Ground.Ink:
		return d.Ground, true
	}
	return RGB(0xffffff), true
}

// LeastText is the size in points that the smallest text of d has when d is
// fitted into a page of the given size, in points; a drawing smaller than the
// page stays as it is. Without texts it is zero.
func LeastText(d Drawing, pageWidth, pageHeight float64) float64 {
	least := math.Inf(1)
	walk(d.Marks, func(m Mark) {
		if t, ok := m.(Text); ok && t.String != "" {
			least = min(least, t.Size)
		}
	})
	if math.IsInf(least, 1) {
		return 0
	}
	return least * min(1, pageWidth/d.Width, pageHeight/d.Height)
}

// Classes counts the groups of d that have the given class.
func Classes(d Drawing, class string) int {
	n := 0
	walk(d.Marks, func(m Mark) {
		if g, ok := m.(Group); ok && g.Class == class {
			n++
		}
	})
	return n
}

// walk calls visit for every mark, a group before what it holds.
func walk(marks []Mark, visit func(Mark)) {
	for _, m := range marks {
		visit(m)
		if g, ok := m.(Group); ok {
			walk(g.Marks, visit)
		}
	}
}

// check finds what no format could draw.
func check(d Drawing) error {
	if !(d.Width > 0 && d.Width <= largest && d.Height > 0 && d.Height <= largest) {
		return fmt.Errorf("drawing %q is %v by %v points, want more than 0 and at most %d", d.Title, d.Width, d.Height, largest)
	}
	var err error
	walk(d.Marks, func(m Mark) {
		if err == nil && !finite(m) {
			err = fmt.Errorf("drawing %q has a mark without a place: %v", d.Title, m)
		}
	})
	return err
}

func finite(m Mark) bool {
	sum := 0.0
	switch m := m.(type) {
	case Shape:
		for _, s := range m.Path {
			for _, p := range s.Points {
				sum += math.Abs(p.X) + math.Abs(p.Y)
			}
		}
		sum += m.Stroke.Width
	case Text:
		sum = math.Abs(m.At.X) + math.Abs(m.At.Y) + m.Size + m.Spacing
	}
	return !math.IsNaN(sum) && !math.IsInf(sum, 0)
}
