package roi

import (
	"context"
	"math"
	"slices"

	"github.com/flowmap-dev/flowmap/pkg/audit"
)

// Programme is flows that are integrated together: hours that two of them claim
// count once, a role saves no more hours than it has, and each platform is paid
// once.
type Programme struct {
	Picks  []Pick
	Fees   []Fee
	Months int // how far the cash goes; less than the horizon is the horizon
}

// Pick is a flow of a programme.
type Pick struct {
	// Score is the flow with what it is integrated with, as Appraise gives it;
	// its own platform fee does not count.
	Score Score
	Spend int // the month in which the build cost is paid; 0, and less, is now
	Live  int // the month at whose end it goes live: it saves and is maintained from the next one on; 0 is now
}

// Fee is what a platform costs, once for all flows on it.
type Fee struct {
	PerMonth float64 // money
	From     int     // the month after which it is paid
}

// ProgrammeOutlook is what a programme would bring under uncertainty.
type ProgrammeOutlook struct {
	Trials    int
	Expected  float64     // NPV with every number at its mean
	NPV       Percentiles // money, months 0 to the horizon
	Mean      Percentile  // of NPV, with its standard error
	Deepest   Percentiles // money that must be at hand: how far the running total falls below 0
	BreakEven Percentiles // months from now until the running total stays at 0 or more; not OK where it never does
	OnTarget  Chance      // of a break-even within the target
	Loss      Chance      // of an NPV below 0
	Never     Chance      // of no break-even within the months that are looked at
	Cash      []Band      // the running total at the end of months 0, 1, 2, ...
}

// Band is where the running total lies at the end of a month.
type Band struct {
	Month         int
	Expected      float64 // money, with every number at its mean
	P10, P50, P90 float64 // money
}

// bandTrials is how many trials a band is made of at most.
const bandTrials = 100_000

// CashFlow returns the money of months 0, 1, 2, ... with every number at its
// mean. Its sum up to a month is Band.Expected.
func (p Programme) CashFlow(w audit.Workspace) []float64 {
	m := newModelling(w, 0)
	c := m.programme(p)
	d := atMeans(m.shared, 1)
	cash := c.cash(d, 1, func(i int) { d.addMeans(c.models[i].own, 1) })
	flow := make([]float64, len(cash))
	for k, month := range cash {
		flow[k] = amount(month[0])
	}
	return flow
}

// Simulate tells what the programme would bring if the numbers turned out
// within what was stated, as Simulate does for single flows and with the same
// draws. Picks without hours bring nothing and cost what they cost.
//
// The error is ErrTrials, or the context's where it is cancelled.
func (p Programme) Simulate(ctx context.Context, w audit.Workspace, t Trials) (ProgrammeOutlook, error) {
	if err := t.check(); err != nil {
		return ProgrammeOutlook{}, err
	}
	m := newModelling(w, t.Seed)
	c := m.programme(p)
	shared := m.drawShared(t.N)
	l := newRecord(t.N, c.months)
	blocks := (t.N + block - 1) / block
	err := parallel(ctx, blocks, t.Progress, func() func(int) {
		d := newDrawer(shared)
		return func(i int) {
			first := i * block
			n := min(block, t.N-first)
			d.draw(nil, first, n)
			l.note(first, c.cash(&d.desk, n, func(i int) { d.draw(c.models[i].own, first, n) }), m.yield)
		}
	})
	if err != nil {
		return ProgrammeOutlook{}, err
	}
	return l.outlook(p.CashFlow(w), m.yield), nil
}

// programme is a Programme as quantities.
type programme struct {
	models []flowModel
	picks  []Pick
	fees   []Fee
	lives  []int // the months in which something goes live, in order
	pairs  []pair
	roles  []flowModel // one flow of each role that has a limit, for what an hour costs
	role   []int       // of each pick; -1 where there is no limit
	keep   []bool      // picks whose hours another one claims too
	weeks  float64
	months int
	ramp   yield
}

// pair is two picks that claim the same hours.
type pair struct {
	a, b  int
	hours float64 // a week
}

