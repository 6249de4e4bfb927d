package lang

// The spaces of numbers: a line never breaks between a figure and its sign.
const (
	noBreak       = "\u00a0"
	narrowNoBreak = "\u202f"
)

// locale is how a language writes numbers, after the CLDR, but for two points:
// Spanish groups four digits too (1.234), so that columns of figures line up,
// and the dollar is $ everywhere.
type locale struct {
	code        string
	decimal     string
	group       string
	symbolFirst bool   // €5, CHF 5, and not 5 €, 5 CHF
	percentGap  string // between a number and %
	dayFirst    bool   // 5/11/2026 is the fifth of November, never the eleventh of May
}

func localeOf(code string) locale {
	if code == "es" {
		return locale{code: code, decimal: ",", group: ".", percentGap: noBreak, dayFirst: true}
	}
	return locale{code: code, decimal: ".", group: ",", symbolFirst: true}
}

// symbol is the sign of a currency of ISO 4217 that nobody takes for another
// one, and false for those that are written by their code.
func symbol(currency string) (string, bool) {
	switch currency {
	case "EUR":
		return "€", true
	case "USD":
		return "$", true
	case "GBP":
		return "£", true
	}
	return "", false
}
