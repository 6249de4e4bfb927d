// Package catalogue knows the platforms that may carry a data flow: what they
// charge for, what they cost and where their limits are, each with the source
// that says so. It also knows some products that companies use, and the
// figures behind the price of building an integration. A fact that no source
// states is nil, an amount not stated: not known, never zero and never no.
package catalogue

import "github.com/flowmap-dev/flowmap/pkg/audit"

// Catalogue is everything that flowmap knows about platforms and products.
type Catalogue struct {
	Version    int        `yaml:"version"`
	Compiled   string     `yaml:"compiled" as:"date"` // the day on which the facts were gathered, ISO 8601
	Build      Build      `yaml:"build"`
	Rules      []Rule     `yaml:"rules"`
	Platforms  []Platform `yaml:"platforms"`
	Products   []Product  `yaml:"products"`
	Conflicts  []Conflict `yaml:"conflicts"`
	NotSourced []string   `yaml:"not_sourced"` // what was looked for and not found
	Sources    []Source   `yaml:"sources"`
}

// Platform is something on which an integration can run: a service, a program
// on a server of one's own, or code.
type Platform struct {
	ID          string   `yaml:"id" as:"id" need:"true"`
	Name        string   `yaml:"name"`
	Kind        Kind     `yaml:"kind"`
	SelfHosted  bool     `yaml:"self_hosted"` // it needs a server of one's own and somebody who looks after it
	Hosting     string   `yaml:"hosting"`     // in words
	Licence     string   `yaml:"licence"`
	Purpose     string   `yaml:"purpose"`      // what it is made for, where that is not moving records between applications
	With        []string `yaml:"with" as:"id"` // products whose users it is meant for; empty: for all
	Unit        Unit     `yaml:"unit"`         // what its price counts
	Counts      string   `yaml:"counts"`       // what the vendor counts as one unit, in words
	CountsFrom  string   `yaml:"counts_source"`
	PricingPage string   `yaml:"pricing_page"`

	Polling   *Fact `yaml:"polling_minutes"`
	Webhooks  *Fact `yaml:"webhooks"`        // it can be called by the source
	Alerts    *Fact `yaml:"alerts"`          // it can tell somebody that a run failed
	Retries   *Fact `yaml:"retries"`         // it tries again by itself; the value is how often at most
	LogDays   *Fact `yaml:"log_days"`        // days for which it keeps the log of runs
	OnPremise *Fact `yaml:"on_premise"`      // it reaches systems that are not on the internet
	EU        *Fact `yaml:"eu_residency"`    // data can be held in the EU
	MaxSteps  *Fact `yaml:"max_steps"`       // steps in one integration
	MaxRun    *Fact `yaml:"max_run_minutes"` // minutes that one run may take
	SLA       *Fact `yaml:"sla"`             // the vendor promises a level of service
	Notice    *Fact `yaml:"version_notice"`  // how changes of interfaces are announced
	Server    *Cost `yaml:"server"`          // what the server costs a month
	Upkeep    *Fact `yaml:"upkeep_hours"`    // hours a month to look after it, beyond the maintenance of what was built
	Annual    *Fact `yaml:"annual_discount"` // share saved by paying for a year, already in the tiers

	Tiers []Tier `yaml:"tiers"`

	Place audit.Place `yaml:"-"`
}

// Tier is one row of a platform's price list, billed yearly for one user.
type Tier struct {
	ID        string       `yaml:"id" as:"id" need:"true"`
	Name      string       `yaml:"name"`
	Price     audit.Amount `yaml:"price" as:"number"`      // a month, in Currency
	Currency  string       `yaml:"currency" as:"currency"` // ISO 4217
	Included  audit.Amount `yaml:"included" as:"number"`   // operations a month in the platform's unit
	Unlimited bool         `yaml:"unlimited"`              // operations are not metered
	Billing   Billing      `yaml:"billing"`                // annual, monthly, none, flat; empty: not stated
	Overage   *Overage     `yaml:"overage"`                // what more than Included costs
	Quote     Quote        `yaml:"quote"`                  // why the price is shown and never chosen; empty: a list price
	Range     []float64    `yaml:"range"`                  // low and high a month where the sources give a range
	AsStated  string       `yaml:"as_stated"`              // the source's words where period or unit were converted

	Polling audit.Amount `yaml:"polling_minutes" as:"number"` // the least interval, where it is longer than the platform's
	OneStep bool         `yaml:"one_step"`                    // it takes one action for each record
	MaxRun  audit.Amount `yaml:"max_run_minutes" as:"number"`
	Flows   audit.Amount `yaml:"flows" as:"number"` // integrations that may be active

	Source     string `yaml:"source"`         // id of a source, or words such as "our quote"
	Seen       string `yaml:"seen" as:"date"` // the day on which the price was seen; empty: undated
	Confidence Grade  `yaml:"confidence"`
	Note       string `yaml:"note"`

	Place audit.Place `yaml:"-"`
}

// Overage is the price of operations beyond those included in a tier.
type Overage struct {
	Price      float64      `yaml:"price"`             // for one operation, in the tier's currency
	UpTo       audit.Amount `yaml:"up_to" as:"number"` // operations a month at which the platform stops, the included ones too
	Endless    bool         `yaml:"endless"`           // it never stops
	Source     string       `yaml:"source"`
	Confidence Grade        `yaml:"confidence"`
	AsStated   string       `yaml:"as_stated"`
}

