package diagram

import (
	"github.com/flowmap-dev/flowmap/pkg/audit"
	"github.com/flowmap-dev/flowmap/pkg/draw"
	"github.com/flowmap-dev/flowmap/pkg/graph"
	"github.com/flowmap-dev/flowmap/pkg/graph/diagram/layout"
)

// The measures of the legend, in points.
const (
	sizeLegend = 7.6
	legendLine = 12
	between    = 13  // two entries
	brandRoom  = 160 // the most that the name of whose work it is takes
)

// entry is one explanation of the legend: a sample, drawn from its left end at
// the height of the text's middle, and words.
type entry struct {
	wide   float64 // of the sample and the gap after it
	sample func(x, y float64) []draw.Mark
	words  string
}

func (e entry) span() float64 { return e.wide + draw.Width(e.words, sizeLegend, false) }

// footer is how high the strip at the bottom is for so many rows.
func footer(rows [][]entry) float64 { return 8 + legendLine*float64(max(1, len(rows))) }

// rows breaks the legend into rows no wider than the page, besides the brand in
// the first one.
func (v View) rows(t theme, wide float64) [][]entry {
	room := wide
	for _, brand := range draw.Wrap(v.Brand, sizeLegend, true, brandRoom, 1) {
		room -= draw.Width(brand, sizeLegend, true) + 16
	}
	var rows [][]entry
	x := 0.0
	for _, e := range v.Legend {
		add := t.entry(e)
		if len(rows) == 0 || x+add.span() > room {
			if len(rows) > 0 {
				room = wide
			}
			rows, x = append(rows, nil), 0
		}
		rows[len(rows)-1] = append(rows[len(rows)-1], add)
		x += add.span() + between
	}
	return rows
}

// foot is the strip at the bottom: the legend, and whose work the map is.
func (v View) foot(page layout.Size, rows [][]entry, t theme) []draw.Mark {
	right := page.W - margin
	var marks []draw.Mark
	top := page.H - margin - footer(rows) + 8
	rule := draw.Path{}.MoveTo(margin, top-4).LineTo(right, top-4)
	marks = append(marks, draw.Shape{Path: rule, Stroke: draw.Stroke{Colour: t.soft(t.border, 0.4), Width: 0.6}})
	for _, brand := range draw.Wrap(v.Brand, sizeLegend, true, brandRoom, 1) {
		marks = append(marks, draw.Text{At: draw.Point{X: right, Y: top + 9.5}, String: brand, Size: sizeLegend, Bold: true, Colour: t.muted, Anchor: draw.End})
	}
	y := top + 7.0
	for _, row := range rows {
		x := float64(margin)
		for _, e := range row {
			marks = append(marks, e.sample(x, y)...)
			marks = append(marks, draw.Text{At: draw.Point{X: x + e.wide, Y: y + 2.7}, String: e.words, Size: sizeLegend, Colour: t.muted})
			x += e.span() + between
		}
		y += legendLine
	}
	return marks
}

// entry is an explanation as it is drawn.
func (t theme) entry(e Entry) entry {
	wide, sample := t.sample(e.Sample)
	if wide > 0 {
		wide += 5
	}
	return entry{wide, sample, e.Words}
}

// lines are the links that a sample of a line shows.
var lines = map[Sample]Link{
	Sample(audit.BatchFile):    {Pattern: audit.BatchFile},
	Sample(audit.RequestReply): {Pattern: audit.RequestReply},
	SampleManual:               {How: audit.Manual, Hours: 0.2},
	SampleFile:                 {How: audit.File, Hours: 0.2},
	SampleAutomated:            {How: audit.Automated},
	Sample(audit.Push):         {Pattern: audit.Push},
	Sample(audit.Pull):         {Pattern: audit.Pull},
	Sample(audit.PubSub):       {Pattern: audit.PubSub},
	Sample(audit.Sync):         {Pattern: audit.Sync, TwoWay: true},
	Sample(Spreads):            {Way: Spreads},
	Sample(Writes):             {Way: Writes},
	Sample(Copies):             {Way: Copies},
	Sample(Unruled):            {Way: Unruled},
	Sample(Gone):               {State: Gone},
	Sample(New):                {State: New},
}

// sample is what an entry shows, and how wide that is.
func (t theme) sample(s Sample) (wide float64, draws func(x, y float64) []draw.Mark) {
	if l, ok := lines[s]; ok {
		return 24, func(x, y float64) []draw.Mark { return t.lineSample(l, x, y) }
	}
	box := func(n Node) func(x, y float64) []draw.Mark {
		n.Step = 1
		return func(x, y float64) []draw.Mark {
			f := t.face(n)
			return draw.Place(frame(n.outline(), draw.Point{}, layout.Size{W: 24, H: 14}, f, t), 0.66, draw.Point{X: x, Y: y - 4.6})
		}
	}
	switch s {
	case SampleWidth:
		return 26, func(x, y float64) []draw.Mark { return []draw.Mark{wedge(x, y, 26, t)} }
	case SampleHeat:
		return 6*(Hottest-1) + 10, t.ramp
	case SampleRecord:
		return 8, func(x, y float64) []draw.Mark { return badge(x+4, y, t) }
	case SampleErrors:
		return 9, func(x, y float64) []draw.Mark { return sign(x+4.5, y+0.2, t) }
	case SampleOutside:
		return 16, box(Node{Outside: true})
	case SampleSheet:
		return 16, box(Node{Kind: audit.Paper})
	case SamplePlatform:
		return 16, box(Node{Platform: true})
	case SampleConsumer:
		return 16, box(Node{Part: graph.WritesBack})
	case SampleDistance:
		return 2 * ordinal, func(x, y float64) []draw.Mark { return distance(1, x+ordinal, y, t) }
	}
	return 0, func(x, y float64) []draw.Mark { return nil }
}

// lineSample is a short line with its head.
func (t theme) lineSample(l Link, x, y float64) []draw.Mark {
	if (t.of == KindChange || t.of == KindBetween) && l.Pattern == "" && l.State == "" {
		l.State = Kept
	}
	l.Heat = Hottest - 2
	t.measure = measure{1, thickest}
	s := t.stroke(l)
	w := []draw.Point{{X: x, Y: y}, {X: x + 8, Y: y}, {X: x + 16, Y: y}, {X: x + 24, Y: y}}
	if l.Pattern == "" {
		return s.draw(curve(w), t.paper)
	}
	w, tip := s.arrow(w, 0.8, t.paper)
	tips := []draw.Mark{tip}
	if l.TwoWay {
		back, other := s.arrow(reversed(w), 0.8, t.paper)
		w, tips = reversed(back), append(tips, other)
	}
	return append(s.draw(curve(w), t.paper), tips...)
}

// ramp shows the degrees of heat beside each other.
func (t theme) ramp(x, y float64) []draw.Mark {
	var marks []draw.Mark
	for i := 1; i <= Hottest; i++ {
		marks = append(marks, draw.Shape{Path: draw.Rect(x+6*float64(i-1), y-4, 6, 8, 0), Fill: t.heat[i], Stroke: draw.Stroke{Colour: t.border, Width: 0.4}})
	}
	return marks
}

// wedge grows from the thinnest line to the thickest.
func wedge(x, y, wide float64, t theme) draw.Shape {
	a, b := thinnest/2, t.thick/2
	p := draw.Path{}.MoveTo(x, y-a).LineTo(x+wide, y-b).LineTo(x+wide, y+b).LineTo(x, y+a).Close()
	fill := t.manual
	if t.of == KindHeat {
		fill = t.hot[Hottest-2]
	}
	return draw.Shape{Path: p, Fill: fill}
}
