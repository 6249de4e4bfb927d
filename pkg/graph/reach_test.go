package graph_test

import (
	"fmt"
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/flowmap-dev/flowmap/pkg/audit"
	"github.com/flowmap-dev/flowmap/pkg/graph"
)

// walk is one way of the entity through a small workspace, flow by flow.
type walk struct {
	systems []string
	flows   []audit.Flow
}

// walks lists every way from a system that meets none twice, in the words of
// the package comment: past inside systems alone.
func (n naive) walks(from string) []walk {
	var all []walk
	var on func(w walk)
	on = func(w walk) {
		at := w.systems[len(w.systems)-1]
		if len(w.flows) > 0 {
			all = append(all, w)
			if !n.inside(at) {
				return
			}
		}
		for _, f := range n.w.Flows {
			to := f.To
			if f.From != at {
				if f.Needs.Direction != audit.TwoWay || f.To != at {
					continue
				}
				to = f.From
			}
			if !slices.Contains(w.systems, to) {
				on(walk{append(slices.Clone(w.systems), to), append(slices.Clone(w.flows), f)})
			}
		}
	}
	on(walk{systems: []string{from}})
	return all
}

// hours are the delays of a way, and how many of them nobody knows.
func (w walk) hours() (hours float64, unknown int) {
	for _, f := range w.flows {
		h, ok := map[audit.Period]float64{"realtime": 0, "minutes": 1. / 12, "hourly": 1, "daily": 24, "weekly": 168, "monthly": 730}[f.Every]
		if !ok {
			unknown++
		}
		hours += h
	}
	return hours, unknown
}

// withFrequencies states how often some flows are done and how soon some are
// needed.
func withFrequencies(t *rapid.T, w audit.Workspace) audit.Workspace {
	for i := range w.Flows {
		w.Flows[i].Every = rapid.SampledFrom([]audit.Period{"", "realtime", "hourly", "daily", "weekly"}).Draw(t, "every")
		w.Flows[i].Needs.Latency = rapid.SampledFrom([]audit.Latency{"", "realtime", "hourly", "daily", "weekly"}).Draw(t, "latency")
	}
	return w
}

func TestCopiesAgainstEveryWay(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := withFrequencies(t, drawLandscape(t))
		n := naive{w}
		for _, c := range graph.New(w).Entities[0].Copies {
			hours, unknown, steps := math.Inf(1), math.MaxInt, 0
			for _, way := range n.walks(n.record()) {
				h, u := way.hours()
				better := u < unknown || u == unknown && (h < hours || h == hours && len(way.flows) < steps)
				if way.systems[len(way.systems)-1] == c.System && better {
					hours, unknown, steps = h, u, len(way.flows)
				}
			}
			if c.Delay.Hours != hours || c.Delay.Known != (unknown == 0) || len(c.Flows) != steps {
				t.Fatalf("%s: %v on %v, want %v h with %d unknown in %d steps", c.System, c.Delay, c.Path, hours, unknown, steps)
			}
		}
	})
}

// FM007 stands where every way to the sender, however fast what nobody knows,
// is too slow.
func TestStaleAgainstEveryWay(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := withFrequencies(t, drawLandscape(t))
		var want, got []string
		for _, f := range w.Flows {
			if (naive{w}).stale(f) {
				want = append(want, f.ID)
			}
		}
		for _, f := range graph.New(w).Findings {
			if f.ID == "FM007" {
				got = append(got, value(f, "flow"))
			}
		}
		slices.Sort(want)
		slices.Sort(got)
		if !slices.Equal(got, want) {
			t.Fatalf("stale %v, want %v", got, want)
		}
	})
}

func (n naive) stale(f audit.Flow) bool {
	bears, ok := map[audit.Latency]float64{"realtime": 0, "hourly": 1, "daily": 24, "weekly": 168}[f.Needs.Latency]
	if !ok || f.To == n.record() {
		return false
	}
	age := n.age(f.From)
	if f.Needs.Direction == audit.TwoWay { // the newer end has the news
		age = min(age, n.age(f.To))
	}
	return age > bears && !math.IsInf(age, 1)
}

// age is how old the data in a system is at least; without end where it holds
// none of the record's.
func (n naive) age(system string) float64 {
	if system == n.record() {
		return 0
	}
	least := math.Inf(1)
	if n.record() == "" || !n.inside(system) {
		return least
	}
	for _, way := range n.walks(n.record()) {
		if h, _ := way.hours(); way.systems[len(way.systems)-1] == system {
			least = min(least, h)
		}
	}
	return least
}

