package audit_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"path"
	"strings"
	"testing"
	"time"

	"github.com/flowmap-dev/flowmap/pkg/audit"
	"github.com/santhosh-tekuri/jsonschema/v6"
	"go.yaml.in/yaml/v4"
)

// schemas are the published schemas, compiled by a validator that knows
// nothing of this package.
func schemas(t testing.TB) map[string]*jsonschema.Schema {
	t.Helper()
	compiled := map[string]*jsonschema.Schema{}
	for _, kind := range audit.SchemaFiles() {
		doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(audit.Schema(kind)))
		if err != nil {
			t.Fatal(err)
		}
		c := jsonschema.NewCompiler()
		c.AssertFormat()
		if err := c.AddResource(kind+".json", doc); err != nil {
			t.Fatal(err)
		}
		if compiled[kind], err = c.Compile(kind + ".json"); err != nil {
			t.Fatal(err)
		}
	}
	return compiled
}

// kindOf is the schema that a file of a workspace falls under.
func kindOf(name string) string {
	switch folder, _, _ := strings.Cut(name, "/"); folder {
	case "interviews":
		return "interview"
	case "scenarios":
		return "scenario"
	case "actuals":
		return "actual"
	}
	return "workspace"
}

// asEditorSees decodes YAML as an editor does before it asks the schema: dates
// are texts.
func asEditorSees(src []byte) (any, error) {
	var v any
	if err := yaml.Load(src, &v); err != nil {
		return nil, err
	}
	text, err := json.Marshal(plain(v))
	if err != nil {
		return nil, err
	}
	return jsonschema.UnmarshalJSON(bytes.NewReader(text))
}

func plain(v any) any {
	switch x := v.(type) {
	case map[string]any:
		for k := range x {
			x[k] = plain(x[k])
		}
	case map[any]any:
		out := map[string]any{}
		for k, e := range x {
			out[fmt.Sprint(k)] = plain(e)
		}
		return out
	case []any:
		for i := range x {
			x[i] = plain(x[i])
		}
	case time.Time:
		return x.Format(time.DateOnly)
	}
	return v
}

func TestExamplesAndStarterPassTheSchemaAndLoad(t *testing.T) {
	compiled := schemas(t)
	for _, dir := range []string{"testdata/example", "../../templates/starter", "../../examples/distribuidora", "../../examples/tienda"} {
		w, err := audit.Load(dir)
		if err != nil {
			t.Errorf("%s: %v", dir, err)
		}
		if len(w.Files()) == 0 {
			t.Errorf("%s: no files", dir)
		}
		for _, f := range w.Files() {
			if f.Name == "catalogue.yaml" {
				continue
			}
			doc, err := asEditorSees(f.Text)
			if err != nil {
				t.Fatal(err)
			}
			if err := compiled[kindOf(f.Name)].Validate(doc); err != nil {
				t.Errorf("%s/%s: %v", dir, f.Name, err)
			}
		}
	}
}

func TestEveryExampleIsTested(t *testing.T) {
	entries, err := fs.ReadDir(os.DirFS("../.."), "examples")
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if _, err := audit.Load(path.Join("../../examples", e.Name())); err != nil {
			t.Errorf("%s: %v", e.Name(), err)
		}
	}
}

func TestSchemaHasTheSameBytesEveryTime(t *testing.T) {
	for _, kind := range audit.SchemaFiles() {
		if first, second := audit.Schema(kind), audit.Schema(kind); !bytes.Equal(first, second) || len(first) == 0 {
			t.Errorf("%s: %d and %d bytes, want the same and some", kind, len(first), len(second))
		}
	}
	if audit.Schema("catalogue") != nil {
		t.Error("a schema of a kind of file that there is not")
	}
}
