package graph_test

import (
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/flowmap-dev/flowmap/pkg/audit"
	"github.com/flowmap-dev/flowmap/pkg/graph"
)

// naive answers the questions about the one entity of a small workspace by
// trying every path, in the words of the package comment and no others.
type naive struct{ w audit.Workspace }

func (n naive) record() string {
	if r := n.w.Entities[0].Record; r != "" {
		return r
	}
	var inside []string
	for _, s := range n.w.Systems {
		if n.originates(s.ID) && n.inside(s.ID) {
			inside = append(inside, s.ID)
		}
	}
	if len(inside) == 1 {
		return inside[0]
	}
	return ""
}

func (n naive) inside(id string) bool {
	s, _ := n.w.System(id)
	outside := s.Kind == audit.Email || s.Kind == audit.Phone || s.Kind == audit.External
	return !outside || n.w.Entities[0].Record == id
}

func (n naive) sends(from, to string) bool {
	return slices.ContainsFunc(n.w.Flows, func(f audit.Flow) bool {
		return f.From == from && f.To == to || f.Needs.Direction == audit.TwoWay && f.From == to && f.To == from
	})
}

func (n naive) originates(id string) bool {
	sends, fromInside, fromOutside := false, false, false
	for _, o := range n.w.Systems {
		sends = sends || n.sends(id, o.ID)
		if n.sends(o.ID, id) {
			fromInside = fromInside || n.inside(o.ID)
			fromOutside = fromOutside || !n.inside(o.ID)
		}
	}
	return !fromInside && (sends || n.inside(id) && fromOutside)
}

// way tells whether a path leads from one system to another past those in
// between that are inside and not tried yet.
func (n naive) way(from, to string, tried ...string) bool {
	if n.sends(from, to) {
		return true
	}
	for _, s := range n.w.Systems {
		if n.sends(from, s.ID) && n.inside(s.ID) && !slices.Contains(tried, s.ID) && n.way(s.ID, to, append(slices.Clone(tried), s.ID)...) {
			return true
		}
	}
	return false
}

func (n naive) consumes(id string) bool {
	return n.record() != "" && id != n.record() && n.way(n.record(), id)
}

// onRing tells whether a step lies on a round trip of at least three different
// systems, all inside.
func (n naive) onRing(from, to string) bool {
	return n.sends(from, to) && n.inside(from) && n.closes([]string{from, to})
}

func (n naive) closes(path []string) bool {
	last := path[len(path)-1]
	if !n.inside(last) {
		return false
	}
	if len(path) >= 3 && n.sends(last, path[0]) {
		return true
	}
	for _, s := range n.w.Systems {
		if !slices.Contains(path, s.ID) && n.sends(last, s.ID) && n.closes(append(slices.Clone(path), s.ID)) {
			return true
		}
	}
	return false
}

func (n naive) ringHolds(f audit.Flow) bool {
	return n.onRing(f.From, f.To) || f.Needs.Direction == audit.TwoWay && n.onRing(f.To, f.From)
}

// flows lists those that hang on a finding of a kind.
func (n naive) flows(id string) []string {
	record := n.record()
	copied := func(from, to string) bool {
		return n.consumes(from) && n.inside(from) && n.inside(to) && to != record
	}
	var ids []string
	for _, f := range n.w.Flows {
		twoWay := f.Needs.Direction == audit.TwoWay
		hangs := false
		switch id {
		case "FM003":
			hangs = n.consumes(f.From) && n.inside(f.From) && f.To == record && !twoWay && !n.ringHolds(f)
		case "FM004":
			hangs = n.ringHolds(f)
		case "FM005":
			hangs = !n.ringHolds(f) && (copied(f.From, f.To) || twoWay && copied(f.To, f.From))
		}
		if hangs {
			ids = append(ids, f.ID)
		}
	}
	return ids
}

// twoRecords tells whether FM002 holds.
func (n naive) twoRecords() bool {
	record := n.w.Entities[0].Record
	if record == "" {
		return false
	}
	silent := !slices.ContainsFunc(n.w.Systems, func(s audit.System) bool { return n.sends(record, s.ID) })
	for _, s := range n.w.Systems {
		if s.ID == record || n.way(s.ID, record) {
			continue
		}
		feedsInside, gets := false, false
		for _, o := range n.w.Systems {
			feedsInside = feedsInside || n.sends(s.ID, o.ID) && n.inside(o.ID)
			gets = gets || n.sends(o.ID, s.ID)
		}
		if n.originates(s.ID) && (n.inside(s.ID) || feedsInside) || silent && gets && n.inside(s.ID) {
			return true
		}
	}
	return false
}

