package diagram

import (
	"slices"

	"github.com/flowmap-dev/flowmap/pkg/audit"
	"github.com/flowmap-dev/flowmap/pkg/draw"
	"github.com/flowmap-dev/flowmap/pkg/graph/diagram/layout"
)

// sizeLegend is the size of the legend's texts, in points.
const sizeLegend = 7.6

// entry is one explanation of the legend: a sample, drawn from its left end at
// the height of the text's middle, and words.
type entry struct {
	wide   float64 // of the sample and the gap after it
	sample func(x, y float64) []draw.Mark
	words  string
}

// foot is the strip at the bottom: the legend, and whose work the map is.
func (v View) foot(page layout.Size, t theme, scale float64) []draw.Mark {
	right := page.W - margin
	var marks []draw.Mark
	top := page.H - margin - footer + 12
	rule := draw.Path{}.MoveTo(margin, top).LineTo(right, top)
	marks = append(marks, draw.Shape{Path: rule, Stroke: draw.Stroke{Colour: t.border.Mix(draw.RGB(0xffffff), 0.4), Width: 0.6}})
	end := right
	for _, brand := range draw.Wrap(v.Brand, sizeLegend, true, 160, 1) {
		marks = append(marks, draw.Text{At: draw.Point{X: right, Y: top + 14}, String: brand, Size: sizeLegend, Bold: true, Colour: t.muted, Anchor: draw.End})
		end -= draw.Width(brand, sizeLegend, true) + 16
	}
	rows := [][]entry{v.lines(t, scale), v.signs(t)}
	if all := slices.Concat(rows...); span(all) <= end-margin {
		rows = [][]entry{all}
	}
	y := top + 11.5
	for _, row := range rows {
		x := float64(margin)
		for _, e := range row {
			if x+e.span() > end && x > margin {
				x, y = margin, y+12
			}
			marks = append(marks, e.sample(x, y)...)
			marks = append(marks, draw.Text{At: draw.Point{X: x + e.wide, Y: y + 2.7}, String: e.words, Size: sizeLegend, Colour: t.muted})
			x += e.span() + between
		}
		y += 12
	}
	return marks
}

// between is the room between two entries.
const between = 13

func (e entry) span() float64 { return e.wide + draw.Width(e.words, sizeLegend, false) }

// span is how wide a row of entries is.
func span(row []entry) float64 {
	wide := -float64(between)
	for _, e := range row {
		wide += e.span() + between
	}
	return wide
}

// legend collects entries; words that a view has not are not explained.
type legend []entry

func (g *legend) add(words string, wide float64, sample func(x, y float64) []draw.Mark) {
	if words == "" {
		return
	}
	if wide > 0 {
		wide += 5
	}
	*g = append(*g, entry{wide, sample, words})
}

// lines explains how lines are drawn.
func (v View) lines(t theme, scale float64) []entry {
	var out legend
	line := func(how audit.How, width float64) func(x, y float64) []draw.Mark {
		return func(x, y float64) []draw.Mark {
			return t.stroke(draw.Path{}.MoveTo(x, y).LineTo(x+24, y), how, width)
		}
	}
	out.add(v.Legend.Manual, 24, line(audit.Manual, 2.4))
	out.add(v.Legend.File, 24, line(audit.File, 2.4))
	out.add(v.Legend.Automated, 24, line(audit.Automated, automated))
	out.add(v.Legend.Width, 26, func(x, y float64) []draw.Mark { return []draw.Mark{wedge(x, y, 26, scale, t)} })
	return out
}

// signs explains what else stands in the picture.
func (v View) signs(t theme) []entry {
	var out legend
	shape := func(o outline) func(x, y float64) []draw.Mark {
		return func(x, y float64) []draw.Mark {
			return draw.Place(frame(o, draw.Point{}, layout.Size{W: 24, H: 14}, t), 0.66, draw.Point{X: x, Y: y - 4.6})
		}
	}
	none := func(x, y float64) []draw.Mark { return nil }
	out.add(v.Legend.Record, 8, func(x, y float64) []draw.Mark { return badge(x+4, y, t) })
	out.add(v.Legend.Errors, 9, func(x, y float64) []draw.Mark { return sign(x+4.5, y+0.2, t) })
	out.add(v.Legend.Outside, 16, shape(outside))
	out.add(v.Legend.Sheet, 16, shape(sheet))
	out.add(v.Legend.Unknown, 0, none)
	out.add(v.Legend.Numbers, 0, none)
	out.add(v.Legend.Folded, 0, none)
	return out
}

// wedge grows from the thinnest line to the thickest.
func wedge(x, y, wide, scale float64, t theme) draw.Shape {
	a, b := thinnest*scale/2, thickest*scale/2
	p := draw.Path{}.MoveTo(x, y-a).LineTo(x+wide, y-b).LineTo(x+wide, y+b).LineTo(x, y+a).Close()
	return draw.Shape{Path: p, Fill: t.manual}
}
