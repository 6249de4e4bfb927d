package portfolio

import (
	"cmp"
	"slices"
)

// mostTries bounds how many exchanges are looked at for one plan, so that large
// problems get on with the search.
const mostTries = 40_000

// draft is a plan in the making within one program.
type draft struct {
	p     *program
	taken []int   // of each flow, the place of its choice
	left  []int64 // of each row, what is not used; below zero on a soft one that is passed
	sum   int64   // of the choices' values
	tries int     // exchanges that may still be looked at
}

func (p *program) draft(taken []int) *draft {
	d := &draft{p: p, taken: taken, left: make([]int64, len(p.rows)), tries: mostTries}
	for r := range p.rows {
		d.left[r] = p.rows[r].most
	}
	for f, at := range taken {
		d.sum += p.choices[p.flows[f][at].choice].value
		for _, u := range p.flows[f][at].uses {
			d.left[u.row] -= u.exact
		}
	}
	return d
}

func (d *draft) fits() bool {
	for r, left := range d.left {
		if left < 0 && !d.p.soft(r) {
			return false
		}
	}
	return true
}

func (p *program) soft(r int) bool { return p.rows[r].penalty >= 0 }

// change gives a flow another choice where everything still fits and the plan
// is worth more by at least one; it returns whether it did.
func (d *draft) change(f, to int) bool {
	from, next := &d.p.flows[f][d.taken[f]], &d.p.flows[f][to]
	before := d.value()
	d.move(from, next)
	if d.value() > before && d.fits() {
		d.taken[f] = to
		return true
	}
	d.move(next, from)
	return false
}

func (d *draft) move(from, to *entry) {
	d.sum += d.p.choices[to.choice].value - d.p.choices[from.choice].value
	for _, u := range from.uses {
		d.left[u.row] += u.exact
	}
	for _, u := range to.uses {
		d.left[u.row] -= u.exact
	}
}

// charged is what the soft rows take off.
func (d *draft) charged() int64 {
	sum := int64(0)
	for r, left := range d.left {
		if left < 0 && d.p.soft(r) {
			sum -= left * d.p.rows[r].penalty
		}
	}
	return sum
}

func (d *draft) value() int64 { return d.p.base + d.sum - d.charged() }

// round makes a plan of the relaxation at this level: flows that are taken in
// part are left out, and then whatever still fits is put in. What comes out is
// offered.
func (d *dive) round() {
	v := d.corners[d.level]
	taken := slices.Clone(v.taken)
	var loose []int
	for j, k := range v.kinks {
		if k.flow < 0 || v.shares[j] <= 1e-6 || d.p.flows[k.flow][k.other].dead {
			continue
		}
		if v.shares[j] >= 1-1e-6 {
			taken[k.flow] = k.other
			continue
		}
		loose = append(loose, k.flow)
		if none := d.p.none(k.flow); none >= 0 {
			taken[k.flow] = none
		}
	}
	draft := d.p.draft(taken)
	if !draft.fits() {
		return
	}
	if d.level < 6 {
		loose = nil
		for f := range d.p.flows {
			loose = append(loose, f)
		}
	}
	draft.fill(loose, v.prices)
	if d.s.offer(draft, d.states) && d.level < 60 {
		for draft.exchange() {
			draft.fill(loose, v.prices)
		}
		d.s.offer(draft, d.states)
	}
}

// none returns the place of not doing the flow, -1 where it has to be done.
func (p *program) none(f int) int {
	if e := &p.flows[f][0]; p.choices[e.choice].option < 0 && !e.dead {
		return 0
	}
	return -1
}

// fill puts in what still fits, what earns most at the prices first.
func (d *draft) fill(flows []int, prices []float64) {
	type candidate struct {
		f, i  int
		worth float64
	}
	var all []candidate
	for _, f := range flows {
		for i := range d.p.flows[f] {
			if e := &d.p.flows[f][i]; !e.dead && i != d.taken[f] {
				all = append(all, candidate{f, i, e.worth(prices)})
			}
		}
	}
	slices.SortStableFunc(all, func(a, b candidate) int { return cmp.Compare(b.worth, a.worth) })
	for again := true; again; {
		again = false
		for _, c := range all {
			if c.i != d.taken[c.f] && d.change(c.f, c.i) {
				again = true
			}
		}
	}
}

// exchange looks for a flow to leave out for another that brings more, once
// through all pairs; it returns whether it found one.
func (d *draft) exchange() bool {
	found := false
	for f := range d.p.flows {
		none := d.p.none(f)
		if none < 0 || d.taken[f] == none {
			continue
		}
		before, value := d.taken[f], d.value()
		d.move(&d.p.flows[f][before], &d.p.flows[f][none])
		d.taken[f] = none
		if d.fits() && d.replace(f, value) {
			found = true
			continue
		}
		d.move(&d.p.flows[f][none], &d.p.flows[f][before])
		d.taken[f] = before
	}
	return found
}

// replace puts the flow in that together with the rest is worth more than
// value; it returns false where none is.
func (d *draft) replace(without int, value int64) bool {
	for g := range d.p.flows {
		if d.tries--; d.tries < 0 {
			return false
		}
		if g == without {
			continue
		}
		was := d.taken[g]
		for i := range d.p.flows[g] {
			if i == d.taken[g] || d.p.flows[g][i].dead || !d.change(g, i) {
				continue
			}
			if d.value() > value {
				return true
			}
		}
		if d.taken[g] != was {
			d.move(&d.p.flows[g][d.taken[g]], &d.p.flows[g][was])
			d.taken[g] = was
		}
	}
	return false
}
