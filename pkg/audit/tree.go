package audit

import (
	"strconv"
	"strings"

	"go.yaml.in/yaml/v4"
)

// equal tells whether two trees say the same, with their aliases written out.
// How a text is quoted does not matter.
func equal(a, b *yaml.Node) bool {
	if a == nil || b == nil {
		return a == b
	}
	a, b = target(a), target(b)
	if a.Kind != b.Kind || len(a.Content) != len(b.Content) {
		return false
	}
	if a.Kind == yaml.ScalarNode {
		return blank(a) && blank(b) || blank(a) == blank(b) && a.Value == b.Value && isMerge(a) == isMerge(b)
	}
	for i := range a.Content {
		if !equal(a.Content[i], b.Content[i]) {
			return false
		}
	}
	return true
}

func isMerge(n *yaml.Node) bool { return n.Tag == "!!merge" }

func hasMerge(n *yaml.Node) bool {
	for i := 0; i < len(n.Content); i += 2 {
		if isMerge(n.Content[i]) {
			return true
		}
	}
	return false
}

// tree makes the nodes of a value.
func (v Value) tree() *yaml.Node {
	n := &yaml.Node{}
	switch v.kind {
	case nothing:
		n.Kind, n.Tag = yaml.ScalarNode, "!!null"
	case aText:
		n.Kind, n.Tag, n.Value, n.Style = yaml.ScalarNode, "!!str", v.text, yaml.DoubleQuotedStyle
	case aList:
		n.Kind = yaml.SequenceNode
		for _, item := range v.items {
			n.Content = append(n.Content, item.tree())
		}
	case aMapping:
		n.Kind = yaml.MappingNode
		for _, f := range v.fields {
			n.Content = append(n.Content, Text(f.Key).tree(), f.Value.tree())
		}
	}
	return n
}

// valueOf is what a node says, with aliases and merges written out.
func valueOf(n *yaml.Node) Value {
	n = target(n)
	switch {
	case blank(n):
		return Value{kind: nothing}
	case n.Kind == yaml.SequenceNode:
		v := Value{kind: aList}
		for _, item := range n.Content {
			v.items = append(v.items, valueOf(item))
		}
		return v
	case n.Kind == yaml.MappingNode:
		v := Value{kind: aMapping}
		for _, s := range pairsOf(n) {
			v.fields = append(v.fields, Field{target(s.in.Content[s.i-1]).Value, valueOf(s.node())})
		}
		return v
	}
	return Text(n.Value)
}

// hasPlainKeys tells whether all keys that a node holds are texts, and none
// stands twice: a Value has no others.
func hasPlainKeys(n *yaml.Node) bool {
	n = target(n)
	seen := map[string]bool{}
	for i, c := range n.Content {
		if n.Kind != yaml.MappingNode || i%2 == 1 {
			if !hasPlainKeys(c) {
				return false
			}
			continue
		}
		key := target(c)
		if key.Kind != yaml.ScalarNode || blank(key) || seen[key.Value] {
			return false
		}
		seen[key.Value] = true
	}
	return true
}

// pairsOf lists the values of a mapping, then those that merges bring, without
// those whose key came before.
func pairsOf(m *yaml.Node) []spot {
	var own []spot
	seen := map[string]bool{}
	gather(m, 0, func(s spot) {
		if key := target(s.in.Content[s.i-1]).Value; !seen[key] {
			seen[key] = true
			own = append(own, s)
		}
	})
	return own
}

func gather(m *yaml.Node, depth int, add func(spot)) {
	var merged []*yaml.Node
	for i := 1; i < len(m.Content); i += 2 {
		if isMerge(m.Content[i-1]) {
			merged = append(merged, target(m.Content[i]))
			continue
		}
		add(spot{m, i})
	}
	for _, from := range merged {
		gatherMerged(from, depth, add)
	}
}

func gatherMerged(from *yaml.Node, depth int, add func(spot)) {
	if depth > maxDepth {
		return // the loader refuses such a file
	}
	switch from.Kind {
	case yaml.MappingNode:
		gather(from, depth+1, add)
	case yaml.SequenceNode:
		for _, item := range from.Content {
			gatherMerged(target(item), depth+1, add)
		}
	case yaml.ScalarNode, yaml.AliasNode, yaml.DocumentNode, yaml.StreamNode:
	}
}

// selector reads a step into a list: [id=web-orders], [=Maria] or [2].
func selector(step string) (key, text string, index int, ok bool) {
	inner, ok := strings.CutPrefix(step, "[")
	if ok {
		inner, ok = strings.CutSuffix(inner, "]")
	}
	if !ok {
		return "", "", -1, false
	}
	if key, text, ok = strings.Cut(inner, "="); ok {
		return key, text, -1, true
	}
	index, err := strconv.Atoi(inner)
	return "", "", index, err == nil && index >= 0
}

// child is the position of a step's value in a node's own content, or -1.
func child(n *yaml.Node, step string) int {
	switch n.Kind {
	case yaml.MappingNode:
		for i := 1; i < len(n.Content); i += 2 {
			if key := target(n.Content[i-1]); key.Kind == yaml.ScalarNode && key.Value == step {
				return i
			}
		}
	case yaml.SequenceNode:
		key, text, index, ok := selector(step)
		if ok && index >= 0 && index < len(n.Content) {
			return index
		}
		for i, item := range n.Content {
			if ok && index < 0 && selected(target(item), key, text) {
				return i
			}
		}
	case yaml.ScalarNode, yaml.AliasNode, yaml.DocumentNode, yaml.StreamNode:
	}
	return -1
}

func selected(item *yaml.Node, key, text string) bool {
	if key != "" {
		item = merged(item, key)
	}
	return item != nil && item.Kind == yaml.ScalarNode && !blank(item) && strings.TrimSpace(item.Value) == text
}

// merged is the value of a key that a mapping has or a merge brings, or nil.
func merged(n *yaml.Node, key string) *yaml.Node {
	if n.Kind != yaml.MappingNode {
		return nil
	}
	if i := child(n, key); i >= 0 {
		return target(n.Content[i])
	}
	for _, s := range pairsOf(n) {
		if target(s.in.Content[s.i-1]).Value == key {
			return target(s.node())
		}
	}
	return nil
}

// lookup follows a path through aliases and merges; nil is nothing there.
func lookup(n *yaml.Node, path Path) *yaml.Node {
	for _, step := range path {
		if n == nil {
			return nil
		}
		n = target(n)
		if n.Kind == yaml.MappingNode {
			n = merged(n, step)
		} else if i := child(n, step); i >= 0 {
			n = n.Content[i]
		} else {
			return nil
		}
	}
	if n == nil {
		return nil
	}
	return target(n)
}
