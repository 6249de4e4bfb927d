// Package opc reads and writes the packages of Open XML: the zip files that
// Word, Excel and PowerPoint keep their documents in. What it reads is foreign:
// Open refuses what could harm whoever opens the file that is made of it.
package opc

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"fmt"
	"io"
	"maps"
	"path"
	"slices"
	"strings"
	"time"
)

// Package is the parts of a document by name, without a slash at the start:
// "word/document.xml".
type Package struct {
	parts    map[string][]byte
	defaults map[string]string // content types by extension
	types    map[string]string // content types of single parts
}

// New is a package without parts.
func New() *Package {
	return &Package{map[string][]byte{}, map[string]string{"rels": "application/vnd.openxmlformats-package.relationships+xml", "xml": "application/xml"}, map[string]string{}}
}

// Part gives the bytes of a part.
func (p *Package) Part(name string) ([]byte, bool) {
	content, ok := p.parts[name]
	return content, ok
}

// Names lists the parts in alphabetical order.
func (p *Package) Names() []string { return slices.Sorted(maps.Keys(p.parts)) }

// Set replaces a part or adds one. Without a content type the part keeps the
// one that it has, or has that of its extension.
func (p *Package) Set(name string, content []byte, contentType string) {
	p.parts[name] = content
	if contentType != "" {
		p.types[name] = contentType
	}
}

// SetDefault gives the content type of an extension: "png", "image/png".
func (p *Package) SetDefault(extension, contentType string) { p.defaults[extension] = contentType }

// Remove drops a part, with its type and its relations. Relations of others to
// it are theirs to drop.
func (p *Package) Remove(name string) {
	delete(p.parts, name)
	delete(p.types, name)
	delete(p.parts, relationsOf(name))
}

// Type is the content type of a part.
func (p *Package) Type(name string) string {
	if t, ok := p.types[name]; ok {
		return t
	}
	return p.defaults[extension(name)]
}

func extension(name string) string { return strings.ToLower(strings.TrimPrefix(path.Ext(name), ".")) }

// Free is the first name of the form before+number+after that no part has.
func (p *Package) Free(before, after string) string {
	for i := 1; ; i++ {
		name := fmt.Sprintf("%s%d%s", before, i, after)
		if _, taken := p.parts[name]; !taken {
			return name
		}
	}
}

const typesPart = "[Content_Types].xml"

// contentTypes is the part that says of what type the others are.
type contentTypes struct {
	XMLName  xml.Name      `xml:"http://schemas.openxmlformats.org/package/2006/content-types Types"`
	Defaults []contentType `xml:"Default"`
	Parts    []contentType `xml:"Override"`
}

type contentType struct {
	Extension string `xml:",attr,omitempty"` // of a default
	PartName  string `xml:",attr,omitempty"` // of one part
	Type      string `xml:"ContentType,attr"`
}

func (p *Package) typesXML() ([]byte, error) {
	var t contentTypes
	for _, e := range slices.Sorted(maps.Keys(p.defaults)) {
		t.Defaults = append(t.Defaults, contentType{Extension: e, Type: p.defaults[e]})
	}
	for _, name := range slices.Sorted(maps.Keys(p.types)) {
		t.Parts = append(t.Parts, contentType{PartName: "/" + name, Type: p.types[name]})
	}
	text, err := xml.Marshal(t)
	return append([]byte(xml.Header), text...), err
}

// Write writes the package: equal parts give equal bytes.
func (p *Package) Write(w io.Writer) error {
	types, err := p.typesXML()
	if err != nil {
		return err
	}
	out := zip.NewWriter(w)
	// The types first, since some readers sniff a file by its first part.
	if err := add(out, typesPart, types); err != nil {
		return err
	}
	for _, name := range p.Names() {
		if err := add(out, name, p.parts[name]); err != nil {
			return err
		}
	}
	return out.Close()
}

func add(out *zip.Writer, name string, content []byte) error {
	header := &zip.FileHeader{Name: name, Method: zip.Deflate, Modified: time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC)}
	if e := extension(name); e == "png" || e == "jpg" || e == "jpeg" {
		header.Method = zip.Store
	}
	part, err := out.CreateHeader(header)
	if err != nil {
		return err
	}
	_, err = io.Copy(part, bytes.NewReader(content))
	return err
}
