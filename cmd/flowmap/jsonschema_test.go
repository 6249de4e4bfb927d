package main

import (
	"bytes"
	"encoding/json"
	"flag"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/flowmap-dev/flowmap/pkg/render"
	"github.com/santhosh-tekuri/jsonschema/v6"
)

var update = flag.Bool("update", false, "rewrite docs/json")

// documents are the commands whose JSON is published, with its type.
var documents = []struct {
	name string
	args []string
	of   reflect.Type
}{
	{"check", []string{"check", "--json"}, reflect.TypeFor[checkJSON]()},
	{"next", []string{"next", "--json"}, reflect.TypeFor[nextJSON]()},
	{"rank", []string{"rank", "--json"}, reflect.TypeFor[rankJSON]()},
	{"advise", []string{"advise", "--json"}, reflect.TypeFor[adviseJSON]()},
	{"advise-flow", []string{"advise", "FLOW", "--json"}, reflect.TypeFor[adviseFlowJSON]()},
	{"rank-scenarios", []string{"rank", "--scenarios", "--json"}, reflect.TypeFor[scenariosJSON]()},
	{"plan", []string{"plan", "--budget", "12000", "--team", "20", "--json"}, reflect.TypeFor[planJSON]()},
	{"plan-scenarios", []string{"plan", "--budget", "12000", "--scenarios", "--json"}, reflect.TypeFor[plansJSON]()},
	{"map", []string{"map", "--json"}, reflect.TypeFor[mapJSON]()},
	{"impact", []string{"impact", "system:SYSTEM", "--json"}, reflect.TypeFor[impactJSON]()},
	{"explain", []string{"explain", "FLOW", "--json"}, reflect.TypeFor[explainJSON]()},
	{"report", []string{"report", "--only", "json", "-o", "FOLDER"}, reflect.TypeFor[render.Document]()},
	{"diff", []string{"diff", "WORKSPACE", "OTHER", "--json"}, reflect.TypeFor[diffJSON]()},
	{"track", []string{"track", "AFTER", "--json"}, reflect.TypeFor[trackJSON]()},
	{"learn", []string{"learn", "AFTER", "--json"}, reflect.TypeFor[learnJSON]()},
	{"portfolio", []string{"portfolio", "WORKSPACE", "--json"}, reflect.TypeFor[portfolioJSON]()},
	{"explain-finding", []string{"explain", "FM004", "--json"}, reflect.TypeFor[findingExplainedJSON]()},
}

