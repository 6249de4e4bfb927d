package advise_test

import (
	"math"
	"slices"
	"sync"
	"testing"

	"github.com/flowmap-dev/flowmap/pkg/advise"
	"github.com/flowmap-dev/flowmap/pkg/audit"
	"github.com/flowmap-dev/flowmap/pkg/catalogue"
	"github.com/flowmap-dev/flowmap/pkg/graph"
)

var loaded = sync.OnceValues(catalogue.Load)

// shipped is the catalogue that ships with flowmap; its list of platforms is
// the test's own.
func shipped(t testing.TB) catalogue.Catalogue {
	t.Helper()
	c, err := loaded()
	if err != nil {
		t.Fatal(err)
	}
	c.Platforms = slices.Clone(c.Platforms)
	return c
}

func stated(x float64) audit.Amount { return audit.Amount{Value: x, Stated: true} }

func aMonth(records float64) audit.Volume {
	return audit.Volume{Records: audit.One(records, audit.PerMonth, audit.Counted)}
}

// shop is a workspace in euros with a shop that calls, an ERP with an API, and
// a technical owner.
func shop() audit.Workspace {
	a := audit.DefaultAssumptions()
	a.ExchangeRates = []audit.ExchangeRate{{Currency: "USD", Rate: stated(.9)}}
	return audit.Workspace{
		Currency:    "EUR",
		Assumptions: a,
		Platforms:   audit.Platforms{TechnicalOwner: "Jordi"},
		Systems: []audit.System{
			{ID: "shop", Kind: audit.Ecommerce, Interfaces: []audit.Interface{"api", "webhook"}},
			{ID: "erp", Kind: audit.ERP, Interfaces: []audit.Interface{"api"}},
			{ID: "old", Kind: audit.ERP, Hosting: "on-premise", Interfaces: []audit.Interface{"file"}},
			{ID: "letters", Kind: audit.Paper},
			{ID: "figures", Kind: audit.BI, Interfaces: []audit.Interface{"database"}},
		},
		Entities: []audit.Entity{{ID: "order"}},
	}
}

// orders is a flow of 800 records a month on which all needs are stated.
func orders() audit.Flow {
	return audit.Flow{
		ID: "orders", Entity: "order", From: "shop", To: "erp", How: audit.Manual, Volume: aMonth(800),
		Needs: audit.Needs{
			Latency: "minutes", Reliability: audit.Normal, Direction: audit.OneWay,
			Steps: stated(4), Branches: stated(1), Transforms: stated(2),
		},
	}
}

func candidates(t testing.TB, w audit.Workspace, f audit.Flow) []advise.Candidate {
	t.Helper()
	return advise.Candidates(w, graph.Map{}, shipped(t), f)
}

func candidate(t testing.TB, w audit.Workspace, f audit.Flow, platform string) advise.Candidate {
	t.Helper()
	return of(t, candidates(t, w, f), platform)
}

func of(t testing.TB, all []advise.Candidate, platform string) advise.Candidate {
	t.Helper()
	i := slices.IndexFunc(all, func(c advise.Candidate) bool { return c.Platform == platform })
	if i < 0 {
		t.Fatalf("no candidate on %s", platform)
	}
	return all[i]
}

func reason(c advise.Candidate, id string) (advise.Reason, bool) {
	i := slices.IndexFunc(c.Reasons, func(r advise.Reason) bool { return r.ID == id })
	if i < 0 {
		return advise.Reason{}, false
	}
	return c.Reasons[i], true
}

func near(a, b float64) bool { return math.Abs(a-b) < .005 }

// The flow web-orders of the documentation: the client has decided.
func webOrders() audit.Flow {
	return audit.Flow{
		ID: "web-orders", Entity: "order", From: "shop", To: "old", How: audit.Manual, Volume: aMonth(800),
		Peak: audit.Peak{Factor: audit.One(2.5, audit.Number, audit.Constant), Months: []int{11, 12}},
		Needs: audit.Needs{
			Latency: "minutes", Reliability: audit.Critical, Direction: audit.OneWay,
			Fields: []audit.FieldOwner{{Field: "phone", Owner: "crm"}},
			Steps:  stated(4), Branches: stated(1), Transforms: stated(2), Residency: "eu", Loss: "none",
		},
		Solution: audit.Solution{
			Platform: "n8n-cloud", Tier: "starter", Pattern: audit.Push,
			BuildCost:       audit.Three(3000, 4500, 8000, audit.Money),
			PlatformMonthly: audit.One(45, audit.Money, audit.Constant),
			BuildWeeks:      stated(3),
		},
	}
}

