package main

import (
	"math"
	"slices"
	"strings"

	"github.com/flowmap-dev/flowmap/pkg/roi"
)

// arithmetic prints how answers become factors, and factors become terms.
func (e explanation) arithmetic(s roi.Score) {
	var factors, terms []roi.Origin // those of factors, those of terms without any
	all := s.Terms(e.a.workspace)
	for _, o := range roi.Origins(e.a.workspace, e.a.catalogue, s) {
		if slices.ContainsFunc(all, func(t roi.Term) bool { return t.Kind == o.Kind && t.Subject == o.Subject }) {
			terms = append(terms, o)
		} else {
			factors = append(factors, o)
		}
	}
	if len(factors) > 0 {
		e.line("\nFrom the answers to the numbers below")
	}
	for _, o := range factors {
		e.entry(e.heading(o.Kind, o.Subject)+": "+e.exact(roi.Factor{Value: o.Amount, Unit: o.Unit}), "= "+e.formula(o))
	}
	if len(all) > 0 {
		e.line("\nA year of it today, and what an integration saves")
	}
	for _, t := range all {
		how := "as it was answered"
		if len(t.Factors) > 0 {
			how = "= " + e.factors(t.Factors)
		}
		for _, o := range terms {
			if len(t.Factors) == 0 && o.Kind == t.Kind && o.Subject == t.Subject {
				how = "= " + e.formula(o)
			}
		}
		e.entry(e.heading(t.Kind, t.Subject)+": "+e.amount(t.Amount, t.Unit), how)
	}
}

// heading is the label of a line, behind the error point that it speaks of.
func (e explanation) heading(kind roi.TermKind, subject string) string {
	label := e.p.Text("term."+string(kind), nil)
	if subject != "" {
		return subject + ": " + strings.ToLower(label[:1]) + label[1:]
	}
	return strings.ToUpper(label[:1]) + label[1:]
}

func (e explanation) factors(factors []roi.Factor) string {
	parts := make([]string, len(factors))
	for i, f := range factors {
		parts[i] = e.labelled(f)
	}
	return strings.Join(parts, " × ")
}

// formula writes an origin with its values and their labels.
func (e explanation) formula(o roi.Origin) string {
	parts := strings.Split(o.Formula, "#")
	var b strings.Builder
	for i, part := range parts {
		b.WriteString(part)
		if i < len(o.Values) {
			b.WriteString(e.labelled(o.Values[i]))
		}
	}
	return b.String()
}

func (e explanation) labelled(f roi.Factor) string {
	amount := e.exact(f)
	if f.Unit == roi.InHours {
		amount = strings.TrimSuffix(amount, " h") // its label says hours
	}
	if f.Kind == "" {
		return amount
	}
	return amount + " " + strings.ToLower(e.p.Text("term."+string(f.Kind), nil))
}

// exact writes a number with so many decimals that what is worked out of it
// comes to the amounts shown.
func (e explanation) exact(f roi.Factor) string {
	switch f.Unit {
	case roi.InHours:
		return e.p.Number(f.Value, decimals(f.Value, 0)) + " h"
	case roi.InMoney:
		return e.p.Money(f.Value, e.a.workspace.Currency, decimals(f.Value, 2))
	case roi.InShare:
		return e.p.Percent(f.Value, decimals(100*f.Value, 0))
	case roi.InCount, roi.InNumber:
	}
	return e.p.Number(f.Value, decimals(f.Value, 0))
}

// decimals is how many decimals a number needs, at least so many and at most
// four, or eight where it is small.
func decimals(x float64, least int) int {
	most := 4
	if math.Abs(x) < .1 {
		most = 8
	}
	for d := least; d < most; d++ {
		if unit := math.Pow10(d); math.Abs(math.Round(x*unit)/unit-x) < .5*math.Pow10(-most) {
			return d
		}
	}
	return most
}

// amount writes a term as a person reads it.
func (e explanation) amount(x float64, u roi.TermUnit) string {
	switch u {
	case roi.InHours:
		return e.p.Hours(x)
	case roi.InMoney:
		return e.p.Money(x, e.a.workspace.Currency, 2)
	case roi.InCount:
		return e.p.Number(x, 1)
	case roi.InShare, roi.InNumber:
	}
	return e.exact(roi.Factor{Value: x, Unit: u})
}
