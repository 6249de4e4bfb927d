package diagram

import (
	"github.com/flowmap-dev/flowmap/pkg/audit"
	"github.com/flowmap-dev/flowmap/pkg/draw"
)

// The sizes of texts in a map, in points before it is fitted into its page.
const (
	sizeName   = 10.2
	sizeSort   = 8.2
	sizeRecord = 8.6
	sizeWhat   = 8.8
	sizeDetail = 8.4
	sizeLeast  = sizeSort
)

// theme is what colours a map has. Lines differ in darkness and dash, and not
// in hue alone, so that they can be told apart printed in grey and by those who
// do not see all colours.
type theme struct {
	accent, tint               draw.Colour // the record's marks and figures
	ink, muted, border, ground draw.Colour
	manual, file, automated    draw.Colour
	errors                     draw.Colour
}

// light is the theme on white, with an accent that is made dark enough to read.
func light(accent draw.Colour) theme {
	if !accent.Ink {
		accent = draw.RGB(0x0f766e)
	}
	accent = accent.Readable()
	return theme{
		accent: accent, tint: accent.Mix(draw.RGB(0xffffff), 0.9),
		ink: draw.RGB(0x0f1c2e), muted: draw.RGB(0x51607a), border: draw.RGB(0xb4c0d0), ground: draw.RGB(0xf4f6f9),
		manual: draw.RGB(0x24395c), file: draw.RGB(0x5b84b1), automated: draw.RGB(0x93a5ba),
		errors: draw.RGB(0xb42318),
	}
}

func (t theme) line(h audit.How) draw.Colour {
	switch h {
	case audit.Manual:
		return t.manual
	case audit.File:
		return t.file
	case audit.Automated:
	}
	return t.automated
}

// stroke draws a link's line: a manual one is dark and unbroken, a file's is
// dashed, an automated one is two thin lines.
func (t theme) stroke(p draw.Path, how audit.How, width float64) []draw.Mark {
	line := draw.Shape{Path: p, Stroke: draw.Stroke{Colour: t.line(how), Width: width}}
	switch how {
	case audit.Manual:
		return []draw.Mark{line}
	case audit.File:
		line.Stroke.Dash = []float64{4 + 1.2*width, 2.5 + 0.6*width}
		return []draw.Mark{line}
	case audit.Automated:
	}
	inner := line
	inner.Stroke.Colour, inner.Stroke.Width = draw.RGB(0xffffff), width*0.4
	return []draw.Mark{line, inner}
}

// The widths of lines, in points.
const (
	thinnest  = 1.3
	thickest  = 7.0
	automated = 2.8
)

// width is how wide a link's line is: in proportion to its hours, of which most
// is the most that any has.
func width(l Link, most float64) float64 {
	if l.How == audit.Automated {
		return automated
	}
	if most <= 0 {
		return thinnest
	}
	return thinnest + (thickest-thinnest)*l.Hours/most
}

// mostHours is the most that any link has.
func mostHours(links []Link) float64 {
	most := 0.0
	for _, l := range links {
		most = max(most, l.Hours)
	}
	return most
}
