package roi

import (
	"cmp"
	"slices"
	"strings"

	"github.com/flowmap-dev/flowmap/pkg/audit"
)

// gap is something about a flow that nobody has stated: what the same is in
// other flows, and how to give it a value.
type gap struct {
	unit     audit.Unit
	rechoose bool
	size     func(audit.Flow, audit.Cost) float64 // of a flow that states it, in a year without peaks; else 0
	set      func(f *audit.Flow, point string, value float64)
}

// gapOf says how an open point can be tried; false where it cannot.
func gapOf(field string) (gap, bool) {
	name, rest, _ := strings.Cut(field, ".")
	switch {
	case field == "effort":
		return gap{audit.Number, false, hoursOf, setHours}, true
	case field == "volume":
		return gap{audit.PerYear, true, recordsOf, setRecords}, true
	case field == "errors":
		return gap{audit.Money, false, errorCostOf, setErrorCost}, true
	case name != "errors":
		return gap{}, false
	}
	switch rest[strings.LastIndex(rest, ".")+1:] {
	case "rate":
		return gap{audit.PerYear, false, errorsOf, setErrors}, true
	case "minutes_to_fix":
		return gap{audit.Number, false, minutesOf, setMinutes}, true
	case "cost":
		return gap{audit.Money, false, lossOf, setLoss}, true
	}
	return gap{}, false
}

func hoursOf(_ audit.Flow, c audit.Cost) float64 { return c.HoursPerWeek }

// setHours adds a statement, so that runs which are stated without minutes
// still count as records.
func setHours(f *audit.Flow, _ string, value float64) {
	f.Efforts = append(slices.Clone(f.Efforts), audit.Effort{HoursPerWeek: audit.One(value, audit.Number, audit.Guessed)})
}

func recordsOf(_ audit.Flow, c audit.Cost) float64 { return c.RecordsPerYear / c.Peak }

func setRecords(f *audit.Flow, _ string, value float64) {
	f.Volume.Records = audit.One(value, audit.PerYear, audit.Guessed)
}

func errorCostOf(_ audit.Flow, c audit.Cost) float64 { return c.ErrorCostPerYear / c.Peak }

// setErrorCost makes one error a year that costs so much.
func setErrorCost(f *audit.Flow, _ string, value float64) {
	f.Errors = []audit.ErrorPoint{{
		Rates: audit.Pool{audit.One(1, audit.PerYear, audit.Guessed)},
		Costs: audit.Pool{audit.One(value, audit.Money, audit.Guessed)},
	}}
}

func errorsOf(_ audit.Flow, c audit.Cost) float64 {
	most := 0.0
	for _, p := range c.Points {
		most = max(most, p.ErrorsPerYear/c.Peak)
	}
	return most
}

func setErrors(f *audit.Flow, point string, value float64) {
	setPoint(f, point, func(p *audit.ErrorPoint) { p.Rates = audit.Pool{audit.One(value, audit.PerYear, audit.Guessed)} })
}

func minutesOf(f audit.Flow, _ audit.Cost) float64 {
	most := 0.0
	for _, p := range f.Errors {
		most = max(most, p.Minutes.Mean())
	}
	return most
}

func setMinutes(f *audit.Flow, point string, value float64) {
	setPoint(f, point, func(p *audit.ErrorPoint) { p.Minutes = audit.Pool{audit.One(value, audit.Number, audit.Guessed)} })
}

func lossOf(f audit.Flow, _ audit.Cost) float64 {
	most := 0.0
	for _, p := range f.Errors {
		most = max(most, p.Costs.Mean())
	}
	return most
}

func setLoss(f *audit.Flow, point string, value float64) {
	setPoint(f, point, func(p *audit.ErrorPoint) { p.Costs = audit.Pool{audit.One(value, audit.Money, audit.Guessed)} })
}

// setPoint changes the error point with the id or the words.
func setPoint(f *audit.Flow, point string, change func(*audit.ErrorPoint)) {
	f.Errors = slices.Clone(f.Errors)
	for i := range f.Errors {
		if cmp.Or(f.Errors[i].ID, f.Errors[i].What) == point {
			change(&f.Errors[i])
		}
	}
}

// open prices what nobody has stated.
func (b bench) open() []Question {
	points := b.workspace.OpenPoints()
	all := make([]Question, 0, len(points))
	known := sizes{bench: b, most: map[sizeKey]float64{}}
	for _, o := range points {
		i, ok := b.place[o.Flow]
		if !ok {
			continue
		}
		f := b.workspace.Flows[i]
		q := Question{Flow: o.Flow, Field: o.Field}
		point := pointOf(o.Field)
		for _, p := range f.Errors {
			if point != "" && cmp.Or(p.ID, p.What) == point {
				q.Point = p.Label()
			}
		}
		q.Ask = b.whom(f, q)
		if g, ok := gapOf(o.Field); ok && f.ByHand() {
			b.tryGap(&q, i, g, known.of(g, o.Field, f.Department))
		}
		all = append(all, q)
	}
	return all
}

// pointOf is the error point that a field such as errors.wrong-sku.rate names.
func pointOf(field string) string {
	rest, ok := strings.CutPrefix(field, "errors.")
	dot := strings.LastIndex(rest, ".")
	if !ok || dot < 0 {
		return ""
	}
	return rest[:dot]
}

// tryGap prices an open point between nothing and the most that there is.
func (b bench) tryGap(q *Question, i int, g gap, most float64) {
	if !(most > 0) {
		return
	}
	q.High, q.Unit = bounded(most), g.unit
	b.try(q, i, possible{spread{low: 0, width: q.High}}, func(value float64) answer {
		f := b.workspace.Flows[i]
		g.set(&f, pointOf(q.Field), value)
		return b.tried(trial{b.workspace, g.rechoose}, i, f)
	})
}

// sizes remembers the most that flows state of something.
type sizes struct {
	bench bench
	most  map[sizeKey]float64
}

type sizeKey struct{ what, department string }

// of is the most that a flow of the department states, of any flow where none
// of the department does or no department is stated.
func (s sizes) of(g gap, field, department string) float64 {
	what := field
	if pointOf(field) != "" {
		what = field[strings.LastIndex(field, "."):]
	}
	if _, measured := s.most[sizeKey{what, ""}]; !measured {
		s.most[sizeKey{what, ""}] = 0
		for _, f := range s.bench.workspace.Flows {
			size := g.size(f, s.bench.workspace.Cost(f))
			s.most[sizeKey{what, ""}] = max(s.most[sizeKey{what, ""}], size)
			s.most[sizeKey{what, f.Department}] = max(s.most[sizeKey{what, f.Department}], size)
		}
	}
	if most := s.most[sizeKey{what, department}]; most > 0 {
		return most
	}
	return s.most[sizeKey{what, ""}]
}
