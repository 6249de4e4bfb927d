package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/gob"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime/debug"
	"strings"

	"github.com/flowmap-dev/flowmap/pkg/audit"
	"github.com/flowmap-dev/flowmap/pkg/clients"
	"github.com/flowmap-dev/flowmap/pkg/track"
)

// clientCache keeps what many clients come to under the user's cache folder, so
// that a portfolio works out anew only those whose files have changed. It holds
// one file a workspace. Whatever is wrong with it, the client is worked out as
// without it.
type clientCache struct {
	folder  string // empty: nothing is kept
	program string // what tells this program from another one
	date    string // of all workspaces, from SOURCE_DATE_EPOCH; empty: each has its own
}

// kept is one client's file: what it was made of, and what came of it.
type kept struct {
	Made   [sha256.Size]byte
	Client clients.Client
}

// clientCache is where it is, with what tells the program and the day that stands
// for every workspace's own; nothing is kept where one of them is not known.
func (w *world) clientCache(fresh bool) clientCache {
	if fresh || w.cache == "" {
		return clientCache{}
	}
	date, err := w.date()
	if err != nil {
		return clientCache{}
	}
	program, err := os.Executable()
	if err != nil {
		return clientCache{}
	}
	info, err := os.Stat(program)
	if err != nil {
		return clientCache{}
	}
	return clientCache{filepath.Join(w.cache, "flowmap", "portfolio"), fmt.Sprint(build(), info.Size(), info.ModTime().UnixNano()), date}
}

// build tells builds apart whose files have one size and, from a package, one time.
func build() string {
	text := versionOf()
	if info, ok := debug.ReadBuildInfo(); ok {
		text += info.String()
	}
	return text
}

// entry is a workspace's file in the cache, and what its client is made of: the
// program, the day and every file that is read. It is not ok for a workspace that
// is not kept: one in a single file, or one that cannot be read.
func (c clientCache) entry(dir string) (name string, made [sha256.Size]byte, ok bool) {
	if c.folder == "" || !isFolder(dir) {
		return "", made, false
	}
	whole, err := filepath.Abs(dir)
	if err != nil {
		return "", made, false
	}
	h := sha256.New()
	fmt.Fprintf(h, "%q %q\n", c.program, c.date)
	for _, folder := range []string{".", "interviews", "scenarios", "actuals"} {
		entries, err := os.ReadDir(filepath.Join(dir, folder))
		if os.IsNotExist(err) {
			continue
		}
		if err != nil {
			return "", made, false
		}
		for _, e := range entries {
			if e.IsDir() || !isRead(folder, e.Name()) {
				continue
			}
			if err := hashFile(h, dir, filepath.Join(folder, e.Name()), e); err != nil {
				return "", made, false
			}
		}
	}
	return filepath.Join(c.folder, fmt.Sprintf("%x", sha256.Sum256([]byte(whole)))), [sha256.Size]byte(h.Sum(nil)), true
}

// isRead tells whether a file may have a say in what a client comes to. Recordings
// and exports that lie beside have none, and may be large.
func isRead(folder, name string) bool {
	ext := filepath.Ext(name)
	return strings.EqualFold(ext, ".yaml") || strings.EqualFold(ext, ".yml") || folder == "." && name == track.PromiseFile
}

// hashFile takes in a file's name, kind, length and text. What is no file, a pipe
// say, or is too large to be read, is an error.
func hashFile(h io.Writer, dir, name string, e os.DirEntry) error {
	text, err := readAtMost(filepath.Join(dir, name), mostRead)
	if err != nil {
		return err
	}
	if len(text) > mostRead {
		return errors.New("it is too large")
	}
	fmt.Fprintf(h, "%q %v %d\n", name, e.Type(), len(text))
	_, err = h.Write(text)
	return err
}

// find returns a client that was worked out from the same files by the same
// program.
func (c clientCache) find(name string, made [sha256.Size]byte) (clients.Client, bool) {
	text, err := readAtMost(name, mostRead)
	if err != nil || len(text) < sha256.Size {
		return clients.Client{}, false
	}
	sum, text := text[:sha256.Size], text[sha256.Size:]
	if got := sha256.Sum256(text); !bytes.Equal(got[:], sum) {
		return clients.Client{}, false
	}
	var k kept
	if err := gob.NewDecoder(bytes.NewReader(text)).Decode(&k); err != nil || k.Made != made {
		return clients.Client{}, false
	}
	return k.Client, true
}

// keep writes a client down. A disk that refuses costs the time of working it out
// again, and no more.
func (c clientCache) keep(name string, made [sha256.Size]byte, client clients.Client) {
	var b bytes.Buffer
	if err := gob.NewEncoder(&b).Encode(kept{made, client}); err != nil {
		return
	}
	if os.MkdirAll(c.folder, 0o700) != nil {
		return
	}
	f, err := os.CreateTemp(c.folder, ".new-*")
	if err != nil {
		return
	}
	sum := sha256.Sum256(b.Bytes())
	_, err = f.Write(append(sum[:], b.Bytes()...))
	if closed := f.Close(); err != nil || closed != nil || os.Rename(f.Name(), name) != nil {
		os.Remove(f.Name())
	}
}

// mayKeep tells whether a workspace's client may be kept. A logo may lie where no
// file is looked at.
func mayKeep(ws audit.Workspace) bool { return ws.Brand.Logo == "" }
