//go:build unix

package audit_test

import (
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/flowmap-dev/flowmap/pkg/audit"
)

// A pipe that nobody writes to would keep who opens it waiting.
func TestPipeInPlaceOfAFile(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, "flowmap.yaml", least)
	if err := syscall.Mkfifo(filepath.Join(dir, "catalogue.yaml"), 0o600); err != nil {
		t.Fatal(err)
	}
	_, err := audit.Load(dir)
	if got := told(err); !strings.HasPrefix(got, "catalogue.yaml:1:1: this is no file\n") {
		t.Errorf("%q", got)
	}
}
