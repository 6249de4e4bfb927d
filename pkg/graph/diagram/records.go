package diagram

import (
	"slices"
	"strings"

	"github.com/flowmap-dev/flowmap/pkg/audit"
	"github.com/flowmap-dev/flowmap/pkg/graph"
	"github.com/flowmap-dev/flowmap/pkg/lang"
)

// Records is the view of which system is right about what: links apart by
// whether data goes away from its record, into it, from copy to copy, or past
// it. Of one entity (Options.Entity) each card says what part its system has.
// Flows without an entity are left out. Errors are as in Flows.
func Records(m graph.Map, w audit.Workspace, p lang.Printer, o Options) (View, error) {
	v, s, err := begin(KindRecords, m, w, p, o)
	if err != nil {
		return View{}, err
	}
	s.only(func(f audit.Flow) bool { return f.Entity != "" })
	if len(s.links) == 0 {
		return View{}, &EmptyError{strings.TrimSpace("view records " + o.flags())}
	}
	v.systems(s)
	for _, way := range []Way{Spreads, Writes, Copies, Unruled} {
		part := s
		part.only(func(f audit.Flow) bool { return s.way(f) == way })
		v.links(part.links, func(l *Link) { l.Way, l.Amount = way, "" })
	}
	if o.Entity != "" {
		v.parts(s, o.Entity)
	}
	v.Nodes = slices.DeleteFunc(v.Nodes, func(n Node) bool {
		return len(n.Records) == 0 && !slices.ContainsFunc(v.Links, func(l Link) bool { return l.From == n.ID || l.To == n.ID })
	})
	return v.fold(o)
}

// way is where a flow takes its entity, seen from the record.
func (s *scope) way(f audit.Flow) Way {
	e, _ := s.whole.Entity(f.Entity)
	switch {
	case e.Record == "":
		return Unruled
	case f.From == e.Record:
		return Spreads
	case f.To == e.Record:
		return Writes
	case slices.Contains(e.Consumers, f.From):
		return Copies
	}
	return Unruled
}

// parts says on each card what the system has to do with one entity.
func (v *View) parts(s scope, entity string) {
	e, _ := s.whole.Entity(entity)
	name := v.words.entity(entity)
	for i := range v.Nodes {
		n := &v.Nodes[i]
		n.Part = e.Part(n.ID)
		n.Records = slices.DeleteFunc(n.Records, func(r string) bool { return r != name })
		if n.Part != graph.NoPart && n.Part != graph.Record {
			n.Note = v.words.p.Text("part."+string(n.Part), nil)
		}
		if at := slices.IndexFunc(e.Copies, func(c graph.Copy) bool { return c.System == n.ID }); at >= 0 {
			n.Note = v.words.age(e.Copies[at])
			n.Title += "\n" + n.Note
		}
	}
}
