package render

import (
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"

	"github.com/flowmap-dev/flowmap/pkg/report"
)

// addresses tells formulas of a row where cells are. Within the row that is
// their address. Elsewhere cells are looked up by the key of their row, so that
// sorting a sheet changes no figure.
func (b *book) addresses(table string, row int) report.Addresses {
	return report.Addresses{
		Cell: func(ref report.Ref) string {
			p := b.places[table]
			switch {
			case (ref.Table == "" || ref.Table == table) && ref.Row == "":
				return address(p.columns[ref.Column], row, false)
			case ref.Row == "":
				return b.match(ref.Table, "$A"+strconv.Itoa(row), ref.Column)
			case ref.Table == "":
				ref.Table = table
			}
			return b.fixedCell(ref)
		},
		Column: func(ref report.Ref) string { return b.column(ref.Table, ref.Column) },
		Across: func(first, last string) string {
			p := b.places[table]
			return address(p.columns[first], row, false) + ":" + address(p.columns[last], row, false)
		},
		Key:    "$A" + strconv.Itoa(row),
		Never:  b.Text("never", nil),
		Nobody: b.Text("unknown", nil),
	}
}

// resolves tells whether the workbook has all that a formula refers to: a
// report for one audience may lack it, and then the value stands by itself.
func (b *book) resolves(f report.Formula) bool {
	ok := true
	f.Refs(func(ref report.Ref) {
		if ref.Table != "" && b.places[ref.Table].sheet == nil {
			ok = false
		}
	})
	return ok
}

// fixedCell is the expression for a certain cell.
func (b *book) fixedCell(ref report.Ref) string {
	p := b.places[ref.Table]
	switch {
	case ref.Row == report.TotalKey && p.total > 0:
		return p.sheet.quoted() + address(p.columns[ref.Column], p.total, true)
	case p.fixed:
		return p.sheet.quoted() + address(p.columns[ref.Column], p.rows[ref.Row], true)
	case b.named(ref.Table) && ref.Column == b.namedColumn(ref.Table):
		return ref.Row
	}
	return b.lookup(ref.Table, ref.Row, ref.Column)
}

// named tells whether a table's rows have names of their own.
func (b *book) named(table string) bool {
	p := b.places[table]
	if p.sheet == nil {
		return false
	}
	for _, it := range p.sheet.items {
		if t, ok := it.block.(report.Table); ok && t.ID == table {
			return t.Named
		}
	}
	return false
}

// namedColumn is the column in which the names of a table's rows find their
// values: what holds now, where a scenario may move what is stated.
func (b *book) namedColumn(table string) string {
	if _, moves := b.places[table].columns[report.NowColumn]; moves {
		return report.NowColumn
	}
	return report.FigureColumn
}

// lookup finds the cell of a row with a certain key.
func (b *book) lookup(table, key, column string) string {
	return b.match(table, `"`+strings.ReplaceAll(key, `"`, `""`)+`"`, column)
}

func (b *book) match(table, key, column string) string {
	return "INDEX(" + b.column(table, column) + ",MATCH(" + key + "," + b.keys(table) + ",0))"
}

func (b *book) column(table, column string) string {
	p := b.places[table]
	return p.over(p.columns[column])
}

func (b *book) keys(table string) string { return b.places[table].over(keyColumn) }

// over is the range of a column; of a table without rows its heading, which
// holds no number.
func (p place) over(column int) string {
	first := min(p.head+1, p.last)
	return p.sheet.quoted() + address(column, first, true) + ":" + address(column, p.last, true)
}

func (s *sheet) quoted() string { return "'" + strings.ReplaceAll(s.name, "'", "''") + "'!" }

// address is a cell as Excel writes it: F5 or $F$5.
func address(column, row int, absolute bool) string {
	// The only error is a column that no sheet has; plans have none.
	name, _ := excelize.CoordinatesToCellName(column, row, absolute)
	return name
}
