package main

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"time"
)

// The tools of others, by their exact versions.
const (
	nfpm      = "github.com/goreleaser/nfpm/v2/cmd/nfpm@v2.44.2"
	cyclonedx = "github.com/CycloneDX/cyclonedx-gomod/cmd/cyclonedx-gomod@v1.10.0"
)

// tool installs a tool for this run and gives its path.
func (r release) tool(name, module string) (string, error) {
	bin := filepath.Join(r.temp, "bin")
	program := filepath.Join(bin, name)
	if _, err := os.Stat(program); err == nil {
		return program, nil
	}
	c := exec.Command("go", "install", module)
	c.Env = append(os.Environ(), "GOBIN="+bin)
	return program, quietly(c)
}

// content is a file of a Linux package, as nfpm asks for it.
type content struct {
	Src      string   `json:"src"`
	Dst      string   `json:"dst"`
	FileInfo fileInfo `json:"file_info"`
}

type fileInfo struct {
	Mode  int64     `json:"mode"`
	MTime time.Time `json:"mtime"`
}

// packages makes the Debian and the RPM package.
func (r release) packages(t target, program string, papers []paper) error {
	tool, err := r.tool("nfpm", nfpm)
	if err != nil {
		return err
	}
	contents := []content{{program, "/usr/bin/flowmap", fileInfo{0o755, r.when}}}
	for _, p := range papers {
		if p.at == "" {
			continue
		}
		file := filepath.Join(r.temp, "papers", filepath.FromSlash(p.name))
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(file, p.text, 0o644); err != nil {
			return err
		}
		contents = append(contents, content{file, p.at, fileInfo{0o644, r.when}})
	}
	config, err := json.Marshal(map[string]any{ // JSON is YAML
		"name": "flowmap", "arch": t.arch, "platform": "linux", "version": r.version, "version_schema": "semver", "section": "utils",
		"maintainer": "The flowmap developers <flowmap@flowmap.dev>", "license": "Apache-2.0", "homepage": homepage, "mtime": r.when,
		"description": description + "\nGuided interviews, a dependency map, technology and pattern, budget and return,\nas workbook, page, proposal and pictures.",
		"rpm":         map[string]string{"buildhost": "flowmap", "summary": description}, "contents": contents,
	})
	if err != nil {
		return err
	}
	file := filepath.Join(r.temp, "nfpm-"+t.arch+".yaml")
	if err := os.WriteFile(file, config, 0o644); err != nil {
		return err
	}
	for _, kind := range []string{"deb", "rpm"} {
		c := exec.Command(tool, "package", "--config", file, "--packager", kind, "--target", filepath.Join(r.out, fmt.Sprintf("flowmap_%s_%s.%s", r.version, t.arch, kind)))
		c.Env = append(os.Environ(), fmt.Sprintf("SOURCE_DATE_EPOCH=%d", r.when.Unix()))
		if err := quietly(c); err != nil {
			return err
		}
	}
	return nil
}

// parts writes the list of the modules that a program is made of (SBOM), in
// CycloneDX, with their licences as they are found in the modules; nothing is
// fetched for it.
func (r release) parts(t target, program string) error {
	tool, err := r.tool("cyclonedx-gomod", cyclonedx)
	if err != nil {
		return err
	}
	c := exec.Command(tool, "bin", "-json", "-std", "-licenses", "-noserial", "-notimestamp", "-version", "v"+r.version,
		"-output", filepath.Join(r.out, fmt.Sprintf("flowmap_%s_%s_%s.cdx.json", r.version, t.os, t.arch)), program)
	c.Env = append(os.Environ(), "GOPROXY=off")
	return quietly(c)
}
