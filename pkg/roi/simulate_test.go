package roi_test

import (
	"context"
	"errors"
	"fmt"
	"math"
	"runtime"
	"slices"
	"testing"

	"github.com/flowmap-dev/flowmap/pkg/audit"
	"github.com/flowmap-dev/flowmap/pkg/roi"
)

func simulate(t testing.TB, w audit.Workspace, scores []roi.Score, trials int) []roi.Outlook {
	t.Helper()
	all, err := roi.Simulate(context.Background(), w, scores, roi.Trials{N: trials, Seed: 1})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// An independent program with 60,000 draws gave P10 4.75, P50 6.03, P90 7.74
// and a chance of 0.93 when single numbers were likely values; as means, which
// they are now, they lie a little lower on the whole.
func TestWorkedExampleUnderUncertainty(t *testing.T) {
	w := levante(webOrders())
	s := roi.Appraise(w, webOrders(), starter())
	o := simulate(t, w, []roi.Score{s}, 100_000)[0]
	for _, c := range []struct {
		name      string
		got, want float64
		within    float64
	}{
		{"P10", o.Payback.P10.Value, 4.75, .12},
		{"P50", o.Payback.P50.Value, 6.03, .12},
		{"P90", o.Payback.P90.Value, 7.74, .12},
		{"on target", o.OnTarget.Value, .93, .01},
		{"mean NPV", o.Mean.Value, s.NPV.Value, 4 * o.Mean.Error},
		{"loss", o.Loss.Value, 0, 0},
		{"never", o.Never.Value, 0, 0},
	} {
		if math.Abs(c.got-c.want) > c.within {
			t.Errorf("%s: got %v, want %v within %v", c.name, c.got, c.want, c.within)
		}
	}
}

// manyFlows differ in their hours, some of which nobody could recover.
func manyFlows(n int) (audit.Workspace, []roi.Score) {
	var flows []audit.Flow
	for i := range n {
		f := webOrders()
		f.ID = fmt.Sprintf("flow-%02d", i)
		f.Efforts = hoursAWeek(audit.Three(.2*float64(i), .3*float64(i), float64(i)*.7, audit.Number))
		flows = append(flows, f)
	}
	w := levante(flows...)
	w.Assumptions.AutomationRate = audit.Three(.6, .85, .95, audit.Share)
	w.Roles[0].Headcount = audit.Amount{}
	return w, roi.Rank(w, always(starter()), roi.ByPayback).Scores
}

// Neither other flows, nor their order, nor the number of processors change
// what a flow's outlook is.
func TestOutlooksStandAlone(t *testing.T) {
	w, scores := manyFlows(12)
	all := simulate(t, w, scores, 3001)
	procs := runtime.GOMAXPROCS(1)
	alone := simulate(t, w, scores[4:5], 3001)
	slices.Reverse(w.Flows)
	backwards := slices.Clone(scores)
	slices.Reverse(backwards)
	reversed := simulate(t, w, backwards, 3001)
	runtime.GOMAXPROCS(procs)
	slices.Reverse(reversed)
	if alone[0] != all[4] {
		t.Errorf("alone %+v, among others %+v", alone[0], all[4])
	}
	if !slices.Equal(reversed, all) {
		t.Error("the order of flows, or one processor, makes another outlook")
	}
	other, err := roi.Simulate(context.Background(), w, scores, roi.Trials{N: 3001, Seed: 2})
	if err != nil || other[0] == all[0] {
		t.Errorf("another seed: %v, and the same figures: %t", err, other[0] == all[0])
	}
}

// Without a range every trial is the deterministic run.
func TestTrialsWithoutARange(t *testing.T) {
	f := webOrders()
	exact := func(x float64, u audit.Unit) audit.Estimate { return audit.One(x, u, audit.Constant) }
	f.Efforts = hoursAWeek(exact(8, audit.Number))
	f.Volume.Records = exact(800, audit.PerMonth)
	f.Errors[0].Rates, f.Errors[0].Minutes, f.Errors[0].Costs = audit.Pool{exact(.02, audit.Share)}, audit.Pool{exact(20, audit.Number)}, audit.Pool{exact(15, audit.Money)}
	c := starter()
	c.BuildCost, c.Fee = exact(4500, audit.Money), exact(45, audit.Money)
	w := levante(f)
	s := roi.Appraise(w, f, c)
	o := simulate(t, w, []roi.Score{s}, 100)[0]
	for _, p := range []roi.Percentile{o.Payback.P10, o.Payback.P50, o.Payback.P90} {
		if !p.OK || math.Abs(p.Value-s.Payback.Value) > 1e-9 || p.Error != 0 {
			t.Errorf("payback %+v, want %v", p, s.Payback.Value)
		}
	}
	if math.Abs(o.NPV.P50.Value-s.NPV.Value) > 1e-6 || o.OnTarget != (roi.Chance{Value: 1}) {
		t.Errorf("%+v, want NPV %v and surely on target", o, s.NPV.Value)
	}
}

// A payback that comes in few trials has no P90, and says so.
func TestOutlookThatNeverPaysBack(t *testing.T) {
	f := webOrders()
	f.Errors = nil
	f.Efforts = hoursAWeek(audit.Three(.05, .1, .4, audit.Number))
	c := starter()
	c.Fee = audit.One(10, audit.Money, audit.Constant)
	c.BuildCost, c.Maintenance = audit.Three(300, 400, 900, audit.Money), 0
	w := levante(f)
	o := simulate(t, w, []roi.Score{roi.Appraise(w, f, c)}, 5000)[0]
	if o.Payback.P90.OK || o.Never.Value < .1 || o.Never.Value > .99 || o.OnTarget.Value > o.Never.Value {
		t.Errorf("%+v, want some trials that never pay back", o)
	}
	unstated := f
	unstated.Efforts = nil
	if o := simulate(t, levante(unstated), []roi.Score{roi.Appraise(levante(unstated), unstated, c)}, 10)[0]; o != (roi.Outlook{}) {
		t.Errorf("without hours: %+v, want none", o)
	}
}

func TestTrialsThatCannotBe(t *testing.T) {
	w, scores := manyFlows(3)
	for _, n := range []int{0, -1, roi.MostTrials + 1} {
		if _, err := roi.Simulate(context.Background(), w, scores, roi.Trials{N: n}); !errors.Is(err, roi.ErrTrials) {
			t.Errorf("%d trials: %v", n, err)
		}
	}
	gone, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := roi.Simulate(gone, w, scores, roi.Trials{N: 10}); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
}

// The best k places are all taken in every trial, and the surest flow has one.
func TestStabilityFillsThePlaces(t *testing.T) {
	w, scores := manyFlows(12)
	for _, k := range []int{1, 3, 12, 40} {
		chances, err := roi.Stability(context.Background(), w, scores, k, roi.Trials{N: 1000, Seed: 1})
		if err != nil {
			t.Fatal(err)
		}
		sum, most := 0.0, 0
		for i, c := range chances {
			sum += c.Value
			if c.Value > chances[most].Value {
				most = i
			}
		}
		if math.Abs(sum-float64(min(k, 12))) > 1e-9 || k == 1 && scores[most].Rank > 3 {
			t.Errorf("%d places: %v are taken, most often by rank %d", k, sum, scores[most].Rank)
		}
	}
}

// 30 flows, each with eight numbers that spread and one that all share.
func BenchmarkSimulateThirtyFlows(b *testing.B) {
	w, scores := manyFlows(31)
	for _, n := range []int{10_000, 1_000_000} {
		b.Run(fmt.Sprint(n, "-trials"), func(b *testing.B) {
			for b.Loop() {
				simulate(b, w, scores[:30], n)
			}
		})
	}
}
