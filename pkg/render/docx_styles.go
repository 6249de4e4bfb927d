package render

import (
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"github.com/flowmap-dev/flowmap/pkg/draw"
	"github.com/flowmap-dev/flowmap/pkg/render/opc"
	"github.com/flowmap-dev/flowmap/templates"
)

// wordStyle is what a paragraph or table of a proposal is for. It is the id
// that the style has in our own template.
type wordStyle string

// The styles that are used.
const (
	styleTitle      wordStyle = "Title"
	styleSubtitle   wordStyle = "Subtitle"
	styleHeading1   wordStyle = "Heading1"
	styleHeading2   wordStyle = "Heading2"
	styleBody       wordStyle = "Normal"
	styleCaption    wordStyle = "Caption"
	styleBullet     wordStyle = "ListBullet"
	styleTOCHeading wordStyle = "TOCHeading"
	styleHeader     wordStyle = "Header"
	styleFooter     wordStyle = "Footer"
	styleLead       wordStyle = "FlowmapLead"
	styleNote       wordStyle = "FlowmapNote"
	stylePicture    wordStyle = "FlowmapPicture"
	styleTable      wordStyle = "FlowmapTable"
	styleText       wordStyle = "FlowmapTableText"
	styleNumber     wordStyle = "FlowmapTableNumber"
	styleHead       wordStyle = "FlowmapTableHead"
	styleHeadNumber wordStyle = "FlowmapTableHeadNumber"
)

// styleContents are the styles of the entries of the contents, by level.
var styleContents = []wordStyle{"TOC1", "TOC2"}

// styleNames are the names by which a template may have a style: that of the
// standard, which Word writes whatever its language, then those of programs
// and people that write their own. The first is how people are told of it.
var styleNames = map[wordStyle][]string{
	styleTitle: {"title", "título"}, styleSubtitle: {"subtitle", "subtítulo"},
	styleHeading1: {"heading 1", "título 1", "titulo 1", "encabezado 1"}, styleHeading2: {"heading 2", "título 2", "titulo 2", "encabezado 2"},
	styleBody:    {"body text", "text body", "texto independiente", "cuerpo de texto"},
	styleCaption: {"caption", "descripción", "epígrafe", "leyenda"}, styleBullet: {"list bullet", "lista con viñetas"},
	styleTOCHeading: {"toc heading", "título de tdc", "título tdc", "contents heading"},
	"TOC1":          {"toc 1", "tdc 1", "contents 1"}, "TOC2": {"toc 2", "tdc 2", "contents 2"},
}

// styleIDs are the ids that Word in English and in Spanish gives these styles;
// they serve where no name does.
var styleIDs = map[wordStyle][]string{
	styleTitle: {"Title", "Ttulo"}, styleSubtitle: {"Subtitle", "Subttulo"},
	styleHeading1: {"Heading1", "Ttulo1"}, styleHeading2: {"Heading2", "Ttulo2"}, styleBody: {"BodyText", "TextBody", "Textoindependiente"},
	styleCaption: {"Caption", "Descripcin", "Epgrafe"}, styleBullet: {"ListBullet", "Listaconvietas"},
	styleTOCHeading: {"TOCHeading", "TtuloTDC", "TtulodeTDC"}, "TOC1": {"TOC1", "TDC1"}, "TOC2": {"TOC2", "TDC2"},
}

// styleSheet is the styles of a document.
type styleSheet struct {
	part     string
	root     *opc.Node
	byName   map[string]*opc.Node // by kind and name, "paragraph/heading 1"
	byID     map[string]*opc.Node
	normal   string // the id of the default style of paragraphs
	own      map[wordStyle]*opc.Node
	known    map[wordStyle]string
	brand    brand
	bullets  int // the number of our own list; 0: not used yet
	absentee []wordStyle
}

func newStyleSheet(p *opc.Package, main string, b brand) (*styleSheet, error) {
	s := &styleSheet{byName: map[string]*opc.Node{}, byID: map[string]*opc.Node{}, own: map[wordStyle]*opc.Node{}, known: map[wordStyle]string{}, brand: b}
	ours, err := ownStyles(b)
	if err != nil {
		return nil, err
	}
	for _, n := range ours.Children {
		if n.Name == "w:style" {
			s.own[wordStyle(n.Attr("w:styleId"))] = n
		}
	}
	part, ok := p.Related(main, "styles")
	if !ok {
		part = "word/styles.xml"
		if _, err := p.Relate(main, "styles", part); err != nil {
			return nil, err
		}
		p.Set(part, ours.Bytes(), stylesType)
	}
	s.part = part
	content, _ := p.Part(part)
	if s.root, err = opc.Parse(content); err != nil {
		return nil, fmt.Errorf("%s: %w", part, err)
	}
	for _, n := range s.root.Children {
		if n.Name == "w:style" {
			s.learn(n)
		}
	}
	return s, nil
}

