package diagram

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/flowmap-dev/flowmap/pkg/audit"
	"github.com/flowmap-dev/flowmap/pkg/draw"
	"github.com/flowmap-dev/flowmap/pkg/graph"
)

func find(t *testing.T, v View, from, to string) (Link, Row) {
	t.Helper()
	i := slices.IndexFunc(v.Links, func(l Link) bool { return l.From == from && l.To == to })
	if i < 0 {
		t.Fatalf("no link from %q to %q", from, to)
	}
	return v.Links[i], v.Table.Rows[i]
}

func TestAViewSaysWhatTheMapHolds(t *testing.T) {
	_, v := flows(t, workspace(t, shop), Options{})
	if v.Title != "Data flow map" || v.Client != "Harbour & Pine" || v.Date != "20 November 2026" || v.Brand != "Quayside" {
		t.Errorf("headed %q, %q, %q, %q", v.Title, v.Client, v.Date, v.Brand)
	}
	if v.Accent != draw.RGB(0x1d4e89) {
		t.Errorf("accent %v, want the brand's #1d4e89", v.Accent)
	}
	var figures []string
	for _, f := range v.Figures {
		figures = append(figures, f.Value+" "+f.Label)
	}
	// 6 + 2 + 2 + 0.5 hours; one flow is not stated and counts nothing.
	want := []string{"10.5\u00a0h by hand each week", "4 systems", "6 flows", "1 error point"}
	if !slices.Equal(figures, want) {
		t.Errorf("figures %q, want %q", figures, want)
	}
	erp := v.Nodes[1]
	if erp.Name != "Sage 50" || erp.Sort != "ERP" || !slices.Equal(erp.Records, []string{"Sales order"}) || erp.Outside {
		t.Errorf("the ERP is %+v", erp)
	}
	if want := "erp\nSage 50 (ERP)\nSystem of record for: Sales order\n10.0\u00a0h a week by hand"; erp.Title != want {
		t.Errorf("tip of the ERP %q, want %q", erp.Title, want)
	}
	if !v.Nodes[2].Outside {
		t.Error("the inbox is not outside")
	}
}

func TestALinkSaysWhatItsFlowsCarry(t *testing.T) {
	_, v := flows(t, workspace(t, shop), Options{})
	l, r := find(t, v, "shop", "erp")
	if !slices.Equal(l.What, []string{"Sales order", "New customers"}) || l.Often != "2 flows" || l.Amount != "8.0\u00a0h" || l.Errors != 1 {
		t.Errorf("two flows together: %+v", l)
	}
	if r.From != "PrestaShop" || r.To != "Sage 50" || r.What != "Sales order, New customers" || r.Flows != 2 || r.Hours != 8 || !r.HoursStated || r.Errors != 1 {
		t.Errorf("their row: %+v", r)
	}
	if r.Who != "Clerk (Maria), Clerk" || !strings.Contains(r.Often, ", ") {
		t.Errorf("who %q and how often %q", r.Who, r.Often)
	}
	// 3 a week in 46 weeks, 20 minutes each at the default hourly cost.
	if cost := 3 * 46.0 / 3 * workspace(t, shop).Assumptions.HourlyCost.Mean(); r.ErrorCost < cost-0.01 || r.ErrorCost > cost+0.01 {
		t.Errorf("errors cost %v a year, want %v", r.ErrorCost, cost)
	}
	for _, want := range []string{"shop → erp: web-orders, web-customers\n", "Sales order, New customers", "8.0\u00a0h", "Done by: Clerk (Maria), Clerk", "1 error point, €"} {
		if !strings.Contains(l.Title, want) {
			t.Errorf("the tip %q lacks %q", l.Title, want)
		}
	}
	l, _ = find(t, v, "erp", "shop")
	if l.How != audit.Automated || l.Amount != "" {
		t.Errorf("an automated link: %+v", l)
	}
	l, r = find(t, v, "mail", "sheet")
	if l.Amount != "? h" || r.HoursStated || r.Who != "" || r.Often != "" {
		t.Errorf("a link of which nothing is stated: %+v, %+v", l, r)
	}
}

