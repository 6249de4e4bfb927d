package intake

import (
	"bytes"
	"fmt"
	"slices"
	"strings"

	"github.com/flowmap-dev/flowmap/pkg/audit"
)

// Import is what a form says, ready to be written.
type Import struct {
	File  string // interviews/form-3f9a1c-maria.yaml
	With  []string
	Flows []Told // in the order of the form, those about which it says nothing left out

	interview audit.Value
	flows     audit.Value
}

// Told is a flow about which the form says something.
type Told struct {
	ID, Name string
	New      bool     // no other file knows it
	Fields   []string // keys of the workspace: effort, volume
	Cell     string   // where the form has it: Flows!B12
	Like     []string // ids of other flows that move the same data the same way
}

// Import holds a form against a workspace: what is given there already is no
// statement, and what an earlier import of this form said does not count. The
// error is Problems, all that the form has, each at its sheet and cell.
func (f Form) Import(w audit.Workspace) (Import, error) {
	in := newIntake(f, w)
	in.checkShape()
	if len(in.all) > 0 {
		return Import{}, in.problems()
	}
	about := in.readTop()
	in.workspace = without(w, f.file(about.with))
	for _, l := range f.grid.lines {
		if l.row > f.grid.head.row {
			in.readRow(l)
		}
	}
	if len(in.all) > 0 {
		return Import{}, in.problems()
	}
	imported := Import{File: f.file(about.with), With: about.with, interview: in.interview(about)}
	var flows []audit.Value
	for _, e := range in.entries {
		imported.Flows = append(imported.Flows, e.told)
		flows = append(flows, audit.Fields(e.fields...))
	}
	imported.flows = audit.List(flows...)
	return imported, nil
}

// without is a workspace without one of its files. Others may refer to what
// stood there: that is no matter here.
func without(w audit.Workspace, file string) audit.Workspace {
	if _, there := w.File(file); !there {
		return w
	}
	rest := slices.DeleteFunc(slices.Clone(w.Files()), func(s audit.Source) bool { return s.Name == file })
	less, _ := audit.New(rest)
	return less
}

// Changes gives the file to write; none if it says the same already, or if the
// form says nothing and never did.
func (i Import) Changes(w audit.Workspace) ([]audit.FileChange, error) {
	before, there := w.File(i.File)
	if !there && len(i.Flows) == 0 {
		return nil, nil
	}
	text, err := audit.Edit(nil, audit.Set(audit.Path{"interview"}, i.interview), audit.Set(audit.Path{"flows"}, i.flows))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", i.File, err)
	}
	if there && bytes.Equal(text, before) {
		return nil, nil
	}
	return []audit.FileChange{{Name: i.File, Text: text}}, nil
}

// intake is a form that is being held against a workspace.
type intake struct {
	faults
	grid      grid
	hidden    hidden
	workspace audit.Workspace
	columns   []column
	lists     map[string]choices
	entries   []entry
	notKnown  []string
	sender    sender
}

// entry is a row that says something.
type entry struct {
	told   Told
	cell   cell // where the row begins
	from   string
	to     string
	entity string
	fields []audit.Field
}

func newIntake(f Form, w audit.Workspace) *intake {
	in := &intake{faults: faults{file: f.name, sheet: f.grid.sheet}, grid: f.grid, hidden: f.hidden, workspace: w, columns: columns(), lists: map[string]choices{}}
	for _, name := range listNames {
		in.lists[name] = choicesOf(name, f.grid.head.printer, w)
	}
	return in
}

// checkShape tells what keeps the form from being read cell by cell.
func (i *intake) checkShape() {
	head := i.grid.head
	for _, c := range head.unknown {
		hint := "the headings of a form stay as they are"
		if near := nearest(c.text, i.absentHeadings()); near != "" {
			hint = fmt.Sprintf("did you mean %q? %s", near, hint)
		}
		i.add(c, fmt.Sprintf("there is no column %q in a form", short(c.text)), hint)
	}
	for _, c := range head.twice {
		i.add(c, fmt.Sprintf("the column %q stands here a second time", short(c.text)), "keep one of the two")
	}
	for n, c := range i.columns {
		needed := i.hidden.id != "" || c.key == "from" || c.key == "to"
		if needed && head.at[n] == 0 {
			i.add(cell{row: head.row, column: 1}, fmt.Sprintf("the column %q is missing", c.words(head.printer[0], "", "")), "the headings of a form stay as they are")
		}
	}
	for _, b := range i.grid.merged {
		if b.last.row >= head.row {
			i.add(b.first, fmt.Sprintf("the cells %s are merged, so that it is not clear what they say", b.name), "unmerge them, and write the value into each cell that it is for")
		}
	}
	for _, l := range i.grid.lines {
		for _, c := range l.cells {
			switch c.kind {
			case formula:
				i.add(c, "holds a formula", "write its result in its place (copy, then paste as values)")
			case broken:
				i.add(c, fmt.Sprintf("holds the error %s", short(c.text)), "write what you mean")
			}
		}
	}
}

// absentHeadings are those that the form lacks, in its language.
func (i *intake) absentHeadings() []string {
	var all []string
	for n, c := range i.columns {
		if i.grid.head.at[n] == 0 {
			all = append(all, c.words(i.grid.head.printer[0], "", ""))
		}
	}
	return all
}

// sender is who filled the form in, and when.
type sender struct {
	with       []string
	date       string
	department string
}

// readTop reads what stands above the headings: each answer stands on the
// right of its question.
func (i *intake) readTop() sender {
	var s sender
	person := cell{row: 1, column: 1}
	for _, l := range i.grid.lines {
		if l.row >= i.grid.head.row {
			break
		}
		for _, c := range l.cells {
			answer := l.at(c.column + 1)
			switch {
			case i.asks(c, "form.person"):
				person = answer
				s.with = i.names(answer)
			case i.asks(c, "form.date"):
				s.date = i.date(answer)
			case i.asks(c, "form.department"):
				s.department = i.department(answer)
			}
		}
	}
	if len(s.with) == 0 && i.hidden.id != "" {
		i.add(person, "nobody says who filled this in", "write the person's name here")
	}
	i.sender = s
	return s
}

// asks tells whether a cell is a question of the form, in any language.
func (i *intake) asks(c cell, key string) bool {
	for _, p := range i.grid.head.printer {
		if fold(strings.TrimRight(c.text, " :")) == fold(p.Text(key, nil)) {
			return true
		}
	}
	return false
}

func (i *intake) department(c cell) string {
	if c.empty() {
		return ""
	}
	if code, ok := i.lists["department"].find(c.text); ok {
		return code
	}
	return i.text(c)
}

// interview is the head of the file.
func (i *intake) interview(s sender) audit.Value {
	var fields []audit.Field
	add := func(key string, v audit.Value) { fields = append(fields, audit.Field{Key: key, Value: v}) }
	if s.date != "" {
		add("date", audit.Text(s.date))
	}
	switch len(s.with) {
	case 0:
	case 1:
		add("with", audit.Text(s.with[0]))
	default:
		add("with", audit.Texts(s.with...))
	}
	if s.department != "" {
		add("department", audit.Text(s.department))
	}
	add("complete", audit.Text(string(audit.Yes)))
	if len(i.notKnown) > 0 {
		add("not_known", audit.Texts(i.notKnown...))
	}
	return audit.Fields(fields...)
}
