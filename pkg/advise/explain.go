package advise

import (
	"math"
	"slices"

	"github.com/flowmap-dev/flowmap/pkg/audit"
	"github.com/flowmap-dev/flowmap/pkg/catalogue"
)

// Advice is one flow whole: its candidates, why data gets across as it does, and
// what belongs to an integration beside the platform.
type Advice struct {
	Flow       string // id
	Candidates []Candidate
	Choice     Candidate // as it was handed over; the zero Candidate is none
	RunnerUp   Candidate // the cheapest other one that fits; the zero Candidate is none
	Overtakes  []Overtake
	Classes    []string // ids of the rules of complexity and of volume that hold
	Answers    Answers
	Outcome    Outcome
	Deciding   []Swap
	Decided    bool     // the client's pattern holds in place of the outcome
	Notes      []Reason // what the pattern asks for, and how to begin
}

// Overtake is a volume at which another candidate becomes cheaper than the
// choice.
type Overtake struct {
	Platform string
	Records  float64 // a normal month
	Above    bool    // from so many on; else at so many and below
}

// RunnerUp returns the cheapest candidate that fits beside the choice, and false
// if there is none.
func RunnerUp(candidates []Candidate, choice Candidate) (Candidate, bool) {
	rest := slices.DeleteFunc(slices.Clone(candidates), func(c Candidate) bool { return c.Platform == choice.Platform })
	if best := cheapest(rest); best != nil {
		return *best, true
	}
	return Candidate{}, false
}

// Explain says everything about one flow. The choice is one of its candidates,
// or the zero Candidate where none is chosen.
func (a *Advisor) Explain(f audit.Flow, candidates []Candidate, choice Candidate) Advice {
	n := a.needs(f)
	d := Advice{Flow: f.ID, Candidates: candidates, Choice: choice, Classes: n.classes(), Answers: n.asked, Outcome: n.outcome,
		Deciding: Deciding(n.asked), Decided: f.Solution.Pattern != "", Notes: n.notes(choice)}
	d.RunnerUp, _ = RunnerUp(candidates, choice)
	if choice.Platform != "" {
		d.Overtakes = n.overtakes(candidates, choice, d.RunnerUp)
	}
	return d
}

// classes are the rules that say how complex the flow is and how much it moves.
func (n *needs) classes() []string {
	var all []string
	for _, p := range classRules() {
		if (question{needs: n, r: n.rule(p.id)}).fires(p.id) {
			all = append(all, p.id)
		}
	}
	return all
}

// mostRecords is how far a growing volume is followed, in records a month.
const mostRecords = 1e7

// overtakes finds the volumes at which the runner-up wins, above and below
// today's, and the one at which any other candidate that fits does first.
func (n *needs) overtakes(all []Candidate, choice, runnerUp Candidate) []Overtake {
	if !n.volumeKnown || n.records <= 0 || !choice.Priced || n.ownFee(choice) {
		return nil
	}
	var found []Overtake
	mine := n.totals(choice)
	if at, ok := n.crossing(mine, runnerUp, true, mostRecords); ok {
		found = append(found, Overtake{runnerUp.Platform, at, true})
	} else if first, ok := n.first(all, choice, mine); ok {
		found = append(found, first)
	}
	if at, ok := n.crossing(mine, runnerUp, false, 0); ok {
		found = append(found, Overtake{runnerUp.Platform, at, false})
	}
	return found
}

// ownFee tells whether the fee is one that the client has settled: nobody knows
// what it would be at another volume.
func (n *needs) ownFee(c Candidate) bool { return c.Decided && n.f.Solution.PlatformMonthly.Stated() }

// first is the candidate that wins first as the volume grows.
func (n *needs) first(all []Candidate, choice Candidate, mine total) (Overtake, bool) {
	best := Overtake{Records: mostRecords, Above: true}
	for _, c := range all {
		if c.Platform == choice.Platform {
			continue
		}
		if at, ok := n.crossing(mine, c, true, best.Records); ok && (at < best.Records || best.Platform == "") {
			best.Platform, best.Records = c.Platform, at
		}
	}
	return best, best.Platform != ""
}

// total is what a candidate would cost over the horizon at a volume, see totalAt.
type total func(records float64) (float64, bool)

