package audit

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"runtime"
	"syscall"
)

// Replace writes files in a folder, relative to it, each whole or as it was:
// all are on disk under another name before the first gets its own, with the
// mode of the file that it replaces. A link stays a link; what it leads to, in
// the folder, is replaced. The error is a WriteError.
func Replace(dir string, files ...Source) error {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return &WriteError{dir, plainError(err)}
	}
	defer root.Close() // nothing is written through it
	return newDisk(root).replace(files, func(Source) error { return nil })
}

// disk writes files in one folder and below it. The steps that a full disk or
// a lost power interrupts are fields, so that tests can.
type disk struct {
	root   *os.Root
	write  func(f *os.File, text []byte) error
	rename func(old, name string) error
}

func newDisk(root *os.Root) disk {
	return disk{root: root, rename: root.Rename, write: func(f *os.File, text []byte) error {
		_, err := f.Write(text)
		return err
	}}
}

// staged is a file that is on disk under another name.
type staged struct {
	file      Source
	temporary string
	final     string // where links lead
}

// replace writes files; before each gets its name, agree may still refuse.
func (d disk) replace(files []Source, agree func(Source) error) error {
	all := make([]staged, 0, len(files))
	defer func() {
		for _, s := range all {
			d.root.Remove(s.temporary) // those that got their names are gone already
		}
	}()
	for _, f := range files {
		s, err := d.stage(f)
		if s.temporary != "" {
			all = append(all, s)
		}
		if err != nil {
			return &WriteError{f.Name, plainError(err)}
		}
	}
	for _, s := range all {
		if err := agree(s.file); err != nil {
			return err
		}
		if err := d.rename(s.temporary, s.final); err != nil {
			return &WriteError{s.file.Name, plainError(err)}
		}
		if err := d.syncFolder(path.Dir(s.final)); err != nil {
			return &WriteError{s.file.Name, plainError(err)}
		}
	}
	return nil
}

// stage writes a file under another name in the same folder, down to the disk.
func (d disk) stage(f Source) (s staged, err error) {
	s.file = f
	if s.final, err = d.follow(f.Name); err != nil {
		return s, err
	}
	if err := d.makeFolder(path.Dir(s.final)); err != nil {
		return s, err
	}
	mode := fs.FileMode(0o644)
	if info, err := d.root.Stat(s.final); err == nil {
		mode = info.Mode().Perm()
	}
	out, name, err := d.create(path.Dir(s.final))
	if err != nil {
		return s, err
	}
	s.temporary = name
	err = d.write(out, f.Text)
	if err == nil {
		err = out.Chmod(mode)
	}
	if err == nil {
		err = out.Sync()
	}
	return s, errors.Join(err, out.Close())
}

// follow returns where a link leads, or the name itself.
func (d disk) follow(name string) (string, error) {
	for range 40 { // as many as Linux follows
		info, err := d.root.Lstat(name)
		if errors.Is(err, fs.ErrNotExist) || err == nil && info.Mode()&fs.ModeSymlink == 0 {
			return name, nil
		}
		if err != nil {
			return "", err
		}
		to, err := d.root.Readlink(name)
		if err != nil {
			return "", err
		}
		if to = path.Clean(slashes(to)); path.IsAbs(to) {
			return "", errors.New("the link leads out of the folder")
		}
		name = path.Join(path.Dir(name), to)
	}
	return "", errors.New("links lead in a ring")
}

// makeFolder makes a folder whose name is durable.
func (d disk) makeFolder(name string) error {
	if _, err := d.root.Stat(name); err == nil {
		return nil
	}
	if err := d.root.MkdirAll(name, 0o755); err != nil {
		return err
	}
	return d.syncFolder(path.Dir(name))
}

// create makes a new file with a name that loading passes over, so that one
// that a crash leaves behind does no harm.
func (d disk) create(folder string) (*os.File, string, error) {
	for n := 0; ; n++ {
		name := path.Join(folder, fmt.Sprintf(".flowmap-%d-%d", os.Getpid(), n))
		f, err := d.root.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
		if err == nil {
			return f, name, nil
		}
		if !errors.Is(err, fs.ErrExist) || n == 1000 {
			return nil, "", err
		}
	}
}

// remove takes a file away for good.
func (d disk) remove(name string) error {
	err := d.root.Remove(name)
	if err == nil {
		err = d.syncFolder(path.Dir(name))
	}
	if err != nil {
		return &WriteError{name, plainError(err)}
	}
	return nil
}

// syncFolder makes the names in a folder durable. Where folders cannot be
// synced, the system does it in its own time.
func (d disk) syncFolder(name string) error {
	if runtime.GOOS == "windows" {
		return nil
	}
	f, err := d.root.Open(name)
	if err != nil {
		return err
	}
	err = f.Sync()
	if errors.Is(err, errors.ErrUnsupported) || errors.Is(err, syscall.EINVAL) {
		err = nil
	}
	return errors.Join(err, f.Close())
}

// unchanged refuses to write over what is not as it was read; nil is no file.
func (d disk) unchanged(name string, was []byte) error {
	now, err := readFile(d.root, name)
	switch {
	case errors.Is(err, fs.ErrNotExist) && was == nil:
		return nil
	case err == nil && was != nil && bytes.Equal(now, was):
		return nil
	}
	return &ChangedError{name}
}

// plainError leaves the operation and the temporary name out of what the
// system said.
func plainError(err error) error {
	var pathErr *fs.PathError
	var linkErr *os.LinkError
	switch {
	case errors.As(err, &pathErr):
		return pathErr.Err
	case errors.As(err, &linkErr):
		return linkErr.Err
	}
	return err
}
