package render

import (
	"fmt"
	"strings"

	"github.com/flowmap-dev/flowmap/pkg/render/opc"
	"github.com/flowmap-dev/flowmap/pkg/report"
)

// paragraph is a paragraph of a part, with the pieces of its text, which Word
// spreads over as many runs as it likes.
type paragraph struct {
	node   *opc.Node
	number int  // from 1, in the order of the part
	body   bool // stands in the text itself: in no table, text box, header or footer
	pieces []piece
}

// piece is a text with the run that it stands in.
type piece struct{ run, text *opc.Node }

// text is what a reader sees.
func (p paragraph) text() string {
	var b strings.Builder
	for _, piece := range p.pieces {
		b.WriteString(plainText(piece.text))
	}
	return b.String()
}

func plainText(n *opc.Node) string {
	var b strings.Builder
	for _, c := range n.Children {
		b.WriteString(c.Text)
	}
	return b.String()
}

// paragraphsOf lists the paragraphs of a part, those within text boxes behind
// the one that holds the box.
func paragraphsOf(root *opc.Node) []paragraph {
	var all []paragraph
	var within func(n *opc.Node, body bool)
	within = func(n *opc.Node, body bool) {
		for _, c := range n.Children {
			if c.Name != "w:p" {
				straight := c.Name == "w:body" || body && (c.Name == "w:sdt" || c.Name == "w:sdtContent")
				within(c, straight)
				continue
			}
			p := paragraph{node: c, number: len(all) + 1, body: body}
			p.collect(c)
			all = append(all, p)
			within(c, false)
		}
	}
	within(root, false)
	return all
}

// collect gathers the pieces of text outside of paragraphs within.
func (p *paragraph) collect(n *opc.Node) {
	for _, c := range n.Children {
		switch c.Name {
		case "w:p", "w:pPr":
		case "w:t":
			p.pieces = append(p.pieces, piece{n, c})
		default:
			p.collect(c)
		}
	}
}

// fillWords replaces the placeholders within lines.
func (d *document) fillWords(root *opc.Node) error {
	for _, p := range paragraphsOf(root) {
		written := p.text()
		all := braces.FindAllStringIndex(written, -1)
		// From the last to the first, so that places before stay where they are.
		for i := len(all) - 1; i >= 0; i-- {
			h := placeholderOf(written[all[i][0]:all[i][1]])
			var drawing *opc.Node
			if h.key == "logo" {
				var err error
				if drawing, err = d.logo(); err != nil {
					return err
				}
			}
			p.replace(all[i][0], all[i][1], clean(d.value(h.key, h.value)), drawing)
		}
		if len(all) > 0 && p.body && d.emptied(p) {
			p.node.Raw = " "
		}
	}
	return nil
}

// emptied tells whether nothing is left of a paragraph that held placeholders,
// nor does it end a section.
func (d *document) emptied(p paragraph) bool {
	if strings.TrimSpace(p.text()) != "" || p.node.Child("w:pPr").Child("w:sectPr") != nil {
		return false
	}
	empty := true
	p.node.Walk(func(n *opc.Node) bool {
		switch n.Name {
		case "w:drawing", "w:pict", "w:br", "w:object", "w:fldChar":
			empty = false
		}
		return empty
	})
	return empty
}

// replace puts a text, or a drawing, in place of the bytes from start to end of
// the paragraph's text, in the run in which they begin.
func (p paragraph) replace(start, end int, by string, drawing *opc.Node) {
	at := 0
	for _, piece := range p.pieces {
		text := plainText(piece.text)
		from, to := max(start-at, 0), min(end-at, len(text))
		begins := start >= at && start < at+len(text)
		at += len(text)
		if from >= to {
			continue
		}
		if !begins {
			setText(piece.text, text[:from]+text[to:])
			continue
		}
		if drawing == nil {
			setText(piece.text, text[:from]+by+text[to:])
			continue
		}
		setText(piece.text, text[:from])
		after := opc.Element("w:t")
		setText(after, text[to:])
		insertBehind(piece.run, piece.text, drawing, after)
	}
}

func setText(n *opc.Node, s string) {
	n.Children = []*opc.Node{{Text: s}}
	n.SetAttr("xml:space", "preserve")
}

func insertBehind(parent, child *opc.Node, nodes ...*opc.Node) {
	var all []*opc.Node
	for _, c := range parent.Children {
		all = append(all, c)
		if c == child {
			all = append(all, nodes...)
		}
	}
	parent.Children = all
}

// fillBody replaces the placeholders that stand for paragraphs and tables.
func (d *document) fillBody(body *opc.Node) error {
	d.tellTOC(body)
	return d.fillBlocks(body, body)
}

