package diagram

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/flowmap-dev/flowmap/pkg/audit"
	"github.com/flowmap-dev/flowmap/pkg/draw"
	"github.com/flowmap-dev/flowmap/pkg/graph"
	"github.com/flowmap-dev/flowmap/pkg/lang"
)

// views makes every view of a workspace; the flows that moves names are to be
// integrated.
func views(t testing.TB, w audit.Workspace, language string, o Options, moves Overlay) []View {
	t.Helper()
	m, p := graph.New(w), printer(t, language)
	of := o
	if of.Around == "" && of.Entity == "" {
		of.Around = w.Flows[0].From
	}
	var out []View
	for _, f := range []func() (View, error){
		func() (View, error) { return Flows(m, w, p, o) },
		func() (View, error) { return Records(m, w, p, o) },
		func() (View, error) { return Heat(m, w, p, o) },
		func() (View, error) { return Target(m, w, p, o, moves) },
		func() (View, error) { return Change(m, w, p, o, moves) },
		func() (View, error) { return Impact(m, w, p, of) },
	} {
		v, err := f()
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, v)
	}
	return out
}

// half integrates every other flow by hand.
func half(w audit.Workspace) Overlay {
	var moves Overlay
	patterns := []audit.Pattern{audit.Push, audit.Pull, audit.PubSub, audit.Sync}
	for i, f := range w.Flows {
		if f.ByHand() && i%2 == 0 {
			moves = append(moves, Move{Flow: f.ID, Platform: fmt.Sprint("p", i%3), Name: "Platform", Sort: "no-code",
				Pattern: patterns[i/2%4], Saved: 0.7 * w.Cost(f).HoursPerWeek})
		}
	}
	return moves
}

func TestEveryViewIsDrawnInEachThemeOnEachPageWithWordsForAll(t *testing.T) {
	w := distribuidora(t)
	for i, language := range lang.Languages() {
		for j, v := range views(t, w, language, Options{}, half(w)) {
			// Each theme and each page comes up with each view in one of the languages.
			k := i*2 + j
			look := Look{Fit: append([]Fit{""}, Fit(Fits()[0]), Fit(Fits()[1]), Fit(Fits()[2]))[k%4], Theme: Theme(Themes()[k%4])}
			p, err := v.Plan(look)
			if err != nil {
				t.Fatal(err)
			}
			d, err := p.Drawing()
			if err != nil {
				t.Fatalf("%s %+v: %v", v.Kind, look, err)
			}
			var b strings.Builder
			if err := draw.SVG(&b, d); err != nil {
				t.Fatal(err)
			}
			if i := strings.Index(b.String(), "‹"); i >= 0 {
				t.Errorf("%s in %s: no words for %q", v.Kind, language, b.String()[i:i+30])
			}
			if page := look.page(); look.Fit != "" && (d.Width != page.W || d.Height != page.H) {
				t.Errorf("%s: %v by %v, want %v", v.Kind, d.Width, d.Height, page)
			}
			if got := draw.LeastText(d, d.Width, d.Height); look.Fit != "" && got < least-0.01 {
				t.Errorf("%s on %s: the smallest text is %.2f points, want %v", v.Kind, look.Fit, got, least)
			}
		}
	}
}

