package graph_test

import (
	"slices"
	"testing"

	"github.com/flowmap-dev/flowmap/pkg/audit"
	"github.com/flowmap-dev/flowmap/pkg/graph"
)

func TestRecordAndConsumers(t *testing.T) {
	tests := []struct {
		name      string
		lines     []string
		record    string
		reason    graph.Reason
		sources   []string
		consumers []string
	}{
		{"the only originator is the record", []string{"shop>erp order", "erp>wms order"},
			"shop", graph.OnlySource, []string{"shop"}, []string{"erp", "wms"}},
		{"the declared one is, wherever the entity starts", []string{"shop>erp order", "erp>wms order", "order=erp"},
			"erp", graph.Declared, []string{"shop"}, []string{"wms"}},
		{"two originators are none", []string{"shop>erp order", "crm>erp order"},
			"", graph.SeveralSources, []string{"shop", "crm"}, nil},
		{"what goes round starts nowhere", []string{"shop>erp order", "erp>shop order"},
			"", graph.NoSource, nil, nil},
		{"a system that e-mail feeds originates, and is inferred", []string{"email>erp order", "erp>wms order"},
			"erp", graph.OnlySource, []string{"email", "erp"}, []string{"wms"}},
		{"even if it sends to nobody", []string{"phone>crm lead"},
			"crm", graph.OnlySource, []string{"phone", "crm"}, nil},
		{"an outside system is never inferred", []string{"external>email price"},
			"", graph.NoSource, []string{"external"}, nil},
		{"declared, it is inside", []string{"external>email price", "external>erp price", "price=external"},
			"external", graph.Declared, []string{"external"}, []string{"email", "erp"}},
		{"for that entity alone", []string{"external>erp price", "price=external", "external>erp order"},
			"external", graph.Declared, []string{"external"}, []string{"erp"}},
		{"no path passes through e-mail", []string{"erp>email invoice", "email>accounting invoice", "invoice=erp"},
			"erp", graph.Declared, []string{"erp", "accounting"}, []string{"email"}},
		{"paper and spreadsheets hold data", []string{"paper>spreadsheet hours", "spreadsheet>payroll hours"},
			"paper", graph.OnlySource, []string{"paper"}, []string{"spreadsheet", "payroll"}},
		{"a two-way flow counts in both directions", []string{"erp<>crm customer", "crm>shop customer", "customer=erp"},
			"erp", graph.Declared, nil, []string{"crm", "shop"}},
		{"against its drawn direction too", []string{"crm<>erp customer", "crm>shop customer", "customer=erp"},
			"erp", graph.Declared, nil, []string{"crm", "shop"}},
		{"the record is not its own consumer", []string{"erp>crm customer", "crm>erp customer", "customer=erp"},
			"erp", graph.Declared, nil, []string{"crm"}},
		{"other entities' flows do not count", []string{"shop>erp order", "erp>wms stock"},
			"shop", graph.OnlySource, []string{"shop"}, []string{"erp"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			w := landscape(tt.lines...)
			e := graph.New(w).Entities[0]
			if e.Record != tt.record || e.Reason != tt.reason || e.Declared != (tt.reason == graph.Declared) {
				t.Errorf("record %q (%s, declared %t), want %q (%s)", e.Record, e.Reason, e.Declared, tt.record, tt.reason)
			}
			if !slices.Equal(e.Sources, tt.sources) {
				t.Errorf("sources %v, want %v", e.Sources, tt.sources)
			}
			if !slices.Equal(e.Consumers, tt.consumers) {
				t.Errorf("consumers %v, want %v", e.Consumers, tt.consumers)
			}
		})
	}
}

func TestNodes(t *testing.T) {
	m := graph.New(landscape("email>shop order 3h", "shop>erp order 2h", "erp>wms order auto", "order=erp", "external>erp price 1h", "price=external"))
	shop, _ := m.Node("shop")
	if shop.HoursPerWeek != 5 {
		t.Errorf("shop: %v h a week, want the 3 in and the 2 out", shop.HoursPerWeek)
	}
	erp, _ := m.Node("erp")
	if !slices.Equal(erp.Records, []string{"order"}) || !slices.Equal(erp.Consumes, []string{"price"}) {
		t.Errorf("erp records %v and consumes %v, want order and price", erp.Records, erp.Consumes)
	}
	email, _ := m.Node("email")
	external, _ := m.Node("external")
	if !email.Outside || external.Outside || erp.Outside {
		t.Errorf("outside: email %t, external %t, erp %t; want the first alone, since external is the record of price", email.Outside, external.Outside, erp.Outside)
	}
	if _, ok := m.Node("crm"); ok {
		t.Error("a node of a system that is not there")
	}
}

