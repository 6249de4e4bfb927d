package diagram

import (
	"encoding/xml"
	"fmt"
	"strconv"
	"strings"

	"github.com/flowmap-dev/flowmap/pkg/draw"
)

type mxFile struct {
	XMLName xml.Name  `xml:"mxfile"`
	Host    string    `xml:"host,attr"`
	Type    string    `xml:"type,attr"`
	Diagram mxDiagram `xml:"diagram"`
}

type mxDiagram struct {
	ID    string  `xml:"id,attr"`
	Name  string  `xml:"name,attr"`
	Model mxModel `xml:"mxGraphModel"`
}

type mxModel struct {
	Grid       int    `xml:"grid,attr"`
	GridSize   int    `xml:"gridSize,attr"`
	Guides     int    `xml:"guides,attr"`
	Tooltips   int    `xml:"tooltips,attr"`
	Connect    int    `xml:"connect,attr"`
	Arrows     int    `xml:"arrows,attr"`
	Fold       int    `xml:"fold,attr"`
	Page       int    `xml:"page,attr"`
	PageScale  int    `xml:"pageScale,attr"`
	PageWidth  string `xml:"pageWidth,attr"`
	PageHeight string `xml:"pageHeight,attr"`
	Background string `xml:"background,attr"`
	Math       int    `xml:"math,attr"`
	Shadow     int    `xml:"shadow,attr"`
	Cells      []any  `xml:"root>cell"`
}

// mxCell is a shape, a text or a line.
type mxCell struct {
	XMLName     xml.Name    `xml:"mxCell"`
	ID          string      `xml:"id,attr,omitempty"`
	Value       string      `xml:"value,attr,omitempty"`
	Style       string      `xml:"style,attr,omitempty"`
	Vertex      int         `xml:"vertex,attr,omitempty"`
	Edge        int         `xml:"edge,attr,omitempty"`
	Connectable string      `xml:"connectable,attr,omitempty"`
	Parent      string      `xml:"parent,attr,omitempty"`
	Source      string      `xml:"source,attr,omitempty"`
	Target      string      `xml:"target,attr,omitempty"`
	Geometry    *mxGeometry `xml:"mxGeometry"`
}

type mxGeometry struct {
	X        string   `xml:"x,attr,omitempty"`
	Y        string   `xml:"y,attr,omitempty"`
	Width    string   `xml:"width,attr,omitempty"`
	Height   string   `xml:"height,attr,omitempty"`
	Relative int      `xml:"relative,attr,omitempty"`
	As       string   `xml:"as,attr"`
	Points   *mxArray `xml:"Array"`
	Offset   *mxPoint `xml:"mxPoint"`
}

type mxArray struct {
	As     string    `xml:"as,attr"`
	Points []mxPoint `xml:"mxPoint"`
}

type mxPoint struct {
	X  string `xml:"x,attr"`
	Y  string `xml:"y,attr"`
	As string `xml:"as,attr,omitempty"`
}

// mxObject is a cell with data of its own: what a person sees under "Edit Data".
type mxObject struct {
	id, label string
	data      []xml.Attr
	cell      mxCell
}

// MarshalXML writes the data as attributes, whose names are not those of fields.
func (o mxObject) MarshalXML(e *xml.Encoder, _ xml.StartElement) error {
	start := xml.StartElement{Name: xml.Name{Local: "UserObject"}, Attr: append([]xml.Attr{attribute("id", o.id), attribute("label", o.label)}, o.data...)}
	if err := e.EncodeToken(start); err != nil {
		return err
	}
	if err := e.Encode(o.cell); err != nil {
		return err
	}
	return e.EncodeToken(start.End())
}

func attribute(name, value string) xml.Attr {
	return xml.Attr{Name: xml.Name{Local: name}, Value: draw.Clean(value)}
}

// data are named values without those that are empty: name, value, name, value.
func data(pairs ...string) []xml.Attr {
	var out []xml.Attr
	for i := 0; i+1 < len(pairs); i += 2 {
		if pairs[i+1] != "" {
			out = append(out, attribute("flowmap_"+pairs[i], pairs[i+1]))
		}
	}
	return out
}

// figure is a number as data; nothing where it is zero.
func figure(x float64) string {
	if x == 0 {
		return ""
	}
	return strconv.FormatFloat(x, 'f', -1, 64)
}

// dioNumber is a length to a tenth of a unit.
func dioNumber(x float64) string {
	s := strconv.FormatFloat(x, 'f', 1, 64)
	s = strings.TrimSuffix(s, ".0")
	if s == "-0" {
		return "0"
	}
	return s
}

// geometry is where a box stands.
func (b Box) geometry() *mxGeometry {
	return &mxGeometry{X: dioNumber(b.X * pixels), Y: dioNumber(b.Y * pixels), Width: dioNumber(b.W * pixels), Height: dioNumber(b.H * pixels), As: "geometry"}
}

// mxStyle is a style of draw.io, a list of key=value.
type mxStyle []string

func (s mxStyle) with(key string, value any) mxStyle {
	return append(s, fmt.Sprintf("%s=%v", key, value))
}

func (s mxStyle) length(key string, x float64) mxStyle { return s.with(key, dioNumber(x)) }

func (s mxStyle) String() string { return strings.Join(s, ";") + ";" }

// mxText is a text without a shape.
type mxText struct {
	at     Box // in units of draw.io
	lines  []string
	size   float64
	bold   bool
	colour draw.Colour
	align  string
	top    bool
}

// cell is the text on a parent; one of a card moves with it.
func (x mxText) cell(id, parent string) mxCell {
	style := mxStyle{"text", "html=0", "strokeColor=none", "fillColor=none", "spacing=0", "overflow=visible", "fontFamily=Helvetica"}.
		with("align", x.align).length("fontSize", x.size).with("fontColor", x.colour)
	if x.bold {
		style = style.with("fontStyle", 1)
	}
	if x.top {
		style = style.with("verticalAlign", "top")
	} else {
		style = style.with("verticalAlign", "middle")
	}
	if parent != "1" {
		style = append(style, "part=1", "connectable=0", "movable=0", "resizable=0")
	}
	return mxCell{ID: id, Value: draw.Clean(strings.Join(x.lines, "\n")), Style: style.String(), Vertex: 1, Parent: parent,
		Geometry: &mxGeometry{X: dioNumber(x.at.X), Y: dioNumber(x.at.Y), Width: dioNumber(x.at.W), Height: dioNumber(x.at.H), As: "geometry"}}
}
