package audit

import (
	"reflect"
	"slices"
)

// In returns the workspace with all money in another currency, by the
// workspace's exchange rates, and leaves w as it is; false if there is no rate.
// The rates are then those to the other currency, and the old currency is one
// of them. A scenario's settings stay as they were written: apply it first.
func (w Workspace) In(currency string) (Workspace, bool) {
	rate, ok := w.ExchangeRate(currency)
	switch {
	case !ok || rate <= 0:
		return w, false
	case currency == w.Currency:
		return w, true
	}
	w.Assumptions.ExchangeRates = rebased(w.Assumptions.ExchangeRates, currency, w.Currency, rate)
	w.Currency = currency
	rewrite(reflect.ValueOf(&w).Elem(), func(v reflect.Value, f field) bool { return exchange(v, f, rate) })
	return w, true
}

// rebased gives the rates to a new currency, of which one unit was worth rate.
func rebased(rates []ExchangeRate, to, from string, rate float64) []ExchangeRate {
	rates = slices.Clone(rates)
	for i := range rates {
		r := &rates[i]
		if r.Currency == to {
			r.Currency, r.Rate.Value = from, 1
		}
		r.Rate.Value /= rate
	}
	return rates
}

// exchange divides an amount by rate if it is money.
func exchange(v reflect.Value, f field, rate float64) (whole bool) {
	switch x := v.Addr().Interface().(type) {
	case *Estimate:
		if x.Unit == Money {
			*x = x.times(1/rate, Money)
		}
		return true
	case *Amount:
		if f.as == "money" {
			x.Value /= rate
		}
		return true
	case *Finding:
		x.CostPerYear /= rate
	case *Arg:
		if x.Kind == ArgMoney {
			x.Number /= rate
		}
	}
	return false
}
