package audit

import (
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"unique"

	"go.yaml.in/yaml/v4"
)

// Strict decodes YAML into v, a pointer to a struct, as strictly as a
// workspace is loaded. Fields have yaml tags with their keys; they are structs,
// slices, pointers (nil where nothing is stated), text, numbers, bool, or the
// types of this package. Keys that begin with x- are passed over. The error is
// Problems, all of them, with places in the file called name.
func Strict(name string, src []byte, v any) error {
	d := newDecoder(&document{name: name, text: src}, fieldCache{})
	if root := d.parse(); root != nil {
		d.value(root, reflect.ValueOf(v).Elem(), field{})
	}
	return d.problems.asError()
}

// decoder fills Go values from one file's tree.
type decoder struct {
	*document
	types  fieldCache
	refs   []reference
	things map[placeKey][]fieldPlace
	path   []byte                           // of the value at hand, within its thing
	inFile unique.Handle[string]            // the document's name
	known  map[string]unique.Handle[string] // paths, so that each is made once
	fields []fieldPlace                     // of the thing at hand
	inside bool                             // places of fields are kept
	items  bool                             // places of the items of lists too
	said   map[saying]bool                  // an alias says the same again
	broken bool                             // a list of things could not be read at all
}

// saying is a problem before the name of its thing is put before it.
type saying struct {
	line, column int
	message      string
}

// field is what a struct's tags say of one field.
type field struct {
	index  int
	name   string // the key
	as     string // what the text must be
	inline string // the key that a bare value stands for
	things string // the kind of the things that the list holds
	join   string // how statements of several files are settled
	need   bool
	one    bool   // no three values
	key    bool   // takes the key of a mapping
	over   string // what the number must be more than; empty: 0 is well
	most   string // what it may be at most; empty: the largest
}

// reference is a name that must be defined somewhere in the workspace.
type reference struct {
	kind, id     string
	line, column int
	thing        string // what names it, for the message
}

func newDecoder(d *document, types fieldCache) *decoder {
	return &decoder{
		document: d,
		types:    types,
		things:   map[placeKey][]fieldPlace{},
		known:    map[string]unique.Handle[string]{},
		inFile:   unique.Make(d.name),
		said:     map[saying]bool{},
	}
}

// fieldCache keeps what the tags of each type say.
type fieldCache map[reflect.Type][]field

func (c fieldCache) of(t reflect.Type) []field {
	fields, ok := c[t]
	if !ok {
		fields = fieldsOf(t)
		c[t] = fields
	}
	return fields
}

// fieldsOf reads the tags of a struct type.
func fieldsOf(t reflect.Type) []field {
	var fields []field
	for i := range t.NumField() {
		tag := t.Field(i).Tag
		name := tag.Get("yaml")
		if !t.Field(i).IsExported() || name == "-" || name == "" {
			continue
		}
		fields = append(fields, field{
			index: i, name: name, key: name == ",key",
			as: tag.Get("as"), inline: tag.Get("inline"), things: tag.Get("things"), join: tag.Get("join"),
			need: tag.Get("need") == "true", one: tag.Get("one") == "true",
			over: tag.Get("over"), most: tag.Get("most"),
		})
	}
	return fields
}

// at reports a problem with a node, once for all aliases of it.
func (d *decoder) at(n *yaml.Node, message, hint string) {
	key := saying{n.Line, n.Column, message}
	if !d.said[key] {
		d.said[key] = true
		d.report(n.Line, n.Column, message, hint)
	}
}

// blank tells whether a node is a key's missing value.
func blank(n *yaml.Node) bool {
	return n.Kind == yaml.ScalarNode && n.Tag == "!!null" && n.Style&(yaml.SingleQuotedStyle|yaml.DoubleQuotedStyle|yaml.LiteralStyle|yaml.FoldedStyle) == 0
}

// target follows an alias to what it repeats.
func target(n *yaml.Node) *yaml.Node {
	if n.Kind == yaml.AliasNode {
		return n.Alias
	}
	return n
}

