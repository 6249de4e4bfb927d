package render_test

import (
	"bytes"
	"encoding/xml"
	"io"
	"strings"
	"testing"

	"github.com/flowmap-dev/flowmap/pkg/report"
)

// wordTable is a table's cells as text, the heads first.
type wordTable [][]string

// readWordTables reads a document's tables and all its text.
func readWordTables(t testing.TB, document []byte) (tables []wordTable, prose string) {
	t.Helper()
	return readTables(t, parts(t, document)["word/document.xml"])
}

// readTables reads the tables of a part and all its text: Word and PowerPoint
// call paragraphs, tables, rows and cells the same.
func readTables(t testing.TB, part []byte) (tables []wordTable, prose string) {
	t.Helper()
	var all, cell strings.Builder
	d := xml.NewDecoder(bytes.NewReader(part))
	for {
		token, err := d.Token()
		if err == io.EOF {
			return tables, squeezed(all.String())
		}
		if err != nil {
			t.Fatal(err)
		}
		switch e := token.(type) {
		case xml.StartElement:
			switch e.Name.Local {
			case "tbl":
				tables = append(tables, nil)
			case "tr":
				tables[len(tables)-1] = append(tables[len(tables)-1], nil)
			case "tc":
				cell.Reset()
			case "br":
				cell.WriteByte('\n')
				all.WriteByte('\n')
			}
		case xml.CharData:
			cell.Write(e)
			all.Write(e)
		case xml.EndElement:
			switch e.Name.Local {
			case "p":
				all.WriteByte('\n')
			case "tc":
				table := tables[len(tables)-1]
				table[len(table)-1] = append(table[len(table)-1], cell.String())
			}
		}
	}
}

// readDocument reads a proposal back: its tables stand in the report's order.
func readDocument(t testing.TB, document []byte, r report.Report) found {
	t.Helper()
	tables, prose := readWordTables(t, document)
	return foundInTables(t, tables, prose, r)
}

// foundInTables takes tables for those of the report, in its order.
func foundInTables(t testing.TB, tables []wordTable, prose string, r report.Report) found {
	t.Helper()
	f := found{text: map[spot]string{}, prose: prose}
	next := func() wordTable {
		if len(tables) == 0 {
			t.Fatal("the document has fewer tables than the report")
		}
		table := tables[0]
		tables = tables[1:]
		return table[1:]
	}
	read := func(b report.Table) {
		if len(b.Rows) == 0 {
			return
		}
		rows := b.Rows
		if b.Total != nil {
			rows = append(rows[:len(rows):len(rows)], *b.Total)
		}
		for i, cells := range next() {
			shown := 0
			for _, c := range b.Columns {
				if !c.Hidden {
					f.text[spot{b.ID, rows[i].Key, c.Key}] = cells[shown]
					shown++
				}
			}
		}
	}
	for _, s := range r.Sections {
		for _, b := range s.Blocks {
			switch b := b.(type) {
			case report.Table:
				read(b)
			case report.Chart:
				read(b.Table)
			case report.Figures:
				for i, cells := range next() {
					f.text[spot{b.ID, b.Figures[i].Key, report.FigureColumn}] = cells[1]
				}
			}
		}
	}
	if len(tables) > 0 {
		t.Errorf("the document has %d tables that the report has not", len(tables))
	}
	return f
}
