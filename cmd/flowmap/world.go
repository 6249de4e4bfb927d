package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"golang.org/x/term"
)

// world is all that the program knows of what is around it.
type world struct {
	in          io.Reader
	out, err    io.Writer
	terminal    bool // standard output is a terminal
	errTerminal bool // so is standard error
	width       int  // letters in a line of it; 0: as many as one likes
	now         func() time.Time
	env         func(string) string
	cache       string // the user's cache folder; empty: nothing is kept
	quiet       bool
}

// here is the world of a process.
func here() *world {
	w := &world{in: os.Stdin, out: os.Stdout, err: os.Stderr, now: time.Now, env: os.Getenv}
	if cache, err := os.UserCacheDir(); err == nil {
		w.cache = cache
	}
	w.errTerminal = term.IsTerminal(int(os.Stderr.Fd()))
	if w.terminal = term.IsTerminal(int(os.Stdout.Fd())); w.terminal {
		if width, _, err := term.GetSize(int(os.Stdout.Fd())); err == nil {
			w.width = width
		}
	}
	return w
}

// The exit codes.
const (
	exitDone        = 0
	exitFailed      = 1 // the workspace has problems, or what was asked cannot be done
	exitUsage       = 2
	exitInterrupted = 130
)

// usageError is a command line that means nothing.
type usageError struct{ message, hint string }

func (e *usageError) Error() string { return e.message }

// hinted is an error with what to do about it.
type hinted struct {
	err  error
	hint string
}

func (e *hinted) Error() string { return e.err.Error() }
func (e *hinted) Unwrap() error { return e.err }

func hint(text, format string, args ...any) error {
	return &hinted{fmt.Errorf(format, args...), text}
}

// errProblems ends a command whose problems have been printed.
var errProblems = errors.New("the workspace has problems")

// sink remembers the first error of a writer, so that commands may print
// without looking at each line.
type sink struct {
	to  io.Writer
	err error
}

func (s *sink) Write(text []byte) (int, error) {
	n, err := s.to.Write(text)
	s.err = cmp.Or(s.err, err)
	return n, err
}

// run carries out one command line and returns the exit code.
func (w *world) run(ctx context.Context, args []string) int {
	out := &sink{to: w.out}
	w.out = out
	root := w.root()
	root.SetArgs(args)
	err := root.ExecuteContext(ctx)
	if err == nil && out.err != nil {
		err = hint("is the disk full, or the program behind the pipe gone?", "standard output cannot be written: %w", out.err)
	}
	if ctx.Err() != nil {
		fmt.Fprintln(w.err, "interrupted; every file is whole")
		return exitInterrupted
	}
	return w.explain(err)
}

// explain prints an error with its hint and returns its exit code.
func (w *world) explain(err error) int {
	var usage *usageError
	var withHint *hinted
	switch {
	case err == nil:
		return exitDone
	case errors.Is(err, errProblems):
		return exitFailed
	case errors.Is(err, errInterrupted):
		fmt.Fprintln(w.err, err)
		return exitInterrupted
	case errors.As(err, &usage):
		fmt.Fprintln(w.err, usage.message)
		fmt.Fprintln(w.err, "  hint: "+usage.hint)
		return exitUsage
	case errors.As(err, &withHint):
		fmt.Fprintln(w.err, err)
		fmt.Fprintln(w.err, "  hint: "+withHint.hint)
		return exitFailed
	case strings.HasPrefix(err.Error(), "unknown command"):
		fmt.Fprintln(w.err, strings.ReplaceAll(strings.TrimSpace(err.Error()), "\n\n", "\n"))
		fmt.Fprintln(w.err, `  hint: "flowmap help" lists the commands`)
		return exitUsage
	}
	fmt.Fprintln(w.err, err)
	return exitFailed
}

// date is the day that SOURCE_DATE_EPOCH names, as 2026-11-20, or "".
func (w *world) date() (string, error) {
	text := w.env("SOURCE_DATE_EPOCH")
	if text == "" {
		return "", nil
	}
	var seconds int64
	if _, err := fmt.Sscanf(text+"\n", "%d\n", &seconds); err != nil || seconds < 0 || seconds > 253402300799 {
		return "", hint("write seconds since 1970, or unset it", "SOURCE_DATE_EPOCH is %q", text)
	}
	return time.Unix(seconds, 0).UTC().Format(time.DateOnly), nil
}
