package advise_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/flowmap-dev/flowmap/pkg/advise"
	"github.com/flowmap-dev/flowmap/pkg/audit"
	"github.com/flowmap-dev/flowmap/pkg/catalogue"
	"github.com/flowmap-dev/flowmap/pkg/graph"
)

// change makes a case out of the flow orders of the workspace shop.
type change = func(*audit.Workspace, *audit.Flow)

// ruled is a case in which a rule applies, and the nearest in which it does not.
type ruled struct {
	rule     string
	platform string
	fires    change
	near     change
}

func latency(l audit.Latency) change {
	return func(_ *audit.Workspace, f *audit.Flow) { f.Needs.Latency = l }
}

func loss(l audit.Loss) change {
	return func(_ *audit.Workspace, f *audit.Flow) { f.Needs.Loss = l }
}

func fromProduct(id string) change {
	return func(w *audit.Workspace, _ *audit.Flow) {
		w.Systems[0].Product, w.Systems[0].Interfaces = id, nil
	}
}

var phoneOwned = twoWay(audit.FieldOwner{Field: "phone", Owner: "erp"})

var ruledCases = []ruled{
	{"c1", "make", shaped(3, 1), shaped(4, 1)},
	{"c2", "make", shaped(8, 5), shaped(3, 1)},
	{"c2", "make", shaped(8, 5), shaped(8, 6)},
	{"c3", "make", shaped(20, 0), shaped(8, 0)},
	{"c4", "make", shaped(21, 0), shaped(20, 0)},
	{"v1", "make", volume(750), volume(751)},
	{"v2", "make", volume(751), volume(750)},
	{"v2", "make", volume(10000), volume(10001)},
	{"v3", "make", volume(10001), volume(10000)},
	{"v3", "make", volume(40000), volume(40001)},
	{"v4", "make", volume(40001), volume(40000)},
	{"h01", "zapier", volume(3751), volume(3750)}, // × 4 tasks; team-5000 stops at 15,000
	{"h02", "zapier", volume(188), volume(187)},   // × 4 tasks; professional-750
	{"h03", "make", volume(2001), volume(2000)},   // × 5 credits; 10,000
	{"h04", "power-automate", steps(501), steps(500)},
	{"h05", "power-automate", volume(1500001), volume(1500000)}, // × 5 requests; 7,500,000
	{"h06", "airbyte-self", pulled("minutes"), pulled("hourly")},
	{"h07", "boomi", reliability(audit.High), reliability(audit.Normal)},
	{"h07", "boomi", reliability(audit.High), as},
	{"h08", "n8n-cloud", limited(26, 600), limited(27, 600)}, // 20 records × 4 steps take 3.1 or 2.96 minutes; the trial takes 3
	{"h09", "make", limited(10, 600), limited(20, 600)},      // 8 or 4 minutes, and its limit is not known
	{"h10", "n8n-cloud", to("old"), to("erp")},
	{"h11", "zapier", residency("eu"), residency("")},
	{"h12", "n8n-cloud", product("holded"), product("odoo")},
	{"h13", "custom", nobody, as},
	{"h14", "make", steps(101), steps(100)},
	{"h15", "make", reliability(audit.Normal), reliability(audit.Low)},
	{"h16", "nodered", reliability(audit.High), reliability(audit.Normal)},
	{"h17", "n8n-cloud", volume(10001), volume(10000)},
	{"h18", "make", reliability(audit.Normal), reliability(audit.Low)},
	{"k01", "make", both(shaped(3, 1), nobody, volume(187)), both(shaped(3, 1), nobody, volume(188))}, // × 4 credits
	{"k01", "make", both(shaped(3, 1), nobody, volume(187)), both(shaped(3, 1), volume(187))},
	{"k02", "make", volume(2000), volume(2001)}, // × 5 credits
	{"k03", "make", shaped(5, 1), shaped(4, 1)},
	{"k03", "make", both(shaped(5, 1), volume(151)), both(shaped(5, 1), volume(150))},
	{"k04", "n8n-self", volume(40001), volume(40000)},
	{"k05", "boomi", crowded, shaped(8, 5)},
	{"k06", "boomi", volume(17000), volume(16000)}, // USD (99 + 0.05 × 17,000) × 0.9 × 12 = 10,249
	{"k07", "make", loss("none"), loss("tolerated")},
	{"k08", "make", shaped(2, 0), shaped(2, 1)},
	{"k10", "make", personal("special"), personal("ordinary")},
	{"k11", "make", to("old"), to("erp")},
	{"k12", "connector", both(fromProduct("shopify"), product("xero")), as},
	{"k13", "process", hours(.1), hours(1)},
	{"k14", "airbyte-self", to("figures"), to("erp")},
	{"k15", "process", hours(1), hours(8)},
	{"k16", "make", called, to("letters")},
	{"k17", "process", func(_ *audit.Workspace, f *audit.Flow) { f.ID = "copied" }, as},
	{"k18", "custom", as, nil},
	{"p01", "make", phoneOwned, twoWay()},
	{"p02", "make", twoWay(), phoneOwned},
	{"p03", "make", latency("minutes"), latency("hourly")},
	{"p04", "make", latency("hourly"), latency("minutes")},
	{"p05", "make", volume(10001), volume(10000)},
	{"p06", "make", asked, latency("realtime")},
	{"p07", "make", product("a3"), product("xero")},
	{"p08", "make", both(limited(.3, 800), latency("minutes")), both(limited(.4, 800), latency("minutes"))}, // 0.26 > 0.7 × 0.3
	{"p09", "make", fromProduct("woocommerce"), fromProduct("shopify")},
}

