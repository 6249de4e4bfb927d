// Package diff sets two audits of one company side by side: what came, went or
// changed, and to which input each part of the difference in money is due. It
// returns ids, fields and amounts, never sentences.
package diff

import (
	"fmt"

	"github.com/flowmap-dev/flowmap/pkg/audit"
	"github.com/flowmap-dev/flowmap/pkg/catalogue"
)

// Side is one of the two audits: a workspace, the facts that hold for it, and
// what every stage found about it.
type Side struct {
	Workspace audit.Workspace
	Catalogue catalogue.Catalogue
	Findings  []audit.Finding
}

// Amounts are the figures that are compared: sums over the flows by hand, each
// with its own choice of platform, as a ranking has them.
type Amounts struct {
	HoursPerYear     float64
	LabourPerYear    float64 // money
	ErrorCostPerYear float64 // money
	BenefitPerYear   float64 // money
	BuildCost        float64 // money
	RunningPerYear   float64 // money: platforms and maintenance
	NPV              float64 // money, over the horizon
}

// Status is what became of a thing.
type Status string

// The kinds of status.
const (
	Came    Status = "came"
	Went    Status = "went"
	Changed Status = "changed"
)

// Kind is what an input or a thing is.
type Kind string

// The kinds of things, and of inputs that are no fields of a thing.
const (
	Flow       Kind = "flow"
	System     Kind = "system"
	Entity     Kind = "entity"
	Role       Kind = "role"
	Assumption Kind = "assumption"
	Platforms  Kind = "platforms" // what the client has, excludes, and can look after
	Facts      Kind = "facts"     // catalogue.yaml
	Landscape  Kind = "landscape" // which flows there are beside a flow
	Twice      Kind = "twice"     // hours that two flows claim
	Beyond     Kind = "beyond"    // saved hours beyond those that a role has
	Rest       Kind = "rest"      // what no input explains; tests hold it to nothing
)

// Input is something that was stated otherwise: the field of a thing, its old
// and its new text, and where it was said. A flow that came or went is an input
// without a field.
type Input struct {
	Kind   Kind
	ID     string // of the thing; empty for what holds for all
	Field  string // such as needs.latency; empty for a thing that came or went
	Status Status
	Old    string        // empty: not stated
	New    string        // empty: not stated
	Places []audit.Place // in the later audit, or in the earlier one for what is no longer stated
}

// Part is what an input contributes to the difference.
type Part struct {
	Input
	Amounts
}

// Thing is a flow, system, entity or role that came, went or changed.
type Thing struct {
	Kind   Kind
	ID     string
	Name   string
	Status Status
	Fields []Input // of one that changed
}

// Finding is a finding that came, went, or weighs otherwise.
type Finding struct {
	Status Status
	Before audit.Finding // zero for one that came
	After  audit.Finding // zero for one that went
}

// Result is everything that differs.
type Result struct {
	Before, After, Difference Amounts
	// Parts add up to Difference, in every figure and to the cent. The greatest
	// difference in benefit comes first.
	Parts    []Part
	Things   []Thing
	Findings []Finding
	// Sampled tells that some flow, or the audit as a whole, has more changed
	// inputs than Exact: their shares are means over orders, not over all of
	// them.
	Sampled bool
}

// Exact is up to how many inputs that work on one figure are shared out over
// every order; beyond, over Orders of them.
const Exact = 8

// Orders is how many orders are looked at where there are more than Exact
// inputs. Each is followed by its reverse.
const Orders = 32

// CurrencyError says that the two audits are in different currencies.
type CurrencyError struct{ Before, After string }

func (e *CurrencyError) Error() string {
	return fmt.Sprintf("the one audit is in %s and the other in %s", e.Before, e.After)
}

// Compare sets two audits side by side. The error is a CurrencyError.
//
// The difference is shared out by Owen's values (Owen, Values of games with a
// priori unions, 1977) with two unions, what holds for all flows and what is
// said of a flow itself: each input gets what it adds, averaged over every
// order within its union and over which union comes first. So no order has to
// be chosen, and the parts add up.
func Compare(before, after Side) (Result, error) {
	if b, a := before.Workspace.Currency, after.Workspace.Currency; b != a {
		return Result{}, &CurrencyError{b, a}
	}
	c := newComparison(before, after)
	r := Result{Before: c.actual(0), After: c.actual(1), Things: things(before.Workspace, after.Workspace),
		Findings: findings(before.Findings, after.Findings)}
	r.Difference = r.After.less(r.Before)
	parts := append(c.general(), c.flows()...)
	parts = append(parts, c.adjustments()...)
	rest := r.Difference
	for _, p := range parts {
		rest = rest.less(p.Amounts)
	}
	parts = append(parts, Part{Input{Kind: Rest, Status: Changed}, rest})
	r.Parts = settle(parts, r.Difference)
	r.Sampled = c.sampled
	return r, nil
}
