package main

import (
	"errors"
	"os"
	"path/filepath"
	"testing"
)

func TestFilesAreReplacedTogetherOrNotAtAll(t *testing.T) {
	dir := t.TempDir()
	one, two := filepath.Join(dir, "one.txt"), filepath.Join(dir, "two.txt")
	put(t, one, "old")
	put(t, two, "old")
	// The third cannot be written: its folder is a file.
	err := replaceAll([]output{{one, []byte("new")}, {two, []byte("new")}, {filepath.Join(one, "three.txt"), []byte("new")}})
	if err == nil {
		t.Fatal("no error for a file inside of a file")
	}
	if got := read(t, one) + read(t, two); got != "oldold" {
		t.Errorf("the old files are now %q", got)
	}
	if err := replaceAll([]output{{one, []byte("new")}, {two, []byte("newer")}}); err != nil {
		t.Fatal(err)
	}
	if got := read(t, one) + read(t, two); got != "newnewer" {
		t.Errorf("the new files are %q", got)
	}
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	if len(entries) != 2 {
		t.Errorf("left behind: %v", entries)
	}
}

func TestTheModeOfAReplacedFileIsKept(t *testing.T) {
	name := filepath.Join(t.TempDir(), "private.txt")
	put(t, name, "old")
	if err := os.Chmod(name, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := replaceAll([]output{{name, []byte("new")}}); err != nil {
		t.Fatal(err)
	}
	info, err := os.Stat(name)
	if err != nil {
		t.Fatal(err)
	}
	if info.Mode().Perm() != 0o600 {
		t.Errorf("the mode is %v", info.Mode())
	}
}

func TestAFileThatCannotBeWrittenSaysWhatToDo(t *testing.T) {
	err := replaceAll([]output{{filepath.Join(t.TempDir(), "no", "such", "file"), nil}})
	var withHint *hinted
	if !errors.As(err, &withHint) || !errors.Is(err, os.ErrNotExist) {
		t.Fatalf("got %v", err)
	}
	if want := "make the folder first, or write somewhere else with -o; what was there before is untouched"; withHint.hint != want {
		t.Errorf("the hint is %q", withHint.hint)
	}
}

func put(t *testing.T, name, text string) {
	t.Helper()
	if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

func read(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
