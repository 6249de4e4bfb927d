// Release builds everything that is given to people who have no Go: static
// programs for Windows, macOS and Linux in archives, Debian and RPM packages, a
// Homebrew formula and a Scoop manifest, completions and manual pages inside
// them, checksums, a list of parts (SBOM) and the licences of others' code.
//
// The same commit gives the same bytes, wherever it stands on the disk and
// whenever it is built; scripts/release-check tries that, and installs what
// comes out.
//
// Usage: go run ./scripts/release [-o DIR] [-version V] [-target OS/ARCH,...]
//
// It needs git only if SOURCE_DATE_EPOCH is not set, which is the time that
// everything bears, in seconds since 1970; else that of the commit is.
package main

import (
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"time"
)

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "release:", err)
		os.Exit(1)
	}
}

// target is what a program is built for.
type target struct{ os, arch string }

func (t target) String() string { return t.os + "/" + t.arch }

var targets = []target{{"windows", "amd64"}, {"windows", "arm64"}, {"darwin", "amd64"}, {"darwin", "arm64"}, {"linux", "amd64"}, {"linux", "arm64"}}

// release is one run.
type release struct {
	out     string    // the folder for what is given away
	temp    string    // the folder for what is on the way
	version string    // without a v
	when    time.Time // that all files bear
}

func run(args []string) error {
	flags := flag.NewFlagSet("release", flag.ContinueOnError)
	out := flags.String("o", "dist", "the folder to write into; it must be empty or not there")
	version := flags.String("version", "", "without a v; default: that of cmd/flowmap")
	only := flags.String("target", "", "some targets alone, as linux/amd64,windows/arm64")
	if err := flags.Parse(args); err != nil {
		return err
	}
	chosen, err := choose(*only)
	if err != nil {
		return err
	}
	r := release{out: *out, version: *version}
	if r.version == "" {
		if r.version, err = stated(); err != nil {
			return err
		}
	}
	if r.when, err = when(); err != nil {
		return err
	}
	if r.temp, err = os.MkdirTemp("", "flowmap-release-"); err != nil {
		return err
	}
	defer os.RemoveAll(r.temp)
	if entries, err := os.ReadDir(r.out); err == nil && len(entries) > 0 {
		return fmt.Errorf("%s is not empty: name another folder, or clear it", r.out)
	}
	if err := os.MkdirAll(r.out, 0o755); err != nil {
		return err
	}
	return r.make(chosen)
}

// make builds all that the targets ask for, and the checksums last.
func (r release) make(chosen []target) error {
	papers, err := r.papers()
	if err != nil {
		return err
	}
	archives := map[target]string{}
	for _, t := range chosen {
		fmt.Println(t)
		program, err := r.build(t)
		if err != nil {
			return err
		}
		if archives[t], err = r.archive(t, program, papers); err != nil {
			return err
		}
		if t.os == "linux" {
			if err := r.packages(t, program, papers); err != nil {
				return err
			}
		}
		if err := r.parts(t, program); err != nil {
			return err
		}
	}
	if err := r.manifests(archives); err != nil {
		return err
	}
	return r.checksums()
}

func choose(only string) ([]target, error) {
	if only == "" {
		return targets, nil
	}
	var chosen []target
	for _, name := range strings.Split(only, ",") {
		found := false
		for _, t := range targets {
			if t.String() == name {
				chosen, found = append(chosen, t), true
			}
		}
		if !found {
			return nil, fmt.Errorf("target %q is not among %v", name, targets)
		}
	}
	return chosen, nil
}

var versionLine = regexp.MustCompile(`(?m)^var version = "([^"]+)"`)

// stated is the version that cmd/flowmap states.
func stated() (string, error) {
	const name = "cmd/flowmap/version.go"
	src, err := os.ReadFile(name)
	if err != nil {
		return "", fmt.Errorf("run it in the project's folder: %w", err)
	}
	m := versionLine.FindSubmatch(src)
	if m == nil {
		return "", fmt.Errorf("%s states no version", name)
	}
	return string(m[1]), nil
}

// when is SOURCE_DATE_EPOCH, or when the commit was made.
func when() (time.Time, error) {
	text := os.Getenv("SOURCE_DATE_EPOCH")
	if text == "" {
		out, err := exec.Command("git", "log", "-1", "--format=%ct").Output()
		if err != nil {
			return time.Time{}, fmt.Errorf("set SOURCE_DATE_EPOCH, or run it in a git checkout: %w", err)
		}
		text = strings.TrimSpace(string(out))
	}
	seconds, err := strconv.ParseInt(text, 10, 64)
	if err != nil {
		return time.Time{}, fmt.Errorf("SOURCE_DATE_EPOCH is %q, want seconds since 1970", text)
	}
	return time.Unix(seconds, 0).UTC(), nil
}

// build builds the program for a target, static and without what differs from
// machine to machine.
func (r release) build(t target) (string, error) {
	name := "flowmap"
	if t.os == "windows" {
		name += ".exe"
	}
	program := filepath.Join(r.temp, t.os+"-"+t.arch, name)
	c := exec.Command("go", "build", "-trimpath", "-buildvcs=false", "-ldflags", "-s -w -buildid= -X main.version="+r.version, "-o", program, "./cmd/flowmap")
	c.Env = append(os.Environ(), "CGO_ENABLED=0", "GOOS="+t.os, "GOARCH="+t.arch, "GOFLAGS=-mod=readonly", "GOAMD64=v1", "GOARM64=v8.0")
	return program, quietly(c)
}

// quietly runs a command, whose output is shown if it fails.
func quietly(c *exec.Cmd) error {
	if out, err := c.CombinedOutput(); err != nil {
		return fmt.Errorf("%s: %w\n%s", strings.Join(c.Args, " "), err, out)
	}
	return nil
}
