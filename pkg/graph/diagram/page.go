package diagram

import (
	"fmt"
	"math"
	"strings"

	"github.com/flowmap-dev/flowmap/pkg/draw"
	"github.com/flowmap-dev/flowmap/pkg/graph/diagram/layout"
)

// The pages, in points: A4, and a slide of 13⅓ by 7½ inches.
const (
	a4Long, a4Short     = 841.89, 595.28
	wideWidth, wideHigh = 960, 540
)

// How a page is divided, in points.
const (
	margin = 22
	header = 44 // the title's strip
)

// least is how small a text may be printed, in points. A map that would be
// printed smaller on A4 is drawn for a larger sheet of the same shape; one that
// has to fit its page gets numbers, and is folded.
const least = 7.0

// fitTries is how often a map is folded more to fit its page.
const fitTries = 8

// pages is a page and what stands on it around the map.
type pages struct {
	layout.Size
	furniture float64 // by which head and foot grow with a larger sheet
	key       key     // the table beside the map; empty unless links are numbered
	foot      [][]entry
}

func (l Look) page() layout.Size {
	switch l.Fit {
	case A4:
		return layout.Size{W: a4Short, H: a4Long}
	case Wide:
		return layout.Size{W: wideWidth, H: wideHigh}
	case A4Landscape:
	}
	return layout.Size{W: a4Long, H: a4Short}
}

// Plan lays the view out for a look. It is an error if a system or a link of the
// view cannot be laid out.
func (v View) Plan(l Look) (Plan, error) {
	if err := v.check(); err != nil {
		return Plan{}, err
	}
	if err := l.Check(); err != nil {
		return Plan{}, err
	}
	for range fitTries {
		p, small, err := v.onto(l)
		if err != nil || l.Fit == "" || small <= 1 {
			return p, err
		}
		smaller := v.smaller(small)
		if len(smaller.Links) == len(v.Links) && smaller.Numbered() == v.Numbered() {
			return p, nil
		}
		v = smaller
	}
	p, _, err := v.onto(l)
	return p, err
}

// smaller is the view with less in it, for a page on which its texts would be so
// many times too small: numbers first, then fewer links.
func (v View) smaller(small float64) View {
	if !v.Numbered() && len(v.Links) > 3 {
		v.Numbers = true
		return v.worded()
	}
	n := int(float64(len(v.Links)) / max(1.1, small))
	return v.without(v.largest(func(place int, _ Link) bool { return place < max(1, n) }))
}

// onto lays the view out on the page of a look, and tells how many times too
// small its texts would be there; without a fixed page it grows by as much.
func (v View) onto(l Look) (Plan, float64, error) {
	t := l.theme(v)
	page := pages{Size: l.page(), furniture: 1, key: v.key()}
	page.foot = v.rows(t, page.W-2*margin)
	room := page.room()
	p, err := newLaid(v, room)
	if err != nil {
		return Plan{}, 0, err
	}
	small := least / (sizeLeast * p.Scale)
	if l.Fit == "" && (small > 1 || page.key.overflows(page)) {
		page = page.grown(p.Size, l.page())
		room = page.room()
		p.Scale = min(room.W/p.Size.W, room.H/p.Size.H)
	} else if page.key.overflows(page) {
		small = max(small, 1.2)
	}
	w, h := p.Size.W*p.Scale, p.Size.H*p.Scale
	q := page.furniture
	at := draw.Point{X: margin*q + (room.W-w)/2, Y: (margin+header)*q + (room.H-h)/2}
	out := p.place(at, l)
	out.Width, out.Height, out.pages = page.W, page.H, page
	return out, small, nil
}

// room is what the map has on the page.
func (p pages) room() layout.Size {
	q, key := p.furniture, p.key.takes(p)
	return layout.Size{W: p.W - 2*margin*q - key.W, H: p.H - (2*margin+header+footer(p.foot))*q - key.H}
}

// grown is the smallest page of a shape that has room for a map in readable
// size, with its table beside it.
func (p pages) grown(size, shape layout.Size) pages {
	const step, furthest = 1.05, 60
	for k := 1.0; ; k *= step {
		p.W, p.H = shape.W*k, shape.H*k
		p.furniture = math.Pow(k, 0.6)
		room := p.room()
		enough := least / sizeLeast
		if k > furthest || room.W >= size.W*enough && room.H >= size.H*enough && !p.key.overflows(p) {
			return p
		}
	}
}

// Drawing draws the view in the light theme on A4 landscape or, where its texts
// would be smaller than 7 points there, on a larger sheet of that shape. It is
// an error if a system or a link of the view is not in the drawing.
func (v View) Drawing() (draw.Drawing, error) {
	p, err := v.Plan(Look{})
	if err != nil {
		return draw.Drawing{}, err
	}
	return p.Drawing()
}

