package render

import (
	"fmt"
	"time"
	"unicode/utf16"

	"github.com/xuri/excelize/v2"

	"github.com/flowmap-dev/flowmap/pkg/report"
)

// rowHeight is the height of a row of one line, in points.
const rowHeight = 16.0

// lineHeight is the height of a line of 10 point text, in points.
const lineHeight = 13.5

// pen writes one sheet from the top down.
type pen struct {
	*book
	sheet  *sheet
	stream *excelize.StreamWriter
}

func (b *book) writeSheet(s *sheet) error {
	if err := b.setUp(s); err != nil {
		return err
	}
	stream, err := b.file.NewStreamWriter(s.name)
	if err != nil {
		return err
	}
	p := pen{b, s, stream}
	if err := p.columns(); err != nil {
		return err
	}
	if err := p.text(1, s.title, partTitle, 30); err != nil {
		return err
	}
	for _, it := range s.items {
		if err := p.block(it); err != nil {
			return err
		}
	}
	// What stands over the rows goes into the part that the stream writes, so
	// it must be there before the stream ends; so must how the sheet prints,
	// for which the height of its rows is wanted.
	if err := b.layOut(s); err != nil {
		return err
	}
	if err := b.dress(s); err != nil {
		return err
	}
	return stream.Flush()
}

// columns sets widths, what is hidden, and what stays in view. The stream
// writes columns in the reverse of the order in which they are set.
func (p pen) columns() error {
	for i := len(p.sheet.widths) - 1; i >= 0; i-- {
		at := firstColumn + i
		if err := p.stream.SetColWidth(at, at, p.sheet.widths[i]+1); err != nil {
			return err
		}
		if p.sheet.hides(i) {
			if err := p.stream.SetColVisible(at, at, false); err != nil {
				return err
			}
		}
	}
	if err := p.stream.SetColVisible(keyColumn, keyColumn, false); err != nil {
		return err
	}
	if p.sheet.frozen == 0 {
		return nil
	}
	return p.stream.SetPanes(&excelize.Panes{
		Freeze: true, XSplit: firstColumn, YSplit: p.sheet.frozen, ActivePane: "bottomRight",
		TopLeftCell: address(firstColumn+1, p.sheet.frozen+1, false),
	})
}

// hides tells whether a table of the sheet hides the column with an index.
func (s *sheet) hides(i int) bool {
	for _, it := range s.items {
		var t report.Table
		switch block := it.block.(type) {
		case report.Table:
			t = block
		case report.Chart:
			t = block.Table
		case report.Paragraph, report.List, report.Figures, report.Picture:
		}
		if i < len(t.Columns) && t.Columns[i].Hidden {
			return true
		}
	}
	return false
}

func (p pen) block(it item) error {
	switch b := it.block.(type) {
	case report.Paragraph:
		return p.paragraph(it.row, b)
	case report.List:
		return p.list(it.row, b)
	case report.Figures:
		return p.keyFigures(it.row, b)
	case report.Table:
		return p.table(b)
	case report.Chart:
		return p.table(b.Table)
	case report.Picture:
	}
	return nil
}

// line writes a row; Excel draws none that is higher than 409 points.
func (p pen) line(row int, cells []any, height float64) error {
	height = min(height, 400)
	p.sheet.more += height - emptyRow
	return p.stream.SetRow(address(keyColumn, row, false), cells, excelize.RowOpts{Height: height})
}

func (p pen) paragraph(row int, b report.Paragraph) error {
	as := partText
	switch b.Style {
	case report.Changed:
		return p.changed(row, b.Text)
	case report.Lead:
		as = partLead
	case report.Note, report.Workbook:
		as = partNote
	case report.Plain:
	}
	return p.text(row, b.Text, as, 0)
}

// text writes a line of running text over the sheet's width; without a height
// it gets what its words need.
func (p pen) text(row int, s string, as part, height float64) error {
	id, err := p.styles.id(look{part: as, wrap: height == 0, form: p.styles.form(as, report.Words(s), report.Text)})
	if err != nil {
		return err
	}
	columns, letters := p.sheet.textColumns()
	if height == 0 {
		height = float64(linesOf(s, letters))*(lineHeight+1) + 5
	}
	last := firstColumn + columns - 1
	cells := []any{nil, excelize.Cell{StyleID: id, Value: cellText(s)}}
	if err := p.line(row, cells, height); err != nil {
		return err
	}
	if columns < 2 {
		return nil
	}
	return p.stream.MergeCell(address(firstColumn, row, false), address(last, row, false))
}

