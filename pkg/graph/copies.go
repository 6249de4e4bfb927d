package graph

import (
	"cmp"
	"container/heap"
	"slices"

	"github.com/flowmap-dev/flowmap/pkg/audit"
)

// Copy is an entity's data in a system that gets it from the system of record:
// the way on which it gets there, and how stale and how wrong it may be. Of
// several ways it is the one whose delay is best known, then the fastest, then
// the shortest.
type Copy struct {
	System string
	Path   []string // ids of systems, the record first and System last
	Flows  []string // ids, one a step; of several in one step the fastest
	Delay  Delay    // the delays of Flows added up
	Errors Share    // the share of records that Flows get wrong between them
}

// Direct tells whether the copy comes from the record without a stop.
func (c Copy) Direct() bool { return len(c.Flows) == 1 }

// Delay is how old data may be when it arrives.
type Delay struct {
	Hours float64 // of what is known
	Known bool    // false: a step says nothing of its frequency, so it may be more
}

// Share is a share of records.
type Share struct {
	Value float64 // 0 to 1, of what is known
	Known bool    // false: a step's errors are not known, so it may be more
}

// delayOf is how long data waits for the next round of a flow.
func delayOf(every audit.Period) Delay {
	switch every {
	case audit.Realtime:
		return Delay{0, true}
	case audit.Minutes:
		return Delay{5. / 60, true}
	case audit.Hourly:
		return Delay{1, true}
	case audit.Daily:
		return Delay{24, true}
	case audit.Weekly:
		return Delay{7 * 24, true}
	case audit.Monthly:
		return Delay{365. / 12 * 24, true}
	}
	return Delay{}
}

// delay is how old data may be when a flow has carried it: the time between
// two rounds, as stated, else as its runs have it. At least 8 a day are hourly,
// 1 a day daily, 1 a week weekly, fewer monthly.
func (l *landscape) delay(flow int) Delay {
	if every := l.w.Flows[flow].Every; every != "" {
		return delayOf(every)
	}
	return delayOf(l.frequency(flow))
}

// frequency is how often a flow is done by its runs in a normal month; empty
// where none are stated.
func (l *landscape) frequency(flow int) audit.Period {
	const slack = 1 - 1e-9 // 40 a week are 8 a day, whatever the rounding
	c, a := l.costs[flow], l.w.Assumptions
	switch runs := c.RunsPerYear / c.Peak; {
	case runs <= 0:
		return ""
	case runs >= 8*a.PerYear(audit.PerDay)*slack:
		return audit.Hourly
	case runs >= a.PerYear(audit.PerDay)*slack:
		return audit.Daily
	case runs >= a.PerYear(audit.PerWeek)*slack:
		return audit.Weekly
	}
	return audit.Monthly
}

// wrong is the share of its records that a flow gets wrong. It is known where
// somebody was asked about errors, and each error point says how often.
func (l *landscape) wrong(flow int) Share {
	f, c := &l.w.Flows[flow], l.costs[flow]
	known := f.Errors != nil
	for _, p := range c.Points {
		known = known && p.Known
	}
	switch {
	case c.ErrorsPerYear == 0:
		return Share{0, known}
	case c.RecordsPerYear <= 0:
		return Share{}
	}
	return Share{min(1, c.ErrorsPerYear/c.RecordsPerYear), known}
}

// step is the flow that a way takes from one system to the next.
type step struct {
	from, to, flow int
	delay          Delay
}

// steps lists from each system the fastest flow to each that it sends the
// entity to, ascending by receiver.
func (t *trace) steps(delay func(flow int) Delay) [][]step {
	steps := make([][]step, len(t.next))
	add := func(from, to, flow int) {
		steps[from] = append(steps[from], step{from, to, flow, delay(flow)})
	}
	for _, f := range t.flows {
		e := t.ends[f]
		add(e.from, e.to, f)
		if e.twoWay {
			add(e.to, e.from, f)
		}
	}
	for s := range steps {
		slices.SortFunc(steps[s], func(a, b step) int {
			return cmp.Or(cmp.Compare(a.to, b.to), a.delay.compare(b.delay), cmp.Compare(t.w.Flows[a.flow].ID, t.w.Flows[b.flow].ID))
		})
		steps[s] = slices.CompactFunc(steps[s], func(a, b step) bool { return a.to == b.to })
	}
	return steps
}

