package diagram

import (
	"math"
	"testing"
)

func TestHoursThatTwoFlowsClaimCountOnce(t *testing.T) {
	const head = `version: 1
language: en
systems: [{id: a}, {id: b}, {id: c}]
flows:
`
	const ten, four, one = "effort: {hours_per_week: 10}", "effort: {hours_per_week: 4}", "effort: {hours_per_week: 1}"
	for _, c := range []struct {
		name, flows string
		opt         Options
		want        string
	}{
		{"none", "  - {id: x, from: a, to: b, " + ten + "}\n  - {id: y, from: b, to: c, " + four + "}\n", Options{}, "14.0\u00a0h"},
		{"two hours of one link and another", "  - {id: x, from: a, to: b, " + ten + ", overlaps: {y: 2}}\n  - {id: y, from: b, to: c, " + four + "}\n", Options{}, "12.0\u00a0h"},
		{"stated on both", "  - {id: x, from: a, to: b, " + ten + ", overlaps: {y: 2}}\n  - {id: y, from: b, to: c, " + four + ", overlaps: {x: 2}}\n", Options{}, "12.0\u00a0h"},
		{"more than the smaller has", "  - {id: x, from: a, to: b, " + ten + ", overlaps: {y: 9}}\n  - {id: y, from: b, to: c, " + four + "}\n", Options{}, "10.0\u00a0h"},
		{"twice of one flow", "  - {id: x, from: a, to: b, " + ten + ", overlaps: {z: 1}}\n  - {id: y, from: b, to: c, " + four + ", overlaps: {z: 1}}\n  - {id: z, from: a, to: c, " + one + "}\n", Options{}, "14.0\u00a0h"},
		{"with a flow that is not shown", "  - {id: x, from: a, to: b, " + ten + ", overlaps: {y: 2}}\n  - {id: y, from: b, to: c, " + four + "}\n", Options{Top: 1}, "10.0\u00a0h"},
	} {
		_, v := flows(t, workspace(t, head+c.flows), c.opt)
		if got := v.Figures[0].Value; got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
}

func TestTheTotalWithoutOverlapsIsThatOfTheLinks(t *testing.T) {
	m, _ := flows(t, workspace(t, shop), Options{})
	sum := 0.0
	for _, l := range m.Links {
		sum += l.HoursPerWeek
	}
	if got := total(workspace(t, shop), m.Links); math.Abs(got-sum) > 1e-9 {
		t.Errorf("%v, want %v", got, sum)
	}
}
