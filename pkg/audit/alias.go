package audit

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
)

// alias is a name of a person and what stands in its place.
type alias struct {
	name  []rune // folded, to compare
	role  string
	named bool // stands for a name only where it has a capital: a part of a full name
}

// aliases gives every person that the workspace names another name, and the
// parts of full names too: notes say Maria of Maria López.
func (w Workspace) aliases(person string) []alias {
	people := w.people()
	named := newRedaction(people, nil)
	total, seen := map[string]int{}, map[string]int{}
	for i := range people {
		p := &people[i]
		if p.role == "" || named.text(p.role) != p.role {
			p.role = person // nobody hides behind a role that is called by a name
		}
		total[p.role]++
	}
	for i := range people {
		word := people[i].role
		if seen[word]++; total[word] > 1 {
			people[i].role = fmt.Sprintf("%s %d", word, seen[word])
		}
	}
	people = append(people, parts(people, person)...)
	slices.SortStableFunc(people, func(a, b alias) int { return len(b.name) - len(a.name) })
	return people
}

// people lists who is named, in the order of the workspace, with their roles.
// An owner may be a department, which is nobody.
func (w Workspace) people() []alias {
	var people []alias
	departments := w.departments()
	at := map[string]int{}
	add := func(name, role string) {
		short := fold(name)
		if short == "" || departments[short] {
			return
		}
		i, known := at[short]
		if !known {
			i = len(people)
			at[short], people = i, append(people, alias{name: []rune(short)})
		}
		if people[i].role == "" {
			people[i].role = role
		}
	}
	role := func(id string) string {
		if r, ok := w.Role(id); ok {
			return r.Label()
		}
		return ""
	}
	for _, v := range w.Interviews {
		for _, name := range v.With {
			add(name, role(v.Role))
		}
	}
	for _, f := range w.Flows {
		for _, name := range f.People {
			add(name, role(f.Role))
		}
	}
	for _, name := range w.others() {
		add(name, "")
	}
	return people
}

// others are the names of those who own, ask and accept.
func (w Workspace) others() []string {
	var names []string
	for _, f := range w.Flows {
		names = append(names, f.Owner)
	}
	for _, v := range w.Interviews {
		names = append(names, v.By)
	}
	for _, a := range w.Accepted {
		names = append(names, a.Person, a.By)
	}
	for _, s := range w.Systems {
		names = append(names, s.Owner)
	}
	for _, f := range w.Findings {
		names = append(names, f.People...)
	}
	return append(names, w.Platforms.TechnicalOwner)
}

// departments are the folded names of what owns things and is no person.
func (w Workspace) departments() map[string]bool {
	names := map[string]bool{}
	for _, name := range []string{"administration", "logistics", "sales", "purchasing", "finance", "hr", "service", "it", "marketing"} {
		names[name] = true
	}
	for _, d := range w.Departments {
		names[fold(d.Name)] = true
	}
	for _, f := range w.Flows {
		names[fold(f.Department)] = true
	}
	for _, v := range w.Interviews {
		names[fold(v.Department)] = true
	}
	for _, r := range w.Roles {
		names[fold(r.Label())], names[r.ID] = true, true
	}
	return names
}

// parts are the words of full names. One that several people share stands for
// any of them.
func parts(people []alias, person string) []alias {
	var all []alias
	for _, p := range people {
		words := strings.Fields(string(p.name))
		if len(words) < 2 {
			continue
		}
		for _, word := range words {
			runes := []rune(word)
			same := func(a alias) bool { return string(a.name) == word }
			switch i := slices.IndexFunc(all, same); {
			case len(runes) < 3 || slices.ContainsFunc(people, same):
			case i >= 0:
				all[i].role = person
			default:
				all = append(all, alias{name: runes, role: p.role, named: true})
			}
		}
	}
	return all
}

// end returns where the name that begins at text[i] ends, 0 if none does.
// Accents may stand apart from their letters, and words may be far apart.
func (a alias) end(text []rune, i int) int {
	n := 0
	for ; n < len(a.name) && i < len(text); i++ {
		switch r := text[i]; {
		case unicode.IsSpace(r) && a.name[n] == ' ':
			for i+1 < len(text) && unicode.IsSpace(text[i+1]) {
				i++
			}
			n++
		case unicode.Is(unicode.Mn, r) && n > 0:
		case foldRune(r) == a.name[n]:
			n++
		default:
			return 0
		}
	}
	for i < len(text) && unicode.Is(unicode.Mn, text[i]) {
		i++
	}
	if n < len(a.name) || partOfWord(text, i) {
		return 0
	}
	return i
}

func partOfWord(text []rune, i int) bool {
	return i >= 0 && i < len(text) && (unicode.IsLetter(text[i]) || unicode.IsDigit(text[i]))
}
