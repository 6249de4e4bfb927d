package audit

import (
	"bytes"
	"fmt"
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"
)

// SetField returns the change that gives a field of a thing its value, in the
// file that states it: that of the interview at hand (at, a file's name, or "")
// if it does, else the one that decides it; what nobody states goes to the
// interview at hand, else to flowmap.yaml. Kind, id and field are those of
// Place: SetField("flow", "web-orders", "needs.latency", Text("daily"), "").
// Error points may be named: errors[id=wrong-sku].rate.
//
// A second statement beside another file's is no edit: an interview makes that
// with Set in its own file.
func (w Workspace) SetField(kind, id, field string, v Value, at string) (FileChange, error) {
	return w.setField(kind, id, field, v, func(path Path) string { return w.statedIn(kind, id, field, path, at) })
}

// SettleField is SetField into flowmap.yaml, which counts before what interviews
// say: where several people's answers are pooled, no one of them is the number.
func (w Workspace) SettleField(kind, id, field string, v Value) (FileChange, error) {
	return w.setField(kind, id, field, v, func(Path) string { return w.auditFile() })
}

func (w Workspace) setField(kind, id, field string, v Value, file func(Path) string) (FileChange, error) {
	steps, ok := parseSteps(field)
	if !ok {
		return FileChange{}, &EditError{Path{field}, "this is no field, which is written as needs.latency or errors[id=wrong-sku].rate"}
	}
	thing, only := thingPath(kind, id)
	if thing == nil {
		return FileChange{}, &EditError{Path{kind, id}, "nothing has fields but a workspace, role, system, entity, flow, interview, scenario and actual"}
	}
	if only == "" && kind != "workspace" && !w.defined(kind, id) {
		return FileChange{}, &EditError{Path{plural(kind), id}, fmt.Sprintf("there is no %s %q; %s", kind, id, meant(id, w.ids(kind), plural(kind)))}
	}
	path := append(slices.Clone(thing), steps...)
	name := only
	if kind == "workspace" {
		name = w.auditFile()
	}
	if name == "" {
		name = file(path)
	}
	text, _ := w.File(name)
	e, err := newEditor(text)
	if err != nil {
		return FileChange{}, err
	}
	return FileChange{Name: name, Changes: bareVolume(e.root, path, v)}, nil
}

// parseSteps reads a field such as errors[id=wrong-sku].rate.
func parseSteps(field string) (steps Path, ok bool) {
	for field != "" {
		step, rest := field, ""
		if strings.HasPrefix(field, "[") {
			end := strings.IndexByte(field, ']') + 1
			step, rest = field[:end], strings.TrimPrefix(field[end:], ".")
		} else if end := strings.IndexAny(field, ".["); end >= 0 {
			step, rest = field[:end], strings.TrimPrefix(field[end:], ".")
		}
		if step == "" {
			return nil, false
		}
		steps, field = append(steps, step), rest
	}
	return steps, len(steps) > 0
}

// thingPath leads to a thing in a file; only is the file that it stands in.
func thingPath(kind, id string) (path Path, only string) {
	switch kind {
	case "role", "system", "entity", "flow":
		return Path{plural(kind), "[id=" + id + "]"}, ""
	case "workspace":
		return Path{}, ""
	case "interview":
		return Path{"interview"}, id
	case "scenario", "actual":
		return Path{}, id
	}
	return nil, ""
}

// auditFile is the name of flowmap.yaml, which comes first.
func (w Workspace) auditFile() string {
	if len(w.files) == 0 {
		return auditName
	}
	return w.files[0].Name
}

// statedIn is the file that a new value of a field goes to.
func (w Workspace) statedIn(kind, id, field string, path Path, at string) string {
	names := []string{at, w.Place(kind, id, field).File, w.auditFile()}
	for _, f := range w.files {
		names = append(names, f.Name)
	}
	for _, name := range once(names) {
		text, ok := w.File(name)
		if !ok || !bytes.Contains(text, []byte(id)) {
			continue
		}
		if e, err := newEditor(text); err == nil && states(e.root, path) {
			return name
		}
	}
	if at != "" {
		return at
	}
	return w.auditFile()
}

// states tells whether a file gives a value at a path.
func states(root *yaml.Node, path Path) bool {
	n := lookup(root, path)
	if n == nil && path[len(path)-1] == "records" {
		n = lookup(root, path[:len(path)-1]) // volume: 800/month
	}
	return n != nil && !blank(n) && (n.Kind == yaml.ScalarNode || len(n.Content) > 0 || n.Kind == yaml.SequenceNode)
}

// bareVolume sets a value; where it goes beside volume: 800/month, that
// becomes {records: 800/month} first.
func bareVolume(root *yaml.Node, path Path, v Value) []Change {
	last := len(path) - 1
	if last > 0 && path[last-1] == "volume" {
		volume := path[:last]
		n := lookup(root, volume)
		if n != nil && !blank(n) && n.Kind != yaml.MappingNode {
			if path[last] == "records" {
				return []Change{Set(volume, v)}
			}
			return []Change{Set(volume, Fields(Field{"records", valueOf(n)}, Field{path[last], v}))}
		}
	}
	return []Change{Set(path, v)}
}
