package catalogue

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/flowmap-dev/flowmap/pkg/audit"
)

// checker gathers what is wrong with a workspace's own catalogue once it lies
// over the shipped one.
type checker struct {
	lines []string
	found audit.Problems
}

// problems checks everything of c that over states and that base had not.
func problems(base, c, over Catalogue, src []byte) audit.Problems {
	breaks := strings.NewReplacer("\r\n", "\n", "\r", "\n", "\u0085", "\n", "\u2028", "\n", "\u2029", "\n") // as YAML has them
	k := &checker{lines: strings.Split(breaks.Replace(string(src)), "\n")}
	seen := map[string]bool{}
	for _, o := range over.Platforms {
		if seen[o.ID] {
			k.report(o.Place, fmt.Sprintf("platform %q stands twice", o.ID), "put what you know about it into one place")
			continue
		}
		seen[o.ID] = true
		p, _ := c.Platform(o.ID)
		k.platform(p, o)
	}
	k.rules(base, over)
	k.links(c, over)
	slices.SortStableFunc(k.found, func(a, b audit.Problem) int {
		return cmp.Or(cmp.Compare(a.Place.Line, b.Place.Line), cmp.Compare(a.Place.Column, b.Place.Column))
	})
	return k.found
}

func (k *checker) report(at audit.Place, message, hint string) {
	line := ""
	if n := int(at.Line); n >= 1 && n <= len(k.lines) {
		line = k.lines[n-1]
	}
	k.found = append(k.found, audit.Problem{Place: at, Message: message, Hint: hint, Source: line})
}

// platform checks p, of which the workspace states what stands in o.
func (k *checker) platform(p, o Platform) {
	what := fmt.Sprintf("platform %q", p.ID)
	if p.Kind == "" {
		k.report(o.Place, what+" has no kind", "write one of "+strings.Join(Kind("").Options(), ", "))
	}
	if p.Unit == "" {
		k.report(o.Place, what+" has no unit", "write what its price counts: one of "+strings.Join(Unit("").Options(), ", "))
	}
	for _, f := range []struct {
		key  string
		fact *Fact
	}{{"polling_minutes", o.Polling}, {"log_days", o.LogDays}, {"max_steps", o.MaxSteps}, {"max_run_minutes", o.MaxRun}, {"upkeep_hours", o.Upkeep}} {
		if f.fact != nil && !f.fact.Value.Stated {
			k.report(f.fact.Place, fmt.Sprintf("%s: %s has no value", what, f.key), "write value: and the number, or leave "+f.key+" out where it is not known")
		}
	}
	if o.Server != nil && o.Server.Currency == "" {
		k.report(o.Server.Place, what+": server has no currency", "write currency: EUR")
	}
	ids := map[string]bool{}
	for _, stated := range o.Tiers {
		if ids[stated.ID] {
			k.report(stated.Place, fmt.Sprintf("%s: tier %q stands twice", what, stated.ID), "one row a tier")
		}
		ids[stated.ID] = true
		t, _ := p.TierByID(stated.ID)
		k.tier(what, t)
	}
	k.table(what, p, o)
}

// rules checks that what the workspace changes is there: a rule without a test
// would decide nothing.
func (k *checker) rules(shipped, over Catalogue) {
	seen := map[string]bool{}
	for _, o := range over.Rules {
		r, known := shipped.Rule(o.ID)
		switch {
		case seen[o.ID]:
			k.report(o.Place, fmt.Sprintf("rule %q stands twice", o.ID), "put its thresholds into one place")
		case !known:
			k.report(o.Place, fmt.Sprintf("the catalogue has no rule %q", o.ID), "rules here: "+strings.Join(names(shipped.Rules, func(r Rule) string { return r.ID }), ", "))
		default:
			k.thresholds(r, o)
		}
		seen[o.ID] = true
	}
}

