package audit

import "reflect"

// rewrite calls change for v and for all that it holds, deepest last, until
// change says that it has dealt with a value whole. Lists on the way are new
// ones, so that a workspace they came from stays as it was.
func rewrite(v reflect.Value, f field, change func(v reflect.Value, f field) (whole bool)) {
	if change(v, f) {
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
			rewrite(v.Index(i), f, change)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if t := v.Type().Field(i); t.IsExported() {
				rewrite(v.Field(i), field{as: t.Tag.Get("as")}, change)
			}
		}
	}
}
