package lang_test

import (
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/flowmap-dev/flowmap/pkg/lang"
)

func TestLanguagesByTheNamesThatSystemsGiveThem(t *testing.T) {
	tests := []struct{ name, want string }{
		{"en", "en"}, {"es", "es"}, {"ES", "es"},
		{"es_ES.UTF-8", "es"}, {"es_ES@euro", "es"}, {"es-419", "es"}, {"en-GB", "en"}, {"en_US.utf8", "en"},
	}
	for _, test := range tests {
		p, err := lang.New(test.name)
		if err != nil || p.Language() != test.want {
			t.Errorf("%q: got %q, %v, want %q", test.name, p.Language(), err, test.want)
		}
	}
}

func TestAnUnknownLanguageNamesThoseKnown(t *testing.T) {
	for _, name := range []string{"fr", "ca_ES.UTF-8", "C", "POSIX", "", "english!", "und"} {
		_, err := lang.New(name)
		want := `language "` + name + `" is not known, use one of: en, es`
		if err == nil || err.Error() != want {
			t.Errorf("got %v, want %s", err, want)
		}
	}
}

func TestMissingWordsAreSeen(t *testing.T) {
	p := printer(t, "es")
	tests := []struct{ got, want string }{
		{p.Text("kind.abacus", nil), "‹kind.abacus›"},
		{p.Plural("count.abacuses", 2, nil), "‹count.abacuses›"},
		{p.Text("date.month", nil), "‹date.month›"},
		{p.Text("date.month", lang.Args{"Month": "mayo"}), "‹date.month›"},
		{p.Text("date.month", lang.Args{"Month": "mayo", "Year": "2027"}), "mayo de 2027"},
	}
	for _, test := range tests {
		if test.got != test.want {
			t.Errorf("got %q, want %q", test.got, test.want)
		}
	}
	if p.Has("kind.abacus") || !p.Has("kind.erp") || !p.Has("count.flows") {
		t.Error("Has does not tell keys with words from keys without")
	}
}

func TestArgumentsAreInsertedAsTheyAre(t *testing.T) {
	hostile := `<b>&"{{.Year}}` + "\n"
	got := printer(t, "en").Text("date.month", lang.Args{"Month": hostile, "Year": "2027"})
	if want := hostile + " 2027"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestPlurals(t *testing.T) {
	en, es := printer(t, "en"), printer(t, "es")
	tests := []struct{ got, want string }{
		{en.Plural("count.flows", 1, nil), "1 flow"},
		{en.Plural("count.flows", 0, nil), "0 flows"},
		{en.Plural("count.flows", 12345, nil), "12,345 flows"},
		{es.Plural("count.flows", 1, nil), "1 flujo"},
		{es.Plural("count.flows", 28, nil), "28 flujos"},
		{es.Plural("count.flows", 1000000, nil), "1.000.000 de flujos"},
		{es.Plural("count.flows", -1, nil), "-1 flujo"},
		{es.Plural("count.flows", 2, lang.Args{"Count": "dos"}), "dos flujos"},
		{es.Plural("yes", 2, nil), "sí"},
	}
	for _, test := range tests {
		if test.got != test.want {
			t.Errorf("got %q, want %q", test.got, test.want)
		}
	}
}

func TestPluralLeavesTheCallersArgumentsAlone(t *testing.T) {
	args := lang.Args{}
	printer(t, "en").Plural("count.flows", 3, args)
	if len(args) != 0 {
		t.Errorf("arguments are now %v", args)
	}
}

func TestListsOfNamesInASentence(t *testing.T) {
	en, es := printer(t, "en"), printer(t, "es")
	tests := []struct {
		p     lang.Printer
		items []string
		want  string
	}{
		{en, nil, ""},
		{en, []string{"a"}, "a"},
		{en, []string{"a", "b", "c"}, "a, b and c"},
		{es, []string{"a", "b", "c"}, "a, b y c"},
		{es, []string{"Ana", "Íñigo"}, "Ana e Íñigo"},
		{es, []string{"correo", "ERP"}, "correo y ERP"},
		{es, []string{"orden", "hiato"}, "orden y hiato"},
	}
	for _, test := range tests {
		if got := test.p.List(test.items); got != test.want {
			t.Errorf("got %q, want %q", got, test.want)
		}
	}
}

func TestNamesInTheOrderOfADictionary(t *testing.T) {
	names := []string{"Zara", "oso", "ñu", "nube", "Árbol", "arco", "flujo 10", "flujo 9"}
	slices.SortFunc(names, printer(t, "es").Compare)
	if got, want := strings.Join(names, " "), "Árbol arco flujo 9 flujo 10 nube ñu oso Zara"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestOnlyEqualNamesCompareEqual(t *testing.T) {
	// A collator takes the full-width letter and the plain one for one; an order
	// that shall not depend on where names stood before may not.
	p := printer(t, "en")
	if p.Compare("erp", "ｅrp") == 0 || p.Compare("01", "1") == 0 {
		t.Error("different names compare equal")
	}
	if p.Compare("erp", "erp") != 0 {
		t.Error("equal names differ")
	}
}

// Run with the race detector: one printer serves all renderers at once.
func TestAPrinterMayBeShared(t *testing.T) {
	p := printer(t, "es")
	var renderers sync.WaitGroup
	for range 8 {
		renderers.Go(func() {
			for range 50 {
				text := p.Plural("count.flows", 2, nil) + p.Date("2027-03") + p.Months(2) + p.Text("kind.erp", nil)
				if text != "2 flujosmarzo de 20272,0 mesesERP" || p.Compare("a", "b") >= 0 {
					t.Errorf("got %q", text)
				}
			}
		})
	}
	renderers.Wait()
}

func BenchmarkNew(b *testing.B) {
	for b.Loop() {
		if _, err := lang.New("es"); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkText(b *testing.B) {
	p := printer(b, "es")
	b.Run("plain", func(b *testing.B) {
		for b.Loop() {
			p.Text("kind.erp", nil)
		}
	})
	args := lang.Args{"Month": "mayo", "Year": "2027"}
	b.Run("arguments", func(b *testing.B) {
		for b.Loop() {
			p.Text("date.month", args)
		}
	})
	b.Run("plural", func(b *testing.B) {
		for b.Loop() {
			p.Plural("count.flows", 28, nil)
		}
	})
	b.Run("money", func(b *testing.B) {
		for b.Loop() {
			p.Money(12825.83, "EUR", 2)
		}
	})
	b.Run("compare", func(b *testing.B) {
		for b.Loop() {
			p.Compare("Árbol", "arco")
		}
	})
}
