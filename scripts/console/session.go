package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// patience is how long one block may take: the longest of them compiles the
// project and runs its tests.
const patience = 15 * time.Minute

// marker ends the output of each command in the stream of its block; no program
// prints it by chance.
const marker = "\x1e flowmap console, exit"

var markerLine = regexp.MustCompile(marker + ` (\d+)\n`)

// runBlock runs the commands of a block, one after the other, in one bash that
// starts in dir, and notes what each printed.
func runBlock(b *block, dir, bin string) error {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	var script strings.Builder
	for _, c := range b.commands {
		fmt.Fprintf(&script, "%s\nprintf '%%s %%d\\n' '%s' $?\n", c.text, marker)
	}
	bash := exec.CommandContext(ctx, "bash", "-c", script.String())
	bash.Dir = dir
	bash.Env = sessionEnv(os.Environ(), bin)
	stream, err := bash.CombinedOutput()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		return fmt.Errorf("bash: %w", err)
	}
	return b.take(string(stream))
}

// take shares the stream of a block out to its commands.
func (b *block) take(stream string) error {
	ends := markerLine.FindAllStringSubmatchIndex(stream, -1)
	start := 0
	for i := range b.commands {
		c := &b.commands[i]
		if i >= len(ends) {
			return fmt.Errorf("line %d: $ %s: the shell ended before the command did:\n%s", c.line, c.text, stream[start:])
		}
		output := strings.TrimSuffix(stream[start:ends[i][0]], "\n")
		if output != "" {
			c.got = strings.Split(output, "\n")
		}
		code, err := strconv.Atoi(stream[ends[i][2]:ends[i][3]])
		if err != nil {
			return err
		}
		c.gotExit = code
		start = ends[i][1]
	}
	return nil
}

// sessionEnv is env for a plain terminal in English with flowmap first on PATH.
func sessionEnv(env []string, bin string) []string {
	var kept []string
	for _, entry := range env {
		name, value, _ := strings.Cut(entry, "=")
		switch {
		case name == "PATH":
			kept = append(kept, "PATH="+bin+string(os.PathListSeparator)+value)
		case name == "LANG", name == "LANGUAGE", name == "TERM", name == "COLUMNS", strings.HasPrefix(name, "LC_"):
		default:
			kept = append(kept, entry)
		}
	}
	return append(kept, "LC_ALL=C.UTF-8", "TERM=dumb", "NO_COLOR=1")
}

// copyProject copies the project without its history and without what commands
// made in it.
func copyProject(root, to string) error {
	return filepath.WalkDir(root, func(from string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(root, from)
		if err != nil {
			return err
		}
		target := filepath.Join(to, rel)
		switch {
		case entry.IsDir() && leftBehind(filepath.ToSlash(rel)):
			return filepath.SkipDir
		case entry.IsDir():
			return os.MkdirAll(target, 0o755)
		case !entry.Type().IsRegular():
			return nil
		}
		return copyFile(from, target)
	})
}

// leftBehind tells which folders a fresh clone of the project would not have.
func leftBehind(dir string) bool {
	made, _ := path.Match("examples/*/report", dir)
	return dir == ".git" || made
}

func copyFile(from, to string) error {
	content, err := os.ReadFile(from)
	if err != nil {
		return err
	}
	info, err := os.Stat(from)
	if err != nil {
		return err
	}
	return os.WriteFile(to, content, info.Mode().Perm())
}
