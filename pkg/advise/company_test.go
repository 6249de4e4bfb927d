package advise_test

import (
	"slices"
	"testing"

	"github.com/flowmap-dev/flowmap/pkg/advise"
	"github.com/flowmap-dev/flowmap/pkg/audit"
	"github.com/flowmap-dev/flowmap/pkg/catalogue"
	"github.com/flowmap-dev/flowmap/pkg/graph"
)

// together puts flows on the platforms named, one each, and asks for the whole.
func together(t *testing.T, w audit.Workspace, c catalogue.Catalogue, on map[string]string, flows ...audit.Flow) advise.Company {
	t.Helper()
	w.Flows = flows
	a := advise.New(w, graph.Map{}, c)
	var picks []advise.Pick
	for _, f := range flows {
		all := a.Candidates(f)
		picks = append(picks, advise.PickOf(all, of(t, all, on[f.ID])))
	}
	return a.Company(picks)
}

func named(id string, records float64) audit.Flow {
	f := orders()
	f.ID, f.Volume = id, aMonth(records)
	return f
}

func TestPlatformIsPaidOnceInTheTierThatHoldsAllItsFlows(t *testing.T) {
	on := map[string]string{"a": "n8n-cloud", "b": "n8n-cloud"}
	all := together(t, shop(), shipped(t), on, named("a", 2000), named("b", 2000))
	if len(all.Platforms) != 1 {
		t.Fatalf("%d platforms, want one", len(all.Platforms))
	}
	// 2,000 and 2,000 executions are too many for starter's 2,500: pro at 50, not twice 20.
	if s := all.Platforms[0]; s.Tier != "pro" || !near(s.Fee, 50) || !near(s.Alone, 40) || s.Operations != 4000 {
		t.Errorf("%+v, want pro for 50 and 40 alone", s)
	}
}

func TestWhatIsPaidForIsMarginal(t *testing.T) {
	w := shop()
	w.Platforms.Have = []audit.Have{{ID: "n8n-cloud", Tier: "starter", Spare: stated(1500)}}
	on := map[string]string{"a": "n8n-cloud", "b": "n8n-cloud"}
	if s := together(t, w, shipped(t), on, named("a", 700), named("b", 800)).Platforms[0]; s.Fee != 0 || s.Tier != "starter" {
		t.Errorf("%+v, want no fee: 1,500 executions are paid for", s)
	}
	if s := together(t, w, shipped(t), on, named("a", 700), named("b", 801)).Platforms[0]; !near(s.Fee, 20) {
		t.Errorf("fee %v, want 20: one execution more than is paid for", s.Fee)
	}
}

func TestEachFurtherPlatformHasItsPrice(t *testing.T) {
	on := map[string]string{"a": "n8n-cloud", "b": "n8n-cloud", "c": "zapier"}
	all := together(t, shop(), shipped(t), on, named("a", 100), named("b", 100), named("c", 100))
	if len(all.Platforms) != 2 || all.Platforms[0].Platform != "n8n-cloud" {
		t.Fatalf("%+v, want n8n first, for its two flows", all.Platforms)
	}
	// Both build alike; without Zapier its 19.99 dollars are saved, and n8n's starter holds one flow more.
	if s := all.Platforms[1]; s.Elsewhere != "n8n-cloud" || !near(s.Difference, -19.99*.9) {
		t.Errorf("without zapier: %q, %v, want n8n-cloud for 17.99 less", s.Elsewhere, s.Difference)
	}
}

func TestFlowsThatHadBetterStayAreNamed(t *testing.T) {
	w := shop()
	small := named("small", 10)
	hours(.1)(&w, &small)
	all := together(t, w, shipped(t), map[string]string{"small": "n8n-cloud"}, small)
	if !slices.Equal(all.Avoided, []string{"small"}) {
		t.Errorf("avoided %v, want small", all.Avoided)
	}
}

func TestConnectorOfTheTwoProductsComesFirst(t *testing.T) {
	w, f := shop(), orders()
	both(fromProduct("shopify"), product("xero"))(&w, &f)
	got := of(t, advise.Candidates(w, graph.Map{}, known(t, true), f), "connector")
	// 8 hours to set up at 55, 12 a month.
	if got.Fit != advise.Recommended || !got.Fits() || got.Fee.Mean() != 12 || got.BuildHours.Likely != 8 || !has(got, "link") {
		t.Errorf("%s, fee %v, %v h for %v, want recommended for 12 a month and 8 h", got.Fit, got.Fee.Mean(), got.BuildHours.Likely, ids(got))
	}
	got = of(t, advise.Candidates(w, graph.Map{}, known(t, false), f), "connector")
	if got.Fit != advise.Unsuitable || !has(got, "no-link") {
		t.Errorf("%s for %v, want unsuitable: they have none", got.Fit, ids(got))
	}
	got = candidate(t, w, f, "connector")
	if r, _ := reason(got, "link-unknown"); got.Fits() || !r.Ask {
		t.Errorf("%s for %v, want a question and no choice", got.Fit, ids(got))
	}
}

