// Package clients puts the audits of many clients together: what they come to
// in each currency, which flows, pairs of systems and findings are the commonest,
// and how hours, build cost and payback are spread over sectors and sizes.
package clients

import (
	"slices"
	"strings"

	"github.com/flowmap-dev/flowmap/pkg/audit"
	"github.com/flowmap-dev/flowmap/pkg/roi"
	"github.com/flowmap-dev/flowmap/pkg/track"
)

// Client is an audit as far as it is put together with others.
type Client struct {
	ID       string // the workspace, as its reader calls it
	Sector   string // as stated; empty: not stated
	Size     Size
	Currency string // of all its money

	HoursPerWeek     float64 // by hand, of a normal week
	HoursPerYear     float64
	LabourPerYear    float64 // money
	ErrorCostPerYear float64 // money
	BenefitPerYear   float64 // money, if all flows were integrated
	NotStated        int     // flows whose hours nobody stated

	Realised Realised // of what was promised

	Flows    []Flow   // by hand, with hours, in the order of the ranking
	Findings []string // ids, each once, sorted
}

// Flow is a flow by hand of a client, on its own.
type Flow struct {
	From, To     string // kinds of system
	Entity       string // id; empty: not stated
	HoursPerWeek float64
	Build        roi.Figure // money; not OK where no candidate has a price
	Payback      roi.Figure // months; not OK where it never comes
}

// Size is how large a client is by its employees, in the classes of the European
// Commission's recommendation 2003/361/EC, without those by turnover.
type Size string

// The sizes.
const (
	Micro     Size = "micro"  // under 10
	Small     Size = "small"  // under 50
	Medium    Size = "medium" // under 250
	Large     Size = "large"
	SizeOpen  Size = "not stated"
	openValue      = "not stated"
)

// SizeOf is the size of a client with so many employees; 0 is not stated.
func SizeOf(employees float64) Size {
	switch {
	case !(employees > 0):
		return SizeOpen
	case employees < 10:
		return Micro
	case employees < 50:
		return Small
	case employees < 250:
		return Medium
	}
	return Large
}

// SectorOf is a client's sector as it was stated, in small letters and with single
// blanks.
func SectorOf(w audit.Workspace) string {
	return strings.ToLower(strings.Join(strings.Fields(w.Client.Sector), " "))
}

// Realised is what came true of what was promised, over the flows and months that
// were measured.
type Realised struct {
	Flows  int
	Months int
	// Saved are hours, the others money. The net is the benefit less platform,
	// maintenance and building.
	Planned, Real track.Sums
}

// Of is a client's audit, analysed, and what came true of it.
func Of(id string, w audit.Workspace, r roi.Ranking, findings []audit.Finding, t track.Result) Client {
	c := Client{
		ID: id, Realised: Realised{Planned: t.Planned, Real: t.Real}, Sector: SectorOf(w), Size: SizeOf(w.Client.Employees.Value), Currency: w.Currency,
		HoursPerWeek: r.Totals.HoursPerWeek, HoursPerYear: r.Totals.HoursPerYear, LabourPerYear: r.Totals.LabourPerYear,
		ErrorCostPerYear: r.Totals.ErrorCostPerYear, BenefitPerYear: r.Totals.BenefitPerYear, NotStated: r.Totals.NotStated,
	}
	kind := func(id string) string {
		s, _ := w.System(id)
		return string(s.Kind)
	}
	for _, s := range r.Scores {
		f, ok := w.Flow(s.Flow)
		if !ok || !s.Stated {
			continue
		}
		c.Flows = append(c.Flows, Flow{From: kind(f.From), To: kind(f.To), Entity: f.Entity, HoursPerWeek: s.HoursPerWeek,
			Build: roi.Figure{Value: s.BuildCost, OK: s.Chosen}, Payback: s.Payback})
	}
	for _, f := range t.Flows {
		if f.Promised != nil && (len(f.Months) > 0 || f.Real.Build != 0) {
			c.Realised.Flows++
			c.Realised.Months += len(f.Months)
		}
	}
	for _, f := range findings {
		c.Findings = append(c.Findings, f.ID)
	}
	slices.Sort(c.Findings)
	c.Findings = slices.Compact(c.Findings)
	return c
}
