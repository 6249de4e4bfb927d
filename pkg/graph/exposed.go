package graph

import (
	"slices"

	"github.com/flowmap-dev/flowmap/pkg/audit"
)

// typedAgain is FM006, medium: the entity is typed into two or more inside
// systems. What is typed into a spreadsheet or onto paper does not count.
func (t *trace) typedAgain() []located {
	into := make([]bool, len(t.next))
	var typed []int
	for _, f := range t.flows {
		e := t.ends[f]
		if !t.w.Flows[f].ByHand() || t.w.Flows[f].How == audit.File {
			continue
		}
		counts := false
		for _, s := range e.receivers() {
			if t.inside[s] && !t.loose(s) {
				into[s], counts = true, true
			}
		}
		if counts {
			typed = append(typed, f)
		}
	}
	systems := marked(into)
	if len(systems) < 2 {
		return nil
	}
	f := audit.Finding{ID: "FM006", Kind: "typed-again", Severity: audit.SeverityMedium, Args: []audit.Arg{t.system("systems", systems...)}}
	return []located{t.finding(f, systems, typed)}
}

// receivers are the systems that a flow brings data to.
func (e ends) receivers() []int {
	if e.twoWay {
		return []int{e.to, e.from}
	}
	return []int{e.to}
}

// personal is FM012: personal data goes through a spreadsheet or e-mail, which
// is low; or special data through one of these, paper or phone, which is high.
func (t *trace) personal() []located {
	f := audit.Finding{ID: "FM012", Kind: "personal-data", Severity: audit.SeverityLow}
	special := t.entity.PersonalData == audit.SpecialPersonalData
	if !special && t.entity.PersonalData != audit.OrdinaryPersonalData {
		return nil
	}
	if special {
		f.Severity, f.Args = audit.SeverityHigh, []audit.Arg{variant("special")}
	}
	exposed := func(s int) bool {
		switch k := t.w.Systems[s].Kind; k {
		case audit.Spreadsheet, audit.Email:
			return true
		case audit.Paper, audit.Phone:
			return special
		default:
			return false
		}
	}
	through := make([]bool, len(t.next))
	var flows []int
	for _, i := range t.flows {
		e := t.ends[i]
		through[e.from], through[e.to] = through[e.from] || exposed(e.from), through[e.to] || exposed(e.to)
		if exposed(e.from) || exposed(e.to) {
			flows = append(flows, i)
		}
	}
	if len(flows) == 0 {
		return nil
	}
	systems := marked(through)
	f.Args = append(f.Args, t.system("systems", systems...))
	found := t.finding(f, systems, flows)
	found.Places = t.places(t.w.Place("entity", t.entity.ID, "personal_data"), flows)
	return []located{found}
}

// noInterface is FM013, medium: a flow by hand is critical, or joins a critical
// system, and an inside end of it that is no spreadsheet and no paper lets no
// program in. One finding a system.
func (l *landscape) noInterface() []located {
	shut := map[int][]int{} // flows by system
	for i, e := range l.ends {
		f := &l.w.Flows[i]
		if !e.ok || !f.ByHand() {
			continue
		}
		critical := f.Needs.Reliability == audit.Critical || l.w.Systems[e.from].Critical == audit.Yes || l.w.Systems[e.to].Critical == audit.Yes
		for _, s := range []int{e.from, e.to} {
			if critical && l.w.Systems[s].Closed() && !l.loose(s) && l.holds(s, f.Entity) {
				shut[s] = append(shut[s], i)
			}
		}
	}
	var found []located
	for s := range l.w.Systems {
		if flows := shut[s]; flows != nil {
			f := audit.Finding{ID: "FM013", Kind: "no-interface", Severity: audit.SeverityMedium, Args: audit.FlowArgs(l.flowIDs(flows))}
			found = append(found, l.about(f, s, "interfaces", flows))
		}
	}
	return found
}

// holds tells whether a system is inside for an entity.
func (l *landscape) holds(s int, entity string) bool {
	if !l.w.Systems[s].Kind.Outside() {
		return true
	}
	e, ok := l.w.Entity(entity)
	return ok && e.Record == l.w.Systems[s].ID
}

