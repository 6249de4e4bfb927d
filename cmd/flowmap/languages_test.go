package main

import (
	"encoding/json"
	"html"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/flowmap-dev/flowmap/pkg/render/opc"
)

// phrases are the texts of a language, of two words or more and without arguments,
// that the other language has otherwise and the clients do not say themselves: where
// one stands by itself in a report of the other language, nobody has translated it.
// Single words are keys of rows and ids, too.
func phrases(t *testing.T, language, other, client string) map[string]bool {
	t.Helper()
	read := func(l string) map[string]bool {
		all := map[string]bool{}
		files, err := filepath.Glob(filepath.Join("..", "..", "templates", "words", l, "*.json"))
		if err != nil || len(files) == 0 {
			t.Fatalf("%d files of words: %v", len(files), err)
		}
		for _, file := range files {
			text, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			var words map[string]any
			if err := json.Unmarshal(text, &words); err != nil {
				t.Fatal(err)
			}
			for _, word := range words {
				if s, ok := word.(string); ok && !strings.Contains(s, "{{") {
					all[s] = true
				}
			}
		}
		return all
	}
	all := read(language)
	for s := range read(other) {
		delete(all, s)
	}
	for s := range all {
		if !strings.Contains(s, " ") || strings.Contains(client, s) {
			delete(all, s)
		}
	}
	return all
}

var (
	tags   = regexp.MustCompile(`<[^>]*>`)
	titled = regexp.MustCompile(`(?:alt|title|aria-label|descr|placeholder|prompt|promptTitle)="([^"]*)"`)
)

// units are the texts of a file that stand by themselves: cells, paragraphs' runs,
// items, titles.
func units(t *testing.T, file string) []string {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	switch filepath.Ext(file) {
	case ".xlsx", ".docx", ".pptx":
		p, err := opc.Open(text)
		if err != nil {
			t.Fatal(err)
		}
		text = nil
		for _, name := range p.Names() {
			if part, _ := p.Part(name); filepath.Ext(name) == ".xml" && !strings.Contains(name, "styles.xml") && !strings.Contains(name, "theme") {
				text = append(text, part...)
			}
		}
	case ".md", ".csv":
		return strings.FieldsFunc(strings.ReplaceAll(string(text), `"`, ""), func(r rune) bool { return strings.ContainsRune("|\n,;#*", r) })
	}
	var all []string
	for _, m := range titled.FindAllStringSubmatch(string(text), -1) {
		all = append(all, html.UnescapeString(m[1]))
	}
	for _, s := range tags.Split(string(text), -1) {
		all = append(all, html.UnescapeString(s))
	}
	return all
}

// Who reads one language alone finds no text of the other in any format.
func TestReportsHaveNoTextOfTheOtherLanguage(t *testing.T) {
	var clients strings.Builder
	for _, example := range []string{"distribuidora", "tienda", "tienda-after"} {
		for _, text := range filesOf(t, filepath.Join("..", "..", "examples", example)) {
			clients.WriteString(text)
		}
	}
	client := clients.String()
	for _, language := range []string{"en", "es"} {
		other := map[string]string{"en": "es", "es": "en"}[language]
		foreign, own := phrases(t, other, language, client), phrases(t, language, other, client)
		out := t.TempDir()
		for _, example := range []string{"distribuidora", "tienda", "tienda-after"} {
			dir := filepath.Join("..", "..", "examples", example)
			said, code := runHere(t, "report", dir, "--language", language, "--only", "xlsx,html,docx,md,svg,pptx,csv", "-o", filepath.Join(out, example))
			if code != 0 {
				t.Fatal(said)
			}
		}
		for _, format := range []string{"xlsx", "html", "markdown"} {
			said, code := runHere(t, "portfolio", filepath.Join("..", "..", "examples"), "--language", language, "--format", format, "-o", filepath.Join(out, "clients."+strings.Replace(format, "markdown", "md", 1)))
			if code != 0 {
				t.Fatal(said)
			}
		}
		seen := map[string]int{}
		err := filepath.WalkDir(out, func(file string, entry fs.DirEntry, err error) error {
			if err != nil || entry.IsDir() {
				return err
			}
			for _, s := range units(t, file) {
				s = strings.TrimSpace(s)
				if own[s] {
					seen[filepath.Ext(file)]++
				}
				if foreign[s] {
					t.Errorf("%s: %q is of the other language", strings.TrimPrefix(file, out), s)
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		for _, ext := range []string{".xlsx", ".html", ".docx", ".md", ".svg", ".pptx", ".csv"} {
			if seen[ext] < 3 {
				t.Errorf("%s: only %d texts of the language itself were read in %s", language, seen[ext], ext)
			}
		}
	}
}

// A text of the other language is seen.
func TestATextOfTheOtherLanguageIsSeen(t *testing.T) {
	file := filepath.Join(t.TempDir(), "x.html")
	if err := os.WriteFile(file, []byte(`<p>Beneficio al año</p><img alt="x">`), 0o600); err != nil {
		t.Fatal(err)
	}
	foreign := phrases(t, "es", "en", "")
	if !slices.ContainsFunc(units(t, file), func(s string) bool { return foreign[s] }) {
		t.Error("nobody saw it")
	}
}
