package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// With and without what was kept the figures are the same; a changed file, a
// damaged cache and a broken workspace are noticed.
func TestWhatIsKeptOfClientsIsNeverWrong(t *testing.T) {
	dir, cache := t.TempDir(), t.TempDir()
	if err := os.CopyFS(dir, os.DirFS(filepath.Join("..", "..", "examples"))); err != nil {
		t.Fatal(err)
	}
	run := func(want int, args ...string) string {
		t.Helper()
		var o, e bytes.Buffer
		w := &world{in: strings.NewReader(""), out: &o, err: &e, cache: cache, env: func(string) string { return "" }}
		if code := w.run(t.Context(), append([]string{"portfolio", dir, "--json"}, args...)); code != want {
			t.Fatalf("exit code %d: %s", code, &e)
		}
		return o.String()
	}
	fresh := run(exitDone, "--fresh")
	if entries, _ := filepath.Glob(filepath.Join(cache, "flowmap", "portfolio", "*")); len(entries) != 0 {
		t.Errorf("--fresh kept %v", entries)
	}
	for range 2 { // the first keeps them, the second takes them
		if run(exitDone) != fresh {
			t.Error("what was kept gives other figures")
		}
	}
	entries, _ := filepath.Glob(filepath.Join(cache, "flowmap", "portfolio", "*"))
	if len(entries) != 3 {
		t.Fatalf("%d clients are kept, want 3", len(entries))
	}
	for _, damage := range []func([]byte) []byte{
		func(text []byte) []byte { return text[:len(text)/2] },
		func(text []byte) []byte { text[len(text)-3] ^= 1; return text },
		func([]byte) []byte { return nil },
	} {
		for _, name := range entries {
			text, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(name, damage(text), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		if run(exitDone) != fresh {
			t.Error("a damaged cache gives other figures")
		}
	}
	main := filepath.Join(dir, "tienda", "flowmap.yaml")
	text, err := os.ReadFile(main)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(main, bytes.Replace(text, []byte("hourly_cost: 19.5"), []byte("hourly_cost: 40"), 1), 0o600); err != nil {
		t.Fatal(err)
	}
	changed := run(exitDone)
	if changed == fresh || changed != run(exitDone, "--fresh") {
		t.Error("a changed file gives the old figures")
	}
	if err := os.WriteFile(main, []byte("version: ["), 0o600); err != nil {
		t.Fatal(err)
	}
	if broken := run(exitFailed); !strings.Contains(broken, "tienda") || strings.Contains(broken, `"clients": 3`) {
		t.Error("a broken workspace is taken from the cache")
	}
}

// The day that stands for the workspaces' own is part of what their clients are made
// of: later, prices are stale.
func TestWhatIsKeptIsOfItsDay(t *testing.T) {
	cache := t.TempDir()
	run := func(seconds string, args ...string) string {
		t.Helper()
		var o, e bytes.Buffer
		w := &world{in: strings.NewReader(""), out: &o, err: &e, cache: cache, env: func(name string) string {
			if name == "SOURCE_DATE_EPOCH" {
				return seconds
			}
			return ""
		}}
		if code := w.run(t.Context(), append([]string{"portfolio", filepath.Join("..", "..", "examples"), "--json"}, args...)); code != exitDone {
			t.Fatalf("exit code %d: %s", code, &e)
		}
		return o.String()
	}
	const year2026, year2033 = "1780000000", "2000000000"
	early := run(year2026)
	if late := run(year2033); late == early || late != run(year2033, "--fresh") {
		t.Error("in 2033 a client is as it was kept in 2026")
	}
	if run(year2026) != early {
		t.Error("in 2026 a client is as it was kept in 2033")
	}
}

// What lies beside a workspace's files, a recording say, is neither read nor noticed.
func TestOnlyWhatIsReadIsHashed(t *testing.T) {
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS(filepath.Join("..", "..", "examples", "tienda-after"))); err != nil {
		t.Fatal(err)
	}
	c := clientCache{folder: t.TempDir()}
	save := func(name, text string) [32]byte {
		t.Helper()
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		_, made, ok := c.entry(dir)
		if !ok {
			t.Fatalf("with %s nothing is kept", name)
		}
		return made
	}
	before := save("notes.txt", "")
	for _, name := range []string{"interviews/nora.m4a", "export.json", "actuals/log.csv"} {
		if save(name, "x") != before {
			t.Errorf("%s changes what is kept", name)
		}
	}
	for _, name := range []string{"interviews/more.yaml", "catalogue.yaml", "promise.json", "actuals/more.yml"} {
		now := save(name, "x")
		if now == before {
			t.Errorf("%s changes nothing", name)
		}
		before = now
	}
}
