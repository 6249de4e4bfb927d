package render

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/flowmap-dev/flowmap/pkg/draw"
	"github.com/flowmap-dev/flowmap/pkg/render/opc"
)

const (
	presentationType  = "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml"
	slideTemplateType = "application/vnd.openxmlformats-officedocument.presentationml.template.main+xml"
	slideSpace        = "http://schemas.openxmlformats.org/presentationml/2006/main"
)

// emu is how many of the units of Open XML a point has.
const emu = 12700

// box is a place on a slide, in points.
type box struct{ x, y, wide, high float64 }

// holder is a placeholder of a layout.
type holder struct {
	kind, index string // its type and idx, as a slide has to repeat them
	at          box
	size        float64 // of its letters; 0: not known
	there       bool
}

// layout is a layout of the template, as far as slides need to know it.
type layout struct {
	part, kind, name                string
	title, body, sub, foot, numbers holder
	logo                            box // the place of a picture; no width: none
}

// SlideTemplate is a firm's presentation, whose master, layouts and theme the
// slides take. Its own slides are left out.
type SlideTemplate struct {
	data               []byte
	main               string
	pkg                *opc.Package
	cover, text, plain layout
	room               box // of what stands below a title
	theme              string
	problems           []TemplateProblem
}

// ReadSlideTemplate reads a .pptx or .potx. It refuses what is none and what
// could harm who opens slides that are made of it: see opc.Open.
func ReadSlideTemplate(data []byte) (*SlideTemplate, error) {
	p, err := opc.Open(data)
	if err != nil {
		return nil, err
	}
	main, ok := p.Related("", "officeDocument")
	if !ok {
		return nil, errors.New("it is no presentation")
	}
	if kind := p.Type(main); kind != presentationType && kind != slideTemplateType {
		return nil, fmt.Errorf("it is no presentation, but holds %s", kind)
	}
	for _, name := range p.Names() {
		if content, _ := p.Part(name); strings.HasPrefix(name, "ppt/") && strings.HasSuffix(name, ".xml") {
			if _, err := opc.Parse(content); err != nil { // it would stand as broken among the slides
				return nil, fmt.Errorf("part %s: %w", name, err)
			}
		}
	}
	t := &SlideTemplate{data: data, main: main, pkg: p}
	root, err := t.parsed(main)
	if err != nil {
		return nil, err
	}
	wide, high := points(root.Child("p:sldSz").Attr("cx")), points(root.Child("p:sldSz").Attr("cy"))
	if wide < 100 || high < 100 {
		return nil, fmt.Errorf("part %s has no size of its slides", main)
	}
	return t, t.readLayouts(box{0, 0, wide, high})
}

func (t *SlideTemplate) parsed(part string) (*opc.Node, error) {
	content, ok := t.pkg.Part(part)
	if !ok {
		return nil, fmt.Errorf("part %s is not there", part)
	}
	root, err := opc.Parse(content)
	if err != nil {
		return nil, fmt.Errorf("part %s: %w", part, err)
	}
	if root.Attr("xmlns:p") != slideSpace {
		return nil, fmt.Errorf("part %s is not written as PowerPoint does: save it in PowerPoint or LibreOffice as .pptx (not as Strict Open XML)", part)
	}
	return root, nil
}

func points(s string) float64 {
	x, err := strconv.Atoi(s)
	if err != nil {
		return 0
	}
	return float64(x) / emu
}

// The layouts that are used: their types, and the names that they have in
// programs that write no type.
var slideLayouts = []struct {
	kind  string
	names []string
}{
	{"title", []string{"title slide", "diapositiva de título"}},
	{"obj", []string{"title and content", "title, content", "título y objetos", "título y contenido"}},
	{"titleOnly", []string{"title only", "solo el título", "sólo el título"}},
}

// readLayouts finds the layouts of the first master.
func (t *SlideTemplate) readLayouts(paper box) error {
	part, ok := t.pkg.Related(t.main, "slideMaster")
	if !ok {
		return errors.New("it has no slide master")
	}
	master, err := t.parsed(part)
	if err != nil {
		return err
	}
	t.theme, _ = t.pkg.Related(part, "theme")
	relations, err := t.pkg.Relations(part)
	if err != nil {
		return err
	}
	var all []layout
	for _, r := range relations {
		if r.Kind() != "slideLayout" || r.External() {
			continue
		}
		root, err := t.parsed(opc.Target(part, r))
		if err != nil {
			return err
		}
		l := layoutOf(root, master)
		l.part = opc.Target(part, r)
		all = append(all, l)
	}
	var found [3]*layout
	for i, want := range slideLayouts {
		found[i] = layoutFor(all, want.kind, want.names)
	}
	return t.choose(all, found, paper)
}

func layoutFor(all []layout, kind string, names []string) *layout {
	for i := range all {
		if all[i].kind == kind && all[i].title.there {
			return &all[i]
		}
	}
	for i := range all {
		if all[i].title.there && slices.Contains(names, strings.ToLower(strings.TrimSpace(all[i].name))) {
			return &all[i]
		}
	}
	return nil
}

