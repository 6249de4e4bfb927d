package catalogue_test

import (
	"math"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/flowmap-dev/flowmap/pkg/audit"
	"github.com/flowmap-dev/flowmap/pkg/catalogue"
)

func TestShippedFactsNameASourceOrSayWhatTheyAre(t *testing.T) {
	c := load(t)
	for _, p := range c.Platforms {
		if p.CountsFrom == "" {
			t.Errorf("%s: what it counts has no source", p.ID)
		}
		v := reflect.ValueOf(p)
		for i := range v.NumField() {
			if f, ok := v.Field(i).Interface().(*catalogue.Fact); ok && f != nil {
				sourced(t, c, p.ID+" "+v.Type().Field(i).Name, f.Source, f.Origin, f.Confidence)
			}
		}
		if s := p.Server; s != nil {
			sourced(t, c, p.ID+" server", s.Source, s.Origin, s.Confidence)
		}
		for _, tier := range p.Tiers {
			sourced(t, c, p.ID+" "+tier.ID, tier.Source, catalogue.Sourced, tier.Confidence)
			if o := tier.Overage; o != nil {
				sourced(t, c, p.ID+" "+tier.ID+" overage", o.Source, catalogue.Sourced, o.Confidence)
			}
		}
	}
	for _, p := range c.Products {
		for _, s := range p.Sources {
			sourced(t, c, p.ID, s, catalogue.Sourced, p.Confidence)
		}
	}
	for _, r := range c.Rules {
		grade := catalogue.Grade("D")
		sourced(t, c, "rule "+r.ID, r.Source, r.Origin, grade)
		if r.About == "" || r.When == "" || r.Then == "" || r.Origin == "" {
			t.Errorf("rule %s lacks what it is about, when, then or an origin", r.ID)
		}
		for _, x := range r.Thresholds {
			if !x.Value.Stated {
				t.Errorf("rule %s: threshold %s has no value", r.ID, x.ID)
			}
		}
	}
}

func sourced(t *testing.T, c catalogue.Catalogue, what, source string, origin catalogue.Origin, grade catalogue.Grade) {
	t.Helper()
	if _, ok := c.Source(source); !ok && (source != "" || origin == "" || origin == catalogue.Sourced) {
		t.Errorf("%s: source %q is not among the sources, and it is not called derived, practice or an assumption", what, source)
	}
	if grade == "" {
		t.Errorf("%s: no confidence", what)
	}
}

func TestShippedSourcesCanBeFollowed(t *testing.T) {
	for _, s := range load(t).Sources {
		if s.Title == "" || s.Publisher == "" || s.Kind == "" {
			t.Errorf("source %s lacks a title, a publisher or a kind", s.ID)
		}
		if strings.Contains(s.Address, " ") && !strings.HasPrefix(s.Address, "npm:") {
			t.Errorf("source %s: address %q", s.ID, s.Address)
		}
	}
}

func TestShippedTierTables(t *testing.T) {
	for _, p := range load(t).Platforms {
		if p.Name == "" || p.Kind == "" || p.Unit == "" || len(p.Tiers) == 0 {
			t.Errorf("%s lacks a name, a kind, a unit or tiers", p.ID)
		}
		price, held := -1.0, -1.0
		for _, tier := range p.Tiers {
			if tier.Price.Stated && tier.Currency == "" {
				t.Errorf("%s %s: a price without a currency", p.ID, tier.ID)
			}
			if !tier.Listed() {
				continue
			}
			holds := tier.Included.Value
			switch {
			case tier.Unlimited:
				holds = math.Inf(1)
			case !tier.Included.Stated:
				holds = max(held, 0) // not known, so never chosen
			}
			if tier.Price.Value < price || holds < held || tier.Price.Value == price && holds == held {
				t.Errorf("%s %s: %v for %v after %v for %v, want a dearer tier to hold no less", p.ID, tier.ID, tier.Price.Value, holds, price, held)
			}
			price, held = tier.Price.Value, holds
		}
	}
}

func TestShippedIdsAreUnique(t *testing.T) {
	c := load(t)
	var ids []string
	for _, p := range c.Platforms {
		ids = append(ids, "platform "+p.ID)
		for _, tier := range p.Tiers {
			ids = append(ids, "tier "+p.ID+"/"+tier.ID)
		}
	}
	for _, p := range c.Products {
		ids = append(ids, "product "+p.ID)
		for _, k := range p.Connectors {
			if _, ok := c.Platform(k.Platform); !ok {
				t.Errorf("product %s: connector of an unknown platform %q", p.ID, k.Platform)
			}
		}
		if !slices.Contains(audit.Kind("").Options(), p.Kind) {
			t.Errorf("product %s: %q is no kind of a system", p.ID, p.Kind)
		}
	}
	for _, s := range c.Sources {
		ids = append(ids, "source "+s.ID)
	}
	slices.Sort(ids)
	for i := 1; i < len(ids); i++ {
		if ids[i] == ids[i-1] {
			t.Errorf("%s stands twice", ids[i])
		}
	}
}

func TestShippedOverageIsTheVendorsRule(t *testing.T) {
	// Zapier: 1.25 times the plan's price for a task, a stop at 3 times its tasks.
	for _, tier := range platform(t, "zapier").Tiers {
		if tier.Overage == nil {
			continue
		}
		if want := 1.25 * tier.Price.Value / tier.Included.Value; math.Abs(tier.Overage.Price-want) > 1e-6 {
			t.Errorf("%s: overage %v, want %v", tier.ID, tier.Overage.Price, want)
		}
		if want := 3 * tier.Included.Value; tier.Overage.UpTo.Value != want {
			t.Errorf("%s stops at %v, want %v", tier.ID, tier.Overage.UpTo.Value, want)
		}
	}
}

func TestOfTwoSourcesTheCautiousOneCounts(t *testing.T) {
	core, _ := platform(t, "make").TierByID("core")
	if core.Price.Value != 9 || core.Included.Value != 5000 {
		t.Errorf("make core holds %v for %v, want the 5,000 of two claims for 9", core.Included.Value, core.Price.Value)
	}
}

func TestFiguresOfTheBuildFormula(t *testing.T) {
	got := load(t).Build
	got.Origin, got.Source, got.Note = "", "", ""
	want := catalogue.Build{
		Base: 8, Step: 3, Branch: 6, Transform: 3, Reliable: 1.25, TwoWay: 1.5, NoInterface: 1.4, Custom: 4,
		Low: .8, High: 1.8, HoursPerWeek: 30, Steps: 3, Branches: 0, Transforms: 1,
	}
	if got != want {
		t.Errorf("build figures %+v, want %+v", got, want)
	}
}
