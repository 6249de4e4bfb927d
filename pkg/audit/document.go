package audit

import (
	"bytes"
	"sort"
	"strings"
	"unicode/utf8"
)

// document is one file being read: its text, and what is wrong with it.
type document struct {
	name     string
	text     []byte
	lines    []int         // where each line begins; made when first needed
	marks    map[int][]int // of long lines, where every markEvery-th character begins
	problems Problems
}

const (
	maxSourceLine = 200   // characters of the user's line that a problem shows
	longLine      = 4_096 // bytes; a file may be one line
	markEvery     = 256   // characters
)

var byteOrderMark = []byte("\xef\xbb\xbf")

// report adds a problem at a line and a column, counted from 1 in characters.
func (d *document) report(line, column int, message, hint string) {
	d.problems = append(d.problems, d.problem(line, column, message, hint))
}

// reportOffset adds a problem at a byte of the text.
func (d *document) reportOffset(offset int, message, hint string) {
	d.index()
	n := sort.Search(len(d.lines), func(i int) bool { return d.lines[i] > offset })
	before := bytes.TrimPrefix(d.text[d.lines[n-1]:offset], byteOrderMark)
	d.report(n, utf8.RuneCount(before)+1, message, hint)
}

// problem is a problem at a position, which it keeps inside the file: the
// parser names the line after the last for what is missing at the end.
func (d *document) problem(line, column int, message, hint string) Problem {
	d.index()
	line = min(max(line, 1), len(d.lines))
	text := d.line(line)
	_, column = d.seek(line, column)
	return Problem{
		Place:   Place{File: d.name, Line: int32(line), Column: int32(column)},
		Message: message,
		Hint:    hint,
		Source:  shorten(text),
	}
}

func (d *document) index() {
	if d.lines != nil {
		return
	}
	d.lines = []int{0}
	for i, b := range d.text {
		if b == '\n' || b == '\r' && (i+1 == len(d.text) || d.text[i+1] != '\n') {
			d.lines = append(d.lines, i+1)
		}
	}
}

// line returns the n-th line without its end and without a byte-order mark.
func (d *document) line(n int) []byte {
	d.index()
	if n < 1 || n > len(d.lines) {
		return nil
	}
	end := len(d.text)
	if n < len(d.lines) {
		end = d.lines[n]
	}
	text := bytes.TrimRight(d.text[d.lines[n-1]:end], "\r\n")
	if n == 1 {
		text = bytes.TrimPrefix(text, byteOrderMark)
	}
	return text
}

// seek returns the byte of a line at which a column stands, and that column,
// which is the one behind the line's end for what lies beyond.
func (d *document) seek(line, column int) (offset, at int) {
	text := d.line(line)
	at = 1
	if len(text) > longLine && column > markEvery {
		marks := d.marked(line, text)
		i := min((column-1)/markEvery, len(marks)-1)
		offset, at = marks[i], i*markEvery+1
	}
	for at < column && offset < len(text) {
		_, size := utf8.DecodeRune(text[offset:])
		offset, at = offset+size, at+1
	}
	return offset, at
}

func (d *document) marked(line int, text []byte) []int {
	if marks, ok := d.marks[line]; ok {
		return marks
	}
	var marks []int
	for offset, n := 0, 0; offset < len(text); n++ {
		if n%markEvery == 0 {
			marks = append(marks, offset)
		}
		_, size := utf8.DecodeRune(text[offset:])
		offset += size
	}
	if d.marks == nil {
		d.marks = map[int][]int{}
	}
	d.marks[line] = marks
	return marks
}

// before returns the byte before a position, 0 at the beginning of a line.
func (d *document) before(line, column int) byte {
	offset, _ := d.seek(line, column)
	if offset == 0 {
		return 0
	}
	return d.line(line)[offset-1]
}

// shorten writes the beginning of a line.
func shorten[T string | []byte](line T) string {
	n := 0
	for i := range string(line[:min(len(line), (maxSourceLine+1)*utf8.UTFMax)]) {
		if n++; n > maxSourceLine {
			return strings.ToValidUTF8(string(line[:i]), "�") + "…"
		}
	}
	return strings.ToValidUTF8(string(line), "�")
}