func TestWorkedFlowWebOrders(t *testing.T) {
	c := candidates(t, shop(), webOrders())[0]
	if !c.Decided || c.Platform != "n8n-cloud" || c.Tier != "starter" || c.Pattern != audit.Push {
		t.Errorf("first is %s/%s by %s (decided %v), want the decided n8n-cloud/starter by push", c.Platform, c.Tier, c.Pattern, c.Decided)
	}
	if !near(c.BuildCost.Mean(), 4833.33) || !c.Priced || c.Fee.Mean() != 45 || !near(c.Maintenance, 60.42) || c.BuildWeeks != 3 {
		t.Errorf("build %.2f in %v weeks, fee %.2f, maintenance %.2f, want 4,833.33 in 3 weeks, 45 and 60.42",
			c.BuildCost.Mean(), c.BuildWeeks, c.Fee.Mean(), c.Maintenance)
	}
	if c.Unit != catalogue.Execution || !c.Metered || !near(c.Operations, 800) || !near(c.PeakOperations, 2000) {
		t.Errorf("%v %ss a month, %v in the peak, want 800 executions and 2,000", c.Operations, c.Unit, c.PeakOperations)
	}
	if len(c.Assumed) > 0 {
		t.Errorf("assumed %v, want nothing: all is stated", c.Assumed)
	}
}

func TestTheOthersOfADecidedFlowAreFlowmapsOwn(t *testing.T) {
	c := candidate(t, shop(), webOrders(), "n8n-self")
	// (8 + 3·4 + 6·1 + 3·2) × 1.25 critical × 1.4 for the ERP that takes files only = 56 h.
	if c.Decided || !near(c.BuildHours.Likely, 56) {
		t.Errorf("decided %v, %v h to build, want 56 h by the formula", c.Decided, c.BuildHours.Likely)
	}
}

func TestBuildByTheFormula(t *testing.T) {
	for _, test := range []struct {
		name  string
		shape func(*audit.Flow)
		on    string
		hours float64
		weeks float64
	}{
		{"simple: 8 + 3·2 + 3", func(f *audit.Flow) {
			f.Needs.Steps, f.Needs.Branches, f.Needs.Transforms = stated(2), stated(0), stated(1)
		}, "make", 17, 1},
		{"medium: 8 + 3·6 + 6·2 + 3·4", func(f *audit.Flow) {
			f.Needs.Steps, f.Needs.Branches, f.Needs.Transforms = stated(6), stated(2), stated(4)
		}, "make", 50, 2},
		{"as stated: 8 + 3·4 + 6 + 3·2", func(*audit.Flow) {}, "make", 32, 2},
		{"high reliability × 1.25", func(f *audit.Flow) { f.Needs.Reliability = audit.High }, "make", 40, 2},
		{"critical × 1.25", func(f *audit.Flow) { f.Needs.Reliability = audit.Critical }, "make", 40, 2},
		{"two-way × 1.5", func(f *audit.Flow) { f.Needs.Direction = audit.TwoWay }, "make", 48, 2},
		{"files only × 1.4", func(f *audit.Flow) { f.To = "old" }, "make", 44.8, 2},
		{"custom × 4", func(*audit.Flow) {}, "custom", 128, 5},
		{"nothing stated: 8 + 3·3 + 3·1", func(f *audit.Flow) { f.Needs = audit.Needs{} }, "make", 20, 1},
	} {
		f := orders()
		test.shape(&f)
		c := candidate(t, shop(), f, test.on)
		h := c.BuildHours
		if !near(h.Likely, test.hours) || !near(h.Low, .8*test.hours) || !near(h.High, 1.8*test.hours) || c.BuildWeeks != test.weeks {
			t.Errorf("%s: %v to %v to %v h in %v weeks, want %v likely in %v", test.name, h.Low, h.Likely, h.High, c.BuildWeeks, test.hours, test.weeks)
		}
		if !near(c.BuildCost.Likely, test.hours*55) || !near(c.Maintenance, c.BuildCost.Mean()*.15/12) {
			t.Errorf("%s: build %v and maintenance %v, want %v at 55 an hour, and 15 %% a year", test.name, c.BuildCost.Likely, c.Maintenance, test.hours*55)
		}
	}
}

