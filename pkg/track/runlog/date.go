package runlog

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// Dates come as ISO 8601, as days and months with slashes or points whose order
// is the exporter's, or as seconds or milliseconds since 1970.
var (
	isoDate     = regexp.MustCompile(`^(\d{4})[-/](\d{1,2})[-/](\d{1,2})($|[T ,])`)
	numbersDate = regexp.MustCompile(`^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})($|[T ,])`)
	epoch       = regexp.MustCompile(`^\d{9,13}(\.\d+)?$`)
)

// named are layouts with the month in letters.
var named = []string{"Jan 2, 2006", "January 2, 2006", "2 Jan 2006", "2 January 2006", "Jan 2 2006"}

// order is which of two numbers is the day.
type order int

const (
	either order = iota
	dayFirst
	monthFirst
)

// months reads the month of each row's date. One way of writing dates holds for
// the whole log: two, or one that nothing decides, are refused.
func (t table) months(rows []row) ([]string, error) {
	found, at := either, row{}
	form := ""
	for _, r := range rows {
		kind, o, err := t.formOf(r)
		if err != nil {
			return nil, err
		}
		if kind == "" {
			continue
		}
		if form != "" && kind != form {
			return nil, &RefusedError{Line: r.line, Message: fmt.Sprintf("the date %q is written otherwise than those before it", r.cell(t.start)), Hint: "export the log again in one piece: a month and a day could change places"}
		}
		form = kind
		if o != either && found != either && o != found {
			return nil, &RefusedError{Line: r.line, Message: fmt.Sprintf("the date %q has the day where line %d has the month", r.cell(t.start), at.line), Hint: "export the log again in one piece"}
		}
		if o != either && found == either {
			found, at = o, r
		}
	}
	out := make([]string, len(rows))
	for i, r := range rows {
		month, err := t.month(r, found)
		if err != nil {
			return nil, err
		}
		out[i] = month
	}
	return out, nil
}

// formOf tells how a date is written and, where it can be told, which number is
// the day.
func (t table) formOf(r row) (form string, o order, err error) {
	text := strings.TrimSpace(r.cell(t.start))
	switch {
	case text == "":
		return "", either, nil
	case isoDate.MatchString(text):
		return "iso", either, nil
	case epoch.MatchString(text):
		return "epoch", either, nil
	}
	if m := numbersDate.FindStringSubmatch(text); m != nil {
		first, _ := strconv.Atoi(m[1])
		second, _ := strconv.Atoi(m[2])
		switch {
		case first > 12:
			o = dayFirst
		case second > 12:
			o = monthFirst
		case first == second:
			o = either
		}
		return "numbers", o, nil
	}
	if _, ok := spelt(text); ok {
		return "named", either, nil
	}
	return "", either, t.refuseDate(r)
}

func (t table) refuseDate(r row) error {
	return &RefusedError{Line: r.line, Message: fmt.Sprintf("%q is no date that can be read", r.cell(t.start)), Hint: "dates are written 2027-03-01T08:15:00Z, 01/03/2027, Mar 1, 2027, or as seconds since 1970"}
}

// month is the month of a row's date, as 2027-03.
func (t table) month(r row, o order) (string, error) {
	text := strings.TrimSpace(r.cell(t.start))
	if text == "" {
		return "", &RefusedError{Line: r.line, Message: "a run has no date", Hint: "take the line out, or export the log again"}
	}
	if m := isoDate.FindStringSubmatch(text); m != nil {
		return t.checked(r, m[1], m[2], m[3])
	}
	if epoch.MatchString(text) {
		seconds, err := strconv.ParseFloat(text, 64)
		if whole, _, _ := strings.Cut(text, "."); len(whole) > 10 {
			seconds /= 1000
		}
		if err != nil {
			return "", t.refuseDate(r)
		}
		return time.Unix(int64(seconds), 0).UTC().Format("2006-01"), nil
	}
	if m := numbersDate.FindStringSubmatch(text); m != nil {
		switch {
		case o == dayFirst || m[1] == m[2]:
			return t.checked(r, m[3], m[2], m[1])
		case o == monthFirst:
			return t.checked(r, m[3], m[1], m[2])
		}
		return "", &RefusedError{Line: r.line, Message: fmt.Sprintf("the date %q may be of two months, and no other date of the log decides", text), Hint: "export the log with dates such as 2027-03-01, or with more days of the month"}
	}
	if d, ok := spelt(text); ok {
		return d.Format("2006-01"), nil
	}
	return "", t.refuseDate(r)
}

// checked is a month whose day there is.
func (t table) checked(r row, year, month, day string) (string, error) {
	d, err := time.Parse("2006-1-2", year+"-"+strings.TrimPrefix(month, "0")+"-"+strings.TrimPrefix(day, "0"))
	if err != nil {
		return "", t.refuseDate(r)
	}
	return d.Format("2006-01"), nil
}

// spelt reads a date whose month is in letters, without its time.
func spelt(text string) (time.Time, bool) {
	words := strings.Fields(text)
	for n := min(3, len(words)); n >= 3; n-- {
		day := strings.TrimSuffix(strings.Join(words[:n], " "), ",")
		for _, layout := range named {
			if d, err := time.Parse(layout, day); err == nil {
				return d, true
			}
		}
	}
	return time.Time{}, false
}
