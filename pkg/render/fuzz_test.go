package render_test

import (
	"bytes"
	"strings"
	"testing"
	"unicode"

	"github.com/flowmap-dev/flowmap/pkg/report"
)

// Whatever a user typed stands in a cell of every format as it was typed, but
// for control characters, which none can carry.
func FuzzTextInEveryFormat(f *testing.F) {
	for _, name := range hostile() {
		f.Add(name)
	}
	f.Add("a\x00b\r\nc\xff")
	f.Fuzz(func(t *testing.T, text string) {
		text = text[:min(len(text), 16000)] // cells cut what is longer
		r := report.Report{
			Meta: report.Meta{Title: text, Client: text, Firm: text, Printed: text, Accent: text, Language: "en", Currency: "EUR"},
			Sections: []report.Section{{ID: "s", Title: text, Short: text, Blocks: []report.Block{
				report.Table{
					ID: "t", Columns: []report.Column{{Key: "a", Label: "A", Width: 20}, {Key: "b", Label: "B", Kind: report.Hours, Width: 9}},
					Rows: []report.Row{{Key: "one", Cells: []report.Cell{report.Words(text), report.Known(report.Hours, 3)}}},
				},
			}}},
		}
		want := squeezed(strings.Map(func(c rune) rune {
			if c != '\n' && c != '\t' && unicode.IsControl(c) || c == '\ufffe' || c == '\uffff' {
				return -1
			}
			return c
		}, strings.ToValidUTF8(text, "\ufffd")))
		for _, format := range formats() {
			var out bytes.Buffer
			if err := format.write(&out, r); err != nil {
				t.Fatalf("%s: %v", format.name, err)
			}
			read := format.read(t, out.Bytes(), r)
			if got := squeezed(read.text[spot{"t", "one", "a"}]); got != want {
				t.Errorf("%s: %q, want %q", format.name, got, want)
			}
			if got := read.text[spot{"t", "one", "b"}]; got != "3" && got != "3.0" {
				t.Errorf("%s: the figure beside it is %q", format.name, got)
			}
		}
	})
}
