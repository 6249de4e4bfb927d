package audit

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"go.yaml.in/yaml/v4"
)

// The limits on one file. 100,000 flows stand in several files.
const (
	maxFileSize  = 16 << 20 // bytes
	maxDepth     = 100      // of nested lists and mappings
	maxExpansion = 100      // times the file's own size that aliases may come to
	leastCeiling = 10_000   // nodes that a small file's aliases may always come to
)

// parse returns the file's only document, or nil where something is wrong
// with it as a whole.
func (d *document) parse() *yaml.Node {
	if len(d.text) > maxFileSize {
		d.problems = append(d.problems, tooLarge(d.name))
		return nil
	}
	if !d.readable() {
		return nil
	}
	var root yaml.Node
	if err := yaml.Load(d.text, &root); err != nil {
		d.syntax(err)
		return nil
	}
	switch {
	case len(root.Content) == 0 || blank(root.Content[0]):
		d.empty()
		return nil
	case !d.bounded(root.Content[0]):
		return nil
	}
	return root.Content[0]
}

const fileIsEmpty = "the file is empty"

func (d *document) empty() {
	d.report(1, 1, fileIsEmpty, "write something into it, or delete it; flowmap.yaml begins with version: 1")
}

// tooLarge is the problem of a file that is not even read.
func tooLarge(name string) Problem {
	return Problem{
		Place:   Place{File: name, Line: 1, Column: 1},
		Message: fmt.Sprintf("the file is over %d MiB, more than one file may have", maxFileSize>>20),
		Hint:    "spread the flows over several files in interviews/",
	}
}

// readable refuses text that is no UTF-8, control characters, and the line
// breaks that YAML sees and editors do not.
func (d *document) readable() bool {
	text := bytes.TrimPrefix(d.text, byteOrderMark)
	for i := len(d.text) - len(text); i < len(d.text); {
		r, size := utf8.DecodeRune(d.text[i:])
		switch {
		case r == utf8.RuneError && size == 1:
			d.reportOffset(i, "the file is not UTF-8 text", "save it as UTF-8")
			return false
		case r == '\ufeff':
			d.reportOffset(i, "a byte-order mark in the middle of the file", "delete it")
			return false
		case r == '\u2028', r == '\u2029':
			d.reportOffset(i, fmt.Sprintf("line separator U+%04X", r), "put an ordinary line break, or none")
			return false
		case unicode.IsControl(r) && !strings.ContainsRune("\t\r\n", r):
			d.reportOffset(i, fmt.Sprintf("control character U+%04X", r), "delete it")
			return false
		}
		i += size
	}
	return true
}

// syntax rewrites the parser's error in the user's words.
func (d *document) syntax(err error) {
	var all *yaml.LoadErrors
	var one *yaml.LoadError
	switch {
	case errors.As(err, &all) && len(all.Errors) > 0:
		one = all.Errors[0]
	case !errors.As(err, &one):
		d.report(1, 1, err.Error(), "")
		return
	}
	line, column := one.Mark.Line, one.Mark.Column
	switch {
	case strings.Contains(one.Message, "no documents"):
		d.empty()
	case strings.Contains(one.Message, "found multiple"):
		d.report(d.secondDocument(), 1, "a second document begins here, and a file holds one", "delete the line ---, or make it a file of its own")
	case strings.Contains(one.Message, "max depth"):
		d.report(line, column, tooDeep, "take some levels away")
	case bytes.HasPrefix(bytes.TrimLeft(d.line(line), " "), []byte("\t")):
		d.report(line, bytes.IndexByte(d.line(line), '\t')+1, "the line is indented with a tab", "indent with spaces")
	case d.before(line, column) == ']': // as in [30, 40, 60]/day
		d.report(line, column, "something follows the closing bracket of a list", "write the unit with each number: [30/day, 40/day, 60/day]")
	default:
		said := plainWords(one.Message)
		if one.ContextMark.Line > 0 && one.ContextMark.Line < line {
			said.message += fmt.Sprintf("; what it belongs to begins in line %d", one.ContextMark.Line)
		}
		d.report(line, column, said.message, said.hint)
	}
}

