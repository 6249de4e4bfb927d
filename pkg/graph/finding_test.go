package graph_test

import (
	"slices"
	"testing"

	"github.com/flowmap-dev/flowmap/pkg/audit"
	"github.com/flowmap-dev/flowmap/pkg/graph"
)

// Each case that fires stands beside the nearest that must not. These are the
// findings about records and ways; those about who types what, for whom and how
// soon have a table of their own.
func TestFindings(t *testing.T) {
	tests := []struct {
		name  string
		lines []string
		want  []string
	}{
		{"FM001: two systems originate, and nobody says which is right",
			[]string{"shop>erp customer", "crm>erp customer"},
			[]string{"FM001 high customer: shop crm [shop-erp-customer crm-erp-customer]"}},
		{"FM001: not if the record is declared", []string{"shop>erp customer", "crm>erp customer", "customer=erp"}, nil},
		{"FM001: not if one feeds the other", []string{"shop>crm customer", "shop>erp customer"}, nil},
		{"FM001: medium if programs carry all of it", []string{"shop>erp customer auto", "crm>erp customer auto"},
			[]string{"FM001 medium customer: shop crm [shop-erp-customer crm-erp-customer]"}},
		{"FM001: high again if one flow is a file", []string{"shop>erp customer auto", "crm>erp customer file"},
			[]string{"FM001 high customer: shop crm [shop-erp-customer crm-erp-customer]"}},
		{"FM001: none originates what two exchange", []string{"crm<>erp customer"},
			[]string{"FM001 high customer: crm erp [crm-erp-customer]"}},
		{"FM001: outside systems are not among those that originate", []string{"email>erp customer", "phone>erp customer"}, nil},
		{"FM001: a low one if a spreadsheet is the record by default", []string{"spreadsheet>erp price"},
			[]string{"FM001 low price: spreadsheet [spreadsheet-erp-price]"}},
		{"FM001: the same for paper", []string{"paper>erp price"}, []string{"FM001 low price: paper [paper-erp-price]"}},
		{"FM001: not if the spreadsheet is declared", []string{"spreadsheet>erp price", "price=spreadsheet"}, nil},

		{"FM002: a system originates and never tells the record",
			[]string{"erp>shop customer", "crm>newsletter customer", "customer=erp"},
			[]string{"FM002 high customer: crm erp [crm-newsletter-customer]"}},
		{"FM002: not if a way leads there", []string{"erp>shop customer", "crm>newsletter customer", "newsletter>erp customer", "customer=erp"}, nil},
		{"FM002: a way through e-mail is none",
			[]string{"erp>shop customer", "crm>email customer", "email>erp customer", "customer=erp"},
			[]string{"FM002 high customer: crm erp [crm-email-customer]"}},
		{"FM002: what comes by e-mail into a stranded system is that system's",
			[]string{"erp>shop customer", "email>crm customer", "customer=erp"},
			[]string{"FM002 high customer: crm erp [email-crm-customer]"}},
		{"FM002: what comes by phone into a consumer and stays there is the phone's",
			[]string{"erp>crm customer", "phone>crm customer", "customer=erp"},
			[]string{"FM002 high customer: phone erp [phone-crm-customer]"}},
		{"FM002: not if the consumer passes it on, though that is FM003",
			[]string{"erp>crm customer", "phone>crm customer", "crm>erp customer", "customer=erp"},
			[]string{"FM003 medium customer: crm erp [crm-erp-customer]"}},
		{"FM002: outside systems among themselves hold nothing",
			[]string{"external>email order", "email>erp order", "erp>wms order", "order=erp"}, nil},
		{"FM002: the record never sends, and another gets it elsewhere",
			[]string{"shop>erp order", "shop>wms order", "order=erp"},
			[]string{"FM002 high order: wms erp [shop-wms-order]"}},
		{"FM002: not if the record sends it to anybody",
			[]string{"shop>erp order", "shop>wms order", "erp>bi order", "order=erp"}, nil},
		{"FM002: not if it is only collected on its way to the record",
			[]string{"paper>spreadsheet hours", "spreadsheet>payroll hours", "hours=payroll"}, nil},
		{"FM002: not if only a customer is told by e-mail", []string{"shop>erp order", "shop>email order", "order=erp"}, nil},
		{"FM002: not twice for one fault", []string{"crm>newsletter customer", "customer=erp"},
			[]string{"FM002 high customer: crm erp [crm-newsletter-customer]"}},
		{"FM002: nor for one that e-mail feeds", []string{"email>crm customer", "customer=erp"},
			[]string{"FM002 high customer: crm erp [email-crm-customer]"}},
		{"FM002: two faults are two", []string{"crm>newsletter customer", "shop>erp customer", "shop>wms customer", "customer=erp"},
			[]string{"FM002 high customer: crm erp [crm-newsletter-customer]", "FM002 high customer: wms erp [shop-wms-customer]"}},
		{"FM002: not without a declared record", []string{"crm>newsletter customer"}, nil},

		{"FM003: a consumer writes back", []string{"erp>crm customer", "crm>erp customer 2h", "crm>erp customer file", "customer=erp"},
			[]string{"FM003 medium customer: crm erp [crm-erp-customer crm-erp-customer-2]"}},
		{"FM003: not in a two-way exchange", []string{"erp<>crm customer", "customer=erp"}, nil},
		{"FM003: not if it gets none of it", []string{"erp>wms customer", "crm>erp customer", "customer=erp"}, nil},
		{"FM003: what went out by e-mail and comes in by e-mail is no copy",
			[]string{"erp>email order", "email>erp order", "order=erp"}, nil},
		{"FM003: not on a ring, which says more", []string{"erp>crm customer", "crm>shop customer", "shop>erp customer", "customer=erp"},
			[]string{"FM004 high customer: erp crm shop [erp-crm-customer crm-shop-customer shop-erp-customer]"}},

		{"FM004: round through three, no record needed beyond the way in",
			[]string{"pim>shop product", "shop>erp product", "erp>crm product", "crm>shop product", "product=pim"},
			[]string{"FM004 high product: shop erp crm [shop-erp-product erp-crm-product crm-shop-product]"}},
		{"FM004: not between two", []string{"erp<>crm customer", "erp<>shop customer", "customer=erp"}, nil},
		{"FM004: not through e-mail", []string{"erp>crm customer", "crm>email customer", "email>erp customer", "customer=erp"}, nil},
		{"FM004: a two-way flow may close it", []string{"erp>crm customer", "crm<>shop customer", "shop>erp customer", "customer=erp"},
			[]string{"FM004 high customer: erp crm shop [erp-crm-customer crm-shop-customer shop-erp-customer]"}},
		{"FM004: not of different entities", []string{"erp>crm customer", "crm>shop order", "shop>erp stock"}, nil},
		{"FM004: also where no record is declared",
			[]string{"erp>crm customer", "crm>shop customer", "shop>erp customer"},
			[]string{"FM001 high customer: erp crm shop [erp-crm-customer crm-shop-customer shop-erp-customer]",
				"FM004 high customer: erp crm shop [erp-crm-customer crm-shop-customer shop-erp-customer]"}},
		{"FM004: rings that touch are one, others are apart",
			[]string{"a>b x", "b>c x", "c>a x", "c>d x", "d>e x", "e>c x", "p>q x", "q>r x", "r>p x", "e>p x", "x=a"},
			[]string{
				"FM004 high x: a b c d e [a-b-x b-c-x c-a-x c-d-x d-e-x e-c-x]",
				"FM004 high x: p q r [p-q-x q-r-x r-p-x]",
				"FM005 low x: e p [e-p-x]"}},

		{"FM005: a copy is passed on", []string{"erp>crm customer", "crm>newsletter customer", "customer=erp"},
			[]string{"FM005 low customer: crm newsletter [crm-newsletter-customer]"}},
		{"FM005: not by the record itself", []string{"erp>crm customer", "erp>newsletter customer", "customer=erp"}, nil},
		{"FM005: not to the outside", []string{"erp>crm customer", "crm>email customer", "customer=erp"}, nil},
		{"FM005: not on the way to the record", []string{"shop>crm customer", "crm>erp customer", "customer=erp"}, nil},
		{"FM005: a spreadsheet makes it worse", []string{"erp>spreadsheet stock", "spreadsheet>bi stock", "stock=erp"},
			[]string{"FM005 medium stock: spreadsheet bi [spreadsheet-bi-stock]"}},
		{"FM005: of a record that is inferred, too", []string{"erp>crm customer", "crm>newsletter customer"},
			[]string{"FM005 low customer: crm newsletter [crm-newsletter-customer]"}},
		{"FM005: a two-way flow once, with the looser end as its sender",
			[]string{"erp>crm customer", "crm<>spreadsheet customer", "customer=erp"},
			[]string{"FM005 medium customer: spreadsheet crm [crm-spreadsheet-customer]"}},
		{"FM005: and against its drawn direction", []string{"erp>crm customer", "wms<>crm customer", "customer=erp"},
			[]string{"FM005 low customer: wms crm [wms-crm-customer]"}},

		{"FM008: a system that nothing touches", []string{"shop>erp order", "legacy"}, []string{"FM008 info : legacy"}},
		{"FM008: not if it is a record", []string{"shop>erp order", "order=shop", "#stock", "stock=legacy"}, nil},
		{"FM001 and FM008: an entity that nothing touches", []string{"shop>erp order", "#stock"},
			[]string{"FM001 low stock", "FM008 info stock"}},

		{"findings come by id, then in the order of entities, then of systems",
			[]string{"a", "b", "c>d x", "d>e x", "x=c", "a>b y", "b>c y", "b>a y", "y=a", "old"},
			[]string{"FM003 medium y: b a [b-a-y]", "FM005 low x: d e [d-e-x]", "FM005 low y: b c [b-c-y]", "FM008 info : old"}},
		{"a clean landscape has none", []string{
			"email>shop order", "shop>erp order", "erp>wms order", "erp>accounting order auto", "erp>email order", "order=erp",
			"erp<>crm customer", "erp<>shop customer", "customer=erp",
			"wms>erp stock", "wms>shop stock", "stock=wms"}, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := told(aboutWays(graph.New(landscape(tt.lines...)).Findings)); !slices.Equal(got, tt.want) {
				t.Errorf("findings\n%q, want\n%q", got, tt.want)
			}
		})
	}
}

