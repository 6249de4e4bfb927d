package advise

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/flowmap-dev/flowmap/pkg/audit"
	"github.com/flowmap-dev/flowmap/pkg/catalogue"
)

// Runbook is what is done so that an integration does not fail unnoticed, and
// what to do when it has failed. It holds no sentences: those of a Note stand
// in the words under "recovery." + its ID.
type Runbook struct {
	Flow     string        // id
	Platform string        // id; empty where none is decided or fits
	Tier     string        // id
	Pattern  audit.Pattern // empty where it is not known

	Owner    string          // who decides about the flow and is told; empty: nobody is named
	Channels []audit.Channel // how the owner is told, and where else it is shown
	Within   audit.Duration  // how soon; empty: not stated
	Fallback string          // how the work is done by hand meanwhile, as stated; empty: not agreed
	Open     []string        // what has to be agreed before go-live: owner, alert, fallback, key, volume, platform

	Failures   []Failure
	Watch      Watch
	Alerts     []Alarm
	Retries    []Note
	Log        []Note
	Interfaces []Interface
	Steps      []Note // from the notice of a change to its release
	Remains    Remains
}

// Note is one thing that a runbook says.
type Note struct {
	ID     string
	Args   []audit.Arg
	Source string // id of the source; empty where none decided
	Ask    bool   // not known: ask the vendor
}

// Failure is a mode in which the integration fails, and what the platform has
// for it. What to do on any platform is the words' "recovery.do." + Mode.
type Failure struct {
	Mode   catalogue.Mode
	Recipe Note // asks where nothing is known of the platform
}

// Alarm tells somebody that something is wrong.
type Alarm struct {
	When   Note
	Urgent bool // at once and on all channels; else by the first of them
}

// Interface is one of the two ends, and how its changes become known.
type Interface struct {
	System  string // id
	Product string // id; empty: not stated
	Vendor  catalogue.Vendor
	Known   bool   // Vendor holds something
	Reader  string // who reads the announcements; empty: nobody is named
}

// Remains is what an integration leaves to people.
type Remains struct {
	Errors      bool    // the two figures below are known
	PerYear     float64 // errors that it does not prevent
	CostPerYear float64 // money, of those
	Hours       float64 // a month, to watch it
	Watching    float64 // money a month, at the developer's hourly cost
	Maintenance float64 // money a month, that the return on investment holds already
	Beyond      float64 // money a month by which watching exceeds maintenance; 0 where it does not
	Source      string  // of the hours
}

// RunbookOf plans for the failures of a flow on a candidate. The zero Candidate
// is a platform that is not decided.
func RunbookOf(w audit.Workspace, c catalogue.Catalogue, r catalogue.Recovery, f audit.Flow, on Candidate) Runbook {
	k := runbook{w: w, c: c, r: r, f: f, on: on}
	k.entity, _ = w.Entity(f.Entity)
	b := Runbook{
		Flow: f.ID, Platform: on.Platform, Tier: on.Tier, Pattern: on.Pattern,
		Owner: f.Owner, Channels: channels(f.Alert.By), Within: f.Alert.Within, Fallback: f.Fallback,
		Watch: watchOf(w, r, f),
	}
	for _, m := range catalogue.Modes() {
		b.Failures = append(b.Failures, Failure{m, k.recipe(m)})
	}
	b.Alerts = k.alarms(b.Watch)
	b.Retries = k.retries()
	b.Log = k.log()
	for _, end := range []string{f.From, f.To} {
		if i, ok := k.end(end); ok {
			b.Interfaces = append(b.Interfaces, i)
		}
	}
	b.Steps = k.steps()
	b.Remains = k.remains()
	b.Open = k.open(b.Watch)
	return b
}

// runbook is what goes into one.
type runbook struct {
	w      audit.Workspace
	c      catalogue.Catalogue
	r      catalogue.Recovery
	f      audit.Flow
	on     Candidate
	entity audit.Entity
}

// channels puts what was asked for first. A message that is read in one place
// alone is missed when its reader is away.
func channels(stated audit.Channel) []audit.Channel {
	const email, slack audit.Channel = "email", "slack"
	all := []audit.Channel{cmp.Or(stated, email)}
	for _, c := range []audit.Channel{email, slack} {
		if !slices.Contains(all, c) {
			all = append(all, c)
		}
	}
	return all
}