// A plan tells other formats where the picture has everything.
func TestAPlanHasAPlaceForEverythingOnThePage(t *testing.T) {
	w := distribuidora(t)
	for _, v := range views(t, w, "en", Options{Top: 12}, half(w)) {
		p, err := v.Plan(Look{})
		if err != nil {
			t.Fatal(err)
		}
		if len(p.Nodes) != len(p.View.Nodes) || len(p.Lines) != len(p.View.Links) || (p.Others.W > 0) != p.View.Others.Any() {
			t.Fatalf("%s: %d boxes for %d nodes, %d lines for %d links", v.Kind, len(p.Nodes), len(p.View.Nodes), len(p.Lines), len(p.View.Links))
		}
		boxes := slices.Clone(p.Nodes)
		for i, l := range p.Lines {
			boxes = append(boxes, l.Label)
			from := p.Nodes[slices.IndexFunc(p.View.Nodes, func(n Node) bool { return n.ID == p.View.Links[i].From })]
			if start := l.Tail[0]; start.X < from.X-1 || start.X > from.X+from.W+1 || start.Y < from.Y-1 || start.Y > from.Y+from.H+1 {
				t.Errorf("%s: link %d starts at %v, off its system %+v", v.Kind, i+1, start, from)
			}
		}
		for _, b := range boxes {
			if b.X < 0 || b.Y < 0 || b.X+b.W > p.Width || b.Y+b.H > p.Height {
				t.Errorf("%s: %+v sticks out of %v by %v", v.Kind, b, p.Width, p.Height)
			}
		}
		for i, a := range boxes {
			for _, b := range boxes[i+1:] {
				if min(a.X+a.W, b.X+b.W)-max(a.X, b.X) > 0.5 && min(a.Y+a.H, b.Y+b.H)-max(a.Y, b.Y) > 0.5 {
					t.Errorf("%s: %+v and %+v overlap", v.Kind, a, b)
				}
			}
		}
	}
}

func TestTheOrderOfFlowsChangesNoByteOfAnyView(t *testing.T) {
	w := workspace(t, shop)
	lines := strings.Split(strings.TrimSpace(shop), "\n")
	first := slices.Index(lines, "flows:") + 1
	slices.Reverse(lines[first:])
	other := workspace(t, strings.Join(lines, "\n"))
	moves := half(w)
	a, b := views(t, w, "en", Options{Around: "shop", Depth: 3}, moves), views(t, other, "en", Options{Around: "shop", Depth: 3}, moves)
	for i := range a {
		var one, two bytes.Buffer
		for v, out := range map[*View]*bytes.Buffer{&a[i]: &one, &b[i]: &two} {
			if err := DOT(out, *v); err != nil {
				t.Fatal(err)
			}
			if err := draw.SVG(out, drawing(t, *v)); err != nil {
				t.Fatal(err)
			}
		}
		if !bytes.Equal(one.Bytes(), two.Bytes()) {
			t.Errorf("%s: the bytes differ", a[i].Kind)
		}
	}
}

func TestFiltersKeepTheRecordsOfTheWhole(t *testing.T) {
	w := workspace(t, shop)
	_, v := flows(t, w, Options{Entity: "order"})
	if len(v.Links) != 2 || len(v.Nodes) != 3 || v.Scope != "Sales order" {
		t.Errorf("%d links, %d systems, scope %q", len(v.Links), len(v.Nodes), v.Scope)
	}
	// Of shop to erp, the flow of customers is another entity's: 6 + 2 hours.
	if v.Figures[0].Value != "8.0\u00a0h" {
		t.Errorf("%v, want 8 hours", v.Figures[0])
	}
	if n := v.node("erp"); !slices.Equal(n.Records, []string{"Sales order"}) || n.Hours != 8 {
		t.Errorf("%+v", n)
	}
	_, v = flows(t, w, Options{Around: "sheet"})
	if len(v.Links) != 2 || len(v.Nodes) != 3 { // mail → sheet → shop
		t.Errorf("around the price list: %d links, %d systems", len(v.Links), len(v.Nodes))
	}
	_, v = flows(t, w, Options{Around: "sheet", Depth: 2})
	if len(v.Links) != 5 {
		t.Errorf("two steps around the price list: %d links", len(v.Links))
	}
}

