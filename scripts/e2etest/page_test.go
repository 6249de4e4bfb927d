//go:build e2e

package e2etest

import (
	"fmt"
	"path/filepath"
	"testing"
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

// widest names the element that reaches furthest to the right.
const widest = `(() => {
	let far = document.body, edge = 0;
	for (const e of document.querySelectorAll("body *")) {
		const right = e.getBoundingClientRect().right;
		if (right > edge) { far = e; edge = right; }
	}
	return far.outerHTML.slice(0, 200);
})()`
