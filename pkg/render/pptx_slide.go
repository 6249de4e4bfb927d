package render

import (
	"bytes"
	"fmt"
	"strconv"
	"strings"

	"github.com/flowmap-dev/flowmap/pkg/draw"
	"github.com/flowmap-dev/flowmap/pkg/render/opc"
	"github.com/flowmap-dev/flowmap/pkg/report"
)

// slideWriter writes one slide.
type slideWriter struct {
	*show
	part   string
	layout layout
	out    strings.Builder
	ids    int
}

// line is a paragraph of a slide.
type line struct {
	text   string
	head   bool // of the lines below it
	bullet bool
}

// spacing is how far the lines of a text stand apart, in its size.
const spacing = 1.2

func (w *slideWriter) id() string {
	w.ids++
	return strconv.Itoa(w.ids)
}

// slide writes a slide of blocks.
func (s *show) slide(of report.Slide) error {
	kind := s.t.plain
	texts := textsOf(of.Blocks)
	if len(texts) > 0 && s.t.text.body.there && onlyText(of.Blocks) {
		kind = s.t.text
	}
	w, err := s.begin(kind)
	if err != nil {
		return err
	}
	w.title(of.Title)
	room := s.t.room
	var tables []report.Table
	for _, b := range of.Blocks {
		switch b := b.(type) {
		case report.Figures:
			room = w.cards(room, b)
		case report.Chart:
			err = w.chart(room, b)
		case report.Picture:
			err = w.picture(room, b)
		case report.Table:
			tables = append(tables, b)
		case report.Paragraph, report.List:
		}
		if err != nil {
			return err
		}
	}
	switch {
	case len(tables) > 0 && len(texts) > 0:
		low := room
		low.high = w.heightOf(texts, 14, room.wide) + 10
		low.y = room.y + room.high - low.high
		room.high -= low.high + 8
		w.tables(room, tables)
		w.body(low, texts)
	case len(tables) > 0:
		w.tables(room, tables)
	case len(texts) > 0:
		w.body(room, texts)
	}
	w.edge()
	s.end(w)
	return nil
}

func onlyText(blocks []report.Block) bool {
	for _, b := range blocks {
		switch b.(type) {
		case report.Paragraph, report.List, report.Figures:
		default:
			return false
		}
	}
	return true
}

func textsOf(blocks []report.Block) []line {
	var all []line
	for _, b := range blocks {
		switch b := b.(type) {
		case report.Paragraph:
			all = append(all, line{text: b.Text, bullet: true})
		case report.List:
			if b.Title != "" {
				all = append(all, line{text: b.Title, head: true})
			}
			for _, item := range b.Items {
				all = append(all, line{text: item, bullet: true})
			}
		}
	}
	return all
}

func extent(b box) string {
	return fmt.Sprintf(`<a:off x="%d" y="%d"/><a:ext cx="%d" cy="%d"/>`, int(b.x*emu), int(b.y*emu), int(b.wide*emu), int(b.high*emu))
}

// text is a run; size 0 is that of its place.
func (w *slideWriter) text(s string, size float64, properties, inner string) string {
	if size > 0 {
		properties += ` sz="` + strconv.Itoa(int(size*100)) + `"`
	}
	var b strings.Builder
	for i, part := range strings.Split(clean(s), "\n") {
		if i > 0 {
			b.WriteString(`<a:br><a:rPr` + properties + `/></a:br>`)
		}
		b.WriteString(`<a:r><a:rPr lang="` + localeTag(w.Language()) + `"` + properties + ` dirty="0">` + inner + `</a:rPr><a:t>` + opc.Escape(part) + `</a:t></a:r>`)
	}
	return b.String()
}

// filler writes what stands in a placeholder of the layout.
func (w *slideWriter) filler(h holder, name, at, paragraphs string) {
	kind := ""
	if h.kind != "" {
		kind += ` type="` + opc.Escape(h.kind) + `"`
	}
	if h.index != "" {
		kind += ` idx="` + opc.Escape(h.index) + `"`
	}
	if at != "" {
		at = `<a:xfrm>` + at + `</a:xfrm>`
	}
	w.out.WriteString(`<p:sp><p:nvSpPr><p:cNvPr id="` + w.id() + `" name="` + name + `"/><p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr><p:nvPr><p:ph` + kind + `/></p:nvPr></p:nvSpPr><p:spPr>` + at +
		`</p:spPr><p:txBody><a:bodyPr><a:normAutofit/></a:bodyPr><a:lstStyle/>` + paragraphs + `</p:txBody></p:sp>`)
}

