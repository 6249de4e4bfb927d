package layout

import (
	"bytes"
	"cmp"
	"fmt"
	"math"
	"slices"
	"strconv"

	"github.com/flowmap-dev/flowmap/pkg/draw"
)

// Size is how much room a card or a label takes, in points.
type Size struct{ W, H float64 }

// Link is a link by the places of its systems among the cards.
type Link struct {
	From, To int
	Share    float64 // how much it matters, 0 to 1: the more, the straighter
	Width    float64 // of its line, in points
}

// Layout is where everything stands, in points from the upper left corner.
type Layout struct {
	Scale  float64 // by which all has to be multiplied to fit into the room
	Size   Size
	Cards  []draw.Point // the middles of cards
	Labels []draw.Point // and of labels
	Tails  []Way        // from the system that sends to the label
	Heads  []Way        // from the label to the system that receives
}

// Way is a row of cubic Bézier curves: a start, then three points each.
type Way []draw.Point

// arc is a link as it is laid out: each of its systems stands before or after
// its label. In a link within one column both stand on the same side.
type arc struct {
	from, to             int // places among the nodes
	fromBefore, toBefore bool
	weight               int // how straight it should run
}

// layout is where everything stands. Ranks follow each other along x; a layout
// from top to bottom is turned at the very end, so that all that comes between
// has to know one direction alone.
type layout struct {
	down   bool // from top to bottom
	w, h   float64
	nodes  []box
	labels []box
	tails  []Way // from the system that sends to the label
	heads  []Way // from the system that receives to the label
	scale  float64
}

// box is a card or a label by its centre and size.
type box struct {
	x, y, w, h float64
	rank       int
}

// shape is one manner of laying out a map.
type shape struct {
	down bool
	node float64 // between neighbours in a rank, in points
	rank float64 // between ranks, in points
}

// ask lets Graphviz lay out the cards in the given columns, with a label on
// each link.
func (p problem) ask(arcs []arc, columns []int, s shape) (layout, error) {
	found, err := arrange(p.source(arcs, columns, s))
	if err != nil {
		return layout{}, err
	}
	l := layout{down: s.down, w: found.width, h: found.height,
		nodes: make([]box, len(p.cards)), labels: make([]box, len(p.labels)),
		tails: make([]Way, len(arcs)), heads: make([]Way, len(arcs))}
	if err := l.fill(found, p, arcs); err != nil {
		return layout{}, err
	}
	l.turn()
	l.rankAll()
	return l, nil
}

// finish is the layout as it is handed over.
func (l layout) finish() Layout {
	l.turn()
	out := Layout{Scale: l.scale, Size: Size{l.w, l.h}, Tails: l.tails}
	for _, b := range l.nodes {
		out.Cards = append(out.Cards, draw.Point{X: b.x, Y: b.y})
	}
	for _, b := range l.labels {
		out.Labels = append(out.Labels, draw.Point{X: b.x, Y: b.y})
	}
	for _, w := range l.heads {
		out.Heads = append(out.Heads, reversed(w))
	}
	return out
}

// source writes the layout's graph in DOT: boxes of fixed sizes without any
// text, since how large a text is has been measured already. A chain of points
// holds the columns apart, with room for labels between them.
func (p problem) source(arcs []arc, columns []int, s shape) []byte {
	var b bytes.Buffer
	direction, out, in := "LR", "e", "w"
	if s.down {
		direction, out, in = "TB", "s", "n"
	}
	fmt.Fprintf(&b, "digraph{rankdir=%s;nodesep=%.3f;ranksep=%.3f;\n", direction, s.node/72, s.rank/72)
	b.WriteString("node[shape=box,fixedsize=true,label=\"\"];edge[arrowhead=none];\n")
	p.columns(&b, columns)
	for i, z := range p.labels {
		fmt.Fprintf(&b, "l%d[width=%.3f,height=%.3f];\n", i, z.W/72, z.H/72)
	}
	half := func(card, label int, before bool, weight int) {
		if before {
			fmt.Fprintf(&b, "n%d:%s->l%d:%s[weight=%d];\n", card, out, label, in, weight)
			return
		}
		fmt.Fprintf(&b, "l%d:%s->n%d:%s[weight=%d];\n", label, out, card, in, weight)
	}
	for i, a := range arcs {
		half(a.from, i, a.fromBefore, a.weight)
		half(a.to, i, a.toBefore, a.weight)
	}
	b.WriteString("}\n")
	return b.Bytes()
}

