package diagram

import (
	"fmt"
	"strings"

	"github.com/flowmap-dev/flowmap/pkg/audit"
	"github.com/flowmap-dev/flowmap/pkg/draw"
	"github.com/flowmap-dev/flowmap/pkg/graph"
)

// The sizes of texts in a map, in points before it is fitted into its page.
const (
	sizeName   = 10.2
	sizeSort   = 8.2
	sizeRecord = 8.6
	sizeWhat   = 8.8
	sizeDetail = 8.4
	sizeLeast  = sizeSort
)

// Look says how a view is drawn. The zero Look is the light theme on A4
// landscape, on a larger sheet of that shape where texts would get too small.
type Look struct {
	Fit        Fit
	Theme      Theme
	Background Background
}

// Fit is the page that a picture has to fit exactly: what does not, gets numbers
// in place of words, and small links are folded.
type Fit string

// The pages; the zero Fit is A4 landscape, or larger.
const (
	A4          Fit = "a4"
	A4Landscape Fit = "a4-landscape"
	Wide        Fit = "16:9"
)

// Theme is a choice of colours.
type Theme string

// The themes; the zero Theme is Light.
const (
	Light Theme = "light"
	Dark  Theme = "dark"
	Print Theme = "print" // greys alone
	Brand Theme = "brand" // in the colour of whose work it is
)

// Background is what lies behind a picture.
type Background string

// The backgrounds; the zero Background is the theme's own.
const (
	Transparent Background = "transparent"
	White       Background = "white"
)

// Fits are the pages that a Look may ask for.
func Fits() []string { return []string{string(A4), string(A4Landscape), string(Wide)} }

// Themes are those that a Look may have.
func Themes() []string { return []string{string(Light), string(Dark), string(Print), string(Brand)} }

// Backgrounds are those that a Look may ask for.
func Backgrounds() []string { return []string{string(Transparent), string(White)} }

// Check finds a Look that cannot be read.
func (l Look) Check() error {
	if l.Theme == Dark && l.Background == White {
		return fmt.Errorf("the dark theme has light texts, which a white background would hide")
	}
	return nil
}

// theme is what colours a map has. Lines differ in darkness and dash, and not
// in hue alone, so that they can be told apart printed in grey and by those who
// do not see all colours.
type theme struct {
	paper, card                draw.Colour
	accent, tint, on           draw.Colour // the record's marks and figures; text on accent
	ink, muted, border, ground draw.Colour
	manual, file, automated    draw.Colour
	errors                     draw.Colour
	heat                       [Hottest + 1]draw.Colour // of cards, by degree
	hot                        [Hottest + 1]draw.Colour // of lines
	band                       bool                     // the head is a band of colour
	of                         Kind                     // the view that is drawn
	measure
}

// theme gives the colours of a look for a view.
func (l Look) theme(v View) theme {
	t := l.colours(v.Accent)
	t.of, t.measure = v.Kind, v.measure()
	return t
}

// colours gives the colours of a look for a brand's colour, which may be none.
func (l Look) colours(accent draw.Colour) theme {
	switch l.Theme {
	case Dark:
		return dark(accent)
	case Print:
		return inGrey()
	case Brand:
		t := light(accent)
		t.band = true
		t.manual = t.accent.Mix(draw.RGB(0), 0.25)
		t.file = t.accent.Mix(draw.RGB(0xffffff), 0.2)
		t.automated = draw.RGB(0x93a5ba)
		t.border = t.accent.Mix(draw.RGB(0xffffff), 0.55)
		t.ground = t.accent.Mix(draw.RGB(0xffffff), 0.94)
		return t
	case Light:
	}
	return light(accent)
}

// ours is the accent where the brand has none.
const ours = 0x0f766e

// light is the theme on white, with an accent that is made dark enough to read.
func light(accent draw.Colour) theme {
	if !accent.Ink {
		accent = draw.RGB(ours)
	}
	accent = accent.Readable()
	white := draw.RGB(0xffffff)
	return theme{
		paper: white, card: white, on: white,
		accent: accent, tint: accent.Mix(white, 0.9),
		ink: draw.RGB(0x0f1c2e), muted: draw.RGB(0x51607a), border: draw.RGB(0xb4c0d0), ground: draw.RGB(0xf4f6f9),
		manual: draw.RGB(0x24395c), file: draw.RGB(0x5b84b1), automated: draw.RGB(0x93a5ba),
		errors: draw.RGB(0xb42318),
		heat:   degreesOf(0xffffff, 0xfef1dc, 0xfdd49e, 0xfb9a5a, 0xc9421f, 0x8e1b10),
		hot:    degreesOf(0xb4bcc8, 0xd3a873, 0xdb8a45, 0xd0601f, 0xae3414, 0x741309),
	}
}

