package advise

import (
	"math"

	"github.com/flowmap-dev/flowmap/pkg/audit"
	"github.com/flowmap-dev/flowmap/pkg/catalogue"
)

// buildHours gives the hours to build the flow on a kind of platform by the
// formula of the catalogue's build section.
// A connector that is there already, and another way of working, have no steps
// to build: the base hours set them up, or agree and teach them.
func (n *needs) buildHours(kind catalogue.Kind) audit.Estimate {
	b := n.c.Build
	if kind == catalogue.Native || kind == catalogue.Process {
		return audit.Three(b.Base*b.Low, b.Base, b.Base*b.High, audit.Number)
	}
	hours := b.Base + float64(b.Step*float64(n.steps)) + float64(b.Branch*float64(n.branches)) + float64(b.Transform*float64(n.transforms))
	if n.critical() {
		hours *= b.Reliable
	}
	if n.twoWay {
		hours *= b.TwoWay
	}
	if n.from.Closed() || n.to.Closed() {
		hours *= b.NoInterface
	}
	if kind == catalogue.Custom {
		hours *= b.Custom
	}
	return audit.Three(hours*b.Low, hours, hours*b.High, audit.Number)
}

// build fills in what the candidate costs to build and to maintain: as the
// client has decided, else by the formula.
func (n *needs) build(c *Candidate) {
	rate := n.w.Assumptions.DeveloperHourlyCost.Mean()
	decided := n.f.Solution
	if decided.Decided() && !c.Decided {
		decided = audit.Solution{}
	}
	if decided.BuildCost.Stated() {
		c.BuildCost = decided.BuildCost
		if rate > 0 {
			c.BuildHours = scaled(c.BuildCost, 1/rate, audit.Number)
		}
	} else {
		c.BuildHours = n.buildHours(c.Kind)
		c.BuildCost = scaled(c.BuildHours, rate, audit.Money)
	}
	c.BuildWeeks = decided.BuildWeeks.Or(math.Ceil(c.BuildHours.Likely / n.c.Build.HoursPerWeek))
	c.Maintenance = c.BuildCost.Mean() * n.w.Assumptions.Maintenance.Mean() / 12
}

func scaled(e audit.Estimate, k float64, u audit.Unit) audit.Estimate {
	e.Low, e.Likely, e.High, e.Unit = e.Low*k, e.Likely*k, e.High*k, u
	return e
}
