//go:build e2e

package e2etest

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/chromedp/chromedp"
)

// mermaidPage is a page with Mermaid as GitHub and others run it: strict, which
// lets no name bring its own marks.
func mermaidPage(t *testing.T) string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(cacheFolder(t), "mermaid-*.min.js"))
	if err != nil || len(files) != 1 {
		t.Fatalf("%d copies of Mermaid: %v; scripts/e2e fetches it", len(files), err)
	}
	script, err := os.ReadFile(files[0])
	if err != nil {
		t.Fatal(err)
	}
	return filepath.Join(write(t, map[string]string{
		"mermaid.js": string(script),
		"page.html":  `<!doctype html><meta charset="utf-8"><title>Mermaid</title><body><script src="mermaid.js"></script><div id="at"></div>`,
	}), "page.html")
}

func TestMermaidDrawsEverySystemAndLink(t *testing.T) {
	address := mermaidPage(t)
	for name, workspace := range landscapes(t) {
		t.Run(name, func(t *testing.T) {
			text, err := os.ReadFile(drawn(t, workspace, "mermaid"))
			if err != nil {
				t.Fatal(err)
			}
			source, err := json.Marshal(string(text))
			if err != nil {
				t.Fatal(err)
			}
			page := open(t, address, 1600, 1200)
			evaluated[int](t, page, fmt.Sprintf(`(mermaid.initialize({startOnLoad: false, securityLevel: "strict"}),
				mermaid.render("drawn", %s).then(r => { at.innerHTML = r.svg; at.className = "done" }, e => { at.textContent = e; at.className = "done" }), 0)`, source))
			page.do(t, chromedp.WaitReady("#at.done"))
			page.screenshot(t, "mermaid.png")
			want := decoded[mapJSON](t, "map", workspace, "--json")
			const seen = `[...document.querySelectorAll("#at %s")].filter(e => e.getBoundingClientRect().width + e.getBoundingClientRect().height > 0).length`
			for selector, n := range map[string]int{"g.node": len(want.Systems), "path.flowchart-link": len(want.Links), "g.edgeLabel > g.label": len(want.Links)} {
				if got := evaluated[int](t, page, fmt.Sprintf(seen, selector)); got != n {
					t.Errorf("%d of %s are drawn, map --json has %d", got, selector, n)
				}
			}
			if evaluated[bool](t, page, `"hostile" in window`) {
				t.Errorf("the script of name %d ran", evaluated[int](t, page, `window.hostile`))
			}
			if name == "hostile" {
				readable(t, "Mermaid", evaluated[string](t, page, `at.textContent`))
			}
		})
	}
}

func TestD2DrawsEverySystemAndLink(t *testing.T) {
	script := filepath.Join(cacheFolder(t), "draw-d2.mjs")
	if err := os.WriteFile(script, []byte(drawD2), 0o644); err != nil {
		t.Fatal(err)
	}
	type counted struct{ Systems, Links, Labels int }
	want := map[string]counted{} // by the file's name
	arguments := []string{script}
	for _, workspace := range landscapes(t) {
		source := drawn(t, workspace, "d2")
		arguments = append(arguments, source)
		m := decoded[mapJSON](t, "map", workspace, "--json")
		want[source] = counted{len(m.Systems), len(m.Links), len(m.Links)}
	}
	var got map[string]counted
	if err := json.Unmarshal([]byte(program(t, "node", arguments...)), &got); err != nil {
		t.Fatal(err)
	}
	for source, n := range want {
		keep(t, source+".svg")
		program(t, "xmllint", "--noout", "--nonet", "--huge", source+".svg")
		if got[source] != n {
			t.Errorf("%s: D2 draws %+v, map --json has %+v", source, got[source], n)
		}
	}
}

// drawD2 lays files out and draws them; what has a place is counted, but for the
// title. D2 takes seconds to start: once for all.
const drawD2 = `import {D2} from '@terrastruct/d2';
import {readFileSync, writeFileSync} from 'node:fs';
const d2 = new D2();
const counts = {};
for (const file of process.argv.slice(2)) {
	const {diagram, renderOptions} = await d2.compile(readFileSync(file, 'utf8'));
	writeFileSync(file + '.svg', await d2.render(diagram, renderOptions));
	const systems = new Set(diagram.shapes.filter(s => s.id !== 'title' && s.width > 0 && s.height > 0 && s.label).map(s => s.id));
	const links = diagram.connections.filter(c => c.route.length > 1 && systems.has(c.src) && systems.has(c.dst));
	counts[file] = {Systems: systems.size, Links: links.length, Labels: links.filter(c => c.label && c.labelWidth > 0).length};
}
console.log(JSON.stringify(counts));
process.exit(0);
`
