package diagram

import (
	"math"
	"slices"

	"github.com/flowmap-dev/flowmap/pkg/audit"
	"github.com/flowmap-dev/flowmap/pkg/draw"
)

// plan is a map that has been measured and laid out.
type plan struct {
	cards  []card
	labels []label
	arcs   []arc
	layout layout
	scale  float64
}

// area is the room that a map has on its page, in points.
type area struct{ w, h float64 }

// manner is one way to lay a map out: its direction and how many columns.
type manner struct {
	shape
	columns int
}

// across and down are the two directions, with the least room between systems
// and between columns, in points.
var (
	across = shape{node: 6, rank: 30}
	down   = shape{down: true, node: 12, rank: 20}
)

// manners lists the ways that are tried for a map of n systems: a few that are
// likely to read well and, for when none of these gives texts large enough,
// others. Each takes a hundredth of a second for thirty systems and labels, and
// ever more for larger maps, which get one.
func manners(n int) (likely, others []manner) {
	if n > 40 {
		return []manner{{across, int(math.Ceil(math.Sqrt(float64(n) * 0.6)))}}, nil
	}
	return []manner{{across, 3}, {across, 4}}, []manner{{across, 5}, {down, 4}, {down, 5}, {down, 6}}
}

// newPlan measures what the view has and finds the layout that reads best.
func newPlan(v View, room area) (plan, error) {
	p := plan{cards: cards(v.Nodes), labels: make([]label, len(v.Links))}
	for i, l := range v.Links {
		p.labels[i] = newLabel(l, v.Numbered())
	}
	likely, others := manners(len(v.Nodes))
	p, err := p.best(v, likely, room)
	if err == nil && p.scale*sizeLeast < least {
		p, err = p.best(v, others, room)
	}
	return p, err
}

// best lays the plan out in each manner and keeps the best, which may be what
// it was before.
func (p plan) best(v View, ways []manner, room area) (plan, error) {
	score, seen := math.Inf(-1), [][]int(nil)
	if p.scale > 0 {
		score = p.score()
	}
	best := p
	for _, m := range ways {
		columns := p.grid(v, m, room).place()
		if slices.ContainsFunc(seen, func(was []int) bool { return slices.Equal(was, columns) }) {
			continue
		}
		if !m.down {
			seen = append(seen, columns)
		}
		try, err := p.lay(v, m, columns, room)
		if err != nil {
			return plan{}, err
		}
		if s := try.score(); s > score {
			score, best = s, try
		}
	}
	return best, nil
}

// lay lays the plan out in one manner.
func (p plan) lay(v View, m manner, columns []int, room area) (plan, error) {
	most := mostHours(v.Links)
	p.arcs = arcs(v.ends(), columns)
	cardSizes, labelSizes := p.sizes()
	l, err := lay(cardSizes, labelSizes, p.arcs, columns, m.shape)
	if err != nil {
		return plan{}, err
	}
	if m.down {
		room = area{room.h, room.w}
	}
	l.crop()
	p.scale = min(1.05, room.w/l.w, room.h/l.h)
	l.fit(room.w/p.scale, room.h/p.scale)
	l.route(p.arcs, func(i int) float64 { return width(v.Links[i], most) })
	p.layout = l
	return p, nil
}

// sizes lists the sizes of cards and labels.
func (p plan) sizes() (cards, labels []size) {
	for _, c := range p.cards {
		cards = append(cards, c.size)
	}
	for _, l := range p.labels {
		labels = append(labels, l.size)
	}
	return cards, labels
}

// grid is the question of which column each system goes to.
func (p plan) grid(v View, m manner, room area) grid {
	g := grid{columns: m.columns, links: v.ends(), page: room.h}
	side := func(s size) float64 { return s.h + m.node }
	if m.down {
		g.page = room.w
		side = func(s size) float64 { return s.w + m.node }
	}
	for _, c := range p.cards {
		g.cards = append(g.cards, side(c.size))
	}
	for _, l := range p.labels {
		g.labels = append(g.labels, side(l.size))
	}
	return g
}

// ends finds each link's systems among the nodes. A view has been checked to
// hold them.
func (v View) ends() []link {
	at := make(map[string]int, len(v.Nodes))
	for i, n := range v.Nodes {
		at[n.ID] = i
	}
	most := max(mostHours(v.Links), 1e-9)
	out := make([]link, len(v.Links))
	for i, l := range v.Links {
		out[i] = link{at[l.From], at[l.To], l.Hours / most}
	}
	return out
}

// arcs puts each link's label between its systems or, where both stand in one
// column, on the side of it that leads to the middle of the map.
func arcs(links []link, columns []int) []arc {
	last := 0
	for _, c := range columns {
		last = max(last, c)
	}
	out := make([]arc, len(links))
	for i, l := range links {
		a, b := columns[l.from], columns[l.to]
		inner := 2*a < last || last == 0
		out[i] = arc{
			from: l.from, to: l.to,
			fromBefore: a < b || a == b && inner,
			toBefore:   b < a || a == b && inner,
			weight:     1 + int(math.Round(3*l.share)),
		}
	}
	return out
}

