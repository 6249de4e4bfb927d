package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/flowmap-dev/flowmap/pkg/audit"
	"github.com/flowmap-dev/flowmap/pkg/audit/interview"
	"github.com/flowmap-dev/flowmap/pkg/lang"
	"github.com/spf13/cobra"
	"golang.org/x/term"
)

// interviewFlags are who is asked, and how.
type interviewFlags struct {
	department, by string
	with           []string
	accessible     bool
	answers        string
}

func (w *world) interviewCommand() *cobra.Command {
	var flags interviewFlags
	c := &cobra.Command{
		Use:   "interview [DIR]",
		Short: "The guided discovery interview; saves after every answer, continues an unfinished one",
		Args:  cobra.MaximumNArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			dir, err := find(c, args)
			if err != nil {
				return err
			}
			return w.interview(c.Context(), dir, flags)
		},
	}
	c.Flags().StringVar(&flags.department, "department", "", "where the person works: administration, logistics, sales, purchasing, finance, hr, service, it, or any text")
	c.Flags().StringSliceVar(&flags.with, "with", nil, "who is interviewed; several: María,José")
	c.Flags().StringVar(&flags.by, "by", "", "who asks the questions")
	c.Flags().BoolVar(&flags.accessible, "accessible", false, "plain lines, for screen readers (ACCESSIBLE=1 too)")
	c.Flags().StringVar(&flags.answers, "answers", "", "a file with one answer a line, in place of a person; - is standard input")
	return c
}

// interview asks until the interview is complete or somebody leaves.
func (w *world) interview(ctx context.Context, dir string, flags interviewFlags) error {
	ws, err := w.load(ctx, dir)
	if err != nil {
		return err
	}
	if !isFolder(dir) && filepath.Base(dir) != "flowmap.yaml" {
		return hint("name the folder, or rename the file to flowmap.yaml", "%s is a workspace in one file, which has no place for interviews", dir)
	}
	p, err := lang.New(ws.Language)
	if err != nil {
		return err
	}
	asker, closeAsker, err := w.asker(ctx, flags.accessible, flags.answers, p)
	if err != nil {
		return err
	}
	c, err := facts(ws)
	if err != nil {
		return w.problemsIn(dir, err)
	}
	session := interview.Session{
		Asker: asker, Printer: p, Catalogue: c,
		Update: func(change func(audit.Workspace) ([]audit.FileChange, error)) (audit.Workspace, error) {
			return audit.Update(dir, change)
		},
		Beside: func(ws audit.Workspace, flows []audit.Flow) string { return besideQuestion(p, ws, flows) },
		Order:  askOrder,
	}
	start := interview.Start{Date: w.today(), Department: flags.department, With: flags.with, By: flags.by}
	file, complete, err := session.Run(ctx, ws, start)
	if closed := closeAsker(); err == nil {
		err = closed
	}
	return w.interviewEnd(p, dir, file, complete, err)
}

// interviewEnd says where the interview stands.
func (w *world) interviewEnd(p lang.Printer, dir, file string, complete bool, err error) error {
	var end *interview.EndError
	var refused *interview.RefusedError
	switch {
	case errors.As(err, &refused):
		return hint("correct it in the file of answers; what came before is saved in "+filepath.Join(dir, file),
			"the answer %q to the question %q is refused: %s", refused.Answer, refused.Key, refused.Reason)
	case errors.As(err, &end) && file == "":
		return hint("nothing was asked yet, and nothing is saved", "the answers end at the question %q: %s", end.Key, end.Text)
	case errors.As(err, &end):
		return hint("what came before is saved in "+filepath.Join(dir, file)+"; flowmap interview goes on there",
			"the answers end at the question %q: %s", end.Key, end.Text)
	case err != nil && !errors.Is(err, errInterrupted):
		return w.problemsIn(dir, err)
	case file == "":
		return err
	}
	interrupted := err
	key := "ask.left"
	if complete {
		key = "ask.done"
	}
	if _, err := fmt.Fprintln(w.out, "\n"+p.Text(key, lang.Args{"File": filepath.Join(dir, filepath.FromSlash(file))})); err != nil {
		return err
	}
	return interrupted
}

