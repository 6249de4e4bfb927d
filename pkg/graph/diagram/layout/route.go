package layout

import (
	"cmp"
	"math"
	"slices"

	"github.com/flowmap-dev/flowmap/pkg/draw"
)

// landing is where a line meets a card: on the side towards its label, at a
// height of its own, so that lines do not run into each other.
type landing struct {
	way    *Way
	label  int
	beyond float64 // the height that the line comes from or goes to
	width  float64
	back   float64 // at which height of its label it ends, off the middle
}

// route draws the ways anew: where a line leads from one rank to the next it
// is one smooth curve, level at both ends; a longer one passes the ranks between
// where Graphviz led it.
func (l *layout) route(arcs []arc, links []Link) {
	ranks := l.ranks()
	sides := make([][2][]landing, len(l.nodes))
	for i, a := range arcs {
		tail, head := 0.0, 0.0
		if a.fromBefore == a.toBefore {
			tail = math.Copysign(l.labels[i].h/5, l.nodes[a.from].y-l.nodes[a.to].y)
			head = -tail
		}
		l.land(sides, a.from, landing{&l.tails[i], i, 0, links[i].Width, tail})
		l.land(sides, a.to, landing{&l.heads[i], i, 0, links[i].Width, head})
	}
	for n, both := range sides {
		for _, lines := range both {
			for i, y := range spread(lines, l.nodes[n]) {
				*lines[i].way = l.lead(lines[i], y, l.nodes[n], ranks)
			}
		}
	}
}

func (l *layout) land(sides [][2][]landing, node int, a landing) {
	card, label := l.nodes[node], l.labels[a.label]
	a.beyond = label.y
	if apart(card, label) != 1 {
		a.beyond = (*a.way)[3].Y
	}
	side := 0
	if label.x > card.x {
		side = 1
	}
	sides[node][side] = append(sides[node][side], a)
}

// rank is what is centred on one x.
type rank struct {
	x, reach float64 // its middle, and how far its widest box goes from there
	boxes    []box
}

// edge is where the rank ends on one side: 1 towards higher x, -1 towards lower.
func (r rank) edge(side float64) float64 { return r.x + side*r.reach }

// clear is how far a line keeps off a box that it passes, in points.
const clear = 5

// free is the height next to y at which a line of some width passes the rank
// without touching a box.
func (r rank) free(y, width float64) float64 {
	keep := clear + width/2
	best := math.Inf(1)
	try := func(at float64) {
		for _, b := range r.boxes {
			if math.Abs(at-b.y) < b.h/2+keep-0.01 {
				return
			}
		}
		if math.Abs(at-y) < math.Abs(best-y) {
			best = at
		}
	}
	try(y)
	for _, b := range r.boxes {
		try(b.y - b.h/2 - keep)
		try(b.y + b.h/2 + keep)
	}
	if math.IsInf(best, 1) {
		return y
	}
	return best
}

func (l *layout) ranks() []rank {
	var out []rank
	for _, boxes := range [][]box{l.nodes, l.labels} {
		for _, b := range boxes {
			for len(out) <= b.rank {
				out = append(out, rank{})
			}
			r := &out[b.rank]
			r.x, r.reach, r.boxes = b.x, max(r.reach, b.w/2), append(r.boxes, b)
		}
	}
	return out
}

func apart(a, b box) int {
	if a.rank > b.rank {
		return a.rank - b.rank
	}
	return b.rank - a.rank
}

// spread gives each line its height on a card's side, in the order of where
// they lead, which it sorts them by.
func spread(lines []landing, card box) []float64 {
	slices.SortStableFunc(lines, func(a, b landing) int { return cmp.Compare(a.beyond, b.beyond) })
	total := 0.0
	for _, s := range lines {
		total += s.width
	}
	room := max(1, card.h-12)
	gap := min(9, max(1.5, (room-total)/float64(max(1, len(lines)-1))))
	span := total + gap*float64(len(lines)-1)
	// Where there are more lines than room, they lie over each other.
	fit := min(1, room/max(span, 1))
	y := card.y - span*fit/2
	out := make([]float64, len(lines))
	for i, s := range lines {
		out[i] = y + s.width*fit/2
		y += (s.width + gap) * fit
	}
	return out
}

// stop is a stretch along x that a line passes level: across a card's, a
// label's or another rank's width.
type stop struct{ from, to, y float64 }

// lead is a line's way from height y of a card to its label: level past each
// rank, and one smooth curve from a rank to the next.
func (l *layout) lead(line landing, y float64, card box, ranks []rank) Way {
	label := l.labels[line.label]
	side := math.Copysign(1, label.x-card.x)
	stops := []stop{{card.x + side*card.w/2, ranks[card.rank].edge(side), y}}
	guide := polyline(*line.way)
	for r := card.rank + int(side); r != label.rank; r += int(side) {
		y := ranks[r].free(heightAt(guide, ranks[r].x), line.width)
		stops = append(stops, stop{ranks[r].edge(-side), ranks[r].edge(side), y})
	}
	stops = append(stops, stop{ranks[label.rank].edge(-side), label.x - side*label.w/2, label.y + line.back})
	return join(stops)
}

// join draws a line through its stops.
func join(stops []stop) Way {
	first := stops[0]
	out := Way{{X: first.from, Y: first.y}}
	for i, s := range stops {
		if i > 0 {
			was := out[len(out)-1]
			bend := (s.from - was.X) * 0.5
			out = append(out, draw.Point{X: was.X + bend, Y: was.Y}, draw.Point{X: s.from - bend, Y: s.y}, draw.Point{X: s.from, Y: s.y})
		}
		out = append(out, straight(draw.Point{X: s.from, Y: s.y}, draw.Point{X: s.to, Y: s.y})...)
	}
	return out
}

// heightAt is the height of a row of points at x, and of its nearer end where
// it does not reach x.
func heightAt(points []draw.Point, x float64) float64 {
	nearest := points[0]
	for i, p := range points[1:] {
		was := points[i]
		if (was.X-x)*(p.X-x) <= 0 && was.X != p.X {
			return between(was, p, (x-was.X)/(p.X-was.X)).Y
		}
		if math.Abs(p.X-x) < math.Abs(nearest.X-x) {
			nearest = p
		}
	}
	return nearest.Y
}

// straight is a line as a curve, without its start; nothing if it has no length.
func straight(a, b draw.Point) Way {
	if math.Abs(a.X-b.X)+math.Abs(a.Y-b.Y) < 0.01 {
		return nil
	}
	return Way{between(a, b, 1.0/3), between(a, b, 2.0/3), b}
}

func between(a, b draw.Point, share float64) draw.Point {
	return draw.Point{X: a.X + (b.X-a.X)*share, Y: a.Y + (b.Y-a.Y)*share}
}

func reversed(w Way) Way {
	out := slices.Clone(w)
	slices.Reverse(out)
	return out
}
