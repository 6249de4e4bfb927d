package diagram

import (
	"slices"
	"strconv"
	"strings"

	"github.com/flowmap-dev/flowmap/pkg/audit"
	"github.com/flowmap-dev/flowmap/pkg/draw"
	"github.com/flowmap-dev/flowmap/pkg/graph/diagram/layout"
)

// The measures of a card, in points.
const (
	cardPad    = 8
	cardText   = 92  // the most that a line of text takes
	cardWide   = 128 // the same for a name that would take more than two lines
	cardLeast  = 54  // the least that the text is given
	tile       = 22  // the square behind the icon
	tileGap    = 7
	nameLine   = 11.8
	sortLine   = 10.2
	recordLine = 11.6
	mostNamed  = 8  // records that a card names
	cardFold   = 10 // the folded corner of a sheet
	spacing    = 0.25
	ordinal    = 5.6 // the radius of the disc with a card's distance
)

// card is a system as it is drawn: its texts broken into lines.
type card struct {
	node    Node
	kind    Kind // of the view
	name    []string
	sort    []string
	note    []string
	records []string
	size    layout.Size
}

// outline is the kind of frame that a card has.
type outline int

const (
	inside outline = iota
	outside
	sheet
	platform
)

func (n Node) outline() outline {
	switch {
	case n.Platform:
		return platform
	case n.Outside:
		return outside
	case n.Kind == audit.Spreadsheet || n.Kind == audit.Paper:
		return sheet
	}
	return inside
}

// newCard breaks a system's texts and measures how much room they take.
func newCard(n Node, of Kind) card {
	corner := 0.0
	switch {
	case of == KindImpact && n.outline() == sheet:
		corner = 2*ordinal + cardFold
	case of == KindImpact:
		corner = 2 * ordinal
	case n.outline() == sheet:
		corner = cardFold - cardPad/2
	}
	c := card{node: n, kind: of, name: draw.Wrap(n.Name, sizeName, true, cardText-corner, 3)}
	if len(c.name) > 2 {
		c.name = draw.Wrap(n.Name, sizeName, true, cardWide-corner, 5)
	}
	if n.Sort != "" && !strings.EqualFold(n.Sort, n.Name) {
		c.sort = draw.Wrap(strings.ToUpper(n.Sort), sizeSort, false, cardText-8, 2)
	}
	c.note = draw.Wrap(n.Note, sizeDetail, true, cardText+8, 2)
	wide := float64(cardLeast)
	for _, s := range c.name {
		wide = max(wide, draw.Width(s, sizeName, true)+corner)
	}
	for _, s := range c.sort {
		wide = max(wide, tracked(s))
	}
	for _, s := range c.note {
		wide = max(wide, draw.Width(s, sizeDetail, true))
	}
	wide += tile + tileGap
	for i, r := range n.Records {
		if i == mostNamed-1 && len(n.Records) > mostNamed {
			c.records = append(c.records, "…")
			break
		}
		c.records = append(c.records, draw.Wrap(r, sizeRecord, false, cardText+tile-4, 1)...)
	}
	for _, s := range c.records {
		wide = max(wide, draw.Width(s, sizeRecord, false)+14)
	}
	high := c.head()
	if len(c.records) > 0 {
		high += 7 + recordLine*float64(len(c.records))
	}
	c.size = layout.Size{W: wide + 2*cardPad, H: high + 2*cardPad - 2}
	return c
}

// head is how high the part with the name is.
func (c card) head() float64 {
	return max(tile, nameLine*float64(len(c.name))+sortLine*float64(len(c.sort)+len(c.note)))
}

// tracked is how wide a line of spaced capitals is.
func tracked(s string) float64 {
	return draw.Width(s, sizeSort, false) + spacing*float64(len([]rune(s)))
}

// cards measures all systems. All cards are as wide as the widest, and each is
// high enough for the lines that may meet it on one side.
func cards(v View) []card {
	out := make([]card, len(v.Nodes))
	wide, m := 0.0, v.measure()
	lines := map[string]float64{}
	for _, l := range v.Links {
		room := m.width(l) + 3
		if l.Pattern != "" {
			room += 4 // for its head
		}
		lines[l.From] += room
		lines[l.To] += room
	}
	for i, n := range v.Nodes {
		out[i] = newCard(n, v.Kind)
		wide = max(wide, out[i].size.W)
	}
	for i, n := range v.Nodes {
		// Some two thirds of a busy card's lines come from one side.
		out[i].size = layout.Size{W: wide, H: max(out[i].size.H, 2*lines[n.ID]/3+12)}
	}
	return out
}

