package lang_test

import (
	"reflect"
	"strings"
	"testing"

	"github.com/flowmap-dev/flowmap/pkg/audit"
	"github.com/flowmap-dev/flowmap/pkg/catalogue"
	"github.com/flowmap-dev/flowmap/pkg/lang"
)

// What a workspace or a catalogue enumerates is printed by its area and value:
// p.Text("kind."+string(system.Kind), nil).
func TestEveryEnumeratedValueHasWords(t *testing.T) {
	areas := []struct {
		area    string
		options []string
	}{
		{"how", audit.How("").Options()},
		{"every", audit.Period("").Options()},
		{"kind", audit.Kind("").Options()},
		{"interface", audit.Interface("").Options()},
		{"hosting", audit.Hosting("").Options()},
		{"personal_data", audit.PersonalData("").Options()},
		{"absence", audit.Absence("").Options()},
		{"whose", audit.Whose("").Options()},
		{"basis", audit.Basis("").Options()},
		{"latency", audit.Latency("").Options()},
		{"reliability", audit.Reliability("").Options()},
		{"direction", audit.Direction("").Options()},
		{"loss", audit.Loss("").Options()},
		{"alert", audit.Channel("").Options()},
		{"pattern", audit.Pattern("").Options()},
		{"severity", []string{string(audit.SeverityInfo), string(audit.SeverityLow), string(audit.SeverityMedium), string(audit.SeverityHigh)}},
		{"department", []string{"administration", "logistics", "sales", "purchasing", "finance", "hr", "service", "it"}},
		{"found_in", []string{"customer", "supplier", "colleague"}},
		{"platform_kind", append([]string{"connector", "process"}, catalogue.Kind("").Options()...)},
		{"operation", catalogue.Unit("").Options()},
		{"quote", catalogue.Quote("").Options()},
		{"origin", catalogue.Origin("").Options()},
		{"grade", catalogue.Grade("").Options()},
	}
	for _, language := range lang.Languages() {
		p := printer(t, language)
		for _, a := range areas {
			for _, option := range a.options {
				if key := a.area + "." + option; !p.Has(key) {
					t.Errorf("%s: no words for %s", language, key)
				}
			}
		}
	}
}

func TestEveryAssumptionHasALabelAndAMeaning(t *testing.T) {
	for _, language := range lang.Languages() {
		p := printer(t, language)
		for _, name := range written(reflect.TypeFor[audit.Assumptions]()) {
			for _, key := range []string{"assumption." + name, "assumption." + name + ".note"} {
				if !p.Has(key) {
					t.Errorf("%s: no words for %s", language, key)
				}
			}
			if note := p.Text("assumption."+name+".note", nil); !strings.HasSuffix(note, ".") {
				t.Errorf("%s: the note of %s is no sentence: %q", language, name, note)
			}
		}
	}
}

func TestEveryFieldOfAWorkspaceHasALabel(t *testing.T) {
	types := []reflect.Type{
		reflect.TypeFor[audit.Client](), reflect.TypeFor[audit.Brand](), reflect.TypeFor[audit.Platforms](), reflect.TypeFor[audit.Have](), reflect.TypeFor[audit.Accepted](),
		reflect.TypeFor[audit.System](), reflect.TypeFor[audit.Entity](), reflect.TypeFor[audit.Role](),
		reflect.TypeFor[audit.Flow](), reflect.TypeFor[audit.Effort](), reflect.TypeFor[audit.Volume](), reflect.TypeFor[audit.Peak](),
		reflect.TypeFor[audit.ErrorPoint](), reflect.TypeFor[audit.Needs](), reflect.TypeFor[audit.Alert](), reflect.TypeFor[audit.Solution](),
		reflect.TypeFor[audit.Interview](), reflect.TypeFor[audit.Actual](), reflect.TypeFor[audit.Month](),
	}
	for _, language := range lang.Languages() {
		p := printer(t, language)
		for _, typ := range types {
			for _, name := range written(typ) {
				if !p.Has("field." + name) {
					t.Errorf("%s: no words for field.%s of %s", language, name, typ.Name())
				}
			}
		}
	}
}

// written lists the keys that stand in a file for a type's fields.
func written(typ reflect.Type) []string {
	var names []string
	for i := range typ.NumField() {
		name, _, _ := strings.Cut(typ.Field(i).Tag.Get("yaml"), ",")
		if name != "" && name != "-" {
			names = append(names, name)
		}
	}
	return names
}
