package main

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"iter"
	"math"
	"strconv"
	"strings"

	"github.com/flowmap-dev/flowmap/pkg/audit"
	"github.com/flowmap-dev/flowmap/pkg/lang"
	"github.com/flowmap-dev/flowmap/pkg/roi"
	"github.com/spf13/cobra"
)

func (w *world) rankCommand() *cobra.Command {
	var flags whatIf
	var odds simulation
	var by string
	var asJSON, asCSV, scenarios bool
	c := &cobra.Command{
		Use:   "rank [DIR]",
		Short: "The flows by priority: hours, cost, build, platform, payback with its range, NPV, ROI",
		Args:  cobra.MaximumNArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			if err := oneOf("by", by, roi.ByPayback.Options()); err != nil {
				return err
			}
			if asJSON && asCSV {
				return &usageError{"--json and --csv are both given", "choose one of them"}
			}
			if scenarios && (asCSV || flags.scenario != "") {
				return &usageError{"--scenarios is given with --csv or --scenario", "--scenarios shows all scenarios, as a table or with --json"}
			}
			if err := odds.check(); err != nil {
				return err
			}
			dir, a, err := w.analysed(c, args, flags, roi.Order(by))
			if err != nil {
				return err
			}
			if scenarios {
				return w.rankScenarios(c.Context(), dir, a, rankJob{roi.Order(by), odds, asJSON})
			}
			if err := w.simulate(c.Context(), &a, odds); err != nil {
				return err
			}
			switch {
			case asJSON:
				return writeRows(w.out, rankHead(dir, a), "flows", rankedFlows(a))
			case asCSV:
				return w.rankCSV(a)
			}
			return w.rankTable(a)
		},
	}
	flags.add(c)
	odds.add(c)
	c.Flags().StringVar(&by, "by", string(roi.ByPayback), "sort by "+strings.Join(roi.ByPayback.Options(), ", "))
	c.Flags().BoolVar(&scenarios, "scenarios", false, "conservative, expected, optimistic and the workspace's own scenarios, side by side")
	c.Flags().BoolVar(&asJSON, "json", false, "one JSON document")
	c.Flags().BoolVar(&asCSV, "csv", false, "comma-separated values")
	return c
}

// rankJob is how a ranking is made and shown.
type rankJob struct {
	by     roi.Order
	odds   simulation
	asJSON bool
}

// analysed is what most commands begin with: find, load, change, analyse.
func (w *world) analysed(c *cobra.Command, args []string, flags whatIf, by roi.Order) (string, analysis, error) {
	return w.begin(c, args, flags, func(ws audit.Workspace) (analysis, error) { return analyse(ws, by) })
}

// begin finds, loads and changes a workspace, and works on it.
func (w *world) begin(c *cobra.Command, args []string, flags whatIf, work func(audit.Workspace) (analysis, error)) (string, analysis, error) {
	dir, err := find(c, args)
	if err != nil {
		return "", analysis{}, err
	}
	ws, err := w.load(c.Context(), dir)
	if err != nil {
		return "", analysis{}, err
	}
	if ws, err = w.apply(ws, flags); err != nil {
		return "", analysis{}, err
	}
	a, err := aside(c.Context(), func() (analysis, error) { return work(ws) })
	if err != nil {
		return "", analysis{}, w.problemsIn(dir, err)
	}
	return dir, a, nil
}

func (w *world) writeJSON(v any) error {
	text, err := jsonText(v)
	if err != nil {
		return err
	}
	_, err = w.out.Write(text)
	return err
}

// writeRows writes a document with a list that is empty in it, and fills the list
// as it goes, so that not all of it has to be in memory.
func writeRows[T any](to io.Writer, document any, list string, rows iter.Seq[T]) error {
	text, err := jsonText(document)
	if err != nil {
		return err
	}
	before, after, _ := bytes.Cut(text, []byte("\n  \""+list+"\": []"))
	out := bufio.NewWriterSize(to, 1<<16)
	fmt.Fprintf(out, "%s\n  %q: [", before, list)
	var row bytes.Buffer
	e := json.NewEncoder(&row)
	e.SetEscapeHTML(false)
	e.SetIndent("    ", "  ")
	separator, end := "\n    ", ""
	for r := range rows {
		row.Reset()
		if err := e.Encode(r); err != nil {
			return err
		}
		fmt.Fprintf(out, "%s%s", separator, bytes.TrimSuffix(row.Bytes(), []byte("\n")))
		separator, end = ",\n    ", "\n  "
	}
	fmt.Fprintf(out, "%s]%s", end, after)
	return out.Flush()
}

