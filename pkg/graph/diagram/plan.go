package diagram

import (
	"math"
	"slices"

	"github.com/flowmap-dev/flowmap/pkg/draw"
	"github.com/flowmap-dev/flowmap/pkg/graph/diagram/layout"
)

// plan is a map that has been measured and laid out.
type plan struct {
	cards  []card
	labels []label
	layout.Layout
}

// newPlan measures what the view has and finds where it stands on a page with
// so much room.
func newPlan(v View, room layout.Size) (plan, error) {
	p := plan{cards: cards(v), labels: make([]label, len(v.Links))}
	var cardSizes, labelSizes []layout.Size
	for _, c := range p.cards {
		cardSizes = append(cardSizes, c.size)
	}
	for i, l := range v.Links {
		p.labels[i] = newLabel(l, v.Numbered())
		labelSizes = append(labelSizes, p.labels[i].size)
	}
	var err error
	p.Layout, err = layout.Arrange(cardSizes, labelSizes, v.ends(), room, least/sizeLeast)
	return p, err
}

// ends finds each link's systems among the nodes. A view has been checked to
// hold them.
func (v View) ends() []layout.Link {
	at := make(map[string]int, len(v.Nodes))
	for i, n := range v.Nodes {
		at[n.ID] = i
	}
	most := mostHours(v.Links)
	out := make([]layout.Link, len(v.Links))
	for i, l := range v.Links {
		out[i] = layout.Link{From: at[l.From], To: at[l.To], Share: l.Hours / max(most, 1e-9), Width: width(l, most)}
	}
	return out
}

// draw draws the map: lines with their labels, then cards.
func (p plan) draw(v View, t theme) []draw.Mark {
	most := mostHours(v.Links)
	var marks []draw.Mark
	for i, link := range v.Links {
		w := width(link, most)
		g := draw.Group{Class: "edge", Title: link.Title, Data: []draw.Datum{{Name: "from", Value: link.From}, {Name: "to", Value: link.To}}}
		tail, tips := p.Tails[i], []draw.Mark(nil)
		head, tip := arrow(p.Heads[i], w, t.line(link.How))
		if link.TwoWay {
			back, other := arrow(reversed(tail), w, t.line(link.How))
			tail, tips = reversed(back), append(tips, other)
		}
		g.Marks = append(g.Marks, t.stroke(curve(tail), link.How, w)...)
		g.Marks = append(g.Marks, t.stroke(curve(head), link.How, w)...)
		g.Marks = append(g.Marks, append(tips, tip)...)
		edge := t.line(link.How).Mix(draw.RGB(0xffffff), 0.35)
		g.Marks = append(g.Marks, p.labels[i].draw(p.Labels[i], t, edge)...)
		marks = append(marks, g)
	}
	for i, c := range p.cards {
		marks = append(marks, c.draw(p.Cards[i], t))
	}
	return marks
}

func reversed(w layout.Way) layout.Way {
	w = slices.Clone(w)
	slices.Reverse(w)
	return w
}

func curve(w layout.Way) draw.Path {
	p := draw.Path{}.MoveTo(w[0].X, w[0].Y)
	for i := 1; i+2 < len(w); i += 3 {
		p = p.CurveTo(w[i], w[i+1], w[i+2])
	}
	return p
}

// arrow is the head at the end of a line, and the line cut short by as much as
// lies under the head.
func arrow(w layout.Way, width float64, c draw.Colour) (layout.Way, draw.Mark) {
	w = slices.Clone(w)
	last := len(w) - 1
	end, before := w[last], w[last-1]
	dx, dy := end.X-before.X, end.Y-before.Y
	length := math.Hypot(dx, dy)
	if length == 0 {
		dx, length = 1, 1
	}
	dx, dy = dx/length, dy/length
	long, half := 5+1.1*width, 2.6+0.85*width
	foot := draw.Point{X: end.X - dx*long, Y: end.Y - dy*long}
	cut := draw.Point{X: dx * long * 0.8, Y: dy * long * 0.8}
	w[last] = draw.Point{X: end.X - cut.X, Y: end.Y - cut.Y}
	w[last-1] = draw.Point{X: before.X - cut.X, Y: before.Y - cut.Y}
	tip := draw.Path{}.MoveTo(end.X, end.Y).
		LineTo(foot.X-dy*half, foot.Y+dx*half).
		LineTo(foot.X+dy*half, foot.Y-dx*half).Close()
	return w, draw.Shape{Path: tip, Fill: c}
}
