package render

import (
	"math"
	"strings"

	"github.com/flowmap-dev/flowmap/pkg/draw"
	"github.com/flowmap-dev/flowmap/pkg/report"
)

// Columns of a sheet: the first is hidden and holds the keys of rows, by which
// formulas find them; what is read begins with the second.
const (
	keyColumn   = 1
	firstColumn = 2
)

// sheetLetters is how wide a sheet's text may run, in letters: A4 landscape.
const sheetLetters = 125

// sheet is one sheet and where its blocks stand.
type sheet struct {
	name   string
	title  string
	widths []float64 // of the columns from firstColumn on, in letters
	items  []item
	next   int // the first free row
	tables int
	filter string  // the id of the first table, if nothing but text stands above; empty: none
	more   float64 // how much higher its rows are than as many empty ones, in points
	frozen int     // the heading's row that stays in view; 0: none
}

// item is a block at its place.
type item struct {
	row   int // its first
	block report.Block
}

// place is where a table's cells are.
type place struct {
	sheet   *sheet
	columns map[string]int // columns of the sheet, by key
	rows    map[string]int // rows of the sheet, by key
	head    int            // the row of headings
	last    int            // the last row, without the total
	total   int            // the row of the total; 0: none
	fixed   bool           // its rows cannot be sorted
}

func (b *book) plan(sections []report.Section) {
	used := map[string]bool{}
	for _, s := range sections {
		sh := b.newSheet(used, s.Short, s.Title)
		for _, block := range s.Blocks {
			if t, ok := block.(report.Table); ok && t.Apart {
				sh = b.newSheet(used, t.Short, t.Title)
				t.Title = ""
				block = t
			}
			if c, ok := block.(report.Chart); ok && c.Table.Apart {
				sh = b.newSheet(used, c.Table.Short, c.Table.Title)
				c.Table.Title = ""
				block = c
			}
			b.put(sh, block)
		}
	}
	for _, s := range b.sheets {
		s.widen()
	}
}

func (b *book) newSheet(used map[string]bool, name, title string) *sheet {
	name = sheetName(name, used)
	s := &sheet{name: name, title: title, next: 2}
	b.sheets = append(b.sheets, s)
	return s
}

// sheetName is a name that a workbook takes: at most 31 letters, none of which
// means something in an address, and no other sheet's.
func sheetName(name string, used map[string]bool) string {
	name = strings.Map(func(r rune) rune {
		if strings.ContainsRune(`:\/?*[]'`, r) || r == '\n' {
			return ' '
		}
		return r
	}, clean(name))
	base := strings.TrimSpace(cut(name, 28))
	if base == "" {
		base = "-"
	}
	name = base
	for i := '2'; used[strings.ToLower(name)]; i++ {
		name = base + " " + string(i)
	}
	used[strings.ToLower(name)] = true
	return name
}

// cut is the text's first n letters.
func cut(s string, n int) string {
	for i := range s {
		if n == 0 {
			return s[:i]
		}
		n--
	}
	return s
}

// put gives a block its rows.
func (b *book) put(s *sheet, block report.Block) {
	at := s.next
	switch block := block.(type) {
	case report.Paragraph:
		s.next++
	case report.List:
		s.next += 2 + len(block.Items)
	case report.Figures:
		at++
		b.places[block.ID] = figuresPlace(s, at, block)
		s.fit(34, 16)
		s.next = at + len(block.Figures) + 1
	case report.Table:
		s.next = b.putTable(s, at, block)
	case report.Chart:
		rows := chartRows
		if block.As == report.Pareto {
			rows = paretoRows
		}
		s.next = max(b.putTable(s, at, block.Table), at+rows+1)
		if block.As == report.Lines {
			s.beside(len(block.Table.Columns))
		}
	case report.Picture:
		at++
		s.next = at + 1
	}
	s.items = append(s.items, item{at, block})
}

func figuresPlace(s *sheet, row int, f report.Figures) place {
	p := place{sheet: s, columns: map[string]int{report.FigureColumn: firstColumn + 1}, rows: map[string]int{}, head: row - 1, fixed: true}
	for i, fig := range f.Figures {
		p.rows[fig.Key] = row + i
	}
	p.last = row + len(f.Figures) - 1
	return p
}

// putTable gives a table its rows, a blank one above, and returns the first
// free one.
func (b *book) putTable(s *sheet, at int, t report.Table) int {
	head := at + 1
	if t.Title != "" {
		head++
	}
	p := place{sheet: s, columns: map[string]int{}, rows: map[string]int{}, head: head, last: head + len(t.Rows), fixed: t.Fixed}
	var widths []float64
	for i, c := range t.Columns {
		p.columns[c.Key] = firstColumn + i
		widths = append(widths, float64(c.Width))
	}
	for i, r := range t.Rows {
		p.rows[r.Key] = head + 1 + i
	}
	next := p.last + 1
	if t.Total != nil {
		p.total = next
		next++
	}
	if t.Note != "" {
		next++
	}
	b.places[t.ID] = p
	s.tables++
	s.fit(widths...)
	if s.filter == "" && s.frozen == 0 && len(t.Rows) > 0 && s.onlyText() {
		s.frozen = head
		if !t.Fixed {
			s.filter = t.ID
		}
	}
	return next
}

// onlyText tells whether nothing but paragraphs stands on the sheet so far.
func (s *sheet) onlyText() bool {
	for _, it := range s.items {
		if _, ok := it.block.(report.Paragraph); !ok {
			return false
		}
	}
	return true
}

// fit widens columns to what a block wants.
func (s *sheet) fit(widths ...float64) {
	for i, w := range widths {
		if i == len(s.widths) {
			s.widths = append(s.widths, w)
		}
		s.widths[i] = max(s.widths[i], w)
	}
}

// beside makes room for a chart beside a table of so many columns.
func (s *sheet) beside(columns int) {
	for len(s.widths) < columns+chartColumns {
		s.widths = append(s.widths, 13)
	}
}

// widen adds empty columns until running text has room.
func (s *sheet) widen() {
	for s.letters() < sheetLetters-10 {
		s.widths = append(s.widths, 13)
	}
}

// letters is how many letters stand side by side on the sheet, at most those
// that a reader sees at once.
func (s *sheet) letters() float64 {
	sum := 0.0
	for _, w := range s.widths {
		sum += w
	}
	return sum
}

// textColumns is how many columns running text spans.
func (s *sheet) textColumns() (columns int, letters float64) {
	for i, w := range s.widths {
		if i > 0 && letters+w > sheetLetters+20 {
			return i, letters
		}
		letters += w
	}
	return len(s.widths), letters
}

// pointsPerUnit is how wide a unit of a column's width is: a digit of the
// workbook's font, Arial of 11 points, which is 8 pixels of 1/96 inch.
const pointsPerUnit = 8 * 72. / 96

// textSize is the size of text in cells, in points.
const textSize = 10

// linesOf is how many lines a text takes in a column of so many units, broken
// between words.
func linesOf(s string, units float64) int {
	room := max(units, 2) * pointsPerUnit
	lines := 0
	space := draw.Width(" ", textSize, false)
	for part := range strings.SplitSeq(s, "\n") {
		lines++
		x := 0.0
		for word := range strings.FieldsSeq(part) {
			width := draw.Width(word, textSize, false)
			if x > 0 && x+width > room {
				lines, x = lines+1, 0
			}
			lines += int(width / room) // a word that is longer than a line
			x += math.Mod(width, room) + space
		}
	}
	return lines
}
