package graph_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/flowmap-dev/flowmap/pkg/audit"
	"github.com/flowmap-dev/flowmap/pkg/graph"
)

// hangs writes an impact one distance a line: 1 erp crm | order | shop-erp-order.
func hangs(m graph.Impact) []string {
	var lines []string
	for _, s := range m.Steps {
		lines = append(lines, strings.Join([]string{
			strings.TrimSpace(fmt.Sprint(s.Distance, " ", strings.Join(s.Systems, " "))),
			strings.Join(s.Entities, " "), strings.Join(s.Flows, " ")}, " | "))
	}
	return lines
}

func TestImpact(t *testing.T) {
	tests := []struct {
		name  string
		lines []string
		of    string
		want  []string
	}{
		{"what goes into a system hangs on it, where it comes from does not",
			[]string{"shop>erp order", "erp>wms order", "order=erp"}, "erp",
			[]string{"0 erp | order | ", "1 wms |  | shop-erp-order erp-wms-order"}},
		{"data is passed on", []string{"shop>erp order", "erp>wms order", "wms>bi order", "order=erp"}, "shop",
			[]string{"0 shop |  | ", "1 erp | order | shop-erp-order", "2 wms |  | erp-wms-order", "3 bi |  | wms-bi-order"}},
		{"other data is not", []string{"shop>erp order", "erp>wms stock", "order=erp"}, "shop",
			[]string{"0 shop |  | ", "1 erp | order | shop-erp-order"}},
		{"nor does it go on through e-mail", []string{"erp>email invoice", "email>books invoice", "invoice=erp"}, "erp",
			[]string{"0 erp | invoice | ", "1 email |  | erp-email-invoice"}},
		{"but from e-mail it does", []string{"email>erp order", "erp>wms order", "order=erp"}, "email",
			[]string{"0 email |  | ", "1 erp | order | email-erp-order", "2 wms |  | erp-wms-order"}},
		{"both ways", []string{"erp<>crm customer", "crm>news customer", "customer=erp"}, "erp",
			[]string{"0 erp | customer | ", "1 crm |  | erp-crm-customer", "2 news |  | crm-news-customer"}},
		{"against the drawn direction", []string{"erp<>crm customer", "crm>news customer", "customer=erp"}, "crm",
			[]string{"0 crm |  | ", "1 erp news | customer | erp-crm-customer crm-news-customer"}},
		{"round a ring, each once", []string{"a>b x", "b>c x", "c>a x"}, "a",
			[]string{"0 a |  | ", "1 b | x | a-b-x c-a-x", "2 c |  | b-c-x"}},
		{"the shorter of two ways", []string{"a>b x", "b>c x", "a>c x", "c>d x"}, "a",
			[]string{"0 a | x | ", "1 b c |  | a-b-x a-c-x", "2 d |  | b-c-x c-d-x"}},
		{"a record that no flow touches", []string{"shop>erp order", "order=legacy"}, "legacy", []string{"0 legacy | order | "}},

		{"an entity: its record, then whatever the direction",
			[]string{"shop>erp order", "erp>wms order", "wms>bi order", "order=erp", "erp>wms stock"}, "#order",
			[]string{"0 erp | order | ", "1 shop wms |  | shop-erp-order erp-wms-order", "2 bi |  | wms-bi-order"}},
		{"without a record from where it starts", []string{"shop>erp order", "crm>erp order", "erp>wms order"}, "#order",
			[]string{"0 shop crm | order | ", "1 erp |  | shop-erp-order crm-erp-order", "2 wms |  | erp-wms-order"}},
		{"through e-mail too, since all of it is the same data",
			[]string{"erp>email invoice", "email>books invoice", "invoice=erp"}, "#invoice",
			[]string{"0 erp | invoice | ", "1 email |  | erp-email-invoice", "2 books |  | email-books-invoice"}},
		{"what is not connected begins at its own start", []string{"erp>shop customer", "crm>news customer", "customer=erp"}, "#customer",
			[]string{"0 erp crm | customer | ", "1 shop news |  | erp-shop-customer crm-news-customer"}},
		{"what goes round begins everywhere", []string{"crm<>erp customer"}, "#customer",
			[]string{"0 crm erp | customer | ", "1 |  | crm-erp-customer"}},
		{"an entity that no flow carries", []string{"#stock"}, "#stock", []string{"0 | stock | "}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := hangs(impact(t, landscape(tt.lines...), tt.of)); !slices.Equal(got, tt.want) {
				t.Errorf("impact of %s\n%q, want\n%q", tt.of, got, tt.want)
			}
		})
	}
}

// impact is that of a system, or of #entity.
func impact(t rapid.TB, w audit.Workspace, of string) graph.Impact {
	t.Helper()
	m, ok := graph.SystemImpact(w, of)
	if id, entity := strings.CutPrefix(of, "#"); entity {
		m, ok = graph.EntityImpact(w, id)
	}
	if !ok {
		t.Fatalf("there is no %s", of)
	}
	return m
}

func TestWhatAnImpactCosts(t *testing.T) {
	// 3 h at distance 1, 2 h at distance 2, at 46 weeks × 22 an hour; 12 errors of
	// 10 each on the first. One flow by hand states no hours.
	w := landscape("shop>erp order 3h", "erp>wms order 2h", "erp>bi order 0h", "erp>crm customer auto", "order=erp")
	w.Flows[0].Errors = []audit.ErrorPoint{{
		Rates: audit.Pool{audit.One(12, audit.PerYear, audit.Constant)}, Costs: audit.Pool{audit.One(10, audit.Money, audit.Constant)}}}
	m := impact(t, w, "shop")
	if m.HoursPerWeek != 5 || m.CostPerYear != 5*46*22+120 || m.NotStated != 1 {
		t.Errorf("%v h, %v a year, %d not stated; want 5, 5060 + 120 and 1", m.HoursPerWeek, m.CostPerYear, m.NotStated)
	}
	if s := m.Steps[1]; s.HoursPerWeek != 3 || s.CostPerYear != 3*46*22+120 || s.NotStated != 0 {
		t.Errorf("distance 1: %v h, %v a year, %d not stated; want 3, 3036 + 120 and none", s.HoursPerWeek, s.CostPerYear, s.NotStated)
	}
}

func TestWhomAnImpactConcerns(t *testing.T) {
	w := landscape("shop>erp order", "erp>wms order", "order=erp")
	w.Flows[0].People, w.Flows[1].People = []string{"Rosa", "Ana"}, []string{"Ana", "Luis"}
	m := impact(t, w, "shop")
	if got := fmt.Sprint(m.Steps[1].People, m.Steps[2].People); got != "[Ana Rosa] [Luis]" {
		t.Errorf("people %s, want each once, where they are first met", got)
	}
}

func TestAFlowWithoutAnEntityGoesNoFurther(t *testing.T) {
	w := landscape("shop>erp order", "erp>wms order")
	w.Flows[0].Entity = ""
	want := []string{"0 shop |  | ", "1 erp |  | shop-erp-order"}
	if got := hangs(impact(t, w, "shop")); !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestImpactOfWhatIsNotThere(t *testing.T) {
	if m, ok := graph.SystemImpact(landscape("a>b x"), "c"); ok {
		t.Errorf("impact of a system that is not there: %v", m)
	}
	if m, ok := graph.EntityImpact(landscape("a>b x"), "y"); ok {
		t.Errorf("impact of an entity that is not there: %v", m)
	}
}
