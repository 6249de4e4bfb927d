package audit

import (
	"bytes"
	"encoding/json"
	"reflect"
	"strings"
)

// SchemaFiles lists the kinds of files that Schema describes: flowmap.yaml is
// "workspace"; the others are the files of a folder each.
func SchemaFiles() []string { return []string{"workspace", "interview", "scenario", "actual"} }

// Schema returns the JSON Schema (draft 2020-12) of a kind of file, indented,
// for editors that check and complete YAML; nil if there is no such kind. It is
// made from the types and tags that loading reads, so that the two cannot part.
func Schema(kind string) []byte {
	var t reflect.Type
	switch kind {
	case "workspace":
		t = reflect.TypeFor[auditFile]()
	case "interview":
		t = reflect.TypeFor[interviewFile]()
	case "scenario":
		t = reflect.TypeFor[Scenario]()
	case "actual":
		t = reflect.TypeFor[Actual]()
	default:
		return nil
	}
	b := schemaBuilder{defs: node{}}
	root := b.structure(t)
	root["$schema"] = "https://json-schema.org/draft/2020-12/schema"
	root["title"] = "flowmap " + kind + ", format version " + PlainNumber(FormatVersion)
	root["$defs"] = b.defs
	var out bytes.Buffer
	e := json.NewEncoder(&out) // sorts keys: the same bytes every time
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if e.Encode(root) != nil { // cannot be: a node holds text, numbers and lists
		return nil
	}
	return out.Bytes()
}

// node is one schema.
type node map[string]any

// schemaBuilder names each type of value once, under $defs.
type schemaBuilder struct{ defs node }

func (b schemaBuilder) ref(name string, make func() node) node {
	if _, ok := b.defs[name]; !ok {
		b.defs[name] = node{} // a type that holds itself finds its name taken
		b.defs[name] = make()
	}
	return node{"$ref": "#/$defs/" + name}
}

// structure describes a mapping with known keys.
func (b schemaBuilder) structure(t reflect.Type) node {
	properties, required := node{}, []string{}
	for _, f := range fieldsOf(t) {
		s := b.value(t.Field(f.index).Type, f)
		if f.need {
			required = append(required, f.name)
		} else {
			s = orNull(s)
		}
		if text, ok := fieldDocs[docKey(t, f.name)]; ok {
			s["description"] = text
		}
		properties[f.name] = s
	}
	n := node{"type": "object", "properties": properties, "patternProperties": node{"^x-": node{}}, "additionalProperties": false}
	if len(required) > 0 {
		n["required"] = required
	}
	return n
}

// docKey is the name of a field in fieldDocs: flow.effort, workspace.date.
func docKey(t reflect.Type, field string) string {
	return strings.ToLower(strings.TrimSuffix(strings.Replace(t.Name(), "auditFile", "workspace", 1), "File")) + "." + field
}

// orNull allows a key with nothing after it, which is the same as no key.
func orNull(s node) node { return node{"anyOf": []node{s, {"type": "null"}}} }

// value describes what a field may hold.
func (b schemaBuilder) value(t reflect.Type, f field) node {
	switch {
	case t == estimateType:
		return b.estimate(f)
	case t == amountType:
		return b.amount(f)
	case t.Kind() == reflect.Struct:
		s := b.ref(strings.ToLower(t.Name()), func() node { return b.structure(t) })
		for _, g := range fieldsOf(t) {
			if f.inline != "" && g.name == f.inline {
				i := g.index
				return node{"anyOf": []node{b.value(t.Field(i).Type, g), s}}
			}
		}
		return s
	case t.Kind() == reflect.Slice && f.as == "map":
		return b.entries(t.Elem())
	case t.Kind() == reflect.Slice:
		items := b.value(t.Elem(), field{as: f.as})
		list := node{"type": "array", "items": items}
		if f.as == "month" {
			list["uniqueItems"] = true
		}
		if f.as == "names" {
			return node{"anyOf": []node{items, list}}
		}
		return list
	}
	return b.word(t, f)
}

// entries describes a mapping whose keys are the user's.
func (b schemaBuilder) entries(t reflect.Type) node {
	n := node{"type": "object"}
	for _, f := range fieldsOf(t) {
		s := b.value(t.Field(f.index).Type, f)
		if f.key {
			n["propertyNames"] = s
		} else {
			n["additionalProperties"] = orNull(s)
		}
	}
	return n
}

// estimate describes one value, or three of a kind: of a rate, three in one
// unit.
func (b schemaBuilder) estimate(f field) node {
	name := strings.ReplaceAll(f.as, "|", "-or-")
	switch {
	case f.one:
		return b.single(f.as)
	case f.over != "" || f.most != "":
		item := bounded(f)
		return node{"anyOf": []node{item, three(item)}}
	}
	return b.ref("estimate-"+name, func() node {
		choices := []node{b.single(f.as)}
		for _, kind := range strings.Split(f.as, "|") {
			if kind != "rate" {
				choices = append(choices, three(b.single(kind)))
				continue
			}
			for _, u := range rateUnits {
				choices = append(choices, three(node{"type": "string", "pattern": ratePattern(u.name)}))
			}
		}
		return node{"anyOf": choices}
	})
}

