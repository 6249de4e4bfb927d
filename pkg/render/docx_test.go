package render_test

import (
	"bytes"
	"image"
	"image/png"
	"os"
	"strings"
	"testing"

	"github.com/flowmap-dev/flowmap/pkg/draw"
	"github.com/flowmap-dev/flowmap/pkg/render"
	"github.com/flowmap-dev/flowmap/pkg/render/opc"
	"github.com/flowmap-dev/flowmap/pkg/report"
)

func namesForTest() render.TemplateNames {
	return render.TemplateNames{Sections: []string{"summary", "next-steps"}, Tables: []string{"ranking"}, Pictures: []string{"map"}, Figures: []string{"payback"}}
}

// template is the starter with another text.
func template(t testing.TB, body string, styles func(string) string) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := render.StarterTemplate(&b, "en", namesForTest()); err != nil {
		t.Fatal(err)
	}
	p, err := opc.Open(b.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	p.Set("word/document.xml", []byte(`<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>`+body+`</w:body></w:document>`), "")
	if styles != nil {
		sheet, _ := p.Part("word/styles.xml")
		p.Set("word/styles.xml", []byte(styles(string(sheet))), "")
	}
	b.Reset()
	if err := p.Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func read(t testing.TB, data []byte) *render.Template {
	t.Helper()
	tmpl, err := render.ReadTemplate(data)
	if err != nil {
		t.Fatal(err)
	}
	return tmpl
}

func filled(t testing.TB, p render.Proposal) string {
	t.Helper()
	var out bytes.Buffer
	if err := p.Write(&out); err != nil {
		t.Fatal(err)
	}
	return string(parts(t, out.Bytes())["word/document.xml"])
}

// small is a report of a section with a figure, a table and a list.
func small() report.Report {
	return report.Report{Meta: report.Meta{Language: "en", Currency: "EUR", Client: "{{all}} & Co"}, Sections: []report.Section{
		{ID: "summary", Title: "Summary", Blocks: []report.Block{
			report.Paragraph{Text: "First."},
			report.Figures{ID: "key", Figures: []report.Figure{{Key: "payback", Label: "Payback", Cell: report.Known(report.Months, 5)}}},
			report.List{Title: "Then", Items: []string{"one"}},
		}},
		{ID: "other", Title: "Other", Blocks: []report.Block{report.Paragraph{Text: "Second."}}},
	}}
}

func run(s string) string { return `<w:r><w:t>` + s + `</w:t></w:r>` }

func TestPlaceholdersOverSeveralRuns(t *testing.T) {
	body := `<w:p>` + run("For {{cl") + run("ie") + run("nt}}: {{figure:pay") + run("back}}, {{! a note }}end") + `</w:p>`
	got := filled(t, render.Proposal{Report: small(), Template: read(t, template(t, body, nil))})
	// A client whose name looks like a placeholder is a name.
	if text := stripTags(got); text != "For {{all}} &amp; Co: 5.0 months, end" {
		t.Errorf("it says %q", text)
	}
}

func stripTags(s string) string {
	var b strings.Builder
	for len(s) > 0 {
		i := strings.IndexByte(s, '<')
		if i < 0 {
			break
		}
		b.WriteString(s[:i])
		j := strings.IndexByte(s[i:], '>')
		s = s[i+j+1:]
	}
	return strings.TrimSpace(b.String())
}

func TestASectionStandsWhereItsPlaceholderStood(t *testing.T) {
	body := `<w:p>` + run("Before") + `</w:p><w:p>` + run("{{body:") + run("summary}}") + `</w:p><w:p>` + run("{{logo}}") + `</w:p><w:p>` + run("After") + `</w:p>`
	got := filled(t, render.Proposal{Report: small(), Template: read(t, template(t, body, nil))})
	before, first, after := strings.Index(got, "Before"), strings.Index(got, "First."), strings.Index(got, "After")
	if before < 0 || first < before || after < first || strings.Contains(got, "Second.") || strings.Contains(got, ">Summary<") {
		t.Errorf("it is %s", got)
	}
	if strings.Contains(got, "{{") {
		t.Error("a placeholder is left")
	}
}

// Spanish Word calls the style of a heading Ttulo1; its name is "heading 1".
func TestStylesAreFoundByTheirNames(t *testing.T) {
	spanish := func(s string) string { return strings.ReplaceAll(s, `"Heading1"`, `"Ttulo1"`) }
	got := filled(t, render.Proposal{Report: small(), Template: read(t, template(t, `<w:p>`+run("{{all}}")+`</w:p>`, spanish))})
	if n := strings.Count(got, `<w:pStyle w:val="Ttulo1"/>`); n != 2 {
		t.Errorf("%d headings have the template's style, want 2", n)
	}
}

func TestCheckNamesWhatIsWrongWithItsPlace(t *testing.T) {
	body := `<w:p>` + run("{{clent}}") + `</w:p><w:p>` + run("so: {{section:sumary}}") + `</w:p><w:tbl><w:tr><w:tc><w:p>` + run("{{all}}") + `</w:p></w:tc></w:tr></w:tbl>` +
		`<w:p>` + run("{{table}} {{client:x}} {{open") + `</w:p><w:p>` + run("{{all}}") + `</w:p>`
	tmpl := read(t, template(t, body, func(s string) string { return strings.ReplaceAll(s, `"caption"`, `"xcaption"`) }))
	found, err := tmpl.Check(namesForTest())
	if err != nil {
		t.Fatal(err)
	}
	var lines []string
	for _, p := range found {
		lines = append(lines, p.Place+": "+p.Text)
	}
	const want = `text, paragraph 1: {{clent}} is not known (did you mean {{client}}?)
text, paragraph 2: {{section:sumary}} names what no report has (did you mean {{section:summary}}?)
text, paragraph 3: {{all}} stands for paragraphs: give it a paragraph of its own, outside of tables, text boxes, headers and footers
text, paragraph 4: {{table}} needs a name behind a colon, such as {{table:ranking}}
text, paragraph 4: {{client:x}} takes no name behind a colon
text, paragraph 4: a pair of braces has no partner in the same paragraph`
	if got := strings.Join(lines, "\n"); got != want {
		t.Errorf("it says\n%s\nwant\n%s", got, want)
	}
}

func TestAMissingStyleIsToldAndOursStandsIn(t *testing.T) {
	data := template(t, `<w:p>`+run("{{all}}")+`</w:p>`, func(string) string {
		return `<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"/>`
	})
	found, err := read(t, data).Check(namesForTest())
	if err != nil || len(found) != 6 || !found[0].Style || !strings.Contains(found[0].Text, `"heading 1"`) || found[0].Place != "text, paragraph 1" {
		t.Errorf("it finds %+v, %v", found, err)
	}
	var out bytes.Buffer
	if err := (render.Proposal{Report: small(), Template: read(t, data)}).Write(&out); err != nil {
		t.Fatal(err)
	}
	sheet := string(parts(t, out.Bytes())["word/styles.xml"])
	if !strings.Contains(sheet, `w:styleId="Heading1"`) || !strings.Contains(sheet, `w:styleId="FlowmapTable"`) {
		t.Error("our styles are not there")
	}
}

// Templates of different make: by a word processor, with a Spanish user's own
// names of styles, and by a program that writes documents.
func TestTemplatesOfDifferentMakeAreFilled(t *testing.T) {
	for name, wants := range map[string][]string{
		"libreoffice.docx": {"Quiénes somos", `w:orient="landscape"`, ` TOC \o`},
		"docx-js.docx":     {"Lo que proponemos", "Se recupera en ", `<w:pStyle w:val="Heading1"/>`, `<w:pStyle w:val="Descripcin"/>`},
	} {
		t.Run(name, func(t *testing.T) {
			data, err := os.ReadFile("testdata/templates/" + name)
			if err != nil {
				t.Fatal(err)
			}
			checkFilled(t, data, append(wants, "asvg:svgBlip", `descr="A map of`, "w:tblHeader", " SEQ Tabla "))
		})
	}
}

func checkFilled(t *testing.T, data []byte, wants []string) {
	t.Helper()
	var logo bytes.Buffer
	if err := png.Encode(&logo, image.NewGray(image.Rect(0, 0, 40, 20))); err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := (render.Proposal{Report: exampleReport(t, "tienda", "es"), Template: read(t, data), Logo: logo.Bytes()}).Write(&out); err != nil {
		t.Fatal(err)
	}
	all := parts(t, out.Bytes())
	for name, text := range all {
		if strings.HasSuffix(name, ".xml") || strings.HasSuffix(name, ".rels") {
			wellFormed(t, name, text)
			if bytes.Contains(text, []byte("{{")) {
				t.Errorf("%s has a placeholder left", name)
			}
		}
	}
	for _, want := range wants {
		if !strings.Contains(string(all["word/document.xml"]), want) {
			t.Errorf("the document lacks %s", want)
		}
	}
	if all["word/media/flowmap-logo1.png"] == nil {
		t.Error("the logo is not there")
	}
}

// Between two placeholders whose sections lie, a page that stands would be empty.
func TestNoPageIsTurnedBackBetweenTwoPlaceholders(t *testing.T) {
	wide := report.Picture{ID: "map", Drawing: draw.Drawing{Width: 800, Height: 300}}
	r := report.Report{Meta: report.Meta{Language: "en", Currency: "EUR"}, Sections: []report.Section{{ID: "map", Title: "Map", Blocks: []report.Block{wide}}}}
	turns := func(between string) int {
		text := filled(t, render.Proposal{Report: r, Template: read(t, template(t, `<w:p><w:r><w:t>{{section:map}}</w:t></w:r></w:p>`+between+
			`<w:p><w:r><w:t>{{section:map}}</w:t></w:r></w:p><w:p><w:r><w:t>The end</w:t></w:r></w:p>`, nil))})
		return strings.Count(text, "<w:sectPr")
	}
	if together, apart := turns(""), turns(`<w:p><w:r><w:t>A sentence</w:t></w:r></w:p>`); together != apart-2 {
		t.Errorf("%d sections without a sentence between the placeholders and %d with it, want two fewer", together, apart)
	}
}

func TestEqualReportsGiveEqualDocuments(t *testing.T) {
	r := small()
	var one, two bytes.Buffer
	if err := render.DOCX(&one, r); err != nil {
		t.Fatal(err)
	}
	if err := render.DOCX(&two, r); err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(one.Bytes(), two.Bytes()) {
		t.Error("two documents of one report differ")
	}
}

func TestCSVIsExactAndNoFormula(t *testing.T) {
	r := report.Report{Sections: []report.Section{{ID: "s", Blocks: []report.Block{report.Table{ID: "t",
		Columns: []report.Column{{Key: "a", Label: "=A"}, {Key: "b", Label: "B", Kind: report.Money}, {Key: "h", Hidden: true}},
		Rows: []report.Row{
			{Key: "one", Cells: []report.Cell{report.Words("=cmd|' /C calc'!A0"), report.Known(report.Money, -1.25), report.Words("hidden")}},
			{Key: "two", Cells: []report.Cell{report.Words(" @x"), {Kind: report.Unknown}, report.Words("")}},
		},
	}}}}}
	files, err := render.CSV(r)
	if err != nil || len(files) != 1 || files[0].Name != "t.csv" {
		t.Fatalf("files %v, %v", files, err)
	}
	const want = "id,'=A,B\none,'=cmd|' /C calc'!A0,-1.25\ntwo,' @x,\n"
	if got := string(files[0].Text); got != want {
		t.Errorf("it is %q, want %q", got, want)
	}
}