// explained are the words of a view's legend by what they stand beside.
func explained(v View) map[Sample]string {
	out := map[Sample]string{}
	for _, e := range v.Legend {
		out[e.Sample] += e.Words + ";"
	}
	return out
}

func TestTheLegendExplainsWhatIsUsedAndNothingElse(t *testing.T) {
	_, v := flows(t, workspace(t, shop), Options{})
	g := explained(v)
	for _, s := range []Sample{SampleManual, SampleFile, SampleAutomated, SampleWidth, SampleRecord, SampleErrors, SampleOutside, SampleSheet, SampleWords} {
		if g[s] == "" || strings.Contains(g[s], "‹") {
			t.Errorf("%s: %q", s, g[s])
		}
	}
	if len(g) != 9 || g[SampleWords] != "? h: hours not stated;" {
		t.Errorf("%q explains what is not used", g)
	}
	_, v = flows(t, workspace(t, `version: 1
language: en
systems: [{id: a, kind: erp}, {id: b, kind: crm}]
flows: [{id: x, from: a, to: b, effort: {hours_per_week: 1}}]
`), Options{})
	if g := explained(v); len(g) != 2 || g[SampleManual] == "" || g[SampleWidth] == "" {
		t.Errorf("%q, want manual and width alone", g)
	}
	if v.Date != "" || v.Accent != (draw.Colour{}) {
		t.Errorf("date %q and accent %v out of nowhere", v.Date, v.Accent)
	}
}

func TestEveryWordIsThereInEachLanguage(t *testing.T) {
	w := workspace(t, shop)
	for _, language := range []string{"en", "es"} {
		v, err := Flows(graph.New(w), w, printer(t, language), Options{Top: 3})
		if err != nil {
			t.Fatal(err)
		}
		d, err := v.Drawing()
		if err != nil {
			t.Fatal(err)
		}
		var b strings.Builder
		if err := draw.SVG(&b, d); err != nil {
			t.Fatal(err)
		}
		if i := strings.Index(b.String(), "‹"); i >= 0 {
			t.Errorf("%s: no words for %q", language, b.String()[i:i+30])
		}
		if len(v.Table.Heads) != 10 || slices.ContainsFunc(v.Table.Heads, func(s string) bool { return s == "" || strings.Contains(s, "‹") }) {
			t.Errorf("%s: heads %q", language, v.Table.Heads)
		}
	}
}

func TestOptionsFoldTheLinksWithFewestHours(t *testing.T) {
	w := workspace(t, shop)
	for _, c := range []struct {
		name                 string
		opt                  Options
		links, nodes, folded int
		hours                float64
	}{
		{"all", Options{}, 5, 4, 0, 0},
		{"the two with most hours", Options{Top: 2}, 2, 3, 3, 0.5}, // shop to erp, mail to erp
		{"more than there are", Options{Top: 99}, 5, 4, 0, 0},
		{"at least two hours", Options{MinHours: 2}, 2, 3, 3, 0.5},
		{"both", Options{Top: 1, MinHours: 2}, 1, 2, 4, 2.5},
	} {
		m, v := flows(t, w, c.opt)
		if len(v.Links) != c.links || len(v.Nodes) != c.nodes || v.Others.Links != c.folded || v.Others.Hours != c.hours {
			t.Errorf("%s: %d links, %d systems, %d folded of %v hours, want %d, %d, %d, %v",
				c.name, len(v.Links), len(v.Nodes), v.Others.Links, v.Others.Hours, c.links, c.nodes, c.folded, c.hours)
		}
		if len(v.Links)+v.Others.Links != len(m.Links) || len(v.Table.Rows) != len(v.Links) || len(v.Nodes)+v.Others.Systems != len(m.Nodes) {
			t.Errorf("%s: %d links and %d folded are not the map's %d", c.name, len(v.Links), v.Others.Links, len(m.Links))
		}
		if said := len(v.Others.Lines) > 0; said != (c.folded > 0) || said != v.Others.Any() {
			t.Errorf("%s: the card says %q", c.name, v.Others.Lines)
		}
		if v.Figures[0].Value != "10.5\u00a0h" || v.Figures[2].Value != "6" {
			t.Errorf("%s: the figures are %v, want those of the whole", c.name, v.Figures)
		}
		for i, l := range v.Links {
			if l.Number != i+1 || v.Table.Rows[i].Number != i+1 {
				t.Errorf("%s: link %d has number %d, its row %d", c.name, i+1, l.Number, v.Table.Rows[i].Number)
			}
		}
	}
	_, v := flows(t, w, Options{Top: 2})
	if want := []string{"3 flows · 0.5\u00a0h", "1 system"}; !slices.Equal(v.Others.Lines, want) {
		t.Errorf("the card says %q, want %q", v.Others.Lines, want)
	}
}