func three(item node) node {
	return node{"type": "array", "items": item, "minItems": 3, "maxItems": 3}
}

func (b schemaBuilder) amount(f field) node {
	if f.as == "version" {
		return node{"enum": []any{FormatVersion, PlainNumber(FormatVersion)}}
	}
	if f.over != "" || f.most != "" {
		return bounded(f)
	}
	return b.single(f.as)
}

// bounded is a number between the bounds of its field.
func bounded(f field) node {
	over, most := f.limits()
	limits := node{"maximum": most}
	if f.over != "" {
		limits["exclusiveMinimum"] = over
	}
	if f.as == "count" {
		limits["multipleOf"] = 1
		return numeric(countPattern, limits)
	}
	return numeric(numberPattern, limits)
}

// The texts of numbers. A point and exactly three digits are refused, unless
// a zero before the point says that it is no thousand.
const (
	numberPattern = `(0(\.[0-9]+)?|[1-9][0-9]*(\.([0-9]{1,2}|[0-9]{4,}))?)`
	countPattern  = `(0|[1-9][0-9]*)(\.(0{1,2}|0{4,}))?`
	sharePattern  = `(0(\.[0-9]+)?|((100(\.(0{1,2}|0{4,}))?)|[1-9][0-9]?(\.([0-9]{1,2}|[0-9]{4,}))?|0(\.[0-9]+)?)[ \xa0]*%)`
	textPattern   = `^[^\x00-\x09\x0b-\x1f\x7f-\x9f]*$`
)

func ratePattern(unit string) string { return "^" + numberPattern + ` */ *` + unit + "$" }

// single describes one number, share or rate.
func (b schemaBuilder) single(as string) node {
	switch as {
	case "share":
		return b.ref("share", func() node { return numeric(sharePattern, node{"exclusiveMaximum": 1}) })
	case "rate":
		return b.ref("rate", func() node { return node{"type": "string", "pattern": ratePattern("(day|week|month|year)")} })
	case "share|rate":
		return node{"anyOf": []node{b.single("share"), b.single("rate")}}
	case "count":
		return b.ref("count", func() node { return numeric(countPattern, node{"multipleOf": 1, "maximum": largest}) })
	case "month":
		return b.ref("month-number", func() node { return numeric(`([1-9]|1[0-2])`, node{"multipleOf": 1, "minimum": 1, "maximum": 12}) })
	}
	return b.ref("number", func() node { return numeric(numberPattern, node{"maximum": largest}) })
}

// numeric is a number, or the text of one.
func numeric(pattern string, limits node) node {
	n := node{"type": "number", "minimum": 0}
	for _, key := range []string{"minimum", "exclusiveMinimum", "maximum", "exclusiveMaximum", "multipleOf"} {
		if limit, ok := limits[key]; ok {
			n[key] = limit
		}
	}
	return node{"anyOf": []node{n, {"type": "string", "pattern": "^" + pattern + "$"}}}
}

// word describes a text, an id, an enumeration, a date or a reference.
func (b schemaBuilder) word(t reflect.Type, f field) node {
	if enum, ok := reflect.Zero(t).Interface().(optioned); ok {
		return enumeration(enum.Options())
	}
	shape, _, _ := strings.Cut(shapeOf(t, f.as), "=")
	switch shape {
	case "month":
		return b.single("month")
	case "id", "ref", "found":
		return b.ref("id", func() node {
			return node{"anyOf": []node{{"type": "string", "pattern": idShape.String()}, {"type": "integer", "minimum": 0}, {"type": "boolean"}}}
		})
	case "date":
		return node{"type": "string", "format": "date", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}
	case "finding":
		return node{"type": "string", "pattern": findingID.String()}
	case "currency":
		return node{"type": "string", "pattern": currency.String()}
	case "colour":
		return node{"type": "string", "pattern": colour.String()}
	case "duration":
		return node{"type": "string", "pattern": duration.String()}
	case "year-month":
		return node{"type": "string", "pattern": yearMonth.String()}
	case "raw":
		return node{"type": []string{"string", "number", "boolean", "array"}}
	case "path":
		return node{"type": "string", "pattern": textPattern, "not": node{"pattern": `^[/\\]|^.:|(^|[/\\])\.\.([/\\]|$)`}}
	}
	return b.ref("text", func() node { return node{"type": []string{"string", "number", "boolean"}, "pattern": textPattern} })
}

// enumeration lists the words of a field. Yes and no may be bare or quoted.
func enumeration(options []string) node {
	words := []any{}
	if options[0] == "true" {
		words = append(words, true, false)
	}
	for _, o := range options {
		words = append(words, o)
	}
	return node{"enum": words}
}
