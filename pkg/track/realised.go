package track

import (
	"cmp"
	"math"
	"slices"
	"strconv"
	"time"

	"github.com/flowmap-dev/flowmap/pkg/audit"
	"github.com/flowmap-dev/flowmap/pkg/roi"
)

// Result is the promise beside what came true.
type Result struct {
	Flows []Flow // those that were promised or measured, by id
	// Planned, Real and Causes are sums over the measured months of the flows
	// that were promised.
	Planned, Real Sums
	Causes        Causes
}

// Flow is one flow's promise beside what came true.
type Flow struct {
	ID       string
	Name     string
	Promised *Promised // nil: nothing was promised of it
	Live     audit.Date
	Gone     bool // it was promised, and the workspace no longer has it
	Months   []Month
	Planned  Sums // over the months measured
	Real     Sums
	Causes   Causes
	// Payback is after how many months from go-live what was spent is back, by
	// the months measured and, after those, the mean of the last three of them.
	Payback   roi.Figure
	Projected bool // the payback lies beyond what was measured
	InHorizon bool // it comes within the months that the promise looked at
}

// Sums are what months come to. Build is in them once a flow is live.
type Sums struct {
	Runs       float64 // that succeeded
	FailedRuns float64
	TestRuns   float64
	Hours      float64 // still done by hand
	Saved      float64 // hours
	Errors     float64
	ErrorCost  float64 // money
	Benefit    float64 // money: hours saved and errors prevented
	Platform   float64 // money
	Upkeep     float64 // money: maintenance
	Build      float64 // money
	Net        float64 // money: benefit less platform, upkeep and build
}

// Month is one month of a flow, measured and as it was planned.
type Month struct {
	Month         audit.YearMonth
	Nth           int // months after go-live, from 1; the month of go-live, where it is measured, is 1 too
	Planned, Real Sums
	Assumed       bool    // hours were not measured: the promised rate is taken
	Volume        float64 // what came against what was planned; 1 where it was not counted
	Counted       bool    // Volume was counted
	Logged        bool    // runs were counted; else those of Real are 0 for want of a log
	Before        float64 // hours that the month would have taken by hand, with that volume
	Ramp          float64 // the share of the full benefit that was planned
	Source        string
}

// Causes are why what came true is not what was planned, in money. They add up
// to the difference of the nets. Each is looked at with those before it as they
// came true, and those after it as they were planned.
type Causes struct {
	Volume   float64 // more or fewer records came
	Rate     float64 // more or less of the work by hand is left, by runs that failed too
	Errors   float64 // more or fewer errors are left, or dearer ones
	Platform float64 // the platform's fee
	Build    float64 // building, and the maintenance that follows it
}

// Sum is what the causes add up to.
func (c Causes) Sum() float64 { return c.Volume + c.Rate + c.Errors + c.Platform + c.Build }

// Biggest is the cause that weighs most, by its key; empty where none does.
func (c Causes) Biggest() string {
	key, most := "", .005
	for _, x := range c.Each() {
		if math.Abs(x.Amount) > most {
			key, most = x.Key, math.Abs(x.Amount)
		}
	}
	return key
}

// Cause is one of the causes.
type Cause struct {
	Key    string // volume, rate, errors, platform, build
	Amount float64
}

// Each lists the causes in the order in which they are looked at.
func (c Causes) Each() []Cause {
	return []Cause{{"volume", c.Volume}, {"rate", c.Rate}, {"errors", c.Errors}, {"platform", c.Platform}, {"build", c.Build}}
}

func (c Causes) plus(d Causes) Causes {
	return Causes{c.Volume + d.Volume, c.Rate + d.Rate, c.Errors + d.Errors, c.Platform + d.Platform, c.Build + d.Build}
}

// Plus is both together.
func (s Sums) Plus(t Sums) Sums {
	return Sums{s.Runs + t.Runs, s.FailedRuns + t.FailedRuns, s.TestRuns + t.TestRuns, s.Hours + t.Hours, s.Saved + t.Saved, s.Errors + t.Errors,
		s.ErrorCost + t.ErrorCost, s.Benefit + t.Benefit, s.Platform + t.Platform, s.Upkeep + t.Upkeep, s.Build + t.Build, s.Net + t.Net}
}

// netted is the sums with their net.
func (s Sums) netted() Sums {
	s.Net = s.Benefit - s.Platform - s.Upkeep - s.Build
	return s
}

// Compare sets a promise beside what was measured.
func Compare(p Promise, w audit.Workspace) Result {
	var r Result
	for _, x := range p.Flows {
		f := Flow{ID: x.Flow, Name: x.Name, Promised: &x}
		now, ok := w.Flow(x.Flow)
		if f.Gone = !ok; ok {
			f.Name = now.Label()
		}
		if i := slices.IndexFunc(w.Actuals, func(a audit.Actual) bool { return a.Flow == x.Flow }); i >= 0 {
			f.measure(p, w.Actuals[i])
		}
		r.Planned, r.Real, r.Causes = r.Planned.Plus(f.Planned), r.Real.Plus(f.Real), r.Causes.plus(f.Causes)
		r.Flows = append(r.Flows, f)
	}
	for _, a := range w.Actuals {
		if _, ok := p.Flow(a.Flow); !ok {
			r.Flows = append(r.Flows, unplanned(w, a))
		}
	}
	slices.SortStableFunc(r.Flows, func(a, b Flow) int { return cmp.Compare(a.ID, b.ID) })
	return r
}

