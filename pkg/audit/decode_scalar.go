package audit

import (
	"fmt"
	"math"
	"reflect"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v4"
)

// optioned is an enumeration: a string type that knows what may be written.
type optioned interface{ Options() []string }

var (
	dateType      = reflect.TypeFor[Date]()
	yearMonthType = reflect.TypeFor[YearMonth]()
	durationType  = reflect.TypeFor[Duration]()
)

// scalar decodes a single value.
func (d *decoder) scalar(n *yaml.Node, v reflect.Value, f field) {
	s := target(n)
	if s.Kind == yaml.SequenceNode && f.as == "raw" {
		d.raw(n, s, v)
		return
	}
	if s.Kind != yaml.ScalarNode {
		d.at(n, d.isA(n)+", want "+wanted(v, f), "write one value")
		return
	}
	switch {
	case v.Type() == amountType:
		d.amount(n, s.Value, v, f)
	case v.Kind() == reflect.String:
		d.word(n, s, v, f)
	case v.Kind() == reflect.Bool:
		d.complain(n, s.Value, option(s.Value, Unknown.Options()))
		v.SetBool(s.Value == "true")
	case v.Kind() == reflect.Float64:
		x, bad := parseNumber(s.Value)
		d.complain(n, s.Value, bad)
		v.SetFloat(x)
	case v.Kind() == reflect.Int:
		x, bad := parseCount(s.Value, f.as == "month")
		d.complain(n, s.Value, bad)
		v.SetInt(int64(x))
	}
}

// complain reports what is wrong with a value, if anything is.
func (d *decoder) complain(n *yaml.Node, text string, bad fault) bool {
	if bad.bad() {
		d.at(n, fmt.Sprintf("%sis %q, which %s", d.subject(), shorten(text), bad.message), bad.hint)
	}
	return bad.bad()
}

func parseCount(s string, month bool) (float64, fault) {
	x, bad := parseNumber(s)
	switch {
	case bad.bad():
		return 0, bad
	case x != math.Trunc(x):
		return 0, fault{"is no whole number", "write " + PlainNumber(math.Round(x))}
	case month && (x < 1 || x > 12):
		return 0, fault{"is no month", "months are 1 to 12"}
	}
	return x, fault{}
}

// amount decodes a number that is one value.
func (d *decoder) amount(n *yaml.Node, text string, v reflect.Value, f field) {
	x, bad := 0.0, fault{}
	switch f.as {
	case "share":
		x, bad = parseShare(text)
	case "count":
		x, bad = parseCount(text, false)
	case "version":
		if x, bad = parseCount(text, false); x == 0 && !bad.bad() {
			bad = fault{"is no version of the format", "write 1"}
		}
	default:
		x, bad = parseNumber(text)
	}
	if !bad.bad() {
		bad = f.bounds(x)
	}
	if !d.complain(n, text, inWords(bad, text, v, f)) {
		v.Set(reflect.ValueOf(Amount{Value: x, Stated: true, Place: d.place(n)}))
	}
}

// word decodes a text, an id, an enumeration, a date or a reference.
func (d *decoder) word(n, s *yaml.Node, v reflect.Value, f field) {
	text, bad := parseText(s.Value)
	if f.as == "raw" {
		text, bad = s.Value, fault{}
	}
	if enum, ok := v.Interface().(optioned); ok && !bad.bad() {
		bad = option(text, enum.Options())
	} else if !bad.bad() {
		bad = parseWord(text, shapeOf(v.Type(), f.as))
	}
	if d.complain(n, s.Value, bad) {
		return
	}
	if kind, ok := strings.CutPrefix(f.as, "ref="); ok {
		d.refs = append(d.refs, reference{kind: kind, id: text, line: n.Line, column: n.Column})
	}
	if f.as == "found" {
		d.refs = append(d.refs, reference{kind: f.as, id: text, line: n.Line, column: n.Column})
	}
	v.SetString(text)
}

func shapeOf(t reflect.Type, as string) string {
	switch t {
	case dateType:
		return "date"
	case yearMonthType:
		return "year-month"
	case durationType:
		return "duration"
	}
	return as
}

// option checks a word of an enumeration.
func option(s string, options []string) fault {
	for _, o := range options {
		if s == o {
			return fault{}
		}
	}
	if len(options) == 2 && options[0] == "true" {
		switch strings.ToLower(s) {
		case "yes", "on", "y":
			return fault{"is neither true nor false", "write true"}
		case "no", "off", "n":
			return fault{"is neither true nor false", "write false"}
		}
	}
	return fault{"is not one of the words here", meant(s, options, "words")}
}

// estimate decodes one value, or three of a kind.
func (d *decoder) estimate(n *yaml.Node, v reflect.Value, f field) {
	s := target(n)
	switch {
	case s.Kind == yaml.ScalarNode:
		x, unit, bad := parseAmount(s.Value, f)
		if !d.complain(n, s.Value, inWords(bad, s.Value, v, f)) {
			e := One(x, unit, Constant)
			e.Place = d.place(n)
			v.Set(reflect.ValueOf(e))
		}
	case s.Kind == yaml.SequenceNode && !f.one:
		d.three(n, s, v, f)
	default:
		d.at(n, d.isA(n)+", want "+wanted(v, f), "write the value behind the key")
	}
}

