//go:build e2e

package e2etest

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// hostile are names that do harm where they are taken for more than a name: by a
// spreadsheet, a browser, Graphviz, XML, Markdown, or a terminal's layout. A script
// among them would set window.hostile.
var hostile = []string{
	`=cmd|' /C calc'!A0`,
	`+1+1`,
	`-2+3`,
	`@SUM(1+1)`,
	`<script>window.hostile=1</script>`,
	`</title></svg><script>window.hostile=2</script>`,
	`</script><script>window.hostile=3</script>`,
	`<img src=x onerror="window.hostile=4">`,
	`' onload='window.hostile=5`,
	`[link](javascript:window.hostile=6)`,
	`"}; digraph`,
	`\N`,
	`\`,
	`]]>`,
	`&amp;&lt;b&gt;`,
	`{{.Name}}`,
	`a | b | c`,
	"`code` *bold* _x_ # head",
	`_x000D_`,
	`%s%d`,
	strings.Repeat("long ", 100) + "name",
	strings.Repeat("W", 500),
	`Ñandú y cigüeña €`,
	`漢字かな交じり`,
	`مرحبا بالعالم`,
	`🚚 van`,
}

// hostileWorkspace has a system, an entity, a role, a person, a department, an error
// point, a note and a flow of each of the names.
func hostileWorkspace(t *testing.T) string {
	t.Helper()
	var systems, entities, roles, flows strings.Builder
	for i, name := range hostile {
		text, err := json.Marshal(name)
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(&systems, "  - {id: s%d, name: %s, kind: other, owner: %[2]s, notes: %[2]s}\n", i, text)
		fmt.Fprintf(&entities, "  - {id: e%d, name: %s, record: s%[1]d}\n", i, text)
		fmt.Fprintf(&roles, "  - {id: r%d, name: %s}\n", i, text)
		fmt.Fprintf(&flows, `  - {id: f%d, name: %s, entity: e%[1]d, from: s%[1]d, to: s%[3]d, role: r%[1]d, department: %[2]s, people: [%[2]s], owner: %[2]s,
     effort: {hours_per_week: %[4]d}, volume: 100/month, errors: [{what: %[2]s, rate: 2%%, cost: 3}], fallback: %[2]s, notes: %[2]s}
