package audit_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/flowmap-dev/flowmap/pkg/audit"
)

// examined loads flows of one role, admin, and writes what Examine finds a
// line: FM009 medium Maria [orders].
func examined(t *testing.T, flows string) []string {
	t.Helper()
	w := parse(t, "flowmap.yaml", `version: 1
systems: [{id: shop}, {id: erp}]
roles: [{id: admin, headcount: 2}, {id: clerk}]
flows:
`+flows)
	var lines []string
	for _, f := range w.Examine() {
		lines = append(lines, fmt.Sprintf("%s %s %s [%s]", f.ID, f.Severity, strings.Join(slices.Concat(f.People, f.Roles), " "), strings.Join(f.Flows, " ")))
	}
	return lines
}

// each is a flow from shop to erp with more fields.
func each(id, more string) string {
	return "  - {id: " + id + ", from: shop, to: erp, " + more + "}\n"
}

// Each case that fires stands beside the nearest that must not.
func TestExamine(t *testing.T) {
	tests := []struct {
		name  string
		flows string
		want  []string
	}{
		{"FM009: one name", each("a", "people: [Maria]"), []string{"FM009 medium Maria [a]"}},
		{"FM009: not with two", each("a", "people: [Maria, Jose]"), nil},
		{"FM009: nor if somebody else does it meanwhile", each("a", "people: [Maria], absence: delegated"), nil},
		{"FM009: nor if it is automated", each("a", "people: [Maria], how: automated"), nil},
		{"FM009: nor without a name", each("a", "absence: lost"), nil},
		{"FM009: one finding a person, whatever her accents", each("a", "people: [Maria]") + each("b", "people: [María], how: file, absence: waits"),
			[]string{"FM009 medium Maria [a b]"}},
		{"FM009: the same name twice is one", each("a", "people: [Maria, María]"), []string{"FM009 medium Maria [a]"}},
		{"FM009: high if it is lost", each("a", "people: [Maria], absence: lost"), []string{"FM009 high Maria [a]"}},
		{"FM009: the most hours first", each("a", "people: [Ana], effort: {hours_per_week: 1}") + each("b", "people: [Rosa], effort: {hours_per_week: 2}"),
			[]string{"FM009 medium Rosa [b]", "FM009 medium Ana [a]"}},

		{"FM011: a role of two has 80 hours", each("a", "role: admin, effort: {hours_per_week: 81}"), []string{"FM011 medium admin [a]"}},
		{"FM011: not at 80", each("a", "role: admin, effort: {hours_per_week: 80}"), nil},
		{"FM011: of a role without headcount nobody knows", each("a", "role: clerk, effort: {hours_per_week: 500}"), nil},
		{"FM011: the flows of a role add up", each("a", "role: admin, effort: {hours_per_week: 41}") + each("b", "role: admin, effort: {hours_per_week: 40}"),
			[]string{"FM011 medium admin [a b]"}},
		{"FM011: the busiest month counts", each("a", "role: admin, effort: {hours_per_week: 41}, peak: {factor: 2, months: [12]}"),
			[]string{"FM011 medium admin [a]"}},
		{"FM011: peaks in different months do not meet", each("a", "role: admin, effort: {hours_per_week: 20}, peak: {factor: 2, months: [7]}") +
			each("b", "role: admin, effort: {hours_per_week: 20}, peak: {factor: 2, months: [12]}"), nil},
		{"FM011: in the same month they do", each("a", "role: admin, effort: {hours_per_week: 21}, peak: {factor: 2, months: [7]}") +
			each("b", "role: admin, effort: {hours_per_week: 20}, peak: {factor: 2, months: [7, 12]}"), []string{"FM011 medium admin [a b]"}},
		{"FM011: a person's share of what several do", each("a", "people: [Ana, Rosa], effort: {hours_per_week: 60}") +
			each("b", "people: [Ana, Luis], effort: {hours_per_week: 22}"), []string{"FM011 medium Ana [a b]"}},
		{"FM011: not at 40", each("a", "people: [Ana, Rosa], effort: {hours_per_week: 60}") +
			each("b", "people: [Ana, Luis], effort: {hours_per_week: 20}"), nil},

		{"FM016: more than three in ten are wrong", each("a", "errors: [{id: x, rate: 31%}]"), []string{"FM016 medium  [a]"}},
		{"FM016: not at 30 %", each("a", "errors: [{id: x, rate: 30%}]"), nil},
		{"FM016: errors by time are held to the volume", each("a", "volume: 10/day, errors: [{id: x, rate: 4/day}]"), []string{"FM016 medium  [a]"}},
		{"FM016: not to runs, which may carry many", each("a", "effort: {runs: 1/day, minutes: 5}, errors: [{id: x, rate: 4/day}]"), nil},
		{"FM016: more hours than those named have", each("a", "people: [Ana, Rosa], absence: delegated, effort: {hours_per_week: 81}"),
			[]string{"FM011 medium Ana [a]", "FM011 medium Rosa [a]", "FM016 medium Ana Rosa [a]"}},
		{"FM016: not without names", each("a", "effort: {hours_per_week: 500}"), nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := examined(t, tt.flows); !slices.Equal(got, tt.want) {
				t.Errorf("found %q, want %q", got, tt.want)
			}
		})
	}
}

func TestWhatHangsOnAPerson(t *testing.T) {
	// 2 + 3 hours a week, at 46 weeks × 22; 12 errors a year of 10 each.
	w := parse(t, "flowmap.yaml", `version: 1
systems: [{id: shop}, {id: erp}]
flows:
`+each("a", "people: [Ana], effort: {hours_per_week: 2}, errors: [{id: x, rate: 12/year, cost: 10}]")+each("b", "people: [Ana], effort: {hours_per_week: 3}"))
	f := w.Examine()[0]
	if f.HoursPerWeek != 5 || f.CostPerYear != 5*46*22+120 {
		t.Errorf("%v h a week, %v a year; want 5, 5060 + 120", f.HoursPerWeek, f.CostPerYear)
	}
	var lines []int32
	for _, p := range f.Places {
		lines = append(lines, p.Line)
	}
	if !slices.Equal(lines, []int32{4, 5}) {
		t.Errorf("at lines %v, want those of both flows", lines)
	}
}

func TestAWhatIfMayFillAWeek(t *testing.T) {
	w := parse(t, "flowmap.yaml", `version: 1
systems: [{id: shop}, {id: erp}]
roles: [{id: admin, headcount: 1}]
flows:
`+each("a", "role: admin, effort: {hours_per_week: 38}"))
	if got := w.Examine(); len(got) != 0 {
		t.Fatalf("found %v, want nothing", got)
	}
	w, err := w.With(audit.Setting{Key: "hours_per_person", Value: "35"})
	if err != nil {
		t.Fatal(err)
	}
	if got := w.Examine(); len(got) != 1 || got[0].ID != "FM011" {
		t.Errorf("found %v, want FM011", got)
	}
}
