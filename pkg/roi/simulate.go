package roi

import (
	"context"
	"errors"
	"fmt"
	"math"
	"runtime"
	"sync"
	"sync/atomic"

	"github.com/flowmap-dev/flowmap/pkg/audit"
)

// Trials says how to simulate.
type Trials struct {
	N    int    // how many trials, from 1 to MostTrials
	Seed uint64 // the same seed gives the same figures on every machine
	// Progress is told now and then how many of all flows are done; from
	// several goroutines, but never at the same time. It may be nil.
	Progress func(done, all int)
}

// MostTrials is how many trials there may be: their values are held in memory.
const MostTrials = 10_000_000

// DefaultTrials is how many trials are usual: they leave a standard error of
// half a percent on a probability.
const DefaultTrials = 10_000

// ErrTrials is what simulations answer to a number of trials outside 1 to
// MostTrials.
var ErrTrials = errors.New("a simulation needs from 1 to 10,000,000 trials")

func (t Trials) check() error {
	if t.N < 1 || t.N > MostTrials {
		return fmt.Errorf("%d trials: %w", t.N, ErrTrials)
	}
	return nil
}

// Outlook is what integrating one flow would bring under uncertainty, by
// itself, as Score has it at the means. The zero Outlook is none.
type Outlook struct {
	Trials   int
	Payback  Percentiles // months from go-live; not OK where so many trials never pay back
	NPV      Percentiles // money, over the horizon
	Mean     Percentile  // of NPV, with its standard error
	OnTarget Chance      // of a payback within the target
	Loss     Chance      // of an NPV below 0
	Never    Chance      // of no payback within Ahead months
}

// never stands for a payback that does not come: beyond all that do.
const never = 2 * Ahead

// Simulate tells for each score what its flow would bring if the numbers
// turned out within what was stated: three values as a beta-PERT distribution
// with λ = 4, one value with the spread of its basis, several people's answers
// as one of them a trial. Numbers that flows share are drawn once a trial for
// all of them. The choice of each score stays as it is.
//
// Every number has its own stream of random numbers, keyed by the flow and the
// field: another flow, the order of flows and the number of processors change
// nothing. A score without hours or without a price has the zero Outlook.
//
// The error is ErrTrials, or the context's where it is cancelled.
func Simulate(ctx context.Context, w audit.Workspace, scores []Score, t Trials) ([]Outlook, error) {
	if err := t.check(); err != nil {
		return nil, err
	}
	m := newModelling(w, t.Seed)
	shared := m.drawShared(t.N)
	all := make([]Outlook, len(scores))
	err := parallel(ctx, len(scores), t.Progress, func() func(int) {
		d := newDrawer(shared)
		b := ledger{payback: make([]float64, t.N), npv: make([]float64, t.N)}
		return func(i int) {
			f, ok := w.Flow(scores[i].Flow)
			if !ok || !scores[i].Stated || !scores[i].PlatformPerMonth.OK {
				return
			}
			all[i] = b.outlook(ctx, d, m.model(f, scores[i]), m.yield)
		}
	})
	return all, err
}

// parallel calls work for 0 to n-1 on every processor until it is done or the
// context is. Each worker is made for itself.
func parallel(ctx context.Context, n int, progress func(done, all int), worker func() func(int)) error {
	var next, done atomic.Int64
	var telling sync.Mutex
	var all sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), n) {
		all.Go(func() {
			work := worker()
			for i := int(next.Add(1)) - 1; i < n && ctx.Err() == nil; i = int(next.Add(1)) - 1 {
				work(i)
				if finished := int(done.Add(1)); progress != nil {
					telling.Lock()
					progress(finished, n)
					telling.Unlock()
				}
			}
		})
	}
	all.Wait()
	return ctx.Err()
}

// drawShared draws the numbers that flows share, in every trial.
func (m *modelling) drawShared(trials int) [][]float64 {
	rows := make([][]float64, len(m.shared))
	for i, v := range m.shared {
		rows[i] = make([]float64, trials)
		v.draw(rows[i], v.key, 0)
	}
	return rows
}

// drawer gives a desk its rows.
type drawer struct {
	desk
	shared [][]float64 // in every trial
	mine   [][]float64 // a block for each variable of a flow
}

func newDrawer(shared [][]float64) *drawer {
	return &drawer{desk: desk{rows: make([][]float64, len(shared))}, shared: shared}
}

