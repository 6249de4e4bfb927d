package report_test

import (
	"testing"

	"github.com/flowmap-dev/flowmap/pkg/report"
)

const copied = `
version: 1
systems: [{id: shop, name: Shop}, {id: erp, name: ERP}, {id: crm, name: CRM}, {id: wms, name: WMS}]
entities: [{id: order, name: Order, record: erp}, {id: stock, name: Stock}]
flows:
  - {id: orders, entity: order, from: shop, to: erp}
  - {id: accounts, entity: order, from: erp, to: crm, every: daily, volume: 100/month, errors: [{id: x, rate: 2%}]}
  - {id: back, entity: order, from: crm, to: erp}
  - {id: picking, entity: order, from: crm, to: wms, volume: 100/month, errors: []}
  - {id: levels, entity: stock, from: wms, to: shop}
`

// text is a cell's, and a question mark where it is not known.
func text(c report.Cell) string {
	if c.Kind == report.Unknown {
		return "?"
	}
	return c.Text
}

func TestWhatEachSystemHasToDoWithTheData(t *testing.T) {
	m := table(t, built(t, run(t, parsed(t, copied)), "en"), "matrix")
	for system, want := range map[string][4]string{
		"shop": {"", "Stock", "", "Order"}, "erp": {"Order", "", "", ""}, "crm": {"", "", "Order", ""}, "wms": {"Stock", "Order", "", ""},
	} {
		for i, column := range []string{"part_record", "part_consumer", "part_writes_back", "part_source"} {
			if got := text(at(t, m, system, column)); got != want[i] {
				t.Errorf("%s, %s: %q, want %q", system, column, got, want[i])
			}
		}
	}
}

func TestHowEachCopyGetsThere(t *testing.T) {
	c := table(t, built(t, run(t, parsed(t, copied)), "en"), "copies")
	for row, want := range map[string][3]string{
		"order>crm":  {"ERP → CRM", "1 day", "2.0%"},
		"order>wms":  {"ERP → CRM → WMS", "1 day or more", "2.0%"},
		"stock>shop": {"WMS → Shop", "?", "?"},
	} {
		for i, column := range []string{"way", "age", "wrong"} {
			if got := text(at(t, c, row, column)); got != want[i] {
				t.Errorf("%s, %s: %q, want %q", row, column, got, want[i])
			}
		}
	}
}
