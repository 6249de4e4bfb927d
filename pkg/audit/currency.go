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
	exchange(reflect.ValueOf(&w).Elem(), field{}, rate)
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

var (
	findingType = reflect.TypeFor[Finding]()
	argType     = reflect.TypeFor[Arg]()
)

// exchange divides all money in v by rate, wherever it stands. Lists that hold
// money are new ones, so that those of the workspace before stay.
func exchange(v reflect.Value, f field, rate float64) {
	switch {
	case v.Type() == estimateType:
		if e := v.Addr().Interface().(*Estimate); e.Unit == Money {
			*e = e.times(1/rate, Money)
		}
	case v.Type() == amountType:
		if f.as == "money" {
			a := v.Addr().Interface().(*Amount)
			a.Value /= rate
		}
	case v.Kind() == reflect.Slice && v.Type().Elem().Kind() == reflect.Struct:
		if v.Len() == 0 {
			return
		}
		fresh := reflect.MakeSlice(v.Type(), v.Len(), v.Len())
		reflect.Copy(fresh, v)
		v.Set(fresh)
		for i := range v.Len() {
			exchange(v.Index(i), f, rate)
		}
	case v.Kind() == reflect.Struct:
		for i := range v.NumField() {
			if t := v.Type().Field(i); t.IsExported() {
				exchange(v.Field(i), field{as: t.Tag.Get("as")}, rate)
			}
		}
		exchangeFinding(v, rate)
	}
}

// exchangeFinding divides the money of findings, which have no tags.
func exchangeFinding(v reflect.Value, rate float64) {
	switch v.Type() {
	case findingType:
		v.Addr().Interface().(*Finding).CostPerYear /= rate
	case argType:
		if a := v.Addr().Interface().(*Arg); a.Kind == ArgMoney {
			a.Number /= rate
		}
	}
}