`, i, text, (i+1)%len(hostile), 1+i%7)
	}
	client, err := json.Marshal(hostile[5])
	if err != nil {
		t.Fatal(err)
	}
	return write(t, map[string]string{"flowmap.yaml": fmt.Sprintf(
		"version: 1\ndate: 2026-11-20\nclient: {name: %s}\ncurrency: EUR\nlanguage: en\nsystems:\n%sentities:\n%sroles:\n%sflows:\n%s",
		client, &systems, &entities, &roles, &flows)})
}

// squeezed is text without white space and soft hyphens: a name may be broken over
// lines.
func squeezed(text string) string {
	return strings.Join(strings.Fields(strings.ReplaceAll(text, "\u00ad", "")), "")
}

// readable fails for each name that the text does not hold. Of a long name its
// beginning is enough.
func readable(t *testing.T, where, text string) {
	t.Helper()
	const enough = 20
	text = squeezed(text)
	for _, name := range hostile {
		letters := []rune(squeezed(name))
		if !strings.Contains(text, string(letters[:min(len(letters), enough)])) {
			t.Errorf("%s does not show the name %.60q", where, name)
		}
	}
}

// harmless fails when a name ran as a script, became a link to one, or made the page
// load something.
func (p *tab) harmless(t *testing.T) {
	t.Helper()
	if evaluated[bool](t, p, `"hostile" in window`) {
		t.Errorf("the script of name %d ran", evaluated[int](t, p, `window.hostile`))
	}
	links := evaluated[[]string](t, p, `[...document.querySelectorAll("a")].map(a => String(a.href.baseVal ?? a.href)).filter(h => /^\s*(javascript|data|vbscript):/i.test(h))`)
	for _, link := range links {
		t.Errorf("a name became the link %s", link)
	}
	p.loadsNothing(t)
	p.staysQuiet(t)
}

func TestHostileNamesAreOnlyNamesInTheDrawing(t *testing.T) {
	workspace := hostileWorkspace(t)
	file := drawn(t, workspace, "svg")
	program(t, "xmllint", "--noout", "--nonet", file)
	page := open(t, file, 1600, 1200)
	page.harmless(t)
	page.screenshot(t, "hostile-map.png")
	if n := evaluated[int](t, page, `document.querySelectorAll("g.node").length`); n != len(hostile) {
		t.Errorf("%d systems are drawn, want %d", n, len(hostile))
	}
	readable(t, "the drawing", evaluated[string](t, page, `document.documentElement.textContent`))
}

func TestHostileNamesLeaveThePictureWhole(t *testing.T) {
	if n := colours(decodedPNG(t, drawn(t, hostileWorkspace(t), "png"))); n < 3 {
		t.Errorf("the picture has %d colours", n)
	}
}

func TestHostileNamesAreOnlyNamesForGraphviz(t *testing.T) {
	file := drawn(t, hostileWorkspace(t), "dot")
	var got dotJSON
	if err := json.Unmarshal([]byte(program(t, "dot", "-Tjson", file)), &got); err != nil {
		t.Fatal(err)
	}
	if systems, links := got.counts(); systems != len(hostile) || links != len(hostile) {
		t.Errorf("dot reads %d systems and %d links, want %d of each", systems, links, len(hostile))
	}
	picture := filepath.Join(t.TempDir(), "graphviz.svg")
	program(t, "dot", "-Tsvg", "-o", picture, file)
	page := open(t, picture, 1600, 1200)
	page.harmless(t)
	readable(t, "Graphviz's drawing", evaluated[string](t, page, `document.documentElement.textContent`))
}

func TestHostileNamesAreOnlyNamesInThePage(t *testing.T) {
	page := open(t, filepath.Join(reported(t, hostileWorkspace(t)), "report.html"), 1280, 800)
	page.harmless(t)
	page.screenshot(t, "hostile-page.png")
	readable(t, "the page", evaluated[string](t, page, `document.body.innerText`))
	if wide := evaluated[int64](t, page, `document.documentElement.scrollWidth`); wide > 1280 {
		t.Errorf("a name makes the page %d px wide, the window has 1280", wide)
	}
}

func TestHostileNamesAreOnlyNamesInMarkdown(t *testing.T) {
	source := filepath.Join(reported(t, hostileWorkspace(t)), "report.md")
	body := program(t, "marked", "-i", source)
	file := filepath.Join(t.TempDir(), "markdown.html")
	if err := os.WriteFile(file, []byte(`<!doctype html><meta charset="utf-8"><title>Markdown</title>`+body), 0o644); err != nil {
		t.Fatal(err)
	}
	page := open(t, file, 1280, 800)
	if evaluated[bool](t, page, `"hostile" in window`) {
		t.Errorf("the script of name %d ran", evaluated[int](t, page, `window.hostile`))
	}
	readable(t, "the Markdown", evaluated[string](t, page, `document.body.innerText`))
	uneven := evaluated[[]string](t, page, `[...document.querySelectorAll("tr")].filter(r => [...r.cells].slice(1).every(c => c.innerText === "")).map(r => r.innerText)`)
	for _, row := range uneven {
		t.Errorf("a name breaks a row of a table apart: %.100q", row)
	}
}

func TestHostileNamesAreNoFormulasInTheWorkbook(t *testing.T) {
	file := workbook(t, hostileWorkspace(t))
	validated(t, file)
	var texts strings.Builder
	all := recalculated(t, file)
	withoutErrors(t, all)
	for _, c := range all {
		for _, name := range hostile {
			if name[0] == '=' && strings.Contains(c.formula, name[1:]) || strings.Contains(c.formula, "cmd|") {
				t.Errorf("%s!%s takes a name for a formula: =%s", c.sheet, c.ref, c.formula)
			}
		}
		fmt.Fprintln(&texts, c.text)
	}
	readable(t, "the workbook in LibreOffice", texts.String())
}

// A sheet saved as CSV by LibreOffice, with every sheet in a file of its own: what
// stands there as a name is text between quotes.
func TestHostileNamesAreTextInLibreOfficesCSV(t *testing.T) {
	const everySheetTextQuoted = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,true,true,false,false,false,-1"
	out := libreOffice(t, workbook(t, hostileWorkspace(t)), everySheetTextQuoted)
	files, err := filepath.Glob(filepath.Join(out, "*.csv"))
	if err != nil || len(files) == 0 {
		t.Fatalf("LibreOffice wrote %d files: %v", len(files), err)
	}
	var all strings.Builder
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		all.Write(text)
	}
	for _, name := range hostile[:4] {
		if quoted := `"` + name + `"`; !strings.Contains(all.String(), quoted) {
			t.Errorf("the CSV has no text %s", quoted)
		}
	}
}
