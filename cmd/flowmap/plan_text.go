package main

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/flowmap-dev/flowmap/pkg/lang"
	"github.com/flowmap-dev/flowmap/pkg/roi"
	"github.com/flowmap-dev/flowmap/pkg/roi/portfolio"
)

// planText prints a plan for a terminal: what to do and in which order, what it
// costs and brings, then what else could be done. The terminal speaks English.
func (w *world) planText(p planned, printer lang.Printer) error {
	s := planSpeech{planned: p, p: printer, width: w.width}
	var b strings.Builder
	b.WriteString(s.answer())
	if len(p.Flows) > 0 {
		b.WriteString("\n" + s.table() + "\n" + s.platforms())
	}
	for _, part := range []string{s.roadmapText(), s.nextBest(), s.budgets(), s.left(), s.unusual()} {
		if part != "" {
			b.WriteString("\n" + part)
		}
	}
	_, err := fmt.Fprint(w.out, b.String())
	return err
}

type planSpeech struct {
	planned
	p     lang.Printer
	width int
}

func (s planSpeech) money(x float64) string { return s.p.Money(x, s.workspace.Currency, 0) }

func (s planSpeech) name(id string) string {
	f, _ := s.workspace.Flow(id)
	return f.Label()
}

func (s planSpeech) names(ids []string) string {
	all := make([]string, len(ids))
	for i, id := range ids {
		all[i] = s.name(id)
	}
	return strings.Join(all, ", ")
}

func (s planSpeech) flows(n int) string { return s.p.Plural("count.flows", n, nil) }

// answer is what a manager asks: what do I do first, and what does it bring.
func (s planSpeech) answer() string {
	within := "Without a limit on the budget"
	if s.Wishes.Budget.OK {
		within = "With " + s.money(s.Wishes.Budget.Value)
	}
	if s.Wishes.Monthly.OK {
		within += " and at most " + s.money(s.Wishes.Monthly.Value) + " a month"
	}
	if len(s.Flows) == 0 {
		return wrap(within+": integrate nothing. "+s.why(), s.width, "")
	}
	first := s.name(s.roadmap.Steps[0].Flow)
	text := fmt.Sprintf("%s: integrate %s, %s first.", within, s.flows(len(s.Flows)), first)
	if len(s.Flows) == 1 {
		text = fmt.Sprintf("%s: integrate %s.", within, first)
	}
	months := int(s.workspace.Assumptions.HorizonMonths.Value)
	text += fmt.Sprintf(" That costs %s to build and %s a month to run, saves %s a year, and pays back %s. Over %d months it brings %s (NPV). %s",
		s.money(s.Build), s.money(s.FeesPerMonth+s.MaintenancePerMonth), s.money(s.Totals.BenefitPerYear), s.back(s.Payback), months, s.money(s.NPV), s.why())
	return wrap(text, s.width, "") + wrap(s.span(), s.width, "")
}

// span is how sure the figures are.
func (s planSpeech) span() string {
	o := s.outlook
	months := int(s.workspace.Assumptions.TargetPaybackMonths.Value)
	return fmt.Sprintf("In 8 of 10 cases it brings %s to %s. Chance of paying back within %d months: %s%%; of a loss: %s%%.",
		s.money(o.NPV.P10.Value), s.money(o.NPV.P90.Value), months, s.p.Number(100*o.OnTarget.Value, 0), s.p.Number(100*o.Loss.Value, 0))
}

func (s planSpeech) back(f roi.Figure) string {
	if !f.OK {
		return "never"
	}
	return "in " + s.p.Number(f.Value, 1) + " months"
}

// why says how sure it is that nothing is better.
func (s planSpeech) why() string {
	if s.Optimal {
		return "No other choice brings more: proven."
	}
	return fmt.Sprintf("The time was over before the proof: no choice brings more than %s, %s%% above this one.", s.money(s.Bound), s.p.Number(100*s.Gap, 2))
}

func (s planSpeech) table() string {
	t := table{heads: []string{"#", "Flow", "On", "Build", "Saves/yr", "Alone", "Adds", "Share"},
		right: []bool{true, false, false, true, true, true, true, true}}
	for i, step := range s.roadmap.Steps {
		for _, f := range s.Flows {
			if f.Flow == step.Flow {
				t.rows = append(t.rows, []string{strconv.Itoa(i + 1), s.name(f.Flow), f.Candidate.Platform, s.money(f.Candidate.BuildCost.Mean()),
					s.money(f.Score.BenefitPerYear), s.money(f.Fee.Alone), s.money(f.Fee.Marginal), s.money(f.Fee.Shared)})
			}
		}
	}
	return t.text(s.width)
}

// platforms says what each platform costs, paid once.
func (s planSpeech) platforms() string {
	var b strings.Builder
	for _, x := range s.Platforms {
		tier := x.Platform
		if x.Tier != "" {
			tier += " " + x.Tier
		}
		text := fmt.Sprintf("%s: %s a month for %s", tier, s.money(x.PerMonth), s.flows(len(x.Flows)))
		if x.Spare {
			text = fmt.Sprintf("%s: paid for already, carries %s", tier, s.flows(len(x.Flows)))
		}
		if x.Operations > 0 {
			text += fmt.Sprintf(", %s operations in the busiest month", s.p.Number(x.Operations, 0))
		}
		b.WriteString(wrap(text+".", s.width, ""))
	}
	b.WriteString(wrap("A month's fee: Alone is what the flow would pay by itself, Adds by how much the fee rises with it, Share its part by operations; the shares add up to the fee.", s.width, ""))
	if twice := s.Totals.Twice.BenefitPerYear; twice > 0 {
		b.WriteString(wrap(fmt.Sprintf("Hours that two of these flows claim are saved once: %s a year less than the flows one by one.", s.money(twice)), s.width, ""))
	}
	if beyond := s.Totals.Beyond.BenefitPerYear; beyond > 0 {
		b.WriteString(wrap(fmt.Sprintf("A role saves no more hours than it has: %s a year less than the flows one by one.", s.money(beyond)), s.width, ""))
	}
	return b.String()
}

