package audit

import (
	"fmt"
	"strings"
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
	return nil, &EditError{Reason: "not yet"}
}
