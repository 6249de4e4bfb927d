package advise

import (
	"math"
	"math/rand/v2"
	"testing"

	"gonum.org/v1/gonum/stat/distuv"
)

// counts draws how many records come in each window.
func counts(mean, variation float64, n int, src rand.Source) []int {
	all := make([]int, n)
	for i := range all {
		pace := mean
		if variation > 0 {
			shape := 1 / (variation * variation)
			pace = distuv.Gamma{Alpha: shape, Beta: shape / mean, Src: src}.Rand()
		}
		all[i] = int(distuv.Poisson{Lambda: pace, Src: src}.Rand())
	}
	return all
}

// A threshold is as high as it may be: at it chance raises the alarm once a
// year or less, one record higher it does so more often.
func TestALowCountIsAFalseAlarmAtMostOnceAYear(t *testing.T) {
	const years = 1500
	for _, c := range []struct {
		name                    string
		mean, variation, checks float64
	}{
		{"800 a month, each working day", 36.9, .3, 260},
		{"40,000 a month, each working day", 1846, .3, 260},
		{"100 a month, each week", 23.1, .2, 52},
		{"25 a month, each month", 25, .15, 12},
		{"arrivals that are merely random", 36.9, 0, 260},
	} {
		below, expected := tooLow(c.mean, c.variation, c.checks, 1)
		if below < 2 {
			t.Errorf("%s: no threshold", c.name)
			continue
		}
		at, above := 0.0, 0.0
		for _, n := range counts(c.mean, c.variation, int(c.checks)*years, rand.NewPCG(1, 7)) {
			if n < below {
				at++
			}
			if n < below+1 {
				above++
			}
		}
		at, above = at/years, above/years
		off := 4 * math.Sqrt(expected/years)
		if math.Abs(at-expected) > off || at > 1+off {
			t.Errorf("%s: fewer than %d came %.3f times a year, worked out %.3f", c.name, below, at, expected)
		}
		if above < 1-off {
			t.Errorf("%s: fewer than %d came only %.3f times a year: the threshold could be higher", c.name, below+1, above)
		}
	}
}

func TestSilenceIsAFalseAlarmAtMostOnceAYear(t *testing.T) {
	const years = 1500
	for _, c := range []struct {
		name  string
		mean  float64
		least int
	}{
		{"many a day", 36.9, 1},
		{"two a day", 2, 3},
		{"nine a month", .415, 9},
	} {
		d := silentDays(c.mean, .3, 260, 1)
		alarms, row := 0.0, 0
		for _, n := range counts(c.mean, .3, 260*years, rand.NewPCG(2, 7)) {
			if n > 0 {
				row = 0
				continue
			}
			if row++; row == d {
				alarms++
			}
		}
		if a := alarms / years; d < c.least || a > 1+4/math.Sqrt(years) {
			t.Errorf("%s: %d days without a record came %.3f times a year", c.name, d, a)
		}
	}
}

// One record a quarter: no number of silent days within a quarter will do.
func TestWhatComesOnceAQuarterIsNotWatchedBySilence(t *testing.T) {
	if d := silentDays(4.0/260, .3, 260, 1); d != 0 {
		t.Errorf("%d days, want none", d)
	}
	if below, _ := tooLow(4.0/12, .15, 12, 1); below > 1 {
		t.Errorf("fewer than %d a month is an alarm, want none", below)
	}
}

// A count of any size takes no time, and what is too low is then a share.
func TestThresholdsOfVeryManyRecords(t *testing.T) {
	a, _ := tooLow(1e5, .3, 260, 1)
	b, _ := tooLow(1e8, .3, 260, 1)
	if got := float64(b) / 1000; math.Abs(got-float64(a)) > 1 {
		t.Errorf("of 100,000 fewer than %d, of 100 million fewer than %d: not the same share", a, b)
	}
	if below, _ := tooLow(1e15, .3, 260, 1); below <= 0 {
		t.Error("no threshold for 10^15")
	}
}
