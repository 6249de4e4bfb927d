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
	open  bool // another text is an answer too
}

// find returns what the workspace writes for a text: accents and capitals do
// not matter. Of two that are called alike neither is meant.
func (c choices) find(text string) (code string, ok bool) {
	text = fold(text)
	found := ""
	for _, t := range c.terms {
		switch {
		case fold(t.shown) == text || t.code == text:
			return t.code, true
		case slices.ContainsFunc(t.also, func(s string) bool { return fold(s) == text }):
			if found != "" && found != t.code {
				return "", false
			}
			found = t.code
		}
	}
	return found, found != ""
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
// called alike.
func named(p lang.Printer, what string, things []thing) choices {
	c := choices{what: what}
	for _, t := range things {
		alike := 0
		for _, other := range things {
			if fold(other.name) == fold(t.name) || other.id == fold(t.name) && other.id != t.id {
				alike++
			}
		}
		shown := t.name
		if alike > 1 {
			shown = t.name + " (" + t.id + ")"
		}
		c.terms = append(c.terms, term{code: t.id, shown: oneLine(shown), also: []string{t.name}})
	}
	slices.SortStableFunc(c.terms, func(a, b term) int { return p.Compare(a.shown, b.shown) })
	return c
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
	c := choices{what: what}
	for _, code := range codes {
		t := term{code: code, shown: p[0].Text(area+"."+code, nil)}
		for _, other := range p {
			t.also = append(t.also, other.Text(area+"."+code, nil))
			if key := area + "." + code + ".also"; other.Has(key) {
				t.also = append(t.also, strings.Split(other.Text(key, nil), "|")...)
			}
		}
		c.terms = append(c.terms, t)
	}
	return c
}

// departments are those that flowmap has words for, and those of the
// workspace, where any text may be one.
func departments(p printer, w audit.Workspace) choices {
	c := enumerated(p, "departments", "department", []string{"administration", "logistics", "sales", "purchasing", "finance", "hr", "service", "it"})
	c.open = true
	add := func(name string) {
		if _, known := c.find(name); name != "" && !known {
			c.terms = append(c.terms, term{code: name, shown: name})
		}
	}
	for _, i := range w.Interviews {
		add(i.Department)
	}
	for _, f := range w.Flows {
		add(f.Department)
	}
	return c
}
