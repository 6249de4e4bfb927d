package wasmcache

import (
	"os"
	"path/filepath"
	"runtime"
	"testing"
)

// home gives the test a home folder of its own and no XDG folder.
func home(t *testing.T) string {
	t.Helper()
	dir, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	// The folders above a test's own are writable by others on some machines.
	if err := private(mkdir(t, dir, "probe", 0o700)); err != nil {
		t.Fatalf("the temporary folder is not fit for this test: %v", err)
	}
	t.Setenv("XDG_CACHE_HOME", filepath.Join(dir, "cache"))
	t.Setenv("LocalAppData", filepath.Join(dir, "cache"))
	t.Setenv("HOME", dir)
	base, err := os.UserCacheDir()
	if err != nil {
		t.Fatal(err)
	}
	return mkdir(t, filepath.Dir(base), filepath.Base(base), 0o700)
}

func mkdir(t *testing.T, parent, name string, mode os.FileMode) string {
	t.Helper()
	dir := filepath.Join(parent, name)
	if err := os.MkdirAll(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(dir, mode); err != nil {
		t.Fatal(err)
	}
	return dir
}

func TestTheFolderIsTheUsersAloneAndLeftEmpty(t *testing.T) {
	want := filepath.Join(home(t), "flowmap")
	got, err := folder()
	if err != nil || got != want {
		t.Fatalf("folder() = %q, %v, want %q", got, err, want)
	}
	info, err := os.Stat(got)
	if err != nil {
		t.Fatal(err)
	}
	if runtime.GOOS != "windows" && info.Mode().Perm() != 0o700 {
		t.Errorf("mode is %v, want 0700", info.Mode().Perm())
	}
	if left, _ := os.ReadDir(got); len(left) != 0 {
		t.Errorf("the probe for room left %v", left)
	}
}

func TestAFolderThatOthersCanReachIsRefused(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Log("folders have no such modes on Windows")
		return
	}
	base := home(t)
	for _, mode := range []os.FileMode{0o770, 0o707, 0o777, 0o720, 0o702, 0o755} {
		mkdir(t, base, "flowmap", mode)
		if dir, err := folder(); err == nil {
			t.Errorf("mode %v: folder() = %q, want an error", mode, dir)
		}
	}
	mkdir(t, base, "flowmap", 0o700)
	if _, err := folder(); err != nil {
		t.Errorf("mode 0700: %v", err)
	}
	if err := os.Chmod(base, 0o777); err != nil {
		t.Fatal(err)
	}
	if dir, err := folder(); err == nil {
		t.Errorf("a cache in a folder that all can write: folder() = %q, want an error", dir)
	}
	if err := os.Chmod(base, 0o777|os.ModeSticky); err != nil {
		t.Fatal(err)
	}
	if _, err := folder(); err != nil {
		t.Errorf("a cache in a sticky folder: %v", err)
	}
}

func TestALinkIsJudgedByWhereItLeads(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Log("links need a privilege on Windows")
		return
	}
	base := home(t)
	open := mkdir(t, t.TempDir(), "open", 0o777)
	if err := os.Symlink(open, filepath.Join(base, "flowmap")); err != nil {
		t.Fatal(err)
	}
	if dir, err := folder(); err == nil {
		t.Errorf("folder() = %q, want an error", dir)
	}
}

func TestAFileInTheFoldersPlaceIsAnError(t *testing.T) {
	base := home(t)
	if err := os.WriteFile(filepath.Join(base, "flowmap"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if dir, err := folder(); err == nil {
		t.Errorf("folder() = %q, want an error", dir)
	}
}

func TestNowhereCannotBeMade(t *testing.T) {
	if err := os.MkdirAll(nowhere(), 0o700); err == nil {
		t.Errorf("%q was made", nowhere())
	}
}

func TestRestorePutsTheTemporaryFolderBack(t *testing.T) {
	found := before
	t.Cleanup(func() { before = found })
	t.Setenv(variable(), "somewhere")
	before = redirect()
	if os.Getenv(variable()) == "somewhere" {
		t.Error("the temporary folder stayed")
	}
	if err := Restore(); err != nil || os.Getenv(variable()) != "somewhere" {
		t.Errorf("after Restore: %q, %v, want %q", os.Getenv(variable()), err, "somewhere")
	}
	os.Unsetenv(variable())
	before = redirect()
	if err := Restore(); err != nil {
		t.Error(err)
	}
	if value, set := os.LookupEnv(variable()); set {
		t.Errorf("after Restore: %q, want unset", value)
	}
}
