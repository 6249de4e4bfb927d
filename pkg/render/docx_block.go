package render

import (
	"bytes"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/flowmap-dev/flowmap/pkg/draw"
	"github.com/flowmap-dev/flowmap/pkg/render/opc"
	"github.com/flowmap-dev/flowmap/pkg/report"
)

// wordWriter writes what one placeholder stands for.
type wordWriter struct {
	*document
	govern    *opc.Node // the properties of the section that the placeholder lies in
	landscape bool
	out       bytes.Buffer
}

// run is a text in a paragraph, with properties; its line ends are kept.
func run(text, properties string) string {
	if properties != "" {
		properties = "<w:rPr>" + properties + "</w:rPr>"
	}
	var b strings.Builder
	for i, line := range strings.Split(clean(text), "\n") {
		b.WriteString("<w:r>" + properties)
		if i > 0 {
			b.WriteString("<w:br/>")
		}
		b.WriteString(`<w:t xml:space="preserve">` + opc.Escape(line) + `</w:t></w:r>`)
	}
	return b.String()
}

func (w *wordWriter) paragraph(style wordStyle, properties, content string) {
	properties = w.styles.use(style) + properties
	if properties != "" {
		properties = "<w:pPr>" + properties + "</w:pPr>"
	}
	w.out.WriteString("<w:p>" + properties + content + "</w:p>")
}

// section writes a section: on pages that lie where one of its tables or
// pictures would be cramped on those that stand.
func (w *wordWriter) section(s report.Section, headed bool) error {
	cramped, before := w.figures.cramped(s, w.page), w.landscape
	w.breakTo(cramped)
	if headed {
		properties := ""
		if cramped && before && slices.ContainsFunc(s.Blocks, isPicture) {
			properties = "<w:pageBreakBefore/>" // a large picture stands on the page of its heading
		}
		w.headed(styleHeading1, properties, w.document.heading(1, s.Title))
	}
	for _, b := range s.Blocks {
		if err := w.block(b); err != nil {
			return fmt.Errorf("section %s: %w", s.ID, err)
		}
	}
	return nil
}

func isPicture(b report.Block) bool {
	_, ok := b.(report.Picture)
	return ok
}

func (w *wordWriter) headed(style wordStyle, properties string, h heading) {
	id := strconv.Itoa(w.id())
	w.paragraph(style, properties, `<w:bookmarkStart w:id="`+id+`" w:name="`+h.bookmark+`"/>`+run(h.text, "")+`<w:bookmarkEnd w:id="`+id+`"/>`)
}

func (w *wordWriter) block(b report.Block) error {
	switch b := b.(type) {
	case report.Paragraph:
		switch {
		case b.Style.Workbook():
		case b.Style == report.Lead:
			w.paragraph(styleLead, "", run(b.Text, ""))
		case b.Style == report.Note:
			w.paragraph(styleNote, "", run(b.Text, ""))
		default:
			w.paragraph(styleBody, "", run(b.Text, ""))
		}
	case report.List:
		if b.Title != "" {
			w.headed(styleHeading2, "", w.document.heading(2, b.Title))
		}
		for _, item := range b.Items {
			if err := w.item(item); err != nil {
				return err
			}
		}
	case report.Figures:
		w.figuresTable(b)
	case report.Table:
		w.table(b)
	case report.Chart:
		if err := w.bars(b); err != nil {
			return err
		}
		w.table(b.Table)
	case report.Picture:
		return w.picture(b)
	}
	return nil
}

func (w *wordWriter) item(text string) error {
	properties := ""
	if !w.styles.bulleted() {
		number, err := w.bullets()
		if err != nil {
			return err
		}
		properties = `<w:numPr><w:ilvl w:val="0"/><w:numId w:val="` + strconv.Itoa(number) + `"/></w:numPr>`
	}
	w.paragraph(styleBullet, properties, run(text, ""))
	return nil
}

// caption names a table or a picture, and counts it with a field.
func (w *wordWriter) caption(kind, title string, keep bool) {
	word := w.Text("proposal."+kind, nil)
	w.counted[kind]++
	properties := ""
	if keep {
		properties = "<w:keepNext/>"
	}
	text := ""
	if title != "" {
		text = ". " + title
	}
	w.paragraph(styleCaption, properties, run(word+" ", "")+
		`<w:fldSimple w:instr=" SEQ `+word+` \* ARABIC ">`+run(strconv.Itoa(w.counted[kind]), "")+`</w:fldSimple>`+run(text, ""))
}

// picture writes a drawing as it fits the page, with its caption below.
func (w *wordWriter) picture(p report.Picture) error {
	page := w.room()
	// A line for the caption and the section's heading, and the sentences above.
	k := min(float64(page.textWidth())/20/p.Drawing.Width, float64(page.textHeight()-3200)/20/p.Drawing.Height)
	drawing, err := w.drawing(p, min(k, 2))
	if err != nil {
		return err
	}
	w.paragraph(stylePicture, "", "<w:r>"+drawing+"</w:r>")
	w.caption("figure", p.Title, false)
	return nil
}

// drawing adds a picture's parts and gives what shows it: the lines, and for
// programs that know no SVG the dots.
func (d *document) drawing(p report.Picture, k float64) (string, error) {
	var svg bytes.Buffer
	if err := draw.SVG(&svg, p.Drawing); err != nil {
		return "", err
	}
	png, err := p.PNG()
	if err != nil {
		return "", err
	}
	dots, err := d.media("image", png, ".png")
	if err != nil {
		return "", err
	}
	lines, err := d.media("image", svg.Bytes(), ".svg")
	if err != nil {
		return "", err
	}
	extension := `<a:extLst><a:ext uri="{96DAC541-7B7A-43D3-8B79-37D633B846F1}"><asvg:svgBlip xmlns:asvg="http://schemas.microsoft.com/office/drawing/2016/SVG/main" r:embed="` + lines + `"/></a:ext></a:extLst>`
	return d.inline(shape{dots, p.Title, p.Alt, p.Drawing.Width * k, p.Drawing.Height * k, extension}), nil
}

// media adds a picture beside the text and gives the id of its relation.
func (d *document) media(name string, content []byte, ending string) (string, error) {
	part := d.pkg.Free("word/media/flowmap-"+name, ending)
	d.pkg.Set(part, content, "")
	return d.pkg.Relate(d.part, "image", part)
}

// shape is a picture as it stands in a line.
type shape struct {
	relation, name, alt string
	width, height       float64 // points
	extension           string
}

func (d *document) inline(s shape) string {
	const emu = 12700 // units of a point
	cx, cy := strconv.Itoa(int(s.width*emu)), strconv.Itoa(int(s.height*emu))
	id := strconv.Itoa(d.id())
	attributes := `id="` + id + `" name="` + opc.Escape(clean(s.name)) + `" descr="` + opc.Escape(clean(s.alt)) + `"`
	return `<w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" distT="0" distB="0" distL="0" distR="0">` +
		`<wp:extent cx="` + cx + `" cy="` + cy + `"/><wp:docPr ` + attributes + `/>` +
		`<a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture">` +
		`<pic:pic xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:nvPicPr><pic:cNvPr ` + attributes + `/><pic:cNvPicPr/></pic:nvPicPr>` +
		`<pic:blipFill><a:blip xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" r:embed="` + s.relation + `">` + s.extension + `</a:blip><a:stretch><a:fillRect/></a:stretch></pic:blipFill>` +
		`<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="` + cx + `" cy="` + cy + `"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic>` +
		`</a:graphicData></a:graphic></wp:inline></w:drawing>`
}
