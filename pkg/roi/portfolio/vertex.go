package portfolio

import (
	"math"
	"slices"
)

// program is a problem whose tiers are settled: each flow takes one of its
// choices, and rows limit what they use. Its relaxation has one price a row and
// none for the flows, since the best choice of each flow at the prices is found
// by looking.
type program struct {
	flows   [][]entry // of each flow the choices left
	rows    []line
	base    int64 // value of what is settled
	shift   uint
	choices []choice // those of the model
}

// entry is a choice with what it uses of the program's rows.
type entry struct {
	choice int
	value  float64
	uses   []weight
	dead   bool
}

type weight struct {
	row    int
	amount float64 // in the row's scale
	exact  int64
}

// line is a row of the program: a limit, or the capacity of a platform.
type line struct {
	most    int64
	left    float64 // most, in the row's scale
	price   float64 // of a soft limit, in the row's scale; else infinite
	penalty int64   // of a soft limit, for each unit beyond; else -1
	scale   float64
	limit   int // its place in the model's rows
}

// vertex is a corner of the program's bound, seen as a function of the prices:
// convex, with a kink where two choices of a flow are worth the same and at the
// ends of each price. At the lowest corner the slopes of the kinks, in shares,
// add up to zero, and the shares are the linear relaxation of the program.
// Going down from corner to corner is the dual simplex method with generalised
// upper bounds (Dantzig and Van Slyke 1967), with long steps.
type vertex struct {
	prices []float64
	taken  []int // of each flow, the place of the choice taken
	kinks  []kink

	shares  []float64
	inverse [][]float64
	slope   []float64 // what is left of each row
	work    []float64
	along   []float64
	breaks  []crossing
	tied    []bool
}

// kink is a flow with another choice that is worth as much as the one taken,
// or (flow -1) a row whose price is at an end.
type kink struct {
	flow, other int
	row         int
	top         bool // the price is at the top of its range
}

// crossing is where, going on, another choice of a flow overtakes.
type crossing struct {
	at    float64
	other int
	rate  float64
}

const epsilon = 1e-9

func newVertex(p *program) *vertex {
	n := len(p.rows)
	v := &vertex{
		prices: make([]float64, n), taken: make([]int, len(p.flows)), kinks: make([]kink, n), shares: make([]float64, n),
		slope: make([]float64, n), along: make([]float64, n), breaks: make([]crossing, len(p.flows)), tied: make([]bool, len(p.flows)),
	}
	v.work = make([]float64, 2*n*n)
	for range n {
		v.inverse = append(v.inverse, make([]float64, n))
	}
	v.reset(p)
	return v
}

// reset starts at prices of zero.
func (v *vertex) reset(p *program) {
	for r := range v.prices {
		v.prices[r] = 0
		v.kinks[r] = kink{flow: -1, row: r}
	}
	for f := range p.flows {
		v.taken[f] = p.bestAt(f, v.prices)
	}
}

// copyFrom makes v the same corner as w.
func (v *vertex) copyFrom(w *vertex) {
	copy(v.prices, w.prices)
	copy(v.taken, w.taken)
	copy(v.kinks, w.kinks)
}

// bestAt returns the place of the flow's best choice at the prices.
func (p *program) bestAt(f int, prices []float64) int {
	best, at := math.Inf(-1), -1
	for i := range p.flows[f] {
		if e := &p.flows[f][i]; !e.dead {
			if w := e.worth(prices); w > best {
				best, at = w, i
			}
		}
	}
	return at
}

func (e *entry) worth(prices []float64) float64 {
	x := e.value
	for _, u := range e.uses {
		x -= prices[u.row] * u.amount
	}
	return x
}

// rate is how fast the choice gets worse along a direction.
func (e *entry) rate(along []float64) float64 {
	x := 0.0
	for _, u := range e.uses {
		x += along[u.row] * u.amount
	}
	return x
}