// textBox writes a text in a place of its own.
func (w *slideWriter) textBox(at box, name, paragraphs string) {
	w.out.WriteString(`<p:sp><p:nvSpPr><p:cNvPr id="` + w.id() + `" name="` + name + `"/><p:cNvSpPr txBox="1"/><p:nvPr/></p:nvSpPr><p:spPr><a:xfrm>` + extent(at) +
		`</a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:noFill/></p:spPr><p:txBody><a:bodyPr wrap="square" lIns="0" tIns="0" rIns="0" bIns="0"><a:noAutofit/></a:bodyPr><a:lstStyle/>` + paragraphs + `</p:txBody></p:sp>`)
}

// fitted is the size at which a text stays within a place, and the text cut
// where even the least size is too large.
func fitted(s string, at box, largest, least float64) (string, float64) {
	wide := max(at.wide-18, 20)
	for size := largest; ; size -= 2 {
		lines := max(int((at.high-7)/(size*spacing)), 1)
		set := draw.Wrap(s, size, true, wide*.97, lines+1)
		if len(set) <= lines {
			return s, size
		}
		if size-2 < least {
			return strings.Join(draw.Wrap(s, size, true, wide*.97, lines), " "), size
		}
	}
}

func (w *slideWriter) title(s string) {
	h := w.layout.title
	largest := h.size
	if largest == 0 {
		largest = 28
	}
	s, size := fitted(clean(s), h.at, largest, 14)
	if size == h.size {
		size = 0
	}
	w.filler(h, "Title", "", `<a:p>`+w.text(s, size, "", "")+`</a:p>`)
}

func (w *slideWriter) subtitle(s string) {
	h := w.layout.sub
	if !h.there {
		t := w.layout.title.at
		h.at = box{t.x, t.y + t.high + 6, t.wide, 60}
	}
	largest := h.size
	if largest == 0 {
		largest = 20
	}
	var size float64 = largest
	parts := strings.Split(clean(s), "\n")
	for i, part := range parts {
		share := h.at
		share.high /= float64(len(parts))
		parts[i], size = fitted(part, share, size, 10)
	}
	text := `<a:p>` + w.text(strings.Join(parts, "\n"), size, "", "") + `</a:p>`
	if h.there {
		w.filler(h, "Subtitle", "", text)
		return
	}
	w.textBox(h.at, "Subtitle", text)
}

// heightOf is how high lines of a size are in a width.
func (w *slideWriter) heightOf(lines []line, size, wide float64) float64 {
	high := 0.0
	for _, l := range lines {
		n := len(draw.Wrap(clean(l.text), size, l.head, (wide-size*1.4-16)*.96, 500))
		high += float64(max(n, 1))*size*spacing + size*.5
	}
	return high
}

// body writes lines in the place of the layout's text, at a size at which they
// fit; what does not fit even so is counted.
func (w *slideWriter) body(at box, lines []line) {
	const least = 11
	size := 20.0
	for size > least && w.heightOf(lines, size, at.wide) > at.high-8 {
		size--
	}
	left := 0
	if w.heightOf(lines, size, at.wide) > at.high-8 {
		for len(lines) > 1 && w.heightOf(append(lines[:len(lines):len(lines)], line{text: "–"}), size, at.wide) > at.high-8 {
			lines, left = lines[:len(lines)-1], left+1
		}
	}
	if left > 0 {
		lines = append(lines[:len(lines):len(lines)], line{text: w.Plural("slides.more", left, nil), bullet: true})
	}
	indent := int(size * 1.1 * emu)
	var b strings.Builder
	for _, l := range lines {
		properties, bold := fmt.Sprintf(` marL="%d" indent="-%d"`, indent, indent), ""
		mark := `<a:buFont typeface="Arial"/><a:buChar char="•"/>`
		if !l.bullet {
			properties, mark = ` marL="0" indent="0"`, `<a:buNone/>`
		}
		if l.head {
			bold = ` b="1"`
		}
		b.WriteString(`<a:p><a:pPr` + properties + `><a:lnSpc><a:spcPct val="100000"/></a:lnSpc><a:spcBef><a:spcPts val="` + strconv.Itoa(int(size*45)) + `"/></a:spcBef><a:spcAft><a:spcPts val="0"/></a:spcAft>` + mark + `</a:pPr>` + w.text(l.text, size, bold, "") + `</a:p>`)
	}
	if w.layout.body.there && w.layout.part == w.t.text.part {
		w.filler(w.layout.body, "Text", extent(at), b.String())
		return
	}
	w.textBox(at, "Text", b.String())
}

