package opc

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"
)

// What a document may hold at most. A Word template with a dozen photographs
// is far below.
const (
	mostBytes = 64 << 20
	mostParts = 2000
	mostDeep  = 200 // elements within elements
)

// Open reads a package. It refuses what is none, what unpacks to more than a
// document would, and what runs or fetches something when it is opened: macros,
// ActiveX, parts outside of the file, entities.
func Open(data []byte) (*Package, error) {
	z, err := archive(data)
	if err != nil {
		return nil, err
	}
	p, total := New(), 0
	for _, f := range z.File {
		if strings.HasSuffix(f.Name, "/") {
			continue
		}
		name, err := p.named(f.Name)
		if err != nil {
			return nil, err
		}
		content, err := unpacked(f, mostBytes-total)
		if err != nil {
			return nil, fmt.Errorf("part %s: %w", name, err)
		}
		total += len(content)
		p.parts[name] = content
	}
	if err := p.readTypes(); err != nil {
		return nil, err
	}
	for _, name := range p.Names() {
		if err := p.harmless(name); err != nil {
			return nil, err
		}
	}
	return p, nil
}

func archive(data []byte) (*zip.Reader, error) {
	if bytes.HasPrefix(data, []byte{0xd0, 0xcf, 0x11, 0xe0}) {
		return nil, errors.New("it is an old .doc, or protected by a password")
	}
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, errors.New("it is no zip file, as such a document is")
	}
	if len(z.File) > mostParts {
		return nil, fmt.Errorf("it holds %d parts, and at most %d are read", len(z.File), mostParts)
	}
	return z, nil
}

// named is the name of a part, if it stays within the package and no other part
// has it.
func (p *Package) named(name string) (string, error) {
	clean := strings.TrimPrefix(name, "/")
	if strings.ContainsAny(clean, "\\:") || path.Clean("/"+clean) != "/"+clean {
		return "", fmt.Errorf("it holds a part with the name %q, which leads out of it", name)
	}
	if _, twice := p.parts[clean]; twice {
		return "", fmt.Errorf("it holds the part %s twice", clean)
	}
	return clean, nil
}

var errTooLarge = fmt.Errorf("it unpacks to more than %d MiB", mostBytes>>20)

// unpacked reads a part of at most so many bytes, whatever size it claims.
func unpacked(f *zip.File, most int) ([]byte, error) {
	if f.UncompressedSize64 > uint64(most) {
		return nil, errTooLarge
	}
	r, err := f.Open()
	if err != nil {
		return nil, err
	}
	content, err := io.ReadAll(io.LimitReader(r, int64(most)+1))
	if closed := r.Close(); err == nil {
		err = closed
	}
	if len(content) > most {
		return nil, errTooLarge
	}
	return content, err
}

func (p *Package) readTypes() error {
	content, ok := p.parts[typesPart]
	if !ok {
		return fmt.Errorf("it is a zip file without %s", typesPart)
	}
	var t contentTypes
	if err := xml.Unmarshal(content, &t); err != nil {
		return fmt.Errorf("part %s: %w", typesPart, err)
	}
	for _, d := range t.Defaults {
		p.defaults[strings.ToLower(d.Extension)] = d.Type
	}
	for _, o := range t.Parts {
		p.types[strings.TrimPrefix(o.PartName, "/")] = o.Type
	}
	delete(p.parts, typesPart)
	return nil
}

// harmless refuses a part that runs or fetches something.
func (p *Package) harmless(name string) error {
	kind := strings.ToLower(p.Type(name))
	switch {
	case strings.Contains(kind, "macroenabled"), strings.Contains(kind, "vbaproject"), strings.HasSuffix(strings.ToLower(name), "vbaproject.bin"):
		return errors.New("it has macros; save it without them, as .docx or .pptx")
	case strings.Contains(kind, "activex"):
		return errors.New("it has ActiveX controls; take them out")
	}
	isXML := strings.HasSuffix(kind, "+xml") || strings.HasSuffix(kind, "/xml")
	if !isXML {
		return nil
	}
	if err := plainXML(p.parts[name]); err != nil {
		return fmt.Errorf("part %s: %w", name, err)
	}
	if strings.HasSuffix(name, ".rels") {
		return p.within(name)
	}
	return nil
}

// plainXML refuses document types, entities, and what is not well formed.
func plainXML(text []byte) error {
	d := xml.NewDecoder(bytes.NewReader(text))
	for deep := 0; ; {
		t, err := d.RawToken()
		switch {
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return err
		}
		switch t.(type) {
		case xml.Directive:
			return errors.New("it declares a document type or entities, which no such document needs")
		case xml.StartElement:
			if deep++; deep > mostDeep {
				return fmt.Errorf("elements lie more than %d deep within each other", mostDeep)
			}
		case xml.EndElement:
			deep--
		}
	}
}

// within refuses relations to the world outside, except for links that wait
// until somebody follows them.
func (p *Package) within(name string) error {
	var all relations
	if err := xml.Unmarshal(p.parts[name], &all); err != nil {
		return fmt.Errorf("part %s: %w", name, err)
	}
	for _, r := range all.All {
		if !r.External() || r.Kind() == "hyperlink" && followed(r.Target) {
			continue
		}
		return fmt.Errorf("part %s leads to %s outside of it (%s): embed it, or take it out", name, r.Target, r.Kind())
	}
	return nil
}

func followed(address string) bool {
	address = strings.ToLower(address)
	for _, scheme := range []string{"https://", "http://", "mailto:", "tel:"} {
		if strings.HasPrefix(address, scheme) {
			return true
		}
	}
	return false
}
