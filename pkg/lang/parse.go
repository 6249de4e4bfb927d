package lang

import (
	"errors"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// maxNumber is the most bytes that a number can have: a longer text is none,
// and an error that repeats it helps nobody.
const maxNumber = 64

// ParseNumber reads a number as the language writes it, with separators of
// thousands or without: in Spanish "3,5" is 3.5 and "1.200" is 1200, in English
// "1,200" is 1200 and "1.200" is 1.2. What the language does not write ("3.5" in
// Spanish, "1.20.300") is an error that says how to write it, in the language.
func (p Printer) ParseNumber(s string) (float64, error) {
	x, ok := p.number(s)
	if !ok {
		return 0, p.refuse("parse.number", s, Args{"Example": p.Number(1234.5, 1)})
	}
	return x, nil
}

// ParseMoney reads an amount in a currency of ISO 4217, with its sign, code or
// name before or after the number, or without any. Another currency is an error.
func (p Printer) ParseMoney(s, currency string) (float64, error) {
	example := Args{"Currency": currency, "Example": p.Money(1234.5, currency, 2)}
	digits, mark := unmarked(s)
	x, ok := p.number(digits)
	if !ok {
		return 0, p.refuse("parse.money", s, example)
	}
	if mark != "" && !p.isMark(mark, currency) {
		return 0, p.refuse("parse.currency", s, example)
	}
	return x, nil
}

// isMark holds for the sign, the code and the names of a currency.
func (p Printer) isMark(mark, currency string) bool {
	own, _ := symbol(currency)
	names := ""
	if key := "words." + currency; p.Has(key) {
		names = p.Text(key, nil)
	}
	return mark == own || strings.EqualFold(mark, currency) || slices.Contains(strings.Fields(names), strings.ToLower(mark))
}

// unmarked takes a currency's sign or code off an amount, at either end.
func unmarked(s string) (digits, mark string) {
	minus, s := unsigned(s)
	isMark := func(r rune) bool { return !strings.ContainsRune("0123456789.,+-", r) && !isSpace(r) }
	number := strings.TrimFunc(s, isMark)
	mark = strings.TrimPrefix(s, number)
	if mark == s {
		mark = strings.TrimSuffix(s, number)
	}
	return minus + strings.TrimFunc(number, isSpace), mark
}

// ParsePercent reads a share: "85%" and "85 %" are 0.85, and so is "0.85". A
// number from 1 on without a sign can be meant in two ways and is an error.
func (p Printer) ParsePercent(s string) (float64, error) {
	digits, marked := strings.CutSuffix(strings.TrimFunc(s, isSpace), "%")
	x, ok := p.number(digits)
	if !ok || !marked && (x >= 1 || x < 0) {
		return 0, p.refuse("parse.percent", s, Args{"Example": p.Percent(0.85, 0)})
	}
	if marked {
		return shifted(x, -2), nil
	}
	return x, nil
}

// ParseYes reads a yes or a no.
func (p Printer) ParseYes(s string) (bool, error) {
	word := strings.ToLower(strings.TrimFunc(s, isSpace))
	for _, yes := range strings.Fields(p.Text("words.yes", nil)) {
		if word == yes {
			return true, nil
		}
	}
	for _, no := range strings.Fields(p.Text("words.no", nil)) {
		if word == no {
			return false, nil
		}
	}
	return false, p.refuse("parse.yes", s, Args{})
}

// refuse makes the error of a text that was not understood.
func (p Printer) refuse(key, s string, args Args) error {
	s = strings.TrimFunc(strings.ToValidUTF8(s, "�"), isSpace)
	if utf8.RuneCountInString(s) > maxNumber {
		s = string([]rune(s)[:maxNumber]) + "…"
	}
	args["Text"] = s
	return errors.New(p.Text(key, args))
}

// number reads an optional sign and digits with the language's separators.
func (p Printer) number(s string) (float64, bool) {
	minus, digits := unsigned(s)
	whole, fraction, hasFraction := strings.Cut(digits, p.locale.decimal)
	whole, ok := p.ungrouped(whole)
	if !ok || len(s) > maxNumber || hasFraction && !isDigits(fraction) {
		return 0, false
	}
	x, err := strconv.ParseFloat(minus+joined(whole, fraction), 64)
	return x, err == nil
}

// unsigned takes the sign off a number; the one that typographers use too.
func unsigned(s string) (minus, rest string) {
	s = strings.TrimFunc(s, isSpace)
	for _, sign := range []string{"-", "−"} {
		if rest, ok := strings.CutPrefix(s, sign); ok {
			return "-", strings.TrimLeftFunc(rest, isSpace)
		}
	}
	return "", strings.TrimPrefix(s, "+")
}

// ungrouped takes the separators of thousands out of whole digits, and is false
// if they stand anywhere else. A space separates thousands in either language.
func (p Printer) ungrouped(whole string) (string, bool) {
	if isDigits(whole) {
		return whole, true
	}
	separator := p.locale.group
	if !strings.Contains(whole, separator) {
		separator = " "
		whole = strings.Map(func(r rune) rune {
			if isSpace(r) {
				return ' '
			}
			return r
		}, whole)
	}
	groups := strings.Split(whole, separator)
	for i, group := range groups {
		first := i == 0 && len(group) <= 3 && !strings.HasPrefix(group, "0")
		if !isDigits(group) || !first && (i == 0 || len(group) != 3) {
			return "", false
		}
	}
	return strings.Join(groups, ""), true
}

func isDigits(s string) bool {
	return s != "" && strings.Trim(s, "0123456789") == ""
}

// isSpace holds for the spaces that people type and programs put into numbers.
func isSpace(r rune) bool {
	return strings.ContainsRune(" \t\r\n"+noBreak+narrowNoBreak+"\u2009", r)
}