func jsonText(v any) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	err := e.Encode(v)
	return b.Bytes(), err
}

// rankTable prints the ranking for a terminal. The terminal speaks English.
func (w *world) rankTable(a analysis) error {
	p, err := lang.New("en")
	if err != nil {
		return err
	}
	money := func(x float64) string { return p.Money(x, a.workspace.Currency, 0) }
	t := table{heads: []string{"#", "Flow", "Hours/wk", "Cost/yr", "Benefit/yr", "Build", "Monthly", "Payback", "P10–P90", target(a, p), "On cash", "Platform"},
		right:  []bool{true, false, true, true, true, true, true, true, true, true, true, false},
		spared: []int{10, 3, 6, 2, 11}}
	if a.trials == 0 {
		t.spared = append([]int{8, 9}, t.spared...)
		t.without = 2
	}
	for _, s := range a.ranking.Scores {
		t.rows = append(t.rows, w.rankRow(a, s, p))
	}
	fmt.Fprint(w.out, t.text(w.width))
	sum := a.ranking.Totals
	fmt.Fprintf(w.out, "\n%s hours a week by hand: %s of work and %s of errors a year.\n",
		p.Number(sum.Flows.HoursPerWeek, 1), money(sum.Flows.LabourPerYear), money(sum.Flows.ErrorCostPerYear))
	if twice := sum.Twice.HoursPerWeek; twice > 0 {
		fmt.Fprintf(w.out, "%s of these hours are claimed by two flows; integrating both saves them once.\n", p.Number(twice, 1))
	}
	if sum.FlowsFor80 > 0 {
		verb := "hold"
		if sum.FlowsFor80 == 1 {
			verb = "holds"
		}
		fmt.Fprintf(w.out, "%d of %s %s 80%% of the hours.\n", sum.FlowsFor80, p.Plural("count.flows", len(a.ranking.Concentration.Order), nil), verb)
	}
	if sum.NotStated > 0 {
		fmt.Fprintf(w.out, "Not counted, since nobody has stated their hours: %d.\n", sum.NotStated)
	}
	if a.trials > 0 {
		fmt.Fprint(w.out, wrap(fmt.Sprintf("P10–P90: in eight of ten of %s trials the payback lies in this range; %s: how likely it is to pay back within the target.",
			p.Number(float64(a.trials), 0), target(a, p)), w.width, ""))
	}
	_, err = fmt.Fprintln(w.out, "Payback in months from go-live. flowmap explain FLOW shows the arithmetic.")
	return err
}

// target heads the chance of a payback in time.
func target(a analysis, p lang.Printer) string {
	months := a.workspace.Assumptions.TargetPaybackMonths.Value
	decimals := 0
	if months != math.Trunc(months) {
		decimals = 1
	}
	return "≤ " + p.Number(months, decimals) + " mo"
}

func (w *world) rankRow(a analysis, s roi.Score, p lang.Printer) []string {
	f, _ := a.workspace.Flow(s.Flow)
	currency := a.workspace.Currency
	row := []string{"–", f.Label(), "–", "–", "–", "–", "–", "–", "–", "–", "–", "–"}
	if s.ErrorCostPerYear > 0 || s.Stated {
		row[3] = p.Money(s.LabourPerYear+s.ErrorCostPerYear, currency, 0)
	}
	if s.Chosen {
		row[5] = p.Money(s.BuildCost, currency, 0)
		row[11] = s.Choice.Platform
		if s.MonthlyCost.OK {
			row[6] = p.Money(s.MonthlyCost.Value, currency, 0)
		}
	}
	if !s.Stated {
		return row
	}
	row[0], row[2], row[4] = strconv.Itoa(s.Rank), p.Number(s.HoursPerWeek, 1), p.Money(s.BenefitPerYear, currency, 0)
	if s.NPV.OK {
		row[7], row[10] = months(s.Payback, p), months(s.CashPayback, p)
	}
	if o := s.Outlook; o.Trials > 0 {
		row[8], row[9] = rangeOf(o.Payback, p), likely(o.OnTarget, p)
	}
	return row
}

