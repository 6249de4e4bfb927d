package main

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/flowmap-dev/flowmap/pkg/advise"
	"github.com/flowmap-dev/flowmap/pkg/lang"
	"github.com/flowmap-dev/flowmap/pkg/report"
)

// adviseFlow explains one flow whole.
func (w *world) adviseFlow(dir string, a analysis, name string, asJSON bool) error {
	f, ok := a.workspace.Flow(name)
	if !ok {
		return unknownFlow(name, a.workspace)
	}
	p, err := lang.New("en")
	if err != nil {
		return err
	}
	voice := report.NewVoice(p, a.workspace, a.catalogue)
	d := a.advised(f)
	if asJSON {
		return w.writeJSON(adviseFlowDocument(dir, a, d, voice))
	}
	e := explanation{world: w, a: a, flow: f, p: p}
	g := guidance{e, d, a.adviser.Explain(f, d.candidates, d.choice), voice}
	return g.print()
}

// guidance prints the advice on one flow.
type guidance struct {
	explanation
	d     advised
	x     advise.Advice
	voice report.Voice
}

func (g guidance) print() error {
	from, _ := g.a.workspace.System(g.flow.From)
	to, _ := g.a.workspace.System(g.flow.To)
	g.line("%s (%s)", g.flow.Label(), g.flow.ID)
	g.line("%s to %s · %s", from.Label(), to.Label(), g.shape())
	if !g.flow.ByHand() {
		g.line("It is automated already: there is nothing to choose.")
		return nil
	}
	g.technology()
	if g.d.choice.Platform != "" || !advise.Avoid(g.d.candidates) { // else there is nothing that could get across
		g.pattern()
	}
	g.table()
	g.against()
	g.rules()
	return nil
}

// shape is how complex the flow is and how much it moves.
func (g guidance) shape() string {
	var parts []string
	for _, id := range g.x.Classes {
		parts = append(parts, g.p.Text("rule."+id, nil))
	}
	if len(g.d.candidates) > 0 && len(g.d.candidates[0].Assumed) > 0 {
		var assumed []string
		for _, a := range g.d.candidates[0].Assumed {
			assumed = append(assumed, g.p.Text("assumed."+a, nil))
		}
		parts = append(parts, "assumed, since nobody has said: "+strings.Join(assumed, ", "))
	}
	return strings.Join(parts, " · ")
}

func (g guidance) money(x float64) string { return g.p.Money(x, g.a.workspace.Currency, 2) }

// para prints a paragraph, further in.
func (g guidance) para(text string) {
	fmt.Fprint(g.world.out, wrap(text, g.width(), "  "))
}

func (g guidance) item(text string) {
	fmt.Fprint(g.world.out, wrap(text, g.width(), "  - "))
}

func (g guidance) width() int {
	if g.world.width <= 0 {
		return 100
	}
	return g.world.width
}

// technology says what is advised, what it costs, and what would win otherwise.
func (g guidance) technology() {
	c := g.d.choice
	g.line("\nTechnology")
	if process, ok := another(g.d); ok {
		g.para(fmt.Sprintf("%s: %s.", g.voice.Platform(process.Platform), g.p.Text("fit."+string(process.Fit), nil)))
		g.reasons(process)
		if c.Platform != "" {
			g.line("\nIf it is integrated all the same")
		}
	}
	if c.Platform == "" {
		g.para("No candidate with a price fits on its own; the table says why.")
		return
	}
	how := g.p.Text("fit."+string(c.Fit), nil) + ", the cheapest that fits"
	if c.Decided {
		how = "the client's decision; " + g.p.Text("fit."+string(c.Fit), nil)
	}
	g.para(fmt.Sprintf("%s: %s.", g.voice.Solution(c), how))
	g.reasons(c)
	g.costs(c)
	g.others()
}

// reasons lists what speaks for and against a candidate, each with its rule and
// its source.
func (g guidance) reasons(c advise.Candidate) {
	for _, r := range c.Reasons {
		mark := "against: "
		if r.For {
			mark = "for: "
		}
		g.item(mark + g.voice.Reason(r) + g.backing(r))
	}
}

