//go:build e2e

package e2etest

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// lit is what the page's map shows by class: systems by id, links as from>to.
type lit struct{ Near, Far, NearLinks, FarLinks, Away []string }

const litNow = `(() => {
	const named = (selector, name) => [...document.querySelectorAll(".drawing svg " + selector)].map(name).sort();
	const node = (e) => e.dataset.id, edge = (e) => e.dataset.from + ">" + e.dataset.to;
	return { near: named(".node.near", node), far: named(".node.far", node), nearLinks: named(".edge.near", edge), farLinks: named(".edge.far", edge), away: named(".edge.away", edge) };
})()`

// hangsOn is what should be lit for a system, from the links alone.
func hangsOn(links []struct{ From, To string }, id string) lit {
	far := map[string]int{id: 0}
	for queue := []string{id}; len(queue) > 0; queue = queue[1:] {
		for _, l := range links {
			if _, seen := far[l.To]; l.From == queue[0] && !seen {
				far[l.To] = far[l.From] + 1
				queue = append(queue, l.To)
			}
		}
	}
	var want lit
	for at, distance := range far {
		if distance > 1 && !slices.ContainsFunc(links, func(l struct{ From, To string }) bool { return l.From == at && l.To == id }) {
			want.Far = append(want.Far, at)
		} else {
			want.Near = append(want.Near, at)
		}
	}
	for _, l := range links {
		_, on := far[l.From]
		switch {
		case l.From == id || l.To == id:
			want.NearLinks = append(want.NearLinks, l.From+">"+l.To)
			if _, reached := far[l.From]; !reached && !slices.Contains(want.Near, l.From) {
				want.Near = append(want.Near, l.From)
			}
		case on:
			want.FarLinks = append(want.FarLinks, l.From+">"+l.To)
		}
	}
	for _, list := range []*[]string{&want.Near, &want.Far, &want.NearLinks, &want.FarLinks} {
		slices.Sort(*list)
	}
	return want
}

func (l lit) String() string {
	return fmt.Sprintf("near %v %v, far %v %v", l.Near, l.NearLinks, l.Far, l.FarLinks)
}

// A system that one points at lights up what hangs on it, and nothing else; the mouse
// away, and nothing is lit.
func TestPointingAtASystemLightsUpWhatHangsOnIt(t *testing.T) {
	for _, name := range examples {
		workspace := example(t, name)
		all := decoded[mapJSON](t, "map", workspace, "--json")
		page := open(t, filepath.Join(reported(t, workspace), "report.html"), 1280, 800)
		for _, s := range all.Systems {
			node := fmt.Sprintf(`document.querySelector('.drawing svg .node[data-id=%q]')`, s.ID)
			evaluated[chromedp.Void](t, page, node+`.dispatchEvent(new PointerEvent("pointerenter"))`)
			if got, want := evaluated[lit](t, page, litNow).String(), hangsOn(all.Links, s.ID).String(); got != want {
				t.Errorf("%s, %s:\nthe page has %s\nwant         %s", name, s.ID, got, want)
			}
			evaluated[chromedp.Void](t, page, node+`.dispatchEvent(new PointerEvent("pointerleave"))`)
			if got := evaluated[lit](t, page, litNow).String(); got != (lit{}).String() {
				t.Errorf("%s, after %s: still %s", name, s.ID, got)
			}
		}
		// By keyboard, too, and kept.
		first := all.Links[0].From
		evaluated[chromedp.Void](t, page, fmt.Sprintf(`(() => {
			const node = document.querySelector('.drawing svg .node[data-id=%q]');
			node.focus();
			node.dispatchEvent(new KeyboardEvent("keydown", {key: "Enter", bubbles: true}));
			node.blur();
		})()`, first))
		if got, want := evaluated[lit](t, page, litNow).String(), hangsOn(all.Links, first).String(); got != want {
			t.Errorf("%s, %s is kept:\nthe page has %s\nwant         %s", name, first, got, want)
		}
		page.screenshot(t, name+"-lit.png")
		page.staysQuiet(t)
	}
}

