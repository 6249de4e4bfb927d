package interview

import (
	"context"
	"strconv"
)

// Asker puts questions to a person: in a form, line by line, or to nobody, as
// a test does. It knows how to show a question and to read an answer; what is
// asked, whether the answer is one, and where it goes is the walk's.
//
// The walk asks one question at a time, and has the answer on disk before it
// asks the next. An answer that it cannot take comes back as the same question
// with Refused and what was given as Old.
type Asker interface {
	// Ask shows a question and waits for the reply. The error is ctx's when it
	// ends first, an EndError where the answers end, else what the terminal
	// said. All of them leave the interview as it is on disk.
	Ask(ctx context.Context, q Prompt) (Reply, error)

	// Tell shows a text of one or more lines between two questions: where an
	// interview goes on, a summary, a problem.
	Tell(text string) error
}

// Prompt is a question as it is put: everything in the language of the
// interview.
type Prompt struct {
	Key     string // names the question, the same in every run: web-orders.minutes
	Heading string // what it is about: the department, or the flow
	Text    string // the question, one sentence
	Help    string // how to answer, one or two sentences; may be empty
	Kind    Kind

	// Options are those of a choice, or the things that exist already, the
	// likeliest first, to be offered as one types. Another text makes a new
	// thing where New holds.
	Options []Option
	New     bool
	Many    bool // several may be given, parted by commas or semicolons
	AsTyped bool // an option is shown once something like it is typed, and has no number

	// Bases are the ways to know a number, and are asked for with it, on the
	// same page; empty where the answer is no number.
	Bases []Option

	Old       Reply // what was said before, as the default; zero where nothing was
	Suggested bool  // nobody has said Old yet: it is what is usual

	Refused string // why the last reply could not be taken; empty at first
	Beside  string // what this interview has found so far, some lines; may be empty

	Back    bool // there is a question before this one
	Nothing bool // "nothing", "no more" is an answer: Nothing
	Unknown bool // "I don't know" is an answer: NotKnown
	Unsaved bool // what was answered before is on no disk yet

	// Check judges a text before it is given, as the walk will: nil where it
	// would be taken. A form may show it while one types, and must let "back"
	// through.
	Check func(Reply) error
}

// Option is one thing to choose.
type Option struct {
	ID   string // what Reply.Text holds
	Text string // what a person reads
}

// Reply is what came back. Its Text is what a person typed, in their language,
// or an option's id.
type Reply struct {
	Act   Act
	Text  string
	Basis string // an id of Bases; empty where none are asked for
}

// Act is what a person does with a question.
type Act uint8

// A question is answered with a text, with "I don't know", or with "nothing".
// Back goes to the question before it, Leave ends for today: everything said so
// far is on disk.
const (
	Answer Act = iota
	NotKnown
	Nothing
	Back
	Leave
)

// Kind is the kind of answer that a question wants.
type Kind string

// The kinds of answer.
const (
	Text    Kind = "text"    // some words
	Choice  Kind = "choice"  // one of the options
	Number  Kind = "number"  // one number, or the least, the most and the usual
	Rate    Kind = "rate"    // so often a day, week, month or year; one or three
	Share   Kind = "share"   // so many of 100, or a rate
	Money   Kind = "money"   // one amount in the workspace's currency, or three
	System  Kind = "system"  // a place where data lives
	Entity  Kind = "entity"  // a type of data
	Role    Kind = "role"    // a kind of worker
	Names   Kind = "names"   // people
	Texts   Kind = "texts"   // several words or phrases
	Problem Kind = "problem" // what goes wrong: one told already, or a new one
)

// Options lists what may be written in a file of questions.
func (Kind) Options() []string {
	return []string{"text", "choice", "number", "rate", "share", "money", "system", "entity", "role", "names", "texts", "problem"}
}

// EndError says that the answers ended before the interview did.
type EndError struct {
	Key  string // of the question that was not answered
	Text string // the question
}

func (e *EndError) Error() string {
	return "the answers end at the question " + e.Key + ": " + e.Text
}

// RefusedError says that an answer in a script cannot be taken.
type RefusedError struct {
	Key    string // of the question
	Text   string // the question
	Answer string // as it was written
	Reason string // in the language of the interview
}

func (e *RefusedError) Error() string {
	return "the answer " + strconv.Quote(e.Answer) + " to the question " + e.Key + " cannot be taken: " + e.Reason
}
