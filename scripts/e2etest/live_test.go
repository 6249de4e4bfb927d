//go:build e2e

package e2etest

import (
	"bytes"
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"

	"github.com/flowmap-dev/flowmap/pkg/advise"
	"github.com/flowmap-dev/flowmap/pkg/audit"
	"github.com/flowmap-dev/flowmap/pkg/catalogue"
	"github.com/flowmap-dev/flowmap/pkg/graph"
	"github.com/flowmap-dev/flowmap/pkg/lang"
	"github.com/flowmap-dev/flowmap/pkg/render"
	"github.com/flowmap-dev/flowmap/pkg/report"
	"github.com/flowmap-dev/flowmap/pkg/roi"
	"github.com/flowmap-dev/flowmap/pkg/roi/portfolio"
)

// modelOf is the report of an example as a page shows it, as a value.
func modelOf(t *testing.T, name, language string) report.Report {
	t.Helper()
	w, err := audit.Load(filepath.Join("..", "..", "examples", name))
	if err != nil {
		t.Fatal(err)
	}
	c, err := catalogue.Load()
	if err != nil {
		t.Fatal(err)
	}
	p, err := lang.New(language)
	if err != nil {
		t.Fatal(err)
	}
	m := graph.New(w)
	ranking := roi.Rank(w, func(f audit.Flow) []advise.Candidate { return advise.Candidates(w, m, c, f) }, roi.ByPayback)
	a := advise.New(w, m, c)
	plan, err := portfolio.Propose(t.Context(), w, func(f audit.Flow) ([]advise.Candidate, [][]advise.TierFee) {
		candidates := a.Candidates(f)
		return candidates, a.Tiers(f, candidates)
	}, portfolio.Wishes{}, portfolio.Effort{Nodes: 3000, Curve: true})
	if err != nil {
		t.Fatal(err)
	}
	r, err := report.Build(report.Input{Words: p, Base: report.Run{Workspace: w, Catalogue: c, Map: m, Ranking: ranking, Findings: w.Findings,
		Plan: &report.Plan{Proposal: plan, Roadmap: plan.Plan(w, 20)}}})
	if err != nil {
		t.Fatal(err)
	}
	if r, err = r.Page(); err != nil {
		t.Fatal(err)
	}
	return r
}

