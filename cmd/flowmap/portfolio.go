package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/flowmap-dev/flowmap/pkg/audit"
	"github.com/flowmap-dev/flowmap/pkg/clients"
	"github.com/flowmap-dev/flowmap/pkg/lang"
	"github.com/flowmap-dev/flowmap/pkg/roi"
	"github.com/flowmap-dev/flowmap/pkg/track"
	"github.com/spf13/cobra"
)

func (w *world) portfolioCommand() *cobra.Command {
	var asJSON, redact, fresh bool
	var limit int
	var page portfolioPage
	c := &cobra.Command{
		Use:   "portfolio DIR...",
		Short: "Many clients' workspaces together: totals, what is commonest, quartiles by sector and size",
		Long: `Many clients' workspaces together: totals by currency, the commonest flows,
pairs of systems and findings, and medians and quartiles of hours, build cost
and payback by sector and size. A DIR is a workspace, or a folder of workspaces.

A workspace that cannot be read is named and left out of everything; the exit
code is then 1. With --redact no client is named, and nothing is shown that
fewer than five clients have.`,
		Args: cobra.MinimumNArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			if limit < 0 {
				return &usageError{fmt.Sprintf("--limit is %d", limit), "write how many lines of each table to show, or 0 for all"}
			}
			if asJSON && page.format != "" {
				return &usageError{"--json and --format are both given", "choose one of them"}
			}
			if err := page.check(); err != nil {
				return err
			}
			dirs, err := workspacesIn(args)
			if err != nil {
				return err
			}
			p, err := w.together(c.Context(), dirs, redact, w.clientCache(fresh))
			if err != nil {
				return err
			}
			switch {
			case asJSON:
				err = w.writeJSON(portfolioDocument(p))
			case page.format != "":
				err = w.portfolioPage(p, page)
			default:
				err = w.portfolioText(p, limit)
			}
			if err != nil {
				return err
			}
			if len(p.broken) > 0 {
				return errProblems
			}
			return nil
		},
	}
	c.Flags().BoolVar(&asJSON, "json", false, "one JSON document")
	c.Flags().BoolVar(&redact, "redact", false, "name no client, and show nothing that fewer than five clients have")
	c.Flags().IntVar(&limit, "limit", 10, "how many lines of each table; 0: all")
	c.Flags().BoolVar(&fresh, "fresh", false, "work every client out anew; else those whose files have not changed are taken from the cache")
	c.Flags().StringVar(&page.format, "format", "", "a page to hand on: "+strings.Join(pageFormats, ", "))
	c.Flags().StringVarP(&page.out, "output", "o", "", "the page's file (default portfolio.xlsx, .html or .md; - is standard output)")
	c.Flags().StringVar(&page.language, "language", "en", "the page's language: "+strings.Join(lang.Languages(), ", "))
	export := w.portfolioExportCommand()
	export.Args = usage(export.Args)
	c.AddCommand(export)
	return c
}

// workspacesIn are the workspaces that folders are or hold, sorted; each once, by
// whatever names it is given.
func workspacesIn(args []string) ([]string, error) {
	var dirs []string
	for _, arg := range args {
		info, err := os.Stat(arg)
		if err != nil {
			return nil, notFound(arg, err)
		}
		if !info.IsDir() || isWorkspace(arg) {
			dirs = append(dirs, filepath.Clean(arg))
			continue
		}
		entries, err := os.ReadDir(arg)
		if err != nil {
			return nil, err
		}
		found := len(dirs)
		for _, e := range entries {
			if dir := filepath.Join(arg, e.Name()); isWorkspace(dir) {
				dirs = append(dirs, dir)
			}
		}
		if len(dirs) == found {
			return nil, hint("name a workspace, or a folder that holds workspaces", "%s: no flowmap.yaml here or in a folder of it", arg)
		}
	}
	slices.Sort(dirs)
	seen := map[string]bool{}
	return slices.DeleteFunc(dirs, func(dir string) bool {
		file := mainFile(dir)
		again := seen[file]
		seen[file] = true
		return again
	}), nil
}

// mainFile is where a workspace's flowmap.yaml lies, links followed; where that
// cannot be told, the workspace as it was named.
func mainFile(dir string) string {
	file := dir
	if isFolder(dir) {
		file = filepath.Join(dir, "flowmap.yaml")
	}
	file, err := filepath.EvalSymlinks(file)
	if err != nil {
		return dir
	}
	if file, err = filepath.Abs(file); err != nil {
		return dir
	}
	return file
}

