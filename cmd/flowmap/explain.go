package main

import (
	"fmt"
	"math"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/flowmap-dev/flowmap/pkg/advise"
	"github.com/flowmap-dev/flowmap/pkg/audit"
	"github.com/flowmap-dev/flowmap/pkg/lang"
	"github.com/flowmap-dev/flowmap/pkg/roi"
	"github.com/spf13/cobra"
)

var findingID = regexp.MustCompile(`^FM[0-9]{3}$`)

func (w *world) explainCommand() *cobra.Command {
	var flags whatIf
	var odds simulation
	var asJSON bool
	c := &cobra.Command{
		Use:   "explain FLOW|FM### [DIR]",
		Short: "The arithmetic of a flow, line by line, down to who said it; what a finding means",
		Args:  cobra.RangeArgs(1, 2),
		RunE: func(c *cobra.Command, args []string) error {
			name := args[0]
			if findingID.MatchString(strings.ToUpper(name)) {
				return w.explainFinding(strings.ToUpper(name), asJSON)
			}
			if err := odds.check(); err != nil {
				return err
			}
			dir, a, err := w.analysed(c, args[1:], flags, roi.ByPayback)
			if err != nil {
				return err
			}
			f, ok := a.workspace.Flow(name)
			if !ok {
				return unknownFlow(name, a.workspace)
			}
			sets, err := flags.settings(a.workspace)
			if err != nil {
				return err
			}
			score, _ := scoreOf(a, f)
			chances, err := outlookOn(c.Context(), a, score, odds)
			if err != nil {
				return err
			}
			if asJSON {
				return w.writeJSON(explainDocument(dir, a, f, sets, chances))
			}
			p, err := lang.New("en")
			if err != nil {
				return err
			}
			e := explanation{world: w, a: a, flow: f, p: p, sets: sets, odds: chances}
			return e.print()
		},
	}
	flags.add(c)
	odds.add(c)
	c.Flags().BoolVar(&asJSON, "json", false, "one JSON document")
	return c
}

func unknownFlow(name string, ws audit.Workspace) error {
	var ids []string
	for _, f := range ws.Flows {
		ids = append(ids, f.ID)
	}
	slices.Sort(ids)
	return &usageError{fmt.Sprintf("there is no flow %q", name), audit.Meant(name, ids, "flows")}
}

func (w *world) explainFinding(id string, asJSON bool) error {
	p, err := lang.New("en")
	if err != nil {
		return err
	}
	why := "finding." + id + ".why"
	if !p.Has(why) {
		var known []string
		for n := 1; n <= 99; n++ {
			if f := fmt.Sprintf("FM%03d", n); p.Has("finding." + f + ".why") {
				known = append(known, f)
			}
		}
		return &usageError{fmt.Sprintf("there is no finding %s", id), "findings: " + strings.Join(known, ", ")}
	}
	if asJSON {
		return w.writeJSON(findingExplainedJSON{id, p.Text("finding."+id+".title", nil), p.Text(why, nil)})
	}
	fmt.Fprintf(w.out, "%s  %s\n\n", id, p.Text("finding."+id+".title", nil))
	_, err = fmt.Fprint(w.out, wrap(p.Text(why, nil), w.width, ""))
	return err
}

// explanation prints how one flow's figures came about.
type explanation struct {
	world *world
	a     analysis
	flow  audit.Flow
	p     lang.Printer
	sets  []audit.Setting
	odds  outlook
}

func (e explanation) print() error {
	score, ok := scoreOf(e.a, e.flow)
	e.head(score, ok)
	e.said()
	if !ok {
		return nil
	}
	e.arithmetic(score)
	e.choice(score)
	e.result(score)
	e.chances(score)
	return nil
}

func (e explanation) line(format string, args ...any) {
	fmt.Fprintf(e.world.out, format+"\n", args...)
}

func (e explanation) head(s roi.Score, ranked bool) {
	f := e.flow
	from, _ := e.a.workspace.System(f.From)
	to, _ := e.a.workspace.System(f.To)
	e.line("%s (%s)", f.Label(), f.ID)
	parts := []string{from.Label() + " to " + to.Label(), e.p.Text("how."+string(f.How), nil)}
	if entity, ok := e.a.workspace.Entity(f.Entity); ok {
		parts = append([]string{entity.Label()}, parts...)
	}
	e.line("%s", strings.Join(parts, " · "))
	switch {
	case !ranked:
		e.line("An automated flow costs no hours and is not ranked.")
	case s.Stated:
		e.line("Rank %d of %d.", s.Rank, len(e.a.ranking.Concentration.Order))
	default:
		e.line("Nobody has stated its hours, so it has no rank.")
	}
}

// said lists the answers that the figures rest on, and those that do not count.
func (e explanation) said() {
	e.line("\nWho said it")
	rows := table{heads: []string{"What", "Answer", "How it is known", "Said by", "Where"}, right: make([]bool, 5)}
	for _, a := range answersOf(e.a, e.flow, e.sets) {
		known := e.p.Text("basis."+string(a.basis), nil)
		switch {
		case a.assumed:
			known = "assumed"
		case a.basis == audit.Constant:
			known = "as it is"
		}
		if !a.counts {
			known += ", not counted"
		}
		rows.rows = append(rows.rows, []string{a.what, a.text, known, e.speaker(a.at), place(a.at)})
	}
	if len(rows.rows) == 0 {
		e.line("  nobody has given a number yet")
		return
	}
	if e.fits(rows) {
		e.indented(rows)
		return
	}
	for _, r := range rows.rows {
		e.entry(r[0]+": "+r[1], strings.Join(r[2:], " · "))
	}
}

