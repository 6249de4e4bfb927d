//go:build e2e

package e2etest

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// binary is the flowmap under test, built once for all tests in a folder that any
// user may read.
var binary string

func TestMain(m *testing.M) { os.Exit(runAll(m)) }

func runAll(m *testing.M) int {
	dir, err := os.MkdirTemp("", "flowmap-e2e-")
	if err == nil {
		err = os.Chmod(dir, 0o755)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer os.RemoveAll(dir)
	binary = filepath.Join(dir, "flowmap")
	build := exec.Command("go", "build", "-o", binary, "./cmd/flowmap")
	build.Dir = filepath.Join("..", "..")
	if text, err := build.CombinedOutput(); err != nil {
		fmt.Fprintf(os.Stderr, "go build ./cmd/flowmap: %v\n%s", err, text)
		return 1
	}
	defer closeBrowser()
	return m.Run()
}

// ran is what a program printed and the code it ended with.
type ran struct {
	stdout, stderr string
	code           int
}

// start runs a program to its end; one that cannot be started, or has not ended
// after two minutes, fails the test.
func start(t *testing.T, env []string, name string, args ...string) ran {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
	defer cancel()
	c := exec.CommandContext(ctx, name, args...)
	c.Env = env
	var stdout, stderr bytes.Buffer
	c.Stdout, c.Stderr = &stdout, &stderr
	err := c.Run()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) || ctx.Err() != nil {
		t.Fatalf("%s: %v, %v", name, err, ctx.Err())
	}
	return ran{stdout.String(), stderr.String(), c.ProcessState.ExitCode()}
}

// program runs one that is not flowmap and has to succeed.
func program(t *testing.T, name string, args ...string) string {
	t.Helper()
	r := start(t, nil, name, args...)
	if r.code != 0 {
		t.Fatalf("%s %s ended with %d:\n%s%s", name, strings.Join(args, " "), r.code, r.stdout, r.stderr)
	}
	return r.stdout
}

// flowmap runs the binary under test.
func flowmap(t *testing.T, args ...string) ran {
	t.Helper()
	return start(t, nil, binary, args...)
}

// done is flowmap for commands that have to succeed.
func done(t *testing.T, args ...string) string {
	t.Helper()
	r := flowmap(t, args...)
	if r.code != 0 {
		t.Fatalf("flowmap %s ended with %d:\n%s", strings.Join(args, " "), r.code, r.stderr)
	}
	return r.stdout
}

// decoded is the one JSON document that a command with --json prints.
func decoded[T any](t *testing.T, args ...string) T {
	t.Helper()
	var v T
	text := done(t, args...)
	if err := json.Unmarshal([]byte(text), &v); err != nil {
		t.Fatalf("flowmap %s: %v in\n%s", strings.Join(args, " "), err, text)
	}
	return v
}

// example copies a workspace of examples/ into a folder of the test's own.
func example(t *testing.T, name string) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), name)
	source := os.DirFS(filepath.Join("..", "..", "examples", name))
	if err := os.CopyFS(dir, source); err != nil {
		t.Fatal(err)
	}
	if err := os.RemoveAll(filepath.Join(dir, "report")); err != nil {
		t.Fatal(err)
	}
	return dir
}

// reported is the folder that flowmap report writes for a workspace.
func reported(t *testing.T, workspace string) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "report")
	done(t, "report", workspace, "-o", dir)
	keep(t, dir)
	return dir
}

// keep copies a file or folder to where FLOWMAP_E2E_OUT says, for a person to look
// at.
func keep(t *testing.T, path string) {
	t.Helper()
	out := os.Getenv("FLOWMAP_E2E_OUT")
	if out == "" {
		return
	}
	to := filepath.Join(out, filepath.FromSlash(t.Name()), filepath.Base(path))
	if err := os.MkdirAll(filepath.Dir(to), 0o755); err != nil {
		t.Fatal(err)
	}
	program(t, "cp", "-rT", path, to)
}

// write puts the files, named with slashes, into a new folder.
func write(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// contents maps what lies in a folder to what is in it: a hash for a file, where it
// leads for a link. A folder that is not there has none.
func contents(t *testing.T, dir string) map[string]string {
	t.Helper()
	found := map[string]string{}
	err := filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		if errors.Is(err, fs.ErrNotExist) && path == dir {
			return fs.SkipAll
		}
		if err != nil {
			return err
		}
		name, err := filepath.Rel(dir, path)
		if err != nil {
			return err
		}
		found[name], err = identity(path, entry)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func identity(path string, entry fs.DirEntry) (string, error) {
	switch {
	case entry.IsDir():
		return "folder", nil
	case entry.Type()&fs.ModeSymlink != 0:
		return os.Readlink(path)
	}
	content, err := os.ReadFile(path)
	return fmt.Sprintf("%x", sha256.Sum256(content)), err
}

// changes lists what differs between two contents.
func changes(before, after map[string]string) []string {
	var list []string
	for name, was := range before {
		if is, ok := after[name]; !ok {
			list = append(list, "gone: "+name)
		} else if is != was {
			list = append(list, "changed: "+name)
		}
	}
	for name := range after {
		if _, ok := before[name]; !ok {
			list = append(list, "new: "+name)
		}
	}
	return list
}
