package main

import (
	"bytes"
	"context"
	"fmt"
	"path/filepath"
	"strings"

	"github.com/flowmap-dev/flowmap/pkg/audit/intake"
	"github.com/flowmap-dev/flowmap/pkg/lang"
	"github.com/spf13/cobra"
)

func (w *world) formCommand() *cobra.Command {
	var department, language, file string
	c := &cobra.Command{
		Use:   "form [DIR]",
		Short: "An Excel form for those who cannot be met; import brings it back",
		Args:  cobra.MaximumNArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			if language != "" {
				if err := oneOf("language", language, lang.Languages()); err != nil {
					return err
				}
			}
			dir, err := find(c, args)
			if err != nil {
				return err
			}
			return w.form(c.Context(), dir, department, language, file)
		},
	}
	c.Flags().StringVar(&department, "department", "", "whose form it is: its flows are in it already (default: those of all)")
	c.Flags().StringVar(&language, "language", "", "language of the form: "+strings.Join(lang.Languages(), ", ")+" (default: the workspace's)")
	c.Flags().StringVarP(&file, "output", "o", "", "the file to write, - for standard output (default: report/form.xlsx in the workspace)")
	return c
}

// form writes the form of a department.
func (w *world) form(ctx context.Context, dir, department, language, file string) error {
	ws, err := w.load(ctx, dir)
	if err != nil {
		return err
	}
	if language == "" {
		language = ws.Language
	}
	p, err := lang.New(language)
	if err != nil {
		return err
	}
	var text bytes.Buffer
	if err := intake.Write(&text, ws, p, department); err != nil {
		return err
	}
	if file == "" {
		file = filepath.Join(folderOf(dir), "report", "form.xlsx")
		if err := makeFolder(filepath.Dir(file)); err != nil {
			return err
		}
	}
	if err := w.write(file, text.Bytes()); err != nil || file == "-" {
		return err
	}
	_, err = fmt.Fprintln(w.out, file)
	return err
}
