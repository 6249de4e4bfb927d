package audit

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// Place is a position in a file of the workspace: its path with slashes,
// relative to the workspace's folder, and line and column, counted from 1 in
// characters. The zero Place is nowhere: a default that nobody wrote.
type Place struct {
	File   string
	Line   int32
	Column int32
}

// IsZero tells whether the place is nowhere.
func (p Place) IsZero() bool { return p.File == "" }

func (p Place) String() string {
	if p.Line == 0 {
		return p.File
	}
	return fmt.Sprintf("%s:%d:%d", p.File, p.Line, p.Column)
}

func (p Place) compare(q Place) int {
	return cmp.Or(strings.Compare(p.File, q.File), cmp.Compare(p.Line, q.Line), cmp.Compare(p.Column, q.Column))
}

// Problem is a fault that keeps a workspace from being used: where it is, what
// is wrong in the user's words, the user's own line, and what to do about it.
type Problem struct {
	Place   Place
	Message string
	Hint    string // empty if there is nothing to add
	Source  string // the line as the user wrote it, without its end; empty if there is none
}

// String gives the problem on one line, as file:line:col: message.
func (p Problem) String() string { return p.Place.String() + ": " + p.Message }

// Problems are all faults of a workspace, sorted by place. It is an error.
type Problems []Problem

// Error gives one problem a line.
func (ps Problems) Error() string {
	lines := make([]string, len(ps))
	for i, p := range ps {
		lines[i] = p.String()
	}
	return strings.Join(lines, "\n")
}

func (ps Problems) sorted() Problems {
	slices.SortStableFunc(ps, func(a, b Problem) int {
		return cmp.Or(a.Place.compare(b.Place), strings.Compare(a.Message, b.Message))
	})
	return slices.CompactFunc(ps, func(a, b Problem) bool {
		return a.Place == b.Place && a.Message == b.Message
	})
}

// asError keeps a nil Problems from becoming an error that is not nil.
func (ps Problems) asError() error {
	if len(ps) == 0 {
		return nil
	}
	return ps.sorted()
}
