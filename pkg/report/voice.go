package report

import (
	"strings"

	"github.com/flowmap-dev/flowmap/pkg/advise"
	"github.com/flowmap-dev/flowmap/pkg/audit"
	"github.com/flowmap-dev/flowmap/pkg/catalogue"
	"github.com/flowmap-dev/flowmap/pkg/graph"
	"github.com/flowmap-dev/flowmap/pkg/lang"
)

// Voice puts into words what the stages return as kinds, ids and arguments. It
// is the same on the terminal, in JSON and in reports.
type Voice struct {
	words     lang.Printer
	workspace audit.Workspace
	catalogue catalogue.Catalogue
}

// NewVoice speaks about a workspace, and names platforms as the catalogue does.
func NewVoice(words lang.Printer, w audit.Workspace, c catalogue.Catalogue) Voice {
	return Voice{words, w, c}
}

// variantArg is the argument that chooses among the sentences of a finding.
const variantArg = "variant"

// Title says in a few words what kind of finding it is.
func (v Voice) Title(f audit.Finding) string {
	return v.words.Text("finding."+f.ID+".title", nil)
}

// Sentence says what a finding found.
func (v Voice) Sentence(f audit.Finding) string {
	args := v.Args(f.Args)
	key := "finding." + f.ID + ".message"
	for _, a := range f.Args {
		if a.Name == variantArg {
			key = "finding." + f.ID + "." + a.Text
		}
	}
	return v.words.Text(key, args)
}

// Advice says what to do about a finding.
func (v Voice) Advice(f audit.Finding) string {
	return v.words.Text("finding."+f.ID+".advice", v.Args(f.Args))
}

// Acceptance says who lives with a finding and why; it is empty where nobody
// does.
func (v Voice) Acceptance(f audit.Finding) string {
	a := f.Accepted
	if a == nil {
		return ""
	}
	args := lang.Args{"By": a.By, "Why": a.Why, "Until": v.words.Date(string(a.Until))}
	if a.Until == "" {
		return v.words.Text("finding.accepted", args)
	}
	return v.words.Text("finding.accepted.until", args)
}

// Lapse says that an acceptance no longer applies, and why.
func (v Voice) Lapse(l graph.Lapse) string {
	a := l.Accepted
	about := v.about(a)
	args := lang.Args{"Finding": a.Finding, "Title": v.words.Text("finding."+a.Finding+".title", nil), "About": about,
		"By": a.By, "Why": a.Why, "Until": v.words.Date(string(a.Until))}
	key := "finding.lapsed.gone"
	if l.Past {
		key = "finding.lapsed.past"
	}
	return v.words.Text(key, args)
}

// about names what an acceptance is about; empty where it names nothing.
func (v Voice) about(a audit.Accepted) string {
	var names []string
	for _, n := range []struct {
		id   string
		name func(string) string
	}{{a.Flow, v.Flow}, {a.System, v.System}, {a.Entity, v.Entity}, {a.Role, v.Role}, {a.Person, func(s string) string { return s }}} {
		if n.id != "" {
			names = append(names, n.name(n.id))
		}
	}
	if len(names) == 0 {
		return ""
	}
	return v.words.Text("finding.about", lang.Args{"Names": v.words.List(names)})
}

// Reason says what speaks for or against a candidate.
func (v Voice) Reason(r advise.Reason) string {
	return v.words.Text("reason."+r.ID, v.Args(r.Args))
}

// Note says what a pattern asks for, or how to begin.
func (v Voice) Note(r advise.Reason) string {
	return v.words.Text("note."+r.ID, v.Args(r.Args))
}

// Rule says in a few words what a rule is about, and where its figures come from.
func (v Voice) Rule(id string) string {
	text := v.words.Text("rule."+id, nil)
	r, ok := v.catalogue.Rule(id)
	if !ok || r.Origin == "" {
		return text
	}
	return text + " (" + v.words.Text("origin."+string(r.Origin), nil) + ")"
}

// Publication is a source by its publisher and title, or the words that a
// workspace gives for it.
func (v Voice) Publication(id string) string {
	s, ok := v.catalogue.Source(id)
	if !ok {
		return id
	}
	return strings.TrimPrefix(s.Publisher+", "+s.Title, ", ")
}

// Args writes arguments for people: names for ids, money and hours as the
// language has them.
func (v Voice) Args(args []audit.Arg) lang.Args {
	written := lang.Args{}
	for _, a := range args {
		written[capital(a.Name)] = v.arg(a)
	}
	return written
}

// capital is an argument's name as words ask for it: systems is {{.Systems}}.
func capital(name string) string {
	if name == "" {
		return name
	}
	return strings.ToUpper(name[:1]) + name[1:]
}

