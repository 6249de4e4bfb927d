package audit

import (
	"bytes"
	"fmt"
	"strings"

	"go.yaml.in/yaml/v4"
)

// trace follows a path through what the file states itself, and says which
// steps are left.
func (e *editor) trace(path Path) (chain []spot, rest Path) {
	n := e.root
	for k, step := range path {
		if n == nil {
			return nil, path
		}
		i := child(n, step)
		if i < 0 {
			return chain, path[k:]
		}
		chain = append(chain, spot{n, i})
		n = n.Content[i]
	}
	return chain, nil
}

// reach follows a path as far as it leads, and writes out on the way what is
// shared with other places, so that a change there changes no other. Inside
// says that the change goes into the value at the path.
func (e *editor) reach(path Path, inside bool) (chain []spot, rest Path, err error) {
	for {
		chain, rest = e.trace(path)
		moved, err := e.unshare(chain, rest, inside)
		if err != nil {
			return nil, nil, e.because(path, err)
		}
		if !moved {
			return chain, rest, nil
		}
	}
}

// unshare writes out the first thing on the way that is shared.
func (e *editor) unshare(chain []spot, rest Path, inside bool) (moved bool, err error) {
	if e.root == nil {
		return false, nil
	}
	n := e.root
	for k := 0; ; k++ {
		last := k == len(chain)
		if last && len(rest) == 0 && !inside {
			return false, nil
		}
		if n.Kind == yaml.AliasNode {
			return true, e.writeOut(chain[:k])
		}
		if e.isShared(n) {
			return true, e.free(n, false)
		}
		if last {
			break
		}
		n = chain[k].node()
	}
	if n.Kind == yaml.MappingNode && (len(rest) > 1 || len(rest) == 1 && inside) {
		return e.ownKey(chain, n, rest[0])
	}
	return false, nil
}

// ownKey gives a mapping a key of its own for what a merge brings, if it does.
func (e *editor) ownKey(chain []spot, n *yaml.Node, key string) (moved bool, err error) {
	value := merged(n, key)
	switch {
	case value == nil || blank(value):
		return false, nil
	case !hasPlainKeys(value):
		return false, errNoWay
	}
	return true, e.insert(chain, entry{key: key, value: valueOf(value)})
}

// extend makes what is missing on a path.
func (e *editor) extend(path Path, chain []spot, rest Path, v Value) error {
	if e.root == nil {
		return e.because(path, e.begun(wrap(rest, v)))
	}
	n := e.root
	if len(chain) > 0 {
		n = chain[len(chain)-1].node()
	}
	switch {
	case n.Kind == yaml.MappingNode:
		return e.because(path, e.insert(chain, entry{key: rest[0], value: wrap(rest[1:], v)}))
	case n.Kind == yaml.SequenceNode:
		if _, _, at, ok := selector(rest[0]); !ok || at >= 0 && at != len(n.Content) {
			return &EditError{path, fmt.Sprintf("there is no item %s", rest[0])}
		}
		return e.because(path, e.insert(chain, entry{value: wrap(rest, v).items[0]}))
	case blank(n) && len(chain) > 0:
		return e.because(path, e.replace(chain, wrap(rest, v)))
	}
	return &EditError{path, fmt.Sprintf("there is no %s, for what holds it %s", rest[0], isA(n))}
}

// wrap makes the lists and mappings on a path around a value.
func wrap(path Path, v Value) Value {
	for i := len(path) - 1; i >= 0; i-- {
		key, text, _, ok := selector(path[i])
		switch {
		case !ok:
			v = Fields(Field{path[i], v})
		case key == "":
			v = List(v)
		default:
			v = List(identified(key, text, v))
		}
	}
	return v
}

// identified puts the key that an item is known by before its other keys.
func identified(key, text string, v Value) Value {
	fields := []Field{{key, Text(text)}}
	for _, f := range v.fields {
		if f.Key != key {
			fields = append(fields, f)
		}
	}
	return Fields(fields...)
}

// begun writes the first value of a file.
func (e *editor) begun(v Value) error {
	nl := "\n"
	if bytes.Contains(e.text, []byte("\r\n")) {
		nl = "\r\n"
	}
	lines := e.hand.write(v, -e.hand.step, false).tail
	text := strings.Join(lines, nl) + nl
	if len(e.text) > 0 && !bytes.HasSuffix(e.text, []byte("\n")) && len(bytes.TrimPrefix(e.text, byteOrderMark)) > 0 {
		text = nl + text
	}
	end := len(e.text)
	return e.try(nil, func() { e.root = v.tree() }, []splice{{end, end, text}})
}

// aliases lists the aliases of the file in their order.
func (e *editor) aliases() []spot {
	if !bytes.ContainsRune(e.text, '*') {
		return nil
	}
	var all []spot
	var walk func(n *yaml.Node)
	walk = func(n *yaml.Node) {
		for i, c := range n.Content {
			if c.Kind == yaml.AliasNode {
				all = append(all, spot{n, i})
			}
			walk(c)
		}
	}
	walk(e.root)
	return all
}

