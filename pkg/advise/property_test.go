package advise_test

import (
	"math"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/flowmap-dev/flowmap/pkg/advise"
	"github.com/flowmap-dev/flowmap/pkg/audit"
	"github.com/flowmap-dev/flowmap/pkg/catalogue"
	"github.com/flowmap-dev/flowmap/pkg/graph"
)

// volumes go from nothing to ten million a month, closer where tiers end.
func volumes() []float64 {
	all := []float64{0, 1, 2, 3, 5, 10, 20, 50}
	for v := 60.0; v <= 1e7; v = math.Ceil(v * 1.07) {
		all = append(all, v)
	}
	return append(all, 1e7)
}

// TestCostNeverFallsAsVolumeGrows also holds each tier to the volume that it
// takes, and the cliff to what comes one operation later.
func TestCostNeverFallsAsVolumeGrows(t *testing.T) {
	peak := audit.Peak{Factor: audit.One(2, audit.Number, audit.Constant), Months: []int{11, 12}}
	for name, shape := range map[string]change{
		"pushed": as, "pulled": pulled("minutes"), "daily": pulled("daily"), "low": reliability(audit.Low), "one step": shaped(1, 0),
		"peak": func(_ *audit.Workspace, f *audit.Flow) { f.Peak = peak },
	} {
		last, gone := map[string]float64{}, map[string]float64{}
		for _, v := range volumes() {
			w, f := shop(), orders()
			shape(&w, &f)
			f.Volume = aMonth(v)
			c := shipped(t)
			for _, got := range advise.Candidates(w, graph.Map{}, c, f) {
				p, _ := c.Platform(got.Platform)
				tier, _ := p.TierByID(got.Tier)
				if !got.Priced {
					if _, was := last[got.Platform]; was {
						gone[got.Platform] = v
					}
					continue
				}
				if at, ok := gone[got.Platform]; ok {
					t.Errorf("%s: %s has a price for %v records and had none for %v", name, got.Platform, v, at)
				}
				if got.Total < last[got.Platform]-1e-9 {
					t.Errorf("%s: %s costs %v for %v records, less than %v before", name, got.Platform, got.Total, v, last[got.Platform])
				}
				last[got.Platform] = got.Total
				if got.Metered && !tier.Holds(got.PeakOperations) {
					t.Errorf("%s: %s/%s does not hold %v operations", name, got.Platform, got.Tier, got.PeakOperations)
				}
			}
		}
	}
}

func TestOneOperationAboveTheCliffIsTheNextTier(t *testing.T) {
	for _, test := range []struct {
		platform string
		records  float64
		end      float64 // operations
		fits     float64 // records
		next     string
		fee      float64 // euros a month
	}{
		{"n8n-cloud", 800, 2500, 2500, "pro", 50},
		{"n8n-cloud", 2501, 10000, 10000, "", 0},
		{"make", 800, 5000, 1000, "pro", 14.4},                   // × 5 credits
		{"zapier", 100, 1620, 405, "professional-2000", 49 * .9}, // 19.99 + 870 × 0.033317 = 48.98; one more is over 49
		{"power-automate", 800, 1200000, 240000, "process", 135}, // × 5 requests
		{"zapier", 3000, 15000, 3750, "", 0},                     // team-5000 stops at three times its tasks
	} {
		w, f := shop(), orders()
		w.Systems[0].Product = "outlook" // the suite of Power Automate
		w.Systems[0].Interfaces = []audit.Interface{"api", "webhook"}
		f.Volume = aMonth(test.records)
		got := candidate(t, w, f, test.platform)
		e := got.Cliff
		if !e.Known || e.Operations != test.end || e.Records != test.fits || e.Next != test.next || !near(e.Fee, test.fee) {
			t.Errorf("%s at %v: cliff %+v, want %v operations, %v records, then %q for %v", test.platform, test.records, e, test.end, test.fits, test.next, test.fee)
		}
		f.Volume = aMonth(e.Records)
		if at := candidate(t, w, f, test.platform); at.Tier != got.Tier {
			t.Errorf("%s: %v records are in tier %q, want %q still", test.platform, e.Records, at.Tier, got.Tier)
		}
		f.Volume = aMonth(e.Records + 1)
		if above := candidate(t, w, f, test.platform); above.Tier != e.Next || above.Priced != (e.Next != "") {
			t.Errorf("%s: one record above the cliff is in tier %q, want %q", test.platform, above.Tier, e.Next)
		}
	}
}

