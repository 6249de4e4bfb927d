package diagram

import (
	"fmt"
	"math"
	"strings"

	"github.com/flowmap-dev/flowmap/pkg/draw"
	"github.com/flowmap-dev/flowmap/pkg/graph/diagram/layout"
)

// A4 landscape, and how a page is divided, in points.
const (
	a4Width, a4Height = 841.89, 595.28

	margin = 22
	header = 44 // the title's strip
	footer = 32 // the legend's
)

// least is how small a text may be printed, in points. A map that would be
// printed smaller on A4 is drawn for a larger sheet of the same shape.
const least = 7.0

// Drawing draws the view on a page of A4 landscape or, where its texts would be
// smaller than 7 points there, on a larger one of that shape. It is an error if
// a system or a link of the view is not in the drawing.
func (v View) Drawing() (draw.Drawing, error) {
	if err := v.check(); err != nil {
		return draw.Drawing{}, err
	}
	page := layout.Size{W: a4Width, H: a4Height}
	room := layout.Size{W: page.W - 2*margin, H: page.H - 2*margin - header - footer}
	p, err := newPlan(v, room)
	if err != nil {
		return draw.Drawing{}, err
	}
	if small := least / (sizeLeast * p.Scale); small > 1 {
		page = layout.Size{W: page.W * small, H: page.H * small}
		p.Scale *= small
	}
	t := light(v.Accent)
	marks := p.draw(v, t)
	w, h := p.Size.W*p.Scale, p.Size.H*p.Scale
	at := draw.Point{X: (page.W - w) / 2, Y: margin + header + (page.H-2*margin-header-footer-h)/2}
	d := draw.Drawing{Width: page.W, Height: page.H, Title: v.heading(), Description: v.describe(), Language: v.Language}
	d.Marks = append(d.Marks, v.head(page, t)...)
	d.Marks = append(d.Marks, draw.Place(marks, p.Scale, at)...)
	d.Marks = append(d.Marks, v.foot(page, t, p.Scale)...)
	return d, v.count(d)
}

// check finds what cannot be drawn at all.
func (v View) check() error {
	if n := len(v.Nodes) + len(v.Links); n > most {
		return fmt.Errorf("the map has %d systems and %d links, more than the %d that can be drawn together: show fewer links, as with --top 200",
			len(v.Nodes), len(v.Links), most)
	}
	known := make(map[string]bool, len(v.Nodes))
	for _, n := range v.Nodes {
		if known[n.ID] {
			return fmt.Errorf("the map has system %q twice", n.ID)
		}
		known[n.ID] = true
	}
	for _, l := range v.Links {
		switch {
		case !known[l.From] || !known[l.To]:
			return fmt.Errorf("the map has a link from %q to %q, but not both systems", l.From, l.To)
		case l.From == l.To:
			return fmt.Errorf("the map has a link from %q to itself", l.From)
		}
	}
	if len(v.Nodes) == 0 {
		return fmt.Errorf("there is no system to draw: add systems to the workspace")
	}
	return nil
}

// count tells whether everything is in the drawing.
func (v View) count(d draw.Drawing) error {
	if nodes, edges := draw.Classes(d, "node"), draw.Classes(d, "edge"); nodes != len(v.Nodes) || edges != len(v.Links) {
		return fmt.Errorf("the drawing has %d of %d systems and %d of %d links", nodes, len(v.Nodes), edges, len(v.Links))
	}
	return nil
}

func (v View) heading() string {
	return strings.Join(stated(v.Title, v.Client), " · ")
}

// stated leaves out what is empty.
func stated(all ...string) []string {
	var out []string
	for _, s := range all {
		if s != "" {
			out = append(out, s)
		}
	}
	return out
}

func (v View) describe() string {
	var out []string
	for _, f := range v.Figures {
		out = append(out, f.Value+" "+f.Label)
	}
	return strings.Join(append(stated(v.heading(), v.Date), out...), "; ")
}

// head is the strip at the top: what this is, whose, and what it comes to.
func (v View) head(page layout.Size, t theme) []draw.Mark {
	right := page.W - margin
	var marks []draw.Mark
	for i := len(v.Figures) - 1; i >= 0; i-- {
		f := v.Figures[i]
		wide := math.Max(draw.Width(f.Value, 15, true), draw.Width(f.Label, 7.6, false))
		marks = append(marks,
			draw.Text{At: draw.Point{X: right, Y: margin + 14}, String: f.Value, Size: 15, Bold: true, Colour: t.accent, Anchor: draw.End},
			draw.Text{At: draw.Point{X: right, Y: margin + 26}, String: f.Label, Size: 7.6, Colour: t.muted, Anchor: draw.End})
		right -= wide + 20
	}
	left := right - margin - 12
	title := draw.Wrap(v.Title, 17, true, left, 1)
	under := draw.Wrap(strings.Join(stated(v.Client, v.Date), "  ·  "), 9.5, false, left, 1)
	bar := draw.Shape{Path: draw.Rect(margin, margin, 3.2, 28, 1.6), Fill: t.accent}
	marks = append(marks, bar)
	for _, s := range title {
		marks = append(marks, draw.Text{At: draw.Point{X: margin + 12, Y: margin + 13}, String: s, Size: 17, Bold: true, Colour: t.ink})
	}
	for _, s := range under {
		marks = append(marks, draw.Text{At: draw.Point{X: margin + 12, Y: margin + 27}, String: s, Size: 9.5, Colour: t.muted})
	}
	return marks
}
