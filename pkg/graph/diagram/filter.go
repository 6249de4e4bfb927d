package diagram

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/flowmap-dev/flowmap/pkg/audit"
	"github.com/flowmap-dev/flowmap/pkg/graph"
	"github.com/flowmap-dev/flowmap/pkg/lang"
)

// Options say what a view shows. The zero Options leave out nothing.
type Options struct {
	Entity     string  // only flows that carry it
	Department string  // only flows of it, whatever its capitals
	Around     string  // only systems that few links lead to from this one
	Depth      int     // how many, for Around; 0: one
	Top        int     // only so many links, those with most hours; 0: all
	MinHours   float64 // only links with at least so many hours a week
}

// UnknownError tells that an option names something that the workspace has not.
type UnknownError struct {
	What  string   // entity, system or department
	Name  string   // as given
	Known []string // what there is
}

func (e *UnknownError) Error() string { return fmt.Sprintf("there is no %s %q", e.What, e.Name) }

// Plural names several of what is not there.
func (e *UnknownError) Plural() string {
	if e.What == "entity" {
		return "entities"
	}
	return e.What + "s"
}

// EmptyError tells that the options leave nothing to show.
type EmptyError struct{ Scope string }

func (e *EmptyError) Error() string { return "no flow is left of " + e.Scope }

// scope is the part of a landscape that a view shows: the records stay those
// of the whole.
type scope struct {
	whole graph.Map
	w     audit.Workspace // with the flows in scope alone: nothing is looked up in it
	links []graph.Link
	cost  map[string]audit.Cost // of each flow in scope
	words []string              // what the filters leave in
}

// within applies the filters on flows and systems; folding comes last, on the
// view itself.
func within(m graph.Map, w audit.Workspace, p lang.Printer, o Options) (scope, error) {
	s := scope{whole: m, w: w, links: m.Links, cost: make(map[string]audit.Cost, len(w.Flows))}
	if err := o.known(w); err != nil {
		return s, err
	}
	if o.Entity != "" {
		e, _ := w.Entity(o.Entity)
		s.words = append(s.words, e.Label())
		s.only(func(f audit.Flow) bool { return f.Entity == o.Entity })
	}
	if o.Department != "" {
		s.words = append(s.words, department(w, p, o.Department))
		s.only(func(f audit.Flow) bool { return strings.EqualFold(f.Department, o.Department) })
	}
	if o.Around != "" {
		x, _ := w.System(o.Around)
		depth := max(1, o.Depth)
		s.words = append(s.words, p.Plural("map.around", depth, lang.Args{"System": x.Label()}))
		near := s.near(o.Around, depth)
		s.only(func(f audit.Flow) bool { return near[f.From] && near[f.To] })
	}
	for _, f := range s.w.Flows {
		s.cost[f.ID] = w.Cost(f)
	}
	if len(s.words) > 0 && len(s.links) == 0 {
		return s, &EmptyError{o.flags()}
	}
	return s, nil
}

// flags are the filters as a command has them.
func (o Options) flags() string {
	var out []string
	for _, f := range [][2]string{{"--entity", o.Entity}, {"--department", o.Department}, {"--around", o.Around}} {
		if f[1] != "" {
			out = append(out, f[0]+" "+f[1])
		}
	}
	if o.MinHours > 0 {
		out = append(out, fmt.Sprintf("--min-hours %g", o.MinHours))
	}
	return strings.Join(out, " ")
}

// known checks that what the filters name is there.
func (o Options) known(w audit.Workspace) error {
	if _, ok := w.Entity(o.Entity); o.Entity != "" && !ok {
		return &UnknownError{"entity", o.Entity, ids(w.Entities, func(e audit.Entity) string { return e.ID })}
	}
	if _, ok := w.System(o.Around); o.Around != "" && !ok {
		return &UnknownError{"system", o.Around, ids(w.Systems, func(s audit.System) string { return s.ID })}
	}
	if o.Department == "" {
		return nil
	}
	all := ids(w.Flows, func(f audit.Flow) string { return f.Department })
	slices.Sort(all)
	all = slices.DeleteFunc(slices.Compact(all), func(s string) bool { return s == "" })
	if !slices.ContainsFunc(all, func(s string) bool { return strings.EqualFold(s, o.Department) }) {
		return &UnknownError{"department", o.Department, all}
	}
	return nil
}

func ids[T any](all []T, id func(T) string) []string {
	out := make([]string, len(all))
	for i, x := range all {
		out[i] = id(x)
	}
	return out
}

// department is a department's name in the view's language where the words have
// it, else as the audit writes it.
func department(w audit.Workspace, p lang.Printer, name string) string {
	for _, f := range w.Flows {
		if strings.EqualFold(f.Department, name) {
			name = f.Department
			break
		}
	}
	if key := "department." + name; p.Has(key) {
		return p.Text(key, nil)
	}
	return name
}

