package audit

import (
	"bytes"
	"strings"

	"go.yaml.in/yaml/v4"
)

// The parser says where a node begins and not where it ends. What follows
// finds the ends in the text of a document that the parser has accepted.

// span is a stretch of the text, in bytes.
type span struct{ start, end int }

// spot is one value of a list or mapping: in.Content[i]; the key of a
// mapping's value is before it.
type spot struct {
	in *yaml.Node
	i  int
}

func (s spot) node() *yaml.Node { return s.in.Content[s.i] }

// inFlow tells whether the value stands between brackets: what does, holds
// nothing that stands on lines of its own.
func (s spot) inFlow() bool { return isFlow(s.in) }

func isFlow(n *yaml.Node) bool { return n.Style&yaml.FlowStyle != 0 }

func isCollection(n *yaml.Node) bool {
	return n.Kind == yaml.MappingNode || n.Kind == yaml.SequenceNode
}

func isBlockScalar(n *yaml.Node) bool {
	return n.Kind == yaml.ScalarNode && n.Style&(yaml.LiteralStyle|yaml.FoldedStyle) != 0
}

func isQuoted(n *yaml.Node) bool {
	return n.Style&(yaml.SingleQuotedStyle|yaml.DoubleQuotedStyle) != 0
}

// isEmpty tells whether a scalar has no text, at most an anchor or a tag.
func isEmpty(n *yaml.Node) bool {
	return n.Kind == yaml.ScalarNode && n.Value == "" && !isQuoted(n) && !isBlockScalar(n)
}

// begin is where a node's anchor, tag or text begins.
func (e *editor) begin(n *yaml.Node) int {
	if n.Line > len(e.lines) {
		return len(e.text) // of what is missing at the end
	}
	at := e.lines[n.Line-1]
	if n.Line == 1 && bytes.HasPrefix(e.text, byteOrderMark) {
		at += len(byteOrderMark)
	}
	offset, _ := e.seek(n.Line, n.Column)
	return at + offset
}

// column is how far into its line an offset is, in bytes.
func (e *editor) column(at int) int {
	start := e.lineStart(at)
	if start == 0 && bytes.HasPrefix(e.text, byteOrderMark) {
		start = len(byteOrderMark)
	}
	return at - start
}

func (e *editor) lineStart(at int) int {
	for at > 0 && e.text[at-1] != '\n' && e.text[at-1] != '\r' {
		at--
	}
	return at
}

// lineEnd is where the line ends, before its line break.
func (e *editor) lineEnd(at int) int {
	for at < len(e.text) && e.text[at] != '\n' && e.text[at] != '\r' {
		at++
	}
	return at
}

// nextLine is behind the line break, or at the end of the text.
func (e *editor) nextLine(at int) int {
	at = e.lineEnd(at)
	if bytes.HasPrefix(e.text[at:], []byte("\r\n")) {
		return at + 2
	}
	return min(at+1, len(e.text))
}

func (e *editor) is(at int, chars string) bool {
	return at < len(e.text) && strings.IndexByte(chars, e.text[at]) >= 0
}

func (e *editor) blanks(at int) int {
	for e.is(at, " \t") {
		at++
	}
	return at
}

// gap passes over blanks, line breaks and comments.
func (e *editor) gap(at int) int {
	for at < len(e.text) {
		switch {
		case e.is(at, " \t\r\n"):
			at++
		case e.text[at] == '#' && (at == 0 || e.is(at-1, " \t\r\n") || e.column(at) == 0):
			at = e.lineEnd(at)
		default:
			return at
		}
	}
	return at
}

// body is where a node's own text begins, behind its anchor and tag; for an
// empty one, right behind them.
func (e *editor) body(n *yaml.Node) int {
	at := e.begin(n)
	for range 2 {
		if !e.hasProperty(n, at) {
			break
		}
		if e.is(at, "&") {
			at += 1 + len(n.Anchor)
		}
		for at < len(e.text) && !e.is(at, " \t\r\n") && (e.text[at] != ',' && e.text[at] != ']' && e.text[at] != '}') {
			at++
		}
		next := e.gap(at)
		if isEmpty(n) && !e.hasProperty(n, next) {
			return at
		}
		at = next
	}
	return at
}

// hasProperty tells whether an anchor or a tag of the node stands here. A
// mapping that begins with the anchor of its first key has none.
func (e *editor) hasProperty(n *yaml.Node, at int) bool {
	switch {
	case n.Kind == yaml.AliasNode:
		return false
	case e.is(at, "&"):
		return n.Anchor != "" && bytes.HasPrefix(e.text[at+1:], []byte(n.Anchor))
	case e.is(at, "!"):
		return n.Kind == yaml.ScalarNode || isFlow(n) || n.Style&yaml.TaggedStyle != 0
	}
	return false
}

// indent is how far a list's or a mapping's entries are indented: to its
// hyphens or its keys.
func (e *editor) indent(n *yaml.Node) int { return e.column(e.body(n)) }

// end is where a node's text ends, in a block that is indented by indent.
func (e *editor) end(n *yaml.Node, indent int) int {
	at := e.body(n)
	switch {
	case n.Kind == yaml.AliasNode:
		return at + 1 + len(n.Value)
	case isCollection(n) && isFlow(n):
		return e.flowEnd(n, at)
	case isCollection(n):
		return e.extent(spot{n, len(n.Content) - 1}).end
	case isBlockScalar(n):
		return e.blockScalar(at, indent).end
	case isQuoted(n):
		return e.quotedEnd(at)
	}
	return e.plainEnd(at, n.Value)
}