func drawLandscape(t *rapid.T) audit.Workspace {
	ids := []string{"erp", "crm", "shop", "spreadsheet", "email", "phone"}
	system := rapid.SampledFrom(ids)
	var lines []string
	for range rapid.IntRange(0, 9).Draw(t, "flows") {
		from := system.Draw(t, "from")
		to := rapid.SampledFrom(slices.DeleteFunc(slices.Clone(ids), func(s string) bool { return s == from })).Draw(t, "to")
		arrow := rapid.SampledFrom([]string{">", ">", "<>"}).Draw(t, "arrow")
		lines = append(lines, from+arrow+to+" order")
	}
	lines = append(lines, "#order")
	if record := rapid.SampledFrom([]string{"", "erp", "crm", "email"}).Draw(t, "record"); record != "" {
		lines = append(lines, "order="+record)
	}
	return landscape(lines...)
}

func TestWordsAgainstEveryPath(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		for range 10 {
			compareWithNaive(t, drawLandscape(t))
		}
	})
}

func compareWithNaive(t *rapid.T, w audit.Workspace) {
	n := naive{w}
	m := graph.New(w)
	var sources, consumers []string
	for _, s := range w.Systems {
		if n.originates(s.ID) {
			sources = append(sources, s.ID)
		}
		if n.consumes(s.ID) {
			consumers = append(consumers, s.ID)
		}
	}
	e := m.Entities[0]
	if e.Record != n.record() || !slices.Equal(e.Sources, sources) || !slices.Equal(e.Consumers, consumers) {
		t.Fatalf("record %q, sources %v, consumers %v; want %q, %v, %v", e.Record, e.Sources, e.Consumers, n.record(), sources, consumers)
	}
	fired := map[string]bool{}
	hanging := map[string][]string{}
	for _, f := range m.Findings {
		fired[f.ID] = true
		hanging[f.ID] = append(hanging[f.ID], f.Flows...)
	}
	for _, id := range []string{"FM003", "FM004", "FM005"} {
		want := n.flows(id)
		slices.Sort(want)
		slices.Sort(hanging[id])
		if !slices.Equal(hanging[id], want) {
			t.Fatalf("%s on %v, want %v", id, hanging[id], want)
		}
	}
	loose := e.Record != "" && e.Reason != graph.Declared && e.Record == "spreadsheet"
	if fired["FM001"] != (e.Record == "" || loose) {
		t.Fatalf("FM001 is %t, the record %q", fired["FM001"], e.Record)
	}
	if fired["FM002"] != n.twoRecords() {
		t.Fatalf("FM002 is %t, want %t: %q", fired["FM002"], n.twoRecords(), told(m.Findings))
	}
}

// What is found does not depend on the order in which flows were stated.
func TestTheOrderOfFlowsChangesNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := drawLandscape(t)
		want := unordered(graph.New(w))
		w.Flows = rapid.Permutation(w.Flows).Draw(t, "order")
		if got := unordered(graph.New(w)); !slices.Equal(got, want) {
			t.Fatalf("\n%q after a shuffle,\n%q before", got, want)
		}
	})
}

// unordered writes a map with the flows of each thing sorted, and everything
// else in the order in which it came.
func unordered(m graph.Map) []string {
	var lines []string
	for _, f := range m.Findings {
		slices.Sort(f.Flows)
		lines = append(lines, told([]audit.Finding{f})[0]+fmt.Sprint(f.Kind, f.HoursPerWeek, f.CostPerYear, f.Args))
	}
	for _, k := range m.Links {
		slices.Sort(k.Flows)
		lines = append(lines, fmt.Sprint(k))
	}
	for _, e := range m.Entities {
		slices.Sort(e.Flows)
		lines = append(lines, fmt.Sprint(e))
	}
	for _, n := range m.Nodes {
		lines = append(lines, fmt.Sprint(n.System.ID, n.Records, n.Consumes, n.HoursPerWeek, n.Outside))
	}
	return lines
}

func TestTheSameWorkspaceGivesTheSameMap(t *testing.T) {
	w := landscape("a>b x", "b>c x", "c>a x", "c>d x", "d>e x", "e>c x", "p>q x", "q>r x", "r>p x", "e>p x", "x=a")
	want := fmt.Sprint(graph.New(w))
	for range 20 {
		if got := fmt.Sprint(graph.New(w)); got != want {
			t.Fatalf("a second run gives\n%s\nand the first gave\n%s", got, want)
		}
	}
}
