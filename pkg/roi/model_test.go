package roi

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/flowmap-dev/flowmap/pkg/advise"
	"github.com/flowmap-dev/flowmap/pkg/audit"
)

// anyEstimate is one or three values around a number, of any basis.
func anyEstimate(r *rand.Rand, about float64, unit audit.Unit) audit.Estimate {
	if r.IntN(2) == 0 {
		return audit.Three(about*r.Float64(), about, about*(1+r.Float64()), unit)
	}
	bases := []audit.Basis{audit.Constant, audit.Measured, audit.Counted, audit.Estimated, audit.Guessed}
	return audit.One(about, unit, bases[r.IntN(len(bases))])
}

// anyFlow states its figures in any of the ways that the format has.
func anyFlow(r *rand.Rand, id string) audit.Flow {
	f := audit.Flow{ID: id, From: "shop", To: []string{"erp", "inbox"}[r.IntN(2)], Role: []string{"admin", "clerk", ""}[r.IntN(3)]}
	whose := []audit.Whose{audit.All, audit.Own}[r.IntN(2)]
	for range 1 + r.IntN(3) {
		e := audit.Effort{Whose: whose}
		switch r.IntN(4) {
		case 0:
			e.HoursPerWeek = anyEstimate(r, 4, audit.Number)
		case 1:
			e.HoursPerMonth = anyEstimate(r, 15, audit.Number)
		case 2:
			e.HoursPerYear = anyEstimate(r, 200, audit.Number)
		case 3:
			e.Runs, e.Minutes = anyEstimate(r, 10, audit.PerDay), anyEstimate(r, 6, audit.Number)
		}
		f.Efforts = append(f.Efforts, e)
	}
	if r.IntN(2) == 0 {
		f.Volume.Records = anyEstimate(r, 800, audit.PerMonth)
	}
	if r.IntN(2) == 0 {
		f.Peak = audit.Peak{Factor: anyEstimate(r, 2, audit.Number), Months: []int{11, 12}}
	}
	for i := range r.IntN(3) {
		p := audit.ErrorPoint{ID: fmt.Sprint("e", i), Minutes: audit.Pool{anyEstimate(r, 20, audit.Number)}}
		for range 1 + r.IntN(2) {
			rate := anyEstimate(r, .02, audit.Share)
			if r.IntN(2) == 0 {
				rate = anyEstimate(r, 3, audit.PerWeek)
			}
			p.Rates = append(p.Rates, rate)
			p.Costs = append(p.Costs, anyEstimate(r, 15, audit.Money))
		}
		f.Errors = append(f.Errors, p)
	}
	if r.IntN(3) == 0 {
		f.AutomationRate, f.ErrorReduction = anyEstimate(r, .5, audit.Share), anyEstimate(r, .9, audit.Share)
	}
	return f
}

// anyWorkspace has assumptions with and without a range.
func anyWorkspace(r *rand.Rand, flows ...audit.Flow) audit.Workspace {
	a := audit.DefaultAssumptions()
	for _, e := range []*audit.Estimate{&a.HourlyCost, &a.DeveloperHourlyCost, &a.AutomationRate, &a.AutomationRateUnstructured,
		&a.ErrorReduction, &a.Maintenance} {
		if r.IntN(2) == 0 {
			*e = audit.Three(.7*e.Likely, e.Likely, min(1.1*e.Likely, 1), e.Unit)
			if e.Unit != audit.Share {
				e.High = 1.3 * e.Likely
			}
		}
	}
	return audit.Workspace{
		Assumptions: a,
		Roles:       []audit.Role{{ID: "admin", HourlyCost: anyEstimate(r, 20, audit.Money)}, {ID: "clerk", HourlyCost: anyEstimate(r, 18, audit.Money)}},
		Systems:     []audit.System{{ID: "shop"}, {ID: "erp"}, {ID: "inbox", Kind: audit.Email}},
		Flows:       flows,
	}
}

// anyCandidate is quoted, or built by the hours of the formula.
func anyCandidate(r *rand.Rand, w audit.Workspace) advise.Candidate {
	developer := w.Assumptions.DeveloperHourlyCost.Mean()
	hours := audit.Three(16, 20, 36, audit.Number)
	c := advise.Candidate{Platform: "p", Priced: true, Fee: audit.One(45, audit.Money, audit.Constant), BuildHours: hours,
		BuildCost: audit.Three(16*developer, 20*developer, 36*developer, audit.Money)}
	if r.IntN(2) == 0 {
		c = advise.Candidate{Platform: "p", Decided: true, Priced: true, Fee: audit.Three(30, 45, 90, audit.Money), BuildCost: anyEstimate(r, 3000, audit.Money)}
	}
	c.Maintenance = c.BuildCost.Mean() * w.Assumptions.Maintenance.Mean() / 12
	return c
}

// mean is the mean of a quantity over trials, and its standard error.
func (q quantity) mean(m *modelling, own []variable, trials int) (mean, standardError float64) {
	d := newDrawer(m.drawShared(trials))
	var sum, squares float64
	to := make([]float64, block)
	for first := 0; first < trials; first += block {
		n := min(block, trials-first)
		d.draw(own, first, n)
		d.work(q, to[:n])
		for _, x := range to[:n] {
			sum += x
			squares += x * x
		}
	}
	n := float64(trials)
	mean = sum / n
	return mean, math.Sqrt(max(squares/n-mean*mean, 0) / n)
}

// The headline and the simulation have one centre: the mean of each term over
// the trials is the deterministic one, within four standard errors.
func TestSimulatedTermsHaveTheDeterministicMean(t *testing.T) {
	r := rand.New(rand.NewPCG(6, 1))
	for i := range 60 {
		f := anyFlow(r, fmt.Sprint("flow-", i))
		w := anyWorkspace(r, f)
		s := Appraise(w, f, anyCandidate(r, w))
		m := newModelling(w, uint64(i))
		model := m.model(f, s)
		today := w.Cost(f)
		for _, c := range []struct {
			name string
			q    quantity
			want float64
		}{
			{"hours", model.hours, s.HoursPerYear},
			{"labour", model.hours.times(model.hourly), s.LabourPerYear},
			{"saved labour", model.labour, s.LabourPerYear * s.AutomationRate},
			{"saved errors", model.errors, today.ErrorCostPerYear * s.ErrorReduction},
			{"build", model.build, s.BuildCost},
			{"maintenance", model.maintenance, s.MaintenancePerMonth},
			{"fee", model.fee, s.PlatformPerMonth.Value},
		} {
			got, se := c.q.mean(m, model.own, 40_000)
			if math.Abs(got-c.want) > 4*se+1e-9*c.want {
				t.Errorf("flow %d, %s: mean %v, want %v (4 standard errors are %v): %+v", i, c.name, got, c.want, 4*se, f)
			}
			d := newDrawer(nil)
			d.first = -1
			for _, v := range append(m.shared, model.own...) {
				d.rows = append(d.rows, []float64{v.mean})
			}
			at := []float64{0}
			if d.work(c.q, at); math.Abs(at[0]-c.want) > 1e-9*c.want {
				t.Errorf("flow %d, %s: at the means %v, want %v", i, c.name, at[0], c.want)
			}
		}
	}
}
