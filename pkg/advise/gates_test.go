package advise_test

import (
	"testing"

	"github.com/flowmap-dev/flowmap/pkg/advise"
	"github.com/flowmap-dev/flowmap/pkg/audit"
	"github.com/flowmap-dev/flowmap/pkg/catalogue"
	"github.com/flowmap-dev/flowmap/pkg/graph"
)

// gate is a case in which a reason stands, and the nearest in which it does
// not.
type gate struct {
	reason   string
	platform string
	fires    func(*audit.Workspace, *audit.Flow)
	near     func(*audit.Workspace, *audit.Flow)
	fit      advise.Fit // at most, where it fires; Recommended: it limits nothing
}

func as(*audit.Workspace, *audit.Flow) {}

func reliability(r audit.Reliability) func(*audit.Workspace, *audit.Flow) {
	return func(_ *audit.Workspace, f *audit.Flow) { f.Needs.Reliability = r }
}

// pulled makes the shop one that does not call.
func pulled(l audit.Latency) func(*audit.Workspace, *audit.Flow) {
	return func(w *audit.Workspace, f *audit.Flow) {
		w.Systems[0].Interfaces = []audit.Interface{"api"}
		f.Needs.Latency = l
	}
}

func volume(records float64) func(*audit.Workspace, *audit.Flow) {
	return func(_ *audit.Workspace, f *audit.Flow) { f.Volume = aMonth(records) }
}

func steps(n float64) func(*audit.Workspace, *audit.Flow) {
	return func(_ *audit.Workspace, f *audit.Flow) { f.Needs.Steps = stated(n); f.Volume = aMonth(10) }
}

func residency(r string) func(*audit.Workspace, *audit.Flow) {
	return func(_ *audit.Workspace, f *audit.Flow) { f.Needs.Residency = r }
}

func to(system string) func(*audit.Workspace, *audit.Flow) {
	return func(_ *audit.Workspace, f *audit.Flow) { f.To = system }
}

func have(spare float64) func(*audit.Workspace, *audit.Flow) {
	return func(w *audit.Workspace, _ *audit.Flow) {
		w.Platforms.Have = []audit.Have{{ID: "make", Tier: "core", Spare: stated(spare)}}
	}
}

func both(changes ...func(*audit.Workspace, *audit.Flow)) func(*audit.Workspace, *audit.Flow) {
	return func(w *audit.Workspace, f *audit.Flow) {
		for _, change := range changes {
			change(w, f)
		}
	}
}

func exclude(id string) func(*audit.Workspace, *audit.Flow) {
	return func(w *audit.Workspace, _ *audit.Flow) { w.Platforms.Exclude = []string{id} }
}

func nobody(w *audit.Workspace, _ *audit.Flow) { w.Platforms.TechnicalOwner = "" }

func product(id string) func(*audit.Workspace, *audit.Flow) {
	return func(w *audit.Workspace, _ *audit.Flow) { w.Systems[1].Product = id }
}

func twoWay(fields ...audit.FieldOwner) func(*audit.Workspace, *audit.Flow) {
	return func(_ *audit.Workspace, f *audit.Flow) { f.Needs.Direction, f.Needs.Fields = audit.TwoWay, fields }
}

func tier(id string) func(*audit.Workspace, *audit.Flow) {
	return func(_ *audit.Workspace, f *audit.Flow) {
		f.Solution = audit.Solution{Platform: "make", Tier: id}
		f.Volume = aMonth(1001) // × 5 credits
	}
}

func pounds(w *audit.Workspace, _ *audit.Flow) { w.Assumptions.ExchangeRates = nil }

// complicated is more than medium.
func complicated(_ *audit.Workspace, f *audit.Flow) {
	f.Needs.Steps, f.Needs.Branches = stated(9), stated(6)
}

func shaped(steps, branches float64) func(*audit.Workspace, *audit.Flow) {
	return func(_ *audit.Workspace, f *audit.Flow) {
		f.Needs.Steps, f.Needs.Branches = stated(steps), stated(branches)
	}
}

