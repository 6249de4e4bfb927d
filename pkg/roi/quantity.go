package roi

import (
	"slices"

	"github.com/flowmap-dev/flowmap/pkg/audit"
)

// variable is a number that spreads: of one flow, or shared by several.
type variable struct {
	flow  string // id; empty for a shared one
	role  string // id, of what an hour of a role costs
	field string // effort.hours_per_week, errors.wrong-sku.rate; build_hours for the formula's
	point string // what goes wrong, of a number of an error point
	known audit.Estimate
	spread
	mean float64
	key  uint64 // of its stream
}

// quantity is a number worked out of variables in each trial: a scale, times
// variables, times sums.
type quantity struct {
	scale   float64
	factors []int // places of variables
	sums    []sumOf
}

// sumOf is the sum of its parts or, where pick is not 0, one of them in each
// trial: a pool of several people's answers, each as likely as the others.
type sumOf struct {
	parts []quantity
	pick  uint64
}

// fixed is a quantity that is the same in every trial.
func fixed(x float64) quantity { return quantity{scale: amount(x)} }

// times multiplies quantities.
func (q quantity) times(others ...quantity) quantity {
	for _, o := range others {
		q.scale = amount(q.scale * o.scale)
		q.factors = slices.Concat(q.factors, o.factors)
		q.sums = slices.Concat(q.sums, o.sums)
	}
	return q
}

// total adds quantities up.
func total(parts []quantity) quantity {
	switch len(parts) {
	case 0:
		return quantity{}
	case 1:
		return parts[0]
	}
	return quantity{scale: 1, sums: []sumOf{{parts: parts}}}
}

// oneOf is one of several quantities a trial.
func oneOf(key uint64, parts []quantity) quantity {
	if len(parts) < 2 {
		return total(parts)
	}
	return quantity{scale: 1, sums: []sumOf{{parts, key}}}
}

// block is how many trials are worked out at a time: few enough for what is
// worked on to stay near the processor.
const block = 512

// desk is where one worker works out a block of trials. A desk is used by one
// goroutine.
type desk struct {
	rows   [][]float64 // of each variable, its value in each trial of the block
	first  int         // trial of the block; below 0 the rows are chosen rather than drawn, and pools are their means
	shared int         // how many rows, from the first on, belong to variables that flows share
	spare  [][]float64
}

// take lends a row for n trials; back returns it.
func (d *desk) take(n int) []float64 {
	if last := len(d.spare) - 1; last >= 0 {
		row := d.spare[last]
		d.spare = d.spare[:last]
		return row[:n]
	}
	return make([]float64, block)[:n]
}

func (d *desk) back(row []float64) { d.spare = append(d.spare, row[:block]) }

// work fills in what a quantity is in each trial.
func (d *desk) work(q quantity, to []float64) {
	if len(q.factors) == 0 && len(q.sums) == 0 {
		for i := range to {
			to[i] = q.scale
		}
		return
	}
	sums := q.sums
	if len(q.factors) > 0 {
		for i, x := range d.rows[q.factors[0]][:len(to)] {
			to[i] = x * q.scale
		}
		for _, f := range q.factors[1:] {
			multiply(to, d.rows[f])
		}
	} else {
		d.sum(sums[0], to)
		if q.scale != 1 {
			for i := range to {
				to[i] *= q.scale
			}
		}
		sums = sums[1:]
	}
	for _, s := range sums {
		part := d.take(len(to))
		d.sum(s, part)
		multiply(to, part)
		d.back(part)
	}
}

// sum fills in what a sum is in each trial, or the part that is picked.
func (d *desk) sum(s sumOf, to []float64) {
	if s.pick != 0 && d.first >= 0 {
		d.pick(s, to)
		return
	}
	d.work(s.parts[0], to)
	part := d.take(len(to))
	for _, q := range s.parts[1:] {
		d.work(q, part)
		plus(to, part)
	}
	d.back(part)
	if s.pick != 0 {
		for i := range to {
			to[i] /= float64(len(s.parts))
		}
	}
}

func (d *desk) pick(s sumOf, to []float64) {
	parts := make([][]float64, len(s.parts))
	for i, q := range s.parts {
		parts[i] = d.take(len(to))
		d.work(q, parts[i])
	}
	for i := range to {
		to[i] = parts[pick(s.pick, d.first+i, len(parts))][i]
	}
	for _, p := range parts {
		d.back(p)
	}
}

func multiply(to, by []float64) {
	by = by[:len(to)]
	for i := range to {
		to[i] *= by[i]
	}
}

func plus(to, more []float64) {
	more = more[:len(to)]
	for i := range to {
		to[i] += more[i]
	}
}
