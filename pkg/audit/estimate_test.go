package audit_test

import (
	"testing"

	"github.com/flowmap-dev/flowmap/pkg/audit"
)

func TestEstimates(t *testing.T) {
	for _, c := range []struct {
		what              string
		e                 audit.Estimate
		mean              float64
		low, likely, high float64
		text              string
	}{
		{"three values: (6 + 32 + 12)/6", audit.Three(6, 8, 12, audit.Number), 50.0 / 6, 6, 8, 12, "[6, 8, 12]"},
		{"a constant", audit.One(10, audit.Money, audit.Constant), 10, 10, 10, 10, "10"},
		{"measured: a twentieth each way", audit.One(100, audit.Number, audit.Measured), 100, 95, 100, 105, "100"},
		{"counted: a tenth each way", audit.One(100, audit.PerMonth, audit.Counted), 100, 90, 100, 110, "100/month"},
		{"estimated: likely is (600 − 80 − 130)/4", audit.One(100, audit.PerDay, audit.Estimated), 100, 80, 97.5, 130, "100/day"},
		{"guessed: likely is (600 − 60 − 160)/4", audit.One(100, audit.PerYear, audit.Guessed), 100, 60, 95, 160, "100/year"},
		{"a share is cut at 1 and keeps its mean: (5.4 − 0.72 − 1)/4", audit.One(.9, audit.Share, audit.Estimated), .9, .72, .92, 1, "90%"},
		{"a share near 1 has a narrower range: low is 6 × 0.97 − 5", audit.One(.97, audit.Share, audit.Guessed), .97, .82, 1, 1, "97%"},
		{"small shares are written as they were", audit.Three(.001, .02, .045, audit.Share), (.001 + .08 + .045) / 6, .001, .02, .045, "[0.1%, 2%, 4.5%]"},
		{"three that are one", audit.Three(5, 5, 5, audit.PerWeek), 5, 5, 5, 5, "[5/week, 5/week, 5/week]"},
		{"nothing", audit.Estimate{}, 0, 0, 0, 0, ""},
	} {
		low, likely, high := c.e.Range()
		if !near(c.e.Mean(), c.mean) || !near(low, c.low) || !near(likely, c.likely) || !near(high, c.high) || c.e.String() != c.text {
			t.Errorf("%s: mean %v, range %v %v %v, text %q", c.what, c.e.Mean(), low, likely, high, c.e)
		}
	}
	if e := audit.One(1, audit.Money, audit.Constant); e.Or(audit.One(2, audit.Money, audit.Constant)).Likely != 1 || (audit.Estimate{}).Or(e).Likely != 1 {
		t.Error("a stated estimate is replaced, or one that is not stays")
	}
}

func TestTheWeakestBasisOfAPool(t *testing.T) {
	order := []audit.Basis{audit.Constant, audit.Measured, audit.Counted, audit.Estimated, audit.Guessed}
	for i, a := range order {
		for j, b := range order {
			pool := audit.Pool{audit.One(1, audit.Number, a), audit.One(3, audit.Number, b)}
			if got := pool.Basis(); got != order[max(i, j)] || pool.Mean() != 2 {
				t.Errorf("%q and %q: %q, mean %v", a, b, got, pool.Mean())
			}
		}
	}
}

// A day counts 5 × 46 times a year, a week 46, a month 12.
func TestRatesAYear(t *testing.T) {
	a := audit.DefaultAssumptions()
	for u, want := range map[audit.Unit]float64{audit.PerDay: 230, audit.PerWeek: 46, audit.PerMonth: 12, audit.PerYear: 1} {
		if got := a.PerYear(u); got != want || !u.IsRate() {
			t.Errorf("unit %v: %v, want %v", u, got, want)
		}
	}
	if audit.Share.IsRate() || audit.Money.IsRate() {
		t.Error("a share or money is taken for a rate")
	}
}

func TestWhatIsNotStatedIsNotZero(t *testing.T) {
	w := parse(t, "flowmap.yaml", landscape+`flows:
  - {id: bare, from: shop, to: erp}
  - {id: share, from: shop, to: erp, errors: [{id: sku, rate: 2%, cost: 5}]}
  - {id: runs, from: shop, to: erp, effort: {runs: 10/day}, errors: [{id: sku, rate: 2%, cost: 5}]}
  - {id: done, from: shop, to: erp, how: automated, volume: 1/day, errors: [{id: sku, rate: 1/week, cost: 5}]}
`)
	for _, c := range []struct {
		flow           string
		stated, known  bool // hours; the error point's rate
		records, money float64
		assumed        bool
	}{
		{"bare", false, false, 0, 0, false},
		{"share", false, false, 0, 0, false},
		{"runs", false, true, 2300, 230, true}, // 10 × 230 records, 46 errors of 5
		{"done", false, true, 230, 230, false}, // 46 errors of 5
	} {
		cost := w.Cost(flow(t, w, c.flow))
		known := len(cost.Points) > 0 && cost.Points[0].Known
		if cost.Stated != c.stated || known != c.known || !near(cost.RecordsPerYear, c.records) || !near(cost.ErrorCostPerYear, c.money) || cost.RecordsAssumed != c.assumed {
			t.Errorf("%s: %+v", c.flow, cost)
		}
	}
}

func TestThingsAreFoundInAWorkspaceMadeByHand(t *testing.T) {
	w := audit.Workspace{Systems: []audit.System{{ID: "erp", Name: "Sage"}}, Flows: []audit.Flow{{ID: "a"}}}
	if s, ok := w.System("erp"); !ok || s.Label() != "Sage" {
		t.Errorf("%v %v", s, ok)
	}
	if f, ok := w.Flow("a"); !ok || f.Label() != "a" {
		t.Errorf("%v %v", f, ok)
	}
	if _, ok := w.Role(""); ok {
		t.Error("a role without an id is found")
	}
	if _, ok := w.Entity("order"); ok {
		t.Error("an entity that there is not is found")
	}
}

func TestBusiestMonth(t *testing.T) {
	peak := audit.Peak{Factor: audit.One(2.5, audit.Number, audit.Constant), Months: []int{11, 12}}
	if got := (audit.Flow{Peak: peak}).BusiestMonth(); got != 2.5 {
		t.Errorf("%v, want 2.5", got)
	}
	peak.Factor.Likely = .5
	if got := (audit.Flow{Peak: peak}).BusiestMonth(); got != 1 {
		t.Errorf("%v, want a normal month where the others are lower", got)
	}
}