// dark is the theme on a dark ground, with an accent that is made light enough.
func dark(accent draw.Colour) theme {
	if !accent.Ink {
		accent = draw.RGB(ours)
	}
	paper, white := draw.RGB(0x0f1620), draw.RGB(0xffffff)
	for draw.Contrast(accent, paper) < 7 {
		accent = accent.Mix(white, 0.1)
	}
	return theme{
		paper: paper, card: draw.RGB(0x1a2432), on: paper,
		accent: accent, tint: accent.Mix(draw.RGB(0x1a2432), 0.82),
		ink: draw.RGB(0xeef3f9), muted: draw.RGB(0xa5b4c8), border: draw.RGB(0x46566c), ground: draw.RGB(0x141c28),
		manual: draw.RGB(0xdbe7f7), file: draw.RGB(0x6fa3dc), automated: draw.RGB(0x66788f),
		errors: draw.RGB(0xff8371),
		heat:   degreesOf(0x1a2432, 0x3a2a22, 0x66371f, 0xa04f1e, 0xe08a3c, 0xffd9a0),
		hot:    degreesOf(0x46566c, 0x6d5138, 0x93602f, 0xbd7632, 0xe59a4c, 0xffdca6),
	}
}

// inGrey is the theme for a printer without colours.
func inGrey() theme {
	t := light(draw.RGB(0x1c1c1c))
	t.accent, t.tint = draw.RGB(0x1c1c1c), draw.RGB(0xececec)
	t.ink, t.muted, t.border, t.ground = draw.RGB(0), draw.RGB(0x4d4d4d), draw.RGB(0xa8a8a8), draw.RGB(0xf3f3f3)
	t.manual, t.file, t.automated, t.errors = draw.RGB(0x1c1c1c), draw.RGB(0x757575), draw.RGB(0x9d9d9d), draw.RGB(0)
	t.heat = degreesOf(0xffffff, 0xf0f0f0, 0xd6d6d6, 0xadadad, 0x6e6e6e, 0x262626)
	t.hot = degreesOf(0xc4c4c4, 0xa6a6a6, 0x868686, 0x626262, 0x3d3d3d, 0x101010)
	return t
}

func degreesOf(n ...uint32) [Hottest + 1]draw.Colour {
	var out [Hottest + 1]draw.Colour
	for i, x := range n {
		out[i] = draw.RGB(x)
	}
	return out
}

// soft is a colour with a share of the paper in it.
func (t theme) soft(c draw.Colour, share float64) draw.Colour { return c.Mix(t.paper, share) }

// over is the colour of text that can be read on another.
func (t theme) over(c draw.Colour) draw.Colour {
	if draw.Contrast(c, t.ink) >= draw.Contrast(c, t.card) {
		return t.ink
	}
	return t.card
}

func (t theme) line(h audit.How) draw.Colour {
	switch h {
	case audit.Manual:
		return t.manual
	case audit.File:
		return t.file
	case audit.Automated:
	}
	return t.automated
}

// Stroke is how a link's line is drawn.
type Stroke struct {
	Colour draw.Colour
	Width  float64   // points
	Dash   []float64 // lengths of ink and gap in turn, in points; nil: unbroken
	Round  bool      // dashes have round ends
	Double bool      // two thin lines
	Hollow bool      // its heads are outlines
}

// stroke is the line of a link: dark and unbroken for manual work, dashed for files, double for what is
// automated; in the accent's colour for what is to be.
func (t theme) stroke(l Link) Stroke {
	s := Stroke{Colour: t.line(l.How), Width: t.width(l)}
	switch {
	case l.Way != "":
		return t.way(l.Way)
	case l.Pattern != "":
		return t.pattern(l.Pattern)
	case l.State == Gone:
		return Stroke{Colour: t.soft(t.errors, 0.35), Width: 1.3 + 0.4*(s.Width-thinnest), Dash: []float64{1.5, 3}}
	}
	switch l.How {
	case audit.File:
		s.Dash = []float64{4 + 1.2*s.Width, 2.5 + 0.6*s.Width}
	case audit.Automated:
		s.Double = true
	case audit.Manual:
	}
	if t.of == KindHeat {
		s.Colour = t.hot[l.Heat]
	}
	switch l.State {
	case Kept:
		s.Colour = t.soft(s.Colour, 0.35)
	case New:
		s.Colour = t.accent
	case Gone:
	}
	return s
}

