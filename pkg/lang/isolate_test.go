package lang_test

import (
	"testing"

	"github.com/flowmap-dev/flowmap/pkg/lang"
)

// A name in Hebrew or Arabic stands between isolates, so that the sentence
// around it keeps its order; no other text changes by a byte.
func TestNamesFromRightToLeftAreKeptByThemselves(t *testing.T) {
	p := printer(t, "en")
	for name, want := range map[string]string{
		"Levante":                  "“Levante”",
		"Müller & Søn, 東京":         "“Müller & Søn, 東京”",
		"שלום 2":                   "“\u2068שלום 2\u2069”",
		"شركة":                     "“\u2068شركة\u2069”",
		"\u2068שלום\u2069 and ERP": "“\u2068שלום\u2069 and ERP”",
	} {
		if got := p.Text("report.quoted", lang.Args{"Name": name}); got != want {
			t.Errorf("%q is written %q, want %q", name, got, want)
		}
	}
}

func TestEachNameOfAListIsKeptByItself(t *testing.T) {
	for items, want := range map[[3]string]string{
		{"ERP", "CRM", "shop"}:  "ERP, CRM and shop",
		{"שלום", "CRM", "شركة"}: "\u2068שלום\u2069, CRM and \u2068شركة\u2069",
	} {
		if got := printer(t, "en").List(items[:]); got != want {
			t.Errorf("%q are written %q, want %q", items, got, want)
		}
	}
}
