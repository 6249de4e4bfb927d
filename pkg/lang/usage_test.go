package lang_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// use is a key written out in a call of Text or Plural.
type use struct {
	place  token.Position
	key    string
	plural bool
}

// The words of a key that code names must exist: nobody notices a missing one
// on a page that is printed seldom.
func TestEveryKeyThatCodeNamesHasWords(t *testing.T) {
	all := books(t)
	var found []use
	for _, folder := range foldersWithPrinters(t, "../..") {
		found = append(found, usesIn(t, folder)...)
	}
	if len(found) < 6 { // lang alone names as many
		t.Fatalf("%d keys found in the code, want at least 6", len(found))
	}
	for _, u := range found {
		texts, ok := all["en"].texts[u.key]
		switch {
		case !ok:
			t.Errorf("%s: no words for %q in templates/words", u.place, u.key)
		case u.plural && texts["one"] == "":
			t.Errorf("%s: %q is counted and has no plural forms", u.place, u.key)
		}
	}
}

// foldersWithPrinters lists the folders of cmd and pkg whose Go files know of
// this package: a Text elsewhere is something else.
func foldersWithPrinters(t *testing.T, root string) []string {
	t.Helper()
	var folders []string
	for _, pattern := range []string{"cmd/*/*.go", "pkg/*/*.go", "pkg/*/*/*.go"} {
		names, err := filepath.Glob(filepath.Join(root, pattern))
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range names {
			src, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			folder := filepath.Dir(name)
			knows := strings.Contains(string(src), `"github.com/flowmap-dev/flowmap/pkg/lang"`) || filepath.Base(folder) == "lang"
			if knows && !slices.Contains(folders, folder) {
				folders = append(folders, folder)
			}
		}
	}
	return folders
}

// usesIn finds the keys in the Go files of a folder that are not tests.
func usesIn(t *testing.T, folder string) []use {
	t.Helper()
	names, err := filepath.Glob(filepath.Join(folder, "*.go"))
	if err != nil {
		t.Fatal(err)
	}
	var found []use
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		files := token.NewFileSet()
		file, err := parser.ParseFile(files, name, nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		found = append(found, uses(files, file)...)
	}
	return found
}

func uses(files *token.FileSet, file ast.Node) []use {
	var found []use
	ast.Inspect(file, func(node ast.Node) bool {
		call, ok := node.(*ast.CallExpr)
		if !ok || len(call.Args) == 0 {
			return true
		}
		method, ok := call.Fun.(*ast.SelectorExpr)
		if !ok || method.Sel.Name != "Text" && method.Sel.Name != "Plural" {
			return true
		}
		literal, ok := call.Args[0].(*ast.BasicLit)
		if !ok || literal.Kind != token.STRING {
			return true
		}
		if key, err := strconv.Unquote(literal.Value); err == nil {
			found = append(found, use{files.Position(literal.Pos()), key, method.Sel.Name == "Plural"})
		}
		return true
	})
	return found
}

func TestKeysAreFoundInCalls(t *testing.T) {
	const src = `package x
func f(p Printer) { _ = p.Text("kind.erp", nil) + p.Plural("count.flows", 2, nil) + p.Text("kind."+k, nil) + Text("free") }`
	files := token.NewFileSet()
	file, err := parser.ParseFile(files, "x.go", src, 0)
	if err != nil {
		t.Fatal(err)
	}
	found := uses(files, file)
	if len(found) != 2 || found[0].key != "kind.erp" || found[1].key != "count.flows" || !found[1].plural {
		t.Errorf("found %v, want kind.erp and the plural count.flows", found)
	}
}
