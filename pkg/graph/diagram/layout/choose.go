package layout

import (
	"fmt"
	"math"
	"slices"
)

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

// manners lists the ways that are tried: a few that are likely to read well and, for when none of these gives
// texts large enough, others. Each takes a hundredth of a second for a map of
// forty together, and ever more for larger ones, which get one or two.
func (p problem) manners() (likely, others []manner) {
	size, upright := len(p.cards)+len(p.links), p.room.H > p.room.W
	n := p.even()
	switch {
	case size > 250:
		return []manner{{across, n}}, nil
	case size > large:
		return []manner{{across, n}}, []manner{{across, n + 1}}
	case upright:
		return []manner{{across, 2}, {across, 3}}, []manner{{down, 4}, {down, 5}, {down, 6}}
	}
	return []manner{{across, 3}, {across, 4}}, []manner{{across, 5}, {down, 5}, {down, 6}}
}

// even is how many columns give the map about the shape of its room, if cards
// and labels are spread evenly.
func (p problem) even() int {
	var card, label Size // the widest, and all heights together
	for _, z := range p.cards {
		card = Size{max(card.W, z.W), card.H + z.H + across.node}
	}
	for _, z := range p.labels {
		label = Size{max(label.W, z.W), label.H + z.H + across.node}
	}
	best, least := 2, math.Inf(1)
	for n := 2; n <= max(2, len(p.cards)); n++ {
		gaps := float64(n - 1)
		w := float64(n)*card.W + gaps*(label.W+2*across.rank)
		// Columns in the middle are fuller than those at the ends.
		h := uneven * max(card.H/float64(n), label.H/gaps)
		if off := math.Abs(math.Log(w / h * p.room.H / p.room.W)); off < least {
			best, least = n, off
		}
	}
	return best
}

// uneven is how much fuller than the average the fullest column is.
const uneven = 1.5

// Map is what a layout is sought for: cards, and links with a label each.
type Map struct {
	Cards, Labels []Size
	Links         []Link
	Columns       []int // of each card, from 0 on without gaps, left to right; nil: they are chosen
}

// problem is a map and the room that it has.
type problem struct {
	cards, labels []Size
	links         []Link
	fixed         []int
	room          Size
}

// Arrange finds where cards and labels stand and how lines lead, so that the
// map reads well in a room of the given size. Where texts would shrink to less
// than the share enough of their size, more manners of laying it out are tried.
// It is an error if anything is missing from what Graphviz gives back.
func Arrange(m Map, room Size, enough float64) (Layout, error) {
	p := problem{m.Cards, m.Labels, m.Links, m.Columns, room}
	if err := p.check(); err != nil {
		return Layout{}, err
	}
	likely, others := p.manners()
	if p.fixed != nil {
		likely, others = []manner{{across, slices.Max(p.fixed) + 1}}, nil
	}
	best, err := p.best(nil, likely)
	if err == nil && best.scale < enough {
		best, err = p.best(best, others)
	}
	if err != nil {
		return Layout{}, err
	}
	return best.finish(), nil
}

func (p problem) check() error {
	if len(p.cards) == 0 || len(p.labels) != len(p.links) || p.fixed != nil && len(p.fixed) != len(p.cards) {
		return fmt.Errorf("lay out the map: %d systems, %d links and %d labels", len(p.cards), len(p.links), len(p.labels))
	}
	for i, l := range p.links {
		if l.From == l.To || min(l.From, l.To) < 0 || max(l.From, l.To) >= len(p.cards) {
			return fmt.Errorf("lay out the map: link %d leads from %d to %d", i, l.From, l.To)
		}
	}
	return nil
}

// best lays the map out in each manner and keeps the best, which may be the one
// that was found before.
func (p problem) best(found *layout, ways []manner) (*layout, error) {
	var seen [][]int
	for _, m := range ways {
		columns := p.fixed
		if columns == nil {
			columns = p.grid(m).place()
		}
		if slices.ContainsFunc(seen, func(was []int) bool { return slices.Equal(was, columns) }) {
			continue
		}
		if !m.down {
			seen = append(seen, columns)
		}
		try, err := p.lay(m, columns)
		if err != nil {
			return nil, fmt.Errorf("lay out the map: %w", err)
		}
		if found == nil || try.score() > found.score() {
			found = &try
		}
	}
	return found, nil
}

// lay lays the map out in one manner.
func (p problem) lay(m manner, columns []int) (layout, error) {
	arcs := arcs(p.links, columns)
	l, err := p.ask(arcs, columns, m.shape)
	if err != nil {
		return layout{}, err
	}
	room := p.room
	if m.down {
		room = Size{room.H, room.W}
	}
	l.crop()
	l.scale = min(1.05, room.W/l.w, room.H/l.h)
	l.fit(room.W/l.scale, room.H/l.scale)
	l.route(arcs, p.links)
	return l, nil
}

// grid is the question of which column each system goes to.
func (p problem) grid(m manner) grid {
	g := grid{columns: m.columns, links: p.links, page: p.room.H, weight: 1}
	side := func(s Size) float64 { return s.H + m.node }
	if m.down {
		g.page = p.room.W
		side = func(s Size) float64 { return s.W + m.node }
	}
	for _, c := range p.cards {
		g.cards = append(g.cards, side(c))
	}
	for _, l := range p.labels {
		g.labels = append(g.labels, side(l))
	}
	if many := float64(len(p.cards) + len(p.links)); many > large {
		// It does not fit anyway: no column is to be much fuller than the others.
		g.weight = many / 30
		g.page = max(g.page, uneven*max(sum(g.cards)/float64(m.columns), sum(g.labels)/float64(max(1, m.columns-1))))
	}
	return g
}

// large is from how many systems and links together a map gets one or two layouts
// alone.
const large = 70

func sum(all []float64) float64 {
	total := 0.0
	for _, x := range all {
		total += x
	}
	return total
}

// arcs puts each link's label between its systems or, where both stand in one
// column, on the side of it that leads to the middle of the map.
func arcs(links []Link, columns []int) []arc {
	last := 0
	for _, c := range columns {
		last = max(last, c)
	}
	out := make([]arc, len(links))
	for i, l := range links {
		a, b := columns[l.From], columns[l.To]
		inner := 2*a < last || last == 0
		out[i] = arc{
			from: l.From, to: l.To,
			fromBefore: a < b || a == b && inner,
			toBefore:   b < a || a == b && inner,
			weight:     1 + int(math.Round(3*l.Share)),
		}
	}
	return out
}
