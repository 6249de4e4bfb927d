package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"unicode"

	"github.com/flowmap-dev/flowmap/pkg/audit"
	"github.com/flowmap-dev/flowmap/pkg/lang"
	"github.com/spf13/cobra"
)

// whatIf are the flags that change what is computed without touching the
// workspace.
type whatIf struct {
	set      []string
	scenario string
	language string
	currency string
	redact   bool
}

func (f *whatIf) add(c *cobra.Command) {
	c.Flags().StringArrayVar(&f.set, "set", nil, "replace a value for this run, such as hourly_cost=25 or flows.ID.FIELD=… (repeatable)")
	c.Flags().StringVar(&f.scenario, "scenario", "", "conservative, optimistic, or the name of a file in scenarios/")
	c.Flags().StringVar(&f.currency, "currency", "", "show money in this currency, by the workspace's exchange rates")
}

// addLanguage is for commands whose words come from the catalogues; tables on
// the terminal are English.
func (f *whatIf) addLanguage(c *cobra.Command) {
	c.Flags().StringVar(&f.language, "language", "", "language of what is written: "+strings.Join(lang.Languages(), ", "))
}

func (f *whatIf) addRedact(c *cobra.Command) {
	c.Flags().BoolVar(&f.redact, "redact", false, "write roles instead of people")
}

// find returns the folder or file of the workspace: the flag, else the
// argument, else this folder or the nearest above that holds a flowmap.yaml.
func find(c *cobra.Command, args []string) (string, error) {
	flag, err := c.Flags().GetString("workspace")
	if err != nil {
		return "", err
	}
	switch {
	case flag != "" && len(args) > 0:
		return "", &usageError{fmt.Sprintf("the workspace is named twice: --workspace %s and %s", flag, args[0]), "name it once"}
	case flag != "":
		return flag, nil
	case len(args) > 0:
		return args[0], nil
	}
	return nearest(".")
}

func nearest(dir string) (string, error) {
	at, err := filepath.Abs(dir)
	if err != nil {
		return "", err
	}
	shown := dir
	for {
		if _, err := os.Stat(filepath.Join(at, "flowmap.yaml")); err == nil {
			return shown, nil
		}
		parent := filepath.Dir(at)
		if parent == at {
			return "", hint("name the workspace: flowmap … DIR, or begin one from an example", "no flowmap.yaml in this folder or above it")
		}
		at, shown = parent, filepath.Join(shown, "..")
	}
}

// load reads a workspace and prints its problems.
func (w *world) load(ctx context.Context, dir string) (audit.Workspace, error) {
	ws, err := w.read(ctx, dir)
	return ws, w.problemsIn(dir, err)
}

// read reads a workspace. Its problems are the error.
func (w *world) read(ctx context.Context, dir string) (audit.Workspace, error) {
	ws, err := aside(ctx, func() (audit.Workspace, error) { return audit.Load(dir) })
	if err != nil {
		return audit.Workspace{}, notFound(dir, err)
	}
	date, err := w.date()
	if date != "" {
		ws.Date = audit.Date(date)
	}
	return ws, err
}

// apply gives the workspace as the flags want it seen.
func (w *world) apply(ws audit.Workspace, f whatIf) (audit.Workspace, error) {
	if s, ok := shipped(ws, f.scenario); ok {
		ws = s.apply(ws)
	} else if f.scenario != "" {
		s, err := scenario(ws, f.scenario)
		if err != nil {
			return ws, err
		}
		if ws, err = ws.Apply(s); err != nil {
			return ws, w.problemsOf(err)
		}
	}
	settings, err := settings(f.set)
	if err != nil {
		return ws, err
	}
	if len(settings) > 0 {
		if ws, err = ws.With(settings...); err != nil {
			return ws, w.problemsOf(err)
		}
		w.tellUntouched(ws, settings)
	}
	if f.currency != "" {
		shown, ok := ws.In(f.currency)
		if !ok {
			return ws, hint("add it under assumptions: exchange_rates: {"+f.currency+": …}, or --set exchange_rates."+f.currency+"=…",
				"no exchange rate for %q in this workspace", f.currency)
		}
		ws = shown
	}
	if f.language != "" {
		if err := oneOf("language", f.language, lang.Languages()); err != nil {
			return ws, err
		}
		ws.Language = f.language
	}
	if f.redact {
		p, err := lang.New(ws.Language)
		if err != nil {
			return ws, err
		}
		ws = ws.Redact(p.Text("person", nil))
	}
	return ws, nil
}

