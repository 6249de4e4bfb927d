package audit

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
)

// FileChange is what is to become of one file of a workspace: Changes in order,
// or a whole new Text, or Delete. A file that is not there is made; its folder
// too.
type FileChange struct {
	Name    string // relative to the workspace's folder, with slashes
	Changes []Change
	Text    []byte // in place of changes
	Delete  bool
}

// Update changes a workspace on disk. It takes the workspace's lock, so that
// of two processes each sees what the other wrote, loads it afresh, asks change
// what to do, checks that the result would load, and writes each file whole
// and down to the disk. It returns the new workspace. If the workspace has
// problems, before or after, nothing is written and the error is Problems; if
// a file changed on disk meanwhile, it is a ChangedError, and nothing of that
// file is lost; if the disk refuses, it is a WriteError; if another process
// holds the lock for half a minute, a BusyError. No changes are no error. The
// function must not wait for people: others wait for the lock.
func Update(dir string, change func(Workspace) ([]FileChange, error)) (w Workspace, err error) {
	root, main, err := openRoot(dir)
	if err != nil {
		return Workspace{}, err
	}
	defer root.Close() // nothing is written through it
	release, err := takeLock(root)
	if err != nil {
		return Workspace{}, err
	}
	defer func() { err = errors.Join(err, release()) }()
	before, err := Load(dir)
	if err != nil {
		return Workspace{}, err
	}
	changes, err := change(before)
	if err != nil {
		return Workspace{}, err
	}
	plan := plan{main: main, files: slices.Clone(before.Files())}
	for _, c := range changes {
		if err := plan.make(c); err != nil {
			return Workspace{}, err
		}
	}
	after, err := New(plan.files)
	if err != nil {
		return Workspace{}, err
	}
	return after, plan.write(newDisk(root), before)
}

// plan is what the files of a workspace are to be.
type plan struct {
	main    string
	files   []Source // flowmap.yaml first, the others as Load reads them
	touched []string
}

// make takes a change into the plan.
func (p *plan) make(c FileChange) error {
	if !p.holds(c.Name) {
		return &EditError{Path{c.Name}, "a workspace has no such file: it holds flowmap.yaml, catalogue.yaml, and interviews/, scenarios/ and actuals/ with files that end in .yaml"}
	}
	i := slices.IndexFunc(p.files, func(f Source) bool { return f.Name == c.Name })
	if c.Delete {
		if i < 0 || i == 0 {
			return &EditError{Path{c.Name}, "this file cannot be deleted"}
		}
		p.files = slices.Delete(p.files, i, i+1)
		p.touch(c.Name)
		return nil
	}
	text := c.Text
	if text == nil {
		var was []byte
		if i >= 0 {
			was = p.files[i].Text
		}
		edited, err := Edit(was, c.Changes...)
		if err != nil {
			return fmt.Errorf("%s: %w", c.Name, err)
		}
		text = edited
	}
	if i < 0 {
		i = len(p.files)
		p.files = append(p.files, Source{Name: c.Name})
	}
	p.files[i].Text = text
	p.touch(c.Name)
	slices.SortStableFunc(p.files, func(a, b Source) int { return p.rank(a.Name) - p.rank(b.Name) + strings.Compare(a.Name, b.Name) })
	return nil
}

func (p *plan) touch(name string) {
	if !slices.Contains(p.touched, name) {
		p.touched = append(p.touched, name)
	}
}

// holds tells whether a workspace has files of that name.
func (p *plan) holds(name string) bool {
	folder, base := path.Split(name)
	switch {
	case name == p.main:
		return true
	case p.main != auditName:
		return false // the workspace is one file
	case name == "catalogue.yaml":
		return true
	}
	return slices.Contains(folders, strings.TrimSuffix(folder, "/")) && fs.ValidPath(name) &&
		strings.HasSuffix(base, ".yaml") && !strings.HasPrefix(base, ".")
}

const auditName = "flowmap.yaml"

// rank sorts files by their folders, as loading does; names decide after it.
func (p *plan) rank(name string) int {
	if name == p.main {
		return -100
	}
	i := slices.Index(folders, path.Dir(name))
	if i < 0 {
		i = len(folders)
	}
	return 10 * i
}

// write writes what changed. All files are compared with what was read before
// the first is written, and each once more before it gets its name.
func (p *plan) write(d disk, before Workspace) error {
	var files []Source
	var gone []string
	for _, name := range p.touched {
		was, _ := before.File(name)
		i := slices.IndexFunc(p.files, func(f Source) bool { return f.Name == name })
		switch {
		case i < 0:
			gone = append(gone, name)
		case was == nil || string(was) != string(p.files[i].Text):
			files = append(files, p.files[i])
		}
		if err := d.unchanged(name, was); err != nil {
			return err
		}
	}
	err := d.replace(files, func(f Source) error {
		was, _ := before.File(f.Name)
		return d.unchanged(f.Name, was)
	})
	for _, name := range gone {
		if err == nil {
			err = d.remove(name)
		}
	}
	return err
}

// ChangedError says that a file changed on disk since it was read, so that
// nothing was written over it.
type ChangedError struct{ Name string }

func (e *ChangedError) Error() string {
	return fmt.Sprintf("%s changed on disk meanwhile and was not written", e.Name)
}

// WriteError says which file could not be written. What was there is as it
// was.
type WriteError struct {
	Name string
	Err  error
}

func (e *WriteError) Error() string { return fmt.Sprintf("%s cannot be written: %v", e.Name, e.Err) }

// Unwrap returns what the system said.
func (e *WriteError) Unwrap() error { return e.Err }

// BusyError says that another flowmap has held the workspace's lock for long.
type BusyError struct{ Dir string }

func (e *BusyError) Error() string {
	return fmt.Sprintf("%s: another flowmap is writing here and does not end", e.Dir)
}
