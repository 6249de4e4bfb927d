package audit_test

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	. "github.com/flowmap-dev/flowmap/pkg/audit"
)

const wholesaler = `version: 1
client: {name: Levante}   # S.L.
roles:
  - {id: admin, name: Admin}
systems:
  - id: shop
  - {id: erp, name: Sage 50}
entities:
  - {id: order, record: erp}
flows:
  # the big one
  - id: web-orders
    from: shop
    to: erp
    entity: order
    role: admin
    volume: 800/month
    errors:
      - {id: wrong-sku, what: Wrong SKU typed, found_in: erp, rate: 2%}
    needs: {direction: two-way, fields: {phone: erp}}
    overlaps: {phone-orders: 2}
  - {id: phone-orders, from: shop, to: erp, after: [web-orders]}
accepted:
  - {finding: FM009, flow: web-orders, by: Ana, why: known}
`

const maria = `interview:
  date: 2026-11-02
  with: Maria
  role: admin
  not_known: [web-orders.volume, phone-orders.volume]
flows:
  - id: web-orders
    effort: {hours_per_week: [2, 3, 5], whose: own}   # she said
    needs: {latency: daily}
`

const scenario = "name: After\nset: {flows.web-orders.automation_rate: 95%, roles.admin.hourly_cost: 22}\nwithout: [web-orders]\n"

const actual = "flow: web-orders\nlive: 2027-02-01\n"

// folder writes a workspace.
func folder(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range map[string]string{"flowmap.yaml": wholesaler, "interviews/maria.yaml": maria, "scenarios/after.yaml": scenario, "actuals/web.yaml": actual} {
		put(t, dir, name, text)
	}
	return dir
}

