package graph

import (
	"slices"

	"gonum.org/v1/gonum/graph/simple"
	"gonum.org/v1/gonum/graph/topo"
)

// rings are the ways on which an entity goes round: it comes back to a system
// after passing through at least two others. Two systems that send it to each
// other are no ring, nor is a centre that exchanges it with each of several.
type rings struct {
	next   [][]int // by system: the steps that lie on some ring, ascending
	groups [][]int // the systems of rings that touch, ascending
}

// findRings looks for rings among steps, which must hold no step from a system
// to itself.
func findRings(next [][]int) rings {
	r := rings{next: make([][]int, len(next))}
	group := strongComponents(next)
	for u, steps := range next {
		for _, v := range steps {
			if group[u] < 0 || group[u] != group[v] {
				continue
			}
			if _, back := slices.BinarySearch(next[v], u); !back || detour(next, v, u) != nil {
				r.next[u] = append(r.next[u], v)
			}
		}
	}
	r.group()
	return r
}

// strongComponents numbers the strong components of at least three systems;
// -1 stands for those in none. The numbers differ from run to run: they are
// good for comparing only.
func strongComponents(next [][]int) []int {
	g := simple.NewDirectedGraph()
	for u, steps := range next {
		for _, v := range steps {
			g.SetEdge(simple.Edge{F: simple.Node(u), T: simple.Node(v)})
		}
	}
	number := make([]int, len(next))
	for i := range number {
		number[i] = -1
	}
	for i, component := range topo.TarjanSCC(g) {
		if len(component) < 3 {
			continue
		}
		for _, n := range component {
			number[n.ID()] = i
		}
	}
	return number
}

// detour returns a shortest path from one system to another, both included,
// that does not take the direct step; nil if there is none.
func detour(next [][]int, from, to int) []int {
	before := make([]int, len(next))
	for i := range before {
		before[i] = -1
	}
	before[from] = from
	for queue := []int{from}; len(queue) > 0; queue = queue[1:] {
		s := queue[0]
		for _, n := range next[s] {
			if before[n] >= 0 || s == from && n == to {
				continue
			}
			before[n] = s
			if n == to {
				return walkBack(before, to)
			}
			queue = append(queue, n)
		}
	}
	return nil
}

func walkBack(before []int, to int) []int {
	path := []int{to}
	for before[to] != to {
		to = before[to]
		path = append(path, to)
	}
	slices.Reverse(path)
	return path
}

// group gathers the systems of rings that touch. Each step lies on a ring, so
// whoever is reached also leads back.
func (r *rings) group() {
	everywhere := make([]bool, len(r.next))
	for i := range everywhere {
		everywhere[i] = true
	}
	seen := make([]bool, len(r.next))
	for s, steps := range r.next {
		if len(steps) == 0 || seen[s] {
			continue
		}
		members := marked(spread(s, r.next, everywhere))
		for _, m := range members {
			seen[m] = true
		}
		r.groups = append(r.groups, members)
	}
}

// holds tells whether the step from one system to another lies on a ring.
func (r *rings) holds(from, to int) bool {
	_, ok := slices.BinarySearch(r.next[from], to)
	return ok
}

// loop returns a shortest ring in a group. It starts at first if the ring
// passes through it, else at the ring's first system.
func (r *rings) loop(group []int, first int) []int {
	var best []int
	for _, u := range group {
		for _, v := range r.next[u] {
			if path := detour(r.next, v, u); best == nil || len(path) < len(best) {
				best = path
			}
			if len(best) == 3 {
				return startAt(best, first)
			}
		}
	}
	return startAt(best, first)
}

func startAt(loop []int, first int) []int {
	i := slices.Index(loop, first)
	if i < 0 {
		i = slices.Index(loop, slices.Min(loop))
	}
	return append(slices.Clone(loop[i:]), loop[:i]...)
}