func TestImpactAgainstEveryWay(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := drawLandscape(t)
		n := naive{w}
		for _, s := range w.Systems {
			want := map[string]int{s.ID: 0}
			flows := map[string]int{}
			near := func(m map[string]int, id string, d int) {
				if old, known := m[id]; !known || d < old {
					m[id] = d
				}
			}
			for _, f := range w.Flows {
				if f.From == s.ID || f.To == s.ID {
					flows[f.ID] = 1
				}
			}
			for _, way := range n.walks(s.ID) {
				near(want, way.systems[len(way.systems)-1], len(way.flows))
				near(flows, way.flows[len(way.flows)-1].ID, len(way.flows))
				for _, f := range w.Flows { // what leads back onto the way is sent on too
					at := way.systems[len(way.systems)-1]
					if n.inside(at) && (f.From == at || f.Needs.Direction == audit.TwoWay && f.To == at) {
						near(flows, f.ID, len(way.flows)+1)
					}
				}
			}
			compareImpact(t, impact(t, w, s.ID), want, flows)
		}
	})
}

func compareImpact(t *rapid.T, m graph.Impact, systems, flows map[string]int) {
	gotSystems, gotFlows := map[string]int{}, map[string]int{}
	for _, s := range m.Steps {
		for _, id := range s.Systems {
			gotSystems[id] = s.Distance
		}
		for _, id := range s.Flows {
			gotFlows[id] = s.Distance
		}
	}
	if fmt.Sprint(gotSystems) != fmt.Sprint(systems) || fmt.Sprint(gotFlows) != fmt.Sprint(flows) {
		t.Fatalf("impact of %s: systems %v, flows %v; want %v, %v", m.System, gotSystems, gotFlows, systems, flows)
	}
}

// Whoever begins to take the data makes no impact smaller.
func TestAddingAConsumerNeverRemovesAnImpact(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := drawLandscape(t)
		if len(w.Systems) == 0 {
			return
		}
		subjects := []string{"#order"}
		for _, s := range w.Systems {
			subjects = append(subjects, s.ID)
		}
		before := map[string]graph.Impact{}
		for _, of := range subjects {
			before[of] = impact(t, w, of)
		}
		from := rapid.SampledFrom(w.Systems).Draw(t, "from").ID
		w.Systems = append(w.Systems, audit.System{ID: "new", Kind: audit.Other})
		w.Flows = append(w.Flows, audit.Flow{ID: "added", Entity: "order", From: from, To: "new", How: audit.Manual,
			Efforts: []audit.Effort{{HoursPerWeek: audit.One(1, audit.Number, audit.Constant)}}})
		for _, of := range subjects {
			now := named(impact(t, w, of))
			for _, id := range named(before[of]) {
				if !slices.Contains(now, id) {
					t.Fatalf("%s no longer hangs on %s", id, of)
				}
			}
			if after := impact(t, w, of); after.HoursPerWeek < before[of].HoursPerWeek || after.CostPerYear < before[of].CostPerYear {
				t.Fatalf("less hangs on %s than before", of)
			}
		}
	})
}

// named lists all that an impact names.
func named(m graph.Impact) []string {
	var all []string
	for _, s := range m.Steps {
		for _, id := range s.Systems {
			all = append(all, "system "+id)
		}
		for _, id := range s.Flows {
			all = append(all, "flow "+id)
		}
		for _, id := range s.Entities {
			all = append(all, "entity "+id)
		}
	}
	return all
}

func TestTheOrderOfFlowsChangesNoImpact(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := withFrequencies(t, drawLandscape(t))
		for _, of := range append([]string{"#order"}, ids(w.Systems)...) {
			want := unorderedImpact(impact(t, w, of))
			shuffled := w
			shuffled.Flows = rapid.Permutation(w.Flows).Draw(t, "order")
			if got := unorderedImpact(impact(t, shuffled, of)); got != want {
				t.Fatalf("impact of %s:\n%s after a shuffle,\n%s before", of, got, want)
			}
		}
	})
}

func ids(systems []audit.System) []string {
	var all []string
	for _, s := range systems {
		all = append(all, s.ID)
	}
	return all
}

func unorderedImpact(m graph.Impact) string {
	for i := range m.Steps {
		slices.Sort(m.Steps[i].Flows)
	}
	return fmt.Sprint(m)
}
