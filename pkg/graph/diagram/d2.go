package diagram

import (
	"bytes"
	"fmt"
	"io"
	"strings"

	"github.com/flowmap-dev/flowmap/pkg/draw"
)

// D2 writes the view in the language of D2. https://d2lang.com
func D2(w io.Writer, v View) error {
	if err := v.check(); err != nil {
		return err
	}
	t := Look{}.theme(v)
	var b bytes.Buffer
	fmt.Fprintf(&b, "direction: right\ntitle: %s {shape: text; near: top-center; style.font-size: 28}\n", d2Text(v.heading()))
	for _, n := range v.Nodes {
		f := t.face(n)
		fmt.Fprintf(&b, "%s: %s {%s; style.fill: %q; style.stroke: %q; style.font-color: %q}\n", n.word(), d2Text(n.caption(v.Kind)), n.d2(), f.Fill, f.Edge, f.Ink)
	}
	words := v.nodeWords()
	for _, l := range v.Links {
		s := t.stroke(l)
		arrow := "->"
		if l.TwoWay {
			arrow = "<->"
		}
		fmt.Fprintf(&b, "%s %s %s: %s {style.stroke: %q; style.stroke-width: %.0f; style.stroke-dash: %d}\n",
			words[l.From], arrow, words[l.To], d2Text(l.caption(false)), s.Colour, s.Width, s.dashed())
	}
	if v.Others.Any() {
		fmt.Fprintf(&b, "others: %s {style.multiple: true}\n", d2Text(strings.Join(append([]string{v.Others.Title}, v.Others.Lines...), "\n")))
	}
	_, err := w.Write(b.Bytes())
	return err
}

// d2 is a node's shape.
func (n Node) d2() string {
	switch n.outline() {
	case outside:
		return "shape: oval; style.stroke-dash: 3"
	case sheet:
		return "shape: page"
	case platform:
		return "shape: hexagon"
	case inside:
	}
	return "shape: rectangle; style.border-radius: 6"
}

// d2Text writes s as a quoted text of D2 that shows s and nothing else: ${x} would
// be what x stands for.
func d2Text(s string) string {
	return `"` + d2Quotes.Replace(draw.Clean(s)) + `"`
}

var d2Quotes = strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", `\n`, "$", `\$`)
