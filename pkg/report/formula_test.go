package report

import (
	"math"
	"strings"
	"testing"
)

func TestFormulasAsExcelReadsThem(t *testing.T) {
	a := Addresses{
		Cell:   func(r Ref) string { return strings.ToUpper(r.Column) },
		Column: func(r Ref) string { return r.Table + "!" + strings.ToUpper(r.Column) },
		Key:    "$A5", Never: "nunca", Nobody: `"?"`,
	}
	x, y, z := Col("x"), Col("y"), Col("z")
	for _, c := range []struct {
		formula Formula
		want    string
	}{
		{Add(x, Mul(y, z)), "X+Y*Z"},
		{Mul(Add(x, y), z), "(X+Y)*Z"},
		{Sub(x, Sub(y, z)), "X-(Y-Z)"},
		{Sub(Sub(x, y), z), "X-Y-Z"},
		{Div(x, Mul(y, z)), "X/(Y*Z)"},
		{Pow(Add(x, Num(1)), Num(2)), "(X+1)^2"},
		{Mul(Num(-.5), x), "(-0.5)*X"},
		{If(AtMost(x, y), Never(), Nobody()), `IF(X<=Y,"nunca","""?""")`},
		{If(Less(x, y), x, y), "IF(X<Y,X,Y)"},
		{Max(Min(x, y), Int(z)), "MAX(MIN(X,Y),INT(Z))"},
		{Sqrt(x), "SQRT(X)"},
		{WhereKnown(x, y), `IF(ISNUMBER(X),Y,"""?""")`},
		{Sum("flows", "x"), "SUM(flows!X)"},
		{SumOf("points", "x", "of"), "SUMIF(points!OF,$A5,points!X)"},
		{SumUpTo("flows", "x", "y", Num(8)), `SUMIF(flows!Y,"<="&8,flows!X)`},
		{SumUpTo("flows", "x", "y", Add(x, y)), `SUMIF(flows!Y,"<="&X+Y,flows!X)`},
		{CountUpTo("flows", "x", y), `COUNTIF(flows!X,"<="&Y)`},
	} {
		if got := c.formula.Excel(a); got != c.want {
			t.Errorf("%s, want %s", got, c.want)
		}
	}
}

// oneTable is a report of a table with the columns x and result.
func oneTable(rows ...[2]Cell) Report {
	table := Table{ID: "t", Columns: []Column{{Key: "x", Kind: Hours}, {Key: "result", Kind: Money}}}
	for i, r := range rows {
		table.Rows = append(table.Rows, Row{Key: string(rune('a' + i)), Cells: []Cell{r[0], r[1]}})
	}
	return Report{Sections: []Section{{ID: "s", Blocks: []Block{table}}}}
}

func results(r Report) []Cell {
	var all []Cell
	for _, row := range r.Sections[0].Blocks[0].(Table).Rows {
		all = append(all, row.Cells[1])
	}
	return all
}

func TestWhatIsNotKnownIsLeftOutOfSumsAndNeverZero(t *testing.T) {
	unknown := Cell{Kind: Unknown}
	r := oneTable(
		[2]Cell{Known(Hours, 3), Live(Sum("t", "x"))},
		[2]Cell{unknown, Live(Add(Col("x"), Num(1)))},
		[2]Cell{Known(Hours, 4), Live(CountUpTo("t", "x", Num(3)))},
		[2]Cell{Known(Months, math.Inf(1)), Live(WhereKnown(Col("x"), Num(1)))},
	)
	if err := Calculate(r); err != nil {
		t.Fatal(err)
	}
	got := results(r)
	if got[0].Number != 7 || got[0].Kind != Money {
		t.Errorf("3 and 4 and not known are %v, want 7", got[0])
	}
	if got[1].Kind != Unknown {
		t.Errorf("not known and one is %v, want not known", got[1])
	}
	if got[2].Number != 1 {
		t.Errorf("%v of 3, 4 and not known are at most 3, want 1", got[2].Number)
	}
	if got[3].Kind != Unknown {
		t.Errorf("never counts as a number: %v", got[3])
	}
}

func TestFormulasFollowEachOtherInAnyOrder(t *testing.T) {
	// a needs b, b needs c, and c is given.
	r := oneTable(
		[2]Cell{{}, Live(Mul(At("t", "b", "result"), Num(2)))},
		[2]Cell{{}, Live(Add(At("t", "c", "result"), Num(1)))},
		[2]Cell{{}, Known(Money, 4)},
	)
	if err := Calculate(r); err != nil {
		t.Fatal(err)
	}
	if got := results(r)[0].Number; got != 10 {
		t.Errorf("(4 + 1) × 2 is %v", got)
	}
}

func TestAFormulaThatCannotBeWorkedOutIsNamed(t *testing.T) {
	for _, c := range []struct {
		formula Formula
		want    string
	}{
		{At("t", "a", "result"), `refers to itself`},
		{Col("y"), `table "t" has no column "y"`},
		{At("t", "z", "x"), `table "t" has no row "z"`},
		{Same("u", "x"), `there is no table "u"`},
		{Sum("u", "x"), `there is no table "u"`},
		{whole("t", "x"), `gives a value`},
	} {
		err := Calculate(oneTable([2]Cell{{}, Live(c.formula)}))
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("error %v, want one that says %q", err, c.want)
		}
	}
}

func TestEveryOperationIsWorkedOut(t *testing.T) {
	x := Num(9)
	for _, c := range []struct {
		formula Formula
		want    float64
	}{
		{Sub(x, Num(2)), 7}, {Div(x, Num(2)), 4.5}, {Pow(x, Num(2)), 81}, {Min(x, Num(2)), 2}, {Max(x, Num(2)), 9},
		{Int(Num(-1.5)), -2}, {Sqrt(x), 3}, {If(Less(x, x), Num(1), Num(2)), 2}, {If(AtMost(x, x), Num(1), Num(2)), 1},
	} {
		r := oneTable([2]Cell{{}, Live(c.formula)})
		if err := Calculate(r); err != nil {
			t.Fatal(err)
		}
		if got := results(r)[0].Number; got != c.want {
			t.Errorf("%s is %v, want %v", c.formula.Op, got, c.want)
		}
	}
}
