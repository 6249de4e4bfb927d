package audit

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v4"
)

// The limits on one file. 100,000 flows stand in several files.
const (
	maxFileSize   = 16 << 20 // bytes
	maxDepth      = 100      // of nested lists and mappings
	maxExpansion  = 100      // times the file's own size that aliases may come to
	leastCeiling  = 10_000   // nodes that a small file's aliases may always come to
	maxSourceLine = 200      // characters of the user's line that a problem shows
)

// document is one file being read: its text, and what is wrong with it.
type document struct {
	name     string
	text     []byte
	lines    []int // where each line begins; made when first needed
	problems Problems
}

var byteOrderMark = []byte("\xef\xbb\xbf")

// report adds a problem at a line and a column, counted from 1 in characters.
func (d *document) report(line, column int, message, hint string) {
	line, column = d.clamp(line, column)
	d.problems = append(d.problems, Problem{
		Place:   Place{File: d.name, Line: int32(line), Column: int32(column)},
		Message: message,
		Hint:    hint,
		Source:  shorten(d.line(line)),
	})
}

// clamp keeps a position inside the file: the parser names the line after the
// last for what is missing at the end.
func (d *document) clamp(line, column int) (int, int) {
	d.index()
	line = min(max(line, 1), len(d.lines))
	return line, min(max(column, 1), utf8.RuneCountInString(d.line(line))+1)
}

func (d *document) index() {
	if d.lines != nil {
		return
	}
	d.lines = []int{0}
	for i, b := range d.text {
		if b == '\n' || b == '\r' && (i+1 == len(d.text) || d.text[i+1] != '\n') {
			d.lines = append(d.lines, i+1)
		}
	}
}

// line returns the n-th line without its end.
func (d *document) line(n int) string {
	d.index()
	if n < 1 || n > len(d.lines) {
		return ""
	}
	end := len(d.text)
	if n < len(d.lines) {
		end = d.lines[n]
	}
	text := bytes.TrimRight(d.text[d.lines[n-1]:end], "\r\n")
	if n == 1 {
		text = bytes.TrimPrefix(text, byteOrderMark)
	}
	return strings.ToValidUTF8(string(text), "�")
}

func shorten(line string) string {
	if utf8.RuneCountInString(line) <= maxSourceLine {
		return line
	}
	return string([]rune(line)[:maxSourceLine]) + "…"
}

// parse returns the file's only document, or nil where something is wrong
// with it as a whole.
func (d *document) parse() *yaml.Node {
	if len(d.text) > maxFileSize {
		d.problems = append(d.problems, Problem{
			Place:   Place{File: d.name, Line: 1, Column: 1},
			Message: fmt.Sprintf("the file has %.1f MiB, more than the %d that one file may have", float64(len(d.text))/(1<<20), maxFileSize>>20),
			Hint:    "spread the flows over several files in interviews/",
		})
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
	if len(root.Content) == 0 || !d.bounded(root.Content[0]) {
		return nil
	}
	return root.Content[0]
}

// readable refuses text that is no UTF-8 or holds control characters.
func (d *document) readable() bool {
	line, column := 1, 1
	text := bytes.TrimPrefix(d.text, byteOrderMark)
	for len(text) > 0 {
		r, size := utf8.DecodeRune(text)
		switch {
		case r == utf8.RuneError && size == 1:
			d.report(line, column, "the file is not UTF-8 text", "save it as UTF-8")
			return false
		case r == '\n':
			line, column = line+1, 0
		case r < ' ' && r != '\t' && r != '\r' || r == 0x7f:
			d.report(line, column, fmt.Sprintf("control character U+%04X", r), "delete it")
			return false
		}
		text, column = text[size:], column+1
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
		d.report(1, 1, "the file is empty", `begin with "version: 1"`)
	case strings.Contains(one.Message, "found multiple"):
		d.report(d.secondDocument(), 1, "a second document begins here, and a file holds one", "delete the line ---, or make it a file of its own")
	case strings.Contains(one.Message, "max depth"):
		d.report(line, column, tooDeep, "")
	case strings.HasPrefix(strings.TrimLeft(d.line(line), " "), "\t"):
		d.report(line, strings.Index(d.line(line), "\t")+1, "the line is indented with a tab", "indent with spaces")
	case afterList(d.line(line), column):
		d.report(line, column, "something follows the closing bracket of a list", "write the unit with each number: [30/day, 40/day, 60/day]")
	default:
		d.report(line, column, plainMessage(one), syntaxHint(one.Message))
	}
}

// afterList tells whether the parser stumbled right behind a closing bracket,
// as in [30, 40, 60]/day.
func afterList(line string, column int) bool {
	runes := []rune(line)
	return column >= 2 && column <= len(runes) && runes[column-2] == ']'
}

func plainMessage(e *yaml.LoadError) string {
	message := strings.TrimPrefix(e.Message, "yaml: ")
	if e.ContextMsg != "" && e.ContextMark.Line > 0 {
		return fmt.Sprintf("%s (%s that begins in line %d)", message, e.ContextMsg, e.ContextMark.Line)
	}
	return message
}

func syntaxHint(message string) string {
	switch {
	case strings.Contains(message, "mapping values are not allowed"):
		return "a text that holds a colon and a space needs quotes: \"…: …\""
	case strings.Contains(message, "cannot start any token"):
		return "put the text in quotes"
	case strings.Contains(message, "unexpected end of stream"):
		return "a closing quote or bracket is missing"
	case strings.Contains(message, "unknown anchor"):
		return "an alias needs an anchor (&name) before it"
	case strings.Contains(message, "did not find expected"):
		return "check the indentation and the brackets of this line and the one before"
	}
	return ""
}

// secondDocument returns the line where another document begins.
func (d *document) secondDocument() int {
	d.index()
	content := false
	for n := 1; n <= len(d.lines); n++ {
		line := strings.TrimSpace(d.line(n))
		switch {
		case line == "---" || strings.HasPrefix(d.line(n), "--- "):
			if content {
				return n
			}
			content = line != "---"
		case line != "" && !strings.HasPrefix(line, "#"):
			content = true
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
		d.report(m.deep.Line, m.deep.Column, tooDeep, "")
	case m.circular != nil:
		d.report(m.circular.Line, m.circular.Column, fmt.Sprintf("alias %q stands inside what it repeats", m.circular.Value), "")
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
