package report

import (
	"cmp"
	"math"
	"slices"
	"sort"
)

// mostScanned is up to how many rows a formula over a column reads it anew each
// time. Beyond that the column is read once: a formula a row would take as many
// steps as there are rows, for each of them.
const mostScanned = 500

// columnKey is a column with what its rows are chosen by.
type columnKey struct {
	ref Ref // of the column, without a row
	by  Ref // of the column that chooses; zero: none
	op  Op
}

// columnIndex answers a formula over a column for any row.
type columnIndex struct {
	total  float64
	groups map[string]float64 // sums by the text that chooses
	limits []float64          // upwards
	sums   []float64          // of the rows up to each limit
}

// looked is overColumn by an index.
func (e *evaluator) looked(f Formula, g *grid, at scope) (float64, error) {
	limit := 0.0
	if f.Op == OpCountTo || f.Op == OpSumUpTo {
		var err error
		if limit, err = e.eval(f.Args[len(f.Args)-1], at); err != nil {
			return 0, err
		}
	}
	index, err := e.indexOf(f, g, at)
	if err != nil {
		return 0, err
	}
	switch f.Op {
	case OpSumOf:
		return index.groups[at.row], nil
	case OpCountTo, OpSumUpTo:
		i := sort.Search(len(index.limits), func(i int) bool { return index.limits[i] > limit })
		switch {
		case i == 0:
			return 0, nil
		case f.Op == OpCountTo:
			return float64(i), nil
		}
		return index.sums[i-1], nil
	}
	return index.total, nil
}

func (e *evaluator) indexOf(f Formula, g *grid, at scope) (*columnIndex, error) {
	key := columnKey{ref: Ref{Table: f.Ref.Table, Column: f.Ref.Column}, op: f.Op}
	if f.Op == OpSumOf || f.Op == OpSumUpTo {
		key.by = Ref{Table: f.Args[0].Ref.Table, Column: f.Args[0].Ref.Column}
	}
	if known := e.indexes[key]; known != nil {
		return known, nil
	}
	index := &columnIndex{groups: map[string]float64{}}
	type entry struct{ limit, x float64 }
	var entries []entry
	for _, row := range g.rows {
		c, err := e.find(Ref{key.ref.Table, row.Key, key.ref.Column}, at)
		if err != nil {
			return nil, err
		}
		x := c.number()
		if math.IsNaN(x) || math.IsInf(x, 0) {
			continue
		}
		limit := x
		if key.by != (Ref{}) {
			by, err := e.find(Ref{key.by.Table, row.Key, key.by.Column}, at)
			if err != nil {
				return nil, err
			}
			limit = by.number()
			index.groups[by.Text] += x
		}
		index.total += x
		if !math.IsNaN(limit) {
			entries = append(entries, entry{limit, x})
		}
	}
	slices.SortStableFunc(entries, func(a, b entry) int { return cmp.Compare(a.limit, b.limit) })
	sum := 0.0
	for _, one := range entries {
		sum += one.x
		index.limits, index.sums = append(index.limits, one.limit), append(index.sums, sum)
	}
	if e.indexes == nil {
		e.indexes = map[columnKey]*columnIndex{}
	}
	e.indexes[key] = index
	return index, nil
}
