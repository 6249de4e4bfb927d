//go:build unix

package wasmcache

import (
	"fmt"
	"io/fs"
	"os"
	"syscall"
)

// trusted tells whether a folder belongs to the user or to root, and nobody
// else may write to it; with the sticky bit others may, as they cannot put
// theirs in the place of what is the user's.
func trusted(dir string, info fs.FileInfo) error {
	stat, ok := info.Sys().(*syscall.Stat_t)
	if !ok {
		return fmt.Errorf("%s has no owner", dir)
	}
	if owner := int(stat.Uid); owner != os.Getuid() && owner != 0 {
		return fmt.Errorf("%s belongs to another user", dir)
	}
	if info.Mode().Perm()&0o022 != 0 && info.Mode()&fs.ModeSticky == 0 {
		return fmt.Errorf("%s can be written by others", dir)
	}
	return nil
}
