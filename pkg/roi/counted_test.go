package roi_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/flowmap-dev/flowmap/pkg/audit"
	"github.com/flowmap-dev/flowmap/pkg/roi"
)

// Hours that several flows claim are counted once, and a role saves no more than
// it has: a count of quarters of an hour, one by one, comes to the same sums. It
// knows nothing of pairs in order or of shares: each flow has so many pieces of
// time, and of a pair that claims some, pieces of the second flow are struck out.
// No flow alone saves more than the role has: then its score is cut already, and
// an overlap taken off it makes the sum too careful (DECISIONS).
func TestHoursAreCountedOnceByABruteForce(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 11))
	capped, thrice := 0, 0
	for try := range 2000 {
		n := 3 + r.IntN(2)
		w := levante()
		w.Roles[0].Headcount = audit.Amount{Value: float64(1 + r.IntN(2)), Stated: true}
		w.Assumptions.HoursPerPerson.Value = float64(15 + r.IntN(10))
		pieces := make([]int, n) // of at most 16 hours a week: quarters of an hour a week
		rate := make([]float64, n)
		for i := range n {
			pieces[i] = 4 + r.IntN(61)
			rate[i] = float64(1+r.IntN(9)) / 10
			f := effort(hoursOf(float64(pieces[i]) / 4))
			f.ID, f.Role = fmt.Sprint("f", i), "admin"
			f.AutomationRate = audit.One(rate[i], audit.Share, audit.Constant)
			w.Flows = append(w.Flows, f)
		}
		type pair struct{ a, b, pieces int }
		var pairs []pair
		for a := range n {
			for b := a + 1; b < n; b++ {
				if r.IntN(2) == 0 {
					continue
				}
				claimed := 1 + r.IntN(min(pieces[a], pieces[b]))
				pairs = append(pairs, pair{a, b, claimed})
				w.Flows[a].Overlaps = append(w.Flows[a].Overlaps, audit.Overlap{Flow: fmt.Sprint("f", b), HoursPerWeek: audit.Amount{Value: float64(claimed) / 4, Stated: true}})
			}
		}
		if len(pairs) >= 3 {
			thrice++
		}

		var scores []roi.Score
		for _, f := range w.Flows {
			scores = append(scores, roi.Appraise(w, f, costing(1000, 10)))
		}
		got := roi.Total(w, scores)

		const hourly, weeks = 20.0, 46.0
		struck := make([]int, n) // pieces of each flow that another one has counted
		saved, value := 0.0, 0.0
		for i := range n {
			for range pieces[i] {
				saved += rate[i] * .25 * weeks
				value += rate[i] * .25 * weeks * hourly
			}
		}
		left := 0
		for _, p := range pieces {
			left += p
		}
		for _, p := range pairs {
			for range p.pieces {
				if struck[p.b] == pieces[p.b] {
					break
				}
				struck[p.b]++
				left--
				lower := math.Min(rate[p.a], rate[p.b])
				saved -= lower * .25 * weeks
				value -= lower * .25 * weeks * hourly
			}
		}
		if most := w.Roles[0].Headcount.Value * w.Assumptions.HoursPerPerson.Value * weeks; saved > most+1e-9 {
			capped++
			value -= (saved - most) * hourly
		}
		if math.Abs(got.HoursPerWeek-float64(left)/4) > 1e-9 || math.Abs(got.BenefitPerYear-value) > 1e-6 {
			t.Fatalf("try %d: %v h a week and %v a year, counted piece by piece %v and %v; flows %v, pairs %v", try, got.HoursPerWeek, got.BenefitPerYear, float64(left)/4, value, pieces, pairs)
		}
	}
	if capped < 100 || thrice < 100 {
		t.Errorf("only %d tries met the role's limit, and %d had three pairs", capped, thrice)
	}
}
