// Package portfolio chooses the flows to integrate, each with a platform and a
// tier, that are worth most within a budget, and proves that no choice is worth
// more. Problem is the general form; it knows nothing of audits.
package portfolio

import (
	"container/heap"
	"context"
	"math"
	"math/bits"
	"slices"
)

// Options bound the work of Solve. The zero value asks for the optimum,
// however long it takes.
type Options struct {
	Gap   float64 // stop once the plan is proven within this share of the best
	Nodes int     // stop after so many nodes of the search; 0 for no end
}

// Result is the best plan that was found, and what is proven about it.
type Result struct {
	Plan     Plan
	Found    bool  // false: no plan was found; if Optimal, there is none
	Optimal  bool  // no plan is worth more
	Bound    int64 // no plan is worth more than this
	Nodes    int   // of the search
	Root     Multipliers
	RootGave int64 // what Root proves by itself: Problem.Bound of it
}

// Gap is the share of the plan's value by which the best plan may exceed it.
func (r Result) Gap() float64 {
	if r.Optimal {
		return 0
	}
	if !r.Found {
		return math.Inf(1)
	}
	return float64(r.Bound-r.Plan.Value) / max(1, math.Abs(float64(r.Plan.Value)))
}

// search goes through the tiers, best bound first, and through the options of
// each set of tiers, depth first.
type search struct {
	m       *model
	r       *relaxation
	options Options
	ctx     context.Context

	lower  int64 // value of the plan
	plan   Plan
	found  bool
	queue  queue
	upper  int64 // of the node being worked on
	nodes  int
	halted bool
	tried  map[string]bool // tiers whose relaxation was rounded

	root     Multipliers
	rootGave int64
}

// Solve returns the best plan, proven, or the best found and a bound when ctx
// ends or the options say stop. The same problem and options give the same
// result, unless ctx ends it. It returns an error for a problem that Check
// refuses; that ctx ended is none.
func Solve(ctx context.Context, p Problem, o Options) (Result, error) {
	return solveAbove(ctx, p, o, math.MinInt64)
}

// solveAbove is Solve for plans that are worth more than above: if there are
// none, none is found, and above is the bound.
func solveAbove(ctx context.Context, p Problem, o Options, above int64) (Result, error) {
	if err := p.Check(); err != nil {
		return Result{}, err
	}
	m := newModel(p)
	s := &search{m: m, r: newRelaxation(m), options: o, ctx: ctx, lower: max(m.floor, above), tried: map[string]bool{}}
	s.begin()
	for s.queue.Len() > 0 && !s.halted {
		n := heap.Pop(&s.queue).(*node)
		if s.upper = n.bound; s.upper <= s.lower || s.done() {
			heap.Push(&s.queue, n)
			break
		}
		s.visit(n)
		if s.halted {
			heap.Push(&s.queue, n)
		}
	}
	return s.result(), nil
}

func (s *search) result() Result {
	r := Result{Found: s.found, Plan: s.plan, Bound: s.lower, Nodes: s.nodes, Root: s.root, RootGave: s.rootGave}
	if s.queue.Len() > 0 {
		r.Bound = max(s.lower, s.queue[0].bound)
	}
	r.Optimal = r.Bound == s.lower
	return r
}

// node is a set of tiers still open, with the prices that bounded it.
type node struct {
	open        []uint64
	bound       int64
	limit, flow []float64
	serial      int
	leaf        bool
}

type queue []*node

func (q queue) Len() int { return len(q) }
func (q queue) Less(i, j int) bool {
	if q[i].bound != q[j].bound {
		return q[i].bound > q[j].bound
	}
	return q[i].serial < q[j].serial
}
func (q queue) Swap(i, j int) { q[i], q[j] = q[j], q[i] }
func (q *queue) Push(x any)   { *q = append(*q, x.(*node)) }
func (q *queue) Pop() any {
	last := len(*q) - 1
	n := (*q)[last]
	*q = (*q)[:last]
	return n
}

// begin bounds the whole and rounds it to a first plan.
func (s *search) begin() {
	open := slices.Clone(s.m.open)
	s.r.descend(open, 60, 0)
	s.upper = math.MaxInt64
	s.glance()
	s.r.descend(open, 400, s.target())
	s.root = s.r.round()
	proof := s.m.prove(s.root)
	s.rootGave = proof.bound(s.m.open, s.m.shift)
	s.push(&node{open: open, bound: s.rootGave}, true)
}

func (s *search) target() float64 {
	if s.found {
		return float64(s.lower)
	}
	return 0
}

func (s *search) push(n *node, keep bool) {
	if n.bound <= s.lower {
		return
	}
	if keep {
		n.limit, n.flow = slices.Clone(s.r.limit), slices.Clone(s.r.flow)
	}
	s.nodes++
	n.serial = s.nodes
	heap.Push(&s.queue, n)
}

