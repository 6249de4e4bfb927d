package report

// Op is what a node of a formula does.
type Op string

// The operations. Those without a remark take numbers and give one.
const (
	OpNone   Op = ""       // no formula at all
	OpNumber Op = "number" // Number
	OpCell   Op = "cell"   // the value of Ref
	OpAdd    Op = "+"
	OpSub    Op = "-"
	OpMul    Op = "*"
	OpDiv    Op = "/"
	OpPow    Op = "^"
	OpMin    Op = "min"
	OpMax    Op = "max"
	OpInt    Op = "int"     // the greatest whole number that is not above
	OpSqrt   Op = "sqrt"    //
	OpIf     Op = "if"      // a condition, a value if it holds, one if it does not
	OpLess   Op = "<"       // a condition
	OpAtMost Op = "<="      // a condition
	OpKnown  Op = "known"   // a condition: the argument is a number
	OpIs     Op = "is"      // a condition: the cell Ref holds Text
	OpNever  Op = "never"   // the payback that does not come
	OpNobody Op = "unknown" // the value that nobody knows

	OpSum     Op = "sum"      // of the numbers in a column, Ref
	OpSumOf   Op = "sum-of"   // of those whose row holds this row's key in the column that the argument names
	OpSumUpTo Op = "sum-upto" // of those whose row holds at most the second argument in the column that the first names
	OpCountTo Op = "count-to" // how many in a column, Ref, are at most the argument
	OpColumn  Op = "column"   // Ref, as the argument of another operation
	OpAcross  Op = "across"   // the cells of the formula's row from the column Ref to the one that the argument names, as the argument of another operation
	OpLeast   Op = "least"    // of the cells that the argument names
	OpMost    Op = "most"     // of the cells that the argument names
	OpIRR     Op = "irr"      // the rate a period of the cells that the first argument names, near the second; not known unless there is exactly one
	OpRank    Op = "rank"     // the row's place, from 1, when rows are sorted upwards by the columns that the arguments name, each deciding where those before are equal
)

// Ref names a cell by keys, so that it is found wherever a reader has moved
// it. Without a Table it is the formula's own; without a Row, the row with the
// key of the formula's own.
type Ref struct{ Table, Row, Column string }

// Formula is how a number comes about, as a small tree. Excel and Calculate
// read it; whoever writes it in another notation walks Op, Number, Ref and Args.
// Not known and never are values that only If, Known and the sums accept.
type Formula struct {
	Op     Op
	Number float64
	Ref    Ref
	Text   string
	Args   []Formula
}

// IsZero tells whether there is no formula.
func (f *Formula) IsZero() bool { return f == nil || f.Op == OpNone }

// Refs visits every reference in the formula.
func (f Formula) Refs(visit func(Ref)) {
	if f.Ref != (Ref{}) {
		visit(f.Ref)
	}
	for _, arg := range f.Args {
		arg.Refs(visit)
	}
}

// each visits the formula and all within it.
func (f Formula) each(visit func(Formula)) {
	visit(f)
	for _, arg := range f.Args {
		arg.each(visit)
	}
}

func node(op Op, args ...Formula) Formula { return Formula{Op: op, Args: args} }

// Num is a number that stands in the formula itself.
func Num(x float64) Formula { return Formula{Op: OpNumber, Number: x} }

// Col is the value of the same row in another column.
func Col(column string) Formula { return Formula{Op: OpCell, Ref: Ref{Column: column}} }

// Same is the value in another table, in the row with the same key.
func Same(table, column string) Formula {
	return Formula{Op: OpCell, Ref: Ref{Table: table, Column: column}}
}

// At is the value of one certain cell.
func At(table, row, column string) Formula {
	return Formula{Op: OpCell, Ref: Ref{Table: table, Row: row, Column: column}}
}

// Add is the sum of its arguments.
func Add(x Formula, more ...Formula) Formula { return fold(OpAdd, x, more) }

// Mul is the product of its arguments.
func Mul(x Formula, more ...Formula) Formula { return fold(OpMul, x, more) }

func fold(op Op, x Formula, more []Formula) Formula {
	for _, y := range more {
		x = node(op, x, y)
	}
	return x
}

