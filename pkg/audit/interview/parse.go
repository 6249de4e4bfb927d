package interview

import (
	"errors"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/flowmap-dev/flowmap/pkg/audit"
	"github.com/flowmap-dev/flowmap/pkg/lang"
)

// reader reads what people type, in their language.
type reader struct {
	lang.Printer
	currency string
}

// refusal is an error in the language of the interview.
func (r reader) refusal(key string, args lang.Args) error {
	return errors.New(r.Text("ask.refused."+key, args))
}

// numbers reads one number, or three: the least, the most and the usual, in
// whatever order. They come back as a workspace writes them.
func (r reader) numbers(s string, parse func(string) (string, float64, error)) ([]string, error) {
	type number struct {
		text  string
		value float64
	}
	var all []number
	for _, token := range tokens(s) {
		text, value, err := parse(token)
		if err != nil {
			return nil, err
		}
		if value < 0 {
			return nil, r.refusal("negative", nil)
		}
		all = append(all, number{text, value})
	}
	if len(all) != 1 && len(all) != 3 {
		return nil, r.refusal("three", lang.Args{"Example": "2 8 " + r.Number(3.5, 1)})
	}
	slices.SortFunc(all, func(a, b number) int { return compare(a.value, b.value) })
	texts := make([]string, len(all))
	for i, n := range all {
		texts[i] = n.text
	}
	return texts, nil
}

func compare(a, b float64) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}

// tokens parts numbers that stand in a row: "1 3 1,5", "1; 3; 1,5", "1, 3, 2".
func tokens(s string) []string {
	var all []string
	for _, t := range strings.FieldsFunc(s, func(r rune) bool { return r == ' ' || r == ';' || r == '\t' }) {
		if t = strings.TrimRight(t, ","); t != "" {
			all = append(all, t)
		}
	}
	return all
}

func (r reader) number(s string) (string, float64, error) {
	x, err := r.ParseNumber(s)
	return audit.PlainNumber(x), x, err
}

func (r reader) money(s string) (string, float64, error) {
	x, err := r.ParseMoney(s, r.currency)
	return audit.PlainNumber(x), x, err
}

// amounts reads one amount of money, whose sign may stand apart, or three.
func (r reader) amounts(s string) ([]string, error) {
	if one, x, err := r.money(s); err == nil && x >= 0 || len(tokens(s)) < 3 {
		if err == nil && x < 0 {
			err = r.refusal("negative", nil)
		}
		return []string{one}, err
	}
	return r.numbers(s, r.money)
}

// hundredths reads how many of 100: "3", "3 %", "3 de 100".
func (r reader) hundredths(s string) (string, float64, error) {
	x, err := r.ParseNumber(strings.TrimSuffix(s, "%"))
	if err == nil && x > 100 {
		err = r.refusal("over_hundred", nil)
	}
	return audit.PlainNumber(x) + "%", x, err
}

// rate reads so often a day, week, month or year: "40 al día", "12/week", "40".
// Without a unit it is the question's.
func (r reader) rate(s, unit string) ([]string, error) {
	digits, named := r.cutUnit(s)
	if named != "" {
		unit = named
	}
	texts, err := r.numbers(digits, r.number)
	for i := range texts {
		texts[i] += "/" + unit
	}
	return texts, err
}

// cutUnit takes the words for a unit of time off the end.
func (r reader) cutUnit(s string) (digits, unit string) {
	digits = strings.TrimSpace(s)
	for _, u := range []string{"day", "week", "month", "year"} {
		for _, word := range strings.Split(r.Text("ask.unit."+u, nil), ";") {
			rest, ok := strings.CutSuffix(fold(s), fold(word))
			if ok && (len(rest) > 0 && !isLetter(rest[len(rest)-1])) {
				return strings.TrimRight(r.cutFillers(rest), " /"), u
			}
		}
	}
	return digits, ""
}

func isLetter(b byte) bool { return b >= 'a' && b <= 'z' }

