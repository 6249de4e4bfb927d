package render_test

import (
	"archive/zip"
	"bytes"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/flowmap-dev/flowmap/pkg/render"
	"github.com/flowmap-dev/flowmap/pkg/render/opc"
)

// Whatever a firm's template holds, it is refused, or checked and filled: then
// every part can be read again.
func FuzzTemplate(f *testing.F) {
	var starter bytes.Buffer
	if err := render.StarterTemplate(&starter, "en", namesForTest()); err != nil {
		f.Fatal(err)
	}
	blank := parts(f, starter.Bytes())
	const document, styles, relations, types = "word/document.xml", "word/styles.xml", "word/_rels/document.xml.rels", "[Content_Types].xml"
	f.Add(blank[document], blank[styles], blank[relations], blank[types])
	const words = `xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"`
	f.Add([]byte(`<w:document `+words+`><w:body><w:p><w:r><w:t>{{sec</w:t></w:r><w:r><w:t>tion:summary}}</w:t></w:r></w:p><w:sectPr/></w:body></w:document>`),
		[]byte(`<w:styles `+words+`><w:style w:type="paragraph" w:styleId="h"><w:name w:val="heading 1"/><w:basedOn w:val="h"/></w:style></w:styles>`), blank[relations], blank[types])
	f.Add([]byte(`<w:document `+words+`><w:body><w:tbl><w:tr><w:tc><w:p><w:r><w:t>{{all}} {{client}} {{table:ranking}} {{</w:t></w:r></w:p></w:tc></w:tr></w:tbl></w:body></w:document>`),
		[]byte(`<w:styles/>`), []byte(`<Relationships><Relationship Id="r" Type="x/header" Target="../document.xml"/></Relationships>`), blank[types])
	f.Fuzz(func(t *testing.T, text, sheet, rels, kinds []byte) {
		all := maps.Clone(blank)
		all[document], all[styles], all[relations], all[types] = text, sheet, rels, kinds
		checkTemplate(t, zipped(t, all))
	})
}

// zipped writes parts as one file.
func zipped(t *testing.T, all map[string][]byte) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, name := range slices.Sorted(maps.Keys(all)) {
		part, err := z.Create(name)
		if err == nil {
			_, err = part.Write(all[name])
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// A firm's presentation is refused, or slides are made of it that can be read
// again.
func FuzzSlideTemplate(f *testing.F) {
	var starter bytes.Buffer
	if err := render.StarterSlides(&starter, "en"); err != nil {
		f.Fatal(err)
	}
	blank := parts(f, starter.Bytes())
	const main, master, layout, relations = "ppt/presentation.xml", "ppt/slideMasters/slideMaster1.xml", "ppt/slideLayouts/slideLayout2.xml", "ppt/slideMasters/_rels/slideMaster1.xml.rels"
	for _, name := range []string{main, master, layout, relations} {
		if blank[name] == nil {
			f.Fatalf("the starter has no part %s, but %v", name, slices.Sorted(maps.Keys(blank)))
		}
	}
	f.Add(blank[main], blank[master], blank[layout], blank[relations])
	f.Add(bytes.Replace(blank[main], []byte(`cx="`), []byte(`cx="-9`), 1), []byte(`<p:sldMaster/>`), bytes.ReplaceAll(blank[layout], []byte(`type="`), []byte(`type="x`)), []byte(`<Relationships/>`))
	f.Fuzz(func(t *testing.T, presentation, look, place, rels []byte) {
		all := maps.Clone(blank)
		all[main], all[master], all[layout], all[relations] = presentation, look, place, rels
		tmpl, err := render.ReadSlideTemplate(zipped(t, all))
		if err != nil {
			if err.Error() == "" {
				t.Error("refused without a word")
			}
			return
		}
		var out bytes.Buffer
		if err := (render.Deck{Report: small(), Template: tmpl}).Write(&out); err != nil {
			return
		}
		made, err := opc.Open(out.Bytes())
		if err != nil {
			t.Fatalf("what was made of it cannot be read: %v", err)
		}
		for _, name := range made.Names() {
			content, _ := made.Part(name)
			if _, err := opc.Parse(content); err != nil && strings.HasSuffix(name, ".xml") {
				t.Fatalf("%s of what was made of it: %v", name, err)
			}
		}
	})
}

// FuzzTemplateFile takes the file as bytes.
func FuzzTemplateFile(f *testing.F) {
	var starter bytes.Buffer
	if err := render.StarterTemplate(&starter, "es", namesForTest()); err != nil {
		f.Fatal(err)
	}
	f.Add(starter.Bytes())
	f.Add([]byte("PK\x03\x04"))
	f.Add([]byte{0xd0, 0xcf, 0x11, 0xe0})
	f.Fuzz(checkTemplate)
}

func checkTemplate(t *testing.T, data []byte) {
	tmpl, err := render.ReadTemplate(data)
	if err != nil {
		if err.Error() == "" {
			t.Error("refused without a word")
		}
		return
	}
	if _, err := tmpl.Check(namesForTest()); err != nil {
		return
	}
	var out bytes.Buffer
	if err := (render.Proposal{Report: small(), Template: tmpl}).Write(&out); err != nil {
		return
	}
	again, err := opc.Open(out.Bytes())
	if err != nil {
		t.Fatalf("what was made of it cannot be read: %v", err)
	}
	text, _ := again.Related("", "officeDocument")
	content, _ := again.Part(text)
	if _, err := opc.Parse(content); err != nil {
		t.Fatalf("the text of what was made of it: %v", err)
	}
}
