package diagram

import (
	"math"
	"slices"

	"github.com/flowmap-dev/flowmap/pkg/draw"
	"github.com/flowmap-dev/flowmap/pkg/graph/diagram/layout"
)

// Plan is a view with places: all that a format needs which draws on its own.
// Lengths are points, from the page's upper left corner.
type Plan struct {
	View          View // what is shown: a fixed page may have folded more
	Width, Height float64
	Nodes         []Box  // the cards of View.Nodes
	Lines         []Line // of View.Links
	Others        Box    // the card of View.Others; without size where nothing is folded

	scale  float64
	cards  []card
	labels []label
	look   Look
	theme  theme
	pages  pages
}

// Box is where a card stands, by its upper left corner, and how it looks.
type Box struct {
	X, Y, W, H float64
	Face       Face
}

// Line is how a link runs: from the system that sends to its label, and on to the
// system that receives. A way is a row of cubic Bézier curves: a start, then
// three points each.
type Line struct {
	Tail, Head []draw.Point
	Label      Box
	Stroke     Stroke
}

// laid is a view that has been measured and laid out, before it is put on a page.
type laid struct {
	view   View
	cards  []card
	labels []label
	layout.Layout
}

// newLaid measures what the view has and finds where it stands on a page with
// so much room.
func newLaid(v View, room layout.Size) (laid, error) {
	p := laid{view: v, cards: cards(v), labels: make([]label, len(v.Links))}
	m := layout.Map{Links: v.ends(), Columns: v.columns()}
	for _, c := range p.cards {
		m.Cards = append(m.Cards, c.size)
	}
	if v.Others.Any() {
		_, _, size := v.Others.pile()
		m.Cards = append(m.Cards, size)
		if m.Columns != nil {
			m.Columns = append(m.Columns, slices.Max(m.Columns))
		}
	}
	for i, l := range v.Links {
		p.labels[i] = newLabel(l, v.Numbered())
		m.Labels = append(m.Labels, p.labels[i].size)
	}
	var err error
	p.Layout, err = layout.Arrange(m, room, least/sizeLeast)
	return p, err
}

// columns are those of a view that has an order of its own; nil lets the layout
// choose.
func (v View) columns() []int {
	if v.Kind != KindImpact {
		return nil
	}
	var steps []int
	for _, n := range v.Nodes {
		steps = append(steps, n.Step)
	}
	slices.Sort(steps)
	steps = slices.Compact(steps)
	out := make([]int, len(v.Nodes))
	for i, n := range v.Nodes {
		out[i], _ = slices.BinarySearch(steps, n.Step)
	}
	return out
}

// ends finds each link's systems among the nodes. A view has been checked to
// hold them.
func (v View) ends() []layout.Link {
	at := make(map[string]int, len(v.Nodes))
	for i, n := range v.Nodes {
		at[n.ID] = i
	}
	m := v.measure()
	out := make([]layout.Link, len(v.Links))
	for i, l := range v.Links {
		share := l.Hours / max(m.most, 1e-9)
		if l.Pattern != "" {
			share = 0.3
		}
		out[i] = layout.Link{From: at[l.From], To: at[l.To], Share: min(1, share), Width: m.width(l)}
	}
	return out
}

// place puts what is laid out on a page, with the upper left corner at a point.
func (p laid) place(at draw.Point, l Look) Plan {
	k := p.Scale
	put := func(q draw.Point) draw.Point { return draw.Point{X: q.X*k + at.X, Y: q.Y*k + at.Y} }
	box := func(mid draw.Point, z layout.Size) Box {
		c := put(mid)
		return Box{X: c.X - z.W*k/2, Y: c.Y - z.H*k/2, W: z.W * k, H: z.H * k}
	}
	way := func(w layout.Way) []draw.Point {
		out := make([]draw.Point, len(w))
		for i, q := range w {
			out[i] = put(q)
		}
		return out
	}
	out := Plan{View: p.view, scale: k, cards: p.cards, labels: p.labels, look: l, theme: l.theme(p.view)}
	for i, c := range p.cards {
		b := box(p.Cards[i], c.size)
		b.Face = out.theme.face(c.node)
		out.Nodes = append(out.Nodes, b)
	}
	for i, link := range p.view.Links {
		s := out.theme.stroke(link)
		s.Width *= k
		for j := range s.Dash {
			s.Dash[j] *= k
		}
		b := box(p.Labels[i], p.labels[i].size)
		b.Face = Face{Fill: out.theme.card, Edge: out.theme.soft(s.Colour, 0.35), Ink: out.theme.ink, Muted: out.theme.muted, Width: 0.9, Dashed: link.State == Gone}
		out.Lines = append(out.Lines, Line{Tail: way(p.Tails[i]), Head: way(p.Heads[i]), Label: b, Stroke: s})
	}
	if p.view.Others.Any() {
		_, _, size := p.view.Others.pile()
		out.Others = box(p.Cards[len(p.cards)], size)
		out.Others.Face = Face{Fill: out.theme.ground, Edge: out.theme.border, Ink: out.theme.muted, Muted: out.theme.muted, Width: 0.9}
	}
	return out
}

