package audit

import (
	"fmt"
	"reflect"
	"strings"
	"testing"
	"unicode/utf8"
)

// step leads from a value to one within it: a field, an item of a list, an
// entry of a mapping or its key.
type step struct {
	field field
	of    reflect.Type // what holds it
	kind  string       // "field", "item", "entry", "key"
}

// A wrong value for each kind of field.
const control = `"bad\u0007"`

func wrong(t reflect.Type, f field) string {
	switch {
	case t.Kind() == reflect.Slice && f.as != "map":
		return "{a: b}"
	case t.Kind() != reflect.String:
		return "wrong"
	case f.as == "path":
		return "../../secret"
	case f.as == "raw":
		return "{a: b}"
	case t == reflect.TypeFor[string]() && (f.as == "" || f.as == "names"):
		return control
	}
	return "Wrong Id"
}

// within lists every place that a file of type t has, by the way to it.
func within(t reflect.Type, way []step) [][]step {
	var ways [][]step
	for _, f := range fieldsOf(t) {
		ft := t.Field(f.index).Type
		way := append(way[:len(way):len(way)], step{f, t, "field"})
		ways = append(ways, way)
		switch {
		case ft == estimateType, ft == amountType:
		case ft.Kind() == reflect.Struct:
			ways = append(ways, within(ft, way)...)
		case ft.Kind() == reflect.Slice && f.as == "map":
			for _, g := range fieldsOf(ft.Elem()) {
				kind := "entry"
				if g.key {
					kind = "key"
				}
				ways = append(ways, append(way[:len(way):len(way)], step{g, ft.Elem(), kind}))
			}
		case ft.Kind() == reflect.Slice:
			item := append(way[:len(way):len(way)], step{field{as: f.as}, ft, "item"})
			ways = append(ways, item)
			if ft.Elem().Kind() == reflect.Struct {
				ways = append(ways, within(ft.Elem(), item)...)
			}
		}
	}
	return ways
}

// beside is what a mapping needs besides the wrong field for that to be the
// only fault.
func beside(t reflect.Type) []string {
	switch t {
	case reflect.TypeFor[auditFile]():
		return []string{"version: 1", "systems: [{id: a}, {id: b}]", "flows: [{id: f, from: a, to: b}]"}
	case reflect.TypeFor[Flow]():
		return []string{"id: x", "from: a", "to: b"}
	case reflect.TypeFor[Role](), reflect.TypeFor[System](), reflect.TypeFor[Entity](), reflect.TypeFor[Have]():
		return []string{"id: x"}
	case reflect.TypeFor[Department]():
		return []string{"name: sales"}
	case reflect.TypeFor[Peak]():
		return []string{"factor: 2", "months: [1]"}
	case reflect.TypeFor[Accepted]():
		return []string{"finding: FM001"}
	case reflect.TypeFor[Actual]():
		return []string{"flow: f"}
	case reflect.TypeFor[Month]():
		return []string{"month: 2027-03"}
	}
	return nil
}

// page is YAML as it is written, and the place of the wrong value in it.
type page struct {
	text         strings.Builder
	line, column int
}

func (p *page) mark() {
	text := p.text.String()
	p.line = strings.Count(text, "\n") + 1
	p.column = utf8.RuneCountInString(text[strings.LastIndex(text, "\n")+1:]) + 1
}

