package audit

import "reflect"

// InForce is one assumption that holds: its key, its value as a workspace
// would write it, and where it was stated.
type InForce struct {
	Key   string // hourly_cost, exchange_rates.USD
	Value string
	Place Place // nowhere for a default
}

// AssumptionsInForce lists every assumption in the order of the format.
func (w Workspace) AssumptionsInForce() []InForce {
	var all []InForce
	v := reflect.ValueOf(w.Assumptions)
	for _, f := range fieldsOf(v.Type()) {
		switch x := v.Field(f.index).Interface().(type) {
		case Estimate:
			all = append(all, InForce{f.name, x.String(), x.Place})
		case Amount:
			text := PlainNumber(x.Value)
			if f.as == "share" {
				text = Share.format(x.Value)
			}
			all = append(all, InForce{f.name, text, x.Place})
		case []ExchangeRate:
			for _, r := range x {
				all = append(all, InForce{f.name + "." + r.Currency, PlainNumber(r.Rate.Value), r.Rate.Place})
			}
		}
	}
	return all
}
