package draw

import (
	"bytes"
	"fmt"
	"image"
	imagedraw "image/draw"
	"image/png"
	"io"

	"codeberg.org/go-fonts/liberation/liberationsansbold"
	"codeberg.org/go-fonts/liberation/liberationsansregular"
	"codeberg.org/go-pdf/fpdf"
)

// Document is drawings as the pages of one file.
type Document struct {
	Title       string
	Description string
	Language    string // of its texts, as "es"; may be empty
	Pages       []Page
	Outline     []Entry // what a reader's own list of contents shows, in order
}

// Page is a drawing with what only a file of pages has.
type Page struct {
	Drawing
	Images []Image
	Links  []Link
}

// Image is a picture of dots on a page, above its drawing.
type Image struct {
	At            Point // the corner at the top left
	Width, Height float64
	Dots          image.Image
}

// Link is a rectangle on a page that leads to a place on a page.
type Link struct {
	At            Point // the corner at the top left
	Width, Height float64
	To            Spot
}

// Spot is a height on a page, which is counted from 0.
type Spot struct {
	Page int
	Y    float64
}

// Entry is a heading in the outline.
type Entry struct {
	Title string
	Level int // 0 is the highest; an entry lies within the last one above it
	To    Spot
}

// WritePDF writes the pages in lines and curves, as PDF does with one: without
// dates, and equal documents give equal bytes. A document without pages, and a
// link or an entry that leads to none, is an error.
func (d Document) WritePDF(w io.Writer) error {
	if err := d.check(); err != nil {
		return err
	}
	p := printed{Fpdf: fpdf.NewCustom(&fpdf.InitType{UnitStr: "pt", Size: d.Pages[0].size()})}
	p.SetCatalogSort(true)
	p.SetTitle(Clean(d.Title), true)
	p.SetSubject(line(d.Description), true)
	p.SetLang(word(d.Language))
	p.SetProducer("flowmap", false)
	p.AddUTF8FontFromBytes(pdfFont, "", liberationsansregular.TTF)
	p.AddUTF8FontFromBytes(pdfFont, "B", liberationsansbold.TTF)
	p.SetMargins(0, 0, 0)
	p.SetAutoPageBreak(false, 0)
	entries := d.Outline
	for i, page := range d.Pages {
		p.AddPageFormat("P", page.size())
		if err := p.page(page, i); err != nil {
			return err
		}
		for len(entries) > 0 && entries[0].To.Page == i {
			p.SetFont(pdfFont, "", 10) // the outline has the letters of the font that is set
			p.Bookmark(line(entries[0].Title), entries[0].Level, entries[0].To.Y)
			entries = entries[1:]
		}
	}
	var b bytes.Buffer
	if err := p.Output(&b); err != nil {
		return fmt.Errorf("document %q: %w", d.Title, err)
	}
	_, err := w.Write(undated(b.Bytes()))
	return err
}

// Missing lists the texts of all pages that the embedded fonts have not all
// letters for, as the function Missing does for one drawing.
func (d Document) Missing() []string {
	var all Drawing
	for _, p := range d.Pages {
		all.Marks = append(all.Marks, p.Marks...)
	}
	return Missing(all)
}

func (p Page) size() fpdf.SizeType { return fpdf.SizeType{Wd: p.Width, Ht: p.Height} }

// check finds what cannot be written.
func (d Document) check() error {
	if len(d.Pages) == 0 {
		return fmt.Errorf("document %q has no pages", d.Title)
	}
	var places []Spot
	for _, p := range d.Pages {
		if err := check(p.Drawing); err != nil {
			return err
		}
		for _, l := range p.Links {
			places = append(places, l.To)
		}
	}
	last := Spot{}
	for _, e := range d.Outline {
		if e.To.Page < last.Page {
			return fmt.Errorf("document %q: the outline's %q stands on an earlier page than the entry before it", d.Title, e.Title)
		}
		places, last = append(places, e.To), e.To
	}
	for _, to := range places {
		if to.Page < 0 || to.Page >= len(d.Pages) {
			return fmt.Errorf("document %q leads to page %d of %d", d.Title, to.Page, len(d.Pages))
		}
	}
	return nil
}

// page writes one page: the drawing, the pictures upon it, the links.
func (p printed) page(page Page, number int) error {
	if c, ok := page.ground(); ok {
		p.shape(Shape{Path: Rect(0, 0, page.Width, page.Height, 0), Fill: c})
	}
	if err := p.marks(page.Marks); err != nil {
		return err
	}
	for i, m := range page.Images {
		name := fmt.Sprintf("image-%d-%d", number, i)
		if err := p.image(name, m); err != nil {
			return err
		}
	}
	for _, l := range page.Links {
		id := p.AddLink()
		p.SetLink(id, l.To.Y, l.To.Page+1)
		p.Link(l.At.X, l.At.Y, l.Width, l.Height, id)
	}
	return nil
}

// image writes a picture in the one kind of PNG that fpdf reads in every case:
// eight bits a colour, not interlaced.
func (p printed) image(name string, m Image) error {
	dots := image.NewNRGBA(image.Rect(0, 0, m.Dots.Bounds().Dx(), m.Dots.Bounds().Dy()))
	imagedraw.Draw(dots, dots.Bounds(), m.Dots, m.Dots.Bounds().Min, imagedraw.Src)
	var b bytes.Buffer
	if err := png.Encode(&b, dots); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	options := fpdf.ImageOptions{ImageType: "PNG"}
	p.RegisterImageOptionsReader(name, options, &b)
	p.ImageOptions(name, m.At.X, m.At.Y, m.Width, m.Height, false, options, 0, "")
	if err := p.Error(); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	return nil
}
