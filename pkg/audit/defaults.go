package audit

import (
	"fmt"
	"reflect"

	"go.yaml.in/yaml/v4"
)

type yamlNode = yaml.Node

func reflectOf(v any) reflect.Value { return reflect.ValueOf(v).Elem() }

// newer reads a workspace's version before anything else: of a newer one, all
// else that this program would say is wrong. The version of the format is the
// first part of the version of the flowmap that brought it.
func (d *decoder) newer(root *yamlNode) bool {
	for i := 0; root.Kind == yaml.MappingNode && i+1 < len(root.Content); i += 2 {
		if root.Content[i].Value != "version" {
			continue
		}
		value := target(root.Content[i+1])
		n, bad := parseCount(value.Value, false)
		if bad.bad() || n <= FormatVersion {
			return false
		}
		d.at(root.Content[i+1], fmt.Sprintf("the workspace has version %s of the format, and this flowmap reads version %d", value.Value, FormatVersion),
			fmt.Sprintf("flowmap %s.0 or newer reads it", value.Value))
		return true
	}
	return false
}

// fillDefaults gives what nobody stated the value that the format says.
func (w *Workspace) fillDefaults() {
	if w.Currency == "" {
		w.Currency = "EUR"
	}
	if w.Language == "" {
		w.Language = "en"
	}
	w.fillAssumptions()
	for i := range w.Systems {
		if w.Systems[i].Kind == "" {
			w.Systems[i].Kind = Other
		}
	}
	for i := range w.Flows {
		if w.Flows[i].How == "" {
			w.Flows[i].How = Manual
		}
	}
	if w.Date == "" {
		for _, i := range w.Interviews {
			w.Date = max(w.Date, i.Date)
		}
	}
}

// fillAssumptions puts a default wherever no assumption is stated. The default
// exchange rate is one to euros and says nothing of other currencies.
func (w *Workspace) fillAssumptions() {
	stated, defaults := reflect.ValueOf(&w.Assumptions).Elem(), reflect.ValueOf(DefaultAssumptions())
	for i := range stated.NumField() {
		if !isStated(stated.Field(i)) {
			stated.Field(i).Set(defaults.Field(i))
		}
	}
	if w.Currency == "EUR" && w.Assumptions.ExchangeRates == nil {
		w.Assumptions.ExchangeRates = []ExchangeRate{{Currency: "USD", Rate: Amount{Value: .90, Stated: true}}}
	}
}

// isStated tells whether anybody gave a value.
func isStated(v reflect.Value) bool {
	switch x := v.Interface().(type) {
	case Estimate:
		return x.Stated()
	case Amount:
		return x.Stated
	case Place:
		return false
	}
	if v.Kind() == reflect.Slice {
		return !v.IsNil()
	}
	return !v.IsZero()
}

// withBasis gives the amounts of what was stated together their basis.
// Three values keep it as evidence; one value takes its spread from it.
func withBasis(basis Basis, amounts ...*Estimate) {
	if basis == Constant {
		basis = Estimated
	}
	for _, e := range amounts {
		if e.Stated() {
			e.Basis = basis
		}
	}
}

// applyBasis spreads the bases of a flow's statements over their numbers.
func (f *Flow) applyBasis() {
	f.Effort.applyBasis()
	f.Volume.applyBasis()
	withBasis(Estimated, &f.Solution.BuildCost)
	for i := range f.Errors {
		f.Errors[i].applyBasis()
	}
}

func (e *Effort) applyBasis() {
	withBasis(e.Basis, &e.HoursPerWeek, &e.HoursPerMonth, &e.HoursPerYear, &e.Runs, &e.Minutes)
	if e.Whose == "" {
		e.Whose = All
	}
}

func (v *Volume) applyBasis() { withBasis(v.Basis, &v.Records) }

func (p *ErrorPoint) applyBasis() { withBasis(p.Basis, &p.Rate, &p.MinutesToFix, &p.Cost) }
