package report

import (
	"strconv"
	"strings"
)

// Addresses tells the Excel text of a formula where things stand in a
// workbook, and what it calls values that are no numbers.
type Addresses struct {
	Cell   func(Ref) string                // an expression for a cell's value
	Column func(Ref) string                // the range of a column
	Across func(first, last string) string // the range of the formula's row between two columns
	Key    string                          // the cell that holds the key of the formula's row
	Never  string                          // the word for a payback that does not come
	Nobody string                          // the word for what is not known
}

// Excel writes the formula as Excel 2010 and later and LibreOffice read it, in
// English and without the equals sign.
func (f Formula) Excel(a Addresses) string {
	switch f.Op {
	case OpNumber:
		return excelNumber(f.Number)
	case OpCell:
		return a.Cell(f.Ref)
	case OpColumn:
		return a.Column(f.Ref)
	case OpAcross:
		return a.Across(f.Ref.Column, f.Args[0].Ref.Column)
	case OpLeast:
		return f.call("MIN", a)
	case OpMost:
		return f.call("MAX", a)
	case OpIRR:
		return f.call("IRR", a)
	case OpRank:
		return "1+SUMPRODUCT(0+" + rankText(f.Args, a) + ")"
	case OpNever:
		return excelString(a.Never)
	case OpNobody, OpNone:
		return excelString(a.Nobody)
	case OpAdd, OpSub, OpMul, OpDiv, OpPow, OpLess, OpAtMost:
		return f.operand(0, a) + string(f.Op) + f.operand(1, a)
	case OpMin, OpMax, OpInt, OpSqrt, OpIf:
		return f.call(strings.ToUpper(string(f.Op)), a)
	case OpKnown:
		return f.call("ISNUMBER", a)
	case OpIs:
		return a.Cell(f.Ref) + "=" + excelString(f.Text)
	case OpSum:
		return "SUM(" + a.Column(f.Ref) + ")"
	case OpSumOf:
		return "SUMIF(" + f.Args[0].Excel(a) + "," + a.Key + "," + a.Column(f.Ref) + ")"
	case OpSumUpTo:
		return "SUMIF(" + f.Args[0].Excel(a) + `,"<="&` + joined(f.Args[1], a) + "," + a.Column(f.Ref) + ")"
	case OpCountTo:
		return "COUNTIF(" + a.Column(f.Ref) + `,"<="&` + joined(f.Args[0], a) + ")"
	}
	return excelString(a.Nobody)
}

func (f Formula) call(name string, a Addresses) string {
	args := make([]string, len(f.Args))
	for i, arg := range f.Args {
		args[i] = arg.Excel(a)
	}
	return name + "(" + strings.Join(args, ",") + ")"
}

// rankText counts the rows that come before the formula's own: less in the
// first column, or equal there and less in the others.
func rankText(columns []Formula, a Addresses) string {
	ref := columns[0].Ref
	all, own := a.Column(ref), a.Cell(ref)
	less := "(" + all + "<" + own + ")"
	if len(columns) == 1 {
		return less
	}
	return less + "+(" + all + "=" + own + ")*(" + rankText(columns[1:], a) + ")"
}

// operand writes an argument of an operator, in parentheses where it binds no
// tighter. Equal operators on the right get them too: sums of floating numbers
// depend on their order.
func (f Formula) operand(i int, a Addresses) string {
	arg := f.Args[i]
	own, inner := f.Op.binding(), arg.Op.binding()
	if inner < own || inner == own && i == 1 {
		return "(" + arg.Excel(a) + ")"
	}
	return arg.Excel(a)
}

// joined writes what & joins to a text: it binds tighter than a comparison
// alone.
func joined(f Formula, a Addresses) string {
	if f.Op.binding() == 1 {
		return "(" + f.Excel(a) + ")"
	}
	return f.Excel(a)
}

// binding tells how tightly an operator holds its arguments; what is no
// operator holds them tightest.
func (op Op) binding() int {
	switch op {
	case OpLess, OpAtMost, OpIs:
		return 1
	case OpAdd, OpSub:
		return 2
	case OpMul, OpDiv:
		return 3
	case OpPow:
		return 4
	default:
		return 5
	}
}

func excelNumber(x float64) string {
	s := strconv.FormatFloat(x, 'G', -1, 64)
	if x < 0 {
		return "(" + s + ")"
	}
	return s
}

func excelString(s string) string { return `"` + strings.ReplaceAll(s, `"`, `""`) + `"` }
