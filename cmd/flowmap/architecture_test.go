package main

import (
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// layer is what one package may import: packages of flowmap, and modules of
// others. A change here is a choice to write down in DECISIONS.md.
type layer struct {
	own    []string
	others []string
}

var house = map[string]layer{
	"templates":                   {},
	"docs":                        {},
	"pkg/lang":                    {[]string{"templates"}, []string{"github.com/nicksnyder/go-i18n", "golang.org/x/text"}},
	"pkg/audit":                   {nil, []string{"go.yaml.in/yaml", "github.com/gofrs/flock"}},
	"pkg/audit/interview":         {[]string{"pkg/audit", "pkg/catalogue", "pkg/lang", "templates"}, []string{"charm.land/huh", "charm.land/bubbletea", "charm.land/lipgloss", "github.com/charmbracelet/ultraviolet", "github.com/muesli/cancelreader"}},
	"pkg/audit/intake":            {[]string{"pkg/audit", "pkg/lang", "templates"}, []string{"github.com/xuri/excelize"}},
	"pkg/catalogue":               {[]string{"pkg/audit", "templates"}, nil},
	"pkg/graph":                   {[]string{"pkg/audit"}, []string{"gonum.org/v1/gonum/graph"}},
	"pkg/draw":                    {nil, []string{"codeberg.org/go-fonts", "codeberg.org/go-pdf/fpdf", "git.sr.ht/~sbinet/gg", "golang.org/x/image"}},
	"pkg/graph/diagram/layout":    {[]string{"pkg/draw", "pkg/graph/diagram/wasmcache"}, []string{"github.com/goccy/go-graphviz"}},
	"pkg/graph/diagram/wasmcache": {},
	"pkg/graph/diagram":           {[]string{"pkg/audit", "pkg/graph", "pkg/draw", "pkg/lang", "pkg/graph/diagram/layout"}, nil},
	"pkg/advise":                  {[]string{"pkg/audit", "pkg/graph", "pkg/catalogue"}, nil},
	"pkg/roi":                     {[]string{"pkg/audit", "pkg/catalogue", "pkg/advise"}, []string{"gonum.org/v1/gonum/stat"}},
	"pkg/roi/portfolio":           {[]string{"pkg/audit", "pkg/catalogue", "pkg/advise", "pkg/roi"}, nil},
	"pkg/diff":                    {[]string{"pkg/audit", "pkg/catalogue", "pkg/graph", "pkg/advise", "pkg/roi"}, nil},
	"pkg/track":                   {[]string{"pkg/audit", "pkg/roi"}, nil},
	"pkg/track/runlog":            {},
	"pkg/learn":                   {[]string{"pkg/audit", "pkg/catalogue", "pkg/track"}, nil},
	"pkg/report":                  {[]string{"pkg/clients", "pkg/diff", "pkg/track", "pkg/learn", "pkg/audit", "pkg/graph", "pkg/catalogue", "pkg/advise", "pkg/roi", "pkg/roi/portfolio", "pkg/draw", "pkg/lang"}, nil},
	"pkg/clients":                 {[]string{"pkg/audit", "pkg/roi", "pkg/track"}, nil},
	"pkg/clients/star":            {[]string{"pkg/audit", "pkg/roi", "pkg/track", "pkg/clients"}, []string{"github.com/parquet-go/parquet-go", "modernc.org/sqlite"}},
	"pkg/render/opc":              {},
	"pkg/render":                  {[]string{"pkg/report", "pkg/draw", "pkg/lang", "pkg/render/opc", "templates"}, []string{"github.com/xuri/excelize", "github.com/klauspost/compress/flate"}},
	"pkg/export/n8n":              {[]string{"pkg/audit", "pkg/catalogue", "pkg/advise", "pkg/lang", "templates"}, nil},
	"pkg/export/archimate":        {[]string{"pkg/audit", "pkg/draw", "pkg/graph", "pkg/graph/diagram"}, nil},
	"pkg/export/bpmn":             {[]string{"pkg/draw", "pkg/graph/diagram"}, nil},
	"pkg/export/openlineage":      {[]string{"pkg/audit"}, nil},
	"cmd/flowmap": {[]string{"pkg/export/archimate", "pkg/export/bpmn", "pkg/export/openlineage", "pkg/export/n8n", "pkg/diff", "pkg/track", "pkg/learn", "pkg/track/runlog", "pkg/audit", "pkg/audit/interview", "pkg/audit/intake", "pkg/catalogue", "pkg/lang", "pkg/graph", "pkg/graph/diagram", "pkg/draw", "pkg/advise", "pkg/roi", "pkg/roi/portfolio", "pkg/report", "pkg/render", "pkg/clients", "pkg/clients/star", "templates", "docs"},
		[]string{"github.com/spf13/cobra", "golang.org/x/term"}},
}

const module = "github.com/flowmap-dev/flowmap/"

// TestHouse holds every file that is no test to the table above.
func TestHouse(t *testing.T) {
	root := filepath.Join("..", "..")
	seen := map[string]bool{}
	for _, top := range []string{"cmd", "pkg", "templates", "docs"} {
		err := filepath.WalkDir(filepath.Join(root, top), func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
				return err
			}
			dir, err := filepath.Rel(root, filepath.Dir(path))
			if err != nil {
				return err
			}
			dir = filepath.ToSlash(dir)
			seen[dir] = true
			return checkImports(t, path, dir)
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	for dir := range house {
		if !seen[dir] {
			t.Errorf("%s is in the table and has no files", dir)
		}
	}
}

func checkImports(t *testing.T, path, dir string) error {
	t.Helper()
	f, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.ImportsOnly)
	if err != nil {
		return err
	}
	allowed, ok := house[dir]
	if !ok {
		t.Errorf("%s is not in the table", dir)
	}
	for _, spec := range f.Imports {
		name, err := strconv.Unquote(spec.Path.Value)
		if err != nil {
			return err
		}
		own, isOwn := strings.CutPrefix(name, module)
		first, _, _ := strings.Cut(name, "/")
		switch {
		case isOwn && !slices.Contains(allowed.own, own):
			t.Errorf("%s imports %s", path, own)
		case !isOwn && strings.Contains(first, ".") && !slices.ContainsFunc(allowed.others, func(m string) bool { return strings.HasPrefix(name, m) }):
			t.Errorf("%s imports %s", path, name)
		}
	}
	return nil
}
