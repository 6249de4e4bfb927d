package diff

import (
	"cmp"
	"reflect"
	"slices"

	"github.com/flowmap-dev/flowmap/pkg/audit"
)

// change is an input and how it is made, on a flow or on the audit around it.
type change struct {
	Input
	flow  func(*audit.Flow)
	world func(*world)
}

// status tells whether something came, went or changed, by its two texts.
func status(old, text string) Status {
	switch {
	case old == "":
		return Came
	case text == "":
		return Went
	}
	return Changed
}

// quiet are fields of a flow that no figure follows.
var quiet = []string{"id", "name", "department", "people", "owner", "absence", "alert", "fallback", "tags", "notes", "after", "overlaps"}

// flowChanges lists what is said otherwise of a flow, each with what makes the
// earlier flow say it. Those that no figure follows make nothing.
func flowChanges(before, after audit.Workspace, b, a audit.Flow) []change {
	var all []change
	add := func(field, old, text string, place []audit.Place, make func(*audit.Flow)) {
		if old != text {
			all = append(all, change{Input: Input{Flow, a.ID, field, status(old, text), old, text, place}, flow: make})
		}
	}
	from, to := reflect.ValueOf(b), reflect.ValueOf(a)
	for i := range to.NumField() {
		field := key(to.Type().Field(i))
		place := func(path string) []audit.Place { return stated(before, after, "flow", a.ID, path) }
		set := func(f *audit.Flow) { reflect.ValueOf(f).Elem().Field(i).Set(to.Field(i)) }
		switch {
		case field == "":
		case field == "effort":
			all = append(all, effortChanges(b, a)...)
		case field == "errors":
			all = append(all, errorChanges(b, a)...)
		case field == "needs", field == "solution" && b.Solution.Platform == a.Solution.Platform && b.Solution.Tier == a.Solution.Tier:
			for j := range to.Field(i).NumField() {
				sub := key(to.Field(i).Type().Field(j))
				path := field + "." + sub
				add(path, text(from.Field(i).Field(j)), text(to.Field(i).Field(j)), place(path), func(f *audit.Flow) {
					reflect.ValueOf(f).Elem().Field(i).Field(j).Set(to.Field(i).Field(j))
				})
			}
		case slices.Contains(quiet, field):
			add(field, text(from.Field(i)), text(to.Field(i)), place(field), nil)
		default:
			add(field, text(from.Field(i)), text(to.Field(i)), place(field), set)
		}
	}
	return all
}

// stated is where the later audit states a field, else where the earlier one
// did.
func stated(before, after audit.Workspace, kind, id, field string) []audit.Place {
	thing := ""
	for _, w := range []audit.Workspace{after, before} {
		// Place gives the thing's own place for what it does not state.
		if at := w.Place(kind, id, field); !at.IsZero() && (field == "" || at != w.Place(kind, id, thing)) {
			return []audit.Place{at}
		}
	}
	return nil
}

// effortChanges are the statements about hours that differ: file by file, or all
// as one where flowmap.yaml has settled them or they are no longer alike.
func effortChanges(b, a audit.Flow) []change {
	old, text := efforts(b.Efforts), efforts(a.Efforts)
	if old == text {
		return nil
	}
	files, apart := byFile(b.Efforts, a.Efforts)
	if !apart {
		said := a.Efforts
		if len(said) == 0 {
			said = b.Efforts
		}
		var places []audit.Place
		for _, e := range said {
			places = append(places, e.Place)
		}
		return []change{{Input: Input{Flow, a.ID, "effort", status(old, text), old, text, places}, flow: func(f *audit.Flow) {
			f.Effort, f.Efforts, f.Evidence = a.Effort, a.Efforts, a.Evidence
		}}}
	}
	var all []change
	for _, name := range files {
		x, y := said(b.Efforts, name), said(a.Efforts, name)
		if effort(x) == effort(y) {
			continue
		}
		at := y.Place
		if at.IsZero() {
			at = x.Place
		}
		all = append(all, change{Input: Input{Flow, a.ID, "effort", status(effort(x), effort(y)), effort(x), effort(y), []audit.Place{at}}, flow: func(f *audit.Flow) {
			f.Efforts = replaced(f.Efforts, files, name, y)
			f.Effort = audit.Effort{}
			if len(f.Efforts) > 0 {
				f.Effort = f.Efforts[0]
			}
		}})
	}
	return all
}

