package render

import (
	"strconv"
	"strings"

	"github.com/flowmap-dev/flowmap/pkg/draw"
	"github.com/flowmap-dev/flowmap/pkg/render/opc"
	"github.com/flowmap-dev/flowmap/pkg/report"
)

// grid is a table as text.
type grid struct {
	title   string
	columns []gridColumn
	rows    [][]string
	totals  int // how many rows at the end are sums
}

type gridColumn struct {
	label string
	right bool
	least float64 // the width of its longest word, in points
	wants float64 // the width that sets its longest cell in few lines
}

// The widths of columns, in points: those of letters are of the table's styles.
const (
	cellSize  = 8.0
	cellSpace = 9.0 // at both sides together
	widestSet = 150.0
	widestMin = 90.0
)

// gridOf sets the cells that are shown as text.
func (f figures) gridOf(t report.Table) grid {
	g := grid{title: t.Title}
	for _, c := range t.Columns {
		if !c.Hidden {
			g.columns = append(g.columns, gridColumn{label: c.Label, right: aligned(c.Kind)})
		}
	}
	rows := t.Rows
	if t.Total != nil {
		rows, g.totals = append(rows[:len(rows):len(rows)], *t.Total), 1
	}
	for _, r := range rows {
		var cells []string
		for i, c := range r.Cells {
			if !t.Columns[i].Hidden {
				cells = append(cells, f.cell(c))
			}
		}
		g.rows = append(g.rows, cells)
	}
	g.measure()
	return g
}

func (g *grid) measure() {
	for i := range g.columns {
		c := &g.columns[i]
		c.least = longestWord(c.label, true)
		c.wants = min(draw.Width(c.label, cellSize, true), 60)
		for _, row := range g.rows {
			c.least = max(c.least, min(longestWord(row[i], false), widestMin))
			c.wants = max(c.wants, min(draw.Width(row[i], cellSize, false), widestSet))
			if c.right {
				c.least = max(c.least, min(draw.Width(row[i], cellSize, false), widestMin))
			}
		}
		c.least += cellSpace
		c.wants = max(c.wants+cellSpace, c.least)
	}
}

func longestWord(s string, heavy bool) float64 {
	longest := 0.0
	for _, word := range strings.Fields(s) {
		longest = max(longest, draw.Width(word, cellSize, heavy))
	}
	return longest
}

// cramped tells whether the table asks for more than a width, in twentieths of
// a point.
func (g grid) cramped(width int) bool {
	least, wants := 0.0, 0.0
	for _, c := range g.columns {
		least += c.least
		wants += c.wants
	}
	return 20*least > float64(width) || 20*wants > 1.35*float64(width)
}

// widths shares a width out, in twentieths of a point: to each column what it
// needs, and the rest by what they want beyond it.
func (g grid) widths(width int) []int {
	least, wants := 0.0, 0.0
	for _, c := range g.columns {
		least += c.least
		wants += c.wants - c.least
	}
	rest := float64(width)/20 - least
	all, left := make([]int, len(g.columns)), width
	for i, c := range g.columns {
		share := c.least
		switch {
		case rest < 0:
			share *= float64(width) / 20 / least
		case wants > 0:
			share += rest * (c.wants - c.least) / wants
		default:
			share += rest / float64(len(g.columns))
		}
		all[i] = int(20 * share)
		left -= all[i]
	}
	all[len(all)-1] += left
	return all
}

// table writes a table with its caption above and its note below.
func (w *wordWriter) table(t report.Table) {
	if len(t.Rows) == 0 {
		if t.Title != "" {
			w.headed(styleHeading2, "", w.document.heading(2, t.Title))
		}
		w.paragraph(styleBody, "", run(t.Empty, ""))
		return
	}
	w.caption("table", t.Title, true)
	w.grid(w.gridOf(t))
	if t.Note != "" {
		w.paragraph(styleNote, "", run(t.Note, ""))
	}
}

// figuresTable writes the figures that matter, each with what it rests on.
func (w *wordWriter) figuresTable(b report.Figures) {
	g := w.gridOfFigures(b)
	w.caption("table", g.title, true)
	w.grid(g)
}

