package advise

import (
	"slices"
	"strings"

	"github.com/flowmap-dev/flowmap/pkg/audit"
	"github.com/flowmap-dev/flowmap/pkg/catalogue"
)

// gates says what speaks for and against a platform. A fact that is not known
// limits the fit as much as one that speaks against it.
func (n *needs) gates(p catalogue.Platform, c *Candidate) {
	n.client(p, c)
	n.suite(p, c)
	n.purpose(p, c)
	n.alerts(p, c)
	n.history(p, c)
	n.delay(p, c)
	n.place(p, c)
	n.size(p, c)
	n.connectors(p, c)
	for _, end := range []audit.System{n.from, n.to} {
		if end.Kind.Unstructured() {
			c.against(Reason{ID: "no-fields", Args: []audit.Arg{{Name: "System", Kind: audit.ArgSystem, IDs: []string{end.ID}}}, Source: carefulSource}, Recommended)
		}
	}
	if n.twoWay && len(n.f.Needs.Fields) == 0 {
		c.against(Reason{ID: "two-way-without-owners"}, Recommended)
	}
	if !n.volumeKnown {
		c.against(Reason{ID: "volume-unknown"}, Recommended)
	}
}

// client applies what the client refuses or cannot look after.
func (n *needs) client(p catalogue.Platform, c *Candidate) {
	if slices.Contains(n.w.Platforms.Exclude, p.ID) {
		c.against(Reason{ID: "excluded"}, Unsuitable)
	}
	if p.SelfHosted || p.Kind == catalogue.Custom {
		if n.w.Platforms.TechnicalOwner == "" {
			c.against(Reason{ID: "no-technical-owner", Source: ownerSource}, Unsuitable)
		} else {
			c.favour(Reason{ID: "technical-owner", Args: []audit.Arg{{Name: "Person", Kind: audit.ArgPerson, IDs: []string{n.w.Platforms.TechnicalOwner}}}})
		}
	}
}

// suite asks for one of the products that a platform comes with.
func (n *needs) suite(p catalogue.Platform, c *Candidate) {
	if len(p.With) == 0 {
		return
	}
	owned := slices.ContainsFunc(n.w.Platforms.Have, func(h audit.Have) bool { return h.ID == p.ID }) ||
		slices.ContainsFunc(n.w.Systems, func(s audit.System) bool { return slices.Contains(p.With, s.Product) })
	if owned {
		c.favour(Reason{ID: "suite", Source: suiteSource})
	} else {
		c.against(Reason{ID: "no-suite", Source: suiteSource}, Exception)
	}
}

// The sources of rules that rest on no fact of a single platform.
const (
	ownerSource    = "dooza-2026-10"      // free self-hosting becomes expensive when nobody owns updates and backups
	carefulSource  = "puna-tech"          // where loss is unacceptable, no bare no-code flow
	suiteSource    = "pixel2tech-2026-09" // Power Automate where there is Microsoft 365
	contractSource = "crossborder-2026-09"
)

// purpose applies what a kind of platform is for.
func (n *needs) purpose(p catalogue.Platform, c *Candidate) {
	switch p.Kind {
	case catalogue.ELT:
		if n.to.Kind != audit.BI {
			c.against(Reason{ID: "batch-copies-only"}, Unsuitable)
		}
	case catalogue.IPaaS:
		c.against(Reason{ID: "made-for-enterprises", Source: contractSource}, Reasonable)
	case catalogue.Custom:
		c.against(Reason{ID: "custom-effort", Args: []audit.Arg{number("Factor", n.c.Build.Custom)}, Source: n.c.Build.Source}, Reasonable)
	case catalogue.OpenSource:
		if exceeds(n.c.Thresholds.SelfHosted, n.records) {
			c.favour(Reason{ID: "worth-a-server", Source: n.c.Thresholds.SelfHosted.Source})
		} else {
			c.against(Reason{ID: "server-upkeep"}, Reasonable)
		}
	case catalogue.NoCode:
		if n.reliability == audit.Critical || n.f.Needs.Loss == "none" {
			c.against(Reason{ID: "bare-no-code", Source: carefulSource}, Reasonable)
		} else if p.Purpose == "" {
			c.favour(Reason{ID: "quick-to-build"})
		}
	}
	if p.Purpose != "" && p.Kind != catalogue.ELT {
		c.against(Reason{ID: "another-purpose", Source: p.CountsFrom}, Exception)
	}
}

// alerts asks for a way to tell somebody of a failure, and for retries where
// much depends on the flow.
func (n *needs) alerts(p catalogue.Platform, c *Candidate) {
	if n.reliability != audit.Low {
		c.judge("alerts", p.Alerts, Exception)
	}
	if n.critical() {
		c.judge("retries", p.Retries, Reasonable)
	}
}