// roadmapText is the calendar, where a team was given.
func (s planSpeech) roadmapText() string {
	if s.flags.team == 0 && s.start.IsZero() || len(s.Flows) == 0 {
		return ""
	}
	r := s.roadmap
	t := table{heads: []string{"Flow", "Hours", "From", "Live", "Waiting costs/mo"}, right: []bool{false, true, true, true, true}}
	for _, step := range r.Steps {
		from, live := "week "+s.p.Number(step.Start+1, 0), "week "+s.p.Number(step.Live+1, 0)
		if day := s.day(step.Start); day != nil {
			from, live = *day, *s.day(step.Live)
		}
		t.rows = append(t.rows, []string{s.name(step.Flow), s.p.Number(step.Hours, 0), from, live, s.money(step.CostOfDelay)})
	}
	order := "No order costs less."
	if !r.Exact {
		order = fmt.Sprintf("No order costs less than %s.", s.money(r.Least))
	}
	text := fmt.Sprintf("Roadmap, %s hours a week. Waiting costs %s in all. %s", s.p.Number(r.Team, 0), s.money(r.Delay), order)
	cash := fmt.Sprintf("At the deepest point, the end of month %d, %s more have gone than come", r.DeepestAt, s.money(r.Deepest))
	if r.BreakEven.OK {
		cash += fmt.Sprintf("; all is back in month %s", s.p.Number(r.BreakEven.Value, 0))
	}
	if r.CashDepth > r.Deepest+.5 {
		cash += fmt.Sprintf(". In cash alone, without the hours that are freed, %s have to be at hand", s.money(r.CashDepth))
	}
	return wrap(text, s.width, "") + t.text(s.width) + wrap(cash+".", s.width, "")
}

// nextBest lists the other plans and how they differ.
func (s planSpeech) nextBest() string {
	if len(s.Next) == 0 {
		return ""
	}
	var b strings.Builder
	b.WriteString("The next best:\n")
	for _, a := range s.Next {
		text := fmt.Sprintf("%s less: %s", s.money(s.NPV-a.NPV), s.differs(a))
		if !a.Proven {
			text += " (not proven)"
		}
		b.WriteString(wrap(text+".", s.width, "  "))
	}
	return b.String()
}

func (s planSpeech) differs(a portfolio.Alternative) string {
	more, fewer, moved := a.Against(s.Choice)
	var parts []string
	if len(fewer) > 0 {
		parts = append(parts, "without "+s.names(fewer))
	}
	if len(more) > 0 {
		parts = append(parts, "with "+s.names(more))
	}
	if len(moved) > 0 {
		parts = append(parts, "another platform for "+s.names(moved))
	}
	return strings.Join(parts, ", ")
}

// budgets is what other budgets bring.
func (s planSpeech) budgets() string {
	var b strings.Builder
	if corners := s.Curve.Corners(5); len(corners) > 0 {
		b.WriteString("What a budget brings:\n")
		for _, c := range corners {
			b.WriteString(wrap(fmt.Sprintf("%s: %s, %s%% of all the value", s.money(c.Build), s.flows(len(c.Flows)), s.p.Number(100*c.Share, 0)), s.width, "  "))
		}
	}
	for _, a := range s.More {
		text := fmt.Sprintf("%s more would bring nothing more.", s.money(s.Step))
		if gain := a.NPV - s.NPV; gain > .5 {
			text = fmt.Sprintf("%s more would bring %s more: %s.", s.money(s.Step), s.money(gain), s.differs(a))
		}
		b.WriteString(wrap(text, s.width, ""))
	}
	return b.String()
}

// left says why flows are not in the plan.
func (s planSpeech) left() string {
	words := map[portfolio.Reason]string{
		portfolio.NotWanted: "Left out by you", portfolio.NotStated: "Hours not stated", portfolio.NoPlatform: "No platform with a price fits",
		portfolio.NeverPays: "Would not pay", portfolio.NotNow: "Not now, others pay more",
	}
	var b strings.Builder
	for _, why := range []portfolio.Reason{portfolio.NotNow, portfolio.NeverPays, portfolio.NoPlatform, portfolio.NotStated, portfolio.NotWanted} {
		var ids []string
		for _, x := range s.Passed {
			if x.Why == why {
				ids = append(ids, x.Flow)
			}
		}
		if len(ids) > 0 {
			b.WriteString(wrap(words[why]+": "+s.names(ids)+".", s.width, ""))
		}
	}
	return b.String()
}

// unusual says in what the plan is unlike others.
func (s planSpeech) unusual() string {
	var b strings.Builder
	for _, f := range s.Unusual(s.workspace) {
		b.WriteString(wrap(f.ID+" "+s.voice.Sentence(f), s.width, ""))
	}
	return b.String()
}
