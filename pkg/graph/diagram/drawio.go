package diagram

import (
	"bytes"
	"cmp"
	"encoding/base64"
	"encoding/xml"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/flowmap-dev/flowmap/pkg/draw"
)

// DrawIO writes the plan as a file of draw.io (diagrams.net), uncompressed: cards
// and lines stand where the layout put them, lines are attached to their cards,
// and each card and line carries what it stands for as data of its own, under
// names that begin with flowmap_. No text is HTML. Title and figures are texts;
// the legend and a table of numbered links are pictures.
// https://www.drawio.com/doc/faq/diagram-source-edit
func DrawIO(w io.Writer, p Plan) error {
	s := sheetOf(p)
	s.head()
	s.furniture()
	for i := range p.Lines {
		s.line(i)
	}
	for i := range p.Nodes {
		s.card(i)
	}
	s.others()
	file := mxFile{Host: "flowmap", Type: "device", Diagram: mxDiagram{ID: "map", Name: draw.Clean(p.View.Title), Model: mxModel{
		Grid: 1, GridSize: 10, Guides: 1, Tooltips: 1, Connect: 1, Arrows: 1, Page: 1, PageScale: 1,
		PageWidth: dioNumber(math.Round(p.Width * pixels)), PageHeight: dioNumber(math.Round(p.Height * pixels)), Background: s.ground(),
		Cells: append([]any{mxCell{ID: "0"}, mxCell{ID: "1", Parent: "0"}}, s.cells...),
	}}}
	text, err := xml.MarshalIndent(file, "", "  ")
	if err = cmp.Or(s.err, err); err != nil {
		return err
	}
	_, err = w.Write(append(text, '\n'))
	return err
}

// pixels is how many units of draw.io, of which an inch has 100, a point has.
const pixels = 100.0 / 72

// above is how much room draw.io leaves above a text at the top of its box.
const above = 5

// mxSheet is a sheet of draw.io in the making.
type mxSheet struct {
	plan  Plan
	cells []any
	k     float64 // units a point of a card's own measure
	err   error
}

func sheetOf(p Plan) *mxSheet { return &mxSheet{plan: p, k: p.scale * pixels} }

func (s *mxSheet) ground() string {
	if s.plan.look.Background == Transparent {
		return "none"
	}
	return s.plan.theme.paper.String()
}

// head writes the title and the figures above the map.
func (s *mxSheet) head() {
	v, t, q := s.plan.View, s.plan.theme, s.plan.pages.furniture*pixels
	wide := s.plan.Width * pixels
	strong, ink, muted := t.accent, t.ink, t.muted
	if t.band {
		strong, ink, muted = t.on, t.on, t.on
		s.cells = append(s.cells, mxCell{ID: "band", Style: mxStyle{"html=0", "strokeColor=none"}.with("fillColor", t.accent).String(), Vertex: 1, Parent: "1",
			Geometry: &mxGeometry{Width: dioNumber(wide), Height: dioNumber((margin + header - 8) * q), As: "geometry"}})
	}
	text := func(id, what string, x, y, w, h, size float64, bold bool, c draw.Colour, align string) {
		if what != "" {
			s.cells = append(s.cells, mxText{Box{X: x, Y: y, W: w, H: h}, []string{what}, size * q, bold, c, align, false}.cell(id, "1"))
		}
	}
	text("title", v.Title, margin*q, margin*q, wide/2, 17*q, 17, true, ink, "left")
	text("subtitle", in("  ·  ", v.Scope, v.Client, v.Date), margin*q, (margin+19)*q, wide/2, 11*q, 9.5, false, muted, "left")
	right := wide - margin*q
	for i := len(v.Figures) - 1; i >= 0; i-- {
		f := v.Figures[i]
		w := v.figuresWide(v.Figures[i:i+1]) * q
		id := "figure" + strconv.Itoa(i+1)
		text(id, f.Value, right-w, margin*q, w, 17*q, 15, true, strong, "right")
		text(id+"-label", f.Label, right-w, (margin+19)*q, w, 9*q, 7.6, false, muted, "right")
		right -= w
	}
}

