package interview

import (
	"errors"
	"io"
	"os"
	"sync"

	uv "github.com/charmbracelet/ultraviolet"
	"github.com/muesli/cancelreader"
)

// keyboard is the terminal that a form reads: it says when nothing more can come
// from it, where Bubble Tea would wait for ever, and lets go of a read that waits
// for a key.
//
// It has the methods by which Bubble Tea knows a terminal, and lacks the Name by
// which it would make a reader of its own over it: that one is closed while a
// goroutine may still wait in it (Bubble Tea 2.0.2 to 2.1.1).
type keyboard struct {
	file *os.File
	eof  chan struct{} // closed at the end of input

	mu     sync.Mutex // guards the two below
	reader cancelreader.CancelReader
	closed bool

	reading sync.Mutex // held by a read
	gone    bool       // guarded by reading
}

func newKeyboard(file *os.File) *keyboard {
	return &keyboard{file: file, eof: make(chan struct{})}
}

// Read waits for keys. After Close it gives cancelreader.ErrCanceled.
func (k *keyboard) Read(p []byte) (int, error) {
	k.reading.Lock()
	defer k.reading.Unlock()
	reader, err := k.open()
	if err != nil {
		return 0, err
	}
	n, err := reader.Read(p)
	if errors.Is(err, io.EOF) && !k.gone {
		k.gone = true
		close(k.eof)
	}
	return n, err
}

// open makes the reader with the first read: on Windows it must find the terminal
// in raw mode.
func (k *keyboard) open() (cancelreader.CancelReader, error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.closed {
		return nil, cancelreader.ErrCanceled
	}
	if k.reader == nil {
		var err error
		if k.reader, err = uv.NewCancelReader(k.file); err != nil {
			return nil, err
		}
	}
	return k.reader, nil
}

// Close ends a read that waits, and waits for it. The file stays open.
func (k *keyboard) Close() error {
	k.mu.Lock()
	reader := k.reader
	k.reader, k.closed = nil, true
	k.mu.Unlock()
	if reader == nil {
		return nil
	}
	if reader.Cancel() {
		k.reading.Lock()
		defer k.reading.Unlock()
	}
	return reader.Close()
}

// Write is the file's.
func (k *keyboard) Write(p []byte) (int, error) { return k.file.Write(p) }

// Fd is the file's.
func (k *keyboard) Fd() uintptr { return k.file.Fd() }
