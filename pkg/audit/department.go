package audit

// Department is a part of the company with somebody to talk to.
type Department struct {
	Name      string `yaml:"name" need:"true"` // as flows and interviews name it: sales, or any text
	Confirmed Answer `yaml:"confirmed"`
	Place     Place  `yaml:"-"`
}

// UnheardDepartments lists the departments of flowmap.yaml in which no
// interview is complete. What word makes of two names tells whether they mean
// one department, as sales and Ventas do in Spanish; accents and capitals do not
// matter.
func (w Workspace) UnheardDepartments(word func(name string) string) []Department {
	heard := map[string]bool{}
	for _, i := range w.Interviews {
		if i.Complete != No {
			heard[fold(word(i.Department))] = true
		}
	}
	var unheard []Department
	for _, d := range w.Departments {
		if !heard[fold(word(d.Name))] {
			unheard = append(unheard, d)
		}
	}
	return unheard
}

// departments reports a department that is listed twice.
func (l *loader) departments(d *decoder, all []Department) {
	seen := map[string]bool{}
	for _, v := range all {
		if v.Name != "" && seen[fold(v.Name)] {
			d.report(int(v.Place.Line), int(v.Place.Column), "department \""+v.Name+"\" stands twice in this file", "keep one of them")
		}
		seen[fold(v.Name)] = true
	}
}
