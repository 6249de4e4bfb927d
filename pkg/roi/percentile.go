package roi

import (
	"math"
	"slices"
)

// Percentiles are the values that one in ten, one in two and nine in ten
// trials do not exceed (Hyndman and Fan's type 7, as in Excel's PERCENTILE.INC).
type Percentiles struct {
	P10, P50, P90 Percentile
}

// Percentile is a figure that trials give, and how far chance may have moved
// it.
type Percentile struct {
	Figure // not OK where so many trials have no such figure: a payback that never comes
	// Error is the standard error, from the values of neighbouring rank; 0
	// where it is not known.
	Error float64
}

// Chance is a probability that trials give.
type Chance struct {
	Value float64 // share
	Error float64 // standard error
}

// chance is how often something was so.
func chance(times, trials int) Chance {
	if trials == 0 {
		return Chance{}
	}
	p := float64(times) / float64(trials)
	return Chance{p, math.Sqrt(float64(p*(1-p)) / float64(trials))}
}

// Settled returns a figure with no more digits than its standard error leaves:
// 4.7531 with an error of 0.02 is 4.75. An error of 0 leaves all.
func Settled(value, standardError float64) float64 {
	if !(standardError > 0) || math.IsInf(standardError, 0) {
		return value
	}
	step := 1.0
	for step > standardError {
		step /= 10
	}
	for float64(step*10) <= standardError {
		step *= 10
	}
	if step < 1 { // 1/step is exact where step is not
		whole := math.Round(1 / step)
		return bounded(math.Round(value*whole) / whole)
	}
	return bounded(math.Round(value/step) * step)
}

// Quantile returns the quantile of values at p, from 0 to 1, of Hyndman and
// Fan's type 7: linear between the values of rank (n−1)·p. It sorts nothing and
// leaves values as they are. It is not ok without values, with a NaN among them
// or as p, and for a p outside 0 to 1.
func Quantile(values []float64, p float64) (quantile float64, ok bool) {
	if len(values) == 0 || !(p >= 0 && p <= 1) || slices.ContainsFunc(values, math.IsNaN) {
		return 0, false
	}
	lo, hi, part := rankOf(len(values), p)
	found := ranked(values, []int{lo, hi})
	return between(amount(found[0]), amount(found[1]), part), true
}

// rankOf is where a quantile lies: between two ranks, from 0, and which part of
// the way.
func rankOf(n int, p float64) (lo, hi int, part float64) {
	at := float64(n-1) * p
	lo = int(at)
	return lo, min(lo+1, n-1), at - float64(lo)
}

// between is a part of the way from a to b.
func between(a, b, part float64) float64 {
	if a == b || part == 0 {
		return a
	}
	return bounded(float64(a*(1-part)) + float64(b*part))
}

// percentiles are those of values without NaN; one of limit and more is none.
func percentiles(values []float64, limit float64) Percentiles {
	n := len(values)
	if n == 0 {
		return Percentiles{}
	}
	var ranks []int
	for _, p := range [...]float64{.1, .5, .9} {
		lo, hi, _ := rankOf(n, p)
		wide := math.Sqrt(float64(n) * p * (1 - p))
		at := float64(n-1) * p
		ranks = append(ranks, lo, hi, max(int(at-wide), 0), min(int(math.Ceil(at+wide)), n-1))
	}
	found := ranked(values, ranks)
	var all [3]Percentile
	for i, p := range [...]float64{.1, .5, .9} {
		lo, hi, low, high := found[4*i], found[4*i+1], found[4*i+2], found[4*i+3]
		_, _, part := rankOf(n, p)
		if part == 0 {
			hi = lo
		}
		if hi >= limit {
			continue
		}
		all[i].Figure = Figure{between(lo, hi, part), true}
		if high < limit {
			all[i].Error = bounded(high/2 - low/2)
		}
	}
	return Percentiles{all[0], all[1], all[2]}
}

// mostBins is into how many parts of equal width values are counted at most.
const mostBins = 4096

// ranked returns the values of some ranks, from 0, among values without NaN. It
// counts values into bins and sorts only the bins that hold a rank.
func ranked(values []float64, ranks []int) []float64 {
	least, greatest := extremes(values)
	found := make([]float64, len(ranks))
	bins := min(max(len(values)/2, 1), mostBins)
	scale := float64(bins) / (greatest - least)
	if !(scale > 0 && scale <= math.MaxFloat64) || len(values) < 64 { // all alike, or further apart or closer than numbers can tell
		sorted := slices.Sorted(slices.Values(values))
		for i, r := range ranks {
			found[i] = sorted[r]
		}
		return found
	}
	bin := func(x float64) int { return min(int((x-least)*scale), bins-1) }
	var counts, ends [mostBins]int32
	for _, x := range values {
		counts[bin(x)]++
	}
	end := int32(0)
	for b, n := range counts[:bins] {
		end += n
		ends[b] = end
	}
	of := make([]int, len(ranks))
	var wanted [mostBins]bool
	for i, r := range ranks {
		of[i], _ = slices.BinarySearch(ends[:bins], int32(r)+1)
		wanted[of[i]] = true
	}
	var left [mostBins]int32 // how many values before a bin are in none that is wanted
	held, out := int32(0), int32(0)
	for b, n := range counts[:bins] {
		left[b] = out
		if wanted[b] {
			held += n
		} else {
			out += n
		}
	}
	kept := make([]float64, 0, held)
	for _, x := range values {
		if wanted[bin(x)] {
			kept = append(kept, x)
		}
	}
	slices.Sort(kept)
	for i, r := range ranks {
		found[i] = kept[r-int(left[of[i]])]
	}
	return found
}

// extremes returns the least and the greatest of values without NaN.
func extremes(values []float64) (least, greatest float64) {
	least, greatest = values[0], values[0]
	for _, x := range values {
		if x < least {
			least = x
		}
		if x > greatest {
			greatest = x
		}
	}
	return least, greatest
}