func TestDefaultsAreListedAsAssumed(t *testing.T) {
	f := orders()
	f.Needs, f.Volume = audit.Needs{}, audit.Volume{}
	got := candidate(t, shop(), f, "n8n-cloud").Assumed
	want := []string{"steps", "branches", "transforms", "reliability", "direction", "latency", "volume"}
	if !slices.Equal(got, want) {
		t.Errorf("assumed %v, want %v", got, want)
	}
}

func TestFeeIsConvertedAndTotalled(t *testing.T) {
	c := candidate(t, shop(), orders(), "make")
	// 800 × 5 credits fit into 5,000 for USD 9, at 0.90 each.
	if c.Tier != "core" || !near(c.Fee.Mean(), 8.1) {
		t.Errorf("tier %q for %v, want core for 8.10", c.Tier, c.Fee.Mean())
	}
	if want := c.BuildCost.Mean() + 36*(8.1+c.Maintenance); !near(c.Total, want) {
		t.Errorf("total %v, want %v over 36 months", c.Total, want)
	}
}

func TestFeeOfAServerOfOnesOwn(t *testing.T) {
	// A server at USD 14.40, and 2 h at 55.
	if c := candidate(t, shop(), orders(), "n8n-self"); !near(c.Fee.Mean(), 14.4*.9+110) {
		t.Errorf("fee %v, want 122.96", c.Fee.Mean())
	}
}

func TestTierHoldsThePeakMonth(t *testing.T) {
	f := orders()
	f.Volume = aMonth(1200) // fits into 2,500 executions
	if c := candidate(t, shop(), f, "n8n-cloud"); c.Tier != "starter" {
		t.Errorf("tier %q, want starter", c.Tier)
	}
	f.Peak = audit.Peak{Factor: audit.One(2.5, audit.Number, audit.Constant), Months: []int{12}}
	if c := candidate(t, shop(), f, "n8n-cloud"); c.Tier != "pro" || c.Operations != 1200 || c.PeakOperations != 3000 {
		t.Errorf("tier %q for %v and %v executions, want pro for 1,200 and 3,000", c.Tier, c.Operations, c.PeakOperations)
	}
}

func TestDecidedPlatformThatTheCatalogueDoesNotKnow(t *testing.T) {
	f := webOrders()
	f.Solution.Platform = "house-bus"
	c := candidates(t, shop(), f)[0]
	if c.Platform != "house-bus" || !c.Decided || !c.Priced || c.Fee.Mean() != 45 || !near(c.BuildCost.Mean(), 4833.33) {
		t.Errorf("first is %+v, want house-bus at what the client says", c)
	}
	if _, ok := reason(c, "platform-unknown"); !ok {
		t.Error("nothing says that the platform is not known")
	}
}

func TestAutomatedFlowHasNoCandidates(t *testing.T) {
	f := orders()
	f.How = audit.Automated
	if got := candidates(t, shop(), f); got != nil {
		t.Errorf("%d candidates, want none", len(got))
	}
}

func TestEveryPlatformIsACandidateInAStableOrder(t *testing.T) {
	all := candidates(t, shop(), orders())
	if want := len(shipped(t).Platforms); len(all) != want {
		t.Errorf("%d candidates, want %d, one a platform", len(all), want)
	}
	turned := shipped(t)
	slices.Reverse(turned.Platforms)
	for i, c := range advise.Candidates(shop(), graph.Map{}, turned, orders()) {
		if c.Platform != all[i].Platform {
			t.Fatalf("candidate %d is %s, and %s if the catalogue is turned round", i, all[i].Platform, c.Platform)
		}
	}
}
