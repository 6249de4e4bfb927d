package report_test

import (
	"strings"
	"testing"

	"github.com/flowmap-dev/flowmap/pkg/catalogue"
)

// A client reads who published a price, on which page, when it was seen and
// how sure that is.
func TestAPriceNamesItsSourceItsDayAndItsGrade(t *testing.T) {
	r := built(t, run(t, example(t, "distribuidora")), "en")
	const seen = " (seen 6 October 2026); B: somebody who says on which day they checked the vendor's page"
	sourced := 0
	for _, row := range table(t, r, "platforms").Rows {
		source := row.Cells[2].Text
		if strings.HasPrefix(source, "Dooza") {
			sourced++
			if want := "Dooza, Best n8n alternatives 2026" + seen; source != want {
				t.Errorf("%s: source %q, want %q", row.Key, source, want)
			}
		}
	}
	if sourced == 0 {
		t.Error("no price rests on Dooza's comparison, want one at least")
	}
}

// The formula has one source: it stands once, under its table.
func TestTheBuildFormulaNamesItsSourceOnce(t *testing.T) {
	formula := table(t, built(t, run(t, example(t, "distribuidora")), "en"), "build-formula")
	for _, row := range formula.Rows {
		if got := row.Cells[2].Text; got != "usual practice" {
			t.Errorf("%s: source %q, want usual practice", row.Key, got)
		}
	}
	if want := "Source: usual practice, see Pixel2Tech, n8n Cost in 2026 (seen"; !strings.Contains(formula.Note, want) {
		t.Errorf("note %q, want %q in it", formula.Note, want)
	}
}

// Where a page was found, and how, is for those who keep the catalogue: it
// stands in comments of its file, not in a title that clients read.
func TestTitlesOfSourcesAreShort(t *testing.T) {
	c, err := catalogue.Load()
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range c.Sources {
		if both := s.Publisher + ", " + s.Title; len(both) > 75 || strings.ContainsAny(both, "()") {
			t.Errorf("%s: %q is too long for a reader, or has a parenthesis", s.ID, both)
		}
	}
}
