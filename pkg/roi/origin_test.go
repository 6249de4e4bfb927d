package roi_test

import (
	"fmt"
	"go/constant"
	"go/token"
	"go/types"
	"math"
	"strings"
	"testing"

	"github.com/flowmap-dev/flowmap/pkg/advise"
	"github.com/flowmap-dev/flowmap/pkg/audit"
	"github.com/flowmap-dev/flowmap/pkg/catalogue"
	"github.com/flowmap-dev/flowmap/pkg/graph"
	"github.com/flowmap-dev/flowmap/pkg/roi"
)

// worth works an origin out from what it shows, by the arithmetic of Go's own
// constants.
func worth(t *testing.T, o roi.Origin) float64 {
	t.Helper()
	text := o.Formula
	for _, v := range o.Values {
		text = strings.Replace(text, "#", fmt.Sprintf("(%.17e)", v.Value), 1)
	}
	text = strings.NewReplacer("×", "*", "−", "-").Replace(text)
	got, err := types.Eval(token.NewFileSet(), nil, token.NoPos, "1.0*"+text)
	if err != nil {
		t.Fatalf("%s: %s: %v", o.Kind, text, err)
	}
	x, _ := constant.Float64Val(constant.ToFloat(got.Value))
	return x
}

// traced are the origins of a flow, each held to its formula and to the factors
// of the terms that it explains.
func traced(t *testing.T, f audit.Flow, c catalogue.Catalogue) map[roi.TermKind]roi.Origin {
	t.Helper()
	w := levante(f)
	all := advise.Candidates(w, graph.Map{}, c, f)
	choice, _ := roi.Choose(all)
	s := roi.Appraise(w, f, choice)
	byKind := map[roi.TermKind]roi.Origin{}
	for _, o := range roi.Origins(w, c, s) {
		if got := worth(t, o); math.Abs(got-o.Amount) > 1e-9*math.Abs(o.Amount) {
			t.Errorf("%s is %v, and %s of %v makes %v", o.Kind, o.Amount, o.Formula, o.Values, got)
		}
		byKind[o.Kind] = o
	}
	for _, term := range s.Terms(w) {
		for _, factor := range term.Factors {
			if o, ok := byKind[factor.Kind]; ok && math.Abs(o.Amount-factor.Value) > 1e-9*math.Abs(o.Amount) {
				t.Errorf("%s of %s is %v, its origin gives %v", factor.Kind, term.Kind, factor.Value, o.Amount)
			}
		}
	}
	return byKind
}

