package audit

import (
	"bytes"
	"errors"
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"
)

// splice puts a text in the place of some bytes.
type splice struct {
	start, end int
	text       string
}

var errNoWay = errors.New("this is written in a way that cannot be changed here, please change it in an editor")

// try makes a change in the tree, then looks for the way of writing it that is
// read as just that. The last resort is to write the innermost list or mapping
// on the way anew, and what stands around it as long as that has no comment
// to lose, but never the file.
func (e *editor) try(chain []spot, mean func(), ways ...[]splice) error {
	slots := make([]slot, len(chain))
	for i, s := range chain {
		slots[i] = e.slot(s)
	}
	mean()
	for _, way := range ways {
		if way != nil && e.take(way) {
			return nil
		}
	}
	for i := len(chain) - 1; i >= 0; i-- {
		s := chain[i]
		if slots[i].comments || i == 0 && slots[i].lines {
			break
		}
		w := e.write(valueOf(s.node()), s, slots[i])
		if isFlow(s.node()) {
			w = written{head: flowValue(valueOf(s.node()), true)}
		}
		if e.take(slots[i].put(w, e.lineBreak(slots[i].body))) {
			return nil
		}
	}
	return errNoWay
}

// take makes splices if the new text is read as the tree says.
func (e *editor) take(way []splice) bool {
	way = slices.Clone(way)
	slices.SortStableFunc(way, func(a, b splice) int { return a.start - b.start })
	var text bytes.Buffer
	at := 0
	for _, s := range way {
		if s.start < at || s.end > len(e.text) {
			return false
		}
		text.Write(e.text[at:s.start])
		text.WriteString(s.text)
		at = s.end
	}
	text.Write(e.text[at:])
	next, err := newEditor(text.Bytes())
	if err != nil || !equal(e.root, next.root) {
		return false
	}
	*e = *next
	return true
}

// slot is where a value stands, and what goes when another comes.
type slot struct {
	body, end int    // its text in the line of its key or hyphen
	blanks    int    // where the blanks before it begin
	before    string // what a text there needs before it
	under     span   // its lines under that line, with the line break before them
	indent    int    // of the list or mapping that it stands in
	hyphen    int    // from that list's hyphens to what stands behind them
	comments  bool   // it holds some
	lines     bool   // it stands on several
}

// slot finds the text of a value, without its anchor where that may stay.
func (e *editor) slot(s spot) slot {
	n, own := s.node(), e.extent(s)
	at := e.shape(s, own)
	if !s.inFlow() {
		at.indent, at.hyphen = e.indent(s.in), e.behind(s.in)
	}
	at.comments, at.lines = e.hasComments(own), e.lineEnd(own.start) < own.end
	if at.under == (span{}) {
		at.under = span{e.lineEnd(at.end), e.lineEnd(at.end)}
	}
	if isBlockScalar(n) && at.under.end < at.under.start {
		at.under.end = at.under.start // it has no lines
	}
	for at.blanks = at.body; at.blanks > 0 && e.is(at.blanks-1, " \t"); at.blanks-- {
	}
	return at
}

// shape finds which part of a value stands in the line of its key or hyphen,
// and which under it.
func (e *editor) shape(s spot, own span) slot {
	n := s.node()
	switch {
	case isEmpty(n) && own.start == own.end:
		at, before := e.lead(s)
		return slot{body: at, end: at, before: before}
	case isEmpty(n):
		return slot{body: own.end, end: own.end, before: " "}
	case isBlockScalar(n):
		block := e.blockScalar(e.body(n), e.indent(s.in))
		return slot{body: e.kept(n, own), end: block.header.end, under: span{e.lineEnd(block.header.end), block.end}}
	case isCollection(n) && !isFlow(n) && e.alone(e.body(n)) && e.lineStart(e.body(n)) > 0:
		return e.shapeUnder(s, own)
	}
	return slot{body: e.kept(n, own), end: own.end}
}

// kept is where a value begins behind the anchor that stays.
func (e *editor) kept(n *yaml.Node, own span) int {
	if n.Anchor != "" && n.Tag != "!" && n.Style&yaml.TaggedStyle == 0 {
		return e.body(n)
	}
	return own.start
}

