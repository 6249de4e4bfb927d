package lang

import (
	"strconv"
	"time"
)

// Date writes a date of ISO 8601 in words: "2026-11-20" is "20 November 2026"
// or "20 de noviembre de 2026", and "2027-03" is "March 2027". Anything else
// comes back as it is.
func (p Printer) Date(iso string) string {
	if day, err := time.Parse(time.DateOnly, iso); err == nil {
		return p.Text("date.day", Args{"Day": strconv.Itoa(day.Day()), "Month": p.month(day.Month()), "Year": day.Format("2006")})
	}
	if month, err := time.Parse("2006-01", iso); err == nil {
		return p.Text("date.month", Args{"Month": p.month(month.Month()), "Year": month.Format("2006")})
	}
	return iso
}

// month is the name of a month as it stands inside a sentence.
func (p Printer) month(m time.Month) string {
	return p.Text("month."+strconv.Itoa(int(m)), nil)
}