func isWorkspace(dir string) bool {
	_, err := os.Stat(filepath.Join(dir, "flowmap.yaml"))
	return err == nil
}

// clientsTogether is a portfolio with what was left out of it.
type clientsTogether struct {
	clients.Together
	broken   []brokenClient
	redacted bool
}

// brokenClient is a workspace that cannot be read, and why.
type brokenClient struct{ dir, why string }

// together reads the workspaces, several at once, and puts them together.
func (w *world) together(ctx context.Context, dirs []string, redact bool, cache clientCache) (clientsTogether, error) {
	type read struct {
		client clients.Client
		err    error
	}
	p := clientsTogether{redacted: redact}
	var all []clients.Client
	i := 0
	inOrder(len(dirs), func(i int) read {
		client, err := w.clientOf(ctx, dirs[i], cache)
		return read{client, err}
	}, func(r read) {
		switch {
		case ctx.Err() != nil: // whatever is wrong, it is not the workspace
		case r.err != nil:
			b := brokenClient{dirs[i], reason(r.err)}
			p.broken = append(p.broken, b)
			if !w.quiet {
				fmt.Fprintf(w.err, "%s is left out: %s\n", b.dir, b.why)
			}
		default:
			all = append(all, r.client)
		}
		i++
	})
	if ctx.Err() != nil {
		return p, ctx.Err()
	}
	least := 1
	if redact {
		least = clients.FewestShown
	}
	p.Together = clients.Put(all, least)
	return p, nil
}

// clientOf is the client of a workspace, from the cache where its files are the
// same.
func (w *world) clientOf(ctx context.Context, dir string, cache clientCache) (clients.Client, error) {
	name, made, keeps := cache.entry(dir)
	if keeps {
		if c, ok := cache.find(name, made); ok {
			c.ID = dir
			return c, nil
		}
	}
	ws, err := w.read(ctx, dir)
	if err != nil {
		return clients.Client{}, err
	}
	client, err := aside(ctx, func() (clients.Client, error) { return w.client(dir, ws) })
	if err == nil && keeps && mayKeep(ws) {
		if _, now, ok := cache.entry(dir); ok && now == made { // nobody wrote meanwhile
			cache.keep(name, made, client)
		}
	}
	return client, err
}

// client analyses a workspace, and what came true of it.
func (w *world) client(dir string, ws audit.Workspace) (clients.Client, error) {
	a, err := analyse(ws, roi.ByPayback)
	if err != nil {
		return clients.Client{}, err
	}
	t, err := w.tracked(dir, a, whatIf{})
	return clients.Of(dir, ws, a.ranking, a.findings, t.Result), err
}

// reason is why a workspace cannot be read, in one line.
func reason(err error) string {
	var problems audit.Problems
	if !errors.As(err, &problems) || len(problems) == 0 {
		return err.Error()
	}
	first := fmt.Sprintf("%s: %s", problems[0].Place, problems[0].Message)
	if more := len(problems) - 1; more > 0 {
		first += fmt.Sprintf(" (and %d more; flowmap check lists them)", more)
	}
	return first
}

