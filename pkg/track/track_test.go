package track_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"math"
	"strings"
	"testing"

	"github.com/flowmap-dev/flowmap/pkg/advise"
	"github.com/flowmap-dev/flowmap/pkg/audit"
	"github.com/flowmap-dev/flowmap/pkg/catalogue"
	"github.com/flowmap-dev/flowmap/pkg/graph"
	"github.com/flowmap-dev/flowmap/pkg/roi"
	"github.com/flowmap-dev/flowmap/pkg/track"
)

// One flow, pushed, with figures for the head: 12 h a month at 20 are 240; 100
// records and, of 10 %, 10 errors of 5: 50. An integration takes 85 % and 90 %:
// 204 and 45. It costs 1,200 to build, 24 a month for the platform and, of 15 %
// a year, 15 for maintenance: 210 a month are left.
const promised = `version: 1
date: 2027-01-15
assumptions: {hourly_cost: 20, ramp_up_months: 0, weeks_per_year: 48}
systems: [{id: shop, interfaces: [api, webhook]}, {id: erp, interfaces: [api]}]
flows:
  - id: orders
    name: Orders
    from: shop
    to: erp
    effort: {hours_per_month: 12, basis: measured}
    volume: 100/month
    errors: [{id: sku, rate: 10%, cost: 5}]
    solution: {platform: n8n-cloud, tier: starter, pattern: push, build_cost: 1200, platform_monthly: 24}
`

func load(t *testing.T, actual string) audit.Workspace {
	t.Helper()
	files := []audit.Source{{Name: "flowmap.yaml", Text: []byte(promised)}}
	if actual != "" {
		files = append(files, audit.Source{Name: "actuals/orders.yaml", Text: []byte(actual)})
	}
	w, err := audit.New(files)
	if err != nil {
		t.Fatal(err)
	}
	return w
}

func promise(t *testing.T, w audit.Workspace) track.Promise {
	t.Helper()
	c, err := catalogue.Load()
	if err != nil {
		t.Fatal(err)
	}
	p, err := track.Of(w, roi.Rank(w, advise.New(w, graph.New(w), c).Contenders, roi.ByPayback).Scores, nil)
	if err != nil || len(p.Flows) != 1 {
		t.Fatal(p, err)
	}
	return p
}

func compare(t *testing.T, actual string) track.Flow {
	t.Helper()
	w := load(t, actual)
	r := track.Compare(promise(t, w), w)
	f := r.Flows[0]
	if d := f.Real.Net - f.Planned.Net; math.Abs(f.Causes.Sum()-d) > 1e-9 {
		t.Errorf("the causes add up to %v, and the difference is %v", f.Causes.Sum(), d)
	}
	return f
}

func near(t *testing.T, what string, got, want float64) {
	t.Helper()
	if math.Abs(got-want) > .005 {
		t.Errorf("%s is %v, want %v", what, got, want)
	}
}

func TestAMonthAsPlanned(t *testing.T) {
	f := compare(t, "flow: orders\nlive: 2027-02-01\nbuild_cost: 1200\nmonths: [{month: 2027-03, runs: 100, hours: 1.8, errors: 1, platform_cost: 24}]\n")
	near(t, "the plan", f.Planned.Net, 204+45-24-15-1200)
	near(t, "what came true", f.Real.Net, f.Planned.Net)
	if f.Causes != (track.Causes{}) {
		t.Errorf("the causes are %+v, want none", f.Causes)
	}
	// 1,200 / 210 a month.
	near(t, "payback", f.Payback.Value, 1200./210)
}

func TestALogOfFailuresAloneCountsForNothing(t *testing.T) {
	f := compare(t, "flow: orders\nlive: 2027-02-01\nmonths: [{month: 2027-03, runs: 0, failed_runs: 100, test_runs: 7}]\n")
	near(t, "runs", f.Real.Runs, 0)
	near(t, "hours saved", f.Real.Saved, 0)
	near(t, "benefit", f.Real.Benefit, 0)
	near(t, "hours by hand", f.Real.Hours, 12)
	if f.Payback.OK {
		t.Errorf("it pays back after %v months, want never", f.Payback.Value)
	}
}

