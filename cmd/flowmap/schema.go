package main

import (
	"github.com/flowmap-dev/flowmap/pkg/audit"
	"github.com/spf13/cobra"
)

func (w *world) schemaCommand() *cobra.Command {
	var out string
	var kind string
	c := &cobra.Command{
		Use:   "schema",
		Short: "Print the JSON Schema of a workspace's files",
		Long: `Print the JSON Schema of a workspace's files, for editors that check and
complete YAML. --file chooses which: workspace (flowmap.yaml), interview,
scenario or actual.`,
		Args: cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			if err := oneOf("file", kind, audit.SchemaFiles()); err != nil {
				return err
			}
			return w.write(out, audit.Schema(kind))
		},
	}
	c.Flags().StringVarP(&out, "output", "o", "-", "a file, or - for standard output")
	c.Flags().StringVar(&kind, "file", "workspace", "workspace, interview, scenario or actual")
	return c
}
