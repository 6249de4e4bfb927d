package lang_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"text/template"
	"text/template/parse"

	"github.com/flowmap-dev/flowmap/pkg/lang"
	"github.com/flowmap-dev/flowmap/templates"
)

// book is the words of one language as its files have them: by key, the
// texts by plural form; a text without forms stands under "".
type book struct {
	texts map[string]map[string]string
	file  map[string]string
}

// books reads the files of each language, by other code than the package.
func books(t *testing.T) map[string]book {
	t.Helper()
	all := map[string]book{}
	for _, language := range lang.Languages() {
		b := book{map[string]map[string]string{}, map[string]string{}}
		names, err := fs.Glob(templates.FS(), "words/"+language+"/*.json")
		if err != nil || len(names) == 0 {
			t.Fatalf("%s: no words, %v", language, err)
		}
		for _, name := range names {
			b.read(t, name)
		}
		all[language] = b
	}
	return all
}

func (b book) read(t *testing.T, name string) {
	t.Helper()
	src, err := fs.ReadFile(templates.FS(), name)
	if err != nil {
		t.Fatal(err)
	}
	for _, key := range keysOf(t, name, src) {
		if first, taken := b.file[key]; taken {
			t.Errorf("%s: %q stands in %s too", name, key, first)
		}
		b.file[key] = name
	}
	var entries map[string]any
	if err := json.Unmarshal(src, &entries); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	for key, entry := range entries {
		b.texts[key] = forms(t, name+": "+key, entry)
	}
}

// forms gives the texts of one entry: a text, or an object of plural forms.
func forms(t *testing.T, place string, entry any) map[string]string {
	t.Helper()
	if text, ok := entry.(string); ok {
		return map[string]string{"": text}
	}
	texts := map[string]string{}
	object, _ := entry.(map[string]any)
	for form, text := range object {
		words, ok := text.(string)
		if !ok || !slices.Contains([]string{"one", "many", "other"}, form) {
			t.Errorf("%s: %q is no plural form with a text", place, form)
		}
		texts[form] = words
	}
	if texts["one"] == "" || texts["other"] == "" {
		t.Errorf("%s: want a text, or an object with \"one\" and \"other\"", place)
	}
	return texts
}

// keysOf lists the keys of a JSON object in their order; a map would keep one
// of two that are alike.
func keysOf(t *testing.T, name string, src []byte) []string {
	t.Helper()
	decoder := json.NewDecoder(bytes.NewReader(src))
	if _, err := decoder.Token(); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	var keys []string
	for decoder.More() {
		key, err := decoder.Token()
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		var value json.RawMessage
		if err := decoder.Decode(&value); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		keys = append(keys, fmt.Sprint(key))
	}
	return keys
}

func TestAKeyStandsInTheSameFileOfEachLanguage(t *testing.T) {
	all := books(t)
	for _, language := range lang.Languages() {
		for _, other := range lang.Languages() {
			for _, key := range slices.Sorted(maps.Keys(all[language].file)) {
				want := strings.Replace(all[language].file[key], "/"+language+"/", "/"+other+"/", 1)
				if got := all[other].file[key]; got != want {
					t.Errorf("%s: %q is missing, %s has it", want, key, all[language].file[key])
				}
			}
		}
	}
}

func TestTheLanguagesAskForTheSameArguments(t *testing.T) {
	all := books(t)
	en, es := all["en"], all["es"]
	for _, key := range slices.Sorted(maps.Keys(en.texts)) {
		a, b := arguments(t, key, en.texts[key]), arguments(t, key, es.texts[key])
		if es.texts[key] != nil && !slices.Equal(a, b) {
			t.Errorf("%s: English asks for %v, Spanish for %v", key, a, b)
		}
		if _, plain := en.texts[key][""]; es.texts[key] != nil && plain != (es.texts[key][""] != "") {
			t.Errorf("%s: has plural forms in one language and none in the other", key)
		}
	}
}

// arguments lists the names that any form of a text asks for, and reports what
// is not a plain {{.Name}}: words hold no logic.
func arguments(t *testing.T, key string, texts map[string]string) []string {
	t.Helper()
	names := map[string]bool{}
	for _, text := range texts {
		parsed, err := template.New(key).Parse(text)
		if err != nil {
			t.Errorf("%s: %v", key, err)
			continue
		}
		if parsed.Tree == nil { // of an empty text
			continue
		}
		for _, node := range parsed.Root.Nodes {
			if _, words := node.(*parse.TextNode); words {
				continue
			}
			name, ok := strings.CutPrefix(node.String(), "{{.")
			if !ok || !regexp.MustCompile(`^[A-Z][A-Za-z]*}}$`).MatchString(name) {
				t.Errorf("%s: %s is not of the form {{.Name}}", key, node)
			}
			names[strings.TrimSuffix(name, "}}")] = true
		}
	}
	return slices.Sorted(maps.Keys(names))
}

