package audit

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
)

// NotFoundError says that there is no workspace where one was looked for.
type NotFoundError struct{ Dir string }

func (e *NotFoundError) Error() string {
	return fmt.Sprintf("%s: no flowmap.yaml here", e.Dir)
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

// read reads the workspace's files, flowmap.yaml first, the others sorted.
func read(root *os.Root, main string) ([]Source, Problems) {
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
	return files, problems
}

// list names the YAML files of the workspace besides flowmap.yaml.
func list(root *os.Root) (names []string, problems Problems) {
	for _, folder := range folders {
		entries, err := fs.ReadDir(root.FS(), folder) // sorted
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			problems = append(problems, unreadable(folder, err))
		}
		for _, e := range entries {
			name := path.Join(folder, e.Name())
			ext := path.Ext(name)
			switch {
			case e.IsDir() || strings.HasPrefix(e.Name(), "."):
			case ext == ".yaml":
				names = append(names, name)
			case strings.EqualFold(ext, ".yml") || strings.EqualFold(ext, ".yaml"):
				problems = append(problems, Problem{Place: Place{File: name, Line: 1, Column: 1}, Message: fmt.Sprintf("the file ends in %s and is not read", ext),
					Hint: "rename it to " + strings.TrimSuffix(e.Name(), ext) + ".yaml"})
			}
		}
	}
	return append(names, "catalogue.yaml"), problems
}

var (
	errNotRegular = errors.New("not a regular file")
	errTooLarge   = errors.New("over the limit")
)

// readFile reads a file of at most maxFileSize; a larger one is refused
// without being read. It asks what the name is before it opens it: a pipe
// would wait for somebody to write.
func readFile(root *os.Root, name string) ([]byte, error) {
	info, err := root.Stat(name)
	switch {
	case err != nil:
		return nil, err
	case !info.Mode().IsRegular():
		return nil, errNotRegular
	case info.Size() > maxFileSize:
		return nil, errTooLarge
	}
	f, err := root.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close() // opened for reading: nothing to lose
	text, err := io.ReadAll(io.LimitReader(f, maxFileSize+1))
	if err == nil && len(text) > maxFileSize { // it grew meanwhile
		return nil, errTooLarge
	}
	return text, err
}

// unreadable is the problem of a file that the system would not give.
func unreadable(name string, err error) Problem {
	p := Problem{Place: Place{File: name, Line: 1, Column: 1}}
	switch {
	case errors.Is(err, errTooLarge):
		return tooLarge(name)
	case errors.Is(err, errNotRegular):
		p.Message, p.Hint = "this is no file", "move it away, or put a YAML file here"
	case leadsOut(err):
		p.Message, p.Hint = "the link leads out of the workspace", "put the file itself into the workspace's folder"
	default:
		var pathErr *fs.PathError
		if errors.As(err, &pathErr) {
			err = pathErr.Err
		}
		p.Message, p.Hint = "the file cannot be read: "+err.Error(), "look at its permissions, or move it away"
	}
	return p
}

// leadsOut tells whether a path or a link left the workspace's folder: os.Root
// has no error value for it.
func leadsOut(err error) bool { return strings.Contains(err.Error(), "path escapes") }

// checkLogo refuses a logo that lies outside of the workspace. One that is not
// there is no problem: reports do without it.
func (l *loader) checkLogo(root *os.Root) {
	logo := l.w.Brand.Logo
	if logo == "" {
		return
	}
	info, err := root.Stat(logo)
	message, hint := "", ""
	switch {
	case err == nil && info.Mode().IsRegular(), errors.Is(err, fs.ErrNotExist):
		return
	case err == nil:
		message, hint = "which is no file", "name a picture"
	case leadsOut(err):
		message, hint = "which leads out of the workspace", "put the picture into the workspace's folder"
	default:
		message, hint = "which cannot be read", "look at its permissions"
	}
	l.problem(l.w.Place("workspace", "", "brand.logo"), fmt.Sprintf("brand.logo is %q, %s", logo, message), hint)
}
