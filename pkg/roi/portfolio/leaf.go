package portfolio

import (
	"math"
)

// newProgram is what is left of the model with a state settled for each
// platform: choices on platforms that are not paid are gone.
func (m *model) newProgram(states []int) *program {
	p := &program{shift: m.shift, choices: m.choices}
	most := m.settle(p, states)
	place := m.lines(p, most, states)
	for f := range m.must {
		var entries []entry
		for c := m.first[f]; c < m.first[f+1]; c++ {
			ch := &m.choices[c]
			if ch.option < 0 && m.must[f] || ch.platform != Own && !m.carries(states, ch) {
				continue
			}
			e := entry{choice: c, value: float64(ch.value)}
			for _, u := range m.uses[ch.from:ch.to] {
				if at := place[u.Limit]; at >= 0 {
					e.uses = append(e.uses, weight{at, float64(u.Amount) / p.rows[at].scale, u.Amount})
				}
			}
			entries = append(entries, e)
		}
		if len(entries) == 0 {
			return nil
		}
		if len(entries) > 1 || entries[0].choice != m.first[f] {
			p.flows = append(p.flows, entries)
		}
	}
	return p
}

// carries tells whether a choice's platform is paid in a tier that holds it.
func (m *model) carries(states []int, ch *choice) bool {
	s := states[ch.platform]
	return s > 0 && ch.load <= m.Platforms[ch.platform].Tiers[s-1].Capacity
}

// settle pays the tiers, and returns what is left of each row.
func (m *model) settle(p *program, states []int) []int64 {
	most := make([]int64, m.rows())
	for i, l := range m.Limits {
		most[i] = l.Most
	}
	for i, s := range states {
		if s == 0 {
			continue
		}
		tier := m.Platforms[i].Tiers[s-1]
		p.base -= tier.Price
		most[m.row(i)] = tier.Capacity
		for _, u := range tier.Uses {
			most[u.Limit] -= u.Amount
		}
	}
	return most
}

// lines sets up the rows that can bind, and returns the place of each row of
// the model among them, -1 for none.
func (m *model) lines(p *program, most []int64, states []int) []int {
	used := make([]int64, m.rows())
	for f := range m.must {
		top := make(map[int]int64)
		for _, c := range m.choices[m.first[f]:m.first[f+1]] {
			for _, u := range m.uses[c.from:c.to] {
				if c.platform == Own || m.carries(states, &c) {
					top[u.Limit] = max(top[u.Limit], u.Amount)
				}
			}
		}
		for row, amount := range top {
			used[row] += amount
		}
	}
	place := make([]int, m.rows())
	for row := range place {
		place[row] = -1
		if used[row] <= most[row] {
			continue
		}
		l := line{most: most[row], scale: m.scale[row], price: math.Inf(1), penalty: -1, limit: row}
		l.left = float64(l.most) / l.scale
		if row < len(m.Limits) && m.Limits[row].Soft {
			l.price, l.penalty = float64(m.Limits[row].Price)*l.scale, m.Limits[row].Price
		}
		place[row] = len(p.rows)
		p.rows = append(p.rows, l)
	}
	return place
}

// multipliers gives the prices as integers in 1/2^shift a unit.
func (p *program) multipliers(m *model, prices []float64, into []int64) {
	for r, l := range p.rows {
		into[r] = m.fixed(l.limit, prices[r]/l.scale)
	}
	tame(into, func(r int) float64 { return m.heavy[p.rows[r].limit] + math.Abs(float64(p.rows[r].most)) })
}

// prove bounds what is left of the program in integers, in 1/2^shift, and finds
// for each flow what its best choice is worth at the prices.
func (p *program) prove(prices []int64, best []int64) int64 {
	sum := p.base << p.shift
	for r, l := range p.rows {
		sum += prices[r] * l.most
	}
	for f := range p.flows {
		best[f] = math.MinInt64
		for i := range p.flows[f] {
			if e := &p.flows[f][i]; !e.dead {
				best[f] = max(best[f], p.earns(e, prices))
			}
		}
		sum += best[f]
	}
	return sum
}

func (p *program) earns(e *entry, prices []int64) int64 {
	x := p.choices[e.choice].value << p.shift
	for _, u := range e.uses {
		x -= prices[u.row] * u.exact
	}
	return x
}

// dive is a depth-first search through one program. A choice that could not be
// part of a better plan is struck out as soon as the prices prove it.
type dive struct {
	s       *search
	p       *program
	states  []int
	corners []*vertex // one a level
	prices  []int64
	best    []int64
	struck  []*entry // in the order in which they were
	level   int
}

