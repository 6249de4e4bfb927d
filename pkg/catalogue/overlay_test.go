package catalogue_test

import (
	"errors"
	"reflect"
	"strings"
	"testing"

	"github.com/flowmap-dev/flowmap/pkg/audit"
	"github.com/flowmap-dev/flowmap/pkg/catalogue"
)

func overlay(t *testing.T, src string) catalogue.Catalogue {
	t.Helper()
	c, err := catalogue.Overlay(load(t), "catalogue.yaml", []byte(src))
	if err != nil {
		t.Fatal(err)
	}
	return c
}

const ownQuote = `platforms:
  - id: make
    tiers:
      - {id: core, price: 9, currency: USD, included: 10000, seen: 2026-11-02, source: our quote}
`

func TestOverlayReplacesATierFieldByField(t *testing.T) {
	c := overlay(t, ownQuote)
	p, _ := c.Platform("make")
	core, _ := p.TierByID("core")
	if core.Included.Value != 10000 || core.Source != "our quote" || core.Seen != "2026-11-02" {
		t.Errorf("core is %+v, want 10,000 operations from our quote", core)
	}
	if core.Name != "Core" || core.Billing != "annual" {
		t.Errorf("name %q and billing %q, want those shipped", core.Name, core.Billing)
	}
	if tier, _ := p.Tier(9140); tier.ID != "core" {
		t.Errorf("9,140 credits are in tier %q, want core", tier.ID)
	}
	if pro, ok := p.TierByID("pro"); !ok || pro.Price.Value != 16 {
		t.Errorf("pro is %+v, want it as shipped", pro)
	}
}

func TestOverlayLeavesTheBaseAsItIs(t *testing.T) {
	base := load(t)
	if _, err := catalogue.Overlay(base, "catalogue.yaml", []byte(ownQuote)); err != nil {
		t.Fatal(err)
	}
	fresh, err := catalogue.Load()
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(base, fresh) {
		t.Error("laying a catalogue over the base changed the base")
	}
}

func TestOverlayOfNothingChangesNothing(t *testing.T) {
	if c := overlay(t, "x-note: nothing yet\n"); !reflect.DeepEqual(c, load(t)) {
		t.Error("an empty catalogue changed the shipped one")
	}
}

func TestOverlayAddsAPlatformATierAndAProduct(t *testing.T) {
	c := overlay(t, `platforms:
  - id: house-bus
    name: Our own bus
    kind: custom
    unit: message
    tiers: [{id: flat, price: 30, currency: EUR, unlimited: true}]
  - id: n8n-cloud
    tiers: [{id: large, price: 90, currency: EUR, included: 30000, source: our quote}]
products:
  - {id: house-erp, name: House ERP, kind: erp}
`)
	if tier, ok := mustPlatform(t, c, "house-bus").Tier(1e6); !ok || tier.ID != "flat" {
		t.Errorf("tier %q, want flat", tier.ID)
	}
	if tier, _ := mustPlatform(t, c, "n8n-cloud").Tier(10001); tier.ID != "large" {
		t.Errorf("10,001 executions are in tier %q, want large", tier.ID)
	}
	if _, ok := c.Product("house-erp"); !ok {
		t.Error("the product is missing")
	}
}

func mustPlatform(t *testing.T, c catalogue.Catalogue, id string) catalogue.Platform {
	t.Helper()
	p, ok := c.Platform(id)
	if !ok {
		t.Fatalf("no platform %q", id)
	}
	return p
}

func TestOverlayReplacesAFactWithItsSource(t *testing.T) {
	p := mustPlatform(t, overlay(t, `platforms:
  - {id: make, alerts: {holds: true, source: the vendor's answer}}
`), "make")
	if p.Alerts == nil || !p.Alerts.Holds || p.Alerts.Source != "the vendor's answer" {
		t.Errorf("alerts %+v, want the vendor's answer", p.Alerts)
	}
	if p.Webhooks == nil || p.Webhooks.Source != "make-no-credits" {
		t.Errorf("webhooks %+v, want them as shipped", p.Webhooks)
	}
}