// unplanned is a flow of which nothing was promised: what was measured is shown
// and not judged.
func unplanned(w audit.Workspace, a audit.Actual) Flow {
	x, _ := w.Flow(a.Flow)
	f := Flow{ID: a.Flow, Name: x.Label(), Live: a.Live}
	for _, m := range a.Months {
		real := Sums{Runs: m.Runs.Value, FailedRuns: m.FailedRuns.Value, TestRuns: m.TestRuns.Value, Hours: m.Hours.Value, Errors: m.Errors.Value,
			ErrorCost: m.ErrorCost.Value, Platform: m.PlatformCost.Value}
		f.Months = append(f.Months, Month{Month: m.Month, Real: real, Source: m.Source, Logged: m.Runs.Stated})
		f.Real = f.Real.Plus(real)
	}
	return f
}

// measure sets the months of a flow beside what was planned for them.
func (f *Flow) measure(p Promise, a audit.Actual) {
	f.Live = a.Live
	months := slices.Clone(a.Months)
	slices.SortFunc(months, func(x, y audit.Month) int { return cmp.Compare(x.Month, y.Month) })
	build := f.Promised.BuildCost
	switch {
	case a.BuildCost.Stated():
		build = a.BuildCost.Mean()
	case a.BuildHours.Stated && f.Promised.BuildHours > 0:
		build = f.Promised.BuildCost * a.BuildHours.Value / f.Promised.BuildHours
	}
	live := audit.YearMonth("")
	if len(a.Live) >= 7 {
		live = audit.YearMonth(a.Live[:7])
	} else if len(months) > 0 {
		live = months[0].Month
	}
	for _, m := range months {
		x := month(p, *f.Promised, m, nth(live, m.Month), build)
		f.Months = append(f.Months, x.Month)
		f.Planned, f.Real, f.Causes = f.Planned.Plus(x.Planned), f.Real.Plus(x.Real), f.Causes.plus(x.causes)
	}
	if len(months) == 0 && !a.BuildCost.Stated() && !a.BuildHours.Stated {
		return
	}
	f.Planned.Build, f.Real.Build = f.Promised.BuildCost, build
	f.Planned, f.Real = f.Planned.netted(), f.Real.netted()
	f.Causes.Build += f.Promised.BuildCost - build
	f.Planned.Net, f.Real.Net = cents(f.Planned.Net), cents(f.Real.Net)
	f.Causes = f.Causes.settled(f.Real.Net - f.Planned.Net)
	f.payback(p, build)
}

// cents rounds money.
func cents(x float64) float64 { return math.Round(x*100) / 100 }

// settled are the causes rounded to cents so that they add up to the difference:
// each is the step between two rounded running totals.
func (c Causes) settled(difference float64) Causes {
	running, told := 0., 0.
	step := func(x float64) float64 {
		running += x
		before := told
		told = cents(running)
		return cents(told - before)
	}
	return Causes{Volume: step(c.Volume), Rate: step(c.Rate), Errors: step(c.Errors), Platform: step(c.Platform), Build: cents(difference - told)}
}

// nth counts months from the month of go-live: the month after it is the first
// whole one. What is measured in the month of go-live counts as the first.
func nth(live, month audit.YearMonth) int {
	return max(1, number(month)-number(live))
}

// number is a month as months since year 0.
func number(m audit.YearMonth) int {
	t, err := time.Parse("2006-01", string(m))
	if err != nil {
		return 0
	}
	return 12*t.Year() + int(t.Month()) - 1
}

// caused is a month with what it adds to the causes.
type caused struct {
	Month
	causes Causes
}

