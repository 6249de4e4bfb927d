package audit

import (
	"fmt"
	"path"
	"reflect"
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"
)

// mention is a place that names a thing.
type mention struct {
	path Path
	as   mentioned
	rest string // of a text that begins with the name: web-orders.volume
}

type mentioned uint8

const (
	theThing     mentioned = iota // the item that is the thing
	itsName                       // a value that names it
	anEnd                         // a value that must name something: where a flow begins and ends
	anAcceptance                  // an accepted finding about it
	aKey                          // a key that is its name, or begins with it
	aBeginning                    // a text that begins with its name
	aFile                         // what the whole file is about
)

// searcher finds what a file says of one thing.
type searcher struct {
	kind, id string
	found    []mention
}

// mentions lists the places of a file that name a thing, in their order.
func mentions(f Source, kind, id string) ([]mention, error) {
	folder, _ := path.Split(f.Name)
	var format reflect.Type
	switch folder {
	case "interviews/":
		format = reflect.TypeFor[interviewFile]()
	case "scenarios/":
		format = reflect.TypeFor[Scenario]()
	case "actuals/":
		format = reflect.TypeFor[Actual]()
	default:
		if f.Name == "catalogue.yaml" {
			return nil, nil // it knows platforms, not the client's things
		}
		format = reflect.TypeFor[auditFile]()
	}
	e, err := newEditor(f.Text)
	if err != nil || e.root == nil {
		return nil, err
	}
	s := &searcher{kind: kind, id: id}
	s.value(e.root, format, field{}, nil)
	return s.found, nil
}

func (s *searcher) add(at Path, as mentioned, rest string) {
	s.found = append(s.found, mention{at, as, rest})
}

// value looks into a value of a type.
func (s *searcher) value(n *yaml.Node, t reflect.Type, f field, at Path) {
	n = target(n)
	switch {
	case blank(n):
	case n.Kind == yaml.ScalarNode:
		s.scalar(n, t, f, at)
	case n.Kind == yaml.SequenceNode && t.Kind() == reflect.Slice:
		for i, item := range n.Content {
			here := at.with(nth(i))
			if f.things == s.kind && selected(target(item), "id", s.id) {
				s.add(here, theThing, "")
			}
			s.value(item, t.Elem(), field{name: f.name, as: f.as}, here)
		}
	case n.Kind == yaml.MappingNode && t.Kind() == reflect.Slice && f.as == "map":
		for i := 1; i < len(n.Content); i += 2 {
			s.entry(n.Content[i-1], n.Content[i], t.Elem(), at)
		}
	case n.Kind == yaml.MappingNode && t.Kind() == reflect.Struct:
		for i := 1; i < len(n.Content); i += 2 {
			s.pair(n.Content[i-1], n.Content[i], t, at)
		}
	}
}

// pair looks into a key of a struct, or into what a merge brings.
func (s *searcher) pair(key, value *yaml.Node, t reflect.Type, at Path) {
	name := target(key).Value
	here := at.with(name)
	if isMerge(key) {
		if from := target(value); from.Kind == yaml.SequenceNode {
			for i, item := range from.Content {
				s.value(item, t, field{}, here.with(nth(i)))
			}
			return
		}
		s.value(value, t, field{}, here)
		return
	}
	for _, f := range fieldsOf(t) {
		if f.name == name {
			s.value(value, t.Field(f.index).Type, f, here)
		}
	}
}

// entry looks into a key of a mapping whose keys are names.
func (s *searcher) entry(key, value *yaml.Node, t reflect.Type, at Path) {
	name := target(key).Value
	here := at.with(name)
	for _, f := range fieldsOf(t) {
		switch {
		case !f.key:
			s.value(value, t.Field(f.index).Type, f, here)
		case f.as == "ref="+s.kind && name == s.id:
			s.add(here, aKey, "")
		case t == reflect.TypeFor[Setting]():
			if rest, ok := strings.CutPrefix(name, plural(s.kind)+"."+s.id+"."); ok {
				s.add(here, aKey, rest)
			}
		}
	}
}

