package advise

import (
	"math"

	"github.com/flowmap-dev/flowmap/pkg/audit"
	"github.com/flowmap-dev/flowmap/pkg/catalogue"
)

// Watch is how a fall in the number of a flow's records is noticed: by a count
// that is too low, and by none at all. Both are set so that chance alone raises
// the alarm once a year at most where the volume is the least that was stated,
// in a month without a peak.
type Watch struct {
	Known   bool // how many records the flow moves
	Assumed bool // from its runs, one record each

	Every       catalogue.Every // the time over which records are counted; empty: there are too few for any threshold
	Usual       float64         // records expected in it, at the least
	Below       int             // somebody is told when fewer came
	FalseAlarms float64         // expected in a year

	// SilentDays is after how many working days without a record somebody is
	// told; 0 where records are so rare that no number of days within a quarter
	// will do.
	SilentDays int
}

// watchOf works out what to look for in the counts of a flow.
func watchOf(w audit.Workspace, r catalogue.Recovery, f audit.Flow) Watch {
	records, assumed, known := leastRecords(w, f)
	watch := Watch{Known: known && records > 0, Assumed: assumed}
	if !watch.Known {
		return watch
	}
	for _, window := range r.Watch.Windows {
		checks := checksAYear(w, r, window.Every)
		usual := records / checks
		below, expected := tooLow(usual, window.Variation.Value, checks, r.Watch.FalseAlarms)
		if window.Every == catalogue.Day {
			watch.SilentDays = silentDays(usual, window.Variation.Value, checks, r.Watch.FalseAlarms)
		}
		if below > 1 { // fewer than one is silence
			watch.Every, watch.Usual, watch.Below, watch.FalseAlarms = window.Every, usual, below, expected
			return watch
		}
	}
	return watch
}

// leastRecords returns the records of a year as if each month were the calmest,
// at the least that was stated.
func leastRecords(w audit.Workspace, f audit.Flow) (records float64, assumed, known bool) {
	calmest := 1.0
	if len(f.Peak.Months) > 0 && f.Peak.Factor.Stated() {
		calmest = min(1, f.Peak.Factor.Mean())
	}
	if v := f.Volume.Records; v.Stated() {
		low, _, _ := v.Range()
		return low * w.Assumptions.PerYear(v.Unit) * calmest, false, true
	}
	cost := w.Cost(f)
	if !cost.RecordsStated || cost.Peak <= 0 {
		return 0, false, false
	}
	return cost.RecordsPerYear / cost.Peak * calmest, true, true
}

// checksAYear is how often a count is looked at.
func checksAYear(w audit.Workspace, r catalogue.Recovery, e catalogue.Every) float64 {
	switch e {
	case catalogue.Day:
		return r.Watch.Weeks * w.Assumptions.DaysPerWeek.Value
	case catalogue.Week:
		return r.Watch.Weeks
	case catalogue.Month:
		return 12
	}
	return 12
}

// wide is a mean from which on a count of records is as good as continuous:
// what is too low is then a fixed share of it.
const wide = 1e5

// tooLow returns the greatest number below which a count falls by chance at
// most alarms times in so many checks, and how often it does. Counts are
// negative binomial: Poisson around a pace that is gamma distributed with the
// standard deviation variation × mean.
func tooLow(mean, variation, checks, alarms float64) (below int, expected float64) {
	if mean > wide {
		below, expected = tooLow(wide, variation, checks, alarms)
		return int(min(float64(below)*mean/wide, math.MaxInt32)), expected
	}
	p := none(mean, variation)
	sum := 0.0
	for i := 0; float64(i) < mean; i++ {
		if checks*(sum+p) > alarms {
			break
		}
		sum += p
		below, expected = i+1, checks*sum
		p *= next(i, mean, variation)
	}
	return below, expected
}

// none is the chance that a count is 0.
func none(mean, variation float64) float64 {
	if variation == 0 {
		return math.Exp(-mean)
	}
	shape := 1 / (variation * variation)
	return math.Exp(-shape * math.Log1p(mean/shape))
}

// next is the chance of a count of i + 1 over that of i.
func next(i int, mean, variation float64) float64 {
	if variation == 0 {
		return mean / float64(i+1)
	}
	shape := 1 / (variation * variation)
	return (float64(i) + shape) / float64(i+1) * mean / (mean + shape)
}

// silentDays returns the least number of days in a row without a record that
// comes by chance at most alarms times in so many days: a row begins after a
// day with a record, and goes on each day with the chance of none.
func silentDays(mean, variation, days, alarms float64) int {
	quiet := none(mean, variation)
	begun := days * (1 - quiet)
	for d := 1; float64(d) <= days/4; d++ {
		begun *= quiet
		if begun <= alarms {
			return d
		}
	}
	return 0
}
