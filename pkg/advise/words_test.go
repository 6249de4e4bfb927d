package advise_test

import (
	"encoding/json"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/flowmap-dev/flowmap/pkg/advise"
	"github.com/flowmap-dev/flowmap/pkg/audit"
	"github.com/flowmap-dev/flowmap/pkg/catalogue"
	"github.com/flowmap-dev/flowmap/pkg/graph"
	"github.com/flowmap-dev/flowmap/templates"
)

// faults are reasons for which the shipped catalogue has no case: the fact is
// changed on n8n-cloud.
var faults = []struct {
	reason string
	change func(*catalogue.Platform)
	flow   func(*audit.Workspace, *audit.Flow)
	fit    advise.Fit
}{
	{"no-alerts", func(p *catalogue.Platform) { p.Alerts = &catalogue.Fact{Source: "x"} }, as, advise.Exception},
	{"retries-unknown", func(p *catalogue.Platform) { p.Retries = nil }, reliability(audit.High), advise.Reasonable},
	{"no-residency", func(p *catalogue.Platform) { p.EU = &catalogue.Fact{Source: "x"} }, residency("eu"), advise.Unsuitable},
	{"server-unknown", func(p *catalogue.Platform) { p.SelfHosted = true }, as, advise.Exception},
}

func TestFaultsOfAPlatform(t *testing.T) {
	for _, test := range faults {
		w, f := shop(), orders()
		test.flow(&w, &f)
		if c := candidate(t, w, f, "n8n-cloud"); has(c, test.reason) {
			t.Errorf("%s stands for n8n-cloud as it is", test.reason)
		}
		changed := shipped(t)
		for i := range changed.Platforms {
			if changed.Platforms[i].ID == "n8n-cloud" {
				test.change(&changed.Platforms[i])
			}
		}
		c := of(t, advise.Candidates(w, graph.Map{}, changed, f), "n8n-cloud")
		if !has(c, test.reason) || c.Fit != test.fit {
			t.Errorf("%s: fit %s for %v, want %s", test.reason, c.Fit, ids(c), test.fit)
		}
	}
}

func words(t *testing.T, language string) map[string]string {
	t.Helper()
	src, err := fs.ReadFile(templates.FS(), "words/"+language+"/advise.json")
	if err != nil {
		t.Fatal(err)
	}
	var texts map[string]string
	if err := json.Unmarshal(src, &texts); err != nil {
		t.Fatal(err)
	}
	return texts
}

func TestEachReasonHasWordsAndEachOfTheWordsACase(t *testing.T) {
	cased := []string{"ask", "platform-unknown", "link", "no-link", "belongs-elsewhere"} // ask is no reason; tests of their own have the others
	for _, g := range gates {
		cased = append(cased, g.reason)
	}
	for _, f := range faults {
		cased = append(cased, f.reason)
	}
	for _, language := range []string{"en", "es"} {
		texts := words(t, language)
		for _, id := range cased {
			if texts["reason."+id] == "" {
				t.Errorf("%s: no words for reason %s", language, id)
			}
		}
		for key := range texts {
			if id, ok := strings.CutPrefix(key, "reason."); ok && !slices.Contains(cased, id) {
				t.Errorf("%s: no case fires %s", language, key)
			}
		}
	}
}

func TestWordsGetTheArgumentsThatTheyAskFor(t *testing.T) {
	texts := words(t, "en")
	for _, g := range gates {
		r, _ := reason(judged(t, g.fires, g.platform), g.reason)
		text := texts["reason."+g.reason]
		for _, a := range r.Args {
			if !strings.Contains(text, "{{."+a.Name+"}}") {
				t.Errorf("%s: argument %s is not in %q", g.reason, a.Name, text)
			}
			text = strings.ReplaceAll(text, "{{."+a.Name+"}}", "")
		}
		if strings.Contains(text, "{{") {
			t.Errorf("%s: nothing fills %q", g.reason, text)
		}
	}
}

func TestAssumedNamesFitsAndFactsHaveWords(t *testing.T) {
	f := orders()
	f.Needs, f.Volume = audit.Needs{}, audit.Volume{}
	for _, language := range []string{"en", "es"} {
		texts := words(t, language)
		for _, c := range candidates(t, shop(), f) {
			if texts["fit."+string(c.Fit)] == "" {
				t.Errorf("%s: no words for fit %s", language, c.Fit)
			}
			for _, a := range c.Assumed {
				if texts["assumed."+a] == "" {
					t.Errorf("%s: no words for the assumed %s", language, a)
				}
			}
		}
		for _, b := range catalogue.Billing("").Options() {
			if texts["billing."+b] == "" {
				t.Errorf("%s: no words for billing %s", language, b)
			}
		}
	}
}

