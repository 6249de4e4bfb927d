package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net"
	"os"
	"path/filepath"
	"strings"

	"github.com/flowmap-dev/flowmap/pkg/audit"
	"github.com/flowmap-dev/flowmap/pkg/audit/intake"
	"github.com/spf13/cobra"
)

func (w *world) importCommand() *cobra.Command {
	var dry bool
	c := &cobra.Command{
		Use:   "import FILE [DIR]",
		Short: "Bring a form back that somebody filled in, a CSV with its headings, or a report.xlsx that somebody changed",
		Args:  cobra.RangeArgs(1, 2),
		RunE: func(c *cobra.Command, args []string) error {
			dir, err := find(c, args[1:])
			if err != nil {
				return err
			}
			form, back, err := readForm(args[0])
			switch {
			case err != nil:
				return w.problemsOf(err)
			case back != nil:
				return w.importReport(c.Context(), dir, args[0], *back, dry)
			case dry:
				return w.tryImport(c.Context(), dir, form)
			}
			return w.importInto(c.Context(), dir, form)
		},
	}
	c.Flags().BoolVar(&dry, "dry-run", false, "show what would change, and write nothing")
	return c
}

// readForm reads a form that may be anything, or a report's workbook.
func readForm(name string) (intake.Form, *intake.Reported, error) {
	text, err := readAtMost(name, intake.MostBytes)
	if errors.Is(err, fs.ErrNotExist) {
		return intake.Form{}, nil, hint("name the file that came back, an .xlsx or a .csv", "%s: there is no such file", name)
	}
	if err != nil {
		return intake.Form{}, nil, hint("name a file that can be read, an .xlsx or a .csv", "%s cannot be read: %w", name, cause(err))
	}
	var form intake.Form
	back, is, err := intake.ReadReport(name, text)
	if !is {
		form, err = intake.Read(name, text)
	}
	var refused *intake.RefusedError
	var problems audit.Problems
	switch {
	case errors.As(err, &refused):
		return form, nil, &hinted{err, refused.Hint}
	case errors.As(err, &problems):
		return form, nil, problems
	case is:
		return form, &back, err
	}
	return form, nil, err
}

// readAtMost reads a file, and one byte more than the most that it may have.
func readAtMost(name string, most int) (text []byte, err error) {
	info, err := os.Stat(name)
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, errors.New("it is no file")
	}
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close() // opened for reading: nothing to lose
	return io.ReadAll(io.LimitReader(f, int64(most)+1))
}

// cause is what the system said, without the path or address, which is told
// already.
func cause(err error) error {
	var pathErr *fs.PathError
	var netErr *net.OpError
	switch {
	case errors.As(err, &pathErr):
		return pathErr.Err
	case errors.As(err, &netErr):
		return netErr.Err
	}
	return err
}

// tryImport shows what an import would change.
func (w *world) tryImport(ctx context.Context, dir string, form intake.Form) error {
	ws, err := w.load(ctx, dir)
	if err != nil {
		return err
	}
	imported, err := form.Import(ws)
	if err != nil {
		return w.problemsOf(err)
	}
	changes, err := imported.Changes(ws)
	if err != nil {
		return err
	}
	w.tell(imported, len(changes) > 0)
	for _, c := range changes {
		fmt.Fprintf(w.out, "\n%s would be:\n%s", c.Name, c.Text)
	}
	fmt.Fprintln(w.out, "\nNothing was written.")
	return nil
}

// importInto writes what a form says into the workspace.
func (w *world) importInto(ctx context.Context, dir string, form intake.Form) error {
	if _, err := w.load(ctx, dir); err != nil { // tells the problems that it has
		return err
	}
	if dir != folderOf(dir) && filepath.Base(dir) != "flowmap.yaml" {
		return hint("name the folder, or rename the file to flowmap.yaml", "%s is a workspace in one file, which has no place for what a form says", dir)
	}
	var imported intake.Import
	changed := false
	var ofForm error
	_, err := audit.Update(dir, func(ws audit.Workspace) ([]audit.FileChange, error) {
		if imported, ofForm = form.Import(ws); ofForm != nil {
			return nil, ofForm
		}
		changes, err := imported.Changes(ws)
		changed = len(changes) > 0
		return changes, err
	})
	if ofForm != nil {
		return w.problemsOf(ofForm)
	}
	if err != nil {
		return w.problemsIn(dir, err)
	}
	w.tell(imported, changed)
	if changed {
		fmt.Fprintln(w.out, imported.File)
	}
	return nil
}

// tell lists the flows about which a form says something.
func (w *world) tell(imported intake.Import, changed bool) {
	switch {
	case len(imported.Flows) == 0:
		fmt.Fprintln(w.out, "The form says nothing about any flow.")
	case !changed:
		fmt.Fprintf(w.out, "Nothing changes: %s says this already.\n", imported.File)
	}
	for _, f := range imported.Flows {
		label := f.ID
		if f.New {
			label += " (new)"
		}
		fmt.Fprintf(w.out, "%s  %s: %s\n", f.Cell, label, strings.Join(f.Fields, ", "))
		if len(f.Like) > 0 && !w.quiet {
			fmt.Fprintf(w.err, "%s: %s moves the same data the same way as %s: if it is the same flow, give it that name and import again\n",
				f.Cell, f.ID, strings.Join(f.Like, ", "))
		}
	}
}