func (v Voice) arg(a audit.Arg) string {
	p := v.words
	switch a.Kind {
	case audit.ArgText:
		return a.Text
	case audit.ArgKey:
		return p.Text(a.Text, nil)
	case audit.ArgField:
		return v.field(a.Text)
	case audit.ArgValue:
		return v.stated(a)
	case audit.ArgPerson:
		return p.List(a.IDs)
	case audit.ArgSystem:
		return v.list(a.IDs, v.System)
	case audit.ArgEntity:
		return v.list(a.IDs, v.Entity)
	case audit.ArgFlow:
		return v.list(a.IDs, v.Flow)
	case audit.ArgRole:
		return v.list(a.IDs, v.Role)
	case audit.ArgPlatform:
		return v.list(a.IDs, v.Platform)
	case audit.ArgDate:
		return p.Date(a.Text)
	case audit.ArgCount:
		return p.Number(a.Number, 0)
	case audit.ArgNumber:
		return p.Number(a.Number, 1)
	case audit.ArgHours:
		return p.Hours(a.Number)
	case audit.ArgMoney:
		return p.Money(a.Number, v.workspace.Currency, 0)
	case audit.ArgShare:
		return p.Percent(a.Number, 0)
	case audit.ArgMonths:
		return p.Months(a.Number)
	case audit.ArgAge:
		return p.Age(a.Number)
	}
	return a.Text
}

func (v Voice) list(ids []string, name func(string) string) string {
	return v.words.List(mapped(ids, name))
}

func mapped[T any](ids []T, name func(T) string) []string {
	names := make([]string, len(ids))
	for i, id := range ids {
		names[i] = name(id)
	}
	return names
}

// System is the name of the system with the id, or the id.
func (v Voice) System(id string) string {
	if s, ok := v.workspace.System(id); ok {
		return s.Label()
	}
	return id
}

// Entity is the name of the type of data with the id, or the id.
func (v Voice) Entity(id string) string {
	if e, ok := v.workspace.Entity(id); ok {
		return e.Label()
	}
	return id
}

// Flow is the name of the flow with the id, or the id.
func (v Voice) Flow(id string) string {
	if f, ok := v.workspace.Flow(id); ok {
		return f.Label()
	}
	return id
}

// Role is the name of the role with the id, or the id.
func (v Voice) Role(id string) string {
	if r, ok := v.workspace.Role(id); ok {
		return r.Label()
	}
	return id
}

// Platform is the name of the platform with the id, or the id.
func (v Voice) Platform(id string) string {
	if key := "platform." + id; v.words.Has(key) {
		return v.words.Text(key, nil)
	}
	if p, ok := v.catalogue.Platform(id); ok && p.Name != "" {
		return p.Name
	}
	return id
}

// Solution is the platform of a candidate with the tier, where it has one.
func (v Voice) Solution(c advise.Candidate) string {
	name := v.Platform(c.Platform)
	if v.words.Has("platform." + c.Platform) {
		return name
	}
	p, _ := v.catalogue.Platform(c.Platform)
	if t, ok := p.TierByID(c.Tier); ok && t.Name != "" {
		return name + ", " + t.Name
	}
	if c.Tier != "" {
		return name + ", " + c.Tier
	}
	return name
}

// Department is the word for a department that the words know, or what the
// workspace calls it.
func (v Voice) Department(name string) string {
	if key := "department." + name; v.words.Has(key) {
		return v.words.Text(key, nil)
	}
	return name
}

// Found is where an error is noticed: a system's name, or who notices it.
func (v Voice) Found(where string) string {
	if key := "found_in." + where; v.words.Has(key) {
		return v.words.Text(key, nil)
	}
	return v.System(where)
}

// field is the word for a field by its path, such as needs.latency.
func (v Voice) field(path string) string {
	name := path[strings.LastIndex(path, ".")+1:]
	if key := "field." + name; v.words.Has(key) {
		return v.words.Text(key, nil)
	}
	return path
}

// stated is what somebody said in a field: the word for it where the field
// takes words, the name where it names something, else as it was said.
func (v Voice) stated(a audit.Arg) string {
	for _, field := range a.IDs {
		switch field {
		case "found_in":
			return v.Found(a.Text)
		case "record":
			return v.System(a.Text)
		case "role":
			return v.Role(a.Text)
		case "department":
			return v.Department(a.Text)
		case "by":
			field = "alert"
		}
		if key := field + "." + a.Text; v.words.Has(key) {
			return v.words.Text(key, nil)
		}
	}
	return a.Text
}