func (m *modelling) programme(p Programme) programme {
	c := programme{picks: slices.Clone(p.Picks), fees: p.Fees, weeks: m.workspace.Assumptions.WeeksPerYear.Value, months: max(p.Months, m.yield.months), ramp: m.yield,
		keep: make([]bool, len(p.Picks))}
	at := map[string]int{}
	place := map[string]int{}
	scores := make([]Score, len(p.Picks))
	for i := range c.picks {
		pick := &c.picks[i]
		pick.Spend, pick.Live = max(pick.Spend, 0), max(pick.Live, 0)
		f, _ := m.workspace.Flow(pick.Score.Flow)
		model := m.model(f, pick.Score)
		c.models, scores[i] = append(c.models, model), pick.Score
		at[pick.Score.Flow] = i
		if !slices.Contains(c.lives, pick.Live) {
			c.lives = append(c.lives, pick.Live)
		}
		role := -1
		if model.most >= 0 {
			known, ok := place[f.Role]
			if !ok {
				known = len(c.roles)
				place[f.Role] = known
				c.roles = append(c.roles, model)
			}
			role = known
		}
		c.role = append(c.role, role)
		c.months = max(c.months, pick.Spend, pick.Live)
	}
	slices.Sort(c.lives)
	for _, o := range Overlaps(m.workspace, scores) {
		if a, b := at[o.A], at[o.B]; o.HoursPerWeek > 0 {
			c.pairs = append(c.pairs, pair{a, b, o.Claimed})
			c.keep[a], c.keep[b] = true, true
		}
	}
	return c
}

// claim is what is needed of a flow to tell hours that it shares.
type claim struct {
	left                           []float64 // hours of a normal week that no other flow has taken
	week, peak, hourly, automation []float64
}

// cash works out the money of every month in n trials. next gives the desk the
// rows of a pick's own variables.
func (c programme) cash(d *desk, n int, next func(pick int)) [][]float64 {
	rows := make([][]float64, c.months+1)
	for k := range rows {
		rows[k] = make([]float64, n)
	}
	claims := make([]claim, len(c.models))
	saved := make([]limited, len(c.roles))
	for i, f := range c.roles {
		saved[i] = limited{most: f.most, hours: make([]float64, n), beyond: make([]float64, n), hourly: make([]float64, n)}
		d.work(f.hourly, saved[i].hourly)
	}
	for _, live := range c.lives {
		benefit, running := make([]float64, n), make([]float64, n)
		for i, pick := range c.picks {
			if pick.Live == live {
				next(i)
				c.add(d, i, benefit, running, rows[pick.Spend], claims, saved)
			}
		}
		for _, p := range c.pairs {
			if max(c.picks[p.a].Live, c.picks[p.b].Live) == live {
				c.once(p, claims, benefit, saved)
			}
		}
		for i := range saved {
			saved[i].limit(benefit)
		}
		c.spread(rows, live, benefit, running)
	}
	for _, f := range c.fees {
		for k := max(f.From, 0) + 1; k <= c.months; k++ {
			for i := range rows[k] {
				rows[k][i] -= amount(f.PerMonth)
			}
		}
	}
	return rows
}

// add adds a pick's benefit and running cost, pays its build cost and notes its
// hours.
func (c programme) add(d *desk, i int, benefit, running, paid []float64, claims []claim, saved []limited) {
	f := c.models[i]
	n := len(benefit)
	part, hours := d.take(n), d.take(n)
	if f.stated {
		d.saved(f, part, hours)
		plus(benefit, part)
		if r := c.role[i]; r >= 0 {
			plus(saved[r].hours, hours)
		}
		d.work(f.errors, part)
		plus(benefit, part)
	}
	d.work(f.maintenance, part)
	plus(running, part)
	d.work(f.build, part)
	for j := range paid {
		paid[j] -= part[j]
	}
	d.back(part)
	d.back(hours)
	if c.keep[i] {
		claims[i] = c.claim(d, f, n)
	}
}

func (c programme) claim(d *desk, f flowModel, n int) claim {
	k := claim{make([]float64, n), make([]float64, n), make([]float64, n), make([]float64, n), make([]float64, n)}
	d.work(f.hours, k.week)
	d.work(f.peak, k.peak)
	d.work(f.hourly, k.hourly)
	d.work(f.automation, k.automation)
	for i := range k.week {
		k.week[i] = amount(k.week[i] / k.peak[i] / c.weeks)
	}
	copy(k.left, k.week)
	return k
}

// once takes hours that two flows claim off what the two save, as Total does:
// at the lower of the two saving values, as far as the second has hours left.
func (c programme) once(p pair, claims []claim, benefit []float64, saved []limited) {
	a, b := claims[p.a], claims[p.b]
	for i := range benefit {
		hours := min(p.hours, a.week[i], b.week[i], b.left[i])
		if hours <= 0 {
			continue
		}
		b.left[i] -= hours
		less := a
		if b.automation[i]*b.hourly[i] < a.automation[i]*a.hourly[i] {
			less = b
		}
		twice := hours * c.weeks * min(a.peak[i], b.peak[i]) * less.automation[i]
		benefit[i] -= float64(twice * less.hourly[i])
		if r := c.role[p.b]; r >= 0 {
			saved[r].hours[i] -= twice
		}
	}
}

