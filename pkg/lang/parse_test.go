package lang_test

import (
	"math"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestNumbersAsPeopleWriteThem(t *testing.T) {
	tests := []struct {
		language, text string
		want           float64
	}{
		{"es", "3,5", 3.5},
		{"es", "1.200", 1200},
		{"es", "1,200", 1.2},
		{"es", "1.234.567,89", 1234567.89},
		{"es", " 1\u00a0234,5 ", 1234.5},
		{"es", "1 200", 1200},
		{"es", "−4,5", -4.5}, // U+2212
		{"es", "- 4,5", -4.5},
		{"es", "+4", 4},
		{"es", "12345,6", 12345.6},
		{"es", "007", 7},
		{"en", "1,200", 1200},
		{"en", "1.200", 1.2},
		{"en", "1,234,567.89", 1234567.89},
		{"en", "-0", 0},
	}
	for _, test := range tests {
		got, err := printer(t, test.language).ParseNumber(test.text)
		if err != nil || got != test.want {
			t.Errorf("%s %q: got %g, %v, want %g", test.language, test.text, got, err, test.want)
		}
	}
}

func TestWhatIsNoNumberSaysHowToWriteOne(t *testing.T) {
	tests := []struct{ language, text, want string }{
		{"es", "3.5", `"3.5" no es un número, escríbalo como en 1.234,5`},
		{"en", "3,5", `"3,5" is not a number, write it as in 1,234.5`},
		{"es", "0.850", `"0.850" no es un número, escríbalo como en 1.234,5`},
		{"es", "1.20.300", `"1.20.300" no es un número, escríbalo como en 1.234,5`},
		{"es", "1234.567", `"1234.567" no es un número, escríbalo como en 1.234,5`},
		{"es", "1 200.300", `"1 200.300" no es un número, escríbalo como en 1.234,5`},
		{"es", "3,", `"3," no es un número, escríbalo como en 1.234,5`},
		{"es", ",5", `",5" no es un número, escríbalo como en 1.234,5`},
		{"es", "1,2,3", `"1,2,3" no es un número, escríbalo como en 1.234,5`},
		{"es", "", `"" no es un número, escríbalo como en 1.234,5`},
		{"en", "1e5", `"1e5" is not a number, write it as in 1,234.5`},
		{"en", "0x1F", `"0x1F" is not a number, write it as in 1,234.5`},
		{"en", "NaN", `"NaN" is not a number, write it as in 1,234.5`},
		{"en", "Inf", `"Inf" is not a number, write it as in 1,234.5`},
		{"en", "--5", `"--5" is not a number, write it as in 1,234.5`},
		{"en", "٣", `"٣" is not a number, write it as in 1,234.5`},
		{"en", "1\xff", "\"1\ufffd\" is not a number, write it as in 1,234.5"},
		{"en", strings.Repeat("9", 70), `"` + strings.Repeat("9", 64) + `…" is not a number, write it as in 1,234.5`},
	}
	for _, test := range tests {
		_, err := printer(t, test.language).ParseNumber(test.text)
		if err == nil || err.Error() != test.want {
			t.Errorf("%s %q: got %v, want %s", test.language, test.text, err, test.want)
		}
	}
}

func TestMoneyAsPeopleWriteIt(t *testing.T) {
	tests := []struct {
		language, text, currency string
		want                     float64
	}{
		{"es", "1.234,50 €", "EUR", 1234.5},
		{"es", "1.234,50\u00a0€", "EUR", 1234.5},
		{"es", "€1.234,50", "EUR", 1234.5},
		{"es", "-€ 5", "EUR", -5},
		{"es", "1200", "EUR", 1200},
		{"es", "1200 eur", "EUR", 1200},
		{"es", "1.200 euros", "EUR", 1200},
		{"es", "45 US$", "USD", 45},
		{"en", "€1,234.50", "EUR", 1234.5},
		{"en", "-€1,234.50", "EUR", -1234.5},
		{"en", "CHF 1,234.50", "CHF", 1234.5},
		{"en", "$45", "USD", 45},
	}
	for _, test := range tests {
		got, err := printer(t, test.language).ParseMoney(test.text, test.currency)
		if err != nil || got != test.want {
			t.Errorf("%s %q: got %g, %v, want %g", test.language, test.text, got, err, test.want)
		}
	}
}

func TestMoneyOfAnotherCurrencyIsRefused(t *testing.T) {
	tests := []struct{ language, text, want string }{
		{"es", "45 $", "\"45 $\" no está en EUR, escríbalo como en 1.234,50\u00a0€"},
		{"en", "£45", `"£45" is not in EUR, write it as in €1,234.50`},
		{"en", "€45€", `"€45€" is not in EUR, write it as in €1,234.50`},
		{"es", "12.5 €", "\"12.5 €\" no es un importe, escríbalo como en 1.234,50\u00a0€"},
		{"es", "45 libras", "\"45 libras\" no está en EUR, escríbalo como en 1.234,50\u00a0€"},
		{"en", "a lot", `"a lot" is not an amount of money, write it as in €1,234.50`},
		{"en", "-€-5", `"-€-5" is not an amount of money, write it as in €1,234.50`},
	}
	for _, test := range tests {
		_, err := printer(t, test.language).ParseMoney(test.text, "EUR")
		if err == nil || err.Error() != test.want {
			t.Errorf("%s %q: got %v, want %s", test.language, test.text, err, test.want)
		}
	}
}

func TestSharesAsPeopleWriteThem(t *testing.T) {
	tests := []struct {
		language, text string
		want           float64
	}{
		{"es", "85 %", 0.85},
		{"es", "85\u00a0%", 0.85},
		{"es", "28,5%", 0.285},
		{"es", "0,85", 0.85},
		{"es", "0", 0},
		{"en", "57%", 0.57}, // 0.57 and not 0.5700000000000001, as 57/100 by multiplication
		{"en", "120%", 1.2},
	}
	for _, test := range tests {
		got, err := printer(t, test.language).ParsePercent(test.text)
		if err != nil || got != test.want {
			t.Errorf("%s %q: got %g, %v, want %g", test.language, test.text, got, err, test.want)
		}
	}
	for _, text := range []string{"85", "1", "-0,5", "%", "8.5 %", "ochenta"} {
		_, err := printer(t, "es").ParsePercent(text)
		want := `"` + text + "\" no es un porcentaje, escríbalo como en 85\u00a0%"
		if err == nil || err.Error() != want {
			t.Errorf("%q: got %v, want %s", text, err, want)
		}
	}
}

func TestYesAndNo(t *testing.T) {
	tests := []struct {
		language, text string
		want           bool
	}{
		{"es", "sí", true}, {"es", "Si", true}, {"es", " S ", true}, {"es", "no", false},
		{"en", "yes", true}, {"en", "Y", true}, {"en", "no", false}, {"en", "FALSE", false},
	}
	for _, test := range tests {
		got, err := printer(t, test.language).ParseYes(test.text)
		if err != nil || got != test.want {
			t.Errorf("%s %q: got %v, %v", test.language, test.text, got, err)
		}
	}
	_, err := printer(t, "es").ParseYes("quizás")
	if want := `"quizás" no es ni sí ni no, escriba "sí" o "no"`; err == nil || err.Error() != want {
		t.Errorf("got %v, want %s", err, want)
	}
}

func TestDatesAsPeopleWriteThem(t *testing.T) {
	tests := []struct{ language, text, want string }{
		{"es", "2026-11-20", "2026-11-20"},
		{"es", "20 de noviembre de 2026", "2026-11-20"},
		{"es", "20 nov. 2026", "2026-11-20"},
		{"es", "20/11/2026", "2026-11-20"},
		{"es", "5/11/2026", "2026-11-05"},
		{"es", "5.11.2026", "2026-11-05"},
		{"en", "20 November 2026", "2026-11-20"},
		{"en", "November 20, 2026", "2026-11-20"},
		{"en", "20 Sep 2026", "2026-09-20"},
		{"en", "20/11/2026", "2026-11-20"},
		{"en", "11/20/2026", "2026-11-20"},
		{"en", "5/5/2026", "2026-05-05"},
		{"en", "29 February 2028", "2028-02-29"},
	}
	for _, test := range tests {
		got, err := printer(t, test.language).ParseDate(test.text)
		if err != nil || got != test.want {
			t.Errorf("%s %q: got %q, %v, want %s", test.language, test.text, got, err, test.want)
		}
	}
}

func TestWhatIsNoDateSaysHowToWriteOne(t *testing.T) {
	tests := []struct{ language, text, want string }{
		{"es", "30 de febrero de 2026", `"30 de febrero de 2026" no es una fecha, escríbala como en 20 de noviembre de 2026 o 2026-11-20`},
		{"es", "11/20/2026", `"11/20/2026" no es una fecha, escríbala como en 20 de noviembre de 2026 o 2026-11-20`},
		{"en", "2027-02-29", `"2027-02-29" is not a date, write it as in 20 November 2026 or 2026-11-20`},
		{"en", "20/11/26", `"20/11/26" is not a date, write it as in 20 November 2026 or 2026-11-20`},
		{"en", "5/11/2026", `"5/11/2026" can be 5 November 2026 or 11 May 2026, write it as in 2026-11-05`},
		{"en", "13/13/2026", `"13/13/2026" is not a date, write it as in 20 November 2026 or 2026-11-20`},
		{"en", "20 Nv 2026", `"20 Nv 2026" is not a date, write it as in 20 November 2026 or 2026-11-20`},
		{"en", "soon", `"soon" is not a date, write it as in 20 November 2026 or 2026-11-20`},
	}
	for _, test := range tests {
		_, err := printer(t, test.language).ParseDate(test.text)
		if err == nil || err.Error() != test.want {
			t.Errorf("%s %q: got %v, want %s", test.language, test.text, err, test.want)
		}
	}
}

// What is printed is read back as what it says: a figure that went through a
// form is the figure at the decimals shown.
func TestWhatIsPrintedIsReadBack(t *testing.T) {
	all := printers(t)
	rapid.Check(t, func(t *rapid.T) {
		p := all[rapid.SampledFrom([]string{"en", "es"}).Draw(t, "language")]
		x := rapid.Float64Range(-1e15, 1e15).Draw(t, "x")
		decimals := rapid.IntRange(0, 6).Draw(t, "decimals")
		currency := rapid.SampledFrom([]string{"EUR", "USD", "GBP", "CHF"}).Draw(t, "currency")

		printed := p.Number(x, decimals)
		back, err := p.ParseNumber(printed)
		if err != nil || p.Number(back, decimals) != printed {
			t.Errorf("number %s: %g, %v", printed, back, err)
		}
		if off := math.Abs(back - x); off > math.Pow10(-decimals)/2+math.Abs(x)*1e-15 {
			t.Errorf("number %s is %g off from %g", printed, off, x)
		}
		money, err := p.ParseMoney(p.Money(x, currency, decimals), currency)
		if err != nil || money != back {
			t.Errorf("money %s: %g, %v, want %g", p.Money(x, currency, decimals), money, err, back)
		}
		share := p.Percent(x/1e15, decimals)
		back, err = p.ParsePercent(share)
		if err != nil || p.Percent(back, decimals) != share {
			t.Errorf("share %s: %g, %v", share, back, err)
		}
	})
}

func TestEveryDayIsReadBack(t *testing.T) {
	all := printers(t)
	for _, language := range []string{"en", "es"} {
		for _, month := range []string{"01", "02", "03", "04", "05", "06", "07", "08", "09", "10", "11", "12"} {
			for _, day := range []string{"01", "09", "28"} {
				iso := "2026-" + month + "-" + day
				got, err := all[language].ParseDate(all[language].Date(iso))
				if err != nil || got != iso {
					t.Errorf("%s: %q is read as %q, %v", language, all[language].Date(iso), got, err)
				}
			}
		}
	}
}

// FuzzParse: whatever a person types, reading it ends in a value or in an error
// with words, and a value that was read prints as something that reads as it.
func FuzzParse(f *testing.F) {
	for _, s := range []string{"1.234,50 €", "85 %", "20 de noviembre de 2026", "5/11/2026", "sí", "--1", "1 200", "€", "\xff", "1,2,3"} {
		f.Add(s)
	}
	all := printers(f)
	f.Fuzz(func(t *testing.T, s string) {
		for _, language := range []string{"en", "es"} {
			p := all[language]
			x, err := p.ParseNumber(s)
			if back, again := p.ParseNumber(p.Number(x, 20)); err == nil && math.Abs(x) < 1e15 && math.Abs(x) > 1e-4 && (again != nil || back != x) {
				t.Errorf("%q is %g, which reads back as %g, %v", s, x, back, again)
			}
			_, money := p.ParseMoney(s, "EUR")
			_, share := p.ParsePercent(s)
			day, date := p.ParseDate(s)
			if date == nil && len(day) != len("2026-11-20") {
				t.Errorf("%q is the date %q", s, day)
			}
			for _, err := range []error{err, money, share, date} {
				if err != nil && strings.Contains(err.Error(), "‹") != strings.Contains(s, "‹") {
					t.Errorf("%q: no words for the error %v", s, err)
				}
			}
		}
	})
}
