package roi

import (
	"context"
	"slices"
	"sync"

	"github.com/flowmap-dev/flowmap/pkg/audit"
)

// Stability tells for each score in how many trials its flow is among the
// first k by payback: an order by figures at their means flatters those that
// were estimated too well. Flows of equal payback share the places that are
// left in the order of their ids. Scores without a payback to simulate are
// never among them.
//
// The errors are those of Simulate.
func Stability(ctx context.Context, w audit.Workspace, scores []Score, k int, t Trials) ([]Chance, error) {
	if err := t.check(); err != nil {
		return nil, err
	}
	m := newModelling(w, t.Seed)
	models := make([]flowModel, len(scores))
	order := make([]int, 0, len(scores)) // of those that are simulated, by id
	for i, s := range scores {
		if f, ok := w.Flow(s.Flow); ok && s.Stated && s.PlatformPerMonth.OK {
			models[i] = m.model(f, s)
			order = append(order, i)
		}
	}
	slices.SortFunc(order, func(a, b int) int { return compareIDs(scores[a], scores[b]) })
	shared := m.drawShared(t.N)
	counts := make([]int, len(scores))
	var counting sync.Mutex
	size := block
	for size > 16 && size*len(order) > 1<<22 { // 32 MiB a worker
		size /= 2
	}
	err := parallel(ctx, (t.N+size-1)/size, t.Progress, func() func(int) {
		d := newDrawer(shared)
		return func(chunk int) {
			first := chunk * size
			paybacks := d.paybacks(models, order, m.yield, first, min(size, t.N-first))
			counting.Lock()
			defer counting.Unlock()
			for _, trial := range paybacks {
				for _, place := range among(trial, k) {
					counts[order[place]]++
				}
			}
		}
	})
	if err != nil {
		return nil, err
	}
	chances := make([]Chance, len(scores))
	for i, n := range counts {
		chances[i] = chance(n, t.N)
	}
	return chances, nil
}

func compareIDs(a, b Score) int {
	if a.Flow < b.Flow {
		return -1
	}
	return 1
}

// paybacks gives in each trial the payback of each flow.
func (d *drawer) paybacks(models []flowModel, order []int, y yield, first, n int) [][]float64 {
	trials := make([][]float64, n)
	for i := range trials {
		trials[i] = make([]float64, len(order))
	}
	for place, i := range order {
		d.draw(models[i].own, first, n)
		m := d.money(n)
		d.price(models[i], m)
		for j := range trials {
			trials[j][place] = y.payback(m.build[j], m.benefit[j], m.running[j])
		}
		d.done(m)
	}
	return trials
}

// among are the places of the k least values that are paybacks.
func among(values []float64, k int) []int {
	k = min(k, len(values))
	if k < 1 {
		return nil
	}
	limit := ranked(values, []int{k - 1})[0]
	var sure, level []int
	for i, x := range values {
		switch {
		case x >= never:
		case x < limit:
			sure = append(sure, i)
		case x == limit:
			level = append(level, i)
		}
	}
	return append(sure, level[:min(len(level), k-len(sure))]...)
}
