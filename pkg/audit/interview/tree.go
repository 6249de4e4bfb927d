package interview

import (
	"fmt"
	"io/fs"
	"slices"

	"github.com/flowmap-dev/flowmap/pkg/audit"
	"github.com/flowmap-dev/flowmap/templates"
)

// tree is everything that may be asked, as templates/questions has it.
type tree struct {
	flow    []question
	point   []question
	closing []question
	opening openings
}

// question is one that is asked about a flow, a system, an entity or an error
// point. Its words are "ask." and its id.
type question struct {
	ID          string      `yaml:"id" need:"true"`
	Kind        Kind        `yaml:"kind" need:"true"`
	About       about       `yaml:"about"`
	Field       string      `yaml:"field"` // of the thing it is about: effort.minutes
	Basis       string      `yaml:"basis"` // where the answer to "how do you know?" goes
	Open        string      `yaml:"open"`  // the field for not_known
	Unit        string      `yaml:"unit"`  // of a rate that names none
	Mark        bool        `yaml:"mark"`  // that it was asked is kept under x-asked
	Options     []choice    `yaml:"options"`
	When        []condition `yaml:"when"`
	Departments []string    `yaml:"departments"` // empty: all
}

// about is what a question is about.
type about string

// What questions may be about. System is every system that came up.
const (
	aboutFlow   about = ""
	aboutFrom   about = "from"
	aboutTo     about = "to"
	aboutEntity about = "entity"
	aboutSystem about = "system"
)

// Options lists what may be written.
func (about) Options() []string { return []string{"from", "to", "entity", "system"} }

// choice is one option of a question.
type choice struct {
	ID  string    `yaml:"id" need:"true"`
	Set []setting `yaml:"set" as:"map"` // fields of the flow; empty: the question's field is the id
}

type setting struct {
	Field string `yaml:",key"`
	Value string `yaml:",value"`
}

// condition holds if the answer to an earlier question is one of some.
type condition struct {
	Answer string   `yaml:"answer" need:"true"`
	Is     []string `yaml:"is"`
}

// openings are the questions that open flows.
type openings struct {
	Departments []department `yaml:"departments"`
	Everybody   []string     `yaml:"everybody"`
}

type department struct {
	ID        string   `yaml:"id" need:"true"`
	Questions []string `yaml:"questions"`
}

// of lists the opening questions of a department.
func (o openings) of(name string) []string {
	i := slices.IndexFunc(o.Departments, func(d department) bool { return d.ID == name })
	if i < 0 {
		return o.Everybody
	}
	return slices.Concat(o.Departments[i].Questions, o.Everybody)
}

// loadTree reads the questions that ship with flowmap.
func loadTree() (*tree, error) {
	var t tree
	var file struct {
		Flow    []question `yaml:"flow"`
		Point   []question `yaml:"point"`
		Closing []question `yaml:"closing"`
	}
	if err := shipped("questions/flow.yaml", &file); err != nil {
		return nil, err
	}
	if err := shipped("questions/openings.yaml", &t.opening); err != nil {
		return nil, err
	}
	t.flow, t.point, t.closing = file.Flow, file.Point, file.Closing
	for _, list := range [][]question{t.flow, t.point, t.closing} {
		for i := range list {
			list[i].fill()
		}
	}
	return &t, nil
}

func shipped(name string, v any) error {
	src, err := fs.ReadFile(templates.FS(), name)
	if err != nil {
		return fmt.Errorf("the questions that ship with flowmap: %w", err)
	}
	return audit.Strict("shipped "+name, src, v)
}

// fill gives a choice without options all that its field may hold.
func (q *question) fill() {
	if len(q.Options) > 0 || q.Field != "kind" {
		return
	}
	for _, id := range audit.Kind("").Options() {
		q.Options = append(q.Options, choice{ID: id})
	}
}

// askedIn tells whether the question is one for a department.
func (q *question) askedIn(department string) bool {
	return len(q.Departments) == 0 || slices.Contains(q.Departments, department)
}