func put(t *testing.T, dir, name, text string) {
	t.Helper()
	name = filepath.Join(dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

func read(t *testing.T, dir, name string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(name)))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func change(changes ...FileChange) func(Workspace) ([]FileChange, error) {
	return func(Workspace) ([]FileChange, error) { return changes, nil }
}

func TestUpdateWritesWhatLoads(t *testing.T) {
	dir := folder(t)
	w, err := Update(dir, change(
		FileChange{Name: "interviews/jose.yaml", Changes: []Change{
			Set(Path{"interview", "with"}, Text("Jose")),
			Set(Path{"flows", "[id=web-orders]", "effort", "hours_per_week"}, Texts("3", "4", "6"))}},
		FileChange{Name: "flowmap.yaml", Changes: []Change{Set(Path{"client", "sector"}, Text("wholesale"))}}))
	if err != nil {
		t.Fatal(err)
	}
	if w.Client.Sector != "wholesale" || len(w.Interviews) != 2 {
		t.Errorf("sector %q, %d interviews, want wholesale and 2", w.Client.Sector, len(w.Interviews))
	}
	want := "interview:\n  with: Jose\nflows:\n  - id: web-orders\n    effort:\n      hours_per_week: [3, 4, 6]\n"
	if got := read(t, dir, "interviews/jose.yaml"); got != want {
		t.Errorf("the new file is %q, want %q", got, want)
	}
	if got, want := read(t, dir, "flowmap.yaml"), strings.Replace(wholesaler, "Levante}", "Levante, sector: wholesale}", 1); got != want {
		t.Errorf("flowmap.yaml is\n%s", got)
	}
	again, err := Load(dir)
	if err != nil || again.Client.Sector != "wholesale" {
		t.Errorf("loaded again: %v, %v", again.Client, err)
	}
	onlyThese(t, dir, "actuals", "flowmap.yaml", "interviews", "scenarios", ".flowmap")
	onlyThese(t, filepath.Join(dir, "interviews"), "jose.yaml", "maria.yaml")
}

func onlyThese(t *testing.T, dir string, want ...string) {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, e := range entries {
		got = append(got, e.Name())
	}
	slices.Sort(want)
	if !slices.Equal(got, want) {
		t.Errorf("%s holds %v, want %v", dir, got, want)
	}
}

func TestUpdateRefusesWhatWouldNotLoad(t *testing.T) {
	dir := folder(t)
	_, err := Update(dir, change(FileChange{Name: "flowmap.yaml", Changes: []Change{Set(Path{"flows", "[id=web-orders]", "to"}, Text("wms"))}}))
	var problems Problems
	if !errors.As(err, &problems) || !strings.Contains(err.Error(), `unknown system "wms"`) {
		t.Errorf("got %v, want a problem with wms", err)
	}
	if read(t, dir, "flowmap.yaml") != wholesaler {
		t.Error("flowmap.yaml was written")
	}
}

func TestUpdateRefusesAWorkspaceBrokenByHand(t *testing.T) {
	dir := folder(t)
	put(t, dir, "interviews/maria.yaml", maria+"colour: red\n")
	asked := false
	_, err := Update(dir, func(Workspace) ([]FileChange, error) { asked = true; return nil, nil })
	var problems Problems
	if !errors.As(err, &problems) || asked {
		t.Errorf("got %v, asked %v; want the problem and no question", err, asked)
	}
}

func TestUpdateNeverOverwritesWhatAnEditorSaved(t *testing.T) {
	for _, name := range []string{"flowmap.yaml", "interviews/new.yaml"} {
		dir := folder(t)
		_, err := Update(dir, func(Workspace) ([]FileChange, error) {
			put(t, dir, name, "# saved meanwhile\n")
			return []FileChange{
				{Name: "interviews/maria.yaml", Changes: []Change{Set(Path{"interview", "minutes"}, Text("45"))}},
				{Name: name, Changes: []Change{Set(Path{"x-a"}, Text("b"))}}}, nil
		})
		var changed *ChangedError
		if !errors.As(err, &changed) || changed.Name != name {
			t.Errorf("got %v, want that %s changed", err, name)
		}
		if read(t, dir, name) != "# saved meanwhile\n" || read(t, dir, "interviews/maria.yaml") != maria {
			t.Error("something was written")
		}
	}
}

func TestUpdateKeepsModesAndLinks(t *testing.T) {
	dir := folder(t)
	if err := os.Rename(filepath.Join(dir, "interviews", "maria.yaml"), filepath.Join(dir, "interviews", "really.txt")); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(filepath.Join(dir, "interviews", "really.txt"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink("really.txt", filepath.Join(dir, "interviews", "maria.yaml")); err != nil {
		t.Fatal(err)
	}
	_, err := Update(dir, change(FileChange{Name: "interviews/maria.yaml", Changes: []Change{Set(Path{"interview", "minutes"}, Text("45"))}}))
	if err != nil {
		t.Fatal(err)
	}
	link, err := os.Lstat(filepath.Join(dir, "interviews", "maria.yaml"))
	if err != nil || link.Mode()&fs.ModeSymlink == 0 {
		t.Errorf("the link is %v, %v", link.Mode(), err)
	}
	info, err := os.Stat(filepath.Join(dir, "interviews", "really.txt"))
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v, %v, want 0600", info.Mode(), err)
	}
	if !strings.Contains(read(t, dir, "interviews/really.txt"), "minutes: 45\n") {
		t.Error("the edit is not in the file that the link leads to")
	}
}

func TestUpdateSaysWhatCannotBeWritten(t *testing.T) {
	dir := folder(t)
	put(t, dir, ".flowmap", "a file where the folder should be")
	_, err := Update(dir, change())
	var bad *WriteError
	if !errors.As(err, &bad) || bad.Name != ".flowmap/lock" || !strings.HasPrefix(err.Error(), ".flowmap/lock cannot be written: ") {
		t.Errorf("got %v", err)
	}
	for _, name := range []string{"../out.yaml", "/etc/out.yaml", "interviews/../x.yaml", "interviews/.x.yaml", "interviews/x.yml", "report/x.yaml", "interviews/a/x.yaml"} {
		dir := folder(t)
		if _, err := Update(dir, change(FileChange{Name: name, Text: []byte("a: 1\n")})); err == nil || !strings.Contains(err.Error(), "no such file") {
			t.Errorf("%s: got %v, want that there is no such file", name, err)
		}
	}
}

// A test binary with this variable is a child that edits.
const childFolder, childName = "FLOWMAP_TEST_FOLDER", "FLOWMAP_TEST_NAME"

const editsEach = 50

// appendFifty adds tags to a flow, one edit each.
func appendFifty(dir, name string) error {
	for i := range editsEach {
		_, err := Update(dir, change(FileChange{Name: "flowmap.yaml", Changes: []Change{
			Append(Path{"flows", "[id=web-orders]", "tags"}, Text(fmt.Sprintf("%s-%d", name, i)))}}))
		if err != nil {
			return err
		}
	}
	return nil
}

func TestMain(m *testing.M) {
	if dir := os.Getenv(childFolder); dir != "" {
		if err := appendFifty(dir, os.Getenv(childName)); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

func TestTwoProcessesAndTwoAtOnceInOneLoseNoEdit(t *testing.T) {
	dir := folder(t)
	var group sync.WaitGroup
	for _, name := range []string{"a", "b", "c"} {
		group.Go(func() {
			if name < "c" {
				if err := appendFifty(dir, name); err != nil {
					t.Error(err)
				}
				return
			}
			child := exec.Command(os.Args[0])
			child.Env = append(os.Environ(), childFolder+"="+dir, childName+"="+name)
			if out, err := child.CombinedOutput(); err != nil {
				t.Errorf("%v: %s", err, out)
			}
		})
	}
	group.Wait()
	w, err := Load(dir)
	if err != nil {
		t.Fatal(err)
	}
	f, _ := w.Flow("web-orders")
	if len(f.Tags) != 3*editsEach {
		t.Errorf("%d tags, want %d", len(f.Tags), 3*editsEach)
	}
}

func TestReplaceWritesAllOrNone(t *testing.T) {
	dir := t.TempDir()
	put(t, dir, "a.html", "old")
	err := Replace(dir, Source{Name: "a.html", Text: []byte("new")}, Source{Name: "sub/b.html", Text: []byte("new")})
	if err != nil || read(t, dir, "a.html") != "new" || read(t, dir, "sub/b.html") != "new" {
		t.Errorf("got %v, %q", err, read(t, dir, "a.html"))
	}
	put(t, dir, "file", "x")
	err = Replace(dir, Source{Name: "a.html", Text: []byte("newer")}, Source{Name: "file/b.html", Text: []byte("new")})
	var bad *WriteError
	if !errors.As(err, &bad) || bad.Name != "file/b.html" || read(t, dir, "a.html") != "new" {
		t.Errorf("got %v, a.html is %q; want that file/b.html cannot be written and the old a.html", err, read(t, dir, "a.html"))
	}
	onlyThese(t, dir, "a.html", "file", "sub")
	err = Replace(dir, Source{Name: "../out", Text: []byte("x")})
	if !errors.As(err, &bad) {
		t.Errorf("got %v, want a refusal to leave the folder", err)
	}
}