func (e *editor) flowEnd(n *yaml.Node, at int) int {
	braces := e.is(at, "[{")
	if len(n.Content) > 0 {
		at = e.extent(spot{n, len(n.Content) - 1}).end
	} else {
		at++
	}
	if !braces {
		return at // [a: b], a mapping of one pair
	}
	for at = e.gap(at); at < len(e.text) && !e.is(at, "]}"); at = e.gap(at + 1) {
	}
	return min(at+1, len(e.text))
}

func (e *editor) quotedEnd(at int) int {
	quote := e.text[at]
	for at++; at < len(e.text); at++ {
		switch {
		case e.text[at] == '\\' && quote == '"':
			at++
		case e.text[at] != quote:
		case quote == '\'' && e.is(at+1, "'"):
			at++
		default:
			return at + 1
		}
	}
	return len(e.text)
}

// plainEnd follows the text of a bare scalar, whose lines are folded in value.
func (e *editor) plainEnd(at int, value string) int {
	for i := 0; i < len(value) && at < len(e.text); i++ {
		fold := e.blanks(at)
		switch {
		case value[i] == ' ' && e.is(fold, "\r\n"):
			at = e.blanks(e.nextLine(fold))
		case value[i] == '\n':
			at = e.blanks(e.nextLine(fold))
			for ; i+1 < len(value) && value[i+1] == '\n'; i++ {
				at = e.blanks(e.nextLine(at))
			}
			at = e.blanks(e.nextLine(at))
		default:
			at++
		}
	}
	return at
}

// blockText is a scalar after | or >.
type blockText struct {
	header span // the indicators
	end    int  // of the last line that counts, before its line break
}

func (e *editor) blockScalar(at, indent int) blockText {
	b := blockText{header: span{at, at + 1}}
	explicit, keep := 0, false
	for ; e.is(b.header.end, "+-123456789"); b.header.end++ {
		switch c := e.text[b.header.end]; c {
		case '+':
			keep = true
		case '-':
		default:
			explicit = int(c - '0')
		}
	}
	b.end = b.header.end
	least := max(indent+1, 1)
	if explicit > 0 {
		least = max(indent, 0) + explicit
	}
	last := e.lineEnd(b.end)
	for at := e.nextLine(b.end); at < len(e.text); at = e.nextLine(at) {
		text := at
		for e.is(text, " ") {
			text++
		}
		switch blank := e.is(text, "\r\n") || text == len(e.text); {
		case text-at < least && !blank:
			return b
		case blank && text-at <= least:
			if keep {
				b.end = e.lineEnd(at)
			}
		default:
			if explicit == 0 {
				least, explicit = text-at, 1 // the first line says how far
			}
			b.end = e.lineEnd(at)
		}
		last = e.lineEnd(at)
	}
	if keep {
		b.end = last
	}
	return b
}

// lead is where a value goes: right behind the colon or the hyphen, or, where
// there is none, where the value stands. Before is what a new value needs
// before it.
func (e *editor) lead(s spot) (at int, before string) {
	switch {
	case s.in.Kind == yaml.MappingNode:
		at = e.extent(spot{s.in, s.i - 1}).end
		if colon := e.gap(at); e.is(colon, ":") {
			return colon + 1, " "
		}
		return at, ": "
	case isFlow(s.in):
		return e.begin(s.node()), ""
	}
	return e.hyphen(s) + 1, " "
}

// hyphen is where the hyphen of a list's item stands.
func (e *editor) hyphen(s spot) int {
	if s.i == 0 {
		return e.body(s.in)
	}
	return e.gap(e.extent(spot{s.in, s.i - 1}).end)
}

// extent is the text of a value or key, with its anchor and tag.
func (e *editor) extent(s spot) span {
	n := s.node()
	isKey := s.in.Kind == yaml.MappingNode && s.i%2 == 0
	if isEmpty(n) && n.Anchor == "" && n.Style&yaml.TaggedStyle == 0 && n.Tag != "!" {
		at := e.begin(n)
		if !isKey {
			at, _ = e.lead(s)
		}
		return span{at, at}
	}
	indent := -1
	if !isFlow(s.in) {
		indent = e.indent(s.in)
	}
	return span{e.begin(n), e.end(n, indent)}
}

// entry is the text of an item or a pair: from its hyphen or key to the end of
// its value.
func (e *editor) entry(s spot) span {
	own := e.extent(s)
	switch {
	case s.in.Kind == yaml.MappingNode:
		own.start = e.extent(spot{s.in, s.i - 1}).start
		line := e.lineStart(own.start)
		if mark := bytes.TrimRight(e.text[line:own.start], " \t"); bytes.HasSuffix(mark, []byte("?")) {
			own.start = line + len(mark) - 1
		}
	case !isFlow(s.in):
		own.start = e.hyphen(s)
	}
	return own
}

// alone tells whether nothing but blanks stands before an offset in its line.
func (e *editor) alone(at int) bool {
	return len(bytes.Trim(e.text[at-e.column(at):at], " \t")) == 0
}

// lineBreak is how the line at an offset ends, or those before it.
func (e *editor) lineBreak(at int) string {
	end := e.lineEnd(at)
	if end == len(e.text) {
		if end = bytes.LastIndexAny(e.text, "\r\n"); end > 0 && e.text[end] == '\n' && e.text[end-1] == '\r' {
			end--
		}
	}
	switch {
	case end < 0 || end >= len(e.text):
		return "\n"
	case bytes.HasPrefix(e.text[end:], []byte("\r\n")):
		return "\r\n"
	}
	return string(e.text[end : end+1])
}
