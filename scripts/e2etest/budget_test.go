//go:build e2e

package e2etest

import (
	"context"
	"fmt"
	"maps"
	"math"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"

	"github.com/flowmap-dev/flowmap/pkg/audit"
	"github.com/flowmap-dev/flowmap/pkg/roi"
)

// boughtJSON is what plan --json says, as far as the page follows it.
type boughtJSON struct {
	Status string
	Plan   struct {
		Flows             []struct{ ID string }
		Build             float64 `json:"build_cost"`
		NPV               float64
		Platforms         float64  `json:"platform_per_month"`
		Maintenance       float64  `json:"maintenance_per_month"`
		Benefit           float64  `json:"benefit_per_year"`
		PaybackMonths     *float64 `json:"payback_months"`
		CashPaybackMonths *float64 `json:"cash_payback_months"`
	}
	Curve []struct {
		Build float64 `json:"build_cost"`
	}
}

func (b boughtJSON) ids() []string {
	var ids []string
	for _, f := range b.Plan.Flows {
		ids = append(ids, f.ID)
	}
	slices.Sort(ids)
	return ids
}

// planShown is the plan on a page: its figures, not rounded, the flows in it, and the
// running totals by month.
type planShown struct {
	Figures map[string]string
	Flows   []string
	Totals  []string
	Notes   string
}

const shownPlan = `({
	figures: Object.fromEntries([...document.querySelectorAll('[data-figures="plan-figures"] > div')].map((d) => [d.dataset.key, d.querySelector(".value").dataset.value])),
	flows: [...document.querySelectorAll('table[data-table="plan"] tbody tr')].filter((tr) => tr.offsetParent).map((tr) => tr.dataset.key.split("@")[0]).sort(),
	totals: [...document.querySelectorAll('table[data-table="choice-months"] tbody tr')].map((tr) => tr.cells[4].querySelector("bdi").dataset.value),
	notes: document.querySelector(".searched").innerText,
})`

// lever is one of the page's sliders, with what it moves.
type lever struct {
	Key         string
	Least, Most float64
	Moves       [][4]any // table, row, column, times
}

const leversOf = `JSON.parse(document.getElementById("live").textContent).levers.map((l) => {
	const input = document.getElementsByName(l.key)[0];
	return { key: l.key, least: Number(input.min), most: Number(input.max), moves: l.moves };
})`

// slide puts sliders where they are wanted, by key.
func (p *tab) slide(t *testing.T, at map[string]float64) {
	t.Helper()
	var moves strings.Builder
	moves.WriteString(`document.querySelector("#what-if button").click();`)
	for _, key := range slices.Sorted(maps.Keys(at)) {
		fmt.Fprintf(&moves, "document.getElementsByName(%q)[0].value = %s;", key, exact(at[key]))
	}
	evaluated[chromedp.Void](t, p, moves.String()+`document.querySelector("#what-if input").dispatchEvent(new Event("input"))`)
}

func exact(x float64) string { return strconv.FormatFloat(x, 'f', -1, 64) }

// settings are what --set takes for sliders that have moved.
func settings(t *testing.T, levers []lever, at map[string]float64) []string {
	t.Helper()
	var args []string
	for _, l := range levers {
		x, moved := at[l.Key]
		if !moved || l.Key == "budget" {
			continue
		}
		for _, m := range l.Moves {
			path, value := m[1].(string), exact(x*m[3].(float64))
			if m[0] == "roles" {
				path = "roles." + path + ".hourly_cost"
			}
			args = append(args, "--set", path+"="+value)
		}
	}
	return args
}

