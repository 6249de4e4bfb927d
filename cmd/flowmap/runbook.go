package main

import (
	"bytes"

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
and where changes of the interfaces are announced. It is for the platform that
the client has decided for, else the cheapest that fits.`,
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
			var page bytes.Buffer
			if err := render.Markdown(&page, report.RunbookPage(a.run(""), p, runbookOf(a, facts, f))); err != nil {
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

// runbookOf plans for the failures of a flow on its own choice.
func runbookOf(a analysis, facts catalogue.Recovery, f audit.Flow) advise.Runbook {
	return advise.RunbookOf(a.workspace, a.catalogue, facts, f, choiceOf(a, f))
}

// choiceOf is the candidate that a flow has chosen. Where none fits, or nobody
// is to integrate it, it has no platform; the pattern is the flow's all the
// same.
func choiceOf(a analysis, f audit.Flow) advise.Candidate {
	if s, ok := scoreOf(a, f); ok && s.Chosen {
		return s.Choice
	}
	if all := advise.Candidates(a.workspace, a.graph, a.catalogue, f); len(all) > 0 {
		return advise.Candidate{Flow: f.ID, Pattern: all[0].Pattern}
	}
	return advise.Candidate{Flow: f.ID}
}