// middle is the centre of a box.
func (b Box) middle() draw.Point { return draw.Point{X: b.X + b.W/2, Y: b.Y + b.H/2} }

// marks draws the map: lines with their labels, then cards.
func (p Plan) marks() []draw.Mark {
	t, k := p.theme, p.scale
	// Cards and labels are drawn in their own measure and scaled as they are put.
	put := func(at Box, mark func(draw.Point) []draw.Mark) []draw.Mark {
		return draw.Place(mark(draw.Point{}), k, at.middle())
	}
	var marks []draw.Mark
	for i, link := range p.View.Links {
		line := p.Lines[i]
		g := draw.Group{Class: "edge", Title: link.Title, Data: []draw.Datum{{Name: "from", Value: link.From}, {Name: "to", Value: link.To}}}
		tail, tips := line.Tail, []draw.Mark(nil)
		head, tip := line.Stroke.arrow(line.Head, k, t.paper)
		if link.TwoWay {
			back, other := line.Stroke.arrow(reversed(tail), k, t.paper)
			tail, tips = reversed(back), append(tips, other)
		}
		g.Marks = append(g.Marks, line.Stroke.draw(curve(tail), t.paper)...)
		g.Marks = append(g.Marks, line.Stroke.draw(curve(head), t.paper)...)
		g.Marks = append(g.Marks, append(tips, tip)...)
		g.Marks = append(g.Marks, put(line.Label, func(o draw.Point) []draw.Mark { return p.labels[i].draw(o, t, line.Stroke.Colour) })...)
		marks = append(marks, g)
	}
	for i, c := range p.cards {
		marks = append(marks, put(p.Nodes[i], func(o draw.Point) []draw.Mark { return []draw.Mark{c.draw(o, t)} })...)
	}
	if p.View.Others.Any() {
		marks = append(marks, put(p.Others, func(o draw.Point) []draw.Mark { return []draw.Mark{p.View.Others.draw(o, t)} })...)
	}
	return marks
}

func reversed(w []draw.Point) []draw.Point {
	w = slices.Clone(w)
	slices.Reverse(w)
	return w
}

func curve(w []draw.Point) draw.Path {
	p := draw.Path{}.MoveTo(w[0].X, w[0].Y)
	for i := 1; i+2 < len(w); i += 3 {
		p = p.CurveTo(w[i], w[i+1], w[i+2])
	}
	return p
}

// arrow is the head at the end of a line that is drawn k times its size, and the
// line cut short by as much as lies under the head.
func (s Stroke) arrow(w []draw.Point, k float64, paper draw.Colour) ([]draw.Point, draw.Mark) {
	w = slices.Clone(w)
	last := len(w) - 1
	end, before := w[last], w[last-1]
	dx, dy := end.X-before.X, end.Y-before.Y
	length := math.Hypot(dx, dy)
	if length == 0 {
		dx, length = 1, 1
	}
	dx, dy = dx/length, dy/length
	long, half := 5*k+1.1*s.Width, 2.6*k+0.85*s.Width
	if s.Hollow {
		long, half = long+2*k, half+0.8*k
	}
	foot := draw.Point{X: end.X - dx*long, Y: end.Y - dy*long}
	cut := draw.Point{X: dx * long * 0.8, Y: dy * long * 0.8}
	w[last] = draw.Point{X: end.X - cut.X, Y: end.Y - cut.Y}
	w[last-1] = draw.Point{X: before.X - cut.X, Y: before.Y - cut.Y}
	tip := draw.Shape{Path: draw.Path{}.MoveTo(end.X, end.Y).
		LineTo(foot.X-dy*half, foot.Y+dx*half).
		LineTo(foot.X+dy*half, foot.Y-dx*half).Close(), Fill: s.Colour}
	if s.Hollow {
		tip.Fill, tip.Stroke = paper, draw.Stroke{Colour: s.Colour, Width: 1.2 * k, Round: true}
	}
	return w, tip
}
