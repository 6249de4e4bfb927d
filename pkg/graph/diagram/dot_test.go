package diagram

import (
	"bytes"
	"context"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/goccy/go-graphviz"

	"github.com/flowmap-dev/flowmap/pkg/audit"
	"github.com/flowmap-dev/flowmap/pkg/draw"
)

// hostile are names that mean something to a format that carries them.
var hostile = []string{
	"Sage 50", "a & b", "<script>alert(1)</script>", `"quoted"`, "]]>", "&amp; &lt; &#65;", `"}; digraph`, `"];x->y[label="`,
	`\N \G \L`, `\`, `\\`, `ends with \`, `\"`, `=cmd|' /C calc'!A0`, "<b>", "ñ € 漢字 مرحبا", "null\x00byte", "not \xff UTF-8",
	"// no /* comment */", "# no line", "turned \u202e around", strings.Repeat("x", 500), "%d {} [] ;",
}

// rendered lets Graphviz read DOT and draw it as SVG: which nodes and edges
// there are, by their titles, and all text.
func rendered(t *testing.T, dot []byte) (nodes, edges []string, text string) {
	t.Helper()
	graph, err := graphviz.ParseBytes(dot)
	if err != nil {
		t.Fatalf("%v\n%s", err, dot)
	}
	defer graph.Close()
	viz, err := graphviz.New(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	defer viz.Close()
	var src bytes.Buffer
	if err := viz.Render(context.Background(), graph, graphviz.SVG, &src); err != nil {
		t.Fatal(err)
	}
	var all strings.Builder
	class, element := "", ""
	d := xml.NewDecoder(&src)
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return nodes, edges, all.String()
		}
		if err != nil {
			t.Fatal(err)
		}
		switch token := token.(type) {
		case xml.StartElement:
			element = token.Name.Local
			for _, a := range token.Attr {
				if a.Name.Local == "class" {
					class, _, _ = strings.Cut(a.Value, " ")
				}
			}
		case xml.EndElement:
			element = ""
		case xml.CharData:
			switch {
			case element == "title" && class == "node":
				nodes = append(nodes, string(token))
			case element == "title" && class == "edge":
				edges = append(edges, string(token))
			case element == "text":
				all.WriteString(strings.ReplaceAll(string(token), "\u00a0", " ") + "\n")
			}
		}
	}
}

func dotOf(t *testing.T, v View) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := DOT(&b, v); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestDOTHasEverySystemAndLink(t *testing.T) {
	_, v := flows(t, distribuidora(t), Options{})
	nodes, edges, text := rendered(t, dotOf(t, v))
	if want := len(v.Nodes) + len(v.Links); len(nodes) != want || len(edges) != 2*len(v.Links) {
		t.Errorf("%d nodes and %d edges, want %d and %d", len(nodes), len(edges), want, 2*len(v.Links))
	}
	for i, l := range v.Links {
		label := fmt.Sprintf("link %d", i+1)
		if !slices.Contains(edges, l.From+"->"+label) || !slices.Contains(edges, label+"->"+l.To) {
			t.Errorf("the link from %q to %q is not there", l.From, l.To)
		}
	}
	for _, n := range v.Nodes {
		if first := strings.Fields(n.Name)[0]; !strings.Contains(text, first) {
			t.Errorf("%q is not in the text", first)
		}
	}
}

func TestHostileNamesStayTextInDOT(t *testing.T) {
	for _, s := range hostile {
		v := View{Title: s, Client: s, Nodes: []Node{{ID: "a", Name: s, Sort: "s", Title: s, Records: []string{s}}, {ID: "b", Name: "B", Kind: audit.Paper}},
			Links: []Link{{From: "a", To: "b", What: []string{s}, Often: s, Title: s, How: audit.File}}}
		nodes, edges, text := rendered(t, dotOf(t, v))
		slices.Sort(nodes)
		if !slices.Equal(nodes, []string{"a", "b", "link 1"}) || !slices.Equal(edges, []string{"a->link 1", "link 1->b"}) {
			t.Errorf("%q: nodes %q, edges %q", s, nodes, edges)
		}
		want := strings.Join(newCard(v.Nodes[0], KindFlows).name, "\n") + "\n"
		if !strings.Contains(text, strings.ReplaceAll(want, "\u00a0", " ")) {
			t.Errorf("%q is not in the text %q", want, text)
		}
	}
}

// unquoted reads a quoted label of DOT back, as Graphviz does.
func unquoted(t *testing.T, q string) string {
	t.Helper()
	if !regexp.MustCompile(`(?s)^"([^"\\]|\\.)*"$`).MatchString(q) {
		t.Fatalf("%q is not one quoted string", q)
	}
	s := strings.NewReplacer(`\\`, `\`, `\"`, `"`, `\n`, "\n").Replace(q[1 : len(q)-1])
	if bad := regexp.MustCompile(`&([^a]|a[^m]|$)`).FindString(strings.ReplaceAll(s, "&amp;", "")); bad != "" {
		t.Fatalf("%q has %q, which would be read as XML", q, bad)
	}
	return strings.ReplaceAll(s, "&amp;", "&")
}

func FuzzQuote(f *testing.F) {
	for _, s := range hostile {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if got, want := unquoted(t, quote(s)), draw.Clean(s); got != want {
			t.Errorf("%q reads back as %q, want %q", s, got, want)
		}
	})
}

func TestHostileNamesStayTextInThePicture(t *testing.T) {
	for _, s := range hostile {
		v := View{Title: s, Client: s, Date: s, Brand: s, Figures: []Figure{{s, s}}, Legend: []Entry{{SampleManual, s}, {SampleOutside, s}}, Others: Others{Links: 1, Title: s, Lines: []string{s}},
			Nodes: []Node{{ID: "a", Name: s, Sort: s, Title: s, Records: []string{s}}, {ID: "b", Name: "B"}},
			Links: []Link{{From: "a", To: "b", What: []string{s}, Often: "weekly", Title: s}}}
		p := read(t, drawing(t, v))
		if len(p.Groups) != 4 {
			t.Errorf("%q: %d groups, want 4", s, len(p.Groups))
		}
		for _, g := range p.Groups[:2] {
			if want := draw.Clean(s); g.Title != want {
				t.Errorf("%q: title %q, want %q", s, g.Title, want)
			}
		}
	}
}
