package main

import (
	"fmt"
	"os"
	"slices"
	"strings"

	"github.com/flowmap-dev/flowmap/pkg/advise"
	"github.com/flowmap-dev/flowmap/pkg/audit"
	"github.com/flowmap-dev/flowmap/pkg/catalogue"
	"github.com/flowmap-dev/flowmap/pkg/lang"
	"github.com/flowmap-dev/flowmap/pkg/report"
	"github.com/flowmap-dev/flowmap/pkg/roi"
	"github.com/spf13/cobra"
)

func (w *world) adviseCommand() *cobra.Command {
	var flags whatIf
	var asJSON bool
	c := &cobra.Command{
		Use:   "advise [FLOW] [DIR]",
		Short: "With what to integrate each flow, in which pattern, and why not otherwise",
		Long: `With what to integrate each flow, in which pattern, and why not otherwise: every
platform of the catalogue, the connector that the two products may have, and
another way of working. With FLOW, one flow whole.

Each flow stands on its own here; rank prices the same choice.`,
		Args: cobra.MaximumNArgs(2),
		RunE: func(c *cobra.Command, args []string) error {
			name, rest := flowArgument(args)
			dir, a, err := w.begin(c, rest, flags, survey)
			if err != nil {
				return err
			}
			if name != "" {
				return w.adviseFlow(dir, a, name, asJSON)
			}
			if asJSON {
				return w.writeAdvice(dir, a)
			}
			return w.adviseTable(a)
		},
	}
	flags.add(c)
	c.Flags().BoolVar(&asJSON, "json", false, "one JSON document")
	return c
}

// flowArgument tells the flow from the workspace: one argument alone is the
// workspace where it is an existing folder or a .yaml file.
func flowArgument(args []string) (flow string, rest []string) {
	if len(args) == 1 {
		if info, err := os.Stat(args[0]); strings.HasSuffix(args[0], ".yaml") || err == nil && info.IsDir() {
			return "", args
		}
	}
	if len(args) == 0 {
		return "", nil
	}
	return args[0], args[1:]
}

// advised is a flow with its candidates and its own choice.
type advised struct {
	flow       audit.Flow
	candidates []advise.Candidate
	choice     advise.Candidate // the zero Candidate is none
}

func (a analysis) advised(f audit.Flow) advised {
	d := advised{flow: f, candidates: a.adviser.Candidates(f)}
	d.choice, _ = roi.Choose(d.candidates)
	if d.choice.Flow == "" {
		d.choice.Flow = f.ID
	}
	return d
}

func byHand(w audit.Workspace) []audit.Flow {
	return slices.DeleteFunc(slices.Clone(w.Flows), func(f audit.Flow) bool { return !f.ByHand() })
}

// adviseTable prints a line a flow, and what it all comes to. The terminal speaks
// English.
func (w *world) adviseTable(a analysis) error {
	p, err := lang.New("en")
	if err != nil {
		return err
	}
	voice := report.NewVoice(p, a.workspace, a.catalogue)
	months := p.Number(a.workspace.Assumptions.HorizonMonths.Value, 0)
	t := table{heads: []string{"Flow", "Technology", "Pattern", "Fit", "Fee/month", months + " months", "Runner-up", "Why"},
		right: []bool{false, false, false, false, true, true, false, false}}
	var picks []advise.Pick
	flows := byHand(a.workspace)
	inOrder(len(flows), func(i int) advised { return a.advised(flows[i]) }, func(d advised) {
		t.rows = append(t.rows, adviceRow(a, d, p, voice))
		picks = append(picks, advise.PickOf(d.candidates, d.choice))
	})
	fmt.Fprint(w.out, t.text(w.width))
	w.company(a, a.adviser.Company(picks), p, voice)
	_, err = fmt.Fprintln(w.out, "\nEach flow on its own, at list prices. flowmap advise FLOW gives the reasons, the pattern and all candidates.")
	return err
}

// adviceRow is one flow. Where it had better not be integrated, what would be
// taken all the same stands as the runner-up.
func adviceRow(a analysis, d advised, p lang.Printer, v report.Voice) []string {
	row := []string{d.flow.Label(), "none fits", "–", "–", "–", "–", "–", ""}
	show := d.choice
	runnerUp, ok := advise.RunnerUp(d.candidates, d.choice)
	if process, found := another(d); found {
		runnerUp, ok = d.choice, d.choice.Platform != ""
		show = process
	}
	if ok {
		row[6] = v.Solution(runnerUp)
	}
	if show.Platform == "" {
		show = d.candidates[0]
	} else {
		row[1], row[3] = v.Solution(show), p.Text("fit."+string(show.Fit), nil)
	}
	if show.Platform == d.choice.Platform {
		row[2] = string(show.Pattern)
		if show.Priced {
			row[4], row[5] = p.Money(show.Fee.Mean(), a.workspace.Currency, 0), p.Money(show.Total, a.workspace.Currency, 0)
		}
	}
	row[7] = sentence(show, v)
	return row
}

// another is the other way of working, where that is the advice and the client
// has not decided otherwise.
func another(d advised) (advise.Candidate, bool) {
	if d.choice.Decided || !advise.Avoid(d.candidates) {
		return advise.Candidate{}, false
	}
	for _, c := range d.candidates {
		if c.Kind == catalogue.Process {
			return c, true
		}
	}
	return advise.Candidate{}, false
}

// sentence says why a candidate is advised, or why it is not.
func sentence(c advise.Candidate, v report.Voice) string {
	why, ok := c.Why()
	text := ""
	if ok {
		text = v.Reason(why)
	}
	switch {
	case c.Decided:
		return strings.TrimSpace("The client has decided so. " + text)
	case c.Fits():
		return strings.TrimSpace("The cheapest that fits. " + text)
	}
	return text
}

// company says how many platforms the advice comes to, and what each further one
// costs.
func (w *world) company(a analysis, c advise.Company, p lang.Printer, v report.Voice) {
	if len(c.Platforms) == 0 {
		return
	}
	money := func(x float64) string { return p.Money(x, a.workspace.Currency, 0) }
	t := table{heads: []string{"Platform", "Flows", "Tier", "Operations", "Together", "Each alone", "Without it"}, right: []bool{false, true, false, true, true, true, false}}
	for i, s := range c.Platforms {
		fee, tier, without := "not known", dash(s.Tier), "–"
		if s.Priced {
			fee = money(s.Fee)
		}
		switch {
		case s.Elsewhere != "" && s.Difference < 0:
			without = fmt.Sprintf("%s carries its flows for %s a month less", v.Platform(s.Elsewhere), money(-s.Difference))
		case s.Elsewhere != "":
			without = fmt.Sprintf("%s would carry its flows for %s a month more", v.Platform(s.Elsewhere), money(s.Difference))
		case i > 0:
			without = "no platform above carries its flows"
		}
		t.rows = append(t.rows, []string{v.Platform(s.Platform), p.Number(float64(len(s.Flows)), 0), tier, p.Number(s.Operations, 0), fee, money(s.Alone), without})
	}
	fmt.Fprintf(w.out, "\nPlatforms that this comes to: %d. Fees a month, each paid once for all its flows.\n", len(c.Platforms))
	fmt.Fprint(w.out, t.text(w.width))
	if n := len(c.Avoided); n > 0 {
		fmt.Fprintf(w.out, "\nAnother way of working is advised for %s; the fees above hold if they are integrated all the same.\n", p.Plural("count.flows", n, nil))
	}
}
