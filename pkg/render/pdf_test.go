package render_test

import (
	"bytes"
	"compress/zlib"
	"image"
	"image/color"
	"image/gif"
	"image/png"
	"io"
	"regexp"
	"strings"
	"testing"
	"unicode"
	"unicode/utf16"

	"golang.org/x/net/html"

	"github.com/flowmap-dev/flowmap/pkg/lang"
	"github.com/flowmap-dev/flowmap/pkg/render"
	"github.com/flowmap-dev/flowmap/pkg/report"
)

// writePDF writes the plain PDF of a proposal.
func writePDF(w io.Writer, p render.Proposal) error {
	pages, err := p.Pages()
	if err != nil {
		return err
	}
	return pages.WritePDF(w)
}

func writePaper(w io.Writer, r report.Report) error { return render.Proposal{Report: r}.WritePaper(w) }

// readPaper reads the page that a browser prints: its tables stand in the
// report's order, as those of a document do.
func readPaper(t testing.TB, page []byte, r report.Report) found {
	t.Helper()
	root, err := html.Parse(bytes.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	var tables []wordTable
	var prose strings.Builder
	for n := range root.Descendants() {
		switch {
		case n.Type == html.TextNode && n.Parent.Data != "style":
			prose.WriteString(n.Data + " ")
		case n.Data == "table" && n.Type == html.ElementNode:
			tables = append(tables, nil)
		case n.Data == "tr" && n.Type == html.ElementNode:
			tables[len(tables)-1] = append(tables[len(tables)-1], nil)
		case (n.Data == "td" || n.Data == "th") && n.Type == html.ElementNode:
			table := tables[len(tables)-1]
			table[len(table)-1] = append(table[len(table)-1], textOf(n))
		}
	}
	return foundInTables(t, tables, squeezed(prose.String()), r)
}

var (
	pdfStream = regexp.MustCompile(`(?s)/Filter /FlateDecode[^>]*>>\nstream\n(.*?)\nendstream`)
	pdfShown  = regexp.MustCompile(`(?s)\(((?:[^()\\]|\\.)*)\) ?Tj`)
	pdfEscape = regexp.MustCompile(`(?s)\\(.)`)
)

// pdfText is all that a PDF of fpdf shows, in its order and without spaces.
func pdfText(t testing.TB, pdf []byte) string {
	t.Helper()
	var b strings.Builder
	for _, m := range pdfStream.FindAllSubmatch(pdf, -1) {
		z, err := zlib.NewReader(bytes.NewReader(m[1]))
		if err != nil {
			t.Fatal(err)
		}
		content, err := io.ReadAll(z)
		if err != nil {
			t.Fatal(err)
		}
		for _, shown := range pdfShown.FindAllSubmatch(content, -1) {
			b.WriteString(utf16BE(pdfEscape.ReplaceAllFunc(shown[1], unquoted)))
		}
	}
	return b.String()
}

func unquoted(b []byte) []byte {
	if b[1] == 'r' {
		return []byte{'\r'}
	}
	return b[1:]
}

func utf16BE(b []byte) string {
	var units []uint16
	for i := 0; i+1 < len(b); i += 2 {
		units = append(units, uint16(b[i])<<8|uint16(b[i+1]))
	}
	return tight(string(utf16.Decode(units)))
}

// tight is a text without spaces and what shows as nothing.
func tight(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || !unicode.IsPrint(r) {
			return -1
		}
		return r
	}, strings.ReplaceAll(s, "◆", "♦"))
}

// What the page for a browser shows, and the tests of every format hold to the
// report, stands in our own PDF too: every cell, caption and sentence.
func TestThePDFShowsAllThatThePaperShows(t *testing.T) {
	for _, language := range lang.Languages() {
		r := exampleReport(t, "distribuidora", language)
		var page, pdf bytes.Buffer
		if err := writePaper(&page, r); err != nil {
			t.Fatal(err)
		}
		if err := writePDF(&pdf, render.Proposal{Report: r}); err != nil {
			t.Fatal(err)
		}
		shown := pdfText(t, pdf.Bytes())
		root, err := html.Parse(&page)
		if err != nil {
			t.Fatal(err)
		}
		texts := 0
		for n := range root.Descendants() {
			if n.Type != html.ElementNode || !strings.Contains(" h1 h2 h3 p li a th td caption figcaption ", " "+n.Data+" ") {
				continue
			}
			texts++
			if want := tight(textOf(n)); !strings.Contains(shown, want) {
				t.Errorf("%s: the PDF does not show %q", language, textOf(n))
			}
		}
		if texts < 500 {
			t.Errorf("%s: only %d texts were looked for", language, texts)
		}
	}
}

func TestThePDFOfHostileNamesIsWholeAndDoesNothing(t *testing.T) {
	var pdf bytes.Buffer
	if err := writePDF(&pdf, render.Proposal{Report: hostileReport(t)}); err != nil {
		t.Fatal(err)
	}
	for _, action := range []string{"/URI", "/JavaScript", "/JS", "/Launch", "/SubmitForm", "/OpenAction<"} {
		if bytes.Contains(pdf.Bytes(), []byte(action)) {
			t.Errorf("the PDF has %s", action)
		}
	}
	shown := pdfText(t, pdf.Bytes())
	for _, name := range []string{`<script>alert(1)</script>`, `"};digraph`, strings.Repeat("x", 500)} {
		if !strings.Contains(shown, name) {
			t.Errorf("the PDF does not show %q", name)
		}
	}
}

func TestAProposalGivesTheSamePDFTwice(t *testing.T) {
	r := exampleReport(t, "tienda", "es")
	var one, other bytes.Buffer
	for _, b := range []*bytes.Buffer{&one, &other} {
		if err := writePDF(b, render.Proposal{Report: r, Audience: report.Proposal}); err != nil {
			t.Fatal(err)
		}
	}
	if !bytes.Equal(one.Bytes(), other.Bytes()) {
		t.Error("two PDFs of one report differ")
	}
}

// Logos of each kind, and one that claims to be larger than any.
func TestALogoStandsOnTheCoverOfThePDF(t *testing.T) {
	r := exampleReport(t, "tienda", "en")
	size := func(logo []byte) int {
		var b bytes.Buffer
		if err := writePDF(&b, render.Proposal{Report: r, Logo: logo}); err != nil {
			t.Fatal(err)
		}
		return bytes.Count(b.Bytes(), []byte("/Subtype /Image"))
	}
	deep := image.NewNRGBA64(image.Rect(0, 0, 30, 20))
	deep.Set(3, 3, color.NRGBA64{R: 1 << 15, A: 1 << 14})
	var sixteen, animated bytes.Buffer
	if err := png.Encode(&sixteen, deep); err != nil {
		t.Fatal(err)
	}
	if err := gif.Encode(&animated, image.NewPaletted(image.Rect(0, 0, 8, 8), color.Palette{color.Black, color.White}), nil); err != nil {
		t.Fatal(err)
	}
	huge := bytes.Clone(sixteen.Bytes())
	copy(huge[16:24], []byte{0, 1, 0, 0, 0, 1, 0, 0})
	for _, c := range []struct {
		name string
		logo []byte
		want bool
	}{{"PNG of 16 bits", sixteen.Bytes(), true}, {"GIF", animated.Bytes(), true}, {"none", nil, false}, {"65,536 dots wide and high", huge, false}} {
		if got := size(c.logo) > 0; got != c.want {
			t.Errorf("%s: a picture stands on the cover: %v, want %v", c.name, got, c.want)
		}
	}
}
