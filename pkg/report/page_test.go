package report_test

import (
	"math"
	"math/rand/v2"
	"slices"
	"strconv"
	"testing"

	"github.com/flowmap-dev/flowmap/pkg/audit"
	"github.com/flowmap-dev/flowmap/pkg/report"
	"github.com/flowmap-dev/flowmap/pkg/roi"
	"github.com/flowmap-dev/flowmap/pkg/roi/portfolio"
)

// curved is a run with its plan for a budget, and with those of all other budgets.
func curved(t testing.TB, w audit.Workspace, budget roi.Figure) report.Run {
	t.Helper()
	base := run(t, w)
	p := searched(t, base, portfolio.Wishes{Budget: budget}, portfolio.Effort{Nodes: 3000, Curve: true})
	base.Plan = &report.Plan{Proposal: p, Roadmap: p.Plan(w, 20)}
	return base
}

// onPage is the page of a run with its levers where they are put, for an audience.
func onPage(t testing.TB, base report.Run, audience report.Audience, at map[string]float64) report.Report {
	t.Helper()
	r, err := built(t, base, "en").For(audience).Page()
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range r.Levers {
		if x, moves := at[l.Key]; moves {
			if err := l.Set(r, x); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := report.Calculate(r); err != nil {
		t.Fatal(err)
	}
	return r
}

// Whatever the budget, the page has the plan that the search finds for it: the same
// flows on the same platforms, and their money.
func TestABudgetOnThePageBuysThePlanOfTheSearch(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 9))
	for _, name := range []string{"tienda", "distribuidora"} {
		w := example(t, name)
		base := curved(t, w, roi.Figure{})
		curve := base.Plan.Curve
		budgets := []float64{curve[1].Build, curve[2].Build - .01, curve[3].Least, curve[len(curve)-1].Build + 1}
		for range 6 {
			budgets = append(budgets, curve[1].Build+random.Float64()*(curve[len(curve)-1].Build-curve[1].Build))
		}
		for i, x := range budgets {
			audience := []report.Audience{"", report.Management, report.Proposal}[i%3]
			r := onPage(t, base, audience, map[string]float64{"budget": x})
			want := proposed(t, base, portfolio.Wishes{Budget: roi.Figure{Value: x, OK: true}})
			comparePlan(t, r, want, name+" for "+strconv.FormatFloat(x, 'f', 2, 64))
		}
	}
}

// Where other sliders have moved, too, the flows stay those that the budget buys, and
// their money is that of the changed workspace.
func TestTheMoneyOfABoughtPlanFollowsTheOtherLevers(t *testing.T) {
	w := example(t, "distribuidora")
	base := curved(t, w, roi.Figure{})
	for i, p := range base.Plan.Curve[1:] {
		rate, horizon := .37+.013*float64(i), 20+i
		r := onPage(t, base, "", map[string]float64{"budget": p.Build, "automation_rate": rate, "horizon_months": float64(horizon)})
		changed, err := w.With(audit.Setting{Key: "automation_rate", Value: strconv.FormatFloat(rate, 'f', -1, 64)},
			audit.Setting{Key: "horizon_months", Value: strconv.Itoa(horizon)})
		if err != nil {
			t.Fatal(err)
		}
		wishes := portfolio.Wishes{With: p.IDs()}
		for _, f := range w.Flows {
			if f.ByHand() && !slices.Contains(wishes.With, f.ID) {
				wishes.Without = append(wishes.Without, f.ID)
			}
		}
		comparePlan(t, r, proposed(t, run(t, changed), wishes), strconv.Itoa(i))
	}
}

// comparePlan holds the plan of a page to one that was searched for.
func comparePlan(t *testing.T, r report.Report, want portfolio.Proposal, what string) {
	t.Helper()
	var ids []string
	plan := table(t, r, "plan")
	for _, row := range plan.Rows {
		if plan.Shows(row) {
			ids = append(ids, row.Cells[0].Text)
		}
	}
	if len(ids) != len(want.Flows) {
		t.Errorf("%s: the page has %d flows, want %v", what, len(ids), want.IDs())
	}
	for _, f := range want.Flows {
		row := slices.IndexFunc(plan.Rows, func(row report.Row) bool {
			return plan.Shows(row) && (row.Key == f.Flow || row.Key == f.Flow+"@"+f.Candidate.Platform)
		})
		if row < 0 {
			t.Errorf("%s: %s is not in the plan", what, f.Flow)
			continue
		}
		toCent(t, what+": shared fee of "+f.Flow, at(t, plan, plan.Rows[row].Key, "fee_shared"), f.Fee.Shared)
	}
	for key, x := range map[string]float64{
		"build": want.Build, "npv": want.NPV, "monthly": want.FeesPerMonth + want.MaintenancePerMonth, "benefit": want.Totals.BenefitPerYear,
		"payback": orNever(want.Payback), "cash_payback": orNever(want.CashPayback),
	} {
		toCent(t, what+": "+key, planFigure(t, r, key), x)
	}
	fees := 0.0
	platforms := table(t, r, "plan-platforms")
	for _, row := range platforms.Rows {
		if platforms.Shows(row) {
			fees += row.Cells[1].Number
		}
	}
	if math.Abs(fees-want.FeesPerMonth) > .005 {
		t.Errorf("%s: platforms cost %v a month, want %v", what, fees, want.FeesPerMonth)
	}
}

// Where the search has not tried all plans, the page knows it: between the budget up
// to which a plan is known to be best and the next one, and where it proved nothing.
func TestABudgetThatWasNotTriedIsNotSettled(t *testing.T) {
	base := curved(t, example(t, "tienda"), roi.Figure{})
	c := base.Plan.Curve // points of 0, 1210, 2383.33, 3593.33 ...
	c[1].Until = 1500
	c[3].Proven = false
	for budget, want := range map[float64]float64{1210: 1, 1499.99: 1, 1500.01: 0, 2383.34: 1, 3600: 0, 1e5: 1} {
		r := onPage(t, base, "", map[string]float64{"budget": budget})
		r.Sections = r.Behind
		if got := at(t, table(t, r, "budget"), "settled", "value"); got.Number != want {
			t.Errorf("a budget of %v: settled is %v, want %v", budget, got.Number, want)
		}
	}
}

func orNever(f roi.Figure) float64 {
	if !f.OK {
		return math.Inf(1)
	}
	return f.Value
}

// toCent holds a figure to the cent.
func toCent(t *testing.T, what string, c report.Cell, want float64) {
	t.Helper()
	if c.Never() && math.IsInf(want, 1) {
		return
	}
	if !c.Kind.Numeric() || !(math.Abs(c.Number-want) <= .005) {
		t.Errorf("%s is %v, want %v", what, c, want)
	}
}

func planFigure(t *testing.T, r report.Report, key string) report.Cell {
	t.Helper()
	for _, s := range r.Sections {
		for _, b := range s.Blocks {
			if f, ok := b.(report.Figures); ok && f.ID == "plan-figures" {
				for _, fig := range f.Figures {
					if fig.Key == key {
						return fig.Cell
					}
				}
			}
		}
	}
	t.Fatalf("the plan has no figure %q", key)
	return report.Cell{}
}

// The page starts as the report is: nothing has moved.
func TestThePageStartsWithTheReportsOwnPlan(t *testing.T) {
	for _, budget := range []roi.Figure{{}, {Value: 9000, OK: true}} {
		base := curved(t, example(t, "distribuidora"), budget)
		comparePlan(t, onPage(t, base, "", nil), base.Plan.Proposal, "at the start")
	}
}