// cutFillers takes "a", "al", "por" and the like off the end, and what is
// counted: "40 times a", "40 veces al".
func (r reader) cutFillers(s string) string {
	fillers := strings.Fields(r.Text("ask.unit.fillers", nil))
	words := strings.Fields(strings.ReplaceAll(s, "/", " "))
	for len(words) > 1 && slices.Contains(fillers, words[len(words)-1]) {
		words = words[:len(words)-1]
	}
	return strings.Join(words, " ")
}

// share reads so many of 100, or how often.
func (r reader) share(s string) ([]string, error) {
	if digits, unit := r.cutUnit(s); unit != "" {
		return r.rate(digits, unit)
	}
	s = strings.TrimSpace(strings.ReplaceAll(s, " %", "%"))
	for _, of := range strings.Split(r.Text("ask.unit.hundred", nil), ";") {
		s = strings.TrimSpace(strings.TrimSuffix(s, of))
	}
	return r.numbers(s, r.hundredths)
}

// value reads the answer to a question whose answer is text or a number, as a
// workspace writes it.
func (r reader) value(q *question, s string) (audit.Value, error) {
	var texts []string
	var err error
	switch q.Kind {
	case Number:
		texts, err = r.numbers(s, r.number)
	case Money:
		texts, err = r.amounts(s)
	case Rate:
		texts, err = r.rate(s, q.Unit)
	case Share:
		texts, err = r.share(s)
	case Names, Texts:
		return audit.Texts(list(s)...), nil
	case Text, Choice, System, Entity, Role, Problem:
		return audit.Text(clean(s)), nil
	}
	switch {
	case err != nil:
		return audit.Value{}, err
	case len(texts) == 1:
		return audit.Text(texts[0]), nil
	}
	return audit.Texts(texts...), nil
}

// clean drops what no file can hold: control characters of a paste.
func clean(s string) string {
	return strings.Join(strings.FieldsFunc(s, func(r rune) bool { return r <= ' ' || r == 0x7f || r == 0xa0 || r >= 0x80 && r < 0xa0 }), " ")
}

// list parts names and phrases: "María, José; Ana".
func list(s string) []string {
	var all []string
	for _, item := range strings.FieldsFunc(s, func(r rune) bool { return r == ',' || r == ';' || r == '\n' }) {
		if item = clean(item); item != "" && !slices.Contains(all, item) {
			all = append(all, item)
		}
	}
	return all
}

// shown writes what a workspace holds, such as [1, 1.5, 3] or 40/day, as a
// person of the language would type it: least, most, usual.
func (r reader) shown(q *question, e audit.Estimate) string {
	one := func(x float64) string {
		if e.Unit == audit.Share {
			x = math.Round(x*1e8) / 1e6
		}
		return r.tidy(x)
	}
	if !e.Stated() {
		return ""
	}
	s := one(e.Likely)
	if e.Values == 3 {
		s = one(e.Low) + " " + one(e.High) + " " + s
	}
	if per := perUnit(e.Unit); per != "" {
		return s + "/" + r.Text("ask.per."+per, nil)
	}
	if e.Unit == audit.Share && q.Kind == Share {
		return s + "%"
	}
	return s
}

// perUnit is what a rate is counted by; "" for what is no rate.
func perUnit(u audit.Unit) string {
	switch u {
	case audit.PerDay:
		return "day"
	case audit.PerWeek:
		return "week"
	case audit.PerMonth:
		return "month"
	case audit.PerYear:
		return "year"
	case audit.Number, audit.Share, audit.Money:
		return ""
	}
	return ""
}

// mostDecimals is more than anybody states.
const mostDecimals = 12

// tidy writes a number without the zeros that say nothing.
func (r reader) tidy(x float64) string {
	digits := strconv.FormatFloat(x, 'f', -1, 64)
	_, fraction, _ := strings.Cut(digits, ".")
	return r.Number(x, min(len(fraction), mostDecimals))
}
