package audit_test

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/flowmap-dev/flowmap/pkg/audit"
)

const least = "version: 1\n"

// diskCases are the faults that only a file system can have.
var diskCases = []struct {
	name    string
	make    func(t *testing.T, dir string)
	place   string
	message string
}{
	{"a file over the limit", func(t *testing.T, dir string) {
		write(t, dir, "flowmap.yaml", least)
		write(t, dir, "interviews/a.yaml", "")
		if err := os.Truncate(filepath.Join(dir, "interviews/a.yaml"), 20<<20); err != nil {
			t.Fatal(err)
		}
	}, "interviews/a.yaml:1:1", "the file is over 16 MiB, more than one file may have"},
	{"a link out", func(t *testing.T, dir string) {
		write(t, dir, "flowmap.yaml", least)
		write(t, dir, "interviews/b.yaml", "flows: []\n")
		link(t, "/etc/hostname", filepath.Join(dir, "interviews/a.yaml"))
	}, "interviews/a.yaml:1:1", "the link leads out of the workspace"},
	{"a folder that leads out", func(t *testing.T, dir string) {
		write(t, dir, "flowmap.yaml", least)
		link(t, "/etc", filepath.Join(dir, "interviews"))
	}, "interviews:1:1", "the link leads out of the workspace"},
	{"a .yml file", func(t *testing.T, dir string) {
		write(t, dir, "flowmap.yaml", least)
		write(t, dir, "interviews/a.yml", "flows: []\n")
	}, "interviews/a.yml:1:1", "the file ends in .yml and is not read"},
	{"a .YAML file", func(t *testing.T, dir string) {
		write(t, dir, "flowmap.yaml", least)
		write(t, dir, "scenarios/a.YAML", "name: A\n")
	}, "scenarios/a.YAML:1:1", "the file ends in .YAML and is not read"},
	{"a folder in place of a file", func(t *testing.T, dir string) {
		if err := os.Mkdir(filepath.Join(dir, "flowmap.yaml"), 0o755); err != nil {
			t.Fatal(err)
		}
	}, "flowmap.yaml:1:1", "this is no file"},
	{"a link to nothing", func(t *testing.T, dir string) {
		link(t, "nowhere.yaml", filepath.Join(dir, "flowmap.yaml"))
	}, "flowmap.yaml:1:1", "the file cannot be read: no such file or directory"},
	{"a file in place of a folder", func(t *testing.T, dir string) {
		write(t, dir, "flowmap.yaml", least)
		write(t, dir, "interviews", "flows: []\n")
	}, "interviews:1:1", "the file cannot be read: not a directory"},
	{"a logo that is a link out", func(t *testing.T, dir string) {
		write(t, dir, "flowmap.yaml", least+"brand: {logo: logo.png}\n")
		link(t, "/etc/hostname", filepath.Join(dir, "logo.png"))
	}, "flowmap.yaml:2:15", `brand.logo is "logo.png", which leads out of the workspace`},
	{"a logo that is a folder", func(t *testing.T, dir string) {
		write(t, dir, "flowmap.yaml", least+"brand: {logo: assets}\n")
		write(t, dir, "assets/logo.png", "")
	}, "flowmap.yaml:2:15", `brand.logo is "assets", which is no file`},
	{"a logo below a file", func(t *testing.T, dir string) {
		write(t, dir, "flowmap.yaml", least+"brand: {logo: flowmap.yaml/logo.png}\n")
	}, "flowmap.yaml:2:15", `brand.logo is "flowmap.yaml/logo.png", which cannot be read`},
}

func write(t *testing.T, dir, name, text string) {
	t.Helper()
	path := filepath.Join(dir, name)
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

func link(t *testing.T, to, name string) {
	t.Helper()
	if err := os.Symlink(to, name); err != nil {
		t.Fatal(err)
	}
}

func TestDisk(t *testing.T) {
	for _, c := range diskCases {
		dir := t.TempDir()
		c.make(t, dir)
		_, err := audit.Load(dir)
		want := c.place + ": " + c.message
		if got := strings.Split(told(err), "\n"); got[0] != want || len(got) != 3 || !strings.HasPrefix(got[1], "  hint: ") {
			t.Errorf("%s: %q, want %q and a hint", c.name, got, want)
		}
	}
}

func TestFolderWithoutAWorkspace(t *testing.T) {
	dir := t.TempDir()
	_, err := audit.Load(dir)
	var missing *audit.NotFoundError
	if !errors.As(err, &missing) || err.Error() != dir+": no flowmap.yaml here" {
		t.Errorf("an empty folder: %v", err)
	}
	if _, err := audit.Load(filepath.Join(dir, "no-such-folder")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("no folder: %v", err)
	}
}

func TestWorkspaceInOneFile(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, "audit.yaml", least+"systems: [{id: erp}]\n")
	write(t, dir, "interviews/a.yaml", "not: read\n")
	w := load(t, filepath.Join(dir, "audit.yaml"))
	if len(w.Systems) != 1 || len(w.Files()) != 1 {
		t.Errorf("%d systems in %d files, want 1 in 1", len(w.Systems), len(w.Files()))
	}
}

func TestLinkWithinTheWorkspaceIsFollowed(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, "flowmap.yaml", least)
	write(t, dir, "drafts/maria.yaml", "systems: [{id: erp}]\n")
	if err := os.Mkdir(filepath.Join(dir, "interviews"), 0o755); err != nil {
		t.Fatal(err)
	}
	link(t, "../drafts/maria.yaml", filepath.Join(dir, "interviews/maria.yaml"))
	if w := load(t, dir); len(w.Systems) != 1 {
		t.Errorf("%d systems, want 1", len(w.Systems))
	}
}
