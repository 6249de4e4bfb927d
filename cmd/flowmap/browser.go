package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"time"
)

// noBrowser is what --browser is given to do without one.
const noBrowser = "none"

// browsers are the names of those that print a page with tags, in the order in
// which they are looked for.
var browsers = []string{"chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "microsoft-edge", "msedge"}

// installed are where macOS and Windows keep them, off PATH.
func installed() []string {
	switch runtime.GOOS {
	case "darwin":
		return []string{"/Applications/Google Chrome.app/Contents/MacOS/Google Chrome", "/Applications/Chromium.app/Contents/MacOS/Chromium", "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge"}
	case "windows":
		var all []string
		for _, folder := range []string{os.Getenv("ProgramFiles"), os.Getenv("ProgramFiles(x86)"), os.Getenv("LocalAppData")} {
			if folder != "" {
				all = append(all, filepath.Join(folder, "Google", "Chrome", "Application", "chrome.exe"), filepath.Join(folder, "Microsoft", "Edge", "Application", "msedge.exe"))
			}
		}
		return all
	}
	return nil
}

// findBrowser gives the program that is to print: the one asked for, which must
// be there, or one that is found; empty if none is.
func findBrowser(asked string) (string, error) {
	switch asked {
	case noBrowser:
		return "", nil
	case "":
		for _, name := range append(browsers, installed()...) {
			if path, err := exec.LookPath(name); err == nil {
				return path, nil
			}
		}
		return "", nil
	}
	path, err := exec.LookPath(asked)
	if err != nil {
		return "", &usageError{fmt.Sprintf("--browser is %q, and there is no such program", asked), "name Chromium, Chrome or Edge by its path, or none for a PDF without tags"}
	}
	return path, nil
}

// printing is the browser that prints a PDF; without a path there is none.
type printing struct {
	path  string
	asked bool // by its name
}

// browserOf finds the browser, if a format needs one.
func browserOf(asked string, formats []string) (printing, error) {
	if !slices.Contains(formats, "pdf") {
		if asked != "" {
			return printing{}, &usageError{"--browser is given, and pdf is not among the formats", "add pdf to --only"}
		}
		return printing{}, nil
	}
	path, err := findBrowser(asked)
	return printing{path, asked != ""}, err
}

// printTime is how long a browser may take.
const printTime = 60 * time.Second

// printPage has a browser print a page that loads nothing, with tags and an
// outline. The browser gets a profile of its own, which is removed.
func printPage(ctx context.Context, browser string, page []byte) (pdf []byte, err error) {
	folder, err := os.MkdirTemp("", "flowmap-print-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(folder)
	from, to := filepath.Join(folder, "proposal.html"), filepath.Join(folder, "proposal.pdf")
	if err := os.WriteFile(from, page, 0o600); err != nil {
		return nil, cannotWrite(from, err)
	}
	args := []string{
		"--headless", "--disable-gpu", "--no-first-run", "--no-default-browser-check", "--disable-background-networking", "--disable-component-update",
		"--disable-sync", "--disable-extensions", "--host-resolver-rules=MAP * ~NOTFOUND", "--user-data-dir=" + filepath.Join(folder, "profile"),
		"--no-pdf-header-footer", "--generate-pdf-document-outline", "--print-to-pdf=" + to,
	}
	if os.Geteuid() == 0 {
		args = append(args, "--no-sandbox") // Chromium does not start for root with it; the page has no script
	}
	ctx, stop := context.WithTimeout(ctx, printTime)
	defer stop()
	c := exec.CommandContext(ctx, browser, append(args, fileURL(from))...)
	var said bytes.Buffer
	c.Stderr = &said
	c.WaitDelay = time.Second
	err = c.Run()
	pdf, missing := os.ReadFile(to)
	switch {
	case ctx.Err() != nil:
		return nil, fmt.Errorf("%s took more than %v", browser, printTime)
	case err != nil:
		return nil, fmt.Errorf("%s: %w: %s", browser, err, lastLine(said.String()))
	case missing != nil || !bytes.HasPrefix(pdf, []byte("%PDF-")):
		return nil, errors.New(browser + " wrote no PDF")
	}
	return unstamped(pdf), nil
}

func lastLine(s string) string {
	lines := strings.Split(strings.TrimSpace(s), "\n")
	return strings.TrimSpace(lines[len(lines)-1])
}

// stamps are what a browser says of itself and of the hour.
var stamps = regexp.MustCompile(`/(CreationDate|ModDate|Creator) \((?:[^()\\]|\\.)*\)`)

// unstamped puts spaces in the place of stamps, so that the same page gives the
// same bytes by the same browser and nothing else moves. They stand in the first
// object, before any content.
func unstamped(pdf []byte) []byte {
	head := min(len(pdf), 4096)
	return append(stamps.ReplaceAllFunc(pdf[:head:head], func(b []byte) []byte { return bytes.Repeat([]byte{' '}, len(b)) }), pdf[head:]...)
}

// fileURL is the address of a file: on Windows its path begins with a letter.
func fileURL(path string) string {
	path = filepath.ToSlash(path)
	if !strings.HasPrefix(path, "/") {
		path = "/" + path
	}
	return (&url.URL{Scheme: "file", Path: path}).String()
}
