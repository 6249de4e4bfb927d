package portfolio

import (
	"errors"
	"math"
)

// Multipliers prove a bound: no plan is worth more than Bound makes of them,
// whatever they are. Each stands for itself divided by 2^Shift.
//
// The arithmetic needs nothing but sums and products of integers. What an
// option earns is its value less, for each of its uses, the amount times the
// limit's multiplier, less its flow's. What a tier earns is, for each option on
// the platform, what that earns less its load times the tier's own multiplier,
// where that is more than nothing; plus the capacity times that multiplier,
// less the price, less the tier's uses times theirs. The bound is each limit's
// most times its multiplier, and the flows' multipliers, and for each platform
// the most that one of its tiers earns, or nothing, and what the options
// without a platform earn where that is more than nothing.
type Multipliers struct {
	Shift  uint      `json:"shift"`
	Limits []int64   `json:"limits"` // 0 or more; of a soft limit at most its price
	Flows  []int64   `json:"flows"`  // 0 or more, but of a flow that must be in the plan
	Tiers  [][]int64 `json:"tiers"`  // of each platform and tier, 0 or more; 0 where the capacity has no end
}

// round gives the prices as multipliers. Their bound is within a few parts in
// 2^Shift of the relaxation's.
func (r *relaxation) round() Multipliers {
	unit := math.Ldexp(1, int(r.m.shift))
	u := Multipliers{Shift: r.m.shift, Limits: make([]int64, len(r.limit)), Flows: make([]int64, len(r.flow))}
	for i, price := range r.limit {
		u.Limits[i] = r.m.fixed(i, price)
	}
	tame(u.Limits, func(i int) float64 { return r.m.heavy[i] + math.Abs(float64(r.m.Limits[i].Most)) })
	for f, price := range r.flow {
		u.Flows[f] = int64(math.Round(price * unit))
	}
	for i, p := range r.m.Platforms {
		tiers := make([]int64, len(p.Tiers))
		for t, tier := range p.Tiers {
			if tier.Capacity != Endless && !math.IsInf(r.ratios[i][t], 0) {
				tiers[t] = int64(math.Round(r.ratios[i][t] * unit))
			}
		}
		r.m.lend(i, tiers)
		u.Tiers = append(u.Tiers, tiers)
	}
	return u
}

// lend gives tiers that are left out the multiplier of one that covers them:
// then they earn no more than it, and the proof holds with them too.
func (m *model) lend(platform int, multipliers []int64) {
	tiers := m.Platforms[platform].Tiers
	for t, tier := range tiers {
		if m.open[platform]&(1<<(t+1)) != 0 {
			continue
		}
		for s, other := range tiers {
			if m.open[platform]&(1<<(s+1)) != 0 && other.covers(tier) && tier.Capacity != Endless {
				multipliers[t] = multipliers[s]
				break
			}
		}
	}
}

// fixed is a row's price in 1/2^shift, within what is allowed.
func (m *model) fixed(row int, price float64) int64 {
	x := int64(math.Round(min(max(0, math.Ldexp(price, int(m.shift))), math.Ldexp(1, 61))))
	if row >= len(m.Limits) || !m.Limits[row].Soft {
		return x
	}
	if top := m.Limits[row].Price; top <= x>>m.shift {
		return top << m.shift
	}
	return x
}

// tame makes multipliers smaller, all alike, until no sum of theirs overflows.
// heavy is the most that a row can be used, its own end included.
func tame(prices []int64, heavy func(i int) float64) {
	sum := 0.0
	for i, price := range prices {
		sum += float64(price) * heavy(i)
	}
	if sum < math.Ldexp(1, 61) {
		return
	}
	for i, price := range prices {
		prices[i] = int64(float64(price) * math.Ldexp(1, 61) / sum)
	}
}

// proof is what multipliers earn, in 1/2^shift.
type proof struct {
	fixed int64     // without the platforms
	worth [][]int64 // of each platform and state
}