// TestWhatIsNotKnownNeverHelps takes each fact of each platform away. Only what
// it says against itself may go with it.
func TestWhatIsNotKnownNeverHelps(t *testing.T) {
	cases := []change{as, pulled("minutes"), pulled("hourly"), asked, residency("eu"), reliability(audit.Critical), to("old"), limited(10, 900), steps(101), volume(60000)}
	before := make([][]advise.Candidate, len(cases))
	for i, shape := range cases {
		w, f := shop(), orders()
		shape(&w, &f)
		before[i] = advise.Candidates(w, graph.Map{}, shipped(t), f)
	}
	facts := reflect.TypeFor[catalogue.Platform]()
	for k := range facts.NumField() {
		if facts.Field(k).Type != reflect.TypeFor[*catalogue.Fact]() && facts.Field(k).Type != reflect.TypeFor[*catalogue.Cost]() {
			continue
		}
		for j, p := range shipped(t).Platforms {
			if reflect.ValueOf(p).Field(k).IsNil() {
				continue
			}
			c := shipped(t)
			reflect.ValueOf(&c.Platforms[j]).Elem().Field(k).SetZero()
			for i, shape := range cases {
				w, f := shop(), orders()
				shape(&w, &f)
				after := of(t, advise.Candidates(w, graph.Map{}, c, f), p.ID)
				was := of(t, before[i], p.ID)
				if worse(was.Fit, after.Fit) || after.Fits() && !was.Fits() || after.Priced && after.Total < was.Total-1e-9 {
					t.Errorf("case %d: %s is %s at %v without its %s, and was %s at %v", i, p.ID, after.Fit, after.Total, facts.Field(k).Name, was.Fit, was.Total)
				}
				if worse(after.Fit, was.Fit) && !asks(after) {
					t.Errorf("case %d: %s is %s without its %s, and nothing says to ask: %v", i, p.ID, after.Fit, facts.Field(k).Name, ids(after))
				}
			}
		}
	}
}

// asks tells whether a reason that limits the fit says to ask the vendor, or
// names what is missing.
func asks(c advise.Candidate) bool {
	return slices.ContainsFunc(c.Reasons, func(r advise.Reason) bool { return r.Gate && (r.Ask || r.ID == "server-unknown") })
}

func TestOvertakesAreExact(t *testing.T) {
	w, f := shop(), orders()
	a := advise.New(w, graph.Map{}, shipped(t))
	all := a.Candidates(f)
	choice := of(t, all, "n8n-cloud")
	d := a.Explain(f, all, choice)
	if len(d.Overtakes) == 0 {
		t.Fatal("nothing overtakes n8n at any volume")
	}
	totals := func(records float64, platform string) (float64, bool) {
		f.Volume = aMonth(records)
		c := of(t, a.Candidates(f), platform)
		return c.Total, c.Priced
	}
	for _, o := range d.Overtakes {
		before := o.Records - 1
		if !o.Above {
			before = o.Records + 1
		}
		for _, at := range []struct {
			records float64
			wins    bool
		}{{o.Records, true}, {before, false}} {
			mine, ok := totals(at.records, choice.Platform)
			its, known := totals(at.records, o.Platform)
			if wins := known && (!ok || its < mine); wins != at.wins {
				t.Errorf("%s at %v records: %v against %v, wins %v, want %v", o.Platform, at.records, its, mine, wins, at.wins)
			}
		}
	}
}

// TestContendersAreTheCandidatesThatCouldBeChosen compares the short way with
// the long one, for flows of every shape of these tests.
func TestContendersAreTheCandidatesThatCouldBeChosen(t *testing.T) {
	decidedFor := func(platform string) change {
		return func(_ *audit.Workspace, f *audit.Flow) { f.Solution.Platform = platform }
	}
	for name, shape := range map[string]change{
		"plain": as, "pulled": pulled("minutes"), "low": reliability(audit.Low), "critical": reliability(audit.Critical), "one step": shaped(1, 0),
		"large": shaped(40, 6), "two-way": twoWay(), "in the EU": residency("eu"), "decided": decidedFor("make"), "decided for work": decidedFor("process"),
		"decided for what nobody knows": decidedFor("home-made"), "decided for an own program": decidedFor("custom"),
		"with an owner": func(w *audit.Workspace, _ *audit.Flow) { w.Platforms.TechnicalOwner = "Ana" },
		"automated":     func(_ *audit.Workspace, f *audit.Flow) { f.How = "automated" },
	} {
		for _, v := range volumes() {
			w, f := shop(), orders()
			shape(&w, &f)
			f.Volume = aMonth(v)
			a := advise.New(w, graph.Map{}, shipped(t))
			var want []advise.Candidate
			all := a.Candidates(f)
			decided := slices.ContainsFunc(all, func(c advise.Candidate) bool { return c.Decided })
			for _, c := range all {
				if c.Decided || !decided && c.Fits() {
					c.Reasons, c.Cliff, c.IdleFee = nil, advise.Cliff{}, 0
					want = append(want, c)
				}
			}
			got := a.Contenders(f)
			for i := range got {
				got[i].Cliff, got[i].IdleFee = advise.Cliff{}, 0
			}
			byPlatform := func(a, b advise.Candidate) int { return strings.Compare(a.Platform, b.Platform) }
			slices.SortFunc(want, byPlatform)
			slices.SortFunc(got, byPlatform)
			if !reflect.DeepEqual(got, want) {
				t.Fatalf("%s, %v records: %+v, want %+v", name, v, got, want)
			}
		}
	}
}
