package main

import (
	"bytes"
	"context"

	"github.com/flowmap-dev/flowmap/pkg/advise"
	"github.com/flowmap-dev/flowmap/pkg/audit"
	"github.com/flowmap-dev/flowmap/pkg/catalogue"
	"github.com/flowmap-dev/flowmap/pkg/lang"
	"github.com/flowmap-dev/flowmap/pkg/render"
	"github.com/flowmap-dev/flowmap/pkg/report"
	"github.com/flowmap-dev/flowmap/pkg/roi"
	"github.com/spf13/cobra"
)

func (w *world) runbookCommand() *cobra.Command {
	var flags whatIf
	var to string
	c := &cobra.Command{
		Use:   "runbook FLOW [DIR]",
		Short: "What to do when a flow's integration fails, as one page",
		Long: `The error-management plan of a flow as one page of Markdown, in the client's
language: what to do when an alert comes, how the work is done by hand
meanwhile, what raises an alert, what is tried again by itself, what is logged,
and where changes of the interfaces are announced. It is for the platform of
the plan; of a flow that is not in it, for its own best platform.`,
		Args: cobra.RangeArgs(1, 2),
		RunE: func(c *cobra.Command, args []string) error {
			_, a, err := w.analysed(c, args[1:], flags, roi.ByPayback)
			if err != nil {
				return err
			}
			f, ok := a.workspace.Flow(args[0])
			if !ok {
				return unknownFlow(args[0], a.workspace)
			}
			p, err := lang.New(a.workspace.Language)
			if err != nil {
				return err
			}
			facts, err := catalogue.LoadRecovery()
			if err != nil {
				return err
			}
			run, err := w.plannedRun(c.Context(), a)
			if err != nil {
				return err
			}
			var page bytes.Buffer
			if err := render.Markdown(&page, report.RunbookPage(run, p, runbookOf(run, facts, f))); err != nil {
				return err
			}
			return w.write(to, page.Bytes())
		},
	}
	flags.add(c)
	flags.addLanguage(c)
	flags.addRedact(c)
	c.Flags().StringVarP(&to, "output", "o", "-", "the file to write, - for standard output")
	return c
}

// plannedRun is the analysis with its plan, without other plans and budgets.
func (w *world) plannedRun(ctx context.Context, a analysis) (report.Run, error) {
	run := a.run("")
	var err error
	run.Plan, err = w.reportPlan(ctx, a, reportJob{quick: true})
	return run, err
}

// runbookOf plans for the failures of a flow with what it is integrated with.
// Where nothing fits, or nobody is to integrate it, that has no platform; the
// pattern is the flow's all the same.
func runbookOf(r report.Run, facts catalogue.Recovery, f audit.Flow) advise.Runbook {
	c, _ := r.SolutionOf(f.ID)
	if c.Platform == "" {
		c = advise.Candidate{Flow: f.ID}
		if all := advise.Candidates(r.Workspace, r.Map, r.Catalogue, f); len(all) > 0 {
			c.Pattern = all[0].Pattern
		}
	}
	return advise.RunbookOf(r.Workspace, r.Catalogue, facts, f, c)
}
