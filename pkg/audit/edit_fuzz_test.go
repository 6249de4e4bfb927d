package audit

import (
	"bytes"
	"errors"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"go.yaml.in/yaml/v4"
)

// valueAt is a value of a file, by the way to it and what stands there.
type valueAt struct {
	path Path
	in   *yaml.Node
	i    int
}

// statedIn lists the values that a path leads to.
func statedIn(n *yaml.Node, path Path, all []valueAt) []valueAt {
	width := 1
	if n.Kind == yaml.MappingNode {
		width = 2
	}
	for i := width - 1; i < len(n.Content); i += width {
		step := nth(i)
		if width == 2 {
			step = n.Content[i-1].Value
		}
		if width == 2 && (n.Content[i-1].Kind != yaml.ScalarNode || blank(n.Content[i-1])) || child(n, step) != i || isMerge(n.Content[max(i-1, 0)]) && width == 2 {
			continue // a key that stands twice, or is none
		}
		here := path.with(step)
		all = append(all, valueAt{here, n, i})
		all = statedIn(n.Content[i], here, all)
	}
	return all
}

// pair is a key of a mapping and what it says.
type pair struct {
	key   any
	value any
}

// meaning is what a node says: nil, a string, a list or a mapping, merges
// being keys like others.
func meaning(n *yaml.Node) any {
	if n.Kind == yaml.AliasNode {
		n = n.Alias
	}
	switch n.Kind {
	case yaml.SequenceNode:
		list := []any{}
		for _, c := range n.Content {
			list = append(list, meaning(c))
		}
		return list
	case yaml.MappingNode:
		m := []pair{}
		for i := 0; i < len(n.Content); i += 2 {
			m = append(m, pair{meaning(n.Content[i]), meaning(n.Content[i+1])})
		}
		return m
	}
	if blank(n) {
		return nil
	}
	return n.Value
}

func same(a, b any) bool {
	switch a := a.(type) {
	case []any:
		b, ok := b.([]any)
		return ok && slices.EqualFunc(a, b, same)
	case []pair:
		b, ok := b.([]pair)
		return ok && slices.EqualFunc(a, b, func(p, q pair) bool { return same(p.key, q.key) && same(p.value, q.value) })
	case string:
		b, ok := b.(string)
		return ok && a == b
	}
	return a == nil && b == nil
}

// changed is what a file says after a change of the value at a path.
func changed(m any, path Path, change func(any) (any, bool)) any {
	if len(path) == 0 {
		v, _ := change(m)
		return v
	}
	switch m := m.(type) {
	case []any:
		_, _, i, _ := selector(path[0])
		list := slices.Clone(m)
		if v, stays := change(m[i]); len(path) == 1 && !stays {
			return slices.Delete(list, i, i+1)
		} else if len(path) == 1 {
			list[i] = v
			return list
		}
		list[i] = changed(m[i], path[1:], change)
		return list
	case []pair:
		i := slices.IndexFunc(m, func(p pair) bool { return p.key == path[0] })
		fields := slices.Clone(m)
		if v, stays := change(m[i].value); len(path) == 1 && !stays {
			return slices.Delete(fields, i, i+1)
		} else if len(path) == 1 {
			fields[i].value = v
			return fields
		}
		fields[i].value = changed(m[i].value, path[1:], change)
		return fields
	}
	return m
}

// newKey is in no file of the corpus.
const newKey = "new-key"

// try makes a change of a kind at a value, and says what the file should say.
func (s valueAt) try(kind byte, text string, before any) (Change, any, bool) {
	n := s.in.Content[s.i]
	list := []any{"6", text, "12"}
	switch kind % 6 {
	case 0:
		return Set(s.path, Text(text)), changed(before, s.path, func(any) (any, bool) { return text, true }), true
	case 1:
		return Set(s.path, Texts("6", text, "12")), changed(before, s.path, func(any) (any, bool) { return list, true }), true
	case 2:
		return Remove(s.path), changed(before, s.path, func(any) (any, bool) { return nil, false }), true
	case 3:
		item := Fields(Field{"id", Text(text)}, Field{"rate", Text("2%")})
		return Append(s.path, item), changed(before, s.path, func(v any) (any, bool) {
			old, _ := v.([]any)
			return append(slices.Clone(old), []pair{{"id", text}, {"rate", "2%"}}), true
		}), n.Kind == yaml.SequenceNode || blank(n)
	case 4:
		return Append(s.path, Text(text)), changed(before, s.path, func(v any) (any, bool) {
			old, _ := v.([]any)
			return append(slices.Clone(old), text), true
		}), n.Kind == yaml.SequenceNode || blank(n)
	}
	return Set(s.path.with(newKey), Text(text)), changed(before, s.path, func(v any) (any, bool) {
		old, _ := v.([]pair)
		return append(slices.Clone(old), pair{newKey, text}), true
	}), n.Kind == yaml.MappingNode || blank(n)
}

