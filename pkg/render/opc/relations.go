package opc

import (
	"encoding/xml"
	"fmt"
	"path"
	"slices"
	"strings"
)

// OfficeRelation is what the names of the relations of documents begin with.
const OfficeRelation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"

// Relation is a link from a part to another, or to the world outside.
type Relation struct {
	ID     string `xml:"Id,attr"`
	Type   string `xml:",attr"`
	Target string `xml:",attr"`
	Mode   string `xml:"TargetMode,attr,omitempty"` // "External": the target is no part
}

// Kind is the last word of the relation's type: "image", "header".
func (r Relation) Kind() string { return path.Base(r.Type) }

// External tells whether the relation leads out of the package.
func (r Relation) External() bool { return strings.EqualFold(r.Mode, "External") }

type relations struct {
	XMLName xml.Name   `xml:"http://schemas.openxmlformats.org/package/2006/relationships Relationships"`
	All     []Relation `xml:"Relationship"`
}

// relationsOf is the part that holds the relations of a part; that of the
// package itself is "".
func relationsOf(part string) string {
	dir, file := path.Split(part)
	return dir + "_rels/" + file + ".rels"
}

// Relations lists the relations of a part; "" is the package itself.
func (p *Package) Relations(part string) ([]Relation, error) {
	content, ok := p.parts[relationsOf(part)]
	if !ok {
		return nil, nil
	}
	var all relations
	if err := xml.Unmarshal(content, &all); err != nil {
		return nil, fmt.Errorf("%s: %w", relationsOf(part), err)
	}
	return all.All, nil
}

// SetRelations replaces the relations of a part.
func (p *Package) SetRelations(part string, all []Relation) error {
	text, err := xml.Marshal(relations{All: all})
	p.parts[relationsOf(part)] = append([]byte(xml.Header), text...)
	return err
}

// Target is the part that a relation of a part leads to.
func Target(part string, r Relation) string {
	if strings.HasPrefix(r.Target, "/") {
		return strings.TrimPrefix(path.Clean(r.Target), "/")
	}
	return strings.TrimPrefix(path.Join("/", path.Dir("/"+part), r.Target), "/")
}

// Relate adds a relation of an office type ("image") from a part to another,
// and gives its id. One that is there already serves again.
func (p *Package) Relate(part, kind, target string) (string, error) {
	all, err := p.Relations(part)
	if err != nil {
		return "", err
	}
	taken := map[string]bool{}
	for _, r := range all {
		if r.Kind() == kind && !r.External() && Target(part, r) == target {
			return r.ID, nil
		}
		taken[r.ID] = true
	}
	id := ""
	for i := len(all) + 1; id == "" || taken[id]; i++ {
		id = fmt.Sprintf("rId%d", i)
	}
	return id, p.SetRelations(part, append(slices.Clone(all), Relation{ID: id, Type: OfficeRelation + kind, Target: "/" + target}))
}

// Related is the first part that a part has a relation of a kind to.
func (p *Package) Related(part, kind string) (string, bool) {
	all, err := p.Relations(part)
	if err != nil {
		return "", false // Open has read them all
	}
	for _, r := range all {
		if r.Kind() == kind && !r.External() {
			return Target(part, r), true
		}
	}
	return "", false
}

// Unrelate drops the relations of a part to a target.
func (p *Package) Unrelate(part, target string) error {
	all, err := p.Relations(part)
	if err != nil {
		return err
	}
	return p.SetRelations(part, slices.DeleteFunc(all, func(r Relation) bool { return !r.External() && Target(part, r) == target }))
}

// Sweep drops the parts that no relation leads to any more.
func (p *Package) Sweep() error {
	reached := map[string]bool{"": true}
	for next := []string{""}; len(next) > 0; next = next[1:] {
		all, err := p.Relations(next[0])
		if err != nil {
			return err
		}
		reached[relationsOf(next[0])] = true
		for _, r := range all {
			if to := Target(next[0], r); !r.External() && !reached[to] {
				reached[to] = true
				next = append(next, to)
			}
		}
	}
	for _, name := range p.Names() {
		if !reached[name] {
			p.Remove(name)
		}
	}
	return nil
}