// changed is the line that stands while an input is not as delivered.
func (p pen) changed(row int, text string) error {
	id, err := p.styles.id(look{part: partWarning, wrap: true})
	if err != nil {
		return err
	}
	columns, letters := p.sheet.textColumns()
	inputs := len(p.inputs())
	if inputs == 0 {
		return nil
	}
	cells := []any{nil, excelize.Cell{StyleID: id, Formula: p.whileChanged(cellText(text), inputs), Value: ""}}
	if err := p.line(row, cells, float64(linesOf(text, letters))*(lineHeight+1)+5); err != nil {
		return err
	}
	return p.stream.MergeCell(address(firstColumn, row, false), address(firstColumn+columns-1, row, false))
}

func (p pen) list(row int, b report.List) error {
	if b.Title != "" {
		if err := p.text(row+1, b.Title, partCaption, 20); err != nil {
			return err
		}
	}
	for i, s := range b.Items {
		if err := p.text(row+2+i, "• "+s, partText, 0); err != nil {
			return err
		}
	}
	return nil
}

func (p pen) keyFigures(row int, b report.Figures) error {
	columns, letters := p.sheet.textColumns()
	letters -= p.sheet.widths[0] + p.sheet.widths[1]
	for i, fig := range b.Figures {
		as, least := partValue, 18.0
		if fig.Large {
			as, least = partLarge, 22
		}
		label, err := p.styles.id(look{part: partLabel, wrap: true})
		if err != nil {
			return err
		}
		value, err := p.cell(as, fig.Cell, fig.Kind, b.ID, row+i)
		if err != nil {
			return err
		}
		note, err := p.styles.id(look{part: partRemark, wrap: true})
		if err != nil {
			return err
		}
		cells := []any{
			excelize.Cell{Value: fig.Key}, excelize.Cell{StyleID: label, Value: cellText(fig.Label)}, value,
			excelize.Cell{StyleID: note, Value: cellText(fig.Note)},
		}
		lines := max(linesOf(fig.Note, letters), linesOf(fig.Label, p.sheet.widths[0]))
		height := max(least, float64(lines)*lineHeight+4)
		if err := p.line(row+i, cells, height); err != nil {
			return err
		}
		if columns > 3 {
			if err := p.stream.MergeCell(address(firstColumn+2, row+i, false), address(firstColumn+columns-1, row+i, false)); err != nil {
				return err
			}
		}
	}
	return nil
}

func (p pen) table(t report.Table) error {
	at := p.places[t.ID]
	if t.Title != "" {
		if err := p.text(at.head-1, t.Title, partCaption, 20); err != nil {
			return err
		}
	}
	if len(t.Rows) == 0 {
		return p.text(at.head, t.Empty, partNote, 0)
	}
	if err := p.heads(at.head, t); err != nil {
		return err
	}
	for i, r := range t.Rows {
		if err := p.row(at.head+1+i, t, r, partBody); err != nil {
			return err
		}
	}
	row := at.last + 1
	if t.Total != nil {
		if err := p.row(row, t, *t.Total, partTotal); err != nil {
			return err
		}
		row++
	}
	if t.Note != "" {
		return p.text(row, t.Note, partNote, 0)
	}
	return nil
}

func (p pen) heads(row int, t report.Table) error {
	cells := []any{excelize.Cell{Value: t.ID}}
	lines := 1
	for i, c := range t.Columns {
		id, err := p.styles.id(look{part: partHead, wrap: true, right: aligned(c.Kind)})
		if err != nil {
			return err
		}
		cells = append(cells, excelize.Cell{StyleID: id, Value: cellText(c.Label)})
		if !c.Hidden {
			lines = max(lines, linesOf(c.Label, p.sheet.widths[i]-2))
		}
	}
	return p.line(row, cells, float64(lines)*lineHeight+8)
}

