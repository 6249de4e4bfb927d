package learn_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"sort"
	"testing"

	"github.com/flowmap-dev/flowmap/pkg/advise"
	"github.com/flowmap-dev/flowmap/pkg/audit"
	"github.com/flowmap-dev/flowmap/pkg/catalogue"
	"github.com/flowmap-dev/flowmap/pkg/graph"
	"github.com/flowmap-dev/flowmap/pkg/learn"
	"github.com/flowmap-dev/flowmap/pkg/roi"
	"github.com/flowmap-dev/flowmap/pkg/track"
)

func shipped(t *testing.T) catalogue.Catalogue {
	t.Helper()
	c, err := catalogue.Load()
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// workspace is one flow whose build is estimated by the formula.
func workspace(t *testing.T, actual string) audit.Workspace {
	t.Helper()
	files := []audit.Source{{Name: "flowmap.yaml", Text: []byte(`version: 1
systems: [{id: shop, interfaces: [api, webhook]}, {id: erp, interfaces: [api]}]
flows:
  - {id: orders, from: shop, to: erp, effort: {hours_per_week: 10, basis: counted}, volume: {records: 800/month, basis: counted}, errors: [], needs: {steps: 6, branches: 2, transforms: 4}}
`)}}
	if actual != "" {
		files = append(files, audit.Source{Name: "actuals/orders.yaml", Text: []byte(actual)})
	}
	w, err := audit.New(files)
	if err != nil {
		t.Fatal(err)
	}
	return w
}

func scores(w audit.Workspace, c catalogue.Catalogue) []roi.Score {
	return roi.Rank(w, advise.New(w, graph.New(w), c).Contenders, roi.ByPayback).Scores
}

// project is a client whose build took so many times what was estimated, and
// where such a share of the hours went.
func project(t *testing.T, i int, overrun, rate float64) learn.Project {
	t.Helper()
	c := shipped(t)
	before := workspace(t, "")
	p, err := track.Of(before, scores(before, c), nil)
	if err != nil {
		t.Fatal(err)
	}
	p.BuildBase = c.Build.Base
	hours := p.Flows[0].BuildHours * overrun
	left := p.Flows[0].HoursPerYear / 12 * (1 - rate)
	text := fmt.Sprintf("flow: orders\nlive: 2027-01-10\nbuild_hours: %s\nmonths: [{month: 2027-04, hours: %s, records: 880}, {month: 2027-05, hours: %s}]\n",
		audit.PlainNumber(hours), audit.PlainNumber(1.1*left), audit.PlainNumber(left))
	w := workspace(t, text)
	return learn.Project{Name: fmt.Sprint("client ", i), Audit: w, Promise: p, Realised: track.Compare(p, w)}
}

// median is the median of a flow's build cost by the formula: half of the area
// under its beta-PERT curve.
func median(t *testing.T, c catalogue.Catalogue) float64 {
	t.Helper()
	w := workspace(t, "")
	low, likely, high := scores(w, c)[0].Choice.BuildCost.Range()
	a, b := 4*(likely-low)/(high-low), 4*(high-likely)/(high-low)
	const steps = 100_000
	area := make([]float64, steps+1)
	for i := range steps {
		x := (float64(i) + .5) / steps
		area[i+1] = area[i] + math.Pow(x, a)*math.Pow(1-x, b)
	}
	half := sort.SearchFloat64s(area, area[steps]/2)
	return low + (high-low)*float64(half)/steps
}

// Five projects ran 40 % over, give or take 5 points: the next estimate's median
// is to be about 40 % higher.
func TestFortyPercentOverrunInFiveProjectsMovesTheNextEstimate(t *testing.T) {
	random := rand.New(rand.NewPCG(40, 5))
	var projects []learn.Project
	for i := range 5 {
		projects = append(projects, project(t, i, 1.4+.1*(random.Float64()-.5), .8))
	}
	c := shipped(t)
	l := learn.From(projects, c.Build)
	if l.Missing != 0 || !l.Build.Enough {
		t.Fatalf("%+v", l)
	}
	before := median(t, c)
	c.Build = l.Formula
	if moved := median(t, c)/before - 1; math.Abs(moved-.4) > .06 {
		t.Errorf("the median moved by %.3f, want about 0.4", moved)
	}
	if l.Build.Likely < 1.35 || l.Build.Likely > 1.4 {
		t.Errorf("the ratio to take is %.3f: drawn a little towards 1 from 1.4", l.Build.Likely)
	}
	if l.Rate.N != 5 || math.Abs(l.Rate.Mean-.8) > .001 || l.Rate.Likely < .8 || l.Rate.Likely > .85 {
		t.Errorf("%+v: want 80 %%, drawn a little towards 85 %%", l.Rate)
	}
	if len(l.Bases) != 1 || l.Bases[0].Basis != audit.Counted || math.Abs(l.Bases[0].Mean-1.1) > .001 {
		t.Errorf("%+v: want 10 %% more records than counted", l.Bases)
	}
}

func TestFourFlowsAreTooFew(t *testing.T) {
	var projects []learn.Project
	for i := range 4 {
		projects = append(projects, project(t, i, 1.4, .8))
	}
	l := learn.From(projects, shipped(t).Build)
	if l.Finished != 4 || l.Missing != 1 || l.Build.Enough || l.Formula != (catalogue.Build{}) {
		t.Errorf("%d finished, %d missing, %+v", l.Finished, l.Missing, l.Build)
	}
}

// What was estimated by a formula that had learned already is not learned twice.
func TestLearningTwiceFromTheSameGivesTheSame(t *testing.T) {
	c := shipped(t)
	var first, again []learn.Project
	for i := range 5 {
		p := project(t, i, 1.4, .8)
		first = append(first, p)
		learned := p
		learned.Promise.BuildBase *= 1.25
		learned.Promise.Flows = append([]track.Promised(nil), p.Promise.Flows...)
		learned.Promise.Flows[0].BuildCost *= 1.25
		learned.Promise.Flows[0].BuildHours *= 1.25
		learned.Realised = track.Compare(learned.Promise, p.Audit)
		again = append(again, learned)
	}
	a, b := learn.From(first, c.Build), learn.From(again, c.Build)
	if math.Abs(a.Build.Likely-b.Build.Likely) > 1e-9 {
		t.Errorf("%.4f, and %.4f from estimates that had learned", a.Build.Likely, b.Build.Likely)
	}
}

// The further apart projects lie, the less they count.
func TestWhatLiesApartCountsLess(t *testing.T) {
	weight := func(overruns ...float64) float64 {
		var projects []learn.Project
		for i, x := range overruns {
			projects = append(projects, project(t, i, x, .8))
		}
		return learn.From(projects, shipped(t).Build).Build.Weight
	}
	if close, apart := weight(1.4, 1.4, 1.4, 1.4, 1.4), weight(.7, 1, 1.4, 2, 2.8); !(close > apart && close < 1) {
		t.Errorf("the weights are %.3f and %.3f", close, apart)
	}
}
