package render

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/flowmap-dev/flowmap/pkg/render/opc"
	"github.com/flowmap-dev/flowmap/pkg/report"
)

// The content types of the parts that are read and written.
const (
	mainType     = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
	templateType = "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml"
	stylesType   = "application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"
	wordSpace    = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
)

// Template is a firm's Word document with placeholders: {{client}},
// {{section:summary}}, {{all}}. TemplateNames lists what there is.
type Template struct {
	data []byte
	main string // the part with the text
	pkg  *opc.Package
}

// ReadTemplate reads a .docx or .dotx. It refuses what is none and what could
// harm who opens a document that is made of it: see opc.Open.
func ReadTemplate(data []byte) (*Template, error) {
	p, err := opc.Open(data)
	if err != nil {
		return nil, err
	}
	main, ok := p.Related("", "officeDocument")
	if !ok {
		return nil, errors.New("it is no Word document")
	}
	if kind := p.Type(main); kind != mainType && kind != templateType {
		return nil, fmt.Errorf("it is no Word document, but holds %s", kind)
	}
	t := &Template{data: data, main: main, pkg: p}
	for _, name := range t.texts() {
		content, _ := p.Part(name)
		root, err := opc.Parse(content)
		if err != nil {
			return nil, fmt.Errorf("part %s: %w", name, err)
		}
		if root.Attr("xmlns:w") != wordSpace {
			return nil, fmt.Errorf("part %s is not written as Word does: save it in Word or LibreOffice as .docx (not as Strict Open XML)", name)
		}
		if name == main && root.Child("w:body") == nil {
			return nil, fmt.Errorf("part %s has no text", name)
		}
	}
	return t, nil
}

// texts are the parts that hold text for readers, the main one first.
func (t *Template) texts() []string {
	names := []string{t.main}
	all, err := t.pkg.Relations(t.main)
	if err != nil {
		return names // read by opc.Open
	}
	for _, r := range all {
		switch r.Kind() {
		case "header", "footer", "footnotes", "endnotes":
			name := opc.Target(t.main, r)
			if _, ok := t.pkg.Part(name); ok && !r.External() && !slices.Contains(names, name) {
				names = append(names, name)
			}
		}
	}
	slices.Sort(names[1:])
	return names
}

// placeholder is what stands between two pairs of braces.
type placeholder struct {
	written string // with its braces
	key     string
	value   string // behind the colon
}

var braces = regexp.MustCompile(`\{\{([^{}]*)\}\}`)

func placeholderOf(written string) placeholder {
	inner := strings.TrimSpace(strings.TrimSuffix(strings.TrimPrefix(written, "{{"), "}}"))
	if strings.HasPrefix(inner, "!") {
		return placeholder{written: written, key: "!"}
	}
	key, value, _ := strings.Cut(inner, ":")
	return placeholder{written, strings.ToLower(strings.TrimSpace(key)), strings.ToLower(strings.TrimSpace(value))}
}

// block tells whether the placeholder stands for paragraphs and tables.
func (p placeholder) block() bool {
	return slices.Contains([]string{"all", "contents", "section", "body", "table", "picture"}, p.key)
}

// TemplateNames are what placeholders may name.
type TemplateNames struct {
	Sections, Tables, Pictures, Figures []string
}

// NamesOf lists what placeholders may name in a report.
func NamesOf(r report.Report) TemplateNames {
	var n TemplateNames
	for _, s := range r.Sections {
		n.Sections = append(n.Sections, s.ID)
		for _, b := range s.Blocks {
			switch b := b.(type) {
			case report.Table:
				n.Tables = append(n.Tables, b.ID)
			case report.Chart:
				n.Tables = append(n.Tables, b.Table.ID)
			case report.Picture:
				n.Pictures = append(n.Pictures, b.ID)
			case report.Figures:
				n.Tables = append(n.Tables, b.ID)
				for _, f := range b.Figures {
					if !slices.Contains(n.Figures, f.Key) { // the first of a name is the one that stands for it
						n.Figures = append(n.Figures, f.Key)
					}
				}
			}
		}
	}
	return n
}

// With is these names and those of another report.
func (n TemplateNames) With(o TemplateNames) TemplateNames {
	return TemplateNames{slices.Concat(n.Sections, o.Sections), slices.Concat(n.Tables, o.Tables), slices.Concat(n.Pictures, o.Pictures), slices.Concat(n.Figures, o.Figures)}
}

