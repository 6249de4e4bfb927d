package draw

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"strings"
	"testing"
)

// hostile are names that mean something to a format that carries them.
var hostile = []string{
	"", "Sage 50", "a & b", "<script>alert(1)</script>", `"quoted" 'quoted'`, "]]>", "--> <!--", "&amp; &#x26; &lt;",
	`"}; digraph`, `\N \G \L \n`, `=cmd|' /C calc'!A0`, "javascript:alert(1)", "ñ € 漢字 مرحبا 👍", "n\u0303",
	"two\nlines", "tab\tand\rreturn", "null\x00 bell\x07 escape\x1b", "\u0085\u009f", "not \xff UTF-8", "\ufffe \uffff",
	"turned \u202e around", "\u2066isolated\u2069", strings.Repeat("x", 500), "%s %d %!v(MISSING)", "${jndi:ldap://x}", "url(#a)",
}

// parsed is what an XML reader finds: all text, and the values of attributes.
func parsed(t *testing.T, src []byte) (text string, attributes []string, elements map[string]int) {
	t.Helper()
	elements = map[string]int{}
	var b strings.Builder
	d := xml.NewDecoder(bytes.NewReader(src))
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return b.String(), attributes, elements
		}
		if err != nil {
			t.Fatalf("%v in\n%s", err, src)
		}
		switch token := token.(type) {
		case xml.StartElement:
			elements[token.Name.Local]++
			for _, a := range token.Attr {
				attributes = append(attributes, a.Value)
			}
		case xml.CharData:
			b.Write(token)
		}
	}
}

func TestEscapedNamesReadBackAsTheyWere(t *testing.T) {
	for _, s := range hostile {
		checkEscape(t, s)
	}
}

func checkEscape(t *testing.T, s string) {
	t.Helper()
	text, attributes, _ := parsed(t, []byte(`<a b="`+escape(s)+`">`+escape(s)+`</a>`))
	if text != Clean(s) || attributes[0] != Clean(s) {
		t.Errorf("%q: text %q, attribute %q, want %q", s, text, attributes[0], Clean(s))
	}
}

func FuzzEscape(f *testing.F) {
	for _, s := range hostile {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		checkEscape(t, s)
		if again := Clean(Clean(s)); again != Clean(s) {
			t.Errorf("%q: cleaned twice it is %q, once %q", s, again, Clean(s))
		}
	})
}

func TestCleanLeavesWhatPeopleWrite(t *testing.T) {
	for _, c := range []struct{ s, want string }{
		{"ñ € 漢字 مرحبا", "ñ € 漢字 مرحبا"},
		{"a\nb", "a\nb"},
		{"a\tb\rc", "a b c"},
		{"a\x00b\x1bc", "a\ufffdb\ufffdc"},
		{"a\xffb", "a\ufffdb"},
		{"a\u202eb\u2066c\u2069", "abc"},
		{`\N &amp; <b>`, `\N &amp; <b>`},
	} {
		if got := Clean(c.s); got != c.want {
			t.Errorf("%q: %q, want %q", c.s, got, c.want)
		}
	}
}

func TestHostileNamesStayTextInAnSVG(t *testing.T) {
	for _, s := range hostile {
		d := sheet(Group{Class: s, Title: s, Data: []Datum{{s, s}, {"id", s}}, Marks: []Mark{label(s, 9), Text{String: s, Anchor: Anchor(s), Size: 1}}})
		d.Title, d.Description, d.Language = s, s, s
		var b bytes.Buffer
		if err := SVG(&b, d); err != nil {
			t.Fatalf("%q: %v", s, err)
		}
		text, _, elements := parsed(t, b.Bytes())
		if !strings.Contains(text, line(s)) {
			t.Errorf("%q is not in the text %q", s, text)
		}
		for name := range elements {
			if !strings.Contains(" svg title desc g path text ", " "+name+" ") {
				t.Errorf("%q made an element %q", s, name)
			}
		}
	}
}

func TestNumbersHaveTwoDecimalsOnEveryMachine(t *testing.T) {
	for _, c := range []struct {
		x    float64
		want string
	}{
		{0, "0"}, {-0.001, "0"}, {1, "1"}, {1.5, "1.5"}, {10.0 / 3, "3.33"}, {-2.0 / 3, "-0.67"}, {12345.678, "12345.68"},
		{0.125, "0.13"}, {0.125 - 1e-12, "0.13"}, {0.125 + 1e-12, "0.13"}, {-0.125 - 1e-12, "-0.12"}, {-0.125 + 1e-12, "-0.12"},
	} {
		if got := number(c.x); got != c.want {
			t.Errorf("%v: %s, want %s", c.x, got, c.want)
		}
	}
}

func TestSVGIsTheSameAsEver(t *testing.T) {
	d := sheet(Group{Class: "edge", Title: "shop → erp", Data: []Datum{{"from", "shop"}}, Marks: []Mark{
		Shape{Path: Path{}.MoveTo(1.005, -0.001).LineTo(10.0/3, 2).CurveTo(Point{1, 2}, Point{3, 4}, Point{5, 6}).Close(),
			Stroke: Stroke{Colour: ink, Width: 1.25, Dash: []float64{4, 2}, Round: true}},
		Text{At: Point{10, 20}, String: "Order", Size: 9, Bold: true, Colour: ink, Anchor: Middle, Spacing: 0.3},
	}})
	want := `<svg xmlns="http://www.w3.org/2000/svg" width="200pt" height="100pt" viewBox="0 0 200 100" role="img" font-family="Liberation Sans, Arial, Helvetica, sans-serif" lang="en" xml:lang="en">
<title>A sheet</title>
<desc>Of things</desc>
<path d="M0 0L200 0L200 100L0 100Z" fill="#ffffff"/>
<g class="edge" data-from="shop">
<title>shop → erp</title>
<path d="M1.01 0L3.33 2C1 2 3 4 5 6Z" fill="none" stroke="#102030" stroke-width="1.25" stroke-dasharray="4 2" stroke-linecap="round" stroke-linejoin="round"/>
<text x="10" y="20" font-size="9" font-weight="bold" letter-spacing="0.3" text-anchor="middle" fill="#102030">Order</text>
</g>
</svg>
`
	var b bytes.Buffer
	if err := SVG(&b, d); err != nil {
		t.Fatal(err)
	}
	if b.String() != want {
		t.Errorf("got\n%s\nwant\n%s", b.String(), want)
	}
}
