package audit_test

import (
	"testing"

	. "github.com/flowmap-dev/flowmap/pkg/audit"
)

// edits are what a file is before and after changes.
var edits = []struct {
	name          string
	before, after string
	changes       []Change
}{
	{"a value", "a: 1\nb: 2  # two\nc: 3\n", "a: 1\nb: 20  # two\nc: 3\n", []Change{Set(Path{"b"}, Text("20"))}},
	{"an estimate where one value was", "e:\n  h: 6 # x\n", "e:\n  h: [5, 6, 8] # x\n", []Change{Set(Path{"e", "h"}, Texts("5", "6", "8"))}},
	{"one of three values", "h: [ 5,6 , 8 ] # x\n", "h: [ 5,7 , 8 ] # x\n", []Change{Set(Path{"h"}, Texts("5", "7", "8"))}},
	{"three values to two", "h: [5, 6, 8]\n", "h: [5, 6]\n", []Change{Set(Path{"h"}, Texts("5", "6"))}},
	{"one value where three were", "h: [5, 6, 8]  # c\nb: 1\n", "h: 7  # c\nb: 1\n", []Change{Set(Path{"h"}, Text("7"))}},
	{"a value that is there", "a: 'x'\n", "a: 'x'\n", []Change{Set(Path{"a"}, Text("x"))}},
	{"a key without a value", "a:   # why\nb: 1\n", "a: x   # why\nb: 1\n", []Change{Set(Path{"a"}, Text("x"))}},
	{"quotes stay", "a: 'x'\nb: \"y\"\n", "a: 'it''s'\nb: \"z\"\n", []Change{Set(Path{"a"}, Text("it's")), Set(Path{"b"}, Text("z"))}},
	{"CRLF", "a: 1\r\nm:\r\n  b: 2\r\n", "a: 1\r\nm:\r\n  b: 2\r\n  c: |-\r\n    x\r\n    y\r\n", []Change{Set(Path{"m", "c"}, Text("x\ny"))}},
	{"a byte-order mark", "\ufeffa: 1\n", "\ufeffa: 2\n", []Change{Set(Path{"a"}, Text("2"))}},
	{"no final newline", "a: 1", "a: 1\nb: 2", []Change{Set(Path{"b"}, Text("2"))}},
	{"a literal without a newline at the end", "a: |\n  x", "a: |-\n  x\nb: 2", []Change{Set(Path{"b"}, Text("2"))}},
	{"a literal becomes a line", "a: | # c\n  x\n  y\n\n# d\nb: 1\n", "a: z # c\n\n# d\nb: 1\n", []Change{Set(Path{"a"}, Text("z"))}},
	{"a line becomes a literal", "a: z # c\nb: 1\n", "a: |- # c\n  x\n\n  y\nb: 1\n", []Change{Set(Path{"a"}, Text("x\n\ny"))}},
	{"a mapping becomes a value", "a: # c\n  # d\n  x: 1\n  y: 2\nb: 1\n", "a: 5 # c\n  # d\nb: 1\n", []Change{Set(Path{"a"}, Text("5"))}},
	{"a value becomes a mapping", "a: 5 # c\nb: 1\n", "a: # c\n  x: 1\n  y: [2, 3]\nb: 1\n", []Change{Set(Path{"a"}, Fields(Field{"x", Text("1")}, Field{"y", Texts("2", "3")}))}},
	{"a flow mapping gets a key", "a: {x: 1} # c\n", "a: {x: 1, y: \"no\"} # c\n", []Change{Set(Path{"a", "y"}, Text("no"))}},
	{"a flow mapping over lines gets a key", "a: {\n\t x: 1,  # one\n\t y: 2  # two\n}\n", "a: {\n\t x: 1,  # one\n\t y: 2,  # two\n\t z: 3\n}\n", []Change{Set(Path{"a", "z"}, Text("3"))}},
	{"a value under its key", "a:\n|\n x\nb:\n  'y' # c\n", "a: \"z\"\nb:\n  'z' # c\n", []Change{Set(Path{"a"}, Text("z")), Set(Path{"b"}, Text("z"))}},
	{"before a line with a tab", "a: {\n\t}\n", "a: {b: 0,\n\t}\n", []Change{Set(Path{"a", "b"}, Text("0"))}},
	{"a pair without braces", "a: [b: c]\n", "a: [{b: c, d: e}]\n", []Change{Set(Path{"a", "[0]", "d"}, Text("e"))}},
	{"an item by its id", "flows:\n- {id: a, from: x}\n- {id: b, from: x}\n", "flows:\n- {id: a, from: x}\n- {id: b, from: y, to: z}\n",
		[]Change{Set(Path{"flows", "[id=b]", "from"}, Text("y")), Set(Path{"flows", "[id=b]", "to"}, Text("z"))}},
	{"many texts at once", "l:\n- a # one\n- 'a'\n- {k: a, l: a}\n", "l:\n- b # one\n- 'c'\n- {k: \"d,\", l: e}\n",
		[]Change{Set(Path{"l", "[0]"}, Text("b")), Set(Path{"l", "[1]"}, Text("c")), Set(Path{"l", "[2]", "k"}, Text("d,")), Set(Path{"l", "[2]", "l"}, Text("e"))}},
	{"one text twice", "a: 1\n", "a: 3\n", []Change{Set(Path{"a"}, Text("2")), Set(Path{"a"}, Text("3"))}},
	{"an item that is missing", "flows:\n- id: a\n# end\n", "flows:\n- id: a\n- id: b\n  needs:\n    latency: daily\n# end\n", []Change{Set(Path{"flows", "[id=b]", "needs", "latency"}, Text("daily"))}},
	{"a new file", "", "interview:\n  date: 2026-11-02\n  with: Maria\nflows:\n  - id: a\n    effort:\n      hours_per_week: [2, 3, 5]\n      whose: own\n",
		[]Change{Set(Path{"interview", "date"}, Text("2026-11-02")), Set(Path{"interview", "with"}, Text("Maria")),
			Set(Path{"flows", "[id=a]", "effort", "hours_per_week"}, Texts("2", "3", "5")), Set(Path{"flows", "[id=a]", "effort", "whose"}, Text("own"))}},
	{"append", "t: [a]\nu:\n  - a\n  # b\nv: []\nw:\n", "t: [a, b]\nu:\n  - a\n  - b\n  # b\nv: [b]\nw: [b]\n",
		[]Change{Append(Path{"t"}, Text("b")), Append(Path{"u"}, Text("b")), Append(Path{"v"}, Text("b")), Append(Path{"w"}, Text("b"))}},
	{"append an error point to none", "errors: [] # asked\nb: 1\n", "errors: # asked\n  - what: x\n    rate: 2%\nb: 1\n", []Change{Append(Path{"errors"}, Fields(Field{"what", Text("x")}, Field{"rate", Text("2%")}))}},
	{"remove an item", "u:\n  # one\n  - a # x\n  # two\n  - b\n\nv: [a, b, c]\n", "u:\n  # one\n  # two\n  - b\n\nv: [a, c]\n", []Change{Remove(Path{"u", "[=a]"}), Remove(Path{"v", "[1]"})}},
	{"remove the only item", "u:\n  - a # x\nv: [ a ]\n", "u: []\nv: [  ]\n", []Change{Remove(Path{"u", "[0]"}), Remove(Path{"v", "[0]"})}},
	{"remove a key", "a: 1\nb:\n  c: 1\n  d: |\n    x\n\ne: {f: 1, g: 2}", "a: 1\nb:\n  c: 1\n\ne: {f: 1}", []Change{Remove(Path{"b", "d"}), Remove(Path{"e", "g"})}},
	{"remove the first key of an item", "l:\n  - a: 1 # x\n    b: 2\n", "l:\n  - b: 2\n", []Change{Remove(Path{"l", "[0]", "a"})}},
	{"an alias is written out", "a: &x {h: 1}\nb: *x # c\n", "a: &x {h: 1}\nb: # c\n  h: 2\n", []Change{Set(Path{"b", "h"}, Text("2"))}},
	{"an anchor moves to where it is used", "a: &x 1\nb: *x\nc: *x\n", "a: 2\nb: &x 1\nc: *x\n", []Change{Set(Path{"a"}, Text("2"))}},
	{"an anchor of a mapping moves", "a: &x\n  h: 1\nb: *x\n", "a:\n  h: 2\nb: &x\n  h: 1\n", []Change{Set(Path{"a", "h"}, Text("2"))}},
	{"an anchor inside what goes", "a:\n  h: &x 1\nb: [*x, 2]\n", "b: [&x 1, 2]\n", []Change{Remove(Path{"a"})}},
	{"an anchor that nobody uses stays", "a: &x 1\n", "a: &x 2\n", []Change{Set(Path{"a"}, Text("2"))}},
	{"a merged key is overruled", "a: &x {h: 1, i: 2}\nb:\n  <<: *x\n", "a: &x {h: 1, i: 2}\nb:\n  <<: *x\n  h: 2\n", []Change{Set(Path{"b", "h"}, Text("2"))}},
	{"a merged key goes", "a: &x {h: 1, i: 2}\nb:\n  <<: *x\n  j: 3\n", "a: &x {h: 1, i: 2}\nb:\n  j: 3\n  i: 2\n", []Change{Remove(Path{"b", "h"})}},
	{"texts", "a:\n", "a: [\"007\", \"no\", 12, 40/day, 2%, 2026-11-02, \"a: b\", \"#c\", \"-x\", say \"x\", 😀, \"a\\nb\", \"\", \"~\", \"a,b\", it's]\n",
		[]Change{Set(Path{"a"}, Texts("007", "no", "12", "40/day", "2%", "2026-11-02", "a: b", "#c", "-x", `say "x"`, "😀", "a\nb", "", "~", "a,b", "it's"))}},
	{"comments only", "# flowmap\n\n", "# flowmap\n\na: 1\n", []Change{Set(Path{"a"}, Text("1"))}},
	{"after non-BMP letters", "a: {😀😀: \"😀\", b: 1}\n", "a: {😀😀: \"😀\", b: 2}\n", []Change{Set(Path{"a", "b"}, Text("2"))}},
	{"a plain scalar over lines", "a: b\n  c\n\n  d # e\nf: 1\n", "a: x # e\nf: 1\n", []Change{Set(Path{"a"}, Text("x"))}},
	{"a quoted scalar over lines", "a: 'b\n  c\n\n  d' # e\nf: 1\n", "a: 'x' # e\nf: 1\n", []Change{Set(Path{"a"}, Text("x"))}},
	{"a list of lists of its own indentation", "flows:\n    -   id: a\n        from: b\n", "flows:\n    -   id: a\n        from: b\n    -   id: c\n        from: d\n", []Change{Set(Path{"flows", "[id=c]", "from"}, Text("d"))}},
}

func TestEditChangesOnlyWhatItMust(t *testing.T) {
	for _, e := range edits {
		got, err := Edit([]byte(e.before), e.changes...)
		if err != nil {
			t.Errorf("%s: %v", e.name, err)
		} else if string(got) != e.after {
			t.Errorf("%s:\n--- got\n%s--- want\n%s", e.name, got, e.after)
		}
	}
}
