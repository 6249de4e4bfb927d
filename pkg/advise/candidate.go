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

	Interval float64 // minutes between two looks for news; 0: nobody looks
	Polls    float64 // looks a month
	Idle     float64 // operations a month that looking takes, whether or not there is news, in Unit
	IdleFee  float64 // what the fee would be less a month without them, in the workspace's currency
	Cliff    Cliff
	Upkeep   float64 // hours a month that a server needs, part of the fee
	Quoted   Quoted  // the tier's price as its source has it

	Assumed []string // what was not stated and taken by default: steps, branches, transforms, reliability, direction, latency, volume
}

// Monthly is what the candidate costs a month once it runs: fee and maintenance.
func (c Candidate) Monthly() float64 { return c.Fee.Mean() + c.Maintenance }

// Why is the reason that says most about the candidate: what limits its fit, else
// what speaks for it, else what speaks against it.
func (c Candidate) Why() (Reason, bool) {
	for _, wanted := range []func(Reason) bool{
		func(r Reason) bool { return r.Gate && limits(r, c.Fit) },
		func(r Reason) bool { return r.Gate },
		func(r Reason) bool { return r.For },
		func(Reason) bool { return true },
	} {
		for _, r := range c.Reasons {
			if wanted(r) {
				return r, true
			}
		}
	}
	return Reason{}, false
}

// limits tells whether a reason is one of those that brought the fit down to
// where it is.
func limits(r Reason, f Fit) bool { return r.limit == f }

// Cliff is where a tier ends: one operation more in the busiest month, and the
// next one is due.
type Cliff struct {
	Known      bool    // false: nothing is metered, or the tier never ends
	Operations float64 // the most in the busiest month, in Unit
	Records    float64 // the most records in a normal month
	Next       string  // id of the next tier; empty: none has a price, ask the vendor
	Fee        float64 // a month in it just past the cliff, in the workspace's currency
}

// Quoted is a price as its source states it.
type Quoted struct {
	Price    audit.Amount // a month, in Currency
	Currency string
	Source   string // id in the catalogue, or words
	Seen     string // the day, ISO 8601; empty: undated
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
	Source string           // id of the fact's source in the catalogue, or the words given for it; empty where no fact decided
	Rule   string           // id of the rule that weighed it, empty where none did
	Origin catalogue.Origin // of that rule

	limit Fit // what it brought the fit down to, where it is a gate
}
