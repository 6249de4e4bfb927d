package render

import (
	"strconv"

	"github.com/flowmap-dev/flowmap/pkg/render/opc"
)

// page4 is the room on a page, in twentieths of a point.
type page4 struct {
	width, height int // of the paper
	left, right   int // margins
	top, bottom   int
}

// textWidth and textHeight are the room within the margins.
func (p page4) textWidth() int  { return max(p.width-p.left-p.right, 2000) }
func (p page4) textHeight() int { return max(p.height-p.top-p.bottom, 2000) }

// landscape is the page turned. One that lies already stays.
func (p page4) landscape() page4 {
	if p.width >= p.height {
		return p
	}
	p.width, p.height = p.height, p.width
	p.left, p.right, p.top, p.bottom = p.top, p.bottom, p.left, p.right
	return p
}

// pageOf reads the page of a section; A4 with margins of 2 cm where it says
// nothing.
func pageOf(section *opc.Node) page4 {
	p := page4{11906, 16838, 1134, 1134, 1134, 1134}
	read := func(to *int, from *opc.Node, name string) {
		if x, err := strconv.Atoi(from.Attr(name)); err == nil {
			*to = max(x, -x)
		}
	}
	size, margin := section.Child("w:pgSz"), section.Child("w:pgMar")
	read(&p.width, size, "w:w")
	read(&p.height, size, "w:h")
	read(&p.left, margin, "w:left")
	read(&p.right, margin, "w:right")
	read(&p.top, margin, "w:top")
	read(&p.bottom, margin, "w:bottom")
	return p
}

// turn lays the page of a section on its side. Its margins go with it, but not
// those of header and footer, which stay above and below.
func turn(section *opc.Node) {
	p := pageOf(section)
	size, margin := section.Child("w:pgSz"), section.Child("w:pgMar")
	if size == nil {
		size = opc.Element("w:pgSz")
		section.Children = append(section.Children, size)
	}
	if p.width >= p.height {
		return
	}
	l := p.landscape()
	size.SetAttr("w:w", strconv.Itoa(l.width))
	size.SetAttr("w:h", strconv.Itoa(l.height))
	size.SetAttr("w:orient", "landscape")
	if margin != nil {
		margin.SetAttr("w:left", strconv.Itoa(min(l.left, p.left)))
		margin.SetAttr("w:right", strconv.Itoa(min(l.right, p.right)))
	}
}

// sectionAfter is the section that a node of the body lies in: the next one
// that ends. A body that has none gets one.
func sectionAfter(body, n *opc.Node) *opc.Node {
	seen := false
	var found *opc.Node
	body.Walk(func(c *opc.Node) bool {
		seen = seen || c == n
		if seen && found == nil && c.Name == "w:sectPr" {
			found = c
		}
		return found == nil
	})
	if found == nil {
		found = opc.Element("w:sectPr")
		found.Children = []*opc.Node{opc.Element("w:pgSz", "w:w", "11906", "w:h", "16838"), opc.Element("w:pgMar", "w:top", "1134",
			"w:right", "1134", "w:bottom", "1134", "w:left", "1134", "w:header", "567", "w:footer", "567", "w:gutter", "0")}
		body.Children = append(body.Children, found)
	}
	return found
}

// endsThere tells whether nothing stands before a section's end.
func endsThere(rest []*opc.Node, section *opc.Node) bool {
	for _, n := range rest {
		switch n.Name {
		case "", "w:bookmarkStart", "w:bookmarkEnd":
		default:
			return n == section
		}
	}
	return false
}

// breakTo ends the section that what is written next would lie in, if that is
// to stand on pages of another kind.
func (w *wordWriter) breakTo(landscape bool) {
	if w.landscape == landscape {
		return
	}
	w.landscape = landscape
	if w.page.width >= w.page.height {
		return // the template's own pages lie already
	}
	w.closeSection(!landscape)
}

func (w *wordWriter) closeSection(landscape bool) {
	s := w.govern.Clone()
	s.Drop("w:type")
	if landscape {
		turn(s)
	}
	w.out.WriteString(`<w:p><w:pPr><w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>` + s.String() + `</w:pPr></w:p>`)
	// What follows is no first page, and its numbers go on.
	w.govern.Drop("w:titlePg", "w:type")
	if n := w.govern.Child("w:pgNumType"); n != nil {
		kept := n.Attrs[:0:0]
		for _, a := range n.Attrs {
			if a.Name != "w:start" {
				kept = append(kept, a)
			}
		}
		n.Attrs = kept
	}
}

// end goes back to the template's own pages. Where the section ends there, it
// is turned itself: a break would leave an empty page.
func (w *wordWriter) end(last bool) {
	if w.landscape && last {
		turn(w.govern)
		return
	}
	w.breakTo(false)
}

// room is the page that is being written on.
func (w *wordWriter) room() page4 {
	if w.landscape {
		l := w.page.landscape()
		l.left, l.right = min(l.left, w.page.left), min(l.right, w.page.right)
		return l
	}
	return w.page
}