// limited are the saved hours of a role that has only so many.
type limited struct {
	most          float64
	hours, beyond []float64 // a year: saved, and of these beyond what the role has
	hourly        []float64
}

// limit takes off the benefit of hours beyond the limit that came up since the
// last time.
func (l limited) limit(benefit []float64) {
	for i, h := range l.hours {
		beyond := max(h-l.most, 0)
		benefit[i] -= float64((beyond - l.beyond[i]) * l.hourly[i])
		l.beyond[i] = beyond
	}
}

// spread puts what goes live in a month into the months after it.
func (c programme) spread(rows [][]float64, live int, benefit, running []float64) {
	for k := live + 1; k <= c.months; k++ {
		share := Investment{RampUp: c.ramp.rampUp}.reached(k-live) / 12
		for i := range rows[k] {
			rows[k][i] += float64(benefit[i]*share) - running[i]
		}
	}
}

// atMeans is a desk on which every shared variable is at its mean.
func atMeans(shared []variable, n int) *desk {
	d := &desk{first: -1}
	d.addMeans(shared, n)
	d.shared = len(shared)
	return d
}

// addMeans puts variables at their means in place of those of the flow before.
func (d *desk) addMeans(own []variable, n int) {
	d.rows = d.rows[:d.shared]
	for _, v := range own {
		d.rows = append(d.rows, slices.Repeat([]float64{v.mean}, n))
	}
}

// record is what is noted of each trial.
type record struct {
	npv, deepest, back []float64
	running            [][]float64 // of each month, in the first trials
}

func newRecord(trials, months int) *record {
	r := &record{npv: make([]float64, trials), deepest: make([]float64, trials), back: make([]float64, trials), running: make([][]float64, months+1)}
	for k := range r.running {
		r.running[k] = make([]float64, min(trials, bandTrials))
	}
	return r
}

// note writes down trials from first on.
func (r *record) note(first int, cash [][]float64, y yield) {
	today, factor := 1.0, 1/(1+y.rate)
	if !(y.rate > -1) {
		today, factor = 0, 0 // nothing has a present value, see NPV
	}
	for i := range cash[0] {
		running, deepest, value, discount := 0.0, 0.0, 0.0, today
		back := 0.0
		for k := range cash {
			month := amount(cash[k][i])
			before := running
			running = bounded(running + month)
			deepest = min(deepest, running)
			switch {
			case running < 0:
				back = never
			case before < 0:
				back = float64(k-1) + before/(before-running)
			}
			if k <= y.months {
				value = bounded(value + float64(month*discount))
				discount *= factor
			}
			if first+i < bandTrials {
				r.running[k][first+i] = running
			}
		}
		r.npv[first+i], r.deepest[first+i], r.back[first+i] = value, -deepest, back
	}
}

// outlook sums the trials up.
func (r *record) outlook(expected []float64, y yield) ProgrammeOutlook {
	n := len(r.npv)
	o := ProgrammeOutlook{Trials: n, NPV: percentiles(r.npv, math.Inf(1)), Deepest: percentiles(r.deepest, math.Inf(1)),
		BreakEven: percentiles(r.back, never), Mean: meanOf(r.npv), Expected: NPV(y.rate, expected[:y.months+1])}
	o.OnTarget = chance(countIf(r.back, func(x float64) bool { return x <= y.target }), n)
	o.Never = chance(countIf(r.back, func(x float64) bool { return x >= never }), n)
	o.Loss = chance(countIf(r.npv, func(x float64) bool { return x < 0 }), n)
	total := 0.0
	for k, running := range r.running {
		total = bounded(total + expected[k])
		p := percentiles(running, math.Inf(1))
		o.Cash = append(o.Cash, Band{k, total, p.P10.Value, p.P50.Value, p.P90.Value})
	}
	return o
}

func countIf(values []float64, holds func(float64) bool) int {
	n := 0
	for _, x := range values {
		if holds(x) {
			n++
		}
	}
	return n
}

// meanOf is the mean of values and its standard error.
func meanOf(values []float64) Percentile {
	sum, squares := 0.0, 0.0
	for _, x := range values {
		sum += x
	}
	if !(math.Abs(sum) <= math.MaxFloat64) { // some of it went beyond what numbers hold
		sum = 0
		for _, x := range values {
			sum = bounded(sum + x)
		}
	}
	n := float64(len(values))
	mean := sum / n
	for _, x := range values {
		squares += float64((x - mean) * (x - mean))
	}
	return Percentile{Figure{mean, true}, bounded(math.Sqrt(squares / n / max(n-1, 1)))}
}