func TestOverlayOfAPriceMakesAQuoteAListPrice(t *testing.T) {
	p := mustPlatform(t, overlay(t, `platforms:
  - id: n8n-cloud
    tiers: [{id: enterprise, price: 300, currency: EUR, included: 100000, source: our quote}]
`), "n8n-cloud")
	if tier, ok := p.Tier(50000); !ok || tier.ID != "enterprise" {
		t.Errorf("50,000 executions are in tier %q (found %v), want enterprise", tier.ID, ok)
	}
}

func TestOverlayOfAPriceDropsTheOldOverage(t *testing.T) {
	p := mustPlatform(t, overlay(t, `platforms:
  - id: zapier
    tiers: [{id: team-5000, price: 150, currency: USD, source: our quote}]
`), "zapier")
	if tier, ok := p.Tier(6001); ok {
		t.Errorf("6,001 tasks are in tier %q, but nobody said what more than 5,000 cost at the new price", tier.ID)
	}
}

func TestOverlayOfThresholdsAndBuild(t *testing.T) {
	base := load(t)
	c := overlay(t, `build: {base_hours: 12}
rules: [{id: p05, thresholds: [{id: consumers, value: 5}], source: our practice, origin: practice}]
`)
	if c.Build.Base != 12 || c.Build.Step != 3 {
		t.Errorf("build %+v, want a base of 12 and the rest as shipped", c.Build)
	}
	p05, _ := c.Rule("p05")
	if !p05.From("consumers", 5) || p05.From("consumers", 4) || !p05.Above("records", 10001) {
		t.Errorf("rule %+v, want 5 consumers and the rest as shipped", p05)
	}
	if p05.Source != "our practice" || p05.When == "" {
		t.Errorf("rule %+v, want the workspace's source and the shipped words", p05)
	}
	if old, _ := base.Rule("p05"); !old.From("consumers", 3) {
		t.Error("laying a rule over the base changed the base")
	}
}

