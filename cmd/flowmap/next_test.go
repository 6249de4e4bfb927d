package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/flowmap-dev/flowmap/pkg/audit"
)

// TestTheLargestFlowIsNotTheMostValuableQuestion asks about a workspace whose
// figures stand beside its flows: 30 hours that are worth it in any case are
// asked after 6 that may be 2, and after hours that nobody has stated.
func TestTheLargestFlowIsNotTheMostValuableQuestion(t *testing.T) {
	dir := filepath.Join("testdata", "next")
	out, code := runHere(t, "next", dir)
	want, err := os.ReadFile(filepath.Join(dir, "agenda.txt"))
	if err != nil {
		t.Fatal(err)
	}
	if code != exitDone || out != string(want) {
		t.Errorf("next ended with %d:\n%s\nwant\n%s", code, out, want)
	}
}

func TestNextAsOneDocument(t *testing.T) {
	out, code := runHere(t, "next", filepath.Join("testdata", "next"), "--json", "--limit", "0")
	if code != exitDone {
		t.Fatalf("next ended with %d", code)
	}
	validate(t, schemaFile("next"), out)
	var doc nextJSON
	if err := json.Unmarshal([]byte(out), &doc); err != nil {
		t.Fatal(err)
	}
	first := doc.Questions[0]
	if *first.Flow != "small" || *first.CouldChange != 3000 || *first.Low != 2 || *first.High != 10 || first.Known.Value != "[2, 6, 10]" {
		t.Errorf("first %+v, want the small flow's hours, for 3,000", first)
	}
	if first.Known.Place != "interviews/2026-11-02-sales-jose.yaml:4:30" {
		t.Errorf("stated at %s", first.Known.Place)
	}
	last := doc.Questions[len(doc.Questions)-1]
	if last.Field != "entity" || last.CouldChange != nil || last.Known != nil {
		t.Errorf("last %+v, want what has no price", last)
	}
	if doc.Plan.NPV != 29000 || len(doc.Plan.Flows) != 3 {
		t.Errorf("plan %+v, want 20,000 + 1,000 + 8,000", doc.Plan)
	}
}

// TestASummaryAsksInTheOrderOfNext asks what an interview's summary names: the
// hours of the returns could change the plan by 2,000, what their data is cannot
// be priced; in whatever order they come.
func TestASummaryAsksInTheOrderOfNext(t *testing.T) {
	ws, err := audit.Load(filepath.Join("testdata", "next"))
	if err != nil {
		t.Fatal(err)
	}
	a, err := survey(ws)
	if err != nil {
		t.Fatal(err)
	}
	var want []audit.OpenPoint
	for _, q := range agendaOf(a).Questions {
		if o := (audit.OpenPoint{Flow: q.Flow, Field: q.Field}); slices.Contains(ws.OpenPoints(), o) {
			want = append(want, o)
		}
	}
	turned := ws.OpenPoints()
	slices.Reverse(turned)
	for _, points := range [][]audit.OpenPoint{ws.OpenPoints(), turned} {
		if got := askOrder(ws, points); !slices.Equal(got, want) || got[0] != (audit.OpenPoint{Flow: "unknown", Field: "effort"}) {
			t.Errorf("of %v\n%v, want\n%v", points, got, want)
		}
	}
}
