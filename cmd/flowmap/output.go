package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// write puts bytes on standard output for "-", else into a file, which is
// whole or as it was.
func (w *world) write(name string, text []byte) error {
	if name == "-" {
		_, err := w.out.Write(text)
		return err
	}
	return replaceAll([]output{{name, text}})
}

// output is a file to be written.
type output struct {
	name string
	text []byte
}

// replaceAll writes new files beside the old ones, and only when all are on
// disk gives them their names. If anything fails before, the old ones stay; if
// a name cannot be given, the error says which files are new already.
func replaceAll(outputs []output) error {
	for _, o := range outputs {
		if info, err := os.Stat(o.name); err == nil && !info.Mode().IsRegular() {
			return cannotWrite(o.name, errNoFile)
		}
	}
	temporary := make([]string, 0, len(outputs))
	defer func() {
		for _, name := range temporary {
			os.Remove(name) // those that were renamed are gone already
		}
	}()
	for _, o := range outputs {
		name, err := beside(o)
		if name != "" {
			temporary = append(temporary, name)
		}
		if err != nil {
			return cannotWrite(o.name, err)
		}
	}
	for i, o := range outputs {
		if err := os.Rename(temporary[i], o.name); err != nil {
			return partly(outputs[:i], o.name, err)
		}
	}
	return syncFolders(outputs)
}

var errNoFile = errors.New("there is something of that name that is no file")

// partly says that a name could not be given, and which were given before.
func partly(done []output, name string, err error) error {
	if len(done) == 0 {
		return cannotWrite(name, err)
	}
	names := make([]string, len(done))
	for i, o := range done {
		names[i] = o.name
	}
	return &hinted{fmt.Errorf("%s cannot be replaced: %w", name, err), "these are new already: " + strings.Join(names, ", ")}
}

// beside writes a new file in the same folder, down to the disk.
func beside(o output) (name string, err error) {
	f, err := os.CreateTemp(filepath.Dir(o.name), "."+filepath.Base(o.name)+".*")
	if err != nil {
		return "", err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	if _, err := f.Write(o.text); err != nil {
		return f.Name(), err
	}
	if err := f.Chmod(modeOf(o.name)); err != nil {
		return f.Name(), err
	}
	return f.Name(), f.Sync()
}

// modeOf is the mode of the file that is replaced, or that of a new one.
func modeOf(name string) fs.FileMode {
	if info, err := os.Stat(name); err == nil {
		return info.Mode().Perm()
	}
	return 0o644
}

// syncFolders makes the new names durable. Where a folder cannot be synced
// (Windows), the system does so in its own time.
func syncFolders(outputs []output) error {
	last := ""
	for _, o := range outputs {
		dir := filepath.Dir(o.name)
		if dir == last {
			continue
		}
		last = dir
		f, err := os.Open(dir)
		if err != nil {
			continue
		}
		f.Sync()
		f.Close()
	}
	return nil
}

func cannotWrite(name string, err error) error {
	var pathErr *fs.PathError
	if errors.As(err, &pathErr) {
		err = pathErr.Err
	}
	advice := "write somewhere else with -o"
	if errors.Is(err, fs.ErrNotExist) {
		advice = "make the folder first, or write somewhere else with -o"
	}
	return &hinted{fmt.Errorf("%s cannot be written: %w", name, err), advice + "; what was there before is untouched"}
}

// makeFolder makes the folder for outputs.
func makeFolder(dir string) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return cannotWrite(dir, err)
	}
	return nil
}