// asker is the way to ask: a file of answers, lines where there is no terminal
// or the person wants them, else the form.
func (w *world) asker(ctx context.Context, accessible bool, answers string, p lang.Printer) (interview.Asker, func() error, error) {
	nothing := func() error { return nil }
	switch in, isFile := w.in.(*os.File); {
	case answers == "-":
		return interview.NewLines(ctx, w.in, w.out, p, true), nothing, nil
	case answers != "":
		f, err := os.Open(answers)
		if err != nil {
			return nil, nil, hint("name a file with one answer a line", "%s cannot be read: %v", answers, plainError(err))
		}
		return interview.NewLines(ctx, f, w.out, p, true), f.Close, nil
	case accessible || w.env("ACCESSIBLE") != "" || w.env("TERM") == "dumb" || !w.terminal || !isFile || !term.IsTerminal(int(in.Fd())):
		return interview.NewLines(ctx, w.in, w.out, p, false), nothing, nil
	default:
		form := interview.NewForm(in, os.Stdout, p)
		return form, func() error { return closed(form) }, nil
	}
}

// errInterrupted ends a command that was left with Ctrl-C while a form had the
// terminal: it comes as a key there, not as a signal.
var errInterrupted = errors.New("interrupted; every file is whole")

func closed(form *interview.Form) error {
	err := form.Close()
	if err == nil && form.Interrupted() {
		return errInterrupted
	}
	return err
}

// plainError is what the system said, without the name of the file.
func plainError(err error) error {
	var pathErr *os.PathError
	if errors.As(err, &pathErr) {
		return pathErr.Err
	}
	return err
}

func isFolder(dir string) bool {
	info, err := os.Stat(dir)
	return err == nil && info.IsDir()
}

// today is the day of an interview.
func (w *world) today() audit.Date {
	if date, err := w.date(); err == nil && date != "" {
		return audit.Date(date)
	}
	return audit.Date(w.now().Format(time.DateOnly))
}

// besideQuestion is what an interview has found so far: its hours and what
// they cost, what is open, and where its data goes.
func besideQuestion(p lang.Printer, ws audit.Workspace, flows []audit.Flow) string {
	if len(flows) == 0 {
		return ""
	}
	hours, money, timed := 0.0, 0.0, 0
	lines := make([]string, 0, len(flows)+1)
	for _, f := range flows {
		arrow := " ──▶ "
		if f.Effort.Stated() {
			c := ws.Cost(f.Alone())
			hours, money, timed = hours+c.HoursPerWeek, money+c.LabourPerYear+c.ErrorCostPerYear, timed+1
			arrow = " ── " + p.Hours(c.HoursPerWeek) + " ─▶ "
		}
		lines = append(lines, end(ws, f.From)+arrow+end(ws, f.To))
	}
	const mostLines = 6
	if more := len(lines) - mostLines; more > 0 {
		lines = append([]string{"…"}, lines[more:]...)
	}
	count := p.Plural("count.flows", len(flows), nil)
	sum := p.Text("ask.beside.first", lang.Args{"Flows": count})
	if timed > 0 {
		sum = p.Text("ask.beside", lang.Args{"Flows": count, "Hours": p.Hours(hours), "Cost": p.Money(money, ws.Currency, 0)})
	}
	if open := openOf(ws, flows); open > 0 && timed > 0 {
		sum += " " + p.Plural("ask.beside.open", open, nil)
	}
	return sum + "\n" + strings.Join(lines, "\n")
}

// askOrder puts open points in the order of flowmap next. Where that cannot be
// told, since a price is missing in catalogue.yaml, they stay as they are.
func askOrder(ws audit.Workspace, points []audit.OpenPoint) []audit.OpenPoint {
	a, err := survey(ws)
	if err != nil {
		return points
	}
	place := map[audit.OpenPoint]int{}
	for i, q := range agendaOf(a).Questions {
		place[audit.OpenPoint{Flow: q.Flow, Field: q.Field}] = i
	}
	ordered := slices.Clone(points)
	slices.SortStableFunc(ordered, func(a, b audit.OpenPoint) int { return place[a] - place[b] })
	return ordered
}

// openOf counts what is not known yet of some flows.
func openOf(ws audit.Workspace, flows []audit.Flow) int {
	open := 0
	for _, o := range ws.OpenPoints() {
		if slices.ContainsFunc(flows, func(f audit.Flow) bool { return f.ID == o.Flow }) {
			open++
		}
	}
	return open
}

func end(ws audit.Workspace, id string) string {
	s, _ := ws.System(id)
	return s.Label()
}
