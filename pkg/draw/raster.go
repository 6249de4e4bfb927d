package draw

import (
	"bytes"
	"sync"
)

// Raster is a drawing that becomes a PNG when somebody first asks for it, and
// only once.
type Raster struct {
	drawing Drawing
	dpi     float64

	once sync.Once
	png  []byte
	err  error
}

// NewRaster is d with dpi dots per inch, see PNG.
func NewRaster(d Drawing, dpi float64) *Raster { return &Raster{drawing: d, dpi: dpi} }

// PNG is the drawing as the function PNG writes it. Several goroutines may ask
// for it; nobody may change what it gives.
func (r *Raster) PNG() ([]byte, error) {
	r.once.Do(func() {
		var b bytes.Buffer
		r.err = PNG(&b, r.drawing, r.dpi)
		r.png = b.Bytes()
	})
	return r.png, r.err
}