// lowest goes down to the lowest corner, or as far as the number of steps
// allows; it returns false where the bound has no lowest point, which is to say
// that nothing fits.
func (v *vertex) lowest(p *program) bool {
	v.settle(p)
	steps := 60 + 6*len(p.rows)
	for range steps {
		v.measure(p)
		if !v.invert(p) {
			v.reset(p)
			v.measure(p)
			v.invert(p)
		}
		leave, sign := v.violated(p)
		if leave < 0 {
			return true
		}
		for r := range v.along {
			v.along[r] = sign * v.inverse[leave][r]
		}
		if !v.advance(p, leave, -math.Abs(v.shares[leave])) {
			return false
		}
	}
	return true
}

// settle leaves choices that died. A kink whose taken choice died is turned
// round; where all choices at a flow's kinks died, the walk starts anew.
func (v *vertex) settle(p *program) {
	for f, at := range v.taken {
		if !p.flows[f][at].dead {
			continue
		}
		tied := false
		for _, k := range v.kinks {
			if k.flow == f {
				if tied = true; !p.flows[f][k.other].dead {
					v.swap(f, k.other)
					break
				}
			}
		}
		switch {
		case !tied:
			v.taken[f] = p.bestAt(f, v.prices)
		case p.flows[f][v.taken[f]].dead:
			v.reset(p)
			return
		}
	}
}

// swap takes other in place of the choice taken, which stands at the kink now.
func (v *vertex) swap(flow, other int) {
	old := v.taken[flow]
	for i := range v.kinks {
		if v.kinks[i].flow == flow && v.kinks[i].other == other {
			v.kinks[i].other = old
		}
	}
	v.taken[flow] = other
}

// measure finds how much of each row the choices taken leave, and which flows
// have a kink.
func (v *vertex) measure(p *program) {
	for r := range p.rows {
		v.slope[r] = p.rows[r].left
	}
	for f, at := range v.taken {
		for _, u := range p.flows[f][at].uses {
			v.slope[u.row] -= u.amount
		}
	}
	clear(v.tied)
	for _, k := range v.kinks {
		if k.flow >= 0 {
			v.tied[k.flow] = true
		}
	}
}

// invert solves for the shares of the kinks that balance the slope, and the
// directions in which each kink alone is left.
func (v *vertex) invert(p *program) bool {
	n := len(v.kinks)
	if n == 0 {
		return true
	}
	w := v.work
	clear(w)
	for j, k := range v.kinks { // column j is kink j
		w[j*2*n+n+j] = 1
		if k.flow < 0 {
			w[k.row*2*n+j] = 1
			continue
		}
		for _, u := range p.flows[k.flow][k.other].uses {
			w[u.row*2*n+j] += u.amount
		}
		for _, u := range p.flows[k.flow][v.taken[k.flow]].uses {
			w[u.row*2*n+j] -= u.amount
		}
	}
	if !eliminate(w, n) {
		return false
	}
	for j := range n {
		sum := 0.0
		for r := range n {
			v.inverse[j][r] = w[j*2*n+n+r]
			sum += v.inverse[j][r] * v.slope[r]
		}
		v.shares[j] = sum
	}
	return true
}

// eliminate turns [A | 1] into [1 | A⁻¹], in place.
func eliminate(w []float64, n int) bool {
	for c := range n {
		pivot := c
		for r := c + 1; r < n; r++ {
			if math.Abs(w[r*2*n+c]) > math.Abs(w[pivot*2*n+c]) {
				pivot = r
			}
		}
		head := w[pivot*2*n+c]
		if math.Abs(head) < 1e-10 {
			return false
		}
		to := w[c*2*n : (c+1)*2*n]
		for i, from := c, w[pivot*2*n:(pivot+1)*2*n]; pivot != c && i < 2*n; i++ {
			to[i], from[i] = from[i], to[i]
		}
		for i := c; i < 2*n; i++ {
			to[i] /= head
		}
		for r := range n {
			if f := w[r*2*n+c]; r != c && f != 0 {
				row := w[r*2*n : (r+1)*2*n]
				for i := c; i < 2*n; i++ {
					row[i] -= f * to[i]
				}
			}
		}
	}
	return true
}

