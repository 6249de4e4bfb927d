package audit

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// diskIn opens a folder with one old file.
func diskIn(t *testing.T) (disk, string) {
	t.Helper()
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "a.yaml"), []byte("old"), 0o640); err != nil {
		t.Fatal(err)
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { root.Close() })
	return newDisk(root), dir
}

func agree(Source) error { return nil }

func TestAFullDiskLeavesTheOldFile(t *testing.T) {
	d, dir := diskIn(t)
	d.write = func(f *os.File, text []byte) error {
		f.Write(text[:1])
		return &os.PathError{Op: "write", Path: f.Name(), Err: syscall.ENOSPC}
	}
	err := d.replace([]Source{{"a.yaml", []byte("new")}}, agree)
	if !errors.Is(err, syscall.ENOSPC) || err.Error() != "a.yaml cannot be written: "+syscall.ENOSPC.Error() {
		t.Errorf("got %v", err)
	}
	holdsOld(t, dir, 1)
}

func TestACrashBeforeTheRenameLeavesTheOldFile(t *testing.T) {
	d, dir := diskIn(t)
	s, err := d.stage(Source{"a.yaml", []byte("new")})
	if err != nil {
		t.Fatal(err)
	}
	holdsOld(t, dir, 2)
	text, err := os.ReadFile(filepath.Join(dir, s.temporary))
	if err != nil || string(text) != "new" || !strings.HasPrefix(s.temporary, ".") {
		t.Errorf("the new text in %s is %q, %v", s.temporary, text, err)
	}
	// The next write passes by what the crash left.
	if err := d.replace([]Source{{"a.yaml", []byte("newer")}}, agree); err != nil {
		t.Fatal(err)
	}
	text, err = os.ReadFile(filepath.Join(dir, "a.yaml"))
	if err != nil || string(text) != "newer" {
		t.Errorf("a.yaml is %q, %v", text, err)
	}
	info, err := os.Stat(filepath.Join(dir, "a.yaml"))
	if err != nil || info.Mode().Perm() != 0o640 {
		t.Errorf("mode %v, %v, want 0640", info.Mode(), err)
	}
}

func TestWhatIsLeftOfACrashDoesNotDisturbLoading(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "flowmap.yaml"), []byte("version: 1\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer root.Close()
	d := newDisk(root)
	for _, name := range []string{"flowmap.yaml", "interviews/a.yaml"} {
		if _, err := d.stage(Source{name, []byte("half a fi: [")}); err != nil {
			t.Fatal(err)
		}
	}
	if w, err := Load(dir); err != nil || len(w.Files()) != 1 {
		t.Errorf("%d files, %v; want flowmap.yaml alone", len(w.Files()), err)
	}
}

func TestARefusedRenameLeavesTheOldFile(t *testing.T) {
	d, dir := diskIn(t)
	d.rename = func(old, name string) error {
		return &os.LinkError{Op: "rename", Old: old, New: name, Err: syscall.EACCES}
	}
	err := d.replace([]Source{{"a.yaml", []byte("new")}}, agree)
	if !errors.Is(err, os.ErrPermission) || err.Error() != "a.yaml cannot be written: permission denied" {
		t.Errorf("got %v", err)
	}
	holdsOld(t, dir, 1)
}

func TestAChangeBetweenTheCheckAndTheRenameIsSeen(t *testing.T) {
	d, dir := diskIn(t)
	err := d.replace([]Source{{"a.yaml", []byte("new")}}, func(f Source) error {
		if err := d.unchanged(f.Name, []byte("old")); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, "a.yaml"), []byte("saved"), 0o644); err != nil {
			t.Fatal(err)
		}
		return d.unchanged(f.Name, []byte("old"))
	})
	var changed *ChangedError
	if !errors.As(err, &changed) {
		t.Errorf("got %v, want a ChangedError", err)
	}
}

// holdsOld checks that the old file is whole, among so many.
func holdsOld(t *testing.T, dir string, files int) {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(dir, "a.yaml"))
	if err != nil || string(text) != "old" {
		t.Errorf("a.yaml is %q, %v, want the old one", text, err)
	}
	if entries, err := os.ReadDir(dir); err != nil || len(entries) != files {
		t.Errorf("%v, %v, want %d files", entries, err, files)
	}
}

func TestLinksThatLeadOutAreNotFollowed(t *testing.T) {
	d, dir := diskIn(t)
	outside := filepath.Join(t.TempDir(), "out")
	if err := os.WriteFile(outside, []byte("secret"), 0o644); err != nil {
		t.Fatal(err)
	}
	for name, to := range map[string]string{"abs.yaml": outside, "up.yaml": "../out", "ring.yaml": "ring.yaml"} {
		if err := os.Symlink(to, filepath.Join(dir, name)); err != nil {
			t.Fatal(err)
		}
		var bad *WriteError
		if err := d.replace([]Source{{name, []byte("new")}}, agree); !errors.As(err, &bad) {
			t.Errorf("%s: got %v, want a refusal", name, err)
		}
	}
	if text, err := os.ReadFile(outside); err != nil || string(text) != "secret" {
		t.Errorf("outside is %q, %v", text, err)
	}
}