// Drawing draws the plan. It is an error if a system or a link of its view is
// not in the drawing.
func (p Plan) Drawing() (draw.Drawing, error) {
	v, t := p.View, p.theme
	d := draw.Drawing{Width: p.Width, Height: p.Height, Title: v.heading(), Description: v.describe(), Language: v.Language,
		Ground: t.paper, Transparent: p.look.Background == Transparent}
	q := p.pages.furniture
	within := layout.Size{W: p.Width / q, H: p.Height / q}
	d.Marks = append(d.Marks, draw.Place(v.head(within, t), q, draw.Point{})...)
	d.Marks = append(d.Marks, p.marks()...)
	d.Marks = append(d.Marks, p.pages.key.draw(p.pages, t)...)
	d.Marks = append(d.Marks, draw.Place(v.foot(within, p.pages.foot, t), q, draw.Point{})...)
	return d, v.count(d)
}

// check finds what cannot be drawn at all.
func (v View) check() error {
	if n := len(v.Nodes) + len(v.Links); n > most {
		return fmt.Errorf("the map has %d systems and %d links, more than the %d that can be drawn together: show fewer links, as with --top 200",
			len(v.Nodes), len(v.Links), most)
	}
	known := make(map[string]bool, len(v.Nodes))
	for _, n := range v.Nodes {
		if known[n.ID] {
			return fmt.Errorf("the map has system %q twice", n.ID)
		}
		known[n.ID] = true
	}
	for _, l := range v.Links {
		switch {
		case !known[l.From] || !known[l.To]:
			return fmt.Errorf("the map has a link from %q to %q, but not both systems", l.From, l.To)
		case l.From == l.To:
			return fmt.Errorf("the map has a link from %q to itself", l.From)
		}
	}
	if len(v.Nodes) == 0 {
		return fmt.Errorf("there is no system to draw: add systems to the workspace")
	}
	return nil
}

// count tells whether everything is in the drawing.
func (v View) count(d draw.Drawing) error {
	if nodes, edges := draw.Classes(d, "node"), draw.Classes(d, "edge"); nodes != len(v.Nodes) || edges != len(v.Links) {
		return fmt.Errorf("the drawing has %d of %d systems and %d of %d links", nodes, len(v.Nodes), edges, len(v.Links))
	}
	return nil
}

func (v View) heading() string { return in(" · ", v.Title, v.Scope, v.Client) }

// stated leaves out what is empty.
func stated(all ...string) []string {
	var out []string
	for _, s := range all {
		if s != "" {
			out = append(out, s)
		}
	}
	return out
}

// describe says what the picture shows to those who cannot see it.
func (v View) describe() string {
	out := stated(v.heading(), v.Date)
	for _, f := range v.Figures {
		out = append(out, f.Value+" "+f.Label)
	}
	if v.Others.Any() {
		out = append(out, v.Others.Title+": "+strings.Join(v.Others.Lines, ", "))
	}
	return strings.Join(out, "; ")
}

// head is the strip at the top: what this is, whose, and what it comes to.
func (v View) head(page layout.Size, t theme) []draw.Mark {
	var marks []draw.Mark
	strong, ink, muted := t.accent, t.ink, t.muted
	if t.band {
		strong, ink, muted = t.on, t.on, t.on
		marks = append(marks, draw.Shape{Path: draw.Rect(0, 0, page.W, margin+header-8, 0), Fill: t.accent})
	} else {
		marks = append(marks, draw.Shape{Path: draw.Rect(margin, margin, 3.2, 28, 1.6), Fill: t.accent})
	}
	right := page.W - margin
	needs := min(draw.Width(v.Title, 17, true)+24, (page.W-2*margin)*0.6)
	figures := v.Figures
	for len(figures) > 1 && v.figuresWide(figures) > page.W-2*margin-needs {
		figures = figures[:len(figures)-1]
	}
	for i := len(figures) - 1; i >= 0; i-- {
		f := figures[i]
		marks = append(marks,
			draw.Text{At: draw.Point{X: right, Y: margin + 14}, String: f.Value, Size: 15, Bold: true, Colour: strong, Anchor: draw.End},
			draw.Text{At: draw.Point{X: right, Y: margin + 26}, String: f.Label, Size: 7.6, Colour: muted, Anchor: draw.End})
		right -= v.figuresWide(figures[i : i+1])
	}
	left := right - margin - 12
	start := margin + 12.0
	if t.band {
		start = margin
	}
	for _, s := range draw.Wrap(v.Title, 17, true, left, 1) {
		marks = append(marks, draw.Text{At: draw.Point{X: start, Y: margin + 13}, String: s, Size: 17, Bold: true, Colour: ink})
	}
	for _, s := range draw.Wrap(in("  ·  ", v.Scope, v.Client, v.Date), 9.5, false, left, 1) {
		marks = append(marks, draw.Text{At: draw.Point{X: start, Y: margin + 27}, String: s, Size: 9.5, Colour: muted})
	}
	return marks
}

// figuresWide is how wide figures are beside each other.
func (v View) figuresWide(all []Figure) float64 {
	wide := 0.0
	for _, f := range all {
		wide += math.Max(draw.Width(f.Value, 15, true), draw.Width(f.Label, 7.6, false)) + 20
	}
	return wide
}
