package render

import (
	"strings"

	"github.com/flowmap-dev/flowmap/pkg/draw"
)

// cellAbove is the room above and below a cell's lines.
const cellAbove = 2.2

// setTable is a table on its way to pages: its columns have their places.
type setTable struct {
	grid   *grid
	x, w   []float64
	header [][]string // lines by column
	tall   float64    // of the header
}

// grid sets a table with its caption above. Its headings stand on every page
// that it reaches.
func (s *setter) grid(item paperItem) {
	t := s.columns(item.grid)
	first := 0.0
	if len(item.grid.rows) > 0 {
		first = min(linesHeight(t.lines(item.grid.rows[0], false)), 120)
	}
	s.need(heightOf(item.caption, faceCaption, s.width()) + t.tall + first)
	s.text(faceCaption, item.caption, s.left(), s.width())
	s.header(t)
	for i, row := range item.grid.rows {
		s.row(t, row, i >= len(item.grid.rows)-item.grid.totals)
	}
	s.mark(ruled(s.left(), s.left()+s.width(), s.y, s.paper.brand.dark, 1))
	s.y += 8
}

func (s *setter) columns(g *grid) setTable {
	t := setTable{grid: g}
	x := s.left()
	for _, w := range g.widths(s.size.textWidth()) {
		t.x, t.w = append(t.x, x), append(t.w, pointsOf(w))
		x += pointsOf(w)
	}
	for i, c := range g.columns {
		t.header = append(t.header, wrapped(c.label, typeface{size: cellSize, bold: true}, t.w[i]-cellSpace+1))
	}
	t.tall = linesHeight(t.header)
	return t
}

// lines breaks the cells of a row.
func (t setTable) lines(row []string, bold bool) [][]string {
	out := make([][]string, len(row))
	for i, cell := range row {
		// A point more than the space takes up what rounding took off a width.
		out[i] = wrapped(strings.TrimSpace(cell), typeface{size: cellSize, bold: bold}, t.w[i]-cellSpace+1)
	}
	return out
}

func linesHeight(cells [][]string) float64 {
	most := 1
	for _, lines := range cells {
		most = max(most, len(lines))
	}
	return faceCell.line*float64(most) + 2*cellAbove
}

func (s *setter) header(t setTable) {
	s.mark(draw.Shape{Path: draw.Rect(s.left(), s.y, s.width(), t.tall, 0), Fill: s.paper.brand.tint})
	s.mark(ruled(s.left(), s.left()+s.width(), s.y, s.paper.brand.dark, 1))
	s.cells(t, t.header, true)
}

// row sets a row: on one page if it fits on any, else over several.
func (s *setter) row(t setTable, row []string, bold bool) {
	cells := t.lines(row, bold)
	room := s.bottom() - s.top() - t.tall
	if s.y+min(linesHeight(cells), room) > s.bottom() {
		s.turnPage()
		s.header(t)
	}
	for {
		fits := int((s.bottom() - s.y - 2*cellAbove) / faceCell.line)
		head, rest := split(cells, max(fits, 1))
		s.cells(t, head, bold)
		if rest == nil {
			break
		}
		cells = rest
		s.turnPage()
		s.header(t)
	}
	s.mark(ruled(s.left(), s.left()+s.width(), s.y, draw.RGB(0xd9d9d9), .5))
}

// split takes the first lines of each cell, and gives what is left; nil if
// nothing is.
func split(cells [][]string, lines int) (head, rest [][]string) {
	left := false
	for _, c := range cells {
		n := min(lines, len(c))
		head, rest = append(head, c[:n]), append(rest, c[n:])
		left = left || n < len(c)
	}
	if !left {
		return head, nil
	}
	return head, rest
}

func (s *setter) cells(t setTable, cells [][]string, bold bool) {
	f := faceCell
	f.bold = bold
	for i, lines := range cells {
		x, anchor := t.x[i]+cellSpace/2, draw.Start
		if t.grid.columns[i].right {
			x, anchor = t.x[i]+t.w[i]-cellSpace/2, draw.End
		}
		for j, l := range lines {
			s.line(f, l, x, s.y+cellAbove+f.line*float64(j), anchor)
		}
	}
	s.y += linesHeight(cells)
}