// rowsShown are the rows of a table that a reader sees, with their text, and those
// that there are.
type rowsShown struct {
	Seen []string // keys
	All  []struct{ Key, Text string }
	Says string
}

// A filter leaves the rows that hold what was typed, with or without accents and
// capitals, and says how many; that of the links leaves those links on the map.
func TestAFilterHidesWhatItSays(t *testing.T) {
	workspace := example(t, "distribuidora")
	page := open(t, filepath.Join(reported(t, workspace), "report.html"), 1280, 800)
	filtered := evaluated[[]string](t, page, `[...document.querySelectorAll("label.filter")].map((l) => l.nextElementSibling.querySelector("table").dataset.table)`)
	if !slices.Contains(filtered, "links") || len(filtered) < 4 {
		t.Fatalf("filters are above %v", filtered)
	}
	for _, table := range filtered {
		for _, typed := range []string{"ERP", "excel", "TELEFONO", "nobody-types-this", ""} {
			got := evaluated[rowsShown](t, page, fmt.Sprintf(`(() => {
				const table = document.querySelector('table[data-table=%q]'), label = table.parentNode.previousElementSibling;
				label.querySelector("input").value = %q;
				label.querySelector("input").dispatchEvent(new Event("input"));
				const rows = [...table.tBodies[0].rows].filter((tr) => !tr.classList.contains("out"));
				return { seen: rows.filter((tr) => tr.offsetParent).map((tr) => tr.dataset.key), all: rows.map((tr) => ({ key: tr.dataset.key, text: tr.textContent })), says: label.querySelector("output").value };
			})()`, table, typed))
			var want []string
			for _, row := range got.All {
				if strings.Contains(withoutAccents(row.Text), withoutAccents(typed)) {
					want = append(want, row.Key)
				}
			}
			if !slices.Equal(got.Seen, want) {
				t.Errorf("%s with %q: the page shows %v, want %v", table, typed, got.Seen, want)
			}
			if says := fmt.Sprintf("%d de %d", len(want), len(got.All)); typed != "" && !strings.Contains(got.Says, says) {
				t.Errorf("%s with %q: the page says %q, want %q", table, typed, got.Says, says)
			}
			if table == "links" {
				awayAre(t, page, got)
			}
		}
	}
	page.staysQuiet(t)
}

// awayAre fails where a link is away on the map that the table shows, or stays that
// it hides.
func awayAre(t *testing.T, page *tab, rows rowsShown) {
	t.Helper()
	var want []string
	for _, row := range rows.All {
		if !slices.Contains(rows.Seen, row.Key) {
			want = append(want, row.Key)
		}
	}
	slices.Sort(want)
	if got := evaluated[lit](t, page, litNow).Away; !slices.Equal(got, want) {
		t.Errorf("away on the map are %v, hidden in the table %v", got, want)
	}
}

var accents = strings.NewReplacer("á", "a", "é", "e", "í", "i", "ó", "o", "ú", "u", "ü", "u", "ñ", "n")

func withoutAccents(s string) string { return accents.Replace(strings.ToLower(s)) }

// Right-aligned headings end where the figures below them do, sorted or not.
func TestHeadingsEndWhereTheirFiguresEnd(t *testing.T) {
	for _, width := range []int64{360, 1280} {
		page := open(t, filepath.Join(reported(t, example(t, "distribuidora")), "report.html"), width, 800)
		for _, off := range evaluated[[]string](t, page, `[...document.querySelectorAll("thead th.right")].flatMap((th) => {
			const table = th.closest("table"), cell = [...table.tBodies[0].rows].find((tr) => tr.offsetParent)?.cells[th.cellIndex];
			const edge = (e) => { const range = document.createRange(); range.selectNodeContents(e); return Math.max(...[...range.getClientRects()].map((r) => r.right)); };
			const off = cell && !cell.querySelector("svg") && cell.innerText ? Math.abs(edge(th) - edge(cell.querySelector("bdi"))) : 0;
			return off > 2 ? [table.dataset.table + ", " + th.textContent + ": " + off.toFixed(1) + " px"] : [];
		})`) {
			t.Errorf("at %d px: %s", width, off)
		}
	}
}
