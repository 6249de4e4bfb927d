package main

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"github.com/flowmap-dev/flowmap/pkg/audit"
	"github.com/flowmap-dev/flowmap/pkg/lang"
	"github.com/flowmap-dev/flowmap/pkg/render"
	"github.com/flowmap-dev/flowmap/pkg/report"
	"github.com/flowmap-dev/flowmap/pkg/roi"
	"github.com/flowmap-dev/flowmap/pkg/track"
	"github.com/spf13/cobra"
)

// trackFormats are what track writes.
var trackFormats = []string{"table", "markdown", "json"}

func (w *world) trackCommand() *cobra.Command {
	var flags whatIf
	var format string
	var asJSON bool
	c := &cobra.Command{
		Use:   "track [DIR]",
		Short: "What came true: hours, errors, cost and payback after go-live, against what was promised",
		Long: `Sets what was measured after go-live, in actuals/, beside what was promised:
by flow and month, when the payback really comes, what is off and why.

flowmap track freeze keeps the promise; flowmap track import brings the log of
runs of n8n, Make or Zapier in; flowmap track interview asks for the rest.`,
		Args: cobra.MaximumNArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			if asJSON {
				format = "json"
			}
			if err := oneOf("format", format, trackFormats); err != nil {
				return err
			}
			dir, a, err := w.analysed(c, args, flags, roi.ByPayback)
			if err != nil {
				return err
			}
			t, err := w.tracked(dir, a, flags)
			if err != nil {
				return err
			}
			if err := w.trackAs(format, dir, a, t, flags); err != nil {
				return err
			}
			w.tellDue(t.Result)
			return nil
		},
	}
	flags.addLanguage(c)
	flags.addRedact(c)
	c.Flags().StringVar(&format, "format", "table", "table, markdown for minutes, or json")
	c.Flags().BoolVar(&asJSON, "json", false, "the same as --format json")
	c.AddCommand(w.freezeCommand(), w.trackImportCommand(), w.trackInterviewCommand())
	for _, sub := range c.Commands() {
		sub.Args = usage(sub.Args)
	}
	return c
}

// tellDue tells a terminal which short interviews are due. It looks at the day of
// today, which nothing that is written does.
func (w *world) tellDue(r track.Result) {
	if w.quiet || !w.errTerminal {
		return
	}
	for _, d := range r.Due(w.today()) {
		months := fmt.Sprintf("%d months", d.After)
		if d.After == 1 {
			months = "one month"
		}
		fmt.Fprint(w.err, wrap(fmt.Sprintf("%s: the interview %s after go-live is due since %s. flowmap track interview %s", d.Name, months, d.Since, d.Flow), w.width, ""))
	}
}

// tracked sets the promise of a workspace beside what was measured. Without one
// that was frozen, the audit as it is stands in for it. Where money is shown in
// another currency, the promise's is, too.
func (w *world) tracked(dir string, a analysis, flags whatIf) (report.Tracked, error) {
	p, frozen, err := readPromise(dir)
	if err != nil {
		return report.Tracked{}, err
	}
	if !frozen {
		if p, err = track.Of(a.workspace, a.ranking.Scores, nil); err != nil {
			return report.Tracked{}, err
		}
		p.BuildBase = a.catalogue.Build.Base
	}
	if rate, ok := a.workspace.ExchangeRate(p.Currency); ok && flags.currency != "" {
		p = p.In(a.workspace.Currency, rate)
	}
	if frozen && p.Currency != a.workspace.Currency {
		return report.Tracked{}, hint("promise and audit need one currency: set the audit's back to "+p.Currency, "%s is in %s and the audit in %s", filepath.Join(folderOf(dir), track.PromiseFile), p.Currency, a.workspace.Currency)
	}
	if flags.redact {
		p = withoutNames(p, a.workspace)
	}
	return report.Tracked{Result: track.Compare(p, a.workspace), Promise: p, Frozen: frozen}, nil
}

// withoutNames is a promise in which flows that the redacted workspace does not
// have under their id, since it is gone or held a name, are numbered: nobody has
// taken people's names out of the file.
func withoutNames(p track.Promise, ws audit.Workspace) track.Promise {
	p.Flows = slices.Clone(p.Flows)
	for i := range p.Flows {
		if _, ok := ws.Flow(p.Flows[i].Flow); !ok {
			p.Flows[i].Flow = fmt.Sprintf("promised-%d", i+1)
			p.Flows[i].Name = p.Flows[i].Flow
		}
	}
	return p
}