// faulty is a map on which the flow copied copies a copy.
var faulty = graph.Map{Findings: []audit.Finding{{ID: "FM005", Flows: []string{"copied"}}}}

// applies changes a workspace, and asks whether a rule applies.
func applies(t *testing.T, c catalogue.Catalogue, rule, platform string, change change) bool {
	t.Helper()
	w, f := shop(), orders()
	change(&w, &f)
	return advise.New(w, faulty, c).Fires(rule, f, platform)
}

// known is the shipped catalogue with a connector that Shopify and Xero share.
func known(t *testing.T, holds bool) catalogue.Catalogue {
	t.Helper()
	c := shipped(t)
	c.Products = slices.Clone(c.Products)
	for i := range c.Products {
		if c.Products[i].ID == "shopify" {
			c.Products[i].Links = []catalogue.Link{{Product: "xero", Holds: holds, Price: stated(12), Currency: "EUR", Source: "their shop"}}
		}
	}
	return c
}

func TestEachRuleHasACaseThatFiresAndTheNearestThatDoesNot(t *testing.T) {
	seen := map[string]bool{}
	for _, r := range ruledCases {
		seen[r.rule] = true
		if !applies(t, known(t, true), r.rule, r.platform, r.fires) {
			t.Errorf("%s on %s does not apply", r.rule, r.platform)
		}
		if r.near != nil && applies(t, known(t, true), r.rule, r.platform, r.near) {
			t.Errorf("%s on %s applies in the nearest case too", r.rule, r.platform)
		}
	}
	// Own development is what k18 is about; any other platform is the nearest case.
	if applies(t, shipped(t), "k18", "make", as) {
		t.Error("k18 applies to make")
	}
	for _, r := range shipped(t).Rules {
		if !seen[r.ID] {
			t.Errorf("rule %s has no case", r.ID)
		}
	}
}

func TestEachRowHasAPredicateAndEachPredicateARow(t *testing.T) {
	var rows []string
	for _, r := range shipped(t).Rules {
		rows = append(rows, r.ID)
	}
	if tests := advise.Predicates(); !slices.Equal(tests, rows) {
		t.Errorf("predicates %v, rows %v", tests, rows)
	}
}

// TestThresholdsAreReadFromTheRows takes every threshold out of the catalogue: a
// rule that still applied would have a figure of its own.
func TestThresholdsAreReadFromTheRows(t *testing.T) {
	for _, r := range ruledCases {
		c := known(t, true)
		c.Rules = slices.Clone(c.Rules)
		i := slices.IndexFunc(c.Rules, func(row catalogue.Rule) bool { return row.ID == r.rule })
		if len(c.Rules[i].Thresholds) == 0 {
			continue
		}
		var moved []catalogue.Threshold
		for _, x := range c.Rules[i].Thresholds {
			moved = append(moved, catalogue.Threshold{ID: x.ID})
		}
		c.Rules[i].Thresholds = moved
		if r.rule == "p04" {
			continue // what is left where no other rule is met; its minutes are those of p03
		}
		if applies(t, c, r.rule, r.platform, r.fires) {
			t.Errorf("%s applies without its thresholds", r.rule)
		}
	}
}

func TestWorkspaceMovesAThreshold(t *testing.T) {
	c, err := catalogue.Overlay(shipped(t), "catalogue.yaml", []byte("rules: [{id: p05, thresholds: [{id: records, value: 500}], source: our practice}]\n"))
	if err != nil {
		t.Fatal(err)
	}
	if got := advise.Candidates(shop(), graph.Map{}, c, orders())[0].Pattern; got != audit.PubSub {
		t.Errorf("%s for 800 records, want pubsub from 500 on", got)
	}
}

func TestReasonsNameTheRuleThatDecidedAndItsOrigin(t *testing.T) {
	c := judged(t, nobody, "custom")
	r, _ := reason(c, "no-technical-owner")
	if r.Rule != "h13" || r.Origin != catalogue.Sourced || r.Source != "dooza-2026-10" {
		t.Errorf("%+v, want h13, sourced", r)
	}
	if why, ok := c.Why(); !ok || why.ID != "no-technical-owner" {
		t.Errorf("why %q, want the gate that makes it unsuitable", why.ID)
	}
}

func TestEveryRuleThresholdAndAnswerHasWords(t *testing.T) {
	for _, language := range []string{"en", "es"} {
		texts := words(t, language)
		var want []string
		for _, r := range shipped(t).Rules {
			want = append(want, "rule."+r.ID)
			for _, x := range r.Thresholds {
				want = append(want, "threshold."+r.ID+"."+x.ID)
			}
		}
		for _, q := range advise.Questions() {
			for _, o := range q.Options {
				want = append(want, "answer."+q.ID+"."+o)
			}
		}
		for _, key := range want {
			if texts[key] == "" {
				t.Errorf("%s: no words for %s", language, key)
			}
		}
		for key := range texts {
			area, _, _ := strings.Cut(key, ".")
			if slices.Contains([]string{"rule", "threshold", "answer"}, area) && !slices.Contains(want, key) {
				t.Errorf("%s: nothing uses %s", language, key)
			}
		}
	}
}
