package lang

import (
	"fmt"
	"strconv"
	"strings"
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

// exampleDay has one meaning however its numbers are ordered.
const exampleDay = "2026-11-20"

// ParseDate reads a date and gives it in the form of ISO 8601, "2026-11-20". It
// takes that form, the written one ("20 de noviembre de 2026", "20 Nov 2026",
// "November 20, 2026") and numbers with the year last ("20/11/2026"). English
// "5/11/2026" is two dates and an error; in Spanish it is the fifth of November.
// The year has four digits.
func (p Printer) ParseDate(s string) (string, error) {
	text := strings.TrimFunc(s, isSpace)
	if day, err := time.Parse(time.DateOnly, text); err == nil {
		return day.Format(time.DateOnly), nil
	}
	fields := p.dateFields(text)
	if len(fields) != 3 || len(fields[2]) != 4 {
		return "", p.refuseDate(s)
	}
	if month, ok := p.monthNamed(fields[1]); ok {
		return p.date(s, fields[2], month, fields[0])
	}
	if month, ok := p.monthNamed(fields[0]); ok {
		return p.date(s, fields[2], month, fields[1])
	}
	if p.locale.dayFirst {
		return p.date(s, fields[2], fields[1], fields[0])
	}
	return p.dateOfNumbers(s, fields)
}

// dateOfNumbers reads day, month and year where either may come first: a date
// that makes sense both ways is refused with both spelt out.
func (p Printer) dateOfNumbers(s string, fields []string) (string, error) {
	dayFirst, ok := isoDate(fields[2], fields[1], fields[0])
	monthFirst, other := isoDate(fields[2], fields[0], fields[1])
	switch {
	case ok && other && dayFirst != monthFirst:
		return "", p.refuse("parse.two_dates", s, Args{"One": p.Date(dayFirst), "Other": p.Date(monthFirst), "Example": dayFirst})
	case ok:
		return dayFirst, nil
	case other:
		return monthFirst, nil
	}
	return "", p.refuseDate(s)
}

func (p Printer) date(s, year, month, day string) (string, error) {
	iso, ok := isoDate(year, month, day)
	if !ok {
		return "", p.refuseDate(s)
	}
	return iso, nil
}

func (p Printer) refuseDate(s string) error {
	return p.refuse("parse.date", s, Args{"Example": p.Date(exampleDay), "ISO": exampleDay})
}

// isoDate joins a date's parts, and is false for a day that no month has.
func isoDate(year, month, day string) (string, bool) {
	y, errYear := strconv.ParseUint(year, 10, 16)
	m, errMonth := strconv.ParseUint(month, 10, 8)
	d, errDay := strconv.ParseUint(day, 10, 8)
	if errYear != nil || errMonth != nil || errDay != nil {
		return "", false
	}
	iso := fmt.Sprintf("%04d-%02d-%02d", y, m, d)
	_, err := time.Parse(time.DateOnly, iso)
	return iso, err == nil
}

// dateFields cuts a date into its parts; "de" and "of" say nothing.
func (p Printer) dateFields(s string) []string {
	var fields []string
	for _, field := range strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return isSpace(r) || strings.ContainsRune("/-.,", r) }) {
		if field != "de" && field != "of" {
			fields = append(fields, field)
		}
	}
	return fields
}

// monthNamed gives the number of the month that a name, or at least its first
// three letters, stands for.
func (p Printer) monthNamed(name string) (string, bool) {
	for m := time.January; m <= time.December && len(name) >= 3; m++ {
		if strings.HasPrefix(strings.ToLower(p.month(m)), name) {
			return strconv.Itoa(int(m)), true
		}
	}
	return "", false
}
