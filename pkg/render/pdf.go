package render

import (
	"bytes"
	"image"
	"slices"
	"strconv"
	"strings"

	"github.com/flowmap-dev/flowmap/pkg/draw"
	"github.com/flowmap-dev/flowmap/pkg/report"
)

// Pages is the proposal as pages of A4 with contents, an outline and links, in the
// look of our own template; a firm's template is not used. As a PDF it lacks what
// a screen reader needs (tags): that has WritePaper's, printed by a browser.
func (p Proposal) Pages() (draw.Document, error) {
	s, err := p.setPages()
	if err != nil {
		return draw.Document{}, err
	}
	return s.doc, nil
}

// setPages sets the proposal until the contents, which name pages and take up
// some themselves, name those that it has: three times.
func (p Proposal) setPages() (*setter, error) {
	all, err := newPaper(p)
	if err != nil {
		return nil, err
	}
	var known []draw.Entry
	for {
		s := newSetter(all, known)
		s.set()
		if len(known) > 0 && slices.Equal(known, s.doc.Outline) || len(s.doc.Outline) == 0 {
			s.margins()
			return s, nil
		}
		known = s.doc.Outline
	}
}

// typeface is how a kind of text is set, in points.
type typeface struct {
	size, line    float64
	bold          bool
	colour        draw.Colour
	before, after float64
}

var (
	inkText = draw.RGB(0x000000)
	inkDark = draw.RGB(0x262626)
	inkSoft = draw.RGB(0x595959)

	faceSubtitle = typeface{size: 14, line: 20, colour: draw.RGB(0x404040), after: 4}
	faceHeading  = typeface{size: 12, line: 15, bold: true, colour: inkDark, before: 14, after: 5}
	faceCaption  = typeface{size: 8.5, line: 11, bold: true, colour: draw.RGB(0x404040), before: 9, after: 4}
	faceEntry    = typeface{size: 10, line: 13, colour: inkText, before: 3, after: 3}
	faceCell     = typeface{size: cellSize, line: 9.8, colour: inkText}
)

var paperFaces = map[paperStyle]typeface{
	paperBody:   {size: 10, line: 13.5, colour: inkText, after: 6},
	paperLead:   {size: 11, line: 15, colour: inkText, after: 8},
	paperNote:   {size: 8.5, line: 11, colour: inkSoft, before: 3, after: 9},
	paperBullet: {size: 10, line: 13.5, colour: inkText, after: 4},
}

// setter puts a paper on pages, from above to below.
type setter struct {
	paper *paper
	known []draw.Entry // the headings with their pages, as the contents show them; nil: not known yet
	doc   draw.Document
	size  page4
	y     float64 // where the next line begins
	title typeface
	cover typeface
}

func newSetter(p *paper, known []draw.Entry) *setter {
	return &setter{
		paper: p, known: known, size: a4,
		doc:   draw.Document{Title: p.title, Description: p.meta.Printed, Language: p.meta.Language},
		title: typeface{size: 17, line: 21, bold: true, colour: p.brand.dark, before: 20, after: 8},
		cover: typeface{size: 30, line: 36, bold: true, colour: p.brand.dark, after: 12},
	}
}

func (s *setter) set() {
	s.front()
	s.contents()
	for i, section := range s.paper.sections {
		s.section(i == 0, section)
	}
}

// pointsOf is the length of twentieths of one.
func pointsOf(n int) float64 { return float64(n) / 20 }

func (s *setter) left() float64   { return pointsOf(s.size.left) }
func (s *setter) width() float64  { return pointsOf(s.size.textWidth()) }
func (s *setter) top() float64    { return pointsOf(s.size.top) }
func (s *setter) bottom() float64 { return pointsOf(s.size.height - s.size.bottom) }

func (s *setter) page() *draw.Page { return &s.doc.Pages[len(s.doc.Pages)-1] }

func (s *setter) turnPage() {
	s.doc.Pages = append(s.doc.Pages, draw.Page{Drawing: draw.Drawing{Width: pointsOf(s.size.width), Height: pointsOf(s.size.height), Title: s.doc.Title, Language: s.doc.Language}})
	s.y = s.top()
}