// limited makes the ERP take so many calls a minute, and the flow one that is
// pulled once a day.
func limited(calls, records float64) func(*audit.Workspace, *audit.Flow) {
	return func(w *audit.Workspace, f *audit.Flow) {
		w.Systems[1].CallsPerMinute = stated(calls)
		f.Needs.Latency, f.Volume = "daily", aMonth(records)
	}
}

// hours makes it known what the flow costs by hand.
func hours(week float64) func(*audit.Workspace, *audit.Flow) {
	return func(_ *audit.Workspace, f *audit.Flow) {
		f.Efforts = []audit.Effort{{HoursPerWeek: audit.One(week, audit.Number, audit.Counted)}}
	}
}

func personal(class audit.PersonalData) func(*audit.Workspace, *audit.Flow) {
	return func(w *audit.Workspace, _ *audit.Flow) { w.Entities[0].PersonalData = class }
}

// asked is wanted at once from a shop that does not call.
func asked(w *audit.Workspace, f *audit.Flow) { pulled("realtime")(w, f) }

// crowded has five systems, EDI, and a complex flow.
func crowded(w *audit.Workspace, f *audit.Flow) {
	w.Systems[4].Interfaces = append(w.Systems[4].Interfaces, "edi")
	complicated(w, f)
}

// called adds a telephone.
func called(w *audit.Workspace, f *audit.Flow) {
	w.Systems = append(w.Systems, audit.System{ID: "telephone", Kind: audit.Phone})
	f.From = "telephone"
}

