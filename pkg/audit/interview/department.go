package interview

import (
	"cmp"
	"slices"

	"github.com/flowmap-dev/flowmap/pkg/audit"
	"github.com/flowmap-dev/flowmap/pkg/lang"
)

// departmentOptions are the departments that the workspace lists, then those
// that have questions of their own.
func departmentOptions(p lang.Printer, t *tree, ws audit.Workspace) []Option {
	var known, all []Option
	for _, d := range t.opening.Departments {
		known = append(known, Option{d.ID, p.Text("department."+d.ID, nil)})
	}
	add := func(o Option) {
		if !slices.ContainsFunc(all, func(other Option) bool { return fold(other.Text) == fold(o.Text) }) {
			all = append(all, o)
		}
	}
	for _, d := range ws.Departments {
		i := slices.IndexFunc(known, func(o Option) bool { return isDepartment(d, o.ID, o.Text) })
		if i >= 0 {
			add(known[i])
			continue
		}
		add(Option{d.Name, (&state{printer: p}).departmentName(d.Name)})
	}
	for _, o := range known {
		add(o)
	}
	return all
}

// isDepartment tells whether a listed department is the one with an id and a
// word.
func isDepartment(d audit.Department, id, word string) bool {
	return fold(d.Name) == fold(id) || fold(d.Name) == fold(word)
}

// confirmDepartment says in the list of departments that this one is there: one
// of its people was interviewed to the end. Until then a department that was
// picked by a slip can be corrected without a trace.
func (w *writer) confirmDepartment() {
	id := w.said.Interview.Department
	i := slices.IndexFunc(w.ws.Departments, func(d audit.Department) bool { return isDepartment(d, id, w.departmentName(id)) })
	if id == "" || i < 0 || w.ws.Departments[i].Confirmed != audit.No {
		return
	}
	d := w.ws.Departments[i]
	w.others = append(w.others, audit.FileChange{
		Name:    cmp.Or(d.Place.File, "flowmap.yaml"),
		Changes: []audit.Change{audit.Set(audit.Path{"departments", "[name=" + d.Name + "]", "confirmed"}, audit.Text(string(audit.Yes)))},
	})
}
