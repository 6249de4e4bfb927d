package advise

import (
	"cmp"
	"slices"

	"github.com/flowmap-dev/flowmap/pkg/audit"
	"github.com/flowmap-dev/flowmap/pkg/catalogue"
)

// Company is what the advice on all flows together comes to, platform by
// platform: the one with the most flows first, each further one after it.
type Company struct {
	Platforms []Share
	Avoided   []string // ids of the flows on which another way of working is advised
}

// Share is what one platform carries, paid once for all its flows.
type Share struct {
	Platform   string   // id
	Flows      []string // ids
	Operations float64  // in the busiest month of all its flows together; 0 where it counts nothing
	Tier       string   // id; empty where none with a price holds them
	Priced     bool
	Fee        float64 // a month for all of them, in the workspace's currency
	Alone      float64 // a month if each flow paid for itself
	// Elsewhere is the platform before this one in the list that could carry all
	// its flows at the least cost, and Difference what that would change a month:
	// fees, care, and the difference in building spread over the horizon. Less than
	// nothing: this platform costs more than it brings.
	Elsewhere  string
	Difference float64
}

// Pick is a flow with its choice, and what else would fit it.
type Pick struct {
	Flow    string // id
	Choice  Candidate
	Avoid   bool // another way of working is advised
	Fitting []Candidate
}

// PickOf keeps of a flow's candidates what Company needs.
func PickOf(candidates []Candidate, choice Candidate) Pick {
	k := Pick{Flow: choice.Flow, Choice: choice, Avoid: Avoid(candidates)}
	for _, c := range candidates {
		if c.Fits() && c.Platform != choice.Platform {
			c.Reasons, c.Assumed = nil, nil
			k.Fitting = append(k.Fitting, c)
		}
	}
	return k
}

// Company puts the choices of all flows together. A pick without a platform is
// passed over.
func (a *Advisor) Company(picks []Pick) Company {
	var all Company
	at := map[string]int{}
	groups := [][]Pick{}
	for _, k := range picks {
		if k.Avoid {
			all.Avoided = append(all.Avoided, k.Flow)
		}
		if k.Choice.Platform == "" {
			continue
		}
		i, ok := at[k.Choice.Platform]
		if !ok {
			i = len(groups)
			at[k.Choice.Platform], groups = i, append(groups, nil)
		}
		groups[i] = append(groups[i], k)
	}
	slices.SortStableFunc(groups, func(x, y []Pick) int {
		return cmp.Or(cmp.Compare(len(y), len(x)), cmp.Compare(x[0].Choice.Platform, y[0].Choice.Platform))
	})
	for i, g := range groups {
		s := a.share(g[0].Choice.Platform, choices(g))
		a.elsewhere(&s, g, groups[:i])
		all.Platforms = append(all.Platforms, s)
	}
	return all
}

func choices(picks []Pick) []Candidate {
	all := make([]Candidate, len(picks))
	for i, k := range picks {
		all[i] = k.Choice
	}
	return all
}

// share works out what one platform costs for all its flows together.
func (a *Advisor) share(platform string, flows []Candidate) Share {
	s := Share{Platform: platform, Priced: true}
	var u catalogue.Use
	settled, upkeep := 0.0, 0.0
	free := false // a free tier serves only where it serves each flow
	for i, c := range flows {
		s.Flows = append(s.Flows, c.Flow)
		s.Alone += c.Fee.Mean()
		s.Priced = s.Priced && c.Priced
		u.Normal, u.Peak = u.Normal+c.Operations, u.Peak+c.PeakOperations
		upkeep = max(upkeep, c.Upkeep)
		free = (i == 0 || free) && c.Quoted.Price.Stated && c.Quoted.Price.Value == 0
		if c.Decided && c.Quoted.Price.Stated && a.fees(c) {
			settled = max(settled, c.Fee.Mean())
		}
	}
	s.Operations = u.Peak
	p, known := a.c.Platform(platform)
	if !known || p.Kind == catalogue.Native || p.Kind == catalogue.Process {
		s.Fee = s.Alone
		return s
	}
	a.together(&s, p, u, free)
	s.Fee = max(s.Fee, settled)
	return s
}

// fees tells whether the client has settled the fee of a decided candidate.
func (a *Advisor) fees(c Candidate) bool {
	f, ok := a.w.Flow(c.Flow)
	return ok && f.Solution.PlatformMonthly.Stated()
}

