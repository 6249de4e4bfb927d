package audit

import (
	"math"
	"strconv"
)

// Basis tells how a number is known. It sets the spread of an amount that was
// given as one value.
type Basis string

// The bases, from the best known to the least. An amount without a basis is a
// constant: an assumption, a peak factor or a price written as one value.
const (
	Constant  Basis = ""
	Measured  Basis = "measured"
	Counted   Basis = "counted"
	Estimated Basis = "estimated"
	Guessed   Basis = "guessed"
)

// Options lists what may be written for a basis.
func (Basis) Options() []string { return []string{"measured", "counted", "estimated", "guessed"} }

// rank orders bases by how little is known: the weakest has the highest.
func (b Basis) rank() int {
	switch b {
	case Constant:
		return 0
	case Measured:
		return 1
	case Counted:
		return 2
	case Estimated:
		return 3
	case Guessed:
		return 4
	}
	return 4
}

// Weakest returns the basis of the two that knows less.
func Weakest(a, b Basis) Basis {
	if b.rank() > a.rank() {
		return b
	}
	return a
}

// spread gives the shares of a single value by which its low and high lie
// below and above it: measured ±5 %, counted ±10 %, estimated −20/+30 %,
// guessed −40/+60 %.
func (b Basis) spread() (below, above float64) {
	switch b {
	case Constant:
		return 0, 0
	case Measured:
		return .05, .05
	case Counted:
		return .10, .10
	case Estimated:
		return .20, .30
	case Guessed:
		return .40, .60
	}
	return 0, 0
}

// Unit tells what an amount counts.
type Unit uint8

// The units of amounts. A share lies between 0 and 1; money is in the
// workspace's currency; the last four are rates.
const (
	Number Unit = iota
	Share
	Money
	PerDay
	PerWeek
	PerMonth
	PerYear
)

// IsRate tells whether the unit is something per day, week, month or year.
func (u Unit) IsRate() bool { return u >= PerDay }

// Estimate is an amount as somebody stated it: one value, or the least, the
// likely and the most that ever happen. The zero Estimate is not stated.
type Estimate struct {
	Low, Likely, High float64 // equal where one value was stated
	Unit              Unit
	Basis             Basis // Constant: one value is exact
	Values            uint8 // 0 not stated, 1, or 3
	Place             Place // where it was stated; nowhere for a default
}

// One is an estimate of a single value.
func One(value float64, unit Unit, basis Basis) Estimate {
	return Estimate{Low: value, Likely: value, High: value, Unit: unit, Basis: basis, Values: 1}
}

// Three is an estimate of the least, the likely and the most.
func Three(low, likely, high float64, unit Unit) Estimate {
	return Estimate{Low: low, Likely: likely, High: high, Unit: unit, Basis: Estimated, Values: 3}
}

// Stated tells whether anybody gave the amount.
func (e Estimate) Stated() bool { return e.Values > 0 }

// Or returns the estimate, or other where it is not stated.
func (e Estimate) Or(other Estimate) Estimate {
	if e.Stated() {
		return e
	}
	return other
}

// Mean returns the mean of the beta-PERT distribution with λ = 4,
// (low + 4·likely + high)/6; of a single value, the value itself.
func (e Estimate) Mean() float64 {
	if e.Values != 3 || e.Low == e.High {
		return e.Likely
	}
	return (e.Low + float64(4*e.Likely) + e.High) / 6
}

// Range returns the parameters of the beta-PERT distribution of the amount. A
// single value gets its spread from its basis with its mean kept: likely is
// (6·value − low − high)/4. A share is cut at 1, and where likely would then lie
// above 1, low rises until the mean is the value again.
func (e Estimate) Range() (low, likely, high float64) {
	if e.Values != 1 {
		return e.Low, e.Likely, e.High
	}
	below, above := e.Basis.spread()
	low, high = e.Likely*(1-below), e.Likely*(1+above)
	if e.Unit == Share && high > 1 {
		high = 1
		low = max(low, float64(6*e.Likely)-5)
	}
	return low, min((float64(6*e.Likely)-low-high)/4, high), high
}

// times returns the estimate with its values multiplied by k, in unit u.
func (e Estimate) times(k float64, u Unit) Estimate {
	e.Low, e.Likely, e.High, e.Unit = e.Low*k, e.Likely*k, e.High*k, u
	return e
}

// Pool is what several people said of one amount. Each is as likely to be
// right as the others: the pool is their equal-weight mixture.
type Pool []Estimate

// Stated tells whether anybody gave the amount.
func (p Pool) Stated() bool { return len(p) > 0 }

// Mean returns the mean of the mixture, 0 for an empty pool.
func (p Pool) Mean() float64 {
	if len(p) == 0 {
		return 0
	}
	sum := 0.0
	for _, e := range p {
		sum += e.Mean()
	}
	return sum / float64(len(p))
}

// Basis returns the weakest basis in the pool.
func (p Pool) Basis() Basis {
	weakest := Constant
	for _, e := range p {
		weakest = Weakest(weakest, e.Basis)
	}
	return weakest
}

// String writes the estimate as a workspace does: 85%, 40/day, [6, 8, 12]. An
// estimate that is not stated is empty.
func (e Estimate) String() string {
	switch e.Values {
	case 1:
		return e.Unit.format(e.Likely)
	case 3:
		return "[" + e.Unit.format(e.Low) + ", " + e.Unit.format(e.Likely) + ", " + e.Unit.format(e.High) + "]"
	}
	return ""
}

// format writes a value in the unit as a workspace does.
func (u Unit) format(x float64) string {
	switch u {
	case Share:
		return PlainNumber(math.Round(x*1e8)/1e6) + "%"
	case PerDay:
		return PlainNumber(x) + "/day"
	case PerWeek:
		return PlainNumber(x) + "/week"
	case PerMonth:
		return PlainNumber(x) + "/month"
	case PerYear:
		return PlainNumber(x) + "/year"
	case Number, Money:
		return PlainNumber(x)
	}
	return PlainNumber(x)
}

// PlainNumber writes a number as a workspace reads it. A point and exactly three
// digits would be taken for thousands: a fourth digit is added.
func PlainNumber(x float64) string {
	if x == 0 {
		return "0" // of -0 too
	}
	s := strconv.FormatFloat(x, 'f', -1, 64)
	if grouped.MatchString(s) {
		s += "0"
	}
	return s
}