var gates = []gate{
	{"suits-k08", "make", shaped(2, 0), shaped(2, 1), advise.Recommended},
	{"suits-k01", "make", both(shaped(3, 1), nobody, volume(100)), shaped(3, 1), advise.Recommended},
	{"suits-k02", "make", as, complicated, advise.Recommended},
	{"strict-logging", "make", personal("special"), personal("ordinary"), advise.Reasonable},
	{"each-action-counts", "make", shaped(5, 1), shaped(4, 1), advise.Reasonable},
	{"large-enough", "boomi", crowded, shaped(4, 1), advise.Recommended},
	{"beyond-budget", "boomi", volume(18000), volume(800), advise.Exception},
	{"run-too-long", "activepieces", limited(10, 6000), limited(10, 600), advise.Exception},
	{"run-unknown", "make", limited(10, 600), limited(20, 600), advise.Exception}, // 8 or 4 minutes
	{"nothing-to-read", "make", called, to("letters"), advise.Exception},
	{"overage", "zapier", as, volume(500), advise.Recommended},
	{"answers-calls", "make", asked, as, advise.Recommended},
	{"calls-unknown", "pabbly", asked, as, advise.Exception},
	{"no-two-programs", "connector", to("letters"), as, advise.Unsuitable},
	{"link-unknown", "connector", as, to("letters"), advise.Exception},
	{"let-them-enter-it", "process", called, as, advise.Recommended},
	{"cheaper-by-hand", "process", hours(.1), hours(8), advise.Recommended},
	{"does-not-pay", "process", hours(1), hours(8), advise.Recommended},
	{"work-is-needed", "process", hours(8), hours(.1), advise.Exception},
	{"excluded", "zapier", exclude("zapier"), exclude("make"), advise.Unsuitable},
	{"no-technical-owner", "n8n-self", nobody, as, advise.Unsuitable},
	{"no-technical-owner", "custom", nobody, as, advise.Unsuitable},
	{"technical-owner", "n8n-self", as, nobody, advise.Recommended},
	{"no-suite", "power-automate", as, product("bc"), advise.Exception},
	{"suite", "power-automate", product("outlook"), product("odoo"), advise.Recommended},
	{"batch-copies-only", "airbyte-self", as, to("figures"), advise.Unsuitable},
	{"alerts-unknown", "make", reliability(audit.Normal), reliability(audit.Low), advise.Exception},
	{"alerts", "n8n-cloud", reliability(audit.Normal), reliability(audit.Low), advise.Recommended},
	{"no-retries", "nodered", reliability(audit.High), reliability(audit.Normal), advise.Reasonable},
	{"retries", "n8n-cloud", reliability(audit.Critical), reliability(audit.Normal), advise.Recommended},
	{"log-unknown", "zapier", reliability(audit.High), reliability(audit.Normal), advise.Recommended},
	{"log-short", "boomi", reliability(audit.High), reliability(audit.Normal), advise.Recommended},
	{"log-long", "power-automate", reliability(audit.High), reliability(audit.Normal), advise.Recommended},
	{"bare-no-code", "n8n-cloud", reliability(audit.Critical), reliability(audit.High), advise.Reasonable},
	{"webhook", "make", as, pulled("minutes"), advise.Recommended},
	{"webhook-not-taken", "pabbly", as, pulled("minutes"), advise.Recommended},
	{"polling-too-slow", "airbyte-self", pulled("minutes"), pulled("hourly"), advise.Unsuitable},
	{"polling-unknown", "activepieces", pulled("hourly"), pulled("daily"), advise.Unsuitable},
	{"polling", "workato", pulled("minutes"), pulled("daily"), advise.Recommended},
	{"residency-unknown", "zapier", residency("eu"), residency(""), advise.Unsuitable},
	{"residency-unknown", "make", residency("ch"), residency("EU"), advise.Unsuitable},
	{"residency", "make", residency("eu"), residency("ch"), advise.Recommended},
	{"on-premise-unknown", "n8n-cloud", to("old"), to("erp"), advise.Exception},
	{"no-on-premise", "pipedream", to("old"), to("erp"), advise.Exception},
	{"on-premise", "boomi", to("old"), to("erp"), advise.Recommended},
	{"no-interface", "boomi", to("old"), to("figures"), advise.Recommended},
	{"too-many-steps", "power-automate", steps(501), steps(500), advise.Unsuitable},
	{"steps-unknown", "n8n-cloud", steps(101), steps(100), advise.Unsuitable},
	{"made-for-enterprises", "boomi", as, nil, advise.Reasonable},
	{"custom-effort", "custom", as, nil, advise.Reasonable},
	{"another-purpose", "pipedream", as, nil, advise.Exception},
	{"quick-to-build", "zapier", complicated, reliability(audit.Critical), advise.Recommended},
	{"server-upkeep", "n8n-self", volume(40000), volume(40001), advise.Reasonable},
	{"worth-a-server", "n8n-self", volume(40001), volume(40000), advise.Recommended},
	{"connector", "n8n-cloud", product("odoo"), product("holded"), advise.Recommended},
	{"no-connector", "n8n-cloud", product("holded"), product("odoo"), advise.Recommended},
	{"two-way-without-owners", "make", twoWay(), twoWay(audit.FieldOwner{Field: "phone", Owner: "erp"}), advise.Recommended},
	{"no-fields", "n8n-cloud", to("letters"), to("figures"), advise.Recommended},
	{"volume-unknown", "make", func(_ *audit.Workspace, f *audit.Flow) { f.Volume = audit.Volume{} }, as, advise.Recommended},
	{"paid-already", "make", have(4000), have(3999), advise.Recommended},
	{"spare-too-small", "make", have(3999), have(4000), advise.Recommended},
	{"price-on-request", "workato", as, nil, advise.Exception},
	{"unit-unknown", "pipedream", as, nil, advise.Exception},
	{"no-tier", "n8n-cloud", volume(10001), volume(10000), advise.Exception},
	{"tier-too-small", "make", tier("core"), tier("pro"), advise.Exception},
	{"exchange-rate", "make", pounds, as, advise.Exception},
}

func judged(t *testing.T, change func(*audit.Workspace, *audit.Flow), platform string) advise.Candidate {
	t.Helper()
	w, f := shop(), orders()
	change(&w, &f)
	return candidate(t, w, f, platform)
}

