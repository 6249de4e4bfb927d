package audit

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
)

// FormatVersion is the version of the workspace format that this package reads.
const FormatVersion = 1

// Source is one file of a workspace.
type Source struct {
	Name string // relative to the workspace's folder, with slashes
	Text []byte
}

// NotFoundError says that there is no workspace where one was looked for.
type NotFoundError struct{ Dir string }

func (e *NotFoundError) Error() string {
	return fmt.Sprintf("%s: no flowmap.yaml here", e.Dir)
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
	files, problems, err := read(root, main)
	if err != nil {
		return Workspace{}, err
	}
	w, more := build(files)
	problems = append(problems, more...)
	problems = append(problems, w.checkLogo(root)...)
	return w, problems.asError()
}

// New builds a workspace from its files, which it does not read from disk.
// The error is Problems.
func New(files []Source) (Workspace, error) {
	w, problems := build(files)
	return w, problems.asError()
}

// openRoot confines all reading to the workspace's folder.
func openRoot(dir string) (root *os.Root, main string, err error) {
	main = "flowmap.yaml"
	info, err := os.Stat(dir)
	if err != nil {
		return nil, "", err
	}
	if !info.IsDir() {
		dir, main = filepath.Split(filepath.Clean(dir))
		dir = cmp.Or(dir, ".")
	}
	root, err = os.OpenRoot(dir)
	if err != nil {
		return nil, "", err
	}
	if _, err := root.Lstat(main); errors.Is(err, fs.ErrNotExist) {
		root.Close()
		return nil, "", &NotFoundError{Dir: dir}
	}
	return root, main, nil
}

// folders are those that a workspace's YAML files stand in.
var folders = []string{"interviews", "scenarios", "actuals"}

func read(root *os.Root, main string) ([]Source, Problems, error) {
	var files []Source
	var problems Problems
	names := []string{main}
	if main == "flowmap.yaml" {
		more, bad := list(root)
		names, problems = append(names, more...), bad
	}
	for _, name := range names {
		text, err := readFile(root, name)
		switch {
		case errors.Is(err, fs.ErrNotExist) && name == "catalogue.yaml":
		case err != nil:
			problems = append(problems, unreadable(name, err))
		default:
			files = append(files, Source{Name: name, Text: text})
		}
	}
	return files, problems, nil
}

// list names the YAML files of the workspace besides flowmap.yaml, sorted.
func list(root *os.Root) (names []string, problems Problems) {
	for _, folder := range folders {
		entries, err := fs.ReadDir(root.FS(), folder)
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			problems = append(problems, unreadable(folder, err))
		}
		for _, e := range entries {
			name := path.Join(folder, e.Name())
			switch {
			case e.IsDir() || strings.HasPrefix(e.Name(), "."):
			case strings.HasSuffix(e.Name(), ".yaml"):
				names = append(names, name)
			case strings.HasSuffix(e.Name(), ".yml"):
				problems = append(problems, Problem{Place: Place{File: name, Line: 1, Column: 1}, Message: "the file ends in .yml and is not read",
					Hint: "rename it to " + strings.TrimSuffix(e.Name(), ".yml") + ".yaml"})
			}
		}
	}
	return append(names, "catalogue.yaml"), problems
}

// readFile reads at most one byte more than a file may have, so that a huge
// one is refused without being read.
func readFile(root *os.Root, name string) ([]byte, error) {
	f, err := root.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, errNotRegular
	}
	if info.Size() > maxFileSize {
		return make([]byte, info.Size()), nil // parse refuses it by its size
	}
	return root.ReadFile(name)
}

var errNotRegular = errors.New("not a regular file")

func unreadable(name string, err error) Problem {
	p := Problem{Place: Place{File: name, Line: 1, Column: 1}}
	var pathErr *fs.PathError
	if errors.As(err, &pathErr) {
		err = pathErr.Err
	}
	switch {
	case errors.Is(err, errNotRegular):
		p.Message = "this is no file"
	case strings.Contains(err.Error(), "escapes"):
		p.Message, p.Hint = "the link leads out of the workspace", "put the file itself into the workspace's folder"
	default:
		p.Message = "the file cannot be read: " + err.Error()
	}
	return p
}

