// Package diagram makes views of the dependency map and draws them.
//
// A View is the one value that every format reads: what stands in the picture
// and in the table beside it, in words, after filters and folding. Its Plan is
// the same with places: Graphviz says where systems and labels go. A picture is
// drawn from the Plan, as a draw.Drawing; a text format is a function over the
// View or, where it has places of its own, over the Plan. A drawing that lacks
// a system or a link is an error, never a short picture.
package diagram

import (
	"strings"

	"github.com/flowmap-dev/flowmap/pkg/audit"
	"github.com/flowmap-dev/flowmap/pkg/draw"
	"github.com/flowmap-dev/flowmap/pkg/graph"
)

// View is what a diagram shows: systems and the links between them, worded in
// one language. A function for each kind of view makes one, and every format
// draws it.
type View struct {
	Kind     Kind
	Title    string
	Scope    string // what the filters leave in, in words; empty: everything
	Client   string
	Date     string // for people; empty where the audit has none
	Brand    string // whose work it is; may be empty
	Accent   draw.Colour
	Language string
	Figures  []Figure
	Nodes    []Node
	Links    []Link
	Others   Others
	Legend   []Entry
	Table    Table
	Widest   float64 // the hours a week that the widest line stands for; 0: the most that a link has
	Numbers  bool    // links carry numbers in place of words, whatever their number

	words *wording // to word what changes when links are folded; nil in a view made by hand
}

// Kind is the question that a view answers.
type Kind string

// The kinds of views. The words have a title for each, map.flows and so on.
const (
	KindFlows   Kind = "flows"   // the landscape as it is
	KindRecords Kind = "records" // which system is right about what, and who gets it from there
	KindHeat    Kind = "heat"    // where hours and the cost of errors are
	KindTarget  Kind = "target"  // the landscape to be, with its platforms
	KindChange  Kind = "change"  // the landscape as it is under the one to be
	KindImpact  Kind = "impact"  // what hangs on a system or a type of data
	KindBetween Kind = "between" // what came, went and stayed between two audits; not among Kinds, since it needs both
)

// Kinds are all kinds of views, in the order in which commands name them.
func Kinds() []Kind {
	return []Kind{KindFlows, KindRecords, KindHeat, KindTarget, KindChange, KindImpact}
}

// Figure is a number that the whole picture comes to, and what it counts.
type Figure struct{ Value, Label string }

// Node is a system or, in a view of what is to be, a platform.
type Node struct {
	ID       string // of a platform, "platform:" and its id, which no system has
	Name     string
	Kind     audit.Kind // none for a platform
	Platform bool
	Outside  bool       // it holds no data
	Sort     string     // the kind in words
	Note     string     // one line more, such as its hours; may be empty
	Records  []string   // the entities it is the system of record for
	Part     graph.Part // what it has to do with the entity of a view of records
	Hours    float64    // a week, of the flows by hand into and out of it
	State    State      // in a view of the change
	Heat     int        // in a view of heat, 1 to Hottest by what its links cost; 0: nothing
	Step     int        // in a view of impact, the distance; elsewhere 0
	Title    string     // shown when the pointer rests on it; begins with the id
}

// Link is all flows from one system to another that are drawn alike.
type Link struct {
	From, To string // ids of nodes
	Flows    []string
	How      audit.How     // that of the flow with most manual work
	Pattern  audit.Pattern // that of an integration to be; empty for what is
	State    State         // in a view of the change
	Way      Way           // in a view of records
	Heat     int           // in a view of heat, 1 to Hottest by cost; 0: nothing
	TwoWay   bool          // data comes back on one of its flows too
	Hours    float64       // a week
	Saved    float64       // hours a week that an integration takes over
	Cost     float64       // a year: labour and errors, in the workspace's currency
	What     []string      // the data, in words, most important first
	Often    string        // how often, how many flows, or the pattern; may be empty
	Amount   string        // the hours, in words; empty for automated flows
	Errors   int           // error points
	Number   int           // its row in the table, from 1
	Title    string        // shown when the pointer rests on it; begins with the ids
}

// State is what becomes of a link or a node.
type State string

// The states; the zero State is that of a view without a change.
const (
	Kept State = "kept"
	New  State = "new"
	Gone State = "gone"
)

// Way is where data goes, seen from its system of record.
type Way string

// The ways; the zero Way is that of a view without records.
const (
	Spreads Way = "spreads" // away from the record
	Writes  Way = "writes"  // into the record
	Copies  Way = "copies"  // from one copy on to the next
	Unruled Way = "unruled" // of data that has no system of record
)

// Hottest is the highest degree of heat.
const Hottest = 5

// Others is what is folded into one card without links: those with fewest
// hours. The zero Others is nothing.
type Others struct {
	Links   int
	Systems int // that no link is left of
	Sums
	Title string // "others"
	Lines []string
}

// Sums is what links come to. What is to be counts in place of what goes.
type Sums struct {
	Flows  int
	Hours  float64 // a week by hand
	Cost   float64 // a year: labour and errors
	Errors int     // error points
	Moved  int     // flows that are to be integrated
	Saved  float64 // hours a week that this takes over
}

// add counts a link: an integration once, as it reaches its platform.
func (s *Sums) add(l Link) {
	switch {
	case l.State == Gone || l.Pattern != "" && !strings.HasPrefix(l.To, platformID):
		return
	case l.Pattern != "":
		s.Moved += len(l.Flows)
		s.Saved += l.Saved
	}
	s.Flows += len(l.Flows)
	s.Hours += l.Hours - l.Saved
	s.Cost += l.Cost
	s.Errors += l.Errors
}

// Any tells whether anything is folded.
func (o Others) Any() bool { return o.Links+o.Systems > 0 }

// Entry explains one thing that the picture uses.
type Entry struct {
	Sample Sample
	Words  string
}

// Sample names what an entry of the legend shows beside its words.
type Sample string

// The samples. Ways, states and patterns are samples too.
const (
	SampleManual    Sample = "manual"
	SampleFile      Sample = "file"
	SampleAutomated Sample = "automated"
	SampleWidth     Sample = "width"
	SampleHeat      Sample = "heat"
	SampleRecord    Sample = "record"
	SampleErrors    Sample = "errors"
	SampleOutside   Sample = "outside"
	SampleSheet     Sample = "sheet"
	SamplePlatform  Sample = "platform"
	SampleConsumer  Sample = "consumer"
	SampleDistance  Sample = "distance"
	SampleWords     Sample = "words" // nothing but words
)

// Table lists the links, for those who read figures, and for the numbers of a
// picture that has too many links for labels.
type Table struct {
	Heads []string
	Rows  []Row
}

// Row is one link of the table.
type Row struct {
	Number      int
	From, To    string  // names
	Flows       int     // how many
	What        string  // the data
	How         string  // typed, file, automated, in words
	Often       string  // in words; empty where nobody said
	Who         string  // roles, and people unless redacted
	Hours       float64 // a week
	HoursStated bool
	Unmanned    bool    // nobody's hours: automated, or an integration to be
	Asked       bool    // somebody was asked about errors
	Errors      int     // error points
	ErrorCost   float64 // a year, in the workspace's currency
}

// most is how many systems and links together are drawn at most: Graphviz takes
// seconds beyond. The rest is folded.
const most = 600

// labelled is how many links carry their words in the picture; when there are
// more, they carry numbers and the table has the words.
const labelled = 120

// Numbered tells whether the links carry numbers in place of words.
func (v View) Numbered() bool { return v.Numbers || len(v.Links) > labelled }
