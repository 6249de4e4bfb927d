package main

import (
	"context"
	"errors"
	"fmt"
	"math"
	"strings"
	"time"

	"github.com/flowmap-dev/flowmap/pkg/audit"
	"github.com/flowmap-dev/flowmap/pkg/lang"
	"github.com/flowmap-dev/flowmap/pkg/report"
	"github.com/flowmap-dev/flowmap/pkg/roi"
	"github.com/flowmap-dev/flowmap/pkg/roi/portfolio"
	"github.com/spf13/cobra"
)

// planFlags are what the plan is asked for.
type planFlags struct {
	budget, monthly, team float64
	with, without         []string
	time                  time.Duration
	start                 string
	trials                int
	seed                  uint64
	scenarios, json       bool
}

func (w *world) planCommand() *cobra.Command {
	var flags whatIf
	var f planFlags
	c := &cobra.Command{
		Use:   "plan [DIR]",
		Short: "What to integrate first: the flows and platforms that pay most within a budget, proven",
		Args:  cobra.MaximumNArgs(1),
		RunE:  func(c *cobra.Command, args []string) error { return w.plan(c, args, flags, f) },
	}
	flags.add(c)
	c.Flags().Float64Var(&f.budget, "budget", 0, "money for building, all of it; without it there is no limit")
	c.Flags().Float64Var(&f.monthly, "monthly", 0, "money a month for platforms; without it there is no limit")
	c.Flags().StringSliceVar(&f.with, "with", nil, "flows that have to be in the plan, by id")
	c.Flags().StringSliceVar(&f.without, "without", nil, "flows to leave out, by id")
	c.Flags().Float64Var(&f.team, "team", 0, "hours a week that the team builds: shows the roadmap")
	c.Flags().StringVar(&f.start, "start", "", "the day on which the team begins, as 2027-01-11: the roadmap in dates")
	c.Flags().DurationVar(&f.time, "time", 10*time.Second, "how long to look for a proof at most")
	c.Flags().IntVar(&f.trials, "trials", roi.DefaultTrials, "how many trials the range is made of")
	c.Flags().Uint64Var(&f.seed, "seed", 1, "what the trials draw from")
	c.Flags().BoolVar(&f.scenarios, "scenarios", false, "the plan under conservative, expected, optimistic and the workspace's own scenarios, side by side")
	c.Flags().BoolVar(&f.json, "json", false, "one JSON document")
	return c
}

// planned is a plan with what it was made of and its calendar.
type planned struct {
	analysis
	portfolio.Proposal
	roadmap portfolio.Roadmap
	flags   planFlags
	start   time.Time // zero: weeks are counted
	voice   report.Voice
	outlook roi.ProgrammeOutlook // of the plan, all at once
	band    []roi.Band           // of its money on the calendar
}

func (w *world) plan(c *cobra.Command, args []string, flags whatIf, f planFlags) error {
	p := planned{flags: f}
	if err := p.read(c); err != nil {
		return err
	}
	if f.scenarios && flags.scenario != "" {
		return &usageError{"--scenarios is given with --scenario", "--scenarios shows all scenarios, side by side"}
	}
	dir, a, err := w.begin(c, args, flags, survey)
	if err != nil {
		return err
	}
	words, err := lang.New("en")
	if err != nil {
		return err
	}
	if f.scenarios {
		return w.planScenarios(c.Context(), dir, a, p, words)
	}
	if err := p.make(c.Context(), a, words); err != nil {
		return w.planError(a.workspace, err)
	}
	if f.json {
		return w.writeJSON(planDocument(dir, p))
	}
	return w.planText(p, words)
}

// make finds the plan of an analysis, puts it on a calendar and simulates it.
func (p *planned) make(ctx context.Context, a analysis, words lang.Printer) error {
	var err error
	p.analysis = a
	if p.Proposal, err = a.plan(ctx, p.Wishes, p.flags.time); err != nil {
		return err
	}
	if ctx.Err() != nil {
		return errInterrupted
	}
	team := p.flags.team
	if team == 0 {
		team = a.catalogue.Build.HoursPerWeek
	}
	p.roadmap = p.Plan(a.workspace, team)
	p.voice = report.NewVoice(words, a.workspace, a.catalogue)
	return p.simulate(ctx)
}

// simulate finds the range of what the plan brings.
func (p *planned) simulate(ctx context.Context) error {
	t := roi.Trials{N: p.flags.trials, Seed: p.flags.seed}
	var err error
	if p.outlook, err = p.Programme().Simulate(ctx, p.workspace, t); err != nil {
		return err
	}
	on, err := p.OnCalendar(p.roadmap).Simulate(ctx, p.workspace, t)
	p.band = on.Cash
	return err
}

// planError tells what to do about a plan that cannot be made.
func (w *world) planError(ws audit.Workspace, err error) error {
	if errors.Is(err, errInterrupted) || errors.Is(err, context.Canceled) {
		return err
	}
	text := "raise --budget or --monthly, or ask for fewer flows --with"
	switch {
	case errors.Is(err, portfolio.ErrWishes):
		var ids []string
		for _, f := range ws.Flows {
			if f.ByHand() {
				ids = append(ids, f.ID)
			}
		}
		text = "flows done by hand: " + strings.Join(ids, ", ")
	case errors.Is(err, portfolio.ErrNoFlows):
		text = "record the flows first: flowmap interview"
	case errors.Is(err, portfolio.ErrNoPlatform):
		text = "flowmap advise FLOW says what each platform lacks or asks"
	case errors.Is(err, portfolio.ErrTime):
		text = "give it more --time"
	}
	return &hinted{err, text}
}

// read checks the flags.
func (p *planned) read(c *cobra.Command) error {
	f := p.flags
	for _, one := range []struct {
		name  string
		value float64
		to    *roi.Figure
	}{{"budget", f.budget, &p.Wishes.Budget}, {"monthly", f.monthly, &p.Wishes.Monthly}, {"team", f.team, nil}} {
		if !c.Flags().Changed(one.name) {
			continue
		}
		if !(one.value >= 0) || math.IsInf(one.value, 0) || one.to == nil && one.value == 0 {
			return &usageError{fmt.Sprintf("--%s is %v", one.name, one.value), "write an amount such as 12000"}
		}
		if one.to != nil {
			*one.to = roi.Figure{Value: one.value, OK: true}
		}
	}
	if f.trials < 1 || f.trials > roi.MostTrials {
		return &usageError{fmt.Sprintf("--trials is %d", f.trials), fmt.Sprintf("write a number from 1 to %d", roi.MostTrials)}
	}
	if f.time <= 0 {
		return &usageError{fmt.Sprintf("--time is %v", f.time), "write how long at most, as 10s or 2m"}
	}
	p.Wishes.With, p.Wishes.Without = f.with, f.without
	if f.start == "" {
		return nil
	}
	day, err := time.Parse(time.DateOnly, f.start)
	if err != nil {
		return &usageError{fmt.Sprintf("--start is %q", f.start), "write a day as 2027-01-11"}
	}
	p.start = day
	return nil
}

// plan is the step of the path after the findings: the flows that pay most.
func (a analysis) plan(ctx context.Context, wishes portfolio.Wishes, most time.Duration) (portfolio.Proposal, error) {
	ctx, stop := context.WithTimeout(ctx, most)
	defer stop()
	return portfolio.Propose(ctx, a.workspace, a.ways, wishes, portfolio.Effort{Next: 5, Step: 1000, Curve: true})
}