// cards writes figures side by side, and gives the room that is left below.
func (w *slideWriter) cards(room box, f report.Figures) box {
	const gap, value, label, note = 14.0, 24.0, 11.0, 10.0
	n := float64(len(f.Figures))
	wide := (room.wide - gap*(n-1)) / n
	high := 0.0
	var heads, notes [][]string
	tallest := 0
	for _, x := range f.Figures {
		heads = append(heads, draw.Wrap(clean(x.Label), label, true, wide*.95, 2))
		notes = append(notes, draw.Wrap(clean(x.Note), note, false, wide*.95, 4))
		tallest = max(tallest, len(heads[len(heads)-1]))
		high = max(high, float64(len(notes[len(notes)-1]))*note*spacing)
	}
	high += float64(tallest)*label*spacing + value*spacing + 14
	for i, x := range f.Figures {
		at := box{room.x + float64(i)*(wide+gap), room.y, wide, high}
		w.out.WriteString(`<p:sp><p:nvSpPr><p:cNvPr id="` + w.id() + `" name="Line"/><p:cNvSpPr/><p:nvPr/></p:nvSpPr><p:spPr><a:xfrm>` + extent(box{at.x, at.y, at.wide, 2.5}) +
			`</a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom>` + w.accent.fill + `<a:ln><a:noFill/></a:ln></p:spPr></p:sp>`)
		at.y, at.high = at.y+7, at.high-7
		shown := w.alone(x.Cell)
		size := value
		for size > 10 && draw.Width(shown, size, true) > wide*.97 {
			size--
		}
		head := strings.Join(heads[i], "\n") // broken here, so that the values below stand on one line
		for range tallest - len(heads[i]) {
			head += "\n"
		}
		w.textBox(at, "Figure", `<a:p>`+w.text(head, label, ` b="1"`, tx1)+`</a:p><a:p>`+w.text(shown, size, ` b="1"`, tx1)+`</a:p><a:p>`+w.text(strings.Join(notes[i], " "), note, "", tx1)+`</a:p>`)
	}
	room.y, room.high = room.y+high+10, room.high-high-10
	return room
}

// tx1 is the colour of text on the slide's ground.
const tx1 = `<a:solidFill><a:schemeClr val="tx1"/></a:solidFill>`

func (w *slideWriter) picture(room box, p report.Picture) error {
	png, err := p.PNG()
	if err != nil {
		return err
	}
	var svg bytes.Buffer
	if err := draw.SVG(&svg, p.Drawing); err != nil {
		return err
	}
	var ids [2]string
	for i, content := range [][]byte{png, svg.Bytes()} {
		part := w.pkg.Free("ppt/media/flowmap-image", []string{".png", ".svg"}[i])
		w.pkg.Set(part, content, "")
		if ids[i], err = w.pkg.Relate(w.part, "image", part); err != nil {
			return err
		}
	}
	k := min(room.wide/p.Drawing.Width, room.high/p.Drawing.Height)
	wide, high := p.Drawing.Width*k, p.Drawing.Height*k
	w.image(box{room.x + (room.wide-wide)/2, room.y + (room.high-high)/2, wide, high}, ids[0], ids[1], p.Title, p.Alt)
	return nil
}

// image writes a picture; lines is the relation of its SVG, if it has one.
func (w *slideWriter) image(at box, dots, lines, name, alt string) {
	if lines != "" {
		lines = `<a:extLst><a:ext uri="{96DAC541-7B7A-43D3-8B79-37D633B846F1}"><asvg:svgBlip xmlns:asvg="http://schemas.microsoft.com/office/drawing/2016/SVG/main" r:embed="` + lines + `"/></a:ext></a:extLst>`
	}
	w.out.WriteString(`<p:pic><p:nvPicPr><p:cNvPr id="` + w.id() + `" name="` + opc.Escape(clean(name)) + `" descr="` + opc.Escape(clean(alt)) + `"/><p:cNvPicPr><a:picLocks noChangeAspect="1"/></p:cNvPicPr><p:nvPr/></p:nvPicPr>` +
		`<p:blipFill><a:blip r:embed="` + dots + `">` + lines + `</a:blip><a:stretch><a:fillRect/></a:stretch></p:blipFill><p:spPr><a:xfrm>` + extent(at) + `</a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></p:spPr></p:pic>`)
}

// edge writes footer and number, where the layout has them.
func (w *slideWriter) edge() {
	if h := w.layout.foot; h.there {
		m := w.deck.Report.Meta
		text := m.Printed
		if m.Client != "" {
			text = m.Client + " · " + text
		}
		shown := draw.Wrap(clean(strings.ReplaceAll(text, "\n", " ")), max(h.size, 10), false, max(h.at.wide-15, 40)*.95, 1)
		paragraph, font := "", ""
		if w.deck.Template == nil { // LibreOffice takes neither from our master
			paragraph, font = `<a:pPr algn="l"/>`, `<a:latin typeface="+mn-lt"/>`
		}
		w.filler(h, "Footer", "", `<a:p>`+paragraph+w.text(strings.Join(shown, ""), 0, "", font)+`</a:p>`)
	}
	if h := w.layout.numbers; h.there {
		w.filler(h, "Slide number", "", `<a:p><a:fld id="{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}" type="slidenum"><a:rPr lang="`+localeTag(w.Language())+`"/><a:t>`+strconv.Itoa(len(w.slides))+`</a:t></a:fld></a:p>`)
	}
}