func worse(a, b advise.Fit) bool {
	order := map[advise.Fit]int{advise.Recommended: 0, advise.Reasonable: 1, advise.Exception: 2, advise.Unsuitable: 3}
	return order[a] > order[b]
}

func TestEachReasonHasACaseThatFiresAndTheNearestThatDoesNot(t *testing.T) {
	for _, g := range gates {
		c := judged(t, g.fires, g.platform)
		r, ok := reason(c, g.reason)
		if !ok {
			t.Errorf("%s on %s does not stand; reasons: %v", g.reason, g.platform, ids(c))
			continue
		}
		if worse(g.fit, c.Fit) {
			t.Errorf("%s on %s: fit %s, want %s at best", g.reason, g.platform, c.Fit, g.fit)
		}
		if r.Gate != (g.fit != advise.Recommended) {
			t.Errorf("%s on %s: limits the fit: %v", g.reason, g.platform, r.Gate)
		}
		if g.near == nil {
			continue
		}
		if c := judged(t, g.near, g.platform); has(c, g.reason) {
			t.Errorf("%s on %s stands in the nearest case too: %v", g.reason, g.platform, ids(c))
		}
	}
}

func has(c advise.Candidate, id string) bool {
	_, ok := reason(c, id)
	return ok
}

func ids(c advise.Candidate) []string {
	var all []string
	for _, r := range c.Reasons {
		all = append(all, r.ID)
	}
	return all
}

func TestWhatIsNotKnownAsksTheVendor(t *testing.T) {
	c := judged(t, residency("eu"), "zapier")
	if r, _ := reason(c, "residency-unknown"); !r.Ask || r.For || r.Source != "" {
		t.Errorf("%+v, want a question to the vendor", r)
	}
	// A fact that is known names its source.
	c = judged(t, residency("eu"), "make")
	if r, _ := reason(c, "residency"); r.Ask || !r.For || r.Source != "ipaas-compare-2026-04" {
		t.Errorf("%+v, want the source of the fact", r)
	}
}

func TestWithoutAlertsNothingIsRecommendedForNormalReliabilityOrAbove(t *testing.T) {
	for _, level := range []audit.Reliability{"", audit.Normal, audit.High, audit.Critical} {
		w, f := shop(), orders()
		f.Needs.Reliability = level
		c := shipped(t)
		for _, found := range advise.Candidates(w, graph.Map{}, c, f) {
			p, _ := c.Platform(found.Platform)
			if (p.Alerts == nil || !p.Alerts.Holds) && found.Fits() {
				t.Errorf("reliability %q: %s is %s without a way to raise an alert", level, found.Platform, found.Fit)
			}
		}
	}
}

func TestPlainFlowHasARecommendedCandidateWithAPrice(t *testing.T) {
	first := candidates(t, shop(), orders())[0]
	if first.Platform != "n8n-cloud" || first.Tier != "starter" || first.Fit != advise.Recommended || !first.Fits() {
		t.Errorf("first is %s/%s, %s, want n8n-cloud/starter, recommended: 800 runs fit, 3,200 tasks of Zapier cost more", first.Platform, first.Tier, first.Fit)
	}
}

func TestFreeTierOnlyForLowReliability(t *testing.T) {
	f := orders()
	f.Volume = aMonth(100) // 500 credits
	f.Needs.Reliability = audit.Low
	if c := candidate(t, shop(), f, "make"); c.Tier != "free" || c.Fee.Mean() != 0 {
		t.Errorf("tier %q for %v, want free", c.Tier, c.Fee.Mean())
	}
	f.Needs.Reliability = audit.Normal
	if c := candidate(t, shop(), f, "make"); c.Tier != "core" {
		t.Errorf("tier %q, want core", c.Tier)
	}
	// Zapier's free tier takes one action for a record.
	f.Needs.Reliability = audit.Low
	f.Volume = aMonth(20)
	if c := candidate(t, shop(), f, "zapier"); c.Tier != "professional-750" {
		t.Errorf("tier %q for four steps, want professional-750", c.Tier)
	}
	f.Needs.Steps = stated(1)
	if c := candidate(t, shop(), f, "zapier"); c.Tier != "free" {
		t.Errorf("tier %q for one step, want free", c.Tier)
	}
}

