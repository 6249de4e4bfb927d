package diagram

import (
	"math"
	"strconv"
	"strings"

	"github.com/flowmap-dev/flowmap/pkg/draw"
	"github.com/flowmap-dev/flowmap/pkg/graph/diagram/layout"
)

// The measures of the table beside a map whose links are numbered, in points.
const (
	keySize   = 7.6
	keyLine   = 10.2
	keyWidth  = 232 // of a column; more where the page has it
	keyGap    = 12
	keyNumber = 20
	keyHours  = 34
	keyEnds   = 0.64 // the share of the names
)

// key is the table beside the map: what each number stands for. It is empty
// where the links carry words.
type key struct{ rows []keyRow }

type keyRow struct{ number, from, way, to, what, amount string }

func (v View) key() key {
	var k key
	if !v.Numbered() {
		return k
	}
	names := make(map[string]string, len(v.Nodes))
	for _, n := range v.Nodes {
		names[n.ID] = n.Name
	}
	for _, l := range v.Links {
		amount := l.Amount
		if l.Pattern != "" {
			amount = l.Often
		}
		what := ""
		if len(l.What) > 0 {
			what = l.What[0]
		}
		if len(l.What) > 1 {
			what += nbsp + "+" + strconv.Itoa(len(l.What)-1)
		}
		k.rows = append(k.rows, keyRow{strconv.Itoa(l.Number), names[l.From], direction(l), names[l.To], what, amount})
	}
	return k
}

// below tells whether the table stands under the map, as it does on an upright
// page, and not beside it.
func (k key) below(p pages) bool { return p.W < p.H }

// high is how many rows stand below each other on a page.
func (k key) high(p pages) int {
	if k.below(p) {
		across := max(1, math.Floor((p.W/p.furniture-2*margin+keyGap)/(keyWidth+keyGap)))
		return int(math.Ceil(float64(len(k.rows)) / across))
	}
	room := p.H/p.furniture - 2*margin - header - footer(p.foot)
	return max(1, int(room/keyLine))
}

// columns are how many columns the table takes on a page.
func (k key) columns(p pages) int {
	return int(math.Ceil(float64(len(k.rows)) / float64(max(1, k.high(p)))))
}

// wide is how wide a column is on a page.
func (k key) wide(p pages) float64 {
	if !k.below(p) {
		return keyWidth
	}
	return (p.W/p.furniture-2*margin+keyGap)/float64(max(1, k.columns(p))) - keyGap
}

// ends names both ends of a link in a width; where they are too long, both are
// shortened.
func (r keyRow) ends(width float64) string {
	width -= draw.Width(r.way, keySize, false)
	from, to := draw.Width(r.from, keySize, false), draw.Width(r.to, keySize, false)
	if from+to <= width {
		return r.from + r.way + r.to
	}
	short := func(s string, room float64) string {
		return strings.Join(draw.Wrap(s, keySize, false, room, 1), "")
	}
	return short(r.from, max(width/2, width-to)) + r.way + short(r.to, max(width/2, width-from))
}

// takes is how much of a page the table takes, with the gap before it.
func (k key) takes(p pages) layout.Size {
	switch {
	case len(k.rows) == 0:
		return layout.Size{}
	case k.below(p):
		return layout.Size{H: min((float64(k.high(p))*keyLine+keyGap)*p.furniture, p.H*0.6)}
	}
	return layout.Size{W: min(float64(k.columns(p))*(keyWidth+keyGap)*p.furniture, p.W*0.6)}
}

// overflows tells whether the table takes more than half of the page.
func (k key) overflows(p pages) bool {
	z := k.takes(p)
	return z.W > p.W*0.5 || z.H > p.H*0.5
}

// draw draws the table at the page's right, or under the map.
func (k key) draw(p pages, t theme) []draw.Mark {
	if len(k.rows) == 0 {
		return nil
	}
	var marks []draw.Mark
	high, wide := k.high(p), k.wide(p)
	left := p.W/p.furniture - margin - float64(k.columns(p))*(keyWidth+keyGap)
	top := margin + header + 0.0
	if k.below(p) {
		left, top = margin-keyGap, p.H/p.furniture-margin-footer(p.foot)-float64(high)*keyLine
	}
	text := func(x, y float64, s string, bold bool, c draw.Colour, a draw.Anchor) {
		marks = append(marks, draw.Text{At: draw.Point{X: x, Y: y}, String: s, Size: keySize, Bold: bold, Colour: c, Anchor: a})
	}
	for i, r := range k.rows {
		x := left + keyGap + float64(i/high)*(wide+keyGap)
		y := top + float64(i%high)*keyLine + keySize
		text(x+keyNumber-5, y, r.number, true, t.accent, draw.End)
		room := wide - keyNumber - keyHours - 4.0
		text(x+keyNumber, y, r.ends(room*keyEnds), false, t.ink, draw.Start)
		for _, s := range draw.Wrap(r.what, keySize, false, room*(1-keyEnds)-4, 1) {
			text(x+keyNumber+room*keyEnds+4, y, s, false, t.muted, draw.Start)
		}
		for _, s := range draw.Wrap(r.amount, keySize, true, keyHours+2, 1) {
			text(x+wide, y, s, true, t.ink, draw.End)
		}
	}
	rule := draw.Path{}.MoveTo(left+keyGap/2, top).LineTo(left+keyGap/2, top+float64(min(high, len(k.rows)))*keyLine)
	if k.below(p) {
		rule = draw.Path{}.MoveTo(margin, top-keyGap/2).LineTo(p.W/p.furniture-margin, top-keyGap/2)
	}
	marks = append(marks, draw.Shape{Path: rule, Stroke: draw.Stroke{Colour: t.soft(t.border, 0.4), Width: 0.6}})
	return draw.Place([]draw.Mark{draw.Group{Class: "key", Marks: marks}}, p.furniture, draw.Point{})
}
