//go:build e2e

package e2etest

import (
	"encoding/json"
	"path/filepath"
	"testing"
)

// unknownToChecker are what the checker does not know of SVG 2: a property of its
// CSS, and the language of a drawing.
const unknownToChecker = `.*(“vector-effect”: Property|Attribute “lang” not allowed on element “svg”).*`

// The Nu HTML checker, which stands behind the W3C's, finds no error in any page.
func TestPagesAreValidHTML(t *testing.T) {
	out := t.TempDir()
	var pages []string
	for _, workspace := range []string{"tienda", "distribuidora", "tienda-after"} {
		for _, language := range []string{"en", "es"} {
			dir := filepath.Join(out, workspace, language)
			program(t, binary, "report", example(t, workspace), "--only", "html", "--language", language, "-o", dir)
			pages = append(pages, filepath.Join(dir, "report.html"))
		}
	}
	together := filepath.Join(out, "portfolio.html")
	program(t, binary, "portfolio", example(t, "tienda"), example(t, "distribuidora"), "--format", "html", "-o", together)
	jar := filepath.Join(cacheFolder(t), "node_modules", "vnu-jar", "build", "dist", "vnu.jar")
	text := program(t, "java", append([]string{"-Xss8m", "-jar", jar, "--format", "json", "--stdout", "--exit-zero-always", "--filterpattern", unknownToChecker}, append(pages, together)...)...)
	var found struct {
		Messages []struct{ Type, URL, Message, Extract string }
	}
	if err := json.Unmarshal([]byte(text), &found); err != nil {
		t.Fatalf("%v: %.300s", err, text)
	}
	for _, m := range found.Messages {
		if m.Type != "info" {
			t.Errorf("%s: %s\n  %s", m.URL, m.Message, m.Extract)
		}
	}
}