func TestParallelFlowsAreOneLink(t *testing.T) {
	w := landscape("wms", "shop>erp order 2h file", "shop>erp order 3h", "erp>wms order auto", "shop<>erp stock auto")
	w.Flows[0].Errors = []audit.ErrorPoint{{ID: "late"}, {ID: "wrong-sku",
		Rates: audit.Pool{audit.One(12, audit.PerYear, audit.Constant)}, Costs: audit.Pool{audit.One(10, audit.Money, audit.Constant)}}}
	links := graph.New(w).Links
	if len(links) != 2 {
		t.Fatalf("%d links, want 2: %v", len(links), links)
	}
	k := links[0]
	if k.From != "shop" || k.To != "erp" || !slices.Equal(k.Flows, []string{"shop-erp-order", "shop-erp-order-2", "shop-erp-stock"}) {
		t.Errorf("first link %s to %s of %v, want the three of shop to erp", k.From, k.To, k.Flows)
	}
	if !slices.Equal(k.Entities, []string{"order", "stock"}) {
		t.Errorf("entities %v, want each once", k.Entities)
	}
	if k.HoursPerWeek != 5 || !k.HoursStated || k.ErrorPoints != 2 || k.ErrorCostPerYear != 120 {
		t.Errorf("%v h, stated %t, %d points, errors %v; want 5 h, two points, 12 × 10", k.HoursPerWeek, k.HoursStated, k.ErrorPoints, k.ErrorCostPerYear)
	}
	if k.How != audit.Manual || !k.TwoWay {
		t.Errorf("how %s, two-way %t; want manual, since one is typed, and two-way, since one is", k.How, k.TwoWay)
	}
	if k := links[1]; k.How != audit.Automated || k.HoursStated || k.TwoWay {
		t.Errorf("second link: how %s, hours stated %t, two-way %t; want automated without hours", k.How, k.HoursStated, k.TwoWay)
	}
}

func TestALinkIsAsManualAsItsMostManualFlow(t *testing.T) {
	tests := []struct {
		hows []string
		want audit.How
	}{
		{[]string{"auto", "auto"}, audit.Automated},
		{[]string{"auto", "file"}, audit.File},
		{[]string{"file", "auto"}, audit.File},
		{[]string{"1h", "file"}, audit.Manual},
		{[]string{"file", "1h"}, audit.Manual},
	}
	for _, tt := range tests {
		var lines []string
		for _, how := range tt.hows {
			lines = append(lines, "shop>erp order "+how)
		}
		if k := graph.New(landscape(lines...)).Links[0]; k.How != tt.want {
			t.Errorf("%v: %s, want %s", tt.hows, k.How, tt.want)
		}
	}
}

func TestLinksFollowTheOrderOfSystems(t *testing.T) {
	var got []string
	for _, k := range graph.New(landscape("erp", "crm", "shop>erp order", "crm>shop order", "crm>erp order", "erp>shop order")).Links {
		got = append(got, k.From+">"+k.To)
	}
	want := []string{"erp>shop", "crm>erp", "crm>shop", "shop>erp"}
	if !slices.Equal(got, want) {
		t.Errorf("links %v, want %v", got, want)
	}
}

func TestFlowsWithoutAnEntityAreDrawn(t *testing.T) {
	w := landscape("shop>erp order")
	w.Flows[0].Entity = ""
	m := graph.New(w)
	if len(m.Links) != 1 || len(m.Links[0].Entities) != 0 || len(m.Entities[0].Flows) != 0 {
		t.Errorf("links %v, entity %v; want one link that carries no entity", m.Links, m.Entities[0])
	}
}

func TestWhatLoadingWouldRefuseIsLeftOut(t *testing.T) {
	w := landscape("shop>erp order", "erp>wms order")
	w.Flows[0].To = "shop"
	w.Flows[1].To = "whm"
	m := graph.New(w)
	if len(m.Links) != 0 || len(m.Entities[0].Flows) != 0 {
		t.Errorf("links %v, flows %v; want none", m.Links, m.Entities[0].Flows)
	}
}

func TestAnEmptyWorkspaceHasAnEmptyMap(t *testing.T) {
	m := graph.New(audit.Workspace{})
	if len(m.Nodes)+len(m.Links)+len(m.Entities)+len(m.Findings) != 0 {
		t.Errorf("map of nothing: %+v", m)
	}
	if record, ok := m.Record("order"); ok {
		t.Errorf("record %q of an entity that is not there", record)
	}
}

func TestALinkCountsItsFlowsWithoutHours(t *testing.T) {
	links := graph.New(landscape("shop>erp order 3h", "shop>erp stock 0h", "shop>erp price auto", "erp>wms order 2h")).Links
	if k := links[0]; k.NotStated != 1 || !k.HoursStated || k.HoursPerWeek != 3 {
		t.Errorf("%d flows without hours beside %v h, want one beside 3 h: an automated flow has none to state", k.NotStated, k.HoursPerWeek)
	}
	if k := links[1]; k.NotStated != 0 {
		t.Errorf("%d flows without hours, want none", k.NotStated)
	}
}
