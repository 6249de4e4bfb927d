package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/flowmap-dev/flowmap/pkg/audit"
	"github.com/flowmap-dev/flowmap/pkg/track/runlog"
	"github.com/spf13/cobra"
)

// logImport is a log of runs and what it is to do.
type logImport struct {
	from    string
	flow    string // all runs are this flow's; empty: by the names in the log
	replace bool
}

func (w *world) trackImportCommand() *cobra.Command {
	var job logImport
	var names []string
	for _, p := range runlog.Platforms() {
		names = append(names, string(p))
	}
	c := &cobra.Command{
		Use:   "import FILE [DIR]",
		Short: "Bring a log of runs of n8n, Make or Zapier into actuals/: successful runs count, failed ones and tests stand apart",
		Args:  cobra.RangeArgs(1, 2),
		RunE: func(c *cobra.Command, args []string) error {
			if job.from == "" {
				return &usageError{"whose log it is was not said", "add --from " + strings.Join(names, ", --from ")}
			}
			if err := oneOf("from", job.from, names); err != nil {
				return err
			}
			dir, err := find(c, args[1:])
			if err != nil {
				return err
			}
			return w.importLog(c.Context(), args[0], dir, job)
		},
	}
	c.Flags().StringVar(&job.from, "from", "", "whose log it is: "+strings.Join(names, ", "))
	c.Flags().StringVar(&job.flow, "flow", "", "the flow that all runs are of (default: by the names in the log)")
	c.Flags().BoolVar(&job.replace, "replace", false, "take the place of runs that are there for the same month")
	return c
}

func (w *world) importLog(ctx context.Context, file, dir string, job logImport) error {
	counts, err := readLog(file, runlog.Platform(job.from))
	if err != nil {
		return err
	}
	if _, err := w.load(ctx, dir); err != nil { // tells the problems that it has
		return err
	}
	if dir != folderOf(dir) && filepath.Base(dir) != "flowmap.yaml" {
		return hint("name the folder, or rename the file to flowmap.yaml", "%s is a workspace in one file, which has no place for what was measured", dir)
	}
	var told []string
	var refused error
	_, err = audit.Update(dir, func(ws audit.Workspace) ([]audit.FileChange, error) {
		var changes []audit.FileChange
		changes, told, refused = job.changes(ws, counts, filepath.Base(file))
		return changes, refused
	})
	if refused != nil {
		return refused
	}
	if err != nil {
		return w.problemsIn(dir, err)
	}
	_, err = fmt.Fprintln(w.out, strings.Join(told, "\n"))
	return err
}

// readLog reads a log that may be anything.
func readLog(name string, from runlog.Platform) ([]runlog.Count, error) {
	text, err := readAtMost(name, runlog.MostBytes)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, hint("name the log of runs, a .csv", "%s: there is no such file", name)
	}
	if err != nil {
		return nil, hint("name a log of runs that can be read, a .csv", "%s cannot be read: %w", name, cause(err))
	}
	counts, err := runlog.Read(from, text)
	var refused *runlog.RefusedError
	if errors.As(err, &refused) {
		return nil, &hinted{fmt.Errorf("%s: %w", name, err), refused.Hint}
	}
	if err == nil && len(counts) == 0 {
		return nil, hint("export a time in which it ran", "%s holds no runs", name)
	}
	return counts, err
}

// changes puts the counts of a log into the files of the flows.
func (job logImport) changes(ws audit.Workspace, counts []runlog.Count, file string) ([]audit.FileChange, []string, error) {
	merged, err := job.byFlow(ws, counts)
	if err != nil {
		return nil, nil, err
	}
	files := map[string]*audit.FileChange{}
	var order []*audit.FileChange
	var told []string
	for _, c := range merged {
		a, known := actualOf(ws, c.Workflow)
		name := actualFile(ws, c.Workflow)
		change := files[name]
		if change == nil {
			change = &audit.FileChange{Name: name}
			files[name] = change
			order = append(order, change)
			if !known {
				change.Changes = append(change.Changes, audit.Set(audit.Path{"flow"}, audit.Text(c.Workflow)))
			}
		}
		i := slices.IndexFunc(a.Months, func(m audit.Month) bool { return string(m.Month) == c.Month })
		edits, same, err := job.month(a, i, c, file)
		if err != nil {
			return nil, nil, err
		}
		change.Changes = append(change.Changes, edits...)
		told = append(told, tellCount(name, c, same))
	}
	var changes []audit.FileChange
	for _, c := range order {
		if len(c.Changes) > 0 {
			changes = append(changes, *c)
		}
	}
	return changes, told, nil
}

func tellCount(name string, c runlog.Count, same bool) string {
	text := fmt.Sprintf("%s  %s: %d succeeded", name, c.Month, c.Runs)
	for _, x := range []struct {
		n    int
		what string
	}{{c.Failed, "failed"}, {c.Tests, "tests"}, {c.Open, "without an end"}} {
		if x.n > 0 {
			text += fmt.Sprintf(", %d %s", x.n, x.what)
		}
	}
	if same {
		text += " (it says so already)"
	}
	return text
}

