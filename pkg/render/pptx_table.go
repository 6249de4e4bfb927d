package render

import (
	"strconv"
	"strings"

	"github.com/flowmap-dev/flowmap/pkg/draw"
	"github.com/flowmap-dev/flowmap/pkg/render/opc"
	"github.com/flowmap-dev/flowmap/pkg/report"
)

// slideTable is a table as it stands on a slide.
type slideTable struct {
	grid
	weeks  []bool // by column: it is a week of a roadmap
	size   float64
	widths []float64 // points
	heads  float64   // how high the row of heads is
	highs  []float64 // of the rows
	left   int       // rows that are left out
}

// Around a cell's text, in points: at both sides together, and above and below
// together.
const (
	sideInset = 9.0
	overInset = 5.0
	mostLines = 4 // of a cell
)

// tables writes tables side by side.
func (w *slideWriter) tables(room box, all []report.Table) {
	const gap = 24.0
	wide := (room.wide - gap*float64(len(all)-1)) / float64(len(all))
	for i, t := range all {
		w.table(box{room.x + float64(i)*(wide+gap), room.y, wide, room.high}, t)
	}
}

// table writes a title, as many rows as fit, how many there are more, and what
// stands below.
func (w *slideWriter) table(room box, t report.Table) {
	const small = 10.0
	if t.Title != "" {
		title := strings.Join(draw.Wrap(clean(t.Title), 13, true, room.wide*.97, 1), "")
		w.textBox(box{room.x, room.y, room.wide, 20}, "Table title", `<a:p>`+w.text(title, 13, ` b="1"`, tx1)+`</a:p>`)
		room.y, room.high = room.y+22, room.high-22
	}
	note := strings.Join(draw.Wrap(clean(t.Note), small, false, room.wide*.97, 3), " ")
	low := float64(len(draw.Wrap(note, small, false, room.wide*.97, 3)))*small*spacing + 4
	if note == "" {
		low = 0
	}
	s := w.fit(t, room.wide, room.high-low)
	at := w.grid(room, s, t.Title)
	if s.left > 0 {
		w.textBox(box{room.x, at + 3, room.wide, 14}, "More", `<a:p>`+w.text(w.Plural("slides.more", s.left, nil), small, ` i="1"`, tx1)+`</a:p>`)
		at += 16
	}
	if note != "" {
		w.textBox(box{room.x, at + 4, room.wide, low}, "Note", `<a:p>`+w.text(note, small, "", tx1)+`</a:p>`)
	}
}

// fit sets a table in the largest letters in which all its rows fit; where none
// are small enough, it leaves rows out.
func (w *slideWriter) fit(t report.Table, wide, high float64) slideTable {
	const largest, least = 14, 10
	var s slideTable
	for size := float64(largest); size >= least; size-- {
		if s = w.setTable(t, size, wide); s.high() <= high {
			return s
		}
	}
	const more = 18
	for s.high()+more > high && len(s.rows)-s.totals > 1 {
		last := len(s.rows) - s.totals - 1
		s.rows = append(s.rows[:last:last], s.rows[last+1:]...)
		s.highs = append(s.highs[:last:last], s.highs[last+1:]...)
		s.left++
	}
	return s
}

func (s slideTable) high() float64 {
	sum := s.heads
	for _, h := range s.highs {
		sum += h
	}
	return sum
}

// setTable breaks the lines of a table at a size of its letters.
func (w *slideWriter) setTable(t report.Table, size, wide float64) slideTable {
	s := slideTable{grid: w.gridOf(t), size: size}
	rest, narrow := wide, 0
	var broad grid
	for _, c := range t.Columns {
		if c.Hidden {
			continue
		}
		s.weeks = append(s.weeks, report.WeekColumn(c))
		if report.WeekColumn(c) {
			narrow++
		}
	}
	week := 0.0
	if narrow > 0 {
		week = min(wide*.45/float64(narrow), 26)
		rest -= week * float64(narrow)
	}
	for i, c := range s.columns {
		if !s.weeks[i] {
			broad.columns = append(broad.columns, c)
		}
	}
	// A grid is measured in letters of its own size.
	shares := broad.widths(int(rest * 20 * cellSize / size))
	for i := range s.columns {
		if s.weeks[i] {
			s.widths = append(s.widths, week)
			continue
		}
		s.widths = append(s.widths, float64(shares[0])/20*size/cellSize)
		shares = shares[1:]
	}
	var labels []string
	for _, c := range s.columns {
		labels = append(labels, c.label)
	}
	s.heads = s.set(labels, true)
	for i := range s.columns {
		s.columns[i].label = labels[i]
	}
	for i, row := range s.rows {
		s.highs = append(s.highs, s.set(row, i >= len(s.rows)-s.totals))
	}
	return s
}

