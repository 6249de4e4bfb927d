package audit

// How tells how a flow is done today.
type How string

// A manual flow is typed; in a file flow a person exports and imports; an
// automated one costs no hours.
const (
	Manual    How = "manual"
	File      How = "file"
	Automated How = "automated"
)

// Options lists what may be written.
func (How) Options() []string { return []string{"manual", "file", "automated"} }

// Period tells how often a flow is done, or how late its data may arrive.
type Period string

// The periods, the most urgent first.
const (
	Realtime Period = "realtime"
	Minutes  Period = "minutes"
	Hourly   Period = "hourly"
	Daily    Period = "daily"
	Weekly   Period = "weekly"
	Monthly  Period = "monthly"
)

// Options lists what may be written, the most urgent first.
func (Period) Options() []string {
	return []string{"realtime", "minutes", "hourly", "daily", "weekly", "monthly"}
}

// Kind is the kind of a system.
type Kind string

// The kinds of systems. Email, phone and external are outside the company's
// systems: they hold no data.
const (
	ERP         Kind = "erp"
	CRM         Kind = "crm"
	Ecommerce   Kind = "ecommerce"
	Marketplace Kind = "marketplace"
	POS         Kind = "pos"
	Accounting  Kind = "accounting"
	WMS         Kind = "wms"
	Shipping    Kind = "shipping"
	Payment     Kind = "payment"
	Bank        Kind = "bank"
	HR          Kind = "hr"
	Payroll     Kind = "payroll"
	Production  Kind = "production"
	Project     Kind = "project"
	Helpdesk    Kind = "helpdesk"
	BI          Kind = "bi"
	Spreadsheet Kind = "spreadsheet"
	Email       Kind = "email"
	Paper       Kind = "paper"
	Phone       Kind = "phone"
	External    Kind = "external"
	Other       Kind = "other"
)

// Options lists what may be written.
func (Kind) Options() []string {
	return []string{"erp", "crm", "ecommerce", "marketplace", "pos", "accounting", "wms", "shipping", "payment", "bank", "hr", "payroll",
		"production", "project", "helpdesk", "bi", "spreadsheet", "email", "paper", "phone", "external", "other"}
}

// Outside tells whether systems of the kind hold no data: e-mail, phone and
// external parties.
func (k Kind) Outside() bool { return k == Email || k == Phone || k == External }

// Unstructured tells whether what comes from or goes to such a system has no
// fields that a program could read: e-mail, paper and phone.
func (k Kind) Unstructured() bool { return k == Email || k == Paper || k == Phone }

// Interface is a way in which a program may reach a system.
type Interface string

// The interfaces through which a program reads and writes single records.
const (
	API      Interface = "api"
	Webhook  Interface = "webhook"
	Database Interface = "database"
)

// Options lists what may be written.
func (Interface) Options() []string {
	return []string{"api", "webhook", "database", "file", "edi", "email", "read-only", "none"}
}

// Hosting tells where a system runs.
type Hosting string

// Options lists what may be written.
func (Hosting) Options() []string { return []string{"cloud", "on-premise"} }

// PersonalData is the GDPR class of an entity; empty is not known.
type PersonalData string

// The classes.
const (
	NoPersonalData       PersonalData = "none"
	OrdinaryPersonalData PersonalData = "ordinary"
	SpecialPersonalData  PersonalData = "special" // article 9: health, beliefs, union membership
)

// Options lists what may be written.
func (PersonalData) Options() []string { return []string{"none", "ordinary", "special"} }

// Absence tells what happens to a flow when its people are away for two weeks.
type Absence string

// What happens meanwhile: the work waits, somebody else does it, or it is not
// done at all.
const (
	Waits     Absence = "waits"
	Delegated Absence = "delegated"
	Lost      Absence = "lost"
)

// Options lists what may be written.
func (Absence) Options() []string { return []string{"waits", "delegated", "lost"} }

// Whose tells for whom stated hours speak.
type Whose string

// All hours are those of everybody who does the flow; own hours are those of
// the person interviewed.
const (
	All Whose = "all"
	Own Whose = "own"
)

// Options lists what may be written.
func (Whose) Options() []string { return []string{"all", "own"} }

// Reliability tells how much depends on a flow.
type Reliability string

// The degrees of reliability. Normal is assumed where none is stated.
const (
	Low      Reliability = "low"
	Normal   Reliability = "normal"
	High     Reliability = "high"
	Critical Reliability = "critical"
)

// Options lists what may be written, the least first.
func (Reliability) Options() []string { return []string{"low", "normal", "high", "critical"} }

// Direction tells whether data goes one way or both.
type Direction string

// One-way is assumed where nothing is stated.
const (
	OneWay Direction = "one-way"
	TwoWay Direction = "two-way"
)

// Options lists what may be written.
func (Direction) Options() []string { return []string{"one-way", "two-way"} }

// Latency tells how late data may arrive.
type Latency string

// Options lists what may be written, the most urgent first.
func (Latency) Options() []string {
	return []string{"realtime", "minutes", "hourly", "daily", "weekly"}
}

// Loss tells whether a record may get lost unnoticed.
type Loss string

// Options lists what may be written.
func (Loss) Options() []string { return []string{"none", "tolerated"} }

// Channel is a way to tell somebody that a flow failed.
type Channel string

// Options lists what may be written.
func (Channel) Options() []string { return []string{"email", "slack", "teams", "sms"} }

// Pattern is an integration pattern: bidirectional synchronisation,
// unidirectional push, periodic pull, publish/subscribe with a queue.
type Pattern string

// The patterns.
const (
	Sync   Pattern = "sync"
	Push   Pattern = "push"
	Pull   Pattern = "pull"
	PubSub Pattern = "pubsub"
)

// Two ways of getting data across that only advice names: a client decides for
// one of the four patterns.
const (
	// BatchFile is a file exchanged at intervals, with checks.
	BatchFile Pattern = "batch-file"
	// RequestReply is the target asking the source at the moment at which it
	// needs the data.
	RequestReply Pattern = "request-reply"
)

// Options lists what may be written.
func (Pattern) Options() []string { return []string{"sync", "push", "pull", "pubsub"} }

// Answer is yes, no, or not known, written true and false.
type Answer string

// The answers.
const (
	Unknown Answer = ""
	Yes     Answer = "true"
	No      Answer = "false"
)

// Options lists what may be written.
func (Answer) Options() []string { return []string{"true", "false"} }