// aboutWays are FM001 to FM005 and FM008.
func aboutWays(findings []audit.Finding) []audit.Finding {
	return slices.DeleteFunc(slices.Clone(findings), func(f audit.Finding) bool { return f.ID > "FM005" && f.ID != "FM008" })
}

func TestASystemAtWhichErrorsSurfaceIsUsed(t *testing.T) {
	w := landscape("shop>erp order", "helpdesk")
	w.Flows[0].Errors = []audit.ErrorPoint{{What: "wrong address", FoundIn: "helpdesk"}}
	if got := told(aboutWays(graph.New(w).Findings)); got != nil {
		t.Errorf("findings %q, want none", got)
	}
}

func TestWhatHangsOnAFinding(t *testing.T) {
	// Two flows of 2 and 3 h a week: 5 × 46 weeks × 22 is 5,060 a year; and 12
	// errors of 10 each on the first.
	w := landscape("erp>crm customer 9h", "crm>erp customer 2h", "crm>erp customer 3h", "customer=erp")
	w.Flows[1].Errors = []audit.ErrorPoint{{
		Rates: audit.Pool{audit.One(12, audit.PerYear, audit.Constant)}, Costs: audit.Pool{audit.One(10, audit.Money, audit.Constant)}}}
	f := graph.New(w).Findings[0]
	if f.ID != "FM003" || f.HoursPerWeek != 5 || f.CostPerYear != 5180 {
		t.Errorf("%s: %v h a week, %v a year; want FM003, 5, 5060 + 120", f.ID, f.HoursPerWeek, f.CostPerYear)
	}
}