// values are what may stand behind the colon; ok is false for a placeholder
// that is not known.
func (n TemplateNames) values(key string) (values []string, ok bool) {
	switch key {
	case "!", "client", "firm", "date", "title", "line", "logo", "all", "contents":
		return nil, true
	case "section", "body":
		return n.Sections, true
	case "table":
		return n.Tables, true
	case "picture":
		return n.Pictures, true
	case "figure":
		return n.Figures, true
	}
	return nil, false
}

// Keys are the placeholders, those with a name with a colon behind.
func (n TemplateNames) Keys() []string {
	return []string{"client", "firm", "date", "title", "line", "logo", "figure:", "contents", "all", "section:", "body:", "table:", "picture:"}
}

// TemplateProblem is something in a template that would not come out right.
type TemplateProblem struct {
	Place   string // "text, paragraph 12"
	Text    string // what is wrong
	Written string // the placeholder; empty where a style is missing
	Style   bool   // a style is missing, and one of ours stands in for it
}

// Check reads a template through: its unknown placeholders, and the styles that
// it lacks for what its placeholders stand for.
func (t *Template) Check(n TemplateNames) ([]TemplateProblem, error) {
	var all []TemplateProblem
	blocks := "" // the first place where a block stands
	for _, name := range t.texts() {
		content, _ := t.pkg.Part(name)
		root, err := opc.Parse(content)
		if err != nil {
			return nil, err
		}
		for _, p := range paragraphsOf(root) {
			place := fmt.Sprintf("%s, paragraph %d", partName(name, t.main), p.number)
			for _, written := range braces.FindAllString(p.text(), -1) {
				h := placeholderOf(written)
				if why := n.wrong(h, p); why != "" {
					all = append(all, TemplateProblem{Place: place, Text: why, Written: written})
				} else if h.block() && blocks == "" {
					blocks = place
				}
			}
			if rest := braces.ReplaceAllString(p.text(), ""); strings.Contains(rest, "{{") || strings.Contains(rest, "}}") {
				all = append(all, TemplateProblem{Place: place, Text: "a pair of braces has no partner in the same paragraph", Written: rest})
			}
		}
	}
	if blocks == "" {
		return all, nil
	}
	missing, err := t.missing(blocks)
	return append(all, missing...), err
}

// wrong says what is wrong with a placeholder in its paragraph; "" if nothing.
func (n TemplateNames) wrong(h placeholder, p paragraph) string {
	values, known := n.values(h.key)
	switch {
	case !known:
		return h.written + " is not known" + nearest(h.key, n.Keys(), "{{%s}}")
	case values == nil && h.value != "":
		return h.written + " takes no name behind a colon"
	case values != nil && h.value == "":
		return h.written + " needs a name behind a colon, such as {{" + h.key + ":" + values[0] + "}}"
	case values != nil && !slices.Contains(values, h.value):
		return h.written + " names what no report has" + nearest(h.value, values, "{{"+h.key+":%s}}")
	case h.block() && (!p.body || strings.TrimSpace(p.text()) != h.written):
		return h.written + " stands for paragraphs: give it a paragraph of its own, outside of tables, text boxes, headers and footers"
	}
	return ""
}

// missing lists the styles that a template lacks.
func (t *Template) missing(place string) ([]TemplateProblem, error) {
	s, err := newStyleSheet(t.pkg, t.main, brandOf(""))
	if err != nil {
		return nil, err
	}
	var all []TemplateProblem
	for _, w := range []wordStyle{styleHeading1, styleHeading2, styleCaption, styleBullet, styleContents[0], styleContents[1]} {
		if _, ok := s.find(w); !ok {
			all = append(all, TemplateProblem{Place: place, Style: true,
				Text: fmt.Sprintf("the style %q is missing in %s, and one of flowmap's stands in for it", styleNames[w][0], s.part)})
		}
	}
	return all, nil
}

// partName is what a reader calls a part: text, header1.
func partName(part, main string) string {
	if part == main {
		return "text"
	}
	return strings.TrimSuffix(part[strings.LastIndexByte(part, '/')+1:], ".xml")
}

// nearest proposes a known name that differs in few letters.
func nearest(name string, known []string, form string) string {
	best, least := "", 3
	for _, k := range known {
		if d := distance(name, strings.TrimSuffix(k, ":")); d < least {
			best, least = k, d
		}
	}
	if best == "" {
		return ""
	}
	if strings.HasSuffix(best, ":") {
		best += "NAME"
	}
	return " (did you mean " + fmt.Sprintf(form, best) + "?)"
}

// distance counts the letters to add, drop or change (Levenshtein).
func distance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		before := row[0]
		row[0] = i + 1
		for j := range len(b) {
			change := before
			if a[i] != b[j] {
				change++
			}
			before = row[j+1]
			row[j+1] = min(change, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}