// plainWords says what the parser means.
func plainWords(message string) fault {
	for _, w := range []struct {
		part string
		said fault
	}{
		{"mapping values are not allowed", fault{"a colon stands where none can be", "indent the line like those around it; a text that holds a colon and a space needs quotes"}},
		{"cannot start any token", fault{"a text cannot begin with this character", "put the text in quotes"}},
		{"unexpected end of stream", fault{"a closing quote is missing", "close the quote where the text ends"}},
		{"did not find expected ',' or", fault{"a comma or a closing bracket is missing", "close the bracket, and put commas between what stands in it"}},
		{"unknown escape character", fault{"no such escape after a backslash", `write \\ for a backslash, or use single quotes`}},
		{"unknown anchor", fault{"an alias (*) without an anchor (&) before it", "write the value out, or put a text that begins with * in quotes"}},
		{"could not find expected ':'", fault{"a key without a colon", "write key: value, with a space after the colon"}},
		{"did not find expected", fault{"the line does not go on from those before it", "check the indentation, the hyphens and the brackets here and above"}},
	} {
		if strings.Contains(message, w.part) {
			return w.said
		}
	}
	return fault{"this is no YAML (" + strings.TrimPrefix(message, "yaml: ") + ")", "put a text with special characters in quotes"}
}

// secondDocument returns the line where another document begins: a line ---
// after some content, or what follows a line of three points.
func (d *document) secondDocument() int {
	d.index()
	content, ended := false, false
	for n := 1; n <= len(d.lines); n++ {
		line := string(d.line(n))
		begins := line == "---" || strings.HasPrefix(line, "--- ")
		switch text := strings.TrimSpace(line); {
		case text == "" || strings.HasPrefix(text, "#") || strings.HasPrefix(text, "%"):
		case ended || begins && content:
			return n
		case text == "...":
			ended = true
		default:
			content = content || text != "---"
		}
	}
	return len(d.lines)
}

var tooDeep = fmt.Sprintf("lists and mappings stand more than %d deep in each other", maxDepth)

// bounded refuses a tree that is too deep, or whose aliases come to more than
// maxExpansion times the file.
func (d *document) bounded(root *yaml.Node) bool {
	m := measurer{sizes: map[*yaml.Node]int{}, open: map[*yaml.Node]bool{}}
	own := m.own(root)
	m.ceiling = max(leastCeiling, maxExpansion*own)
	size := m.size(root, 1)
	switch {
	case m.deep != nil:
		d.report(m.deep.Line, m.deep.Column, tooDeep, "take some levels away")
	case m.circular != nil:
		d.report(m.circular.Line, m.circular.Column, fmt.Sprintf("alias %q stands inside what it repeats", m.circular.Value), "write the value out")
	case size > m.ceiling:
		d.report(root.Line, root.Column, fmt.Sprintf("aliases make the file more than %d times as long as it is", maxExpansion), "write the values out")
	default:
		return true
	}
	return false
}

// measurer counts the nodes that a tree comes to with its aliases written out.
type measurer struct {
	sizes    map[*yaml.Node]int // of nodes that aliases repeat
	open     map[*yaml.Node]bool
	ceiling  int
	deep     *yaml.Node
	circular *yaml.Node
}

func (m *measurer) own(n *yaml.Node) int {
	count := 1
	for _, c := range n.Content {
		count += m.own(c)
	}
	return count
}

func (m *measurer) size(n *yaml.Node, depth int) int {
	if depth > maxDepth {
		m.deep = n
	}
	if m.deep != nil || m.circular != nil {
		return 1
	}
	if n.Kind == yaml.AliasNode {
		return m.aliased(n, depth)
	}
	if n.Anchor != "" {
		m.open[n] = true
		defer delete(m.open, n)
	}
	count := 1
	for _, c := range n.Content {
		if count += m.size(c, depth+1); count > m.ceiling {
			return m.ceiling + 1
		}
	}
	return count
}

func (m *measurer) aliased(n *yaml.Node, depth int) int {
	if m.open[n.Alias] {
		m.circular = n
		return 1
	}
	if size, ok := m.sizes[n.Alias]; ok {
		return size
	}
	size := m.size(n.Alias, depth)
	m.sizes[n.Alias] = size
	return size
}