func TestAFlowOnTwoTouchingRingsCountsOnce(t *testing.T) {
	// c to a closes both a b c and a d c.
	f := graph.New(landscape("a>b x", "b>c x", "c>a x 4h", "a>d x", "d>c x", "x=a")).Findings[0]
	if f.ID != "FM004" || f.HoursPerWeek != 8 {
		t.Errorf("%s: %v h a week, want FM004 with 4 + 4 × 1", f.ID, f.HoursPerWeek)
	}
}

func TestArguments(t *testing.T) {
	tests := []struct {
		lines []string
		id    string
		want  map[string]string
	}{
		{[]string{"shop>erp c", "crm>erp c"}, "FM001", map[string]string{"variant": "several", "entity": "c", "systems": "shop crm"}},
		{[]string{"crm<>erp c"}, "FM001", map[string]string{"variant": "none", "entity": "c", "systems": "crm erp"}},
		{[]string{"paper>erp c"}, "FM001", map[string]string{"variant": "inferred", "entity": "c", "record": "paper"}},
		{[]string{"#c"}, "FM001", map[string]string{"variant": "unused", "entity": "c"}},
		{[]string{"crm>newsletter c", "c=erp"}, "FM002", map[string]string{"variant": "<none>", "entity": "c", "system": "crm", "record": "erp"}},
		{[]string{"erp>crm c", "phone>crm c", "c=erp"}, "FM002",
			map[string]string{"variant": "outside", "system": "phone", "receivers": "crm", "record": "erp"}},
		{[]string{"shop>erp c", "shop>wms c", "c=erp"}, "FM002", map[string]string{"variant": "silent", "systems": "wms", "record": "erp"}},
		{[]string{"erp>crm c", "crm>erp c", "c=erp"}, "FM003", map[string]string{"entity": "c", "system": "crm", "record": "erp"}},
		{[]string{"crm>shop c", "shop>erp c", "erp>crm c", "c=erp"}, "FM004",
			map[string]string{"variant": "<none>", "loop": "erp crm shop", "start": "erp", "through": "crm shop", "systems": "crm shop erp"}},
		{[]string{"a>b c", "b>d c", "d>e c", "e>a c", "d>a c", "c=x"}, "FM004",
			map[string]string{"variant": "several", "loop": "a b d", "start": "a", "systems": "a b d e"}},
		{[]string{"a>b c", "b>d c", "d>e c", "e>a c", "d>f c", "f>b c", "c=x"}, "FM004",
			map[string]string{"loop": "b d f", "through": "d f", "systems": "a b d e f"}},
		{[]string{"erp>crm c", "crm>bi c", "c=erp"}, "FM005", map[string]string{"entity": "c", "system": "crm", "receiver": "bi", "record": "erp"}},
		{[]string{"erp>crm c", "old"}, "FM008", map[string]string{"variant": "system", "system": "old"}},
		{[]string{"#c"}, "FM008", map[string]string{"variant": "entity", "entity": "c"}},
	}
	for _, tt := range tests {
		found := graph.New(landscape(tt.lines...)).Findings
		i := slices.IndexFunc(found, func(f audit.Finding) bool { return f.ID == tt.id })
		if i < 0 {
			t.Errorf("%v: no %s among %q", tt.lines, tt.id, told(found))
			continue
		}
		for name, want := range tt.want {
			if got := value(found[i], name); got != want {
				t.Errorf("%v: %s has %s %q, want %q", tt.lines, tt.id, name, got, want)
			}
		}
	}
}
