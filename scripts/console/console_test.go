package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// page writes a fence as tests show it: ”' for three backticks.
func page(text string) string { return strings.ReplaceAll(text, "'''", "```") }

func parsed(t *testing.T, text string) []block {
	t.Helper()
	blocks, err := parse("page.md", page(text))
	if err != nil {
		t.Fatal(err)
	}
	return blocks
}

func TestOnlyConsoleBlocksHaveCommands(t *testing.T) {
	blocks := parsed(t, `
'''sh
$ rm -rf everything
'''
'''console
$ echo one
one
$ echo two
'''
~~~console
$ echo three
~~~
`)
	var commands []string
	for _, b := range blocks {
		for _, c := range b.commands {
			commands = append(commands, c.text)
		}
	}
	if got := strings.Join(commands, "; "); got != "echo one; echo two; echo three" {
		t.Errorf("commands are %q", got)
	}
	if line := blocks[0].commands[1].line; line != 8 {
		t.Errorf("the second command stands in line %d, want 8", line)
	}
}

func TestAFenceOfFourBackticksHoldsOneOfThree(t *testing.T) {
	blocks, err := parse("page.md", "````markdown\n```console\n$ echo an example\n```\n````\n")
	if err != nil {
		t.Fatal(err)
	}
	if len(blocks) != 0 {
		t.Errorf("found %d console blocks inside a block of another kind", len(blocks))
	}
}

func TestAPageThatCannotBeReadNamesItsLine(t *testing.T) {
	for text, want := range map[string]string{
		"# Title\n'''console\n$ echo\n": "page.md:2: a fenced block is not closed",
		"'''console\noutput\n'''\n":     `page.md:2: a console block begins with a command, a line that begins with "$ "`,
	} {
		_, err := parse("page.md", page(text))
		if err == nil || err.Error() != want {
			t.Errorf("error is %v, want %s", err, want)
		}
	}
}

func TestTheLastLineMayNameTheExitCode(t *testing.T) {
	c := parsed(t, "'''console\n$ flowmap check bad\nproblem\n(exit 1)\n'''\n")[0].commands[0]
	if c.exit != 1 || len(c.want) != 1 || c.want[0] != "problem" {
		t.Errorf("exit %d and output %q, want 1 and one line", c.exit, c.want)
	}
}

func TestAnEllipsisStandsForAnyLines(t *testing.T) {
	for _, c := range []struct {
		want, got string
		same      bool
	}{
		{"a b c", "a b c", true},
		{"a b c", "a b", false},
		{"a b", "a b c", false},
		{"a … c", "a c", true},
		{"a … c", "a b b b c", true},
		{"a … c", "a b", false},
		{"… c", "a b c c", true},
		{"a …", "a", true},
		{"…", "", true},
		{"… b …", "a c", false},
	} {
		if same := matches(strings.Fields(c.want), strings.Fields(c.got)); same != c.same {
			t.Errorf("%q for %q is %v, want %v", c.want, c.got, same, c.same)
		}
	}
}

func TestCommandsRunInOneShellThatKeepsItsFolder(t *testing.T) {
	dir := t.TempDir()
	if err := os.Mkdir(filepath.Join(dir, "inner"), 0o755); err != nil {
		t.Fatal(err)
	}
	b := parsed(t, `
'''console
$ cd inner
$ basename "$PWD"
inner
$ printf 'no newline at its end'
no newline at its end
$ echo to the other stream >&2; false
to the other stream
(exit 1)
$ echo one \
    two
one two
'''
`)[0]
	if err := runBlock(&b, dir, "/nowhere"); err != nil {
		t.Fatal(err)
	}
	for _, c := range b.commands {
		if problem := c.problem(false); problem != "" {
			t.Errorf("$ %s\n%s", c.text, problem)
		}
	}
}

func TestAShellThatEndsEarlyIsAnError(t *testing.T) {
	b := parsed(t, "'''console\n$ exit 3\n$ echo never\n'''\n")[0]
	err := runBlock(&b, t.TempDir(), "/nowhere")
	if err == nil || !strings.Contains(err.Error(), "line 2: $ exit 3: the shell ended") {
		t.Errorf("error is %v", err)
	}
}

func TestADifferenceIsShownFromItsFirstLine(t *testing.T) {
	c := command{want: []string{"same", "old"}, got: []string{"same", "new"}, gotExit: 2}
	want := "  ended with exit code 2, want 0\n  output line 2 differs\n  the page says:\n    | old\n  it printed:\n    | new\n"
	if got := c.problem(false); got != want {
		t.Errorf("problem is\n%swant\n%s", got, want)
	}
}

func TestACommandWithoutOutputOnlyHasToSucceed(t *testing.T) {
	if problem := (command{got: []string{"anything"}}).problem(false); problem != "" {
		t.Errorf("problem found: %s", problem)
	}
	failed := command{got: []string{"no such file"}, gotExit: 1}
	if problem := failed.problem(false); !strings.Contains(problem, "no such file") {
		t.Errorf("a failure does not show what was printed: %q", problem)
	}
}

func TestAnUpdateReplacesOnlyWhatChanged(t *testing.T) {
	source := page(`# Title

1. A step

   '''console
   $ version
   old
   $ quiet
   $ fails
   …
   the end
   (exit 1)
   '''

After it.
`)
	blocks, err := parse("page.md", source)
	if err != nil {
		t.Fatal(err)
	}
	commands := blocks[0].commands
	commands[0].got = []string{"new", "", "more"}
	commands[1].got = []string{"not shown"}
	commands[2].got = []string{"anything", "the end"}
	want := strings.Replace(source, "   old\n", "   new\n\n   more\n", 1)
	if got := rewrite(source, blocks); got != want {
		t.Errorf("page is\n%s\nwant\n%s", got, want)
	}
}

func TestACopyHasNoHistoryAndNoReports(t *testing.T) {
	root, copied := t.TempDir(), filepath.Join(t.TempDir(), "copy")
	for _, name := range []string{"README.md", ".git/HEAD", "examples/shop/report/report.xlsx", "examples/shop/flowmap.yaml", "pkg/report/report.go"} {
		file := filepath.Join(root, name)
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(name), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if err := copyProject(root, copied); err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]bool{
		"README.md": true, "pkg/report/report.go": true, "examples/shop/flowmap.yaml": true,
		".git/HEAD": false, "examples/shop/report/report.xlsx": false,
	} {
		if _, err := os.Stat(filepath.Join(copied, name)); (err == nil) != want {
			t.Errorf("%s is in the copy: %v, want %v", name, err == nil, want)
		}
	}
}

func TestAPageThatIsWrongFailsUntilItIsUpdated(t *testing.T) {
	root := t.TempDir()
	file := filepath.Join(root, "README.md")
	if err := os.WriteFile(file, []byte(page("'''console\n$ echo two\none\n'''\n")), 0o644); err != nil {
		t.Fatal(err)
	}
	check := func(update bool) (string, error) {
		var out strings.Builder
		c := checker{root: root, temp: t.TempDir(), bin: "/nowhere", update: update, out: &out}
		err := c.pages([]string{file})
		return out.String(), err
	}
	out, err := check(false)
	if err == nil || !strings.Contains(out, file+":2: $ echo two\n  output line 1 differs") {
		t.Errorf("error %v with\n%s", err, out)
	}
	if out, err := check(true); err != nil {
		t.Errorf("update: %v\n%s", err, out)
	}
	if out, err := check(false); err != nil {
		t.Errorf("after the update: %v\n%s", err, out)
	}
}
