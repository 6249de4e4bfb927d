package catalogue_test

import (
	"math"
	"sync"
	"testing"

	"github.com/flowmap-dev/flowmap/pkg/catalogue"
)

var loaded = sync.OnceValues(catalogue.Load)

func load(t *testing.T) catalogue.Catalogue {
	t.Helper()
	c, err := loaded()
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func platform(t *testing.T, id string) catalogue.Platform {
	t.Helper()
	p, ok := load(t).Platform(id)
	if !ok {
		t.Fatalf("no platform %q", id)
	}
	return p
}

// 500 records a month of 6 actions, where the source calls.
var pushed = catalogue.Demand{Records: 500, Steps: 6, Pushed: true}

// 100 changes a month of 4 actions, looked for every 5 minutes: 43,200 / 5 is
// 8,640 looks in a month of 30 days.
var polled = catalogue.Demand{Records: 100, Steps: 4, Every: 5}

func TestOperationsInThePlatformsOwnUnit(t *testing.T) {
	for _, test := range []struct {
		platform string
		demand   catalogue.Demand
		want     float64
	}{
		{"zapier", pushed, 3000},                  // 500 × 6 actions
		{"make", pushed, 3500},                    // 500 × (6 + the trigger)
		{"n8n-cloud", pushed, 500},                // a run each, whatever its steps
		{"power-automate", pushed, 3500},          // as credits
		{"boomi", pushed, 500},                    // a message each
		{"n8n-self", pushed, 0},                   // not metered
		{"zapier", polled, 400},                   // looking is free
		{"make", polled, 100*5 + 8640},            // looking costs a credit
		{"n8n-cloud", polled, 8640},               // every look is a run
		{"boomi", polled, 100},                    // looking is free
		{"activepieces", polled, 100*5 + 43200/5}, // its least interval is not known
	} {
		got, known := platform(t, test.platform).Operations(test.demand)
		if !known || got != test.want {
			t.Errorf("%s for %+v: %v operations (known %v), want %v", test.platform, test.demand, got, known, test.want)
		}
	}
}

func TestOperationsOfAContractAreNotKnown(t *testing.T) {
	for _, id := range []string{"workato", "mulesoft", "celigo", "snaplogic", "pipedream", "airbyte"} {
		if n, known := platform(t, id).Operations(pushed); known {
			t.Errorf("%s: %v operations, want not known", id, n)
		}
	}
}

func TestPollsAreNotBelowTheLeastInterval(t *testing.T) {
	airbyte := platform(t, "airbyte-self") // 60 minutes at least
	if got := airbyte.Polls(polled); got != 720 {
		t.Errorf("asked every 5 minutes: %v polls, want 720, one an hour", got)
	}
	if got := airbyte.Polls(catalogue.Demand{Every: 1440}); got != 30 {
		t.Errorf("asked once a day: %v polls, want 30", got)
	}
	if got := airbyte.Polls(pushed); got != 0 {
		t.Errorf("where the source calls: %v polls, want 0", got)
	}
}

func TestTierIsTheCheapestThatHolds(t *testing.T) {
	for _, test := range []struct {
		platform   string
		operations float64
		tier       string
		fee        float64
	}{
		{"n8n-cloud", 500, "starter", 20},
		{"n8n-cloud", 2500, "starter", 20},
		{"n8n-cloud", 2501, "pro", 50},
		{"make", 3500, "core", 9},
		{"make", 5000, "core", 9},
		{"make", 5001, "pro", 16},
		{"make", 9140, "pro", 16},
		{"power-automate", 1200000, "premium", 15},
		{"power-automate", 1200001, "process", 150},
		{"boomi", 500, "pay-as-you-go", 99 + 500*.05},
		{"zapier", 750, "professional-750", 19.99},
		{"zapier", 850, "professional-750", 19.99 + 100*1.25*19.99/750}, // overage is cheaper than the next tier
		{"zapier", 3000, "professional-2000", 49 + 1000*1.25*49/2000},   // 750 stops at 2,250
		{"zapier", 6001, "team-5000", 199 + 1001*1.25*199/5000},         // 2,000 stops at 6,000
		{"n8n-self", 1e7, "community", 0},
	} {
		tier, ok := platform(t, test.platform).Tier(test.operations)
		if !ok || tier.ID != test.tier || math.Abs(tier.Fee(test.operations)-test.fee) > .001 {
			t.Errorf("%s, %v operations: tier %q for %.3f (found %v), want %q for %.3f",
				test.platform, test.operations, tier.ID, tier.Fee(test.operations), ok, test.tier, test.fee)
		}
	}
}

func TestNoTierBeyondTheLastAllowance(t *testing.T) {
	for id, most := range map[string]float64{"make": 10000, "n8n-cloud": 10000, "zapier": 15000, "power-automate": 7500000} {
		p := platform(t, id)
		if _, ok := p.Tier(most); !ok {
			t.Errorf("%s: no tier for %v", id, most)
		}
		if tier, ok := p.Tier(most + 1); ok {
			t.Errorf("%s: tier %q for %v, want none: vendors name a price on request", id, tier.ID, most+1)
		}
	}
}

func TestAQuoteIsNeverChosen(t *testing.T) {
	for _, id := range []string{"workato", "mulesoft", "celigo", "tray", "snaplogic", "airbyte"} {
		if tier, ok := platform(t, id).Tier(1); ok {
			t.Errorf("%s: tier %q chosen, but no price of it is a list price", id, tier.ID)
		}
	}
	// A list price whose allowance nobody knows is not chosen either.
	if tier, ok := platform(t, "integrately").Tier(101); ok {
		t.Errorf("integrately: tier %q chosen, but the tasks of its paid tiers are not known", tier.ID)
	}
}

func TestFeeOfAPeakIsPaidInThePeakAlone(t *testing.T) {
	// Boomi: 99 + 5 in ten months of 100 messages, 99 + 50 in two of 1,000.
	use := catalogue.Use{Normal: 100, Peak: 1000, PeakMonths: 2}
	tier, _ := platform(t, "boomi").TierByID("pay-as-you-go")
	if got, want := tier.MeanFee(use), (10*104.0+2*149.0)/12; math.Abs(got-want) > 1e-9 {
		t.Errorf("mean fee %v, want %v", got, want)
	}
}

func TestCostNeverFallsAndTheTierHoldsFromNothingToTenMillion(t *testing.T) {
	for _, p := range load(t).Platforms {
		last, ended := 0.0, false
		for n := 0.0; n <= 1e7; n = math.Floor(n*1.01) + 1 {
			tier, ok := p.Tier(n)
			switch {
			case !ok:
				ended = true
			case ended:
				t.Fatalf("%s holds %v operations after not holding fewer", p.ID, n)
			case !tier.Holds(n):
				t.Fatalf("%s: tier %q does not hold %v operations", p.ID, tier.ID, n)
			case tier.Fee(n) < last:
				t.Fatalf("%s: %v operations cost %v, fewer cost %v", p.ID, n, tier.Fee(n), last)
			default:
				last = tier.Fee(n)
			}
		}
	}
}

func TestOneUnitAboveTheCliffIsTheNextTier(t *testing.T) {
	for _, p := range load(t).Platforms {
		for _, tier := range p.Tiers {
			most, known := tier.Capacity()
			if !known || !tier.Listed() || math.IsInf(most, 1) {
				continue
			}
			at, ok := p.Tier(most)
			if !ok {
				t.Errorf("%s: tier %q holds %v, but none is found", p.ID, tier.ID, most)
			}
			if above, ok := p.Tier(most + 1); ok && (above.ID == tier.ID || above.Fee(most+1) < at.Fee(most)) {
				t.Errorf("%s: %v operations are in tier %q at %v, above the end of %q", p.ID, most+1, above.ID, above.Fee(most+1), tier.ID)
			}
		}
	}
}