func TestWordsAreWrittenPlainly(t *testing.T) {
	all := books(t)
	for _, language := range lang.Languages() {
		for _, key := range slices.Sorted(maps.Keys(all[language].texts)) {
			if !regexp.MustCompile(`^[A-Za-z0-9_]+([.-][A-Za-z0-9_]+)*$`).MatchString(key) {
				t.Errorf("%s: %q is not of the form area.name", language, key)
			}
			for _, text := range all[language].texts[key] {
				switch {
				case text == "" || strings.TrimSpace(text) != text:
					t.Errorf("%s: %s is empty or has spaces at an end: %q", language, key, text)
				case strings.ContainsAny(text, "!¡‹›\n\t") || strings.Contains(text, "  "):
					t.Errorf("%s: %s shouts, or has marks or spaces that do not belong in a text: %q", language, key, text)
				}
			}
		}
	}
}

// A text that is alike in both languages is most often one that nobody has
// translated. testdata/same.txt lists those that are right, each with a reason.
func TestTextsAlikeInBothLanguagesAreNamesOrAgreed(t *testing.T) {
	all := books(t)
	agreed := agreedSame(t)
	for _, key := range slices.Sorted(maps.Keys(all["en"].texts)) {
		alike := maps.Equal(all["en"].texts[key], all["es"].texts[key])
		_, listed := agreed[key]
		switch {
		case alike && !listed && hasWords(all["en"].texts[key]):
			t.Errorf("%s: the same in English and Spanish: %q; translate it, or give the reason in testdata/same.txt", key, all["en"].texts[key][""])
		case !alike && listed:
			t.Errorf("testdata/same.txt: %s differs now, take it out", key)
		}
		delete(agreed, key)
	}
	for _, key := range slices.Sorted(maps.Keys(agreed)) {
		t.Errorf("testdata/same.txt: there is no key %s, take it out", key)
	}
}

// hasWords holds for texts with something in them to translate.
func hasWords(texts map[string]string) bool {
	for _, text := range texts {
		if regexp.MustCompile(`\pL`).MatchString(regexp.MustCompile(`{{[^}]*}}`).ReplaceAllString(text, "")) {
			return true
		}
	}
	return false
}

// agreedSame reads testdata/same.txt: a key and a reason on each line.
func agreedSame(t *testing.T) map[string]string {
	t.Helper()
	src, err := os.ReadFile("testdata/same.txt")
	if err != nil {
		t.Fatal(err)
	}
	reasons := map[string]string{}
	for i, line := range strings.Split(strings.TrimSuffix(string(src), "\n"), "\n") {
		if strings.HasPrefix(line, "#") {
			continue
		}
		key, reason, _ := strings.Cut(line, " ")
		if _, twice := reasons[key]; twice || strings.TrimSpace(reason) == "" {
			t.Errorf("testdata/same.txt:%d: want a key that no other line has, and a reason: %q", i+1, line)
		}
		reasons[key] = strings.TrimSpace(reason)
	}
	return reasons
}

// The package finds each key, and each text says something once its arguments
// are there.
func TestEveryTextCanBePrinted(t *testing.T) {
	all := books(t)
	for _, language := range lang.Languages() {
		p := printer(t, language)
		for _, key := range slices.Sorted(maps.Keys(all[language].texts)) {
			args := lang.Args{}
			for _, name := range arguments(t, key, all[language].texts[key]) {
				args[name] = "x"
			}
			_, plain := all[language].texts[key][""]
			for _, n := range []int{1, 2, 1000000} {
				text := p.Plural(key, n, args)
				if plain {
					text = p.Text(key, args)
				}
				if text == "" || strings.Contains(text, "‹") || strings.Contains(text, "{{") || !p.Has(key) {
					t.Errorf("%s: %s prints as %q", language, key, text)
				}
			}
		}
	}
}

// A sentence of a report begins with a word, and a flow is not what pays back:
// what was invested in it is.
func TestReportsAreWrittenAsPeopleWrite(t *testing.T) {
	all := books(t)
	for _, language := range lang.Languages() {
		for _, key := range slices.Sorted(maps.Keys(all[language].texts)) {
			for _, text := range all[language].texts[key] {
				if (strings.HasPrefix(key, "report.summary.") || strings.HasSuffix(key, ".lead")) &&
					regexp.MustCompile(`(^|[.] ){{[.](Count|Share)}}`).MatchString(text) {
					t.Errorf("%s: %s has a sentence that begins with a figure: %q", language, key, text)
				}
			}
		}
	}
	foreign := regexp.MustCompile(`(?i)lujos (que )?se recupera|llegan a recuperarse|de construir y|coste de constru|solo en dinero|de ello, dinero|^como {{`)
	for _, key := range slices.Sorted(maps.Keys(all["es"].texts)) {
		for _, text := range all["es"].texts[key] {
			if found := foreign.FindString(text); found != "" {
				t.Errorf("es: %s says %q, which nobody would: %q", key, found, text)
			}
		}
	}
}
