package catalogue

// Kind is the kind of a platform.
type Kind string

// The kinds of platforms.
const (
	NoCode     Kind = "no-code"
	IPaaS      Kind = "ipaas" // an enterprise's integration platform
	OpenSource Kind = "open-source"
	ELT        Kind = "elt" // batch copies into a database for reporting
	Custom     Kind = "custom"
	Native     Kind = "connector" // what the two products bring themselves
	Process    Kind = "process"   // no integration: the work itself is changed
)

// Options lists what may be written.
func (Kind) Options() []string {
	return []string{"no-code", "ipaas", "open-source", "elt", "custom", "connector", "process"}
}

// Unit is what a platform's price counts.
type Unit string

// The units. None is a platform that counts nothing; Contract one whose
// vendor agrees with each client on what is counted.
const (
	Task      Unit = "task"      // an action that succeeds
	Credit    Unit = "credit"    // an action or the trigger of a run, a poll that finds nothing included
	Execution Unit = "execution" // a run of all steps
	Message   Unit = "message"   // a record
	Request   Unit = "request"   // an action or the trigger of a run, failed ones included
	None      Unit = "none"
	Compute   Unit = "compute" // time of a processor
	Data      Unit = "data"    // amounts of data
	Contract  Unit = "contract"
)

// PerAction tells whether each action of a run counts.
func (u Unit) PerAction() bool { return u == Task || u == Credit || u == Request }

// Options lists what may be written.
func (Unit) Options() []string {
	return []string{"task", "credit", "execution", "message", "request", "none", "compute", "data", "contract"}
}

// Quote tells why a price is shown and never chosen.
type Quote string

// The reasons. The zero Quote is a list price, which may be chosen.
const (
	Listed    Quote = ""
	OnRequest Quote = "on-request" // the vendor names a price to those who ask
	Span      Quote = "range"      // sources give a range
	Median    Quote = "median"     // what buyers paid in the middle
	Guess     Quote = "estimate"   // somebody's estimate
	Trial     Quote = "trial"      // for a time only, or not for work
	Bundled   Quote = "bundled"    // comes with something else that must be owned
	Once      Quote = "once"       // paid once, no fee a month
	Edition   Quote = "edition"    // buys features, and holds no more than a cheaper tier
)

// Options lists what may be written.
func (Quote) Options() []string {
	return []string{"on-request", "range", "median", "estimate", "trial", "bundled", "once", "edition"}
}

// Origin tells where a figure comes from.
type Origin string

// The origins. Sourced is assumed where none is stated.
const (
	Sourced    Origin = "sourced"
	Mixed      Origin = "mixed"      // a source states a part of it
	Derived    Origin = "derived"    // arithmetic or judgement from sources
	Practice   Origin = "practice"   // usual practice without a public source
	Assumption Origin = "assumption" // chosen by flowmap
)

// Options lists what may be written.
func (Origin) Options() []string {
	return []string{"sourced", "mixed", "derived", "practice", "assumption"}
}

// Grade is how far a fact can be trusted: A the vendor's own documents, a
// standard, a study or code; B a third party that checked the vendor's page on
// a stated day; C an estimate or one undated article; D derived by arithmetic
// or judgement.
type Grade string

// Options lists what may be written.
func (Grade) Options() []string { return []string{"A", "B", "C", "D"} }

// Billing tells how often a tier is paid.
type Billing string

// Options lists what may be written. Flat is paid whatever the use; none is
// free.
func (Billing) Options() []string { return []string{"annual", "monthly", "none", "flat"} }
