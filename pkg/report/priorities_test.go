package report_test

import (
	"strings"
	"testing"
)

// One hour a week that two flows claim, in 46 weeks at 20 and 80 % saved, is
// 736; one person has 40 × 46 = 1,840 hours, and the flows save 0.8 × 60 × 46 =
// 2,208: 368 hours, 7,360.
func TestTheNoteOfTheRankingHasASentenceForEachCause(t *testing.T) {
	const (
		base = `
version: 1
currency: EUR
assumptions: {weeks_per_year: 46, hours_per_person: 40, automation_rate: 80%}
roles: [{id: admin, hourly_cost: 20HEADS}]
systems: [{id: a}, {id: b}, {id: c}]
flows:
  - {id: one, from: a, to: b, role: admin, effort: {hours_per_week: 30}OVERLAP}
  - {id: two, from: b, to: c, role: admin, effort: {hours_per_week: 30}}
`
		twice, beyond = "brings €736 a year less", "takes €7,360 a year off"
	)
	note := func(heads, overlap string) string {
		w := parsed(t, strings.NewReplacer("HEADS", heads, "OVERLAP", overlap).Replace(base))
		return table(t, built(t, run(t, w), "en"), "ranking").Note
	}
	if got := note("", ""); got != "" {
		t.Errorf("nothing is taken off, and the note says %q", got)
	}
	if got := note("", ", overlaps: {two: 1}"); !strings.Contains(got, twice) || !strings.Contains(got, "1.0\u00a0h") || strings.Contains(got, "role") {
		t.Errorf("%q, want the hours claimed twice alone", got)
	}
	if got := note(", headcount: 1", ""); !strings.Contains(got, beyond) || strings.Contains(got, "twice") {
		t.Errorf("%q, want the role's hours alone", got)
	}
	if got := note(", headcount: 1", ", overlaps: {two: 1}"); !strings.Contains(got, twice) || !strings.Contains(got, "takes €6,624 a year off") {
		t.Errorf("%q, want both, each with its amount", got)
	}
}
