// Package star writes many clients' audits as one star of tables, for engines
// that are made for millions of rows: as Parquet in partitions, as a SQLite file
// or as CSV. It says what the tables are, what it writes for a client, and which
// questions in SQL come with them.
package star

import (
	"fmt"
	"math"
	"strconv"
	"strings"
)

// Version is the version of the tables; it stands in every row of clients. A
// column that is added keeps it, one that goes or means something else raises it.
const Version = 1

// Type is what a column holds.
type Type uint8

// The types. Amounts are decimals of 18 digits, six of them behind the point.
const (
	Text Type = iota
	Integer
	Decimal
	Boolean
	Date // as 2026-11-20
)

// scale is how many digits of a decimal stand behind the point.
const scale = 6

// Column is a column of a table.
type Column struct {
	Name string
	Type Type
	Null bool   // may be null
	What string // what it says, with its unit
}

// Table is a table of the star. Its first column is the client.
type Table struct {
	Name    string
	What    string   // what a row is
	Key     []string // the columns that tell rows apart
	Columns []Column
}

// Value is what a cell holds; the zero Value is null.
type Value struct {
	set    bool
	text   string  // of Text and Date
	n      int64   // of Integer, of Boolean 0 or 1, of Decimal in millionths
	beyond float64 // what no decimal holds; 0: it does
}

// Null tells whether there is nothing in the cell.
func (v Value) Null() bool { return !v.set }

// Words is a text.
func Words(s string) Value { return Value{set: true, text: s} }

// Stated is a text or a day, null where it is empty.
func Stated[T ~string](s T) Value { return Value{set: s != "", text: string(s)} }

// Whole is a whole number.
func Whole(n int) Value { return Value{set: true, n: int64(n)} }

// Is is yes or no.
func Is(yes bool) Value {
	if yes {
		return Value{set: true, n: 1}
	}
	return Value{set: true}
}

// largest is the most that a decimal holds.
const largest = 1e12 - 1

// Amount is a decimal, rounded to six digits behind the point, halves away from
// zero; null where it is no number or infinite. With more than 12 digits before the
// point it is one that Fit refuses.
func Amount(x float64) Value {
	switch {
	case math.IsNaN(x), math.IsInf(x, 0):
		return Value{}
	case math.Abs(x) > largest:
		return Value{beyond: x}
	}
	return Value{set: true, n: int64(math.Round(x * 1_000_000))}
}

// Known is an amount where ok holds, else null.
func Known(x float64, ok bool) Value {
	if !ok {
		return Value{}
	}
	return Amount(x)
}

// Fit says which amount, if any, is more than the tables hold: as null or cut it
// would be a wrong answer to every question.
func (rows Rows) Fit() error {
	for i, t := range Tables() {
		for _, row := range rows[i] {
			for j, v := range row {
				if v.beyond != 0 {
					return fmt.Errorf("%s%s is %.0f, more than the tables hold, which is twelve digits before the point: is a number too large by mistake?", t.Columns[j].Name, ofRow(row, t), v.beyond)
				}
			}
		}
	}
	return nil
}

// ofRow says whose an amount is, where it is not the client's own.
func ofRow(row Row, t Table) string {
	if len(t.Key) > 1 && t.Columns[1].Type == Text {
		return " of " + row[1].text
	}
	return ""
}

// written is the value as it stands in a CSV file and in SQL, without quotes;
// empty for null.
func (v Value) written(t Type) string {
	if !v.set {
		return ""
	}
	switch t {
	case Text, Date:
		return v.text
	case Integer:
		return strconv.FormatInt(v.n, 10)
	case Boolean:
		return strconv.FormatBool(v.n != 0)
	case Decimal:
		sign, n := "", v.n
		if n < 0 {
			sign, n = "-", -n
		}
		digits := strconv.FormatInt(n, 10)
		if missing := scale + 1 - len(digits); missing > 0 {
			digits = strings.Repeat("0", missing) + digits
		}
		return sign + digits[:len(digits)-scale] + "." + digits[len(digits)-scale:]
	}
	return ""
}

// Row is a row of a table, a value for each of its columns.
type Row []Value

// Rows are what one client has in each of Tables, in their order.
type Rows [][]Row