// readPromise reads the frozen promise of a workspace, false where there is none.
func readPromise(dir string) (track.Promise, bool, error) {
	name := filepath.Join(folderOf(dir), track.PromiseFile)
	text, err := readAtMost(name, mostRead)
	if errors.Is(err, fs.ErrNotExist) {
		return track.Promise{}, false, nil
	}
	if err != nil {
		return track.Promise{}, false, hint("look at its permissions", "%s cannot be read: %w", name, cause(err))
	}
	p, err := track.Open(text)
	var broken *track.BrokenError
	if !errors.As(err, &broken) {
		return p, true, err
	}
	switch broken.Why {
	case track.Newer:
		return p, false, hint("use the flowmap that wrote it, or a later one", "%s was written by a later flowmap", name)
	case track.Unreadable:
		return p, false, hint("bring it back from git or a backup, or freeze again with flowmap track freeze --replace", "%s is no frozen promise", name)
	case track.Edited:
	}
	return p, false, hint("bring it back from git or a backup; what was promised is not to be edited. flowmap track freeze --replace makes a new promise of the audit as it is",
		"%s was edited after it was frozen: its hash is another one", name)
}

func (w *world) trackAs(format, dir string, a analysis, t report.Tracked, flags whatIf) error {
	if format == "json" {
		return w.writeJSON(trackDocument(dir, t))
	}
	language := a.workspace.Language
	if format == "table" && flags.language == "" {
		language = "en" // as on every terminal
	}
	p, err := lang.New(language)
	if err != nil {
		return err
	}
	page := report.TrackPage(a.run(""), p, t)
	if format == "table" {
		return w.write("-", []byte(pageText(page, p, w.width)))
	}
	var b bytes.Buffer
	if err := render.Markdown(&b, page); err != nil {
		return err
	}
	return w.write("-", b.Bytes())
}

func (w *world) freezeCommand() *cobra.Command {
	var flows []string
	var replace bool
	c := &cobra.Command{
		Use:   "freeze [DIR]",
		Short: "Keep the promised figures in " + track.PromiseFile + ", with their hash: later edits never change them",
		Args:  cobra.MaximumNArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			dir, a, err := w.analysed(c, args, whatIf{}, roi.ByPayback)
			if err != nil {
				return err
			}
			return w.freeze(dir, a, flows, replace)
		},
	}
	c.Flags().StringSliceVar(&flows, "flows", nil, "ids of the flows that are promised (default: all that pay back within the horizon)")
	c.Flags().BoolVar(&replace, "replace", false, "take the place of what was frozen before")
	return c
}

func (w *world) freeze(dir string, a analysis, flows []string, replace bool) error {
	name := filepath.Join(folderOf(dir), track.PromiseFile)
	if _, err := os.Stat(name); err == nil && !replace {
		return hint("what was promised stays; --replace takes its place", "%s is there already", name)
	}
	if len(flows) == 0 {
		for _, s := range a.ranking.Scores {
			if s.Payback.OK && s.Payback.Value <= a.workspace.Assumptions.HorizonMonths.Value {
				flows = append(flows, s.Flow)
			}
		}
		if len(flows) == 0 {
			return hint("name flows with --flows, or state their hours and solutions", "no flow pays back within %s months: there is nothing to promise", audit.PlainNumber(a.workspace.Assumptions.HorizonMonths.Value))
		}
	}
	for _, id := range flows {
		if _, ok := a.workspace.Flow(id); !ok {
			return unknownFlow(id, a.workspace)
		}
	}
	p, err := track.Of(a.workspace, a.ranking.Scores, flows)
	var nothing *track.NothingToPromiseError
	if errors.As(err, &nothing) {
		return hint("flowmap explain "+nothing.Flow+" says what is missing", "%w", err)
	}
	if err != nil {
		return err
	}
	p.BuildBase = a.catalogue.Build.Base
	text, err := p.Seal()
	if err != nil {
		return err
	}
	if err := w.write(name, text); err != nil {
		return err
	}
	_, err = fmt.Fprintf(w.out, "%s: %d flows promised\n", name, len(p.Flows))
	return err
}
