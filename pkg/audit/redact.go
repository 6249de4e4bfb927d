package audit

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"unicode"
)

// Redact returns the workspace with roles in place of people: in the names of
// those who do, own, say and accept things, in every text that mentions them,
// and in the names of the files. Somebody without a role is called by the word
// person, such as "Person". Where several would be called alike, a number
// tells them apart, so that findings about one person still mean one. Ids stay
// as they are, since all else hangs on them. Of the files only the catalogue's
// text is kept, redacted too.
func (w Workspace) Redact(person string) Workspace {
	r := redaction{aliases: w.aliases(person), files: fileAliases(w.Interviews)}
	rewrite(reflect.ValueOf(&w).Elem(), field{}, r.change)
	w.places = r.index(w.places)
	w.files = slices.DeleteFunc(slices.Clone(w.files), func(f Source) bool { return f.Name != "catalogue.yaml" })
	for i := range w.files {
		w.files[i].Text = []byte(r.inYAML().text(string(w.files[i].Text)))
	}
	return w
}

type redaction struct {
	aliases []alias // longest names first, so that "Maria José" goes before "Maria"
	files   map[string]string
}

// change redacts a text, a place or a finding; all else is made of these.
func (r redaction) change(v reflect.Value, f field) (whole bool) {
	switch x := v.Addr().Interface().(type) {
	case *string:
		if f.as == "" || f.as == "names" || f.as == "raw" {
			*x = r.file(*x)
		}
		return true
	case *Place:
		x.File = r.file(x.File)
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
		rewrite(reflect.ValueOf(&accepted).Elem(), field{}, r.change)
		f.Accepted = &accepted
	}
	for i := range f.Places {
		f.Places[i].File = r.file(f.Places[i].File)
	}
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
// accents and capitals.
func (r redaction) text(s string) string {
	for _, a := range r.aliases {
		s = a.replace(s)
	}
	return s
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
	r.aliases = slices.Clone(r.aliases)
	for i := range r.aliases {
		r.aliases[i].role = strings.Map(func(c rune) rune {
			if unicode.IsLetter(c) || unicode.IsDigit(c) || c == ' ' {
				return c
			}
			return '-'
		}, r.aliases[i].role)
	}
	return r
}

func (r redaction) index(places placeIndex) placeIndex {
	out := make(placeIndex, len(places))
	for key, fields := range places {
		fields = slices.Clone(fields)
		for i := range fields {
			fields[i].file = r.file(fields[i].file)
		}
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