// Whatever the budget, for whichever reader, the page shows the plan that plan
// --budget finds for it, to the cent, and asks nobody.
func TestTheBudgetOnThePageBuysWhatPlanSays(t *testing.T) {
	for i, name := range examples {
		workspace := example(t, name)
		random := rand.New(rand.NewPCG(11, uint64(i)))
		whole := decoded[boughtJSON](t, "plan", workspace, "--json")
		least, dearest := whole.Curve[1].Build, whole.Plan.Build
		for _, audience := range []string{"it", "management", "proposal"} {
			folder := t.TempDir()
			done(t, "report", workspace, "--only", "html", "--audience", audience, "-o", folder)
			page := open(t, filepath.Join(folder, "report.html"), 1280, 800)
			for range 5 {
				budget := least + random.Float64()*(dearest-least)
				want := decoded[boughtJSON](t, "plan", workspace, "--json", "--trials", "10", "--budget", exact(budget))
				if want.Status != "optimal" {
					t.Fatalf("%s for %v: the plan is not proven", name, budget)
				}
				page.slide(t, map[string]float64{"budget": budget})
				what := fmt.Sprintf("%s, %s, budget %v", name, audience, budget)
				comparePlans(t, what, evaluated[planShown](t, page, shownPlan), want, workspace)
			}
			page.loadsNothing(t)
			page.staysQuiet(t)
		}
	}
}

// With the other sliders moved, too, the set of flows stays that of the budget: the
// page says so, and shows what the same flows bring in the changed workspace.
func TestAllSlidersTogetherAreTheFiguresOfPlanAndRank(t *testing.T) {
	for i, name := range examples {
		workspace := example(t, name)
		random := rand.New(rand.NewPCG(12, uint64(i)))
		page := open(t, filepath.Join(reported(t, workspace), "report.html"), 1280, 800)
		levers := evaluated[[]lever](t, page, leversOf)
		for range 4 {
			at := map[string]float64{}
			for _, l := range levers {
				switch l.Key {
				case "hourly_cost":
					at[l.Key] = l.Least + (.3+.7*random.Float64())*(l.Most-l.Least)
				case "automation_rate", "automation_rate_unstructured":
					at[l.Key] = .2 + .79*random.Float64()
				case "budget":
					at[l.Key] = l.Most * (.15 + .8*random.Float64())
				}
			}
			if len(at) < 3 {
				t.Fatalf("%s: sliders %v", name, levers)
			}
			bought := decoded[boughtJSON](t, "plan", workspace, "--json", "--trials", "10", "--budget", exact(at["budget"])).ids()
			set := settings(t, levers, at)
			page.slide(t, at)
			shown := evaluated[planShown](t, page, shownPlan)
			what := fmt.Sprintf("%s with %v", name, at)
			if !strings.Contains(shown.Notes, "flowmap") {
				t.Errorf("%s: no line says that the plan was searched for with other figures: %q", what, shown.Notes)
			}
			args := append([]string{"plan", workspace, "--json", "--trials", "10"}, set...)
			for _, id := range bought {
				args = append(args, "--with", id)
			}
			for _, id := range byHand(t, workspace) {
				if !slices.Contains(bought, id) {
					args = append(args, "--without", id)
				}
			}
			comparePlans(t, what, shown, decoded[boughtJSON](t, args...), workspace)
			compareRanking(t, what, evaluated[map[string]string](t, page, unrounded), rankedFlows(t, append([]string{workspace}, set...)...))
		}
		page.loadsNothing(t)
		page.staysQuiet(t)
	}
}

// Without JavaScript the plan, its flows, money and pictures stand there, for every
// reader, and no slider.
func TestWithoutJavaScriptOnlyTheSlidersAreMissing(t *testing.T) {
	for _, name := range examples {
		workspace := example(t, name)
		want := decoded[boughtJSON](t, "plan", workspace, "--json", "--trials", "10")
		for _, audience := range []string{"it", "management", "proposal"} {
			folder := t.TempDir()
			done(t, "report", workspace, "--only", "html", "--audience", audience, "-o", folder)
			file := filepath.Join(folder, "report.html")
			page := open(t, file, 1280, 800)
			page.do(t, chromedp.Func(func(ctx context.Context, target *chromedp.Target) error {
				_, err := cdp.Call(ctx, target, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true})
				return err
			}), chromedp.Navigate("file://"+file))
			shown := evaluated[struct {
				Flows                    []string
				Months, Sliders, Filters int
				Curve, Figure            string
			}](t, page, `({
				flows: [...document.querySelectorAll('table[data-table="plan"] tbody tr')].filter((tr) => tr.offsetParent).map((tr) => tr.dataset.key).sort(),
				months: [...document.querySelectorAll('table[data-table="choice-months"] tbody tr')].filter((tr) => tr.offsetParent).length,
				sliders: [...document.querySelectorAll("input")].filter((e) => e.offsetParent).length,
				filters: document.querySelectorAll(".filter, .searched:not([hidden])").length,
				curve: document.querySelector('svg.plot[data-table="choice-months"] path').getAttribute("d"),
				figure: document.querySelector('[data-figures="plan-figures"] [data-key="npv"] .value').textContent,
			})`)
			if !slices.Equal(shown.Flows, want.ids()) || shown.Months < 12 || len(shown.Curve) < 100 || shown.Figure == "" {
				t.Errorf("%s, %s: the page shows %+v, want the flows %v", name, audience, shown, want.ids())
			}
			if shown.Sliders > 0 || shown.Filters > 0 {
				t.Errorf("%s, %s: %d inputs and %d filters that do nothing", name, audience, shown.Sliders, shown.Filters)
			}
		}
	}
}