// Fact is something that a source says about a platform.
type Fact struct {
	Holds      bool         `yaml:"holds"`             // for questions of yes and no
	Value      audit.Amount `yaml:"value" as:"number"` // for numbers, in the unit that the fact's name tells
	Says       string       `yaml:"says"`              // the source in short
	Origin     Origin       `yaml:"origin"`
	Source     string       `yaml:"source"`         // id of a source, or words in a workspace's own catalogue
	Seen       string       `yaml:"seen" as:"date"` // where it is not the source's
	Confidence Grade        `yaml:"confidence"`
	Note       string       `yaml:"note"`

	Place audit.Place `yaml:"-"`
}

// Cost is an amount of money a month with the source that says so.
type Cost struct {
	Price      float64 `yaml:"price"` // a month
	Currency   string  `yaml:"currency" as:"currency"`
	Says       string  `yaml:"says"`
	Origin     Origin  `yaml:"origin"`
	Source     string  `yaml:"source"`
	Seen       string  `yaml:"seen"`
	Confidence Grade   `yaml:"confidence"`
	Note       string  `yaml:"note"`

	Place audit.Place `yaml:"-"`
}

// Build holds the figures of the build-cost formula: likely hours are
// (Base + Step·steps + Branch·branches + Transform·transforms) × the factors.
type Build struct {
	Base      float64 `yaml:"base_hours"`
	Step      float64 `yaml:"step_hours"`
	Branch    float64 `yaml:"branch_hours"`
	Transform float64 `yaml:"transform_hours"`

	Reliable    float64 `yaml:"reliable_factor"`     // reliability high or critical
	TwoWay      float64 `yaml:"two_way_factor"`      // direction two-way
	NoInterface float64 `yaml:"no_interface_factor"` // an end whose stated interfaces hold no api, webhook or database
	Custom      float64 `yaml:"custom_factor"`       // custom development

	Low          float64 `yaml:"low_factor"`     // of the likely hours
	High         float64 `yaml:"high_factor"`    // of the likely hours
	HoursPerWeek float64 `yaml:"hours_per_week"` // of building

	Steps      int `yaml:"default_steps"`      // where the flow states none
	Branches   int `yaml:"default_branches"`   // where the flow states none
	Transforms int `yaml:"default_transforms"` // where the flow states none

	Origin Origin `yaml:"origin"`
	Source string `yaml:"source"`
	Note   string `yaml:"note"`
}

// Product is a program or service that companies use, known by its id in a
// workspace's systems.
type Product struct {
	ID         string      `yaml:"id" as:"id" need:"true"`
	Name       string      `yaml:"name"`
	Kind       string      `yaml:"kind"` // one of the kinds of systems in a workspace
	API        *Fact       `yaml:"api"`
	Webhooks   *Fact       `yaml:"webhooks"`
	RateLimit  *Fact       `yaml:"rate_limit"`
	Later      *Fact       `yaml:"accepts_later"` // it takes a record and works on it later
	Stops      *Fact       `yaml:"stops_calling"` // it stops calling after so many failures
	Connectors []Connector `yaml:"connectors"`
	Links      []Link      `yaml:"links"` // connectors of its own to other products
	Sources    []string    `yaml:"sources"`
	Confidence Grade       `yaml:"confidence"`
	Note       string      `yaml:"note"`
}

// Connector says whether a platform comes with a connector to a product. A
// platform that is not named is not known to have one or not.
type Connector struct {
	Platform string `yaml:"platform"`
	Holds    bool   `yaml:"holds"`
	Note     string `yaml:"note"`
}

// Link says that a product comes with a connector of its own to another, or
// that it has none. No source of the shipped catalogue states one: a workspace
// that has looked writes it down in its own.
type Link struct {
	Product  string       `yaml:"product" as:"id" need:"true"` // the other one
	Holds    bool         `yaml:"holds"`
	Name     string       `yaml:"name"`
	Price    audit.Amount `yaml:"price" as:"number"`      // a month; not stated: on request
	Currency string       `yaml:"currency" as:"currency"` // ISO 4217
	Source   string       `yaml:"source"`
	Seen     string       `yaml:"seen" as:"date"`
	Note     string       `yaml:"note"`

	Place audit.Place `yaml:"-"`
}

// Source is a publication that facts rest on.
type Source struct {
	ID        string   `yaml:"id" as:"id" need:"true"`
	Title     string   `yaml:"title"`
	Publisher string   `yaml:"publisher"`
	Address   string   `yaml:"address"`
	Cites     []string `yaml:"cites"` // pages on which it rests in turn
	Date      string   `yaml:"date"`  // of the page; empty: undated
	Seen      string   `yaml:"seen"`  // the day on which it, or who checked it, saw the fact
	Kind      string   `yaml:"kind"`
}

// Conflict records two sources that differ, what was taken and what was not.
type Conflict struct {
	ID       string `yaml:"id" as:"id" need:"true"`
	Platform string `yaml:"platform"` // empty where it is not about a platform
	What     string `yaml:"what"`
	Taken    string `yaml:"taken"`
	Rejected string `yaml:"rejected"`
	Why      string `yaml:"why"`
}
