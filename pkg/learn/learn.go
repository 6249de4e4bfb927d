// Package learn compares what was estimated with what came true, over the
// finished flows of one client or several, and proposes assumptions with their
// spread. It returns figures, never sentences.
package learn

import (
	"math"
	"slices"

	"github.com/flowmap-dev/flowmap/pkg/audit"
	"github.com/flowmap-dev/flowmap/pkg/catalogue"
	"github.com/flowmap-dev/flowmap/pkg/track"
)

// Least is how many finished flows a proposal needs.
const Least = 5

// The prior: how far flows lie apart where nobody has measured any, and how many
// flows that is worth. Build hours lie within low and high of the formula, 0.8
// and 1.8, whose logarithms are four standard deviations apart: 0.2; projects
// run over as a whole by as much as the whole range, 0.4 (2 to 3 times is
// reported). Automation rates lie 10 points apart (practice).
const (
	buildSpread  = .2  // of the logarithm, flow by flow
	buildUnknown = .4  // of the logarithm, of the mean
	rateSpread   = .1  // flow by flow
	rateUnknown  = .15 // of the mean
	priorFlows   = 4   // that the prior spread is worth
)

// Project is one client's audit with what was promised and what came true.
type Project struct {
	Name     string
	Audit    audit.Workspace
	Promise  track.Promise
	Realised track.Result
}

// Lessons is what came true over all projects.
type Lessons struct {
	Projects int
	Finished int        // flows with a day of go-live and what building took
	Missing  int        // finished flows that are still needed; 0: enough
	Flows    []Observed // the finished ones, in the order of the projects
	Build    Lesson     // real over estimated build cost, against today's formula
	Rate     Lesson     // share of the hours that went, where both ends are structured
	// RateUnstructured is the same where an end is e-mail, paper or phone.
	RateUnstructured Lesson
	Bases            []ByBasis
	// Formula is the build section of a catalogue as it should be; zero without
	// a lesson.
	Formula catalogue.Build
}

// Observed is one finished flow.
type Observed struct {
	Project, Flow string
	Name          string
	BuildPlanned  float64 // money
	BuildReal     float64 // money
	Ratio         float64 // real over planned, by the formula of today
	RatePlanned   float64
	Rate          float64 // of the hours, after the ramp-up
	RateKnown     bool
	Unstructured  bool
	Volume        float64 // what came against what was stated
	VolumeKnown   bool
	VolumeBasis   audit.Basis
}

// Lesson is what a quantity was on average, and what it should be taken for.
type Lesson struct {
	N      int     // flows that it rests on
	Enough bool    // N is Least or more
	Mean   float64 // as observed; of build, the geometric mean
	Weight float64 // of what was observed against what was assumed, 0 to 1
	// Low, Likely and High are what to take for the next flow.
	Low, Likely, High float64
}

// ByBasis is how volumes came true by how they were known.
type ByBasis struct {
	Basis  audit.Basis
	N      int
	Mean   float64 // what came over what was stated
	Spread float64 // standard deviation; 0 of a single flow
}

// From learns from projects. shipped is the formula for build hours that
// estimates begin from.
func From(projects []Project, shipped catalogue.Build) Lessons {
	l := Lessons{Projects: len(projects)}
	for _, p := range projects {
		for _, f := range p.Realised.Flows {
			if o, ok := observe(p, f, shipped); ok {
				l.Flows = append(l.Flows, o)
			}
		}
	}
	l.Finished = len(l.Flows)
	l.Missing = max(0, Least-l.Finished)
	l.build(shipped)
	defaults := audit.DefaultAssumptions()
	l.Rate = l.rate(false, defaults.AutomationRate.Mean())
	l.RateUnstructured = l.rate(true, defaults.AutomationRateUnstructured.Mean())
	l.bases()
	return l
}

// observe is what a finished flow tells; false for one that is not live or whose
// building nobody has counted.
func observe(p Project, f track.Flow, shipped catalogue.Build) (Observed, bool) {
	i := slices.IndexFunc(p.Audit.Actuals, func(a audit.Actual) bool { return a.Flow == f.ID })
	if f.Promised == nil || i < 0 || f.Live == "" || !(f.Promised.BuildCost > 0) {
		return Observed{}, false
	}
	a := p.Audit.Actuals[i]
	if !a.BuildCost.Stated() && !(a.BuildHours.Stated && f.Promised.BuildHours > 0) || !(f.Real.Build > 0) {
		return Observed{}, false
	}
	o := Observed{Project: p.Name, Flow: f.ID, Name: f.Name, BuildPlanned: f.Promised.BuildCost, BuildReal: f.Real.Build,
		Ratio: f.Real.Build / f.Promised.BuildCost, RatePlanned: f.Promised.AutomationRate, VolumeBasis: f.Promised.RecordsBasis}
	if f.Promised.BuildHours > 0 && p.Promise.BuildBase > 0 && shipped.Base > 0 { // it was estimated by a formula that had learned already
		o.Ratio *= p.Promise.BuildBase / shipped.Base
	}
	if flow, ok := p.Audit.Flow(f.ID); ok {
		for _, end := range []string{flow.From, flow.To} {
			s, _ := p.Audit.System(end)
			o.Unstructured = o.Unstructured || s.Kind.Unstructured()
		}
	}
	o.months(f.Months)
	return o, true
}

