package intake

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/flowmap-dev/flowmap/pkg/audit"
)

// RefusedError says why a file as a whole is not read, and what to do.
type RefusedError struct {
	Name   string // of the file
	Reason string // in the user's words
	Hint   string
}

func (e *RefusedError) Error() string { return e.Name + ": " + e.Reason }

// mostProblems is how many problems of one form are told. Who has more sees
// how many there are.
const mostProblems = 100

// problem is what is wrong in a cell, counted from 1.
type problem struct {
	row, column   int
	message, hint string
}

// faults gathers the problems of a form.
type faults struct {
	file, sheet string
	all         []problem
}

func (f *faults) add(c cell, message, hint string) {
	f.all = append(f.all, problem{c.row, c.column, message, hint})
}

// problems gives them row by row, each at its sheet and cell.
func (f *faults) problems() audit.Problems {
	all := slices.Clone(f.all)
	slices.SortStableFunc(all, func(a, b problem) int {
		return cmp.Or(cmp.Compare(a.row, b.row), cmp.Compare(a.column, b.column))
	})
	all = slices.Compact(all)
	var told audit.Problems
	for i, p := range all {
		if i == mostProblems {
			return append(told, audit.Problem{Place: audit.Place{File: f.file},
				Message: fmt.Sprintf("and %d more", len(all)-i), Hint: "correct these first, then import again"})
		}
		told = append(told, audit.Problem{Place: audit.Place{File: f.place(p)}, Message: p.message, Hint: p.hint})
	}
	return told
}

// place names a cell as spreadsheets do: form.xlsx, Flows!C14.
func (f *faults) place(p problem) string {
	at := cellName(p.column, p.row)
	if f.sheet == "" {
		return f.file + ", " + at
	}
	return f.file + ", " + f.sheet + "!" + at
}

// columnName is A for 1 and AB for 28.
func columnName(n int) string {
	name := ""
	for ; n > 0; n = (n - 1) / 26 {
		name = string(rune('A'+(n-1)%26)) + name
	}
	return name
}

func cellName(column, row int) string { return fmt.Sprintf("%s%d", columnName(column), row) }

// position reads a cell's name, and is false for what is none.
func position(name string) (column, row int, ok bool) {
	digits := strings.TrimLeft(name, "ABCDEFGHIJKLMNOPQRSTUVWXYZ")
	letters := name[:len(name)-len(digits)]
	if letters == "" || len(letters) > 3 || digits == "" || len(digits) > 7 || digits[0] == '0' {
		return 0, 0, false
	}
	for _, r := range letters {
		column = column*26 + int(r-'A') + 1
	}
	for _, r := range digits {
		if r < '0' || r > '9' {
			return 0, 0, false
		}
		row = row*10 + int(r-'0')
	}
	return column, row, true
}
