package diagram

import (
	"slices"
	"strings"

	"github.com/flowmap-dev/flowmap/pkg/audit"
	"github.com/flowmap-dev/flowmap/pkg/draw"
	"github.com/flowmap-dev/flowmap/pkg/graph/diagram/layout"
)

// The measures of a card, in points.
const (
	cardPad    = 8
	cardText   = 92 // the most that a line of text takes
	cardLeast  = 54 // the least that the text is given
	tile       = 22 // the square behind the icon
	tileGap    = 7
	nameLine   = 11.8
	sortLine   = 10.2
	recordLine = 11.6
	mostNamed  = 8  // records that a card names
	cardFold   = 10 // the folded corner of a sheet
	spacing    = 0.25
)

// card is a system as it is drawn: its texts broken into lines.
type card struct {
	node    Node
	name    []string
	sort    []string
	records []string
	size    layout.Size
}

// outline is the kind of frame that a card has.
type outline int

const (
	inside outline = iota
	outside
	sheet
)

func (n Node) outline() outline {
	switch {
	case n.Outside:
		return outside
	case n.Kind == audit.Spreadsheet || n.Kind == audit.Paper:
		return sheet
	}
	return inside
}

// newCard breaks a system's texts and measures how much room they take.
func newCard(n Node) card {
	fold := 0.0
	if n.outline() == sheet {
		fold = cardFold - cardPad/2
	}
	c := card{node: n, name: draw.Wrap(n.Name, sizeName, true, cardText-fold, 2)}
	if n.Sort != "" && !strings.EqualFold(n.Sort, n.Name) {
		c.sort = draw.Wrap(strings.ToUpper(n.Sort), sizeSort, false, cardText-8, 2)
	}
	wide := float64(cardLeast)
	for _, s := range c.name {
		wide = max(wide, draw.Width(s, sizeName, true)+fold)
	}
	for _, s := range c.sort {
		wide = max(wide, tracked(s))
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
	high := max(tile, nameLine*float64(len(c.name))+sortLine*float64(len(c.sort)))
	if len(c.records) > 0 {
		high += 7 + recordLine*float64(len(c.records))
	}
	c.size = layout.Size{W: wide + 2*cardPad, H: high + 2*cardPad - 2}
	return c
}

// tracked is how wide a line of spaced capitals is.
func tracked(s string) float64 {
	return draw.Width(s, sizeSort, false) + spacing*float64(len([]rune(s)))
}

// cards measures all systems. All cards are as wide as the widest, and each is
// high enough for the lines that may meet it on one side.
func cards(v View) []card {
	out := make([]card, len(v.Nodes))
	wide, most := 0.0, mostHours(v.Links)
	for i, n := range v.Nodes {
		out[i] = newCard(n)
		wide = max(wide, out[i].size.W)
	}
	for i, n := range v.Nodes {
		lines := 0.0
		for _, l := range v.Links {
			if l.From == n.ID || l.To == n.ID {
				lines += width(l, most) + 3
			}
		}
		// Some two thirds of a busy card's lines come from one side.
		out[i].size = layout.Size{W: wide, H: max(out[i].size.H, 2*lines/3+12)}
	}
	return out
}

// draw draws the card around its middle.
func (c card) draw(at draw.Point, t theme) draw.Mark {
	x, y, w := at.X-c.size.W/2, at.Y-c.size.H/2, c.size.W
	marks := frame(c.node.outline(), draw.Point{X: x, Y: y}, c.size, t)
	head := max(tile, nameLine*float64(len(c.name))+sortLine*float64(len(c.sort)))
	top := y + cardPad - 1
	marks = append(marks,
		draw.Shape{Path: draw.Rect(x+cardPad, top+(head-tile)/2, tile, tile, 5), Fill: c.tile(t)},
		icon(c.node.Kind, x+cardPad+4, top+(head-tile)/2+4, tile-8, c.glyph(t)))
	left := x + cardPad + tile + tileGap
	line := top + (head-nameLine*float64(len(c.name))-sortLine*float64(len(c.sort)))/2
	for _, s := range c.name {
		marks = append(marks, draw.Text{At: draw.Point{X: left, Y: line + 9.2}, String: s, Size: sizeName, Bold: true, Colour: t.ink})
		line += nameLine
	}
	for _, s := range c.sort {
		marks = append(marks, draw.Text{At: draw.Point{X: left, Y: line + 7.8}, String: s, Size: sizeSort, Colour: t.muted, Spacing: spacing})
		line += sortLine
	}
	marks = append(marks, c.list(x, top+head+5, w, t)...)
	return draw.Group{Class: "node", Title: c.node.Title, Data: []draw.Datum{{Name: "id", Value: c.node.ID}}, Marks: marks}
}

func (c card) tile(t theme) draw.Colour {
	if c.node.outline() == outside {
		return t.border.Mix(draw.RGB(0xffffff), 0.6)
	}
	return t.tint
}

func (c card) glyph(t theme) draw.Colour {
	if c.node.outline() == outside {
		return t.muted
	}
	return t.accent
}

// frame is a card's outline by its upper left corner: dashed and rounder for
// what lies outside the company's systems, with a folded corner for spreadsheets
// and paper.
func frame(o outline, at draw.Point, z layout.Size, t theme) []draw.Mark {
	x, y, w, h := at.X, at.Y, z.W, z.H
	white := draw.RGB(0xffffff)
	edge := draw.Stroke{Colour: t.border, Width: 1}
	switch o {
	case outside:
		edge = draw.Stroke{Colour: t.muted.Mix(white, 0.35), Width: 1, Dash: []float64{3.2, 2.4}}
		return []draw.Mark{draw.Shape{Path: draw.Rect(x, y, w, h, min(15, h/2)), Fill: t.ground, Stroke: edge}}
	case sheet:
		f := min(cardFold, h*0.4)
		p := draw.Path{}.MoveTo(x, y).LineTo(x+w-f, y).LineTo(x+w, y+f).LineTo(x+w, y+h).LineTo(x, y+h).Close()
		fold := draw.Path{}.MoveTo(x+w-f, y).LineTo(x+w-f, y+f).LineTo(x+w, y+f).Close()
		return []draw.Mark{
			draw.Shape{Path: p, Fill: white, Stroke: edge},
			draw.Shape{Path: fold, Fill: t.border.Mix(white, 0.5), Stroke: edge},
		}
	case inside:
	}
	return []draw.Mark{draw.Shape{Path: draw.Rect(x, y, w, h, 6), Fill: white, Stroke: edge}}
}

// list names the entities that the system is right about, each with a mark.
func (c card) list(x, y, w float64, t theme) []draw.Mark {
	if len(c.records) == 0 {
		return nil
	}
	rule := draw.Path{}.MoveTo(x+cardPad, y).LineTo(x+w-cardPad, y)
	marks := []draw.Mark{draw.Shape{Path: rule, Stroke: draw.Stroke{Colour: t.border.Mix(draw.RGB(0xffffff), 0.4), Width: 0.7}}}
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
		draw.Shape{Path: tick, Stroke: draw.Stroke{Colour: draw.RGB(0xffffff), Width: 1.1, Round: true}},
	}
}

// records tells whether any system of the view is one of record.
func (v View) records() bool {
	return slices.ContainsFunc(v.Nodes, func(n Node) bool { return len(n.Records) > 0 })
}