func (p pen) row(row int, t report.Table, r report.Row, as part) error {
	cells := []any{excelize.Cell{Value: cellText(r.Key)}}
	lines := 1
	for i, c := range r.Cells {
		column := t.Columns[i]
		part := as
		if as == partBody && c.Open(column) {
			part = partInput
		}
		cell, err := p.cell(part, c, column.Kind, t.ID, row)
		if err != nil {
			return err
		}
		cells = append(cells, cell)
		if !column.Hidden && c.Kind == report.Text {
			lines = max(lines, linesOf(c.Text, p.sheet.widths[i]-.75))
		}
	}
	height := rowHeight
	if lines > 1 {
		height = float64(lines)*lineHeight + 4
	}
	return p.line(row, cells, height)
}

// cell is a value with its style and, where it is live, its formula.
func (p pen) cell(as part, c report.Cell, column report.Kind, table string, row int) (excelize.Cell, error) {
	right := aligned(column) || c.Kind.Numeric()
	id, err := p.styles.id(look{part: as, right: right, wrap: !right, form: p.styles.form(as, c, column)})
	if err != nil {
		return excelize.Cell{}, err
	}
	cell := excelize.Cell{StyleID: id, Value: p.value(c)}
	if !c.Formula.IsZero() && p.resolves(*c.Formula) {
		if text := c.Formula.Excel(p.addresses(table, row)); len(utf16.Encode([]rune(text))) <= mostFormula {
			cell.Formula = text
		}
	}
	return cell, nil
}

// mostFormula is how long a formula may be: Excel opens no workbook with a longer
// one. What would be longer stands as its value.
const mostFormula = 8192

// value is a cell's value as a workbook stores it: a number wherever there is
// one, else words.
func (b *book) value(c report.Cell) any {
	switch {
	case c.Kind == report.Unknown:
		return b.Text("unknown", nil)
	case c.Never():
		return b.Text("never", nil)
	case c.Kind.Numeric():
		return c.Number
	case c.Kind == report.Date:
		if day, err := time.Parse(time.DateOnly, c.Text); err == nil {
			return excelDay(day)
		}
	}
	if c.Text == "" {
		return nil
	}
	return cellText(c.Text)
}

// excelDay counts days as Excel does: 1 March 1900 is 61.
func excelDay(day time.Time) float64 {
	return day.Sub(time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)).Hours() / 24
}

// mostLetters is how long a cell's text may be.
const mostLetters = 32767

// cellText makes foreign text harmless in a cell. Excel counts its letters in
// units of UTF-16, and reads _x000D_ as an escape.
func cellText(s string) string {
	s = clean(s)
	units := 0
	for i, r := range s {
		if units++; r > 0xffff {
			units++
		}
		if units >= mostLetters {
			return s[:i] + "…"
		}
	}
	return s
}

// dress adds what stands over the rows: filter, titles of printed pages,
// charts and pictures.
func (b *book) dress(s *sheet) error {
	if err := b.printArea(s); err != nil {
		return err
	}
	if p, ok := b.places[s.filter]; ok {
		if err := b.filter(s, p); err != nil {
			return err
		}
	}
	for _, it := range s.items {
		var err error
		switch block := it.block.(type) {
		case report.Chart:
			err = b.chart(s, block)
		case report.Picture:
			err = b.picture(s, it.row, block)
		case report.Table:
			if err = b.validate(s, block); err == nil {
				err = b.dataBars(s, block)
			}
		case report.Paragraph, report.List, report.Figures:
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// filter lets readers filter and sort the first table of a sheet, keys
// included, by which formulas find their rows. Its headings are repeated on
// printed pages where it is the only one.
func (b *book) filter(s *sheet, p place) error {
	last := 0
	for _, at := range p.columns {
		last = max(last, at)
	}
	if err := b.file.AutoFilter(s.name, address(keyColumn, p.head, false)+":"+address(last, p.last, false), nil); err != nil {
		return err
	}
	if s.tables > 1 {
		return nil
	}
	return b.file.SetDefinedName(&excelize.DefinedName{
		Name: "_xlnm.Print_Titles", Scope: s.name, RefersTo: fmt.Sprintf("%s$%d:$%d", s.quoted(), p.head, p.head),
	})
}