func shipped(t *testing.T) catalogue.Catalogue {
	t.Helper()
	c, err := catalogue.Load()
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func shows(t *testing.T, o roi.Origin, formula string, amount float64) {
	t.Helper()
	if o.Formula != formula || !digits(o.Amount, amount, 4) {
		t.Errorf("%s is %v by %s, want %v by %s", o.Kind, o.Amount, o.Formula, amount, formula)
	}
}

func TestHoursComeFromWhatWasSaid(t *testing.T) {
	three, one := audit.Three(6, 8, 12, audit.Number), audit.One(10, audit.Number, audit.Estimated)
	for _, c := range []struct {
		name    string
		efforts []audit.Effort
		kind    roi.TermKind
		formula string
		amount  float64
	}{
		{"three values", hoursAWeek(three), "hours-per-week", "(# + 4 × # + #) / 6", 50. / 6},
		{"two people of everybody's", []audit.Effort{{HoursPerWeek: three}, {HoursPerWeek: one}}, "hours-per-week", "((# + 4 × # + #) / 6 + #) / #", (50./6 + 10) / 2},
		{"two people of their own", []audit.Effort{{HoursPerWeek: one, Whose: audit.Own}, {HoursPerWeek: one, Whose: audit.Own}}, "hours-per-week", "(# + #)", 20},
		{"a month", []audit.Effort{{HoursPerMonth: three}}, "hours-per-month", "(# + 4 × # + #) / 6", 50. / 6},
		{"a year, as given", []audit.Effort{{HoursPerYear: audit.Three(300, 400, 500, audit.Number)}}, "hours", "(# + 4 × # + #) / 6", 400},
		{"runs", []audit.Effort{runs(9, audit.PerDay, 12)}, "runs", "# × # × #", 9 * 5 * 46},
		{"minutes", []audit.Effort{runs(9, audit.PerDay, 12)}, "hours-per-run", "# / 60", .2},
		{"a week and a month", []audit.Effort{{HoursPerWeek: one}, {HoursPerMonth: audit.One(46, audit.Number, audit.Counted)}}, "hours-per-week", "(# + # × # / #) / #", 11},
		{"a year and runs", []audit.Effort{{HoursPerYear: audit.One(115, audit.Number, audit.Counted)}, runs(10, audit.PerWeek, 12)}, "hours-per-week", "(# / # / # + # × # × # / 60 / #) / #", 2},
	} {
		f := webOrders()
		f.Efforts = c.efforts
		o, ok := traced(t, f, shipped(t))[c.kind]
		if !ok {
			t.Errorf("%s: nothing says where %s comes from", c.name, c.kind)
			continue
		}
		shows(t, o, c.formula, c.amount)
	}
}

func TestPeakAndRecordsAndErrorsComeFromAnswers(t *testing.T) {
	f := webOrders()
	f.Errors[0].Rates = append(f.Errors[0].Rates, audit.One(.04, audit.Share, audit.Counted))
	all := traced(t, f, shipped(t))
	shows(t, all["peak"], "(12 − # + # × #) / 12", 1.25)
	shows(t, all["records"], "# × # × #", 12000)
	shows(t, all["error-share"], "(# + #) / #", .03)
	shows(t, all["cost-each"], "(# / 60 × # + #)", 20./60*20+15)
	shows(t, all["fixing"], "# × # / 60 × #", 360*20./60*20)
	f.Errors[0].Rates = audit.Pool{audit.One(4, audit.PerWeek, audit.Counted)}
	shows(t, traced(t, f, shipped(t))["normal-errors"], "# × #", 184)
	f.Peak = audit.Peak{}
	shows(t, traced(t, f, shipped(t))["errors"], "# × #", 184)
	// An answer as it is needs no line.
	f.Efforts = hoursAWeek(audit.One(8, audit.Number, audit.Counted))
	if o, ok := traced(t, f, shipped(t))["hours-per-week"]; ok {
		t.Errorf("8 hours a week have the origin %+v", o)
	}
}

func TestBuildHoursFollowTheCataloguesFormula(t *testing.T) {
	f := webOrders()
	shows(t, traced(t, f, shipped(t))["build-hours"], "(# + # × # + # × # + # × #) × (# + 4 × # + #) / 6", 20*6.6/6)
	f.Needs = audit.Needs{
		Reliability: audit.High, Direction: audit.TwoWay, Steps: audit.Amount{Value: 6, Stated: true},
		Branches: audit.Amount{Value: 2, Stated: true}, Transforms: audit.Amount{Value: 4, Stated: true},
	}
	f.Solution.Platform = "custom"
	all := traced(t, f, shipped(t)) // (8 + 18 + 12 + 12) × 1.25 × 1.5 × 4 × 1.1
	shows(t, all["build-hours"], "(# + # × # + # × # + # × #) × # × # × # × (# + 4 × # + #) / 6", 50*1.25*1.5*4*1.1)
	f.Solution.BuildCost = audit.Three(3000, 4500, 8000, audit.Money)
	shows(t, traced(t, f, shipped(t))["build"], "(# + 4 × # + #) / 6", 29000./6)
}

func TestFeeComesFromThePriceList(t *testing.T) {
	c := shipped(t)
	f := webOrders()
	for _, p := range c.Platforms {
		f.Solution.Platform = p.ID
		traced(t, f, c) // whatever it charges adds up
	}
	f.Solution.Platform = "n8n-cloud"
	if o, ok := traced(t, f, c)["per-month"]; !ok || o.Values[0].Kind != "tier-price" {
		t.Errorf("the fee comes from %+v", o)
	}
	f.Solution.PlatformMonthly = audit.Three(20, 30, 40, audit.Money)
	shows(t, traced(t, f, c)["per-month"], "(# + 4 × # + #) / 6", 30)
}

func TestSpareOperationsCostNothing(t *testing.T) {
	f := webOrders()
	f.Solution.Platform = "make"
	w := levante(f)
	w.Platforms.Have = []audit.Have{{ID: "make", Tier: "core", Spare: audit.Amount{Value: 40000, Stated: true}}}
	c := shipped(t)
	choice, _ := roi.Choose(advise.Candidates(w, graph.Map{}, c, f))
	for _, o := range roi.Origins(w, c, roi.Appraise(w, f, choice)) {
		if o.Kind == "per-month" {
			shows(t, o, "0 × #", 0)
			return
		}
	}
	t.Error("nothing says why there is no fee")
}