// month sets one month beside its plan.
func month(p Promise, x Promised, m audit.Month, n int, build float64) caused {
	share := x.share(m.Month)
	ramp := 1.
	if p.RampUpMonths > 0 {
		ramp = min(1, (float64(n)-.5)/p.RampUpMonths)
	}
	before, errors, cost := x.HoursPerYear*share, x.ErrorsPerYear*share, x.ErrorCostPerYear*share
	planned := Sums{Platform: x.PlatformPerMonth, Upkeep: x.MaintenancePerMonth,
		Saved: x.SavedHoursPerYear * share * ramp, Errors: errors - errors*x.ErrorReduction*ramp, ErrorCost: cost - cost*x.ErrorReduction*ramp}
	planned.Hours = before - planned.Saved
	planned.Benefit = planned.Saved*x.HourlyCost + cost - planned.ErrorCost
	if x.RunARecord {
		planned.Runs = x.RecordsPerYear * share
	}
	out := caused{Month: Month{Month: m.Month, Nth: n, Planned: planned.netted(), Source: m.Source}}

	volume, done := moved(x, m, x.RecordsPerYear*share)
	real := Sums{Runs: m.Runs.Value, FailedRuns: m.FailedRuns.Value, TestRuns: m.TestRuns.Value, Platform: m.PlatformCost.Or(x.PlatformPerMonth), Upkeep: x.MaintenancePerMonth}
	if x.BuildCost > 0 {
		real.Upkeep = x.MaintenancePerMonth * build / x.BuildCost
	}
	// With more records there would have been more work by hand. What no run did
	// is done by hand still.
	real.Saved = planned.Saved * done
	real.Hours = before*volume - real.Saved
	if m.Hours.Stated {
		real.Saved, real.Hours = before*volume-m.Hours.Value, m.Hours.Value
	}
	out.Assumed, out.Logged = !m.Hours.Stated, m.Runs.Stated
	out.Volume, out.Before, out.Ramp = volume, before*volume, ramp
	out.Counted = x.RecordsPerYear > 0 && (m.Records.Stated || m.Runs.Stated && x.RunARecord)
	left := cost*volume - (cost-planned.ErrorCost)*done
	real.Errors = errors*volume - (errors-planned.Errors)*done
	if m.Errors.Stated {
		real.Errors = m.Errors.Value
		if planned.Errors > 0 {
			left = planned.ErrorCost / planned.Errors * m.Errors.Value
		} else if errors > 0 {
			left = cost / errors * m.Errors.Value
		}
	}
	real.ErrorCost = m.ErrorCost.Or(left)
	real.Benefit = real.Saved*x.HourlyCost + cost*volume - real.ErrorCost
	out.Real = real.netted()
	out.causes = Causes{
		Volume:   planned.Benefit * (volume - 1),
		Rate:     (real.Saved - planned.Saved*volume) * x.HourlyCost,
		Errors:   planned.ErrorCost*volume - real.ErrorCost,
		Platform: planned.Platform - real.Platform,
		Build:    planned.Upkeep - real.Upkeep,
	}
	return out
}

// moved tells what came in a month against what was planned, and how much of
// that plan the runs that succeeded have done. A run that failed moved nothing:
// its record came all the same, and was carried by hand. Without any count the
// plan is taken.
func moved(x Promised, m audit.Month, planned float64) (volume, done float64) {
	all := m.Runs.Value + m.FailedRuns.Value
	succeeded := 1.
	if m.Runs.Stated {
		succeeded = 0
		if all > 0 {
			succeeded = m.Runs.Value / all
		}
	}
	switch {
	case m.Records.Stated && planned > 0:
		volume = m.Records.Value / planned
	case m.Runs.Stated && x.RunARecord && planned > 0:
		volume = all / planned
	default:
		volume = 1
	}
	return volume, volume * succeeded
}

// share is what part of a year's work falls into a month, by the peak.
func (x Promised) share(m audit.YearMonth) float64 {
	weight := func(month int) float64 {
		if slices.Contains(x.PeakMonths, month) {
			return x.PeakFactor
		}
		return 1
	}
	sum := 0.
	for i := 1; i <= 12; i++ {
		sum += weight(i)
	}
	month := 0
	if len(m) == 7 {
		month, _ = strconv.Atoi(string(m[5:]))
	}
	if !(sum > 0) {
		return 0
	}
	return weight(month) / sum
}

// lastMonths is how many of the months measured say how it goes on.
const lastMonths = 3

// payback finds when what was spent is back: by the months measured, a month
// between them that was not taken as the mean of all, then by the mean of the
// last three.
func (f *Flow) payback(p Promise, build float64) {
	cash := make([]float64, max(roi.Ahead, p.HorizonMonths)+1)
	cash[0] = -build
	if len(f.Months) == 0 {
		return
	}
	mean := func(months []Month) float64 {
		sum := 0.
		for _, m := range months {
			sum += m.Real.Net
		}
		return sum / float64(len(months))
	}
	all, last := mean(f.Months), mean(f.Months[max(0, len(f.Months)-lastMonths):])
	measured := f.Months[len(f.Months)-1].Nth
	for k := 1; k < len(cash); k++ {
		if cash[k] = last; k <= measured {
			cash[k] = all
		}
	}
	seen := map[int]bool{}
	for _, m := range f.Months {
		if m.Nth >= len(cash) {
			continue
		}
		if !seen[m.Nth] {
			cash[m.Nth] = 0
		}
		seen[m.Nth] = true
		cash[m.Nth] += m.Real.Net
	}
	months, ok := roi.Payback(cash)
	f.Payback = roi.Figure{Value: months, OK: ok}
	f.Projected = ok && months > float64(measured)
	f.InHorizon = ok && months <= float64(p.HorizonMonths)
}
