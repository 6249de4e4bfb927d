package main

import (
	"fmt"
	"strings"

	"github.com/flowmap-dev/flowmap/docs"
	"github.com/spf13/cobra"
)

// topic is a page of the manual that "flowmap help" shows.
type topic struct{ name, page, short string }

// topics are in the order in which one needs them.
var topics = []topic{
	{"first-audit", "first-audit.md", "A first audit in an hour, from an empty folder to a report"},
	{"interviewing", "interview.md", "How to ask, and in which order, so that the numbers are honest"},
	{"workspace", "workspace.md", "The files of an audit, key by key"},
	{"findings", "findings.md", "What each finding means and what to do about it"},
	{"maps", "map.md", "The views of the dependency map, and what to conclude from each"},
	{"impacts", "impact.md", "What hangs on a system or a type of data"},
	{"advising", "advice.md", "How a technology and a pattern are chosen, on five flows"},
	{"runbooks", "runbook.md", "What happens when an integration fails"},
	{"planning", "plan.md", "What to do first with the money that there is"},
	{"reports", "reports.md", "Workbook, page, proposal and the rest, and how to read them"},
	{"differences", "diff.md", "What changed between two audits, and what each part of the difference is due to"},
	{"tracking", "track.md", "What came true of the promise, and what that teaches"},
	{"method", "method.md", "Every formula, with its source"},
	{"clients", "portfolio.md", "Many clients together: totals, what is commonest, a benchmark to publish"},
	{"prices", "catalogue.md", "The catalogue of platforms, and how to keep its prices"},
	{"json", "json.md", "The JSON documents, for other programs"},
	{"installing", "install.md", "Three ways to get flowmap without Go, and what to trust"},
	{"stability", "stability.md", "What stays the same in later versions, and what may change"},
	{"reliability", "reliability.md", "What was tried against bad input, and what was found"},
	{"speed", "performance.md", "How fast flowmap is, measured"},
}

// addTopics makes each topic a command that does nothing, which is what cobra
// lists as a topic, and help a command that knows them.
func (w *world) addTopics(root *cobra.Command) {
	for _, t := range topics {
		c := &cobra.Command{Use: t.name, Short: t.short}
		c.SetHelpFunc(func(*cobra.Command, []string) { w.showTopic(t) })
		root.AddCommand(c)
	}
	root.SetHelpCommand(&cobra.Command{
		Use:   "help [COMMAND|TOPIC]",
		Short: "Help on a command, or a page of the manual",
		ValidArgsFunction: func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
			var names []string
			for _, c := range root.Commands() {
				names = append(names, cobra.CompletionWithDesc(c.Name(), c.Short))
			}
			return names, cobra.ShellCompDirectiveNoFileComp
		},
		RunE: func(_ *cobra.Command, args []string) error {
			c, rest, err := root.Find(args)
			if err != nil || c == nil || len(rest) > 0 {
				return &usageError{fmt.Sprintf("there is no help on %q", strings.Join(args, " ")), `"flowmap help" lists the commands and topics`}
			}
			c.InitDefaultHelpFlag()
			c.HelpFunc()(c, nil)
			return nil
		},
	})
}

// showTopic prints a page of the manual. A page that is not there leaves what
// every page has, its name; a test finds it before anybody does.
func (w *world) showTopic(t topic) {
	text, err := docs.Page(t.page)
	if err != nil {
		text = t.short
	}
	fmt.Fprint(w.out, plainPage(text, w.width))
}
