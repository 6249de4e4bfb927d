package main

import (
	"testing"

	"github.com/flowmap-dev/flowmap/pkg/audit"
)

// Errors that nobody was asked about are null; asked, and none, is zero.
func TestErrorsThatNobodyStatedAreNull(t *testing.T) {
	for _, c := range []struct {
		what            string
		flow            audit.Flow
		cost            audit.Cost
		counted, priced bool
	}{
		{"not asked", audit.Flow{}, audit.Cost{}, false, false},
		{"asked, none", audit.Flow{Errors: []audit.ErrorPoint{}}, audit.Cost{}, true, true},
		{"a share of unknown records", audit.Flow{Errors: make([]audit.ErrorPoint, 1)},
			audit.Cost{Points: []audit.PointCost{{Priced: true}}}, false, false},
		{"counted, without a cost", audit.Flow{Errors: make([]audit.ErrorPoint, 1)},
			audit.Cost{Points: []audit.PointCost{{Known: true}}, ErrorsPerYear: 12}, true, false},
		{"counted and priced", audit.Flow{Errors: make([]audit.ErrorPoint, 1)},
			audit.Cost{Points: []audit.PointCost{{Known: true, Priced: true}}, ErrorsPerYear: 12, ErrorCostPerYear: 60}, true, true},
	} {
		var r rankedFlow
		r.addErrors(c.cost, c.flow)
		if (r.ErrorsPerYear != nil) != c.counted || (r.ErrorCostPerYear != nil) != c.priced {
			t.Errorf("%s: errors %v, their cost %v", c.what, r.ErrorsPerYear, r.ErrorCostPerYear)
		}
	}
}
