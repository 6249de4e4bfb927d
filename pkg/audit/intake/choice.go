package intake

import (
	"fmt"
	"slices"
	"strings"

	"github.com/flowmap-dev/flowmap/pkg/audit"
	"github.com/flowmap-dev/flowmap/pkg/lang"
)

// term is one thing that may be chosen: what the workspace writes for it, what
// the form shows, and what else is understood.
type term struct {
	code  string
	shown string
	also  []string
}

// choices are those of one list.
type choices struct {
	what  string // in the plural, for hints
	terms []term
	codes map[string]string // by folded text; empty where it may mean two
}

// listed makes the choices of terms.
func listed(what string, terms []term) choices {
	c := choices{what: what, terms: terms, codes: map[string]string{}}
	for _, t := range terms {
		for _, s := range t.also {
			s = fold(s)
			if code, taken := c.codes[s]; taken && code != t.code {
				c.codes[s] = ""
				continue
			}
			c.codes[s] = t.code
		}
	}
	for _, t := range terms { // what is shown means what it says, whatever else it could
		c.codes[t.code] = t.code
	}
	for _, t := range terms {
		c.codes[fold(t.shown)] = t.code
	}
	return c
}

// find returns what the workspace writes for a text: accents and capitals do
// not matter. Of two that are called alike neither is meant.
func (c choices) find(text string) (code string, ok bool) {
	code = c.codes[fold(text)]
	return code, code != ""
}

func (c choices) shown() []string {
	var all []string
	for _, t := range c.terms {
		all = append(all, t.shown)
	}
	return all
}

// show is how the form shows a code.
func (c choices) show(code string) string {
	for _, t := range c.terms {
		if t.code == code {
			return t.shown
		}
	}
	return code
}

// mostListed is how many known words a hint lists.
const mostListed = 24

// meant is the hint for a text that is none of them.
func (c choices) meant(text string) string {
	known := c.shown()
	if len(known) == 0 {
		return fmt.Sprintf("there are no %s in the workspace yet: add it to flowmap.yaml", c.what)
	}
	hint := ""
	if near := nearest(text, known); near != "" {
		hint = fmt.Sprintf("did you mean %q? ", near)
	}
	more := ""
	if n := len(known); n > mostListed {
		known, more = known[:mostListed], fmt.Sprintf(" and %d more", n-mostListed)
	}
	return hint + c.what + " here: " + strings.Join(known, ", ") + more
}

// thing is a system or an entity, for the lists of those.
type thing struct{ id, name string }

// named lists things by what they are called, with their ids where two are
// called alike, or one as the other's id.
func named(p lang.Printer, what string, things []thing) choices {
	alike := map[string]int{}
	for _, t := range things {
		alike[fold(t.name)]++
		if fold(t.name) != t.id {
			alike[t.id]++
		}
	}
	var terms []term
	for _, t := range things {
		shown := oneLine(t.name)
		if alike[fold(t.name)] > 1 {
			shown += " (" + t.id + ")"
		}
		terms = append(terms, term{code: t.id, shown: shown, also: []string{t.name}})
	}
	slices.SortStableFunc(terms, func(a, b term) int { return p.Compare(a.shown, b.shown) })
	return listed(what, terms)
}

// oneLine puts a text on one line, as a list shows it.
func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// listNames are the lists of the form, in the order of their columns on the
// hidden sheet.
var listNames = []string{"system", "entity", "department", "how", "every", "hours_per", "whose", "volume_per", "basis", "absence"}

// choicesOf gives a list of the form; the first language is the form's.
func choicesOf(list string, p printer, w audit.Workspace) choices {
	switch list {
	case "system":
		var all []thing
		for _, s := range w.Systems {
			all = append(all, thing{s.ID, s.Label()})
		}
		return named(p[0], "systems", all)
	case "entity":
		var all []thing
		for _, e := range w.Entities {
			all = append(all, thing{e.ID, e.Label()})
		}
		return named(p[0], "types of data", all)
	case "department":
		return departments(p, w)
	case "how":
		return enumerated(p, "answers", "how", audit.How("").Options())
	case "every":
		return enumerated(p, "answers", "every", audit.Period("").Options())
	case "hours_per":
		return enumerated(p, "answers", "form.per", []string{"week", "month", "year"})
	case "volume_per":
		return enumerated(p, "answers", "form.per", []string{"day", "week", "month", "year"})
	case "whose":
		return enumerated(p, "answers", "form.whose", audit.Whose("").Options())
	case "basis":
		return enumerated(p, "answers", "basis", audit.Basis("").Options())
	case "absence":
		return enumerated(p, "answers", "absence", audit.Absence("").Options())
	}
	return choices{}
}

func enumerated(p printer, what, area string, codes []string) choices {
	return listed(what, spoken(p, area, codes))
}

// spoken gives codes in every language, as the form shows them in its own.
func spoken(p printer, area string, codes []string) []term {
	var terms []term
	for _, code := range codes {
		t := term{code: code, shown: p[0].Text(area+"."+code, nil)}
		for _, other := range p {
			t.also = append(t.also, other.Text(area+"."+code, nil))
			if key := area + "." + code + ".also"; other.Has(key) {
				t.also = append(t.also, strings.Split(other.Text(key, nil), "|")...)
			}
		}
		terms = append(terms, t)
	}
	return terms
}

// departments are those that flowmap has words for, and those of the
// workspace, where any text may be one.
func departments(p printer, w audit.Workspace) choices {
	known := spoken(p, "department", []string{"administration", "logistics", "sales", "purchasing", "finance", "hr", "service", "it"})
	c, seen := listed("departments", known), map[string]bool{}
	add := func(name string) {
		if _, there := c.find(name); name != "" && !there && !seen[fold(name)] {
			seen[fold(name)] = true
			known = append(known, term{code: name, shown: name})
		}
	}
	for _, d := range w.Departments {
		add(d.Name)
	}
	for _, i := range w.Interviews {
		add(i.Department)
	}
	for _, f := range w.Flows {
		add(f.Department)
	}
	return listed("departments", known)
}
