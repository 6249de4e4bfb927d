package audit

import (
	"cmp"
	"path"
	"runtime"
	"slices"
	"strings"
	"unique"
)

// FormatVersion is the version of the workspace format that this package reads.
const FormatVersion = 1

// Source is one file of a workspace.
type Source struct {
	Name string // relative to the workspace's folder, with slashes
	Text []byte
}

// Load reads the workspace in a folder, or the one file that it is. The error
// is Problems if its files were read and are wrong; a NotFoundError if there
// is no workspace; else what the file system said.
func Load(dir string) (Workspace, error) {
	root, main, err := openRoot(dir)
	if err != nil {
		return Workspace{}, err
	}
	defer root.Close() // opened for reading: nothing to lose
	files, problems := read(root, main)
	l := newLoader(files)
	l.whole = len(problems) == 0
	l.problems = problems
	l.build()
	l.checkLogo(root)
	return *l.w, l.problems.asError()
}

// New builds a workspace from its files, which it does not read from disk.
// The error is Problems.
func New(files []Source) (Workspace, error) {
	l := newLoader(files)
	l.build()
	return *l.w, l.problems.asError()
}

// auditFile is flowmap.yaml.
type auditFile struct {
	Version     Amount       `yaml:"version" as:"version" need:"true"`
	Date        Date         `yaml:"date"`
	Client      Client       `yaml:"client"`
	Currency    string       `yaml:"currency" as:"currency"`
	Language    language     `yaml:"language"`
	Brand       Brand        `yaml:"brand"`
	Assumptions Assumptions  `yaml:"assumptions"`
	Platforms   Platforms    `yaml:"platforms"`
	Departments []Department `yaml:"departments"`
	Roles       []Role       `yaml:"roles" things:"role"`
	Systems     []System     `yaml:"systems" things:"system"`
	Entities    []Entity     `yaml:"entities" things:"entity"`
	Flows       []Flow       `yaml:"flows" things:"flow"`
	Accepted    []Accepted   `yaml:"accepted"`
}

type language string

func (language) Options() []string { return []string{"en", "es"} }

// interviewFile is a file in interviews/.
type interviewFile struct {
	Interview Interview `yaml:"interview"`
	Roles     []Role    `yaml:"roles" things:"role"`
	Systems   []System  `yaml:"systems" things:"system"`
	Entities  []Entity  `yaml:"entities" things:"entity"`
	Flows     []Flow    `yaml:"flows" things:"flow"`
}

// loader gathers what the files state before it is settled.
type loader struct {
	w        *Workspace
	told     []told // flowmap.yaml first, then the interviews by date and name
	problems Problems
	refs     []docReference
	texts    map[string]*document // to show the user's line
	types    fieldCache
	whole    bool // every file could be read, as far as its form goes
	assume   Assumptions
	known    map[string][]string // ids by kind, for hints
	hints    int                 // how many unknown names have had theirs
}

func newLoader(files []Source) *loader {
	return &loader{
		w:     &Workspace{files: files, places: placeIndex{}},
		texts: map[string]*document{},
		types: fieldCache{},
		known: map[string][]string{},
		whole: true,
	}
}

// build makes the workspace of its files and finds all that is wrong with it.
// What is missing may stand in a file that could not be read: then only the
// faults within each file are told.
func (l *loader) build() {
	l.files()
	slices.SortStableFunc(l.told, func(a, b told) int {
		return cmp.Or(strings.Compare(string(a.interview.Date), string(b.interview.Date)), strings.Compare(a.file, b.file))
	})
	slices.SortStableFunc(l.w.Interviews, func(a, b Interview) int {
		return cmp.Or(strings.Compare(string(a.Date), string(b.Date)), strings.Compare(a.File, b.File))
	})
	l.assume = l.assumptions()
	l.settle()
	l.w.fillDefaults()
	l.w.reindex()
	l.w.priceFindings()
	if l.whole {
		l.resolve()
		l.check()
	}
}

// told is what one file says about roles, systems, entities and flows.
type told struct {
	file      string
	main      bool // flowmap.yaml, which decides
	interview Interview
	person    string // whom it was told by, folded; the file if nobody is named
	roles     []Role
	systems   []System
	entities  []Entity
	flows     []Flow
	things    map[placeKey][]fieldPlace
}

type docReference struct {
	reference
	file string
}

// files reads every file in order. The next ones are parsed meanwhile, as many as
// there are processors: trees are large, and no more of them are held.
func (l *loader) files() {
	type parsed struct {
		document *document
		root     *yamlNode
	}
	free := make(chan struct{}, runtime.GOMAXPROCS(0))
	waiting := make(chan chan parsed, cap(free))
	go func() {
		defer close(waiting)
		for _, f := range l.w.files {
			free <- struct{}{}
			one := make(chan parsed, 1)
			waiting <- one
			go func() {
				d := &document{name: f.Name, text: f.Text}
				var root *yamlNode
				if f.Name != "catalogue.yaml" { // its format is the catalogue's
					root = d.parse()
				}
				one <- parsed{d, root}
			}()
		}
	}()
	for one := range waiting {
		p := <-one
		l.file(p.document, p.root)
		<-free
	}
}

