package draw

import (
	"bytes"
	"strings"
	"testing"
)

func pdfOf(t *testing.T, d Drawing) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := PDF(&b, d); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestEqualDrawingsGiveEqualPDFsWithoutADate(t *testing.T) {
	first := pdfOf(t, sheet())
	if !bytes.Equal(pdfOf(t, sheet()), first) {
		t.Error("the bytes differ")
	}
	if bytes.Contains(first, []byte("(D:")) || bytes.Contains(first, []byte("Date")) {
		t.Error("the file bears a date")
	}
}

func TestPDFHasThePageOfTheDrawingAndItsLanguage(t *testing.T) {
	d := Drawing{Width: 200, Height: 100, Title: "Map", Language: "es", Marks: []Mark{Text{At: Point{10, 20}, String: "Ñandú €", Size: 9}}}
	got := string(pdfOf(t, d))
	for _, want := range []string{"/MediaBox [0 0 200.00 100.00]", "/Lang (es)", "/Producer (flowmap)", "%%EOF"} {
		if !strings.Contains(got, want) {
			t.Errorf("the PDF lacks %q", want)
		}
	}
}

func TestPDFOfHostileTextsIsWhole(t *testing.T) {
	d := Drawing{Width: 500, Height: 500, Title: "a\x00)\\(", Description: "]]>\n(", Language: "e)s("}
	for i, s := range []string{") Tj ET", `\N`, "漢字", "مرحبا", "🚚 van", strings.Repeat("W", 500), "\xff\xfe", "a\u0301"} {
		d.Marks = append(d.Marks, Text{At: Point{10, 20 + 20*float64(i)}, String: s, Size: 9, Anchor: Middle, Spacing: 0.3, Bold: i%2 == 0})
	}
	if got := pdfOf(t, d); !bytes.HasSuffix(bytes.TrimSpace(got), []byte("%%EOF")) || !bytes.Contains(got, []byte("/Lang (es)")) {
		t.Error("the PDF is not whole")
	}
}

func TestATransparentDrawingHasNoGround(t *testing.T) {
	d := Drawing{Width: 20, Height: 10, Transparent: true, Marks: []Mark{Shape{Path: Rect(0, 0, 5, 5, 0), Fill: RGB(0xff0000)}}}
	img := rendered(t, d, 72)
	if _, _, _, a := img.At(15, 8).RGBA(); a != 0 {
		t.Errorf("the ground's opacity is %v, want none", a)
	}
	if !is(img, 2, 2, RGB(0xff0000)) {
		t.Error("the square is not red")
	}
	d.Transparent, d.Ground = false, RGB(0x112233)
	if img := rendered(t, d, 72); !is(img, 15, 8, RGB(0x112233)) {
		t.Errorf("the ground is %v", img.At(15, 8))
	}
}

func TestADocumentHasItsPagesOutlineAndLinks(t *testing.T) {
	page := func(w, h float64) Page { return Page{Drawing: Drawing{Width: w, Height: h, Title: "page"}} }
	d := Document{Title: "two pages", Language: "es", Pages: []Page{page(595, 842), page(842, 595)}, Outline: []Entry{
		{Title: "Introducción", To: Spot{Page: 0}}, {Title: "Detalle", Level: 1, To: Spot{Page: 1, Y: 100}},
	}}
	d.Pages[0].Links = []Link{{At: Point{X: 10, Y: 10}, Width: 100, Height: 12, To: Spot{Page: 1, Y: 100}}}
	var b bytes.Buffer
	if err := d.WritePDF(&b); err != nil {
		t.Fatal(err)
	}
	for want, times := range map[string]int{"/Type /Page\n": 2, "/Type /Outlines": 1, "/Subtype /Link": 1, "/Dest [": 3, "842.00 595.00]": 1} {
		if got := strings.Count(b.String(), want); got != times {
			t.Errorf("%q stands there %d times, want %d", want, got, times)
		}
	}
}

func TestADocumentThatLeadsNowhereIsAnError(t *testing.T) {
	page := Page{Drawing: Drawing{Width: 10, Height: 10}}
	astray := page
	astray.Links = []Link{{To: Spot{Page: 1}}}
	for name, d := range map[string]Document{
		"no pages":            {},
		"a link":              {Pages: []Page{astray}},
		"an entry":            {Pages: []Page{page}, Outline: []Entry{{To: Spot{Page: -1}}}},
		"entries in no order": {Pages: []Page{page, page}, Outline: []Entry{{To: Spot{Page: 1}}, {To: Spot{Page: 0}}}},
	} {
		var b bytes.Buffer
		if err := d.WritePDF(&b); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}
