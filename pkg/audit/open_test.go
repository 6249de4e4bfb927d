package audit_test

import (
	"slices"
	"testing"

	"github.com/flowmap-dev/flowmap/pkg/audit"
)

// parse builds a workspace of files given as name, text, name, text.
func parse(t testing.TB, files ...string) audit.Workspace {
	t.Helper()
	w, err := audit.New(sources(files...))
	if err != nil {
		t.Fatal(err)
	}
	return w
}

func sources(files ...string) []audit.Source {
	var all []audit.Source
	for i := 0; i+1 < len(files); i += 2 {
		all = append(all, audit.Source{Name: files[i], Text: []byte(files[i+1])})
	}
	return all
}

func TestOpenPoints(t *testing.T) {
	w := parse(t, "flowmap.yaml", `
version: 1
systems: [{id: shop}, {id: erp}]
entities: [{id: order}]
flows:
  - {id: bare, from: shop, to: erp}
  - {id: hours, from: shop, to: erp, entity: order, effort: {hours_per_week: 2}, errors: []}
  - {id: runs, from: shop, to: erp, entity: order, effort: {runs: 3/day, minutes: 5}, errors: [{what: Lost}, {id: late, rate: 2%}]}
  - {id: share, from: shop, to: erp, entity: order, errors: [{id: late, rate: 2%, cost: 0}]}
  - {id: often, from: shop, to: erp, entity: order, errors: [{id: late, rate: 3/week, minutes_to_fix: 5}]}
  - {id: done, from: shop, to: erp, how: automated}
  - {id: whole, from: shop, to: erp, entity: order, effort: {hours_per_week: 2}, volume: 3/day, errors: []}
`, "interviews/a.yaml", `
interview: {date: 2026-11-02, not_known: [bare.effort, bare.needs.latency, runs.errors.late.cost, runs.errors.late.rate, runs.errors.late.found_in, runs.errors.nobody.rate, done.owner, whole.volume, whole.effort.hours_per_week, whole.errors]}
`)
	want := []audit.OpenPoint{
		{"bare", "effort"}, {"bare", "entity"}, {"bare", "errors"}, {"bare", "needs.latency"},
		{"hours", "volume"},
		{"runs", "errors.Lost.rate"}, {"runs", "errors.Lost.minutes_to_fix"}, {"runs", "errors.late.minutes_to_fix"},
		{"runs", "errors.late.cost"}, {"runs", "errors.late.found_in"}, {"runs", "errors.nobody.rate"},
		{"share", "effort"}, {"share", "volume"},
		{"often", "effort"},
		{"done", "owner"},
	}
	if got := w.OpenPoints(); !slices.Equal(got, want) {
		t.Errorf("open points\n%v\nwant\n%v", got, want)
	}
}
