package main

import (
	"bytes"
	"context"
	"fmt"
	"path/filepath"
	"strings"

	"github.com/flowmap-dev/flowmap/pkg/catalogue"
	"github.com/flowmap-dev/flowmap/pkg/export/n8n"
	"github.com/flowmap-dev/flowmap/pkg/lang"
	"github.com/flowmap-dev/flowmap/pkg/roi"
	"github.com/spf13/cobra"
)

// exportFormats are what export writes.
var exportFormats = []string{"archimate", "bpmn", "openlineage", "n8n"}

func (w *world) exportCommand() *cobra.Command {
	var flags whatIf
	var format, to string
	c := &cobra.Command{
		Use:   "export --to FORMAT [FLOW] [DIR]",
		Short: "The audit, or a flow, in the form that other programs read",
		Long: `archimate: a model for Archi and other tools of enterprise architects
bpmn: a collaboration for process tools, each system a pool
openlineage: a job for each flow, one event a line, for catalogues of data
n8n, which needs a FLOW: a flow as a workflow that n8n imports: trigger or schedule by its pattern, both
ends, retries, alerts and log, with notes on what has to be filled in. It is a
head start, and holds no credentials.`,
		Args: cobra.MaximumNArgs(2),
		RunE: func(c *cobra.Command, args []string) error {
			if err := oneOf("to", format, exportFormats); err != nil {
				return err
			}
			if err := exportArgs(format, args); err != nil {
				return err
			}
			if modelFormats[format] != "" {
				return w.exportModel(c, args, flags, format, to)
			}
			dir, a, err := w.analysed(c, args[1:], flags, roi.ByPayback)
			if err != nil {
				return err
			}
			text, err := w.n8nWorkflow(c.Context(), a, args[0])
			if err != nil {
				return err
			}
			if to != "" {
				return w.write(to, text)
			}
			folder := filepath.Join(folderOf(dir), "report")
			if err := makeFolder(folder); err != nil {
				return err
			}
			to = filepath.Join(folder, args[0]+".n8n.json")
			if err := w.write(to, text); err != nil {
				return err
			}
			_, err = fmt.Fprintln(w.out, to)
			return err
		},
	}
	flags.add(c)
	flags.addLanguage(c)
	flags.addRedact(c)
	c.Flags().StringVar(&format, "to", "", "the format: "+strings.Join(exportFormats, ", "))
	c.Flags().StringVarP(&to, "output", "o", "", "the file to write, - for standard output (default: in report/)")
	return c
}

// exportArgs holds the arguments against what a format is about: the audit, or one
// flow of it.
func exportArgs(format string, args []string) error {
	switch {
	case format == "n8n" && len(args) == 0:
		return &usageError{"--to n8n needs a flow", "name it before the folder: flowmap export --to n8n FLOW [DIR]"}
	case format != "n8n" && len(args) > 1:
		return &usageError{fmt.Sprintf("--to %s takes a whole workspace, and %d arguments are given", format, len(args)), "name its folder alone"}
	}
	return nil
}

func (w *world) n8nWorkflow(ctx context.Context, a analysis, flow string) ([]byte, error) {
	f, ok := a.workspace.Flow(flow)
	if !ok {
		return nil, unknownFlow(flow, a.workspace)
	}
	p, err := lang.New(a.workspace.Language)
	if err != nil {
		return nil, err
	}
	facts, err := catalogue.LoadRecovery()
	if err != nil {
		return nil, err
	}
	run, err := w.plannedRun(ctx, a)
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	err = n8n.Write(&out, n8n.Input{Words: p, Workspace: a.workspace, Recovery: facts, Flow: f, Runbook: runbookOf(run, facts, f)})
	return out.Bytes(), err
}
