package track

import (
	"time"

	"github.com/flowmap-dev/flowmap/pkg/audit"
)

// after are the months from go-live after which a short interview is due, the
// last first.
var after = [...]int{6, 3, 1}

// Due is a short interview that is due.
type Due struct {
	Flow  string // id
	Name  string
	After int        // months from go-live: 1, 3 or 6
	Since audit.Date // that day
}

// Due lists the short interviews that are due on a day, at most one a flow, in the
// order of Flows: of the last of one, three and six months from go-live that have
// gone by, where no hours have been measured of the month before it or later.
func (r Result) Due(today audit.Date) []Due {
	var all []Due
	for _, f := range r.Flows {
		live, err := time.Parse(time.DateOnly, string(f.Live))
		if f.Gone || err != nil {
			continue
		}
		for _, months := range after {
			day := monthsLater(live, months)
			if day.Format(time.DateOnly) > string(today) {
				continue
			}
			if !f.measuredSince(audit.YearMonth(monthsLater(day, -1).Format("2006-01"))) {
				all = append(all, Due{f.ID, f.Name, months, audit.Date(day.Format(time.DateOnly))})
			}
			break
		}
	}
	return all
}

// measuredSince tells whether the hours of a month or of a later one are known.
func (f Flow) measuredSince(month audit.YearMonth) bool {
	for _, m := range f.Months {
		if !m.Assumed && m.Month >= month {
			return true
		}
	}
	return false
}

// monthsLater is the same day some months later, the last of the month where it
// has no such day.
func monthsLater(day time.Time, months int) time.Time {
	first := time.Date(day.Year(), day.Month()+time.Month(months), 1, 0, 0, 0, 0, time.UTC)
	last := first.AddDate(0, 1, -1).Day()
	return first.AddDate(0, 0, min(day.Day(), last)-1)
}
