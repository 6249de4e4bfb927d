package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// TestEveryErrorHasAScript collects the messages of the program's own errors
// and looks each up in the scripts, which pin standard error word for word.
func TestEveryErrorHasAScript(t *testing.T) {
	scripts := ""
	names, err := filepath.Glob(filepath.Join("testdata", "errors", "*.txtar"))
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		scripts += string(text)
	}
	messages := errorMessages(t)
	if len(messages) < 12 {
		t.Fatalf("found only %d messages: %q", len(messages), messages)
	}
	for _, m := range messages {
		if !messagePattern(m).MatchString(scripts) {
			t.Errorf("no script in testdata/errors shows %q", m)
		}
	}
}

// verbs are what a message's arguments stand at.
var verbs = regexp.MustCompile(`%[a-z]`)

func messagePattern(message string) *regexp.Regexp {
	parts := verbs.Split(message, -1)
	for i := range parts {
		parts[i] = regexp.QuoteMeta(parts[i])
	}
	return regexp.MustCompile(strings.Join(parts, `.*`))
}

// errorMessages lists the texts given to usageError and hint.
func errorMessages(t *testing.T) []string {
	t.Helper()
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		f, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(f, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.CompositeLit:
				if id, ok := n.Type.(*ast.Ident); ok && id.Name == "usageError" {
					all = append(all, literal(n.Elts[0])...)
				}
			case *ast.CallExpr:
				if id, ok := n.Fun.(*ast.Ident); ok && id.Name == "hint" && len(n.Args) > 1 {
					all = append(all, literal(n.Args[1])...)
				}
			}
			return true
		})
	}
	return all
}

// literal is a text, or the format of fmt.Sprintf; what is put together from
// several texts is no literal.
func literal(e ast.Expr) []string {
	if call, ok := e.(*ast.CallExpr); ok && len(call.Args) > 0 {
		e = call.Args[0]
	}
	if l, ok := e.(*ast.BasicLit); ok && l.Kind == token.STRING {
		if s, err := strconv.Unquote(l.Value); err == nil && verbs.ReplaceAllString(s, "") != "" {
			return []string{s}
		}
	}
	return nil
}