// portfolioText shows a portfolio on a terminal.
func (w *world) portfolioText(p clientsTogether, limit int) error {
	words, err := lang.New("en")
	if err != nil {
		return err
	}
	fmt.Fprintf(w.out, "%s.\n", words.Plural("count.clients", p.Clients, nil))
	if len(p.broken) > 0 {
		fmt.Fprintf(w.out, "Left out, since they cannot be read: %d.\n", len(p.broken))
	}
	totals := table{heads: []string{"Currency", "Clients", "Flows", "Hours/wk", "Labour/yr", "Errors/yr", "Benefit/yr"}, right: []bool{false, true, true, true, true, true, true}}
	for _, t := range p.Totals {
		money := func(x float64) string { return words.Money(x, t.Currency, 0) }
		totals.rows = append(totals.rows, []string{t.Currency, strconv.Itoa(t.Clients), strconv.Itoa(t.Flows), words.Number(t.HoursPerWeek, 1), money(t.LabourPerYear), money(t.ErrorCostPerYear), money(t.BenefitPerYear)})
	}
	w.part("", totals)
	kind := func(id string) string { return words.Text("kind."+id, nil) }
	flows := table{heads: []string{"From", "To", "Data", "Clients", "Flows", "Hours/wk"}, right: []bool{false, false, false, true, true, true}}
	for _, c := range most(p.Flows, limit) {
		flows.rows = append(flows.rows, []string{kind(c.Key[0]), kind(c.Key[1]), c.Key[2], strconv.Itoa(c.Clients), strconv.Itoa(c.Flows), words.Number(c.HoursPerWeek, 1)})
	}
	w.part("The commonest flows", flows)
	pairs := table{heads: []string{"From", "To", "Clients", "Flows", "Hours/wk"}, right: []bool{false, false, true, true, true}}
	for _, c := range most(p.Pairs, limit) {
		pairs.rows = append(pairs.rows, []string{kind(c.Key[0]), kind(c.Key[1]), strconv.Itoa(c.Clients), strconv.Itoa(c.Flows), words.Number(c.HoursPerWeek, 1)})
	}
	w.part("The commonest pairs of systems", pairs)
	findings := table{heads: []string{"Finding", "", "Clients"}, right: []bool{false, false, true}}
	for _, c := range most(p.Findings, limit) {
		findings.rows = append(findings.rows, []string{c.Key[0], words.Text("finding."+c.Key[0]+".title", nil), strconv.Itoa(c.Clients)})
	}
	w.part("The commonest findings", findings)
	w.part("By sector and size: lower quartile, median, upper quartile", groupTable(p.Groups, words))
	w.part("What came true, of what was measured", cameTable(p.Realised, words))
	if p.Hidden > 0 {
		fmt.Fprintf(w.out, "\nNot shown, since fewer than %d clients have them: %d.\n", clients.FewestShown, p.Hidden)
	}
	_, err = fmt.Fprint(w.out, "\n", wrap("Hours are those of a client in a normal week; build cost and payback (months from go-live) those of a flow on its own best platform. Of quartiles, – is a payback that does not come.", w.width, ""))
	return err
}

func groupTable(groups []clients.Group, words lang.Printer) table {
	t := table{heads: []string{"By", "", "Currency", "Clients", "Hours/wk", "Build", "Payback"}, right: []bool{false, false, false, true, true, true, true}}
	for _, g := range groups {
		money := func(x float64) string { return words.Money(x, g.Currency, 0) }
		number := func(x float64) string { return words.Number(x, 1) }
		t.rows = append(t.rows, []string{g.By, g.Name, g.Currency, strconv.Itoa(g.Clients), spread(g.Hours, number), spread(g.Build, money), spread(g.Payback, number)})
	}
	return t
}

func cameTable(all []clients.Came, words lang.Printer) table {
	t := table{heads: []string{"Currency", "", "Clients", "Flows", "Months", "Hours saved", "Benefit", "Platform", "Build", "Net"}, right: []bool{false, false, true, true, true, true, true, true, true, true}}
	for _, c := range all {
		money := func(x float64) string { return words.Money(x, c.Currency, 0) }
		row := func(what string, s track.Sums) []string {
			return []string{c.Currency, what, strconv.Itoa(c.Clients), strconv.Itoa(c.Flows), strconv.Itoa(c.Months), words.Number(s.Saved, 1), money(s.Benefit), money(s.Platform), money(s.Build), money(s.Net)}
		}
		t.rows = append(t.rows, row("planned", c.Planned), row("real", c.Real))
	}
	return t
}

func spread(q clients.Quartiles, text func(float64) string) string {
	var parts []string
	for _, f := range []roi.Figure{q.Lower, q.Median, q.Upper} {
		if f.OK {
			parts = append(parts, text(f.Value))
		} else {
			parts = append(parts, "–")
		}
	}
	return strings.Join(parts, " · ")
}

// part prints a table under a heading, or nothing where it has no rows.
func (w *world) part(heading string, t table) {
	if len(t.rows) == 0 {
		return
	}
	fmt.Fprintln(w.out)
	if heading != "" {
		fmt.Fprintln(w.out, heading)
	}
	fmt.Fprint(w.out, t.text(w.width))
}

// most are the first so many, or all for 0.
func most[T any](all []T, limit int) []T {
	return all[:min(len(all), cmp.Or(limit, len(all)))]
}