func (l *loader) file(doc *document, root *yamlNode) {
	d := newDecoder(doc, l.types)
	l.texts[d.name] = doc
	folder, base := path.Split(d.name)
	switch {
	case d.name == "catalogue.yaml":
		return
	case root == nil:
		l.whole = false
	case folder == "interviews/":
		l.interview(d, root)
	case folder == "scenarios/":
		s := Scenario{ID: strings.TrimSuffix(base, ".yaml"), File: d.name}
		d.file(root, reflectOf(&s), "scenario", d.name)
		l.w.Scenarios = append(l.w.Scenarios, s)
	case folder == "actuals/":
		a := Actual{File: d.name}
		d.file(root, reflectOf(&a), "actual", d.name)
		l.w.Actuals = append(l.w.Actuals, a)
	default:
		l.main(d, root)
	}
	if d.broken {
		l.whole = false
	}
	for _, r := range d.refs {
		l.refs = append(l.refs, docReference{r, d.name})
	}
	for _, key := range []placeKey{{"workspace", ""}, {"interview", d.name}, {"scenario", d.name}, {"actual", d.name}} {
		if places := d.things[key]; places != nil {
			l.w.places[key] = places
		}
	}
	l.problems = append(l.problems, d.problems...)
}

func (l *loader) interview(d *decoder, root *yamlNode) {
	var f interviewFile
	d.file(root, reflectOf(&f), "interview", d.name)
	f.Interview.File = d.name
	l.w.Interviews = append(l.w.Interviews, f.Interview)
	l.told = append(l.told, told{file: d.name, interview: f.Interview, person: cmp.Or(person(f.Interview), d.name),
		roles: f.Roles, systems: f.Systems, entities: f.Entities, flows: f.Flows, things: d.things})
}

// person is whom an interview was with, in whatever order they were named.
func person(i Interview) string {
	names := make([]string, len(i.With))
	for j, name := range i.With {
		names[j] = fold(name)
	}
	slices.Sort(names)
	return strings.Join(names, "\n")
}

func (l *loader) main(d *decoder, root *yamlNode) {
	var f auditFile
	if d.newer(root) {
		l.whole = false
		return
	}
	d.file(root, reflectOf(&f), "workspace", "")
	l.departments(d, f.Departments)
	w := l.w
	w.Departments = f.Departments
	w.Version, w.Date, w.Client, w.Brand, w.Platforms = int(f.Version.Value), f.Date, f.Client, f.Brand, f.Platforms
	w.Currency, w.Language, w.Accepted, w.Assumptions = f.Currency, string(f.Language), f.Accepted, f.Assumptions
	l.told = append(l.told, told{file: d.name, main: true, roles: f.Roles, systems: f.Systems, entities: f.Entities, flows: f.Flows, things: d.things})
}

// Files returns the workspace's files as they were read.
func (w Workspace) Files() []Source { return w.files }

// File returns the text of one of the workspace's files, and false if there is
// none of that name.
func (w Workspace) File(name string) ([]byte, bool) {
	for _, f := range w.files {
		if f.Name == name {
			return f.Text, true
		}
	}
	return nil, false
}

// Interview returns the interview in a file, and false if there is none.
func (w Workspace) Interview(file string) (Interview, bool) {
	for _, i := range w.Interviews {
		if i.File == file {
			return i, true
		}
	}
	return Interview{}, false
}

type placeKey struct{ kind, id string }

// placeIndex knows where the fields of each thing are stated, in the order in
// which they hold.
type placeIndex map[placeKey][]fieldPlace

// fieldPlace is where a field is stated. There are some twenty of them a flow,
// so that names are kept once for all.
type fieldPlace struct {
	field, file  unique.Handle[string]
	line, column int32
}

func (p fieldPlace) place() Place {
	return Place{File: p.file.Value(), Line: p.line, Column: p.column}
}

// Place returns where a field of a role, system, entity or flow is stated, such
// as Place("flow", "web-orders", "needs.latency"); if the field is empty or not
// stated, where the thing begins. Place("workspace", "", "brand.logo") is for
// flowmap.yaml itself, Place("interview", FILE, "by") for an interview. It is
// nowhere if there is no such thing.
func (w Workspace) Place(kind, id, field string) Place {
	places := w.places[placeKey{kind, id}]
	wanted := unique.Make(field)
	for _, p := range places {
		if p.field == wanted {
			return p.place()
		}
	}
	if len(places) == 0 {
		return Place{}
	}
	return places[0].place()
}
