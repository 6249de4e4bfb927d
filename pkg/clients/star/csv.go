package star

import (
	"encoding/csv"
	"io"
	"strings"
)

// WriteHeads writes the heads of a table's CSV file.
func WriteHeads(w io.Writer, t Table) error {
	record := make([]string, len(t.Columns))
	for i, c := range t.Columns {
		record[i] = c.Name
	}
	out := csv.NewWriter(w)
	if err := out.Write(record); err != nil {
		return err
	}
	out.Flush()
	return out.Error()
}

// WriteCSV writes rows of a table. Null is empty. A text that a spreadsheet would
// take for a formula gets an apostrophe.
func WriteCSV(w io.Writer, t Table, rows []Row) error {
	out := csv.NewWriter(w)
	record := make([]string, len(t.Columns))
	for _, row := range rows {
		for i, c := range t.Columns {
			record[i] = row[i].written(c.Type)
			if c.Type == Text && formula(record[i]) {
				record[i] = "'" + record[i]
			}
		}
		if err := out.Write(record); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}

// formula tells whether a spreadsheet would take a text for a formula, blanks before
// it or none; what begins with a tab or a line break it may take apart.
func formula(s string) bool {
	start := strings.TrimLeft(s, " \u00a0\n\t\r")
	return start != "" && strings.IndexByte("=+-@|", start[0]) >= 0 || s != "" && strings.IndexByte("\t\r", s[0]) >= 0
}