// score says how well a layout reads: large texts first, then few crossings; a
// map from left to right is worth a little.
func (p plan) score() float64 {
	score := 100*min(1, p.scale) - 0.8*float64(p.layout.crossings()) - 5*p.layout.steepness()
	if !p.layout.down {
		score += 6
	}
	return score
}

// crossings counts how often lines cross each other.
func (l layout) crossings() int {
	var lines [][]draw.Point
	for i := range l.tails {
		lines = append(lines, polyline(l.tails[i]), polyline(l.heads[i]))
	}
	n := 0
	for i, a := range lines {
		for _, b := range lines[i+1:] {
			n += meetings(a, b)
		}
	}
	return n
}

// steepness is how much lines rise or fall for each point that they go along,
// on average: a line that jumps up in a narrow gap is hard to follow.
func (l layout) steepness() float64 {
	rise, curves := 0.0, 0.0
	for _, ways := range [][]way{l.tails, l.heads} {
		for _, w := range ways {
			for i := 0; i+3 < len(w); i += 3 {
				if dy := math.Abs(w[i+3].Y - w[i].Y); dy > 0.01 {
					rise, curves = rise+dy/max(1, math.Abs(w[i+3].X-w[i].X)), curves+1
				}
			}
		}
	}
	return rise / max(1, curves)
}

// polyline is a way as straight pieces.
func polyline(w way) []draw.Point {
	const pieces = 6
	out := []draw.Point{w[0]}
	for i := 0; i+3 < len(w); i += 3 {
		for s := 1; s <= pieces; s++ {
			out = append(out, bezier(w[i:i+4], float64(s)/pieces))
		}
	}
	return out
}

// bezier is the point at share t of a cubic Bézier curve.
func bezier(c []draw.Point, t float64) draw.Point {
	a, b, d := between(c[0], c[1], t), between(c[1], c[2], t), between(c[2], c[3], t)
	return between(between(a, b, t), between(b, d, t), t)
}

func meetings(a, b []draw.Point) int {
	n := 0
	for i := range len(a) - 1 {
		for j := range len(b) - 1 {
			if cross(a[i], a[i+1], b[j], b[j+1]) {
				n++
			}
		}
	}
	return n
}

// cross tells whether two straight pieces cross.
func cross(a, b, c, d draw.Point) bool {
	turn := func(p, q, r draw.Point) bool { return (q.X-p.X)*(r.Y-p.Y) > (q.Y-p.Y)*(r.X-p.X) }
	return turn(a, c, d) != turn(b, c, d) && turn(a, b, c) != turn(a, b, d)
}

// draw draws the map: lines at the bottom, the heaviest last, then cards and
// labels.
func (p plan) draw(v View, t theme) []draw.Mark {
	most := mostHours(v.Links)
	l := p.layout
	l.upright()
	var marks []draw.Mark
	for i, link := range v.Links {
		w := width(link, most)
		g := draw.Group{Class: "edge", Title: link.Title, Data: []draw.Datum{{Name: "from", Value: link.From}, {Name: "to", Value: link.To}}}
		tail, head := reversedIf(l.tails[i], false), reversedIf(l.heads[i], true)
		tip := arrow(&head, w, link.How, t)
		g.Marks = append(g.Marks, t.stroke(curve(tail), link.How, w)...)
		g.Marks = append(g.Marks, t.stroke(curve(head), link.How, w)...)
		g.Marks = append(g.Marks, tip)
		edge := t.line(link.How).Mix(draw.RGB(0xffffff), 0.35)
		g.Marks = append(g.Marks, p.labels[i].draw(l.labels[i], t, edge)...)
		marks = append(marks, g)
	}
	for i, c := range p.cards {
		marks = append(marks, c.draw(l.nodes[i], t))
	}
	return marks
}

func reversedIf(w way, yes bool) way {
	if yes {
		return reversed(w)
	}
	return append(way(nil), w...)
}

// upright turns a layout that runs from top to bottom as it is to be seen.
func (l *layout) upright() { l.turn() }

func curve(w way) draw.Path {
	p := draw.Path{}.MoveTo(w[0].X, w[0].Y)
	for i := 1; i+2 < len(w); i += 3 {
		p = p.CurveTo(w[i], w[i+1], w[i+2])
	}
	return p
}

// arrow is the head at the end of a way, which is cut short by as much as lies
// under it.
func arrow(w *way, width float64, how audit.How, t theme) draw.Mark {
	p := *w
	last := len(p) - 1
	end, before := p[last], p[last-1]
	dx, dy := end.X-before.X, end.Y-before.Y
	length := math.Hypot(dx, dy)
	if length == 0 {
		dx, length = 1, 1
	}
	dx, dy = dx/length, dy/length
	long, half := 5+1.1*width, 2.6+0.85*width
	foot := draw.Point{X: end.X - dx*long, Y: end.Y - dy*long}
	p[last] = draw.Point{X: end.X - dx*long*0.8, Y: end.Y - dy*long*0.8}
	p[last-1] = draw.Point{X: before.X - dx*long*0.8, Y: before.Y - dy*long*0.8}
	tip := draw.Path{}.MoveTo(end.X, end.Y).
		LineTo(foot.X-dy*half, foot.Y+dx*half).
		LineTo(foot.X+dy*half, foot.Y-dx*half).Close()
	return draw.Shape{Path: tip, Fill: t.line(how)}
}
