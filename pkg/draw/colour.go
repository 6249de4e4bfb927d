package draw

import (
	"fmt"
	"math"
	"strconv"
	"strings"
)

// Colour is an opaque colour; the zero Colour is none at all.
type Colour struct {
	R, G, B uint8
	Ink     bool // false: nothing is drawn
}

// RGB is the colour of a number such as 0x0f766e.
func RGB(n uint32) Colour {
	return Colour{uint8(n >> 16), uint8(n >> 8), uint8(n), true}
}

// Hex reads a colour such as "#0f766e".
func Hex(s string) (Colour, error) {
	digits, found := strings.CutPrefix(s, "#")
	n, err := strconv.ParseUint(digits, 16, 24)
	if err != nil || !found || len(digits) != 6 {
		return Colour{}, fmt.Errorf("colour is %q, want one such as #0f766e", s)
	}
	return RGB(uint32(n)), nil
}

// String writes the colour as SVG does.
func (c Colour) String() string {
	if !c.Ink {
		return "none"
	}
	return fmt.Sprintf("#%02x%02x%02x", c.R, c.G, c.B)
}

// Mix is the colour with a share of other in it, 0 to 1.
func (c Colour) Mix(other Colour, share float64) Colour {
	mix := func(a, b uint8) uint8 {
		return uint8(math.Round(float64(a)*(1-share) + float64(b)*share))
	}
	return Colour{mix(c.R, other.R), mix(c.G, other.G), mix(c.B, other.B), true}
}

// Contrast is the contrast of two colours, from 1 (none) to 21 (black on
// white), by WCAG 2.2, which asks for 4.5 where text is to be read.
// https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio
func Contrast(a, b Colour) float64 {
	la, lb := luminance(a), luminance(b)
	return (max(la, lb) + 0.05) / (min(la, lb) + 0.05)
}

// Readable is the colour, or, where text in it would be hard to read on white,
// the lightest of its darker shades, in steps of a twentieth, that is not.
func (c Colour) Readable() Colour {
	for dark := 0.0; dark < 1; dark += 0.05 {
		if shade := c.Mix(RGB(0), dark); Contrast(shade, RGB(0xffffff)) >= 4.5 {
			return shade
		}
	}
	return RGB(0)
}

// luminance is a colour's relative luminance by WCAG 2.2, 0 to 1.
func luminance(c Colour) float64 {
	linear := func(v uint8) float64 {
		x := float64(v) / 255
		if x <= 0.04045 {
			return x / 12.92
		}
		return math.Pow((x+0.055)/1.055, 2.4)
	}
	return 0.2126*linear(c.R) + 0.7152*linear(c.G) + 0.0722*linear(c.B)
}
