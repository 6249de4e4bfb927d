package track_test

import (
	"slices"
	"testing"

	"github.com/flowmap-dev/flowmap/pkg/audit"
	"github.com/flowmap-dev/flowmap/pkg/track"
)

func TestInterviewsAreDueAfterOneThreeAndSixMonths(t *testing.T) {
	measured := func(months ...audit.YearMonth) (all []track.Month) {
		for _, m := range months {
			all = append(all, track.Month{Month: m})
		}
		return all
	}
	for _, c := range []struct {
		today  audit.Date
		live   audit.Date
		months []track.Month
		want   []track.Due
	}{
		{"2027-02-10", "2027-01-11", nil, nil},
		{"2027-02-11", "2027-01-11", nil, []track.Due{{Flow: "f", After: 1, Since: "2027-02-11"}}},
		{"2027-02-11", "2027-01-11", measured("2027-01"), nil},
		{"2027-04-30", "2027-01-31", measured("2027-01"), []track.Due{{Flow: "f", After: 3, Since: "2027-04-30"}}},
		{"2027-04-11", "2027-01-11", measured("2027-01", "2027-03"), nil},
		{"2027-04-11", "2027-01-11", []track.Month{{Month: "2027-03", Assumed: true}}, []track.Due{{Flow: "f", After: 3, Since: "2027-04-11"}}},
		{"2027-07-11", "2027-01-11", measured("2027-03"), []track.Due{{Flow: "f", After: 6, Since: "2027-07-11"}}},
		{"2029-01-01", "2027-01-11", measured("2027-08"), nil},
		{"2027-03-01", "2027-01-31", nil, []track.Due{{Flow: "f", After: 1, Since: "2027-02-28"}}},
		{"2027-03-01", "", nil, nil},
	} {
		r := track.Result{Flows: []track.Flow{{ID: "f", Live: c.live, Months: c.months}, {ID: "gone", Live: "2020-01-01", Gone: true}}}
		if got := r.Due(c.today); !slices.Equal(got, c.want) {
			t.Errorf("on %s, live %s, measured %v: %v, want %v", c.today, c.live, c.months, got, c.want)
		}
	}
}