// pageOf writes a report's page into a file.
func pageOf(t *testing.T, r report.Report, name string) string {
	t.Helper()
	var text bytes.Buffer
	if err := render.HTML(&text, r); err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(file, text.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
	return file
}

// figuresShown lists every figure, bar and chart of a page, with its place.
const figuresShown = `[
	...[...document.querySelectorAll("[data-figures] > div")].map((d) => d.dataset.key + ": " + d.querySelector(".value").textContent),
	...[...document.querySelectorAll("table[data-table] tr[data-key]")].flatMap((tr) => [...tr.cells].map((c, j) =>
		tr.closest("table").dataset.table + "/" + tr.dataset.key + "/" + j + ": " + c.innerText + " " + (c.querySelector("rect")?.getAttribute("width") ?? ""))),
	...[...document.querySelectorAll("svg.plot")].map((svg) => svg.outerHTML),
]`

// unrounded lists what the page's script worked out.
const unrounded = `Object.fromEntries([...document.querySelectorAll("tr[data-key] [data-value]")].map((node) => {
	const tr = node.closest("tr"), table = tr.closest("table");
	const column = table.tHead.rows[0].cells[node.closest("td, th").cellIndex].dataset.col;
	return [table.dataset.table + " " + tr.dataset.key + " " + column, node.dataset.value];
}))`

// Wherever the sliders stand, off every stop too, the page shows what Go works
// out and writes: figures to the cent, charts and bars to the hundredth.
func TestThePageFollowsItsSlidersAsGoDoes(t *testing.T) {
	for i, name := range examples {
		language := []string{"es", "en"}[i]
		random := rand.New(rand.NewPCG(7, uint64(i)))
		for range 3 {
			page := open(t, pageOf(t, modelOf(t, name, language), "page.html"), 1280, 800)
			r := modelOf(t, name, language)
			var moves strings.Builder
			for _, l := range r.Levers {
				x := l.Least + random.Float64()*(l.Most-l.Least)
				if l.Whole {
					x = math.Floor(x)
				}
				if err := l.Set(r, x); err != nil {
					t.Fatal(err)
				}
				fmt.Fprintf(&moves, "document.getElementsByName(%q)[0].value = %s;", l.Key, strconv.FormatFloat(x, 'f', -1, 64))
			}
			if err := report.Calculate(r); err != nil {
				t.Fatal(err)
			}
			evaluated[chromedp.Void](t, page, moves.String()+`document.querySelector("#what-if input").dispatchEvent(new Event("input"))`)
			got := evaluated[[]string](t, page, figuresShown)
			want := evaluated[[]string](t, open(t, pageOf(t, r, "want.html"), 1280, 800), figuresShown)
			if len(got) != len(want) || len(got) < 500 {
				t.Fatalf("%s: %d figures on the page, want %d", name, len(got), len(want))
			}
			slices.Sort(got) // the priorities have been sorted anew
			slices.Sort(want)
			for j := range got {
				if got[j] != want[j] {
					t.Errorf("%s: %s\nthe page shows %.600s\nwant           %.600s", name, moves.String(), got[j], want[j])
				}
			}
			toTheCent(t, r, evaluated[map[string]string](t, page, unrounded))
			page.staysQuiet(t)
			page.screenshot(t, name+"-moved.png")
		}
	}
}

// toTheCent holds the page's own figures to the report's.
func toTheCent(t *testing.T, r report.Report, page map[string]string) {
	t.Helper()
	compared := 0
	for _, s := range r.Sections {
		for _, b := range s.Blocks {
			table, ok := b.(report.Table)
			if !ok {
				continue
			}
			for _, row := range table.Rows {
				for j, c := range row.Cells {
					text, ok := page[table.ID+" "+row.Key+" "+table.Columns[j].Key]
					if !ok {
						continue
					}
					compared++
					got, err := strconv.ParseFloat(text, 64)
					never := c.Never() && math.IsInf(got, 1)
					unknown := c.Kind == report.Unknown && math.IsNaN(got)
					if err != nil || !never && !unknown && !(math.Abs(got-c.Number) <= .005) {
						t.Errorf("%s, %s of %s: the page has %s, want %v", table.ID, table.Columns[j].Key, row.Key, text, c.Number)
					}
				}
			}
		}
	}
	if compared < 300 {
		t.Errorf("only %d figures follow the sliders", compared)
	}
}

// light makes the browser prefer a light or a dark page.
func (p *tab) light(t *testing.T, scheme string) {
	t.Helper()
	p.do(t, chromedp.Func(func(ctx context.Context, target *chromedp.Target) error {
		_, err := cdp.Call(ctx, target, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
			Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}},
		})
		return err
	}))
}

// axe is the source of axe-core, beside the other programs from npm.
func axe(t *testing.T) string {
	t.Helper()
	marked, err := exec.LookPath("marked")
	if err != nil {
		t.Fatal(err)
	}
	source, err := os.ReadFile(filepath.Join(filepath.Dir(marked), "..", "axe-core", "axe.min.js"))
	if err != nil {
		t.Fatal(err)
	}
	return string(source)
}

// axe-core finds nothing serious on the page, on a telephone and on a
// projector, by day and by night, with the sliders open and one of them moved.
func TestThePageIsAccessible(t *testing.T) {
	source := axe(t)
	for _, name := range examples {
		file := filepath.Join(reported(t, example(t, name)), "report.html")
		for _, width := range []int64{360, 1920} {
			for _, scheme := range []string{"light", "dark"} {
				page := open(t, file, width, 900)
				page.light(t, scheme)
				evaluated[chromedp.Void](t, page, `document.querySelector("#what-if details").open = true; document.querySelector(".open")?.click();
					const budget = document.getElementsByName("budget")[0]; budget.value = budget.max / 2; budget.dispatchEvent(new Event("input"))`)
				evaluated[chromedp.Void](t, page, source+";0")
				found, err := chromedp.Run(page.ctx, chromedp.Evaluate[[]string](`axe.run(document, {resultTypes: ["violations"]}).then((r) => r.violations
					.filter((v) => v.impact === "serious" || v.impact === "critical")
					.map((v) => v.id + ": " + v.help + " " + v.nodes.slice(0, 3).map((n) => n.html.slice(0, 200) + " " + n.failureSummary).join(" | ")))`,
					chromedp.EvalAwaitPromise))
				if err != nil {
					t.Fatal(err)
				}
				for _, violation := range found {
					t.Errorf("%s at %d px, %s: %s", name, width, scheme, violation)
				}
				page.screenshot(t, fmt.Sprintf("%s-%d-%s.png", name, width, scheme))
			}
		}
	}
}
