// Package docs embeds the manual, so that the program can show it.
package docs

import "embed"

//go:embed *.md
var pages embed.FS

// Page is the text of a page of the manual, in Markdown, by its file's name.
func Page(name string) (string, error) {
	text, err := pages.ReadFile(name)
	return string(text), err
}

// Pages names the files, sorted.
func Pages() ([]string, error) {
	entries, err := pages.ReadDir(".")
	if err != nil {
		return nil, err
	}
	var names []string
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names, nil
}