func TestWhatIsOff(t *testing.T) {
	for _, c := range []struct {
		what, month string
		build       string
		want        track.Causes
	}{
		// Half the records: half of the benefit of 249.
		{"fewer records", "runs: 50, hours: 0.9, errors: 0.5", "", track.Causes{Volume: -124.5}},
		// 2 h more than planned are left, at 20.
		{"more work left", "runs: 100, hours: 3.8, errors: 1", "", track.Causes{Rate: -40}},
		{"more errors", "runs: 100, hours: 1.8, errors: 3", "", track.Causes{Errors: -10}},
		{"a dearer platform", "runs: 100, hours: 1.8, errors: 1, platform_cost: 60", "", track.Causes{Platform: -36}},
		// 480 more to build, and 40 % more maintenance: 6.
		{"a build that ran over", "runs: 100, hours: 1.8, errors: 1", "build_cost: 1680\n", track.Causes{Build: -486}},
		// A quarter of the runs failed: their records were carried by hand.
		{"failures", "runs: 75, failed_runs: 25", "", track.Causes{Rate: -51, Errors: -11.25}},
	} {
		f := compare(t, "flow: orders\nlive: 2027-02-01\n"+c.build+"months: [{month: 2027-03, "+c.month+"}]\n")
		for i, x := range f.Causes.Each() {
			near(t, c.what+": "+x.Key, x.Amount, c.want.Each()[i].Amount)
		}
	}
}

func TestHoursThatNobodyMeasuredAreTakenAtThePromisedRate(t *testing.T) {
	f := compare(t, "flow: orders\nlive: 2027-02-01\nmonths: [{month: 2027-03, runs: 200}]\n")
	near(t, "hours saved", f.Real.Saved, 2*12*.85)
	if !f.Months[0].Assumed {
		t.Error("the month does not say that its hours are assumed")
	}
}

func TestPaybackBeyondWhatWasMeasuredGoesOnAsTheLastThreeMonths(t *testing.T) {
	// 10 h are left: 2 h at 20 and 45 of errors less 39 are 46 a month.
	f := compare(t, "flow: orders\nlive: 2027-02-01\nmonths: [{month: 2027-03, runs: 100, hours: 10, errors: 1}]\n")
	near(t, "payback", f.Payback.Value, 1200./46)
	if !f.Projected || !f.InHorizon {
		t.Errorf("projected %v, within the horizon %v", f.Projected, f.InHorizon)
	}
	f = compare(t, "flow: orders\nlive: 2027-02-01\nmonths: [{month: 2027-03, runs: 100, hours: 11, errors: 1}]\n")
	if f.InHorizon || !f.Payback.OK { // 26 a month: 46 months
		t.Errorf("payback %v is said to be within 36 months", f.Payback)
	}
}

func TestLaterEditsNeverChangeAPromise(t *testing.T) {
	w := load(t, "")
	text, err := promise(t, w).Seal()
	if err != nil {
		t.Fatal(err)
	}
	dearer, err := w.With(audit.Setting{Key: "hourly_cost", Value: "99"})
	if err != nil {
		t.Fatal(err)
	}
	p, err := track.Open(text)
	if err != nil {
		t.Fatal(err)
	}
	f := track.Compare(p, dearer).Flows[0]
	near(t, "the promised cost of an hour", f.Promised.HourlyCost, 20)
}