func TestCheckNamesWhatTheCatalogueDoesNotKnow(t *testing.T) {
	w := shop()
	w.Platforms.Have = []audit.Have{{ID: "make", Tier: "core"}, {ID: "make", Tier: "gold"}, {ID: "mkae"}}
	w.Platforms.Exclude = []string{"zapier", "zapper"}
	w.Systems[0].Product, w.Systems[1].Product = "prestashop", "prestashoop"
	good, bad, tierless := webOrders(), webOrders(), webOrders()
	bad.ID, bad.Solution.Platform = "b", "n8n"
	tierless.ID, tierless.Solution.Tier = "c", "start"
	w.Flows = []audit.Flow{good, bad, tierless}
	want := []string{
		`platforms.have: platform "make" has no tier "gold"`,
		`platforms.have: the catalogue has no platform "mkae"`,
		`platforms.exclude: the catalogue has no platform "zapper"`,
		`system "erp": the catalogue has no product "prestashoop"`,
		`flow "b": solution: the catalogue has no platform "n8n"`,
		`flow "c": solution: platform "n8n-cloud" has no tier "start"`,
	}
	var got []string
	for _, p := range advise.Check(w, shipped(t)) {
		got = append(got, p.Message)
		if !strings.Contains(p.Hint, "here: ") {
			t.Errorf("%s: hint %q does not say what there is", p.Message, p.Hint)
		}
	}
	if !slices.Equal(got, want) {
		t.Errorf("problems %q, want %q", got, want)
	}
}

func TestCheckGivesThePlaceAndTheLine(t *testing.T) {
	dir := t.TempDir()
	const text = `version: 1
platforms:
  exclude: [zapper]
systems:
  - {id: shop, product: magneto}
  - {id: erp}
flows:
  - id: orders
    from: shop
    to: erp
    solution: {platform: n8n}
`
	if err := os.WriteFile(filepath.Join(dir, "flowmap.yaml"), []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	w, err := audit.Load(dir)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, p := range advise.Check(w, shipped(t)) {
		got = append(got, p.Place.String())
		if want := strings.Split(text, "\n")[p.Place.Line-1]; p.Source != want {
			t.Errorf("%s shows %q, want %q", p.Place, p.Source, want)
		}
	}
	if want := []string{"flowmap.yaml:3:12", "flowmap.yaml:5:25", "flowmap.yaml:11:26"}; !slices.Equal(got, want) {
		t.Errorf("places %v, want %v", got, want)
	}
}

func TestCheckNamesTheSettingThatIsWrong(t *testing.T) {
	w, err := audit.New([]audit.Source{
		{Name: "flowmap.yaml", Text: []byte("version: 1\nsystems: [{id: shop}, {id: erp}]\nflows:\n  - id: orders\n    from: shop\n    to: erp\n    solution: {platform: n8n-cloud, tier: starter}\n")},
		{Name: "scenarios/zapier.yaml", Text: []byte("set:\n  flows.orders.solution.platform: zapier\n")},
	})
	if err != nil {
		t.Fatal(err)
	}
	flag := func(key, value string) (audit.Workspace, error) {
		return w.With(audit.Setting{Key: key, Value: value, Place: audit.Place{File: "--set " + key}})
	}
	for _, c := range []struct {
		change        func() (audit.Workspace, error)
		place, source string
	}{
		{func() (audit.Workspace, error) { return flag("flows.orders.solution.platform", "zapier") }, "--set flows.orders.solution.platform", ""},
		{func() (audit.Workspace, error) { return flag("flows.orders.solution.tier", "gold") }, "--set flows.orders.solution.tier", ""},
		{func() (audit.Workspace, error) {
			return flag("flows.orders.solution", "{platform: zapier, tier: gold}")
		}, "--set flows.orders.solution", ""},
		{func() (audit.Workspace, error) { return flag("systems.shop.product", "magneto") }, "--set systems.shop.product", ""},
		{func() (audit.Workspace, error) { return w.Apply(w.Scenarios[0]) }, "scenarios/zapier.yaml:2:35", "  flows.orders.solution.platform: zapier"},
	} {
		changed, err := c.change()
		if err != nil {
			t.Fatal(err)
		}
		found := advise.Check(changed, shipped(t))
		if len(found) != 1 || found[0].Place.String() != c.place || found[0].Source != c.source {
			t.Errorf("%s: found %v with the line %q", c.place, found, found[0].Source)
		}
	}
}
