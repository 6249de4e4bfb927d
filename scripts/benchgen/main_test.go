package main

import (
	"strings"
	"testing"
)

func TestTheSameSeedWritesTheSameWorkspace(t *testing.T) {
	a, b, other := generate(1500, 7), generate(1500, 7), generate(1500, 8)
	if len(a) != 3 {
		t.Fatalf("1500 flows stand in %d files, want flowmap.yaml and two interviews", len(a))
	}
	differs := false
	for i := range a {
		if a[i] != b[i] {
			t.Errorf("%s differs between two runs with one seed", a[i].name)
		}
		differs = differs || a[i] != other[i]
	}
	if !differs {
		t.Error("another seed writes the same workspace")
	}
}

func TestEveryFlowStandsInOneInterviewUnderTheLimitOfAFile(t *testing.T) {
	const limit = 16 << 20
	flows := 0
	for _, f := range generate(10000, 1) {
		if len(f.text) >= limit {
			t.Errorf("%s has %d bytes, want less than %d", f.name, len(f.text), limit)
		}
		flows += strings.Count(f.text, "\n  - id: flow-")
	}
	if flows != 10000 {
		t.Errorf("%d flows written, want 10000", flows)
	}
}

func TestNoFlowEndsWhereItBegins(t *testing.T) {
	for _, f := range generate(1000, 1)[1:] {
		for _, flow := range strings.Split(f.text, "\n  - id: ")[1:] {
			_, rest, _ := strings.Cut(flow, "    from: ")
			from, rest, _ := strings.Cut(rest, "\n    to: ")
			to, _, _ := strings.Cut(rest, "\n")
			if from == to {
				t.Fatalf("a flow goes from %s to itself:\n%s", from, flow)
			}
		}
	}
}

func TestHoursAreWrittenWithAPoint(t *testing.T) {
	for n, want := range map[int]string{5: "0.5", 20: "2", 25: "2.5"} {
		if got := tenths(n); got != want {
			t.Errorf("%d tenths are written %s, want %s", n, got, want)
		}
	}
}