// months takes from what was measured what is left of the hours, after the
// ramp-up, and how many records came.
func (o *Observed) months(months []track.Month) {
	before, left, came, counted := 0., 0., 0., 0
	for _, m := range months {
		if !m.Assumed && m.Ramp >= 1 && m.Before > 0 {
			before, left = before+m.Before, left+m.Real.Hours
		}
		if m.Counted {
			came, counted = came+m.Volume, counted+1
		}
	}
	if before > 0 {
		o.Rate, o.RateKnown = min(1, max(0, 1-left/before)), true
	}
	if counted > 0 {
		o.Volume, o.VolumeKnown = came/float64(counted), true
	}
}

// build learns the ratio of real to estimated build cost, as a logarithm: half
// as much and twice as much are alike far off.
func (l *Lessons) build(shipped catalogue.Build) {
	var logs []float64
	for _, o := range l.Flows {
		logs = append(logs, math.Log(o.Ratio))
	}
	x := shrink(logs, 0, buildUnknown, buildSpread)
	l.Build = Lesson{N: len(logs), Enough: len(logs) >= Least, Weight: x.weight}
	if !l.Build.Enough {
		return
	}
	l.Build.Mean = math.Exp(x.observed)
	l.Build.Low, l.Build.Likely, l.Build.High = math.Exp(x.mean-2*x.spread), math.Exp(x.mean), math.Exp(x.mean+2*x.spread)
	// The estimate of the formula is its mean, (low + 4 + high)/6 of the likely
	// hours: the new mean is to be that times the ratio.
	b := shipped
	b.Low, b.High = rounded(math.Exp(-2*x.spread), 2), rounded(math.Exp(2*x.spread), 2)
	k := math.Exp(x.mean) * (shipped.Low + 4 + shipped.High) / (b.Low + 4 + b.High)
	b.Base, b.Step, b.Branch, b.Transform = rounded(shipped.Base*k, 2), rounded(shipped.Step*k, 2), rounded(shipped.Branch*k, 2), rounded(shipped.Transform*k, 2)
	l.Formula = b
}

// rate learns the share of the hours that goes.
func (l *Lessons) rate(unstructured bool, prior float64) Lesson {
	var rates []float64
	for _, o := range l.Flows {
		if o.RateKnown && o.Unstructured == unstructured {
			rates = append(rates, o.Rate)
		}
	}
	x := shrink(rates, prior, rateUnknown, rateSpread)
	r := Lesson{N: len(rates), Enough: len(rates) >= Least, Mean: x.observed, Weight: x.weight}
	if r.Enough {
		r.Likely = rounded(min(.99, max(.01, x.mean)), 2)
		r.Low, r.High = rounded(max(0, x.mean-2*x.spread), 2), rounded(min(1, x.mean+2*x.spread), 2)
		r.Low, r.High = min(r.Low, r.Likely), max(r.High, r.Likely)
	}
	return r
}

// bases sets volumes as they were stated beside those that came.
func (l *Lessons) bases() {
	for _, basis := range []audit.Basis{audit.Measured, audit.Counted, audit.Estimated, audit.Guessed} {
		var xs []float64
		for _, o := range l.Flows {
			if o.VolumeKnown && o.VolumeBasis == basis {
				xs = append(xs, o.Volume)
			}
		}
		if len(xs) > 0 {
			mean, spread := moments(xs)
			l.Bases = append(l.Bases, ByBasis{basis, len(xs), mean, spread})
		}
	}
}

// shrunk is what is learned of a quantity.
type shrunk struct {
	observed float64 // the mean of what was seen
	weight   float64 // of it
	mean     float64 // what to expect on average
	spread   float64 // standard deviation of the next flow around it
}

// shrink draws what was observed towards what was assumed, as the posterior of a
// normal mean does: the weight of n observations is unknown² / (unknown² +
// spread²/n). The spread is the observed one drawn towards the prior one, which
// counts as priorFlows flows; to the next flow's is added how little is known of
// the mean.
func shrink(xs []float64, prior, unknown, spread float64) shrunk {
	n := float64(len(xs))
	if n == 0 {
		return shrunk{observed: math.NaN(), mean: prior, spread: spread}
	}
	mean, deviation := moments(xs)
	variance := ((n-1)*deviation*deviation + priorFlows*spread*spread) / (n - 1 + priorFlows)
	of := variance / n
	weight := unknown * unknown / (unknown*unknown + of)
	return shrunk{observed: mean, weight: weight, mean: prior + weight*(mean-prior), spread: math.Sqrt(variance + weight*of)}
}

// moments are mean and standard deviation (n − 1), 0 of a single number.
func moments(xs []float64) (mean, deviation float64) {
	for _, x := range xs {
		mean += x
	}
	mean /= float64(len(xs))
	if len(xs) < 2 {
		return mean, 0
	}
	sum := 0.
	for _, x := range xs {
		sum += float64((x - mean) * (x - mean))
	}
	return mean, math.Sqrt(sum / float64(len(xs)-1))
}

func rounded(x float64, decimals int) float64 {
	k := math.Pow(10, float64(decimals))
	return math.Round(x*k) / k
}