// month is how one month of a flow's file comes to hold a count.
func (job logImport) month(a audit.Actual, at int, c runlog.Count, file string) (edits []audit.Change, same bool, err error) {
	values := []audit.Field{
		{Key: "runs", Value: audit.Text(strconv.Itoa(c.Runs))},
		{Key: "failed_runs", Value: audit.Text(strconv.Itoa(c.Failed))},
		{Key: "test_runs", Value: audit.Text(strconv.Itoa(c.Tests))},
	}
	source := job.from + ": " + file
	if at < 0 {
		item := append([]audit.Field{{Key: "month", Value: audit.Text(c.Month)}}, values...)
		item = append(item, audit.Field{Key: "source", Value: audit.Text(source)})
		return []audit.Change{audit.Append(audit.Path{"months"}, audit.Fields(item...))}, false, nil
	}
	m := a.Months[at]
	if m.Runs.Stated && m.Runs.Value == float64(c.Runs) && m.FailedRuns.Value == float64(c.Failed) && m.TestRuns.Value == float64(c.Tests) {
		return nil, true, nil
	}
	if m.Runs.Stated && !job.replace {
		return nil, false, hint("a month counts once: --replace takes the log's numbers in place of those that are there",
			"%s holds runs of %s already: %s, and the log has %d", a.File, c.Month, audit.PlainNumber(m.Runs.Value), c.Runs)
	}
	path := audit.Path{"months", "[month=" + c.Month + "]"}
	for _, v := range values {
		edits = append(edits, audit.Set(append(slices.Clone(path), v.Key), v.Value))
	}
	kept := slices.DeleteFunc(strings.Split(m.Source, "; "), func(was string) bool { return was == "" || strings.HasPrefix(was, job.from+": ") })
	source = strings.Join(append([]string{source}, kept...), "; ")
	edits = append(edits, audit.Set(append(slices.Clone(path), "source"), audit.Text(source)))
	return edits, false, nil
}

func actualOf(ws audit.Workspace, flow string) (audit.Actual, bool) {
	for _, a := range ws.Actuals {
		if a.Flow == flow {
			return a, true
		}
	}
	return audit.Actual{}, false
}

// actualFile is where a flow's measurements stand, or are to stand.
func actualFile(ws audit.Workspace, flow string) string {
	if a, ok := actualOf(ws, flow); ok {
		return a.File
	}
	return "actuals/" + flow + ".yaml"
}

// byFlow gives each count its flow in place of the platform's name, those of one
// flow and month together.
func (job logImport) byFlow(ws audit.Workspace, counts []runlog.Count) ([]runlog.Count, error) {
	if _, ok := ws.Flow(job.flow); job.flow != "" && !ok {
		return nil, unknownFlow(job.flow, ws)
	}
	var merged []runlog.Count
	var unknown []string
	for _, c := range counts {
		flow := cmp.Or(job.flow, flowNamed(ws, c.Workflow))
		if flow == "" {
			if !slices.Contains(unknown, c.Workflow) {
				unknown = append(unknown, c.Workflow)
			}
			continue
		}
		i := slices.IndexFunc(merged, func(m runlog.Count) bool { return m.Workflow == flow && m.Month == c.Month })
		if i < 0 {
			merged, i = append(merged, runlog.Count{Workflow: flow, Month: c.Month}), len(merged)
		}
		m := &merged[i]
		m.Runs, m.Failed, m.Tests, m.Open = m.Runs+c.Runs, m.Failed+c.Failed, m.Tests+c.Tests, m.Open+c.Open
	}
	if len(unknown) > 0 {
		slices.Sort(unknown)
		if len(unknown) == 1 && unknown[0] == "" {
			return nil, hint("say which with --flow ID", "the log does not say what workflow its runs are of")
		}
		return nil, hint("write workflows: ["+unknown[0]+"] into the flow's file in actuals/, give --flow ID where all runs are of one flow, or take those runs out of the log",
			"no flow here is called %s, as the log has it", quotedList(unknown))
	}
	return merged, nil
}

// quotedList are names for a sentence, at most five.
func quotedList(names []string) string {
	more := ""
	if len(names) > 5 {
		more = fmt.Sprintf(" and %d more", len(names)-5)
		names = names[:5]
	}
	quoted := make([]string, len(names))
	for i, n := range names {
		quoted[i] = strconv.Quote(n)
	}
	return strings.Join(quoted, ", ") + more
}

// flowNamed is the flow that a platform's name means: one whose file in actuals/
// names it, whose id it is, or whose name. Capitals and blanks do not matter.
func flowNamed(ws audit.Workspace, name string) string {
	same := func(s string) bool {
		return name != "" && strings.EqualFold(strings.TrimSpace(s), strings.TrimSpace(name))
	}
	for _, a := range ws.Actuals {
		if slices.ContainsFunc(a.Workflows, same) {
			return a.Flow
		}
	}
	for _, f := range ws.Flows {
		if same(f.ID) || same(f.Name) {
			return f.ID
		}
	}
	return ""
}
