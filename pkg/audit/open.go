package audit

import (
	"reflect"
	"slices"
	"strings"
)

// OpenPoint is something about a flow that nobody has stated and that its
// figures need: effort, volume, entity, errors, errors.wrong-sku.rate, or any
// field that an interview asked for without an answer.
type OpenPoint struct{ Flow, Field string }

// OpenPoints lists what is still to be asked, in the order of the flows. A
// flow that people carry needs its hours, its entity, its error points with
// their rates and what each costs in time or in money, and a volume where there
// are hours or an error point is a share of the records.
func (w Workspace) OpenPoints() []OpenPoint {
	unknown := map[string][]string{}
	for _, i := range w.Interviews {
		for _, n := range i.NotKnown {
			flow, field, _ := strings.Cut(n, ".")
			unknown[flow] = append(unknown[flow], field)
		}
	}
	var points []OpenPoint
	for _, f := range w.Flows {
		fields := f.missing()
		for _, field := range unknown[f.ID] {
			if !f.states(field) {
				fields = append(fields, field)
			}
		}
		for _, field := range once(fields) {
			points = append(points, OpenPoint{f.ID, field})
		}
	}
	return points
}

// missing lists what the figures of a flow need and nobody has stated.
func (f Flow) missing() []string {
	if !f.ByHand() {
		return nil
	}
	var fields []string
	for _, name := range []string{"effort", "volume", "entity", "errors"} {
		needed := name != "volume" || f.states("effort") || f.hasShares()
		if needed && !f.states(name) {
			fields = append(fields, name)
		}
	}
	for _, p := range f.Errors {
		if !p.Rates.Stated() {
			fields = append(fields, "errors."+label(p.ID, p.What)+".rate")
		}
		if !p.Minutes.Stated() && !p.Costs.Stated() {
			fields = append(fields, "errors."+label(p.ID, p.What)+".minutes_to_fix")
		}
	}
	return fields
}

// hasShares tells whether an error point is a share of the records.
func (f Flow) hasShares() bool {
	return slices.ContainsFunc(f.Errors, func(p ErrorPoint) bool {
		return slices.ContainsFunc(p.Rates, func(e Estimate) bool { return e.Unit == Share })
	})
}

// states tells whether anybody has stated a field, such as volume or
// needs.latency.
func (f Flow) states(path string) bool {
	name, rest, _ := strings.Cut(path, ".")
	switch name {
	case "entity":
		return f.Entity != ""
	case "effort":
		return slices.ContainsFunc(f.Efforts, Effort.Stated)
	case "volume":
		return f.Volume.Records.Stated() || slices.ContainsFunc(f.Efforts, func(e Effort) bool { return e.Runs.Stated() })
	case "errors":
		return f.statesPoint(rest)
	}
	return statesPath(reflect.ValueOf(f), path)
}

// statesPoint tells whether error points were asked for, or, of a path such as
// wrong-sku.rate, whether that point states it.
func (f Flow) statesPoint(path string) bool {
	if path == "" {
		return f.Errors != nil
	}
	dot := strings.LastIndex(path, ".")
	i := slices.IndexFunc(f.Errors, func(p ErrorPoint) bool { return label(p.ID, p.What) == path[:max(dot, 0)] })
	if i < 0 {
		return false
	}
	p := f.Errors[i]
	switch field := path[dot+1:]; field {
	case "rate":
		return p.Rates.Stated()
	case "minutes_to_fix":
		return p.Minutes.Stated()
	case "cost":
		return p.Costs.Stated()
	default:
		return statesPath(reflect.ValueOf(p), field)
	}
}

func statesPath(v reflect.Value, path string) bool {
	name, rest, deeper := strings.Cut(path, ".")
	if v.Kind() != reflect.Struct {
		return false
	}
	for _, f := range fieldsOf(v.Type()) {
		switch {
		case f.name != name:
		case deeper:
			return statesPath(v.Field(f.index), rest)
		default:
			return isStated(v.Field(f.index))
		}
	}
	return false
}