func (k *checker) thresholds(r, stated Rule) {
	for _, t := range stated.Thresholds {
		known := names(r.Thresholds, func(t Threshold) string { return t.ID })
		switch {
		case !slices.Contains(known, t.ID):
			k.report(t.Place, fmt.Sprintf("rule %q has no threshold %q", r.ID, t.ID), "thresholds here: "+cmp.Or(strings.Join(known, ", "), "none"))
		case !t.Value.Stated:
			k.report(t.Place, fmt.Sprintf("rule %q: threshold %q has no value", r.ID, t.ID), "write value: and the number")
		}
	}
}

// links checks the connectors that products bring themselves.
func (k *checker) links(c, over Catalogue) {
	for _, p := range over.Products {
		for _, l := range p.Links {
			what := fmt.Sprintf("product %q: its link", p.ID)
			if _, known := c.Product(l.Product); !known {
				k.report(l.Place, fmt.Sprintf("%s: the catalogue has no product %q", what, l.Product), "name a product of the catalogue, or add it here")
			}
			if l.Price.Stated && l.Currency == "" {
				k.report(l.Place, what+" has a price without a currency", "write currency: EUR")
			}
		}
	}
}

func names[T any](things []T, name func(T) string) []string {
	all := make([]string, len(things))
	for i, t := range things {
		all[i] = name(t)
	}
	return all
}

// tier checks one row.
func (k *checker) tier(what string, t Tier) {
	what = fmt.Sprintf("%s: tier %q", what, t.ID)
	if t.Price.Stated && t.Currency == "" {
		k.report(t.Price.Place, what+" has a price without a currency", "write currency: EUR")
	}
	if t.Quote == Listed && !t.Price.Stated {
		k.report(t.Place, what+" has no price", "write price: a month, or quote: on-request")
	}
	if t.Quote == Listed && t.Price.Stated && !t.Unlimited && !t.Included.Stated {
		k.report(t.Place, what+" does not say how many operations it holds", "write included: a month, or unlimited: true")
	}
	if len(t.Range) > 0 && (len(t.Range) != 2 || t.Range[0] > t.Range[1]) {
		k.report(t.Place, what+" has a range that is not two numbers, the lower first", "write range: [1000, 1500]")
	}
	k.overage(what, t)
}

// overage checks where more than the allowance ends.
func (k *checker) overage(what string, t Tier) {
	switch o := t.Overage; {
	case o == nil || o.Endless:
	case !o.UpTo.Stated:
		k.report(t.Place, what+" does not say where overage ends", "write up_to: operations a month, or endless: true")
	case o.UpTo.Value < t.Included.Value:
		k.report(o.UpTo.Place, what+" stops below what it includes", "up_to counts the included operations too")
	}
}

// table checks that a dearer tier holds more: no two rows claim the same
// operations at the same price, none holds less for more.
func (k *checker) table(what string, p, o Platform) {
	var rows []Tier
	for _, t := range p.Tiers {
		if t.Listed() && (t.Unlimited || t.Included.Stated) {
			rows = append(rows, t)
		}
	}
	slices.SortStableFunc(rows, func(a, b Tier) int { return cmp.Compare(a.Price.Value, b.Price.Value) })
	for i := 1; i < len(rows); i++ {
		a, b := rows[i-1], rows[i]
		_, mine := o.TierByID(b.ID)
		_, its := o.TierByID(a.ID)
		if !mine && !its || a.Currency != b.Currency || !overlap(a, b) {
			continue
		}
		at := b.Place
		if !mine {
			at = a.Place
		}
		k.report(at, fmt.Sprintf("%s: tier %q costs no less than %q and holds no more", what, b.ID, a.ID),
			"a dearer tier holds more operations; state both as your quote has them, or mark one with quote: edition")
	}
}

// overlap tells whether b, which costs no less than a, takes the same
// operations again, or fewer. Features beyond operations may make two tiers of
// one allowance differ in price.
func overlap(a, b Tier) bool {
	held := func(t Tier) float64 {
		if t.Unlimited {
			return unlimited
		}
		return t.Included.Value
	}
	if held(b) == held(a) {
		return a.Price.Value == b.Price.Value
	}
	return held(b) < held(a)
}

// unlimited is above every number that can be written in a workspace.
const unlimited = 1e18
