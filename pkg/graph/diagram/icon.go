package diagram

import (
	"strconv"
	"strings"

	"github.com/flowmap-dev/flowmap/pkg/audit"
	"github.com/flowmap-dev/flowmap/pkg/draw"
)

// iconSize is the side of the square that icons are drawn in.
const iconSize = 16

// icons has lines for each kind of system, in a square of 16: M and L with a
// point, Z, C as in SVG, and O with a circle's centre and radius.
var icons = map[audit.Kind]string{
	audit.ERP:         "M 8 2 L 14 5 L 8 8 L 2 5 Z M 2 8 L 8 11 L 14 8 M 2 11 L 8 14 L 14 11",
	audit.CRM:         "O 6 5 2.6 M 1.5 14 C 1.5 10.6 3.5 9.3 6 9.3 C 8.5 9.3 10.5 10.6 10.5 14 M 10.6 2.6 C 13 2.9 13.1 6.9 10.8 7.4 M 12 9.5 C 13.8 10.1 14.5 11.6 14.5 14",
	audit.Ecommerce:   "M 1 2 L 3 2 L 5 10.5 L 12.5 10.5 L 14.5 4.5 L 3.6 4.5 O 6 13.4 1 O 11.5 13.4 1",
	audit.Marketplace: "M 2.5 7 L 2.5 14 L 13.5 14 L 13.5 7 M 1.5 6.5 L 3 2 L 13 2 L 14.5 6.5 Z M 6.3 14 L 6.3 10 L 9.7 10 L 9.7 14",
	audit.POS:         "M 3 1.5 L 13 1.5 L 13 14.5 L 11.3 13 L 9.7 14.5 L 8 13 L 6.3 14.5 L 4.7 13 L 3 14.5 Z M 5.5 5 L 10.5 5 M 5.5 8 L 10.5 8",
	audit.Accounting:  "M 3 1.5 L 13 1.5 L 13 14.5 L 3 14.5 Z M 5.5 4 L 10.5 4 L 10.5 6.4 L 5.5 6.4 Z M 5.4 9.3 L 6.4 9.3 M 9.6 9.3 L 10.6 9.3 M 5.4 11.9 L 6.4 11.9 M 9.6 11.9 L 10.6 11.9",
	audit.WMS:         "M 8 1.5 L 14 4.6 L 14 11.4 L 8 14.5 L 2 11.4 L 2 4.6 Z M 2 4.6 L 8 7.7 L 14 4.6 M 8 7.7 L 8 14.5",
	audit.Shipping:    "M 1 3.5 L 9.5 3.5 L 9.5 11.5 L 1 11.5 Z M 9.5 6 L 12.4 6 L 15 8.6 L 15 11.5 L 9.5 11.5 O 4 12.6 1.5 O 12 12.6 1.5",
	audit.Payment:     "M 1.5 3.5 L 14.5 3.5 L 14.5 12.5 L 1.5 12.5 Z M 1.5 6.5 L 14.5 6.5 M 4 10 L 7 10",
	audit.Bank:        "M 8 1.5 L 14.5 5.5 L 1.5 5.5 Z M 3 8 L 3 11.5 M 6.3 8 L 6.3 11.5 M 9.7 8 L 9.7 11.5 M 13 8 L 13 11.5 M 1.5 14 L 14.5 14",
	audit.HR:          "O 8 4.5 2.9 M 2.5 14.5 C 2.5 11 5 9.4 8 9.4 C 11 9.4 13.5 11 13.5 14.5",
	audit.Payroll:     "M 1.5 4 L 14.5 4 L 14.5 12 L 1.5 12 Z O 8 8 2 M 4 8 L 4.2 8 M 11.8 8 L 12 8",
	audit.Production:  "M 1.5 14.5 L 1.5 6 L 6 9 L 6 6 L 10.5 9 L 10.5 2 L 14.5 2 L 14.5 14.5 Z",
	audit.Project:     "M 2 2 L 14 2 L 14 14 L 2 14 Z M 5.2 5 L 5.2 11 M 8 5 L 8 8 M 10.8 5 L 10.8 9.5",
	audit.Helpdesk:    "M 2 2.5 L 14 2.5 L 14 11 L 8 11 L 4.5 14 L 4.5 11 L 2 11 Z M 5 5.5 L 11 5.5 M 5 8 L 9 8",
	audit.BI:          "M 2 14.5 L 14 14.5 M 4 12 L 4 9 M 8 12 L 8 5 M 12 12 L 12 2",
	audit.Spreadsheet: "M 2 2 L 14 2 L 14 14 L 2 14 Z M 2 6 L 14 6 M 2 10 L 14 10 M 6.5 2 L 6.5 14",
	audit.Email:       "M 1.5 3.5 L 14.5 3.5 L 14.5 12.5 L 1.5 12.5 Z M 1.5 4 L 8 9 L 14.5 4",
	audit.Paper:       "M 3.5 1.5 L 9.5 1.5 L 12.5 4.5 L 12.5 14.5 L 3.5 14.5 Z M 9.5 1.5 L 9.5 4.5 L 12.5 4.5 M 5.7 8 L 10.3 8 M 5.7 11 L 10.3 11",
	audit.Phone:       "M 4.5 1.5 L 11.5 1.5 L 11.5 14.5 L 4.5 14.5 Z M 7.2 12.3 L 8.8 12.3",
	audit.External:    "O 8 8 6.3 M 1.7 8 L 14.3 8 M 8 1.7 C 11.3 5.2 11.3 10.8 8 14.3 M 8 1.7 C 4.7 5.2 4.7 10.8 8 14.3",
	audit.Other:       "M 2 2.5 L 14 2.5 L 14 13.5 L 2 13.5 Z M 2 6 L 14 6 M 4 4.3 L 4.2 4.3",
}

