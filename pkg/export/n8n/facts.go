package n8n

import (
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"unicode"

	"github.com/flowmap-dev/flowmap/pkg/audit"
	"github.com/flowmap-dev/flowmap/templates"
)

// facts is how n8n reaches products.
type facts struct {
	Version  int       `yaml:"version"`
	Package  string    `yaml:"package"` // the npm package that was read
	Data     []data    `yaml:"data"`
	Except   []string  `yaml:"except"`
	Products []product `yaml:"products"`
}

// data is a type of data, known by words of its id or name.
type data struct {
	ID    string   `yaml:"id" as:"id"`
	Words []string `yaml:"words"`
}

// product is how one product is reached: by nodes of its own, else by HTTP.
type product struct {
	ID      string   `yaml:"id" as:"id" need:"true"`
	Node    kind     `yaml:"node"`
	Trigger kind     `yaml:"trigger"`
	HTTP    string   `yaml:"http"`   // address, with {resource} for that of the data
	Source  string   `yaml:"source"` // where the vendor documents it
	Note    string   `yaml:"note"`   // a change that is known: the words are recovery.known. + it
	Data    []access `yaml:"data"`
	Other   access   `yaml:"other"` // for data of any type
}

// kind is a type of node and its version.
type kind struct {
	Type      string  `yaml:"type"`
	Version   float64 `yaml:"version"`
	Parameter string  `yaml:"parameter"` // of a trigger, what its event is called
}

// access is how one type of data is read, written and announced.
type access struct {
	ID       string `yaml:"id" as:"id"`
	Resource string `yaml:"resource"`
	Read     string `yaml:"read"`  // operation; empty: not known
	Write    string `yaml:"write"` // operation; empty: not known
	Event    string `yaml:"event"` // of the trigger; empty: not known
}

func load() (facts, error) {
	const name = "n8n.yaml"
	src, err := fs.ReadFile(templates.FS(), name)
	if err != nil {
		return facts{}, fmt.Errorf("the facts about n8n that ship with flowmap: %w", err)
	}
	var f facts
	return f, audit.Strict("shipped "+name, src, &f)
}

// product returns how the product is reached; the zero product is one that is
// not known.
func (f facts) product(id string) product {
	for _, p := range f.Products {
		if p.ID == id {
			return p
		}
	}
	return product{}
}

// typeOf recognises the type of data behind an entity, or returns "".
func (f facts) typeOf(e audit.Entity) string {
	words := strings.FieldsFunc(strings.ToLower(e.ID+" "+e.Name), func(r rune) bool { return !unicode.IsLetter(r) })
	has := func(w string) bool { return slices.Contains(words, w) }
	if slices.ContainsFunc(f.Except, has) {
		return ""
	}
	for _, d := range f.Data {
		if slices.ContainsFunc(d.Words, has) {
			return d.ID
		}
	}
	return ""
}

// access returns how the product gives and takes a type of data.
func (p product) access(kind string) access {
	for _, a := range p.Data {
		if a.ID == kind && kind != "" {
			return a
		}
	}
	return p.Other
}
