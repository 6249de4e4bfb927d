package diagram

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/flowmap-dev/flowmap/pkg/audit"
	"github.com/flowmap-dev/flowmap/pkg/draw"
)

func drawing(t testing.TB, v View) draw.Drawing {
	t.Helper()
	d, err := v.Drawing()
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// A consultant prints the map on the paper that every office has.
func TestTheWholesalersMapCanBeReadOnA4(t *testing.T) {
	_, v := flows(t, distribuidora(t), Options{})
	if len(v.Nodes) < 10 || len(v.Links) < 20 {
		t.Fatalf("%d systems and %d links are not the wholesaler's", len(v.Nodes), len(v.Links))
	}
	d := drawing(t, v)
	if got := draw.LeastText(d, 841.89, 595.28); got < 7 {
		t.Errorf("the smallest text is %.2f points on A4 landscape, want at least 7", got)
	}
}

// group is a group of an SVG as a browser would find it.
type group struct {
	Class string   `xml:"class,attr"`
	Title string   `xml:"title"`
	Texts []string `xml:"text"`
	Paths []struct {
		Dash  string `xml:"stroke-dasharray,attr"`
		Width string `xml:"stroke-width,attr"`
		Line  string `xml:"stroke,attr"`
	} `xml:"path"`
}

type page struct {
	Title  string   `xml:"title"`
	Groups []group  `xml:"g"`
	Texts  []string `xml:"text"`
}

func read(t testing.TB, d draw.Drawing) page {
	t.Helper()
	var b bytes.Buffer
	if err := draw.SVG(&b, d); err != nil {
		t.Fatal(err)
	}
	var p page
	if err := xml.Unmarshal(b.Bytes(), &p); err != nil {
		t.Fatal(err)
	}
	return p
}

func TestEverySystemAndLinkOfTheMapIsInThePicture(t *testing.T) {
	m, v := flows(t, distribuidora(t), Options{})
	p := read(t, drawing(t, v))
	var nodes, edges []group
	for _, g := range p.Groups {
		switch g.Class {
		case "node":
			nodes = append(nodes, g)
		case "edge":
			edges = append(edges, g)
		}
	}
	if len(nodes) != len(m.Nodes) || len(edges) != len(m.Links) {
		t.Fatalf("%d systems and %d links, want %d and %d", len(nodes), len(edges), len(m.Nodes), len(m.Links))
	}
	for i, n := range m.Nodes {
		if id, _, _ := strings.Cut(nodes[i].Title, "\n"); id != n.System.ID {
			t.Errorf("a system's title begins with %q, want its id %q", id, n.System.ID)
		}
		if got, want := strings.Join(nodes[i].Texts, " "), n.System.Label(); !strings.HasPrefix(got, want) {
			t.Errorf("the card of %q says %q", want, got)
		}
	}
	for i, l := range m.Links {
		for _, id := range append([]string{l.From, l.To}, l.Flows...) {
			if !strings.Contains(edges[i].Title, id) {
				t.Errorf("the title %q lacks %q", edges[i].Title, id)
			}
		}
		if len(edges[i].Texts) < 2 {
			t.Errorf("the link from %q to %q says %q", l.From, l.To, edges[i].Texts)
		}
	}
}

// Printed in grey, or seen by somebody who does not tell red from green, the
// ways of doing a flow still differ.
func TestHowAFlowIsDoneShowsWithoutColour(t *testing.T) {
	for _, name := range Themes() {
		th := Look{Theme: Theme(name)}.theme(View{})
		looks := map[string]Link{}
		for _, l := range []Link{
			{How: audit.Manual}, {How: audit.File}, {How: audit.Automated}, {State: Gone},
			{Pattern: audit.Pull}, {Pattern: audit.PubSub},
		} {
			s := th.stroke(l)
			look := fmt.Sprint(s.Dash, s.Double, s.Hollow)
			if was, same := looks[look]; same {
				t.Errorf("%s: %+v and %+v are drawn alike", name, was, l)
			}
			looks[look] = l
		}
		manual, file, auto := draw.Contrast(th.manual, th.paper), draw.Contrast(th.file, th.paper), draw.Contrast(th.automated, th.paper)
		if !(manual > 1.7*file && file > 1.25*auto && auto > 2) {
			t.Errorf("%s: contrasts with the ground: manual %.1f, file %.1f, automated %.1f", name, manual, file, auto)
		}
	}
}

func TestTextsCanBeReadInEachTheme(t *testing.T) {
	for _, name := range Themes() {
		for _, brand := range []uint32{ours, 0xffe600, 0x1d4e89, 0xffffff, 0} {
			th := Look{Theme: Theme(name)}.theme(View{Accent: draw.RGB(brand)})
			pairs := map[string][2]draw.Colour{
				"ink": {th.ink, th.card}, "muted": {th.muted, th.card}, "muted on paper": {th.muted, th.paper},
				"muted outside": {th.muted, th.ground}, "accent": {th.accent, th.paper}, "on accent": {th.on, th.accent}, "errors": {th.errors, th.card},
			}
			for i, c := range th.heat {
				pairs[fmt.Sprint("heat ", i)] = [2]draw.Colour{th.over(c), c}
			}
			for what, p := range pairs {
				if got := draw.Contrast(p[0], p[1]); got < 4.5 {
					t.Errorf("%s with brand %06x: %s has a contrast of %.2f, want 4.5", name, brand, what, got)
				}
			}
		}
	}
}

// Degrees of heat are told apart by their lightness, so in grey, too.
func TestHeatGrowsInGrey(t *testing.T) {
	for _, name := range Themes() {
		th := Look{Theme: Theme(name)}.theme(View{})
		for i := 1; i < Hottest; i++ {
			for what, c := range map[string][Hottest + 1]draw.Colour{"card": th.heat, "line": th.hot} {
				if a, b := draw.Contrast(c[i], th.paper), draw.Contrast(c[i+1], th.paper); b < 1.15*a {
					t.Errorf("%s: %s of degree %d contrasts %.2f, of the next %.2f", name, what, i, a, b)
				}
			}
		}
	}
}

func TestLinesAreWideByHours(t *testing.T) {
	m := View{Widest: 20}.measure()
	manual := func(h float64) float64 { return m.width(Link{How: audit.Manual, Hours: h}) }
	// In proportion: half the hours, half of what the width grows by.
	if got, want := manual(10)-manual(0), (manual(20)-manual(0))/2; got-want > 1e-9 || want-got > 1e-9 {
		t.Errorf("10 hours add %v, want %v", got, want)
	}
	if manual(0) <= 0 || (View{}).measure().width(Link{How: audit.File}) <= 0 {
		t.Error("a line without hours cannot be seen")
	}
}

func TestALinkInBothDirectionsHasAHeadAtEachEnd(t *testing.T) {
	heads := func(twoWay bool) int {
		v := View{Nodes: []Node{{ID: "a", Name: "A"}, {ID: "b", Name: "B"}}, Links: []Link{{From: "a", To: "b", What: []string{"Order"}, How: audit.Manual, TwoWay: twoWay}}}
		n := 0
		for _, m := range drawing(t, v).Marks {
			if g, ok := m.(draw.Group); ok && g.Class == "edge" {
				for _, m := range g.Marks {
					// A triangle: a move, two lines and the way back.
					if s, ok := m.(draw.Shape); ok && s.Fill.Ink && len(s.Path) == 4 {
						n++
					}
				}
			}
		}
		if dot := string(dotOf(t, v)); strings.Contains(dot, "dir=back") != twoWay {
			t.Errorf("two ways: %v, but DOT is\n%s", twoWay, dot)
		}
		return n
	}
	if one, two := heads(false), heads(true); one != 1 || two != 2 {
		t.Errorf("%d heads one way and %d both ways, want 1 and 2", one, two)
	}
}

func TestALinkWithManyDataNamesSomeAndCountsTheRest(t *testing.T) {
	for _, c := range []struct {
		what []string
		want string
	}{
		{[]string{"Order"}, "Order"},
		{[]string{"Order", "Price"}, "Order, Price"},
		{[]string{"Sales order", "Customer", "Supplier invoice", "Delivery note"}, "Sales order,|Customer +2"},
		{[]string{"Request for a quotation", "B"}, "Request for a|quotation, B"},
		{nil, ""},
	} {
		if got := strings.ReplaceAll(strings.Join(named(c.what), "|"), nbsp, " "); got != c.want {
			t.Errorf("%q: %q, want %q", c.what, got, c.want)
		}
	}
	long := named([]string{strings.Repeat("x", 500), "B", "C"})
	if len(long) != longWhat || !strings.HasSuffix(long[len(long)-1], "…"+nbsp+"+2") {
		t.Errorf("a very long name: %q", long)
	}
	for _, s := range long {
		if got := draw.Width(s, sizeWhat, true); got > labelText+0.01 {
			t.Errorf("%q is %v wide, want at most %v", s, got, labelText)
		}
	}
}

func TestTextsStayWithinTheirCardsAndLabels(t *testing.T) {
	for _, name := range []string{"ERP", "Distribución y logística de las Islas Baleares", strings.Repeat("W", 500), "漢字漢字漢字漢字漢字漢字", "مرحبا"} {
		c := newCard(Node{Name: name, Sort: name, Records: []string{name}}, KindFlows)
		for _, s := range c.name {
			if draw.Width(s, sizeName, true)+tile+tileGap+2*cardPad > c.size.W+0.01 {
				t.Errorf("%q is wider than its card", s)
			}
		}
		if len(c.name) > 5 || len(c.sort) > 2 || len(c.records) != 1 {
			t.Errorf("%q takes %d, %d and %d lines", name, len(c.name), len(c.sort), len(c.records))
		}
		l := newLabel(Link{What: []string{name}, Often: "every week", Amount: "120 h", Errors: 12}, false)
		if l.size.W > 140 || l.size.H > 80 {
			t.Errorf("the label of %q is %v by %v", name, l.size.W, l.size.H)
		}
	}
}

func TestACardNamesSomeRecordsAndHintsAtTheRest(t *testing.T) {
	n := Node{Name: "ERP"}
	for i := range 20 {
		n.Records = append(n.Records, fmt.Sprint("Entity ", i))
	}
	c := newCard(n, KindFlows)
	if len(c.records) != mostNamed || c.records[mostNamed-1] != "…" {
		t.Errorf("%q, want %d of which the last is an ellipsis", c.records, mostNamed)
	}
}

func TestManyLinksCarryNumbers(t *testing.T) {
	v := random(7, 30, labelled+1)
	p := read(t, drawing(t, v))
	var numbers []string
	for _, g := range p.Groups {
		if g.Class == "edge" {
			numbers = append(numbers, strings.Join(g.Texts, ""))
		}
	}
	if len(numbers) != labelled+1 {
		t.Fatalf("%d links, want %d", len(numbers), labelled+1)
	}
	key := 0
	for _, m := range drawing(t, v).Marks {
		if g, ok := m.(draw.Group); ok && g.Class == "key" {
			key++
		}
	}
	if key != 1 {
		t.Errorf("%d tables stand beside the map, want one", key)
	}
	for i, n := range numbers {
		if n != fmt.Sprint(i+1) {
			t.Errorf("link %d is numbered %q", i+1, n)
		}
	}
}

func TestAMapTooLargeToDrawIsAnErrorThatSaysWhatToDo(t *testing.T) {
	v := random(1, most, 1)
	_, err := v.Drawing()
	if err == nil || !strings.Contains(err.Error(), "--top") {
		t.Errorf("%v, want an error that names --top", err)
	}
	if err := DOT(&bytes.Buffer{}, v); err == nil {
		t.Error("DOT gave no error")
	}
}

func TestADrawingThatIsShortIsAnError(t *testing.T) {
	v := random(3, 4, 4)
	d := drawing(t, v)
	d.Marks = slices.DeleteFunc(d.Marks, func(m draw.Mark) bool {
		g, ok := m.(draw.Group)
		return ok && g.Class == "edge" && strings.HasPrefix(g.Title, v.Links[0].Title)
	})
	if err := v.count(d); err == nil {
		t.Error("a drawing without links passed")
	}
}

func TestEqualViewsGiveEqualBytes(t *testing.T) {
	_, v := flows(t, distribuidora(t), Options{})
	var first string
	for range 3 {
		var b strings.Builder
		if err := draw.SVG(&b, drawing(t, v)); err != nil {
			t.Fatal(err)
		}
		if first == "" {
			first = b.String()
		}
		if b.String() != first {
			t.Fatal("the bytes differ")
		}
	}
}

func TestAPictureOfOneSystemAndOfNothing(t *testing.T) {
	d := drawing(t, View{Title: "One", Nodes: []Node{{ID: "erp", Name: "ERP", Kind: audit.ERP}}})
	if d.Width != a4Long || d.Height != a4Short {
		t.Errorf("%v by %v, want A4", d.Width, d.Height)
	}
	if _, err := (View{}).Drawing(); err == nil {
		t.Error("a view of nothing was drawn")
	}
}
