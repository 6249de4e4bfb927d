//go:build e2e

package e2etest

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"
)

// On a file system of 64 KiB that holds an old report, a new one does not fit. The
// file system lives in a mount namespace of its own, which ends with the shell.
func TestAFullDiskLeavesTheOldReport(t *testing.T) {
	fresh := reported(t, example(t, "distribuidora"))
	var old strings.Builder
	for name := range contents(t, fresh) {
		if name != "." && filepath.Ext(name) != "" {
			fmt.Fprintf(&old, "mkdir -p \"$(dirname report/%[1]s)\"; echo old > report/%[1]s\n", name)
		}
	}
	script := `set -eu
mount -t tmpfs -o size=64k flowmap-e2e "$1"
cd "$1"; mkdir report
` + old.String() + `
list() { find . -type f | sort | xargs sha256sum; }
before=$(list)
code=0
"$2" report "$3" -o report || code=$?
after=$(list)
echo "exit $code" >&2
[ "$before" = "$after" ] || { echo "before:"; echo "$before"; echo "after:"; echo "$after"; }
`
	r := inMountNamespace(t, script, t.TempDir(), binary, example(t, "distribuidora"))
	if !strings.HasSuffix(r.stderr, "exit 1\n") {
		t.Errorf("a report on a full disk has to end with 1:\n%s", r.stderr)
	}
	if !strings.Contains(r.stderr, "no space left") {
		t.Errorf("the error does not say that the disk is full:\n%s", r.stderr)
	}
	if strings.Contains(r.stdout, "before:") {
		t.Errorf("the files on the full disk are not what they were:\n%s", r.stdout)
	}
}

// inMountNamespace runs a script as root of a namespace whose mounts nobody else
// sees.
func inMountNamespace(t *testing.T, script string, args ...string) ran {
	t.Helper()
	command := []string{"--mount"}
	if os.Getuid() != 0 {
		command = append(command, "--user", "--map-root-user")
	}
	command = append(command, "bash", "-c", script, "script")
	r := start(t, nil, "unshare", append(command, args...)...)
	if r.code != 0 {
		t.Fatalf("the script in a mount namespace ended with %d:\n%s%s", r.code, r.stdout, r.stderr)
	}
	return r
}

const nobody = 65534

// asNobody runs flowmap as a user who has no rights and no home. Root may write
// where modes forbid it.
func asNobody(t *testing.T, args ...string) ran {
	t.Helper()
	if os.Getuid() != 0 {
		return flowmap(t, args...)
	}
	id := strconv.Itoa(nobody)
	env := []string{"PATH=" + os.Getenv("PATH"), "HOME=/nonexistent"}
	return start(t, env, "setpriv", append([]string{"--reuid", id, "--regid", id, "--clear-groups", binary}, args...)...)
}

func TestAFolderThatMayNotBeWrittenStaysAsItWas(t *testing.T) {
	dir := openFolder(t)
	workspace := filepath.Join(dir, "workspace")
	if err := os.CopyFS(workspace, os.DirFS(example(t, "tienda"))); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(workspace, 0o555); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := os.Chmod(workspace, 0o755); err != nil {
			t.Error(err)
		}
	})
	before := contents(t, workspace)
	r := asNobody(t, "report", workspace)
	if r.code != 1 || !strings.Contains(r.stderr, "permission denied") || !strings.Contains(r.stderr, "report") {
		t.Errorf("a report into a folder that may not be written ended with %d and says:\n%s", r.code, r.stderr)
	}
	for _, change := range changes(before, contents(t, workspace)) {
		t.Errorf("it left a change: %s", change)
	}
	if r := asNobody(t, "check", workspace); r.code != 0 {
		t.Errorf("check, which only reads, ended with %d:\n%s", r.code, r.stderr)
	}
}

// openFolder is a temporary folder that every user may enter.
func openFolder(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp("", "flowmap-e2e-open-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := os.RemoveAll(dir); err != nil {
			t.Error(err)
		}
	})
	if err := os.Chmod(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	return dir
}

func TestTheSameWorkspaceGivesTheSameBytes(t *testing.T) {
	workspace := example(t, "distribuidora")
	first := contents(t, reported(t, workspace))
	for _, elsewhere := range []string{"TZ=Asia/Tokyo", "LC_ALL=de_DE.UTF-8", "GOMAXPROCS=1"} {
		out := filepath.Join(t.TempDir(), "report")
		if r := start(t, append(os.Environ(), elsewhere), binary, "report", workspace, "-o", out); r.code != 0 {
			t.Fatalf("report ended with %d:\n%s", r.code, r.stderr)
		}
		for _, change := range changes(first, contents(t, out)) {
			t.Errorf("with %s, %s", elsewhere, change)
		}
	}
}