// logDays is how long a log is looked for: a month.
const logDays = 30

// history looks at how long the platform keeps its log of runs. Too short a
// one can be helped by a log of one's own, so it limits nothing.
func (n *needs) history(p catalogue.Platform, c *Candidate) {
	if !n.critical() {
		return
	}
	switch f := p.LogDays; {
	case f == nil || !f.Value.Stated:
		c.against(Reason{ID: "log-unknown", Ask: true}, Recommended)
	case f.Value.Value < logDays:
		c.against(Reason{ID: "log-short", Args: []audit.Arg{count("Days", f.Value.Value)}, Source: f.Source}, Recommended)
	default:
		c.favour(Reason{ID: "log-long", Args: []audit.Arg{count("Days", f.Value.Value)}, Source: f.Source})
	}
}

// delay compares how often the platform can look for news with how late data
// may arrive. Once a day or a week every platform manages.
func (n *needs) delay(p catalogue.Platform, c *Candidate) {
	if !n.polls(p) {
		c.favour(Reason{ID: "webhook", Source: p.Webhooks.Source})
		return
	}
	if n.webhook.Holds && n.pattern != audit.Pull {
		c.against(Reason{ID: "webhook-not-taken", Ask: p.Webhooks == nil}, Recommended)
	}
	if n.latency == daily || n.latency == weekly {
		return
	}
	want := interval(n.latency)
	switch f := p.Polling; {
	case f == nil || !f.Value.Stated:
		c.against(Reason{ID: "polling-unknown", Ask: true, Args: []audit.Arg{count("Minutes", want)}}, Unsuitable)
	case f.Value.Value > want:
		c.against(Reason{ID: "polling-too-slow", Args: []audit.Arg{count("Minutes", f.Value.Value), count("Wanted", want)}, Source: f.Source}, Unsuitable)
	default:
		c.favour(Reason{ID: "polling", Args: []audit.Arg{count("Minutes", want)}, Source: f.Source})
	}
}

// place asks whether data may stay where the platform holds it, and whether
// the platform reaches systems that are not on the internet.
func (n *needs) place(p catalogue.Platform, c *Candidate) {
	if r := n.f.Needs.Residency; r != "" {
		fact := p.EU
		if !strings.EqualFold(r, "eu") && !p.SelfHosted {
			fact = nil
		}
		c.judge("residency", fact, Unsuitable)
	}
	if indoors(n.from) || indoors(n.to) {
		c.judge("on-premise", p.OnPremise, Exception)
	}
	if closed(n.from) || closed(n.to) {
		c.against(Reason{ID: "no-interface", Args: []audit.Arg{number("Factor", n.c.Build.NoInterface)}}, Recommended)
	}
}

// indoors tells whether a system stands in the client's own house without an
// interface that is known to be reached from outside.
func indoors(s audit.System) bool {
	return s.Hosting == "on-premise" && !has(s, "api", "webhook")
}

// manySteps is where it matters that no limit is known: 100 actions are widely
// quoted as Zapier's, without a source.
const manySteps = 100

// size compares the flow's steps with the most that the platform takes.
func (n *needs) size(p catalogue.Platform, c *Candidate) {
	switch f := p.MaxSteps; {
	case f == nil || !f.Value.Stated:
		if n.steps > manySteps {
			c.against(Reason{ID: "steps-unknown", Ask: true, Args: []audit.Arg{count("Steps", float64(n.steps))}}, Unsuitable)
		}
	case float64(n.steps) > f.Value.Value:
		c.against(Reason{ID: "too-many-steps", Args: []audit.Arg{count("Steps", float64(n.steps)), count("Most", f.Value.Value)}, Source: f.Source}, Unsuitable)
	}
}

// connectors looks at which of the two products the platform has a connector
// for. Without one a general step for the web does, so it limits nothing.
func (n *needs) connectors(p catalogue.Platform, c *Candidate) {
	for _, end := range []struct {
		system  audit.System
		product catalogue.Product
	}{{n.from, n.source}, {n.to, n.target}} {
		for _, k := range end.product.Connectors {
			if k.Platform != p.ID {
				continue
			}
			r := Reason{ID: "no-connector", Args: []audit.Arg{{Name: "System", Kind: audit.ArgSystem, IDs: []string{end.system.ID}}}}
			if len(end.product.Sources) > 0 {
				r.Source = end.product.Sources[0]
			}
			if k.Holds {
				r.ID = "connector"
				c.favour(r)
			} else {
				c.against(r, Recommended)
			}
		}
	}
}
