package render_test

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"io"
	"io/fs"
	"regexp"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"github.com/flowmap-dev/flowmap/pkg/audit"
	"github.com/flowmap-dev/flowmap/pkg/render"
	"github.com/flowmap-dev/flowmap/pkg/report"
	"github.com/flowmap-dev/flowmap/templates"
)

// hostile are names that mean something in one format or another.
func hostile() []string {
	return []string{
		`=cmd|' /C calc'!A0`, `+1+1`, `-2+3`, `@SUM(A1)`, `<script>alert(1)</script>`, `"}; digraph`, `\N`, `]]>`, `_x000D_`, `a|b`, "`code`",
		`[x](javascript:alert(1))`, `![x](http://example.com/x.png)`, `<img src=http://example.com/x.png onerror=alert(1)>`, `{{.Meta}}`, `&amp;`,
		`</style><script>`, `# title`, `1. one`, `- dash`, `ñ € 漢字 عربى`, "\u202eevil", strings.Repeat("long ", 100), strings.Repeat("x", 500),
	}
}

// hostileReport is of a workspace in which every kind of thing has a hostile
// name: a flow, its ends, its data and its people for each.
func hostileReport(t testing.TB) report.Report {
	t.Helper()
	quoted := func(name string) string { return "'" + strings.ReplaceAll(name, "'", "''") + "'" }
	var roles, systems, entities, flows strings.Builder
	for i, name := range hostile() {
		q := quoted(name)
		fmt.Fprintf(&roles, "  - {id: r%d, name: %s}\n", i, q)
		fmt.Fprintf(&systems, "  - {id: s%d, name: %s}\n", i, q)
		fmt.Fprintf(&entities, "  - {id: e%d, name: %s}\n", i, q)
		fmt.Fprintf(&flows, `  - id: f%[1]d
    name: %[2]s
    entity: e%[1]d
    from: s%[1]d
    to: outside
    role: r%[1]d
    department: %[2]s
    people: [%[2]s]
    effort: {hours_per_week: %[3]d}
    volume: 100/month
    errors: [{what: %[2]s, found_in: s%[1]d, rate: 2%%, cost: 4}]
    solution: {platform: n8n-cloud, build_cost: 500, platform_monthly: 20}
  - {id: silent%[1]d, name: %[2]s, from: outside, to: s%[1]d}
`, i, q, i%7+1)
	}
	who := quoted("=1+1</title><script>&\"'{{.}}")
	w, err := audit.New([]audit.Source{{Name: "flowmap.yaml", Text: []byte("version: 1\nclient: {name: " + who + "}\nbrand: {name: " + who +
		"}\nroles:\n" + roles.String() + "systems:\n  - {id: outside}\n" + systems.String() + "entities:\n" + entities.String() + "flows:\n" + flows.String())}})
	if err != nil {
		t.Fatal(err)
	}
	return reportOf(t, w, "en")
}

// A hostile name stands in every format as what it is, text, and all figures
// beside it are right.
func TestHostileNamesAreHarmlessAndReadable(t *testing.T) {
	r := hostileReport(t)
	for _, f := range formats() {
		var out bytes.Buffer
		if err := f.write(&out, r); err != nil {
			t.Fatal(err)
		}
		for _, why := range disagreements(printer(t, "en"), f.read(t, out.Bytes(), r), r, f.name == "xlsx") {
			t.Errorf("%s: %s", f.name, why)
		}
	}
}

func TestHostileNamesMakeNoFormulas(t *testing.T) {
	all := parts(t, workbook(t, hostileReport(t)))
	plain := regexp.MustCompile(`^[A-Za-z0-9_+*/^<>=&,.:$()' "!#-]*$`)
	for _, rows := range sheets(t, all) {
		for _, row := range rows {
			for _, c := range row {
				if !plain.MatchString(c.Formula) || strings.Contains(c.Formula, "cmd") {
					t.Errorf("the formula of %s: %s", c.Ref, c.Formula)
				}
			}
		}
	}
	for part, text := range all {
		if strings.HasSuffix(part, ".xml") || strings.HasSuffix(part, ".rels") {
			wellFormed(t, part, text)
		}
		if strings.HasSuffix(part, ".rels") && bytes.Contains(text, []byte("example.com")) {
			t.Errorf("%s links to what a name says", part)
		}
	}
}

