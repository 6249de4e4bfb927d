package lang

import (
	"math"
	"strconv"
	"strings"
)

// unknownNumber stands where there is no number to print.
const unknownNumber = "–"

// Number writes x with that many decimals: 1234.5 with two is "1,234.50" or
// "1.234,50". A half is rounded away from zero, seen in decimal as Excel and
// browsers do (1.005 is 1.01). NaN and infinities are an en dash.
func (p Printer) Number(x float64, decimals int) string {
	digits, negative, ok := p.digits(x, decimals)
	if !ok {
		return unknownNumber
	}
	return sign(negative) + digits
}

// Money writes an amount in a currency of ISO 4217: "€1,234.50", "1.234,50 €",
// "CHF 1,234.50". The minus comes first.
func (p Printer) Money(x float64, currency string, decimals int) string {
	digits, negative, ok := p.digits(x, decimals)
	if !ok {
		return unknownNumber
	}
	mark, short := symbol(currency)
	switch {
	case !short && p.locale.symbolFirst:
		digits = currency + noBreak + digits
	case !short:
		digits += noBreak + currency
	case p.locale.symbolFirst:
		digits = mark + digits
	default:
		digits += noBreak + mark
	}
	return sign(negative) + digits
}

// Percent writes a share of one: 0.85 is "85%" or "85 %".
func (p Printer) Percent(share float64, decimals int) string {
	digits, negative, ok := p.digits(shifted(share, 2), decimals)
	if !ok {
		return unknownNumber
	}
	return sign(negative) + digits + p.locale.percentGap + "%"
}

// shifted is x with its decimal point moved right by places. It works in
// decimal: 100 × 0.285 is 28.5, while in binary it comes to 28.499999999999996,
// which prints as 28.
func shifted(x float64, places int) float64 {
	mantissa, exponent, ok := strings.Cut(strconv.FormatFloat(x, 'e', -1, 64), "e")
	power, err := strconv.Atoi(exponent)
	if !ok || err != nil {
		return x // NaN and infinities, which have no exponent
	}
	// Out of range, ParseFloat gives the infinity that the result rounds to.
	y, _ := strconv.ParseFloat(mantissa+"e"+strconv.Itoa(power+places), 64)
	return y
}

// Hours writes a number of hours, with one decimal: "8.3 h", "8,3 h".
func (p Printer) Hours(x float64) string {
	digits := p.Number(x, 1)
	if digits == unknownNumber {
		return digits
	}
	return p.Text("duration.hours", Args{"Count": digits})
}

// Age writes how old something is, in hours, in the unit that suits it: "5
// minutes", "1 h", "25 h", "1 day", "9 days". Nothing is "0 minutes".
func (p Printer) Age(hours float64) string {
	const day = 24
	switch minutes := math.Round(hours * 60); {
	case minutes < 60:
		return p.Plural("duration.minutes", int(minutes), nil)
	case hours == day:
		return p.Plural("duration.days", 1, nil)
	case hours < 2*day:
		return p.Text("duration.hours", Args{"Count": p.Number(math.Round(hours), 0)})
	}
	return p.Plural("duration.days", int(math.Round(hours/day)), nil)
}

// Months writes a number of months, with one decimal: "6.1 months",
// "6,1 meses"; without end, "never".
func (p Printer) Months(x float64) string {
	if math.IsInf(x, 1) {
		return p.Text("never", nil)
	}
	digits := p.Number(x, 1)
	if digits == unknownNumber {
		return digits
	}
	return p.words.text("duration.months", rounded(math.Abs(x), 1), Args{"Count": digits})
}

// digits writes |x|, grouped; negative is about what is printed, so -0.004
// with two decimals is not.
func (p Printer) digits(x float64, decimals int) (text string, negative, ok bool) {
	if math.IsNaN(x) || math.IsInf(x, 0) {
		return "", false, false
	}
	plain := rounded(math.Abs(x), max(decimals, 0))
	negative = x < 0 && strings.Trim(plain, "0.") != ""
	whole, fraction, _ := strings.Cut(plain, ".")
	text = grouped(whole, p.locale.group)
	if fraction != "" {
		text += p.locale.decimal + fraction
	}
	return text, negative, true
}

func sign(negative bool) string {
	if negative {
		return "-"
	}
	return ""
}

// rounded writes x, which is not negative, with that many decimals after a
// point. It rounds the shortest decimal that stands for x, half up.
func rounded(x float64, decimals int) string {
	whole, fraction, _ := strings.Cut(strconv.FormatFloat(x, 'f', -1, 64), ".")
	if len(fraction) <= decimals {
		fraction += strings.Repeat("0", decimals-len(fraction))
		return joined(whole, fraction)
	}
	digits := []byte(whole + fraction[:decimals])
	if fraction[decimals] >= '5' {
		digits = plusOne(digits)
	}
	cut := len(digits) - decimals
	return joined(string(digits[:cut]), string(digits[cut:]))
}

func joined(whole, fraction string) string {
	if fraction == "" {
		return whole
	}
	return whole + "." + fraction
}

// plusOne adds one to a number in decimal digits: 199 is 200, 99 is 100.
func plusOne(digits []byte) []byte {
	for i := len(digits) - 1; i >= 0; i-- {
		if digits[i] < '9' {
			digits[i]++
			return digits
		}
		digits[i] = '0'
	}
	return append([]byte{'1'}, digits...)
}

// grouped sets a separator between thousands: 1234567 is 1.234.567.
func grouped(whole, separator string) string {
	first := len(whole) % 3
	var b strings.Builder
	b.WriteString(whole[:first])
	for i := first; i < len(whole); i += 3 {
		if i > 0 {
			b.WriteString(separator)
		}
		b.WriteString(whole[i : i+3])
	}
	return b.String()
}
