package portfolio

import (
	"math"
	"math/bits"
	"slices"
)

// model is a problem as the search reads it: the choices of a flow side by
// side, the first being not to do it, and one list of rows, the limits and then
// the capacity of each platform.
type model struct {
	Problem
	must    []bool
	first   []int // of flow f: its choices are first[f] to first[f+1]-1
	choices []choice
	uses    []Use   // of all choices; Limit is a row
	on      [][]int // of each platform, the choices that run on it
	free    []int   // choices that need no platform
	open    []uint64
	scale   []float64 // of each row, a usual use of it
	heavy   []float64 // of each row, all uses of it, whatever their sign
	shift   uint      // multipliers are held in 1/2^shift
	floor   int64     // less than any plan is worth
}

// choice is an option, or the way out of not doing a flow.
type choice struct {
	flow, option, platform int // option is -1 for not doing it
	value, load            int64
	from, to               int // in model.uses
}

func (m *model) row(platform int) int { return len(m.Limits) + platform }
func (m *model) rows() int            { return len(m.Limits) + len(m.Platforms) }

func newModel(p Problem) *model {
	m := &model{Problem: p, must: make([]bool, p.Flows), on: make([][]int, len(p.Platforms))}
	for _, f := range p.Must {
		m.must[f] = true
	}
	without := make([]bool, p.Flows)
	for _, f := range p.Without {
		without[f] = true
	}
	byFlow := make([][]int, p.Flows)
	for i, o := range p.Options {
		byFlow[o.Flow] = append(byFlow[o.Flow], i)
	}
	for f, options := range byFlow {
		m.first = append(m.first, len(m.choices))
		m.choices = append(m.choices, choice{flow: f, option: -1, platform: Own, from: len(m.uses), to: len(m.uses)})
		for _, i := range options {
			if !without[f] && m.possible(p.Options[i]) {
				m.add(i)
			}
		}
	}
	m.first = append(m.first, len(m.choices))
	m.openTiers()
	m.measure()
	return m
}

// possible leaves out what no tier holds.
func (m *model) possible(o Option) bool {
	if o.Platform == Own {
		return true
	}
	return slices.ContainsFunc(m.Platforms[o.Platform].Tiers, func(t Tier) bool { return t.Capacity >= o.Load })
}

func (m *model) add(option int) {
	o := m.Options[option]
	c := choice{flow: o.Flow, option: option, platform: o.Platform, value: o.Value, load: o.Load, from: len(m.uses)}
	m.uses = append(m.uses, o.Uses...)
	if o.Platform != Own {
		if o.Load > 0 {
			m.uses = append(m.uses, Use{m.row(o.Platform), o.Load})
		}
		m.on[o.Platform] = append(m.on[o.Platform], len(m.choices))
	} else {
		m.free = append(m.free, len(m.choices))
	}
	c.to = len(m.uses)
	m.choices = append(m.choices, c)
}

// openTiers lists as bits the states of each platform that an optimum may
// need: bit 0 for not paying it, bit t+1 for tier t. A tier that costs no less,
// uses no less and holds no more than another is left out.
func (m *model) openTiers() {
	for i, p := range m.Platforms {
		states := uint64(1)
		if len(m.on[i]) > 0 {
			for t := range p.Tiers {
				states |= 1 << (t + 1)
			}
		}
		for t, tier := range p.Tiers {
			bit := uint64(1) << (t + 1)
			if states&bit == 0 {
				continue
			}
			if tier.Price == 0 && len(tier.Uses) == 0 {
				states &^= 1
			}
			for s, other := range p.Tiers {
				if s != t && states&(1<<(s+1)) != 0 && other.covers(tier) {
					states &^= bit
					break
				}
			}
		}
		m.open = append(m.open, states)
	}
}

// covers tells whether t is never worse than other.
func (t Tier) covers(other Tier) bool {
	if t.Price > other.Price || t.Capacity < other.Capacity {
		return false
	}
	return slices.Equal(t.Uses, other.Uses) || len(t.Uses) == 0 &&
		!slices.ContainsFunc(other.Uses, func(u Use) bool { return u.Amount < 0 })
}

// measure finds the scales: how fine multipliers may be so that no sum
// overflows, what a row's usual use is, and a value below every plan's.
func (m *model) measure() {
	total := int64(1)
	for f := range m.must {
		most := int64(0)
		for _, c := range m.choices[m.first[f]:m.first[f+1]] {
			most = max(most, c.value, -c.value)
		}
		total += most
	}
	for _, p := range m.Platforms {
		most := int64(0)
		for _, t := range p.Tiers {
			most = max(most, t.Price)
		}
		total += most
	}
	m.floor = -total - m.mostCharged()
	m.shift = uint(max(4, min(30, bits.LeadingZeros64(uint64(total))-8)))
	sums, counts := make([]float64, m.rows()), make([]float64, m.rows())
	for _, p := range m.Platforms {
		for _, t := range p.Tiers {
			for _, u := range t.Uses {
				sums[u.Limit] += math.Abs(float64(u.Amount))
				counts[u.Limit]++
			}
		}
	}
	for _, u := range m.uses {
		sums[u.Limit] += math.Abs(float64(u.Amount))
		counts[u.Limit]++
	}
	m.heavy, m.scale = sums, make([]float64, m.rows())
	for r := range m.scale {
		m.scale[r] = 1
		if sums[r] > 0 {
			m.scale[r] = sums[r] / counts[r]
		}
	}
}

// mostCharged is the most that all soft limits together can take off.
func (m *model) mostCharged() int64 {
	over := make([]float64, len(m.Limits))
	for i, l := range m.Limits {
		over[i] = -float64(l.Most)
	}
	for _, u := range m.uses {
		if u.Limit < len(over) && u.Amount > 0 {
			over[u.Limit] += float64(u.Amount)
		}
	}
	for _, p := range m.Platforms {
		for _, t := range p.Tiers {
			for _, u := range t.Uses {
				over[u.Limit] += math.Max(0, float64(u.Amount))
			}
		}
	}
	sum := 0.0
	for i, l := range m.Limits {
		if l.Soft {
			sum += math.Max(0, over[i]) * float64(l.Price)
		}
	}
	return int64(math.Min(sum, maxTotal))
}