func FuzzEdit(f *testing.F) {
	for i, src := range corpus {
		for kind := range 6 {
			f.Add([]byte(src), uint16(i+3*kind), byte(kind), "7")
		}
	}
	f.Add([]byte(corpus[0]), uint16(4), byte(0), "two\nlines")
	f.Fuzz(func(t *testing.T, src []byte, pick uint16, kind byte, text string) {
		tryEdit(t, src, int(pick), kind, text)
	})
}

// tryEdit makes one change and holds it to its meaning and its place.
func tryEdit(t *testing.T, src []byte, pick int, kind byte, text string) {
	e, err := newEditor(src)
	if err != nil || e.root == nil || !isCollection(e.root) || !utf8.ValidString(text) || len(src) > 4096 {
		return
	}
	all := statedIn(e.root, nil, nil)
	if len(all) == 0 {
		return
	}
	s := all[pick%len(all)]
	change, want, ok := s.try(kind, text, meaning(e.root))
	if !ok {
		return
	}
	got, err := Edit(src, change)
	if err != nil {
		var edit *EditError
		if !errors.As(err, &edit) || !unusual(e, e.root) {
			t.Fatalf("%q: %v: %v", src, change, err)
		}
		return
	}
	after, err := newEditor(got)
	if err != nil {
		t.Fatalf("%q → %q: %v", src, got, err)
	}
	if after.root == nil || !same(meaning(after.root), want) {
		t.Fatalf("%q: %v\n%q says %v, want %v", src, change, got, meaning(after.root), want)
	}
	if !bytes.ContainsAny(src, "*") && !unusual(e, e.root) {
		untouched(t, e, s, src, got)
		exact(t, e, s, kind%6, text, src, got)
	}
}

// TestEditEverywhere makes every kind of change at every value of the corpus.
func TestEditEverywhere(t *testing.T) {
	for _, src := range corpus {
		e, err := newEditor([]byte(src))
		if err != nil {
			t.Fatalf("%q: %v", src, err)
		}
		for i := range statedIn(e.root, nil, nil) {
			for kind := range byte(6) {
				for _, text := range []string{"7", "", "no", "two\nlines\n", " a: b #c", "😀", "x, y]"} {
					tryEdit(t, []byte(src), i, kind, text)
				}
			}
		}
	}
}

