package interview

import (
	"errors"
	"io"
	"os"
	"testing"

	"github.com/muesli/cancelreader"
)

// What is typed when the form is gone belongs to whoever reads next.
func TestAKeyTypedAfterTheFormIsLeftThere(t *testing.T) {
	in, typed, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	defer typed.Close()
	k := newKeyboard(in)
	first, second := make([]byte, 1), make(chan error, 1)
	if _, err := typed.WriteString("a"); err != nil {
		t.Fatal(err)
	}
	if _, err := k.Read(first); err != nil || first[0] != 'a' {
		t.Fatalf("read %q, %v", first, err)
	}
	go func() {
		_, err := k.Read(make([]byte, 1))
		second <- err
	}()
	if err := k.Close(); err != nil {
		t.Fatal(err)
	}
	if err := <-second; !errors.Is(err, cancelreader.ErrCanceled) {
		t.Errorf("a read that waited gives %v, want %v", err, cancelreader.ErrCanceled)
	}
	if _, err := typed.WriteString("b"); err != nil {
		t.Fatal(err)
	}
	if n, err := k.Read(first); !errors.Is(err, cancelreader.ErrCanceled) {
		t.Errorf("a read after the end gives %d bytes, %v", n, err)
	}
	if _, err := in.Read(first); err != nil || first[0] != 'b' {
		t.Errorf("the next reader gets %q, %v, want b", first, err)
	}
	if err := k.Close(); err != nil {
		t.Errorf("closed twice: %v", err)
	}
}

func TestTheEndOfInputIsTold(t *testing.T) {
	in, typed, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	k := newKeyboard(in)
	defer k.Close()
	if err := typed.Close(); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if _, err := k.Read(make([]byte, 1)); !errors.Is(err, io.EOF) {
			t.Fatalf("got %v, want %v", err, io.EOF)
		}
	}
	select {
	case <-k.eof:
	default:
		t.Error("nobody is told")
	}
}