// auditFile is flowmap.yaml.
type auditFile struct {
	Version     Amount      `yaml:"version" as:"count" need:"true"`
	Date        Date        `yaml:"date"`
	Client      Client      `yaml:"client"`
	Currency    string      `yaml:"currency" as:"currency"`
	Language    language    `yaml:"language"`
	Brand       Brand       `yaml:"brand"`
	Assumptions Assumptions `yaml:"assumptions"`
	Platforms   Platforms   `yaml:"platforms"`
	Roles       []Role      `yaml:"roles" things:"role"`
	Systems     []System    `yaml:"systems" things:"system"`
	Entities    []Entity    `yaml:"entities" things:"entity"`
	Flows       []Flow      `yaml:"flows" things:"flow"`
	Accepted    []Accepted  `yaml:"accepted"`
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

// build makes the workspace of its files and finds all that is wrong with it.
func build(files []Source) (Workspace, Problems) {
	l := loader{w: &Workspace{files: files, places: placeIndex{}}}
	for _, f := range files {
		l.file(f)
	}
	slices.SortStableFunc(l.told, func(a, b told) int {
		return cmp.Or(strings.Compare(string(a.interview.Date), string(b.interview.Date)), strings.Compare(a.file, b.file))
	})
	l.settle()
	l.w.fillDefaults()
	l.w.reindex()
	l.resolve()
	l.check()
	return *l.w, l.problems
}

// loader gathers what the files state before it is settled.
type loader struct {
	w        *Workspace
	told     []told // flowmap.yaml first, then the interviews by date and name
	problems Problems
	refs     []docReference
	texts    map[string]*document // to show the user's line
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

func (l *loader) file(f Source) {
	d := newDecoder(&document{name: f.Name, text: f.Text})
	if l.texts == nil {
		l.texts = map[string]*document{}
	}
	l.texts[f.Name] = d.document
	folder, base := path.Split(f.Name)
	if f.Name == "catalogue.yaml" {
		return // its format is the catalogue's
	}
	root := d.parse()
	if root != nil {
		switch folder {
		case "interviews/":
			l.interview(d, root)
		case "scenarios/":
			s := Scenario{ID: strings.TrimSuffix(base, ".yaml"), File: f.Name}
			d.file(root, reflectOf(&s), "scenario", f.Name)
			l.w.Scenarios = append(l.w.Scenarios, s)
		case "actuals/":
			a := Actual{File: f.Name}
			d.file(root, reflectOf(&a), "actual", f.Name)
			l.w.Actuals = append(l.w.Actuals, a)
		default:
			l.main(d, root)
		}
	}
	for _, r := range d.refs {
		l.refs = append(l.refs, docReference{r, f.Name})
	}
	for _, key := range []placeKey{{"workspace", ""}, {"interview", f.Name}, {"scenario", f.Name}, {"actual", f.Name}} {
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
	person := fold(strings.Join(f.Interview.With, "+"))
	l.w.Interviews = append(l.w.Interviews, f.Interview)
	l.told = append(l.told, told{file: d.name, interview: f.Interview, person: cmp.Or(person, d.name),
		roles: f.Roles, systems: f.Systems, entities: f.Entities, flows: f.Flows, things: d.things})
}

func (l *loader) main(d *decoder, root *yamlNode) {
	var f auditFile
	if version := d.version(root); version > FormatVersion {
		return
	}
	d.file(root, reflectOf(&f), "workspace", "")
	w := l.w
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

type fieldPlace struct {
	field        string
	file         string
	line, column int32
}

// Place returns where a field of a role, system, entity or flow is stated, such
// as Place("flow", "web-orders", "needs.latency"); if the field is empty or not
// stated, where the thing begins. Place("workspace", "", "brand.logo") is for
// flowmap.yaml itself, Place("interview", FILE, "by") for an interview. It is
// nowhere if there is no such thing.
func (w Workspace) Place(kind, id, field string) Place {
	places := w.places[placeKey{kind, id}]
	for _, p := range places {
		if p.field == field {
			return Place{File: p.file, Line: p.line, Column: p.column}
		}
	}
	if len(places) == 0 {
		return Place{}
	}
	return Place{File: places[0].file, Line: places[0].line, Column: places[0].column}
}
