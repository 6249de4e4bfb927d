package main

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// The order of flows in a file changes no byte of what is drawn or exported, in
// every view and format.
func TestTheOrderOfFlowsChangesNothing(t *testing.T) {
	src, err := os.ReadFile(filepath.Join("..", "..", "examples", "tienda", "flowmap.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	dirs := [2]string{}
	for i, text := range []string{string(src), backwards(t, string(src))} {
		dirs[i] = filepath.Join(t.TempDir(), "tienda")
		if err := os.Mkdir(dirs[i], 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dirs[i], "flowmap.yaml"), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	var commands [][]string
	for _, view := range []string{"flows", "records", "heat", "target", "change"} {
		for _, format := range mapFormats {
			commands = append(commands, []string{"map", "--view", view, "--format", format, "-o", "-"})
		}
	}
	for format := range modelFormats {
		commands = append(commands, []string{"export", "--to", format, "-o", "-"})
	}
	for _, args := range commands {
		var texts [2]string
		for i, dir := range dirs {
			out, code := runHere(t, append(args, "-w", dir)...)
			if code != 0 || out == "" {
				t.Fatalf("%v: code %d, %d bytes", args, code, len(out))
			}
			texts[i] = out
		}
		if texts[0] != texts[1] {
			t.Errorf("%v depends on the order of flows", args)
		}
	}
}

// backwards is a flowmap.yaml with its flows in reverse.
func backwards(t *testing.T, src string) string {
	t.Helper()
	head, rest, ok := strings.Cut(src, "\nflows:\n")
	list, tail, also := strings.Cut(rest, "\naccepted:\n")
	if !ok || !also {
		t.Fatal("the example has no flows, or nothing is accepted behind them")
	}
	comment, list, _ := strings.Cut(list, "  - id: ")
	items := strings.Split(list, "\n  - id: ")
	slices.Reverse(items)
	return head + "\nflows:\n" + comment + "  - id: " + strings.Join(items, "\n  - id: ") + "\naccepted:\n" + tail
}

func TestWorkIsLeftWhereTheContextEnds(t *testing.T) {
	ctx, stop := context.WithCancel(context.Background())
	begun, never := make(chan struct{}), make(chan int)
	go func() {
		<-begun
		stop()
	}()
	_, err := aside(ctx, func() (int, error) {
		close(begun)
		return <-never, nil
	})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("got %v, want the context's error", err)
	}
	close(never)
	if got, err := aside(context.Background(), func() (int, error) { return 7, nil }); got != 7 || err != nil {
		t.Errorf("got %v, %v, want 7", got, err)
	}
}

// A portfolio that is interrupted calls no workspace broken.
func TestAnInterruptedPortfolioLeavesNobodyOut(t *testing.T) {
	ctx, stop := context.WithCancel(context.Background())
	stop()
	var out, errs bytes.Buffer
	w := &world{in: strings.NewReader(""), out: &out, err: &errs, env: func(string) string { return "" }}
	code := w.run(ctx, []string{"portfolio", filepath.Join("..", "..", "examples")})
	if code != exitInterrupted || out.Len() > 0 || errs.String() != "interrupted; every file is whole\n" {
		t.Errorf("exit code %d, %q on standard output, %q on standard error", code, &out, &errs)
	}
}
