package diagram

import (
	"slices"
	"strings"

	"github.com/flowmap-dev/flowmap/pkg/audit"
	"github.com/flowmap-dev/flowmap/pkg/graph"
	"github.com/flowmap-dev/flowmap/pkg/lang"
)

// platformID begins the id of a node that is a platform. No system's id has a
// colon.
const platformID = "platform:"

// Overlay says which flows are integrated, on which platform and how. Flows
// that it does not name stay as they are.
type Overlay []Move

// Move is the integration of one flow.
type Move struct {
	Flow     string // id
	Platform string // id
	Name     string // of the platform
	Sort     string // what kind of platform it is, in words
	Pattern  audit.Pattern
	Saved    float64 // hours of a normal week that it takes over
}

// Target is the view of the landscape to be: platforms as nodes, patterns as
// links, and what stays as it is. Errors are as in Flows.
func Target(m graph.Map, w audit.Workspace, p lang.Printer, o Options, moves Overlay) (View, error) {
	v, s, err := begin(KindTarget, m, w, p, o)
	if err != nil {
		return View{}, err
	}
	return v.toBe(s, o, moves)
}

// Change is the landscape as it is under the one to be: what goes, what is new,
// what is kept. Errors are as in Flows.
func Change(m graph.Map, w audit.Workspace, p lang.Printer, o Options, moves Overlay) (View, error) {
	v, s, err := begin(KindChange, m, w, p, o)
	if err != nil {
		return View{}, err
	}
	return v.toBe(s, o, moves)
}

// Between is the landscape of two audits together: what came since the first,
// what went, and what stayed. m and w hold the flows of both; came and gone are
// the ids of those that one of them alone has. Hours and errors are those of
// the later audit. Errors are as in Flows.
func Between(m graph.Map, w audit.Workspace, p lang.Printer, o Options, came, gone []string) (View, error) {
	v, s, err := begin(KindBetween, m, w, p, o)
	if err != nil {
		return View{}, err
	}
	v.systems(s)
	for _, x := range []struct {
		state State
		is    func(f audit.Flow) bool
	}{
		{Kept, func(f audit.Flow) bool { return !slices.Contains(came, f.ID) && !slices.Contains(gone, f.ID) }},
		{New, func(f audit.Flow) bool { return slices.Contains(came, f.ID) }},
		{Gone, func(f audit.Flow) bool { return slices.Contains(gone, f.ID) }},
	} {
		some := s
		some.only(x.is)
		v.links(some.links, func(l *Link) {
			if l.State = x.state; x.state == Gone {
				l.Often, l.Errors = "", 0
			}
		})
	}
	return v.fold(o)
}

func (v View) toBe(s scope, o Options, moves Overlay) (View, error) {
	change := v.Kind == KindChange
	state := func(x State) State {
		if change {
			return x
		}
		return ""
	}
	at := make(map[string]Move, len(moves))
	for _, x := range moves {
		at[x.Flow] = x
	}
	v.systems(s)
	for i := range v.Nodes {
		v.Nodes[i].State = state(Kept)
	}
	stays, goes := s, s
	stays.only(func(f audit.Flow) bool { return at[f.ID].Platform == "" })
	goes.only(func(f audit.Flow) bool { return at[f.ID].Platform != "" })
	v.links(stays.links, func(l *Link) {
		if l.State = state(Kept); change {
			l.Often, l.Amount, l.Errors = "", "", 0
		}
	})
	if change {
		v.links(goes.links, func(l *Link) { l.State, l.Often, l.Errors = Gone, "", 0 })
	}
	v.integrations(goes, at, state(New))
	return v.fold(o)
}

// hop is one leg of integrations: from a system to a platform or on from there.
type hop struct {
	from, to string
	move     Move
	flows    []audit.Flow
	saved    float64
}

// integrations puts platforms into the view, and the legs of what goes over
// them, in the order of flows.
func (v *View) integrations(s scope, at map[string]Move, state State) {
	flows := slices.Clone(s.w.Flows)
	slices.SortStableFunc(flows, func(a, b audit.Flow) int { return strings.Compare(a.ID, b.ID) })
	var hops []hop
	for _, f := range flows {
		x := at[f.ID]
		id := platformID + x.Platform
		if v.node(id) == nil {
			v.Nodes = append(v.Nodes, Node{ID: id, Name: x.Name, Sort: x.Sort, Platform: true, State: state})
		}
		for _, leg := range [][2]string{{f.From, id}, {id, f.To}} {
			i := slices.IndexFunc(hops, func(h hop) bool {
				return h.from == leg[0] && h.to == leg[1] && h.move.Pattern == x.Pattern
			})
			if i < 0 {
				i = len(hops)
				hops = append(hops, hop{from: leg[0], to: leg[1], move: x})
			}
			hops[i].flows = append(hops[i].flows, f)
			hops[i].saved += x.Saved
		}
	}
	place := map[string]int{}
	for i, n := range v.Nodes {
		place[n.ID] = i
	}
	slices.SortStableFunc(hops, func(a, b hop) int {
		if a.from != b.from {
			return place[a.from] - place[b.from]
		}
		return place[a.to] - place[b.to]
	})
	for _, h := range hops {
		l, r := v.words.hop(h)
		if l.State = state; state == New {
			l.Often = ""
		}
		v.add(l, r)
	}
	v.platforms()
}

// platforms says on each platform what it takes over.
func (v *View) platforms() {
	for i := range v.Nodes {
		n := &v.Nodes[i]
		if !n.Platform {
			continue
		}
		flows, saved := 0, 0.0
		for _, l := range v.Links {
			if l.To == n.ID {
				flows, saved = flows+len(l.Flows), saved+l.Saved
			}
		}
		n.Note = v.words.p.Plural("count.flows", flows, nil) + dot + v.words.less(saved)
		n.Title = strings.Join([]string{n.ID, n.Name + " (" + n.Sort + ")", n.Note}, "\n")
	}
}

// less is hours that are taken over.
func (f *wording) less(hours float64) string { return "\u2212" + f.hours(hours) }

// hop is a leg of integrations as a link, and its row in the table.
func (f *wording) hop(h hop) (Link, Row) {
	data := f.data(h.flows)
	pattern := f.p.Text("map.pattern."+string(h.move.Pattern), nil)
	l := Link{From: h.from, To: h.to, How: audit.Automated, Pattern: h.move.Pattern, TwoWay: h.move.Pattern == audit.Sync,
		What: data, Often: pattern, Saved: h.saved}
	for _, x := range h.flows {
		l.Flows = append(l.Flows, x.ID)
		l.Hours += f.cost[x.ID].HoursPerWeek
	}
	name := func(id string) string {
		if strings.HasPrefix(id, platformID) {
			return h.move.Name
		}
		return f.system(id)
	}
	r := Row{From: name(h.from), To: name(h.to), Flows: len(h.flows), What: strings.Join(data, ", "), How: pattern, Unmanned: true}
	l.Title = f.tip(l, r)
	return l, r
}
