package interview

import (
	"slices"
	"strings"

	"github.com/flowmap-dev/flowmap/pkg/audit"
)

// said is what one interview's file states, before it is settled with what
// others say.
type said struct {
	Interview header         `yaml:"interview"`
	Roles     []audit.Role   `yaml:"roles"`
	Systems   []audit.System `yaml:"systems"`
	Entities  []audit.Entity `yaml:"entities"`
	Flows     []audit.Flow   `yaml:"flows"`
}

// header is who was asked, and what of the walk is in no field.
type header struct {
	Date       audit.Date   `yaml:"date"`
	By         string       `yaml:"by"`
	With       []string     `yaml:"with" as:"names"`
	Role       string       `yaml:"role"`
	Department string       `yaml:"department"`
	Minutes    audit.Amount `yaml:"minutes" as:"number"`
	Complete   audit.Answer `yaml:"complete"`
	NotKnown   []string     `yaml:"not_known"`
	Asked      []string     `yaml:"x-asked"`           // keys of questions whose answer is in no field
	Opened     []opened     `yaml:"x-opened" as:"map"` // which question brought a flow to mind
	Draft      draft        `yaml:"x-draft"`           // a flow whose ends are not known yet
}

// opened says which question brought a flow to mind.
type opened struct {
	Flow     string `yaml:",key"`
	Question string `yaml:",value"`
}

// draft is a flow until both its ends are known: without them, a workspace
// cannot hold it.
type draft struct {
	Opening string `yaml:"opening"`
	Name    string `yaml:"name"`
	Entity  string `yaml:"entity"`
	From    string `yaml:"from"`
}

// readSaid reads an interview's file. A file that is not there has said
// nothing.
func readSaid(w audit.Workspace, file string) (said, error) {
	var s said
	text, ok := w.File(file)
	if !ok {
		return s, nil
	}
	return s, audit.Strict(file, text, &s)
}

func (s *said) flow(id string) (audit.Flow, bool) {
	i := slices.IndexFunc(s.Flows, func(f audit.Flow) bool { return f.ID == id })
	if i < 0 {
		return audit.Flow{}, false
	}
	return s.Flows[i], true
}

// opening is the question that brought a flow to mind, among those that this
// interview asks; the last of them for a flow that somebody wrote in.
func (s *said) opening(flow string, questions []string) string {
	for _, o := range s.Interview.Opened {
		if o.Flow == flow && slices.Contains(questions, o.Question) {
			return o.Question
		}
	}
	return questions[len(questions)-1]
}

func (s *said) asked(key string) bool { return slices.Contains(s.Interview.Asked, key) }

func (s *said) notKnown(flow, field string) bool {
	return field != "" && slices.Contains(s.Interview.NotKnown, flow+"."+field)
}

// text is what a flow states in a field that questions ask for, as a workspace
// writes it: 40/day, [1, 1.5, 3], waits; "" where it states nothing.
func text(f audit.Flow, field string) string {
	switch field {
	case "name":
		return f.Name
	case "entity":
		return f.Entity
	case "from":
		return f.From
	case "to":
		return f.To
	case "how":
		return string(f.How)
	case "people":
		return strings.Join(f.People, ", ")
	case "absence":
		return string(f.Absence)
	case "volume.records":
		return f.Volume.Records.String()
	case "volume.basis":
		return string(f.Volume.Basis)
	}
	if rest, ok := strings.CutPrefix(field, "needs."); ok {
		return needText(f.Needs, rest)
	}
	return effortText(f.Effort, strings.TrimPrefix(field, "effort."))
}

func needText(n audit.Needs, field string) string {
	switch field {
	case "latency":
		return string(n.Latency)
	case "direction":
		return string(n.Direction)
	}
	return ""
}

func effortText(e audit.Effort, field string) string {
	switch field {
	case "runs":
		return e.Runs.String()
	case "minutes":
		return e.Minutes.String()
	case "hours_per_week":
		return e.HoursPerWeek.String()
	case "whose":
		return string(e.Whose)
	case "basis":
		return string(e.Basis)
	}
	return ""
}

// pointText is what an error point states in a field.
func pointText(p audit.ErrorPoint, field string) string {
	switch field {
	case "what":
		return p.What
	case "found_in":
		return p.FoundIn
	case "rate":
		return p.Rate.String()
	case "minutes_to_fix":
		return p.MinutesToFix.String()
	case "cost":
		return p.Cost.String()
	case "basis":
		return string(p.Basis)
	}
	return ""
}

// systemText and entityText are what everybody together states in a field.
func systemText(s audit.System, field string) string {
	switch field {
	case "name":
		return s.Name
	case "kind":
		return string(s.Kind)
	case "critical":
		return string(s.Critical)
	case "owner":
		return s.Owner
	case "hosting":
		return string(s.Hosting)
	case "sandbox":
		return string(s.Sandbox)
	case "interfaces":
		all := make([]string, len(s.Interfaces))
		for i, f := range s.Interfaces {
			all[i] = string(f)
		}
		return strings.Join(all, ", ")
	}
	return ""
}

func entityText(e audit.Entity, field string) string {
	switch field {
	case "name":
		return e.Name
	case "record":
		return e.Record
	case "personal_data":
		return string(e.PersonalData)
	}
	return ""
}

// shared lists what two systems share and one of them owns.
func shared(n audit.Needs, owner string) []string {
	var fields []string
	for _, f := range n.Fields {
		if f.Owner == owner {
			fields = append(fields, f.Field)
		}
	}
	return fields
}
