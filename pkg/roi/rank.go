package roi

import (
	"cmp"
	"context"
	"slices"

	"github.com/flowmap-dev/flowmap/pkg/advise"
	"github.com/flowmap-dev/flowmap/pkg/audit"
)

// Order is what a ranking sorts by.
type Order string

// The orders. ByPayback is the one where none is given.
const (
	ByPayback Order = "payback" // the soonest first
	ByValue   Order = "value"   // the greatest benefit a year first
	ByNPV     Order = "npv"     // the greatest first
	ByROI     Order = "roi"     // the greatest first
	ByHours   Order = "hours"   // the most a year first
	ByErrors  Order = "errors"  // the most a year first
)

// Options lists what may be given.
func (Order) Options() []string {
	return []string{"payback", "value", "npv", "roi", "hours", "errors"}
}

// Ranking is the flows that people carry, in the order in which they are worth
// integrating. Automated flows are not in it.
type Ranking struct {
	Scores        []Score // those with hours by the order asked for, then those without, by id
	Totals        Totals
	Concentration Concentration // of the hours of the ranked flows; Order are places in Scores
}

// Rank scores each flow with its own choice among its candidates, as Choose has
// it, and sorts them. A flow without the figure asked for (its payback is never,
// its price not known) comes after those that have one. Equal flows are sorted
// by NPV, then hours, then id, so that the order of flows in the files does not
// matter. Flows whose hours are not stated come last, without a rank. The
// candidates are asked for by several goroutines.
func Rank(w audit.Workspace, candidates func(audit.Flow) []advise.Candidate, by Order) Ranking {
	var places []int
	for i := range w.Flows {
		if w.Flows[i].ByHand() {
			places = append(places, i)
		}
	}
	r := Ranking{Scores: make([]Score, len(places))}
	score := func(i int) {
		f := w.Flows[places[i]]
		choice, _ := Choose(candidates(f))
		r.Scores[i] = Appraise(w, f, choice)
	}
	_ = parallel(context.Background(), len(places), nil, func() func(int) { return score }) // is never cancelled
	order(r.Scores, func(a, b *Score) int { return cmp.Compare(a.Flow, b.Flow) })
	r.Totals = Total(w, r.Scores)
	order(r.Scores, by.compare)
	var hours []float64
	for i := range r.Scores {
		if r.Scores[i].Stated {
			r.Scores[i].Rank = i + 1
			hours = append(hours, r.Scores[i].HoursPerYear)
		}
	}
	r.Concentration = Concentrate(hours)
	r.Totals.FlowsFor80 = r.Concentration.For80
	return r
}

// order sorts scores by their places first, since they are large.
func order(scores []Score, compare func(a, b *Score) int) {
	places := make([]int, len(scores)) // which score comes to each place
	for i := range places {
		places[i] = i
	}
	slices.SortFunc(places, func(i, j int) int { return compare(&scores[i], &scores[j]) })
	for start, from := range places { // along each circle of places, to its start again
		if from < 0 {
			continue
		}
		held, at := scores[start], start
		for from != start {
			scores[at] = scores[from]
			at, from, places[at] = from, places[from], -1
		}
		scores[at], places[at] = held, -1
	}
}

// compare sorts the better score first.
func (by Order) compare(a, b *Score) int {
	if a.Stated != b.Stated {
		return stand(a.Stated, b.Stated)
	}
	if !a.Stated {
		return cmp.Compare(a.Flow, b.Flow)
	}
	return cmp.Or(
		falling(by.figure(a), by.figure(b)),
		falling(a.NPV, b.NPV),
		cmp.Compare(b.HoursPerYear, a.HoursPerYear),
		cmp.Compare(a.Flow, b.Flow),
	)
}

// figure is what the order looks at; more is better.
func (by Order) figure(s *Score) Figure {
	switch by {
	case ByValue:
		return Figure{s.BenefitPerYear, true}
	case ByNPV:
		return s.NPV
	case ByROI:
		return s.ROI
	case ByHours:
		return Figure{s.HoursPerYear, true}
	case ByErrors:
		return Figure{s.ErrorsPerYear, true}
	case ByPayback:
	}
	return Figure{-s.Payback.Value, s.Payback.OK}
}

// falling compares figures, the greater first and one that is not there last.
func falling(a, b Figure) int {
	if a.OK != b.OK {
		return stand(a.OK, b.OK)
	}
	return cmp.Compare(b.Value, a.Value)
}

// stand puts what holds for a alone before what holds for b alone.
func stand(a, b bool) int {
	switch {
	case a && !b:
		return -1
	case b && !a:
		return 1
	}
	return 0
}