// byFile names the files that state hours, those of the later audit in their
// order, and tells whether each may change by itself: all speak of the same
// people's hours, and none settles the matter for the others.
func byFile(before, after []audit.Effort) (files []string, apart bool) {
	apart = true
	for _, e := range slices.Concat(after, before) {
		if !slices.Contains(files, e.Place.File) {
			files = append(files, e.Place.File)
		}
		apart = apart && e.Whose == slices.Concat(after, before)[0].Whose && e.Place.File != "flowmap.yaml"
	}
	return files, apart && len(files) > 0
}

// said is what a file states, the zero Effort where it states nothing.
func said(all []audit.Effort, file string) audit.Effort {
	for _, e := range all {
		if e.Place.File == file {
			return e
		}
	}
	return audit.Effort{}
}

// replaced is the statements with that of one file replaced, in the order of
// files; one that is zero is left out.
func replaced(all []audit.Effort, files []string, file string, by audit.Effort) []audit.Effort {
	var out []audit.Effort
	for _, name := range files {
		e := said(all, name)
		if name == file {
			e = by
		}
		if !e.Place.IsZero() {
			out = append(out, e)
		}
	}
	return out
}

// errorChanges are the error points that came, went or changed.
func errorChanges(b, a audit.Flow) []change {
	var all []change
	seen := map[string]bool{}
	for _, p := range slices.Concat(a.Errors, b.Errors) {
		id := cmp.Or(p.ID, p.What)
		if seen[id] {
			continue
		}
		seen[id] = true
		x, was := pointOf(b, id)
		y, is := pointOf(a, id)
		old, text := "", ""
		if was {
			old = cmp.Or(point(x), x.What)
		}
		if is {
			text = cmp.Or(point(y), y.What)
		}
		if old == text {
			continue
		}
		all = append(all, change{Input: Input{Flow, a.ID, "errors." + id, status(old, text), old, text, pointPlaces(x, y, is)}, flow: func(f *audit.Flow) {
			f.Errors = slices.DeleteFunc(slices.Clone(f.Errors), func(p audit.ErrorPoint) bool { return cmp.Or(p.ID, p.What) == id })
			if is {
				f.Errors = append(f.Errors, y)
			}
		}})
	}
	return all
}

// pointPlaces is where a point's numbers are stated that differ, one a file; of a
// point that is no longer stated, where it was.
func pointPlaces(before, after audit.ErrorPoint, is bool) []audit.Place {
	if !is {
		return []audit.Place{before.Place}
	}
	var places []audit.Place
	for _, pools := range [][2]audit.Pool{{before.Rates, after.Rates}, {before.Minutes, after.Minutes}, {before.Costs, after.Costs}} {
		for _, e := range pools[1] {
			same := slices.ContainsFunc(pools[0], func(o audit.Estimate) bool { return o.Place.File == e.Place.File && o.String() == e.String() })
			known := slices.ContainsFunc(places, func(p audit.Place) bool { return p.File == e.Place.File })
			if !same && !known {
				places = append(places, e.Place)
			}
		}
	}
	if len(places) == 0 {
		return []audit.Place{after.Place}
	}
	return places
}

func pointOf(f audit.Flow, id string) (audit.ErrorPoint, bool) {
	i := slices.IndexFunc(f.Errors, func(p audit.ErrorPoint) bool { return cmp.Or(p.ID, p.What) == id })
	if i < 0 {
		return audit.ErrorPoint{}, false
	}
	return f.Errors[i], true
}