var (
	estimateType = reflect.TypeFor[Estimate]()
	amountType   = reflect.TypeFor[Amount]()
	placeType    = reflect.TypeFor[Place]()
)

// value decodes a node into v as field f asks.
func (d *decoder) value(n *yaml.Node, v reflect.Value, f field) {
	if blank(target(n)) {
		return
	}
	if v.Kind() == reflect.Pointer {
		v.Set(reflect.New(v.Type().Elem()))
		v = v.Elem()
	}
	switch {
	case v.Type() == estimateType:
		d.estimate(n, v, f)
	case v.Kind() == reflect.Struct && v.Type() != amountType:
		d.structure(n, v, f)
	case v.Kind() == reflect.Slice && f.as == "map":
		d.entries(n, v)
	case v.Kind() == reflect.Slice:
		d.list(n, v, f)
	default:
		d.scalar(n, v, f)
	}
}

// structure decodes a mapping.
func (d *decoder) structure(n *yaml.Node, v reflect.Value, f field) {
	m := target(n)
	if m.Kind != yaml.MappingNode {
		d.bare(n, v, f)
		return
	}
	if p := v.FieldByName("Place"); p.IsValid() && p.Type() == placeType {
		p.Set(reflect.ValueOf(d.place(n)))
	}
	fields := d.types.of(v.Type())
	seen := make([]*yaml.Node, len(fields))
	d.pairs(m, func(key, value *yaml.Node) { d.pair(key, value, v, seen) })
	for i, g := range fields {
		if g.need && (seen[i] == nil || blank(target(seen[i]))) {
			d.at(n, g.name+" is missing", fmt.Sprintf("add %s: with %s", g.name, wanted(v.Field(g.index), g)))
		}
	}
}

// bare decodes a value that stands where a mapping could, such as
// volume: 800/month for volume: {records: 800/month}.
func (d *decoder) bare(n *yaml.Node, v reflect.Value, f field) {
	fields := d.types.of(v.Type())
	i := slices.IndexFunc(fields, func(g field) bool { return f.inline != "" && g.name == f.inline })
	if i < 0 {
		d.at(n, d.isA(n)+", want keys and values", "write them as key: value, one a line")
		return
	}
	if d.inside {
		depth := len(d.path)
		d.push(f.inline)
		d.keepPlace(n)
		d.path = d.path[:depth]
	}
	d.value(n, v.Field(fields[i].index), fields[i])
}

// pair decodes one key of a mapping into the struct v. A key that was seen in
// the mapping itself beats one that a merge brings.
func (d *decoder) pair(key, value *yaml.Node, v reflect.Value, seen []*yaml.Node) {
	fields := d.types.of(v.Type())
	i := slices.IndexFunc(fields, func(g field) bool { return g.name == key.Value })
	switch {
	case i < 0 && strings.HasPrefix(key.Value, "x-"):
	case i < 0:
		d.at(key, d.subject()+fmt.Sprintf("unknown key %q", key.Value), meant(key.Value, names(fields), "keys"))
	case seen[i] != nil:
	default:
		seen[i] = value
		depth := len(d.path)
		d.push(fields[i].name)
		if d.inside && !blank(target(value)) {
			d.keepPlace(value)
		}
		d.value(value, v.Field(fields[i].index), fields[i])
		d.path = d.path[:depth]
	}
}

// pairs calls do for each key of a mapping, and last for those that a merge
// (<<) brings. A key that stands twice is a problem.
func (d *decoder) pairs(m *yaml.Node, do func(key, value *yaml.Node)) {
	var merged []*yaml.Node
	earlier := keys(m)
	for i := 0; i+1 < len(m.Content); i += 2 {
		key, value := m.Content[i], m.Content[i+1]
		switch first := earlier(i); {
		case key.Tag == "!!merge":
			merged = append(merged, value)
		case target(key).Kind != yaml.ScalarNode:
			d.at(key, d.who()+"has a key that is no word", "write a word before the colon; a text that begins with { or [ needs quotes")
		case first != nil:
			d.at(key, d.subject()+fmt.Sprintf("key %q stands twice, first in line %d", key.Value, first.Line), "keep one of them")
		default:
			do(target(key), value)
		}
	}
	for _, value := range merged {
		d.merge(value, do)
	}
}

