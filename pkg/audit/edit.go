package audit

import (
	"bytes"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v4"
)

// Path leads to a value in a YAML file, one step a level. In a mapping a step
// is a key. In a list it is [id=web-orders], the item with that text under that
// key; [=Maria], the item that is this text; or [2], counted from 0.
//
//	Path{"flows", "[id=web-orders]", "errors", "[id=wrong-sku]", "rate"}
type Path []string

func (p Path) String() string {
	return strings.ReplaceAll(strings.Join(p, "."), ".[", "[")
}

// Value is what an edit writes: a text, a list, or a mapping with its keys in
// order. The zero Value is the empty text.
type Value struct {
	kind   valueKind
	text   string
	items  []Value
	fields []Field
}

type valueKind uint8

const (
	aText valueKind = iota
	aList
	aMapping
	nothing // a key without a value, as another place of the file has it
)

// Field is one key of a mapping and its value.
type Field struct {
	Key   string
	Value Value
}

// Text is a value that loads as s. It is written bare where YAML and its other
// readers take it for what it is, else in quotes: 12, 40/day, "no", "a: b".
func Text(s string) Value { return Value{text: s} }

// List is a list of values; without any it is [], asked and none.
func List(items ...Value) Value { return Value{kind: aList, items: items} }

// Texts is a list of texts, such as the three of an estimate: 6, 8, 12.
func Texts(items ...string) Value {
	v := Value{kind: aList}
	for _, s := range items {
		v.items = append(v.items, Text(s))
	}
	return v
}

// Fields is a mapping.
func Fields(fields ...Field) Value { return Value{kind: aMapping, fields: fields} }

// Change is one edit of a file: made by Set, Append or Remove.
type Change struct {
	kind  changeKind
	path  Path
	value Value
}

type changeKind uint8

const (
	toSet changeKind = iota
	toAppend
	toRemove
	toRename // the key at the end of the path; value is the new key
)

// Set gives the value at a path. Keys that are missing on the way are added,
// and so is an item [id=web-orders], with its id. A value that is there
// already changes no byte; lists and mappings change only where they differ.
func Set(path Path, v Value) Change { return Change{toSet, path, v} }

// Append puts an item at the end of a list, which is made if there is none.
func Append(list Path, item Value) Change { return Change{toAppend, list, item} }

// Remove takes an item or a key away. What is not there is an error. A list or
// a mapping that loses its last entry stays, empty.
func Remove(path Path) Change { return Change{toRemove, path, Value{}} }

// EditError says which change of a file could not be made, and why. The file
// is as it was.
type EditError struct {
	Path   Path
	Reason string // in the user's words
}

func (e *EditError) Error() string { return fmt.Sprintf("%s: %s", e.Path, e.Reason) }

// Edit makes changes in a file's text, one after the other. It changes only the
// bytes that it must: comments, blank lines, key order, quotes, a byte-order
// mark and line ends stay, and what is new is written like its neighbours. The
// new text is read again and compared with what was meant. An empty text is a
// new file. The error is Problems where the text is no YAML, else an
// EditError.
func Edit(src []byte, changes ...Change) ([]byte, error) {
	e, err := newEditor(src)
	if err != nil {
		return nil, err
	}
	for _, c := range changes {
		if !c.value.valid() || !utf8.ValidString(strings.Join(c.path, "")) {
			return nil, &EditError{c.path, "the text is not UTF-8"}
		}
		if len(c.path) == 0 {
			return nil, &EditError{c.path, "a change needs a path"}
		}
	}
	if e.together(changes) {
		return e.text, nil
	}
	if e, err = newEditor(src); err != nil {
		return nil, err
	}
	for _, c := range changes {
		if err := e.apply(c); err != nil {
			return nil, err
		}
	}
	return e.text, nil
}

// editor is a file being edited: its text, and the tree that it says.
type editor struct {
	*document
	root *yaml.Node // nil: nothing but comments
	hand hand
}

func newEditor(text []byte) (*editor, error) {
	e := &editor{document: &document{text: text}}
	if e.readable() && !hasContent(text) {
		e.hand = hand{step: 2, list: 2, hyphen: 2}
		return e, nil
	}
	if e.root = e.parse(); e.root == nil || len(e.problems) > 0 {
		return nil, e.problems.asError()
	}
	e.index()
	e.hand = e.manner()
	return e, nil
}

// hasContent tells whether a text has more than blank lines and comments.
func hasContent(text []byte) bool {
	for line := range bytes.Lines(bytes.TrimPrefix(text, byteOrderMark)) {
		line = bytes.TrimSpace(line)
		if len(line) > 0 && line[0] != '#' {
			return true
		}
	}
	return false
}

