package render

import (
	"bytes"
	"image"
	_ "image/gif"  // a logo may be any of
	_ "image/jpeg" // these three
	_ "image/png"

	"github.com/flowmap-dev/flowmap/pkg/lang"
	"github.com/flowmap-dev/flowmap/pkg/render/opc"
)

// The room for a logo, in points: 6 by 2.5 cm.
const (
	logoWidth  = 170.0
	logoHeight = 71.0
)

// LogoFits tells whether a picture can stand as a logo: PNG, JPEG or GIF.
func LogoFits(logo []byte) bool {
	width, height, _ := logoSize(logo)
	return width > 0 && height > 0
}

// logoSize is how large a picture is, in dots, and its format; no width: it is
// none that can be shown.
func logoSize(logo []byte) (width, height float64, format string) {
	c, format, err := image.DecodeConfig(bytes.NewReader(logo))
	if err != nil || c.Width == 0 || c.Height == 0 {
		return 0, 0, ""
	}
	return float64(c.Width), float64(c.Height), format
}

// logo is the picture in place of {{logo}}; nil if there is none.
func (d *document) logo() (*opc.Node, error) {
	width, height, format := logoSize(d.p.Logo)
	if width == 0 {
		return nil, nil
	}
	relation, err := d.media("logo", d.p.Logo, "."+format)
	if err != nil {
		return nil, err
	}
	d.pkg.SetDefault(format, "image/"+format)
	k := min(logoWidth/width, logoHeight/height)
	name := d.Text("proposal.logo", lang.Args{"Name": d.report.Meta.Firm})
	return &opc.Node{Raw: d.inline(shape{relation: relation, name: "logo", alt: name, width: width * k, height: height * k})}, nil
}
