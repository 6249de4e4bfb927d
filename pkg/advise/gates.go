package advise

import (
	"math"
	"slices"

	"github.com/flowmap-dev/flowmap/pkg/audit"
	"github.com/flowmap-dev/flowmap/pkg/catalogue"
)

// gates says what speaks for and against a platform. A fact that is not known
// limits the fit as much as one that speaks against it.
func (n *needs) gates(p *catalogue.Platform, c *Candidate) {
	for _, weigh := range [...]func(*needs, *catalogue.Platform, *Candidate){
		(*needs).client, (*needs).suite, (*needs).purpose, (*needs).alerts, (*needs).history, (*needs).delay,
		(*needs).place, (*needs).size, (*needs).connectors, (*needs).readable, (*needs).stated,
	} {
		if weigh(n, p, c); n.out(c) {
			return
		}
	}
}

// stated looks at what nobody has said about the flow.
func (n *needs) stated(_ *catalogue.Platform, c *Candidate) {
	if n.outcome.Split {
		c.against(n.by("p02", Reason{ID: "two-way-without-owners"}), Recommended)
	}
	if !n.volumeKnown && !c.Metered {
		c.against(Reason{ID: "volume-unknown"}, Recommended)
	}
}

func (n *needs) readable(_ *catalogue.Platform, c *Candidate) { n.ends(c) }

// ends looks at what a program can read at the two ends.
func (n *needs) ends(c *Candidate) {
	for _, end := range [...]*audit.System{&n.from, &n.to} {
		if !end.Kind.Unstructured() && end.Kind != audit.Phone {
			continue
		}
		system := []audit.Arg{{Name: "System", Kind: audit.ArgSystem, IDs: []string{end.ID}}}
		if end.Kind == audit.Phone {
			c.against(n.by("k16", Reason{ID: "nothing-to-read", Args: system}), Exception)
		} else {
			c.against(n.by("k11", Reason{ID: "no-fields", Args: system}), Recommended)
		}
	}
}

// client applies what the client refuses or cannot look after.
func (n *needs) client(p *catalogue.Platform, c *Candidate) {
	n.refused(p, c)
	if p.SelfHosted || p.Kind == catalogue.Custom {
		if n.w.Platforms.TechnicalOwner == "" {
			c.against(n.by("h13", Reason{ID: "no-technical-owner"}), Unsuitable)
		} else {
			c.favour(n.by("h13", Reason{ID: "technical-owner", Args: []audit.Arg{{Name: "Person", Kind: audit.ArgPerson, IDs: []string{n.w.Platforms.TechnicalOwner}}}}))
		}
	}
}

func (n *needs) refused(p *catalogue.Platform, c *Candidate) {
	if slices.Contains(n.w.Platforms.Exclude, p.ID) {
		c.against(Reason{ID: "excluded"}, Unsuitable)
	}
}

// suite asks for one of the products that a platform comes with.
func (n *needs) suite(p *catalogue.Platform, c *Candidate) {
	if len(p.With) == 0 {
		return
	}
	owned := slices.ContainsFunc(n.w.Platforms.Have, func(h audit.Have) bool { return h.ID == p.ID }) ||
		slices.ContainsFunc(p.With, func(product string) bool { return n.products[product] })
	if owned {
		c.favour(Reason{ID: "suite", Source: suiteSource})
	} else {
		c.against(Reason{ID: "no-suite", Source: suiteSource}, Exception)
	}
}

// suiteSource says that Power Automate is for those who have Microsoft 365.
const suiteSource = "pixel2tech-2026-09"

