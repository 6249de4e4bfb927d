package advise

import "time"

// day counts a date's days, so that two can be subtracted; false where it is
// none.
func day(date string) (int, bool) {
	t, err := time.Parse(time.DateOnly, date)
	return int(t.Unix() / (24 * 60 * 60)), err == nil
}