// backing is what a reason rests on.
func (g guidance) backing(r advise.Reason) string {
	var parts []string
	if r.Rule != "" {
		parts = append(parts, strings.ToUpper(r.Rule))
	}
	if r.Source != "" {
		parts = append(parts, g.voice.Publication(r.Source))
	}
	if len(parts) == 0 {
		return ""
	}
	return " [" + strings.Join(parts, ": ") + "]"
}

func (g guidance) costs(c advise.Candidate) {
	months := g.p.Number(g.a.workspace.Assumptions.HorizonMonths.Value, 0)
	rows := [][]string{
		{"Build", fmt.Sprintf("%s to %s h, likely %s: %s", g.p.Number(c.BuildHours.Low, 0), g.p.Number(c.BuildHours.High, 0), g.p.Number(c.BuildHours.Likely, 0), g.money(c.BuildCost.Mean()))},
		{"Fee a month", g.fee(c)},
		{"Upkeep a month", g.money(c.Maintenance)},
		{months + " months", g.total(c)},
	}
	if c.Metered && c.PeakOperations > 0 {
		rows = append(rows, []string{"Operations a month", fmt.Sprintf("%s, %s in the busiest", g.operations(c, c.Operations), g.p.Number(c.PeakOperations, 0))})
	}
	if text := g.cliff(c); text != "" {
		rows = append(rows, []string{"The tier ends at", text})
	}
	g.indented(table{heads: []string{"", ""}, right: []bool{false, false}, rows: rows})
}

// fee is what is paid a month, and on which price it rests.
func (g guidance) fee(c advise.Candidate) string {
	if !c.Priced {
		return "not known"
	}
	text := g.money(c.Fee.Mean())
	switch q := c.Quoted; {
	case c.Decided && g.flow.Solution.PlatformMonthly.Stated():
		return text + ", as the client has settled it"
	case q.Price.Stated && q.Source != "":
		seen := "undated"
		if q.Seen != "" {
			seen = "seen " + q.Seen
		}
		return fmt.Sprintf("%s (list %s, %s, %s)", text, g.p.Money(q.Price.Value, q.Currency, 2), seen, q.Source)
	}
	return text
}

func (g guidance) total(c advise.Candidate) string {
	if !c.Priced {
		return "not known"
	}
	return g.money(c.Total)
}

// cliff says where the tier ends, and what comes then.
func (g guidance) cliff(c advise.Candidate) string {
	e := c.Cliff
	if !e.Known {
		return ""
	}
	text := g.operations(c, e.Operations) + " in the busiest month"
	if !math.IsInf(e.Records, 1) {
		text += fmt.Sprintf(" (%s records in a normal one)", g.p.Number(e.Records, 0))
	}
	if e.Next == "" {
		return text + "; what comes then has no list price: ask the vendor"
	}
	return fmt.Sprintf("%s; then tier %s for %s a month", text, e.Next, g.money(e.Fee))
}

// others names the runner-up, and at which volume another would win.
func (g guidance) others() {
	r := g.x.RunnerUp
	if r.Platform == "" {
		g.para("No other candidate with a price fits.")
		return
	}
	text := fmt.Sprintf("Runner-up: %s, %s over the same months.", g.voice.Solution(r), g.money(r.Total))
	if g.d.choice.Priced && r.Total < g.d.choice.Total {
		text = fmt.Sprintf("At list prices %s would be cheaper: %s over the same months.", g.voice.Solution(r), g.money(r.Total))
	}
	for _, o := range g.x.Overtakes {
		side := "From %s records a month on %s is cheaper."
		if !o.Above {
			side = "At %s records a month and below %s is cheaper."
		}
		text += " " + fmt.Sprintf(side, g.p.Number(o.Records, 0), g.voice.Platform(o.Platform))
	}
	if len(g.x.Overtakes) == 0 {
		text += " No volume up to 10 million records a month changes that, or the volume is not known."
	}
	g.para(text)
}

