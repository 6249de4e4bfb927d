package report

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/flowmap-dev/flowmap/pkg/roi"
)

// Calculate works out every formula of the report and puts the values into
// their cells, which it changes in place. An error names a formula that refers
// to a cell that is not there, or to itself, or two tables of one id.
func Calculate(r Report) error {
	e := evaluator{grids: grids(r)}
	tables := 0
	for _, s := range slices.Concat(r.Sections, r.Behind) {
		for _, b := range s.Blocks {
			if _, has := idOf(b); has {
				tables++
			}
			if err := e.block(b); err != nil {
				return fmt.Errorf("section %s: %w", s.ID, err)
			}
		}
	}
	if tables != len(e.grids) {
		return errors.New("formula: two tables have one id")
	}
	return nil
}

// idOf is the id of what has cells.
func idOf(b Block) (id string, has bool) {
	switch b := b.(type) {
	case Table:
		return b.ID, true
	case Chart:
		return b.Table.ID, true
	case Figures:
		return b.ID, true
	case Paragraph, List, Picture:
	}
	return "", false
}

// grid is a table seen by the keys of its rows and columns.
type grid struct {
	id      string
	rows    []Row
	columns []Column
	total   *Row
	row     map[string]int
	column  map[string]int
	state   []state // of its cells, row by row, the total's last
	kinds   []Kind  // of the rows, where each has its own; nil: columns have
}

func grids(r Report) map[string]*grid {
	all := map[string]*grid{}
	for _, s := range slices.Concat(r.Sections, r.Behind) {
		for _, b := range s.Blocks {
			switch b := b.(type) {
			case Table:
				all[b.ID] = newGrid(b)
			case Chart:
				all[b.Table.ID] = newGrid(b.Table)
			case Figures:
				g := newGrid(b.table())
				for _, f := range b.Figures {
					g.kinds = append(g.kinds, f.Kind)
				}
				all[b.ID] = g
			case Paragraph, List, Picture:
			}
		}
	}
	return all
}

func newGrid(t Table) *grid {
	g := &grid{id: t.ID, rows: t.Rows, columns: t.Columns, total: t.Total, row: make(map[string]int, len(t.Rows)), column: map[string]int{}}
	for i, r := range t.Rows {
		g.row[r.Key] = i
	}
	for i, c := range t.Columns {
		g.column[c.Key] = i
	}
	g.state = make([]state, (len(t.Rows)+1)*len(t.Columns))
	return g
}

// table is the figures as formulas see them: one column. Its cells are copies.
func (f Figures) table() Table {
	t := Table{ID: f.ID, Columns: []Column{{Key: FigureColumn}}}
	for _, fig := range f.Figures {
		t.Rows = append(t.Rows, Row{Key: fig.Key, Cells: []Cell{fig.Cell}})
	}
	return t
}

// place is where a cell stands in a grid.
type place struct {
	grid   *grid
	row    int // len(grid.rows): the total
	column int
}

// place finds a cell.
func (g *grid) place(row, column string) (place, error) {
	j, ok := g.column[column]
	if !ok {
		return place{}, fmt.Errorf("formula: table %q has no column %q", g.id, column)
	}
	i, ok := g.row[row]
	if !ok && row == TotalKey && g.total != nil {
		i, ok = len(g.rows), true
	}
	p := place{g, i, j}
	if !ok || j >= len(p.cells()) {
		return place{}, fmt.Errorf("formula: table %q has no row %q", g.id, row)
	}
	return p, nil
}

func (p place) key() string {
	if p.row == len(p.grid.rows) {
		return p.grid.total.Key
	}
	return p.grid.rows[p.row].Key
}

func (p place) cells() []Cell {
	if p.row == len(p.grid.rows) {
		return p.grid.total.Cells
	}
	return p.grid.rows[p.row].Cells
}

func (p place) cell() *Cell { return &p.cells()[p.column] }

// kind is what the cell's number is.
func (p place) kind() Kind {
	if p.grid.kinds != nil {
		return p.grid.kinds[p.row]
	}
	return p.grid.columns[p.column].Kind
}

// state is how far the cell has been worked out.
func (p place) state() *state { return &p.grid.state[p.row*len(p.grid.columns)+p.column] }

type state uint8

const (
	fresh state = iota
	begun
	done
)

type evaluator struct {
	grids   map[string]*grid
	indexes map[columnKey]*columnIndex // of columns of many rows
}

func (e *evaluator) block(b Block) error {
	id, has := idOf(b)
	if !has {
		return nil
	}
	g := e.grids[id]
	if err := e.table(g); err != nil {
		return err
	}
	if b, ok := b.(Figures); ok {
		for i := range b.Figures {
			b.Figures[i].Cell = g.rows[i].Cells[0]
		}
	}
	return nil
}

