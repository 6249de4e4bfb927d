package audit_test

import (
	"reflect"
	"testing"

	"github.com/flowmap-dev/flowmap/pkg/audit"
)

// 1 USD is 0.90 EUR, so 45 EUR are 50 USD and 9 EUR are 10.
func TestMoneyInAnotherCurrency(t *testing.T) {
	w := load(t, "testdata/example")
	before := load(t, "testdata/example")
	d, ok := w.In("USD")
	if !ok || d.Currency != "USD" {
		t.Fatalf("in USD: %v, %v", d.Currency, ok)
	}
	f, admin := flow(t, d, "web-orders"), d.Roles[0]
	for _, x := range []struct {
		what      string
		got, want float64
	}{
		{"assumption", d.Assumptions.HourlyCost.Mean(), 22 / .9},
		{"role", admin.HourlyCost.Mean(), 20 / .9},
		{"platform fee", f.Solution.PlatformMonthly.Mean(), 50},
		{"build cost", f.Solution.BuildCost.Low, 3000 / .9},
		{"cost of an error", f.Errors[0].Cost.Mean(), 15 / .9},
		{"pool of it", f.Errors[0].Costs.Mean(), 15 / .9},
		{"an actual's build cost", d.Actuals[0].BuildCost.Mean(), 5100 / .9},
		{"an actual's fee", d.Actuals[0].Months[0].PlatformCost.Value, 50},
		{"hours", f.Efforts[0].HoursPerWeek.Mean(), 25.0 / 3},
		{"share", d.Assumptions.Maintenance.Mean(), .15},
		{"cost a year", d.Cost(f).ErrorCostPerYear, 5200 / .9},
	} {
		if !near(x.got, x.want) {
			t.Errorf("%s: %v, want %v", x.what, x.got, x.want)
		}
	}
	if back, ok := d.ExchangeRate("EUR"); !ok || !near(back, 1/.9) {
		t.Errorf("one EUR is %v USD, want 1.1111", back)
	}
	if !reflect.DeepEqual(w, before) {
		t.Error("the workspace itself has changed")
	}
}

func TestMoneyOfFindings(t *testing.T) {
	w := load(t, "testdata/example")
	w.Findings = []audit.Finding{{ID: "FM010", CostPerYear: 90, HoursPerWeek: 9, Args: []audit.Arg{{Kind: audit.ArgMoney, Number: 45}, {Kind: audit.ArgHours, Number: 45}}}}
	d, _ := w.In("USD")
	if f := d.Findings[0]; !near(f.CostPerYear, 100) || f.HoursPerWeek != 9 || !near(f.Args[0].Number, 50) || f.Args[1].Number != 45 {
		t.Errorf("%+v", f)
	}
	if f := w.Findings[0]; f.CostPerYear != 90 || f.Args[0].Number != 45 {
		t.Errorf("the workspace itself has changed: %+v", f)
	}
}

func TestMoneyWithoutARate(t *testing.T) {
	w := load(t, "testdata/example")
	if _, ok := w.In("GBP"); ok {
		t.Error("converted to GBP without a rate")
	}
	if same, ok := w.In("EUR"); !ok || !reflect.DeepEqual(same, w) {
		t.Error("the workspace's own currency changes it")
	}
}
