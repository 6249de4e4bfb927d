package audit

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"go.yaml.in/yaml/v4"
)

// quote writes a text on one line, bare if it may be. What was in quotes gets
// the same quotes again.
func quote(s string, flow bool, was yaml.Style) string {
	single := !strings.Contains(s, "'") || was&yaml.SingleQuotedStyle != 0
	switch {
	case was&(yaml.SingleQuotedStyle|yaml.DoubleQuotedStyle) == 0 && bare(s, flow):
		return s
	case !printable(s) || was&yaml.DoubleQuotedStyle != 0:
		return doubleQuoted(s)
	case was&yaml.SingleQuotedStyle != 0, single && strings.ContainsAny(s, `"\`):
		return "'" + strings.ReplaceAll(s, "'", "''") + "'"
	}
	return doubleQuoted(s)
}

func doubleQuoted(s string) string {
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range s {
		switch {
		case r == '"' || r == '\\':
			b.WriteByte('\\')
			b.WriteRune(r)
		case r == '\n':
			b.WriteString(`\n`)
		case r == '\t':
			b.WriteString(`\t`)
		case r == '\r':
			b.WriteString(`\r`)
		case plainRune(r):
			b.WriteRune(r)
		case r > 0xffff:
			fmt.Fprintf(&b, `\U%08x`, r)
		default:
			fmt.Fprintf(&b, `\u%04x`, r)
		}
	}
	b.WriteByte('"')
	return b.String()
}

// plainRune tells whether a character may stand in a file as it is.
func plainRune(r rune) bool {
	return !unicode.IsControl(r) && r != '\ufeff' && r != '\u2028' && r != '\u2029' && r != 0xfffe && r != 0xffff
}

func printable(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool { return !plainRune(r) })
}

var (
	// What readers of YAML 1.1 or 1.2 take for a number, besides our own.
	numberElsewhere = regexp.MustCompile(`^[-+]?(\.?[0-9][0-9_.]*([eE][-+]?[0-9]+)?|0[xob][0-9a-fA-F_]+|[0-9][0-9_]*(:[0-5]?[0-9])+(\.[0-9_]*)?|\.(inf|Inf|INF)|\.(nan|NaN|NAN))$`)
	wordsElsewhere  = []string{"yes", "no", "on", "off", "true", "false", "null", "~", "<<", "="}
)

// bare tells whether a text may stand without quotes, for us and for other
// readers of YAML.
func bare(s string, flow bool) bool {
	switch {
	case s == "true" || s == "false" || plainNumber.MatchString(s):
		return true
	case s == "" || strings.TrimSpace(s) != s || !printable(s):
		return false
	case strings.ContainsAny(s[:1], "-?:,[]{}#&*!|>'\"%@`"):
		return false
	case strings.Contains(s, ": ") || strings.Contains(s, " #") || strings.HasSuffix(s, ":") || strings.HasPrefix(s, "..."):
		return false
	case flow && strings.ContainsAny(s, ",[]{}?:"):
		return false
	}
	return !numberElsewhere.MatchString(s) && !slices.Contains(wordsElsewhere, strings.ToLower(s))
}

// literal tells whether a text may stand as lines after |, and which sign
// says how it ends.
func literal(s string) (header string, lines []string, ok bool) {
	text, ends := strings.CutSuffix(s, "\n")
	header = "|-"
	if ends {
		header = "|"
	}
	lines = strings.Split(text, "\n")
	for i, line := range lines {
		blank := strings.Trim(line, " \t") == ""
		if !printable(line) || blank && line != "" || line == "" && (i == 0 || i == len(lines)-1) || strings.HasPrefix(line, " ") && i == 0 {
			return "", nil, false
		}
	}
	return header, lines, len(lines) > 1
}

// written is a value as text: what stands in the line behind its key or
// hyphen, and the lines under it, without their ends.
type written struct {
	head string
	tail []string
}

// hand is how a file is written.
type hand struct {
	step   int // how far a mapping is indented under its key
	list   int // how far a list's hyphens are indented under its key
	hyphen int // from a hyphen to the text behind it
}

// manner looks how the file is indented.
func (e *editor) manner() hand {
	h := hand{}
	e.observe(e.root, &h)
	if h.step == 0 {
		h.step = 2
	}
	if h.list == 0 {
		h.list = 1 + h.step
	}
	h.list--
	h.hyphen = 2
	return h
}

// observe takes the first mapping and the first list under a key of a mapping
// for the manner of the file.
func (e *editor) observe(n *yaml.Node, h *hand) {
	if !isCollection(n) || isFlow(n) {
		return
	}
	for i, c := range n.Content {
		if h.step > 0 && h.list > 0 {
			return
		}
		if n.Kind == yaml.MappingNode && i%2 == 1 && isCollection(c) && !isFlow(c) {
			h.see(c.Kind, e.indent(c)-e.indent(n))
		}
		e.observe(c, h)
	}
}

// see takes note of how far something is indented under its key.
func (h *hand) see(kind yaml.Kind, by int) {
	switch {
	case kind == yaml.MappingNode && h.step == 0 && by > 0:
		h.step = by
	case kind == yaml.SequenceNode && h.list == 0 && by >= 0:
		h.list = 1 + by
	}
}

// write gives a value of a list or mapping whose hyphens or keys are indented
// by indent.
func (h hand) write(v Value, indent int, inList bool) written {
	under, behind := indent+h.step, written{}
	if inList {
		under = indent + h.hyphen
	}
	margin := strings.Repeat(" ", under)
	switch {
	case v.kind == aText && strings.Contains(v.text, "\n"):
		if header, lines, ok := literal(v.text); ok {
			behind.head = header
			for _, line := range lines {
				if line != "" {
					line = margin + line
				}
				behind.tail = append(behind.tail, line)
			}
			return behind
		}
	case v.kind == aList && !inList && slices.ContainsFunc(v.items, func(w Value) bool { return w.kind == aMapping }):
		under = indent + h.list
		margin = strings.Repeat(" ", under)
		for _, item := range v.items {
			w := h.write(item, under, true)
			behind.tail = append(append(behind.tail, h.behindHyphen(margin, w.head)), w.tail...)
		}
		return behind
	case v.kind == aMapping && len(v.fields) > 0:
		for _, f := range v.fields {
			w := h.write(f.Value, under, false)
			behind.tail = append(append(behind.tail, margin+behindKey(quote(f.Key, false, 0), w.head)), w.tail...)
		}
		if inList {
			behind.head, behind.tail = behind.tail[0][under:], behind.tail[1:]
		}
		return behind
	}
	behind.head = flowValue(v, false)
	return behind
}

func (h hand) behindHyphen(margin, head string) string {
	return strings.TrimRight(margin+"-"+strings.Repeat(" ", h.hyphen-1)+head, " ")
}

func behindKey(key, head string) string {
	if head == "" {
		return key + ":"
	}
	return key + ": " + head
}

// flowValue writes a value on one line.
func flowValue(v Value, flow bool) string {
	parts := []string{}
	switch v.kind {
	case aText:
		return quote(v.text, flow, 0)
	case nothing:
		return "null"
	case aList:
		for _, item := range v.items {
			parts = append(parts, flowValue(item, true))
		}
		return "[" + strings.Join(parts, ", ") + "]"
	case aMapping:
		for _, f := range v.fields {
			parts = append(parts, quote(f.Key, true, 0)+": "+flowValue(f.Value, true))
		}
	}
	return "{" + strings.Join(parts, ", ") + "}"
}

// valid tells whether all texts of a value are UTF-8.
func (v Value) valid() bool {
	return utf8.ValidString(v.text) &&
		!slices.ContainsFunc(v.items, func(w Value) bool { return !w.valid() }) &&
		!slices.ContainsFunc(v.fields, func(f Field) bool { return !utf8.ValidString(f.Key) || !f.Value.valid() })
}
