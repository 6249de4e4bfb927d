package report_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/flowmap-dev/flowmap/pkg/graph/diagram"
	"github.com/flowmap-dev/flowmap/pkg/lang"
	"github.com/flowmap-dev/flowmap/pkg/report"
)

// A link of an automated flow with errors and of flows by hand costs what the
// map says: 12 errors a year of 10 each on the one, 24 of 10 on the other.
func TestTheLinksTableAgreesWithTheMap(t *testing.T) {
	base := run(t, parsed(t, `
version: 1
systems: [{id: shop}, {id: erp}]
flows:
  - {id: stock, from: shop, to: erp, how: automated, errors: [{what: lost, rate: 12/year, cost: 10}]}
  - {id: orders, from: shop, to: erp, effort: {hours_per_week: 3}, errors: [{what: wrong, rate: 24/year, cost: 10}]}
`))
	links := table(t, built(t, base, "en"), "links")
	link := base.Map.Links[0]
	if c := at(t, links, "shop>erp", "error_cost"); !near(c, 360) || !near(c, link.ErrorCostPerYear) {
		t.Errorf("errors cost %v, want 360 as on the map, which has %v", c, link.ErrorCostPerYear)
	}
	if c := at(t, links, "shop>erp", "points"); !near(c, 2) {
		t.Errorf("%v error points, want 2", c)
	}
}

func TestHoursOfALinkSayWhereAFlowStatesNone(t *testing.T) {
	links := table(t, built(t, run(t, parsed(t, `
version: 1
systems: [{id: shop}, {id: erp}]
flows:
  - {id: orders, from: shop, to: erp, effort: {hours_per_week: 3}}
  - {id: returns, from: shop, to: erp}
`)), "en"), "links")
	if c := at(t, links, "shop>erp", "hours"); c.Text != "3.0\u00a0h + ?" {
		t.Errorf("hours are %v, want 3 h and something unknown", c)
	}
}

// star is a workspace of so many links from one system.
func star(links int) string {
	var s strings.Builder
	s.WriteString("version: 1\nsystems:\n  - {id: erp}\n")
	for i := range links {
		fmt.Fprintf(&s, "  - {id: s%d}\n", i)
	}
	s.WriteString("flows:\n")
	for i := range links {
		fmt.Fprintf(&s, "  - {id: f%d, from: s%d, to: erp, effort: {hours_per_week: %d}}\n", i, i, i%7+1)
	}
	return s.String()
}

// A map that carries numbers in place of words is explained by the table.
func TestTheLinksHaveTheNumbersOfThePicture(t *testing.T) {
	p, err := lang.New("en")
	if err != nil {
		t.Fatal(err)
	}
	for _, links := range []int{120, 121} {
		base := run(t, parsed(t, star(links)))
		v, err := diagram.Flows(base.Map, base.Workspace, p, diagram.Options{})
		if err != nil {
			t.Fatal(err)
		}
		tb := table(t, built(t, base, "en"), "links")
		if has := tb.Columns[0].Key == "number"; has != v.Numbered() {
			t.Fatalf("%d links: numbers in the table %t, in the picture %t", links, has, v.Numbered())
		}
		if !v.Numbered() {
			continue
		}
		for _, l := range v.Links {
			if c := at(t, tb, l.From+">"+l.To, "number"); c.Kind != report.Count || c.Number != float64(l.Number) {
				t.Errorf("%s to %s is number %v, want %d", l.From, l.To, c, l.Number)
			}
		}
	}
}
