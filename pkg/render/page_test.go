package render_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"regexp"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"github.com/flowmap-dev/flowmap/pkg/audit"
	"github.com/flowmap-dev/flowmap/pkg/render"
	"github.com/flowmap-dev/flowmap/pkg/report"
)

func page(t testing.TB, r report.Report) string {
	t.Helper()
	var out bytes.Buffer
	if err := render.HTML(&out, r); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// The policy lets a browser use the style sheet and the script by their hashes: a
// byte more or less, and the page is bare.
func TestThePolicyAllowsTheStyleSheetTheScriptAndNothingElse(t *testing.T) {
	text := page(t, exampleReport(t, "tienda", "en"))
	hash := func(element string) string {
		found := regexp.MustCompile(`(?s)<`+element+`>(.*?)</`+element+`>`).FindAllStringSubmatch(text, -1)
		if len(found) != 1 {
			t.Fatalf("%d elements %s", len(found), element)
		}
		sum := sha256.Sum256([]byte(found[0][1]))
		return "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
	}
	want := "default-src 'none'; style-src " + hash("style") + "; script-src " + hash("script") + "; img-src data:; base-uri 'none'; form-action 'none'"
	root, err := html.Parse(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	for n := range root.Descendants() {
		if attribute(n, "http-equiv") == "Content-Security-Policy" {
			if got := attribute(n, "content"); got != want {
				t.Errorf("policy %q, want %q", got, want)
			}
			return
		}
	}
	t.Error("there is no policy")
}

// A page that is sent by e-mail has to stay small.
func TestThePageOfTheExampleIsUnderAMegabyte(t *testing.T) {
	if n := len(page(t, exampleReport(t, "distribuidora", "es"))); n > 900_000 { // and some for the map
		t.Errorf("%d bytes", n)
	}
}

// A manager who gets neither the flows nor their arithmetic moves the same sliders:
// both stand behind the page.
func TestAPageForManagementHasSlidersAndNotTheFlows(t *testing.T) {
	r := exampleReport(t, "tienda", "en")
	sliders := strings.Count(page(t, r), `type="range"`)
	for _, audience := range []report.Audience{report.Management, report.Proposal} {
		text := page(t, r.For(audience))
		if n := strings.Count(text, `type="range"`); n != sliders || n < 4 {
			t.Errorf("%s: %d sliders, the whole page has %d", audience, n, sliders)
		}
		if strings.Contains(text, `<table data-table="flows"`) || strings.Contains(text, `<table data-table="calculation"`) {
			t.Errorf("%s: the flows stand on the page", audience)
		}
	}
}

// Where no flow has hours, there is nothing to move.
func TestAPageWithoutHoursHasNoSliders(t *testing.T) {
	w, err := audit.New([]audit.Source{{Name: "flowmap.yaml", Text: []byte("version: 1\nclient: {name: Acme}\n")}})
	if err != nil {
		t.Fatal(err)
	}
	if text := page(t, reportOf(t, w, "en")); strings.Contains(text, `type="range"`) || strings.Contains(text, `"formulas"`) {
		t.Error("there are sliders on a page whose figures cannot follow")
	}
}

// Headings are not skipped, tables say what their headings head, and every id
// is there once.
func TestAPageCanBeFollowedWithoutSeeingIt(t *testing.T) {
	root, err := html.Parse(strings.NewReader(page(t, exampleReport(t, "distribuidora", "es"))))
	if err != nil {
		t.Fatal(err)
	}
	level, tables := 0, 0
	ids, named := map[string]bool{}, []string{}
	for n := range root.Descendants() {
		if id := attribute(n, "id"); id != "" {
			if ids[id] {
				t.Errorf("id %q stands there twice", id)
			}
			ids[id] = true
		}
		if by := attribute(n, "aria-labelledby"); by != "" {
			named = append(named, by)
		}
		switch n.Data {
		case "h1", "h2", "h3":
			next := int(n.Data[1] - '0')
			if next > level+1 {
				t.Errorf("%s %q follows a heading of level %d", n.Data, textOf(n), level)
			}
			level = next
		case "table":
			tables++
		case "th":
			if scope := attribute(n, "scope"); scope != "col" && scope != "row" {
				t.Errorf("heading %q has the scope %q", textOf(n), scope)
			}
		case "html":
			if n.Type == html.ElementNode && attribute(n, "lang") != "es" {
				t.Errorf("the page's language is %q", attribute(n, "lang"))
			}
		}
	}
	if tables < 12 {
		t.Errorf("%d tables", tables)
	}
	for _, by := range named {
		if !ids[by] {
			t.Errorf("something is named by %q, which is not there", by)
		}
	}
}

// A brand's colour is taken only where it is one, in shades that can be read.
func TestTheBrandsColour(t *testing.T) {
	r := exampleReport(t, "tienda", "en")
	for accent, want := range map[string]string{
		"#0f766e":                  "--brand:#0f766e;",
		"#ffee00":                  "--brand:#807700;", // yellow on white cannot be read
		"red;}</style><script>":    "--brand:#1f5f8b;",
		"":                         "--brand:#1f5f8b;",
		"#12345g":                  "--brand:#1f5f8b;",
		"#000000":                  "--brand:#000000;",
		"url(http://example.com/)": "--brand:#1f5f8b;",
	} {
		r.Meta.Accent = accent
		if text := page(t, r); !strings.Contains(text, want) {
			t.Errorf("%q: no %s in %s", accent, want, text[strings.Index(text, ":root"):][:90])
		}
	}
}

func TestAReportInNoKnownLanguageIsAnError(t *testing.T) {
	for _, f := range formats() {
		if err := f.write(&bytes.Buffer{}, report.Report{Meta: report.Meta{Language: "xx"}}); err == nil {
			t.Errorf("%s: no error", f.name)
		}
	}
}