func TestVolumeThatIsNotKnownTakesTheSmallestPaidTier(t *testing.T) {
	f := orders()
	f.Volume = audit.Volume{}
	c := candidate(t, shop(), f, "zapier")
	if c.Metered || c.Tier != "professional-750" || !near(c.Fee.Mean(), 19.99*.9) {
		t.Errorf("metered %v, tier %q for %v, want the smallest paid tier for 17.99", c.Metered, c.Tier, c.Fee.Mean())
	}
}

func TestSpareOperationsCostNothing(t *testing.T) {
	c := judged(t, have(4000), "make") // 800 × 5 credits
	if !c.Priced || c.Fee.Mean() != 0 {
		t.Errorf("fee %v (known %v), want 0: 4,000 credits are paid for already", c.Fee.Mean(), c.Priced)
	}
	if c := judged(t, have(3999), "make"); !near(c.Fee.Mean(), 8.1) {
		t.Errorf("fee %v, want 8.10: the spare is one credit short", c.Fee.Mean())
	}
}

func TestProductKnowsWhatTheWorkspaceDoesNotSay(t *testing.T) {
	w, f := shop(), orders()
	w.Systems[0].Interfaces, w.Systems[0].Product = nil, "woocommerce"
	if c := candidate(t, w, f, "make"); !has(c, "webhook") {
		t.Errorf("WooCommerce calls, reasons are %v", ids(c))
	}
	w.Systems[0].Product = "prestashop" // none is documented
	if c := candidate(t, w, f, "make"); has(c, "webhook") {
		t.Error("PrestaShop is not known to call")
	}
	w.Systems[0].Product = "woocommerce"
	w.Systems[0].Interfaces = []audit.Interface{"api"} // what is stated counts
	if c := candidate(t, w, f, "make"); has(c, "webhook") {
		t.Error("the workspace says that this shop has an API alone")
	}
}

func TestPulledFlowMetersItsLooks(t *testing.T) {
	// Every 5 minutes: 8,640 looks a month.
	if c := judged(t, pulled("minutes"), "n8n-cloud"); c.Operations != 8640 || c.Tier != "pro" {
		t.Errorf("%v executions in tier %q, want 8,640 looks, each of which takes what is new, in pro", c.Operations, c.Tier)
	}
	if c := judged(t, pulled("daily"), "n8n-cloud"); c.Operations != 30 || c.Tier != "starter" {
		t.Errorf("%v executions in tier %q, want 30 in starter", c.Operations, c.Tier)
	}
	fetched := func(_ *audit.Workspace, f *audit.Flow) {
		f.Needs.Latency, f.Solution.Pattern = "daily", audit.Pull
	}
	if c := judged(t, fetched, "n8n-cloud"); c.Operations != 30 {
		t.Errorf("%v executions, want 30: who decides to fetch is not called", c.Operations)
	}
	if c := judged(t, pulled("minutes"), "zapier"); c.Operations != 3200 {
		t.Errorf("%v tasks, want 800 × 4: looking is free", c.Operations)
	}
}

func TestCandidateWithoutAPriceIsNeverChosen(t *testing.T) {
	for _, c := range candidates(t, shop(), orders()) {
		if p, _ := shipped(t).Platform(c.Platform); c.Fits() && p.Unit == catalogue.Contract {
			t.Errorf("%s fits, but its price is on request", c.Platform)
		}
		if !c.Priced && (c.Fee.Stated() || c.Fits()) {
			t.Errorf("%s has no price, but a fee of %v", c.Platform, c.Fee.Mean())
		}
	}
}