// shapeUnder is for a list or mapping on lines of its own. The comments
// between its key and its first line stay.
func (e *editor) shapeUnder(s spot, own span) slot {
	at, before := e.lead(s)
	content := e.body(s.node())
	if s.node().Anchor != "" && own.start != content {
		at, before = own.start+1+len(s.node().Anchor), " "
	}
	return slot{body: at, end: at, before: before, under: span{e.breakBefore(content), e.lineEnd(own.end)}}
}

// breakBefore is where the line break before the line of an offset begins.
func (e *editor) breakBefore(at int) int {
	at = max(e.lineStart(at)-1, 0)
	if at > 0 && e.text[at] == '\n' && e.text[at-1] == '\r' {
		at--
	}
	return at
}

// put gives the splices that put a new value in the slot.
func (at slot) put(w written, lineBreak string) []splice {
	way := []splice{{at.body, at.end, at.before + w.head}}
	if w.head == "" {
		way = []splice{{at.blanks, at.end, ""}}
	}
	lines := ""
	for _, line := range w.tail {
		lines += lineBreak + line
	}
	if lines != "" || at.under.start < at.under.end {
		way = append(way, splice{at.under.start, at.under.end, lines})
	}
	return way
}

// hasComments tells whether comments stand inside a stretch of the text.
func (e *editor) hasComments(at span) bool {
	for line := range bytes.Lines(e.text[at.start:at.end]) {
		if text := bytes.TrimLeft(line, " \t"); bytes.HasPrefix(text, []byte("#")) || bytes.Contains(line, []byte(" #")) || bytes.Contains(line, []byte("\t#")) {
			return true
		}
	}
	return false
}

// write gives a value as it is to stand at a spot.
func (e *editor) write(v Value, s spot, at slot) written {
	if s.inFlow() {
		return written{head: flowValue(v, true)}
	}
	if v.kind == nothing {
		return written{}
	}
	h := e.hand
	h.hyphen = at.hyphen
	return h.write(v, at.indent, s.in.Kind == yaml.SequenceNode)
}

// behind is how far the text of a list's items stands from their hyphens.
func (e *editor) behind(list *yaml.Node) int {
	if list.Kind == yaml.MappingNode {
		return e.hand.hyphen
	}
	for i := len(list.Content) - 1; i >= 0; i-- {
		s := spot{list, i}
		if isEmpty(s.node()) {
			continue
		}
		hyphen, body := e.hyphen(s), e.begin(s.node())
		if e.lineStart(hyphen) == e.lineStart(body) {
			return body - hyphen
		}
	}
	return e.hand.hyphen
}

// replace puts another value in the place of one.
func (e *editor) replace(chain []spot, v Value) error {
	s := chain[len(chain)-1]
	n := s.node()
	slot := e.slot(s)
	nl := e.lineBreak(slot.body)
	w := e.write(v, s, slot)
	if v.kind == aText && isQuoted(n) && len(w.tail) == 0 {
		w.head = quote(v.text, s.inFlow(), n.Style)
	}
	ways := [][]splice{slot.put(w, nl)}
	if v.kind == aText {
		ways = append(ways, slot.put(written{head: doubleQuoted(v.text)}, nl), slot.put(written{head: doubleQuoted(v.text) + " "}, nl))
	}
	if own := e.extent(s); e.alone(own.start) { // under its key, where not all may stand
		under := e.shapeUnder(s, own)
		if !e.hasComments(under.under) {
			flat := written{head: flowValue(v, false)}
			if v.kind == aText {
				flat.head = doubleQuoted(v.text)
			}
			ways = append(ways, under.put(flat, nl))
		}
	}
	return e.try(chain, func() { s.in.Content[s.i] = v.tree() }, ways...)
}

// entry is what comes into a list or, with a key, into a mapping.
type entry struct {
	key     string
	value   Value
	oneLine bool // whatever the value
}

// flow writes an entry on one line.
func (n entry) flow(into *yaml.Node) string {
	text := flowValue(n.value, true)
	if into.Kind == yaml.MappingNode {
		return quote(n.key, true, 0) + ": " + text
	}
	return text
}

func (n entry) join(into *yaml.Node) {
	if into.Kind == yaml.MappingNode {
		into.Content = append(into.Content, Text(n.key).tree())
	}
	into.Content = append(into.Content, n.value.tree())
}