// keys returns a function that finds the key before the i-th node of a mapping
// that is the same.
func keys(m *yaml.Node) func(i int) *yaml.Node {
	const few = 64 // searching them is faster than an index
	if len(m.Content) <= few {
		return func(i int) *yaml.Node {
			for j := 0; j < i; j += 2 {
				if m.Content[j].Value == m.Content[i].Value && m.Content[j].Kind == m.Content[i].Kind {
					return m.Content[j]
				}
			}
			return nil
		}
	}
	seen := make(map[string]*yaml.Node, len(m.Content)/2)
	return func(i int) *yaml.Node {
		key := m.Content[i]
		first := seen[key.Value]
		if first == nil {
			seen[key.Value] = key
		}
		return first
	}
}

func (d *decoder) merge(value *yaml.Node, do func(key, value *yaml.Node)) {
	from := target(value)
	switch from.Kind {
	case yaml.MappingNode:
		d.pairs(from, do)
	case yaml.SequenceNode:
		for _, item := range from.Content {
			d.merge(item, do)
		}
	default:
		d.at(value, d.subject()+"<< is followed by "+strings.TrimPrefix(isA(from), "is "), "write an alias of a mapping behind <<, such as <<: *name")
	}
}

// entries decodes a mapping into a slice of structs with a key and a value. A
// key with nothing after it is no key.
func (d *decoder) entries(n *yaml.Node, v reflect.Value) {
	m := target(n)
	if m.Kind != yaml.MappingNode {
		d.at(n, d.isA(n)+", want keys and values", "write them as key: value, one a line")
		return
	}
	v.Set(reflect.MakeSlice(v.Type(), 0, len(m.Content)/2))
	seen := map[string]bool{}
	d.pairs(m, func(key, value *yaml.Node) {
		if seen[key.Value] {
			return // a key of the mapping itself beats one that a merge brings
		}
		seen[key.Value] = true
		if !blank(target(value)) {
			v.Set(reflect.Append(v, d.entry(key, value, v.Type().Elem())))
		}
	})
}

func (d *decoder) entry(key, value *yaml.Node, t reflect.Type) reflect.Value {
	item := reflect.New(t).Elem()
	if p := item.FieldByName("Place"); p.IsValid() {
		p.Set(reflect.ValueOf(d.place(value)))
	}
	depth := len(d.path)
	d.push(key.Value)
	for _, f := range d.types.of(t) {
		node := value
		if f.key {
			node = key
		}
		d.value(node, item.Field(f.index), f)
	}
	d.path = d.path[:depth]
	return item
}

// list decodes a sequence.
func (d *decoder) list(n *yaml.Node, v reflect.Value, f field) {
	s := target(n)
	if s.Kind == yaml.ScalarNode && f.as == "names" {
		s = &yaml.Node{Kind: yaml.SequenceNode, Content: []*yaml.Node{n}}
	}
	if s.Kind != yaml.SequenceNode {
		d.at(n, d.isA(n)+", want a list such as [a, b]", "put it in brackets, or each item on a line of its own after a hyphen")
		d.broken = d.broken || f.things != ""
		return
	}
	v.Set(reflect.MakeSlice(v.Type(), len(s.Content), len(s.Content)))
	for i, c := range s.Content {
		if blank(target(c)) {
			d.at(c, d.subject()+"has an empty item", "delete the hyphen, or write something behind it")
			continue
		}
		if f.things != "" {
			d.thing(c, v.Index(i), f)
			continue
		}
		depth := len(d.path)
		d.path = append(strconv.AppendInt(append(d.path, '['), int64(i), 10), ']')
		if d.items {
			d.keepPlace(c)
		}
		d.value(c, v.Index(i), f)
		d.path = d.path[:depth]
	}
}