func TestAMapTooLargeToDrawIsFolded(t *testing.T) {
	m := graph.Map{}
	for i := range most {
		m.Nodes = append(m.Nodes, graph.Node{System: audit.System{ID: fmt.Sprint("s", i)}})
		if i > 0 {
			m.Links = append(m.Links, graph.Link{From: fmt.Sprint("s", i-1), To: fmt.Sprint("s", i), How: audit.Manual, HoursPerWeek: float64(i)})
		}
	}
	v, err := Flows(m, workspace(t, shop), printer(t, "en"), Options{})
	if err != nil {
		t.Fatal(err)
	}
	// The 120 links with most hours are the last of the chain.
	if len(v.Links) != labelled || len(v.Nodes) != labelled+1 || v.Others.Links != most-1-labelled || v.Links[0].Hours != most-labelled {
		t.Errorf("%d links from %v hours, %d systems, %d folded", len(v.Links), v.Links[0].Hours, len(v.Nodes), v.Others.Links)
	}
	m.Links = nil
	for i := range most {
		m.Nodes = append(m.Nodes, graph.Node{System: audit.System{ID: fmt.Sprint("alone", i)}})
	}
	if v, err = Flows(m, workspace(t, shop), printer(t, "en"), Options{}); err != nil || len(v.Nodes)+v.Others.Systems != 2*most || len(v.Nodes) > most {
		t.Errorf("of %d systems without links %d are drawn and %d folded: %v", 2*most, len(v.Nodes), v.Others.Systems, err)
	}
}

func TestAMapThatDoesNotHangTogetherIsAnError(t *testing.T) {
	w := workspace(t, shop)
	p := printer(t, "en")
	for name, spoil := range map[string]func(*graph.Map){
		"a link to nowhere": func(m *graph.Map) { m.Links[0].To = "nowhere" },
		"a link to itself":  func(m *graph.Map) { m.Links[0].To = m.Links[0].From },
		"a system twice":    func(m *graph.Map) { m.Nodes = append(m.Nodes, m.Nodes[0]) },
		"no system":         func(m *graph.Map) { m.Nodes, m.Links = nil, nil },
	} {
		m := graph.New(w)
		spoil(&m)
		if _, err := Flows(m, w, p, Options{}); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}

func TestHoursOfALinkDoNotPassForAllWhereOneFlowStatesNone(t *testing.T) {
	_, v := flows(t, workspace(t, `version: 1
systems: [{id: shop}, {id: erp}]
flows:
  - {id: orders, from: shop, to: erp, effort: {hours_per_week: 3}}
  - {id: returns, from: shop, to: erp}
`), Options{})
	if l, _ := find(t, v, "shop", "erp"); l.Amount != "3.0\u00a0h + ?" {
		t.Errorf("%q, want 3.0 h and something unknown", l.Amount)
	}
	if explained(v)[SampleWords] == "" {
		t.Error("the legend does not explain the question mark")
	}
}