// write writes what a way leads to. The text so far ends where it may begin.
func (p *page) write(way []step, indent string) {
	s := way[0]
	p.text.WriteString("\n")
	switch s.kind {
	case "key":
		p.text.WriteString(indent)
		p.mark()
		p.text.WriteString(wrong(s.of.Field(s.field.index).Type, s.field) + ": 1\n")
		return
	case "entry":
		key := map[string]string{"ExchangeRate": "USD", "Overlap": "f", "FieldOwner": "phone", "Setting": "hourly_cost"}[s.of.Name()]
		p.text.WriteString(indent + key + ": ")
		p.end(s.of.Field(s.field.index).Type, s.field)
		return
	case "item":
		if s.of.Elem() == reflect.TypeFor[System]() {
			p.text.WriteString(indent + "- {id: a}\n" + indent + "- {id: b}\n")
		}
		if s.of.Elem() == flowType {
			p.text.WriteString(indent + "- {id: f, from: a, to: b}\n")
		}
		p.text.WriteString(indent + "- ")
		if len(way) == 1 {
			p.end(s.of.Elem(), s.field)
			return
		}
		p.write(way[1:], indent+"  ")
		return
	}
	for _, line := range beside(s.of) {
		if key, _, _ := strings.Cut(line, ":"); key != s.field.name {
			p.text.WriteString(indent + line + "\n")
		}
	}
	p.text.WriteString(indent + s.field.name + ": ")
	if len(way) == 1 {
		p.end(s.of.Field(s.field.index).Type, s.field)
		return
	}
	p.write(way[1:], indent+"  ")
}

func (p *page) end(t reflect.Type, f field) {
	p.mark()
	p.text.WriteString(wrong(t, f) + "\n")
}

func describe(way []step) string {
	var parts []string
	for _, s := range way {
		parts = append(parts, strings.TrimPrefix(s.field.name, ","))
	}
	return strings.Join(parts, ".") + " " + way[len(way)-1].kind
}

// TestAWrongValueInAnyFieldIsOneProblemAtItsPlace writes, for every field of
// every type of every kind of file, a file in which that field is wrong.
func TestAWrongValueInAnyFieldIsOneProblemAtItsPlace(t *testing.T) {
	base := "version: 1\nsystems: [{id: a}, {id: b}]\nflows: [{id: f, from: a, to: b}]\n"
	cases := 0
	for _, k := range []struct {
		file string
		t    reflect.Type
	}{
		{"flowmap.yaml", reflect.TypeFor[auditFile]()},
		{"interviews/a.yaml", reflect.TypeFor[interviewFile]()},
		{"scenarios/a.yaml", reflect.TypeFor[Scenario]()},
		{"actuals/a.yaml", reflect.TypeFor[Actual]()},
	} {
		for _, way := range within(k.t, nil) {
			cases++
			var p page
			p.write(way, "")
			files := []Source{{Name: k.file, Text: []byte(p.text.String())}}
			if k.file != "flowmap.yaml" {
				files = append(files, Source{Name: "flowmap.yaml", Text: []byte(base)})
			}
			_, problems := settled(files)
			want := fmt.Sprintf("%s:%d:%d", k.file, p.line, p.column)
			if len(problems) != 1 || problems[0].Place.String() != want || problems[0].Source == "" || problems[0].Hint == "" {
				t.Errorf("%s %s: want one problem with a line and a hint at %s, have\n%v\nin%s", k.file, describe(way), want, problems, p.text.String())
			}
		}
	}
	if cases < 250 {
		t.Errorf("%d fields walked, want all of some 300", cases)
	}
}

// TestEveryLineOfTheSchemasDocsIsAboutAField finds docs of fields that were
// renamed or taken away.
func TestEveryLineOfTheSchemasDocsIsAboutAField(t *testing.T) {
	found := map[string]bool{}
	for _, file := range []reflect.Type{reflect.TypeFor[auditFile](), reflect.TypeFor[interviewFile](), reflect.TypeFor[Scenario](), reflect.TypeFor[Actual]()} {
		for _, way := range within(file, nil) {
			if last := way[len(way)-1]; last.kind == "field" {
				found[docKey(last.of, last.field.name)] = true
			}
		}
	}
	for key, text := range fieldDocs {
		if !found[key] || text == "" {
			t.Errorf("%s: %q is about no field", key, text)
		}
	}
}

func settled(files []Source) (Workspace, Problems) {
	l := newLoader(files)
	l.build()
	return *l.w, l.problems.sorted()
}
