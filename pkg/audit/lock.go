package audit

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
	"time"

	"github.com/gofrs/flock"
)

const (
	lockFolder = ".flowmap"
	lockFile   = "lock"
	lockWait   = 30 * time.Second // an edit takes milliseconds
	lockPause  = 5 * time.Millisecond
)

// takeLock takes the lock of a workspace, which ends with the process at the
// latest. The file stays: who deletes it, breaks the lock of who waits for it.
func takeLock(root *os.Root) (release func() error, err error) {
	name := path.Join(lockFolder, lockFile)
	if err := root.Mkdir(lockFolder, 0o755); err != nil && !errors.Is(err, fs.ErrExist) {
		return nil, &WriteError{name, plainError(err)}
	}
	f, err := root.OpenFile(name, os.O_RDWR|os.O_CREATE, 0o644) // refuses links that lead out
	if err == nil {
		err = f.Close()
	}
	if err != nil {
		return nil, &WriteError{name, plainError(err)}
	}
	lock := flock.New(filepath.Join(root.Name(), lockFolder, lockFile))
	ctx, cancel := context.WithTimeout(context.Background(), lockWait)
	defer cancel()
	switch held, err := lock.TryLockContext(ctx, lockPause); {
	case errors.Is(err, context.DeadlineExceeded):
		return nil, &BusyError{root.Name()}
	case err != nil:
		return nil, &WriteError{name, plainError(err)}
	case !held:
		return nil, &BusyError{root.Name()}
	}
	return lock.Unlock, nil
}

func slashes(name string) string { return strings.ReplaceAll(name, `\`, "/") }