// exact checks that a new text takes the place of the old one and of nothing
// else, that what comes is put between what was there, and that of what is
// there after something went, all was there before.
func exact(t *testing.T, e *editor, s valueAt, kind byte, text string, src, got []byte) {
	n := s.in.Content[s.i]
	switch {
	case kind == 0 && n.Kind == yaml.ScalarNode && n.Value != "" && !blank(n) && n.Anchor == "" && !isBlockScalar(n) && !strings.Contains(text, "\n") && !strings.ContainsAny(n.Value, `'"\`):
		at, old := e.begin(n), []byte(n.Value)
		if isQuoted(n) {
			old = []byte(string(src[at]) + n.Value + string(src[at]))
		}
		if bytes.HasPrefix(src[at:], old) && (!bytes.HasPrefix(got, src[:at]) || !bytes.HasSuffix(got, src[at+len(old):])) {
			t.Fatalf("%q → %q: more changed than the text %q", src, got, old)
		}
	case kind == 2 && len(s.in.Content) > 2 && !standsIn(got, src):
		t.Fatalf("%q → %q: something came when %v went", src, got, s.path)
	case kind > 2 && isCollection(n) && len(n.Content) > 0 && !standsIn(src, got) && !bytes.ContainsAny(src, "|>"):
		t.Fatalf("%q → %q: something went when something came to %v", src, got, s.path)
	}
}

// standsIn tells whether the bytes of a part stand in the whole, in their order.
func standsIn(part, whole []byte) bool {
	for _, b := range whole {
		if len(part) > 0 && part[0] == b {
			part = part[1:]
		}
	}
	return len(part) == 0
}

// untouched checks that what stands before and after the value stays.
func untouched(t *testing.T, e *editor, s valueAt, src, got []byte) {
	n := s.in.Content[s.i]
	from := e.begin(n)
	if s.in.Kind == yaml.MappingNode {
		from = e.begin(s.in.Content[s.i-1])
	}
	if len(s.in.Content) <= 2 {
		from = min(from, e.begin(s.in)) // [] or {} may come in its place, behind its key
		for _, above := range statedIn(e.root, nil, nil) {
			if above.in.Content[above.i] == s.in {
				from = min(from, e.entry(spot{above.in, above.i}).start)
			}
		}
	}
	head := bytes.TrimRight(src[:from], " \t\r\n,-?")
	if !bytes.HasPrefix(got, head) {
		t.Fatalf("%q → %q: what stands before changed", src, got)
	}
	next := len(src)
	past := false
	var walk func(m *yaml.Node, inside bool)
	walk = func(m *yaml.Node, inside bool) {
		if m == n {
			past, inside = true, true
		} else if past && !inside && e.begin(m) < next {
			next = e.begin(m)
		}
		for _, c := range m.Content {
			walk(c, inside)
		}
	}
	walk(e.root, false)
	tail := bytes.TrimLeft(src[next:], " \t\r\n,")
	if next == len(src) {
		return
	}
	if !bytes.HasSuffix(got, tail) {
		t.Fatalf("%q → %q: what stands after changed: want the end %q", src, got, tail)
	}
}

// unusual tells whether a file has what people do not write: tags, keys with
// a question mark or an anchor, without a word or in brackets. An edit there may be refused;
// it is never wrong.
func unusual(e *editor, n *yaml.Node) bool {
	if n == e.root && (bytes.ContainsAny(e.text, "?!%") || bytes.Contains(e.text, []byte("---"))) {
		return true
	}
	if n.Kind == yaml.MappingNode && !hasPlainKeys(n) {
		return true
	}
	for i, c := range n.Content {
		if n.Kind == yaml.MappingNode && i%2 == 0 && (c.Kind != yaml.ScalarNode || c.Anchor != "" || blank(c)) || unusual(e, c) {
			return true
		}
	}
	return false
}

var corpus = []string{
	"version: 1\r\nclient:\r\n  name: Distribuciones Levante S.L.   # trailing\r\n\r\nflows:\r\n  - id: web\r\n    effort: {hours_per_week: [6, 8, 12]}\r\n",
	"\ufeffversion: 1\nflows:\n  - id: a\n    from: shop # c\n",
	"a: {b: 1,\n\tc: 2,\t# two\n\td: [x,\ty]}\nz: 1\n",
	"a: 1 # one\nb: 'two' # two\n\n# three\nc: \"x # y\" # z\nd: [1, 2] # e\n",
	"base: &b {h: 1, w: all}\none: *b\ntwo:\n  <<: *b\n  x: &c 5\nthree: [*c, *b]\n",
	"base: &b\n  h: 1\n  i:\n    - &i x\n    - y\none: *b\ntwo: *i\n",
	"a: |\n  text\n   more\n\n  end\n\n# c\nb: >-\n  folded\n  text\nc: |+2\n    keep\n\n\nd: |\n  last",
	"l:\n  - |-\n    one\n  - > # c\n    two\n  - x: |2\n        three\n    y: 1\n",
	"a: plain over\n  two lines\n\n  and more # c\nb: 'single\n  quoted'\nc: \"double \\\n  quoted\"\nd: [plain over\n  lines, 'x\n  y']\n",
	"a: \U0001f600 \U0001f680 # \U0001f600\n\"\U0001f600\": {\U0001f600\U0001f600: 1, b: '\U0001f600'}\n",
	"m: {\n  a: 1, # one\n  # alone\n  b: [\n    2,\n    3, # three\n  ],\n  c: 4 # four\n}\nn: {}\no: []\n",
	"a:\nb:   # c\nc: {d: , e, f: ~}\ng:\n- \n- # c\n- 1\nh:\n",
	"flows:\n# first\n- id: a\n  from: x\n\n# second\n- id: b\n  from: y   \n  # commented: 1\n\n\n# third\n- {id: c, from: z}\n# end\n",
	"a: 1\nb:\n  - c\n  - d: 1\n    e: [2]",
	"a:\n    b:\n        c: 1\n    d:\n    -   e: 1\n        f: 2\n    -   - g\n        - h\n",
	"\"quoted key\": 1\n'k': {\"a\":1,\"b\":[1,2]}\n? complex\n: value\nc: !!str 5\nd: &x\n",
	"a: it's, [not] {flow} \"x\"y\nb: http://x.y/z#w\nc: a:b\nd: -1\n",
}