// draw draws the card around its middle.
func (c card) draw(at draw.Point, t theme) draw.Mark {
	f := t.face(c.node)
	x, y, w := at.X-c.size.W/2, at.Y-c.size.H/2, c.size.W
	marks := frame(c.node.outline(), draw.Point{X: x, Y: y}, c.size, f, t)
	head := c.head()
	top := y + cardPad - 1
	behind, glyph := c.icon(f, t)
	marks = append(marks,
		draw.Shape{Path: draw.Rect(x+cardPad, top+(head-tile)/2, tile, tile, 5), Fill: behind},
		icon(c.node, x+cardPad+4, top+(head-tile)/2+4, tile-8, glyph))
	left := x + cardPad + tile + tileGap
	line := top + (head-nameLine*float64(len(c.name))-sortLine*float64(len(c.sort)+len(c.note)))/2
	for _, s := range c.name {
		marks = append(marks, draw.Text{At: draw.Point{X: left, Y: line + 9.2}, String: s, Size: sizeName, Bold: true, Colour: f.Ink})
		line += nameLine
	}
	for _, s := range c.sort {
		marks = append(marks, draw.Text{At: draw.Point{X: left, Y: line + 7.8}, String: s, Size: sizeSort, Colour: f.Muted, Spacing: spacing})
		line += sortLine
	}
	for _, s := range c.note {
		marks = append(marks, draw.Text{At: draw.Point{X: left, Y: line + 7.8}, String: s, Size: sizeDetail, Bold: true, Colour: f.Ink})
		line += sortLine
	}
	marks = append(marks, c.list(x, top+head+5, w, t)...)
	if c.kind == KindImpact {
		right := x + w - cardPad - ordinal + 3
		if c.node.outline() == sheet {
			right -= cardFold
		}
		marks = append(marks, distance(c.node.Step, right, y+cardPad+ordinal-3, t)...)
	}
	return draw.Group{Class: "node", Title: c.node.Title, Data: []draw.Datum{{Name: "id", Value: c.node.ID}}, Marks: marks}
}

// icon is the colour of the tile behind the icon, and of the icon.
func (c card) icon(f Face, t theme) (behind, glyph draw.Colour) {
	switch {
	case c.node.Platform:
		return f.Fill.Mix(f.Ink, 0.16), f.Ink
	case c.node.Heat > 0:
		return f.Fill.Mix(f.Ink, 0.12), f.Ink
	case c.node.outline() == outside:
		return t.soft(t.border, 0.6), t.muted
	}
	return t.tint, t.accent
}

// distance is a disc with how far a card is from what a view of impact is about.
func distance(step int, x, y float64, t theme) []draw.Mark {
	fill, ink := t.soft(t.muted, 0.75), t.ink
	if step == 0 {
		fill, ink = t.accent, t.on
	}
	return []draw.Mark{
		draw.Shape{Path: draw.Circle(x, y, ordinal), Fill: fill},
		draw.Text{At: draw.Point{X: x, Y: y + 2.9}, String: strconv.Itoa(step), Size: sizeSort, Bold: true, Colour: ink, Anchor: draw.Middle},
	}
}

