package audit

import "slices"

// Workspace is an audit as its files state it, with what several interviews
// say about one thing already settled. Slices are in the order of the files:
// flowmap.yaml first, then the interviews by date and name.
type Workspace struct {
	Version     int
	Date        Date // the audit's, else the last interview's, else empty
	Client      Client
	Currency    string // ISO 4217
	Language    string // of reports and interviews
	Brand       Brand
	Assumptions Assumptions
	Platforms   Platforms
	Departments []Department // those that somebody listed; flows and interviews may name others
	Roles       []Role
	Systems     []System
	Entities    []Entity
	Flows       []Flow
	Accepted    []Accepted
	Interviews  []Interview
	Scenarios   []Scenario
	Actuals     []Actual
	Findings    []Finding // what settling the statements found: FM010, FM015, FM018

	files  []Source
	places placeIndex
	index  index
}

// Client is the company that is audited.
type Client struct {
	Name      string `yaml:"name"`
	Sector    string `yaml:"sector"`
	Employees Amount `yaml:"employees" as:"count"`
}

// Brand is whose name and colours reports and diagrams carry.
type Brand struct {
	Name    string `yaml:"name"`
	Primary string `yaml:"primary" as:"colour"` // #rrggbb
	Logo    string `yaml:"logo" as:"path"`      // a picture inside the workspace
	Place   Place  `yaml:"-"`
}

// Amount is a plain number that is one value: a count, hours, a share. The
// zero Amount is not stated.
type Amount struct {
	Value  float64
	Stated bool
	Place  Place // nowhere for a default
}

// Or returns the amount's value, or other where it is not stated.
func (a Amount) Or(other float64) float64 {
	if a.Stated {
		return a.Value
	}
	return other
}

// Assumptions are the figures that hold for all flows. Load fills in the
// defaults, so that each is stated; one that the user wrote has a place.
type Assumptions struct {
	HourlyCost                 Estimate       `yaml:"hourly_cost" as:"money"`                                // money an hour of manual work, loaded
	DeveloperHourlyCost        Estimate       `yaml:"developer_hourly_cost" as:"money"`                      // money an hour of integration work
	WeeksPerYear               Amount         `yaml:"weeks_per_year" as:"number" over:"0" most:"53"`         // weeks worked
	DaysPerWeek                Amount         `yaml:"days_per_week" as:"number" over:"0" most:"7"`           // days worked
	HoursPerPerson             Amount         `yaml:"hours_per_person" as:"number" over:"0" most:"168"`      // hours a week
	HorizonMonths              Amount         `yaml:"horizon_months" as:"count" over:"0" most:"120"`         // months after go-live that NPV looks at
	DiscountRate               Amount         `yaml:"discount_rate" as:"share"`                              // a year, effective
	AutomationRate             Estimate       `yaml:"automation_rate" as:"share"`                            // of a flow's manual hours
	AutomationRateUnstructured Estimate       `yaml:"automation_rate_unstructured" as:"share"`               // the same where an end is e-mail, paper or phone
	ErrorReduction             Estimate       `yaml:"error_reduction" as:"share"`                            // of errors
	CashShare                  Estimate       `yaml:"cash_share" as:"share"`                                 // of the freed hours
	Maintenance                Estimate       `yaml:"maintenance" as:"share"`                                // of build cost, a year
	RampUpMonths               Amount         `yaml:"ramp_up_months" as:"number" most:"120"`                 // until the full benefit
	TargetPaybackMonths        Amount         `yaml:"target_payback_months" as:"number" over:"0" most:"120"` // months
	ExchangeRates              []ExchangeRate `yaml:"exchange_rates" as:"map"`                               // to the workspace's currency
}

// ExchangeRate says what one unit of a currency is in the workspace's.
type ExchangeRate struct {
	Currency string `yaml:",key" as:"currency"`
	Rate     Amount `yaml:",value" as:"number" over:"0"`
}

// ExchangeRate returns what one unit of currency is in the workspace's
// currency, and false where that is not known.
func (w Workspace) ExchangeRate(currency string) (float64, bool) {
	if currency == w.Currency {
		return 1, true
	}
	for _, r := range w.Assumptions.ExchangeRates {
		if r.Currency == currency {
			return r.Rate.Value, true
		}
	}
	return 0, false
}

// Platforms says what the client has, refuses, and can look after.
type Platforms struct {
	Have           []Have   `yaml:"have"`
	Exclude        []string `yaml:"exclude" as:"id"`
	TechnicalOwner string   `yaml:"technical_owner"` // who can look after a server or code; empty: nobody
}

// Have is a platform that is paid for already.
type Have struct {
	ID    string `yaml:"id" as:"id" need:"true"`
	Tier  string `yaml:"tier" as:"id"`
	Spare Amount `yaml:"spare" as:"number"` // operations a month that are free
}

// Role is a kind of worker.
type Role struct {
	ID         string   `yaml:"id" as:"id" need:"true"`
	Name       string   `yaml:"name"`
	HourlyCost Estimate `yaml:"hourly_cost" as:"money"`
	Headcount  Amount   `yaml:"headcount" as:"number"`
	Notes      string   `yaml:"notes" join:"apart"`
	Remarks    []Remark `yaml:"-"` // the notes of each file apart
}

