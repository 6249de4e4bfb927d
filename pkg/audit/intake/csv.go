package intake

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"
)

// readCSV reads a CSV, in whichever way its program writes one: the separator
// is the one that gives the most headings.
func readCSV(name string, src []byte, names headingIndex) (grid, error) {
	text, err := decodeText(name, src)
	if err != nil {
		return grid{}, err
	}
	if rest, ok := strings.CutPrefix(strings.ToLower(text), "sep="); ok && len(rest) > 1 && (rest[1] == '\r' || rest[1] == '\n') {
		text = text[len("sep=")+1:]
	}
	var best grid
	var fault error
	most := 0
	for _, comma := range []rune{';', ',', '\t'} {
		g, err := readSeparated(name, text, comma)
		if err != nil {
			if fault == nil {
				fault = err
			}
			continue
		}
		if n := g.headings(names); n > most {
			best, most = g, n
		}
	}
	switch {
	case most > 0:
		return best, nil
	case fault != nil:
		return grid{}, fault
	}
	return grid{}, noHeader(name)
}

// headings counts those of the form's columns that the grid has.
func (g *grid) headings(names headingIndex) int {
	if !g.find(names) {
		return 0
	}
	n := 0
	for _, at := range g.head.at {
		if at > 0 {
			n++
		}
	}
	return n
}

func readSeparated(name, text string, comma rune) (grid, error) {
	g := grid{comma: comma}
	r := csv.NewReader(strings.NewReader(text))
	r.Comma, r.FieldsPerRecord, r.ReuseRecord = comma, -1, true
	for row, done := 1, int64(0); ; row++ {
		fields, err := r.Read()
		if errors.Is(err, io.EOF) {
			return g, nil
		}
		var fault *csv.ParseError
		if errors.As(err, &fault) {
			return g, &RefusedError{name, fmt.Sprintf("line %d has a quotation mark that does not belong there or is not closed", fault.Line),
				"write a quotation mark inside a quoted text twice"}
		}
		if err != nil {
			return g, &RefusedError{name, "the file cannot be read as a CSV", "save it as CSV UTF-8"}
		}
		row += emptyLines(text[done:])
		done = r.InputOffset()
		for i, field := range fields {
			c := cell{row: row, column: i + 1}
			if c.set(field); strings.HasPrefix(c.text, "=") {
				c.kind = formula
			}
			if i < mostColumns || !c.empty() {
				g.put(c)
			}
		}
		if len(fields) > mostColumns || len(g.lines) > mostRows || row > mostRow || g.letters > mostText {
			return g, &RefusedError{name, fmt.Sprintf("the file is larger than any form, which has at most %d rows", mostRows), "split it, or delete what is no flow"}
		}
	}
}

// emptyLines counts those that a text begins with: a reader of CSV passes over
// them, and in a spreadsheet they are rows.
func emptyLines(text string) int {
	n := 0
	for {
		text = strings.TrimPrefix(text, "\r")
		rest, ok := strings.CutPrefix(text, "\n")
		if !ok {
			return n
		}
		text = rest
		n++
	}
}

// decodeText gives the text of a file that is UTF-8 or, as Excel writes it in
// the west of Europe, Windows-1252.
func decodeText(name string, src []byte) (string, error) {
	switch {
	case bytes.HasPrefix(src, []byte("\xff\xfe")), bytes.HasPrefix(src, []byte("\xfe\xff")):
		return "", &RefusedError{name, "the file is Unicode text of 16 bits", "save it as CSV UTF-8"}
	case bytes.IndexByte(src, 0) >= 0:
		return "", &RefusedError{name, "this is neither an Excel workbook (.xlsx) nor a CSV", "a form is written by flowmap form"}
	}
	src = bytes.TrimPrefix(src, []byte("\xef\xbb\xbf"))
	if utf8.Valid(src) {
		return string(src), nil
	}
	var b strings.Builder
	for _, c := range src {
		r := rune(c)
		if c >= 0x80 && c < 0xa0 {
			r = []rune(windows)[c-0x80]
		}
		if r == '�' {
			return "", &RefusedError{name, "the file is neither UTF-8 nor Windows-1252", "save it as CSV UTF-8"}
		}
		b.WriteRune(r)
	}
	return b.String(), nil
}

// windows are the letters that Windows-1252 has from 0x80 to 0x9f; it has none
// at five places.
const windows = "€�‚ƒ„…†‡ˆ‰Š‹Œ�Ž��‘’“”•–—˜™š›œ�žŸ"
