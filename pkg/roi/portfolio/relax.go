package portfolio

import "math"

// relaxation bounds a problem from above by paying for what ties its parts
// together: a price for each unit of a limit and one for taking a flow twice.
// What is left falls apart into one knapsack a platform, in which options may
// be taken in part. For prices given, the bound is the sum of the best of each
// platform; the search for good prices is descend, and what it finds is proven
// by Multipliers. Geoffrion, Lagrangean relaxation for integer programming,
// 1974, is the source.
type relaxation struct {
	m     *model
	limit []float64 // prices of the limits
	flow  []float64 // prices of the flows

	profit []float64 // of each choice, after the prices
	share  []float64 // of each choice, how far it is taken
	order  [][]int   // of each platform, its choices by profit for a unit of load
	ratio  []float64
	ratios [][]float64 // of each platform and tier, the profit of the last unit of its capacity
	worth  [][]float64 // of each platform and state, what it adds to the bound
	state  []int       // of each platform, the best state

	slackLimit, slackFlow []float64 // how much is left of what is priced
}

func newRelaxation(m *model) *relaxation {
	r := &relaxation{
		m: m, limit: make([]float64, len(m.Limits)), flow: make([]float64, m.Flows),
		profit: make([]float64, len(m.choices)), share: make([]float64, len(m.choices)), ratio: make([]float64, len(m.choices)),
		state: make([]int, len(m.Platforms)), slackLimit: make([]float64, len(m.Limits)), slackFlow: make([]float64, m.Flows),
	}
	for i, p := range m.Platforms {
		r.order = append(r.order, append([]int(nil), m.on[i]...))
		r.ratios = append(r.ratios, make([]float64, len(p.Tiers)))
		r.worth = append(r.worth, make([]float64, len(p.Tiers)+1))
	}
	return r
}

// bound values the prices as they are, and finds how much is left of what they
// are for: the direction in which the bound falls.
func (r *relaxation) bound(open []uint64) float64 {
	sum := r.reset()
	for i := range r.m.Platforms {
		r.rank(i)
		r.fill(i)
		sum += r.choose(i, open[i])
	}
	for _, c := range r.m.free {
		r.price(c)
		r.share[c] = 0
		if r.profit[c] > 0 {
			sum += r.profit[c]
			r.take(c, 1)
		}
	}
	return sum
}

func (r *relaxation) reset() float64 {
	sum := 0.0
	for i, l := range r.m.Limits {
		sum += r.limit[i] * float64(l.Most)
		r.slackLimit[i] = float64(l.Most)
	}
	for f, price := range r.flow {
		sum += price
		r.slackFlow[f] = 1
	}
	return sum
}

func (r *relaxation) price(c int) {
	ch := &r.m.choices[c]
	profit := float64(ch.value) - r.flow[ch.flow]
	for _, u := range r.m.uses[ch.from:ch.to] {
		if u.Limit < len(r.limit) {
			profit -= r.limit[u.Limit] * float64(u.Amount)
		}
	}
	r.profit[c] = profit
}

func (r *relaxation) take(c int, share float64) {
	ch := &r.m.choices[c]
	r.share[c] = share
	r.slackFlow[ch.flow] -= share
	for _, u := range r.m.uses[ch.from:ch.to] {
		if u.Limit < len(r.limit) {
			r.slackLimit[u.Limit] -= share * float64(u.Amount)
		}
	}
}

// rank sorts the choices of a platform. They are nearly sorted from the last
// time, so that inserting is fastest.
func (r *relaxation) rank(platform int) {
	order := r.order[platform]
	for _, c := range order {
		r.price(c)
		r.share[c] = 0
		r.ratio[c] = r.profit[c] / max(1, float64(r.m.choices[c].load))
		if r.m.choices[c].load == 0 && r.profit[c] > 0 {
			r.ratio[c] = math.Inf(1)
		}
	}
	for i := 1; i < len(order); i++ {
		c, j := order[i], i
		for ; j > 0 && r.ratio[order[j-1]] < r.ratio[c]; j-- {
			order[j] = order[j-1]
		}
		order[j] = c
	}
}