// isShared tells whether an alias repeats a node.
func (e *editor) isShared(n *yaml.Node) bool {
	if n.Anchor == "" {
		return false
	}
	for _, s := range e.aliases() {
		if s.node().Alias == n {
			return true
		}
	}
	return false
}

// free gives what is shared with other places a home at the first of them: the
// node itself, or, if it is to go whole, all that it holds.
func (e *editor) free(n *yaml.Node, whole bool) error {
	for {
		aliases := e.aliases()
		if len(aliases) == 0 {
			return nil
		}
		held := map[*yaml.Node]bool{n: true}
		if whole {
			hold(n, held)
		}
		moved := false
		for _, s := range aliases {
			if home := s.node().Alias; held[home] && !held[s.node()] {
				path := e.pathTo(n)
				if err := e.move(home, s); err != nil {
					return err
				}
				if n = lookupOwn(e.root, path); n == nil {
					return errNoWay
				}
				moved = true
				break
			}
		}
		if !moved {
			return nil
		}
	}
}

func hold(n *yaml.Node, held map[*yaml.Node]bool) {
	for _, c := range n.Content {
		held[c] = true
		hold(c, held)
	}
}

// pathTo gives the positions that lead from the root to a node.
func (e *editor) pathTo(n *yaml.Node) []int {
	var find func(from *yaml.Node) []int
	find = func(from *yaml.Node) []int {
		if from == n {
			return []int{}
		}
		for i, c := range from.Content {
			if path := find(c); path != nil {
				return append([]int{i}, path...)
			}
		}
		return nil
	}
	return find(e.root)
}

func lookupOwn(n *yaml.Node, path []int) *yaml.Node {
	for _, i := range path {
		if i >= len(n.Content) {
			return nil
		}
		n = n.Content[i]
	}
	return n
}

// move writes a node with its anchor at the place of an alias of it. The
// file says the same as before.
func (e *editor) move(n *yaml.Node, to spot) error {
	if !hasPlainKeys(n) {
		return errNoWay
	}
	at := e.slot(to)
	w := e.write(valueOf(n), to, at)
	if w.head != "" && to.in.Kind == yaml.SequenceNode && len(w.tail) > 0 {
		w = written{head: flowValue(valueOf(n), false)}
	}
	if valueOf(n).kind == nothing {
		w.head = ""
	}
	flat := written{head: strings.TrimSpace("&" + n.Anchor + " " + flowValue(valueOf(n), to.inFlow()))}
	w.head = strings.TrimSpace("&" + n.Anchor + " " + w.head)
	start := e.begin(n)
	if !e.is(start, "&") {
		start = e.gap(start + 1 + bytes.IndexByte(e.text[start:], ' '))
	}
	end := e.blanks(start + 1 + len(n.Anchor))
	if e.is(end, "\r\n") || end == len(e.text) {
		for end = start + 1 + len(n.Anchor); start > 0 && e.is(start-1, " \t"); start-- {
		}
	}
	nl := e.lineBreak(at.body)
	loose := splice{start, end, ""}
	mean := func() { to.in.Content[to.i] = valueOf(n).tree() }
	return e.try(nil, mean, append(at.put(w, nl), loose), append(at.put(flat, nl), loose))
}

// writeOut puts what an alias repeats in the alias's place.
func (e *editor) writeOut(chain []spot) error {
	s := chain[len(chain)-1]
	if !hasPlainKeys(s.node()) {
		return errNoWay
	}
	v := valueOf(s.node())
	at := e.slot(s)
	nl := e.lineBreak(at.body)
	return e.try(chain, func() { s.in.Content[s.i] = v.tree() },
		at.put(e.write(v, s, at), nl), at.put(written{head: flowValue(v, s.inFlow())}, nl))
}

// unmerge takes away a key that a merge brings: the others that it brings are
// written out, and the merge goes.
func (e *editor) unmerge(path Path) error {
	holder, key := path[:len(path)-1], path[len(path)-1]
	chain, rest, err := e.reach(holder, true)
	if err != nil || len(rest) > 0 {
		return e.because(path, errNoWay)
	}
	m := e.root
	if len(chain) > 0 {
		m = chain[len(chain)-1].node()
	}
	if !hasPlainKeys(m) {
		return e.because(path, errNoWay)
	}
	var changes []Change
	for _, f := range valueOf(m).fields {
		if child(m, f.Key) < 0 && f.Key != key {
			changes = append(changes, Set(holder.with(f.Key), f.Value))
		}
	}
	merges := 0
	for i := 0; i < len(m.Content); i += 2 {
		if isMerge(m.Content[i]) {
			merges++
		}
	}
	for range merges {
		changes = append(changes, Remove(holder.with("<<")))
	}
	for _, c := range changes {
		if err := e.copyInto(c); err != nil {
			return err
		}
	}
	return nil
}

// copyInto makes a change even where a merge says the same already.
func (e *editor) copyInto(c Change) error {
	if c.kind != toSet {
		return e.apply(c)
	}
	chain, rest, err := e.reach(c.path[:len(c.path)-1], true)
	if err != nil || len(rest) > 0 {
		return e.because(c.path, errNoWay)
	}
	return e.because(c.path, e.insert(chain, entry{key: c.path[len(c.path)-1], value: c.value}))
}
