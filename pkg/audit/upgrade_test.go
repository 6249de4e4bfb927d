package audit

import (
	"errors"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// folderOf writes files into a new folder.
func folderOf(t *testing.T, files ...Source) string {
	t.Helper()
	dir := t.TempDir()
	for _, f := range files {
		name := filepath.Join(dir, filepath.FromSlash(f.Name))
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, f.Text, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func textsOf(t *testing.T, dir string) map[string]string {
	t.Helper()
	root, main, err := openRoot(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer root.Close()
	files, problems := read(root, main)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	texts := map[string]string{}
	for _, f := range files {
		texts[f.Name] = string(f.Text)
	}
	return texts
}

// Frozen workspaces of each version of the format stand in testdata/formats, as
// people wrote them: they load, for ever, and after an upgrade they are of the
// newest version.
func TestFrozenWorkspacesUpgrade(t *testing.T) {
	for version := 1; version <= FormatVersion; version++ {
		frozen := filepath.Join("testdata", "formats", PlainNumber(float64(version)))
		before := textsOf(t, frozen)
		var files []Source
		for name, text := range before {
			files = append(files, Source{Name: name, Text: []byte(text)})
		}
		dir := folderOf(t, files...)
		from, rewritten, err := Upgrade(dir)
		if err != nil {
			t.Fatalf("version %d: %v", version, err)
		}
		if from != version || (len(rewritten) > 0) != (version < FormatVersion) {
			t.Errorf("version %d: upgraded from %d, rewriting %v", version, from, rewritten)
		}
		if _, err := Load(dir); err != nil {
			t.Errorf("version %d: after the upgrade: %v", version, err)
		}
		once := textsOf(t, dir)
		if version == FormatVersion && !maps.Equal(before, once) {
			t.Errorf("version %d: the newest version was changed", version)
		}
		if _, again, err := Upgrade(dir); err != nil || len(again) > 0 || !maps.Equal(once, textsOf(t, dir)) {
			t.Errorf("version %d: a second upgrade rewrote %v, error %v", version, again, err)
		}
	}
}

// remarks is the step from an invented version 0, in which the notes of a flow
// were its remark.
func remarks(files []Source) ([]FileChange, error) {
	var changes []FileChange
	for _, f := range files {
		if strings.Contains(string(f.Text), "remark:") {
			remark := Path{"flows", "[id=orders]", "remark"}
			changes = append(changes, FileChange{Name: f.Name, Changes: []Change{{toRename, remark, Text("notes")}}})
		}
	}
	return changes, nil
}

func invented(t *testing.T) string {
	return folderOf(t,
		Source{Name: "flowmap.yaml", Text: []byte("# the audit\nversion: 0 # the first\n\nsystems: [{id: shop}, {id: erp}]\nflows:\n  - {id: orders, from: shop, to: erp, entity: order} # typed\nentities: [{id: order}]\n")},
		Source{Name: "interviews/ana.yaml", Text: []byte("# asked on the phone\ninterview: {with: Ana, date: 2026-11-02, department: sales}\nflows:\n  - id: orders\n    remark: by phone  # said twice\n")},
	)
}

func TestUpgradeKeepsEveryOtherByte(t *testing.T) {
	dir := invented(t)
	before := textsOf(t, dir)
	from, rewritten, err := upgradeBy(dir, map[int]upgrade{0: remarks}, 1)
	if err != nil || from != 0 || !slices.Equal(rewritten, []string{"interviews/ana.yaml", "flowmap.yaml"}) {
		t.Fatalf("from %d, rewritten %v, error %v", from, rewritten, err)
	}
	want := map[string]string{
		"flowmap.yaml":        strings.Replace(before["flowmap.yaml"], "version: 0", "version: 1", 1),
		"interviews/ana.yaml": strings.Replace(before["interviews/ana.yaml"], "remark:", "notes:", 1),
	}
	if got := textsOf(t, dir); !maps.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	if _, again, err := upgradeBy(dir, map[int]upgrade{0: remarks}, 1); err != nil || len(again) > 0 {
		t.Errorf("the second time: rewritten %v, error %v", again, err)
	}
}

func TestUpgradeWritesNothingThatWouldNotLoad(t *testing.T) {
	dir := invented(t)
	before := textsOf(t, dir)
	nothing := func([]Source) ([]FileChange, error) { return nil, nil } // leaves the remark, which version 1 does not know
	var problems Problems
	if _, rewritten, err := upgradeBy(dir, map[int]upgrade{0: nothing}, 1); !errors.As(err, &problems) || len(rewritten) > 0 {
		t.Errorf("rewritten %v, error %v", rewritten, err)
	}
	if !maps.Equal(before, textsOf(t, dir)) {
		t.Error("files were changed")
	}
}

func TestUpgradeRefusesANewerVersion(t *testing.T) {
	dir := folderOf(t, Source{Name: "flowmap.yaml", Text: []byte("version: 2\n")})
	var problems Problems
	if _, _, err := Upgrade(dir); !errors.As(err, &problems) || !strings.Contains(problems[0].Message, "version 2 of the format") {
		t.Errorf("error %v", err)
	}
}
