package portfolio_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"testing"

	"github.com/flowmap-dev/flowmap/pkg/roi/portfolio"
	"go.yaml.in/yaml/v4"
)

// published is a case of testdata/cases.yaml, where its source stands.
type published struct {
	ID     string `yaml:"id"`
	Area   string `yaml:"area"`
	Inputs struct {
		Value, Cost, Budgets []float64
		Use                  [][]float64
		Budget               float64
		Labour, Cloth        []int64
		Margin, Rent         []int64
		LabourCap            int64 `yaml:"labour_cap"`
		ClothCap             int64 `yaml:"cloth_cap"`
		File, Op             string
	} `yaml:"inputs"`
	Expected map[string]any `yaml:"expected"`
}

// problems turns the published cases of each kind into problems; scale is what
// one unit of the case is in units of the problem.
var problems = map[string]func(t *testing.T, c published) (p portfolio.Problem, scale float64){
	"knapsack":              knapsack,
	"multi_budget_knapsack": knapsack,
	"fixed_charge":          fixedCharge,
	"ufl_file":              warehouses,
}

func TestPublishedCases(t *testing.T) {
	text, err := os.ReadFile("testdata/cases.yaml")
	if err != nil {
		t.Fatal(err)
	}
	var file struct {
		Cases []published `yaml:"cases"`
	}
	if err := yaml.Unmarshal(text, &file); err != nil {
		t.Fatal(err)
	}
	seen := 0
	for _, c := range file.Cases {
		if c.Area != "portfolio" && c.Area != "facility" {
			continue
		}
		seen++
		t.Run(c.ID, func(t *testing.T) {
			p, scale := problems[c.Inputs.Op](t, c)
			r := solved(t, p)
			got := float64(r.Plan.Value) / scale
			want, tolerance := 0.0, 5e-5
			switch {
			case c.Expected["npv"] != nil:
				want = number(c.Expected["npv"])
			case c.Expected["profit"] != nil:
				want = number(c.Expected["profit"])
			default:
				want, tolerance = number(c.Expected["cost"]), 1e-3
				got = float64(p.Flows)*high - got
			}
			if math.Abs(got-want) > tolerance {
				t.Errorf("%v, want %v", got, want)
			}
		})
	}
	if seen != 15 {
		t.Errorf("%d cases, want 15", seen)
	}
}

func number(x any) float64 {
	var f float64
	fmt.Sscan(fmt.Sprint(x), &f)
	return f
}

