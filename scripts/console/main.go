// Console runs the console blocks of Markdown pages and compares what they print
// with what the page says, so that no page shows a session that is not true.
//
// A block is fenced as ```console. In it a line that begins with "$ " is a command,
// which goes on over the next line while it ends in a backslash; the lines after it
// are what it prints, standard output and standard error as they come. A line … alone
// stands for any lines. A command with no lines after it only has to succeed. The
// last line may be (exit N), for a command that ends with another code than 0.
//
// The blocks of a page run in order in one fresh copy of the project, each in its
// own bash, with flowmap on PATH.
//
// Usage: go run ./scripts/console [-update] PAGE...
package main

import (
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
)

func main() {
	if err := run(os.Args[1:], os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "console:", err)
		os.Exit(1)
	}
}

func run(args []string, out io.Writer) error {
	flags := flag.NewFlagSet("console", flag.ContinueOnError)
	update := flags.Bool("update", false, "write what the commands print into the pages")
	root := flags.String("root", ".", "the project's folder")
	if err := flags.Parse(args); err != nil {
		return err
	}
	if flags.NArg() == 0 {
		return fmt.Errorf("no page named, want for example README.md docs/*.md")
	}
	temp, err := os.MkdirTemp("", "flowmap-console-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(temp)
	bin := filepath.Join(temp, "bin")
	if err := buildFlowmap(*root, bin); err != nil {
		return err
	}
	c := checker{root: *root, temp: temp, bin: bin, update: *update, out: out}
	return c.pages(flags.Args())
}

// buildFlowmap puts the project's binary into the folder bin.
func buildFlowmap(root, bin string) error {
	build := exec.Command("go", "build", "-o", filepath.Join(bin, "flowmap"), "./cmd/flowmap")
	build.Dir = root
	if text, err := build.CombinedOutput(); err != nil {
		return fmt.Errorf("go build ./cmd/flowmap: %w\n%s", err, text)
	}
	return nil
}

// checker runs pages in copies of the project in root that it makes in temp, with
// the programs of bin, and prints to out what differs. With update it writes what
// the commands print into the pages.
type checker struct {
	root, temp, bin string
	update          bool
	out             io.Writer

	commands, wrong int
}

// pages runs every page and returns an error when a command of one of them did not
// do what the page says.
func (c *checker) pages(names []string) error {
	for _, name := range names {
		if err := c.page(name); err != nil {
			return err
		}
	}
	fmt.Fprintf(c.out, "console: %d commands in %d pages, %d not as the page says\n", c.commands, len(names), c.wrong)
	if c.wrong > 0 {
		return fmt.Errorf("%d commands do not do what the page says; go run ./scripts/console -update PAGE... writes what they print", c.wrong)
	}
	return nil
}

// page runs the blocks of one page in a copy of the project.
func (c *checker) page(name string) error {
	source, err := os.ReadFile(name)
	if err != nil {
		return err
	}
	blocks, err := parse(name, string(source))
	if err != nil || len(blocks) == 0 {
		return err
	}
	copied, err := os.MkdirTemp(c.temp, "page")
	if err != nil {
		return err
	}
	if err := copyProject(c.root, copied); err != nil {
		return err
	}
	for i := range blocks {
		if err := runBlock(&blocks[i], copied, c.bin); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		c.report(name, blocks[i])
	}
	if !c.update {
		return nil
	}
	return os.WriteFile(name, []byte(rewrite(string(source), blocks)), 0o644)
}

// report prints the commands of a block that did something else than the page says.
// In an update only a wrong exit code counts: the output is about to be rewritten.
func (c *checker) report(page string, b block) {
	for _, done := range b.commands {
		c.commands++
		if problem := done.problem(c.update); problem != "" {
			c.wrong++
			fmt.Fprintf(c.out, "%s:%d: $ %s\n%s", page, done.line, done.text, problem)
		}
	}
}
