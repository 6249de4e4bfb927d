package layout

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/flowmap-dev/flowmap/pkg/draw"
)

// a4 is the room that a map has on A4 landscape.
var a4 = Size{798, 475}

// random is a map of n systems with links between any of them, rings and pairs
// in both directions among them.
func random(seed uint64, n, links int) problem {
	r := rand.New(rand.NewPCG(seed, 1))
	p := problem{room: a4}
	for range n {
		p.cards = append(p.cards, Size{130, 36 + float64(r.IntN(80))})
	}
	used := map[[2]int]bool{}
	for len(p.links) < min(links, n*(n-1)) {
		a, b := r.IntN(n), r.IntN(n)
		if a == b || used[[2]int{a, b}] {
			continue
		}
		used[[2]int{a, b}] = true
		share := r.Float64()
		p.links = append(p.links, Link{a, b, share, 1 + 6*share})
		p.labels = append(p.labels, Size{60 + 50*r.Float64(), []float64{28, 38}[r.IntN(2)]})
	}
	return p
}

func (p problem) arrange() (Layout, error) {
	return Arrange(Map{p.cards, p.labels, p.links, nil}, p.room, 0.85)
}

func arranged(t *testing.T, p problem) Layout {
	t.Helper()
	l, err := p.arrange()
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// boxes lists cards and then labels.
func (p problem) boxes(l Layout) []box {
	var out []box
	for i, at := range l.Cards {
		out = append(out, box{x: at.X, y: at.Y, w: p.cards[i].W, h: p.cards[i].H})
	}
	for i, at := range l.Labels {
		out = append(out, box{x: at.X, y: at.Y, w: p.labels[i].W, h: p.labels[i].H})
	}
	return out
}

// maps are those that the tests below hold for: a hub as audits find it, a
// chain, a ring, pairs, systems that nothing leads to, and any that chance makes.
func maps() map[string]problem {
	all := map[string]problem{}
	for seed := range uint64(8) {
		n := 2 + int(seed)*2
		all[fmt.Sprint("random ", seed)] = random(seed, n, n*3/2)
	}
	with := func(name string, n int, links ...[2]int) {
		p := random(99, n, 0)
		for _, l := range links {
			p.links, p.labels = append(p.links, Link{l[0], l[1], 0.5, 3}), append(p.labels, Size{100, 28})
		}
		all[name] = p
	}
	with("one system", 1)
	with("nobody sends anything", 9)
	with("a pair", 2, [2]int{0, 1}, [2]int{1, 0})
	with("a chain", 6, [2]int{0, 1}, [2]int{1, 2}, [2]int{2, 3}, [2]int{3, 4}, [2]int{4, 5})
	with("a ring", 4, [2]int{0, 1}, [2]int{1, 2}, [2]int{2, 3}, [2]int{3, 0})
	var hub [][2]int
	for i := 1; i < 12; i++ {
		hub = append(hub, [2]int{i, 0})
		if i%3 == 0 {
			hub = append(hub, [2]int{0, i})
		}
	}
	with("a hub", 12, hub...)
	return all
}

// drawn is a map and its layout.
type drawn struct {
	problem
	layout Layout
}

// laid has the layout of each of the maps, made once for all tests.
var laid = sync.OnceValue(func() map[string]drawn {
	all := map[string]drawn{}
	for name, p := range maps() {
		// One that failed has no cards, which the tests find.
		l, _ := p.arrange()
		all[name] = drawn{p, l}
	}
	return all
})

func TestEachMapIsLaidOutWhole(t *testing.T) {
	for name, p := range laid() {
		if l := p.layout; len(l.Cards) != len(p.cards) || len(l.Labels) != len(p.links) || len(l.Tails) != len(p.links) || len(l.Heads) != len(p.links) {
			t.Errorf("%s: %d cards, %d labels, %d and %d lines, want %d and %d", name, len(l.Cards), len(l.Labels), len(l.Tails), len(l.Heads), len(p.cards), len(p.links))
		}
	}
}

func TestNothingOverlapsOrSticksOut(t *testing.T) {
	for name, p := range laid() {
		l := p.layout
		all := p.boxes(l)
		for i, a := range all {
			for _, b := range all[i+1:] {
				if math.Abs(a.x-b.x) < (a.w+b.w)/2-0.1 && math.Abs(a.y-b.y) < (a.h+b.h)/2-0.1 {
					t.Errorf("%s: %+v and %+v overlap", name, a, b)
				}
			}
			if a.x-a.w/2 < -0.1 || a.y-a.h/2 < -0.1 || a.x+a.w/2 > l.Size.W+0.1 || a.y+a.h/2 > l.Size.H+0.1 {
				t.Errorf("%s: %+v sticks out of %v", name, a, l.Size)
			}
		}
		if w, h := l.Size.W*l.Scale, l.Size.H*l.Scale; w > p.room.W*1.02 || h > p.room.H*1.02 {
			t.Errorf("%s: %.0f by %.0f do not fit into %v", name, w, h, p.room)
		}
	}
}

func TestNoLineRunsThroughACardOrALabelOfAnother(t *testing.T) {
	for name, p := range laid() {
		l := p.layout
		for i, link := range p.links {
			for half, w := range []Way{l.Tails[i], l.Heads[i]} {
				card := []int{link.From, link.To}[half]
				for j, b := range p.boxes(l) {
					own := j == card || j == len(p.cards)+i
					if !own && slices.ContainsFunc(polyline(w), func(at draw.Point) bool {
						return math.Abs(at.X-b.x) < b.w/2-0.5 && math.Abs(at.Y-b.y) < b.h/2-0.5
					}) {
						t.Errorf("%s: link %d runs through box %d", name, i, j)
					}
				}
			}
		}
	}
}

func TestLinesLeadFromCardToLabelToCard(t *testing.T) {
	touches := func(b box, at draw.Point) bool {
		dx, dy := math.Abs(at.X-b.x)-b.w/2, math.Abs(at.Y-b.y)-b.h/2
		return math.Abs(max(dx, dy)) < 0.1
	}
	for name, p := range laid() {
		l := p.layout
		all := p.boxes(l)
		for i, link := range p.links {
			label := all[len(p.cards)+i]
			tail, head := l.Tails[i], l.Heads[i]
			if !touches(all[link.From], tail[0]) || !touches(label, tail[len(tail)-1]) {
				t.Errorf("%s: link %d does not lead from its system to its label", name, i)
			}
			if !touches(label, head[0]) || !touches(all[link.To], head[len(head)-1]) {
				t.Errorf("%s: link %d does not lead from its label to its system", name, i)
			}
		}
	}
}

// A label of its own on each link is what keeps Graphviz from dropping links in
// silence; none of these maps, with three links for each system, may be short.
func TestNoLinkIsLost(t *testing.T) {
	for seed := range uint64(6) {
		n := 4 + int(seed)
		p := random(seed, n, 3*n)
		l := arranged(t, p)
		if len(l.Cards) != n || len(l.Labels) != len(p.links) || len(l.Tails) != len(p.links) || len(l.Heads) != len(p.links) {
			t.Errorf("seed %d: %d cards, %d labels, %d and %d lines", seed, len(l.Cards), len(l.Labels), len(l.Tails), len(l.Heads))
		}
	}
}

func TestAMapRunsInTheOrderOfItsFlows(t *testing.T) {
	// Two send to one, which sends to two: three columns from left to right.
	p := random(1, 5, 0)
	for _, l := range [][2]int{{0, 2}, {1, 2}, {2, 3}, {2, 4}} {
		p.links, p.labels = append(p.links, Link{l[0], l[1], 0.5, 3}), append(p.labels, Size{100, 28})
	}
	l := arranged(t, p)
	for i, link := range p.links {
		if from, label, to := l.Cards[link.From].X, l.Labels[i].X, l.Cards[link.To].X; !(from < label && label < to) {
			t.Errorf("link %d: from %.0f over %.0f to %.0f, want from left to right", i, from, label, to)
		}
	}
	if l.Cards[0].X != l.Cards[1].X || l.Cards[3].X != l.Cards[4].X {
		t.Errorf("cards at %v, want those of one step below each other", l.Cards)
	}
}

func TestEqualMapsGiveEqualLayouts(t *testing.T) {
	p := random(8, 10, 16)
	if a, b := fmt.Sprint(arranged(t, p)), fmt.Sprint(arranged(t, p)); a != b {
		t.Errorf("%s\nand\n%s", a, b)
	}
}

func TestWhatIsNoMapIsAnError(t *testing.T) {
	good := random(1, 3, 2)
	for name, spoil := range map[string]func(*problem){
		"no card":             func(p *problem) { p.cards, p.links, p.labels = nil, nil, nil },
		"a label too few":     func(p *problem) { p.labels = p.labels[1:] },
		"a link to itself":    func(p *problem) { p.links[0].To = p.links[0].From },
		"a link to nowhere":   func(p *problem) { p.links[0].To = 3 },
		"a link from nowhere": func(p *problem) { p.links[0].From = -1 },
	} {
		p := good
		p.links = slices.Clone(good.links)
		spoil(&p)
		if _, err := p.arrange(); err == nil || !strings.HasPrefix(err.Error(), "lay out the map: ") {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestALinePassesARankWhereItIsFree(t *testing.T) {
	// Two boxes of height 20, from 0 to 20 and from 60 to 80; a line of width 2
	// keeps 5 points off them and half its width: 6.
	r := rank{boxes: []box{{y: 10, h: 20}, {y: 70, h: 20}}}
	for _, c := range []struct{ y, want float64 }{
		{40, 40}, {27, 27}, {21, 26}, {15, 26}, {5, -6}, {-20, -20}, {59, 54}, {90, 90}, {75, 86},
	} {
		if got := r.free(c.y, 2); got != c.want {
			t.Errorf("at %v: %v, want %v", c.y, got, c.want)
		}
	}
	// No room between: above both is nearest.
	r = rank{boxes: []box{{y: 10, h: 20}, {y: 34, h: 20}}}
	if got := r.free(15, 2); got != -6 {
		t.Errorf("without a gap: %v, want -6", got)
	}
}

func TestLinesOnOneSideOfACardKeepTheOrderOfWhereTheyLead(t *testing.T) {
	card := box{y: 100, h: 60}
	lines := []landing{{label: 0, beyond: 300, width: 4}, {label: 1, beyond: 10, width: 2}, {label: 2, beyond: 90, width: 6}}
	got := spread(lines, card)
	if order := []int{lines[0].label, lines[1].label, lines[2].label}; !slices.Equal(order, []int{1, 2, 0}) {
		t.Errorf("order %v, want 1, 2, 0", order)
	}
	// 12 points of lines and two gaps of 9 are 30, from 85 to 115.
	if want := []float64{86, 99, 113}; !slices.Equal(got, want) {
		t.Errorf("heights %v, want %v", got, want)
	}
}

func TestMoreLinesThanRoomStayOnTheirCard(t *testing.T) {
	card := box{y: 100, h: 40}
	var lines []landing
	for i := range 30 {
		lines = append(lines, landing{beyond: float64(i), width: 3})
	}
	got := spread(lines, card)
	if got[0] < 86 || got[29] > 114 || !slices.IsSorted(got) {
		t.Errorf("heights %v, want them in order between 86 and 114", got)
	}
}

func TestCrossingsAreCounted(t *testing.T) {
	level := func(x0, y0, x1, y1 float64) Way {
		return join([]stop{{x0, x0, y0}, {x1, x1, y1}})
	}
	l := layout{
		tails: []Way{level(0, 0, 90, 90), level(0, 50, 90, 10)},
		heads: []Way{level(100, 0, 190, 0), level(100, 40, 190, 50)},
	}
	if got := l.crossings(); got != 1 {
		t.Errorf("%d crossings, want the one of the tails", got)
	}
}

func TestColumnsWithoutSystemsGo(t *testing.T) {
	g := grid{columns: 6, links: []Link{{From: 0, To: 1}}, cards: []float64{40, 40}, labels: []float64{30}, page: 500}
	if got := g.place(); !slices.Equal(got, []int{0, 1}) {
		t.Errorf("columns %v, want 0 and 1", got)
	}
}
