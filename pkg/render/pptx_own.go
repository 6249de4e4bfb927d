package render

import (
	"bytes"
	"fmt"
	"io"
	"io/fs"
	"strings"

	"github.com/flowmap-dev/flowmap/pkg/lang"
	"github.com/flowmap-dev/flowmap/pkg/render/opc"
	"github.com/flowmap-dev/flowmap/pkg/report"
	"github.com/flowmap-dev/flowmap/templates"
)

// StarterSlides writes a template for slides to begin with: what they look like
// without one, and a slide that explains it, which never gets into a
// presentation.
func StarterSlides(w io.Writer, language string) error {
	p, err := lang.New(language)
	if err != nil {
		return err
	}
	pkg, err := blankSlides(brandOf(""))
	if err != nil {
		return err
	}
	var blank bytes.Buffer
	if err := pkg.Write(&blank); err != nil {
		return err
	}
	t, err := ReadSlideTemplate(blank.Bytes())
	if err != nil {
		return err
	}
	title := p.Text("slides.starter.title", nil)
	s := &show{figures: figures{Printer: p}, deck: Deck{Report: report.Report{Meta: report.Meta{Title: title, Language: language}}}, t: t, pkg: pkg, accent: t.accentFor("")}
	slide, err := s.begin(t.text)
	if err != nil {
		return err
	}
	slide.title(title)
	slide.body(t.room, []line{{text: p.Text("slides.starter", nil)}})
	s.end(slide)
	if err := s.finish(); err != nil {
		return err
	}
	return pkg.Write(w)
}

// ownSlides is the template of slides that have no other, in the colour of a
// brand.
func ownSlides(accent string) (*SlideTemplate, error) {
	pkg, err := blankSlides(brandOf(accent))
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	if err := pkg.Write(&b); err != nil {
		return nil, err
	}
	return ReadSlideTemplate(b.Bytes())
}

// blankSlides is a presentation of our own master and layouts, without slides.
func blankSlides(colours brand) (*opc.Package, error) {
	const main, master, kinds = "ppt/presentation.xml", "ppt/slideMasters/slideMaster1.xml", "application/vnd.openxmlformats-officedocument."
	pkg := opc.New()
	list := ""
	for i := 1; i <= 3; i++ {
		part := fmt.Sprintf("ppt/slideLayouts/slideLayout%d.xml", i)
		text, err := fs.ReadFile(templates.FS(), fmt.Sprintf("pptx/layout%d.xml", i))
		if err != nil {
			return nil, err
		}
		pkg.Set(part, text, kinds+"presentationml.slideLayout+xml")
		id, err := pkg.Relate(master, "slideLayout", part)
		if err != nil {
			return nil, err
		}
		if _, err := pkg.Relate(part, "slideMaster", master); err != nil {
			return nil, err
		}
		list += fmt.Sprintf(`<p:sldLayoutId id="%d" r:id="%s"/>`, 2147483648+i, id)
	}
	for _, file := range [][3]string{{"pptx/master.xml", master, "presentationml.slideMaster+xml"}, {"pptx/theme.xml", "ppt/theme/theme1.xml", "theme+xml"}} {
		text, err := fs.ReadFile(templates.FS(), file[0])
		if err != nil {
			return nil, err
		}
		filled := strings.NewReplacer("LAYOUTS", list, "BRAND", strings.ToUpper(hex(colours.dark)), "TINT", strings.ToUpper(hex(colours.tint))).Replace(string(text))
		pkg.Set(file[1], []byte(filled), kinds+file[2])
	}
	id, err := pkg.Relate(main, "slideMaster", master)
	for _, r := range [][3]string{{master, "theme", "ppt/theme/theme1.xml"}, {"", "officeDocument", main}} {
		if err == nil {
			_, err = pkg.Relate(r[0], r[1], r[2])
		}
	}
	pkg.Set(main, []byte(xmlHead+`<p:presentation `+drawingSpaces+` saveSubsetFonts="1"><p:sldMasterIdLst><p:sldMasterId id="2147483648" r:id="`+id+
		`"/></p:sldMasterIdLst><p:sldSz cx="12192000" cy="6858000"/><p:notesSz cx="6858000" cy="9144000"/></p:presentation>`), presentationType)
	return pkg, err
}
