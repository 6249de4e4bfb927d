package clients

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"github.com/flowmap-dev/flowmap/pkg/roi"
)

// Together is many clients.
type Together struct {
	Clients  int
	Totals   []Total  // by currency
	Flows    []Common // kinds of flow: from, to and what data; those of most clients first
	Pairs    []Common // pairs of kinds of system
	Findings []Common // ids
	Groups   []Group  // by sector, then by size
	Realised []Came   // by currency; without those of whom nothing was measured
	Hidden   int      // groups, kinds and totals that fewer clients have than may be shown
}

// Total is what the clients of a currency come to. Money of different currencies
// is never added.
type Total struct {
	Currency                                        string
	Clients, Flows, NotStated                       int
	HoursPerWeek, HoursPerYear                      float64
	LabourPerYear, ErrorCostPerYear, BenefitPerYear float64 // money
}

// Came is what came true for the clients of a currency of whom anything was
// measured.
type Came struct {
	Currency string
	Clients  int
	Realised
}

// Common is something that several clients have.
type Common struct {
	Key          []string // from and to; from, to and data; or the id of a finding
	Clients      int
	Flows        int // of all of them; findings have none
	HoursPerWeek float64
}

// Group is the clients of a sector or a size in one currency.
type Group struct {
	By       string // sector or size
	Name     string
	Currency string
	Clients  int
	Flows    int
	Hours    Quartiles // a week, of a client
	Build    Quartiles // money, of a flow with its own choice
	Payback  Quartiles // months, of a flow; not OK where so many never pay back
}

// Quartiles are those of type 7, and the median between them.
type Quartiles struct{ Lower, Median, Upper roi.Figure }

// FewestShown is of how many clients something has to be that is published:
// of fewer, one could guess whose it is.
const FewestShown = 5

// Put puts clients together. What fewer than least of them have is left out and
// counted; 1 leaves nothing out. The order of the clients changes nothing.
func Put(all []Client, least int) Together {
	t := Together{Clients: len(all)}
	totals := map[string]*Total{}
	flows, pairs, findings := map[string]*Common{}, map[string]*Common{}, map[string]*Common{}
	type groupKey struct{ by, name, currency string }
	groups := map[groupKey][]Client{}
	came := map[string]*Came{}
	for _, c := range all {
		sum, ok := totals[c.Currency]
		if !ok {
			sum = &Total{Currency: c.Currency}
			totals[c.Currency] = sum
		}
		sum.add(c)
		if c.Realised.Flows > 0 {
			if came[c.Currency] == nil {
				came[c.Currency] = &Came{Currency: c.Currency}
			}
			came[c.Currency].add(c.Realised)
		}
		seen := map[*Common]bool{}
		for _, f := range c.Flows {
			count(flows, seen, f.HoursPerWeek, f.From, f.To, cmp.Or(f.Entity, openValue))
			count(pairs, seen, f.HoursPerWeek, f.From, f.To)
		}
		for _, id := range c.Findings {
			count(findings, seen, 0, id).Flows = 0
		}
		for _, k := range []groupKey{{"sector", cmp.Or(c.Sector, openValue), c.Currency}, {"size", string(c.Size), c.Currency}} {
			groups[k] = append(groups[k], c)
		}
	}
	for _, sum := range totals {
		if sum.Clients < least {
			t.Hidden++
			continue
		}
		t.Totals = append(t.Totals, *sum)
	}
	for _, x := range came {
		if x.Clients < least {
			t.Hidden++
			continue
		}
		t.Realised = append(t.Realised, *x)
	}
	slices.SortFunc(t.Realised, func(a, b Came) int { return strings.Compare(a.Currency, b.Currency) })
	slices.SortFunc(t.Totals, func(a, b Total) int { return strings.Compare(a.Currency, b.Currency) })
	t.Flows, t.Pairs, t.Findings = t.shown(flows, least), t.shown(pairs, least), t.shown(findings, least)
	for k, members := range groups {
		if len(members) < least {
			t.Hidden++
			continue
		}
		t.Groups = append(t.Groups, groupOf(k.by, k.name, k.currency, members))
	}
	slices.SortFunc(t.Groups, func(a, b Group) int {
		return cmp.Or(strings.Compare(a.By, b.By), cmp.Compare(b.Clients, a.Clients), strings.Compare(a.Name, b.Name), strings.Compare(a.Currency, b.Currency))
	})
	return t
}

func (t *Total) add(c Client) {
	t.Clients++
	t.Flows += len(c.Flows)
	t.NotStated += c.NotStated
	t.HoursPerWeek += c.HoursPerWeek
	t.HoursPerYear += c.HoursPerYear
	t.LabourPerYear += c.LabourPerYear
	t.ErrorCostPerYear += c.ErrorCostPerYear
	t.BenefitPerYear += c.BenefitPerYear
}

func (c *Came) add(r Realised) {
	c.Clients++
	c.Flows += r.Flows
	c.Months += r.Months
	c.Planned, c.Real = c.Planned.Plus(r.Planned), c.Real.Plus(r.Real)
}

// count counts a flow, and its client once.
func count(all map[string]*Common, seen map[*Common]bool, hours float64, key ...string) *Common {
	id := strings.Join(key, "\x00")
	c, ok := all[id]
	if !ok {
		c = &Common{Key: key}
		all[id] = c
	}
	if !seen[c] {
		seen[c] = true
		c.Clients++
	}
	c.Flows++
	c.HoursPerWeek += hours
	return c
}

// shown are those that enough clients have, the commonest first.
func (t *Together) shown(all map[string]*Common, least int) []Common {
	var shown []Common
	for _, c := range all {
		if c.Clients < least {
			t.Hidden++
			continue
		}
		shown = append(shown, *c)
	}
	slices.SortFunc(shown, func(a, b Common) int {
		return cmp.Or(cmp.Compare(b.Clients, a.Clients), cmp.Compare(b.HoursPerWeek, a.HoursPerWeek), slices.Compare(a.Key, b.Key))
	})
	return shown
}

func groupOf(by, name, currency string, members []Client) Group {
	g := Group{By: by, Name: name, Currency: currency, Clients: len(members)}
	var hours, build, payback []float64
	for _, c := range members {
		hours = append(hours, c.HoursPerWeek)
		for _, f := range c.Flows {
			g.Flows++
			if f.Build.OK {
				build = append(build, f.Build.Value)
			}
			months := never
			if f.Payback.OK {
				months = f.Payback.Value
			}
			payback = append(payback, months)
		}
	}
	g.Hours, g.Build, g.Payback = quartiles(hours), quartiles(build), quartiles(payback)
	return g
}

// never stands for a payback that does not come: longer than any that does.
const never = math.MaxFloat64 / 4

func quartiles(values []float64) Quartiles {
	at := func(p float64) roi.Figure {
		x, ok := roi.Quantile(values, p)
		return roi.Figure{Value: x, OK: ok && x < never/1e6}
	}
	q := Quartiles{at(.25), at(.5), at(.75)}
	for _, f := range []*roi.Figure{&q.Lower, &q.Median, &q.Upper} {
		if !f.OK {
			f.Value = 0
		}
	}
	return q
}
