package audit

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"unicode"
	"unique"
)

// Redact returns the workspace with roles in place of people: in the names of
// those who do, own, say and accept things, in every text that mentions them,
// and in the names of the files. Somebody without a role is called by the word
// person, such as "Person". Where several would be called alike, a number
// tells them apart, so that findings about one person still mean one. An id
// that holds a name, such as maria-orders, becomes flow-1 wherever it stands;
// other ids stay. Of the files only the catalogue's text is kept, redacted too.
func (w Workspace) Redact(person string) Workspace {
	people := w.aliases(person)
	r := newRedaction(people, fileAliases(w.Interviews))
	r.ids = w.renames(people)
	r.words = r.ids.words()
	rewrite(reflect.ValueOf(&w).Elem(), r.change)
	w.places = r.index(w.places)
	w.reindex()
	w.files = slices.DeleteFunc(slices.Clone(w.files), func(f Source) bool { return f.Name != "catalogue.yaml" })
	for i := range w.files {
		w.files[i].Text = []byte(r.inYAML().text(string(w.files[i].Text)))
	}
	return w
}

type redaction struct {
	aliases map[rune][]alias  // by their first letter, the longest first, so that "Maria José" goes before "Maria"
	files   map[string]string // what files are called, those named by a place too
	ids     renames
	words   map[string]string // the ids that texts are searched for
}

func newRedaction(aliases []alias, files map[string]string) redaction {
	r := redaction{aliases: map[rune][]alias{}, files: files}
	for _, a := range aliases {
		r.aliases[a.name[0]] = append(r.aliases[a.name[0]], a)
	}
	return r
}

// change redacts a text, a place or a finding, and the ids of things; all else
// is made of these.
func (r redaction) change(v reflect.Value, f field) (whole bool) {
	switch x := v.Addr().Interface().(type) {
	case *string:
		if id, ok := r.ids.ref(f.as, *x); ok {
			*x = id
		} else if f.as == "" || f.as == "names" || f.as == "raw" {
			*x = r.file(*x)
		}
		return true
	case *Flow:
		r.ids.flow(x)
	case *System:
		x.ID = r.ids.of("system", x.ID)
	case *Entity:
		x.ID = r.ids.of("entity", x.ID)
	case *Role:
		x.ID = r.ids.of("role", x.ID)
	case *FieldOwner:
		x.Owner = r.ids.of("system", x.Owner)
	case *Interview:
		r.notKnown(x)
	case *Setting:
		r.setting(x)
		return true
	case *Place:
		*x = r.place(*x)
		return true
	case *Finding:
		r.finding(x)
		return true
	}
	return false
}

func (r redaction) finding(f *Finding) {
	f.People, f.Places, f.Args = r.all(f.People), slices.Clone(f.Places), slices.Clone(f.Args)
	if f.Accepted != nil {
		accepted := *f.Accepted
		rewrite(reflect.ValueOf(&accepted).Elem(), r.change)
		f.Accepted = &accepted
	}
	for i := range f.Places {
		f.Places[i] = r.place(f.Places[i])
	}
	r.findingIDs(f)
	for i := range f.Args {
		a := &f.Args[i]
		if a.Kind != ArgKey {
			a.Text = r.text(a.Text)
		}
		if a.Kind == ArgPerson {
			a.IDs = r.all(a.IDs)
		}
	}
}

func (r redaction) all(texts []string) []string {
	out := slices.Clone(texts)
	for i, s := range out {
		out[i] = r.text(s)
	}
	return out
}

// text replaces each name that stands as a word of its own, whatever its
// accents and capitals, and each id that holds one.
func (r redaction) text(s string) string {
	var b strings.Builder
	text, kept := []rune(s), 0
	for i := 0; i < len(text); i++ {
		if partOfWord(text, i-1) {
			continue
		}
		role, end := r.id(text, i)
		if end == 0 {
			role, end = r.name(text, i)
		}
		if end > 0 {
			b.WriteString(string(text[kept:i]))
			b.WriteString(role)
			kept, i = end, end-1
		}
	}
	if kept == 0 {
		return s
	}
	b.WriteString(string(text[kept:]))
	return b.String()
}

// name returns what stands for the name that begins at a word, and where the
// name ends: 0 if none begins there.
func (r redaction) name(text []rune, i int) (role string, end int) {
	for _, a := range r.aliases[foldRune(text[i])] {
		if end := a.end(text, i); end > 0 && (!a.named || unicode.IsUpper(text[i])) {
			return a.role, end
		}
	}
	return "", 0
}

// place redacts the file of a place. There are many places and few files.
func (r redaction) place(p Place) Place {
	name, ok := r.files[p.File]
	if !ok {
		name = r.text(p.File)
		r.files[p.File] = name
	}
	p.File = name
	return p
}

// file redacts a text that may be the name of a file: interviews have names of
// their own.
func (r redaction) file(name string) string {
	if other, ok := r.files[name]; ok {
		return other
	}
	return r.text(name)
}

// inYAML returns a redaction whose words cannot break a YAML file.
func (r redaction) inYAML() redaction {
	tame := func(c rune) rune {
		if unicode.IsLetter(c) || unicode.IsDigit(c) || c == ' ' {
			return c
		}
		return '-'
	}
	aliases := make(map[rune][]alias, len(r.aliases))
	for letter, all := range r.aliases {
		all = slices.Clone(all)
		for i := range all {
			all[i].role = strings.Map(tame, all[i].role)
		}
		aliases[letter] = all
	}
	r.aliases = aliases
	return r
}

func (r redaction) index(places placeIndex) placeIndex {
	out := make(placeIndex, len(places))
	for key, fields := range places {
		fields = slices.Clone(fields)
		for i := range fields {
			fields[i].file = unique.Make(r.place(Place{File: fields[i].file.Value()}).File)
			if field := fields[i].field.Value(); namesThings(field) {
				fields[i].field = unique.Make(r.path(key.id, field))
			}
		}
		key.id = r.ids.of(key.kind, key.id)
		if key.kind == "interview" || key.kind == "scenario" || key.kind == "actual" {
			key.id = r.file(key.id)
		}
		out[key] = fields
	}
	return out
}

func fileAliases(interviews []Interview) map[string]string {
	files := make(map[string]string, len(interviews))
	for i, v := range interviews {
		files[v.File] = fmt.Sprintf("interviews/interview-%d.yaml", i+1)
	}
	return files
}