func TestWhatFiltersNameMustBeThereAndLeaveSomething(t *testing.T) {
	w := workspace(t, shop)
	for _, c := range []struct {
		o    Options
		want string
	}{
		{Options{Entity: "odrer"}, `there is no entity "odrer"`},
		{Options{Around: "sap"}, `there is no system "sap"`},
		{Options{Department: "sales"}, `there is no department "sales"`},
		{Options{MinHours: 99}, "no flow is left of --min-hours 99"},
		{Options{Entity: "price", Around: "erp"}, "no flow is left of --entity price --around erp"},
	} {
		_, err := Flows(graph.New(w), w, printer(t, "en"), c.o)
		if err == nil || err.Error() != c.want {
			t.Errorf("%+v: %v, want %s", c.o, err, c.want)
		}
		var unknown *UnknownError
		if errors.As(err, &unknown) && unknown.What == "entity" && !slices.Equal(unknown.Known, []string{"order", "price"}) {
			t.Errorf("known are %q", unknown.Known)
		}
	}
}

func TestAViewOfTheTargetGoesOverPlatforms(t *testing.T) {
	w := workspace(t, shop)
	moves := Overlay{
		{Flow: "web-orders", Platform: "n8n", Name: "n8n", Sort: "open source", Pattern: audit.Push, Saved: 4},
		{Flow: "mail-orders", Platform: "n8n", Name: "n8n", Sort: "open source", Pattern: audit.Push, Saved: 1},
	}
	v, err := Target(graph.New(w), w, printer(t, "en"), Options{}, moves)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, l := range v.Links {
		got = append(got, fmt.Sprintf("%s %s %s %s%s", l.From, l.To, l.How, l.Pattern, l.State))
	}
	want := []string{"shop erp manual ", "erp shop automated ", "mail sheet manual ", "sheet shop file ",
		"shop platform:n8n automated push", "mail platform:n8n automated push", "platform:n8n erp automated push"}
	if !slices.Equal(got, want) {
		t.Errorf("links\n%q, want\n%q", got, want)
	}
	// 10.5 hours today, of which 5 are taken over.
	if v.Figures[0].Value != "5.0\u00a0h" || v.Figures[1].Value != "5.5\u00a0h" || v.Figures[2].Value != "2" || v.Figures[3].Value != "1" {
		t.Errorf("figures %v", v.Figures)
	}
	if n := v.node("platform:n8n"); n == nil || n.Note != "2 flows · −5.0\u00a0h" {
		t.Errorf("the platform is %+v", n)
	}
	change, err := Change(graph.New(w), w, printer(t, "en"), Options{}, moves)
	if err != nil {
		t.Fatal(err)
	}
	states := map[State]int{}
	for _, l := range change.Links {
		states[l.State]++
	}
	if states[Kept] != 4 || states[Gone] != 2 || states[New] != 3 {
		t.Errorf("links by what becomes of them: %v", states)
	}
	for i, f := range v.Figures {
		if change.Figures[i] != f {
			t.Errorf("the change says %v, the target %v", change.Figures[i], f)
		}
	}
	folded, err := Change(graph.New(w), w, printer(t, "en"), Options{Top: 3}, moves)
	if err != nil || !slices.Equal(folded.Figures, v.Figures) {
		t.Errorf("folded, the figures are %v: %v", folded.Figures, err)
	}
}

func TestAViewOfRecordsTellsWaysApart(t *testing.T) {
	w := workspace(t, `version: 1
language: en
systems: [{id: erp, kind: erp}, {id: crm, kind: crm}, {id: shop, kind: ecommerce}]
entities: [{id: customer, name: Customer, record: erp}, {id: note, name: Note}]
flows:
  - {id: down, entity: customer, from: erp, to: crm, every: weekly, volume: 100/month, errors: [{what: Typo, rate: 5%}]}
  - {id: back, entity: customer, from: crm, to: erp}
  - {id: on, entity: customer, from: crm, to: shop}
  - {id: loose-a, entity: note, from: crm, to: shop}
  - {id: loose-b, entity: note, from: erp, to: shop}
  - {id: no-entity, from: erp, to: shop}
`)
	v, err := Records(graph.New(w), w, printer(t, "en"), Options{})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, l := range v.Links {
		got = append(got, fmt.Sprint(l.From, " ", l.To, " ", l.Way))
	}
	want := []string{"erp crm spreads", "crm erp writes", "crm shop copies", "erp shop unruled", "crm shop unruled"}
	if !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
	one, err := Records(graph.New(w), w, printer(t, "en"), Options{Entity: "customer"})
	if err != nil {
		t.Fatal(err)
	}
	if erp, crm := one.node("erp"), one.node("crm"); erp.Part != graph.Record || crm.Part != graph.WritesBack || crm.Note != "up to 7 days old, 5.0% wrong" {
		t.Errorf("the record is %+v, the copy %+v", erp, crm)
	}
}