// together finds the tier for all operations, less what is paid for already.
func (a *Advisor) together(s *Share, p catalogue.Platform, u catalogue.Use, free bool) {
	for _, h := range a.w.Platforms.Have {
		if h.ID == p.ID && h.Spare.Stated && u.Peak <= h.Spare.Value {
			s.Tier, s.Fee = h.Tier, 0
			return
		}
	}
	u.PeakMonths = 12
	u.Normal = u.Peak
	t, ok := p.Cheapest(u, func(t catalogue.Tier) bool { return t.Price.Value > 0 || t.Unlimited || free })
	if !ok {
		s.Priced = false
		return
	}
	rate, rated := a.w.ExchangeRate(t.Currency)
	if !rated && t.Price.Value > 0 {
		s.Priced = false
		return
	}
	s.Tier, s.Fee = t.ID, t.MeanFee(u)*rate
	if p.SelfHosted && p.Server != nil && p.Upkeep != nil {
		rate, rated := a.w.ExchangeRate(p.Server.Currency)
		s.Priced = s.Priced && rated
		s.Fee += float64(p.Server.Price*rate) + float64(p.Upkeep.Value.Value*a.w.Assumptions.DeveloperHourlyCost.Mean())
	}
}

// elsewhere asks whether a platform before this one could carry its flows too,
// and what that would change.
func (a *Advisor) elsewhere(s *Share, flows []Pick, before [][]Pick) {
	for _, other := range before {
		platform := other[0].Choice.Platform
		moved, ok := fitting(flows, platform)
		if !ok {
			continue
		}
		stays := choices(other)
		now := a.share(platform, stays).Fee + s.Fee
		then := a.share(platform, append(stays, moved...))
		difference := then.Fee - now + (a.effort(moved) - a.effort(choices(flows)))
		if then.Priced && (s.Elsewhere == "" || difference < s.Difference) {
			s.Elsewhere, s.Difference = platform, difference
		}
	}
}

// effort is building, spread over the horizon, and maintenance, a month.
func (a *Advisor) effort(all []Candidate) float64 {
	sum := 0.0
	for _, c := range all {
		sum += c.Maintenance + c.BuildCost.Mean()/a.w.Assumptions.HorizonMonths.Value
	}
	return sum
}

// fitting are the candidates of the flows on another platform, and false where one
// of them does not fit there.
func fitting(flows []Pick, platform string) ([]Candidate, bool) {
	var all []Candidate
	for _, k := range flows {
		i := slices.IndexFunc(k.Fitting, func(c Candidate) bool { return c.Platform == platform })
		if i < 0 {
			return nil, false
		}
		all = append(all, k.Fitting[i])
	}
	return all, true
}

// StaleAfter is after how many days a price is old.
const StaleAfter = 180

// Stale gives finding FM017 for each price used, of a platform's tier, that was
// seen more than StaleAfter days before the audit's date. Without a date nothing
// is checked, and an undated price cannot be. The choices are those of the flows.
func (a *Advisor) Stale(choices []Candidate) []audit.Finding {
	today, ok := day(string(a.w.Date))
	if !ok {
		return nil
	}
	var found []audit.Finding
	at := map[[2]string]int{}
	for _, c := range choices {
		seen := a.seen(c.Quoted)
		on, dated := day(seen)
		if !dated || today-on <= StaleAfter || !c.Quoted.Price.Stated {
			continue
		}
		key := [2]string{c.Platform, c.Tier}
		i, known := at[key]
		if !known {
			i = len(found)
			at[key] = i
			found = append(found, audit.Finding{ID: "FM017", Kind: "stale-price", Severity: audit.SeverityLow, Args: []audit.Arg{
				{Name: "Platform", Kind: audit.ArgPlatform, IDs: []string{c.Platform}}, text("Tier", c.Tier),
				{Name: "Seen", Kind: audit.ArgDate, Text: seen}, count("Days", float64(today-on)),
			}})
		}
		found[i].Flows = append(found[i].Flows, c.Flow)
	}
	return found
}

// seen is the day on which a price was seen: its own, else its source's.
func (a *Advisor) seen(q Quoted) string {
	if q.Seen != "" {
		return q.Seen
	}
	s, _ := a.c.Source(q.Source)
	return cmp.Or(s.Seen, s.Date)
}