// furniture puts legend and table where the page has them.
func (s *mxSheet) furniture() {
	p := s.plan
	q := p.pages.furniture
	within := p.pages.Size
	within.W, within.H = p.Width/q, p.Height/q
	high := (footer(p.pages.foot) + 4) * q
	top := p.Height - margin*q - high
	marks := draw.Place(p.View.foot(within, p.pages.foot, p.theme), q, draw.Point{Y: -top})
	s.picture("legend", Box{Y: top, W: p.Width, H: high}, marks)
	if table := p.pages.key.draw(p.pages, p.theme); len(table) > 0 {
		s.picture("table", Box{W: p.Width, H: p.Height}, table)
	}
}

// picture puts marks into a box of the page, as a picture of their own.
func (s *mxSheet) picture(id string, at Box, marks []draw.Mark) {
	image, err := svgOf(at.W, at.H, marks)
	s.err = cmp.Or(s.err, err)
	s.cells = append(s.cells, mxCell{ID: id, Style: mxStyle{"shape=image", "html=0", "imageAspect=0", "connectable=0"}.with("image", image).String(), Vertex: 1, Parent: "1", Geometry: at.geometry()})
}

// svgOf is a drawing as draw.io has pictures in a style, where a semicolon ends
// a value.
func svgOf(w, h float64, marks []draw.Mark) (string, error) {
	var b bytes.Buffer
	err := draw.SVG(&b, draw.Drawing{Width: w, Height: h, Transparent: true, Marks: marks})
	return "data:image/svg+xml," + base64.StdEncoding.EncodeToString(b.Bytes()), err
}

// card writes a system: a shape with its name, and what else stands on it as parts
// that move with it.
func (s *mxSheet) card(i int) {
	c, at, k := s.plan.cards[i], s.plan.Nodes[i], s.k
	n, f := c.node, at.Face
	id := "system:" + n.ID
	head, top := c.head(), cardPad-1.0
	left := cardPad + tile + tileGap + 0.0
	line := top + (head-nameLine*float64(len(c.name))-sortLine*float64(len(c.sort)+len(c.note)))/2
	style := append(mxStyle{"html=0", "whiteSpace=wrap", "align=left", "verticalAlign=top", "spacing=0", "fontFamily=Helvetica", "fontStyle=1"}, s.shape(n.outline())...).
		with("fillColor", f.Fill).with("strokeColor", f.Edge).length("strokeWidth", f.Width*k).with("fontColor", f.Ink).
		length("fontSize", sizeName*k).with("spacingLeft", math.Round(left*k)).with("spacingTop", math.Round(line*k)-above)
	if f.Dashed {
		style = append(style, "dashed=1")
	}
	s.cells = append(s.cells, mxObject{id: id, label: strings.Join(c.name, "\n"),
		data: data("id", n.ID, "name", n.Name, "kind", cmp.Or(string(n.Kind), "platform"), "records", strings.Join(n.Records, ", "),
			"note", n.Note, "hours_per_week", figure(n.Hours), "state", string(n.State)),
		cell: mxCell{Style: style.String(), Vertex: 1, Parent: "1", Geometry: at.geometry()}})
	s.picked(c, id, top+(head-tile)/2)
	s.texts(c, id, f, line, left)
}

// shape is the outline of a card.
func (s *mxSheet) shape(o outline) mxStyle {
	round := func(r float64) mxStyle {
		return mxStyle{"rounded=1", "absoluteArcSize=1"}.length("arcSize", 2*r*s.k)
	}
	switch o {
	case outside:
		return round(15)
	case sheet:
		return mxStyle{"shape=note", "darkOpacity=0.05"}.length("size", cardFold*s.k)
	case platform:
		return round(10)
	case inside:
	}
	return round(6)
}

// picked puts the icon on a card.
func (s *mxSheet) picked(c card, id string, top float64) {
	behind, glyph := c.icon(s.plan.theme.face(c.node), s.plan.theme)
	image, err := svgOf(tile, tile, []draw.Mark{draw.Shape{Path: draw.Rect(0, 0, tile, tile, 5), Fill: behind}, icon(c.node, 4, 4, tile-8, glyph)})
	s.err = cmp.Or(s.err, err)
	side := dioNumber(tile * s.k)
	s.cells = append(s.cells, mxCell{ID: id + ":icon", Style: mxStyle{"shape=image", "html=0", "part=1", "connectable=0", "movable=0"}.with("image", image).String(), Vertex: 1, Parent: id,
		Geometry: &mxGeometry{X: dioNumber(cardPad * s.k), Y: dioNumber(top * s.k), Width: side, Height: side, As: "geometry"}})
}

