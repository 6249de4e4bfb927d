package diagram

import (
	"github.com/flowmap-dev/flowmap/pkg/audit"
	"github.com/flowmap-dev/flowmap/pkg/draw"
	"github.com/flowmap-dev/flowmap/pkg/graph/diagram/layout"
)

// sizeLegend is the size of the legend's texts, in points.
const sizeLegend = 7.6

// entry is one explanation of the legend: a sample, drawn from its left end at
// the height of the text's middle, and words.
type entry struct {
	wide   float64
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
	if v.Brand != "" {
		brand := draw.Wrap(v.Brand, sizeLegend, true, 160, 1)[0]
		marks = append(marks, draw.Text{At: draw.Point{X: right, Y: top + 14}, String: brand, Size: sizeLegend, Bold: true, Colour: t.muted, Anchor: draw.End})
		end -= draw.Width(brand, sizeLegend, true) + 16
	}
	x, y := float64(margin), top+11.5
	for _, e := range v.entries(t, scale) {
		gap := 5.0
		if e.wide == 0 {
			gap = 0
		}
		wide := e.wide + gap + draw.Width(e.words, sizeLegend, false)
		if x+wide > end && x > margin {
			x, y = margin, y+12
		}
		marks = append(marks, e.sample(x, y)...)
		marks = append(marks, draw.Text{At: draw.Point{X: x + e.wide + gap, Y: y + 2.7}, String: e.words, Size: sizeLegend, Colour: t.muted})
		x += wide + 13
	}
	return marks
}

// entries lists what the view uses: words that it has not are not explained.
func (v View) entries(t theme, scale float64) []entry {
	var out []entry
	add := func(words string, wide float64, sample func(x, y float64) []draw.Mark) {
		if words != "" {
			out = append(out, entry{wide, sample, words})
		}
	}
	line := func(how audit.How, wide, width float64) func(x, y float64) []draw.Mark {
		return func(x, y float64) []draw.Mark {
			return t.stroke(draw.Path{}.MoveTo(x, y).LineTo(x+wide, y), how, width)
		}
	}
	shape := func(o outline) func(x, y float64) []draw.Mark {
		return func(x, y float64) []draw.Mark {
			return draw.Place(frame(o, draw.Point{}, layout.Size{W: 24, H: 14}, t), 0.66, draw.Point{X: x, Y: y - 4.6})
		}
	}
	g := v.Legend
	add(g.Manual, 24, line(audit.Manual, 24, 2.4))
	add(g.File, 24, line(audit.File, 24, 2.4))
	add(g.Automated, 24, line(audit.Automated, 24, automated))
	add(g.Width, 26, func(x, y float64) []draw.Mark { return []draw.Mark{wedge(x, y, 26, scale, t)} })
	add(g.Record, 8, func(x, y float64) []draw.Mark { return badge(x+4, y, t) })
	add(g.Errors, 9, func(x, y float64) []draw.Mark { return sign(x+4.5, y+0.2, t) })
	add(g.Outside, 16, shape(outside))
	add(g.Sheet, 16, shape(sheet))
	none := func(x, y float64) []draw.Mark { return nil }
	add(g.Numbers, 0, none)
	add(g.Folded, 0, none)
	return out
}

// wedge grows from the thinnest line to the thickest.
func wedge(x, y, wide, scale float64, t theme) draw.Shape {
	a, b := thinnest*scale/2, thickest*scale/2
	p := draw.Path{}.MoveTo(x, y-a).LineTo(x+wide, y-b).LineTo(x+wide, y+b).LineTo(x, y+a).Close()
	return draw.Shape{Path: p, Fill: t.manual}
}
