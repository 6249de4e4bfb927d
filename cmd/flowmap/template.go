package main

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"

	"github.com/flowmap-dev/flowmap/pkg/lang"
	"github.com/flowmap-dev/flowmap/pkg/render"
	"github.com/spf13/cobra"
)

func (w *world) templateCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "template",
		Short: "The firm's own template for the proposal or the slides: begin one, check one, what it may name",
		Args:  cobra.NoArgs,
		RunE:  func(c *cobra.Command, _ []string) error { return c.Help() },
	}
	var language string
	begin := &cobra.Command{
		Use:   "new [FILE]",
		Short: "A template to begin with, which explains itself: a .docx, or a .pptx for slides (default: proposal-template.docx)",
		Args:  usage(cobra.MaximumNArgs(1)),
		RunE: func(_ *cobra.Command, args []string) error {
			return w.newTemplate(append(args, "proposal-template.docx")[0], language)
		},
	}
	begin.Flags().StringVar(&language, "language", "en", "language of its notes: "+strings.Join(lang.Languages(), ", "))
	check := &cobra.Command{
		Use:   "check FILE",
		Short: "Unknown placeholders (exit 1), and missing styles or layouts (exit 0), each with its place",
		Args:  usage(cobra.ExactArgs(1)),
		RunE:  func(_ *cobra.Command, args []string) error { return w.checkTemplate(args[0]) },
	}
	names := &cobra.Command{
		Use:   "names",
		Short: "The placeholders, and the sections, tables, pictures and figures that they may name",
		Args:  usage(cobra.NoArgs),
		RunE:  func(*cobra.Command, []string) error { return w.listNames() },
	}
	c.AddCommand(begin, check, names)
	return c
}

func (w *world) newTemplate(name, language string) error {
	if err := oneOf("language", language, lang.Languages()); err != nil {
		return err
	}
	names, err := templateNames()
	if err != nil {
		return err
	}
	var b bytes.Buffer
	if forSlides(name) {
		err = render.StarterSlides(&b, language)
	} else {
		err = render.StarterTemplate(&b, language, names)
	}
	if err != nil {
		return err
	}
	if _, err := os.Lstat(name); name != "-" && !errors.Is(err, fs.ErrNotExist) {
		return hint("name another file", "%s is there already", name)
	}
	if err := w.write(name, b.Bytes()); err != nil || name == "-" {
		return err
	}
	_, err = fmt.Fprintln(w.out, name)
	return err
}

// errTemplate ends a check that has found placeholders to mend.
var errTemplate = errors.New("the template has placeholders that nothing stands for")

func (w *world) checkTemplate(name string) error {
	found, err := problemsOf(name)
	if err != nil {
		return err
	}
	wrong := false
	for _, p := range found {
		wrong = wrong || !p.Style
		fmt.Fprintf(w.out, "%s: %s: %s\n", name, p.Place, p.Text)
	}
	switch {
	case wrong:
		return &hinted{errTemplate, "flowmap template names lists those that there are"}
	case len(found) == 0:
		_, err = fmt.Fprintf(w.out, "%s: nothing to mend\n", name)
	}
	return err
}

// problemsOf are those of a template for the proposal or for slides.
func problemsOf(name string) ([]render.TemplateProblem, error) {
	if forSlides(name) {
		t, err := readSlides(name)
		if err != nil {
			return nil, err
		}
		return t.Check(), nil
	}
	t, err := readTemplate(name)
	if err != nil {
		return nil, err
	}
	names, err := templateNames()
	if err != nil {
		return nil, err
	}
	return t.Check(names)
}

func (w *world) listNames() error {
	names, err := templateNames()
	if err != nil {
		return err
	}
	var written []string
	for _, k := range names.Keys() {
		if strings.HasSuffix(k, ":") {
			k += "NAME"
		}
		written = append(written, "{{"+k+"}}")
	}
	for _, line := range []struct {
		what string
		all  []string
	}{{"placeholders", written}, {"sections", names.Sections}, {"tables", names.Tables}, {"pictures", names.Pictures}, {"figures", names.Figures}} {
		fmt.Fprint(w.out, wrap(strings.Join(line.all, " "), w.width, line.what+": "))
	}
	return nil
}
