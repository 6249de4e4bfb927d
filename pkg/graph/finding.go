package graph

import (
	"slices"

	"github.com/flowmap-dev/flowmap/pkg/audit"
)

// findings are what is wrong with one entity. A flow is counted once in each
// finding that it hangs on.
func (t *trace) findings() []located {
	found := t.noRecord()
	if t.reason == Declared {
		found = append(found, t.twoRecords()...)
	}
	r := findRings(t.insideSteps())
	found = append(found, t.consumerWrites(r)...)
	found = append(found, t.ringFindings(r)...)
	found = append(found, t.copiesOfCopies(r)...)
	return slices.Concat(found, t.typedAgain(), t.stale(), t.personal())
}

// finding fills in what every finding of the trace has: the entity, the
// systems in the order given, and the hours and money of the flows.
func (t *trace) finding(f audit.Finding, systems, flows []int) located {
	f.Entities = []string{t.entity.ID}
	f.Systems = t.systemIDs(systems)
	f.Flows = t.flowIDs(flows)
	f.Args = append([]audit.Arg{{Name: "entity", Kind: audit.ArgEntity, IDs: f.Entities}}, f.Args...)
	t.price(&f, flows)
	f.Places = t.places(t.w.Place("entity", t.entity.ID, "record"), flows)
	return located{f, t.at, systems}
}

// places are where one would mend it, such as the entity's record (the entity
// where none is declared), and the flows.
func (t *trace) places(first audit.Place, flows []int) []audit.Place {
	places := []audit.Place{first}
	for _, f := range flows {
		places = append(places, t.w.Place("flow", t.w.Flows[f].ID, ""))
	}
	return known(places...)
}

func (t *trace) system(name string, at ...int) audit.Arg {
	return audit.Arg{Name: name, Kind: audit.ArgSystem, IDs: t.systemIDs(at)}
}

// variant chooses among the sentences of a finding: finding.FM001.several in
// place of finding.FM001.message.
func variant(name string) audit.Arg {
	return audit.Arg{Name: "variant", Kind: audit.ArgText, Text: name}
}

// noRecord is FM001: no record is declared, and none or several inside systems
// originate the entity. It is high where people carry the entity by hand, since
// then nobody but they settle which value is right, and medium where programs
// do. It is low where no flow carries the entity at all, and where the inferred
// record is a spreadsheet or paper.
func (t *trace) noRecord() []located {
	f := audit.Finding{ID: "FM001", Kind: "no-record", Severity: audit.SeverityMedium}
	var systems []int
	switch {
	case t.reason == Declared:
		return nil
	case t.reason == OnlySource:
		if !t.loose(t.record) {
			return nil
		}
		systems = []int{t.record}
		f.Severity = audit.SeverityLow
		f.Args = []audit.Arg{variant("inferred"), t.system("record", t.record)}
	case len(t.flows) == 0:
		f.Severity = audit.SeverityLow
		f.Args = []audit.Arg{variant("unused")}
	case t.reason == SeveralSources:
		systems = t.insideSources()
		f.Args = []audit.Arg{variant("several"), t.system("systems", systems...)}
	case t.reason == NoSource:
		systems = t.touched()
		f.Args = []audit.Arg{variant("none"), t.system("systems", systems...)}
	}
	if f.Severity == audit.SeverityMedium && t.byHand() {
		f.Severity = audit.SeverityHigh
	}
	return []located{t.finding(f, systems, t.flows)}
}

// touched are the systems that any flow of the entity joins.
func (t *trace) touched() []int {
	var systems []int
	for s := range t.next {
		if len(t.next[s])+len(t.previous[s]) > 0 {
			systems = append(systems, s)
		}
	}
	return systems
}

func (t *trace) byHand() bool {
	return slices.ContainsFunc(t.flows, func(f int) bool { return t.w.Flows[f].ByHand() })
}

// twoRecords is FM002, high. Either a system originates the entity and no way
// leads from it to the declared record: one finding a system, on the flows that
// it sends or gets. Or the record never sends the entity, and inside systems
// get it without passing it on to the record: one finding for those that are
// not behind a system of the first kind.
//
// An outside system is named only where it feeds inside systems that are not
// themselves named: what comes by e-mail into a stranded CRM is the CRM's.
func (t *trace) twoRecords() []located {
	leads := spread(t.record, t.previous, t.inside)
	leads[t.record] = true
	behind := make([]bool, len(t.next))
	feedsUnnamed := func(n int) bool { return t.inside[n] && !t.originates(n) }
	var found []located
	for _, s := range t.sources {
		if leads[s] || !t.inside[s] && !slices.ContainsFunc(t.next[s], feedsUnnamed) {
			continue
		}
		for n, yes := range spread(s, t.next, t.inside) {
			behind[n] = behind[n] || yes
		}
		found = append(found, t.stranded(s))
	}
	return append(found, t.silentRecord(leads, behind)...)
}

// stranded is the first half of FM002, for one system.
func (t *trace) stranded(s int) located {
	f := audit.Finding{ID: "FM002", Kind: "two-records", Severity: audit.SeverityHigh,
		Args: []audit.Arg{t.system("system", s), t.system("record", t.record)}}
	if !t.inside[s] {
		f.Args = append(f.Args, variant("outside"), t.system("receivers", t.next[s]...))
	}
	flows := t.flowsWhere(func(from, to int) bool { return from == s || to == s })
	return t.finding(f, []int{s, t.record}, flows)
}