// columns writes the cards column by column, and the chain of points.
func (p problem) columns(b *bytes.Buffer, columns []int) {
	rows := make([][]int, slices.Max(columns)+1)
	for n, c := range columns {
		rows[c] = append(rows[c], n)
	}
	for c, row := range rows {
		if c > 0 {
			fmt.Fprintf(b, "s%d->s%d->s%d[style=invis];\n", 2*c-2, 2*c-1, 2*c)
		}
		fmt.Fprintf(b, "{rank=same;s%d[width=0.01,height=0.01];", 2*c)
		for _, n := range row {
			fmt.Fprintf(b, "n%d[width=%.3f,height=%.3f];", n, p.cards[n].W/72, p.cards[n].H/72)
		}
		b.WriteString("}\n")
		fmt.Fprintf(b, "s%d[width=0.01,height=0.01];\n", 2*c+1)
	}
}

// fill takes over what Graphviz found, and misses nothing.
func (l *layout) fill(found plain, p problem, arcs []arc) error {
	for _, n := range found.nodes {
		if err := l.stand(n, p); err != nil {
			return err
		}
	}
	for _, e := range found.edges {
		if err := l.take(e, arcs); err != nil {
			return err
		}
	}
	for i, b := range l.nodes {
		if b.w == 0 {
			return fmt.Errorf("place %d did not come back", i)
		}
	}
	for i, b := range l.labels {
		if b.w == 0 || l.tails[i] == nil || l.heads[i] == nil {
			return fmt.Errorf("line %d did not come back", i)
		}
	}
	return nil
}

// stand stores where a card or a label stands.
func (l *layout) stand(n placed, p problem) error {
	kind, i, err := numbered(n.name)
	switch {
	case err == nil && kind == 'n' && i < len(p.cards):
		l.nodes[i] = box{x: n.at.X, y: n.at.Y, w: p.cards[i].W, h: p.cards[i].H}
	case err == nil && kind == 'l' && i < len(p.labels):
		l.labels[i] = box{x: n.at.X, y: n.at.Y, w: p.labels[i].W, h: p.labels[i].H}
	case kind != 's':
		return fmt.Errorf("%q is not one of its places", n.name)
	}
	return nil
}

// take stores a line between a card and a label, from the card on.
func (l *layout) take(e led, arcs []arc) error {
	from, card, errTail := numbered(e.tail)
	to, label, errHead := numbered(e.head)
	if from == 's' || to == 's' {
		return nil
	}
	w := Way(e.points)
	if from == 'l' {
		card, label, w = label, card, reversed(w)
	}
	switch {
	case errTail != nil || errHead != nil || from == to || label >= len(arcs):
	case arcs[label].from == card:
		l.tails[label] = w
		return nil
	case arcs[label].to == card:
		l.heads[label] = w
		return nil
	}
	return fmt.Errorf("%q to %q is not one of its lines", e.tail, e.head)
}

// numbered takes a name such as n12 apart, as "plain" writes it, with or
// without the side where a line meets it.
func numbered(name string) (kind byte, i int, err error) {
	if len(name) < 2 {
		return 0, 0, fmt.Errorf("%q is no place", name)
	}
	end := 1
	for end < len(name) && name[end] >= '0' && name[end] <= '9' {
		end++
	}
	i, err = strconv.Atoi(name[1:end])
	return name[0], i, err
}

// turn swaps x and y where the layout runs from top to bottom.
func (l *layout) turn() {
	if !l.down {
		return
	}
	l.w, l.h = l.h, l.w
	for _, boxes := range [][]box{l.nodes, l.labels} {
		for i, b := range boxes {
			boxes[i] = box{x: b.y, y: b.x, w: b.h, h: b.w, rank: b.rank}
		}
	}
	for _, ways := range [][]Way{l.tails, l.heads} {
		for _, w := range ways {
			for i, p := range w {
				w[i] = draw.Point{X: p.Y, Y: p.X}
			}
		}
	}
}

