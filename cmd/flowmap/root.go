package main

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"
)

// root is the command tree.
func (w *world) root() *cobra.Command {
	root := &cobra.Command{
		Use:   "flowmap",
		Short: "Maps the data that a company copies by hand, prices it, and says what to integrate first",
		Long: `flowmap reads an audit, a folder of YAML files, and shows which data people copy
by hand between which systems, what that costs, and what to integrate first.

Begin with:  flowmap report DIR`,
		SilenceUsage:  true,
		SilenceErrors: true,
		Args:          cobra.NoArgs,
		RunE:          func(c *cobra.Command, _ []string) error { return c.Help() },
	}
	root.SetIn(w.in)
	root.SetOut(w.out)
	root.SetErr(w.err)
	root.PersistentFlags().StringP("workspace", "w", "", "the workspace: a folder with a flowmap.yaml, or the file")
	root.PersistentFlags().BoolVar(&w.quiet, "quiet", false, "no progress and no warnings on standard error")
	root.SetFlagErrorFunc(func(c *cobra.Command, err error) error {
		return &usageError{err.Error(), fmt.Sprintf("%q lists the flags", c.CommandPath()+" --help")}
	})
	root.AddCommand(w.checkCommand(), w.nextCommand(), w.mapCommand(), w.impactCommand(), w.rankCommand(), w.planCommand(), w.adviseCommand(), w.explainCommand(), w.reportCommand(), w.serveCommand(), w.templateCommand(),
		w.initCommand(), w.interviewCommand(), w.formCommand(), w.importCommand(), w.catalogueCommand(), w.schemaCommand(), w.versionCommand())
	root.AddCommand(w.runbookCommand(), w.exportCommand(), w.diffCommand(), w.trackCommand(), w.learnCommand(), w.upgradeCommand(), w.manCommand(), w.portfolioCommand())
	root.InitDefaultCompletionCmd()
	w.addTopics(root)
	for _, c := range root.Commands() {
		c.Args = usage(c.Args)
		if c.Name() == "completion" {
			c.Args, c.RunE = cobra.ArbitraryArgs, shells
		}
	}
	return root
}

// shells refuses a shell that there is no completion for.
func shells(c *cobra.Command, args []string) error {
	if len(args) == 0 {
		return c.Help()
	}
	var known []string
	for _, s := range c.Commands() {
		known = append(known, s.Name())
	}
	return &usageError{fmt.Sprintf("there is no completion for %q", args[0]), "shells: " + strings.Join(known, ", ")}
}

// usage makes wrong arguments a usage error.
func usage(check cobra.PositionalArgs) cobra.PositionalArgs {
	return func(c *cobra.Command, args []string) error {
		if check == nil {
			return nil
		}
		if err := check(c, args); err != nil {
			return &usageError{c.CommandPath() + ": " + err.Error(), "usage: " + c.UseLine()}
		}
		return nil
	}
}

// oneOf refuses a flag's value that is not among the known ones.
func oneOf(flag, value string, known []string) error {
	for _, k := range known {
		if value == k {
			return nil
		}
	}
	return &usageError{fmt.Sprintf("--%s is %q, which is not known", flag, value), fmt.Sprintf("--%s takes %s", flag, strings.Join(known, ", "))}
}