// file decodes a whole file, and keeps where its fields stand as those of a
// thing of its own.
func (d *decoder) file(root *yaml.Node, v reflect.Value, kind, id string) {
	d.inside, d.items = true, true
	d.value(root, v, field{})
	d.things[placeKey{kind, id}] = d.fields
}

func (d *decoder) keepPlace(n *yaml.Node) {
	d.fields = append(d.fields, fieldPlace{d.intern(), d.inFile, int32(n.Line), int32(n.Column)})
}

// thing decodes a system, entity, role or flow, keeps where its fields stand,
// and puts its name before its problems. One whose id stands in the file
// already is reported and loses its id.
func (d *decoder) thing(n *yaml.Node, v reflect.Value, f field) {
	problems, refs, path := len(d.problems), len(d.refs), d.path
	first, inside := len(d.fields), d.inside
	d.inside, d.path, d.items = true, nil, false
	d.value(n, v, field{})
	mine := slices.Clone(d.fields[first:])
	d.fields, d.inside, d.path, d.items = d.fields[:first], inside, path, true
	id := reflect.Value{}
	if v.Kind() == reflect.Struct {
		id = v.FieldByName("ID")
	}
	label := f.things
	if id.IsValid() && id.String() != "" {
		label = fmt.Sprintf("%s %q", f.things, id.String())
	}
	for i := problems; i < len(d.problems); i++ {
		d.problems[i].Message = label + ": " + d.problems[i].Message
	}
	for i := refs; i < len(d.refs); i++ {
		d.refs[i].thing = label
	}
	if label == f.things {
		return
	}
	key := placeKey{f.things, id.String()}
	if _, taken := d.things[key]; taken {
		line, column := n.Line, n.Column
		if i := slices.IndexFunc(mine, func(p fieldPlace) bool { return p.field.Value() == "id" }); i >= 0 && n.Kind != yaml.AliasNode {
			line, column = int(mine[i].line), int(mine[i].column)
		}
		d.report(line, column, label+" stands twice in this file", "say all about it in one place, or give the other one its own id")
		id.SetString("")
		return
	}
	d.things[key] = mine
}

func (d *decoder) push(name string) {
	if len(d.path) > 0 {
		d.path = append(d.path, '.')
	}
	d.path = append(d.path, name...)
}

// intern returns the path at hand as a string that is kept once for all.
func (d *decoder) intern() unique.Handle[string] {
	if s, ok := d.known[string(d.path)]; ok {
		return s
	}
	s := unique.Make(string(d.path))
	d.known[s.Value()] = s
	return s
}

func (d *decoder) place(n *yaml.Node) Place {
	return Place{File: d.name, Line: int32(n.Line), Column: int32(n.Column)}
}

// subject is the path of the value at hand, for the beginning of a message.
func (d *decoder) subject() string {
	if len(d.path) == 0 {
		return ""
	}
	return string(d.path) + " "
}

// isA begins a message about a value of the wrong kind.
func (d *decoder) isA(n *yaml.Node) string {
	return d.who() + isA(target(n))
}

// who is the subject, or the file where there is none. In a list of things,
// the name of the thing will be put before the message.
func (d *decoder) who() string {
	if inThing := d.inside && !d.items; len(d.path) == 0 && !inThing {
		return "the file "
	}
	return d.subject()
}

func isA(n *yaml.Node) string {
	switch n.Kind {
	case yaml.MappingNode:
		return "is a mapping"
	case yaml.SequenceNode:
		return "is a list"
	case yaml.ScalarNode:
		return fmt.Sprintf("is %q", n.Value)
	case yaml.DocumentNode, yaml.AliasNode, yaml.StreamNode:
		return "is no value"
	}
	return "is no value"
}

func names(fields []field) []string {
	all := make([]string, len(fields))
	for i, f := range fields {
		all[i] = f.name
	}
	return all
}
