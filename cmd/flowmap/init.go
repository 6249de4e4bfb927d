package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/flowmap-dev/flowmap/pkg/audit"
	"github.com/flowmap-dev/flowmap/pkg/audit/interview"
	"github.com/flowmap-dev/flowmap/pkg/lang"
	"github.com/spf13/cobra"
)

func (w *world) initCommand() *cobra.Command {
	var setup interview.Setup
	var accessible bool
	c := &cobra.Command{
		Use:   "init [DIR]",
		Short: "A new workspace: asks for client, sector, language and currency; with --client, asks nothing",
		Args:  cobra.MaximumNArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			dir, err := c.Flags().GetString("workspace")
			if err != nil {
				return err
			}
			if dir != "" && len(args) > 0 {
				return &usageError{fmt.Sprintf("the workspace is named twice: --workspace %s and %s", dir, args[0]), "name it once"}
			}
			return w.init(c.Context(), cmp.Or(dir, strings.Join(args, ""), "."), setup, accessible)
		},
	}
	c.Flags().StringVar(&setup.Client, "client", "", "the client's name")
	c.Flags().StringVar(&setup.Sector, "sector", "", "what the company does")
	c.Flags().StringVar(&setup.Language, "language", "", "of interviews and reports: "+strings.Join(lang.Languages(), ", "))
	c.Flags().StringVar(&setup.Currency, "currency", "", "of all amounts, such as EUR")
	c.Flags().StringVar(&setup.Template, "template", "", "start from an archetype's usual systems and data: "+strings.Join(interview.Archetypes(), ", "))
	c.Flags().BoolVar(&accessible, "accessible", false, "plain lines, for screen readers (ACCESSIBLE=1 too)")
	return c
}

// init makes a workspace where there is none.
func (w *world) init(ctx context.Context, dir string, s interview.Setup, accessible bool) error {
	if err := checkSetup(&s); err != nil {
		return err
	}
	if _, err := os.Lstat(filepath.Join(dir, "flowmap.yaml")); err == nil {
		return hint("flowmap interview goes on with it; for a new one, name another folder", "%s holds a workspace already", dir)
	}
	if s.Client == "" {
		asked, err := w.askSetup(ctx, s, accessible)
		if err != nil {
			return err
		}
		s = asked
	}
	s.Language, s.Currency = cmp.Or(s.Language, w.language()), cmp.Or(s.Currency, "EUR")
	text, err := s.Workspace()
	if err != nil {
		return err
	}
	files := []audit.Source{{Name: "flowmap.yaml", Text: text}}
	if _, err := os.Lstat(filepath.Join(dir, ".gitignore")); errors.Is(err, fs.ErrNotExist) {
		files = append(files, audit.Source{Name: ".gitignore", Text: []byte(".flowmap/\n")})
	}
	if err := makeFolder(dir); err != nil {
		return err
	}
	if err := audit.Replace(dir, files...); err != nil {
		return err
	}
	return w.initEnd(dir, s)
}

// checkSetup judges the flags as the questions would be.
func checkSetup(s *interview.Setup) error {
	s.Currency = strings.ToUpper(s.Currency)
	switch {
	case s.Language != "" && oneOf("language", s.Language, lang.Languages()) != nil:
		return oneOf("language", s.Language, lang.Languages())
	case s.Template != "" && s.Template != interview.NoTemplate && oneOf("template", s.Template, interview.Archetypes()) != nil:
		return oneOf("template", s.Template, interview.Archetypes())
	case s.Currency != "" && !interview.IsCurrency(s.Currency):
		return &usageError{fmt.Sprintf("--currency is %q, which is no currency", s.Currency), "write its ISO 4217 code, such as EUR"}
	}
	return nil
}

func (w *world) askSetup(ctx context.Context, s interview.Setup, accessible bool) (interview.Setup, error) {
	p, err := lang.New(cmp.Or(s.Language, w.language()))
	if err != nil {
		return s, err
	}
	asker, closeAsker, err := w.asker(ctx, accessible, "", p)
	if err != nil {
		return s, err
	}
	s, err = s.Ask(ctx, asker, p)
	if closed := closeAsker(); err == nil {
		err = closed
	}
	var end *interview.EndError
	switch {
	case errors.As(err, &end):
		return s, hint("nothing was made; --client NAME asks nothing", "the answers end at the question %q: %s", end.Key, end.Text)
	case errors.Is(err, interview.ErrLeft):
		return s, hint("flowmap init begins again", "nothing was made")
	}
	return s, err
}

// language is the one that the person's machine speaks, else English.
func (w *world) language() string {
	for _, name := range []string{"LC_ALL", "LC_MESSAGES", "LANG"} {
		if value := w.env(name); value != "" {
			if p, err := lang.New(value); err == nil {
				return p.Language()
			}
			break
		}
	}
	return "en"
}

// initEnd says what was made and what comes next.
func (w *world) initEnd(dir string, s interview.Setup) error {
	p, err := lang.New(s.Language)
	if err != nil {
		return err
	}
	departments, err := s.Departments()
	if err != nil {
		return err
	}
	fmt.Fprintln(w.out, p.Text("ask.made", lang.Args{"File": filepath.Join(dir, "flowmap.yaml")}))
	if departments != "" {
		fmt.Fprintln(w.out, p.Text("ask.file.departments", lang.Args{"Departments": departments}))
	}
	_, err = fmt.Fprintln(w.out, p.Text("ask.made.next", lang.Args{"Command": "flowmap interview " + dir}))
	return err
}
