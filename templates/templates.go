// Package templates holds what ships inside the binary: the words of each
// language, the catalogue of platforms, pages, and starter workspaces. Each
// file has one package that reads it.
package templates

import (
	"embed"
	"io/fs"
)

// A new file beside this one is embedded without a line of code, names that
// begin with a point (a starter's .gitignore) among them.
//
//go:embed all:*
var files embed.FS

// FS gives the embedded files, read-only, by slash-separated paths below this
// folder: "words/en/core.json", "catalogue.yaml".
func FS() fs.FS { return files }
