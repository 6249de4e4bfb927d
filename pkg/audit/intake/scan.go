package intake

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strconv"
)

// What a sheet may be at most.
const (
	mostRows    = 1000  // of a form, with something in them
	mostRow     = 10000 // the number of the last, of any sheet
	mostColumns = 100
	mostCells   = 40000
	mostMerged  = 200
	mostLetters = 32767 // of a text, as Excel has it
)

// size is how large a sheet may be.
type size struct{ columns, cells int }

// ofForm is the size of a form's sheet. A report's workbook has a column for
// each month of the horizon, for each flow whose arithmetic it shows.
var (
	ofForm   = size{mostColumns, mostCells}
	ofReport = size{400, 120_000}
)

// outline is what a sheet holds, found without building it: where something
// stands, and what is merged. A library that builds the sheet makes room for
// each row up to the last, so the last is looked at first.
type outline struct {
	cells  []spot
	merged []string // A1:B2
	rows   int      // with something in them
}

// spot is a cell that holds something.
type spot struct {
	column, row int
	formula     bool
	kind        string // n, s, str, inlineStr, b, e or d; empty: n
	style       int    // of the workbook's cell formats
}

var errTooLarge = errors.New("the sheet has more rows, columns or cells than any form")
var errDisorder = errors.New("the sheet's rows are not in order")

// scan reads a sheet's XML once from the start to the end.
func scan(sheet []byte, most size) (outline, error) {
	s := scanner{most: most}
	d := xml.NewDecoder(bytes.NewReader(sheet))
	for {
		token, err := d.RawToken()
		if errors.Is(err, io.EOF) {
			s.end()
			if len(s.merged) > mostMerged {
				return outline{}, errTooLarge
			}
			return s.outline, nil
		}
		if err != nil {
			return outline{}, err
		}
		switch t := token.(type) {
		case xml.StartElement:
			err = s.start(t)
		case xml.EndElement:
			if t.Name.Local == "c" {
				s.end()
			}
		}
		if err != nil {
			return outline{}, err
		}
	}
}

type scanner struct {
	outline
	most   size
	row    int // where we are
	last   int // the last row that holds something
	column int
	open   spot // the cell we are in
	filled bool
	count  int
}

func (s *scanner) start(t xml.StartElement) error {
	switch t.Name.Local {
	case "row":
		return s.startRow(attribute(t, "r"))
	case "c":
		return s.startCell(t)
	case "f":
		s.open.formula, s.filled = true, true
	case "v", "is":
		s.filled = true
	case "mergeCell":
		s.merged = append(s.merged, attribute(t, "ref"))
	}
	return nil
}

func (s *scanner) startRow(r string) error {
	n, err := strconv.Atoi(r)
	switch {
	case err != nil || n <= s.row:
		return errDisorder
	case n > mostRow:
		return errTooLarge
	}
	s.row, s.column = n, 0
	return nil
}

func (s *scanner) startCell(t xml.StartElement) error {
	column, row, ok := position(attribute(t, "r"))
	if !ok || row != s.row || column <= s.column {
		return errDisorder
	}
	if s.count++; column > s.most.columns || s.count > s.most.cells {
		return errTooLarge
	}
	style, _ := strconv.Atoi(attribute(t, "s")) // none is the first
	s.column = column
	s.open, s.filled = spot{column: column, row: row, kind: attribute(t, "t"), style: style}, false
	return nil
}

// end closes a cell, if one is open that holds something.
func (s *scanner) end() {
	if !s.filled {
		return
	}
	s.cells = append(s.cells, s.open)
	if s.open.row != s.last {
		s.last = s.open.row
		s.rows++
	}
	s.filled = false
}

func attribute(t xml.StartElement, name string) string {
	for _, a := range t.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// texts checks the workbook's shared texts: a cell can show none that is
// longer than Excel's longest.
func texts(shared []byte) error {
	d := xml.NewDecoder(bytes.NewReader(shared))
	letters := 0
	for {
		token, err := d.RawToken()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		switch t := token.(type) {
		case xml.StartElement:
			if t.Name.Local == "si" {
				letters = 0
			}
		case xml.CharData:
			if letters += len(t); letters > 4*mostLetters {
				return errTooLarge
			}
		}
	}
}

// checkSheets looks at every sheet before a library builds one. A sheet is
// known by what it holds: its name may be any.
func checkSheets(name string, parts []part, most size) error {
	for i, p := range parts {
		var err error
		if bytes.Contains(p.text, []byte("sheetData")) {
			parts[i].outline, err = scan(p.text, most)
		}
		if err == nil && bytes.Contains(p.text, []byte("sst")) && isXML(p.text) {
			err = texts(p.text)
		}
		switch {
		case errors.Is(err, errTooLarge):
			return largeSheet(name)
		case err != nil:
			return &RefusedError{name, "a sheet of the workbook is damaged", "open it in Excel and save it as .xlsx"}
		}
	}
	return nil
}

func largeSheet(name string) error {
	return &RefusedError{name, fmt.Sprintf("a sheet is larger than any form, which has at most %d rows", mostRows), "delete the rows and columns that hold nothing, or split it"}
}

func isXML(text []byte) bool {
	text = bytes.TrimPrefix(text, []byte("\xef\xbb\xbf"))
	return bytes.HasPrefix(bytes.TrimSpace(text[:min(len(text), 100)]), []byte("<"))
}