func (s *searcher) scalar(n *yaml.Node, t reflect.Type, f field, at Path) {
	text := strings.TrimSpace(n.Value)
	last := at[len(at)-1]
	switch {
	case f.name == "not_known" && s.kind == "flow" && strings.HasPrefix(text, s.id+"."):
		s.add(at, aBeginning, strings.TrimPrefix(text, s.id+"."))
	case text != s.id:
	case s.kind == "system" && (f.as == "found" || at.under("needs", "fields")):
		s.add(at, itsName, "")
	case f.as != "ref="+s.kind:
	case at[0] == "accepted":
		s.add(at[:2], anAcceptance, "")
	case len(at) == 1 && last == "flow":
		s.add(at, aFile, "")
	case last == "from" || last == "to":
		s.add(at, anEnd, "")
	default:
		s.add(at, itsName, "")
	}
}

// under tells whether the last step of a path stands under two others.
func (p Path) under(above, key string) bool {
	return len(p) > 2 && p[len(p)-3] == above && p[len(p)-2] == key
}

// renamed gives the changes that call the thing by another name.
func renamed(found []mention, kind, id string) []Change {
	var changes []Change
	for i := len(found) - 1; i >= 0; i-- {
		m := found[i]
		switch m.as {
		case theThing:
			changes = append(changes, Set(m.path.with("id"), Text(id)))
		case aKey:
			key := id
			if m.rest != "" {
				key = plural(kind) + "." + id + "." + m.rest
			}
			changes = append(changes, Change{toRename, m.path, Text(key)})
		case aBeginning:
			changes = append(changes, Set(m.path, Text(id+"."+m.rest)))
		case anAcceptance:
			changes = append(changes, Set(m.path.with(kind), Text(id)))
		case itsName, anEnd, aFile:
			changes = append(changes, Set(m.path, Text(id)))
		}
	}
	return changes
}

// deleted gives the changes that take the thing away, and whether the whole
// file goes. The ends of flows stay: the check of the result names them.
func deleted(found []mention) (changes []Change, whole bool) {
	var gone Path
	for _, m := range found {
		if gone != nil && len(m.path) >= len(gone) && slices.Equal(m.path[:len(gone)], gone) {
			continue // it goes with what holds it
		}
		switch m.as {
		case aFile:
			return nil, true
		case theThing, anAcceptance:
			gone = m.path
			changes = append([]Change{Remove(m.path)}, changes...)
		case itsName, aKey, aBeginning:
			changes = append([]Change{Remove(m.path)}, changes...)
		case anEnd:
		}
	}
	return changes, false
}

// Rename gives a role, system, entity or flow another id, in every file that
// names it. All are checked before the first is written, then they are written
// one by one, flowmap.yaml first. The errors are those of Update, or an
// EditError if there is no such thing, or another one has that id.
func Rename(dir, kind, old, id string) error {
	_, err := Update(dir, func(w Workspace) ([]FileChange, error) {
		bad := matching(idShape, id, "is no id", idHint(id))
		switch {
		case bad.bad():
			return nil, &EditError{Path{plural(kind), old}, fmt.Sprintf("%q %s; %s", id, bad.message, bad.hint)}
		case w.defined(kind, id):
			return nil, &EditError{Path{plural(kind), old}, fmt.Sprintf("there is a %s %q already", kind, id)}
		}
		return w.everywhere(kind, old, func(f Source, found []mention) FileChange {
			return FileChange{Name: f.Name, Changes: renamed(found, kind, id)}
		})
	})
	return err
}

// Delete takes a role, system, entity or flow away, and what refers to it: a
// key or an item of a list goes; what was measured of a flow after go-live goes
// with the flow. A system that a flow begins or ends at cannot go before the
// flow: the error is Problems that name each. Other errors are those of
// Rename.
func Delete(dir, kind, id string) error {
	_, err := Update(dir, func(w Workspace) ([]FileChange, error) {
		return w.everywhere(kind, id, func(f Source, found []mention) FileChange {
			changes, whole := deleted(found)
			return FileChange{Name: f.Name, Changes: changes, Delete: whole}
		})
	})
	return err
}

// everywhere gathers the change of each file that names a thing.
func (w Workspace) everywhere(kind, id string, change func(Source, []mention) FileChange) ([]FileChange, error) {
	known := w.ids(kind)
	if !w.defined(kind, id) || len(known) == 0 {
		return nil, &EditError{Path{plural(kind), id}, fmt.Sprintf("there is no %s %q; %s", kind, id, meant(id, known, plural(kind)))}
	}
	var changes []FileChange
	for _, f := range w.files {
		found, err := mentions(f, kind, id)
		if err != nil {
			return nil, err
		}
		if len(found) > 0 {
			changes = append(changes, change(f, found))
		}
	}
	return changes, nil
}
