package roi_test

import (
	"math"
	"testing"

	"github.com/flowmap-dev/flowmap/pkg/audit"
	"github.com/flowmap-dev/flowmap/pkg/roi"
)

// 2 hours at the least and most likely, 10 at the most, are Beta(1, 5) on 2 to
// 10, whose distribution is 1 − (1−x)^5. On the mean of 3.33 the flow brings
// 3,333 for 3,000; below 3 hours, x = 1/8, it loses. Knowing the hours is worth
// 8,000 × ∫ F from 0 to 1/8 = 8,000 × (1/8 − (1 − (7/8)^6)/6) = 265.06.
func TestWhatKnowingIsWorthOnPaper(t *testing.T) {
	want := 8000 * (1./8 - (1-math.Pow(7./8, 6))/6)
	w := plain(asked("flow", audit.Three(2, 2, 10, audit.Number)))
	price := building(map[string]float64{"flow": 3000})
	q := roi.Next(w, price).Questions[0]
	if q.Field != "effort.hours_per_week" || math.Abs(q.Worth-want) > q.Error || q.Error > .1 || !sameMoney(q.Change, 1000) {
		t.Errorf("%+v, want worth %.2f", q, want)
	}
	hours := func(w audit.Workspace) float64 { return w.Flows[0].Efforts[0].HoursPerWeek.Mean() }
	d := roi.Decision{
		Best: func(w audit.Workspace) float64 { return max(0, 1000*hours(w)-3000) },
		Kept: func(w audit.Workspace) float64 { return 1000*hours(w) - 3000 },
	}
	set := func(w audit.Workspace, x float64) audit.Workspace {
		f := w.Flows[0]
		f.Efforts = hoursAWeek(audit.One(x, audit.Number, audit.Constant))
		w.Flows = []audit.Flow{f}
		return w
	}
	worth, off := roi.Knowing(w, w.Flows[0].Efforts[0].HoursPerWeek, set, d, 1000)
	if math.Abs(worth-want) > 1 || off > 2 {
		t.Errorf("by a decision: %v, off by %v, want %.2f", worth, off, want)
	}
	// At 1,500 to build even the 2 hours at the least are worth it.
	if q := roi.Next(w, building(map[string]float64{"flow": 1500})).Questions[0]; q.Worth != 0 || q.Change != 0 {
		t.Errorf("%+v, want worth nothing: nothing can change", q)
	}
}

// Nobody knows the hours: 0 to the 9 of the department, all alike. Beyond 7 they
// bring more than they cost: (9 − 7)² / 2 / 9 × 1,000 = 222.22.
func TestWhatKnowingUnstatedHoursIsWorth(t *testing.T) {
	w := plain(asked("known", estimatedHours(9)), asked("open", audit.Estimate{}))
	q := roi.Next(w, building(map[string]float64{"known": 1000, "open": 7000})).Questions[0]
	if q.Flow != "open" || math.Abs(q.Worth-2000./9) > .01 {
		t.Errorf("%+v, want the hours of open, worth 222.22", q)
	}
}

// What a tornado says of a number is what Appraise says of the flow with it.
func TestTornadoAgreesWithTheScore(t *testing.T) {
	f := webOrders()
	f.Solution = audit.Solution{Platform: "n8n-cloud", BuildCost: starter().BuildCost}
	w := levante(f)
	bars := roi.Tornado(w, roi.Appraise(w, f, starter()))
	seen := map[string]bool{}
	for i, b := range bars {
		seen[b.Field] = true
		if i > 0 && b.Swing > bars[i-1].Swing {
			t.Errorf("%s swings more than the one before it", b.Field)
		}
		if b.Field == "effort.hours_per_week" {
			f.Efforts = hoursAWeek(audit.One(b.Low, audit.Number, audit.Constant))
			if want := roi.Appraise(w, f, starter()).NPV.Value; math.Abs(b.AtLow-want) > 1e-6 || b.AtLow > b.AtHigh {
				t.Errorf("hours at P10: NPV %v, want %v", b.AtLow, want)
			}
		}
		if b.Field == "solution.build_cost" && b.AtLow < b.AtHigh {
			t.Errorf("a dearer build brings more: %+v", b)
		}
	}
	for _, field := range []string{"effort.hours_per_week", "volume.records", "errors.wrong-sku.rate", "errors.wrong-sku.cost", "solution.build_cost"} {
		if !seen[field] {
			t.Errorf("no bar for %s", field)
		}
	}
	p := roi.Programme{Picks: []roi.Pick{{Score: roi.Appraise(w, webOrders(), starter())}}}
	if together := p.Tornado(w); len(together) == 0 || math.Abs(together[0].Swing-bars[0].Swing) > 1e-6 {
		t.Errorf("as a programme: %+v", together)
	}
}

// The parts that a benefit rests on add up to it, and halving guesses halves
// what rests on them alone.
func TestWhatABenefitRestsOn(t *testing.T) {
	f := webOrders()
	f.Efforts = hoursAWeek(audit.One(8, audit.Number, audit.Guessed))
	w := levante(f)
	s := roi.Appraise(w, f, starter())
	e := s.Evidence
	if sum := e.Assumed + e.Measured + e.Counted + e.Estimated + e.Guessed; math.Abs(sum-s.BenefitPerYear) > 1e-9 {
		t.Errorf("%+v add up to %v, want %v", e, sum, s.BenefitPerYear)
	}
	// 8 × 46 × 1.25 h × 20 × 85 % are guessed; errors of an estimated volume are not.
	if math.Abs(e.Guessed-8*46*1.25*20*.85) > 1e-9 || math.Abs(e.Estimated-5200*.9) > 1e-9 {
		t.Errorf("%+v, want 7,820 guessed and 4,680 estimated", e)
	}
	half := webOrders()
	half.Efforts = hoursAWeek(audit.One(4, audit.Number, audit.Guessed))
	if got, want := s.GuessesHalved(), roi.Appraise(w, half, starter()).Payback; math.Abs(got.Value-want.Value) > 1e-9 {
		t.Errorf("guesses halved: %v, want %v", got, want)
	}
	if share := e.GuessedShare(); math.Abs(share.Value-7820./12500) > 1e-9 {
		t.Errorf("share of guesses: %v", share)
	}
}