// fits tells whether a table can stand in the terminal without a cut.
func (e explanation) fits(t table) bool {
	for _, line := range strings.Split(t.text(0), "\n") {
		if e.world.width > 0 && utf8.RuneCountInString(line)+2 > e.world.width {
			return false
		}
	}
	return true
}

// entry prints a line and, further in, what is to be said about it. Nothing is
// cut.
func (e explanation) entry(head, about string) {
	width := e.world.width
	if width <= 0 {
		width = math.MaxInt
	}
	fmt.Fprint(e.world.out, wrap(head, width, "  "), wrap(about, width, "      "))
}

func (e explanation) indented(t table) {
	width := e.world.width
	if width > 0 {
		width -= 2
	}
	for _, line := range strings.Split(strings.TrimRight(t.text(width), "\n"), "\n") {
		e.line("  %s", line)
	}
}

// speaker says who gave an answer.
func (e explanation) speaker(at audit.Place) string {
	i, ok := e.a.workspace.Interview(at.File)
	switch {
	case at.IsZero():
		return "default"
	case strings.HasPrefix(at.File, "--set"):
		return "this run"
	case !ok:
		return "the audit"
	case len(i.With) == 0:
		return "an interview"
	}
	who := e.p.List(i.With)
	if i.Date != "" {
		who += ", " + string(i.Date)
	}
	return who
}

func place(p audit.Place) string {
	if p.IsZero() {
		return "–"
	}
	return p.String()
}

func (e explanation) choice(s roi.Score) {
	if !s.Chosen {
		e.line("\nNo platform of the catalogue fits on its own; flowmap catalogue lists them.")
		return
	}
	c := s.Choice
	why := "the cheapest that fits, on its own"
	if c.Decided {
		why = "the client's decision"
	}
	tier := ""
	if c.Tier != "" {
		tier = ", tier " + c.Tier
	}
	platform, _ := e.a.catalogue.Platform(c.Platform)
	e.line("\nWith %s%s, as a %s: %s", platform.Name, tier, e.p.Text("pattern."+string(c.Pattern)+".term", nil), why)
	if c.Metered {
		e.line("  %s in a normal month, %s in the busiest", e.operations(c, c.Operations), e.p.Number(c.PeakOperations, 0))
	}
	if len(c.Assumed) > 0 {
		e.line("  Assumed, since nobody has said: %s", strings.Join(c.Assumed, ", "))
	}
}

// operations counts in the platform's own unit.
func (e explanation) operations(c advise.Candidate, n float64) string {
	unit := e.p.Text("operation."+string(c.Unit), nil)
	if n != 1 {
		unit += "s"
	}
	return e.p.Number(n, 0) + " " + unit
}

func (e explanation) result(s roi.Score) {
	if !s.NPV.OK {
		return
	}
	money := func(f roi.Figure) string {
		if !f.OK {
			return "–"
		}
		return e.p.Money(f.Value, e.a.workspace.Currency, 2)
	}
	a := e.a.workspace.Assumptions
	e.line("\nWhat it brings")
	payback, npv := "", ""
	if o := e.odds; o.Trials > 0 {
		payback = rangeOf(o.Payback, e.p)
		write := func(q roi.Percentile) string {
			return e.p.Money(roi.Settled(q.Value, q.Error), e.a.workspace.Currency, 0)
		}
		npv = write(o.NPV.P10) + " to " + write(o.NPV.P90)
	}
	t := table{heads: []string{"", "", "P10–P90"}, right: []bool{false, true, true}, rows: [][]string{
		{"Benefit a year", e.p.Money(s.BenefitPerYear, e.a.workspace.Currency, 2), ""},
		{"Running cost a month", money(s.MonthlyCost), ""},
		{"Payback, months from go-live", months(s.Payback, e.p), payback},
		{"Payback, months from the first spending", months(s.FromFirstSpending, e.p), ""},
		{"Payback on discounted amounts", months(s.DiscountedPayback, e.p), ""},
		{"Payback on cash alone", months(s.CashPayback, e.p), ""},
		{fmt.Sprintf("NPV over %s months at %s a year", e.p.Number(a.HorizonMonths.Value, 0), e.p.Percent(a.DiscountRate.Value, 1)), money(s.NPV), npv},
		{"ROI over the same months", e.share(s.ROI), ""},
		{"IRR a year", e.rates(s.IRR), ""},
		{"Break-even: hours a week at which NPV is 0", e.hours(s.BreakEvenHoursPerWeek), ""},
		{"Each month of delay costs", money(s.CostOfDelay), ""},
	}}
	if e.odds.Trials == 0 {
		t.spared, t.without = []int{2}, 1
		t.heads = []string{"", "", ""}
	}
	e.indented(t)
}

func (e explanation) share(f roi.Figure) string {
	if !f.OK {
		return "–"
	}
	return e.p.Percent(f.Value, 0)
}

func (e explanation) hours(f roi.Figure) string {
	if !f.OK {
		return "none"
	}
	return e.p.Hours(f.Value)
}

func (e explanation) rates(rates []float64) string {
	if len(rates) == 0 {
		return "none"
	}
	parts := make([]string, len(rates))
	for i, r := range rates {
		parts[i] = e.p.Percent(r, 0)
	}
	if len(rates) > 1 {
		return strings.Join(parts, ", ") + " (several: trust the NPV)"
	}
	return parts[0]
}