func (k runbook) open(watch Watch) []string {
	var open []string
	for _, o := range []struct {
		missing bool
		what    string
	}{
		{k.on.Platform == "", "platform"},
		{k.f.Owner == "", "owner"},
		{k.f.Alert.Within == "", "alert"},
		{k.f.Fallback == "", "fallback"},
		{len(k.entity.Key) == 0, "key"},
		{!watch.Known, "volume"},
	} {
		if o.missing {
			open = append(open, o.what)
		}
	}
	return open
}

func (k runbook) recipe(m catalogue.Mode) Note {
	recipe, ok := k.r.Recipe(k.on.Platform, m)
	if !ok {
		return Note{ID: "recipe.ask", Ask: true}
	}
	n := Note{ID: "recipe." + recipe.Says, Source: recipe.Source}
	if len(recipe.Minutes) > 0 {
		n.Args = []audit.Arg{text("Waits", minutesList(recipe.Minutes))}
	}
	return n
}

// minutesList writes waits with the signs of minutes and hours, which are the
// same in all languages.
func minutesList(all []float64) string {
	parts := make([]string, len(all))
	for i, m := range all {
		parts[i] = fmt.Sprintf("%g min", m)
		if m >= 60 && int(m)%60 == 0 {
			parts[i] = fmt.Sprintf("%g h", m/60)
		}
	}
	return strings.Join(parts, ", ")
}

func secondsList(all []float64) string {
	parts := make([]string, len(all))
	for i, s := range all {
		parts[i] = fmt.Sprintf("%g s", s)
	}
	return strings.Join(parts, ", ")
}

// alarms lists what somebody is told of, the gravest first.
func (k runbook) alarms(watch Watch) []Alarm {
	all := []Alarm{{Note{ID: "alarm.final", Args: []audit.Arg{count("Attempts", float64(k.r.Retry.Attempts))}, Source: "garnet-monitoring"}, true}}
	if hours, ok := k.r.SilentFor(k.latency()); ok && k.on.Pattern != audit.Push {
		all = append(all, Alarm{Note{ID: "alarm.silence", Args: []audit.Arg{text("Time", hoursText(hours))}, Source: "garnet-monitoring"}, true})
	}
	all = append(all, k.counts(watch)...)
	if k.reliable() || k.on.Pattern == audit.PubSub {
		all = append(all, Alarm{Note{ID: "alarm.dead-letter", Source: k.r.DeadLetter.Source}, true})
	}
	if k.metered() {
		all = append(all, Alarm{Note{ID: "alarm.quota", Args: []audit.Arg{{Name: "Share", Kind: audit.ArgShare, Number: k.r.QuotaShare.Value}}}, false})
	}
	return append(all, Alarm{Note{ID: "alarm.token", Args: []audit.Arg{count("Days", k.r.TokenDays)}}, false})
}

// counts are the alarms on too few records and on none.
func (k runbook) counts(watch Watch) []Alarm {
	switch {
	case !watch.Known:
		return []Alarm{{Note{ID: "alarm.volume-unknown", Ask: true}, false}}
	case watch.Every == "" && watch.SilentDays == 0:
		return []Alarm{{Note{ID: "alarm.too-rare"}, false}}
	}
	silent := Alarm{Note{ID: "alarm.no-record", Args: []audit.Arg{count("Days", float64(watch.SilentDays))}}, true}
	if watch.SilentDays == 1 {
		silent.When.ID = "alarm.no-record-today"
	}
	if watch.Every == "" {
		return []Alarm{silent, {Note{ID: "alarm.too-few"}, false}}
	}
	return []Alarm{silent, {Note{ID: "alarm.low." + string(watch.Every), Args: []audit.Arg{
		count("Below", float64(watch.Below)), count("Usual", watch.Usual), number("Times", watch.FalseAlarms),
	}}, false}}
}

func hoursText(h float64) string {
	switch {
	case h < 1:
		return fmt.Sprintf("%g min", h*60)
	case h >= 48 && int(h)%24 == 0:
		return fmt.Sprintf("%g d", h/24)
	}
	return fmt.Sprintf("%g h", h)
}

func (k runbook) latency() audit.Latency { return cmp.Or(k.f.Needs.Latency, daily) }

func (k runbook) reliability() audit.Reliability {
	return cmp.Or(k.f.Needs.Reliability, audit.Normal)
}

// reliable tells whether loss costs money.
func (k runbook) reliable() bool {
	return k.reliability() == audit.High || k.reliability() == audit.Critical
}

// metered tells whether the platform has an allowance to use up.
func (k runbook) metered() bool {
	p, ok := k.c.Platform(k.on.Platform)
	return ok && p.Unit != catalogue.None && p.Kind != catalogue.Custom
}
