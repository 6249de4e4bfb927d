package report

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"
)

// An index gives what reading the column anew gives, for any row.
func TestAnIndexedColumnGivesWhatReadingItGives(t *testing.T) {
	random := rand.New(rand.NewPCG(7, 7))
	table := Table{ID: "t", Columns: []Column{{Key: "x", Kind: Number}, {Key: "by", Kind: Number}, {Key: "group", Kind: Text}}}
	for i := range 3 * mostScanned {
		x := Known(Number, float64(random.IntN(200)))
		if i%17 == 0 {
			x = Cell{Kind: Unknown}
		}
		by := Known(Number, float64(random.IntN(50)))
		if i%23 == 0 {
			by = Known(Months, math.Inf(1))
		}
		table.Rows = append(table.Rows, Row{Key: fmt.Sprint("r", i), Cells: []Cell{x, by, Words(fmt.Sprint("r", random.IntN(40)))}})
	}
	all := grids(Report{Sections: []Section{{Blocks: []Block{table}}}})
	column := func(name string) Formula { return Formula{Op: OpColumn, Ref: Ref{Table: "t", Column: name}} }
	number := func(x float64) Formula { return Formula{Op: OpNumber, Number: x} }
	over := func(op Op, args ...Formula) Formula {
		return Formula{Op: op, Ref: Ref{Table: "t", Column: "x"}, Args: args}
	}
	formulas := []Formula{over(OpSum), over(OpSumOf, column("group"))}
	for _, limit := range []float64{-1, 0, 7, 49, 50, 199.5, 1000} {
		formulas = append(formulas, over(OpCountTo, number(limit)), over(OpSumUpTo, column("by"), number(limit)))
	}
	for _, f := range formulas {
		for _, row := range []string{"r0", "r13", "r39", "r1400"} {
			e := &evaluator{grids: all}
			at := scope{row: row}
			got, err := e.looked(f, all["t"], at)
			if err != nil {
				t.Fatal(err)
			}
			want, err := e.scanned(f, all["t"], at)
			if err != nil {
				t.Fatal(err)
			}
			if got != want {
				t.Errorf("%s for %s is %v, want %v", f.Op, row, got, want)
			}
		}
	}
}