// solved is the optimum, and checks that it adds up and is proven.
func solved(t testing.TB, p portfolio.Problem) portfolio.Result {
	t.Helper()
	r, err := portfolio.Solve(context.Background(), p, portfolio.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if !r.Optimal || !r.Found || r.Bound != r.Plan.Value {
		t.Fatalf("found %v, optimal %v, value %d, bound %d", r.Found, r.Optimal, r.Plan.Value, r.Bound)
	}
	if value, err := p.Worth(r.Plan.Options, r.Plan.Tiers); err != nil || value != r.Plan.Value {
		t.Fatalf("the plan adds up to %d (%v), the search says %d", value, err, r.Plan.Value)
	}
	if bound, err := p.Bound(r.Root); err != nil || bound < r.Plan.Value {
		t.Fatalf("the multipliers prove %d (%v), and a plan is worth %d", bound, err, r.Plan.Value)
	}
	return r
}

func knapsack(_ *testing.T, c published) (portfolio.Problem, float64) {
	in := c.Inputs
	if in.Use == nil {
		in.Use, in.Budgets = [][]float64{in.Cost}, []float64{in.Budget}
	}
	p := portfolio.Problem{Flows: len(in.Value)}
	for k, most := range in.Budgets {
		p.Limits = append(p.Limits, portfolio.Limit{Most: int64(math.Round(10 * most))})
		_ = k
	}
	for f, value := range in.Value {
		o := portfolio.Option{Flow: f, Platform: portfolio.Own, Value: int64(math.Round(10 * value))}
		for k := range in.Budgets {
			o.Uses = append(o.Uses, portfolio.Use{Limit: k, Amount: int64(math.Round(10 * in.Use[k][f]))})
		}
		p.Options = append(p.Options, o)
	}
	return p, 10
}

// fixedCharge makes each product a platform whose rent is its price, and each
// number of pieces an option.
func fixedCharge(_ *testing.T, c published) (portfolio.Problem, float64) {
	in := c.Inputs
	p := portfolio.Problem{Flows: len(in.Rent), Limits: []portfolio.Limit{{Most: in.LabourCap}, {Most: in.ClothCap}}}
	for f, rent := range in.Rent {
		p.Platforms = append(p.Platforms, portfolio.Platform{Tiers: []portfolio.Tier{{Price: rent, Capacity: portfolio.Endless}}})
		for n := int64(1); n*in.Labour[f] <= in.LabourCap; n++ {
			p.Options = append(p.Options, portfolio.Option{Flow: f, Platform: f, Value: n * in.Margin[f],
				Uses: []portfolio.Use{{Limit: 0, Amount: n * in.Labour[f]}, {Limit: 1, Amount: n * in.Cloth[f]}}})
		}
	}
	return p, 1
}

// high is more than any delivery costs, so that every customer is served.
const high = 1_000_000

// warehouses reads a file of the OR-Library: each customer is a flow, each
// warehouse a platform without an end.
func warehouses(t *testing.T, c published) (portfolio.Problem, float64) {
	text, err := os.ReadFile(filepath.Join("testdata", c.Inputs.File))
	if err != nil {
		t.Fatal(err)
	}
	const scale = 100_000
	in := bytes.NewReader(text)
	var m, n int
	fmt.Fscan(in, &m, &n)
	p := portfolio.Problem{Flows: n}
	for range m {
		var capacity string
		var fixed float64
		fmt.Fscan(in, &capacity, &fixed)
		p.Platforms = append(p.Platforms, portfolio.Platform{Tiers: []portfolio.Tier{{Price: int64(math.Round(fixed * scale)), Capacity: portfolio.Endless}}})
	}
	for f := range n {
		var demand, cost float64
		fmt.Fscan(in, &demand)
		for w := range m {
			if _, err := fmt.Fscan(in, &cost); err != nil {
				t.Fatal(err)
			}
			p.Options = append(p.Options, portfolio.Option{Flow: f, Platform: w, Value: int64(math.Round((high - cost) * scale))})
		}
	}
	return p, scale
}

// plan is the form of testdata/plans, which its README tells.
type plan struct {
	Flows      int          `json:"F"`
	Budget     int64        `json:"B"`
	Operations []int64      `json:"ops"`
	Value      []int64      `json:"val"`
	Tiers      [][][2]int64 `json:"tiers"`
	Eligible   [][3]int64   `json:"elig"`
}

func readPlan(t testing.TB, name string) portfolio.Problem {
	t.Helper()
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	var in plan
	if err := json.Unmarshal(text, &in); err != nil {
		t.Fatal(err)
	}
	p := portfolio.Problem{Flows: in.Flows, Limits: []portfolio.Limit{{Most: in.Budget}}}
	for _, tiers := range in.Tiers {
		var platform portfolio.Platform
		for _, x := range tiers {
			platform.Tiers = append(platform.Tiers, portfolio.Tier{Price: x[0], Capacity: x[1], Uses: []portfolio.Use{{Limit: 0, Amount: x[0]}}})
		}
		p.Platforms = append(p.Platforms, platform)
	}
	for _, e := range in.Eligible {
		f := e[0]
		p.Options = append(p.Options, portfolio.Option{Flow: int(f), Platform: int(e[1]), Value: in.Value[f] - e[2], Load: in.Operations[f],
			Uses: []portfolio.Use{{Limit: 0, Amount: e[2]}}})
	}
	return p
}

// The optima are those of testdata/plans/README.md: HiGHS and GLPK agree on
// them, and CBC with preprocessing off.
func TestPublishedPlans(t *testing.T) {
	for name, want := range map[string]int64{"i_20_3": 6_542, "i_200_8": 123_875, "i_200_12": 119_509} {
		p := readPlan(t, filepath.Join("testdata", "plans", name+".json"))
		if r := solved(t, p); r.Plan.Value != want {
			t.Errorf("%s: %d, want %d", name, r.Plan.Value, want)
		}
	}
}

func TestSameProblemSameResult(t *testing.T) {
	p := readPlan(t, "testdata/plans/i_20_3.json")
	a, b := solved(t, p), solved(t, p)
	if fmt.Sprint(a) != fmt.Sprint(b) {
		t.Errorf("%v\n%v", a, b)
	}
}

func TestTimeOverGivesAPlanAndABound(t *testing.T) {
	p := readPlan(t, "testdata/plans/i_200_12.json")
	r, err := portfolio.Solve(context.Background(), p, portfolio.Options{Nodes: 1000})
	if err != nil {
		t.Fatal(err)
	}
	if r.Optimal || !r.Found || r.Plan.Value > 119_509 || r.Bound < 119_509 {
		t.Errorf("found %v, optimal %v, %d to %d; the optimum is 119,509", r.Found, r.Optimal, r.Plan.Value, r.Bound)
	}
	if r.Gap() > .01 {
		t.Errorf("gap %v, want at most 1 %%", r.Gap())
	}
	over, cancel := context.WithCancel(context.Background())
	cancel()
	if r, err := portfolio.Solve(over, p, portfolio.Options{}); err != nil || r.Bound < 119_509 {
		t.Errorf("%v %v", r.Bound, err)
	}
}

// A larger budget never brings less, one flow more never lowers the value, and
// platforms that cost nothing are no platforms (roi-method, section 8).
func TestWhatMustFollowFromAChange(t *testing.T) {
	p := readPlan(t, "testdata/plans/i_20_3.json")
	last := int64(-1)
	for budget := int64(0); budget <= 12_000; budget += 500 {
		p.Limits = []portfolio.Limit{{Most: budget}}
		value := solved(t, p).Plan.Value
		if value < last {
			t.Errorf("%d brings %d, less brings %d", budget, value, last)
		}
		last = value
	}
	fewer := p
	fewer.Options = nil
	for _, o := range p.Options {
		if o.Flow != 2 {
			fewer.Options = append(fewer.Options, o)
		}
	}
	if value := solved(t, fewer).Plan.Value; value > last {
		t.Errorf("%d without a flow, %d with it", value, last)
	}
	one := portfolio.Problem{Flows: 2, Limits: []portfolio.Limit{{Most: 10}},
		Platforms: []portfolio.Platform{{Tiers: []portfolio.Tier{{Price: 4, Capacity: portfolio.Endless, Uses: []portfolio.Use{{Limit: 0, Amount: 4}}}}}},
		Options: []portfolio.Option{
			{Flow: 0, Value: 9, Uses: []portfolio.Use{{Limit: 0, Amount: 6}}},
			{Flow: 1, Value: 7, Uses: []portfolio.Use{{Limit: 0, Amount: 5}}},
		}}
	// The fee takes 4 of the budget of 10: the first flow fits beside it, 9 - 4.
	if value := solved(t, one).Plan.Value; value != 5 {
		t.Errorf("%d, want 5", value)
	}
}

func TestRefusedProblems(t *testing.T) {
	for want, p := range map[string]portfolio.Problem{
		"option 0: flow 1 does not exist":                              {Flows: 1, Options: []portfolio.Option{{Flow: 1, Platform: portfolio.Own}}},
		"option 0: platform 0 does not exist":                          {Flows: 1, Options: []portfolio.Option{{}}},
		"option 0: limit 3 does not exist":                             {Flows: 1, Options: []portfolio.Option{{Platform: portfolio.Own, Uses: []portfolio.Use{{Limit: 3}}}}},
		"limit 0 has a negative price":                                 {Limits: []portfolio.Limit{{Price: -1}}},
		"tier 0 of platform 0 has a negative price or capacity":        {Platforms: []portfolio.Platform{{Tiers: []portfolio.Tier{{Price: -1}}}}},
		"flow 4 must be in the plan and does not exist":                {Must: []int{4}},
		"the values add up to more than 1.125899906842624e+15":         {Flows: 1, Options: []portfolio.Option{{Platform: portfolio.Own, Value: math.MaxInt64}}},
		"option 0: its load of -1 is not between 0 and 17592186044416": {Flows: 1, Options: []portfolio.Option{{Platform: portfolio.Own, Load: -1}}},
	} {
		if _, err := portfolio.Solve(context.Background(), p, portfolio.Options{}); err == nil || err.Error() != want {
			t.Errorf("%v, want %s", err, want)
		}
	}
}
