package main

import (
	"context"
	"fmt"
	"time"

	"github.com/flowmap-dev/flowmap/pkg/roi"
	"github.com/spf13/cobra"
)

// simulation are the flags of commands that simulate.
type simulation struct {
	trials int // below 0: as many as are usual
	seed   uint64
}

func (s *simulation) add(c *cobra.Command) {
	c.Flags().IntVar(&s.trials, "trials", -1, "how many trials the ranges are made of; 0: no ranges (default 10000, from 1,000 flows on fewer, at least 1000)")
	c.Flags().Lookup("trials").DefValue = ""
	c.Flags().Uint64Var(&s.seed, "seed", 1, "what the trials are drawn from; the same seed gives the same figures")
}

func (s *simulation) check() error {
	if s.trials < -1 || s.trials > roi.MostTrials {
		return &usageError{fmt.Sprintf("--trials is %d", s.trials), fmt.Sprintf("write a number from 0 (no ranges) to %d", roi.MostTrials)}
	}
	return nil
}

// of is how many trials there are for so many flows.
func (s *simulation) of(flows int) int {
	if s.trials >= 0 {
		return s.trials
	}
	return min(roi.DefaultTrials, max(1000, 1000*roi.DefaultTrials/max(flows, 1)))
}

// simulate gives every score of a ranking its outlook.
func (w *world) simulate(ctx context.Context, a *analysis, s simulation) error {
	scores := a.ranking.Scores
	trials := s.of(len(scores))
	if trials == 0 {
		return nil
	}
	outlooks, err := roi.Simulate(ctx, a.workspace, scores, roi.Trials{N: trials, Seed: s.seed, Progress: w.progress("simulated")})
	if err != nil {
		return err
	}
	for i := range scores {
		scores[i].Outlook = outlooks[i]
	}
	a.trials = trials
	return nil
}

// progress tells a terminal how far work has come, once it has taken a second;
// nil where nobody would see it.
func (w *world) progress(what string) func(done, all int) {
	if w.quiet || !w.errTerminal {
		return nil
	}
	start := w.now()
	var told time.Time
	return func(done, all int) {
		now := w.now()
		switch {
		case done == all && !told.IsZero():
			fmt.Fprintf(w.err, "\r\x1b[K")
		case now.Sub(start) >= time.Second && now.Sub(told) >= time.Second/5:
			told = now
			fmt.Fprintf(w.err, "\r\x1b[K%d of %d flows %s", done, all, what)
		}
	}
}
