package report

import "math"

// Kind is what a cell holds, and so how it is written.
type Kind string

// The kinds of cells. The zero Kind is Text.
const (
	Text    Kind = ""
	Money   Kind = "money"  // in the report's currency, written without cents
	Price   Kind = "price"  // money written with cents: of an hour, of one error, a month's fee
	Hours   Kind = "hours"  // written with one decimal
	Share   Kind = "share"  // 0 to 1
	Months  Kind = "months" // +Inf is never
	Count   Kind = "count"  // a whole number of things; a mean of them is rounded
	Number  Kind = "number" // any other, written with up to two decimals
	Date    Kind = "date"   // ISO 8601 in Text
	Unknown Kind = "unknown"
)

// Numeric tells whether a cell of the kind holds a number.
func (k Kind) Numeric() bool {
	switch k {
	case Money, Price, Hours, Share, Months, Count, Number:
		return true
	case Text, Date, Unknown:
		return false
	}
	return false
}

// Cell is one value. The zero Cell is empty text. What is not known is of kind
// Unknown, whatever its column holds: never zero.
type Cell struct {
	Kind    Kind
	Text    string   // of Text and Date
	Number  float64  // of the kinds that are numbers
	Formula *Formula // how Number comes about, where a workbook should follow its inputs; nil: it is given
	Entry   *Entry   // what is to know of it where a reader may change it; nil: nothing
}

// Entry is what there is to know of a cell that a reader of a workbook may
// change. Cells may share one: whoever changes it changes a copy.
type Entry struct {
	Fixed   bool     // no formula follows the cell, though others of its column are inputs
	Stated  Stated   // where the workspace states it, if a reader who changes it in a workbook changes that
	Options []string // the texts that a reader may choose from; none: a number is written
	Most    float64  // the most that a reader may put there; 0: no more than its kind allows
}

// Asked is the cell's Entry, or the zero one.
func (c Cell) Asked() Entry {
	if c.Entry == nil {
		return Entry{}
	}
	return *c.Entry
}

// asking is the cell with a changed Entry.
func (c Cell) asking(change func(*Entry)) Cell {
	e := c.Asked()
	change(&e)
	c.Entry = &e
	return c
}

// Stated is where a number of the report stands in the workspace.
type Stated struct {
	Path  string  // as --set takes it: roles.admin.hourly_cost
	Unit  string  // what is written after the number: /year
	Scale float64 // the number there is this many times the one here; 0: once
}

// IsZero tells whether the number is stated nowhere as it is.
func (s Stated) IsZero() bool { return s == Stated{} }

// from is the cell with the place in the workspace that it comes from.
func (c Cell) from(path string) Cell { return c.stated(Stated{Path: path}) }

func (c Cell) stated(at Stated) Cell { return c.asking(func(e *Entry) { e.Stated = at }) }

// Open tells whether a reader of a workbook may change the cell, given its
// column. A formula may be written over where its number has a place in the
// workspace.
func (c Cell) Open(column Column) bool {
	if !column.Input {
		return false
	}
	asked := c.Asked()
	if len(asked.Options) > 0 {
		return true
	}
	return !asked.Fixed && column.Kind.Numeric() && c.Kind != Text && (c.Formula.IsZero() || !asked.Stated.IsZero())
}

// Words is a cell of text.
func Words(s string) Cell { return Cell{Text: s} }

// Known is a cell of a number, or of kind Unknown where x is NaN.
func Known(k Kind, x float64) Cell {
	if math.IsNaN(x) {
		return Cell{Kind: Unknown}
	}
	return Cell{Kind: k, Number: x}
}

// KnownIf is a cell of a number that is known only if ok.
func KnownIf(ok bool, k Kind, x float64) Cell {
	if !ok {
		return Cell{Kind: Unknown}
	}
	return Known(k, x)
}

// Live is a cell whose number a formula gives; Calculate fills it in.
func Live(f Formula) Cell { return Cell{Kind: Unknown, Formula: &f} }

// Never tells whether the cell is a payback that does not come.
func (c Cell) Never() bool { return c.Kind == Months && math.IsInf(c.Number, 1) }

// number is what formulas see: NaN for what is not known or no number.
func (c Cell) number() float64 {
	if !c.Kind.Numeric() {
		return math.NaN()
	}
	return c.Number
}

// Decimals is how many decimals a plain number is written with: those that it
// needs, at most two.
func Decimals(x float64) int {
	for d, k := range []float64{1, 10} {
		if math.Abs(math.Round(x*k)/k-x) < 1e-9 {
			return d
		}
	}
	return 2
}