func TestHeatIsWhatFlowsByHandCost(t *testing.T) {
	w := workspace(t, shop)
	v, err := Heat(graph.New(w), w, printer(t, "en"), Options{})
	if err != nil {
		t.Fatal(err)
	}
	total := 0.0
	for _, f := range w.Flows {
		if c := w.Cost(f); f.ByHand() {
			total += c.LabourPerYear + c.ErrorCostPerYear
		}
	}
	sum := 0.0
	for _, l := range v.Links {
		sum += l.Cost
		if (l.Heat > 0) != (l.Cost > 0) {
			t.Errorf("%s to %s costs %v and has degree %d", l.From, l.To, l.Cost, l.Heat)
		}
	}
	if sum-total > 1e-6 || total-sum > 1e-6 {
		t.Errorf("links cost %v, flows %v", sum, total)
	}
	if l, _ := find(t, v, "shop", "erp"); l.Heat != Hottest {
		t.Errorf("the dearest link has degree %d", l.Heat)
	}
	if v.node("erp").Heat != Hottest || v.node("erp").Note == "" {
		t.Errorf("the ERP is %+v", v.node("erp"))
	}
	for cost, want := range map[float64]int{0: 0, 0.001: 1, 4: 1, 5: 2, 12: 2, 13: 3, 31: 4, 61: 5, 100: 5} {
		if got := degree(cost, 100); got != want {
			t.Errorf("%v of 100 is degree %d, want %d", cost, got, want)
		}
	}
}

func TestImpactStandsInColumnsByDistance(t *testing.T) {
	w := workspace(t, `version: 1
language: en
systems: [{id: c, kind: crm}, {id: a, kind: erp}, {id: b, kind: wms}, {id: d, kind: other}]
entities: [{id: order, name: Order, record: a}]
flows:
  - {id: x, entity: order, from: a, to: b}
  - {id: y, entity: order, from: b, to: c}
  - {id: z, from: c, to: d}
`)
	v, err := Impact(graph.New(w), w, printer(t, "en"), Options{Around: "a"})
	if err != nil {
		t.Fatal(err)
	}
	if got := fmt.Sprint(v.Nodes[0].ID, v.Nodes[0].Step, v.Nodes[1].ID, v.Nodes[1].Step, v.Nodes[2].ID, v.Nodes[2].Step, len(v.Nodes)); got != "c2a0b1 3" {
		t.Errorf("%s, want a at 0, b at 1, c at 2 and no d", got)
	}
	p, err := v.Plan(Look{})
	if err != nil {
		t.Fatal(err)
	}
	if a, b, c := p.Nodes[1].X, p.Nodes[2].X, p.Nodes[0].X; !(a < b && b < c) {
		t.Errorf("columns at %v, %v, %v", a, b, c)
	}
	near, err := Impact(graph.New(w), w, printer(t, "en"), Options{Around: "a", Depth: 1})
	if err != nil || len(near.Links) != 1 {
		t.Errorf("to a depth of 1: %d links, %v", len(near.Links), err)
	}
	if v.Title != "What hangs on a" {
		t.Errorf("title %q", v.Title)
	}
}