// frame is a card's outline by its upper left corner: dashed and rounder for
// what lies outside the company's systems, with a folded corner for spreadsheets
// and paper.
func frame(o outline, at draw.Point, z layout.Size, f Face, t theme) []draw.Mark {
	x, y, w, h := at.X, at.Y, z.W, z.H
	edge := draw.Stroke{Colour: f.Edge, Width: f.Width}
	if f.Dashed {
		edge.Dash = []float64{3.2, 2.4}
	}
	switch o {
	case outside:
		return []draw.Mark{draw.Shape{Path: draw.Rect(x, y, w, h, min(15, h/2)), Fill: f.Fill, Stroke: edge}}
	case sheet:
		k := min(cardFold, h*0.4)
		p := draw.Path{}.MoveTo(x, y).LineTo(x+w-k, y).LineTo(x+w, y+k).LineTo(x+w, y+h).LineTo(x, y+h).Close()
		fold := draw.Path{}.MoveTo(x+w-k, y).LineTo(x+w-k, y+k).LineTo(x+w, y+k).Close()
		return []draw.Mark{
			draw.Shape{Path: p, Fill: f.Fill, Stroke: edge},
			draw.Shape{Path: fold, Fill: t.soft(f.Edge, 0.5), Stroke: edge},
		}
	case platform:
		return []draw.Mark{draw.Shape{Path: draw.Rect(x, y, w, h, 10), Fill: f.Fill, Stroke: edge}}
	case inside:
	}
	return []draw.Mark{draw.Shape{Path: draw.Rect(x, y, w, h, 6), Fill: f.Fill, Stroke: edge}}
}

// list names the entities that the system is right about, each with a mark.
func (c card) list(x, y, w float64, t theme) []draw.Mark {
	if len(c.records) == 0 {
		return nil
	}
	rule := draw.Path{}.MoveTo(x+cardPad, y).LineTo(x+w-cardPad, y)
	marks := []draw.Mark{draw.Shape{Path: rule, Stroke: draw.Stroke{Colour: t.soft(t.border, 0.4), Width: 0.7}}}
	for i, s := range c.records {
		mid := y + 2 + recordLine*(float64(i)+0.5)
		marks = append(marks, badge(x+cardPad+4, mid, t)...)
		marks = append(marks, draw.Text{At: draw.Point{X: x + cardPad + 13, Y: mid + 3}, String: s, Size: sizeRecord, Colour: t.ink})
	}
	return marks
}

// badge marks a system of record: a disc with a tick, since this is the one
// that is right.
func badge(x, y float64, t theme) []draw.Mark {
	tick := draw.Path{}.MoveTo(x-1.9, y+0.1).LineTo(x-0.5, y+1.6).LineTo(x+2, y-1.4)
	return []draw.Mark{
		draw.Shape{Path: draw.Circle(x, y, 4), Fill: t.accent},
		draw.Shape{Path: tick, Stroke: draw.Stroke{Colour: t.on, Width: 1.1, Round: true}},
	}
}

// records tells whether any system of the view is one of record.
func (v View) records() bool {
	return slices.ContainsFunc(v.Nodes, func(n Node) bool { return len(n.Records) > 0 })
}

// pile is the card of what is folded: its title and lines, and its size.
func (o Others) pile() (title string, lines []string, size layout.Size) {
	wide := draw.Width(o.Title, sizeName, true)
	for _, s := range o.Lines {
		wide = max(wide, draw.Width(s, sizeDetail, false))
	}
	return o.Title, o.Lines, layout.Size{W: wide + 2*cardPad + 6, H: nameLine + sortLine*float64(len(o.Lines)) + 2*cardPad + 4}
}

// draw draws what is folded as a pile of cards around its middle.
func (o Others) draw(at draw.Point, t theme) draw.Mark {
	title, lines, size := o.pile()
	const step = 3
	w, h := size.W-2*step, size.H-2*step
	x, y := at.X-size.W/2, at.Y-size.H/2
	var marks []draw.Mark
	for i := 2; i >= 0; i-- {
		d := float64(step * i)
		marks = append(marks, draw.Shape{Path: draw.Rect(x+d, y+d, w, h, 6), Fill: t.ground, Stroke: draw.Stroke{Colour: t.border, Width: 0.9}})
	}
	line := y + cardPad - 1
	marks = append(marks, draw.Text{At: draw.Point{X: x + cardPad, Y: line + 9.2}, String: title, Size: sizeName, Bold: true, Colour: t.muted})
	line += nameLine
	for _, s := range lines {
		marks = append(marks, draw.Text{At: draw.Point{X: x + cardPad, Y: line + 7.8}, String: s, Size: sizeDetail, Colour: t.muted})
		line += sortLine
	}
	return draw.Group{Class: "others", Title: in("\n", append([]string{title}, lines...)...), Marks: marks}
}
