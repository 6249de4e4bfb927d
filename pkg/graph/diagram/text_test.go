package diagram

import (
	"encoding/json"
	"encoding/xml"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/flowmap-dev/flowmap/pkg/audit"
	"github.com/flowmap-dev/flowmap/pkg/draw"
)

// texts are the formats without places of their own.
var texts = map[string]func(io.Writer, View) error{"Mermaid": Mermaid, "D2": D2, "PlantUML": PlantUML, "DOT": DOT, "draw.io": placed(DrawIO), "Structurizr": placed(Structurizr)}

// placed is a format with places as one without.
func placed(write func(io.Writer, Plan) error) func(io.Writer, View) error {
	return func(w io.Writer, v View) error {
		p, err := v.Plan(Look{})
		if err != nil {
			return err
		}
		return write(w, p)
	}
}

func textOf(t *testing.T, write func(io.Writer, View) error, v View) string {
	t.Helper()
	var b strings.Builder
	if err := write(&b, v); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// hostileView has a system and a link with each of the hostile names.
func hostileView() View {
	v := View{Title: hostile[7], Client: hostile[2], Others: Others{Links: 1, Title: hostile[3], Lines: []string{hostile[6]}}}
	for i, s := range hostile {
		n := Node{ID: fmt.Sprintf("s-%d", i), Name: s, Sort: s, Title: s, Records: []string{s}, Kind: audit.ERP}
		v.Nodes = append(v.Nodes, n)
		v.Links = append(v.Links, Link{From: n.ID, To: fmt.Sprintf("s-%d", (i+1)%len(hostile)), What: []string{s}, Often: s, Title: s, How: audit.File})
	}
	return v
}

func TestEachNameIsOneQuotedTextInEachLanguage(t *testing.T) {
	numbered := func(pattern string, base int) func(string) string {
		return func(s string) string {
			return regexp.MustCompile(pattern).ReplaceAllStringFunc(s, func(m string) string {
				n, err := strconv.ParseInt(regexp.MustCompile(pattern).FindStringSubmatch(m)[1], base, 32)
				if err != nil {
					t.Fatal(err)
				}
				return string(rune(n))
			})
		}
	}
	for _, c := range []struct {
		name  string
		write func(string) string
		shape string // of what is written
		read  func(string) string
	}{
		{"Mermaid", mermaidText, `^"([A-Za-z0-9 ,.\-]|[^\x00-\x7f]|#[0-9]+;|<br/>)*"$`,
			func(s string) string {
				return numbered(`#([0-9]+);`, 10)(strings.ReplaceAll(strings.Trim(s, `"`), "<br/>", "\n"))
			}},
		{"D2", d2Text, `^"([^"\\$]|\\["\\n$])*"$`,
			func(s string) string {
				return strings.NewReplacer(`\\`, `\`, `\"`, `"`, `\n`, "\n", `\$`, "$").Replace(s[1 : len(s)-1])
			}},
		{"PlantUML", plantText, `^([A-Za-z0-9 ,.]|[^\x00-\x7f]|<U\+[0-9A-F]{4}>|\\n)*$`,
			func(s string) string {
				s = numbered(`<U\+([0-9A-F]{4})>`, 16)(strings.ReplaceAll(s, `\n`, "\n"))
				return strings.ReplaceAll(s, "]]\u200b>", "]]>")
			}},
	} {
		for _, s := range append(slices.Clone(hostile), "two\nlines", "- item", "1. item", "${x}", "end", "") {
			got := c.write(s)
			if !regexp.MustCompile(c.shape).MatchString(got) {
				t.Errorf("%s: %q is written %s, which says more than a text", c.name, s, got)
			}
			if back := c.read(got); back != draw.Clean(s) {
				t.Errorf("%s: %q reads back as %q", c.name, s, back)
			}
		}
	}
}

func TestTheLanguagesHaveEverySystemAndLink(t *testing.T) {
	_, shop := flows(t, distribuidora(t), Options{})
	for _, v := range []View{shop, hostileView()} {
		for name, c := range map[string]struct{ node, link string }{
			"Mermaid":  {`(?m)^  s_\w+(\[|\(\[|\{\{)`, `(?m)^  s_\w+ <?(==>|-\.->|-->)\|".*"\| s_\w+$`},
			"D2":       {`(?m)^s_\w+: "`, `(?m)^s_\w+ <?-> s_\w+: "`},
			"PlantUML": {`(?m)^(rectangle|file|hexagon) ".*" as s_\w+ #`, `(?m)^s_\w+ <?-\[.*\]-> s_\w+ : `},
		} {
			text := textOf(t, texts[name], v)
			nodes, links := len(regexp.MustCompile(c.node).FindAllString(text, -1)), len(regexp.MustCompile(c.link).FindAllString(text, -1))
			if nodes != len(v.Nodes) || links != len(v.Links) {
				t.Errorf("%s: %d systems and %d links, want %d and %d\n%s", name, nodes, links, len(v.Nodes), len(v.Links), text)
			}
		}
	}
}

func TestTheOrderOfFlowsChangesNoByteOfAnyFormat(t *testing.T) {
	head, list, _ := strings.Cut(shop, "flows:\n")
	lines := strings.SplitAfter(strings.TrimSuffix(list, "\n"), "\n")
	lines[len(lines)-1] += "\n"
	slices.Reverse(lines)
	_, v := flows(t, workspace(t, shop), Options{})
	_, reversed := flows(t, workspace(t, head+"flows:\n"+strings.Join(lines, "")), Options{})
	for name, write := range texts {
		first := textOf(t, write, v)
		if first != textOf(t, write, v) {
			t.Errorf("%s: the same map gives other bytes", name)
		}
		if first != textOf(t, write, reversed) {
			t.Errorf("%s: the order of flows changes the text", name)
		}
	}
}

func TestWhatMermaidDoesNotDrawIsAnErrorThatSaysWhatToDo(t *testing.T) {
	err := Mermaid(io.Discard, random(2, 60, mermaidLinks+1))
	if err == nil || !regexp.MustCompile(`--top [1-9]`).MatchString(err.Error()) {
		t.Errorf("%v, want an error that names --top", err)
	}
}

// mxRead is a file of draw.io as read back.
type mxRead struct {
	Cells   []mxReadCell `xml:"diagram>mxGraphModel>root>mxCell"`
	Objects []struct {
		ID    string     `xml:"id,attr"`
		Label string     `xml:"label,attr"`
		Attrs []xml.Attr `xml:",any,attr"`
		Cell  mxReadCell `xml:"mxCell"`
	} `xml:"diagram>mxGraphModel>root>UserObject"`
}

type mxReadCell struct {
	ID     string `xml:"id,attr"`
	Style  string `xml:"style,attr"`
	Edge   int    `xml:"edge,attr"`
	Parent string `xml:"parent,attr"`
	Source string `xml:"source,attr"`
	Target string `xml:"target,attr"`
	Place  struct {
		X      float64 `xml:"x,attr"`
		Y      float64 `xml:"y,attr"`
		Width  float64 `xml:"width,attr"`
		Height float64 `xml:"height,attr"`
	} `xml:"mxGeometry"`
}

func readDrawIO(t *testing.T, p Plan) mxRead {
	t.Helper()
	var b strings.Builder
	if err := DrawIO(&b, p); err != nil {
		t.Fatal(err)
	}
	var out mxRead
	if err := xml.Unmarshal([]byte(b.String()), &out); err != nil {
		t.Fatal(err)
	}
	return out
}

func TestDrawIOHasShapesWhereTheyStandAndLinesThatAreAttached(t *testing.T) {
	_, v := flows(t, distribuidora(t), Options{})
	p, err := v.Plan(Look{})
	if err != nil {
		t.Fatal(err)
	}
	got := readDrawIO(t, p)
	known := map[string]bool{}
	for _, c := range got.Cells {
		if known[c.ID] {
			t.Errorf("cell %q is there twice", c.ID)
		}
		known[c.ID] = true
	}
	boxes, lines := map[string]mxReadCell{}, 0
	for _, o := range got.Objects {
		if known[o.ID] {
			t.Errorf("cell %q is there twice", o.ID)
		}
		known[o.ID] = true
		if o.Cell.Edge == 0 {
			boxes[o.ID] = o.Cell
		}
	}
	for _, o := range got.Objects {
		if o.Cell.Edge == 1 {
			lines++
			if boxes[o.Cell.Source].Style == "" || boxes[o.Cell.Target].Style == "" {
				t.Errorf("line %q leads from %q to %q, and not both are shapes", o.ID, o.Cell.Source, o.Cell.Target)
			}
		}
	}
	if len(boxes) != len(v.Nodes) || lines != len(v.Links) {
		t.Errorf("%d shapes and %d lines, want %d and %d", len(boxes), lines, len(v.Nodes), len(v.Links))
	}
	for i, n := range v.Nodes {
		at := boxes["system:"+n.ID].Place
		if want := p.Nodes[i].X * pixels; at.X < want-0.1 || at.X > want+0.1 {
			t.Errorf("%s stands at %v, want %v", n.ID, at.X, want)
		}
	}
	for _, c := range got.Cells {
		if c.Parent != "" && c.Parent != "0" && !known[c.Parent] {
			t.Errorf("cell %q belongs to %q, which is not there", c.ID, c.Parent)
		}
		if c.Style != "" && !strings.Contains(c.Style, "html=0") {
			t.Errorf("cell %q would read its text as HTML", c.ID)
		}
	}
}

func TestDrawIOCarriesWhatAShapeStandsFor(t *testing.T) {
	w := workspace(t, shop)
	_, v := flows(t, w, Options{})
	p, err := v.Plan(Look{})
	if err != nil {
		t.Fatal(err)
	}
	facts := map[string]map[string]string{}
	for _, o := range readDrawIO(t, p).Objects {
		facts[o.ID] = map[string]string{}
		for _, a := range o.Attrs {
			facts[o.ID][a.Name.Local] = a.Value
		}
	}
	for id, want := range map[string]map[string]string{
		"system:erp":    {"flowmap_id": "erp", "flowmap_name": "Sage 50", "flowmap_kind": "erp", "flowmap_records": "Sales order", "flowmap_hours_per_week": "10"},
		"link:shop:erp": {"flowmap_from": "shop", "flowmap_to": "erp", "flowmap_flows": "web-orders, web-customers", "flowmap_hours_per_week": "8", "flowmap_error_points": "1"},
	} {
		for name, value := range want {
			if facts[id][name] != value {
				t.Errorf("%s: %s is %q, want %q", id, name, facts[id][name], value)
			}
		}
	}
}

func TestHostileNamesStayTextInDrawIO(t *testing.T) {
	v := hostileView()
	p, err := v.Plan(Look{})
	if err != nil {
		t.Fatal(err)
	}
	got := readDrawIO(t, p)
	names := map[string]string{}
	for _, o := range got.Objects {
		for _, a := range o.Attrs {
			if a.Name.Local == "flowmap_name" {
				names[o.ID] = a.Value
			}
		}
	}
	for i, s := range hostile {
		if got, want := names[fmt.Sprintf("system:s-%d", i)], draw.Clean(s); got != want {
			t.Errorf("%q is read back as %q", want, got)
		}
	}
}

func TestStructurizrHasEverySystemAndLinkWithItsPlace(t *testing.T) {
	for _, v := range []View{hostileView(), random(4, 9, 20)} {
		var got c4Workspace
		if err := json.Unmarshal([]byte(textOf(t, texts["Structurizr"], v)), &got); err != nil {
			t.Fatal(err)
		}
		names, ids, links := map[string]bool{}, map[string]bool{}, 0
		for _, s := range got.Model.Systems {
			names[s.Name], ids[s.ID] = true, true
			links += len(s.Relationships)
		}
		if len(names) != len(v.Nodes) || len(ids) != len(v.Nodes) || links != len(v.Links) {
			t.Errorf("%d names and %d ids of systems and %d links, want %d and %d", len(names), len(ids), links, len(v.Nodes), len(v.Links))
		}
		if view := got.Views.Landscape[0]; len(view.Elements) != len(v.Nodes) || len(view.Relationships) != len(v.Links) {
			t.Errorf("the view has %d systems and %d links, want %d and %d", len(view.Elements), len(view.Relationships), len(v.Nodes), len(v.Links))
		}
	}
}
