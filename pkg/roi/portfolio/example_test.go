package portfolio_test

import (
	"context"
	"fmt"

	"github.com/flowmap-dev/flowmap/pkg/advise"
	"github.com/flowmap-dev/flowmap/pkg/roi"
	"github.com/flowmap-dev/flowmap/pkg/roi/portfolio"
)

// Two flows on a platform that costs 100 and holds ten operations, or 150 and
// holds twenty; a third by hand-written code. The money for building is 10.
func ExampleSolve() {
	problem := portfolio.Problem{
		Flows: 3,
		Platforms: []portfolio.Platform{{Tiers: []portfolio.Tier{
			{Price: 100, Capacity: 10},
			{Price: 150, Capacity: 20},
		}}},
		Options: []portfolio.Option{
			{Flow: 0, Platform: 0, Value: 130, Load: 8, Uses: []portfolio.Use{{Limit: 0, Amount: 4}}},
			{Flow: 1, Platform: 0, Value: 120, Load: 8, Uses: []portfolio.Use{{Limit: 0, Amount: 4}}},
			{Flow: 2, Platform: portfolio.Own, Value: 90, Uses: []portfolio.Use{{Limit: 0, Amount: 6}}},
		},
		Limits: []portfolio.Limit{{Most: 10}},
	}
	result, err := portfolio.Solve(context.Background(), problem, portfolio.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println("worth", result.Plan.Value, "proven", result.Optimal)
	for _, place := range result.Plan.Options {
		fmt.Println("flow", problem.Options[place].Flow)
	}
	bound, err := problem.Bound(result.Root)
	fmt.Println("the multipliers prove", bound == result.RootGave && bound >= result.Plan.Value, err)
	// Output:
	// worth 120 proven true
	// flow 0
	// flow 2
	// the multipliers prove true <nil>
}

// A budget of 2,000 builds two of three flows, on one platform that both share.
func ExamplePropose() {
	w := plain(flow("orders", 5), flow("customers", 4), flow("prices", 1))
	each := []offer{{"n8n-cloud", 1000, 100}}
	ways := offers(map[string][]offer{"orders": each, "customers": each, "prices": each},
		map[string][]advise.TierFee{"n8n-cloud": {tier("starter", 20, 2500, 0)}})

	p, err := portfolio.Propose(context.Background(), w, ways,
		portfolio.Wishes{Budget: roi.Figure{Value: 2000, OK: true}}, portfolio.Effort{})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, f := range p.Flows {
		fmt.Printf("%s on %s, %.0f of the fee\n", f.Flow, f.Candidate.Platform, f.Fee.Shared)
	}
	fmt.Printf("worth %.0f, proven %v\n", p.NPV, p.Optimal)
	for _, passed := range p.Passed {
		fmt.Println(passed.Flow, passed.Why)
	}
	// Output:
	// customers on n8n-cloud, 10 of the fee
	// orders on n8n-cloud, 10 of the fee
	// worth 6760, proven true
	// prices never-pays
}
