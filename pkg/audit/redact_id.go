package audit

import (
	"slices"
	"strconv"
	"strings"
	"unicode"
)

// renames are the ids that hold a person's name, and what they become.
type renames map[placeKey]string

// pointsOf is the kind of a flow's error points: their ids count within it.
func pointsOf(flow string) string { return "error of " + flow }

// renames gives every flow, system, entity, role and error point whose id
// holds a person's name another one, such as flow-1: by kind, in the order of
// the ids, past those that are taken.
func (w Workspace) renames(people []alias) renames {
	words := nameWords(people)
	n := renames{}
	for _, kind := range []string{"flow", "system", "entity", "role"} {
		n.add(kind, kind, w.ids(kind), words)
	}
	for _, f := range w.Flows {
		ids := make([]string, len(f.Errors))
		for i, p := range f.Errors {
			ids[i] = p.ID
		}
		n.add(pointsOf(f.ID), "error", ids, words)
	}
	return n
}

func (n renames) add(kind, prefix string, ids []string, names map[string]bool) {
	next := 1
	for _, id := range ids {
		if !slices.ContainsFunc(wordsOf(fold(id)), func(word string) bool { return names[word] }) {
			continue
		}
		fresh := prefix + "-" + strconv.Itoa(next)
		for slices.Contains(ids, fresh) {
			next++
			fresh = prefix + "-" + strconv.Itoa(next)
		}
		n[placeKey{kind, id}] = fresh
		next++
	}
}

// nameWords are the folded words of people's names. Of several, those of one
// or two letters, such as de, are no name by themselves.
func nameWords(people []alias) map[string]bool {
	names := map[string]bool{}
	for _, p := range people {
		words := wordsOf(string(p.name))
		for _, word := range words {
			if len(words) == 1 || len([]rune(word)) > 2 {
				names[word] = true
			}
		}
	}
	return names
}

func wordsOf(s string) []string {
	return strings.FieldsFunc(s, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
}

// words are the ids that are more than a name, and so mean a thing in a text
// too: of things with the same id the one whose new id comes first.
func (n renames) words() map[string]string {
	words := make(map[string]string, len(n))
	for key, fresh := range n {
		if !strings.Contains(key.id, "-") {
			continue
		}
		if other, twice := words[key.id]; twice && other < fresh {
			continue
		}
		words[key.id] = fresh
	}
	return words
}

// of is what a thing's id becomes: mostly what it was.
func (n renames) of(kind, id string) string {
	if fresh, ok := n[placeKey{kind, id}]; ok {
		return fresh
	}
	return id
}

// all renames ids into a new list.
func (n renames) all(kind string, ids []string) []string {
	out := slices.Clone(ids)
	for i, id := range out {
		out[i] = n.of(kind, id)
	}
	return out
}

// id returns what stands for the id that begins at a word of a text, and where
// the id ends: 0 if none begins there.
func (r redaction) id(text []rune, i int) (fresh string, end int) {
	if len(r.words) == 0 || i > 0 && idRune(text[i-1]) {
		return "", 0
	}
	for end = i; end < len(text) && idRune(text[end]); end++ {
	}
	fresh, ok := r.words[fold(string(text[i:end]))]
	if !ok {
		return "", 0
	}
	return fresh, end
}

// ref renames what a field tagged so refers to; false if it refers to nothing.
func (n renames) ref(as, id string) (string, bool) {
	if as == "found" {
		return n.of("system", id), true
	}
	kind, ok := strings.CutPrefix(as, "ref=")
	return n.of(kind, id), ok
}

// flow renames a flow and its error points. What refers to other things has
// its tag.
func (n renames) flow(f *Flow) {
	f.Errors = slices.Clone(f.Errors)
	for i := range f.Errors {
		f.Errors[i].ID = n.of(pointsOf(f.ID), f.Errors[i].ID)
	}
	f.ID = n.of("flow", f.ID)
}

// findingIDs renames what a finding is about.
func (r redaction) findingIDs(f *Finding) {
	about := ""
	if len(f.Flows) > 0 {
		about = f.Flows[0]
	}
	for i := range f.Args {
		switch a := &f.Args[i]; a.Kind {
		case ArgFlow, ArgSystem, ArgEntity, ArgRole:
			a.IDs = r.ids.all(string(a.Kind), a.IDs)
		case ArgField:
			a.Text = r.path(about, a.Text)
		case ArgValue:
			if len(a.IDs) > 0 {
				a.Text = r.raw(a.IDs[0], a.Text)
			}
		}
	}
	f.Flows, f.Systems = r.ids.all("flow", f.Flows), r.ids.all("system", f.Systems)
	f.Entities, f.Roles = r.ids.all("entity", f.Entities), r.ids.all("role", f.Roles)
}

// notKnown redacts what an interview asked in vain: web-orders.volume.
func (r redaction) notKnown(i *Interview) {
	i.NotKnown = slices.Clone(i.NotKnown)
	for j, n := range i.NotKnown {
		if flow, field, dotted := strings.Cut(n, "."); dotted {
			i.NotKnown[j] = r.ids.of("flow", flow) + "." + r.path(flow, field)
		}
	}
}

// setting redacts flows.web-orders.needs.latency and its value.
func (r redaction) setting(s *Setting) {
	list, rest, _ := strings.Cut(s.Key, ".")
	for _, kind := range []string{"role", "system", "entity", "flow"} {
		if plural(kind) == list {
			id, field, _ := strings.Cut(rest, ".")
			s.Key = list + "." + r.ids.of(kind, id) + "." + r.path(id, field)
			s.Value = r.raw(fieldName(field), s.Value)
		}
	}
	s.Key, s.Value, s.Place = r.text(s.Key), r.text(s.Value), r.place(s.Place)
}

// path redacts the path of a field of a flow: an error point's id, the other
// flow of an overlap, or words.
func (r redaction) path(flow, field string) string {
	name, rest, deeper := strings.Cut(field, ".")
	switch {
	case deeper && name == "errors":
		point, last := rest, ""
		if dot := strings.LastIndex(rest, "."); dot >= 0 {
			point, last = rest[:dot], rest[dot:]
		}
		return r.text("errors." + r.ids.of(pointsOf(flow), point) + last)
	case deeper && name == "overlaps":
		return r.text("overlaps." + r.ids.of("flow", rest))
	}
	return r.text(field)
}

// namesThings tells whether a path holds more than names of fields.
func namesThings(field string) bool {
	return strings.HasPrefix(field, "errors.") || strings.HasPrefix(field, "overlaps.") || strings.HasPrefix(field, "needs.fields.")
}

// raw redacts a value as it is written in a file: the ids that a field of that
// name refers to, and words.
func (r redaction) raw(field, value string) string {
	kind := ""
	switch field {
	case "after", "overlaps":
		kind = "flow"
	case "entity", "role":
		kind = field
	case "from", "to", "record", "found_in", "fields":
		kind = "system"
	}
	if kind == "" {
		return r.text(value)
	}
	var b strings.Builder
	for value != "" {
		end := strings.IndexFunc(value, func(c rune) bool { return !idRune(c) })
		switch end {
		case 0:
			end = len(value) - len(strings.TrimLeftFunc(value, func(c rune) bool { return !idRune(c) }))
		case -1:
			end = len(value)
		}
		b.WriteString(r.ids.of(kind, value[:end]))
		value = value[end:]
	}
	return r.text(b.String())
}

// idRune tells whether ids are made of such letters.
func idRune(c rune) bool { return c == '-' || c == '_' || unicode.IsLetter(c) || unicode.IsDigit(c) }