func scenario(ws audit.Workspace, name string) (audit.Scenario, error) {
	var known []string
	for _, s := range ws.Scenarios {
		if s.ID == name {
			return s, nil
		}
		known = append(known, s.ID)
	}
	if len(known) == 0 {
		return audit.Scenario{}, &usageError{fmt.Sprintf("--scenario is %q, and the workspace has none", name), "a scenario is a file scenarios/NAME.yaml"}
	}
	return audit.Scenario{}, oneOf("scenario", name, known)
}

func settings(flags []string) ([]audit.Setting, error) {
	var all []audit.Setting
	for _, s := range flags {
		key, value, ok := strings.Cut(s, "=")
		if !ok {
			return nil, &usageError{fmt.Sprintf("--set is %q", s), "write --set KEY=VALUE, such as --set hourly_cost=25"}
		}
		all = append(all, audit.Setting{Key: strings.TrimSpace(key), Value: value, Place: audit.Place{File: "--set " + s}})
	}
	return all, nil
}

// tellUntouched names the roles that keep their own hourly cost when the
// general one is set.
func (w *world) tellUntouched(ws audit.Workspace, settings []audit.Setting) {
	set := map[string]bool{}
	for _, s := range settings {
		set[strings.TrimPrefix(s.Key, "assumptions.")] = true
	}
	if !set["hourly_cost"] || w.quiet {
		return
	}
	var kept []string
	for _, r := range ws.Roles {
		if r.HourlyCost.Stated() && !set["roles."+r.ID+".hourly_cost"] {
			kept = append(kept, r.ID)
		}
	}
	if len(kept) > 0 {
		fmt.Fprintf(w.err, "hourly_cost does not touch roles with a cost of their own: %s (set roles.ID.hourly_cost too)\n", strings.Join(kept, ", "))
	}
}

// problemsOf prints the problems that an error holds.
func (w *world) problemsOf(err error) error { return w.problemsIn("", err) }

// problemsIn prints the problems that an error holds about a workspace.
func (w *world) problemsIn(dir string, err error) error {
	var problems audit.Problems
	if !errors.As(err, &problems) {
		return err
	}
	w.printProblems(dir, problems)
	return errProblems
}

// printProblems shows each problem with the user's line and what to do.
func (w *world) printProblems(dir string, problems audit.Problems) {
	folder := dir
	if strings.HasSuffix(dir, ".yaml") {
		folder = filepath.Dir(dir)
	}
	for _, p := range problems {
		place := p.Place
		if place.Line > 0 {
			place.File = filepath.Join(folder, filepath.FromSlash(place.File))
		}
		fmt.Fprintf(w.err, "%s: %s\n", place, p.Message)
		if line := visible(p.Source); strings.TrimSpace(line) != "" {
			before := []rune(line)
			before = before[:min(int(place.Column)-1, len(before))]
			fmt.Fprintf(w.err, "%5d | %s\n      | %s^\n", place.Line, line, blanks(before))
		}
		if p.Hint != "" {
			fmt.Fprintf(w.err, "  hint: %s\n", p.Hint)
		}
	}
}

// visible is a line of a file that a terminal may be given: what would steer it
// is shown as a box.
func visible(line string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) && r != '\t' {
			return '\ufffd'
		}
		return r
	}, line)
}

// blanks is as wide as what stands before a column, tabs kept.
func blanks(before []rune) string {
	return strings.Map(func(r rune) rune {
		if r == '\t' {
			return r
		}
		return ' '
	}, string(before))
}

// notFound says of a workspace that is not there what to do; other errors stay.
func notFound(dir string, err error) error {
	var missing *audit.NotFoundError
	switch {
	case errors.As(err, &missing):
		return hint("a workspace is a folder with a flowmap.yaml; templates/starter holds one to begin with", "%w", err)
	case errors.Is(err, fs.ErrNotExist):
		return hint("name an existing folder or .yaml file", "%s: there is no such folder or file", dir)
	}
	return err
}
