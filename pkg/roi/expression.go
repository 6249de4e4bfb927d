package roi

import (
	"strings"

	"github.com/flowmap-dev/flowmap/pkg/audit"
)

// expression is arithmetic with a # for each of its values, in their order.
type expression struct {
	formula string
	values  []Factor
}

// of is a number with a label.
func of(kind TermKind, value float64, unit TermUnit) expression {
	return expression{"#", []Factor{{Kind: kind, Value: amount(value), Unit: unit}}}
}

// known is an estimate: its one value under a label, or the mean of its three.
func known(kind TermKind, e audit.Estimate, unit TermUnit) expression {
	if e.Values != 3 || e.Low == e.High {
		x := of(kind, e.Mean(), unit)
		x.values[0].Basis = e.Basis
		return x
	}
	values := make([]Factor, 3)
	for i, v := range []float64{e.Low, e.Likely, e.High} {
		values[i] = Factor{Value: amount(v), Unit: unit, Basis: e.Basis}
	}
	return expression{"(# + 4 × # + #) / 6", values}
}

// write puts parts in the place of the # of a formula.
func write(formula string, parts ...expression) expression {
	var x expression
	var b strings.Builder
	for _, r := range formula {
		if r != '#' {
			b.WriteRune(r)
			continue
		}
		b.WriteString(parts[0].formula)
		x.values = append(x.values, parts[0].values...)
		parts = parts[1:]
	}
	x.formula = b.String()
	return x
}

// sum is the sum of parts, in brackets where there are several.
func sum(parts []expression) expression {
	if len(parts) == 1 {
		return parts[0]
	}
	return write("("+strings.TrimSuffix(strings.Repeat("# + ", len(parts)), " + ")+")", parts...)
}

// mean is the mean of parts.
func mean(parts []expression) expression {
	if len(parts) == 1 {
		return parts[0]
	}
	return write("# / #", sum(parts), of("", float64(len(parts)), InNumber))
}

// pooled is the mean of what several people said.
func pooled(kind TermKind, p audit.Pool, unit TermUnit) expression {
	parts := make([]expression, len(p))
	for i, e := range p {
		if parts[i] = known(kind, e, unit); len(p) > 1 {
			for j := range parts[i].values {
				parts[i].values[j].Kind = "" // the line itself says of what
			}
		}
	}
	return mean(parts)
}

// yearly is how often a rate comes in a year without peaks.
func yearly(a audit.Assumptions, e audit.Estimate) expression {
	rate := known("", e, InNumber)
	weeks := of(FactorWeeksPerYear, a.WeeksPerYear.Value, InNumber)
	switch e.Unit {
	case audit.PerDay:
		return write("# × # × #", rate, of(FactorDaysPerWeek, a.DaysPerWeek.Value, InNumber), weeks)
	case audit.PerWeek:
		return write("# × #", rate, weeks)
	case audit.PerMonth:
		return write("# × #", rate, of(FactorMonths, 12, InNumber))
	case audit.PerYear, audit.Number, audit.Share, audit.Money:
		return rate
	}
	return rate
}
