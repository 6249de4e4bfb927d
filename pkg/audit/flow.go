package audit

// Flow is data that goes from one system to another, and what that costs the
// people who carry it.
type Flow struct {
	ID             string       `yaml:"id" as:"id" need:"true"`
	Name           string       `yaml:"name"`
	Entity         string       `yaml:"entity" as:"ref=entity"`
	From           string       `yaml:"from" as:"ref=system"`
	To             string       `yaml:"to" as:"ref=system"`
	How            How          `yaml:"how"` // Manual where none is stated
	Every          Period       `yaml:"every"`
	Department     string       `yaml:"department"`
	People         []string     `yaml:"people" join:"union"`
	Owner          string       `yaml:"owner"`
	Role           string       `yaml:"role" as:"ref=role"`
	Absence        Absence      `yaml:"absence"`
	Effort         Effort       `yaml:"effort" join:"effort"`
	Volume         Volume       `yaml:"volume" inline:"records" join:"whole"`
	Peak           Peak         `yaml:"peak"`
	Errors         []ErrorPoint `yaml:"errors" join:"errors"` // nil: not asked; empty: asked, none
	Needs          Needs        `yaml:"needs"`
	Alert          Alert        `yaml:"alert"`
	Fallback       string       `yaml:"fallback"`
	AutomationRate Estimate     `yaml:"automation_rate" as:"share"`
	ErrorReduction Estimate     `yaml:"error_reduction" as:"share"`
	Solution       Solution     `yaml:"solution"`
	After          []string     `yaml:"after" as:"ref=flow" join:"union"`
	Overlaps       []Overlap    `yaml:"overlaps" as:"map"`
	Tags           []string     `yaml:"tags" join:"union"`
	Notes          string       `yaml:"notes" join:"apart"`

	// Efforts are the statements about the effort that count: one, several
	// own ones that add up, or several of everybody's that are pooled.
	Efforts []Effort `yaml:"-"`
	// Evidence are the statements about the effort that do not count, since
	// the audit has settled the matter, everybody's hours beat one's own, or
	// the same person said something later.
	Evidence []Effort `yaml:"-"`
	// Remarks are the notes of each file apart.
	Remarks []Remark `yaml:"-"`
	Place   Place    `yaml:"-"` // where the flow is first stated
}

// ByHand tells whether people carry the flow: it is typed, or they export and
// import a file.
func (f Flow) ByHand() bool { return f.How != Automated }

// Remark is a note and the file that it stands in.
type Remark struct {
	Text  string
	Place Place
}

// Effort is one statement about the hours that a flow takes: hours a week, a
// month or a year, or runs with the minutes that each takes. If there are
// both, the hours count.
type Effort struct {
	HoursPerWeek  Estimate `yaml:"hours_per_week" as:"number"` // a normal week's
	HoursPerMonth Estimate `yaml:"hours_per_month" as:"number"`
	HoursPerYear  Estimate `yaml:"hours_per_year" as:"number"`
	Runs          Estimate `yaml:"runs" as:"rate"`
	Minutes       Estimate `yaml:"minutes" as:"number"` // a run
	Whose         Whose    `yaml:"whose"`               // All where none is stated
	Basis         Basis    `yaml:"basis"`               // Estimated where none is stated
	Place         Place    `yaml:"-"`
}

// Stated tells whether the statement gives hours or runs with minutes.
func (e Effort) Stated() bool {
	return e.hoursGiven() || e.Runs.Stated() && e.Minutes.Stated()
}

func (e Effort) hoursGiven() bool {
	return e.HoursPerWeek.Stated() || e.HoursPerMonth.Stated() || e.HoursPerYear.Stated()
}

// Volume is how many records a flow moves.
type Volume struct {
	Records Estimate `yaml:"records" as:"rate"`
	Basis   Basis    `yaml:"basis"`
}

// Peak says that in some months hours and volume are a multiple of a normal
// month's.
type Peak struct {
	Factor Estimate `yaml:"factor" as:"number" over:"0"`
	Months []int    `yaml:"months" as:"month"` // 1 to 12
}

// ErrorPoint is where a flow goes wrong: how often, and what each error costs.
type ErrorPoint struct {
	ID           string   `yaml:"id" as:"id"`
	What         string   `yaml:"what"`
	FoundIn      string   `yaml:"found_in" as:"found"`        // a system, or customer, supplier, colleague
	Rate         Estimate `yaml:"rate" as:"share|rate"`       // of records, or how often
	MinutesToFix Estimate `yaml:"minutes_to_fix" as:"number"` // each
	Cost         Estimate `yaml:"cost" as:"money"`            // each, beyond the time
	Basis        Basis    `yaml:"basis"`                      // Estimated where none is stated

	// Rates, Minutes and Costs are what all statements about the point that
	// count say together.
	Rates   Pool  `yaml:"-"`
	Minutes Pool  `yaml:"-"`
	Costs   Pool  `yaml:"-"`
	Place   Place `yaml:"-"`
}

// Label is what went wrong, or the point's id.
func (p ErrorPoint) Label() string { return label(p.What, p.ID) }

// Needs is what an integration of the flow would have to do.
type Needs struct {
	Latency     Latency      `yaml:"latency"`
	Reliability Reliability  `yaml:"reliability"`
	Direction   Direction    `yaml:"direction"`
	Fields      []FieldOwner `yaml:"fields" as:"map"`
	Steps       Amount       `yaml:"steps" as:"count"`      // actions for one record
	Branches    Amount       `yaml:"branches" as:"count"`   // places where it decides
	Transforms  Amount       `yaml:"transforms" as:"count"` // fields or formats that it converts
	Residency   string       `yaml:"residency"`
	Loss        Loss         `yaml:"loss"`
}

// FieldOwner says which system owns a field that two systems share. It means
// something only where the flow goes both ways.
type FieldOwner struct {
	Field string `yaml:",key"`
	Owner string `yaml:",value" as:"id"`
	Place Place  `yaml:"-"`
}

// Alert says how the flow's owner is told of a failure, and how soon.
type Alert struct {
	By     Channel  `yaml:"by"`
	Within Duration `yaml:"within"`
}

// Solution is what the client has decided for a flow.
type Solution struct {
	Platform        string   `yaml:"platform" as:"id"`
	Tier            string   `yaml:"tier" as:"id"`
	Pattern         Pattern  `yaml:"pattern"`
	BuildCost       Estimate `yaml:"build_cost" as:"money"`
	PlatformMonthly Estimate `yaml:"platform_monthly" as:"money"` // the fee; maintenance comes on top
	BuildWeeks      Amount   `yaml:"build_weeks" as:"number"`
}

// Decided tells whether the client has named a platform.
func (s Solution) Decided() bool { return s.Platform != "" }

// Overlap says that two flows both claim some hours a week.
type Overlap struct {
	Flow         string `yaml:",key" as:"ref=flow"`
	HoursPerWeek Amount `yaml:",value" as:"number"`
	Place        Place  `yaml:"-"`
}