// prove values multipliers in integers.
func (m *model) prove(u Multipliers) proof {
	var p proof
	for i, l := range m.Limits {
		p.fixed += u.Limits[i] * l.Most
	}
	for _, price := range u.Flows {
		p.fixed += price
	}
	for _, c := range m.free {
		p.fixed += max(0, m.earns(u, c))
	}
	earned := make([]int64, 0, 256)
	for i, pl := range m.Platforms {
		earned = earned[:0]
		for _, c := range m.on[i] {
			earned = append(earned, m.earns(u, c))
		}
		worth := make([]int64, len(pl.Tiers)+1)
		for t, tier := range pl.Tiers {
			worth[t+1] = m.tierEarns(u, tier, u.Tiers[i][t], earned, m.on[i])
		}
		p.worth = append(p.worth, worth)
	}
	return p
}

func (m *model) earns(u Multipliers, c int) int64 {
	ch := &m.choices[c]
	x := ch.value<<u.Shift - u.Flows[ch.flow]
	for _, used := range m.uses[ch.from:ch.to] {
		if used.Limit < len(u.Limits) {
			x -= used.Amount * u.Limits[used.Limit]
		}
	}
	return x
}

func (m *model) tierEarns(u Multipliers, t Tier, unit int64, earned []int64, on []int) int64 {
	x := -t.Price << u.Shift
	if unit > 0 {
		x += t.Capacity * unit
	}
	for _, used := range t.Uses {
		x -= used.Amount * u.Limits[used.Limit]
	}
	for k, c := range on {
		if e := earned[k] - m.choices[c].load*unit; e > 0 {
			x += e
		}
	}
	return x
}

// best returns the most that a platform earns in the states open.
func (p proof) best(platform int, open uint64) int64 {
	most := int64(math.MinInt64)
	for s, worth := range p.worth[platform] {
		if open&(1<<s) != 0 {
			most = max(most, worth)
		}
	}
	return most
}

// bound is the proof with the states open, in whole units.
func (p proof) bound(open []uint64, shift uint) int64 {
	sum := p.fixed
	for i := range open {
		sum += p.best(i, open[i])
	}
	return sum >> shift
}

// Bound returns what multipliers prove: no plan is worth more. It returns an
// error where they do not fit the problem, or one is out of its range.
func (p Problem) Bound(u Multipliers) (int64, error) {
	if err := p.Check(); err != nil {
		return 0, err
	}
	if err := p.fit(u); err != nil {
		return 0, err
	}
	m := newModel(p)
	open := make([]uint64, len(p.Platforms))
	for i, pl := range p.Platforms {
		open[i] = 1<<(len(pl.Tiers)+1) - 1
	}
	return m.prove(u).bound(open, u.Shift), nil
}

func (p Problem) fit(u Multipliers) error {
	if len(u.Limits) != len(p.Limits) || len(u.Flows) != p.Flows || len(u.Tiers) != len(p.Platforms) || u.Shift > 30 {
		return errors.New("the multipliers are those of another problem")
	}
	must := make([]bool, p.Flows)
	for _, f := range p.Must {
		must[f] = true
	}
	bad := errors.New("a multiplier is out of its range")
	for i, x := range u.Limits {
		if l := p.Limits[i]; x < 0 || l.Soft && float64(x) > math.Ldexp(float64(l.Price), int(u.Shift)) {
			return bad
		}
	}
	for f, x := range u.Flows {
		if x < 0 && !must[f] {
			return bad
		}
	}
	for i, tiers := range u.Tiers {
		if len(tiers) != len(p.Platforms[i].Tiers) {
			return errors.New("the multipliers are those of another problem")
		}
		for t, x := range tiers {
			if x < 0 || x > 0 && p.Platforms[i].Tiers[t].Capacity == Endless {
				return bad
			}
		}
	}
	return nil
}