// Sub is x − y.
func Sub(x, y Formula) Formula { return node(OpSub, x, y) }

// Div is x ÷ y.
func Div(x, y Formula) Formula { return node(OpDiv, x, y) }

// Pow is x to the power of y.
func Pow(x, y Formula) Formula { return node(OpPow, x, y) }

// Min is the lesser of two.
func Min(x, y Formula) Formula { return node(OpMin, x, y) }

// Max is the greater of two.
func Max(x, y Formula) Formula { return node(OpMax, x, y) }

// Int is the greatest whole number that is not above x.
func Int(x Formula) Formula { return node(OpInt, x) }

// Sqrt is the square root of x.
func Sqrt(x Formula) Formula { return node(OpSqrt, x) }

// If is then where the condition holds, and otherwise where it does not.
func If(condition, then, otherwise Formula) Formula {
	return node(OpIf, condition, then, otherwise)
}

// Less is the condition x < y.
func Less(x, y Formula) Formula { return node(OpLess, x, y) }

// AtMost is the condition x ≤ y.
func AtMost(x, y Formula) Formula { return node(OpAtMost, x, y) }

// IsKnown is the condition that x is a number.
func IsKnown(x Formula) Formula { return node(OpKnown, x) }

// Is is the condition that a cell holds a text; as in a spreadsheet, capital
// letters make no difference.
func Is(cell Formula, text string) Formula { return Formula{Op: OpIs, Ref: cell.Ref, Text: text} }

// Never is the payback that does not come.
func Never() Formula { return node(OpNever) }

// Nobody is the value that nobody knows.
func Nobody() Formula { return node(OpNobody) }

// WhereKnown is f, or not known where x is not.
func WhereKnown(x, f Formula) Formula { return If(IsKnown(x), f, Nobody()) }

// Sum adds up the numbers of a column; what is not known is left out.
func Sum(table, column string) Formula {
	return Formula{Op: OpSum, Ref: Ref{Table: table, Column: column}}
}

// SumOf adds up the numbers of a column in the rows that hold the key of the
// formula's own row in the column by.
func SumOf(table, column, by string) Formula {
	return Formula{Op: OpSumOf, Ref: Ref{Table: table, Column: column}, Args: []Formula{whole(table, by)}}
}

// SumUpTo adds up the numbers of a column in the rows that hold at most limit
// in the column by.
func SumUpTo(table, column, by string, limit Formula) Formula {
	return Formula{Op: OpSumUpTo, Ref: Ref{Table: table, Column: column}, Args: []Formula{whole(table, by), limit}}
}

// CountUpTo counts the numbers of a column that are at most limit.
func CountUpTo(table, column string, limit Formula) Formula {
	return Formula{Op: OpCountTo, Ref: Ref{Table: table, Column: column}, Args: []Formula{limit}}
}

// Across is the cells of the formula's own row from one column to another, for
// Least, Most and IRR.
func Across(first, last string) Formula {
	return Formula{Op: OpAcross, Ref: Ref{Column: first}, Args: []Formula{{Op: OpColumn, Ref: Ref{Column: last}}}}
}

// Least is the least of the cells that Across or a whole column names.
func Least(cells Formula) Formula { return node(OpLeast, cells) }

// Most is the greatest of the cells that Across or a whole column names.
func Most(cells Formula) Formula { return node(OpMost, cells) }

// IRR is the internal rate of return a period of a cash flow; a spreadsheet
// looks for it from the guess on. It is not known where there is not exactly
// one: a formula that asks for it makes sure of that first, since a spreadsheet
// gives an error there.
func IRR(cash, guess Formula) Formula { return node(OpIRR, cash, guess) }

// Rank is the place of the formula's row among those of a table, when they are
// sorted upwards by the columns, which must hold numbers throughout.
func Rank(table string, columns ...string) Formula {
	f := Formula{Op: OpRank}
	for _, c := range columns {
		f.Args = append(f.Args, whole(table, c))
	}
	return f
}

func whole(table, column string) Formula {
	return Formula{Op: OpColumn, Ref: Ref{Table: table, Column: column}}
}