func (e *evaluator) table(g *grid) error {
	p := place{grid: g}
	rows := len(g.rows)
	if g.total != nil {
		rows++
	}
	for p.row = 0; p.row < rows; p.row++ {
		for p.column = range p.cells() {
			if err := e.fill(p); err != nil {
				return err
			}
		}
	}
	return nil
}

// scope is where a formula stands.
type scope struct {
	grid *grid
	row  string
}

// fill works out a cell's formula, once.
func (e *evaluator) fill(p place) error {
	c := p.cell()
	if c.Formula.IsZero() || *p.state() == done {
		return nil
	}
	if *p.state() == begun {
		return fmt.Errorf("formula: table %q, row %q refers to itself", p.grid.id, p.key())
	}
	*p.state() = begun
	x, err := e.eval(*c.Formula, scope{p.grid, p.key()})
	if err != nil {
		return err
	}
	value := Known(p.kind(), x)
	value.Formula = c.Formula
	*c = value
	*p.state() = done
	return nil
}

// find follows a reference to a cell whose formula has been worked out.
func (e *evaluator) find(ref Ref, at scope) (*Cell, error) {
	if ref.Table != "" {
		at.grid = e.grids[ref.Table]
		if at.grid == nil {
			return nil, fmt.Errorf("formula: there is no table %q", ref.Table)
		}
	}
	if ref.Row != "" {
		at.row = ref.Row
	}
	p, err := at.grid.place(at.row, ref.Column)
	if err != nil {
		return nil, err
	}
	return p.cell(), e.fill(p)
}

// eval gives the formula's value: NaN for what is not known, +Inf for never,
// 1 and 0 for a condition that holds and one that does not.
func (e *evaluator) eval(f Formula, at scope) (float64, error) {
	switch f.Op {
	case OpNumber:
		return f.Number, nil
	case OpNever:
		return math.Inf(1), nil
	case OpNobody, OpNone:
		return math.NaN(), nil
	case OpCell:
		c, err := e.find(f.Ref, at)
		if err != nil {
			return 0, err
		}
		return c.number(), nil
	case OpIs:
		c, err := e.find(f.Ref, at)
		if err != nil {
			return 0, err
		}
		return truth(strings.EqualFold(c.Text, f.Text)), nil
	case OpIf:
		holds, err := e.eval(f.Args[0], at)
		if err != nil {
			return 0, err
		}
		if holds == 1 {
			return e.eval(f.Args[1], at)
		}
		return e.eval(f.Args[2], at)
	case OpSum, OpSumOf, OpSumUpTo, OpCountTo:
		return e.overColumn(f, at)
	case OpAdd, OpSub, OpMul, OpDiv, OpPow, OpMin, OpMax, OpInt, OpSqrt, OpLess, OpAtMost, OpKnown:
		return e.arithmetic(f, at)
	case OpLeast, OpMost, OpIRR:
		return e.overCells(f, at)
	case OpRank:
		return e.rank(f, at)
	case OpColumn, OpAcross:
	}
	return 0, fmt.Errorf("formula: %q is no operation that gives a value", f.Op)
}

func (e *evaluator) arithmetic(f Formula, at scope) (float64, error) {
	var v [2]float64
	for i, arg := range f.Args {
		x, err := e.eval(arg, at)
		if err != nil {
			return 0, err
		}
		v[i] = x
	}
	return operate(f.Op, v[0], v[1]), nil
}

func operate(op Op, x, y float64) float64 {
	switch op {
	case OpAdd:
		return x + y
	case OpSub:
		return x - y
	case OpMul:
		return float64(x * y) // rounded here on every processor
	case OpDiv:
		return x / y
	case OpPow:
		return math.Pow(x, y)
	case OpMin:
		return min(x, y)
	case OpMax:
		return max(x, y)
	case OpInt:
		return math.Floor(x)
	case OpSqrt:
		return math.Sqrt(x)
	case OpLess:
		return truth(x < y)
	case OpAtMost:
		return truth(x <= y)
	case OpKnown:
		return truth(!math.IsNaN(x) && !math.IsInf(x, 0))
	default:
		return math.NaN()
	}
}

func truth(holds bool) float64 {
	if holds {
		return 1
	}
	return 0
}

// overColumn adds up or counts cells of a column.
func (e *evaluator) overColumn(f Formula, at scope) (float64, error) {
	g := e.grids[f.Ref.Table]
	switch {
	case g == nil:
		return 0, fmt.Errorf("formula: there is no table %q", f.Ref.Table)
	case len(g.rows) > mostScanned:
		return e.looked(f, g, at)
	}
	return e.scanned(f, g, at)
}

