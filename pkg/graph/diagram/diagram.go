// Package diagram makes a view of the dependency map and draws it.
//
// A View is the one value that every format reads: what stands in the picture
// and in the table beside it, in words. Graphviz says where systems and labels
// go; the picture is drawn here, as a draw.Drawing. A drawing that lacks a
// system or a link is an error, never a short picture.
package diagram

import (
	"github.com/flowmap-dev/flowmap/pkg/audit"
	"github.com/flowmap-dev/flowmap/pkg/draw"
)

// View is what a diagram shows: systems and the links between them, worded in
// one language. Flows makes one; any other view of the map is another function
// that fills a View, and every format draws it.
type View struct {
	Title    string
	Client   string
	Date     string // for people; empty where the audit has none
	Brand    string // whose work it is; may be empty
	Accent   draw.Colour
	Language string
	Figures  []Figure
	Nodes    []Node
	Links    []Link
	Legend   Legend
	Table    Table
	Folded   int // links that the options left out
}

// Figure is a number that the whole picture comes to, and what it counts.
type Figure struct{ Value, Label string }

// Node is a system.
type Node struct {
	ID      string
	Name    string
	Kind    audit.Kind
	Outside bool     // it holds no data
	Sort    string   // the kind in words
	Records []string // the entities it is the system of record for
	Title   string   // shown when the pointer rests on it; begins with the id
}

// Link is all flows from one system to another.
type Link struct {
	From, To string // ids of nodes
	Flows    []string
	How      audit.How // that of the flow with most manual work
	TwoWay   bool      // data comes back on one of its flows too
	Hours    float64   // a week
	What     []string  // the data, in words, most important first
	Often    string    // how often, or how many flows; may be empty
	Amount   string    // the hours, in words; empty for automated flows
	Errors   int       // error points
	Number   int       // its row in the table, from 1
	Title    string    // shown when the pointer rests on it; begins with the ids
}

// Legend holds the words for each thing that the picture uses; one that it does
// not use has none.
type Legend struct {
	Manual, File, Automated string // how a flow is done
	Width                   string // what the width of a line says
	Record                  string
	Errors                  string
	Outside, Sheet          string
	Unknown                 string // hours that nobody stated
	Numbers                 string
	Folded                  string // how many links are left out
}

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
	Errors      int     // error points
	ErrorCost   float64 // a year, in the workspace's currency
}

// most is how many systems and links together are drawn at most: Graphviz takes
// seconds beyond.
const most = 900

// labelled is how many links carry their words in the picture; when there are
// more, they carry numbers and the table has the words.
const labelled = 120

// Numbered tells whether the links carry numbers in place of words.
func (v View) Numbered() bool { return len(v.Links) > labelled }
