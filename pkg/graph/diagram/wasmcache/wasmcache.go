// Package wasmcache keeps the machine code that Graphviz is compiled to out of
// the shared temporary folder.
//
// go-graphviz compiles Graphviz when the process starts and keeps the result
// in a folder of the temporary folder, under a name that anybody on the
// machine can make first and fill with machine code of their own. This package
// is initialised before it and names another temporary folder for that moment:
// one under the user's own cache that nobody else can write to, or, where there
// is none, a path that cannot be made, so that go-graphviz runs without a
// cache. Restore puts the temporary folder back.
//
// Go initialises packages in the order of their import paths, as far as what
// they import allows: this one must sort before github.com/goccy and import
// nothing but what go-graphviz needs as well. A test of package diagram, which
// alone imports it, holds it to that.
package wasmcache

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
)

// room is what a new cache must have space for, in bytes: the machine code
// takes 6 MB, and a cache that cannot be written stops go-graphviz with a panic.
const room = 8 << 20

// before is the temporary folder as the process found it.
var before = redirect()

type setting struct {
	name, value string
	set         bool
}

// Restore gives the process its temporary folder back. Package diagram calls
// it as soon as go-graphviz has started.
func Restore() error {
	if before.set {
		return os.Setenv(before.name, before.value)
	}
	return os.Unsetenv(before.name)
}

func redirect() setting {
	was := setting{name: variable()}
	was.value, was.set = os.LookupEnv(was.name)
	dir, err := folder()
	if err != nil {
		dir = nowhere()
	}
	// It fails for a name with "=" or a value with NUL alone: neither is one here.
	_ = os.Setenv(was.name, dir)
	return was
}

// variable is the name of the variable that os.TempDir looks at first.
func variable() string {
	if runtime.GOOS == "windows" {
		return "TMP"
	}
	return "TMPDIR"
}

// nowhere is a path that no program can make.
func nowhere() string {
	if runtime.GOOS == "windows" {
		return `C:\flowmap?\none`
	}
	return filepath.Join(os.DevNull, "flowmap")
}

// folder makes the cache's folder and checks that it is the user's alone.
func folder() (string, error) {
	base, err := os.UserCacheDir()
	if err != nil {
		return "", err
	}
	dir := filepath.Join(base, "flowmap")
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return "", err
	}
	if dir, err = filepath.EvalSymlinks(dir); err != nil {
		return "", err
	}
	if err := private(dir); err != nil {
		return "", err
	}
	if _, err := os.Stat(filepath.Join(dir, "go-graphviz")); errors.Is(err, os.ErrNotExist) {
		return dir, spacious(dir)
	}
	return dir, nil
}

// private tells whether nobody but the user can write to dir, now or by putting
// another folder in the place of one that leads to it.
func private(dir string) error {
	for at := dir; ; at = filepath.Dir(at) {
		info, err := os.Lstat(at)
		if err != nil {
			return err
		}
		if at == dir && info.Mode().Perm()&0o077 != 0 && runtime.GOOS != "windows" {
			return fmt.Errorf("%s can be read or written by others", at)
		}
		if err := trusted(at, info); err != nil {
			return err
		}
		if at == filepath.Dir(at) {
			return nil
		}
	}
}

// spacious tells whether dir has room for the cache.
func spacious(dir string) (err error) {
	file, err := os.CreateTemp(dir, "room-*")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, file.Close(), os.Remove(file.Name())) }()
	if _, err = file.Write(make([]byte, room)); err != nil {
		return err
	}
	return file.Sync()
}
