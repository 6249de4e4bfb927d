package diagram

import (
	"strconv"
	"strings"

	"github.com/flowmap-dev/flowmap/pkg/draw"
	"github.com/flowmap-dev/flowmap/pkg/graph/diagram/layout"
)

// The measures of a label, in points.
const (
	labelText = 94 // the most that a line of text takes
	labelPadX = 6
	labelPadY = 3.4
	whatLine  = 10.4
	longWhat  = 6   // the most lines that a long name takes
	signWidth = 9.5 // of the sign of error points
)

// label is what stands on a link: the data, how often, hours, error points.
type label struct {
	what          []string
	often, amount string
	errors        string // how many; empty for none
	gone          bool
	size          layout.Size
}

// newLabel breaks a link's texts and measures how much room they take.
func newLabel(l Link, number bool) label {
	c := label{often: l.Often, amount: l.Amount, gone: l.State == Gone}
	if l.Errors > 0 {
		c.errors = strconv.Itoa(l.Errors)
	}
	if number {
		c = label{amount: strconv.Itoa(l.Number), gone: c.gone}
	} else {
		c.what = named(l.What)
	}
	wide := c.detail()
	for _, s := range c.what {
		wide = max(wide, draw.Width(s, sizeWhat, true))
	}
	c.size = layout.Size{W: wide + 2*labelPadX, H: whatLine*float64(len(c.what)) + 2*labelPadY}
	if c.detail() > 0 {
		c.size.H += whatLine
	}
	return c
}

// named is the list of a link's data on at most two lines, or one long name on
// more; those that do not fit are counted.
func named(what []string) []string {
	for n := len(what); n > 1; n-- {
		s := strings.Join(what[:n], ", ")
		if n < len(what) {
			s += nbsp + "+" + strconv.Itoa(len(what)-n)
		}
		if lines := draw.Wrap(s, sizeWhat, true, labelText, 3); len(lines) <= 2 {
			return lines
		}
	}
	if len(what) == 0 {
		return nil
	}
	more := ""
	if len(what) > 1 {
		more = nbsp + "+" + strconv.Itoa(len(what)-1)
	}
	lines := draw.Wrap(what[0], sizeWhat, true, labelText-draw.Width(more, sizeWhat, true), longWhat)
	lines[len(lines)-1] += more
	return lines
}

// detail is how wide the last line is.
func (c label) detail() float64 {
	w := draw.Width(c.often, sizeDetail, false) + draw.Width(c.amount, sizeDetail, true)
	if c.often != "" && c.amount != "" {
		w += draw.Width(dot, sizeDetail, false)
	}
	if c.errors != "" {
		w += 5 + signWidth + draw.Width(c.errors, sizeDetail, true)
	}
	return w
}

// dot stands between two details, and nbsp where a line must not be broken.
const (
	dot  = " · "
	nbsp = "\u00a0"
)

// draw draws the label around its middle.
func (c label) draw(mid draw.Point, t theme, edge draw.Colour) []draw.Mark {
	x, y, w, h := mid.X-c.size.W/2, mid.Y-c.size.H/2, c.size.W, c.size.H
	frame := draw.Stroke{Colour: t.soft(edge, 0.35), Width: 0.9}
	ink := t.ink
	if c.gone {
		frame.Dash, ink = []float64{2, 2}, t.muted
	}
	marks := []draw.Mark{draw.Shape{Path: draw.Rect(x, y, w, h, 5), Fill: t.card, Stroke: frame}}
	line := y + labelPadY
	for _, s := range c.what {
		marks = append(marks, draw.Text{At: draw.Point{X: mid.X, Y: line + 8.2}, String: s, Size: sizeWhat, Bold: true, Colour: ink, Anchor: draw.Middle})
		if c.gone {
			marks = append(marks, struck(mid.X, line+5.2, draw.Width(s, sizeWhat, true), t))
		}
		line += whatLine
	}
	at := mid.X - c.detail()/2
	add := func(s string, heavy bool, c draw.Colour) {
		if s == "" {
			return
		}
		marks = append(marks, draw.Text{At: draw.Point{X: at, Y: line + 7.9}, String: s, Size: sizeDetail, Bold: heavy, Colour: c})
		at += draw.Width(s, sizeDetail, heavy)
	}
	add(c.often, false, t.muted)
	if c.often != "" && c.amount != "" {
		// Spaces at the ends of a text are not shown in an SVG.
		space := draw.Width(" ", sizeDetail, false)
		at += space
		add(strings.TrimSpace(dot), false, t.muted)
		at += space
	}
	add(c.amount, true, ink)
	if c.errors != "" {
		marks = append(marks, sign(at+5+signWidth/2-1, line+4.9, t)...)
		at += 5 + signWidth
		add(c.errors, true, t.errors)
	}
	return marks
}

// sign warns of error points: a triangle with an exclamation mark.
func sign(x, y float64, t theme) []draw.Mark {
	p := draw.Path{}.MoveTo(x, y-3.6).LineTo(x+4, y+3.2).LineTo(x-4, y+3.2).Close()
	bar := draw.Path{}.MoveTo(x, y-1.3).LineTo(x, y+0.9)
	return []draw.Mark{
		draw.Shape{Path: p, Fill: t.errors, Stroke: draw.Stroke{Colour: t.errors, Width: 0.9, Round: true}},
		draw.Shape{Path: bar, Stroke: draw.Stroke{Colour: t.card, Width: 0.95, Round: true}},
		draw.Shape{Path: draw.Circle(x, y+2.2, 0.55), Fill: t.card},
	}
}

// struck is the line through a name of what goes.
func struck(x, y, wide float64, t theme) draw.Mark {
	return draw.Shape{Path: draw.Path{}.MoveTo(x-wide/2-1, y).LineTo(x+wide/2+1, y), Stroke: draw.Stroke{Colour: t.errors, Width: 0.8}}
}