func ownStyles(b brand) (*opc.Node, error) {
	text, err := fs.ReadFile(templates.FS(), "docx/styles.xml")
	if err != nil {
		return nil, err
	}
	return opc.Parse([]byte(strings.NewReplacer("BRAND", strings.ToUpper(hex(b.dark)), "TINT", strings.ToUpper(hex(b.tint))).Replace(string(text))))
}

func (s *styleSheet) learn(n *opc.Node) {
	kind, id := n.Attr("w:type"), n.Attr("w:styleId")
	s.byID[kind+"/"+id] = n
	s.byName[kind+"/"+strings.ToLower(n.Child("w:name").Attr("w:val"))] = n
	if isOn(n.Attr("w:default")) && kind == "paragraph" {
		s.normal = id
	}
}

func isOn(s string) bool { return s == "1" || s == "true" || s == "on" }

func kindOf(w wordStyle) string {
	if w == styleTable {
		return "table"
	}
	return "paragraph"
}

// find is the template's own style for a purpose.
func (s *styleSheet) find(w wordStyle) (id string, ok bool) {
	kind := kindOf(w)
	names := styleNames[w]
	if own, ok := s.own[w]; ok && w != styleBody {
		names = append(slices.Clone(names), strings.ToLower(own.Child("w:name").Attr("w:val")))
	}
	for _, name := range names {
		if n := s.byName[kind+"/"+name]; n != nil {
			return n.Attr("w:styleId"), true
		}
	}
	for _, id := range styleIDs[w] {
		if s.byID[kind+"/"+id] != nil {
			return id, true
		}
	}
	if w == styleBody {
		return s.normal, s.normal != ""
	}
	return "", false
}

// id is that of the style for a purpose. Where the template has none, ours is
// added to it.
func (s *styleSheet) id(w wordStyle) string {
	if id, ok := s.known[w]; ok {
		return id
	}
	id, ok := s.find(w)
	if !ok && s.own[w] != nil {
		id = s.adopt(w)
	}
	s.known[w] = id
	return id
}

// adopt adds our own style, and those that it is based on.
func (s *styleSheet) adopt(w wordStyle) string {
	n := s.own[w].Clone()
	id := string(w)
	for s.byID["paragraph/"+id] != nil || s.byID["table/"+id] != nil || s.byID["character/"+id] != nil {
		id = "Flowmap" + id
	}
	n.SetAttr("w:styleId", id)
	for _, c := range n.Children {
		if c.Name == "w:basedOn" || c.Name == "w:next" {
			c.SetAttr("w:val", s.id(wordStyle(c.Attr("w:val"))))
		}
	}
	if n.Child("w:basedOn").Attr("w:val") == "" {
		n.Drop("w:basedOn")
	}
	if n.Child("w:next").Attr("w:val") == "" {
		n.Drop("w:next")
	}
	s.root.Children = append(s.root.Children, n)
	s.learn(n)
	s.absentee = append(s.absentee, w)
	return id
}

// use is the property that gives a paragraph its style.
func (s *styleSheet) use(w wordStyle) string {
	id := s.id(w)
	if id == "" || id == s.normal {
		return ""
	}
	return `<w:pStyle w:val="` + opc.Escape(id) + `"/>`
}

// level is that of a heading by the id of its style, 0 for what is none.
func (s *styleSheet) level(id string) int {
	for i, w := range []wordStyle{styleHeading1, styleHeading2} {
		if found, ok := s.find(w); ok && found == id {
			return i + 1
		}
	}
	return 0
}

// bulleted tells whether the template's style for lists has marks of its own.
func (s *styleSheet) bulleted() bool {
	n := s.byID["paragraph/"+s.id(styleBullet)]
	return n.Child("w:pPr").Child("w:numPr") != nil
}

// save writes the styles back, with the report's language as that of all texts
// that name none.
func (s *styleSheet) save(p *opc.Package, language string) error {
	defaults := s.root.Child("w:docDefaults")
	if run := defaults.Child("w:rPrDefault").Child("w:rPr"); run != nil {
		if lang := run.Child("w:lang"); lang != nil {
			lang.SetAttr("w:val", language)
		} else {
			run.Children = append(run.Children, opc.Element("w:lang", "w:val", language))
		}
	}
	p.Set(s.part, s.root.Bytes(), stylesType)
	return nil
}

// brandFor is the client's colour, else that of the template's theme, else our
// own.
func brandFor(p *opc.Package, main, accent string) brand {
	if accent != "" {
		return brandOf(accent)
	}
	theme, _ := p.Related(main, "theme")
	content, ok := p.Part(theme)
	if !ok {
		return brandOf("")
	}
	root, err := opc.Parse(content)
	if err != nil {
		return brandOf("")
	}
	found := ""
	root.Walk(func(n *opc.Node) bool {
		if n.Name == "a:accent1" {
			found = n.Child("a:srgbClr").Attr("val")
		}
		return found == ""
	})
	if _, err := draw.Hex("#" + found); err != nil {
		return brandOf("")
	}
	return brandOf("#" + found)
}
