package main

import (
	"errors"
	"fmt"
	"strings"

	"github.com/flowmap-dev/flowmap/pkg/audit"
	"github.com/spf13/cobra"
)

func (w *world) upgradeCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "upgrade [DIR]",
		Short: "Rewrite a workspace of an older format in the newest, comments kept",
		Args:  cobra.MaximumNArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			dir, err := find(c, args)
			if err != nil {
				return err
			}
			from, rewritten, err := audit.Upgrade(dir)
			var problems audit.Problems
			switch {
			case errors.As(err, &problems):
				return w.problemsIn(dir, problems)
			case err != nil:
				return notFound(dir, err)
			case len(rewritten) == 0:
				fmt.Fprintf(w.out, "%s: version %d of the format, the newest; nothing to change\n", dir, from)
				return nil
			}
			fmt.Fprintf(w.out, "%s: from version %d of the format to %d; rewritten: %s\n", dir, from, audit.FormatVersion, strings.Join(rewritten, ", "))
			return nil
		},
	}
}
