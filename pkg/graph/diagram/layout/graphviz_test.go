package layout

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/flowmap-dev/flowmap/pkg/draw"
)

// child is set in a process that only draws, to see what it leaves behind.
const child = "FLOWMAP_TEST_CHILD"

func TestMain(m *testing.M) {
	if os.Getenv(child) == "" {
		os.Exit(m.Run())
	}
	if _, err := random(1, 5, 6).arrange(); err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
	fmt.Print(os.TempDir())
}

// drawIn draws in a process of its own with a temporary folder that it gives
// back, and returns what stands in that folder afterwards.
func drawIn(t *testing.T, env ...string) []os.DirEntry {
	t.Helper()
	temp := t.TempDir()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append([]string{child + "=1", "TMPDIR=" + temp, "TMP=" + temp, "TEMP=" + temp, "SystemRoot=" + os.Getenv("SystemRoot")}, env...)
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	if got := filepath.Clean(string(out)); got != filepath.Clean(temp) {
		t.Errorf("the process is left with the temporary folder %q, want %q", got, temp)
	}
	left, err := os.ReadDir(temp)
	if err != nil {
		t.Fatal(err)
	}
	return left
}

func TestGraphvizKeepsItsCodeUnderTheUsersCache(t *testing.T) {
	home := t.TempDir()
	cache := filepath.Join(home, "cache")
	if left := drawIn(t, "HOME="+home, "XDG_CACHE_HOME="+cache, "LocalAppData="+cache); len(left) > 0 {
		t.Errorf("the temporary folder holds %v", left)
	}
	var found []string
	err := filepath.WalkDir(home, func(path string, d os.DirEntry, err error) error {
		if err == nil && d.Type().IsRegular() {
			found = append(found, path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(found) != 1 || !strings.Contains(filepath.ToSlash(found[0]), "/flowmap/go-graphviz/") {
		t.Errorf("the home folder holds %q, want one file of the cache", found)
	}
}

func TestWithoutAHomeGraphvizKeepsNothing(t *testing.T) {
	if left := drawIn(t); len(left) > 0 {
		t.Errorf("the temporary folder holds %v", left)
	}
}

func TestAskingAtTheSameTimeGivesTheSame(t *testing.T) {
	p := random(5, 8, 12)
	first, err := p.arrange()
	if err != nil {
		t.Fatal(err)
	}
	want := fmt.Sprint(first)
	var wait sync.WaitGroup
	got := make([]string, 4)
	for i := range got {
		wait.Go(func() {
			if l, err := p.arrange(); err == nil {
				got[i] = fmt.Sprint(l)
			}
		})
	}
	wait.Wait()
	for i := range got {
		if got[i] != want {
			t.Errorf("layout %d differs", i)
		}
	}
}

func TestPlainIsReadInPointsFromTheTop(t *testing.T) {
	p, err := readPlain([]byte("graph 1 2 3\nnode n0 0.5 2.5 1 0.5 \"\" solid box black lightgrey\n" +
		"edge n0:e l0:w 4 1 2.5 1.25 2.5 1.5 2 \\\n1.75 2 solid black\nstop\n"))
	if err != nil {
		t.Fatal(err)
	}
	if p.width != 144 || p.height != 216 {
		t.Errorf("size %v by %v, want 144 by 216", p.width, p.height)
	}
	// 2.5 of 3 inches up is half an inch down.
	if want := (placed{"n0", draw.Point{X: 36, Y: 36}}); len(p.nodes) != 1 || p.nodes[0] != want {
		t.Errorf("nodes %v, want %v", p.nodes, want)
	}
	want := []draw.Point{{X: 72, Y: 36}, {X: 90, Y: 36}, {X: 108, Y: 72}, {X: 126, Y: 72}}
	if len(p.edges) != 1 || p.edges[0].tail != "n0:e" || p.edges[0].head != "l0:w" || !slices.Equal(p.edges[0].points, want) {
		t.Errorf("edges %v, want %v", p.edges, want)
	}
}

func TestALayoutThatIsNotWhatWasAskedForIsAnError(t *testing.T) {
	const whole = "graph 1 9 9\nnode n0 1 1 1 1\nnode n1 5 1 1 1\nnode l0 3 1 1 1\nedge n0 l0 4 1 1 1 1 1 1 1 1\nedge l0 n1 4 1 1 1 1 1 1 1 1\n"
	try := func(text string) error {
		p, err := readPlain([]byte(text))
		if err != nil {
			return err
		}
		l := layout{nodes: make([]box, 2), labels: make([]box, 1), tails: make([]Way, 1), heads: make([]Way, 1)}
		return l.fill(p, problem{cards: []Size{{1, 1}, {1, 1}}, labels: []Size{{1, 1}}}, []arc{{from: 0, to: 1, fromBefore: true}})
	}
	if err := try(whole); err != nil {
		t.Fatalf("the whole layout: %v", err)
	}
	for name, change := range map[string][2]string{
		"a system is missing":    {"node n1 5 1 1 1\n", ""},
		"a label is missing":     {"node l0 3 1 1 1\n", ""},
		"half a link is missing": {"edge l0 n1 4 1 1 1 1 1 1 1 1\n", ""},
		"a system too many":      {"node n1", "node n7"},
		"a label too many":       {"node l0", "node l7"},
		"an edge too many":       {"edge n0 l0", "edge n0 l7"},
		"an edge of two systems": {"edge n0 l0", "edge n0 n1"},
		"an edge elsewhere":      {"edge l0 n1", "edge l0 n9"},
		"no number":              {"node n0 1", "node n0 x"},
		"too few numbers":        {"node n0 1 1 1 1", "node n0 1"},
		"too few points":         {"l0 4 1 1 1", "l0 9 1 1 1"},
		"a negative count":       {"l0 4", "l0 -4"},
		"no whole curve":         {"l0 4", "l0 3"},
		"no count":               {"l0 4", "l0 x"},
		"a strange name":         {"node n1", "node x"},
		"no size":                {"graph 1 9 9", "graph 1"},
		"an edge cut off":        {"edge l0 n1 4 1 1 1 1 1 1 1 1", "edge l0"},
	} {
		if text := strings.Replace(whole, change[0], change[1], 1); text == whole {
			t.Errorf("%s: nothing was changed", name)
		} else if err := try(text); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}

func FuzzReadPlain(f *testing.F) {
	f.Add([]byte("graph 1 2 3\nnode n0 0.5 2.5 1 0.5\nedge n0 l0 4 1 2.5 1.25 2.5 1.5 2 1.75 2 solid black\nstop\n"))
	f.Add([]byte("edge a b 1000000000000\n"))
	f.Add([]byte("edge a b 9223372036854775807 1 2\ngraph 1 NaN\n"))
	f.Fuzz(func(t *testing.T, src []byte) {
		p, err := readPlain(src)
		for _, e := range p.edges {
			if err == nil && len(e.points)%3 != 1 {
				t.Errorf("an edge of %d points", len(e.points))
			}
		}
	})
}
