package diagram

import (
	"fmt"
	"slices"

	"github.com/flowmap-dev/flowmap/pkg/audit"
	"github.com/flowmap-dev/flowmap/pkg/draw"
	"github.com/flowmap-dev/flowmap/pkg/graph"
	"github.com/flowmap-dev/flowmap/pkg/lang"
)

// Flows is the view of all flows: which system sends what to which, how, how
// often, and what that takes. It is an error if a link of the map leads to a
// system that the map does not have, an UnknownError if an option names what is
// not there, and an EmptyError if the options leave nothing.
func Flows(m graph.Map, w audit.Workspace, p lang.Printer, o Options) (View, error) {
	v, s, err := begin(KindFlows, m, w, p, o)
	if err != nil {
		return View{}, err
	}
	v.systems(s)
	v.links(s.links, func(l *Link) {})
	return v.fold(o)
}

// begin is a view of the part that the options ask for, without anything in it
// yet.
func begin(kind Kind, m graph.Map, w audit.Workspace, p lang.Printer, o Options) (View, scope, error) {
	s, err := within(m, w, p, o)
	if err != nil {
		return View{}, s, err
	}
	f := &wording{w: w, p: p, m: m, cost: s.cost}
	v := View{
		Kind: kind, Title: p.Text("map."+string(kind), nil), Scope: p.List(s.words), Client: w.Client.Name, Brand: w.Brand.Name,
		Language: p.Language(), words: f,
	}
	if w.Date != "" {
		v.Date = p.Date(string(w.Date))
	}
	if w.Brand.Primary != "" {
		if v.Accent, err = draw.Hex(w.Brand.Primary); err != nil {
			return View{}, s, fmt.Errorf("brand: primary: %w", err)
		}
	}
	for _, l := range s.links {
		v.Widest = max(v.Widest, l.HoursPerWeek)
	}
	v.Table.Heads = f.heads()
	return v, s, nil
}

// systems puts the systems of a scope into the view.
func (v *View) systems(s scope) {
	for _, n := range s.nodes() {
		v.Nodes = append(v.Nodes, v.words.node(n))
	}
}

// links puts links into the view, each as look changes it.
func (v *View) links(all []graph.Link, look func(*Link)) {
	for _, l := range all {
		link, row := v.words.link(l)
		look(&link)
		v.add(link, row)
	}
}

func (v *View) add(l Link, r Row) {
	l.Number = len(v.Links) + 1
	r.Number = l.Number
	v.Links, v.Table.Rows = append(v.Links, l), append(v.Table.Rows, r)
}

// node finds a node of the view by its id.
func (v *View) node(id string) *Node {
	i := slices.IndexFunc(v.Nodes, func(n Node) bool { return n.ID == id })
	if i < 0 {
		return nil
	}
	return &v.Nodes[i]
}