// need turns the page unless there is room for a height.
func (s *setter) need(height float64) bool {
	if s.y+height <= s.bottom() {
		return false
	}
	s.turnPage()
	return true
}

func (s *setter) mark(m draw.Mark) { s.page().Marks = append(s.page().Marks, m) }

// text sets a text in lines of a width, over as many pages as it takes.
func (s *setter) text(f typeface, text string, x, width float64) {
	if s.y > s.top() {
		s.y += f.before
	}
	for _, l := range wrapped(text, f, width) {
		s.need(f.line)
		s.line(f, l, x, s.y, draw.Start)
		s.y += f.line
	}
	s.y += f.after
}

func (s *setter) line(f typeface, text string, x, y float64, a draw.Anchor) {
	s.mark(draw.Text{At: draw.Point{X: x, Y: y + (f.line+f.size*.72)/2}, String: text, Size: f.size, Bold: f.bold, Colour: f.colour, Anchor: a})
}

// inFont has letters of the same look for those that the font has not and that
// reports use themselves.
var inFont = strings.NewReplacer("◆", "♦")

// wrapped is a text in lines; its own line ends stay.
func wrapped(text string, f typeface, width float64) []string {
	const any = 1 << 20
	var out []string
	for _, part := range strings.Split(inFont.Replace(clean(text)), "\n") {
		lines := draw.Wrap(part, f.size, f.bold, width, any)
		if len(lines) == 0 {
			lines = []string{""}
		}
		out = append(out, lines...)
	}
	return out
}

func heightOf(text string, f typeface, width float64) float64 {
	return f.before + f.after + f.line*float64(len(wrapped(text, f, width)))
}

// front is the cover.
func (s *setter) front() {
	s.turnPage()
	if logo, ok := logoDots(s.paper.logo); ok {
		b := logo.Bounds()
		k := min(logoWidth/float64(b.Dx()), logoHeight/float64(b.Dy()))
		s.page().Images = []draw.Image{{At: draw.Point{X: s.left(), Y: s.top()}, Width: float64(b.Dx()) * k, Height: float64(b.Dy()) * k, Dots: logo}}
	}
	s.y = pointsOf(s.size.height) * .32
	s.text(s.cover, s.paper.title, s.left(), s.width())
	for _, line := range []string{s.paper.meta.Firm, s.paper.Date(s.paper.meta.Date)} {
		if line != "" {
			s.text(faceSubtitle, line, s.left(), s.width())
		}
	}
}

// mostDots bounds a logo that is to be unpacked.
const mostDots = 25_000_000

// logoDots unpacks a logo; false where there is none that can be.
func logoDots(logo []byte) (image.Image, bool) {
	c, _, err := image.DecodeConfig(bytes.NewReader(logo))
	if err != nil || c.Width <= 0 || c.Height <= 0 || c.Width > mostDots/c.Height {
		return nil, false
	}
	dots, _, err := image.Decode(bytes.NewReader(logo))
	return dots, err == nil
}

// contents lists the headings with their pages, as far as they are known.
func (s *setter) contents() {
	s.turnPage()
	s.text(s.title, s.paper.meta.Contents, s.left(), s.width())
	for _, e := range s.known {
		f, x := faceEntry, s.left()
		if e.Level > 0 {
			x += 14
			f.before, f.after, f.colour = 0, 2, inkSoft
		}
		number := strconv.Itoa(e.To.Page + 1)
		lines := wrapped(e.Title, f, s.left()+s.width()-x-30)
		s.y += f.before
		s.need(f.line * float64(len(lines)))
		link := draw.Link{At: draw.Point{X: x, Y: s.y}, Width: s.left() + s.width() - x, Height: f.line * float64(len(lines)), To: e.To}
		s.page().Links = append(s.page().Links, link)
		for i, l := range lines {
			s.line(f, l, x, s.y, draw.Start)
			if i == len(lines)-1 {
				s.line(f, number, s.left()+s.width(), s.y, draw.End)
			}
			s.y += f.line
		}
		s.y += f.after
	}
}

