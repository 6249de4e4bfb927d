package audit

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
)

// fault says what is wrong with a value, and what to write instead. The zero
// fault is none.
type fault struct{ message, hint string }

func (f fault) bad() bool { return f.message != "" }

var (
	plainNumber = regexp.MustCompile(`^(0|[1-9][0-9]*)(\.[0-9]+)?$`)
	grouped     = regexp.MustCompile(`^[1-9][0-9]*\.[0-9]{3}$`)
	commas      = regexp.MustCompile(`^[0-9.]+,[0-9]+$`)
	idShape     = regexp.MustCompile(`^[a-z0-9][a-z0-9-]{0,63}$`)
	findingID   = regexp.MustCompile(`^FM[0-9]{3}$`)
	currency    = regexp.MustCompile(`^[A-Z]{3}$`)
	colour      = regexp.MustCompile(`^#[0-9a-fA-F]{6}$`)
	duration    = regexp.MustCompile(`^[1-9][0-9]*(min|h|d)$`)
	yearMonth   = regexp.MustCompile(`^[0-9]{4}-(0[1-9]|1[0-2])$`)
)

// largest is more than any amount of an audit, and far from where a float64
// loses cents.
const largest = 1e12

// parseNumber reads digits with at most one point.
func parseNumber(s string) (float64, fault) { return parseDigits(s, "") }

// parseDigits reads a number that a suffix such as % follows, which hints
// repeat.
func parseDigits(s, suffix string) (float64, fault) {
	switch {
	case grouped.MatchString(s):
		whole, rest, _ := strings.Cut(s, ".")
		short := strings.TrimSuffix(whole+"."+strings.TrimRight(rest, "0"), ".")
		if grouped.MatchString(short) {
			short += "0"
		}
		return 0, fault{"has a point and three digits, which some read as thousands", fmt.Sprintf("write %s%s or %s%s", whole+rest, suffix, short, suffix)}
	case commas.MatchString(s):
		return 0, fault{"has a comma", "write " + decimalPoint(s) + suffix}
	case !plainNumber.MatchString(s):
		return 0, fault{"is no number", numberHint(s, suffix)}
	}
	x, err := strconv.ParseFloat(s, 64)
	if err != nil || x > largest {
		return 0, fault{"is too large", "amounts go up to " + PlainNumber(largest)}
	}
	return x, fault{}
}

// decimalPoint writes 2,5 as 2.5 and 1.234,5 as 1234.5.
func decimalPoint(s string) string {
	return strings.ReplaceAll(strings.ReplaceAll(s, ".", ""), ",", ".")
}

func numberHint(s, suffix string) string {
	bare := strings.TrimSpace(strings.Trim(s, "€$£"))
	trimmed := strings.TrimLeft(strings.ReplaceAll(s, "_", ""), "+0")
	switch {
	case bare != s && plainNumber.MatchString(bare):
		return "leave the currency sign out: " + bare
	case strings.HasPrefix(s, "-"):
		return "amounts are not negative here"
	case strings.HasPrefix(s, ".") && plainNumber.MatchString("0"+s):
		return "write 0" + s + suffix
	case trimmed != s && plainNumber.MatchString(trimmed):
		return "write " + trimmed + suffix
	}
	return "write digits with at most one point, such as 4.5" + suffix
}

// parseShare reads 85% or 0.85 as a share of 0 to 1.
func parseShare(s string) (float64, fault) {
	digits, percent := strings.CutSuffix(s, "%")
	suffix := ""
	if percent {
		digits, suffix = strings.TrimRight(digits, " \u00a0"), "%"
	}
	x, f := parseDigits(digits, suffix)
	if f.bad() {
		return 0, f
	}
	switch {
	case percent && x > 100:
		return 0, fault{"is more than 100%", "write a share such as 85% or 0.85"}
	case percent:
		return x / 100, fault{}
	case x == 1:
		return 0, fault{"can mean two things", "write 1% or 100%"}
	case x > 1 && x <= 100:
		return 0, fault{"is no share", fmt.Sprintf("write %s%%", digits)}
	case x > 1:
		return 0, fault{"is more than 1", "write a share such as 85% or 0.85"}
	}
	return x, fault{}
}

var rateUnits = []struct {
	name string
	unit Unit
}{{"day", PerDay}, {"week", PerWeek}, {"month", PerMonth}, {"year", PerYear}}