// texts puts what else a card says under its name.
func (s *mxSheet) texts(c card, id string, f Face, line, left float64) {
	k := s.k
	add := func(part string, lines []string, x, y, high, size float64, bold bool, colour draw.Colour) {
		if len(lines) > 0 {
			at := Box{X: x * k, Y: y*k - above, W: (c.size.W - x - 4) * k, H: high * float64(len(lines)) * k}
			s.cells = append(s.cells, mxText{at, lines, size * k, bold, colour, "left", true}.cell(id+":"+part, id))
		}
	}
	line += nameLine * float64(len(c.name))
	add("sort", c.sort, left, line, sortLine, sizeSort, false, f.Muted)
	add("note", c.note, left, line+sortLine*float64(len(c.sort)), sortLine, sizeDetail, true, f.Ink)
	var records []string
	for _, r := range c.records {
		records = append(records, "✓ "+r)
	}
	add("records", records, cardPad, cardPad-1+c.head()+7, recordLine, sizeRecord, false, s.plan.theme.ink)
	if c.kind == KindImpact {
		add("distance", []string{strconv.Itoa(c.node.Step)}, c.size.W-cardPad-ordinal, 4, sortLine, sizeSort, true, s.plan.theme.accent)
	}
}

// line writes a link: a curve by the points that bend it, attached to both cards
// where it leaves and reaches them, with its label where the layout put it.
func (s *mxSheet) line(i int) {
	l, at := s.plan.View.Links[i], s.plan.Lines[i]
	row := s.row(i)
	from, to := s.ends(l)
	bends := at.bends()
	start, end := at.Tail[0], at.Head[len(at.Head)-1]
	share, offset := along(append(append([]draw.Point{start}, bends...), end), at.Label.middle())
	style := append(mxStyle{"html=0", "curved=1", "rounded=0", "fontFamily=Helvetica", "endSize=8", "startSize=8"}, s.stroke(at.Stroke, l)...).
		length("fontSize", sizeDetail*s.k).with("fontColor", at.Label.Face.Ink).with("labelBackgroundColor", at.Label.Face.Fill)
	style = append(style, fixed("exit", start, from)...)
	style = append(style, fixed("entry", end, to)...)
	geometry := &mxGeometry{X: strconv.FormatFloat(share, 'f', 4, 64), Relative: 1, As: "geometry", Points: &mxArray{As: "points"}, Offset: mxPointAt(offset, "offset")}
	for _, b := range bends {
		geometry.Points.Points = append(geometry.Points.Points, *mxPointAt(b, ""))
	}
	s.cells = append(s.cells, mxObject{id: s.lineID(i), label: l.caption(s.plan.View.Numbered()),
		data: data("from", l.From, "to", l.To, "flows", strings.Join(l.Flows, ", "), "data", row.What, "how", row.How, "often", row.Often, "who", row.Who,
			"hours_per_week", figure(l.Hours), "cost_per_year", figure(math.Round(l.Cost*100)/100), "error_points", figure(float64(l.Errors)),
			"pattern", string(l.Pattern), "state", string(l.State), "number", strconv.Itoa(l.Number)),
		cell: mxCell{Style: style.String(), Edge: 1, Parent: "1", Source: "system:" + l.From, Target: "system:" + l.To, Geometry: geometry}})
}

// row is what the table says of a link.
func (s *mxSheet) row(i int) Row {
	if i < len(s.plan.View.Table.Rows) {
		return s.plan.View.Table.Rows[i]
	}
	return Row{}
}

// lineID names a link by its ends, and the second between the same ends by a
// number too.
func (s *mxSheet) lineID(i int) string {
	l := s.plan.View.Links[i]
	id := "link:" + l.From + ":" + l.To
	before := 0
	for _, x := range s.plan.View.Links[:i] {
		if x.From == l.From && x.To == l.To {
			before++
		}
	}
	if before > 0 {
		id += ":" + strconv.Itoa(before+1)
	}
	return id
}

// ends are the cards of a link.
func (s *mxSheet) ends(l Link) (from, to Box) {
	find := func(id string) Box {
		return s.plan.Nodes[slices.IndexFunc(s.plan.View.Nodes, func(n Node) bool { return n.ID == id })]
	}
	return find(l.From), find(l.To)
}