// totals is totalAt for one candidate, each volume worked out once: the volumes
// tried are the same for all that it is compared with.
func (n *needs) totals(c Candidate) total {
	type result struct {
		cost  float64
		known bool
	}
	seen := map[float64]result{}
	return func(records float64) (float64, bool) {
		r, ok := seen[records]
		if !ok {
			r.cost, r.known = n.totalAt(c, records)
			seen[records] = r
		}
		return r.cost, r.known
	}
}

// crossing finds the first volume, going up or down from today's and up no
// further than most, at which other costs less over the horizon than mine.
func (n *needs) crossing(mine total, other Candidate, up bool, most float64) (float64, bool) {
	if !other.Fits() {
		return 0, false
	}
	wins := func(records float64) bool {
		cost, ok := mine(records)
		its, known := n.totalAt(other, records)
		return known && (!ok || its < cost)
	}
	if wins(n.records) {
		return 0, false // it is cheaper already
	}
	const step = 1.02
	for from := math.Floor(n.records); ; {
		to := max(from+1, math.Ceil(from*step))
		if !up {
			to = math.Floor(from / step)
		}
		switch {
		case up && (to > mostRecords || from >= most), !up && from < 1:
			return 0, false
		case wins(to):
			return between(from, to, wins), true
		}
		from = to
	}
}

// between returns the whole number nearest to from at which wins holds; it holds
// at to and not at from.
func between(from, to float64, wins func(float64) bool) float64 {
	for math.Abs(to-from) > 1 {
		if mid := math.Floor((from + to) / 2); wins(mid) {
			to = mid
		} else {
			from = mid
		}
	}
	return to
}

// totalAt is what the candidate would cost over the horizon at another volume, at
// list prices, and false where no tier with a price holds it.
func (n *needs) totalAt(c Candidate, records float64) (float64, bool) {
	at := *n
	at.records, at.f.Solution = records, audit.Solution{}
	fee := c.Fee.Mean()
	if p, ok := n.c.Platform(c.Platform); ok && c.Kind != catalogue.Native {
		scratch := Candidate{Kind: c.Kind}
		at.meter(&p, &scratch)
		at.price(&p, &scratch)
		if !scratch.Priced {
			return 0, false
		}
		fee = scratch.Fee.Mean()
	}
	months := n.w.Assumptions.HorizonMonths.Value
	return c.BuildCost.Mean() + float64(months*(fee+c.Maintenance)), true
}

// notes are what the pattern asks for, how two systems know that a record is the
// same one, and how to begin.
func (n *needs) notes(c Candidate) []Reason {
	notes := n.working(c)
	if keys := n.entity.Key; len(keys) > 0 {
		notes = append(notes, Reason{ID: "match-key", Args: []audit.Arg{{Name: "Keys", Kind: audit.ArgPerson, IDs: keys}}})
	} else {
		notes = append(notes, Reason{ID: "no-match-key"})
	}
	duplicates := "duplicates"
	if n.pattern == audit.Push || n.pattern == audit.PubSub || n.pattern == audit.Sync {
		duplicates = "duplicates-events"
	}
	notes = append(notes, Reason{ID: duplicates}, n.firstLoad())
	if n.from.Sandbox == audit.Yes || n.to.Sandbox == audit.Yes {
		notes = append(notes, Reason{ID: "try-first", Args: []audit.Arg{{Name: "Systems", Kind: audit.ArgSystem, IDs: n.sandboxes()}}})
	} else {
		notes = append(notes, Reason{ID: "try-small"})
	}
	if n.f.Fallback != "" {
		return append(notes, Reason{ID: "cut-over", Args: []audit.Arg{text("Fallback", n.f.Fallback)}})
	}
	return append(notes, Reason{ID: "cut-over-no-fallback"})
}

func (n *needs) sandboxes() []string {
	var ids []string
	for _, s := range []audit.System{n.from, n.to} {
		if s.Sandbox == audit.Yes {
			ids = append(ids, s.ID)
		}
	}
	return ids
}

// firstLoad is what has to be there before the first record moves by itself.
func (n *needs) firstLoad() Reason {
	if n.pattern == audit.Sync {
		return Reason{ID: "first-load-both"}
	}
	return Reason{ID: "first-load"}
}

