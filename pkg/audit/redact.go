package audit

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
)

// Redact returns the workspace with roles in place of people: in the names of
// those who do, own, say and accept things, in notes and error points, and in
// the names of the files. Somebody without a role is called by the word
// person, such as "Person". Where several would be called alike, a number
// tells them apart, so that findings about one person still mean one.
func (w Workspace) Redact(person string) Workspace {
	r := redaction{aliases: w.aliases(person)}
	w.Flows, w.Systems = slices.Clone(w.Flows), slices.Clone(w.Systems)
	w.Entities, w.Roles = slices.Clone(w.Entities), slices.Clone(w.Roles)
	w.Accepted, w.Interviews = slices.Clone(w.Accepted), slices.Clone(w.Interviews)
	w.Findings = slices.Clone(w.Findings)
	r.files = fileAliases(w.Interviews)
	w.Platforms.TechnicalOwner = r.text(w.Platforms.TechnicalOwner)
	for i := range w.Systems {
		w.Systems[i].Owner, w.Systems[i].Notes = r.text(w.Systems[i].Owner), r.text(w.Systems[i].Notes)
	}
	for i := range w.Entities {
		w.Entities[i].Notes = r.text(w.Entities[i].Notes)
	}
	for i := range w.Roles {
		w.Roles[i].Notes = r.text(w.Roles[i].Notes)
	}
	for i := range w.Flows {
		r.flow(&w.Flows[i])
	}
	for i := range w.Accepted {
		a := &w.Accepted[i]
		a.Person, a.By, a.Why = r.text(a.Person), r.text(a.By), r.text(a.Why)
	}
	for i := range w.Interviews {
		v := &w.Interviews[i]
		v.By, v.With, v.File = r.text(v.By), r.all(v.With), r.file(v.File)
	}
	for i := range w.Findings {
		r.finding(&w.Findings[i])
	}
	w.files, w.places = nil, r.index(w.places)
	return w
}

// alias is a person's name and what stands in its place.
type alias struct {
	name  string
	short string // folded, to compare
	role  string
}

type redaction struct {
	aliases []alias // longest names first, so that "Maria José" goes before "Maria"
	files   map[string]string
}

// aliases gives every person that the workspace names another name.
func (w Workspace) aliases(person string) []alias {
	var people []alias
	add := func(name, role string) {
		short := fold(name)
		if short == "" {
			return
		}
		i := slices.IndexFunc(people, func(a alias) bool { return a.short == short })
		if i < 0 {
			people, i = append(people, alias{name: name, short: short}), len(people)
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
	for _, f := range w.Flows {
		add(f.Owner, "")
	}
	for _, v := range w.Interviews {
		add(v.By, "")
	}
	for _, a := range w.Accepted {
		add(a.Person, "")
		add(a.By, "")
	}
	for _, s := range w.Systems {
		add(s.Owner, "")
	}
	add(w.Platforms.TechnicalOwner, "")
	return numbered(people, person)
}

// numbered fills in the word for those without a role, and tells apart those
// who would be called alike.
func numbered(people []alias, person string) []alias {
	total, seen := map[string]int{}, map[string]int{}
	for i := range people {
		if people[i].role == "" {
			people[i].role = person
		}
		total[people[i].role]++
	}
	for i := range people {
		word := people[i].role
		if seen[word]++; total[word] > 1 {
			people[i].role = fmt.Sprintf("%s %d", word, seen[word])
		}
	}
	slices.SortStableFunc(people, func(a, b alias) int { return len(b.short) - len(a.short) })
	return people
}

func fileAliases(interviews []Interview) map[string]string {
	files := make(map[string]string, len(interviews))
	for i, v := range interviews {
		files[v.File] = fmt.Sprintf("interviews/interview-%d.yaml", i+1)
	}
	return files
}

// text replaces each name that stands as a word of its own, whatever its
// accents and capitals.
func (r redaction) text(s string) string {
	for _, a := range r.aliases {
		s = replaceWord(s, a)
	}
	return s
}

func replaceWord(s string, a alias) string {
	var b strings.Builder
	runes := []rune(s)
	size := len([]rune(a.name))
	for i := 0; i < len(runes); {
		end := i + size
		if end <= len(runes) && !letterAt(runes, i-1) && !letterAt(runes, end) && fold(string(runes[i:end])) == a.short {
			b.WriteString(a.role)
			i = end
			continue
		}
		b.WriteRune(runes[i])
		i++
	}
	return b.String()
}

func letterAt(runes []rune, i int) bool {
	return i >= 0 && i < len(runes) && (unicode.IsLetter(runes[i]) || unicode.IsDigit(runes[i]))
}

func (r redaction) all(texts []string) []string {
	out := make([]string, len(texts))
	for i, s := range texts {
		out[i] = r.text(s)
	}
	return out
}

func (r redaction) flow(f *Flow) {
	f.Name, f.Owner, f.People, f.Fallback = r.text(f.Name), r.text(f.Owner), r.all(f.People), r.text(f.Fallback)
	f.Notes, f.Place = r.text(f.Notes), r.place(f.Place)
	f.Errors, f.Remarks = slices.Clone(f.Errors), slices.Clone(f.Remarks)
	for i := range f.Errors {
		p := &f.Errors[i]
		p.What, p.Place = r.text(p.What), r.place(p.Place)
		p.Rates, p.Minutes, p.Costs = r.pool(p.Rates), r.pool(p.Minutes), r.pool(p.Costs)
		r.estimates(&p.Rate, &p.MinutesToFix, &p.Cost)
	}
	for i := range f.Remarks {
		f.Remarks[i] = Remark{r.text(f.Remarks[i].Text), r.place(f.Remarks[i].Place)}
	}
	f.Efforts, f.Evidence = r.efforts(f.Efforts), r.efforts(f.Evidence)
	f.Effort = r.efforts([]Effort{f.Effort})[0]
	r.estimates(&f.Volume.Records, &f.Peak.Factor, &f.AutomationRate, &f.ErrorReduction, &f.Solution.BuildCost, &f.Solution.PlatformMonthly)
}

func (r redaction) efforts(efforts []Effort) []Effort {
	efforts = slices.Clone(efforts)
	for i := range efforts {
		e := &efforts[i]
		e.Place = r.place(e.Place)
		r.estimates(&e.HoursPerWeek, &e.HoursPerMonth, &e.HoursPerYear, &e.Runs, &e.Minutes)
	}
	return efforts
}

func (r redaction) pool(p Pool) Pool {
	p = slices.Clone(p)
	for i := range p {
		p[i].Place = r.place(p[i].Place)
	}
	return p
}

func (r redaction) estimates(all ...*Estimate) {
	for _, e := range all {
		e.Place = r.place(e.Place)
	}
}

func (r redaction) finding(f *Finding) {
	f.People, f.Places, f.Args = r.all(f.People), slices.Clone(f.Places), slices.Clone(f.Args)
	for i := range f.Places {
		f.Places[i] = r.place(f.Places[i])
	}
	for i := range f.Args {
		f.Args[i].Text = r.text(f.Args[i].Text)
	}
}

func (r redaction) file(name string) string {
	if other, ok := r.files[name]; ok {
		return other
	}
	return name
}

func (r redaction) place(p Place) Place {
	p.File = r.file(p.File)
	return p
}

func (r redaction) index(places placeIndex) placeIndex {
	out := make(placeIndex, len(places))
	for key, fields := range places {
		fields = slices.Clone(fields)
		for i := range fields {
			fields[i].file = r.file(fields[i].file)
		}
		key.id = r.file(key.id)
		out[key] = fields
	}
	return out
}