func TestAPromiseThatWasEditedIsRefused(t *testing.T) {
	w := load(t, "")
	p := promise(t, w)
	p.Flows[0].Name = "Orders & <returns>\u2028"
	text, err := p.Seal()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := track.Open(bytes.ReplaceAll(text, []byte("\n  "), []byte("\r\n\t"))); err != nil {
		t.Errorf("other blanks are no edit: %v", err)
	}
	for _, c := range []struct {
		why  track.Broken
		text []byte
	}{
		{track.Edited, bytes.Replace(text, []byte(`"build_cost": 1200`), []byte(`"build_cost": 1300`), 1)},
		{track.Newer, bytes.Replace(text, []byte(`"version": 1`), []byte(`"version": 2`), 1)},
		{track.Unreadable, []byte("flow: orders")},
		{track.Unreadable, []byte("{}")},
		{track.Unreadable, nil},
	} {
		var broken *track.BrokenError
		if _, err := track.Open(c.text); !errors.As(err, &broken) || broken.Why != c.why {
			t.Errorf("the error is %v, want %s", err, c.why)
		}
	}
}

func TestPeaksArePlannedInTheirMonths(t *testing.T) {
	p := track.Promise{HorizonMonths: 36, Flows: []track.Promised{{Flow: "orders", HoursPerYear: 156, SavedHoursPerYear: 156, HourlyCost: 10, BuildCost: 1, PeakFactor: 2, PeakMonths: []int{12}}}}
	w := load(t, "flow: orders\nlive: 2027-10-01\nmonths: [{month: 2027-11, hours: 0}, {month: 2027-12, hours: 0}]\n")
	months := track.Compare(p, w).Flows[0].Months
	// Eleven months of 12 h and one of 24 h are 156 h.
	near(t, "November", months[0].Planned.Saved, 12)
	near(t, "December", months[1].Planned.Saved, 24)
}

func FuzzOpen(f *testing.F) {
	f.Add([]byte(`{"format":"flowmap-promise","version":1,"sha256":"","promise":{}}`))
	f.Add([]byte(`{"promise":`))
	f.Fuzz(func(t *testing.T, text []byte) {
		p, err := track.Open(text)
		if err != nil {
			return
		}
		again, err := p.Seal()
		if err != nil {
			t.Fatal(err)
		}
		if _, err := track.Open(again); err != nil {
			t.Errorf("a promise that was read cannot be written: %v", err)
		}
	})
}

// Whatever a file of measurements says: it is refused, or every figure is a
// number and the causes add up.
func FuzzActual(f *testing.F) {
	f.Add([]byte("flow: orders\nlive: 2027-02-01\nbuild_cost: 1200\nmonths: [{month: 2027-03, runs: 100, hours: 1.8, errors: 1, platform_cost: 24}]\n"))
	f.Add([]byte("flow: orders\nbuild_hours: 3\nmonths: [{month: 9999-12, runs: 0, failed_runs: 9}, {month: 0001-01, records: 5}]\n"))
	f.Add([]byte("flow: orders\nmonths: [{month: 2027-03, runs: " + strings.Repeat("9", 400) + "}]\n"))
	main := []audit.Source{{Name: "flowmap.yaml", Text: []byte(promised)}}
	p := track.Promise{HorizonMonths: 36, RampUpMonths: 2, Flows: []track.Promised{{Flow: "orders", HoursPerYear: 144, SavedHoursPerYear: 120, HourlyCost: 20, RecordsPerYear: 1200, RunARecord: true,
		ErrorsPerYear: 120, ErrorCostPerYear: 600, ErrorReduction: .9, BuildCost: 1200, BuildHours: 22, PlatformPerMonth: 24, MaintenancePerMonth: 15, PeakFactor: 1}}}
	f.Fuzz(func(t *testing.T, text []byte) {
		w, err := audit.New(append(main, audit.Source{Name: "actuals/orders.yaml", Text: text}))
		if err != nil {
			return
		}
		for _, x := range track.Compare(p, w).Flows {
			if _, err := json.Marshal(x); err != nil {
				t.Fatal(err)
			}
			if d := x.Real.Net - x.Planned.Net; x.Promised != nil && math.Abs(x.Causes.Sum()-d) > 1e-6*max(1, math.Abs(d)) {
				t.Fatalf("the causes are %v, the difference is %v", x.Causes, d)
			}
		}
	})
}