// together sets many texts at once, so that the file is read again once and
// not as often as there are changes: a system may be named by a thousand flows.
// If that is not all that is asked for, the editor is of no more use.
func (e *editor) together(changes []Change) bool {
	if len(changes) < 2 || e.root == nil || bytes.ContainsRune(e.text, '*') {
		return false
	}
	var way []splice
	spots := make([]spot, len(changes))
	for i, c := range changes {
		chain, rest := e.trace(c.path)
		if c.kind != toSet || c.value.kind != aText || len(rest) > 0 || strings.Contains(c.value.text, "\n") {
			return false
		}
		spots[i] = chain[len(chain)-1]
		n := spots[i].node()
		if n.Kind != yaml.ScalarNode || isBlockScalar(n) || isEmpty(n) {
			return false
		}
		if blank(n) || n.Value != c.value.text {
			way = append(way, e.slot(spots[i]).put(written{head: quote(c.value.text, spots[i].inFlow(), n.Style)}, "")...)
		}
	}
	for i, s := range spots {
		s.in.Content[s.i] = changes[i].value.tree()
	}
	return e.take(way)
}

// apply makes one change.
func (e *editor) apply(c Change) error {
	switch c.kind {
	case toSet:
		return e.set(c.path, c.value)
	case toAppend:
		return e.add(c.path, c.value)
	case toRemove:
		return e.remove(c.path)
	case toRename:
		return e.rename(c.path, c.value.text)
	}
	return nil
}

func (e *editor) set(path Path, v Value) error {
	if n := lookup(e.root, path); n != nil && equal(n, v.tree()) {
		return nil
	}
	chain, rest, err := e.reach(path, false)
	switch {
	case err != nil:
		return err
	case len(rest) > 0:
		return e.extend(path, chain, rest, v)
	}
	last := chain[len(chain)-1]
	n := last.node()
	if n.Kind == yaml.SequenceNode && v.kind == aList || n.Kind == yaml.MappingNode && v.kind == aMapping && !hasMerge(n) {
		return e.become(path, n, v)
	}
	if err := e.free(n, true); err != nil {
		return e.because(path, err)
	}
	if chain, rest = e.trace(path); len(rest) > 0 {
		return e.because(path, errNoWay)
	}
	return e.because(path, e.replace(chain, v))
}

// become changes a list or a mapping where it differs from what it is to be.
func (e *editor) become(path Path, n *yaml.Node, v Value) error {
	var changes []Change
	if v.kind == aList {
		for i, item := range v.items {
			if i < len(n.Content) {
				changes = append(changes, Set(path.with(nth(i)), item))
			} else {
				changes = append(changes, Append(path, item))
			}
		}
		for i := len(n.Content) - 1; i >= len(v.items); i-- {
			changes = append(changes, Remove(path.with(nth(i))))
		}
	} else {
		for _, f := range v.fields {
			changes = append(changes, Set(path.with(f.Key), f.Value))
		}
		for i := 0; i < len(n.Content); i += 2 {
			key := target(n.Content[i]).Value
			if !slices.ContainsFunc(v.fields, func(f Field) bool { return f.Key == key }) {
				changes = append(changes, Remove(path.with(key)))
			}
		}
	}
	for _, c := range changes {
		if err := e.apply(c); err != nil {
			return err
		}
	}
	return nil
}

func (p Path) with(step string) Path { return append(slices.Clone(p), step) }

func nth(i int) string { return "[" + strconv.Itoa(i) + "]" }

func (e *editor) add(path Path, item Value) error {
	n := lookup(e.root, path)
	if n == nil || blank(n) {
		return e.set(path, List(item))
	}
	if n.Kind != yaml.SequenceNode {
		return &EditError{path, "this " + isA(n) + ", no list"}
	}
	chain, rest, err := e.reach(path, true)
	if err != nil {
		return err
	}
	if len(rest) > 0 {
		return e.because(path, errNoWay)
	}
	return e.because(path, e.insert(chain, entry{value: item}))
}

func (e *editor) remove(path Path) error {
	if lookup(e.root, path) == nil {
		return &EditError{path, "there is no such thing"}
	}
	chain, rest, err := e.reach(path, false)
	switch {
	case err != nil:
		return err
	case len(rest) == 1: // a merge brings the key
		return e.unmerge(path)
	case len(rest) > 0:
		return e.because(path, errNoWay)
	}
	if err := e.free(chain[len(chain)-1].node(), true); err != nil {
		return e.because(path, err)
	}
	chain, _ = e.trace(path)
	return e.because(path, e.cut(chain))
}

func (e *editor) rename(path Path, key string) error {
	chain, rest, err := e.reach(path, false)
	if err != nil {
		return err
	}
	last := spot{}
	if len(rest) == 0 {
		last = chain[len(chain)-1]
	}
	if len(rest) > 0 || last.in.Kind != yaml.MappingNode {
		return &EditError{path, "there is no such key"}
	}
	if child(last.in, key) >= 0 {
		return &EditError{path, fmt.Sprintf("the key %q is there already", key)}
	}
	name := spot{last.in, last.i - 1}
	at, way := e.extent(name), quote(key, isFlow(last.in), name.node().Style)
	return e.because(path, e.try(chain, func() { last.in.Content[last.i-1] = Text(key).tree() },
		[]splice{{at.start, at.end, way}}, []splice{{at.start, at.end, doubleQuoted(key)}}))
}

// because puts the path before a reason.
func (e *editor) because(path Path, err error) error {
	if err == nil {
		return nil
	}
	return &EditError{path, err.Error()}
}