// draw gives the desk the trials of a block.
func (d *drawer) draw(own []variable, first, n int) {
	d.first = first
	for i, row := range d.shared {
		d.rows[i] = row[first : first+n]
	}
	d.rows = d.rows[:len(d.shared)]
	for len(d.mine) < len(own) {
		d.mine = append(d.mine, make([]float64, block))
	}
	for i, v := range own {
		v.draw(d.mine[i][:n], v.key, first)
		d.rows = append(d.rows, d.mine[i][:n])
	}
}

// money is a flow's money in the trials of a block.
type money struct {
	benefit, build, running []float64 // a year, once, a month
}

func (d *desk) money(n int) money {
	return money{d.take(n), d.take(n), d.take(n)}
}

func (d *desk) done(m money) {
	d.back(m.benefit)
	d.back(m.build)
	d.back(m.running)
}

// price works out a flow's money, by itself.
func (d *desk) price(f flowModel, m money) {
	part := d.take(len(m.benefit))
	d.saved(f, m.benefit, nil)
	d.work(f.errors, part)
	plus(m.benefit, part)
	d.work(f.build, m.build)
	d.work(f.maintenance, m.running)
	d.work(f.fee, part)
	plus(m.running, part)
	d.back(part)
}

// saved works out the labour saved in money and, where hours is not nil, in
// hours: no more than the flow's role has.
func (d *desk) saved(f flowModel, labour, hours []float64) {
	if f.most < 0 && hours == nil {
		d.work(f.labour, labour)
		return
	}
	if hours == nil {
		hours = d.take(len(labour))
		defer d.back(hours)
	}
	d.work(f.hours.times(f.automation), hours)
	if f.most >= 0 {
		for i := range hours {
			hours[i] = min(hours[i], f.most)
		}
	}
	d.work(f.hourly, labour)
	multiply(labour, hours)
}

// ledger is what one worker notes of a flow: one value a trial.
type ledger struct{ payback, npv []float64 }

// outlook simulates one flow.
func (b ledger) outlook(ctx context.Context, d *drawer, f flowModel, y yield) Outlook {
	n := len(b.npv)
	o := Outlook{Trials: n}
	onTarget, losses, nevers := 0, 0, 0
	for first := 0; first < n && ctx.Err() == nil; first += block {
		size := min(block, n-first)
		d.draw(f.own, first, size)
		m := d.money(size)
		d.price(f, m)
		for i := range size {
			payback := y.payback(m.build[i], m.benefit[i], m.running[i])
			npv := y.npv(m.build[i], m.benefit[i], m.running[i])
			b.payback[first+i], b.npv[first+i] = payback, npv
			if payback <= y.target {
				onTarget++
			}
			if payback >= never {
				nevers++
			}
			if npv < 0 {
				losses++
			}
		}
		d.done(m)
	}
	o.Mean = meanOf(b.npv)
	o.Payback, o.NPV = percentiles(b.payback, never), percentiles(b.npv, math.Inf(1))
	o.OnTarget, o.Loss, o.Never = chance(onTarget, n), chance(losses, n), chance(nevers, n)
	return o
}

// npv is the present value over the horizon.
func (y *yield) npv(build, benefit, running float64) float64 {
	x := float64(benefit*y.benefit) - float64(running*y.running) - build
	if math.Abs(x) <= math.MaxFloat64 {
		return x
	}
	return amount(x)
}

// payback is Investment.Payback on figures without NaN, and never where it
// does not come. The running total falls, if at all, before it rises: it meets
// 0 once.
func (y *yield) payback(build, benefit, running float64) float64 {
	benefit /= 12
	steady := benefit - running
	if !(build > 0) {
		if steady > 0 {
			return 0
		}
		return never
	}
	total := float64(benefit*y.reached[y.ramp]) - float64(running*float64(y.ramp)) - build
	if total < 0 {
		if months := float64(y.ramp) - total/steady; steady > 0 && months <= Ahead {
			return months
		}
		return never
	}
	before := -build
	for k := 1; k <= y.ramp; k++ {
		after := float64(benefit*y.reached[k]) - float64(running*float64(k)) - build
		if after >= 0 {
			return float64(k-1) + before/(before-after)
		}
		before = after
	}
	return never
}