// only leaves some flows in.
func (s *scope) only(in func(audit.Flow) bool) {
	s.w.Flows = slices.DeleteFunc(slices.Clone(s.w.Flows), func(f audit.Flow) bool { return !in(f) })
	s.links = graph.Links(s.w)
}

// near are the systems that at most depth links lead to from one, in whichever
// direction.
func (s *scope) near(system string, depth int) map[string]bool {
	reached := map[string]bool{system: true}
	for range depth {
		var next []string
		for _, l := range s.links {
			if reached[l.From] || reached[l.To] {
				next = append(next, l.From, l.To)
			}
		}
		before := len(reached)
		for _, id := range next {
			reached[id] = true
		}
		if len(reached) == before {
			break
		}
	}
	return reached
}

// nodes are the systems in scope: all of them, or those that the filters leave
// a link of.
func (s *scope) nodes() []graph.Node {
	var out []graph.Node
	hours := map[string]float64{}
	touched := map[string]bool{}
	for _, l := range s.links {
		for _, id := range []string{l.From, l.To} {
			touched[id] = true
			hours[id] += l.HoursPerWeek
		}
	}
	for _, n := range s.whole.Nodes {
		if len(s.words) == 0 || touched[n.System.ID] {
			n.HoursPerWeek = hours[n.System.ID]
			out = append(out, n)
		}
	}
	return out
}

// fold folds small links into others, as the options ask for and as large a map
// as can be drawn asks for.
func (v View) fold(o Options) (View, error) {
	all := v.Links
	keep := v.largest(func(place int, l Link) bool {
		return (o.Top <= 0 || place < o.Top) && l.Hours >= o.MinHours
	})
	if len(all) > 0 && !slices.Contains(keep, true) {
		return v, &EmptyError{o.flags()}
	}
	v = v.worded().without(keep)
	if len(v.Nodes)+len(v.Links) > most {
		v = v.without(v.largest(func(place int, _ Link) bool { return place < labelled }))
	}
	if len(v.Nodes) > most {
		v = v.shorn(most)
	}
	return v, v.check()
}

// largest tells which links stay, asked for each by its place among those with
// most hours, what is new before what is old.
func (v View) largest(stays func(place int, l Link) bool) []bool {
	rank := make([]int, len(v.Links))
	for i := range rank {
		rank[i] = i
	}
	slices.SortStableFunc(rank, func(a, b int) int {
		return cmp.Compare(v.Links[b].weight(), v.Links[a].weight())
	})
	keep := make([]bool, len(v.Links))
	for place, i := range rank {
		keep[i] = stays(place, v.Links[i])
	}
	return keep
}

// weight is how much a link matters: its hours; what is to be matters most.
func (l Link) weight() float64 {
	const first = 1e9
	if l.Pattern != "" {
		return first + l.Saved
	}
	return l.Hours
}

// without folds the links that do not stay, and the systems that no link is
// left of.
func (v View) without(keep []bool) View {
	if !slices.Contains(keep, false) {
		return v
	}
	links, rows := v.Links, v.Table.Rows
	v.Links, v.Table.Rows = nil, nil
	left, had := map[string]bool{}, map[string]bool{}
	for i, l := range links {
		had[l.From], had[l.To] = true, true
		if !keep[i] {
			v.Others.Links++
			v.Others.add(l)
			continue
		}
		left[l.From], left[l.To] = true, true
		l.Number = len(v.Links) + 1
		v.Links = append(v.Links, l)
		if i < len(rows) {
			rows[i].Number = l.Number
			v.Table.Rows = append(v.Table.Rows, rows[i])
		}
	}
	nodes := v.Nodes
	v.Nodes = nil
	for _, n := range nodes {
		if left[n.ID] {
			v.Nodes = append(v.Nodes, n)
		} else {
			v.Others.Systems++
		}
	}
	return v.worded()
}

// shorn folds all systems but the first ones that links lead to or that stand
// first; it is for maps of a great many systems with hardly a link.
func (v View) shorn(n int) View {
	touched := map[string]bool{}
	for _, l := range v.Links {
		touched[l.From], touched[l.To] = true, true
	}
	nodes := v.Nodes
	v.Nodes = nil
	for _, x := range nodes {
		if touched[x.ID] || len(v.Nodes) < n/2 {
			v.Nodes = append(v.Nodes, x)
		} else {
			v.Others.Systems++
		}
	}
	return v.worded()
}

// worded puts what hangs on the folding into words anew.
func (v View) worded() View {
	if v.words == nil {
		return v
	}
	v.Figures, v.Legend = v.words.figures(v), v.words.legend(v)
	if v.Others.Any() {
		v.Others = v.words.others(v.Others)
	}
	return v
}