func byHand(t *testing.T, workspace string) []string {
	t.Helper()
	w, err := audit.Load(workspace)
	if err != nil {
		t.Fatal(err)
	}
	var ids []string
	for _, f := range w.Flows {
		if f.ByHand() {
			ids = append(ids, f.ID)
		}
	}
	return ids
}

// comparePlans holds the plan on a page to that of plan, and the running total of its
// money to what follows from its cost and benefit.
func comparePlans(t *testing.T, what string, page planShown, want boughtJSON, workspace string) {
	t.Helper()
	if !slices.Equal(page.Flows, want.ids()) {
		t.Errorf("%s: the page buys %v, plan %v", what, page.Flows, want.ids())
		return
	}
	p := want.Plan
	for key, x := range map[string]*float64{
		"build": &p.Build, "npv": &p.NPV, "monthly": sum(p.Platforms, p.Maintenance), "benefit": &p.Benefit,
		"payback": p.PaybackMonths, "cash_payback": p.CashPaybackMonths,
	} {
		toCent(t, what+": "+key, page.Figures[key], x)
	}
	w, err := audit.Load(workspace)
	if err != nil {
		t.Fatal(err)
	}
	inv := roi.Investment{Build: p.Build, Benefit: p.Benefit, Fee: p.Platforms, Maintenance: p.Maintenance, RampUp: w.Assumptions.RampUpMonths.Value}
	total := 0.0
	for k, x := range inv.CashFlow(len(page.Totals) - 1) {
		total += x
		toCent(t, fmt.Sprintf("%s: running total of month %d", what, k), page.Totals[k], &total)
	}
}

func sum(x, y float64) *float64 {
	x += y
	return &x
}

// toCent compares a number of the page with one that may not be known, as a payback
// that never comes.
func toCent(t *testing.T, what, page string, want *float64) {
	t.Helper()
	got, err := strconv.ParseFloat(page, 64)
	switch {
	case err != nil:
		t.Errorf("%s: the page has %q", what, page)
	case want == nil && !math.IsNaN(got) && !math.IsInf(got, 1), want != nil && !(math.Abs(got-*want) <= .005):
		t.Errorf("%s: the page has %v, want %v", what, got, number(want))
	}
}

func number(x *float64) any {
	if x == nil {
		return "none"
	}
	return *x
}

// compareRanking holds the priorities of a page to those of rank.
func compareRanking(t *testing.T, what string, page map[string]string, want map[string]rankedFlow) {
	t.Helper()
	compared := 0
	for id, f := range want {
		for column, x := range map[string]*float64{"benefit": f.BenefitPerYear, "payback": f.PaybackMonths, "cash_payback": f.CashPaybackMonths, "npv": f.NPV} {
			if shown, ok := page["ranking "+id+" "+column]; ok {
				toCent(t, what+": "+column+" of "+id, shown, x)
				compared++
			}
		}
	}
	if compared < 3*len(want) {
		t.Errorf("%s: only %d figures of %d flows are among the priorities", what, compared, len(want))
	}
}
