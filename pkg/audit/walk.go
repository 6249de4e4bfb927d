package audit

import "reflect"

// rewrite calls change for v and for all that it holds, deepest last, until
// change says that it has dealt with a value whole. Lists on the way are new
// ones, so that a workspace they came from stays as it was.
func rewrite(v reflect.Value, change func(v reflect.Value, f field) (whole bool)) {
	walker{change: change, types: map[reflect.Type][]field{}}.walk(v, field{})
}

type walker struct {
	change func(v reflect.Value, f field) (whole bool)
	types  map[reflect.Type][]field // the exported fields, with tags or without
}

func (w walker) walk(v reflect.Value, f field) {
	if w.change(v, f) {
		return
	}
	switch v.Kind() {
	case reflect.Slice:
		if v.Len() == 0 {
			return
		}
		fresh := reflect.MakeSlice(v.Type(), v.Len(), v.Len())
		reflect.Copy(fresh, v)
		v.Set(fresh)
		for i := range v.Len() {
			w.walk(v.Index(i), f)
		}
	case reflect.Struct:
		for _, g := range w.fields(v.Type()) {
			w.walk(v.Field(g.index), g)
		}
	}
}

// fields are those that a change may be about: numbers are part of amounts.
func (w walker) fields(t reflect.Type) []field {
	fields, ok := w.types[t]
	if ok {
		return fields
	}
	for i := range t.NumField() {
		switch f := t.Field(i); f.Type.Kind() {
		case reflect.String, reflect.Slice, reflect.Struct:
			if f.IsExported() {
				fields = append(fields, field{index: i, as: f.Tag.Get("as")})
			}
		}
	}
	w.types[t] = fields
	return fields
}