func (w *wordWriter) grid(g grid) {
	width := w.room().textWidth()
	widths := g.widths(width)
	w.out.WriteString(`<w:tbl><w:tblPr><w:tblStyle w:val="` + opc.Escape(w.styles.id(styleTable)) + `"/><w:tblW w:w="` + strconv.Itoa(width) + `" w:type="dxa"/>` +
		`<w:tblLayout w:type="fixed"/><w:tblLook w:val="0420" w:firstRow="1" w:lastRow="0" w:firstColumn="0" w:lastColumn="0" w:noHBand="0" w:noVBand="1"/>`)
	if g.title != "" {
		w.out.WriteString(`<w:tblCaption w:val="` + opc.Escape(clean(g.title)) + `"/>`)
	}
	w.out.WriteString(`</w:tblPr><w:tblGrid>`)
	for _, x := range widths {
		w.out.WriteString(`<w:gridCol w:w="` + strconv.Itoa(x) + `"/>`)
	}
	w.out.WriteString(`</w:tblGrid><w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>`)
	for i, c := range g.columns {
		w.cell(widths[i], headStyle(c.right), c.label, "")
	}
	w.out.WriteString(`</w:tr>`)
	for i, row := range g.rows {
		w.out.WriteString(`<w:tr><w:trPr><w:cantSplit/></w:trPr>`)
		bold := ""
		if i >= len(g.rows)-g.totals {
			bold = "<w:b/><w:bCs/>"
		}
		for j, text := range row {
			style := styleText
			if g.columns[j].right {
				style = styleNumber
			}
			w.cell(widths[j], style, text, bold)
		}
		w.out.WriteString(`</w:tr>`)
	}
	w.out.WriteString(`</w:tbl>`)
	// Two tables without a paragraph between them are one to Word.
	w.paragraph(styleNote, `<w:spacing w:before="0" w:after="0" w:line="120" w:lineRule="exact"/>`, "")
}

func headStyle(right bool) wordStyle {
	if right {
		return styleHeadNumber
	}
	return styleHead
}

func (w *wordWriter) cell(width int, style wordStyle, text, properties string) {
	w.out.WriteString(`<w:tc><w:tcPr><w:tcW w:w="` + strconv.Itoa(width) + `" w:type="dxa"/></w:tcPr>`)
	w.paragraph(style, "", run(strings.TrimSpace(text), properties))
	w.out.WriteString(`</w:tc>`)
}

// bars draws what a chart measures. The table below has the figures.
func (w *wordWriter) bars(c report.Chart) error {
	if len(c.Table.Rows) == 0 {
		return nil
	}
	drawing := w.barsOf(c, float64(w.room().textWidth())/20, w.styles.brand.dark, w.report.Meta.Language)
	text, err := w.drawing(report.Picture{Title: c.Table.Title, Alt: c.Table.Title, Drawing: drawing}, 1)
	if err != nil {
		return err
	}
	w.paragraph(stylePicture, "", "<w:r>"+text+"</w:r>")
	w.caption("figure", c.Table.Title, false)
	return nil
}

// barsOf draws a bar for each row of a chart, width points wide with its texts.
func (f figures) barsOf(c report.Chart, width float64, colour draw.Colour, language string) draw.Drawing {
	const size, step, thick = 8.5, 18.0, 11.0
	label, bars := 0, 0
	for i, column := range c.Table.Columns {
		if column.Key == c.Label {
			label = i
		}
		if column.Key == c.Bars {
			bars = i
		}
	}
	most, longest, widest := 0.0, 0.0, 0.0
	for _, r := range c.Table.Rows {
		most = max(most, r.Cells[bars].Number)
		longest = max(longest, draw.Width(f.cellText(r.Cells[label]), size, false))
		widest = max(widest, draw.Width(f.cell(r.Cells[bars]), size, false))
	}
	left := min(longest, width*.45) + 8
	room := width - left - widest - 10
	d := draw.Drawing{Width: width, Height: step*float64(len(c.Table.Rows)) + 4, Title: c.Table.Title, Description: c.Table.Title, Language: language}
	ink := draw.RGB(0x262626)
	for i, r := range c.Table.Rows {
		y := 2 + step*float64(i)
		long := 0.0
		if most > 0 {
			long = max(room*r.Cells[bars].Number/most, 0)
		}
		text := f.cellText(r.Cells[label])
		if lines := draw.Wrap(text, size, false, left-8, 1); len(lines) > 0 {
			text = lines[0]
		}
		d.Marks = append(d.Marks,
			draw.Text{At: draw.Point{X: 0, Y: y + 11}, String: text, Size: size, Colour: ink},
			draw.Shape{Path: draw.Rect(left, y+2, max(long, .5), thick, 1), Fill: colour},
			draw.Text{At: draw.Point{X: left + long + 5, Y: y + 11}, String: f.cell(r.Cells[bars]), Size: size, Colour: ink})
	}
	return d
}

func (f figures) cellText(c report.Cell) string { return clean(f.cell(c)) }