// three decodes low, likely and high.
func (d *decoder) three(n, s *yaml.Node, v reflect.Value, f field) {
	if len(s.Content) != 3 {
		d.at(n, fmt.Sprintf("%shas %d values, want one, or the three of low, likely and high", d.subject(), len(s.Content)), "write "+example(f.as))
		return
	}
	if d.mixedCommas(n, s, f) {
		return
	}
	var x [3]float64
	var units [3]Unit
	for i, c := range s.Content {
		t := target(c)
		if t.Kind != yaml.ScalarNode {
			d.at(c, d.subject()+"has a value that "+isA(t), "write "+example(f.as))
			return
		}
		var bad fault
		if x[i], units[i], bad = parseAmount(t.Value, f); d.complain(c, t.Value, bad) {
			return
		}
	}
	switch {
	case units[0] != units[1] || units[1] != units[2]:
		d.at(n, d.subject()+"has values in different units", "write all three in one, such as "+example(f.as))
	case x[0] > x[1] || x[1] > x[2]:
		texts := []any{target(s.Content[0]).Value, target(s.Content[1]).Value, target(s.Content[2]).Value}
		d.at(n, d.subject()+fmt.Sprintf("is low %s, likely %s, high %s", texts...), "low is the least and high the most: low ≤ likely ≤ high")
	default:
		e := Three(x[0], x[1], x[2], units[0])
		e.Basis, e.Place = Constant, d.place(n)
		v.Set(reflect.ValueOf(e))
	}
}

// mixedCommas reports a list on one line of whose commas some have a space
// after them and some have none, as in [2,5, 8].
func (d *decoder) mixedCommas(n, s *yaml.Node, f field) bool {
	if s.Style&yaml.FlowStyle == 0 {
		return false
	}
	tight, loose := 0, 0
	for _, c := range s.Content[min(1, len(s.Content)):] {
		if d.before(c.Line, c.Column) == ',' {
			tight++
		} else {
			loose++
		}
	}
	if tight == 0 || loose == 0 {
		return false
	}
	d.at(n, d.subject()+"has commas with a space after some only, which may be decimal commas", "write decimals with a point: "+example(f.as))
	return true
}

// parseAmount reads one value of an estimate.
func parseAmount(s string, f field) (float64, Unit, fault) {
	switch f.as {
	case "share":
		x, bad := parseShare(s)
		return x, Share, bad
	case "rate":
		return parseRate(s)
	case "share|rate":
		if strings.Contains(s, "/") {
			return parseRate(s)
		}
		x, bad := parseShare(s)
		return x, Share, bad
	case "money":
		x, bad := parseNumber(s)
		return x, Money, bad
	}
	x, bad := parseNumber(s)
	if !bad.bad() {
		bad = f.bounds(x)
	}
	return x, Number, bad
}

// bounds says what is wrong with a number outside of its field's bounds.
func (f field) bounds(x float64) fault {
	over, most := f.limits()
	switch {
	case x <= over && f.over != "":
		return fault{"is too little", "write more than " + f.over}
	case x > most:
		return fault{"is too much", "write at most " + f.most}
	}
	return fault{}
}

func (f field) limits() (over, most float64) {
	over, _ = strconv.ParseFloat(f.over, 64) // tags of ours: a wrong one is 0
	most = largest
	if f.most != "" {
		most, _ = strconv.ParseFloat(f.most, 64)
	}
	return over, most
}

// inWords gives a text without digits, where a number belongs, the hint of
// what to write there.
func inWords(bad fault, text string, v reflect.Value, f field) fault {
	if bad.bad() && !strings.ContainsAny(text, "0123456789") {
		bad.hint = "write " + wanted(v, f)
	}
	return bad
}

// example is what three values look like.
func example(as string) string {
	switch as {
	case "share":
		return "[75%, 85%, 95%]"
	case "rate":
		return "[30/day, 40/day, 60/day]"
	case "share|rate":
		return "[1%, 2%, 4%]"
	case "money":
		return "[3000, 4500, 8000]"
	}
	return "[3, 4.5, 7]"
}

// wanted says what a field holds, for messages.
func wanted(v reflect.Value, f field) string {
	t := v.Type()
	switch {
	case t == estimateType && !f.one:
		return single(f.as) + ", or three such as " + example(f.as)
	case t == estimateType, t == amountType:
		return single(f.as)
	case t.Kind() == reflect.Bool:
		return "true or false"
	case t.Kind() == reflect.Int, t.Kind() == reflect.Float64:
		return single("count")
	}
	if enum, ok := v.Interface().(optioned); ok {
		return "one of " + strings.Join(enum.Options(), ", ")
	}
	shape, _, _ := strings.Cut(shapeOf(t, f.as), "=")
	switch shape {
	case "id", "ref", "found":
		return "an id such as web-orders"
	case "date":
		return "a date such as 2026-11-02"
	case "year-month":
		return "a month such as 2027-03"
	case "finding":
		return "the id of a finding such as FM009"
	}
	return "a text"
}

// single is what one value looks like.
func single(as string) string {
	switch as {
	case "share":
		return "a share such as 85%"
	case "rate":
		return "a rate such as 40/day"
	case "share|rate":
		return "a share such as 2% or a rate such as 3/week"
	case "money":
		return "an amount such as 1200"
	case "count":
		return "a whole number such as 4"
	case "version":
		return "the number 1"
	}
	return "a number such as 4.5"
}

// raw keeps a list of values as a text on one line, to be read when it is known
// for what.
func (d *decoder) raw(n, s *yaml.Node, v reflect.Value) {
	if d.mixedCommas(n, s, field{}) {
		return
	}
	texts := make([]string, len(s.Content))
	for i, c := range s.Content {
		item := target(c)
		if item.Kind != yaml.ScalarNode {
			d.at(c, d.subject()+"has a value that "+isA(item), "write a list of words or numbers")
			return
		}
		texts[i] = item.Value
		if item.Style&(yaml.SingleQuotedStyle|yaml.DoubleQuotedStyle) != 0 {
			texts[i] = "'" + strings.ReplaceAll(item.Value, "'", "''") + "'"
		}
	}
	v.SetString("[" + strings.Join(texts, ", ") + "]")
}
