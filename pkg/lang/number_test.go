package lang_test

import (
	"math"
	"os"
	"strconv"
	"strings"
	"testing"

	"github.com/flowmap-dev/flowmap/pkg/lang"
)

// printer gives the printer of a language that the tests know to exist.
func printer(t testing.TB, language string) lang.Printer {
	t.Helper()
	p, err := lang.New(language)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// The table comes from another implementation, the Intl of Node.js; the script
// that made it stands beside it.
func TestFiguresAreWrittenAsIntlWritesThem(t *testing.T) {
	table, err := os.ReadFile("testdata/intl.tsv")
	if err != nil {
		t.Fatal(err)
	}
	rows := strings.Split(strings.TrimSuffix(string(table), "\n"), "\n")
	if len(rows) < 800 {
		t.Fatalf("%d rows, want at least 800", len(rows))
	}
	all := printers(t)
	for i, row := range rows {
		cells := strings.Split(row, "\t")
		if len(cells) != 6 {
			t.Fatalf("line %d: %d cells, want 6", i+1, len(cells))
		}
		if got := asIntl(t, all[cells[1]], cells); got != cells[5] {
			t.Errorf("line %d: %s of %s: got %q, want %q", i+1, cells[0], cells[2], got, cells[5])
		}
	}
}

// asIntl writes what a row of the table describes: what, language, value,
// decimals, currency.
func asIntl(t *testing.T, p lang.Printer, cells []string) string {
	x, _ := strconv.ParseFloat(cells[2], 64)
	decimals, err := strconv.Atoi(cells[3])
	if err != nil {
		t.Fatal(err)
	}
	switch cells[0] {
	case "number":
		return p.Number(x, decimals)
	case "percent":
		return p.Percent(x, decimals)
	case "money":
		return p.Money(x, cells[4], decimals)
	case "date":
		return p.Date(cells[2])
	case "list":
		return p.List(strings.Split(cells[2], ","))
	case "plural":
		return pluralForm(p, int(x))
	}
	return "not a kind of row"
}

// pluralForm tells the form that a text took for n, by its words.
func pluralForm(p lang.Printer, n int) string {
	text := p.Plural("count.flows", n, nil)
	switch {
	case strings.Contains(text, " de "):
		return "many"
	case strings.HasSuffix(text, "s"):
		return "other"
	}
	return "one"
}

func printers(t testing.TB) map[string]lang.Printer {
	t.Helper()
	all := map[string]lang.Printer{}
	for _, language := range lang.Languages() {
		all[language] = printer(t, language)
	}
	return all
}

func TestMoneyOfTheReport(t *testing.T) {
	// A no-break space, U+00A0, keeps figure and sign on one line.
	tests := []struct{ got, want string }{
		{printer(t, "es").Money(1234.5, "EUR", 2), "1.234,50\u00a0€"},
		{printer(t, "es").Money(-1234.5, "EUR", 2), "-1.234,50\u00a0€"},
		{printer(t, "en").Money(1234.5, "EUR", 2), "€1,234.50"},
		{printer(t, "en").Money(-1234.5, "EUR", 2), "-€1,234.50"},
		{printer(t, "en").Money(1234.5, "CHF", 2), "CHF\u00a01,234.50"},
		{printer(t, "es").Money(1234.5, "CHF", 2), "1.234,50\u00a0CHF"},
		{printer(t, "es").Percent(0.85, 0), "85\u00a0%"},
		{printer(t, "en").Percent(0.85, 0), "85%"},
	}
	for _, test := range tests {
		if test.got != test.want {
			t.Errorf("got %q, want %q", test.got, test.want)
		}
	}
}

func TestWhatRoundsToNothingHasNoMinus(t *testing.T) {
	p := printer(t, "en")
	for _, x := range []float64{0, math.Copysign(0, -1), -0.004, -1e-300} {
		if got := p.Number(x, 2); got != "0.00" {
			t.Errorf("%g is %q, want 0.00", x, got)
		}
		if got := p.Money(x, "EUR", 0); got != "€0" {
			t.Errorf("%g is %q, want €0", x, got)
		}
	}
}

func TestWhatIsNoNumberIsADash(t *testing.T) {
	p := printer(t, "es")
	for _, x := range []float64{math.NaN(), math.Inf(1), math.Inf(-1)} {
		for _, got := range []string{p.Number(x, 1), p.Money(x, "EUR", 2), p.Percent(x, 0), p.Hours(x)} {
			if got != "–" {
				t.Errorf("%g is %q, want an en dash", x, got)
			}
		}
	}
	if got := p.Months(math.NaN()); got != "–" {
		t.Errorf("NaN months are %q, want an en dash", got)
	}
}

func TestNegativeDecimalsAreNone(t *testing.T) {
	if got := printer(t, "en").Number(1234.5, -3); got != "1,235" {
		t.Errorf("got %q, want 1,235", got)
	}
}

func TestMonthsAndHours(t *testing.T) {
	en, es := printer(t, "en"), printer(t, "es")
	tests := []struct{ got, want string }{
		{en.Months(6.126), "6.1 months"},
		{es.Months(6.126), "6,1 meses"},
		{en.Months(1), "1.0 months"}, // English counts a decimal as several
		{es.Months(1), "1,0 mes"},    // Spanish looks at the value alone
		{es.Months(0), "0,0 meses"},
		{es.Months(-1), "-1,0 mes"},
		{en.Months(math.Inf(1)), "never"},
		{es.Months(math.Inf(1)), "nunca"},
		{en.Hours(8.3333), "8.3\u00a0h"},
		{es.Hours(1479.1667), "1.479,2\u00a0h"},
	}
	for _, test := range tests {
		if test.got != test.want {
			t.Errorf("got %q, want %q", test.got, test.want)
		}
	}
}

func TestDates(t *testing.T) {
	en, es := printer(t, "en"), printer(t, "es")
	tests := []struct{ got, want string }{
		{en.Date("2027-03"), "March 2027"},
		{es.Date("2027-03"), "marzo de 2027"},
		{es.Date("2026-01-05"), "5 de enero de 2026"},
		{es.Date("2026-02-30"), "2026-02-30"},
		{es.Date(""), ""},
	}
	for _, test := range tests {
		if test.got != test.want {
			t.Errorf("got %q, want %q", test.got, test.want)
		}
	}
}