// stroke is the look of a line. draw.io has no double lines with a head: what is
// automated is paler and has an open head.
func (s *mxSheet) stroke(x Stroke, l Link) mxStyle {
	head := "block"
	switch {
	case x.Double:
		head = "open"
	case x.Hollow:
		head = "block;endFill=0;startFill=0"
	}
	style := mxStyle{}.with("endArrow", head).with("strokeColor", x.Colour).length("strokeWidth", x.Width*pixels)
	if l.TwoWay {
		style = append(style, "startArrow="+head)
	} else {
		style = append(style, "startArrow=none")
	}
	if x.Dash != nil {
		var lengths []string
		for _, d := range x.Dash {
			lengths = append(lengths, dioNumber(max(0.1, d*pixels)))
		}
		style = append(style, "dashed=1", "fixDash=1", "dashPattern="+strings.Join(lengths, " "))
	}
	return style
}

// others writes the card of what is folded.
func (s *mxSheet) others() {
	p := s.plan
	if !p.View.Others.Any() {
		return
	}
	f := p.Others.Face
	style := mxStyle{"html=0", "whiteSpace=wrap", "rounded=1", "absoluteArcSize=1", "dashed=1", "fontFamily=Helvetica"}.
		with("fillColor", f.Fill).with("strokeColor", f.Edge).with("fontColor", f.Ink).length("fontSize", sizeDetail*s.k)
	s.cells = append(s.cells, mxObject{id: "others", label: strings.Join(append([]string{p.View.Others.Title}, p.View.Others.Lines...), "\n"),
		data: data("folded_links", strconv.Itoa(p.View.Others.Links), "folded_systems", strconv.Itoa(p.View.Others.Systems), "hours_per_week", figure(p.View.Others.Hours)),
		cell: mxCell{Style: style.String(), Vertex: 1, Parent: "1", Geometry: p.Others.geometry()}})
}

// bends are the points that bend a line. One that turns at its label, since it
// comes from where it goes back to, is led through the label's middle.
func (l Line) bends() []draw.Point {
	const near = 1
	out, mid := controls(l.Tail), l.Label.middle()
	in, on := l.Tail[len(l.Tail)-1], l.Head[0]
	if (in.X-mid.X)*(on.X-mid.X)+(in.Y-mid.Y)*(on.Y-mid.Y) > 0 {
		out = append(out, draw.Point{X: mid.X, Y: mid.Y - near}, draw.Point{X: mid.X, Y: mid.Y + near})
	}
	return append(out, controls(l.Head)...)
}

// controls are the points that bend a way, without those that it passes: draw.io
// draws a curve through the middles between such points.
func controls(way []draw.Point) []draw.Point {
	var out []draw.Point
	for i, p := range way {
		if i%3 != 0 {
			out = append(out, p)
		}
	}
	return out
}

// along finds the place on a row of straight lines that is nearest to a point:
// from -1 at its start to 1 at its end, and how far the point is from there.
func along(line []draw.Point, to draw.Point) (share float64, offset draw.Point) {
	total, at, nearest := 0.0, 0.0, math.Inf(1)
	for i := range line[1:] {
		a, b := line[i], line[i+1]
		dx, dy := b.X-a.X, b.Y-a.Y
		length := math.Hypot(dx, dy)
		f := 0.0
		if length > 0 {
			f = min(1, max(0, ((to.X-a.X)*dx+(to.Y-a.Y)*dy)/(length*length)))
		}
		away := draw.Point{X: to.X - a.X - f*dx, Y: to.Y - a.Y - f*dy}
		if d := math.Hypot(away.X, away.Y); d < nearest {
			nearest, at, offset = d, total+f*length, away
		}
		total += length
	}
	return 2*at/max(total, 1e-9) - 1, offset
}

// fixed ties the end of a line to a place of a card, by shares of its size.
func fixed(end string, p draw.Point, b Box) mxStyle {
	share := func(x, from, size float64) string {
		return strconv.FormatFloat(min(1, max(0, (x-from)/size)), 'f', 4, 64)
	}
	return mxStyle{}.with(end+"X", share(p.X, b.X, b.W)).with(end+"Y", share(p.Y, b.Y, b.H)).with(end+"Dx", 0).with(end+"Dy", 0).with(end+"Perimeter", 0)
}

func mxPointAt(p draw.Point, as string) *mxPoint {
	return &mxPoint{X: dioNumber(p.X * pixels), Y: dioNumber(p.Y * pixels), As: as}
}