// likely writes a chance. What happened in some trials and not in all is
// neither 0 nor 100 %.
func likely(c roi.Chance, p lang.Printer) string {
	switch {
	case c.Value > 0 && c.Value < .005:
		return "<" + p.Percent(.01, 0)
	case c.Value < 1 && c.Value > .995:
		return ">" + p.Percent(.99, 0)
	}
	return p.Percent(c.Value, 0)
}

// rangeOf writes a payback from P10 to P90, with no more digits than the
// trials leave.
func rangeOf(q roi.Percentiles, p lang.Printer) string {
	write := func(x roi.Percentile) string {
		if !x.OK {
			return p.Text("never", nil)
		}
		decimals := 1
		if x.Error >= 1 {
			decimals = 0
		}
		return p.Number(roi.Settled(x.Value, x.Error), decimals)
	}
	low, high := write(q.P10), write(q.P90)
	if low == high {
		return low
	}
	return low + "–" + high
}

// months writes a payback that is known to come or never to come.
func months(f roi.Figure, p lang.Printer) string {
	if !f.OK {
		return p.Text("never", nil)
	}
	return p.Number(f.Value, 1)
}

// rankCSV writes the ranking's fields as a table for other programs. Text that
// a spreadsheet would take for a formula gets an apostrophe.
func (w *world) rankCSV(a analysis) error {
	out := csv.NewWriter(w.out)
	if err := out.Write(rankFields); err != nil {
		return err
	}
	for i := range a.ranking.Scores {
		s := &a.ranking.Scores[i]
		f := ranked(a, s)
		record := []string{whole(f.Rank), safe(f.ID), safe(f.Name), safe(f.Department), safe(f.From), safe(f.To), safe(f.Entity),
			decimal(f.HoursPerWeek), decimal(f.HoursPerYear), decimal(f.ErrorsPerYear), decimal(f.LabourPerYear), decimal(f.ErrorCostPerYear), decimal(f.BenefitPerYear),
			word(f.Platform), word(f.Tier), strconv.FormatBool(f.Decided), word((*string)(f.Pattern)), decimal(f.BuildCost),
			decimal(f.PlatformPerMonth), decimal(f.MaintenancePerMonth), decimal(f.MonthlyCost),
			decimal(f.PaybackMonths), decimal(f.DiscountedPaybackMonths), decimal(f.CashPaybackMonths), decimal(f.NPV), decimal(f.IRR), decimal(f.ROI), decimal(f.BreakEvenHoursPerWeek)}
		o := outlookOf(s.Outlook)
		record = append(record, decimal(o.PaybackP10), decimal(o.PaybackP50), decimal(o.PaybackP90), decimal(o.ProbabilityOnTarget))
		if err := out.Write(record); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}

func whole(n *int) string {
	if n == nil {
		return ""
	}
	return strconv.Itoa(*n)
}

func decimal(x *float64) string {
	if x == nil {
		return ""
	}
	return strconv.FormatFloat(*x, 'f', -1, 64)
}

func word(s *string) string {
	if s == nil {
		return ""
	}
	return safe(*s)
}

func safe(s string) string {
	if s != "" && strings.ContainsRune("=+-@\t\r", rune(s[0])) {
		return "'" + s
	}
	return s
}

// assumptionValues are the assumptions in force, by their keys, at the means.
func assumptionValues(a audit.Assumptions) map[string]any {
	values := map[string]any{
		"hourly_cost": a.HourlyCost.Mean(), "developer_hourly_cost": a.DeveloperHourlyCost.Mean(),
		"weeks_per_year": a.WeeksPerYear.Value, "days_per_week": a.DaysPerWeek.Value, "hours_per_person": a.HoursPerPerson.Value,
		"horizon_months": a.HorizonMonths.Value, "discount_rate": a.DiscountRate.Value, "automation_rate": a.AutomationRate.Mean(),
		"automation_rate_unstructured": a.AutomationRateUnstructured.Mean(), "error_reduction": a.ErrorReduction.Mean(),
		"cash_share": a.CashShare.Mean(), "maintenance": a.Maintenance.Mean(), "ramp_up_months": a.RampUpMonths.Value,
		"target_payback_months": a.TargetPaybackMonths.Value,
	}
	rates := map[string]float64{}
	for _, r := range a.ExchangeRates {
		rates[r.Currency] = r.Rate.Value
	}
	values["exchange_rates"] = rates
	return values
}
