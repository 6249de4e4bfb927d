package report_test

import (
	"math"
	"strconv"
	"testing"

	"github.com/flowmap-dev/flowmap/pkg/audit"
	"github.com/flowmap-dev/flowmap/pkg/report"
)

// A lever does what --set does: the figures of a report whose lever was moved
// are those of a report of the changed workspace.
func TestMovingALeverIsSettingAnAssumption(t *testing.T) {
	w := example(t, "tienda")
	for key, x := range map[string]float64{"automation_rate": .613, "discount_rate": .117, "horizon_months": 41} {
		moved := built(t, run(t, w), "en")
		if err := lever(t, moved, key).Set(moved, x); err != nil {
			t.Fatal(err)
		}
		if err := report.Calculate(moved); err != nil {
			t.Fatal(err)
		}
		changed, err := w.With(audit.Setting{Key: key, Value: strconv.FormatFloat(x, 'f', -1, 64)})
		if err != nil {
			t.Fatal(err)
		}
		set := built(t, run(t, changed), "en")
		for _, row := range table(t, set, "ranking").Rows {
			for _, column := range []string{"benefit", "payback", "cash_payback", "npv", "rank"} {
				got, want := at(t, table(t, moved, "ranking"), row.Key, column), at(t, table(t, set, "ranking"), row.Key, column)
				if got.Kind != want.Kind || math.Abs(got.Number-want.Number) > 1e-9*max(1, math.Abs(want.Number)) {
					t.Errorf("%s %v: %s of %s is %v, want %v", key, x, column, row.Key, got, want)
				}
			}
		}
	}
}

// The example's roles cost 19.50, and flows without a role 21: twice the mean
// is twice of each.
func TestTheLeverOfTheCostOfAnHourMovesEveryRole(t *testing.T) {
	r := built(t, run(t, example(t, "tienda")), "en")
	l := lever(t, r, "hourly_cost")
	if l.Value < 19.5 || l.Value > 21 {
		t.Errorf("an hour costs %v on average, want between 19.50 and 21", l.Value)
	}
	if err := l.Set(r, 2*l.Value); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		cell report.Cell
		want float64
	}{
		{at(t, table(t, r, "roles"), "office", "hourly"), 39},
		{at(t, table(t, r, "assumptions"), "hourly_cost", "value"), 42},
	} {
		if math.Abs(c.cell.Number-c.want) > 1e-9 {
			t.Errorf("an hour costs %v, want %v", c.cell.Number, c.want)
		}
	}
}

func lever(t *testing.T, r report.Report, key string) report.Lever {
	t.Helper()
	for _, l := range r.Levers {
		if l.Key == key {
			return l
		}
	}
	t.Fatalf("there is no lever %q", key)
	return report.Lever{}
}