// System is a place where data lives or passes: a program, a spreadsheet,
// paper, e-mail.
type System struct {
	ID             string      `yaml:"id" as:"id" need:"true"`
	Name           string      `yaml:"name"`
	Product        string      `yaml:"product" as:"id"`         // an id of the catalogue
	Kind           Kind        `yaml:"kind"`                    // Other where none is stated
	Interfaces     []Interface `yaml:"interfaces" join:"union"` // nil: not known
	Owner          string      `yaml:"owner"`
	Critical       Answer      `yaml:"critical"`
	Hosting        Hosting     `yaml:"hosting"`
	CallsPerMinute Amount      `yaml:"calls_per_minute" as:"number"`
	Sandbox        Answer      `yaml:"sandbox"`
	Confirmed      Answer      `yaml:"confirmed"`
	Notes          string      `yaml:"notes" join:"apart"`
	Remarks        []Remark    `yaml:"-"` // the notes of each file apart
}

// Closed tells whether the system's interfaces are stated, and none of them
// lets a program read and write it: no api, webhook or database.
func (s System) Closed() bool {
	return s.Interfaces != nil && !slices.ContainsFunc(s.Interfaces, func(i Interface) bool {
		return i == API || i == Webhook || i == Database
	})
}

// Label is the system's name, or its id where it has none.
func (s System) Label() string { return label(s.Name, s.ID) }

// Entity is a type of data that moves between systems.
type Entity struct {
	ID           string       `yaml:"id" as:"id" need:"true"`
	Name         string       `yaml:"name"`
	Record       string       `yaml:"record" as:"ref=system"` // the declared system of record
	Key          []string     `yaml:"key"`
	PersonalData PersonalData `yaml:"personal_data"`
	Confirmed    Answer       `yaml:"confirmed"`
	Notes        string       `yaml:"notes" join:"apart"`
	Remarks      []Remark     `yaml:"-"` // the notes of each file apart
}

// Label is the entity's name, or its id where it has none.
func (e Entity) Label() string { return label(e.Name, e.ID) }

// Label is the role's name, or its id where it has none.
func (r Role) Label() string { return label(r.Name, r.ID) }

// Label is the flow's name, or its id where it has none.
func (f Flow) Label() string { return label(f.Name, f.ID) }

func label(name, id string) string {
	if name != "" {
		return name
	}
	return id
}

// Accepted is a finding that the client lives with.
type Accepted struct {
	Finding string `yaml:"finding" as:"finding" need:"true"` // FM009
	Flow    string `yaml:"flow" as:"ref=flow"`
	System  string `yaml:"system" as:"ref=system"`
	Entity  string `yaml:"entity" as:"ref=entity"`
	Role    string `yaml:"role" as:"ref=role"`
	Person  string `yaml:"person"`
	By      string `yaml:"by"`
	Why     string `yaml:"why"`
	Until   Date   `yaml:"until"`
	Place   Place  `yaml:"-"`
}

// Interview is one conversation: who said it, when.
type Interview struct {
	Date       Date     `yaml:"date"`
	By         string   `yaml:"by"`
	With       []string `yaml:"with" as:"names"`
	Role       string   `yaml:"role" as:"ref=role"`
	Department string   `yaml:"department"`
	Minutes    Amount   `yaml:"minutes" as:"number"`
	Complete   Answer   `yaml:"complete"`
	NotKnown   []string `yaml:"not_known"` // flow.field, asked without an answer
	File       string   `yaml:"-"`
}

// Scenario is a named what-if over the same audit.
type Scenario struct {
	ID      string    `yaml:"-"` // the file's name without .yaml
	Name    string    `yaml:"name"`
	Set     []Setting `yaml:"set" as:"map"`
	Without []string  `yaml:"without" as:"ref=flow"`
	File    string    `yaml:"-"`
}

// Setting is one value that a what-if replaces: a key such as hourly_cost,
// roles.ID.hourly_cost or flows.ID.automation_rate, and its text.
type Setting struct {
	Key   string `yaml:",key"`
	Value string `yaml:",value" as:"raw"`
	Place Place  `yaml:"-"`
}

// Actual is what was measured of a flow after go-live.
type Actual struct {
	Flow      string   `yaml:"flow" as:"ref=flow" need:"true"`
	Live      Date     `yaml:"live"`
	BuildCost Estimate `yaml:"build_cost" as:"money" one:"true"`
	// BuildHours are the hours of integration work that it took.
	BuildHours Amount `yaml:"build_hours" as:"number"`
	// Workflows are what the flow is called on its platform: names or ids in a
	// log of runs.
	Workflows []string `yaml:"workflows"`
	Months    []Month  `yaml:"months"`
	File      string   `yaml:"-"`
}

// Month is one month's measurement.
type Month struct {
	Month        YearMonth `yaml:"month" need:"true"`
	Runs         Amount    `yaml:"runs" as:"count"`        // that succeeded in production
	FailedRuns   Amount    `yaml:"failed_runs" as:"count"` // counted apart: they moved nothing
	TestRuns     Amount    `yaml:"test_runs" as:"count"`   // counted apart, whatever came of them
	Records      Amount    `yaml:"records" as:"count"`     // that came, where a run moves several
	Hours        Amount    `yaml:"hours" as:"number"`      // still done by hand, without fixing errors
	Errors       Amount    `yaml:"errors" as:"number"`
	ErrorCost    Amount    `yaml:"error_cost" as:"money"`
	PlatformCost Amount    `yaml:"platform_cost" as:"money"`
	Source       string    `yaml:"source"` // how it is known: a log of runs, whom it was asked
}

// Date is a day as 2026-11-02; empty is not stated.
type Date string

// YearMonth is a month as 2026-11; empty is not stated.
type YearMonth string

// Duration is a time such as 30min, 4h or 2d; empty is not stated.
type Duration string