func (s *search) newDive(states []int) *dive {
	p := s.m.newProgram(states)
	if p == nil {
		return nil
	}
	d := &dive{s: s, p: p, states: states, prices: make([]int64, len(p.rows)), best: make([]int64, len(p.flows))}
	d.corners = append(d.corners, newVertex(p))
	return d
}

// bound finds the lowest corner at this level, and what it proves. It strikes
// out what the proof excludes.
func (d *dive) bound() int64 {
	v := d.corners[d.level]
	if !v.lowest(d.p) {
		v.fall(d.p, float64(d.s.m.floor))
	}
	d.p.multipliers(d.s.m, v.prices, d.prices)
	sum := d.p.prove(d.prices, d.best)
	bound := sum >> d.p.shift
	if bound <= d.s.lower {
		return bound
	}
	least := (d.s.lower + 1) << d.p.shift
	for f := range d.p.flows {
		for i := range d.p.flows[f] {
			e := &d.p.flows[f][i]
			if !e.dead && sum-(d.best[f]-d.p.earns(e, d.prices)) < least {
				d.strike(e)
			}
		}
	}
	return bound
}

func (d *dive) strike(e *entry) {
	e.dead = true
	d.struck = append(d.struck, e)
}

func (d *dive) restore(to int) {
	for _, e := range d.struck[to:] {
		e.dead = false
	}
	d.struck = d.struck[:to]
}

// run searches what is left at this level.
func (d *dive) run() {
	if d.s.stopped() {
		return
	}
	mark := len(d.struck)
	defer d.restore(mark)
	if d.bound() <= d.s.lower {
		return
	}
	d.round()
	if f, i := d.branch(); f >= 0 && !d.s.done() {
		d.split(f, i)
	}
}

// split searches with the choice and without it, the likelier first.
func (d *dive) split(f, i int) {
	v := d.corners[d.level]
	likely := d.share(v, f, i) >= .5
	for _, with := range []bool{likely, !likely} {
		mark := len(d.struck)
		for k := range d.p.flows[f] {
			if e := &d.p.flows[f][k]; !e.dead && (k == i) != with {
				d.strike(e)
			}
		}
		d.level++
		if d.level == len(d.corners) {
			d.corners = append(d.corners, newVertex(d.p))
		}
		d.corners[d.level].copyFrom(v)
		d.run()
		d.level--
		d.restore(mark)
	}
}

func (d *dive) share(v *vertex, f, i int) float64 {
	rest := 1.0
	for j, k := range v.kinks {
		if k.flow == f {
			if k.other == i {
				return v.shares[j]
			}
			rest -= v.shares[j]
		}
	}
	if v.taken[f] == i {
		return rest
	}
	return 0
}

// branch picks the choice to split on: the one nearest to half and heaviest
// among those that are taken in part, else the closest call among the flows that are still open.
func (d *dive) branch() (f, i int) {
	v := d.corners[d.level]
	f, i = -1, -1
	most := 1e-6
	for j, k := range v.kinks {
		if k.flow < 0 || d.p.flows[k.flow][k.other].dead || !d.p.undecided(k.flow) {
			continue
		}
		if half := min(v.shares[j], 1-v.shares[j]) * d.p.weight(k.flow, k.other, v.taken[k.flow]); half > most {
			most, f, i = half, k.flow, k.other
		}
	}
	if f >= 0 {
		return f, i
	}
	closest := int64(math.MaxInt64)
	for g := range d.p.flows {
		if !d.p.undecided(g) {
			continue
		}
		for k := range d.p.flows[g] {
			e := &d.p.flows[g][k]
			if e.dead || k == v.taken[g] {
				continue
			}
			if loss := d.best[g] - d.p.earns(e, d.prices); loss < closest {
				closest, f, i = loss, g, k
			}
		}
	}
	return f, i
}

// weight is what the choices of a flow use of all rows, in their scales: to
// settle what weighs most moves the bound most.
func (p *program) weight(f int, places ...int) float64 {
	sum := 0.0
	for _, i := range places {
		for _, u := range p.flows[f][i].uses {
			sum += math.Abs(u.amount)
		}
	}
	return sum
}

// undecided tells whether a flow has at least two choices left.
func (p *program) undecided(f int) bool {
	left := 0
	for i := range p.flows[f] {
		if !p.flows[f][i].dead {
			left++
		}
	}
	return left > 1
}

// fall goes on along the direction in which the bound falls for ever, as far as
// it takes to prove that nothing fits.
func (v *vertex) fall(p *program, floor float64) {
	slope := 0.0
	for r, d := range v.along {
		slope += d * v.slope[r]
	}
	far := (math.Abs(floor) + float64(p.base)) * 8 / max(epsilon, -slope)
	for r, d := range v.along {
		v.prices[r] = min(max(0, v.prices[r]+far*d), p.rows[r].price)
	}
}
