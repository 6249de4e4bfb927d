//go:build unix

package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

var threeRuns = measured{times: []time.Duration{40 * time.Millisecond, 60 * time.Millisecond, 90 * time.Millisecond}, processor: 70 * time.Millisecond, mib: 100}

func TestAnAimIsHeldAgainstTheMedianAndTheMemory(t *testing.T) {
	for _, c := range []struct {
		ms, mib float64
		want    string
	}{
		{60, 100, "| 60 ms, 100 MiB | 40 ms | 60 ms | 70 ms | 100 MiB | 3 | met |"},
		{50, 0, "| 50 ms | 40 ms | 60 ms | 70 ms | 100 MiB | 3 | missed |"},
		{60, 99, "| 60 ms, 99 MiB | 40 ms | 60 ms | 70 ms | 100 MiB | 3 | missed |"},
		{0, 0, "|  | 40 ms | 60 ms | 70 ms | 100 MiB | 3 | – |"},
	} {
		if got := threeRuns.row("name", c.ms, c.mib); got != "| name "+c.want {
			t.Errorf("row is %s, want | name %s", got, c.want)
		}
	}
}

func TestTheFirstRunIsNotCounted(t *testing.T) {
	m, err := measure(2, "", []string{"true"})
	if err != nil {
		t.Fatal(err)
	}
	if len(m.times) != 2 || m.mib <= 0 || m.processor <= 0 {
		t.Errorf("%d times and %g MiB, want 2 times, some memory and some processor time", len(m.times), m.mib)
	}
}

func TestACommandThatFailsIsNoFigure(t *testing.T) {
	_, err := measure(1, "", []string{"sh", "-c", "echo no workspace >&2; exit 1"})
	if err == nil || !strings.Contains(err.Error(), "no workspace") {
		t.Errorf("error is %v, want what the command said", err)
	}
}

func TestWhatIsDoneBeforeIsDoneBeforeEachRun(t *testing.T) {
	file := filepath.Join(t.TempDir(), "runs")
	m, err := measure(2, "echo run >> "+file, []string{"true"})
	text, read := os.ReadFile(file)
	if err != nil || read != nil || string(text) != "run\nrun\nrun\n" || len(m.times) != 2 {
		t.Errorf("%v, %v: %q", err, read, text)
	}
	if _, err := measure(1, "echo no disk >&2; exit 1", []string{"true"}); err == nil || !strings.Contains(err.Error(), "no disk") {
		t.Errorf("error is %v, want what the shell said", err)
	}
}
