package advise

import (
	"fmt"
	"strings"

	"github.com/flowmap-dev/flowmap/pkg/audit"
	"github.com/flowmap-dev/flowmap/pkg/catalogue"
)

// Check names what a workspace says about platforms and products that the
// catalogue does not know: what the client has, excludes and has decided, and
// the systems' products; and a decided pattern that the flow cannot have. A problem stands at the field, in the order of the
// workspace.
func Check(w audit.Workspace, c catalogue.Catalogue) audit.Problems {
	k := checker{w: w, c: c}
	for _, h := range w.Platforms.Have {
		k.platform(w.Place("workspace", "", "platforms.have"), "platforms.have", h.ID, h.Tier)
	}
	for _, id := range w.Platforms.Exclude {
		k.platform(w.Place("workspace", "", "platforms.exclude"), "platforms.exclude", id, "")
	}
	for _, s := range w.Systems {
		if _, known := c.Product(s.Product); s.Product != "" && !known {
			k.report(w.Place("system", s.ID, "product"), fmt.Sprintf("system %q: the catalogue has no product %q", s.ID, s.Product), "products", ids(c.Products, func(p catalogue.Product) string { return p.ID }))
		}
	}
	for _, f := range w.Flows {
		if s := f.Solution; s.Decided() {
			k.platform(decidedAt(w, f.ID), fmt.Sprintf("flow %q: solution", f.ID), s.Platform, s.Tier)
		}
		k.pattern(f)
	}
	return k.found
}

// decidedAt is where the platform of a flow was decided, or its tier, where a
// what-if has set the tier alone.
func decidedAt(w audit.Workspace, flow string) audit.Place {
	platform, tier := w.Place("flow", flow, "solution.platform"), w.Place("flow", flow, "solution.tier")
	if whatIf(tier) && !whatIf(platform) {
		return tier
	}
	return platform
}

// whatIf tells whether a place is that of a setting: a flag has no lines.
func whatIf(p audit.Place) bool { return p.Line == 0 || strings.HasPrefix(p.File, "scenarios/") }

type checker struct {
	w     audit.Workspace
	c     catalogue.Catalogue
	found audit.Problems
}

func (k *checker) platform(at audit.Place, what, id, tier string) {
	p, known := k.c.Platform(id)
	if !known {
		k.report(at, fmt.Sprintf("%s: the catalogue has no platform %q", what, id), "platforms", ids(k.c.Platforms, func(p catalogue.Platform) string { return p.ID }))
		return
	}
	if _, known := p.TierByID(tier); tier != "" && !known {
		k.report(at, fmt.Sprintf("%s: platform %q has no tier %q", what, id, tier), "tiers", ids(p.Tiers, func(t catalogue.Tier) string { return t.ID }))
	}
}

// pattern refuses a decided pattern that what is stated about the flow rules out.
func (k *checker) pattern(f audit.Flow) {
	from, _ := k.w.System(f.From)
	to, _ := k.w.System(f.To)
	why, hint := "", ""
	switch f.Solution.Pattern {
	case audit.Sync:
		switch {
		case f.Needs.Direction != audit.TwoWay:
			why, hint = "the flow goes one way", "write direction: two-way under needs, or push or pull as the pattern"
		case len(f.Needs.Fields) == 0:
			why, hint = "nobody says which system owns the shared fields", "write fields: {phone: crm} under needs, one owner a field, or make it two one-way flows"
		case from.Closed() || to.Closed():
			why, hint = "an end has neither api, webhook nor database", "files can only be exchanged: write pull"
		}
	case audit.Push, audit.PubSub:
		if from.Interfaces != nil && !has(from, "webhook", "database") {
			why, hint = fmt.Sprintf("system %q does not call when something is new: its interfaces hold no webhook and no database", from.ID), "write pull, or add webhook to its interfaces if it can"
		}
	case audit.Pull:
		if from.Interfaces != nil && !has(from, "api", "webhook", "database", "file", "edi", "email", "read-only") {
			why, hint = fmt.Sprintf("system %q has no interface that could be read", from.ID), "add what it has to its interfaces"
		}
	}
	if why != "" {
		k.problem(k.w.Place("flow", f.ID, "solution.pattern"), fmt.Sprintf("flow %q: solution: pattern %q: %s", f.ID, f.Solution.Pattern, why), hint)
	}
}

func (k *checker) report(at audit.Place, message, what string, known []string) {
	k.problem(at, message, what+" here: "+strings.Join(known, ", ")+"; add it in the workspace's catalogue.yaml if it is another")
}

func (k *checker) problem(at audit.Place, message, hint string) {
	source := ""
	if text, ok := k.w.File(at.File); ok {
		if lines := strings.Split(string(text), "\n"); at.Line >= 1 && int(at.Line) <= len(lines) {
			source = strings.TrimRight(lines[at.Line-1], "\r")
		}
	}
	k.found = append(k.found, audit.Problem{Place: at, Message: message, Hint: hint, Source: source})
}

func ids[T any](things []T, id func(T) string) []string {
	all := make([]string, len(things))
	for i, t := range things {
		all[i] = id(t)
	}
	return all
}