// scanned is overColumn by reading the column anew.
func (e *evaluator) scanned(f Formula, g *grid, at scope) (float64, error) {
	counts, err := e.selection(f, at)
	if err != nil {
		return 0, err
	}
	total := 0.0
	for _, row := range g.rows {
		c, err := e.find(Ref{f.Ref.Table, row.Key, f.Ref.Column}, at)
		if err != nil {
			return 0, err
		}
		x := c.number()
		if math.IsNaN(x) || math.IsInf(x, 0) {
			continue
		}
		chosen, err := counts(row.Key, x)
		switch {
		case err != nil:
			return 0, err
		case chosen && f.Op == OpCountTo:
			total++
		case chosen:
			total += x
		}
	}
	return total, nil
}

// overCells works on the numbers of the cells that the first argument names.
func (e *evaluator) overCells(f Formula, at scope) (float64, error) {
	values, err := e.values(f.Args[0], at)
	switch {
	case err != nil || len(values) == 0:
		return math.NaN(), err
	case f.Op == OpLeast:
		return slices.Min(values), nil
	case f.Op == OpMost:
		return slices.Max(values), nil
	}
	rates := roi.IRR(values)
	if len(rates) != 1 {
		return math.NaN(), nil
	}
	return rates[0], nil
}

// values are the numbers among the cells of a column, or of the formula's row
// between two columns.
func (e *evaluator) values(cells Formula, at scope) ([]float64, error) {
	var refs []Ref
	switch cells.Op {
	case OpColumn:
		g := e.grids[cells.Ref.Table]
		if g == nil {
			return nil, fmt.Errorf("formula: there is no table %q", cells.Ref.Table)
		}
		for _, row := range g.rows {
			refs = append(refs, Ref{cells.Ref.Table, row.Key, cells.Ref.Column})
		}
	case OpAcross:
		first, known := at.grid.column[cells.Ref.Column]
		last, also := at.grid.column[cells.Args[0].Ref.Column]
		if !known || !also {
			return nil, fmt.Errorf("formula: table %q has no columns %q to %q", at.grid.id, cells.Ref.Column, cells.Args[0].Ref.Column)
		}
		for _, c := range at.grid.columns[first : last+1] {
			refs = append(refs, Ref{Column: c.Key})
		}
	default:
		return nil, fmt.Errorf("formula: %q names no cells", cells.Op)
	}
	var values []float64
	for _, ref := range refs {
		c, err := e.find(ref, at)
		if err != nil {
			return nil, err
		}
		if x := c.number(); !math.IsNaN(x) && !math.IsInf(x, 0) {
			values = append(values, x)
		}
	}
	return values, nil
}

// rank counts the rows that stand before the formula's own.
func (e *evaluator) rank(f Formula, at scope) (float64, error) {
	g := e.grids[f.Args[0].Ref.Table]
	if g == nil {
		return 0, fmt.Errorf("formula: there is no table %q", f.Args[0].Ref.Table)
	}
	sortKey := func(row string) ([]float64, error) {
		var key []float64
		for _, by := range f.Args {
			c, err := e.find(Ref{by.Ref.Table, row, by.Ref.Column}, at)
			if err != nil {
				return nil, err
			}
			key = append(key, c.number())
		}
		return key, nil
	}
	own, err := sortKey(at.row)
	if err != nil {
		return 0, err
	}
	before := 0.0
	for _, row := range g.rows {
		key, err := sortKey(row.Key)
		if err != nil {
			return 0, err
		}
		if slices.Compare(key, own) < 0 {
			before++
		}
	}
	return before + 1, nil
}

// selection gives the test of the rows that count, by their key and value.
func (e *evaluator) selection(f Formula, at scope) (func(row string, x float64) (bool, error), error) {
	limit := 0.0
	if f.Op == OpCountTo || f.Op == OpSumUpTo {
		var err error
		if limit, err = e.eval(f.Args[len(f.Args)-1], at); err != nil {
			return nil, err
		}
	}
	by := func(row string) (*Cell, error) {
		return e.find(Ref{f.Args[0].Ref.Table, row, f.Args[0].Ref.Column}, at)
	}
	switch f.Op {
	case OpSumOf:
		return func(row string, _ float64) (bool, error) {
			c, err := by(row)
			return err == nil && c.Text == at.row, err
		}, nil
	case OpSumUpTo:
		return func(row string, _ float64) (bool, error) {
			c, err := by(row)
			return err == nil && c.number() <= limit, err
		}, nil
	case OpCountTo:
		return func(_ string, x float64) (bool, error) { return x <= limit, nil }, nil
	default:
		return func(string, float64) (bool, error) { return true, nil }, nil
	}
}
