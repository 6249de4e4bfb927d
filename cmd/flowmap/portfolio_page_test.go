package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// The page has the document's figures in both languages, the same bytes each time,
// and names nobody where it is redacted.
func TestThePortfoliosPageHasItsFigures(t *testing.T) {
	examples := filepath.Join("..", "..", "examples")
	text, _ := runHere(t, "portfolio", examples, "--json")
	var doc portfolioJSON
	if err := json.Unmarshal([]byte(text), &doc); err != nil {
		t.Fatal(err)
	}
	for language, row := range map[string]string{
		"en": "| EUR | 3 | 36 | 2 | 86.0 | 86,448 | 25,595 | 84,827 |",
		"es": "| EUR | 3 | 36 | 2 | 86,0 | 86.448 | 25.595 | 84.827 |",
	} {
		page, code := runHere(t, "portfolio", examples, "--format", "markdown", "-o", "-", "--language", language)
		if code != 0 || !strings.Contains(page, row) {
			t.Errorf("%s, exit code %d: no row %s in\n%s", language, code, row, page)
		}
		if n := len(regexp.MustCompile("(?m)^[|] FM[0-9]+ [|]").FindAllString(page, -1)); n != len(doc.Findings) {
			t.Errorf("%s: %d findings, want %d", language, n, len(doc.Findings))
		}
	}
	for _, format := range []string{"xlsx", "html"} {
		var files [2]string
		for i := range files {
			out := filepath.Join(t.TempDir(), "page")
			if said, code := runHere(t, "portfolio", examples, "--format", format, "-o", out, "--redact"); code != 0 || said != out+"\n" {
				t.Fatalf("%s: exit code %d, %s", format, code, said)
			}
			text, err := os.ReadFile(out)
			if err != nil {
				t.Fatal(err)
			}
			files[i] = string(text)
		}
		if files[0] != files[1] || files[0] == "" {
			t.Errorf("%s: the second time it is another file", format)
		}
		if strings.Contains(files[0], "homeware") || strings.Contains(files[0], "tienda-after") {
			t.Errorf("%s: what one client has stands in a redacted page", format)
		}
	}
}