// set cuts the texts of a row that are too long for their cells, and gives how
// high the row is.
func (s slideTable) set(row []string, heavy bool) float64 {
	lines := 1
	for i, text := range row {
		text = strings.Join(strings.Fields(clean(text)), " ")
		if !s.weeks[i] {
			wrapped := draw.Wrap(text, s.size, heavy, (s.widths[i]-sideInset)*.97, mostLines)
			if lines = max(lines, len(wrapped)); len(wrapped) == mostLines {
				text = strings.Join(wrapped, " ")
			}
		}
		row[i] = text
	}
	return float64(lines)*s.size*spacing + overInset
}

// grid writes the table itself, and gives where it ends.
func (w *slideWriter) grid(at box, s slideTable, title string) float64 {
	var b strings.Builder
	wide := 0.0
	for _, x := range s.widths {
		wide += x
		b.WriteString(`<a:gridCol w="` + strconv.Itoa(int(x*emu)) + `"/>`)
	}
	columns := b.String()
	b.Reset()
	cells := make([]string, len(s.columns))
	for i, c := range s.columns {
		cells[i] = w.slideCell(s, i, c.label, cellLook{fill: w.accent.fill, ink: filled(w.accent.on), bold: true, head: true})
	}
	b.WriteString(rowOf(s.heads, cells))
	for i, row := range s.rows {
		total := i >= len(s.rows)-s.totals
		for j, text := range row {
			look := cellLook{fill: `<a:noFill/>`, ink: tx1, bold: total}
			if s.weeks[j] && text != "" {
				look.fill = map[bool]string{true: w.accent.fill, false: w.accent.soft}[text == report.WeekBuilt]
			}
			cells[j] = w.slideCell(s, j, text, look)
		}
		b.WriteString(rowOf(s.highs[i], cells))
	}
	w.out.WriteString(`<p:graphicFrame><p:nvGraphicFramePr><p:cNvPr id="` + w.id() + `" name="Table" descr="` + opc.Escape(clean(title)) + `"/><p:cNvGraphicFramePr><a:graphicFrameLocks noGrp="1"/></p:cNvGraphicFramePr><p:nvPr/></p:nvGraphicFramePr><p:xfrm>` +
		extent(box{at.x, at.y, wide, s.high()}) + `</p:xfrm><a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/table"><a:tbl><a:tblPr firstRow="1"/><a:tblGrid>` + columns + `</a:tblGrid>` + b.String() + `</a:tbl></a:graphicData></a:graphic></p:graphicFrame>`)
	return at.y + s.high()
}

func rowOf(high float64, cells []string) string {
	return `<a:tr h="` + strconv.Itoa(int(high*emu)) + `">` + strings.Join(cells, "") + `</a:tr>`
}

// cellLook is how a cell is drawn.
type cellLook struct {
	fill, ink  string
	bold, head bool
}

func (w *slideWriter) slideCell(s slideTable, column int, text string, look cellLook) string {
	side, size, align := strconv.Itoa(sideInset/2*emu), s.size, "l"
	switch {
	case s.weeks[column]:
		side, align, size = "0", "ctr", min(s.size, s.widths[column]*.6)
	case s.columns[column].right:
		align = "r"
	}
	bold := ""
	if look.bold {
		bold = ` b="1"`
	}
	line := `<a:lnB w="6350"><a:solidFill><a:srgbClr val="BFBFBF"/></a:solidFill></a:lnB>`
	if look.head {
		line = `<a:lnB w="6350"><a:noFill/></a:lnB>`
	}
	over := strconv.Itoa(overInset / 2 * emu)
	content := w.text(text, size, bold, look.ink)
	if text == "" {
		// An empty cell is as high as the letters that it would have.
		content = `<a:endParaRPr sz="` + strconv.Itoa(int(size*100)) + `"/>`
	}
	if s.weeks[column] && !look.head && text != "" {
		content = w.text(text, size, "", look.fill) // its colour says it; the sign is for those who do not see it
	}
	return `<a:tc><a:txBody><a:bodyPr/><a:lstStyle/><a:p><a:pPr algn="` + align + `"/>` + content + `</a:p></a:txBody><a:tcPr marL="` + side + `" marR="` + side + `" marT="` + over + `" marB="` + over + `" anchor="ctr">` +
		`<a:lnL w="0"><a:noFill/></a:lnL><a:lnR w="0"><a:noFill/></a:lnR><a:lnT w="0"><a:noFill/></a:lnT>` + line + look.fill + `</a:tcPr></a:tc>`
}
