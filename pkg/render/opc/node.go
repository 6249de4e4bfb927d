package opc

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"
)

// Node is an element of a part, or a text. Names keep the prefixes that they
// are written with, "w:p", so that what is written again means the same.
type Node struct {
	Name     string // "" of a text
	Attrs    []Attr
	Children []*Node
	Text     string // of a text
	Raw      string // XML that stands in place of the node; "": the node itself
}

// Attr is an attribute.
type Attr struct{ Name, Value string }

// Element is a new element; attributes come as names and values in turn.
func Element(name string, attrs ...string) *Node {
	n := &Node{Name: name}
	for i := 0; i+1 < len(attrs); i += 2 {
		n.Attrs = append(n.Attrs, Attr{attrs[i], attrs[i+1]})
	}
	return n
}

// Parse reads a part. Comments and processing instructions are dropped.
func Parse(text []byte) (*Node, error) {
	d := xml.NewDecoder(bytes.NewReader(text))
	top := &Node{}
	stack := []*Node{top}
	for {
		token, err := d.RawToken()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, err
		}
		parent := stack[len(stack)-1]
		switch t := token.(type) {
		case xml.StartElement:
			n := &Node{Name: prefixed(t.Name)}
			for _, a := range t.Attr {
				n.Attrs = append(n.Attrs, Attr{prefixed(a.Name), a.Value})
			}
			parent.Children = append(parent.Children, n)
			if stack = append(stack, n); len(stack) > mostDeep {
				return nil, fmt.Errorf("elements lie more than %d deep within each other", mostDeep)
			}
		case xml.EndElement:
			if name := prefixed(t.Name); len(stack) == 1 || parent.Name != name {
				return nil, fmt.Errorf("</%s> ends what has not begun", name)
			}
			stack = stack[:len(stack)-1]
		case xml.CharData:
			parent.Children = append(parent.Children, &Node{Text: string(t)})
		case xml.Directive:
			return nil, errors.New("it declares a document type or entities")
		}
	}
	for _, n := range top.Children {
		if n.Name != "" && len(stack) == 1 {
			return n, nil
		}
	}
	return nil, errors.New("it is cut off")
}

func prefixed(n xml.Name) string {
	if n.Space == "" {
		return n.Local
	}
	return n.Space + ":" + n.Local
}

// Bytes writes the node as a part.
func (n *Node) Bytes() []byte {
	var b bytes.Buffer
	b.WriteString(`<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n")
	n.write(&b)
	return b.Bytes()
}

// String writes the node as it stands within another.
func (n *Node) String() string {
	var b bytes.Buffer
	n.write(&b)
	return b.String()
}

func (n *Node) write(b *bytes.Buffer) {
	switch {
	case n.Raw != "":
		b.WriteString(n.Raw)
		return
	case n.Name == "":
		b.WriteString(Escape(n.Text))
		return
	}
	b.WriteString("<" + n.Name)
	for _, a := range n.Attrs {
		b.WriteString(" " + a.Name + `="` + Escape(a.Value) + `"`)
	}
	if len(n.Children) == 0 {
		b.WriteString("/>")
		return
	}
	b.WriteString(">")
	for _, c := range n.Children {
		c.write(b)
	}
	b.WriteString("</" + n.Name + ">")
}

var signs = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&#34;", "\t", "&#x9;", "\n", "&#xA;", "\r", "&#xD;")

// Escape makes a text harmless between tags and in quotes. What XML cannot hold
// is dropped.
func Escape(s string) string {
	return signs.Replace(strings.Map(func(r rune) rune {
		if r < 0x20 && r != '\t' && r != '\n' && r != '\r' || r == 0xfffe || r == 0xffff {
			return -1
		}
		if r == utf8.RuneError {
			return '\ufffd'
		}
		return r
	}, s))
}

// Attr is the value of an attribute; "" if there is none, or no node.
func (n *Node) Attr(name string) string {
	if n == nil {
		return ""
	}
	for _, a := range n.Attrs {
		if a.Name == name {
			return a.Value
		}
	}
	return ""
}

// SetAttr replaces an attribute or adds it.
func (n *Node) SetAttr(name, value string) {
	for i, a := range n.Attrs {
		if a.Name == name {
			n.Attrs[i].Value = value
			return
		}
	}
	n.Attrs = append(n.Attrs, Attr{name, value})
}

// Child is the first element of a name directly within; nil if there is none.
func (n *Node) Child(name string) *Node {
	if n == nil {
		return nil
	}
	for _, c := range n.Children {
		if c.Name == name {
			return c
		}
	}
	return nil
}

// Drop takes out the elements of the names that stand directly within.
func (n *Node) Drop(names ...string) {
	kept := n.Children[:0:0]
	for _, c := range n.Children {
		drop := false
		for _, name := range names {
			drop = drop || c.Name == name
		}
		if !drop {
			kept = append(kept, c)
		}
	}
	n.Children = kept
}

// Clone is a deep copy.
func (n *Node) Clone() *Node {
	c := *n
	c.Attrs = append([]Attr(nil), n.Attrs...)
	c.Children = nil
	for _, child := range n.Children {
		c.Children = append(c.Children, child.Clone())
	}
	return &c
}

// Walk calls f for the node and, where f says so, for all within, in the order
// in which they are written.
func (n *Node) Walk(f func(*Node) bool) {
	if !f(n) {
		return
	}
	for _, c := range n.Children {
		c.Walk(f)
	}
}