// pattern says how data gets across, why, and what belongs to it.
func (g guidance) pattern() {
	o := g.x.Outcome
	g.line("\nPattern")
	name := g.p.Text("pattern."+string(o.Pattern)+".term", nil)
	if o.Split {
		name = "two flows, each a " + name
	}
	g.para(fmt.Sprintf("%s. %s", capitalised(name), g.p.Text("pattern."+string(o.Pattern)+".note", nil)))
	if decided := g.flow.Solution.Pattern; g.x.Decided && decided != o.Pattern {
		g.para(fmt.Sprintf("The client has decided otherwise: %s.", g.p.Text("pattern."+string(decided)+".term", nil)))
	}
	var because []string
	for _, s := range g.x.Deciding {
		if text := g.p.Text("answer."+s.Question+"."+s.Answer, nil); !slices.Contains(because, text) {
			because = append(because, text)
		}
	}
	g.para("Because " + g.p.List(because) + " [" + strings.ToUpper(o.Rule) + ": " + g.voice.Rule(o.Rule) + "].")
	for _, s := range g.x.Deciding {
		other := g.p.Text("pattern."+string(s.Outcome.Pattern)+".term", nil)
		if s.Outcome.Split {
			other = "two flows, each a " + other
		}
		g.item(fmt.Sprintf("if %s: %s", g.p.Text("answer."+s.Question+"."+s.Instead, nil), other))
	}
	g.line("\nWhat belongs to it")
	for _, n := range g.x.Notes {
		g.item(g.voice.Note(n) + g.backing(n))
	}
}

func capitalised(s string) string { return strings.ToUpper(s[:1]) + s[1:] }

// table lists all candidates.
func (g guidance) table() {
	g.line("\nAll candidates")
	t := table{heads: []string{"Candidate", "Kind", "Fit", "Operations", "Fee/month", "Build h", "In all"}, right: []bool{false, false, false, true, true, true, true}}
	for _, c := range g.d.candidates {
		row := []string{g.voice.Solution(c), g.p.Text("platform_kind."+string(c.Kind), nil), g.p.Text("fit."+string(c.Fit), nil), "–", "–", g.p.Number(c.BuildHours.Likely, 0), "–"}
		if c.Metered && c.PeakOperations > 0 {
			row[3] = g.operations(c, c.PeakOperations)
		}
		if c.Priced {
			row[4], row[6] = g.p.Money(c.Fee.Mean(), g.a.workspace.Currency, 0), g.p.Money(c.Total, g.a.workspace.Currency, 0)
		}
		t.rows = append(t.rows, row)
	}
	g.indented(t)
}

// against says of each candidate in a sentence why, or why not, and lists what
// limits it.
func (g guidance) against() {
	g.line("\nWhy, and why not")
	for _, c := range g.d.candidates {
		if c.Platform == g.d.choice.Platform {
			continue
		}
		why, ok := c.Why()
		if !ok {
			continue
		}
		text := g.voice.Platform(c.Platform) + ": " + g.voice.Reason(why) + g.backing(why)
		for _, r := range c.Reasons {
			if r.Gate && r.ID != why.ID {
				text += " " + g.voice.Reason(r) + g.backing(r)
			}
		}
		g.item(text)
	}
}

// rules lists the rules that decided something, with where they come from.
func (g guidance) rules() {
	g.line("\nRules that decided, and where they come from")
	for _, id := range g.x.Rules() {
		r, _ := g.a.catalogue.Rule(id)
		text := strings.ToUpper(id) + " " + g.voice.Rule(id)
		for _, t := range r.Thresholds {
			text += fmt.Sprintf("; %s %s", t.ID, g.p.Number(t.Value.Value, decimals(t.Value.Value, 0)))
		}
		if r.Source != "" {
			text += ": " + g.voice.Publication(r.Source)
		}
		g.item(text)
	}
}
