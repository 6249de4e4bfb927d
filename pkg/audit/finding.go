package audit

// Severity tells how much a finding matters.
type Severity string

// The severities, the least first.
const (
	SeverityInfo   Severity = "info"
	SeverityLow    Severity = "low"
	SeverityMedium Severity = "medium"
	SeverityHigh   Severity = "high"
)

// Finding is something that a reader of the audit should know: a fault in the
// landscape, figures that contradict each other. It holds no sentence: Args
// are the arguments of the sentence that the words have for its ID.
type Finding struct {
	ID           string // FM004
	Kind         string // ring
	Severity     Severity
	Entities     []string // ids
	Systems      []string // ids
	Flows        []string // ids
	Roles        []string // ids
	People       []string // names
	Places       []Place
	HoursPerWeek float64 // manual hours that hang on it
	CostPerYear  float64 // labour and errors that hang on it
	Args         []Arg
	Accepted     *Accepted // set where the client lives with it
}

// Arg is one argument of a finding's or a reason's sentence. Exactly one of
// Text, IDs, Number and Amounts is meant, as Kind says.
type Arg struct {
	Name   string
	Kind   ArgKind
	Text   string
	IDs    []string
	Number float64
}

// ArgKind tells how an argument is written for people.
type ArgKind string

// The kinds of arguments.
const (
	ArgText     ArgKind = "text"     // as it is
	ArgSystem   ArgKind = "system"   // IDs of systems, by name
	ArgEntity   ArgKind = "entity"   // IDs of entities, by name
	ArgFlow     ArgKind = "flow"     // IDs of flows, by name
	ArgRole     ArgKind = "role"     // IDs of roles, by name
	ArgPerson   ArgKind = "person"   // names of people
	ArgKey      ArgKind = "key"      // Text is a key of the words
	ArgField    ArgKind = "field"    // Text is the path of a field, such as needs.latency
	ArgValue    ArgKind = "value"    // Text is what is stated in the field whose name IDs holds
	ArgCount    ArgKind = "count"    // a whole number
	ArgNumber   ArgKind = "number"   // one decimal
	ArgHours    ArgKind = "hours"    // hours
	ArgMoney    ArgKind = "money"    // in the workspace's currency
	ArgShare    ArgKind = "share"    // 0 to 1
	ArgMonths   ArgKind = "months"   // months
	ArgAge      ArgKind = "age"      // hours, as minutes, hours or days
	ArgPlatform ArgKind = "platform" // IDs of platforms, by name
	ArgDate     ArgKind = "date"     // Text is a day, as 2026-11-20
)
