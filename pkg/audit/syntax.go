package audit

import (
	"bytes"
	"errors"
	"fmt"
	"sort"
	"strings"
	"unicode"
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
	d.problems = append(d.problems, d.problem(line, column, message, hint))
}

func (d *document) problem(line, column int, message, hint string) Problem {
	line, column = d.clamp(line, column)
	return Problem{
		Place:   Place{File: d.name, Line: int32(line), Column: int32(column)},
		Message: message,
		Hint:    hint,
		Source:  shorten(d.line(line)),
	}
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

// reportOffset adds a problem at a byte of the text.
func (d *document) reportOffset(offset int, message, hint string) {
	d.index()
	n := sort.Search(len(d.lines), func(i int) bool { return d.lines[i] > offset })
	before := bytes.TrimPrefix(d.text[d.lines[n-1]:offset], byteOrderMark)
	d.report(n, utf8.RuneCount(before)+1, message, hint)
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
	case strings.HasPrefix(strings.TrimLeft(d.line(line), " "), "\t"):
		d.report(line, strings.Index(d.line(line), "\t")+1, "the line is indented with a tab", "indent with spaces")
	case afterList(d.line(line), column):
		d.report(line, column, "something follows the closing bracket of a list", "write the unit with each number: [30/day, 40/day, 60/day]")
	default:
		said := plainWords(one.Message)
		if one.ContextMark.Line > 0 && one.ContextMark.Line < line {
			said.message += fmt.Sprintf("; what it belongs to begins in line %d", one.ContextMark.Line)
		}
		d.report(line, column, said.message, said.hint)
	}
}

// afterList tells whether the parser stumbled right behind a closing bracket,
// as in [30, 40, 60]/day.
func afterList(line string, column int) bool {
	runes := []rune(line)
	return column >= 2 && column <= len(runes) && runes[column-2] == ']'
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
		line := d.line(n)
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
