//go:build e2e

package e2etest

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// eighty is a name of eighty characters that says where it belongs.
func eighty(what string, i int) string {
	name := fmt.Sprintf("%s %d ", what, i)
	const filling = "de la delegación comercial y logística de las provincias del norte y del sur "
	for len([]rune(name)) < 80 {
		name += filling
	}
	return string([]rune(name)[:80])
}

// landscape is a workspace of many flows with names of eighty characters: a hub
// with spokes, as such companies have, and some flows between the spokes.
func landscape(t *testing.T, flows int) string {
	t.Helper()
	systems := max(4, flows/3)
	kinds := []string{"ecommerce", "crm", "wms", "spreadsheet", "email", "accounting", "paper", "other"}
	hows := []string{"manual", "manual", "file", "automated"}
	var b strings.Builder
	b.WriteString("version: 1\ndate: 2026-11-20\nclient: {name: Medidas}\ncurrency: EUR\nlanguage: es\nsystems:\n")
	for i := range systems {
		kind := kinds[i%len(kinds)]
		if i == 0 {
			kind = "erp"
		}
		fmt.Fprintf(&b, "  - {id: s%d, name: %q, kind: %s, interfaces: [api]}\n", i, eighty("Sistema", i), kind)
	}
	b.WriteString("entities:\n")
	for i := range systems {
		fmt.Fprintf(&b, "  - {id: e%d, name: %q, record: s%d}\n", i, eighty("Dato", i), i%3)
	}
	b.WriteString("flows:\n")
	for i := range flows {
		from, to := 0, 1+i%(systems-1)
		switch i % 5 {
		case 1, 3:
			from, to = to, from
		case 4:
			from, to = 1+i*7%(systems-1), 1+(i*11+1)%(systems-1)
			if from == to {
				to = 0
			}
		}
		how, effort := hows[i%len(hows)], fmt.Sprintf(", effort: {hours_per_week: %d}", 1+i*13%17)
		if how == "automated" {
			effort = ""
		}
		fmt.Fprintf(&b, "  - {id: f%d, entity: e%d, from: s%d, to: s%d, how: %s, every: daily, volume: 100/month%s, errors: [{what: x, rate: 2%%, cost: 3}]}\n",
			i, i%systems, from, to, how, effort)
	}
	return write(t, map[string]string{"flowmap.yaml": b.String()})
}

// pictured is a map as map draws it with some flags.
func pictured(t *testing.T, workspace, name string, flags ...string) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), name)
	done(t, append([]string{"map", workspace, "-o", file}, flags...)...)
	keep(t, file)
	return file
}

func TestNoTextOverlapsAnotherAtAnySizeInAnyViewOnAnyPage(t *testing.T) {
	for _, c := range []struct {
		flows int
		flags []string
	}{
		{6, nil},
		{6, []string{"--fit", "a4", "--view", "change"}},
		{30, nil},
		{30, []string{"--fit", "a4", "--theme", "print"}},
		{30, []string{"--view", "records", "--fit", "16:9", "--theme", "brand"}},
		{30, []string{"--view", "heat", "--theme", "dark"}},
		{30, []string{"--view", "target"}},
		{30, []string{"--view", "change", "--fonts", "embedded"}},
		{30, []string{"--view", "impact", "--around", "s0"}},
		{100, nil},
		{100, []string{"--top", "20", "--fit", "a4-landscape"}},
		{400, nil},
		{400, []string{"--fit", "a4-landscape"}},
	} {
		t.Run(fmt.Sprint(c.flows, c.flags), func(t *testing.T) {
			page := open(t, pictured(t, landscape(t, c.flows), "map.svg", c.flags...), 1600, 1200)
			if n := evaluated[int](t, page, `document.querySelectorAll("g.edge text").length`); n == 0 {
				t.Fatal("no link has a label")
			}
			for _, pair := range evaluated[[]string](t, page, overlaps) {
				t.Errorf("they overlap: %s", pair)
			}
			page.loadsNothing(t)
			page.screenshot(t, "map-in-chromium.png")
		})
	}
}

