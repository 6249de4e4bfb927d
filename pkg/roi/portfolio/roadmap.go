package portfolio

import (
	"math"
	"math/bits"
	"slices"

	"github.com/flowmap-dev/flowmap/pkg/audit"
	"github.com/flowmap-dev/flowmap/pkg/roi"
)

// Roadmap is a choice on a calendar: one flow after the other, built by one
// team, in the order in which waiting costs least.
type Roadmap struct {
	Team  float64 // hours a week
	Steps []Step  // in the order of building
	Delay float64 // money: the net benefit that is missed until each flow is live
	Exact bool    // no order costs less
	Least float64 // money: no order costs less than this; Delay where it is exact
	Months
}

// Step is a flow being built.
type Step struct {
	Flow        string  // id
	Hours       float64 // of building
	Start, Live float64 // weeks from the beginning
	CostOfDelay float64 // money a month: its steady net benefit, its share of the fee taken off
}

// Months is the money by months from the beginning.
type Months struct {
	Cash      []float64  // money at the end of month 1, 2, ...: all that came less all that went, counting the benefit
	Deepest   float64    // money that has to be at hand: how far Cash falls below 0 at the most
	DeepestAt int        // the month at whose end that is; 0 where nothing has to be at hand
	BreakEven roi.Figure // the month in which Cash comes to stay at 0 or more
	CashOnly  []float64  // as Cash, counting the cash benefit alone
	CashDepth float64    // money: how far CashOnly falls below 0 at the most
}

// mostExact is up to how many flows every order is compared.
const mostExact = 16

// weeksPerMonth is 52 weeks in 12 months.
const weeksPerMonth = 52.0 / 12

// Plan puts a choice on a calendar for a team of so many hours a week. A flow's
// hours are its build cost divided by what an hour of integration costs; where
// that is 0, the hours of its candidate. team has to be above 0.
func (c Choice) Plan(w audit.Workspace, team float64) Roadmap {
	r := Roadmap{Team: team}
	jobs := c.jobs(w, team)
	var order []int
	order, r.Exact = sequence(jobs)
	at := 0.0
	for _, i := range order {
		j := jobs[i]
		step := Step{Flow: c.Flows[i].Flow, Hours: j.weeks * team, Start: at, Live: at + j.weeks, CostOfDelay: j.delay}
		at = step.Live
		r.Delay += j.delay * at / weeksPerMonth
		r.Steps = append(r.Steps, step)
	}
	r.Least = r.Delay
	if !r.Exact {
		r.Least = relaxedDelay(jobs) / weeksPerMonth
		r.Exact = r.Delay <= r.Least
	}
	r.Months = c.months(w, r.Steps)
	return r
}

// job is a flow to be built.
type job struct {
	weeks float64
	delay float64 // money a month
	after []int
}

func (c Choice) jobs(w audit.Workspace, team float64) []job {
	hourly := w.Assumptions.DeveloperHourlyCost.Mean()
	jobs := make([]job, len(c.Flows))
	for i, f := range c.Flows {
		hours := f.Candidate.BuildHours.Mean()
		if hourly > 0 {
			hours = f.Candidate.BuildCost.Mean() / hourly
		}
		jobs[i] = job{weeks: hours / team, delay: f.Score.BenefitPerYear/12 - f.Candidate.Maintenance - f.Fee.Shared}
		flow, _ := w.Flow(f.Flow)
		for _, before := range flow.After {
			if at := slices.IndexFunc(c.Flows, func(g Chosen) bool { return g.Flow == before }); at >= 0 {
				jobs[i].after = append(jobs[i].after, at)
			}
		}
	}
	return jobs
}

// sequence returns the order with the least total cost of delay that respects
// what has to come first, and whether that is proven: by going through all sets
// of flows that may come first (Held and Karp 1962) where they are few, else by
// the ratio of cost of delay to weeks (Smith 1956) and then by exchanges.
func sequence(jobs []job) (order []int, exact bool) {
	if len(jobs) > mostExact {
		return exchanged(jobs, greedy(jobs)), false
	}
	n := len(jobs)
	before := make([]int, n)
	for i, j := range jobs {
		for _, a := range j.after {
			before[i] |= 1 << a
		}
	}
	cost, last := make([]float64, 1<<n), make([]int, 1<<n)
	for set := 1; set < 1<<n; set++ {
		weeks := 0.0
		for i := range jobs {
			if set&(1<<i) != 0 {
				weeks += jobs[i].weeks
			}
		}
		cost[set], last[set] = math.Inf(1), -1
		for i := range jobs {
			rest := set &^ (1 << i)
			if rest == set || before[i]&^rest != 0 {
				continue
			}
			if c := cost[rest] + jobs[i].delay*weeks; c < cost[set] {
				cost[set], last[set] = c, i
			}
		}
	}
	order = make([]int, n)
	for set := 1<<n - 1; set != 0; set &^= 1 << last[set] {
		order[bits.OnesCount(uint(set))-1] = last[set]
	}
	return order, true
}

// greedy takes, among the flows whose turn may come, the one that begins the
// chain with the highest cost of delay for a week of work.
func greedy(jobs []job) []int {
	done := make([]bool, len(jobs))
	var order []int
	for len(order) < len(jobs) {
		best, at := math.Inf(-1), -1
		for i := range jobs {
			if done[i] || slices.ContainsFunc(jobs[i].after, func(a int) bool { return !done[a] }) {
				continue
			}
			if ratio := promise(jobs, i, done); at < 0 || ratio > best {
				best, at = ratio, i
			}
		}
		done[at] = true
		order = append(order, at)
	}
	return order
}