// TestPublishedSchemasAreThoseOfTheTypes holds docs/json to the types that the
// commands print. -update rewrites them.
func TestPublishedSchemasAreThoseOfTheTypes(t *testing.T) {
	for _, d := range documents {
		want, err := json.MarshalIndent(documentSchema(d.name, d.of), "", "  ")
		if err != nil {
			t.Fatal(err)
		}
		want = append(want, '\n')
		name := schemaFile(d.name)
		if *update {
			if err := os.WriteFile(name, want, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		got, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(got, want) {
			t.Errorf("%s is not what %s --json prints: go test ./cmd/flowmap -update", name, d.name)
		}
	}
}

// TestJSONFollowsItsPublishedSchema prints every document of both examples.
// Those of the smaller one are pinned in testdata/json, which -update rewrites.
func TestJSONFollowsItsPublishedSchema(t *testing.T) {
	for example, flow := range map[string]string{"distribuidora": "pedidos-email", "tienda": "orders-to-books"} {
		for _, d := range documents {
			folder := t.TempDir()
			args := append([]string{"-w", filepath.Join("..", "..", "examples", example)}, d.args...)
			if slices.Contains(d.args, "WORKSPACE") || slices.Contains(d.args, "AFTER") {
				args = slices.Clone(d.args)
			}
			for i, a := range args {
				if a == "FOLDER" {
					args[i] = folder
				}
				switch a {
				case "WORKSPACE":
					args[i] = filepath.Join("..", "..", "examples", example)
				case "AFTER":
					args[i] = filepath.Join("..", "..", "examples", map[string]string{"distribuidora": "distribuidora", "tienda": "tienda-after"}[example])
				case "OTHER":
					args[i] = filepath.Join("..", "..", "examples", map[string]string{"distribuidora": "tienda", "tienda": "tienda-after"}[example])
				}
				if a == "FLOW" {
					args[i] = flow
				}
				if a == "system:SYSTEM" {
					args[i] = map[string]string{"distribuidora": "erp", "tienda": "entity:order"}[example]
				}
			}
			out, code := runHere(t, args...)
			if code != exitDone {
				t.Fatalf("%v ended with %d", args, code)
			}
			if slices.Contains(args, folder) {
				text, err := os.ReadFile(filepath.Join(folder, d.name+".json"))
				if err != nil {
					t.Fatal(err)
				}
				out = string(text)
			}
			validate(t, schemaFile(d.name), out)
			// The report's words change with the catalogues; the parity test holds its figures.
			if example == "tienda" && d.name != "report" {
				pin(t, filepath.Join("testdata", "json", d.name+".json"), out)
			}
		}
	}
}

// pin holds a document to the bytes that it had.
func pin(t *testing.T, file, document string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(file, []byte(document), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if document == string(want) {
		return
	}
	was, is := strings.Split(string(want), "\n"), strings.Split(document, "\n")
	for i := range min(len(was), len(is)) {
		if was[i] != is[i] {
			t.Errorf("line %d of %s is now\n%s\nand was\n%s\nIf that is meant: go test ./cmd/flowmap -update", i+1, file, is[i], was[i])
			return
		}
	}
	t.Errorf("%s has %d lines and had %d", file, len(is), len(was))
}

func schemaFile(name string) string {
	return filepath.Join("..", "..", "docs", "json", name+".schema.json")
}

func runHere(t *testing.T, args ...string) (string, int) {
	t.Helper()
	var out, errs bytes.Buffer
	w := &world{in: strings.NewReader(""), out: &out, err: &errs, env: func(string) string { return "" }}
	code := w.run(t.Context(), args)
	if errs.Len() > 0 {
		t.Log(errs.String())
	}
	return out.String(), code
}

func validate(t *testing.T, schema, document string) {
	t.Helper()
	c := jsonschema.NewCompiler()
	compiled, err := c.Compile(schema)
	if err != nil {
		t.Fatal(err)
	}
	v, err := jsonschema.UnmarshalJSON(strings.NewReader(document))
	if err != nil {
		t.Fatal(err)
	}
	if err := compiled.Validate(v); err != nil {
		t.Errorf("%s: %v", schema, err)
	}
}

func documentSchema(name string, of reflect.Type) map[string]any {
	s := typeSchema(of)
	s["$schema"] = "https://json-schema.org/draft/2020-12/schema"
	s["title"] = "flowmap " + name + " --json"
	return s
}

// typeSchema is the JSON Schema of a Go type; a pointer may be null.
func typeSchema(t reflect.Type) map[string]any {
	switch t.Kind() {
	case reflect.Pointer:
		return map[string]any{"anyOf": []any{typeSchema(t.Elem()), map[string]any{"type": "null"}}}
	case reflect.Array:
		return map[string]any{"type": "array", "items": typeSchema(t.Elem()), "minItems": t.Len(), "maxItems": t.Len()}
	case reflect.Slice:
		return map[string]any{"type": "array", "items": typeSchema(t.Elem())}
	case reflect.Interface: // a cell of a table
		return map[string]any{"type": []string{"string", "number", "null"}}
	case reflect.Map:
		if t.Elem().Kind() == reflect.Interface {
			return map[string]any{"type": "object"}
		}
		return map[string]any{"type": "object", "additionalProperties": typeSchema(t.Elem())}
	case reflect.String:
		return map[string]any{"type": "string"}
	case reflect.Bool:
		return map[string]any{"type": "boolean"}
	case reflect.Int, reflect.Int32, reflect.Int64, reflect.Uint, reflect.Uint64:
		return map[string]any{"type": "integer"}
	case reflect.Float64:
		return map[string]any{"type": "number"}
	}
	properties, required := map[string]any{}, []string{}
	for i := range t.NumField() {
		f := t.Field(i)
		if f.Anonymous { // its fields stand among the others; behind a pointer, all or none do
			within := typeSchema(f.Type)
			if f.Type.Kind() == reflect.Pointer {
				within = typeSchema(f.Type.Elem())
			} else {
				required = append(required, within["required"].([]string)...)
			}
			maps.Copy(properties, within["properties"].(map[string]any))
			continue
		}
		name, options, _ := strings.Cut(f.Tag.Get("json"), ",")
		properties[name] = typeSchema(f.Type)
		if options != "omitempty" {
			required = append(required, name)
		}
	}
	return map[string]any{"type": "object", "properties": properties, "required": required, "additionalProperties": false}
}