// insert puts an entry at the end of the list or mapping that a chain leads
// to, or of the file's own where the chain is empty.
func (e *editor) insert(chain []spot, n entry) error {
	into := e.root
	if len(chain) > 0 {
		into = chain[len(chain)-1].node()
	}
	mean := func() { n.join(into) }
	switch {
	case len(into.Content) == 0 && len(chain) > 0 && !chain[len(chain)-1].inFlow() && into.Kind == yaml.SequenceNode && n.value.kind == aMapping:
		s := chain[len(chain)-1]
		slot := e.slot(s)
		return e.try(chain, mean, slot.put(e.write(List(n.value), s, slot), e.lineBreak(slot.body)), e.intoFlow(into, n))
	case isFlow(into):
		return e.try(chain, mean, e.intoFlowLines(into, n), e.intoFlow(into, n), e.intoFlowPair(into, n), e.intoFlowSpaced(into, n, " ", ""), e.intoFlowSpaced(into, n, "", ","))
	}
	flat := entry{n.key, n.value, true}
	return e.try(chain, mean, e.intoBlock(into, n), e.intoBlockChomped(into, n), e.intoBlock(into, flat), e.intoBlockChomped(into, flat))
}

// intoBlock writes an entry on lines under the last one.
func (e *editor) intoBlock(into *yaml.Node, n entry) []splice {
	last := e.extent(spot{into, len(into.Content) - 1})
	at := e.lineEnd(last.end)
	return []splice{{at, at, e.onLines(into, n, e.lineBreak(at))}}
}

// intoBlockChomped does so where the file ends in a text behind | or > and
// without a line break: with one, the text would say more.
func (e *editor) intoBlockChomped(into *yaml.Node, n entry) []splice {
	s := spot{into, len(into.Content) - 1}
	for isCollection(s.node()) && len(s.node().Content) > 0 {
		s = spot{s.node(), len(s.node().Content) - 1}
	}
	if !isBlockScalar(s.node()) {
		return nil
	}
	header := e.blockScalar(e.body(s.node()), e.indent(s.in)).header
	signs := strings.Trim(string(e.text[header.start:header.end]), "+-") + "-"
	return append(e.intoBlock(into, n), splice{header.start, header.end, signs})
}

// onLines writes an entry on lines of its own, each after a line break.
func (e *editor) onLines(into *yaml.Node, n entry, lineBreak string) string {
	s := spot{into, len(into.Content) - 1}
	h := e.hand
	h.hyphen = e.behind(into)
	indent := e.indent(into)
	margin := strings.Repeat(" ", indent)
	w := e.write(n.value, s, slot{indent: indent, hyphen: h.hyphen})
	if last := s.node(); n.oneLine || into.Kind == yaml.SequenceNode && n.value.kind == aMapping && last.Kind == yaml.MappingNode && isFlow(last) {
		w = written{head: flowValue(n.value, false)} // as the last item is
	}
	if into.Kind == yaml.SequenceNode {
		w.head = h.behindHyphen(margin, w.head)
	} else {
		w.head = margin + behindKey(quote(n.key, false, 0), w.head)
	}
	return lineBreak + strings.Join(append([]string{w.head}, w.tail...), lineBreak)
}

// intoFlow writes an entry behind the last one.
func (e *editor) intoFlow(into *yaml.Node, n entry) []splice {
	if len(into.Content) == 0 {
		at := e.body(into) + 1
		return []splice{{at, at, n.flow(into)}}
	}
	at := e.extent(spot{into, len(into.Content) - 1}).end
	return []splice{{at, at, ", " + n.flow(into)}}
}

// intoFlowSpaced does so where the last entry needs a blank behind it, or the
// new one a comma: what is bare must not stand before a line with a tab.
func (e *editor) intoFlowSpaced(into *yaml.Node, n entry, before, after string) []splice {
	way := e.intoFlow(into, n)
	way[0].text = before + way[0].text + after
	return way
}

// intoFlowPair does so in a list's item without braces, [a: b], which gets
// some.
func (e *editor) intoFlowPair(into *yaml.Node, n entry) []splice {
	start := e.body(into)
	if e.is(start, "[{") {
		return nil
	}
	way := e.intoFlow(into, n)
	way[0].text += "}"
	return append(way, splice{start, start, "{"})
}