// rankAll numbers the ranks: what is centred on one x is of one rank.
func (l *layout) rankAll() {
	var xs []float64
	for _, boxes := range [][]box{l.nodes, l.labels} {
		for _, b := range boxes {
			xs = append(xs, b.x)
		}
	}
	slices.Sort(xs)
	xs = slices.CompactFunc(xs, func(a, b float64) bool { return math.Abs(b-a) < 1 })
	for _, boxes := range [][]box{l.nodes, l.labels} {
		for i, b := range boxes {
			boxes[i].rank, _ = slices.BinarySearchFunc(xs, b.x, func(x, at float64) int {
				if math.Abs(x-at) < 1 {
					return 0
				}
				return cmp.Compare(x, at)
			})
		}
	}
}

// fit moves everything apart until the layout is as wide and as high as its
// room, but no further than furthest times, without making anything larger.
func (l *layout) fit(w, h float64) {
	x := l.factor(w, func(b box) (float64, float64) { return b.x, b.w })
	y := l.factor(h, func(b box) (float64, float64) { return b.y, b.h })
	for _, boxes := range [][]box{l.nodes, l.labels} {
		for i := range boxes {
			boxes[i].x *= x
			boxes[i].y *= y
		}
	}
	for _, ways := range [][]Way{l.tails, l.heads} {
		for _, w := range ways {
			for i, p := range w {
				w[i] = draw.Point{X: p.X * x, Y: p.Y * y}
			}
		}
	}
	l.crop()
}

// furthest is how far a layout is pulled apart at most.
const furthest = 1.9

// factor is how far the middles of boxes have to move apart to fill the room,
// as the boxes keep their sizes.
func (l *layout) factor(room float64, side func(box) (at, size float64)) float64 {
	extent := func(factor float64) float64 {
		lo, hi := math.Inf(1), math.Inf(-1)
		for _, boxes := range [][]box{l.nodes, l.labels} {
			for _, b := range boxes {
				at, size := side(b)
				lo, hi = min(lo, at*factor-size/2), max(hi, at*factor+size/2)
			}
		}
		return hi - lo
	}
	least, most := 1.0, furthest
	for range 12 {
		if middle := (least + most) / 2; extent(middle) <= room {
			least = middle
		} else {
			most = middle
		}
	}
	return least
}

// crop moves the layout into its upper left corner and measures it anew.
func (l *layout) crop() {
	lo, hi := draw.Point{X: math.Inf(1), Y: math.Inf(1)}, draw.Point{X: math.Inf(-1), Y: math.Inf(-1)}
	reach := func(x, y float64) {
		lo = draw.Point{X: min(lo.X, x), Y: min(lo.Y, y)}
		hi = draw.Point{X: max(hi.X, x), Y: max(hi.Y, y)}
	}
	for _, boxes := range [][]box{l.nodes, l.labels} {
		for _, b := range boxes {
			reach(b.x-b.w/2, b.y-b.h/2)
			reach(b.x+b.w/2, b.y+b.h/2)
		}
	}
	for _, ways := range [][]Way{l.tails, l.heads} {
		for _, w := range ways {
			for _, p := range w {
				reach(p.X, p.Y)
			}
		}
	}
	l.w, l.h = hi.X-lo.X, hi.Y-lo.Y
	l.move(-lo.X, -lo.Y)
}

func (l *layout) move(dx, dy float64) {
	for _, boxes := range [][]box{l.nodes, l.labels} {
		for i := range boxes {
			boxes[i].x += dx
			boxes[i].y += dy
		}
	}
	for _, ways := range [][]Way{l.tails, l.heads} {
		for _, w := range ways {
			for i, p := range w {
				w[i] = draw.Point{X: p.X + dx, Y: p.Y + dy}
			}
		}
	}
}