// parseRate reads 40/day.
func parseRate(s string) (float64, Unit, fault) {
	digits, per, found := strings.Cut(s, "/")
	digits, per = strings.TrimSpace(digits), strings.TrimSpace(per)
	x, f := parseDigits(digits, "/"+per)
	switch {
	case !found && f.bad():
		return 0, 0, fault{"is no rate", "write how often, such as 40/day, 12/week, 800/month or 3/year"}
	case !found:
		return 0, 0, fault{"does not say how often", fmt.Sprintf("write %s/day, %s/week, %s/month or %s/year", s, s, s, s)}
	case f.bad():
		return 0, 0, f
	}
	for _, u := range rateUnits {
		if per == u.name {
			return x, u.unit, fault{}
		}
	}
	return 0, 0, fault{fmt.Sprintf("has the unit %q", per), "write day, week, month or year behind the stroke"}
}

// parseText trims a text and refuses control characters other than newline.
func parseText(s string) (string, fault) {
	s = strings.TrimSpace(s)
	for _, r := range s {
		if unicode.IsControl(r) && r != '\n' {
			return "", fault{fmt.Sprintf("holds the control character U+%04X", r), "delete it"}
		}
	}
	return s, fault{}
}

// parseWord reads a text of a given shape: an id, a date, a currency.
func parseWord(s, shape string) fault {
	switch shape {
	case "id":
		return matching(idShape, s, "is no id", idHint(s))
	case "finding":
		return matching(findingID, s, "is no finding", "write its id, such as FM009")
	case "currency":
		return matching(currency, s, "is no currency", "write its ISO 4217 code, such as EUR")
	case "colour":
		return matching(colour, s, "is no colour", `write it as "#0f766e", in quotes`)
	case "duration":
		return matching(duration, s, "is no time", "write it as 30min, 4h or 2d")
	case "year-month":
		return matching(yearMonth, s, "is no month", "write it as 2027-03")
	case "path":
		if !inside(s) {
			return fault{"leads out of the workspace", "write the path from the workspace's folder, such as assets/logo.png"}
		}
	case "date":
		if _, err := time.Parse(time.DateOnly, s); err != nil {
			return fault{"is no date", "write it as 2026-11-02"}
		}
	}
	return fault{}
}

// inside tells whether a path stays in the folder that it begins in. A path
// that is no path on this machine may be one on the next.
func inside(p string) bool {
	p = strings.ReplaceAll(p, `\`, "/")
	return !strings.HasPrefix(p, "/") && (len(p) < 2 || p[1] != ':') && !slices.Contains(strings.Split(p, "/"), "..")
}

func matching(shape *regexp.Regexp, s, message, hint string) fault {
	if shape.MatchString(s) {
		return fault{}
	}
	return fault{message, hint}
}

func idHint(s string) string {
	var b strings.Builder
	for _, r := range fold(s) {
		switch {
		case r >= 'a' && r <= 'z', r >= '0' && r <= '9':
			b.WriteRune(r)
		case b.Len() > 0 && !strings.HasSuffix(b.String(), "-"):
			b.WriteByte('-')
		}
	}
	id := strings.Trim(b.String(), "-")
	if len(id) > 64 {
		id = strings.Trim(id[:64], "-")
	}
	if id == "" {
		return "an id has small letters, digits and hyphens, at most 64"
	}
	return fmt.Sprintf("an id has small letters, digits and hyphens, at most 64: write %s", id)
}

// fold returns s in small letters without accents, so that José and jose are
// the same.
func fold(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) { // an accent that stands apart from its letter
			return -1
		}
		return foldRune(r)
	}, strings.Join(strings.Fields(s), " "))
}

func foldRune(r rune) rune {
	r = unicode.ToLower(r)
	if r <= 0x7f {
		return r
	}
	for i, a := range []rune(accented) {
		if a == r {
			return rune(plain[i])
		}
	}
	return r
}

const (
	accented = "áàâäãåāăąçćčďđéèêëēęěğíìîïīįłñńňóòôöõøōőŕřśşšťţúùûüūůűųýÿźżž"
	plain    = "aaaaaaaaacccddeeeeeeegiiiiiilnnnoooooooorrsssttuuuuuuuuyyzzz"
)
