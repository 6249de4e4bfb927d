package catalogue

import (
	"fmt"
	"io/fs"

	"github.com/flowmap-dev/flowmap/pkg/audit"
	"github.com/flowmap-dev/flowmap/templates"
)

// Recovery is what flowmap knows about failures: how each platform catches
// them, where vendors announce changes of their interfaces, and the figures
// behind retries, alerts and logs.
type Recovery struct {
	Version    int          `yaml:"version"`
	Retry      Retry        `yaml:"retry"`
	DeadLetter DeadLetter   `yaml:"dead_letter"`
	Watch      Watch        `yaml:"watch"`
	Silence    []Silence    `yaml:"silence"`
	Retention  []Retention  `yaml:"retention"`
	Log        Log          `yaml:"log"`
	Monitoring Monitoring   `yaml:"monitoring"`
	QuotaShare audit.Amount `yaml:"quota_share" as:"share"` // of a platform's allowance, at which somebody is told
	TokenDays  float64      `yaml:"token_days"`             // before a password or token expires
	Notice     float64      `yaml:"notice_months"`          // before a version goes, by which flows have left it

	Platforms []PlatformRecipes `yaml:"platforms"`
	Vendors   []Vendor          `yaml:"vendors"`
	Sources   []Source          `yaml:"sources"` // those that Catalogue does not have
}

// Retry holds the figures of automatic retries.
type Retry struct {
	Attempts    int          `yaml:"attempts"`             // in a row, then the error surfaces
	First       []float64    `yaml:"first_seconds"`        // waits between them, before the jitter
	Jitter      audit.Amount `yaml:"jitter" as:"share"`    // a wait is drawn between this share of it and the whole
	SecondStage []float64    `yaml:"second_stage_minutes"` // waits where the other side is down for long
	Source      string       `yaml:"source"`
	Confidence  Grade        `yaml:"confidence"`
}

// DeadLetter holds the figures of the place for what cannot be delivered.
type DeadLetter struct {
	Receives   int     `yaml:"receives"` // after so many a message is set aside
	Days       float64 `yaml:"days"`     // for which it is kept at least
	Source     string  `yaml:"source"`
	Confidence Grade   `yaml:"confidence"`
}

// Watch holds the figures behind the alert on a low count of records.
type Watch struct {
	FalseAlarms float64  `yaml:"false_alarms"` // a year, at most
	Weeks       float64  `yaml:"weeks"`        // of a year in which counts are looked at
	Windows     []Window `yaml:"windows"`      // the shortest first
	Origin      Origin   `yaml:"origin"`
	Note        string   `yaml:"note"`
}

// Every is a length of time over which records are counted.
type Every string

// The lengths of time.
const (
	Day   Every = "day" // a working day
	Week  Every = "week"
	Month Every = "month"
)

// Options lists what may be written.
func (Every) Options() []string { return []string{"day", "week", "month"} }

// Window is a time over which records are counted, and how much the pace at
// which they come differs from one to the next.
type Window struct {
	Every     Every        `yaml:"window"`
	Variation audit.Amount `yaml:"variation" as:"share"` // standard deviation of the pace, as a share of its mean
}

// Silence says after how long without a successful run somebody is told.
type Silence struct {
	Latency    audit.Latency `yaml:"latency"`
	Hours      float64       `yaml:"hours"`
	Origin     Origin        `yaml:"origin"`
	Source     string        `yaml:"source"`
	Confidence Grade         `yaml:"confidence"`
}

// Retention says for how long the log of transactions is kept.
type Retention struct {
	Reliability audit.Reliability `yaml:"reliability"`
	Days        float64           `yaml:"days"`
	Origin      Origin            `yaml:"origin"`
	Source      string            `yaml:"source"`
	Confidence  Grade             `yaml:"confidence"`
}

// Log names the fields of a line of the log of transactions.
type Log struct {
	Fields     []string `yaml:"fields"`
	Source     string   `yaml:"source"`
	Confidence Grade    `yaml:"confidence"`
}

// Monitoring is what it takes to watch one flow.
type Monitoring struct {
	Hours      float64 `yaml:"hours"` // a month
	Origin     Origin  `yaml:"origin"`
	Source     string  `yaml:"source"`
	Confidence Grade   `yaml:"confidence"`
}