// purpose applies what a kind of platform is for.
func (n *needs) purpose(p *catalogue.Platform, c *Candidate) {
	q := question{needs: n, p: p, c: c}
	switch p.Kind {
	case catalogue.ELT:
		if !q.fires("k14") {
			c.against(n.by("k14", Reason{ID: "batch-copies-only"}), Unsuitable)
		}
	case catalogue.IPaaS:
		if q.fires("k05") {
			c.favour(n.by("k05", Reason{ID: "large-enough"}))
		} else {
			c.against(n.by("k05", Reason{ID: "made-for-enterprises"}), Reasonable)
		}
	case catalogue.Custom:
		c.against(n.by("k18", Reason{ID: "custom-effort", Args: []audit.Arg{times("Factor", n.c.Build.Custom)}}), Reasonable)
	case catalogue.OpenSource:
		if q.fires("k04") {
			c.favour(n.by("k04", Reason{ID: "worth-a-server"}))
		} else {
			c.against(n.by("k04", Reason{ID: "server-upkeep"}), Reasonable)
		}
	case catalogue.NoCode:
		n.light(q)
	case catalogue.Native, catalogue.Process:
	}
	if p.Purpose != "" && p.Kind != catalogue.ELT {
		c.against(Reason{ID: "another-purpose", Source: p.CountsFrom}, Exception)
	}
	if q.fires("k03") {
		actions := n.records * float64(n.steps)
		c.against(n.by("k03", Reason{ID: "each-action-counts", Args: []audit.Arg{count("Actions", actions)}}), Reasonable)
	}
}

// light asks whether a tool without programming is enough.
func (n *needs) light(q question) {
	strict := q.fires("k07")
	if strict {
		q.c.against(n.by("k07", Reason{ID: "bare-no-code"}), Reasonable)
	}
	if q.fires("k10") {
		strict = true
		q.c.against(n.by("k10", Reason{ID: "strict-logging"}), Reasonable)
	}
	if strict || q.p.Purpose != "" {
		return
	}
	for _, rule := range []string{"k08", "k01", "k02"} {
		if q.fires(rule) {
			q.c.favour(n.by(rule, Reason{ID: "suits-" + rule}))
			return
		}
	}
	q.c.favour(Reason{ID: "quick-to-build"})
}

// alerts asks for a way to tell somebody of a failure, and for retries where
// much depends on the flow.
func (n *needs) alerts(p *catalogue.Platform, c *Candidate) {
	if n.reliability != audit.Low {
		n.judge(c, "h15", "alerts", p.Alerts, Exception)
	}
	if n.critical() {
		n.judge(c, "h16", "retries", p.Retries, Reasonable)
	}
}

// history looks at how long the platform keeps its log of runs. Too short a
// one can be helped by a log of one's own, so it limits nothing.
func (n *needs) history(p *catalogue.Platform, c *Candidate) {
	if !n.critical() {
		return
	}
	switch f := p.LogDays; {
	case f == nil || !f.Value.Stated:
		c.against(n.by("h07", Reason{ID: "log-unknown", Ask: true}), Recommended)
	case (question{needs: n, p: p, c: c}).fires("h07"):
		c.against(n.by("h07", Reason{ID: "log-short", Args: []audit.Arg{count("Days", f.Value.Value)}, Source: f.Source}), Recommended)
	default:
		c.favour(n.by("h07", Reason{ID: "log-long", Args: []audit.Arg{count("Days", f.Value.Value)}, Source: f.Source}))
	}
}

// delay compares how often the platform can look for news with how late data
// may arrive. Once a day or a week every platform manages.
func (n *needs) delay(p *catalogue.Platform, c *Candidate) {
	if !n.polls(p) {
		n.called(p, c)
		return
	}
	if n.webhook.Holds && n.pattern != audit.Pull && n.pattern != audit.BatchFile {
		c.against(Reason{ID: "webhook-not-taken", Ask: p.Webhooks == nil}, Recommended)
	}
	if n.latency == daily || n.latency == weekly {
		return
	}
	want := interval(n.latency)
	switch f := p.Polling; {
	case f == nil || !f.Value.Stated:
		c.against(n.by("h06", Reason{ID: "polling-unknown", Ask: true, Args: []audit.Arg{count("Minutes", want)}}), Unsuitable)
	case (question{needs: n, p: p, c: c}).fires("h06"):
		c.against(n.by("h06", Reason{ID: "polling-too-slow", Args: []audit.Arg{count("Minutes", f.Value.Value), count("Wanted", want)}, Source: f.Source}), Unsuitable)
	default:
		c.favour(n.by("h06", Reason{ID: "polling", Args: []audit.Arg{count("Minutes", want)}, Source: f.Source}))
	}
}