// section sets a section, on pages of its own where the paper turns.
func (s *setter) section(first bool, section paperSection) {
	size := s.paper.room(section)
	turned := size != s.size
	s.size = size
	if first || turned {
		s.turnPage()
	}
	s.need(s.opening(section))
	s.headed(s.title, section.title, 0)
	for _, item := range section.items {
		s.item(item)
	}
}

// opening is the room that a section's heading asks for, with what it must not
// be parted from.
func (s *setter) opening(section paperSection) float64 {
	if section.lies && section.pictured() {
		return s.bottom() - s.top() // a large picture stands on the page of its heading
	}
	return heightOf(section.title, s.title, s.width()) + 60
}

func (s *setter) headed(f typeface, text string, level int) {
	s.need(heightOf(text, f, s.width()) + 40)
	s.doc.Outline = append(s.doc.Outline, draw.Entry{Title: text, Level: level, To: draw.Spot{Page: len(s.doc.Pages) - 1, Y: max(s.y-4, 0)}})
	s.text(f, text, s.left(), s.width())
}

func (s *setter) item(item paperItem) {
	switch {
	case item.heading != "":
		s.headed(faceHeading, item.heading, 1)
	case item.grid != nil:
		s.grid(item)
	case item.picture != nil:
		s.picture(*item.picture, item.caption)
	case item.style == paperBullet:
		f := paperFaces[paperBullet]
		s.need(f.line)
		s.line(f, "•", s.left()+2, s.y, draw.Start)
		s.text(f, item.text, s.left()+14, s.width()-14)
	default:
		s.text(paperFaces[item.style], item.text, s.left(), min(s.width(), 520))
	}
}

// picture sets a drawing as large as the page has room for, at most twice its
// size, with its caption below.
func (s *setter) picture(p report.Picture, caption string) {
	below := heightOf(caption, faceCaption, s.width())
	room := s.bottom() - s.top() - below - 8
	k := min(s.width()/p.Drawing.Width, room/p.Drawing.Height, 2)
	// A picture goes where it was going to stand, if it is not made much smaller there.
	if here := (s.bottom() - s.y - below - 8) / p.Drawing.Height; here < k && here > .7*k {
		k = here
	}
	s.need(p.Drawing.Height*k + below + 8)
	s.y += 6
	at := draw.Point{X: s.left() + (s.width()-p.Drawing.Width*k)/2, Y: s.y}
	s.mark(draw.Group{Marks: draw.Place(p.Drawing.Marks, k, at)})
	s.y += p.Drawing.Height * k
	s.text(faceCaption, caption, s.left(), s.width())
}

// margins writes what stands above and below: not on the cover.
func (s *setter) margins() {
	small := typeface{size: 8, line: 10, colour: inkSoft}
	for i := 1; i < len(s.doc.Pages); i++ {
		page := &s.doc.Pages[i]
		left, right := pointsOf(a4.left), page.Width-pointsOf(a4.left)
		if page.Width > page.Height {
			lying := a4.landscape()
			left, right = pointsOf(lying.left), page.Width-pointsOf(lying.right)
		}
		add := func(text string, x, y float64, a draw.Anchor) {
			page.Marks = append(page.Marks, draw.Text{At: draw.Point{X: x, Y: y}, String: text, Size: small.size, Colour: small.colour, Anchor: a})
		}
		for _, l := range draw.Wrap(s.paper.title, small.size, false, right-left, 1) {
			add(l, left, 38, draw.Start)
		}
		page.Marks = append(page.Marks, ruled(left, right, 43, s.paper.brand.dark, .5))
		number := strings.Join([]string{s.paper.Text("proposal.page", nil), strconv.Itoa(i + 1), s.paper.Text("proposal.of", nil), strconv.Itoa(len(s.doc.Pages))}, " ")
		for _, l := range draw.Wrap(s.paper.meta.Printed, small.size, false, right-left-100, 1) {
			add(l, left, page.Height-30, draw.Start)
		}
		add(number, right, page.Height-30, draw.End)
	}
}

func ruled(left, right, y float64, c draw.Colour, width float64) draw.Shape {
	return draw.Shape{Path: draw.Path{}.MoveTo(left, y).LineTo(right, y), Stroke: draw.Stroke{Colour: c, Width: width}}
}