// promise is the highest cost of delay for a week among the flow and it
// together with one that waits for it alone.
func promise(jobs []job, i int, done []bool) float64 {
	best := ratio(jobs[i].delay, jobs[i].weeks)
	for k, j := range jobs {
		waits := slices.Contains(j.after, i) && !slices.ContainsFunc(j.after, func(a int) bool { return a != i && !done[a] })
		if !done[k] && waits {
			best = max(best, ratio(jobs[i].delay+j.delay, jobs[i].weeks+j.weeks))
		}
	}
	return best
}

func ratio(delay, weeks float64) float64 {
	if weeks <= 0 {
		return math.Inf(1)
	}
	return delay / weeks
}

// exchanged moves single flows to another turn as long as that helps.
func exchanged(jobs []job, order []int) []int {
	best := delayOf(jobs, order)
	for again := true; again; {
		again = false
		for from := range order {
			for to := range order {
				next := slices.Delete(slices.Clone(order), from, from+1)
				next = slices.Insert(next, to, order[from])
				if cost := delayOf(jobs, next); cost < best-1e-9 {
					order, best, again = next, cost, true
				}
			}
		}
	}
	return order
}

// delayOf is the cost of an order, in money a month times weeks; infinite where
// it breaks what has to come first.
func delayOf(jobs []job, order []int) float64 {
	done := make([]bool, len(jobs))
	sum, at := 0.0, 0.0
	for _, i := range order {
		for _, a := range jobs[i].after {
			if !done[a] {
				return math.Inf(1)
			}
		}
		done[i] = true
		at += jobs[i].weeks
		sum += jobs[i].delay * at
	}
	return sum
}

// relaxedDelay is the least cost of any order if nothing had to come first.
func relaxedDelay(jobs []job) float64 {
	free := slices.Clone(jobs)
	for i := range free {
		free[i].after = nil
	}
	order := make([]int, len(free))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int {
		x, y := free[b].delay*free[a].weeks, free[a].delay*free[b].weeks
		return int(min(1, max(-1, math.Round((x-y)*1e9))))
	})
	return delayOf(free, order)
}

// months adds up what comes and goes, to the end of the horizon after the last
// flow is live. A flow is paid for while it is built; a platform from the month
// in which its first flow goes live.
func (c Choice) months(w audit.Workspace, steps []Step) Months {
	end := 0.0
	for _, s := range steps {
		end = max(end, s.Live/weeksPerMonth)
	}
	n := int(math.Ceil(end)) + int(w.Assumptions.HorizonMonths.Value)
	value, cash := make([]float64, n), make([]float64, n)
	scale, cashScale := share(c.Totals.BenefitPerYear, c.Totals.Flows.BenefitPerYear), share(c.Totals.CashBenefitPerYear, c.Totals.Flows.CashBenefitPerYear)
	for _, s := range steps {
		at := slices.IndexFunc(c.Flows, func(f Chosen) bool { return f.Flow == s.Flow })
		f := c.Flows[at]
		for k := range n {
			live := clamp(float64(k+1) - s.Live/weeksPerMonth)
			out := f.Candidate.BuildCost.Mean()*built(s, k) + live*f.Candidate.Maintenance
			gain := live * reached(w, float64(k+1)-s.Live/weeksPerMonth, live)
			value[k] += gain*scale*f.Score.BenefitPerYear/12 - out
			cash[k] += gain*cashScale*f.Score.CashBenefitPerYear/12 - out
		}
	}
	for _, p := range c.Platforms {
		first := math.Inf(1)
		for _, s := range steps {
			if slices.Contains(p.Flows, s.Flow) {
				first = min(first, s.Live/weeksPerMonth)
			}
		}
		for k := range n {
			fee := clamp(float64(k+1)-first) * p.PerMonth
			value[k] -= fee
			cash[k] -= fee
		}
	}
	return summed(value, cash)
}

func share(part, whole float64) float64 {
	if whole == 0 {
		return 1
	}
	return part / whole
}

func clamp(x float64) float64 { return min(1, max(0, x)) }

// built is the share of a flow that is built in month k.
func built(s Step, k int) float64 {
	from, to := s.Start/weeksPerMonth, s.Live/weeksPerMonth
	if to <= from {
		if int(from) == k {
			return 1
		}
		return 0
	}
	return max(0, min(to, float64(k+1))-max(from, float64(k))) / (to - from)
}

// reached is the share of the full benefit in the middle of the part of a month
// that ends so many months after go-live.
func reached(w audit.Workspace, since, part float64) float64 {
	ramp := w.Assumptions.RampUpMonths.Value
	if ramp <= 0 {
		return 1
	}
	return clamp((since - part/2) / ramp)
}

// summed turns the money of each month into running totals.
func summed(value, cash []float64) Months {
	var m Months
	total, onlyCash := 0.0, 0.0
	for k := range value {
		total += value[k]
		onlyCash += cash[k]
		m.Cash, m.CashOnly = append(m.Cash, total), append(m.CashOnly, onlyCash)
	}
	for k, x := range m.Cash {
		if -x > m.Deepest {
			m.Deepest, m.DeepestAt = -x, k+1
		}
	}
	for _, x := range m.CashOnly {
		m.CashDepth = max(m.CashDepth, -x)
	}
	last := len(m.Cash) - 1
	for last >= 0 && m.Cash[last] >= 0 {
		last--
	}
	if last+1 < len(m.Cash) {
		m.BreakEven = roi.Figure{Value: float64(last + 2), OK: true}
	}
	return m
}