// fill finds what each tier of a platform is worth. Tiers may come in any
// order of capacity.
func (r *relaxation) fill(platform int) {
	order := r.order[platform]
	next, sum, load := 0, 0.0, 0.0
	last := int64(-1)
	for t, tier := range r.m.Platforms[platform].Tiers {
		if tier.Capacity < last {
			next, sum, load = 0, 0, 0
		}
		last = tier.Capacity
		capacity := float64(tier.Capacity)
		for next < len(order) && r.profit[order[next]] > 0 && load+float64(r.m.choices[order[next]].load) <= capacity {
			sum += r.profit[order[next]]
			load += float64(r.m.choices[order[next]].load)
			next++
		}
		worth := sum - float64(tier.Price)
		r.ratios[platform][t] = 0
		if next < len(order) && r.profit[order[next]] > 0 {
			r.ratios[platform][t] = r.ratio[order[next]]
			worth += r.ratio[order[next]] * (capacity - load)
		}
		for _, u := range tier.Uses {
			worth -= r.limit[u.Limit] * float64(u.Amount)
		}
		r.worth[platform][t+1] = worth
	}
}

// choose takes the best of a platform's states and what it carries.
func (r *relaxation) choose(platform int, open uint64) float64 {
	best, state := math.Inf(-1), 0
	for s, worth := range r.worth[platform] {
		if open&(1<<s) != 0 && worth > best {
			best, state = worth, s
		}
	}
	r.state[platform] = state
	if state == 0 {
		return best
	}
	tier := r.m.Platforms[platform].Tiers[state-1]
	for _, u := range tier.Uses {
		r.slackLimit[u.Limit] -= float64(u.Amount)
	}
	left := float64(tier.Capacity)
	for _, c := range r.order[platform] {
		if r.profit[c] <= 0 {
			break
		}
		load := float64(r.m.choices[c].load)
		share := 1.0
		if load > left {
			share = left / load
		}
		left -= load
		r.take(c, share)
		if left < 0 {
			break
		}
	}
	return best
}

// descend looks for the prices with the lowest bound by steps against what is
// left, in the length that Polyak gives for a bound of target, and leaves the
// best in place. It returns their bound.
func (r *relaxation) descend(open []uint64, steps int, target float64) float64 {
	best := math.Inf(1)
	limit, flow := append([]float64(nil), r.limit...), append([]float64(nil), r.flow...)
	alongLimit, alongFlow := make([]float64, len(limit)), make([]float64, len(flow))
	length, waited := 0.5, 0
	for range steps {
		bound := r.bound(open)
		if bound < best {
			best, waited = bound, 0
			copy(limit, r.limit)
			copy(flow, r.flow)
		} else if waited++; waited > 15 {
			length, waited = length/1.5, 0
			copy(r.limit, limit)
			copy(r.flow, flow)
			bound = r.bound(open)
		}
		if best <= target || length < 0.01 {
			break
		}
		norm := r.turn(alongLimit, alongFlow)
		if norm < 1e-12 {
			break
		}
		r.step(alongLimit, alongFlow, length*(bound-target)/norm)
	}
	copy(r.limit, limit)
	copy(r.flow, flow)
	r.bound(open)
	return best
}

// pull is how much of the last direction goes into the next, reach how much
// longer a step a limit's price takes than a flow's, both tried out.
const (
	pull  = 0.6
	reach = 0.5
)

// turn bends the direction towards what is left now, and returns its square.
func (r *relaxation) turn(alongLimit, alongFlow []float64) float64 {
	norm := 0.0
	for i, left := range r.slackLimit {
		if r.limit[i] <= 0 && left > 0 || r.m.Limits[i].Soft && left < 0 && r.limit[i] >= float64(r.m.Limits[i].Price) {
			left = 0
		}
		alongLimit[i] = pull*alongLimit[i] + reach*left/r.m.scale[i]
		norm += alongLimit[i] * alongLimit[i]
	}
	for f, left := range r.slackFlow {
		if r.flow[f] <= 0 && left > 0 && !r.m.must[f] {
			left = 0
		}
		alongFlow[f] = pull*alongFlow[f] + left
		norm += alongFlow[f] * alongFlow[f]
	}
	return norm
}

func (r *relaxation) step(alongLimit, alongFlow []float64, length float64) {
	for i := range r.limit {
		r.limit[i] = max(0, r.limit[i]-length*reach*alongLimit[i]/r.m.scale[i])
		if l := r.m.Limits[i]; l.Soft {
			r.limit[i] = min(r.limit[i], float64(l.Price))
		}
	}
	for f := range r.flow {
		r.flow[f] -= length * alongFlow[f]
		if !r.m.must[f] {
			r.flow[f] = max(0, r.flow[f])
		}
	}
}