func (d *document) fillBlocks(body, parent *opc.Node) error {
	var filled []*opc.Node
	for i, n := range parent.Children {
		switch n.Name {
		case "w:sdt", "w:sdtContent":
			if err := d.fillBlocks(body, n); err != nil {
				return err
			}
		case "w:p":
			p, h, alone := blockOf(n)
			if alone {
				govern := sectionAfter(body, n)
				d.page = pageOf(govern)
				ends := n.Child("w:pPr").Child("w:sectPr") != nil
				nodes, err := d.blocks(h, govern, following{endsThere(parent.Children[i+1:], govern) && parent == body, !ends && joined(parent.Children[i+1:])})
				if err != nil {
					return fmt.Errorf("%s: %w", h.written, err)
				}
				filled = append(filled, nodes...)
				if !ends {
					continue
				}
				for _, piece := range p.pieces {
					setText(piece.text, "")
				}
			} else {
				d.mark(n, p.text())
			}
		}
		filled = append(filled, n)
	}
	parent.Children = filled
	return nil
}

// following is what follows a placeholder.
type following struct {
	last   bool // the end of its section
	joined bool // another placeholder for paragraphs, on pages of the same kind
}

// blockOf reads a paragraph that is nothing but a placeholder for paragraphs.
func blockOf(n *opc.Node) (paragraph, placeholder, bool) {
	p := paragraph{node: n}
	p.collect(n)
	written := strings.TrimSpace(p.text())
	h := placeholderOf(written)
	return p, h, braces.FindString(written) == h.written && h.block()
}

// joined tells whether the next thing is a placeholder of the report's own
// content: between two of them no page is turned and turned back.
func joined(rest []*opc.Node) bool {
	for _, n := range rest {
		switch n.Name {
		case "", "w:bookmarkStart", "w:bookmarkEnd":
		case "w:p":
			_, h, alone := blockOf(n)
			return alone && h.key != "contents"
		default:
			return false
		}
	}
	return false
}

// mark enters a heading of the template itself in the contents.
func (d *document) mark(n *opc.Node, text string) {
	level := d.styles.level(n.Child("w:pPr").Child("w:pStyle").Attr("w:val"))
	for _, written := range braces.FindAllString(text, -1) {
		h := placeholderOf(written)
		text = strings.Replace(text, written, d.value(h.key, h.value), 1)
	}
	if level == 0 || strings.TrimSpace(text) == "" {
		return
	}
	h := d.heading(level, text)
	at := 0
	if n.Child("w:pPr") != nil {
		at = 1
	}
	id := fmt.Sprint(d.id())
	start := opc.Element("w:bookmarkStart", "w:id", id, "w:name", h.bookmark)
	n.Children = append(append(append([]*opc.Node{}, n.Children[:at]...), start), n.Children[at:]...)
	n.Children = append(n.Children, opc.Element("w:bookmarkEnd", "w:id", id))
}

func (d *document) heading(level int, text string) heading {
	h := heading{level, clean(strings.TrimSpace(text)), fmt.Sprintf("_Toc%08d", d.id())}
	d.heads = append(d.heads, h)
	return h
}

// tellTOC tells Word to renew a table of contents that the template itself has.
func (d *document) tellTOC(body *opc.Node) {
	var begin *opc.Node
	body.Walk(func(n *opc.Node) bool {
		switch {
		case n.Name == "w:fldChar" && n.Attr("w:fldCharType") == "begin":
			begin = n
		case n.Name == "w:instrText" && begin != nil && strings.HasPrefix(strings.TrimSpace(plainText(n)), "TOC"):
			begin.SetAttr("w:dirty", "true")
		}
		return true
	})
}

// blocks are what a placeholder stands for.
func (d *document) blocks(h placeholder, govern *opc.Node, at following) ([]*opc.Node, error) {
	if h.key == "contents" {
		d.toc = &opc.Node{Raw: " "}
		return []*opc.Node{d.toc}, nil
	}
	w := &wordWriter{document: d, govern: govern, landscape: d.lies}
	var err error
	switch h.key {
	case "all":
		for _, s := range d.chosen {
			if err = w.section(s, true); err != nil {
				break
			}
		}
	case "section", "body":
		for _, s := range d.report.Sections {
			if s.ID == h.value {
				err = w.section(s, h.key == "section")
			}
		}
	default:
		err = w.single(h)
	}
	if err != nil {
		return nil, err
	}
	if d.lies = at.joined && w.landscape; !d.lies {
		w.end(at.last)
	}
	return []*opc.Node{{Raw: w.out.String() + " "}}, nil
}

// single writes the table or picture of a name.
func (w *wordWriter) single(h placeholder) error {
	for _, s := range w.report.Sections {
		for _, b := range s.Blocks {
			id, kind := "", "table"
			switch b := b.(type) {
			case report.Table:
				id = b.ID
			case report.Figures:
				id = b.ID
			case report.Chart:
				id = b.Table.ID
			case report.Picture:
				id, kind = b.ID, "picture"
			}
			if id == h.value && kind == h.key {
				return w.block(b)
			}
		}
	}
	return nil
}
