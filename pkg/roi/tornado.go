package roi

import (
	"cmp"
	"math"
	"slices"

	"github.com/flowmap-dev/flowmap/pkg/audit"
)

// Bar is a number at its P10 and at its P90, all others at their means.
type Bar struct {
	Flow      string // id; empty for a number that flows share
	Role      string // id, of what an hour of a role costs
	Field     string // effort.hours_per_week, errors.wrong-sku.rate, hourly_cost; BuildHours for the formula's
	Point     string // what goes wrong, of a number of an error point
	Known     audit.Estimate
	Low, High float64 // P10 and P90 of the number, in its own unit
	AtLow     float64 // NPV with the number at Low: greater than AtHigh for a cost
	AtHigh    float64 // NPV with the number at High
	Swing     float64 // how far apart the two are, never below 0
}

// Tornado tells which numbers drive what a flow brings by itself: each in turn
// at its P10 and P90, the greatest swing of NPV first, equal ones in the order
// of the numbers. What moves nothing is not listed. A score without a price or
// hours has none.
func Tornado(w audit.Workspace, s Score) []Bar {
	f, ok := w.Flow(s.Flow)
	if !ok || !s.Stated || !s.PlatformPerMonth.OK {
		return nil
	}
	m := newModelling(w, 0)
	model := m.model(f, s)
	return m.tornado(model.own, func(columns []column) []float64 {
		n := len(columns)
		d := &desk{first: -1}
		d.set(m.shared, 0, columns)
		d.set(model.own, len(m.shared), columns)
		money := d.money(n)
		d.price(model, money)
		worth := make([]float64, n)
		for i := range worth {
			worth[i] = m.yield.npv(money.build[i], money.benefit[i], money.running[i])
		}
		return worth
	})
}

// Tornado tells which numbers drive what the programme brings, as Tornado does
// for a flow. A number that flows share moves all of them.
func (p Programme) Tornado(w audit.Workspace) []Bar {
	m := newModelling(w, 0)
	c := m.programme(p)
	var own []variable
	first := make([]int, len(c.models))
	for i, f := range c.models {
		first[i] = len(m.shared) + len(own)
		own = append(own, f.own...)
	}
	return m.tornado(own, func(columns []column) []float64 {
		d := &desk{first: -1}
		d.set(m.shared, 0, columns)
		cash := c.cash(d, len(columns), func(i int) {
			d.rows = d.rows[:len(m.shared)]
			d.set(c.models[i].own, first[i], columns)
		})
		worth := make([]float64, len(columns))
		month := make([]float64, m.yield.months+1)
		for i := range worth {
			for k := range month {
				month[k] = amount(cash[k][i])
			}
			worth[i] = NPV(m.yield.rate, month)
		}
		return worth
	})
}

// column is a trial in which one variable has a value and all others are at
// their means.
type column struct {
	place int
	value float64
}

// set puts variables on the desk; the first of them has the place first among
// all.
func (d *desk) set(variables []variable, first int, columns []column) {
	for i, v := range variables {
		row := slices.Repeat([]float64{v.mean}, len(columns))
		for j, c := range columns {
			if c.place == first+i {
				row[j] = c.value
			}
		}
		d.rows = append(d.rows, row)
	}
}

// tornado tries the shared variables and those of flows.
func (m *modelling) tornado(own []variable, worth func([]column) []float64) []Bar {
	all := slices.Concat(m.shared, own)
	var bars []Bar
	const most = block / 2
	for first := 0; first < len(all); first += most {
		some := all[first:min(first+most, len(all))]
		columns := make([]column, 0, block)
		for i, v := range some {
			columns = append(columns, column{first + i, v.quantile(.1)}, column{first + i, v.quantile(.9)})
		}
		at := worth(columns)
		for i, v := range some {
			known := m.tables.spreadOf(v.known)
			low, high := at[2*i], at[2*i+1]
			bar := Bar{v.flow, v.role, v.field, v.point, v.known, known.quantile(.1), known.quantile(.9), low, high, bounded(math.Abs(high - low))}
			if bar.Swing > 0 {
				bars = append(bars, bar)
			}
		}
	}
	slices.SortStableFunc(bars, func(a, b Bar) int { return cmp.Compare(b.Swing, a.Swing) })
	return bars
}

// quantile returns the amount at probability p.
func (s spread) quantile(p float64) float64 {
	if s.table == nil {
		return s.low
	}
	return s.low + float64(s.width*s.table.quantile(p))
}
