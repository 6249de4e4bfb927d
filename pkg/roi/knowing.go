package roi

import (
	"math"

	"github.com/flowmap-dev/flowmap/pkg/advise"
	"github.com/flowmap-dev/flowmap/pkg/audit"
)

// answer is what a flow is worth at one value of a number.
type answer struct {
	known float64 // NPV with what would then be chosen
	kept  float64 // NPV with the platform that is chosen today
	same  bool    // both are the same platform and tier
}

// gain is what knowing the value adds to what is decided today: to integrate
// the flow where planned, else to leave it.
func (a answer) gain(planned bool) float64 {
	best := max(a.known, a.kept, 0)
	if planned {
		return max(best-a.kept, 0)
	}
	return best
}

// tried is what a flow is worth in a trial.
func (b bench) tried(t trial, i int, f audit.Flow) answer {
	if !t.rechoose {
		worth := netValue(t.workspace, f, b.choice[i])
		return answer{worth, worth, true}
	}
	all := b.candidates(t.workspace, f)
	choice, _ := Choose(all)
	a := answer{known: netValue(t.workspace, f, choice)}
	a.kept = a.known
	today := b.choice[i]
	a.same = choice.Platform == today.Platform && choice.Tier == today.Tier
	if choice.Platform != today.Platform {
		if kept, ok := ofPlatform(all, today.Platform); ok && kept.Priced {
			a.kept = netValue(t.workspace, f, kept)
		}
	}
	return a
}

func ofPlatform(all []advise.Candidate, platform string) (advise.Candidate, bool) {
	for _, c := range all {
		if c.Platform == platform {
			return c, true
		}
	}
	return advise.Candidate{}, false
}

// points is at how many values a number is tried whose effect is no straight
// line.
const points = 16

// possible is how likely the values of a number are: its beta-PERT distribution
// or, where nobody has stated it, all alike.
type possible struct{ spread }

// quantile returns the value at probability p.
func (s possible) quantile(p float64) float64 {
	if s.table == nil {
		return s.low + float64(s.width*p)
	}
	return s.spread.quantile(p)
}

// middle is the mean of the possible values.
func (s possible) middle() float64 {
	if s.table == nil {
		return s.low + s.width/2
	}
	mean := 0.0
	s.table.each(func(p, from, to float64) { mean += float64(p * (from + to) / 2) })
	return s.low + float64(s.width*mean)
}

// learn is what knowing a number is expected to add to what is decided about a
// flow today, and how far that may be off: the expected value of partial perfect
// information. All other numbers stay at their means. NPV is a sum of products
// of independent numbers, so that its mean, given one of them, is NPV with the
// others at theirs: a straight line in that number, but for steps of a
// platform's price and the limit of a role's hours. Along a line the expectation
// is worked out piece by piece; else at values of equal probability.
func learn(planned bool, s possible, low, middle, high answer, at func(float64) answer) (worth, off float64) {
	share := (s.middle() - s.low) / s.width
	straight := low.known + float64((high.known-low.known)*share)
	scale := max(math.Abs(low.known), math.Abs(high.known))
	if low.same && middle.same && high.same && math.Abs(straight-middle.known) <= 1e-9*scale {
		return along(planned, s, low.known, high.known), 1e-5 * math.Abs(bounded(high.known-low.known))
	}
	if low.gain(planned) == 0 && middle.gain(planned) == 0 && high.gain(planned) == 0 {
		return 0, 0
	}
	var halves [2]float64
	for i := range points {
		halves[i%2] += at(s.quantile((float64(i)+.5)/points)).gain(planned) / points
	}
	return bounded(halves[0] + halves[1]), bounded(math.Abs(halves[0] - halves[1]))
}

// along is the expected gain where NPV goes from low to high in a straight
// line.
func along(planned bool, s possible, low, high float64) float64 {
	if planned {
		low, high = -low, -high
	}
	if low <= 0 && high <= 0 {
		return 0
	}
	sum := 0.0
	piece := func(p, from, to float64) {
		a, b := low+float64((high-low)*from), low+float64((high-low)*to)
		switch {
		case a >= 0 && b >= 0:
			sum += float64(p * (a + b) / 2)
		case a > 0 || b > 0:
			above := max(a, b)
			sum += float64(p * above / 2 * (above / math.Abs(b-a)))
		}
	}
	if s.table == nil {
		piece(1, 0, 1)
	} else {
		s.table.each(piece)
	}
	return amount(sum)
}

// Decision is a decision that information could change, for numbers that move
// more than one flow at a time: a plan within a budget.
type Decision struct {
	// Best is what the best decision is worth in a workspace, every number at
	// its mean.
	Best func(audit.Workspace) float64
	// Kept is what today's decision is worth in a workspace.
	Kept func(audit.Workspace) float64
}

// Knowing returns what it is expected to add to a decision to know an estimate
// before deciding, and how far that may be off. set gives a workspace the
// estimate's value; n is at how many values of equal probability it is tried, an
// even number. Best answers at least what Kept does; where it is a bound, as of
// a search that was stopped, the result is one too. An estimate without a range
// is worth nothing.
func Knowing(w audit.Workspace, e audit.Estimate, set func(audit.Workspace, float64) audit.Workspace, d Decision, n int) (worth, off float64) {
	s := new(tables).spreadOf(e)
	if s.table == nil || n < 2 {
		return 0, 0
	}
	var halves [2]float64
	for i := range n {
		changed := set(w, s.quantile((float64(i)+.5)/float64(n)))
		halves[i%2] += max(amount(d.Best(changed))-amount(d.Kept(changed)), 0) / float64(n)
	}
	return bounded(halves[0] + halves[1]), bounded(math.Abs(halves[0] - halves[1]))
}