// called says who calls the platform: the source, or the target when it needs
// something.
func (n *needs) called(p *catalogue.Platform, c *Candidate) {
	switch {
	case n.pattern != audit.RequestReply:
		c.favour(Reason{ID: "webhook", Source: p.Webhooks.Source})
	case holds(p.Webhooks):
		c.favour(n.by("p06", Reason{ID: "answers-calls", Source: p.Webhooks.Source}))
	default:
		c.against(n.by("p06", Reason{ID: "calls-unknown", Ask: p.Webhooks == nil}), Exception)
	}
}

// place asks whether data may stay where the platform holds it, and whether
// the platform reaches systems that are not on the internet.
func (n *needs) place(p *catalogue.Platform, c *Candidate) {
	if n.f.Needs.Residency != "" {
		n.judge(c, "h11", "residency", n.kept(p), Unsuitable)
	}
	if indoors(n.from) || indoors(n.to) {
		n.judge(c, "h10", "on-premise", p.OnPremise, Exception)
	}
	if n.from.Closed() || n.to.Closed() {
		c.against(n.by("k11", Reason{ID: "no-interface", Args: []audit.Arg{times("Factor", n.c.Build.NoInterface)}}), Recommended)
	}
}

// indoors tells whether a system stands in the client's own house without an
// interface that is known to be reached from outside.
func indoors(s audit.System) bool {
	return s.Hosting == "on-premise" && !has(s, "api", "webhook")
}

// size compares the flow's steps, and how long a run takes, with the most that
// the platform bears.
func (n *needs) size(p *catalogue.Platform, c *Candidate) {
	q := question{needs: n, p: p, c: c}
	switch need := count("Steps", float64(n.steps)); {
	case q.fires("h04"):
		c.against(n.by("h04", Reason{ID: "too-many-steps", Args: []audit.Arg{need, count("Most", p.MaxSteps.Value.Value)}, Source: p.MaxSteps.Source}), Unsuitable)
	case q.fires("h14"):
		c.against(n.by("h14", Reason{ID: "steps-unknown", Ask: true, Args: []audit.Arg{need}}), Unsuitable)
	}
	if q.fires("h09") {
		took := count("Minutes", math.Ceil(n.runMinutes(p)))
		if f := p.MaxRun; f != nil && f.Value.Stated {
			c.against(n.by("h09", Reason{ID: "run-too-long", Args: []audit.Arg{took, count("Most", f.Value.Value)}, Source: f.Source}), Exception)
		} else {
			c.against(n.by("h09", Reason{ID: "run-unknown", Ask: true, Args: []audit.Arg{took}}), Exception)
		}
	}
}

// budget asks whether the platform is beyond what such companies spend.
func (n *needs) budget(p *catalogue.Platform, c *Candidate) {
	q := question{needs: n, p: p, c: c}
	if q.fires("k06") {
		yearly, _ := q.yearly()
		c.against(n.by("k06", Reason{ID: "beyond-budget", Args: []audit.Arg{{Name: "Cost", Kind: audit.ArgMoney, Number: yearly}}}), Exception)
	}
}

// connectors looks at which of the two products the platform has a connector
// for. Without one a general step for the web does, so it limits nothing.
func (n *needs) connectors(p *catalogue.Platform, c *Candidate) {
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
				c.favour(n.by("h12", r))
			} else {
				c.against(n.by("h12", r), Recommended)
			}
		}
	}
}