func TestAMapOfManyFlowsHasNumbersAndTheirTable(t *testing.T) {
	page := open(t, pictured(t, landscape(t, 400), "map.svg"), 1600, 1200)
	links := evaluated[int](t, page, `document.querySelectorAll("g.edge").length`)
	numbers := evaluated[int](t, page, `[...document.querySelectorAll("g.edge text")].filter(e => /^[0-9]+$/.test(e.textContent)).length`)
	if links < 120 || numbers != links {
		t.Errorf("%d of %d links carry a number", numbers, links)
	}
	if rows := evaluated[int](t, page, `new Set([...document.querySelectorAll("g.key text")].map(e => e.textContent).filter(s => /^[0-9]+$/.test(s))).size`); rows != links {
		t.Errorf("the table has %d numbers, the map %d links", rows, links)
	}
}

// The letters that an SVG carries are those that it is shown with.
func TestEmbeddedLettersAreUsed(t *testing.T) {
	page := open(t, pictured(t, example(t, "distribuidora"), "map.svg", "--fonts", "embedded"), 1600, 1200)
	status := ""
	for range 1000 {
		status = evaluated[string](t, page, `[...document.fonts].map(f => f.status).sort().join(" ")`)
		if !strings.Contains(status, "loading") {
			break
		}
	}
	if status != "loaded loaded" {
		t.Errorf("the two fonts are %q, want them loaded", status)
	}
	page.loadsNothing(t)
	page.staysQuiet(t)
}

func TestATransparentPictureHasNoGround(t *testing.T) {
	workspace := example(t, "tienda")
	picture := decodedPNG(t, pictured(t, workspace, "map.png", "--background", "transparent", "--theme", "dark"))
	if _, _, _, alpha := picture.At(3, 3).RGBA(); alpha != 0 {
		t.Errorf("the corner's opacity is %d", alpha)
	}
	page := open(t, pictured(t, workspace, "map.svg", "--background", "transparent"), 800, 600)
	if first := evaluated[string](t, page, `document.documentElement.querySelector(":scope > path").getAttribute("d")`); strings.HasPrefix(first, "M0 0") {
		t.Errorf("a ground is drawn: %s", first)
	}
}

func TestThePDFIsOnePageOfTextThatCanBeCopied(t *testing.T) {
	workspace := example(t, "distribuidora")
	file := pictured(t, workspace, "map.pdf", "--view", "heat", "--fit", "a4-landscape")
	info := program(t, "pdfinfo", file)
	for _, want := range []string{"Title:           Dónde están las horas", "Pages:           1\n", "841.89 x 595.28 pts (A4)"} {
		if !strings.Contains(info, want) {
			t.Errorf("the PDF lacks %q:\n%s", want, info)
		}
	}
	if strings.Contains(info, "Date:") {
		t.Errorf("the PDF bears a date:\n%s", info)
	}
	text := program(t, "pdftotext", "-layout", file, "-")
	for _, want := range []string{"Albarán firmado", "€", "Sage 50", "más intenso"} {
		if !strings.Contains(text, want) {
			t.Errorf("%q cannot be found", want)
		}
	}
	fonts := strings.Split(strings.TrimSpace(program(t, "pdffonts", file)), "\n")[2:]
	for _, line := range fonts {
		if f := strings.Fields(line); len(f) < 5 || !strings.Contains(line, "yes") || strings.Contains(line, " no  no ") {
			t.Errorf("a font is not embedded: %s", line)
		}
	}
	one, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	two, err := os.ReadFile(pictured(t, workspace, "again.pdf", "--view", "heat", "--fit", "a4-landscape"))
	if err != nil || !bytes.Equal(one, two) {
		t.Errorf("the same map gives other bytes: %v", err)
	}
}

func TestHostileNamesAreOnlyNamesInThePDF(t *testing.T) {
	file := pictured(t, hostileWorkspace(t), "map.pdf", "--quiet")
	text := squeezed(program(t, "pdftotext", "-raw", file, "-"))
	for _, name := range hostile {
		if strings.ContainsFunc(name, func(r rune) bool { return r > 0x590 && r != '€' }) {
			continue // the fonts have no such letters; the picture shows boxes
		}
		letters := []rune(squeezed(name))
		if !strings.Contains(text, string(letters[:min(len(letters), 12)])) {
			t.Errorf("the PDF does not show the name %.60q", name)
		}
	}
	if said := program(t, "pdfinfo", file); !strings.Contains(said, "JavaScript:      no") {
		t.Errorf("a name became a script:\n%s", said)
	}
}
