package diff

import (
	"fmt"
	"reflect"
	"strconv"
	"strings"

	"github.com/flowmap-dev/flowmap/pkg/audit"
)

// text writes what was stated as a workspace would, on one line; what was not
// stated is empty.
func text(v reflect.Value) string {
	switch x := v.Interface().(type) {
	case audit.Estimate:
		return x.String()
	case audit.Amount:
		if !x.Stated {
			return ""
		}
		return audit.PlainNumber(x.Value)
	case audit.Pool:
		return pool(x)
	case audit.Place, audit.Remark:
		return ""
	}
	switch v.Kind() {
	case reflect.String:
		return v.String()
	case reflect.Slice:
		var items []string
		for i := range v.Len() {
			items = append(items, text(v.Index(i)))
		}
		if v.IsNil() {
			return ""
		}
		return "[" + strings.Join(items, ", ") + "]"
	case reflect.Struct:
		return fieldsText(v)
	case reflect.Int:
		return strconv.FormatInt(v.Int(), 10)
	}
	return fmt.Sprint(v.Interface())
}

// fieldsText is a struct as key: value, without what is not stated.
func fieldsText(v reflect.Value) string {
	var parts []string
	for i := range v.NumField() {
		name := key(v.Type().Field(i))
		if name == "" && !strings.HasPrefix(v.Type().Field(i).Tag.Get("yaml"), ",") {
			continue
		}
		if s := text(v.Field(i)); s != "" {
			parts = append(parts, strings.TrimPrefix(name+": ", ": ")+s)
		}
	}
	return strings.Join(parts, ", ")
}

// key is what a field is called in a file; empty for what no file states.
func key(f reflect.StructField) string {
	name, _, _ := strings.Cut(f.Tag.Get("yaml"), ",")
	if name == "-" || !f.IsExported() {
		return ""
	}
	return name
}

func pool(p audit.Pool) string {
	var all []string
	for _, e := range p {
		all = append(all, e.String())
	}
	return strings.Join(all, " | ")
}

// effort is one statement about hours, without what goes without saying.
func effort(e audit.Effort) string {
	if e.Whose == audit.All {
		e.Whose = ""
	}
	return fieldsText(reflect.ValueOf(e))
}

// efforts are all statements that count.
func efforts(all []audit.Effort) string {
	var parts []string
	for _, e := range all {
		parts = append(parts, effort(e))
	}
	return strings.Join(parts, " | ")
}

// point is an error point, with what all that count say of it.
func point(p audit.ErrorPoint) string {
	var parts []string
	for _, x := range []struct {
		name  string
		value string
	}{{"rate", pool(p.Rates)}, {"minutes_to_fix", pool(p.Minutes)}, {"cost", pool(p.Costs)}} {
		if x.value != "" {
			parts = append(parts, x.name+": "+x.value)
		}
	}
	return strings.Join(parts, ", ")
}
