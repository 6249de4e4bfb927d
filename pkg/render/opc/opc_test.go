package opc_test

import (
	"archive/zip"
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/flowmap-dev/flowmap/pkg/render/opc"
)

const types = `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/>` +
	`<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>%s</Types>`

func zipped(t *testing.T, parts ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for i := 0; i < len(parts); i += 2 {
		w, err := z.Create(parts[i])
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(parts[i+1])); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func relation(kind, target, mode string) string {
	return `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="` + opc.OfficeRelation + kind +
		`" Target="` + target + `" TargetMode="` + mode + `"/></Relationships>`
}

func TestHarmfulPackagesAreRefused(t *testing.T) {
	plain := fmt.Sprintf(types, "")
	for _, c := range []struct {
		name string
		data []byte
		says string
	}{
		{"text", []byte("hello"), "no zip file"},
		{"an old document", []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), "an old .doc, or protected"},
		{"a zip of something else", zipped(t, "a.txt", "a"), "without [Content_Types].xml"},
		{"a bomb", zipped(t, "[Content_Types].xml", plain, "a.xml", strings.Repeat("0", 65<<20)), "more than 64 MiB"},
		{"many parts", zipped(t, manyParts(2001)...), "2001 parts"},
		{"a name that leads out", zipped(t, "[Content_Types].xml", plain, "../evil.xml", "<a/>"), "leads out of it"},
		{"a part twice", zipped(t, "[Content_Types].xml", plain, "a.xml", "<a/>", "a.xml", "<b/>"), "twice"},
		{"macros", zipped(t, "[Content_Types].xml", plain, "word/vbaProject.bin", "x"), "macros"},
		{"a docm", zipped(t, "[Content_Types].xml", fmt.Sprintf(types, `<Override PartName="/d.xml" ContentType="application/vnd.ms-word.document.macroEnabled.main+xml"/>`), "d.xml", "<a/>"), "macros"},
		{"ActiveX", zipped(t, "[Content_Types].xml", fmt.Sprintf(types, `<Override PartName="/d.xml" ContentType="application/vnd.ms-office.activeX+xml"/>`), "d.xml", "<a/>"), "ActiveX"},
		{"a document type", zipped(t, "[Content_Types].xml", plain, "a.xml", `<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>`), "document type"},
		{"an unknown entity", zipped(t, "[Content_Types].xml", plain, "a.xml", `<a>&b;</a>`), "part a.xml"},
		{"depth", zipped(t, "[Content_Types].xml", plain, "a.xml", strings.Repeat("<a>", 300)+strings.Repeat("</a>", 300)), "deep"},
		{"a template elsewhere", zipped(t, "[Content_Types].xml", plain, "word/_rels/settings.xml.rels", relation("attachedTemplate", "http://example.com/a.dotm", "External")), "leads to http://example.com/a.dotm"},
		{"a picture elsewhere", zipped(t, "[Content_Types].xml", plain, "_rels/.rels", relation("image", `\\server\a.png`, "External")), "embed it"},
		{"a script as link", zipped(t, "[Content_Types].xml", plain, "_rels/.rels", relation("hyperlink", "javascript:alert(1)", "External")), "javascript"},
	} {
		if _, err := opc.Open(c.data); err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: %v, want that it says %q", c.name, err, c.says)
		}
	}
}

func manyParts(n int) []string {
	all := []string{"[Content_Types].xml", fmt.Sprintf(types, "")}
	for i := range n - 1 {
		all = append(all, fmt.Sprintf("%d.txt", i), "")
	}
	return all
}

func TestALinkToAPageIsNoHarm(t *testing.T) {
	if _, err := opc.Open(zipped(t, "[Content_Types].xml", fmt.Sprintf(types, ""), "_rels/.rels", relation("hyperlink", "https://example.com", "External"))); err != nil {
		t.Error(err)
	}
}

func TestWhatIsReadIsWrittenAgain(t *testing.T) {
	const text = `<w:p xmlns:w="urn:w" w:a="&lt;&#34;&amp;"><w:t xml:space="preserve"> a &lt; b </w:t><w:b/></w:p>`
	n, err := opc.Parse([]byte("<?xml version=\"1.0\"?><!-- note -->" + text))
	if err != nil {
		t.Fatal(err)
	}
	if n.String() != text {
		t.Errorf("it is %s, want %s", n, text)
	}
	for _, broken := range []string{"", "<a>", "<a></b>", "</a>", "<a/><"} {
		if _, err := opc.Parse([]byte(broken)); err == nil {
			t.Errorf("%q was read", broken)
		}
	}
}

func TestRelationsAreFoundAgainAndNeverTwice(t *testing.T) {
	p := opc.New()
	p.Set("word/a.png", nil, "")
	one, err := p.Relate("word/document.xml", "image", "word/a.png")
	if err != nil {
		t.Fatal(err)
	}
	again, _ := p.Relate("word/document.xml", "image", "word/a.png")
	other, _ := p.Relate("word/document.xml", "image", "word/b.png")
	if one != again || one == other {
		t.Errorf("relations %s, %s, %s", one, again, other)
	}
	if target, ok := p.Related("word/document.xml", "image"); !ok || target != "word/a.png" {
		t.Errorf("it leads to %q", target)
	}
	if got := opc.Target("word/document.xml", opc.Relation{Target: "../a/b.xml"}); got != "a/b.xml" {
		t.Errorf("the target is %s", got)
	}
}