// steps is how many numbers follow each letter of an icon.
var steps = map[string]int{"M": 2, "L": 2, "O": 3, "C": 6, "Z": 0}

// hub is the icon of a platform: what it joins, and itself in the middle.
const hub = "O 8 8 2.4 M 8 5.6 L 8 3.4 M 8 10.4 L 8 12.6 M 5.6 8 L 3.4 8 M 10.4 8 L 12.6 8 O 8 2.2 1.2 O 8 13.8 1.2 O 2.2 8 1.2 O 13.8 8 1.2"

// icon is the drawing of a node's kind with its upper left corner at x and y.
func icon(n Node, x, y, side float64, c draw.Colour) draw.Shape {
	var p draw.Path
	lines, ok := icons[n.Kind]
	switch {
	case n.Platform:
		lines = hub
	case !ok:
		lines = icons[audit.Other]
	}
	words := strings.Fields(lines)
	for len(words) > 0 {
		n := steps[words[0]]
		a := numbers(words[1 : 1+n])
		switch words[0] {
		case "M":
			p = p.MoveTo(a[0], a[1])
		case "L":
			p = p.LineTo(a[0], a[1])
		case "C":
			p = p.CurveTo(draw.Point{X: a[0], Y: a[1]}, draw.Point{X: a[2], Y: a[3]}, draw.Point{X: a[4], Y: a[5]})
		case "O":
			p = append(p, draw.Circle(a[0], a[1], a[2])...)
		case "Z":
			p = p.Close()
		}
		words = words[1+n:]
	}
	return draw.Shape{
		Path:   p.Transform(side/iconSize, draw.Point{X: x, Y: y}),
		Stroke: draw.Stroke{Colour: c, Width: 1.25 * side / iconSize, Round: true},
	}
}

func numbers(words []string) []float64 {
	out := make([]float64, len(words))
	for i, w := range words {
		// The icons are ours, and a test reads each.
		out[i], _ = strconv.ParseFloat(w, 64)
	}
	return out
}
