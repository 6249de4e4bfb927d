//go:build e2e

package e2etest

import (
	"cmp"
	"encoding/json"
	"image"
	_ "image/png"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// mapJSON is what map --json says of the map, as far as a drawing shows it.
type mapJSON struct {
	Systems []struct{ ID string }
	Links   []struct{ From, To string }
}

func drawn(t *testing.T, workspace, format string) string {
	t.Helper()
	ending := map[string]string{"mermaid": "mmd", "plantuml": "puml", "structurizr": "structurizr.json"}[format]
	file := filepath.Join(t.TempDir(), "map."+cmp.Or(ending, format))
	done(t, "map", workspace, "--format", format, "-o", file)
	keep(t, file)
	return file
}

func TestTheDrawingShowsEverySystemAndLinkOfTheMap(t *testing.T) {
	for _, name := range examples {
		t.Run(name, func(t *testing.T) {
			workspace := example(t, name)
			want := decoded[mapJSON](t, "map", workspace, "--json")
			page := open(t, drawn(t, workspace, "svg"), 1600, 1200)
			for class, n := range map[string]int{"node": len(want.Systems), "edge": len(want.Links)} {
				if got := evaluated[int](t, page, `document.querySelectorAll("g.`+class+`").length`); got != n {
					t.Errorf("%d groups of class %s are drawn, map --json has %d", got, class, n)
				}
			}
			for _, s := range want.Systems {
				titles := evaluated[[]string](t, page, `[...document.querySelectorAll("g.node > title")].map(e => e.textContent)`)
				if !strings.Contains(strings.Join(titles, "\n"), s.ID) {
					t.Errorf("no node's title names the system %s", s.ID)
				}
			}
			page.loadsNothing(t)
			page.staysQuiet(t)
			page.screenshot(t, "map-in-chromium.png")
		})
	}
}

func TestNoLabelOfTheDrawingCoversAnotherOrASystem(t *testing.T) {
	for _, name := range examples {
		t.Run(name, func(t *testing.T) {
			page := open(t, drawn(t, example(t, name), "svg"), 1600, 1200)
			if n := evaluated[int](t, page, `document.querySelectorAll("g.edge text").length`); n == 0 {
				t.Fatal("no link has a label")
			}
			for _, pair := range evaluated[[]string](t, page, overlaps) {
				t.Errorf("they overlap: %s", pair)
			}
		})
	}
}

// overlaps lists the pairs of boxes that have more than half a unit of each other in
// common: each text of a link with the texts of other links and with the systems,
// the systems with each other, and the texts of the table beside a numbered map
// with all of these. A box is the text's own (getBBox) moved to the
// screen (CTM); a browser leaves room above and below the letters, so a tenth of the
// height is taken off at both.
const overlaps = `(() => {
	const box = (e, trim) => {
		const b = e.getBBox(), m = e.getScreenCTM();
		const corners = [[b.x, b.y], [b.x + b.width, b.y], [b.x, b.y + b.height], [b.x + b.width, b.y + b.height]]
			.map(([x, y]) => [m.a * x + m.c * y + m.e, m.b * x + m.d * y + m.f]);
		const xs = corners.map(p => p[0]), ys = corners.map(p => p[1]);
		const top = Math.min(...ys), bottom = Math.max(...ys), cut = trim * (bottom - top);
		return {left: Math.min(...xs), right: Math.max(...xs), top: top + cut, bottom: bottom - cut};
	};
	const boxes = [];
	for (const g of document.querySelectorAll("g.node, g.others"))
		boxes.push({group: g, what: g.querySelector("title").textContent, ...box(g, 0)});
	for (const text of document.querySelectorAll("g.key text"))
		boxes.push({group: text, what: "table: " + text.textContent, ...box(text, 0.1)});
	for (const g of document.querySelectorAll("g.edge"))
		for (const text of g.querySelectorAll("text"))
			boxes.push({group: g, what: text.textContent, ...box(text, 0.1)});
	const found = [];
	boxes.forEach((a, i) => boxes.slice(i + 1).forEach(b => {
		const wide = Math.min(a.right, b.right) - Math.max(a.left, b.left);
		const high = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
		if (a.group !== b.group && wide > 0.5 && high > 0.5)
			found.push(a.what + " | " + b.what + " by " + wide.toFixed(1) + " x " + high.toFixed(1));
	}));
	return found;
})()`

func TestTheDrawingIsWellFormed(t *testing.T) {
	for _, name := range examples {
		program(t, "xmllint", "--noout", "--nonet", drawn(t, example(t, name), "svg"))
	}
}

// The picture has the drawing's shape, enough dots to be printed, and something on
// it in more than one colour.
func TestThePictureIsTheDrawingInDots(t *testing.T) {
	const leastWidth, mostDots = 1000, 12_000_000
	for _, name := range examples {
		t.Run(name, func(t *testing.T) {
			workspace := example(t, name)
			picture := decodedPNG(t, drawn(t, workspace, "png"))
			size := picture.Bounds().Size()
			if size.X < leastWidth || size.X*size.Y > mostDots {
				t.Errorf("the picture has %v dots, want at least %d across and at most %d in all", size, leastWidth, mostDots)
			}
			page := open(t, drawn(t, workspace, "svg"), 1600, 1200)
			shape := evaluated[[]float64](t, page, `(b => [b.width, b.height])(document.documentElement.viewBox.baseVal)`)
			if got, want := float64(size.X)/float64(size.Y), shape[0]/shape[1]; math.Abs(got/want-1) > 0.01 {
				t.Errorf("the picture is %.3f times as wide as high, the drawing %.3f", got, want)
			}
			if n := colours(picture); n < 3 {
				t.Errorf("the picture has %d colours", n)
			}
		})
	}
}

func decodedPNG(t *testing.T, file string) image.Image {
	t.Helper()
	f, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	picture, format, err := image.Decode(f)
	if err != nil || format != "png" {
		t.Fatalf("%s is %q: %v", file, format, err)
	}
	return picture
}

// colours counts the colours that fill at least one dot in ten thousand.
func colours(picture image.Image) int {
	b := picture.Bounds()
	counts := map[[4]uint32]int{}
	for y := b.Min.Y; y < b.Max.Y; y++ {
		for x := b.Min.X; x < b.Max.X; x++ {
			red, green, blue, alpha := picture.At(x, y).RGBA()
			counts[[4]uint32{red, green, blue, alpha}]++
		}
	}
	n := 0
	for _, dots := range counts {
		if dots*10_000 >= b.Dx()*b.Dy() {
			n++
		}
	}
	return n
}

// dotJSON is what dot -Tjson makes of a graph, as far as it is counted here. The
// label of a link is an object of its own, in the middle of the link.
type dotJSON struct {
	Objects []struct {
		ID    int `json:"_gvid"`
		Class string
	}
	Edges []struct{ Tail, Head int }
}

// counts are the systems that Graphviz reads, and the links: those labels that one
// line leads to and one leads on from.
func (g dotJSON) counts() (systems, links int) {
	in, out := map[int]int{}, map[int]int{}
	for _, e := range g.Edges {
		out[e.Tail]++
		in[e.Head]++
	}
	for _, o := range g.Objects {
		switch {
		case o.Class != "edge":
			systems++
		case in[o.ID] == 1 && out[o.ID] == 1:
			links++
		}
	}
	return systems, links
}

func TestGraphvizReadsTheMapWithEverySystemAndLink(t *testing.T) {
	for _, name := range examples {
		t.Run(name, func(t *testing.T) {
			workspace := example(t, name)
			want := decoded[mapJSON](t, "map", workspace, "--json")
			var got dotJSON
			if err := json.Unmarshal([]byte(program(t, "dot", "-Tjson", drawn(t, workspace, "dot"))), &got); err != nil {
				t.Fatal(err)
			}
			systems, links := got.counts()
			if systems != len(want.Systems) || links != len(want.Links) {
				t.Errorf("dot reads %d systems and %d links, map --json has %d and %d", systems, links, len(want.Systems), len(want.Links))
			}
		})
	}
}