// Ctrl-C comes at twenty moments of a run. Whatever the moment, each file is the old
// one or the new one, and nothing else is there.
func TestCtrlCLeavesEveryFileWhole(t *testing.T) {
	workspace := example(t, "distribuidora")
	began := time.Now()
	fresh := contents(t, reported(t, workspace))
	whole := time.Since(began)
	const moments = 20
	interrupted := 0
	for i := range moments {
		out := filepath.Join(t.TempDir(), "report")
		old := map[string]string{}
		for name := range fresh {
			old[name] = oldFile(t, out, name, fresh[name] == "folder")
		}
		switch code := interruptAfter(t, whole*time.Duration(i+1)/moments, "report", workspace, "-o", out); code {
		case 130:
			interrupted++
		case 0, beforeItBegan:
		default:
			t.Errorf("interrupted at moment %d, it ended with %d, want 130", i, code)
		}
		for name, is := range contents(t, out) {
			if is != old[name] && is != fresh[name] {
				t.Errorf("interrupted at moment %d, it left %s neither old nor new", i, name)
			}
		}
	}
	if interrupted == 0 {
		t.Errorf("none of %d runs ended with 130", moments)
	}
}

// oldFile writes what an earlier run left under the name, and returns its identity.
func oldFile(t *testing.T, dir, name string, folder bool) string {
	t.Helper()
	path := filepath.Join(dir, name)
	if folder {
		if err := os.MkdirAll(path, 0o755); err != nil {
			t.Fatal(err)
		}
		return "folder"
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte("old\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	return contents(t, filepath.Dir(path))[filepath.Base(path)]
}

// beforeItBegan is the code of a process that Ctrl-C ended before its main began; a
// shell shows it as 130, too.
const beforeItBegan = -1

// interruptAfter starts flowmap, sends it what Ctrl-C sends, and returns the code
// that it ended with.
func interruptAfter(t *testing.T, after time.Duration, args ...string) int {
	t.Helper()
	c := exec.CommandContext(t.Context(), binary, args...)
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	time.Sleep(after)
	if err := c.Process.Signal(os.Interrupt); err != nil && !errors.Is(err, os.ErrProcessDone) {
		t.Fatal(err)
	}
	var exit *exec.ExitError
	if err := c.Wait(); err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	return c.ProcessState.ExitCode()
}

// The library that lays maps out keeps compiled code in the shared temporary folder,
// where anybody could lay it ready. flowmap keeps it under the user's own cache, or
// does without.
func TestNoCompiledCodeLiesInTheSharedTemporaryFolder(t *testing.T) {
	workspace := example(t, "tienda")
	for name, home := range map[string]string{"with a home": t.TempDir(), "without a home": ""} {
		t.Run(name, func(t *testing.T) {
			shared := t.TempDir()
			env := []string{"PATH=" + os.Getenv("PATH"), "TMPDIR=" + shared}
			if home != "" {
				env = append(env, "HOME="+home)
			}
			out := filepath.Join(t.TempDir(), "map.svg")
			for range 2 {
				if r := start(t, env, binary, "map", workspace, "--format", "svg", "-o", out); r.code != 0 {
					t.Fatalf("map ended with %d:\n%s", r.code, r.stderr)
				}
			}
			for found := range contents(t, shared) {
				if found != "." {
					t.Errorf("it left %s in the temporary folder", found)
				}
			}
		})
	}
}

func TestTheCacheIsTheUsersOwn(t *testing.T) {
	home := t.TempDir()
	env := []string{"PATH=" + os.Getenv("PATH"), "HOME=" + home}
	if r := start(t, env, binary, "map", example(t, "tienda"), "--format", "svg", "-o", filepath.Join(t.TempDir(), "map.svg")); r.code != 0 {
		t.Fatalf("map ended with %d:\n%s", r.code, r.stderr)
	}
	folders, err := filepath.Glob(filepath.Join(home, ".cache", "*"))
	if err != nil || len(folders) == 0 {
		t.Fatalf("%d folders in the user's cache: %v", len(folders), err)
	}
	for _, folder := range folders {
		info, err := os.Stat(folder)
		if err != nil {
			t.Fatal(err)
		}
		if info.Mode().Perm() != 0o700 {
			t.Errorf("%s has the mode %v, want 0700", folder, info.Mode().Perm())
		}
	}
}
