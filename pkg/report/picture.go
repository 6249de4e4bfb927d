package report

import "github.com/flowmap-dev/flowmap/pkg/draw"

// Picture is a drawing.
type Picture struct {
	ID      string // also its file's name, where it needs one
	Title   string
	Alt     string // what it shows, for those who cannot see it
	Drawing draw.Drawing

	dots *draw.Raster
}

// PictureDPI is how many dots per inch of its own size a picture has where a
// format cannot show lines.
const PictureDPI = 200

// NewPicture is a drawing as a picture of a report, whose dots are drawn once
// for all formats.
func NewPicture(id string, d draw.Drawing) Picture {
	return Picture{ID: id, Title: d.Title, Alt: d.Description, Drawing: d, dots: draw.NewRaster(d, PictureDPI)}
}

// PNG is the picture with PictureDPI. Several goroutines may ask for it.
func (p Picture) PNG() ([]byte, error) {
	if p.dots == nil {
		return draw.NewRaster(p.Drawing, PictureDPI).PNG()
	}
	return p.dots.PNG()
}
