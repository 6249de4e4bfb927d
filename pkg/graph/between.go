package graph

// Betweenness tells for each node, in their order, what share of the shortest
// ways between two other systems passes through it: 0 at the edge of the
// landscape, 1 at the centre of a star. Links count in both directions, and a
// pair of systems that several shortest ways join is shared out among them.
//
// It is Freeman's centrality (Sociometry 40, 1977), normalised by the pairs of
// others, (n−1)(n−2)/2, and computed as Brandes does (2001). Sums are made in
// the order of nodes, so that every run gives the same digits.
func (m Map) Betweenness() []float64 {
	n := len(m.Nodes)
	between := make([]float64, n)
	next := m.neighbours()
	for s := range n {
		addBetween(between, next, s)
	}
	if pairs := float64(n-1) * float64(n-2); n > 2 { // each pair was counted from both ends
		for i := range between {
			between[i] /= pairs
		}
	}
	return between
}

// neighbours lists the systems that links join to each, ascending, each once.
func (m Map) neighbours() [][]int {
	at := make(map[string]int, len(m.Nodes))
	for i, n := range m.Nodes {
		at[n.System.ID] = i
	}
	next := make([][]int, len(m.Nodes))
	for _, l := range m.Links {
		from, to := at[l.From], at[l.To]
		next[from], next[to] = append(next[from], to), append(next[to], from)
	}
	for s := range next {
		next[s] = ascending(next[s])
	}
	return next
}

// addBetween adds what each system lies between one and all others.
func addBetween(between []float64, next [][]int, from int) {
	n := len(next)
	steps, ways := unreached(n), make([]float64, n)
	steps[from], ways[from] = 0, 1
	order := []int{from}
	for i := 0; i < len(order); i++ {
		s := order[i]
		for _, v := range next[s] {
			if steps[v] < 0 {
				steps[v] = steps[s] + 1
				order = append(order, v)
			}
			if steps[v] == steps[s]+1 {
				ways[v] += ways[s]
			}
		}
	}
	behind := make([]float64, n)
	for i := len(order) - 1; i > 0; i-- {
		v := order[i]
		for _, s := range next[v] {
			if steps[s] == steps[v]-1 {
				behind[s] += float64(ways[s] / ways[v] * (1 + behind[v]))
			}
		}
		between[v] += behind[v]
	}
}
