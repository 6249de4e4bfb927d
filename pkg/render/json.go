package render

import (
	"encoding/json"
	"io"
	"math"

	"github.com/flowmap-dev/flowmap/pkg/report"
)

// Document is the report for other programs, as JSON writes it. It holds the
// figures as they are, not rounded, and the words of the report's language. Its
// schema is docs/json/report.schema.json.
type Document struct {
	Title    string            `json:"title"`
	Client   string            `json:"client"`
	Firm     string            `json:"firm"`
	Date     string            `json:"date"`     // ISO 8601; may be empty
	Language string            `json:"language"` // "en", "es"
	Currency string            `json:"currency"` // ISO 4217
	Sections []DocumentSection `json:"sections"`
}

// DocumentSection is a chapter.
type DocumentSection struct {
	ID        string            `json:"id"`
	Title     string            `json:"title"`
	Audiences []report.Audience `json:"audiences"`
	Blocks    []DocumentBlock   `json:"blocks"`
}

// DocumentBlock is a part of a section. Type says which: paragraph (text,
// style), list (title, items), table (id, title, columns, rows, total, note; text: why it
// has no rows) or picture (id, title, text: what it shows). Key figures are a table, too.
type DocumentBlock struct {
	Type    string           `json:"type"`
	ID      string           `json:"id,omitempty"`
	Title   string           `json:"title,omitempty"`
	Style   report.Style     `json:"style,omitempty"`
	Text    string           `json:"text,omitempty"`
	Items   []string         `json:"items,omitempty"`
	Columns []DocumentColumn `json:"columns,omitempty"`
	Rows    []DocumentRow    `json:"rows,omitempty"`
	Total   []any            `json:"total,omitempty"` // a cell for each column
	Note    string           `json:"note,omitempty"`
}

// DocumentColumn is what a table's cells have in common.
type DocumentColumn struct {
	Key   string      `json:"key"`
	Label string      `json:"label"`
	Kind  report.Kind `json:"kind"` // text, money, price, hours, share, months, count, number or date
}

// DocumentRow is a row. A cell is a number (money in the report's currency,
// shares from 0 to 1), a text, a date as in ISO 8601, null where nothing is
// known, or "never" for a payback that does not come.
type DocumentRow struct {
	Key   string      `json:"key"`
	Kind  report.Kind `json:"kind,omitempty"` // of a key figure's value
	Cells []any       `json:"cells"`
}

// JSON writes the report as a Document.
// The error is that of the language, where there is no such, or w's.
func JSON(w io.Writer, r report.Report) error {
	if _, err := figuresOf(r); err != nil {
		return err
	}
	doc := Document{clean(r.Meta.Title), clean(r.Meta.Client), clean(r.Meta.Firm), r.Meta.Date, r.Meta.Language, r.Meta.Currency, []DocumentSection{}}
	for _, s := range r.Sections {
		section := DocumentSection{s.ID, clean(s.Title), s.Audiences, []DocumentBlock{}}
		for _, b := range s.Blocks {
			if d, ok := documentBlock(b); ok {
				section.Blocks = append(section.Blocks, d)
			}
		}
		doc.Sections = append(doc.Sections, section)
	}
	out := json.NewEncoder(w)
	out.SetEscapeHTML(false)
	out.SetIndent("", "  ")
	return out.Encode(doc)
}

// documentBlock is a block for a document; not ok for one that makes sense only
// where cells can be changed.
func documentBlock(b report.Block) (d DocumentBlock, ok bool) {
	switch b := b.(type) {
	case report.Paragraph:
		return DocumentBlock{Type: "paragraph", Style: b.Style, Text: clean(b.Text)}, !b.Style.Workbook()
	case report.List:
		return DocumentBlock{Type: "list", Title: clean(b.Title), Items: cleaned(b.Items)}, true
	case report.Figures:
		d := documentTable(tableOf(b))
		for i, f := range b.Figures {
			d.Rows[i].Kind = kindName(f.Kind)
		}
		return d, true
	case report.Table:
		return documentTable(b), true
	case report.Chart:
		return documentTable(b.Table), true
	case report.Picture:
		return DocumentBlock{Type: "picture", ID: b.ID, Title: clean(b.Title), Text: clean(b.Alt)}, true
	}
	return DocumentBlock{}, false
}

func documentTable(t report.Table) DocumentBlock {
	d := DocumentBlock{Type: "table", ID: t.ID, Title: clean(t.Title), Note: clean(t.Note)}
	for _, c := range t.Columns {
		if !c.Hidden {
			d.Columns = append(d.Columns, DocumentColumn{c.Key, clean(c.Label), kindName(c.Kind)})
		}
	}
	cells := func(r report.Row) []any {
		var row []any
		for i, c := range r.Cells {
			if !t.Columns[i].Hidden {
				row = append(row, documentCell(c))
			}
		}
		return row
	}
	for _, r := range t.Rows {
		d.Rows = append(d.Rows, DocumentRow{Key: r.Key, Cells: cells(r)})
	}
	if len(t.Rows) == 0 {
		d.Text = clean(t.Empty)
	}
	if t.Total != nil {
		d.Total = cells(*t.Total)
	}
	return d
}

func cleaned(texts []string) []string {
	all := make([]string, len(texts))
	for i, s := range texts {
		all[i] = clean(s)
	}
	return all
}

// kindName is a kind by a name that says what it is.
func kindName(k report.Kind) report.Kind {
	if k == report.Text {
		return "text"
	}
	return k
}

func documentCell(c report.Cell) any {
	switch {
	case c.Kind == report.Unknown, c.Kind.Numeric() && math.IsNaN(c.Number):
		return nil
	case c.Never():
		return "never"
	case c.Kind.Numeric():
		return c.Number
	}
	return clean(c.Text)
}
