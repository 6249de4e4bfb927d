package diagram

import (
	"bytes"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/flowmap-dev/flowmap/pkg/draw"
)

// PlantUML writes the view as a component diagram of PlantUML, in UTF-8, which
// PlantUML has to be told (-charset UTF-8). https://plantuml.com/component-diagram
func PlantUML(w io.Writer, v View) error {
	if err := v.check(); err != nil {
		return err
	}
	t := Look{}.theme(v)
	var b bytes.Buffer
	fmt.Fprintf(&b, "@startuml\nleft to right direction\ntitle %s\n", plantText(v.heading()))
	for _, n := range v.Nodes {
		f := t.face(n)
		shape, dash := n.plant()
		fmt.Fprintf(&b, "%s \"%s\" as %s %s;line:%s;text:%s%s\n", shape, plantText(n.caption(v.Kind)), n.word(),
			f.Fill, hexDigits(f.Edge), hexDigits(f.Ink), dash)
	}
	words := v.nodeWords()
	for _, l := range v.Links {
		head := "-->"
		if l.TwoWay {
			head = "<-->"
		}
		fmt.Fprintf(&b, "%s %s %s : %s\n", words[l.From], t.stroke(l).plant(head), words[l.To], plantText(l.caption(false)))
	}
	if v.Others.Any() {
		fmt.Fprintf(&b, "collections \"%s\" as others\n", plantText(strings.Join(append([]string{v.Others.Title}, v.Others.Lines...), "\n")))
	}
	b.WriteString("@enduml\n")
	_, err := w.Write(b.Bytes())
	return err
}

// plant is a node's shape and what its colour is followed by.
func (n Node) plant() (shape, dash string) {
	switch n.outline() {
	case outside:
		return "rectangle", ";line.dashed"
	case sheet:
		return "file", ""
	case platform:
		return "hexagon", ""
	case inside:
	}
	return "rectangle", ""
}

// plant is an arrow with the look of a stroke.
func (s Stroke) plant(arrow string) string {
	look := fmt.Sprintf("[%s,thickness=%.0f]", s.Colour, max(1, s.Width))
	switch s.dashed() {
	case 0:
	case 2:
		look = strings.Replace(look, "]", ",dotted]", 1)
	default:
		look = strings.Replace(look, "]", ",dashed]", 1)
	}
	at := strings.Index(arrow, "-") + 1
	return arrow[:at] + look + arrow[at:]
}

// hexDigits is a colour without the mark before it.
func hexDigits(c draw.Colour) string { return strings.TrimPrefix(c.String(), "#") }

// plantText writes s as a text of PlantUML that shows s and nothing else: what is
// no letter could be markup, a call or the end of the text, and is written by its
// number.
func plantText(s string) string {
	var b strings.Builder
	// The SVG that PlantUML writes is broken where a text has this as it is.
	s = strings.ReplaceAll(draw.Clean(s), "]]>", "]]\u200b>")
	for _, r := range s {
		switch {
		case r == '\n':
			b.WriteString(`\n`)
		case r >= utf8.RuneSelf || plain(r) && r != '-':
			b.WriteRune(r)
		default:
			fmt.Fprintf(&b, "<U+%04X>", r)
		}
	}
	return b.String()
}