func TestDataThatGoesTheWrongWayRoundIsTakenFromItsRecord(t *testing.T) {
	w, f := shop(), orders()
	hours(8)(&w, &f)
	f.ID = "copied"
	got := of(t, advise.Candidates(w, faulty, shipped(t), f), "process")
	if r, ok := reason(got, "belongs-elsewhere"); !ok || r.Rule != "k17" || got.Fit != advise.Reasonable || got.Priced {
		t.Errorf("%s, priced %v, for %v, want reasonable by k17 and without a price", got.Fit, got.Priced, ids(got))
	}
	if advise.Avoid([]advise.Candidate{got}) {
		t.Error("a detour alone is no reason to leave a flow by hand")
	}
}

func TestPriceSeenOver180DaysBeforeTheAuditIsStale(t *testing.T) {
	w, f := shop(), orders()
	for _, test := range []struct {
		date  string
		stale bool
	}{{"2027-04-05", true}, {"2027-04-04", false}, {"", false}} { // n8n's price was seen on 2026-10-06
		w.Date = audit.Date(test.date)
		a := advise.New(w, graph.Map{}, shipped(t))
		c := of(t, a.Candidates(f), "n8n-cloud")
		found := a.Stale([]advise.Candidate{c, c})
		if (len(found) == 1) != test.stale {
			t.Errorf("%q: %d findings, want stale %v", test.date, len(found), test.stale)
			continue
		}
		if test.stale && (found[0].ID != "FM017" || len(found[0].Flows) != 2) {
			t.Errorf("%+v, want FM017 with both flows", found[0])
		}
	}
}

func TestPatternsThatAFlowCannotHaveAreProblems(t *testing.T) {
	w := landscape()
	w.Systems = append(w.Systems, audit.System{ID: "sealed", Interfaces: []audit.Interface{"none"}})
	pattern := func(p audit.Pattern, from string, change change) audit.Flow {
		f := orders()
		f.From = from
		change(&w, &f)
		f.Solution.Pattern = p
		return f
	}
	for _, test := range []struct {
		name string
		flow audit.Flow
		want string // "" for none
	}{
		{"sync one way", pattern(audit.Sync, "crm", as), `flow "orders": solution: pattern "sync": the flow goes one way`},
		{"sync without owners", pattern(audit.Sync, "crm", twoWay()), `flow "orders": solution: pattern "sync": nobody says which system owns the shared fields`},
		{"sync by files", func() audit.Flow { f := pattern(audit.Sync, "crm", phoneOwned); f.To = "old"; return f }(), `flow "orders": solution: pattern "sync": an end has neither api, webhook nor database`},
		{"sync", pattern(audit.Sync, "crm", phoneOwned), ""},
		{"push from a system that does not call", pattern(audit.Push, "erp", as), `flow "orders": solution: pattern "push": system "erp" does not call when something is new: its interfaces hold no webhook and no database`},
		{"publish from it", pattern(audit.PubSub, "erp", as), `flow "orders": solution: pattern "pubsub": system "erp" does not call when something is new: its interfaces hold no webhook and no database`},
		{"push from a database", pattern(audit.Push, "store", as), ""},
		{"push from a shop that calls", pattern(audit.Push, "shop", as), ""},
		{"push from what nobody knows", pattern(audit.Push, "letters", as), ""},
		{"pull from what cannot be read", pattern(audit.Pull, "sealed", as), `flow "orders": solution: pattern "pull": system "sealed" has no interface that could be read`},
		{"pull", pattern(audit.Pull, "erp", as), ""},
	} {
		w.Flows = []audit.Flow{test.flow}
		found := advise.Check(w, shipped(t))
		switch {
		case test.want == "" && len(found) > 0:
			t.Errorf("%s: %v, want no problem", test.name, found)
		case test.want != "" && (len(found) != 1 || found[0].Message != test.want || found[0].Hint == ""):
			t.Errorf("%s: %v, want %q alone, with a hint", test.name, found, test.want)
		}
	}
}
