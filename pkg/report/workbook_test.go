package report_test

import (
	"context"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/flowmap-dev/flowmap/pkg/advise"
	"github.com/flowmap-dev/flowmap/pkg/audit"
	"github.com/flowmap-dev/flowmap/pkg/lang"
	"github.com/flowmap-dev/flowmap/pkg/report"
	"github.com/flowmap-dev/flowmap/pkg/roi"
	"github.com/flowmap-dev/flowmap/pkg/roi/portfolio"
)

// proposed is the plan of a workspace for what is wished.
func proposed(t testing.TB, base report.Run, wishes portfolio.Wishes) portfolio.Proposal {
	t.Helper()
	return searched(t, base, wishes, portfolio.Effort{Nodes: 3000})
}

func searched(t testing.TB, base report.Run, wishes portfolio.Wishes, effort portfolio.Effort) portfolio.Proposal {
	t.Helper()
	a := advise.New(base.Workspace, base.Map, base.Catalogue)
	p, err := portfolio.Propose(context.Background(), base.Workspace, func(f audit.Flow) ([]advise.Candidate, [][]advise.TierFee) {
		candidates := a.Candidates(f)
		return candidates, a.Tiers(f, candidates)
	}, wishes, effort)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// planned is a run with its plan.
func planned(t testing.TB, w audit.Workspace) report.Run {
	t.Helper()
	base := run(t, w)
	p := proposed(t, base, portfolio.Wishes{})
	base.Plan = &report.Plan{Proposal: p, Roadmap: p.Plan(w, 20)}
	return base
}

// inWorkbook is the workbook of a run beside scenarios.
func inWorkbook(t testing.TB, base report.Run, scenarios ...report.Run) report.Report {
	t.Helper()
	p, err := lang.New("en")
	if err != nil {
		t.Fatal(err)
	}
	r, err := report.Build(report.Input{Base: base, Scenarios: scenarios, Words: p})
	if err != nil {
		t.Fatal(err)
	}
	if r, err = r.Workbook(); err != nil {
		t.Fatal(err)
	}
	return r
}

// choose writes a text into a cell of a table, as a reader of the workbook does.
func choose(t testing.TB, r report.Report, id, row, column, text string) {
	t.Helper()
	tb := table(t, r, id)
	for _, one := range tb.Rows {
		for j, c := range tb.Columns {
			if one.Key == row && c.Key == column {
				one.Cells[j].Text = text
				return
			}
		}
	}
	t.Fatalf("table %q has no cell %q, %q", id, row, column)
}

func together(t testing.TB, r report.Report, column string) float64 {
	t.Helper()
	c := at(t, table(t, r, "together"), "choice", column)
	if c.Kind == report.Unknown {
		return math.NaN()
	}
	return c.Number
}

func figureOf(t testing.TB, r report.Report, id, key string) report.Cell {
	t.Helper()
	for _, s := range r.Sections {
		for _, b := range s.Blocks {
			if f, ok := b.(report.Figures); ok && f.ID == id {
				for _, fig := range f.Figures {
					if fig.Key == key {
						return fig.Cell
					}
				}
			}
		}
	}
	t.Fatalf("there is no figure %q of %q", key, id)
	return report.Cell{}
}

func alike(x, y float64) bool {
	return math.Abs(x-y) <= 1e-9*math.Max(1, math.Max(math.Abs(x), math.Abs(y))) || math.IsInf(x, 1) && math.IsInf(y, 1)
}

func months(f roi.Figure) float64 {
	if !f.OK {
		return math.Inf(1)
	}
	return f.Value
}

// isChoice holds the marked flows of a workbook to what the search gives for
// the same flows.
func isChoice(t *testing.T, r report.Report, want portfolio.Choice) {
	t.Helper()
	for key, x := range map[string]float64{
		"build": want.Build, "npv": want.NPV, "monthly": want.FeesPerMonth + want.MaintenancePerMonth,
		"benefit": want.Totals.BenefitPerYear, "payback": months(want.Payback), "cash_payback": months(want.CashPayback),
	} {
		for _, id := range []string{"choice-figures", "plan-figures"} {
			if c := figureOf(t, r, id, key); !alike(c.Number, x) || c.Kind == report.Unknown {
				t.Errorf("%s of %s is %v, the search gives %v", key, id, c.Number, x)
			}
		}
	}
	if got := together(t, r, "hours_year"); !alike(got, want.Totals.HoursPerYear) {
		t.Errorf("hours a year are %v, the search gives %v", got, want.Totals.HoursPerYear)
	}
}

func TestTheWorkbooksPlanIsTheOneThatWasFound(t *testing.T) {
	for _, name := range []string{"tienda", "distribuidora"} {
		base := planned(t, example(t, name))
		isChoice(t, inWorkbook(t, base), base.Plan.Choice)
	}
}

// Whatever flows a reader marks, they cost and bring what the search says of
// the same flows, where it puts them on the same platforms.
func TestMarkedFlowsComeToWhatTheSearchSays(t *testing.T) {
	compared := 0
	for i, name := range []string{"tienda", "distribuidora"} {
		base := planned(t, example(t, name))
		r := inWorkbook(t, base)
		random := rand.New(rand.NewPCG(7, uint64(i)))
		on := map[string]string{}
		for _, o := range base.Plan.Menu.Offers {
			on[o.Flow] = o.Candidate.Platform
		}
		for range 30 {
			var with, without []string
			for _, row := range table(t, r, "choice").Rows {
				mark := "no"
				if random.IntN(2) == 0 {
					mark = "yes"
					with = append(with, row.Key)
				} else {
					without = append(without, row.Key)
				}
				choose(t, r, "choice", row.Key, "in_plan", mark)
			}
			for _, f := range base.Workspace.Flows {
				if f.ByHand() && !slices.Contains(with, f.ID) && !slices.Contains(without, f.ID) {
					without = append(without, f.ID)
				}
			}
			if len(with) == 0 || !ordered(base.Workspace, with) {
				continue
			}
			want := proposed(t, base, portfolio.Wishes{With: with, Without: without})
			if !want.Optimal || slices.ContainsFunc(want.Flows, func(f portfolio.Chosen) bool { return on[f.Flow] != f.Candidate.Platform }) {
				continue
			}
			compared++
			if err := report.Calculate(r); err != nil {
				t.Fatal(err)
			}
			isChoice(t, r, want.Choice)
		}
	}
	if compared < 10 {
		t.Errorf("only %d sets of flows have been compared", compared)
	}
}

// ordered tells whether each flow has those that must be built before it.
func ordered(w audit.Workspace, flows []string) bool {
	for _, id := range flows {
		f, _ := w.Flow(id)
		for _, before := range f.After {
			if g, ok := w.Flow(before); ok && g.ByHand() && !slices.Contains(flows, before) {
				return false
			}
		}
	}
	return true
}

// Under each scenario the workbook's arithmetic is that of the ranking under
// it, flow by flow, where the same platform is chosen.
func TestAScenarioMovesTheWorkbookAsItMovesTheRanking(t *testing.T) {
	for _, name := range []string{"tienda", "distribuidora"} {
		w := example(t, name)
		base := planned(t, w)
		var runs []report.Run
		for _, factors := range [][2]float64{{.8, 1.3}, {1.1, .9}} {
			one := run(t, roi.Adjusted(w, factors[0], factors[1]))
			one.Name, one.Adjusted = []string{"worse", "better"}[len(runs)], true
			runs = append(runs, one)
		}
		for _, s := range w.Scenarios {
			other, err := w.Apply(s)
			if err != nil {
				t.Fatal(err)
			}
			one := run(t, other)
			one.Name = s.Name
			runs = append(runs, one)
		}
		r := inWorkbook(t, base, runs...)
		for _, one := range runs {
			choose(t, r, "under", "scenario", "value", strings.ToUpper(one.Name))
			if err := report.Calculate(r); err != nil {
				t.Fatal(err)
			}
			isRanking(t, name+", "+one.Name, r, base.Ranking, one.Ranking)
		}
	}
}

func isRanking(t *testing.T, what string, r report.Report, base, want roi.Ranking) {
	t.Helper()
	compared := 0
	calculation := table(t, r, "calculation")
	for _, s := range want.Scores {
		i := slices.IndexFunc(base.Scores, func(b roi.Score) bool { return b.Flow == s.Flow })
		if b := base.Scores[i]; !s.NPV.OK || b.Choice.Platform != s.Choice.Platform || b.Choice.Tier != s.Choice.Tier {
			continue
		}
		compared++
		for column, x := range map[string]float64{
			"hours_year": s.HoursPerYear, "labour": s.LabourPerYear, "benefit": s.BenefitPerYear, "cash_benefit": s.CashBenefitPerYear,
			"build": s.BuildCost, "payback": months(s.Payback), "npv": s.NPV.Value,
		} {
			if got := at(t, calculation, s.Flow, column); !alike(got.Number, x) {
				t.Errorf("%s: %s of %s is %v, the ranking has %v", what, column, s.Flow, got.Number, x)
			}
		}
	}
	for _, row := range calculation.Rows {
		gone := !slices.ContainsFunc(want.Scores, func(s roi.Score) bool { return s.Flow == row.Key })
		if c := at(t, calculation, row.Key, "benefit"); gone && c.Kind != report.Unknown {
			t.Errorf("%s: the scenario has no flow %s, the workbook a benefit of %v", what, row.Key, c.Number)
		}
	}
	if compared < 3 {
		t.Errorf("%s: only %d flows have been compared", what, compared)
	}
}
