package audit_test

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/flowmap-dev/flowmap/pkg/audit"
	"github.com/rogpeppe/go-internal/txtar"
)

var update = flag.Bool("update", false, "rewrite the expected problems in testdata/problems")

// gallery reads testdata/problems: each case is a workspace with a fault; what
// loading says of it stands above the files, word for word.
func gallery(t testing.TB) map[string]*txtar.Archive {
	t.Helper()
	names, err := filepath.Glob("testdata/problems/*.txtar")
	if err != nil || len(names) == 0 {
		t.Fatal("no gallery", err)
	}
	cases := map[string]*txtar.Archive{}
	for _, name := range names {
		a, err := txtar.ParseFile(name)
		if err != nil {
			t.Fatal(err)
		}
		cases[strings.TrimSuffix(filepath.Base(name), ".txtar")] = a
	}
	return cases
}

func filesOf(a *txtar.Archive) []audit.Source {
	files := make([]audit.Source, len(a.Files))
	for i, f := range a.Files {
		files[i] = audit.Source{Name: f.Name, Text: f.Data}
	}
	return files
}

// told writes problems as a terminal does.
func told(err error) string {
	var problems audit.Problems
	if !errors.As(err, &problems) {
		return fmt.Sprintf("no problems: %v\n", err)
	}
	var b strings.Builder
	for _, p := range problems {
		fmt.Fprintf(&b, "%s\n", p)
		if p.Hint != "" {
			fmt.Fprintf(&b, "  hint: %s\n", p.Hint)
		}
	}
	return b.String()
}

func TestGallery(t *testing.T) {
	for name, a := range gallery(t) {
		_, err := audit.New(filesOf(a))
		got := told(err)
		if *update {
			a.Comment = []byte(got)
			if err := os.WriteFile("testdata/problems/"+name+".txtar", txtar.Format(a), 0o644); err != nil {
				t.Fatal(err)
			}
			continue
		}
		if got != string(a.Comment) {
			t.Errorf("%s:\n%swant\n%s", name, got, a.Comment)
		}
	}
}

// beyondSchema are the cases whose fault a JSON Schema cannot say, and why.
var beyondSchema = map[string]string{
	"automated-hours":        "the hours may stand in another file",
	"byte-order-mark-inside": "about the file, before there are values",
	"ends-differ":            "compares two values",
	"exponent":               "the YAML parser has made a number of it before a schema sees it",
	"from-missing":           "may stand in another file",
	"half-a-peak":            "may stand in another file",
	"high-first":             "compares two values",
	"id-twice":               "compares two values",
	"leading-zero":           "the YAML parser has made a number of it before a schema sees it",
	"actual-before-live":     "compares two values",
	"actual-flow-gone":       "what is defined may stand in another file",
	"actual-month-twice":     "compares two values",
	"line-separator":         "about the file, before there are values",
	"measured-twice":         "compares two values",
	"mixed-commas":           "the YAML parser has made a number of it before a schema sees it",
	"not-known-shape":        "what is defined may stand in another file",
	"overlaps-apart":         "compares two values",
	"overlaps-itself":        "compares two values",
	"own-hours-of-two":       "compares two values",
	"point-first":            "the YAML parser has made a number of it before a schema sees it",
	"point-twice":            "compares two values",
	"ring":                   "compares two values",
	"scenario-unknown-flow":  "what is defined may stand in another file",
	"self-flow":              "compares two values",
	"set-against-the-rules":  "the text is YAML of its own, whose type depends on the key",
	"set-deeper":             "the text is YAML of its own, whose type depends on the key",
	"set-list-of-lists":      "the text is YAML of its own, whose type depends on the key",
	"set-mixed-commas":       "the YAML parser has made a number of it before a schema sees it",
	"set-id":                 "the text is YAML of its own, whose type depends on the key",
	"set-unknown-key":        "the text is YAML of its own, whose type depends on the key",
	"set-unknown-ref":        "what is defined may stand in another file",
	"set-unknown-thing":      "what is defined may stand in another file",
	"set-without-value":      "the text is YAML of its own, whose type depends on the key",
	"set-wrong-value":        "the text is YAML of its own, whose type depends on the key",
	"thousands":              "the YAML parser has made a number of it before a schema sees it",
	"thousands-exact":        "the YAML parser has made a number of it before a schema sees it",
	"to-missing":             "may stand in another file",
	"too-deep":               "about the file, before there are values",
	"two-ways-of-hours":      "a key with nothing after it is no key, so which of two are there is a matter of their values",
	"underscore":             "the YAML parser has made a number of it before a schema sees it",
	"unknown-entity":         "what is defined may stand in another file",
	"unknown-finder":         "what is defined may stand in another file",
	"unknown-flow":           "what is defined may stand in another file",
	"unknown-owner":          "what is defined may stand in another file",
	"unknown-role":           "what is defined may stand in another file",
	"unknown-system":         "what is defined may stand in another file",
	"unknown-technical":      "what is defined may stand in another file",
}

