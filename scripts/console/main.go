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
	return checkPages(out, *root, temp, bin, flags.Args(), *update)
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

// checkPages runs every page and returns an error when a command of one of them
// did not do what the page says; each such command is printed to out.
func checkPages(out io.Writer, root, temp, bin string, pages []string, update bool) error {
	wrong, commands := 0, 0
	for i, page := range pages {
		source, err := os.ReadFile(page)
		if err != nil {
			return err
		}
		blocks, err := parse(page, string(source))
		if err != nil {
			return err
		}
		if len(blocks) == 0 {
			continue
		}
		copied := filepath.Join(temp, fmt.Sprintf("page%d", i))
		if err := copyProject(root, copied); err != nil {
			return err
		}
		for b := range blocks {
			if err := runBlock(&blocks[b], copied, bin); err != nil {
				return err
			}
			commands += len(blocks[b].commands)
			wrong += report(out, page, blocks[b], update)
		}
		if update {
			if err := os.WriteFile(page, []byte(rewrite(string(source), blocks)), 0o644); err != nil {
				return err
			}
		}
	}
	fmt.Fprintf(out, "console: %d commands in %d pages, %d not as the page says\n", commands, len(pages), wrong)
	if wrong > 0 {
		return fmt.Errorf("%d commands do not do what the page says; go run ./scripts/console -update writes what they print", wrong)
	}
	return nil
}

// report prints the commands of a block that did something else than the page
// says and returns how many there are. With update, only a wrong exit code counts:
// the output is about to be rewritten.
func report(out io.Writer, page string, b block, update bool) int {
	wrong := 0
	for _, c := range b.commands {
		if problem := c.problem(update); problem != "" {
			wrong++
			fmt.Fprintf(out, "%s:%d: $ %s\n%s", page, c.line, c.text, problem)
		}
	}
	return wrong
}