// pattern is the line of an integration: a push is unbroken, what is fetched has
// hollow heads and long dashes, what is published is dotted, a file has short
// dashes, and what is asked for when needed has dashes and dots.
func (t theme) pattern(p audit.Pattern) Stroke {
	s := Stroke{Colour: t.accent, Width: 2.2}
	switch p {
	case audit.Pull:
		s.Dash, s.Hollow = []float64{9, 3.5}, true
	case audit.PubSub:
		s.Dash, s.Round = []float64{0.1, 4.6}, true
		s.Width = 2.8
	case audit.Sync:
		s.Width = 3.2
	case audit.BatchFile:
		s.Dash = []float64{4.5, 2.5}
	case audit.RequestReply:
		s.Dash, s.Hollow = []float64{9, 3, 1.6, 3}, true
	case audit.Push:
	}
	return s
}

// way is the line of a view of records.
func (t theme) way(w Way) Stroke {
	switch w {
	case Spreads:
		return Stroke{Colour: t.accent, Width: 2.2}
	case Writes:
		return Stroke{Colour: t.manual, Width: 2.2, Dash: []float64{9, 3.5}}
	case Copies:
		return Stroke{Colour: t.errors, Width: 2.2, Dash: []float64{3.4, 2.6}}
	case Unruled:
	}
	return Stroke{Colour: t.automated, Width: 2.8, Double: true}
}

// draw draws a path with the stroke on a ground of some colour.
func (s Stroke) draw(p draw.Path, ground draw.Colour) []draw.Mark {
	line := draw.Shape{Path: p, Stroke: draw.Stroke{Colour: s.Colour, Width: s.Width, Dash: s.Dash, Round: s.Round}}
	if !s.Double {
		return []draw.Mark{line}
	}
	inner := line
	inner.Stroke.Colour, inner.Stroke.Width = ground, s.Width*0.4
	return []draw.Mark{line, inner}
}

// The widths of lines, in points. Of many links the thickest is thinner.
const (
	thinnest  = 1.3
	thickest  = 7.0
	leastWide = 3.0 // the thickest of a great many
	fewLinks  = 45  // up to as many as these the thickest is as it is
	automated = 2.8
)

// measure is what the widths of a view's lines say.
type measure struct {
	most  float64 // hours a week of the thickest line
	thick float64 // how thick that is, in points
}

func (v View) measure() measure {
	many := max(1, float64(len(v.Links))/fewLinks)
	return measure{v.widest(), max(leastWide, thickest/many)}
}

// width is how wide a link's line is: in proportion to its hours.
func (m measure) width(l Link) float64 {
	switch {
	case l.Way != "" || l.Pattern != "" || l.How == audit.Automated:
		return automated
	case m.most <= 0:
		return thinnest
	}
	return thinnest + (m.thick-thinnest)*l.Hours/m.most
}

// widest is the hours a week that the widest line stands for.
func (v View) widest() float64 {
	most := v.Widest
	for _, l := range v.Links {
		if l.Pattern == "" {
			most = max(most, l.Hours)
		}
	}
	return most
}

// Face is how a node's card looks.
type Face struct {
	Fill, Edge, Ink, Muted draw.Colour
	Width                  float64 // of the edge, in points
	Dashed                 bool
}

// face is how a card looks, by what its node is.
func (t theme) face(n Node) Face {
	f := Face{Fill: t.card, Edge: t.border, Ink: t.ink, Muted: t.muted, Width: 1}
	switch {
	case n.outline() == outside:
		f.Fill, f.Edge, f.Dashed = t.ground, t.soft(t.muted, 0.35), true
	case n.Platform:
		f.Fill, f.Edge, f.Width = t.accent, t.accent, 1.4
		f.Ink, f.Muted = t.on, t.on
	case t.of == KindImpact && n.Step == 0:
		f.Fill, f.Edge, f.Width = t.tint, t.accent, 2
	}
	switch n.Part {
	case graph.Record:
		f.Fill, f.Edge, f.Width = t.tint, t.accent, 2
	case graph.WritesBack:
		f.Edge, f.Width = t.errors, 1.6
	case graph.Consumer, graph.Source, graph.NoPart:
	}
	if n.Heat > 0 {
		f.Fill, f.Dashed = t.heat[n.Heat], f.Dashed && n.Heat < 3
		f.Ink = t.over(f.Fill)
		f.Muted = f.Ink
		f.Edge = t.hot[n.Heat]
	}
	return f
}

// in puts a text's parts together, without those that are empty.
func in(sep string, parts ...string) string { return strings.Join(stated(parts...), sep) }