func TestWhatLoadingRejectsTheSchemaRejectsToo(t *testing.T) {
	compiled, cases := schemas(t), gallery(t)
	for name, a := range cases {
		var rejected error
		for _, f := range a.Files {
			if f.Name == "catalogue.yaml" {
				continue
			}
			doc, err := asEditorSees(f.Data)
			if err == nil {
				err = compiled[kindOf(f.Name)].Validate(doc)
			}
			rejected = errors.Join(rejected, err)
		}
		reason, listed := beyondSchema[name]
		switch {
		case rejected == nil && !listed:
			t.Errorf("%s: the schema lets it pass", name)
		case rejected != nil && listed:
			t.Errorf("%s: the schema rejects it, so %q is not true: %v", name, reason, rejected)
		}
	}
	for name := range beyondSchema {
		if cases[name] == nil {
			t.Errorf("%s is on the list and in no gallery", name)
		}
	}
}

// TestEveryMessageHasACase reads the source: each message that loading can
// give stands in the gallery, or in the cases of what only a disk can do.
func TestEveryMessageHasACase(t *testing.T) {
	var shown []string
	for _, a := range gallery(t) {
		for _, line := range strings.Split(string(a.Comment), "\n") {
			if !strings.HasPrefix(line, "  hint: ") {
				shown = append(shown, line)
			}
		}
	}
	for _, c := range diskCases {
		shown = append(shown, c.message)
	}
	sources := messages(t)
	if len(sources) < 60 {
		t.Fatalf("%d messages found in the source, want all", len(sources))
	}
	for _, m := range sources {
		pattern := regexp.MustCompile(regexp.MustCompile(`%\.?[0-9]*[a-zA-Z+]`).ReplaceAllString(regexp.QuoteMeta(m.text), ".*"))
		found := false
		for _, line := range shown {
			found = found || pattern.MatchString(line)
		}
		if !found {
			t.Errorf("%s: no case for %q", m.at, m.text)
		}
	}
}

type message struct {
	at   token.Position
	text string
}

// messages finds the texts that make up messages: the argument of what reports
// a problem, and the first field of a fault.
func messages(t *testing.T) []message {
	t.Helper()
	reporters := map[string]int{"report": 2, "reportOffset": 1, "at": 1, "problem": 1, "flowProblem": 2}
	var all []message
	fset := token.NewFileSet()
	names, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(fset, name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		add := func(e ast.Expr) {
			ast.Inspect(e, func(n ast.Node) bool {
				if lit, ok := n.(*ast.BasicLit); ok && lit.Kind == token.STRING {
					if text, err := strconv.Unquote(lit.Value); err == nil && letters(text) > 4 {
						all = append(all, message{fset.Position(lit.Pos()), text})
					}
				}
				return true
			})
		}
		ast.Inspect(file, func(n ast.Node) bool {
			switch x := n.(type) {
			case *ast.CallExpr:
				if sel, ok := x.Fun.(*ast.SelectorExpr); ok {
					if i, ok := reporters[sel.Sel.Name]; ok && len(x.Args) > i {
						add(x.Args[i])
					}
				}
			case *ast.CompositeLit:
				if id, ok := x.Type.(*ast.Ident); ok && id.Name == "fault" && len(x.Elts) > 0 {
					add(x.Elts[0])
				}
			case *ast.KeyValueExpr:
				if id, ok := x.Key.(*ast.Ident); ok && id.Name == "Message" {
					add(x.Value)
				}
			case *ast.AssignStmt:
				for i, left := range x.Lhs {
					if strings.HasSuffix(strings.ToLower(nameOf(left)), "message") && len(x.Rhs) == len(x.Lhs) {
						add(x.Rhs[i])
					}
				}
			case *ast.ValueSpec:
				for i, id := range x.Names {
					if id.Name == "fileIsEmpty" || id.Name == "tooDeep" {
						add(x.Values[i])
					}
				}
			}
			return true
		})
	}
	return all
}

func nameOf(e ast.Expr) string {
	switch x := e.(type) {
	case *ast.Ident:
		return x.Name
	case *ast.SelectorExpr:
		return x.Sel.Name
	}
	return ""
}

func letters(s string) int {
	return len(bytes.Trim([]byte(regexp.MustCompile(`%\.?[0-9]*[a-zA-Z]|[^a-z]`).ReplaceAllString(s, "")), " "))
}
