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
	c, _, err := image.DecodeConfig(bytes.NewReader(logo))
	return err == nil && c.Width > 0 && c.Height > 0
}

// logo is the picture in place of {{logo}}; nil if there is none.
func (d *document) logo() (*opc.Node, error) {
	c, format, err := image.DecodeConfig(bytes.NewReader(d.p.Logo))
	if err != nil || c.Width == 0 || c.Height == 0 {
		return nil, nil
	}
	relation, err := d.media("logo", d.p.Logo, "."+format)
	if err != nil {
		return nil, err
	}
	d.pkg.SetDefault(format, "image/"+format)
	width, height := float64(c.Width), float64(c.Height)
	k := min(logoWidth/width, logoHeight/height)
	name := d.Text("proposal.logo", lang.Args{"Name": d.report.Meta.Firm})
	return &opc.Node{Raw: d.inline(shape{relation: relation, name: "logo", alt: name, width: width * k, height: height * k})}, nil
}