// compare puts what is known first, then what is faster.
func (d Delay) compare(e Delay) int {
	switch {
	case d.Known == e.Known:
		return cmp.Compare(d.Hours, e.Hours)
	case d.Known:
		return -1
	}
	return 1
}

// way is how the entity gets from its record to a system.
type way struct {
	system  int
	last    step // the step that arrives
	unknown int  // steps whose delay is not known
	hours   float64
	steps   int
	reached bool
}

// compare orders ways: the best known first, then the fastest, then the
// shortest; the systems' positions break ties.
func (a way) compare(b way) int {
	return cmp.Or(cmp.Compare(a.unknown, b.unknown), cmp.Compare(a.hours, b.hours), cmp.Compare(a.steps, b.steps),
		cmp.Compare(a.last.from, b.last.from), cmp.Compare(a.system, b.system))
}

// ways finds the best way from the record to each system that it reaches.
func (t *trace) ways(steps [][]step) []way {
	best := make([]way, len(t.next))
	if t.record < 0 {
		return best
	}
	open := &queue{{system: t.record}}
	for open.Len() > 0 {
		w := heap.Pop(open).(way)
		if best[w.system].reached {
			continue
		}
		w.reached = true
		best[w.system] = w
		if !t.inside[w.system] {
			continue
		}
		for _, s := range steps[w.system] {
			if !best[s.to].reached {
				heap.Push(open, w.then(s))
			}
		}
	}
	return best
}

// then is the way that goes one step further.
func (a way) then(s step) way {
	b := way{system: s.to, last: s, unknown: a.unknown, hours: a.hours + s.delay.Hours, steps: a.steps + 1}
	if !s.delay.Known {
		b.unknown++
	}
	return b
}

// queue gives the best way first.
type queue []way

func (q queue) Len() int           { return len(q) }
func (q queue) Less(i, j int) bool { return q[i].compare(q[j]) < 0 }
func (q queue) Swap(i, j int)      { q[i], q[j] = q[j], q[i] }
func (q *queue) Push(w any)        { *q = append(*q, w.(way)) }
func (q *queue) Pop() any {
	last := len(*q) - 1
	w := (*q)[last]
	*q = (*q)[:last]
	return w
}

// copied is the copy in each consumer, in the order of systems.
func (t *trace) copied() []Copy {
	var all []Copy
	best := t.ways(t.steps(func(f int) Delay { return t.delays[f] }))
	for _, s := range marked(t.consumes) {
		all = append(all, t.copyAt(best, s))
	}
	return all
}

func (t *trace) copyAt(best []way, s int) Copy {
	c := Copy{
		System: t.w.Systems[s].ID,
		Delay:  Delay{best[s].hours, best[s].unknown == 0},
		Errors: Share{Known: true},
	}
	path, flows := trail(best, s)
	for _, f := range flows {
		e := t.wrong(f)
		c.Errors.Value += e.Value - float64(c.Errors.Value*e.Value) // 1 − (1 − a)(1 − b)
		c.Errors.Known = c.Errors.Known && e.Known
	}
	c.Path, c.Flows = t.systemIDs(path), t.flowIDs(flows)
	return c
}

// trail lists the systems and the flows of a way, from the record on.
func trail(best []way, s int) (path, flows []int) {
	path = []int{s}
	for best[s].steps > 0 {
		flows = append(flows, best[s].last.flow)
		s = best[s].last.from
		path = append(path, s)
	}
	slices.Reverse(path)
	slices.Reverse(flows)
	return path, flows
}
