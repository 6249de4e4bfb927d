package audit_test

import (
	"bytes"
	"reflect"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/flowmap-dev/flowmap/pkg/audit"
)

// FuzzNew loads any two files as flowmap.yaml and an interview: it does not
// panic, says the same twice, and every problem stands inside its file, with
// the line that stands there.
func FuzzNew(f *testing.F) {
	for _, a := range gallery(f) {
		var main, interview []byte
		for _, file := range a.Files {
			if file.Name == "flowmap.yaml" {
				main = file.Data
			} else {
				interview = file.Data
			}
		}
		f.Add(main, interview)
	}
	for _, dir := range []string{"testdata/example", "../../examples/tienda"} {
		files := load(f, dir).Files()
		f.Add(files[0].Text, files[len(files)-1].Text)
	}
	f.Fuzz(func(t *testing.T, main, interview []byte) {
		files := []audit.Source{{Name: "flowmap.yaml", Text: main}, {Name: "interviews/a.yaml", Text: interview}}
		w, err := audit.New(files)
		again, errAgain := audit.New(files)
		if !reflect.DeepEqual(err, errAgain) || err == nil && !reflect.DeepEqual(w, again) {
			t.Fatalf("not the same twice: %v, %v", err, errAgain)
		}
		if err == nil {
			use(t, w)
			return
		}
		for _, p := range err.(audit.Problems) {
			inside(t, p, map[string][]byte{"flowmap.yaml": main, "interviews/a.yaml": interview})
		}
	})
}

// use does with a workspace that loads what the stages after loading do.
func use(t *testing.T, w audit.Workspace) {
	t.Helper()
	for _, f := range w.Flows {
		if c := w.Cost(f); c.HoursPerYear < 0 || c.HoursPerYear != c.HoursPerYear {
			t.Fatalf("flow %q takes %v hours a year", f.ID, c.HoursPerYear)
		}
	}
	w.OpenPoints()
	w.Redact("Person")
	for _, r := range w.Assumptions.ExchangeRates {
		if _, ok := w.In(r.Currency); !ok {
			t.Fatalf("not to be had in %s", r.Currency)
		}
	}
}

func inside(t *testing.T, p audit.Problem, files map[string][]byte) {
	t.Helper()
	text, ok := files[p.Place.File]
	if !ok || p.Message == "" || !utf8.ValidString(p.Message) {
		t.Fatalf("%q in no file", p)
	}
	text = bytes.TrimPrefix(text, []byte("\ufeff"))
	text = bytes.ReplaceAll(bytes.ReplaceAll(text, []byte("\r\n"), []byte("\n")), []byte("\r"), []byte("\n"))
	lines := strings.Split(string(text), "\n")
	if p.Place.Line < 1 || int(p.Place.Line) > len(lines) {
		t.Fatalf("%q is outside of %d lines", p, len(lines))
	}
	line := strings.ToValidUTF8(lines[p.Place.Line-1], "�")
	if p.Place.Column < 1 || int(p.Place.Column) > utf8.RuneCountInString(line)+1 {
		t.Fatalf("%q is outside of its line %q", p, line)
	}
	if !strings.HasPrefix(line, strings.TrimSuffix(p.Source, "…")) {
		t.Fatalf("%q shows %q for %q", p, p.Source, line)
	}
}