// Each fault is reported once, at its own line and column.
func TestOverlayFaults(t *testing.T) {
	tier := func(row string) string { return "platforms:\n  - id: make\n    tiers:\n      - " + row + "\n" }
	for _, test := range []struct{ name, src, place, message string }{
		{"a negative price", tier("{id: core, price: -9, currency: USD}"), "catalogue.yaml:4:27", `is "-9"`},
		{"an unknown key", tier("{id: core, prise: 9}"), "catalogue.yaml:4:20", `unknown key "prise"`},
		{"a word for a price", tier("{id: core, price: nine}"), "catalogue.yaml:4:27", `is "nine"`},
		{"no currency", tier("{id: huge, price: 90, included: 90000}"), "catalogue.yaml:4:27", "price without a currency"},
		{"a currency that is none", tier("{id: core, price: 9, currency: dollars}"), "catalogue.yaml:4:40", "is no currency"},
		{"no price", tier("{id: huge, currency: USD, included: 90000}"), "catalogue.yaml:4:9", "has no price"},
		{"a hole", tier("{id: huge, price: 90, currency: USD}"), "catalogue.yaml:4:9", "does not say how many operations"},
		{"an overlap", tier("{id: core, price: 20, currency: USD}"), "catalogue.yaml:4:9", `tier "core" costs no less than "pro" and holds no more`},
		{"an overlap from below", tier("{id: teams, price: 5, currency: USD}"), "catalogue.yaml:4:9", `tier "core" costs no less than "teams" and holds no more`},
		{"the same again", tier("{id: twin, price: 9, currency: USD, included: 5000}"), "catalogue.yaml:4:9", "holds no more"},
		{"a tier twice", tier("{id: core, name: A}\n      - {id: core, name: B}"), "catalogue.yaml:5:9", "stands twice"},
		{"a tier without id", tier("{price: 9, currency: USD}"), "catalogue.yaml:4:9", "id is missing"},
		{"a range upside down", tier("{id: core, range: [9, 5]}"), "catalogue.yaml:4:9", "lower first"},
		{"an endless question", tier("{id: core, overage: {price: 1}}"), "catalogue.yaml:4:9", "does not say where overage ends"},
		{"an overage that ends early", tier("{id: core, overage: {price: 1, up_to: 100}}"), "catalogue.yaml:4:47", "stops below what it includes"},
		{"an unknown unit", "platforms:\n  - {id: new, kind: no-code, unit: zaps}\n", "catalogue.yaml:2:36", `is "zaps"`},
		{"no unit", "platforms:\n  - {id: new, kind: no-code}\n", "catalogue.yaml:2:5", "has no unit"},
		{"no kind", "platforms:\n  - {id: new, unit: task}\n", "catalogue.yaml:2:5", "has no kind"},
		{"a platform twice", "platforms:\n  - {id: make, name: A}\n  - {id: make, name: B}\n", "catalogue.yaml:3:5", "stands twice"},
		{"a number without one", "platforms:\n  - {id: make, log_days: {holds: true}}\n", "catalogue.yaml:2:26", "log_days has no value"},
		{"a server for nobody's money", "platforms:\n  - {id: custom, server: {price: 5}}\n", "catalogue.yaml:2:26", "server has no currency"},
		{"a rule that is none", "rules:\n  - {id: p55, thresholds: [{id: consumers, value: 5}]}\n", "catalogue.yaml:2:5", `no rule "p55"`},
		{"a threshold that is none", "rules:\n  - {id: p05, thresholds: [{id: consumer, value: 5}]}\n", "catalogue.yaml:2:28", `no threshold "consumer"`},
		{"a threshold without a value", "rules:\n  - {id: p05, thresholds: [{id: consumers}]}\n", "catalogue.yaml:2:28", "has no value"},
		{"a rule twice", "rules:\n  - {id: p05}\n  - {id: p05}\n", "catalogue.yaml:3:5", "stands twice"},
		{"a link to nowhere", "products:\n  - {id: xero, links: [{product: shopfiy, holds: true}]}\n", "catalogue.yaml:2:24", `no product "shopfiy"`},
		{"a link for nobody's money", "products:\n  - {id: xero, links: [{product: shopify, holds: true, price: 9}]}\n", "catalogue.yaml:2:24", "price without a currency"},
		{"yes for true", "platforms:\n  - {id: make, alerts: {holds: yes}}\n", "catalogue.yaml:2:32", `is "yes"`},
	} {
		_, err := catalogue.Overlay(load(t), "catalogue.yaml", []byte(test.src))
		var ps audit.Problems
		if !errors.As(err, &ps) || len(ps) != 1 {
			t.Errorf("%s: %v, want one problem", test.name, err)
			continue
		}
		if p := ps[0]; p.Place.String() != test.place || !strings.Contains(p.Message, test.message) {
			t.Errorf("%s: %s, want %q at %s", test.name, p, test.message, test.place)
		}
		if ps[0].Source != strings.Split(test.src, "\n")[ps[0].Place.Line-1] {
			t.Errorf("%s: shows the line %q", test.name, ps[0].Source)
		}
	}
}

func TestOverlayGivesAllFaultsAtOnce(t *testing.T) {
	_, err := catalogue.Overlay(load(t), "catalogue.yaml", []byte(`platforms:
  - {id: a, kind: no-code}
  - {id: b, unit: task}
  - id: make
    tiers: [{id: huge, price: 90, currency: USD}]
`))
	var ps audit.Problems
	if !errors.As(err, &ps) || len(ps) != 3 {
		t.Errorf("%v, want three problems", err)
	}
}

func FuzzOverlay(f *testing.F) {
	f.Add([]byte(ownQuote))
	f.Add([]byte("platforms:\n  - {id: make, tiers: [{id: core, price: -1}]}\n"))
	f.Add([]byte("build: {base_hours: 1e9}\n"))
	f.Add([]byte("platforms: [[]]"))
	base, err := catalogue.Load()
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, src []byte) {
		_, err := catalogue.Overlay(base, "catalogue.yaml", src)
		var ps audit.Problems
		if err != nil && !errors.As(err, &ps) {
			t.Fatalf("%v is no list of problems", err)
		}
		breaks := strings.NewReplacer("\r\n", "\n", "\r", "\n", "\u0085", "\n", "\u2028", "\n", "\u2029", "\n") // as YAML has them
		lines := int32(strings.Count(breaks.Replace(string(src)), "\n") + 1)
		for _, p := range ps {
			if p.Place.File != "catalogue.yaml" || p.Place.Line < 1 || p.Place.Line > lines {
				t.Fatalf("a problem outside the file of %d lines: %v", lines, p)
			}
		}
	})
}
