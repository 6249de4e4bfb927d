package diagram

import (
	"github.com/flowmap-dev/flowmap/pkg/audit"
	"github.com/flowmap-dev/flowmap/pkg/draw"
)

// legible is the least contrast at which WCAG 2.2 calls a text readable.
const legible = 4.5

// Faint returns FM020 where text in the brand's colour on white, or white on it,
// is hard to read; none where the brand has no colour.
func Faint(w audit.Workspace) []audit.Finding {
	c, err := draw.Hex(w.Brand.Primary)
	if err != nil {
		return nil
	}
	contrast := draw.Contrast(c, draw.RGB(0xffffff))
	if contrast >= legible {
		return nil
	}
	return []audit.Finding{{ID: "FM020", Kind: "brand-contrast", Severity: audit.SeverityInfo, Places: []audit.Place{w.Brand.Place},
		Args: []audit.Arg{
			{Name: "colour", Kind: audit.ArgText, Text: c.String()},
			{Name: "contrast", Kind: audit.ArgNumber, Number: contrast},
			{Name: "instead", Kind: audit.ArgText, Text: c.Readable().String()}}}}
}
