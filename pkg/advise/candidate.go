// Package advise says with what a flow could be integrated: for each platform
// of the catalogue whether it fits, why, what it would meter, and what it would
// cost to build and to run. It chooses nothing.
package advise

import (
	"github.com/flowmap-dev/flowmap/pkg/audit"
	"github.com/flowmap-dev/flowmap/pkg/catalogue"
)

// Fit tells how well a platform suits a flow.
type Fit string

// The fits, the best first. Where a fact that decides is not known, a platform
// fits no better than where the fact speaks against it.
const (
	Recommended Fit = "recommended"
	Reasonable  Fit = "reasonable"
	Exception   Fit = "exception" // only if there is a reason to
	Unsuitable  Fit = "unsuitable"
)

// rank orders fits, the best first.
func (f Fit) rank() int {
	switch f {
	case Recommended:
		return 0
	case Reasonable:
		return 1
	case Exception:
		return 2
	case Unsuitable:
		return 3
	}
	return 3
}

// Candidate is one way to integrate one flow, on its own.
type Candidate struct {
	Flow     string         // id
	Platform string         // id
	Kind     catalogue.Kind // of the platform
	Tier     string         // id; empty where no tier with a price holds the peak month
	Decided  bool           // the client has decided for this platform
	Pattern  audit.Pattern
	Fit      Fit
	Reasons  []Reason // for and against, what weighs most first

	Unit           catalogue.Unit
	Metered        bool    // Operations and PeakOperations are known
	Operations     float64 // in a normal month, in Unit
	PeakOperations float64 // in the busiest month, in Unit

	Priced bool           // the fee is known; false: shown, never chosen
	Fee    audit.Estimate // a month, in the workspace's currency, server and upkeep included; a constant but for a decided estimate

	BuildHours  audit.Estimate // low, likely, high
	BuildCost   audit.Estimate // low, likely, high
	BuildWeeks  float64        // from the first spending to go-live
	Maintenance float64        // a month, at the mean of the build cost
	Total       float64        // build, fee and maintenance over the horizon, undiscounted, at the means

	Assumed []string // what was not stated and taken by default: steps, branches, transforms, reliability, direction, latency, volume
}

// Fits tells whether the candidate may be chosen for a flow on which the
// client has decided nothing: it has a price, and is recommended or reasonable.
func (c Candidate) Fits() bool { return c.Priced && c.Fit.rank() <= Reasonable.rank() }

// Reason speaks for or against a candidate. It holds no sentence: the words
// have one for "reason." + ID, with Args.
type Reason struct {
	ID     string
	For    bool // else against
	Gate   bool // it limits the fit
	Ask    bool // the fact is not known: ask the vendor
	Args   []audit.Arg
	Source string // id of the fact's source in the catalogue, or the words given for it; empty where no fact decided
}
