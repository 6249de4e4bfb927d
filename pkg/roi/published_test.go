package roi_test

import (
	"math"
	"os"
	"testing"

	"github.com/flowmap-dev/flowmap/pkg/roi"
	"go.yaml.in/yaml/v4"
)

// published is a case of testdata/cases.yaml.
type published struct {
	ID        string         `yaml:"id"`
	Area      string         `yaml:"area"`
	Inputs    map[string]any `yaml:"inputs"`
	Expected  map[string]any `yaml:"expected"`
	Tolerance any            `yaml:"tolerance_abs"`
	Source    struct {
		Title string `yaml:"title"`
	} `yaml:"source"`
}

// A case is checked by what this package offers, and by nothing else: what the
// source computes in another way is brought to our terms first.
var checks = map[string]func(t *testing.T, c published){
	"DCF-01": discountsTheFirstAmount,
	"DCF-02": outlayAtOnce,
	"DCF-04": discountsTheFirstAmount,
	"DCF-05": internalRateOfTwoToFiveYears,
	"DCF-06": modifiedRate,
	"DCF-08": irregularDates,
	"DCF-10": periodsOfALevelBenefit,
	"DCF-13": irregularDatesOfAnotherYear,
	"DCF-15": endAndMiddleOfTheYear,
	"IRR-03": allRates,
	"IRR-04": noRateButAValue,
	"IRR-06": noRateIsInvented,
	"PB-01":  paybackAndValue,
	"PB-04":  discountedPayback,
	"PB-05":  discountedPayback,
	"PB-07":  businessCase,
	"ROI-03": yearlySavings,
	"ROI-04": yearlySaving,
	"ROI-06": monthlyNet,
	"ROI-08": returnAndErrors,
	"ROI-10": hoursSaved,
	"ROI-12": savingByDays,
	"LAB-01": employersRate,
	"LAB-02": hoursOfAYear,
	"LAB-03": meanOfQuarters,
	"ERR-01": errorCost,
	"CON-02": cumulativeShares,

	"PERT-01": meansOfThreePoints,
	"STAT-02": inclusivePercentile,
	"TEI-02":  returnWithinRounding,
	"TEI-04":  returnWithinRounding,
	"TEI-06":  costsOfAReturn,
	"TEI-08":  riskAdjustment,
}

func TestPublishedCases(t *testing.T) {
	src, err := os.ReadFile("testdata/cases.yaml")
	if err != nil {
		t.Fatal(err)
	}
	var file struct {
		Count int
		Cases []published
	}
	if err := yaml.Unmarshal(src, &file); err != nil {
		t.Fatal(err)
	}
	if len(file.Cases) != file.Count || file.Count != len(checks) {
		t.Errorf("%d cases, %d announced, %d checks", len(file.Cases), file.Count, len(checks))
	}
	for _, c := range file.Cases {
		t.Run(c.ID, func(t *testing.T) {
			check, ok := checks[c.ID]
			if !ok {
				t.Fatalf("no check for this case of area %s (%s)", c.Area, c.Source.Title)
			}
			check(t, c)
		})
	}
}

// in returns a number of the inputs.
func (c published) in(name string) float64 { return number(c.Inputs[name]) }

// list returns numbers of the inputs.
func (c published) list(name string) []float64 { return numbers(c.Inputs[name]) }

// rows returns inputs that are a list of cases.
func (c published) rows(name string) []published {
	var rows []published
	for _, row := range c.Inputs[name].([]any) {
		rows = append(rows, published{Inputs: row.(map[string]any)})
	}
	return rows
}

func number(v any) float64 {
	switch v := v.(type) {
	case int:
		return float64(v)
	case float64:
		return v
	}
	return 0
}

func numbers(v any) []float64 {
	list := v.([]any)
	all := make([]float64, len(list))
	for i, x := range list {
		all[i] = number(x)
	}
	return all
}

// wants compares figures with the ones expected under a name, one or several.
func (c published) wants(t *testing.T, name string, got ...float64) {
	t.Helper()
	expected, ok := c.Expected[name]
	if !ok {
		t.Fatalf("the case has no %q", name)
	}
	want, several := []float64{number(expected)}, false
	if _, several = expected.([]any); several {
		want = numbers(expected)
	}
	if len(got) != len(want) {
		t.Fatalf("%s: got %v, want %v", name, got, want)
	}
	for i := range want {
		// A tolerance of zero allows for the last digits of a float64.
		if math.Abs(got[i]-want[i]) > max(c.tolerance(name), 1e-12*math.Abs(want[i])) {
			t.Errorf("%s: got %v, want %v", name, got[i], want[i])
		}
	}
}

func (c published) tolerance(name string) float64 {
	byName, ok := c.Tolerance.(map[string]any)
	if !ok {
		return number(c.Tolerance)
	}
	if t, ok := byName[name]; ok {
		return number(t)
	}
	return number(byName["*"])
}