// violated returns the kink whose share is furthest out of its range, and the
// sign of the direction in which leaving it goes down; -1 if there is none.
func (v *vertex) violated(p *program) (leave int, sign float64) {
	for again := true; again; {
		again = false
		worst := 1e-7
		leave = -1
		for j, k := range v.kinks {
			share, out, s := v.shares[j], 0.0, 1.0
			switch {
			case k.flow < 0 && k.top:
				out, s = share, -1
			case k.flow < 0:
				out = -share
			case p.flows[k.flow][k.other].dead && share > 0:
				out, s = share, -1
			default:
				out = -share
			}
			if out > worst {
				worst, leave, sign = out, j, s
			}
		}
		if j := v.overfull(p, worst); j >= 0 {
			f, other := v.kinks[j].flow, v.kinks[j].other
			v.swap(f, other)
			v.measure(p)
			if !v.invert(p) {
				return -1, 0
			}
			again = true
		}
	}
	return leave, sign
}

// overfull returns the kink with the largest share of a flow whose kinks take
// more than the whole flow, by more than worst.
func (v *vertex) overfull(p *program, worst float64) int {
	for j, k := range v.kinks {
		if k.flow < 0 || p.flows[k.flow][k.other].dead {
			continue
		}
		sum, top := 0.0, j
		for i, other := range v.kinks {
			if other.flow == k.flow && !p.flows[k.flow][other.other].dead {
				sum += v.shares[i]
				if v.shares[i] > v.shares[top] {
					top = i
				}
			}
		}
		if sum > 1+worst {
			return top
		}
	}
	return -1
}

// advance goes along the direction until the bound would rise, and puts the
// kink met there in the place of the one left. It returns false where the bound
// falls for ever.
func (v *vertex) advance(p *program, leave int, slope float64) bool {
	for f := range p.flows {
		v.breaks[f] = v.overtaking(p, f, 0)
	}
	for {
		at, met := v.rowEnd(p)
		flow := -1
		for f := range v.breaks {
			if v.breaks[f].other >= 0 && v.breaks[f].at < at {
				at, flow = v.breaks[f].at, f
			}
		}
		if math.IsInf(at, 1) {
			return false
		}
		if flow >= 0 {
			b := v.breaks[flow]
			if slope += b.rate; slope < 0 && !v.tied[flow] {
				v.taken[flow] = b.other
				v.breaks[flow] = v.overtaking(p, flow, at)
				continue
			}
			met = kink{flow: flow, other: b.other}
		}
		for r := range v.prices {
			v.prices[r] = max(0, v.prices[r]+at*v.along[r])
			if v.prices[r] > p.rows[r].price {
				v.prices[r] = p.rows[r].price
			}
		}
		v.kinks[leave] = met
		return true
	}
}

// overtaking finds which choice of a flow is the next to be worth as much as
// the one taken, from a point on.
func (v *vertex) overtaking(p *program, f int, from float64) crossing {
	entries := p.flows[f]
	now := &entries[v.taken[f]]
	worth, rate := now.worth(v.prices), now.rate(v.along)
	next := crossing{at: math.Inf(1), other: -1}
	for i := range entries {
		e := &entries[i]
		if e.dead || i == v.taken[f] {
			continue
		}
		faster := rate - e.rate(v.along)
		if faster <= epsilon || v.tied[f] && v.isKink(f, i) {
			continue
		}
		at := max(from, (worth-e.worth(v.prices))/faster)
		if at < next.at {
			next = crossing{at, i, faster}
		}
	}
	return next
}

func (v *vertex) isKink(f, other int) bool {
	return slices.ContainsFunc(v.kinks, func(k kink) bool { return k.flow == f && k.other == other })
}

// rowEnd finds where the first price comes to an end of its range.
func (v *vertex) rowEnd(p *program) (at float64, met kink) {
	at = math.Inf(1)
	for r, d := range v.along {
		if math.Abs(d) <= epsilon {
			continue
		}
		t, top := -v.prices[r]/d, false
		if d > 0 {
			t, top = (p.rows[r].price-v.prices[r])/d, true
		}
		if t < at {
			at, met = max(0, t), kink{flow: -1, row: r, top: top}
		}
	}
	return at, met
}
