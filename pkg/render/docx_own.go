package render

import (
	"bytes"
	"io"
	"strings"

	"github.com/flowmap-dev/flowmap/pkg/lang"
	"github.com/flowmap-dev/flowmap/pkg/render/opc"
	"github.com/flowmap-dev/flowmap/pkg/report"
)

// StarterTemplate writes a template to begin with: what a proposal looks like
// without one, and notes on what can be changed, which never get into a
// proposal.
func StarterTemplate(w io.Writer, language string, n TemplateNames) error {
	p, err := lang.New(language)
	if err != nil {
		return err
	}
	var notes []string
	for _, key := range []string{"1", "2", "3", "4", "5", "6"} {
		args := lang.Args{}
		if key == "5" {
			args["Sections"] = strings.Join(n.Sections, ", ")
		}
		notes = append(notes, "{{! "+p.Text("proposal.starter."+key, args)+" }}")
	}
	return starter(w, p, brandOf(""), notes)
}

// ownTemplate is the template of proposals that have no other, in the colour of
// a brand.
func ownTemplate(p lang.Printer, accent string) (*Template, error) {
	var b bytes.Buffer
	if err := starter(&b, p, brandOf(accent), nil); err != nil {
		return nil, err
	}
	return ReadTemplate(b.Bytes())
}

const wordPart = "application/vnd.openxmlformats-officedocument.wordprocessingml."

func starter(w io.Writer, p lang.Printer, colours brand, notes []string) error {
	pkg := opc.New()
	const main = "word/document.xml"
	styles, err := ownStyles(colours)
	if err != nil {
		return err
	}
	pkg.Set("word/styles.xml", styles.Bytes(), stylesType)
	pkg.Set("word/settings.xml", []byte(xmlHead+`<w:settings xmlns:w="`+wordSpace+`"><w:zoom w:percent="100"/><w:defaultTabStop w:val="708"/><w:characterSpacingControl w:val="doNotCompress"/>`+
		`<w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat></w:settings>`), wordPart+"settings+xml")
	pkg.Set("word/header1.xml", edge("w:hdr", `<w:p>`+styled(styleHeader)+run("{{title}}", "")+`</w:p>`), wordPart+"header+xml")
	pkg.Set("word/footer1.xml", edge("w:ftr", `<w:p><w:pPr><w:pStyle w:val="Footer"/><w:tabs><w:tab w:val="right" w:pos="9637"/></w:tabs></w:pPr>`+run("{{line}}", "")+`<w:r><w:tab/></w:r>`+
		run(p.Text("proposal.page", nil)+" ", "")+field("PAGE")+run(" "+p.Text("proposal.of", nil)+" ", "")+field("NUMPAGES")+`</w:p>`), wordPart+"footer+xml")
	ids := map[string]string{}
	for _, r := range [][2]string{{"styles", "word/styles.xml"}, {"settings", "word/settings.xml"}, {"header", "word/header1.xml"}, {"footer", "word/footer1.xml"}} {
		if ids[r[0]], err = pkg.Relate(main, r[0], r[1]); err != nil {
			return err
		}
	}
	pkg.Set(main, []byte(xmlHead+`<w:document xmlns:w="`+wordSpace+`" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><w:body>`+
		starterBody(p, notes)+sectionProperties(ids["header"], ids["footer"])+`</w:body></w:document>`), mainType)
	if _, err := pkg.Relate("", "officeDocument", main); err != nil {
		return err
	}
	if err := setProperties(pkg, report.Meta{Language: p.Language()}, p.Text("proposal.title", nil)); err != nil {
		return err
	}
	return pkg.Write(w)
}

const xmlHead = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"

// edge is a header or footer.
func edge(name, content string) []byte {
	return []byte(xmlHead + `<` + name + ` xmlns:w="` + wordSpace + `" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">` + content + `</` + name + `>`)
}

func styled(w wordStyle) string { return `<w:pPr><w:pStyle w:val="` + string(w) + `"/></w:pPr>` }

func field(name string) string {
	return `<w:fldSimple w:instr=" ` + name + ` ">` + run("1", "") + `</w:fldSimple>`
}

// starterBody is the cover, the contents, and all sections.
func starterBody(p lang.Printer, notes []string) string {
	var b strings.Builder
	for _, n := range notes {
		b.WriteString(`<w:p>` + styled(styleNote) + run(n, "") + `</w:p>`)
	}
	b.WriteString(`<w:p>` + run("{{logo}}", "") + `</w:p>`)
	b.WriteString(`<w:p>` + styled(styleTitle) + run("{{title}}", "") + `</w:p>`)
	for _, line := range []string{"{{firm}}", "{{date}}"} {
		b.WriteString(`<w:p>` + styled(styleSubtitle) + run(line, "") + `</w:p>`)
	}
	b.WriteString(`<w:p>` + styled(styleTOCHeading) + run(p.Text("report.contents", nil), "") + `</w:p>`)
	b.WriteString(`<w:p>` + run("{{contents}}", "") + `</w:p>`)
	b.WriteString(`<w:p><w:r><w:br w:type="page"/></w:r></w:p>`)
	b.WriteString(`<w:p>` + run("{{all}}", "") + `</w:p>`)
	return b.String()
}

func sectionProperties(header, footer string) string {
	return `<w:sectPr><w:headerReference w:type="default" r:id="` + header + `"/><w:footerReference w:type="default" r:id="` + footer + `"/>` +
		`<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1417" w:right="1134" w:bottom="1134" w:left="1134" w:header="624" w:footer="567" w:gutter="0"/><w:titlePg/></w:sectPr>`
}
