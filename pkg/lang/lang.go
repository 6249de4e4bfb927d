// Package lang knows the languages of reports: their words, plurals, numbers,
// money and dates, as people write them and read back from what people wrote.
//
// Words stand in templates/words/<language>/*.json, one flat file an area. A
// stage of the computation hands over keys and arguments; only a Printer makes
// sentences of them. A value that a workspace enumerates has its words under
// its area: "kind.erp", "every.daily", "basis.counted"; a field's label stands
// under "field.", an assumption's under "assumption.", with its meaning in
// ".note".
package lang

import (
	"fmt"
	"maps"
	"strconv"
	"strings"

	"golang.org/x/text/language"
)

// Args are the named values of a text: {{.Name}} stands for Args["Name"]. A
// string is inserted as it is, between Unicode isolates if letters in it run
// from right to left; escaping is up to whoever writes the format.
// Numbers come formatted, as strings.
type Args map[string]any

// Printer writes and reads one language. It is safe for concurrent use; New
// makes it.
type Printer struct {
	locale locale
	words  *words
	order  *order
}

// New gives the printer of a language: "en", "es", or a longer name of one, as
// in "es_ES.UTF-8" or "en-GB". The error of any other names those known.
func New(name string) (Printer, error) {
	code, ok := known(name)
	if !ok {
		return Printer{}, fmt.Errorf("language %q is not known, use one of: %s", name, strings.Join(Languages(), ", "))
	}
	w, err := load(code)
	if err != nil {
		return Printer{}, fmt.Errorf("words of %q: %w", code, err)
	}
	return Printer{locale: localeOf(code), words: w, order: newOrder(code)}, nil
}

// Languages lists the languages known, as codes of ISO 639-1, in a fixed order.
func Languages() []string { return []string{"en", "es"} }

// known finds the language behind a name, in the forms of BCP 47 and of the
// environment variable LANG, which carries an encoding and a variant.
func known(name string) (string, bool) {
	name, _, _ = strings.Cut(name, ".")
	name, _, _ = strings.Cut(name, "@")
	tag, err := language.Parse(strings.TrimSpace(name))
	if err != nil {
		return "", false
	}
	base, stated := tag.Base()
	for _, code := range Languages() {
		if stated == language.Exact && base.String() == code {
			return code, true
		}
	}
	return "", false
}

// Language is the printer's language: "en" or "es".
func (p Printer) Language() string { return p.locale.code }

// Text gives the words of a key. A key without words, or an argument that the
// words ask for and args lack, gives the key in angle quotes, ‹finding.FM004›:
// a test that finds one of these in its output has found a fault.
func (p Printer) Text(key string, args Args) string {
	return p.words.text(key, "", args)
}

// Plural gives the words of a key for n of something, in the form that the
// language has for that number. {{.Count}} is n as the language writes it;
// a Count in args takes its place.
func (p Printer) Plural(key string, n int, args Args) string {
	with := Args{"Count": p.Number(float64(n), 0)}
	maps.Copy(with, args)
	return p.words.text(key, strconv.Itoa(n), with)
}

// Has tells whether the language has words for a key.
func (p Printer) Has(key string) bool { return p.words.has(key) }

// Compare orders two names as a dictionary of the language does, a number
// inside a name by its value: negative if a comes first. It is 0 for equal
// strings only.
func (p Printer) Compare(a, b string) int { return p.order.compare(a, b) }

// List writes items as a sentence would: "a, b and c", "a, b y c".
func (p Printer) List(items []string) string {
	kept := make([]string, len(items))
	for i, item := range items {
		kept[i] = isolate(item)
	}
	if len(kept) < 2 {
		return strings.Join(kept, "")
	}
	last := kept[len(kept)-1]
	and := p.Text("list.and", nil)
	if p.locale.code == "es" && startsWithI(last) {
		and = "e"
	}
	return strings.Join(kept[:len(kept)-1], ", ") + " " + and + " " + last
}

// startsWithI tells whether a Spanish word begins with the sound of i, before
// which "y" becomes "e": Isabel, hijos, but not hielo.
func startsWithI(word string) bool {
	w := strings.ToLower(word)
	w, silent := strings.CutPrefix(w, "h")
	for _, i := range []string{"i", "í"} {
		if rest, ok := strings.CutPrefix(w, i); ok {
			return !silent || !strings.HasPrefix(rest, "e") && !strings.HasPrefix(rest, "a")
		}
	}
	return false
}