// silentRecord is the second half of FM002. leads marks the systems from which
// a way leads to the record, behind those that a finding explains already.
func (t *trace) silentRecord(leads, behind []bool) []located {
	if len(t.next[t.record]) > 0 {
		return nil
	}
	var getting []int
	for s := range t.previous {
		if len(t.previous[s]) > 0 && t.inside[s] && !leads[s] && !behind[s] && !t.originates(s) {
			getting = append(getting, s)
		}
	}
	if len(getting) == 0 {
		return nil
	}
	flows := t.flowsWhere(func(_, to int) bool { return slices.Contains(getting, to) })
	f := audit.Finding{ID: "FM002", Kind: "two-records", Severity: audit.SeverityHigh,
		Args: []audit.Arg{variant("silent"), t.system("systems", getting...), t.system("record", t.record)}}
	return []located{t.finding(f, append(slices.Clone(getting), t.record), flows)}
}

// insideSteps are the steps between systems that hold the entity. What goes
// out by e-mail and what comes in by e-mail are not one way.
func (t *trace) insideSteps() [][]int {
	steps := make([][]int, len(t.next))
	for s, next := range t.next {
		if !t.inside[s] {
			continue
		}
		for _, n := range next {
			if t.inside[n] {
				steps[s] = append(steps[s], n)
			}
		}
	}
	return steps
}

// copies tells whether a system holds a copy of the record's data.
func (t *trace) copies(s int) bool { return t.consumes[s] && t.inside[s] }

// consumerWrites is FM003, medium: a consumer sends the entity one-way into
// the record, outside rings; one finding a consumer.
func (t *trace) consumerWrites(r rings) []located {
	writing := map[int][]int{} // flows by consumer
	for _, f := range t.flows {
		e := t.ends[f]
		if e.to == t.record && !e.twoWay && t.copies(e.from) && !r.holds(e.from, e.to) {
			writing[e.from] = append(writing[e.from], f)
		}
	}
	var found []located
	for s := range t.next {
		if flows := writing[s]; flows != nil {
			f := audit.Finding{ID: "FM003", Kind: "consumer-writes", Severity: audit.SeverityMedium,
				Args: []audit.Arg{t.system("system", s), t.system("record", t.record)}}
			found = append(found, t.finding(f, []int{s, t.record}, flows))
		}
	}
	return found
}

// ringFindings are FM004, high: one finding for rings that touch, with a
// shortest one as the example.
func (t *trace) ringFindings(r rings) []located {
	var found []located
	for _, group := range r.groups {
		loop := r.loop(group, t.record)
		f := audit.Finding{ID: "FM004", Kind: "ring", Severity: audit.SeverityHigh,
			Args: []audit.Arg{t.system("loop", loop...), t.system("start", loop[0]), t.system("through", loop[1:]...), t.system("systems", group...)}}
		if len(group) > len(loop) {
			f.Args = append(f.Args, variant("several"))
		}
		flows := t.flowsWhere(func(from, to int) bool { return r.holds(from, to) && slices.Contains(group, from) })
		found = append(found, t.finding(f, group, flows))
	}
	return found
}

// copiesOfCopies is FM005: a flow from a consumer to an inside system other
// than the record, outside rings; one finding for the flows from one system to
// another. It is low, and medium if the sender is a spreadsheet or paper.
func (t *trace) copiesOfCopies(r rings) []located {
	type pair struct{ from, to int }
	passing := map[pair][]int{}
	var pairs []pair
	for _, f := range t.flows {
		e := t.ends[f]
		if r.holds(e.from, e.to) || e.twoWay && r.holds(e.to, e.from) {
			continue
		}
		from, to, ok := t.copyStep(e)
		if !ok {
			continue
		}
		p := pair{from, to}
		if passing[p] == nil {
			pairs = append(pairs, p)
		}
		passing[p] = append(passing[p], f)
	}
	var found []located
	for _, p := range pairs {
		f := audit.Finding{ID: "FM005", Kind: "copy-of-copy", Severity: audit.SeverityLow,
			Args: []audit.Arg{t.system("system", p.from), t.system("receiver", p.to), t.system("record", t.record)}}
		if t.loose(p.from) {
			f.Severity = audit.SeverityMedium
		}
		found = append(found, t.finding(f, []int{p.from, p.to}, passing[p]))
	}
	return found
}

// copyStep is the direction in which a flow passes a copy on. If it does so in
// both, the sender is the one that is less to be trusted.
func (t *trace) copyStep(e ends) (from, to int, ok bool) {
	ahead, back := t.passesCopy(e.from, e.to), e.twoWay && t.passesCopy(e.to, e.from)
	if back && (!ahead || t.loose(e.to) && !t.loose(e.from)) {
		return e.to, e.from, true
	}
	return e.from, e.to, ahead
}

func (t *trace) passesCopy(from, to int) bool {
	return t.copies(from) && t.inside[to] && to != t.record
}