// intoFlowLines writes an entry on a line under the last one, where the last
// one begins a line and the bracket another.
func (e *editor) intoFlowLines(into *yaml.Node, n entry) []splice {
	if len(into.Content) == 0 {
		return e.intoFlow(into, n)
	}
	last := e.entry(spot{into, len(into.Content) - 1})
	comma := e.gap(last.end)
	closing := comma
	text, way := n.flow(into), []splice{{last.end, last.end, ","}}
	if e.is(comma, ",") {
		closing, text, way = e.gap(comma+1), text+",", nil
	}
	at := e.lineEnd(max(last.end, min(comma, closing)))
	if way != nil {
		at = e.lineEnd(last.end)
	}
	if !e.alone(last.start) || at >= closing {
		return e.intoFlow(into, n)
	}
	margin := string(e.text[e.lineStart(last.start):last.start])
	return append(way, splice{at, at, e.lineBreak(at) + margin + text})
}

// cut takes an entry away.
func (e *editor) cut(chain []spot) error {
	s := chain[len(chain)-1]
	width := 1
	if s.in.Kind == yaml.MappingNode {
		width = 2
	}
	first := s.i - width + 1
	mean := func() { s.in.Content = slices.Delete(s.in.Content, first, first+width) }
	only := len(s.in.Content) == width
	switch {
	case isFlow(s.in):
		return e.try(chain[:len(chain)-1], mean, e.cutFlow(s, width), e.cutFlowBare(s))
	case only && len(chain) > 1:
		holder := chain[len(chain)-2]
		slot := e.slot(holder)
		return e.try(chain[:len(chain)-1], mean, slot.put(written{head: brackets(s.in)}, e.lineBreak(slot.body)))
	case only:
		own := e.entry(s)
		return e.try(nil, mean, []splice{{own.start, own.end, brackets(s.in)}})
	}
	return e.try(chain[:len(chain)-1], mean, e.cutBlock(s, width, true), e.cutBlock(s, width, false), e.cutToEnd(s))
}

func brackets(n *yaml.Node) string {
	if n.Kind == yaml.MappingNode {
		return "{}"
	}
	return "[]"
}

// cutBlock takes an entry's lines away. A file that ends without a line break
// does so afterwards.
func (e *editor) cutBlock(s spot, width int, ends bool) []splice {
	own := e.entry(s)
	end := e.lineEnd(own.end)
	if e.alone(own.start) {
		start := e.lineStart(own.start)
		if end == len(e.text) && ends && start > 0 {
			return []splice{{e.breakBefore(start), end, ""}}
		}
		if start == 0 && bytes.HasPrefix(e.text, byteOrderMark) {
			start = len(byteOrderMark)
		}
		return []splice{{start, e.nextLine(end), ""}}
	}
	if s.i+width < len(s.in.Content) {
		if next := e.entry(spot{s.in, s.i + width}).start; len(bytes.TrimSpace(e.text[end:next])) == 0 {
			return []splice{{own.start, next, ""}}
		}
	}
	return []splice{{own.start, own.end, ""}}
}

// cutToEnd takes the last entry away with the blank lines behind it, which a block
// scalar before it would take for its own.
func (e *editor) cutToEnd(s spot) []splice {
	own := e.entry(s)
	if !e.alone(own.start) || len(bytes.TrimSpace(e.text[own.end:])) > 0 {
		return []splice{{own.start, own.end, ""}}
	}
	return []splice{{e.lineStart(own.start), len(e.text), ""}}
}

// cutFlow takes an entry and one comma away.
func (e *editor) cutFlow(s spot, width int) []splice {
	own := e.entry(s)
	if s.i+1 < len(s.in.Content) || len(s.in.Content) == width {
		comma := e.blanks(own.end)
		if e.is(e.gap(own.end), ",") {
			comma = e.gap(own.end)
		}
		if !e.is(comma, ",") {
			return []splice{{own.start, own.end, ""}}
		}
		end := e.blanks(comma + 1)
		if e.is(end, "\r\n") && e.alone(own.start) {
			return []splice{{e.lineStart(own.start), e.nextLine(end), ""}}
		}
		return []splice{{own.start, own.end, ""}, {comma, end, ""}}
	}
	before := e.entry(spot{s.in, s.i - width}).end
	if between := strings.TrimSpace(string(e.text[before:own.start])); between == "," {
		return []splice{{before, own.end, ""}}
	}
	return e.cutFlowBare(s)
}

// cutFlowBare takes an entry away, and a comma behind it.
func (e *editor) cutFlowBare(s spot) []splice {
	own := e.entry(s)
	if comma := e.blanks(own.end); e.is(comma, ",") {
		return []splice{{own.start, comma + 1, ""}}
	}
	return []splice{{own.start, own.end, ""}}
}
