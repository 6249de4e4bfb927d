package diagram

import (
	"cmp"
	"math"
	"slices"

	"github.com/flowmap-dev/flowmap/pkg/draw"
)

// landing is where a line meets a card: on the side towards its label, at a
// height of its own, so that lines do not run into each other.
type landing struct {
	way    *way
	label  int
	beyond float64 // the height that the line comes from or goes to
	width  float64
	back   float64 // at which height of its label it ends, off the middle
}

// route draws the ways anew: where a line leads from one rank to the next it
// is one smooth curve, level at both ends; a longer one keeps the way that
// Graphviz found around what lies between, with its ends moved to where it
// lands.
func (l *layout) route(arcs []arc, width func(i int) float64) {
	reach := l.reach()
	sides := make([][2][]landing, len(l.nodes))
	for i, a := range arcs {
		tail, head := 0.0, 0.0
		if a.fromBefore == a.toBefore {
			tail = math.Copysign(l.labels[i].h/5, l.nodes[a.from].y-l.nodes[a.to].y)
			head = -tail
		}
		l.land(sides, a.from, landing{&l.tails[i], i, 0, width(i), tail})
		l.land(sides, a.to, landing{&l.heads[i], i, 0, width(i), head})
	}
	for n, both := range sides {
		for _, lines := range both {
			for i, y := range spread(lines, l.nodes[n]) {
				*lines[i].way = l.lead(lines[i], y, l.nodes[n], reach)
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

// reach is how far the widest box of each rank reaches from the rank's middle.
func (l *layout) reach() []float64 {
	var out []float64
	for _, boxes := range [][]box{l.nodes, l.labels} {
		for _, b := range boxes {
			for len(out) <= b.rank {
				out = append(out, 0)
			}
			out[b.rank] = max(out[b.rank], b.w/2)
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
	room := card.h - 12
	gap := min(9, max(1.5, (room-total)/float64(max(1, len(lines)-1))))
	y := card.y - (total+gap*float64(len(lines)-1))/2
	out := make([]float64, len(lines))
	for i, s := range lines {
		out[i] = y + s.width/2
		y += s.width + gap
	}
	return out
}

// lead is a line's way from height y of a card to its label.
func (l *layout) lead(line landing, y float64, card box, reach []float64) way {
	label := l.labels[line.label]
	side := math.Copysign(1, label.x-card.x)
	from := draw.Point{X: card.x + side*card.w/2, Y: y}
	to := draw.Point{X: label.x - side*label.w/2, Y: label.y + line.back}
	if apart(card, label) != 1 {
		return line.way.pulled(from, to)
	}
	a := draw.Point{X: card.x + side*reach[card.rank], Y: from.Y}
	b := draw.Point{X: label.x - side*reach[label.rank], Y: to.Y}
	bend := (b.X - a.X) * 0.5
	out := way{from}
	out = append(out, straight(from, a)...)
	out = append(out, draw.Point{X: a.X + bend, Y: a.Y}, draw.Point{X: b.X - bend, Y: b.Y}, b)
	return append(out, straight(b, to)...)
}

// straight is a line as a curve, without its start; nothing if it has no length.
func straight(a, b draw.Point) way {
	if math.Abs(a.X-b.X)+math.Abs(a.Y-b.Y) < 0.01 {
		return nil
	}
	return way{between(a, b, 1.0/3), between(a, b, 2.0/3), b}
}

func between(a, b draw.Point, share float64) draw.Point {
	return draw.Point{X: a.X + (b.X-a.X)*share, Y: a.Y + (b.Y-a.Y)*share}
}

// pulled moves the ends of a way, and with each the control that gives its
// direction there.
func (w way) pulled(from, to draw.Point) way {
	out := slices.Clone(w)
	last := len(out) - 1
	out[1].Y += from.Y - out[0].Y
	out[last-1].Y += to.Y - out[last].Y
	out[0], out[last] = from, to
	return out
}

func reversed(w way) way {
	out := slices.Clone(w)
	slices.Reverse(out)
	return out
}
