package render

import (
	"slices"
	"testing"

	"github.com/flowmap-dev/flowmap/pkg/report"
)

// Of points that are close to each other the first carries its name, and so do those
// further away; the seventh has none in any case.
func TestNamesOfClosePointsDoNotCoverEachOther(t *testing.T) {
	table := report.Table{Columns: []report.Column{{Key: "name"}, {Key: "cost", Kind: report.Money}, {Key: "benefit", Kind: report.Money}}}
	for _, p := range []struct {
		name          string
		cost, benefit float64
	}{
		{"Orders by mail typed into the books", 3554, 11705}, {"Consignments typed into the portal", 3706, 11229},
		{"Invoices", 3101, 8371}, {"Stock", 1029, 2825}, {"Prices", 1210, 2381}, {"Returns", 1210, 2300}, {"Seventh", 10, 10},
	} {
		table.Rows = append(table.Rows, report.Row{Key: p.name, Cells: []report.Cell{report.Words(p.name), report.Known(report.Money, p.cost), report.Known(report.Money, p.benefit)}})
	}
	d := drawnChart{chart: report.Chart{Table: table, Label: "name", Bars: "cost", Line: "benefit"}}
	if got, want := d.roomForNames(), []bool{true, false, true, true, false, false}; !slices.Equal(got, want) {
		t.Errorf("room for names is %v, want %v", got, want)
	}
}