// A spreadsheet's NPV puts its first amount at the end of period 1.
func discountsTheFirstAmount(t *testing.T, c published) {
	c.wants(t, "npv", roi.NPV(c.in("rate"), append([]float64{0}, c.list("flows")...)))
}

func outlayAtOnce(t *testing.T, c published) {
	rate := c.in("rate")
	cash := append([]float64{c.in("c0")}, c.list("flows")...)
	c.wants(t, "npv", roi.NPV(rate, cash))
	c.wants(t, "pv_inflows", roi.NPV(rate, cash)-c.in("c0"))
	cash = append(cash, c.in("extra_year6"))
	c.wants(t, "npv_with_year6_loss", roi.NPV(rate, cash))
	c.wants(t, "pv_with_year6_loss", roi.NPV(rate, cash)-c.in("c0"))
}

func internalRateOfTwoToFiveYears(t *testing.T, c published) {
	cash := c.list("flows_5y")
	c.wants(t, "irr_2y", roi.IRR(cash[:3])...)
	c.wants(t, "irr_3y", roi.IRR(cash[:4])...)
	c.wants(t, "irr_4y", roi.IRR(cash[:5])...)
	c.wants(t, "irr_5y", roi.IRR(cash)...)
}

func modifiedRate(t *testing.T, c published) {
	cash, finance := c.list("flows"), c.in("finance_rate")
	for _, m := range []struct {
		name     string
		cash     []float64
		reinvest float64
	}{
		{"mirr_5y", cash, c.in("reinvest_rate")},
		{"mirr_3y", cash[:4], c.in("reinvest_rate")},
		{"mirr_5y_14", cash, .14},
	} {
		rate, ok := roi.MIRR(m.cash, finance, m.reinvest)
		if !ok {
			t.Errorf("%s: no rate", m.name)
		}
		c.wants(t, m.name, rate)
	}
}

func allRates(t *testing.T, c published) {
	c.wants(t, "irr_roots", roi.IRR(c.list("flows"))...)
}

func noRateButAValue(t *testing.T, c published) {
	allRates(t, c)
	c.wants(t, "npv", roi.NPV(c.in("npv_rate"), c.list("flows")))
}

func paybackAndValue(t *testing.T, c published) {
	cash := c.list("flows")
	periods, ok := roi.Payback(cash)
	if !ok {
		t.Error("no payback")
	}
	c.wants(t, "payback", periods)
	c.wants(t, "npv", roi.NPV(c.in("rate"), cash))
	c.wants(t, "sum_pv_inflows", roi.NPV(c.in("rate"), cash)-cash[0])
	if later, _ := roi.DiscountedPayback(c.in("rate"), cash); math.Ceil(later) != 4 {
		t.Errorf("discounted payback %v, the source says in year 4", later)
	}
}

func discountedPayback(t *testing.T, c published) {
	periods, ok := roi.DiscountedPayback(c.in("rate"), c.list("flows"))
	if !ok {
		t.Error("no payback")
	}
	c.wants(t, "dpp", periods)
	if accept, asked := c.Expected["accept"]; asked && (periods <= c.in("max_dpp")) != accept {
		t.Errorf("payback %v, limit %v, want accepted: %v", periods, c.in("max_dpp"), accept)
	}
}

// The source rounds each discount factor to two digits before it multiplies,
// which is worth 464.48: our value is the exact one, and its own follows from
// our factors once they are rounded like that.
func businessCase(t *testing.T, c published) {
	rate, benefits, costs := c.in("rate"), c.list("benefits"), c.list("costs")
	cash, spent, earned := make([]float64, len(costs)), 0.0, 0.0
	for k := range cash {
		cash[k] = benefits[k] - costs[k]
		one := make([]float64, k+1)
		one[k] = 1
		factor := math.Round(100*roi.NPV(rate, one)) / 100
		spent, earned = spent+factor*costs[k], earned+factor*benefits[k]
	}
	c.wants(t, "disc_costs", spent)
	c.wants(t, "disc_benefits", earned)
	c.wants(t, "npv", earned-spent)
	if exact := roi.NPV(rate, cash); math.Abs(exact-272335.52) > .005 {
		t.Errorf("NPV %v, want 272,335.52", exact)
	}
	ratio, _ := roi.ROI(rate, benefits, costs)
	c.wants(t, "roi", ratio)
	periods, _ := roi.DiscountedPayback(rate, cash)
	c.wants(t, "payback_year", math.Ceil(periods))
}

// The source prints the four largest of all causes; the rest is in many small
// ones.
func cumulativeShares(t *testing.T, c published) {
	largest := c.list("pct")
	all := append([]float64{9, 9, 9, 9}, largest...)
	spread := roi.Concentrate(all)
	for k, want := range numbers(c.Expected["cum"]) {
		if got := 100 * spread.Cumulative[k]; math.Abs(got-want) > 1e-12*want {
			t.Errorf("the first %d hold %v %%, want %v", k+1, got, want)
		}
		if got := all[spread.Order[k]]; got != largest[k] {
			t.Errorf("place %d has %v, want %v", k+1, got, largest[k])
		}
	}
}
