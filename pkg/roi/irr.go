package roi

import "math/big"

// IRR returns every internal rate of return of cash, a share for each period:
// every rate above -1 at which NPV is zero, ascending. None is an empty list:
// cash that has only one sign, and some that has both (1000, -3000, 2500), has
// no such rate. There are at most as many as cash changes its sign.
//
// The search is complete. In x = 1/(1+rate) the present value is a polynomial;
// multiplying its coefficients by (k - a), with a between the two periods of a
// change of sign, gives one with a change fewer whose roots separate those
// asked for (Rolle's theorem on x^-a p(x), the proof of Descartes' rule). Down
// to a single change, and back up by bisection, no root is passed over. Signs
// are taken at 256 bits, because coefficients that cancel are what makes other
// methods fail.
//
// Limits: roots so near to each other that the rounding of cash to float64
// decides whether they are there are given as one, so a double root is one
// rate. A single rate is exact to some 1e-16 (of 1+rate, where that is above 1),
// a double one to 1e-8. Rates above 2^1022, and below -1 + 2^-53, are left out.
// A NaN or an infinity in cash, and cash that is zero throughout, gives none.
// Time grows with the length and with the changes of sign: 36 months with one
// change take some 5 µs, 120 months that change every month 0.2 s.
func IRR(cash []float64) []float64 {
	tamed, _, ok := tame(cash)
	if !ok {
		return nil
	}
	coefficients := inner(tamed)
	var found []float64
	switch changes(coefficients) {
	case 0:
		return nil
	case 1:
		found = single(coefficients)
	default:
		found = several(coefficients)
	}
	rates := make([]float64, len(found))
	for i, x := range found {
		rates[len(found)-1-i] = 1/x - 1
	}
	return rates
}

// The range of x = 1/(1+rate) in which rate is a float64 above -1.
const (
	leastX = 0x1p-1022
	mostX  = 0x1p53
)

// inner drops the zeros at both ends: they move every root nowhere.
func inner(cash []float64) []float64 {
	for len(cash) > 0 && cash[0] == 0 {
		cash = cash[1:]
	}
	for len(cash) > 0 && cash[len(cash)-1] == 0 {
		cash = cash[:len(cash)-1]
	}
	return cash
}

// changes counts how often the sign turns, zeros left out.
func changes(coefficients []float64) int {
	n, last := 0, 0.0
	for _, c := range coefficients {
		if c == 0 {
			continue
		}
		if last != 0 && (c < 0) != (last < 0) {
			n++
		}
		last = c
	}
	return n
}

// single finds the root of a polynomial with one change of sign. Such a root is
// never worse conditioned than twice the rounding of the coefficients, so plain
// float64 will do.
func single(coefficients []float64) []float64 {
	sign := func(x float64) int { return signOf(towardsZero(coefficients, x)) }
	if sign(leastX)*sign(mostX) > 0 {
		return nil
	}
	return []float64{bisect(sign, leastX, mostX)}
}

// towardsZero evaluates the polynomial at x or, where x is above 1, the
// polynomial divided by x^degree: the same sign, and no overflow.
func towardsZero(coefficients []float64, x float64) float64 {
	value, last := 0.0, len(coefficients)-1
	if x > 1 {
		for _, c := range coefficients {
			value = float64(value/x) + c
		}
		return value
	}
	for i := last; i >= 0; i-- {
		value = float64(value*x) + coefficients[i]
	}
	return value
}

func signOf(x float64) int {
	switch {
	case x < 0:
		return -1
	case x > 0:
		return 1
	}
	return 0
}

// several finds the roots of a polynomial whose sign changes more than once.
func several(coefficients []float64) []float64 {
	p := make(polynomial, len(coefficients))
	for i, c := range coefficients {
		p[i] = new(big.Float).SetPrec(precision).SetFloat64(c)
	}
	return p.between(p.lowered().roots(), p.roundedSign)
}

// precision in bits of the coefficients: 53 are given, each level multiplies by
// less than 2^9, and what is left keeps the sums of cancelling terms apart.
const precision = 256

// polynomial holds coefficients, the lowest power first.
type polynomial []*big.Float

// roots returns the places where p changes its sign, ascending.
func (p polynomial) roots() []float64 {
	if i, _ := p.firstChange(); i < 0 {
		return nil
	}
	return p.between(p.lowered().roots(), p.sign)
}

// firstChange returns the powers of the first two neighbouring terms of unlike
// sign, or -1 if there are none.
func (p polynomial) firstChange() (i, j int) {
	last := -1
	for k, c := range p {
		if c.Sign() == 0 {
			continue
		}
		if last >= 0 && c.Sign() != p[last].Sign() {
			return last, k
		}
		last = k
	}
	return -1, -1
}

// lowered returns a polynomial with one change of sign fewer, between whose
// roots p divided by a power of x only rises or only falls.
func (p polynomial) lowered() polynomial {
	i, j := p.firstChange()
	lower := make(polynomial, len(p))
	for k, c := range p {
		weight := new(big.Float).SetInt64(int64(2*k - i - j))
		lower[k] = new(big.Float).SetPrec(precision).Mul(c, weight)
	}
	return lower
}

// between returns the roots of p, given places between which p has at most one
// each. Neighbouring places at which sign is zero are one root.
func (p polynomial) between(places []float64, sign func(float64) int) []float64 {
	var found, touching []float64
	before, last := leastX, sign(leastX)
	if last == 0 {
		touching = append(touching, leastX)
	}
	for _, x := range append(places[:len(places):len(places)], mostX) {
		here := sign(x)
		if here == 0 {
			touching = append(touching, x)
			before, last = x, 0
			continue
		}
		if len(touching) > 0 {
			found = append(found, touching[len(touching)/2])
			touching = touching[:0]
		} else if last*here < 0 {
			found = append(found, bisect(p.sign, before, x))
		}
		before, last = x, here
	}
	if len(touching) > 0 {
		found = append(found, touching[len(touching)/2])
	}
	return found
}

// sign returns the sign of p at x.
func (p polynomial) sign(x float64) int {
	return p.at(x, false).Sign()
}

// roundedSign is sign, but zero where p at x is less than what rounding each
// coefficient to float64 may have changed.
func (p polynomial) roundedSign(x float64) int {
	value, size := p.at(x, false), p.at(x, true)
	size.SetMantExp(size, -52)
	if new(big.Float).Abs(value).Cmp(size) <= 0 {
		return 0
	}
	return value.Sign()
}

// at evaluates p at x, or the sum of its terms without their signs.
func (p polynomial) at(x float64, unsigned bool) *big.Float {
	place := new(big.Float).SetFloat64(x)
	value := new(big.Float).SetPrec(precision)
	product := new(big.Float).SetPrec(precision)
	size := new(big.Float).SetPrec(precision)
	for i := len(p) - 1; i >= 0; i-- {
		product.Mul(value, place)
		if unsigned {
			add(value, product, size.Abs(p[i]))
		} else {
			add(value, product, p[i])
		}
	}
	return value
}

// add sets sum to a + b. What is too small to show in the sum is left out first:
// big.Float would write out every bit between the two.
func add(sum, a, b *big.Float) {
	switch apart := a.MantExp(nil) - b.MantExp(nil); {
	case a.Sign() == 0 || b.Sign() != 0 && apart < -2*precision:
		sum.Set(b)
	case b.Sign() == 0 || apart > 2*precision:
		sum.Set(a)
	default:
		sum.Add(a, b)
	}
}