// about is a finding about one system and the flows that hang on it.
func (l *landscape) about(f audit.Finding, s int, field string, flows []int) located {
	id := l.w.Systems[s].ID
	f.Systems, f.Flows = []string{id}, l.flowIDs(flows)
	f.Args = append([]audit.Arg{{Name: "system", Kind: audit.ArgSystem, IDs: f.Systems}}, f.Args...)
	f.Places = known(l.w.Place("system", id, field))
	l.price(&f, flows)
	return located{f, -1, []int{s}}
}

// price adds up what flows cost.
func (l *landscape) price(f *audit.Finding, flows []int) {
	for _, i := range flows {
		c := l.costs[i]
		f.HoursPerWeek += c.HoursPerWeek
		f.CostPerYear += c.LabourPerYear + c.ErrorCostPerYear
	}
}

// hubs are FM014, info: the systems at which more than half of all manual hours
// begin or end, and stand still without them. There are three at most.
func (l *landscape) hubs() []located {
	total := 0.0
	for _, c := range l.costs {
		total += c.HoursPerWeek
	}
	var found []located
	for s, n := range l.nodes() {
		if n.HoursPerWeek <= total/2*(1+1e-9) {
			continue
		}
		var flows []int
		for i, e := range l.ends {
			if e.ok && (e.from == s || e.to == s) && l.costs[i].HoursPerWeek > 0 {
				flows = append(flows, i)
			}
		}
		f := audit.Finding{ID: "FM014", Kind: "hub", Severity: audit.SeverityInfo, Args: []audit.Arg{
			{Name: "hours", Kind: audit.ArgHours, Number: n.HoursPerWeek}, {Name: "total", Kind: audit.ArgHours, Number: total}}}
		found = append(found, l.about(f, s, "", flows))
	}
	return found
}

// stale is FM007, medium: what a flow needs sooner than it can be where the
// flow takes it. The age there is the sum of the delays on the way from the
// record, over the quickest of all ways; a delay that is not known counts as
// none, so that what is found is certain.
func (t *trace) stale() []located {
	needs := func(f int) bool { return t.w.Flows[f].Needs.Latency != "" }
	if t.record < 0 || !slices.ContainsFunc(t.flows, needs) {
		return nil
	}
	best := t.ways(t.steps(func(f int) Delay { return Delay{t.delays[f].Hours, true} }))
	var found []located
	for _, f := range t.flows {
		bears, ok := patience(t.w.Flows[f].Needs.Latency)
		if !ok {
			continue
		}
		sender, receiver := t.fresher(best, t.ends[f])
		if receiver == t.record || !t.copies(sender) || best[sender].hours <= bears {
			continue
		}
		path, before := trail(best, sender)
		found = append(found, t.staleFlow(f, path, before, best[sender].hours))
	}
	return found
}

// fresher is the end of a flow that news comes from, and the other one. Of a
// two-way flow it is the one that holds the newer data.
func (t *trace) fresher(best []way, e ends) (sender, receiver int) {
	holds := func(s int) bool { return best[s].reached && t.inside[s] }
	if e.twoWay && holds(e.to) && (!holds(e.from) || best[e.to].compare(best[e.from]) < 0) {
		return e.to, e.from
	}
	return e.from, e.to
}

func (t *trace) staleFlow(flow int, path, before []int, hours float64) located {
	f := audit.Finding{ID: "FM007", Kind: "stale", Severity: audit.SeverityMedium, Args: []audit.Arg{
		{Name: "flow", Kind: audit.ArgFlow, IDs: t.flowIDs([]int{flow})},
		t.system("system", path[len(path)-1]), t.system("record", t.record),
		{Name: "needs", Kind: audit.ArgKey, Text: "latency." + string(t.w.Flows[flow].Needs.Latency)},
		{Name: "age", Kind: audit.ArgAge, Number: hours}}}
	found := t.finding(f, path, append(slices.Clone(before), flow))
	found.Places = t.places(t.w.Place("flow", t.w.Flows[flow].ID, "needs.latency"), before)
	return found
}

// patience is how old data may be, in hours, for a need. Several steps of a few
// minutes each are still within minutes; at once is at once.
func patience(l audit.Latency) (hours float64, ok bool) {
	if l == audit.Latency(audit.Minutes) {
		return .5, true
	}
	d := delayOf(audit.Period(l))
	return d.Hours, d.Known
}
