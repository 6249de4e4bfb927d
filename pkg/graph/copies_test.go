package graph_test

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/flowmap-dev/flowmap/pkg/audit"
	"github.com/flowmap-dev/flowmap/pkg/graph"
)

// copies writes the copies of the first entity: wms 25h erp>crm>wms. A delay
// that may be more has a plus sign.
func copies(w audit.Workspace) []string {
	var lines []string
	for _, c := range graph.New(w).Entities[0].Copies {
		more := ""
		if !c.Delay.Known {
			more = "+"
		}
		lines = append(lines, fmt.Sprintf("%s %gh%s %s", c.System, c.Delay.Hours, more, strings.Join(c.Path, ">")))
	}
	return lines
}

func TestCopies(t *testing.T) {
	tests := []struct {
		name  string
		lines []string
		want  []string
	}{
		{"delays add up along the way", []string{"erp>crm x daily", "crm>bi x hourly"}, []string{"crm 24h erp>crm", "bi 25h erp>crm>bi"}},
		{"the fastest of several ways", []string{"erp>bi x weekly", "erp>crm x daily", "crm>bi x hourly"}, []string{"bi 25h erp>crm>bi", "crm 24h erp>crm"}},
		{"the fastest of several flows", []string{"erp>bi x weekly", "erp>bi x daily", "erp>bi x monthly"}, []string{"bi 24h erp>bi"}},
		{"the shortest of equals", []string{"erp>crm x realtime", "crm>bi x realtime", "erp>bi x realtime"}, []string{"crm 0h erp>crm", "bi 0h erp>bi"}},
		{"a known way before one that is not", []string{"erp>bi x", "erp>crm x monthly", "crm>bi x monthly"}, []string{"bi 1460h erp>crm>bi", "crm 730h erp>crm"}},
		{"else what is known, and it may be more", []string{"erp>crm x daily", "crm>bi x"}, []string{"crm 24h erp>crm", "bi 24h+ erp>crm>bi"}},
		{"against the drawn direction", []string{"crm<>erp x daily", "x=erp"}, []string{"crm 24h erp>crm"}},
		{"to e-mail, not through it", []string{"erp>email x daily", "email>bi x daily", "x=erp"}, []string{"email 24h erp>email"}},
		{"the way to the record is no copy", []string{"shop>erp x daily", "x=erp"}, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := copies(landscape(tt.lines...)); !slices.Equal(got, tt.want) {
				t.Errorf("copies %q, want %q", got, tt.want)
			}
		})
	}
}

func TestAFlowThatDoesNotSayHowOftenIsAsOftenAsItsRuns(t *testing.T) {
	for runs, want := range map[audit.Estimate]float64{
		audit.One(8, audit.PerDay, audit.Counted):    1,
		audit.One(40, audit.PerWeek, audit.Counted):  1,
		audit.One(7.9, audit.PerDay, audit.Counted):  24,
		audit.One(1, audit.PerDay, audit.Counted):    24,
		audit.One(4.9, audit.PerWeek, audit.Counted): 7 * 24,
		audit.One(1, audit.PerWeek, audit.Counted):   7 * 24,
		audit.One(1, audit.PerMonth, audit.Counted):  730,
		audit.One(3, audit.PerYear, audit.Counted):   730,
	} {
		w := landscape("erp>bi x")
		w.Flows[0].Efforts = []audit.Effort{{Runs: runs}}
		w.Flows[0].Peak = audit.Peak{Factor: audit.One(9, audit.Number, audit.Constant), Months: []int{12}} // a normal month counts
		if d := graph.New(w).Entities[0].Copies[0].Delay; d.Hours != want || !d.Known {
			t.Errorf("%s: %v h, known %t; want %v", runs, d.Hours, d.Known, want)
		}
	}
}

func TestErrorsCombineAlongTheWay(t *testing.T) {
	// 10 of 100 a month are wrong, then 20 % of those that arrive: 1 − 0.9 × 0.8.
	w := landscape("erp>crm x", "crm>bi x", "bi>news x", "erp>wms x", "wms>shop x")
	volume := audit.Volume{Records: audit.One(100, audit.PerMonth, audit.Counted)}
	w.Flows[0].Volume, w.Flows[0].Errors = volume, point(audit.One(10, audit.PerMonth, audit.Counted))
	w.Flows[1].Volume, w.Flows[1].Errors = volume, point(audit.One(.2, audit.Share, audit.Counted))
	w.Flows[2].Errors = []audit.ErrorPoint{}                             // asked: there are none
	w.Flows[3].Errors = point(audit.One(.1, audit.Share, audit.Counted)) // of how many, nobody knows
	want := map[string]graph.Share{
		"crm": {Value: .1, Known: true}, "bi": {Value: .28, Known: true}, "news": {Value: .28, Known: true},
		"wms": {}, "shop": {},
	}
	for _, c := range graph.New(w).Entities[0].Copies {
		if w := want[c.System]; math.Abs(c.Errors.Value-w.Value) > 1e-12 || c.Errors.Known != w.Known {
			t.Errorf("%s: %v, want %v", c.System, c.Errors, w)
		}
	}
}

func point(rate audit.Estimate) []audit.ErrorPoint {
	return []audit.ErrorPoint{{ID: "wrong", Rates: audit.Pool{rate}}}
}

func TestMatrix(t *testing.T) {
	m := graph.New(landscape("shop>erp order", "erp>wms order", "wms>erp order", "erp>bi order", "order=erp",
		"shop>bi stock", "legacy", "#idle", "email>crm lead"))
	want := []string{
		"systems shop erp wms bi email crm",
		"order source record writes-back consumer  ",
		"stock record   consumer  ",
		"idle      ",
		"lead     source record",
	}
	x := m.Matrix()
	got := []string{"systems " + strings.Join(x.Systems, " ")}
	for _, r := range x.Rows {
		parts := []string{r.Entity}
		for _, p := range r.Parts {
			parts = append(parts, string(p))
		}
		got = append(got, strings.Join(parts, " "))
	}
	if !slices.Equal(got, want) {
		t.Errorf("matrix\n%q, want\n%q", got, want)
	}
}