// working are the notes of the pattern itself.
func (n *needs) working(c Candidate) []Reason {
	var notes []Reason
	if n.outcome.Split {
		notes = append(notes, n.by("p02", Reason{ID: "two-flows"}))
	}
	switch n.pattern {
	case audit.Pull, audit.BatchFile:
		notes = append(notes, n.looking(c)...)
	case audit.Push:
		notes = append(notes, n.reconcile(c))
	case audit.PubSub:
		notes = append(notes, n.by("p05", Reason{ID: "queue"}), n.reconcile(c))
	case audit.Sync:
		notes = append(notes, n.by("p01", Reason{ID: "owners", Args: []audit.Arg{text("Fields", owners(n.f.Needs.Fields))}}), Reason{ID: "echo"}, n.reconcile(c))
	case audit.RequestReply:
		notes = append(notes, n.by("p06", Reason{ID: "ask-when-needed"}))
	}
	for _, extra := range []struct{ rule, id string }{{"p07", "accepted-later"}, {"p08", "slow-down"}, {"p09", "stops-calling"}} {
		q := question{needs: n, r: n.rule(extra.rule)}
		if q.fires(extra.rule) {
			notes = append(notes, n.by(extra.rule, Reason{ID: extra.id, Args: n.about(extra.rule)}))
		}
	}
	return notes
}

// about are the arguments of the notes on what the two systems do.
func (n *needs) about(rule string) []audit.Arg {
	system := func(s audit.System) audit.Arg {
		return audit.Arg{Name: "System", Kind: audit.ArgSystem, IDs: []string{s.ID}}
	}
	switch rule {
	case "p08":
		return []audit.Arg{system(n.to), count("Calls", math.Ceil(n.busiestMinute(n.rule("p08")))), count("Limit", n.to.CallsPerMinute.Value)}
	case "p09":
		return []audit.Arg{system(n.from), count("Failures", n.source.Stops.Value.Value)}
	}
	return []audit.Arg{system(n.to)}
}

// looking says how often the platform looks for news, and what looking costs.
func (n *needs) looking(c Candidate) []Reason {
	every := c.Interval
	if every == 0 {
		every = interval(n.latency)
	}
	note := n.by(n.outcome.Rule, Reason{ID: "look-every", Args: []audit.Arg{times("Hours", every/60), count("Looks", 30*24*60/every)}})
	switch day := 24.0 * 60; {
	case every < 60:
		note.ID, note.Args[0] = "look-often", count("Minutes", every)
	case every == 60:
		note.ID, note.Args = "look-hourly", note.Args[1:]
	case every == day:
		note.ID, note.Args = "look-once-a-day", note.Args[1:]
	case every > day:
		note.ID, note.Args[0] = "look-daily", count("Days", every/day)
	}
	notes := []Reason{note, {ID: "high-water-mark"}}
	if n.pattern == audit.BatchFile {
		notes[1] = Reason{ID: "check-file"}
	}
	switch {
	case c.Idle > 0 && c.IdleFee > 0:
		notes = append(notes, Reason{ID: "looking-costs", Args: []audit.Arg{count("Operations", c.Idle), money("Fee", c.IdleFee)}})
	case c.Idle > 0:
		notes = append(notes, Reason{ID: "looking-is-free", Args: []audit.Arg{count("Operations", c.Idle)}})
	}
	return notes
}

// reconcile is the second way to fetch that a push needs: once a night, what the
// calls may have missed.
func (n *needs) reconcile(c Candidate) Reason {
	p, _ := n.c.Platform(c.Platform)
	looks, _ := p.Operations(catalogue.Demand{Every: 24 * 60})
	return n.by("p03", Reason{ID: "reconcile", Args: []audit.Arg{count("Operations", looks)}})
}

// owners lists who owns each shared field: phone: crm, credit-limit: erp.
func owners(fields []audit.FieldOwner) string {
	var b []byte
	for i, f := range fields {
		if i > 0 {
			b = append(b, ", "...)
		}
		b = append(b, f.Field+": "+f.Owner...)
	}
	return string(b)
}

// Rules are the ids of the rules that decided something about the flow, sorted.
func (x Advice) Rules() []string {
	ids := slices.Clone(x.Classes)
	ids = append(ids, x.Outcome.Rule)
	take := func(reasons []Reason, all bool) {
		for _, r := range reasons {
			if r.Rule != "" && (all || r.Gate) {
				ids = append(ids, r.Rule)
			}
		}
	}
	take(x.Notes, true)
	for _, c := range x.Candidates { // of the others, what rules them out or down
		take(c.Reasons, c.Platform == x.Choice.Platform || c.Kind == catalogue.Process)
	}
	slices.Sort(ids)
	return slices.Compact(ids)
}