// Mode is a way in which an integration fails.
type Mode string

// The modes, in the order in which a runbook lists them.
const (
	Transient Mode = "transient" // the other side did not answer, and may in a moment
	Outage    Mode = "outage"    // it does not answer for hours
	Rejected  Mode = "rejected"  // it answers that a record is wrong
	Access    Mode = "access"    // it does not let us in
	Stopped   Mode = "stopped"   // nothing runs, and nothing says so
	Duplicate Mode = "duplicate" // a record arrived twice
	Quota     Mode = "quota"     // the platform's allowance is used up
	Versioned Mode = "version"   // an interface has changed, or will
)

// Modes lists the modes, in their order.
func Modes() []Mode {
	return []Mode{Transient, Outage, Rejected, Access, Stopped, Duplicate, Quota, Versioned}
}

// Options lists what may be written.
func (Mode) Options() []string {
	names := make([]string, 0, len(Modes()))
	for _, m := range Modes() {
		names = append(names, string(m))
	}
	return names
}

// PlatformRecipes is what is known of a platform.
type PlatformRecipes struct {
	ID      string   `yaml:"id" as:"id" need:"true"`
	Recipes []Recipe `yaml:"recipes"`
}

// Recipe is what a platform has for a mode of failure, in its own terms.
type Recipe struct {
	Mode       Mode      `yaml:"mode"`
	Says       string    `yaml:"says"`    // the words are recovery.recipe. + Says
	Minutes    []float64 `yaml:"minutes"` // waits that the words name
	Origin     Origin    `yaml:"origin"`
	Source     string    `yaml:"source"`
	Confidence Grade     `yaml:"confidence"`
}

// Vendor is what is known of how the maker of a product announces changes of
// its interface. What is empty is not known.
type Vendor struct {
	ID         string       `yaml:"id" as:"id" need:"true"` // of the product
	Changes    string       `yaml:"changes"`                // address
	Subscribe  string       `yaml:"subscribe"`              // page, reading: the words are recovery.subscribe. + it
	Notice     audit.Amount `yaml:"notice_months" as:"number"`
	Known      string       `yaml:"known"`   // a change that is known: the words are recovery.known. + it
	Removal    string       `yaml:"removal"` // the year in which the old way goes
	Source     string       `yaml:"source"`
	Confidence Grade        `yaml:"confidence"`
}

// LoadRecovery returns the facts about failures that ship with flowmap.
func LoadRecovery() (Recovery, error) {
	const name = "recovery.yaml"
	src, err := fs.ReadFile(templates.FS(), name)
	if err != nil {
		return Recovery{}, fmt.Errorf("the facts about failures that ship with flowmap: %w", err)
	}
	var r Recovery
	if err := audit.Strict("shipped "+name, src, &r); err != nil {
		return Recovery{}, err
	}
	return r, nil
}

// Recipe returns what a platform has for a mode, and false where that is not
// known.
func (r Recovery) Recipe(platform string, m Mode) (Recipe, bool) {
	for _, p := range r.Platforms {
		if p.ID != platform {
			continue
		}
		for _, recipe := range p.Recipes {
			if recipe.Mode == m {
				return recipe, true
			}
		}
	}
	return Recipe{}, false
}

// Vendor returns what is known of the maker of a product, and false if that is
// nothing.
func (r Recovery) Vendor(product string) (Vendor, bool) {
	for _, v := range r.Vendors {
		if v.ID == product {
			return v, true
		}
	}
	return Vendor{}, false
}

// SilentFor returns the hours without a successful run after which somebody is
// told, and false where none are stated for the latency.
func (r Recovery) SilentFor(l audit.Latency) (hours float64, ok bool) {
	for _, s := range r.Silence {
		if s.Latency == l {
			return s.Hours, true
		}
	}
	return 0, false
}

// KeepFor returns the days for which the log of transactions is kept, and
// false where none are stated for the reliability.
func (r Recovery) KeepFor(reliability audit.Reliability) (days float64, ok bool) {
	for _, k := range r.Retention {
		if k.Reliability == reliability {
			return k.Days, true
		}
	}
	return 0, false
}
