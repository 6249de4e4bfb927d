package layout

import "math"

// grid is what columns are sought for.
type grid struct {
	columns int
	links   []Link
	cards   []float64 // room that each card takes along a column, in points
	labels  []float64 // the same for each link's label
	page    float64   // room that a column has, in points
	weight  float64   // of columns that are too full, against links that lead far
}

// What a link costs by where its systems stand. A step to the right reads best;
// one back is a little worse; one within a column has to go round; each column
// crossed is one more place where lines meet.
const (
	costBack   = 1.0
	costWithin = 3.5
	costAcross = 3.5
)

// place puts each system into a column, so that most links lead one column to
// the right and no column is much fuller than another. It begins with the system
// that has most links in the middle, what sends to it before it and the others
// after it, and then moves one system at a time for as long as that helps.
func (g grid) place() []int {
	at := g.begin()
	for range 40 {
		moved := false
		for n := range g.cards {
			moved = g.improve(at, n) || moved
		}
		if !moved {
			break
		}
	}
	return g.squeeze(at)
}

func (g grid) begin() []int {
	degree := make([]int, len(g.cards))
	for _, l := range g.links {
		degree[l.From]++
		degree[l.To]++
	}
	hub := 0
	for n, d := range degree {
		if d > degree[hub] {
			hub = n
		}
	}
	middle := (g.columns - 1) / 2
	at := make([]int, len(g.cards))
	for n := range at {
		at[n] = min(middle+1, g.columns-1)
	}
	for _, l := range g.links {
		if l.To == hub {
			at[l.From] = max(0, middle-1)
		}
	}
	at[hub] = middle
	return at
}

// improve moves system n to the column where everything costs least, and tells
// whether that is another one.
func (g grid) improve(at []int, n int) bool {
	was := at[n]
	best, least := was, g.cost(at)-1e-9
	for c := range g.columns {
		at[n] = c
		if cost := g.cost(at); c != was && cost < least {
			best, least = c, cost
		}
	}
	at[n] = best
	return best != was
}

// squeeze takes out columns that nothing stands in.
func (g grid) squeeze(at []int) []int {
	used := make([]bool, g.columns)
	for _, c := range at {
		used[c] = true
	}
	next := 0
	rename := make([]int, g.columns)
	for c, u := range used {
		rename[c] = next
		if u {
			next++
		}
	}
	for n, c := range at {
		at[n] = rename[c]
	}
	return at
}

// cost says how badly a drawing with these columns would read.
func (g grid) cost(at []int) float64 {
	full := make([]float64, g.columns)
	gaps := make([]float64, g.columns+1)
	for n, c := range at {
		full[c] += g.cards[n]
	}
	total := 0.0
	for i, l := range g.links {
		a, b := at[l.From], at[l.To]
		across, cost := b-a, 0.0
		if across < 0 {
			across, cost = -across, costBack
		}
		switch across {
		case 0:
			cost += costWithin
		default:
			cost += costAcross * float64(across-1)
		}
		total += cost * (1 + 2*l.Share)
		gaps[min(a, b)+1] += g.labels[i]
	}
	for _, room := range [][]float64{full, gaps} {
		for _, used := range room {
			share := used / g.page
			total += g.weight * (6*share*share + 60*math.Max(0, share-1))
		}
	}
	return total
}
