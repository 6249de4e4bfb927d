package diagram

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/flowmap-dev/flowmap/pkg/draw"
)

// What Mermaid draws at most, wherever a diagram is shown that does not say
// otherwise itself. https://mermaid.js.org/config/schema-docs/config.html
const (
	mermaidLinks   = 500
	mermaidLetters = 50_000
)

// Mermaid writes the view as a flowchart of Mermaid, which GitHub, GitLab,
// Notion and others draw from the text. It is an error if there is more than
// they draw.
func Mermaid(w io.Writer, v View) error {
	if err := v.check(); err != nil {
		return err
	}
	t := Look{}.theme(v)
	title, err := json.Marshal(draw.Clean(v.heading()))
	if err != nil {
		return err
	}
	var b bytes.Buffer
	fmt.Fprintf(&b, "---\ntitle: %s\n---\nflowchart LR\n", title)
	for _, n := range v.Nodes {
		open, end := n.mermaid()
		f := t.face(n)
		fmt.Fprintf(&b, "  %s%s%s%s\n", n.word(), open, mermaidText(n.caption(v.Kind)), end)
		fmt.Fprintf(&b, "  style %s fill:%s,stroke:%s,color:%s\n", n.word(), f.Fill, f.Edge, f.Ink)
	}
	words := v.nodeWords()
	for i, l := range v.Links {
		s := t.stroke(l)
		fmt.Fprintf(&b, "  %s %s|%s| %s\n", words[l.From], s.mermaid(l.TwoWay), mermaidText(l.caption(false)), words[l.To])
		fmt.Fprintf(&b, "  linkStyle %d stroke:%s,stroke-width:%.1fpx\n", i, s.Colour, s.Width)
	}
	if v.Others.Any() {
		fmt.Fprintf(&b, "  others[[%s]]\n", mermaidText(strings.Join(append([]string{v.Others.Title}, v.Others.Lines...), "\n")))
	}
	if n := utf8.RuneCount(b.Bytes()); len(v.Links) > mermaidLinks || n > mermaidLetters {
		return fmt.Errorf("the map has %d links in %d characters, and Mermaid draws at most %d in %d: show fewer links, as with --top %d",
			len(v.Links), n, mermaidLinks, mermaidLetters, min(mermaidLinks, len(v.Links)*mermaidLetters*3/(n*4)))
	}
	_, err = w.Write(b.Bytes())
	return err
}

// mermaid is how a node's shape begins and ends.
func (n Node) mermaid() (open, end string) {
	switch n.outline() {
	case outside:
		return "([", "])"
	case sheet:
		return "[/", "/]"
	case platform:
		return "{{", "}}"
	case inside:
	}
	return "[", "]"
}

// mermaid is the arrow of a line.
func (s Stroke) mermaid(twoWay bool) string {
	arrow := "==>"
	switch {
	case s.Dash != nil:
		arrow = "-.->"
	case s.Double:
		arrow = "-->"
	}
	if twoWay {
		return "<" + arrow
	}
	return arrow
}

// mermaidText writes s as a quoted text of Mermaid that shows s and nothing
// else: what is no letter could be HTML, Markdown or the end of the text, and is
// written by its number.
func mermaidText(s string) string {
	var b strings.Builder
	for i, r := range draw.Clean(s) {
		switch {
		case r == '\n':
			b.WriteString("<br/>")
		case r >= utf8.RuneSelf || plain(r) && (i > 0 || r != '-' && r != '.'):
			b.WriteRune(r)
		default:
			fmt.Fprintf(&b, "#%d;", r)
		}
	}
	return `"` + b.String() + `"`
}

// plain tells whether a character of ASCII means nothing to any of the languages
// of diagrams.
func plain(r rune) bool {
	return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || strings.ContainsRune(" ,.-", r)
}

// word names a node where a language of diagrams wants letters, digits and
// underscores, and no word of its own: no two nodes have the same.
func (n Node) word() string {
	id, start := n.ID, "s_"
	if rest, ok := strings.CutPrefix(id, platformID); ok {
		id, start = rest, "p_"
	}
	return start + strings.ReplaceAll(id, "-", "_")
}

// nodeWords are the words of all nodes by their ids.
func (v View) nodeWords() map[string]string {
	out := make(map[string]string, len(v.Nodes))
	for _, n := range v.Nodes {
		out[n.ID] = n.word()
	}
	return out
}

// dashed tells how long a line's dashes are in the languages that have one number
// for it; 0: it is unbroken.
func (s Stroke) dashed() int {
	switch {
	case s.Dash == nil:
		return 0
	case s.Round || s.Dash[0] < 2:
		return 2
	}
	return 5
}