func wellFormed(t *testing.T, name string, text []byte) {
	t.Helper()
	for d := xml.NewDecoder(bytes.NewReader(text)); ; {
		switch _, err := d.Token(); {
		case err == io.EOF:
			return
		case err != nil:
			t.Errorf("%s: %v", name, err)
			return
		}
	}
}

// What a page may hold: no element that loads or runs something but its own
// script, whatever names say, and no address outside of itself.
func TestAPageLoadsNothingAndRunsItsOwnScript(t *testing.T) {
	var out bytes.Buffer
	if err := render.HTML(&out, hostileReport(t)); err != nil {
		t.Fatal(err)
	}
	root, err := html.Parse(&out)
	if err != nil {
		t.Fatal(err)
	}
	for n := range root.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		switch n.Data {
		case "script":
			own, err := fs.ReadFile(templates.FS(), "html/report.js")
			if err != nil {
				t.Fatal(err)
			}
			data := attribute(n, "type") == "application/json" && json.Valid([]byte(textOf(n)))
			if !data && textOf(n) != string(own) {
				t.Errorf("there is a script %.80q", textOf(n))
			}
		case "link", "img", "iframe", "object", "embed", "form", "base", "video", "audio", "use", "image", "foreignobject":
			t.Errorf("there is an element %s", n.Data)
		}
		for _, a := range n.Attr {
			outside := (a.Key == "href" || a.Key == "src") && !strings.HasPrefix(a.Val, "#")
			if outside || a.Key == "style" || strings.HasPrefix(a.Key, "on") {
				t.Errorf("<%s %s=%q>", n.Data, a.Key, a.Val)
			}
		}
	}
}

// Signs of Markdown in a name are escaped: none opens a link, a picture, code,
// HTML or a table's cell.
func TestMarkdownOfHostileNames(t *testing.T) {
	r := report.Report{
		Meta: report.Meta{Language: "en", Currency: "EUR", Title: "*x*"},
		Sections: []report.Section{{ID: "s", Title: "# <b>", Blocks: []report.Block{
			report.Paragraph{Text: "- a\n[b](c)"}, report.Paragraph{Text: "12. dozen"},
			report.List{Items: []string{"= a", "`b`"}},
			report.Table{Columns: []report.Column{{Label: "a|b"}}, Rows: []report.Row{{Cells: []report.Cell{report.Words("x\ny")}}}},
			report.Picture{ID: "map", Alt: "a]b"},
		}}},
	}
	var out bytes.Buffer
	if err := render.Markdown(&out, r); err != nil {
		t.Fatal(err)
	}
	const want = `# \*x\*

## \# \<b\>

\- a<br>\[b\](c)

12\. dozen

- \= a
- \` + "`b\\`" + `

| a\|b |
| --- |
| x<br>y |

![a\]b](map.svg)
`
	if out.String() != want {
		t.Errorf("it is\n%s\nwant\n%s", out.String(), want)
	}
}

func TestTextThatNoCellHoldsIsCut(t *testing.T) {
	r := report.Report{
		Meta: report.Meta{Language: "en", Currency: "EUR"},
		Sections: []report.Section{{ID: "s", Short: "S", Blocks: []report.Block{
			report.Table{ID: "t", Columns: []report.Column{{Key: "a", Label: "A", Width: 20}}, Rows: []report.Row{
				{Key: "long", Cells: []report.Cell{report.Words(strings.Repeat("😀", 40000))}},
				{Key: "control", Cells: []report.Cell{report.Words("a\x01b\x00c\td")}},
				{Key: "escape", Cells: []report.Cell{report.Words("_x000D_ and _x0041_")}},
			}},
		}}},
	}
	read := readWorkbook(t, workbook(t, r), r)
	if n := len([]rune(read.text[spot{"t", "long", "a"}])); n < 16000 || n > 16384 {
		t.Errorf("%d letters of two units each, want at most 32,767 units", n)
	}
	if got := read.text[spot{"t", "control", "a"}]; got != "abc d" {
		t.Errorf("%q, want no control characters", got)
	}
	if got := read.text[spot{"t", "escape", "a"}]; got != "_x000D_ and _x0041_" {
		t.Errorf("%q: a reader of Excel sees another text", got)
	}
}
