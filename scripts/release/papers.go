package main

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

// paper is a file that goes with the program.
type paper struct {
	name string // in an archive
	text []byte
	at   string // in a Linux package; "" for none
}

// papers are the licence, the licences of others, what the program is, its
// manual pages and completions. The program writes the last two itself.
func (r release) papers() ([]paper, error) {
	program := filepath.Join(r.temp, "here", "flowmap")
	if err := quietly(exec.Command("go", "build", "-trimpath", "-buildvcs=false", "-ldflags", "-X main.version="+r.version, "-o", program, "./cmd/flowmap")); err != nil {
		return nil, err
	}
	var papers []paper
	for _, name := range []string{"LICENSE", "README.md", "CHANGELOG.md"} {
		text, err := os.ReadFile(name)
		if err != nil {
			return nil, err
		}
		papers = append(papers, paper{name, text, "/usr/share/doc/flowmap/" + name})
	}
	notices, err := thirdParty()
	if err != nil {
		return nil, err
	}
	papers = append(papers, paper{"THIRD-PARTY-LICENSES.txt", notices, "/usr/share/doc/flowmap/copyright"})
	completions := []struct{ shell, name, at string }{
		{"bash", "flowmap.bash", "/usr/share/bash-completion/completions/flowmap"},
		{"zsh", "_flowmap", "/usr/share/zsh/vendor-completions/_flowmap"},
		{"fish", "flowmap.fish", "/usr/share/fish/vendor_completions.d/flowmap.fish"},
		{"powershell", "flowmap.ps1", ""},
	}
	for _, c := range completions {
		text, err := exec.Command(program, "completion", c.shell).Output()
		if err != nil {
			return nil, fmt.Errorf("completion for %s: %w", c.shell, err)
		}
		papers = append(papers, paper{"completions/" + c.name, text, c.at})
	}
	pages, err := r.manualPages(program)
	return append(papers, pages...), err
}

func (r release) manualPages(program string) ([]paper, error) {
	folder := filepath.Join(r.temp, "man")
	c := exec.Command(program, "man", "-o", folder)
	c.Env = append(os.Environ(), fmt.Sprintf("SOURCE_DATE_EPOCH=%d", r.when.Unix()))
	if err := quietly(c); err != nil {
		return nil, err
	}
	entries, err := os.ReadDir(folder)
	if err != nil {
		return nil, err
	}
	var papers []paper
	for _, e := range entries {
		text, err := os.ReadFile(filepath.Join(folder, e.Name()))
		if err != nil {
			return nil, err
		}
		var zipped bytes.Buffer
		z, err := gzip.NewWriterLevel(&zipped, gzip.BestCompression)
		if err != nil {
			return nil, err
		}
		if _, err := z.Write(text); err != nil {
			return nil, err
		}
		if err := z.Close(); err != nil {
			return nil, err
		}
		papers = append(papers, paper{"man/" + e.Name() + ".gz", zipped.Bytes(), "/usr/share/man/man1/" + e.Name() + ".gz"})
	}
	return papers, nil
}

// licenceFile is what files with terms are called.
var licenceFile = regexp.MustCompile(`(?i)^(licen[cs]e|copying|notice|unlicense|patents|ofl)([-.].*)?$`)

// thirdParty is the terms of every module whose code is in the program on any
// system, sorted by path. A module without terms is an error: it may not be
// given on.
func thirdParty() ([]byte, error) {
	modules := map[string]module{}
	for _, t := range targets {
		c := exec.Command("go", "list", "-deps", "-json=Module", "./cmd/flowmap")
		c.Env = append(os.Environ(), "CGO_ENABLED=0", "GOOS="+t.os, "GOARCH="+t.arch)
		out, err := c.Output()
		if err != nil {
			return nil, fmt.Errorf("list the modules for %s: %w", t, err)
		}
		for d := json.NewDecoder(bytes.NewReader(out)); ; {
			var p struct{ Module *module }
			if err := d.Decode(&p); errors.Is(err, io.EOF) {
				break
			} else if err != nil {
				return nil, err
			}
			if p.Module != nil && !p.Module.Main {
				modules[p.Module.Path] = *p.Module
			}
		}
	}
	goroot, err := exec.Command("go", "env", "GOROOT").Output()
	if err != nil {
		return nil, err
	}
	modules["go"] = module{Path: "go", Version: "the Go programming language and its standard library", Dir: strings.TrimSpace(string(goroot))}
	var paths []string
	for path := range modules {
		paths = append(paths, path)
	}
	slices.Sort(paths)
	var b bytes.Buffer
	b.WriteString("flowmap is under the Apache License 2.0, see LICENSE. It holds code and fonts of others, under these terms.\n")
	for _, path := range paths {
		if err := modules[path].terms(&b); err != nil {
			return nil, err
		}
	}
	return b.Bytes(), nil
}

type module struct {
	Path, Version, Dir string
	Main               bool
}

// terms writes what a module's files say on its terms, those in its folders
// too: fonts and copied code have their own.
func (m module) terms(b *bytes.Buffer) error {
	fmt.Fprintf(b, "\n%s\n%s %s\n%s\n", strings.Repeat("=", 80), m.Path, m.Version, strings.Repeat("=", 80))
	var found []string
	err := filepath.WalkDir(m.Dir, func(name string, d os.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && (d.Name() == "testdata" || d.Name() == "_examples" || d.Name() == "examples" || m.Path == "go" && name != m.Dir):
			return filepath.SkipDir
		case !d.IsDir() && licenceFile.MatchString(d.Name()) && !strings.HasSuffix(d.Name(), ".go"):
			found = append(found, name)
		}
		return nil
	})
	if err != nil {
		return err
	}
	if len(found) == 0 {
		return fmt.Errorf("%s %s has no file with its licence", m.Path, m.Version)
	}
	for _, name := range found {
		text, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		at, err := filepath.Rel(m.Dir, name)
		if err != nil {
			return err
		}
		fmt.Fprintf(b, "\n--- %s\n\n%s\n", filepath.ToSlash(at), bytes.TrimSpace(bytes.ReplaceAll(text, []byte("\r\n"), []byte("\n"))))
	}
	return nil
}