// choose settles which layout serves where one is missing, and the room below
// the title.
func (t *SlideTemplate) choose(all []layout, found [3]*layout, paper box) error {
	any := slices.IndexFunc(all, func(l layout) bool { return l.title.there && l.title.at.wide > 0 })
	if any < 0 {
		return errors.New("it has no layout with a title")
	}
	for i, instead := range [3][]*layout{{found[2], found[1]}, {found[2]}, {found[1]}} {
		if found[i] != nil {
			continue
		}
		other := &all[any]
		for _, l := range instead {
			if l != nil {
				other = l
				break
			}
		}
		found[i] = other
		name := strings.ToUpper(slideLayouts[i].names[0][:1]) + slideLayouts[i].names[0][1:]
		t.problems = append(t.problems, TemplateProblem{Place: "slide master", Style: true,
			Text: fmt.Sprintf("the layout %q (type %s) is missing, and %q stands in for it", name, slideLayouts[i].kind, other.name)})
	}
	t.cover, t.text, t.plain = *found[0], *found[1], *found[2]
	if !t.cover.sub.there {
		t.problems = append(t.problems, TemplateProblem{Place: "layout " + strconv.Quote(t.cover.name), Style: true, Text: "it has no subtitle, and firm and date stand below the title"})
	}
	if !t.plain.numbers.there {
		t.problems = append(t.problems, TemplateProblem{Place: "layout " + strconv.Quote(t.plain.name), Style: true, Text: "it has no slide number"})
	}
	t.room = t.text.body.at
	title := t.plain.title.at
	below := title.y + title.high + 4
	if t.room.wide < 200 || t.room.high < 100 {
		t.room = box{title.x, below, title.wide, paper.high - below - 30}
	}
	if t.room.wide < 200 || t.room.high < 100 {
		t.room = box{paper.wide * .06, paper.high * .25, paper.wide * .88, paper.high * .65}
	}
	return nil
}

// layoutOf reads a layout; what it does not say, its master does.
func layoutOf(root, master *opc.Node) layout {
	l := layout{kind: root.Attr("type"), name: root.Child("p:cSld").Attr("name")}
	for _, n := range shapesOf(root) {
		ph := n.Child("p:nvSpPr").Child("p:nvPr").Child("p:ph")
		h := holder{kind: ph.Attr("type"), index: ph.Attr("idx"), there: true}
		switch h.kind {
		case "title", "ctrTitle":
			h.place(n, master, "title", "p:titleStyle")
			l.title = h
		case "subTitle":
			h.place(n, master, "body", "p:bodyStyle")
			l.sub = h
		case "ftr":
			h.place(n, master, "ftr", "")
			l.foot = h
		case "sldNum":
			h.place(n, master, "sldNum", "")
			l.numbers = h
		case "pic":
			h.place(n, master, "pic", "")
			l.logo = h.at
		case "", "obj", "body":
			if h.place(n, master, "body", "p:bodyStyle"); h.at.wide*h.at.high > l.body.at.wide*l.body.at.high {
				l.body = h
			}
		}
	}
	return l
}

func shapesOf(root *opc.Node) []*opc.Node {
	var all []*opc.Node
	tree := root.Child("p:cSld").Child("p:spTree")
	if tree == nil {
		return nil
	}
	for _, n := range tree.Children {
		if n.Name == "p:sp" && n.Child("p:nvSpPr").Child("p:nvPr").Child("p:ph") != nil {
			all = append(all, n)
		}
	}
	return all
}

// place reads where a placeholder stands and how large its letters are: from
// itself, else from the master's placeholder of the kind.
func (h *holder) place(n, master *opc.Node, kind, style string) {
	from := []*opc.Node{n}
	for _, m := range shapesOf(master) {
		if m.Child("p:nvSpPr").Child("p:nvPr").Child("p:ph").Attr("type") == kind {
			from = append(from, m)
		}
	}
	for _, s := range from {
		x := s.Child("p:spPr").Child("a:xfrm")
		if at := (box{points(x.Child("a:off").Attr("x")), points(x.Child("a:off").Attr("y")), points(x.Child("a:ext").Attr("cx")), points(x.Child("a:ext").Attr("cy"))}); h.at.wide == 0 {
			h.at = at
		}
		if h.size == 0 {
			h.size = sizeOf(s.Child("p:txBody").Child("a:lstStyle"))
		}
	}
	if h.size == 0 && style != "" {
		h.size = sizeOf(master.Child("p:txStyles").Child(style))
	}
}

func sizeOf(style *opc.Node) float64 {
	x, err := strconv.Atoi(style.Child("a:lvl1pPr").Child("a:defRPr").Attr("sz"))
	if err != nil {
		return 0
	}
	return float64(x) / 100
}

// Check lists the layouts and placeholders that a template lacks, and what
// stands in for them.
func (t *SlideTemplate) Check() []TemplateProblem { return t.problems }

// accent is the colour of heads and bars.
type accent struct {
	fill string // as a fill of DrawingML
	on   string // the colour of letters on it
	soft string // a light shade of it
}

// accentFor is the brand's colour, else the theme's first accent.
func (t *SlideTemplate) accentFor(wanted string) accent {
	if wanted != "" {
		b := brandOf(wanted)
		return accent{filled(hex(b.dark)), "FFFFFF", filled(hex(b.dark.Mix(draw.RGB(0xffffff), .65)))}
	}
	found := ""
	if content, ok := t.pkg.Part(t.theme); ok {
		if root, err := opc.Parse(content); err == nil {
			root.Walk(func(n *opc.Node) bool {
				if n.Name == "a:accent1" {
					found = n.Child("a:srgbClr").Attr("val")
				}
				return found == ""
			})
		}
	}
	a := accent{fill: `<a:solidFill><a:schemeClr val="accent1"/></a:solidFill>`, on: "FFFFFF", soft: `<a:solidFill><a:schemeClr val="accent1"><a:lumMod val="40000"/><a:lumOff val="60000"/></a:schemeClr></a:solidFill>`}
	if c, err := draw.Hex("#" + found); err == nil && draw.Contrast(c, draw.RGB(0xffffff)) < 4.5 {
		a.on = "000000"
	}
	return a
}

func filled(colour string) string {
	return `<a:solidFill><a:srgbClr val="` + strings.ToUpper(colour) + `"/></a:solidFill>`
}
