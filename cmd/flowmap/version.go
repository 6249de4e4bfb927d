package main

import (
	"fmt"
	"runtime/debug"

	"github.com/flowmap-dev/flowmap/pkg/audit"
	"github.com/spf13/cobra"
)

// version is that of the next release; a build of a tagged module knows better,
// and scripts/release sets it.
var version = "0.1.0-dev"

func (w *world) versionCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "version",
		Short: "Print the version of flowmap and of the workspace format",
		Args:  cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			_, err := fmt.Fprintf(w.out, "flowmap %s\nworkspace format %d\n", versionOf(), audit.FormatVersion)
			return err
		},
	}
}

// versionOf is this program's version.
func versionOf() string {
	if info, ok := debug.ReadBuildInfo(); ok && info.Main.Version != "" && info.Main.Version != "(devel)" {
		return info.Main.Version
	}
	return version
}
