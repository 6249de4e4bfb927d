package render

import (
	"strings"

	"github.com/flowmap-dev/flowmap/pkg/draw"
)

// plainAccent stands where a brand has no colour that can be used.
const plainAccent = "#1f5f8b"

// brand is the accent of a report in shades that can be read.
type brand struct {
	dark  draw.Colour // on white, and white on it, at 4.5 or more
	light draw.Colour // on the dark ground of a page at night
	tint  draw.Colour // a ground for black text
}

func brandOf(accent string) brand {
	c, err := draw.Hex(accent)
	if err != nil {
		c, _ = draw.Hex(plainAccent) // our own, and tested
	}
	b := brand{dark: c.Readable(), tint: c.Mix(draw.RGB(0xffffff), .9)}
	night := draw.RGB(0x14181b)
	for b.light = c; draw.Contrast(b.light, night) < 6; {
		b.light = b.light.Mix(draw.RGB(0xffffff), .1)
	}
	return b
}

// css declares the shades as the style sheet knows them.
func (b brand) css() string {
	return ":root{--brand:" + b.dark.String() + ";--brand-light:" + b.light.String() + ";--on-brand:#fff}\n"
}

// hex writes a colour as a workbook does.
func hex(c draw.Colour) string { return strings.TrimPrefix(c.String(), "#") }
