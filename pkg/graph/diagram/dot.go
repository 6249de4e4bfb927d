package diagram

import (
	"bytes"
	"fmt"
	"io"
	"strings"

	"github.com/flowmap-dev/flowmap/pkg/draw"
)

// DOT writes the view in the language of Graphviz, for those who want to go on
// with it in their own tools. A label is a node of its own between two systems:
// Graphviz leaves out links with labels, without a word, in some graphs that
// have rings.
func DOT(w io.Writer, v View) error {
	if err := v.check(); err != nil {
		return err
	}
	var b bytes.Buffer
	t := Look{}.theme(v)
	fmt.Fprintf(&b, "digraph %s {\n", quote(v.heading()))
	fmt.Fprintf(&b, "  graph [rankdir=LR, label=%s, labelloc=t, fontname=\"Helvetica\", fontsize=18];\n",
		quote(strings.Join(stated(v.heading(), v.Date), "\n")))
	fmt.Fprintf(&b, "  node [shape=box, style=\"rounded,filled\", fillcolor=\"#ffffff\", color=%s, fontname=\"Helvetica\", fontsize=11];\n", quote(t.border.String()))
	b.WriteString("  edge [fontname=\"Helvetica\", fontsize=9];\n")
	for _, n := range v.Nodes {
		b.WriteString("  " + quote(n.ID) + " [label=" + quote(n.caption(v.Kind)) + ", tooltip=" + quote(n.Title) + n.look(t) + "];\n")
	}
	for i, l := range v.Links {
		// No id of a system has a space.
		label := quote(fmt.Sprintf("link %d", i+1))
		fmt.Fprintf(&b, "  %s [shape=plain, style=\"\", fontsize=9, class=\"edge\", label=%s, tooltip=%s];\n", label, quote(l.caption(v.Numbered())), quote(l.Title))
		look := t.stroke(l).dot()
		back := "none"
		if l.TwoWay {
			back = "back"
		}
		fmt.Fprintf(&b, "  %s -> %s [dir=%s, %s];\n  %s -> %s [%s];\n", quote(l.From), label, back, look, label, quote(l.To), look)
	}
	if v.Others.Any() {
		fmt.Fprintf(&b, "  others [shape=box, style=\"rounded,dashed\", class=\"others\", label=%s];\n", quote(strings.Join(append([]string{v.Others.Title}, v.Others.Lines...), "\n")))
	}
	b.WriteString("}\n")
	_, err := w.Write(b.Bytes())
	return err
}

// dot is a stroke as Graphviz has it.
func (s Stroke) dot() string {
	c := s.Colour.String()
	switch {
	case s.Double:
		return "penwidth=1, color=" + quote(c+":#ffffff:"+c)
	case s.Round:
		return fmt.Sprintf("penwidth=%.1f, color=%s, style=dotted", s.Width, quote(c))
	case s.Dash != nil:
		return fmt.Sprintf("penwidth=%.1f, color=%s, style=dashed", s.Width, quote(c))
	}
	return fmt.Sprintf("penwidth=%.1f, color=%s", s.Width, quote(c))
}

// caption is what stands on a system.
func (n Node) caption(of Kind) string {
	c := newCard(n, of)
	lines := append(append(append([]string(nil), c.name...), c.sort...), c.note...)
	for _, r := range c.records {
		lines = append(lines, "✓ "+r)
	}
	return strings.Join(lines, "\n")
}

func (n Node) look(t theme) string {
	f := t.face(n)
	style, shape := "rounded,filled", ""
	switch n.outline() {
	case outside:
		style = "rounded,dashed,filled"
	case sheet:
		style, shape = "filled", ", shape=note"
	case inside, platform:
	}
	if f.Fill == t.card && style == "rounded,filled" && f.Edge == t.border {
		return ""
	}
	return fmt.Sprintf("%s, style=%s, fillcolor=%s, color=%s, fontcolor=%s", shape, quote(style), quote(f.Fill.String()), quote(f.Edge.String()), quote(f.Ink.String()))
}

// caption is what stands on a link.
func (l Link) caption(number bool) string {
	c := newLabel(l, number)
	detail := strings.Join(stated(c.often, c.amount), dot)
	if c.errors != "" {
		detail += " ▲" + c.errors
	}
	return strings.Join(append(append([]string(nil), c.what...), stated(detail)...), "\n")
}

// quote writes s as a quoted string of DOT that shows s and nothing else: in a
// label \N would become the node's name, and &amp; would be read as XML.
func quote(s string) string {
	return `"` + quotes.Replace(draw.Clean(s)) + `"`
}

var quotes = strings.NewReplacer(`\`, `\\`, `"`, `\"`, "&", "&amp;", "\n", `\n`)
