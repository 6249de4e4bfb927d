package advise

import (
	"cmp"
	"strings"

	"github.com/flowmap-dev/flowmap/pkg/audit"
)

// retries says what is tried again by itself, and where the rest goes.
func (k runbook) retries() []Note {
	r := k.r.Retry
	key := Note{ID: "retry.key", Args: []audit.Arg{text("Key", strings.Join(k.entity.Key, " + "))}, Source: "stripe-idem"}
	if len(k.entity.Key) == 0 {
		key = Note{ID: "retry.key-unknown", Source: "stripe-idem"}
	}
	dead := Note{ID: "retry.dead-letter", Args: []audit.Arg{count("Days", k.r.DeadLetter.Days)}, Source: k.r.DeadLetter.Source}
	if k.on.Pattern == audit.PubSub {
		dead = Note{ID: "retry.dead-letter-queue", Source: k.r.DeadLetter.Source,
			Args: []audit.Arg{count("Receives", float64(k.r.DeadLetter.Receives)), count("Days", k.r.DeadLetter.Days)}}
	}
	return []Note{
		{ID: "retry.transient", Source: r.Source},
		{ID: "retry.attempts", Source: "aws-retry", Args: []audit.Arg{
			count("Attempts", float64(r.Attempts)), text("Waits", secondsList(r.First)), {Name: "Jitter", Kind: audit.ArgShare, Number: r.Jitter.Value},
			text("Later", minutesList(r.SecondStage)),
		}},
		key, dead,
	}
}

// log says what is written down about each attempt, for how long, and what is
// not.
func (k runbook) log() []Note {
	notes := []Note{{ID: "log.line", Source: k.r.Log.Source}, k.keep()}
	switch k.entity.PersonalData {
	case "none":
	case "special":
		notes = append(notes, Note{ID: "log.special", Source: k.r.Log.Source})
	default: // not asked counts as personal
		notes = append(notes, Note{ID: "log.personal", Source: k.r.Log.Source})
	}
	return append(notes, Note{ID: "log.never", Source: k.r.Log.Source})
}

// keep compares the days for which the log is needed with those for which the
// platform keeps its own.
func (k runbook) keep() Note {
	days, _ := k.r.KeepFor(k.reliability())
	args := []audit.Arg{count("Days", days)}
	p, known := k.c.Platform(k.on.Platform)
	switch {
	case !known || p.LogDays == nil || !p.LogDays.Value.Stated:
		return Note{ID: "log.keep-ask", Args: args, Ask: true}
	case p.LogDays.Value.Value < days:
		return Note{ID: "log.keep-own", Args: append(args, count("Kept", p.LogDays.Value.Value)), Source: p.LogDays.Source}
	}
	return Note{ID: "log.keep", Args: append(args, count("Kept", p.LogDays.Value.Value)), Source: p.LogDays.Source}
}

// end is one of the two systems; false where it is nothing that has an
// interface.
func (k runbook) end(id string) (Interface, bool) {
	s, ok := k.w.System(id)
	if !ok || s.Product == "" && (s.Kind.Unstructured() || s.Kind == audit.Spreadsheet) {
		return Interface{}, false
	}
	i := Interface{System: id, Product: s.Product, Reader: cmp.Or(s.Owner, k.w.Platforms.TechnicalOwner, k.f.Owner)}
	i.Vendor, i.Known = k.r.Vendor(s.Product)
	return i, true
}

// steps lead from the notice of a change to its release.
func (k runbook) steps() []Note {
	try := Note{ID: "step.try"}
	for _, id := range []string{k.f.From, k.f.To} {
		if s, ok := k.w.System(id); ok && s.Sandbox == audit.No {
			try = Note{ID: "step.try-without", Args: []audit.Arg{{Name: "System", Kind: audit.ArgSystem, IDs: []string{id}}}}
		}
	}
	return []Note{
		{ID: "step.note", Args: []audit.Arg{count("Months", k.r.Notice)}, Source: "boomi-docs"},
		try, {ID: "step.switch"},
	}
}

// remains works out what is left to people.
func (k runbook) remains() Remains {
	cost := k.w.Cost(k.f)
	left := 1 - k.f.ErrorReduction.Or(k.w.Assumptions.ErrorReduction).Mean()
	m := k.r.Monitoring
	out := Remains{
		Errors: k.f.Errors != nil && allKnown(cost.Points), PerYear: left * cost.ErrorsPerYear, CostPerYear: left * cost.ErrorCostPerYear,
		Hours: m.Hours, Watching: m.Hours * k.w.Assumptions.DeveloperHourlyCost.Mean(), Maintenance: k.on.Maintenance, Source: m.Source,
	}
	out.Beyond = max(0, out.Watching-out.Maintenance)
	return out
}

func allKnown(points []audit.PointCost) bool {
	for _, p := range points {
		if !p.Known {
			return false
		}
	}
	return true
}
