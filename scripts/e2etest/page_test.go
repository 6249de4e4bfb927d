//go:build e2e

package e2etest

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	devtools "github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

var examples = []string{"distribuidora", "tienda"}

func TestThePageLoadsNothingAndSaysNoError(t *testing.T) {
	for _, name := range examples {
		t.Run(name, func(t *testing.T) {
			page := open(t, filepath.Join(reported(t, example(t, name)), "report.html"), 1280, 800)
			page.loadsNothing(t)
			page.staysQuiet(t)
		})
	}
}

func TestThePageFitsATelephoneAndADesk(t *testing.T) {
	for _, name := range examples {
		file := filepath.Join(reported(t, example(t, name)), "report.html")
		for _, width := range []int64{360, 1280} {
			t.Run(fmt.Sprintf("%s/%d", name, width), func(t *testing.T) {
				page := open(t, file, width, 800)
				page.screenshot(t, fmt.Sprintf("%d.png", width))
				if wide := evaluated[int64](t, page, `document.documentElement.scrollWidth`); wide > width {
					t.Errorf("the page is %d px wide in a window of %d px; it runs out at %s", wide, width,
						evaluated[string](t, page, widest))
				}
			})
		}
	}
}

// printed is the page as a browser prints it, as text, page by page.
func (p *tab) printed(t *testing.T) []string {
	t.Helper()
	var text []byte
	p.do(t, chromedp.Func(func(ctx context.Context, target *chromedp.Target) error {
		yes := true
		r, err := cdp.Call(ctx, target, devtools.PrintToPDF, devtools.PrintToPDFParams{PreferCSSPageSize: &yes})
		text = r.Data
		return err
	}))
	file := filepath.Join(t.TempDir(), "page.pdf")
	if err := os.WriteFile(file, text, 0o644); err != nil {
		t.Fatal(err)
	}
	keep(t, file)
	return strings.Split(program(t, "pdftotext", "-layout", file, "-"), "\f")
}

// A table that goes on on another sheet of paper has its heads there, too, and what
// only a screen can do is not printed.
func TestThePagePrintsWithTheHeadsOfItsTables(t *testing.T) {
	sheets := open(t, filepath.Join(reported(t, example(t, "distribuidora")), "report.html"), 1280, 800).printed(t)
	first, heads := regexp.MustCompile(`(?m)^ +1 Pedidos por correo`), regexp.MustCompile(`Orden +Flujo`)
	at := slices.IndexFunc(sheets, first.MatchString)
	if at < 0 {
		t.Fatalf("no sheet of %d begins the priorities", len(sheets))
	}
	for _, sheet := range sheets[at : at+2] {
		if !regexp.MustCompile(`(?m)^ +(1|25) P`).MatchString(sheet) || !heads.MatchString(sheet) {
			t.Errorf("a sheet of the priorities has no heads:\n%s", sheet)
		}
	}
	for _, word := range []string{"▴", "▾", "Mostrar solo", "¿Y si"} {
		if i := slices.IndexFunc(sheets, func(sheet string) bool { return strings.Contains(sheet, word) }); i >= 0 {
			t.Errorf("sheet %d has %q", i+1, word)
		}
	}
}

// widest names the element that reaches furthest to the right.
const widest = `(() => {
	let far = document.body, edge = 0;
	for (const e of document.querySelectorAll("body *")) {
		const right = e.getBoundingClientRect().right;
		if (right > edge) { far = e; edge = right; }
	}
	return far.outerHTML.slice(0, 200);
})()`
