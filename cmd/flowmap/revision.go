package main

import (
	"archive/tar"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path"
	"slices"
	"strings"

	"github.com/flowmap-dev/flowmap/pkg/audit"
)

// mostArchived is how large a revision's files may be together.
const mostArchived = 256 << 20

// revision reads a workspace as a revision of git has it.
func (w *world) revision(ctx context.Context, dir, name string) (audit.Workspace, error) {
	files, err := filesAt(ctx, folderOf(dir), name)
	if err != nil {
		return audit.Workspace{}, err
	}
	if len(files) == 0 || files[0].Name != "flowmap.yaml" {
		return audit.Workspace{}, hint("name a revision in which the workspace was there already", "git:%s: no flowmap.yaml in %s", name, dir)
	}
	ws, err := audit.New(files)
	if err != nil {
		return ws, w.problemsIn("git:"+name, err)
	}
	date, err := w.date()
	if date != "" {
		ws.Date = audit.Date(date)
	}
	return ws, err
}

// filesAt are the files of a workspace at a revision, in the order in which
// loading reads them.
func filesAt(ctx context.Context, dir, revision string) ([]audit.Source, error) {
	git, err := exec.LookPath("git")
	if err != nil {
		return nil, hint("install git, or name two folders", "git:%s needs the program git, which is not here", revision)
	}
	if revision == "" || strings.HasPrefix(revision, "-") {
		return nil, &usageError{fmt.Sprintf("git:%s names no revision", revision), "write git:HEAD~1, git:v1 or git:2f3c1a9"}
	}
	// The two dashes keep a revision from being taken for a path.
	c := exec.CommandContext(ctx, git, "-C", dir, "archive", "--format=tar", revision, "--", ".")
	c.Env = append(os.Environ(), "LC_ALL=C") // what git says is shown
	var out, errs bytes.Buffer
	c.Stdout, c.Stderr = &out, &errs
	if err := c.Run(); err != nil {
		said, _, _ := strings.Cut(strings.TrimSpace(errs.String()), "\n")
		return nil, hint("name a commit, branch or tag of the repository that the workspace is in; git log lists them",
			"git:%s: git says %q", revision, strings.TrimPrefix(said, "fatal: "))
	}
	return unpacked(&out)
}

// unpacked are the files of an archive that belong to a workspace.
func unpacked(archive io.Reader) ([]audit.Source, error) {
	var files []audit.Source
	left := int64(mostArchived)
	for t := tar.NewReader(archive); ; {
		head, err := t.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, err
		}
		if head.Typeflag != tar.TypeReg || rankOf(head.Name) < 0 {
			continue
		}
		if left -= head.Size; left < 0 {
			return nil, &hinted{fmt.Errorf("the files of that revision have more than %d MiB", mostArchived>>20), "name a revision of a workspace alone"}
		}
		text, err := io.ReadAll(t)
		if err != nil {
			return nil, err
		}
		files = append(files, audit.Source{Name: head.Name, Text: text})
	}
	slices.SortStableFunc(files, func(a, b audit.Source) int {
		if x, y := rankOf(a.Name), rankOf(b.Name); x != y {
			return x - y
		}
		return strings.Compare(a.Name, b.Name)
	})
	return files, nil
}

// rankOf is where in a workspace a file is read; below 0 for one that is none of
// it.
func rankOf(name string) int {
	folder, base := path.Split(name)
	if path.Ext(base) != ".yaml" || strings.HasPrefix(base, ".") {
		return -1
	}
	switch {
	case name == "flowmap.yaml":
		return 0
	case name == "catalogue.yaml":
		return 4
	}
	if i := slices.Index([]string{"interviews/", "scenarios/", "actuals/"}, folder); i >= 0 {
		return 1 + i
	}
	return -1
}