// visit bounds a node better, strikes out tiers, and splits what is left.
func (s *search) visit(n *node) {
	if s.stopped() {
		return
	}
	if n.leaf {
		if d := s.newDive(states(n.open)); d != nil {
			d.run()
		}
		return
	}
	copy(s.r.limit, n.limit)
	copy(s.r.flow, n.flow)
	s.r.descend(n.open, 40, s.target())
	proof := s.m.prove(s.r.round())
	bound := min(n.bound, proof.bound(n.open, s.m.shift))
	if bound <= s.lower {
		return
	}
	s.upper = bound
	s.glance()
	s.narrow(n.open, proof)
	platform := s.closest(n.open, proof)
	if platform < 0 {
		if d := s.newDive(states(n.open)); d != nil {
			s.push(&node{open: n.open, bound: min(bound, d.bound()), leaf: true}, false)
		}
		return
	}
	s.divide(n, platform, bound, proof)
}

// narrow strikes out the states that the proof excludes.
func (s *search) narrow(open []uint64, proof proof) {
	sum := proof.fixed
	for i := range open {
		sum += proof.best(i, open[i])
	}
	for i := range open {
		best := proof.best(i, open[i])
		for state, worth := range proof.worth[i] {
			if open[i]&(1<<state) != 0 && worth < best && (sum-best+worth)>>s.m.shift <= s.lower {
				open[i] &^= 1 << state
			}
		}
	}
}

// closest returns the platform whose second-best state is nearest to its best,
// -1 where all are settled.
func (s *search) closest(open []uint64, proof proof) int {
	platform, least := -1, int64(math.MaxInt64)
	for i := range open {
		if bits.OnesCount64(open[i]) < 2 {
			continue
		}
		best, second := int64(math.MinInt64), int64(math.MinInt64)
		for state, worth := range proof.worth[i] {
			if open[i]&(1<<state) == 0 {
				continue
			}
			if worth > best {
				best, second = worth, best
			} else {
				second = max(second, worth)
			}
		}
		if best-second < least {
			platform, least = i, best-second
		}
	}
	return platform
}

// divide makes a node of each state of the platform.
func (s *search) divide(n *node, platform int, bound int64, proof proof) {
	rest := proof.fixed
	for i := range n.open {
		if i != platform {
			rest += proof.best(i, n.open[i])
		}
	}
	for state, worth := range proof.worth[platform] {
		if n.open[platform]&(1<<state) == 0 {
			continue
		}
		open := slices.Clone(n.open)
		open[platform] = 1 << state
		s.push(&node{open: open, bound: min(bound, (rest+worth)>>s.m.shift)}, true)
	}
}

func states(open []uint64) []int {
	all := make([]int, len(open))
	for i, bit := range open {
		all[i] = bits.TrailingZeros64(bit)
	}
	return all
}

// glance rounds the plan that the relaxation suggests, once for each set of
// tiers.
func (s *search) glance() {
	key := make([]byte, len(s.r.state))
	for i, state := range s.r.state {
		key[i] = byte(state)
	}
	if s.tried[string(key)] {
		return
	}
	s.tried[string(key)] = true
	if d := s.newDive(s.r.state); d != nil && d.bound() > s.lower {
		d.round()
	}
}

// offer takes a plan that is better than the one there is.
func (s *search) offer(d *draft, states []int) bool {
	value := d.value()
	if value <= s.lower || !d.fits() {
		return false
	}
	s.lower, s.found = value, true
	s.plan = Plan{Value: value, Tiers: make([]int, len(states))}
	for f, at := range d.taken {
		if option := d.p.choices[d.p.flows[f][at].choice].option; option >= 0 {
			s.plan.Options = append(s.plan.Options, option)
		}
	}
	for i, state := range states {
		s.plan.Tiers[i] = state - 1
	}
	return true
}

// stopped counts a node, and looks now and then whether the time is over.
func (s *search) stopped() bool {
	s.nodes++
	if s.options.Nodes > 0 && s.nodes > s.options.Nodes || s.nodes%64 == 0 && s.ctx.Err() != nil {
		s.halted = true
	}
	return s.halted
}

// done tells whether the plan is proven as well as was asked for.
func (s *search) done() bool {
	if s.halted {
		return true
	}
	if !s.found || s.options.Gap <= 0 {
		return false
	}
	upper := s.upper
	if s.queue.Len() > 0 {
		upper = max(upper, s.queue[0].bound)
	}
	if float64(upper-s.lower) <= s.options.Gap*math.Abs(float64(s.lower)) {
		s.halted = true
	}
	return s.halted
}
