// Package archimate writes a map as a model in The Open Group's ArchiMate Model
// Exchange File Format, which Archi and the tools of enterprise architects read:
// systems with the flows between them, the types of data with who holds them, and
// one view with places.
package archimate

import (
	"encoding/xml"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/flowmap-dev/flowmap/pkg/audit"
	"github.com/flowmap-dev/flowmap/pkg/draw"
	"github.com/flowmap-dev/flowmap/pkg/graph"
	"github.com/flowmap-dev/flowmap/pkg/graph/diagram"
)

// Write writes the plan, with the types of data of a map and their names in a
// workspace. The same input gives the same bytes. A link that goes both ways is
// two flows, there and back.
// https://www.opengroup.org/xsd/archimate/
func Write(w io.Writer, p diagram.Plan, m graph.Map, ws audit.Workspace) error {
	d := model{
		Namespace: "http://www.opengroup.org/xsd/archimate/3.0/", XSI: "http://www.w3.org/2001/XMLSchema-instance",
		Location: "http://www.opengroup.org/xsd/archimate/3.0/ http://www.opengroup.org/xsd/archimate/3.1/archimate3_Diagram.xsd",
		ID:       "id-model", Name: draw.Clean(strings.Join(slices.DeleteFunc([]string{p.View.Title, p.View.Client}, func(s string) bool { return s == "" }), " · ")),
	}
	d.View = view{ID: "id-view", Type: "Diagram", Name: draw.Clean(p.View.Title)}
	shown := map[string]bool{}
	for i, n := range p.View.Nodes {
		d.system(n, p.Nodes[i])
		shown[n.ID] = true
	}
	for i, l := range p.View.Links {
		id := "id-flow-" + strconv.Itoa(i+1)
		d.flow(id, l, p.Lines[i], l.From, l.To, false)
		if l.TwoWay {
			d.flow(id+"-back", l, p.Lines[i], l.To, l.From, true)
		}
	}
	for _, e := range m.Entities {
		d.data(e, ws, shown)
	}
	for _, name := range properties {
		d.Definitions = append(d.Definitions, definition{ID: "id-property-" + name, Type: "string", Name: "flowmap_" + name})
	}
	text, err := xml.MarshalIndent(d, "", "  ")
	if err != nil {
		return err
	}
	_, err = w.Write(append([]byte(xml.Header), append(text, '\n')...))
	return err
}

// properties are what elements and relationships carry besides their names.
var properties = []string{"id", "kind", "flows", "how", "hours_per_week"}

// system adds a system to the model and to the view.
func (d *model) system(n diagram.Node, at diagram.Box) {
	id := systemID(n.ID)
	d.Elements = append(d.Elements, element{ID: id, Type: elementType(n), Name: draw.Clean(n.Name), Documentation: draw.Clean(n.Title),
		Properties: stated("id", n.ID, "kind", string(n.Kind), "hours_per_week", hours(n.Hours))})
	d.View.Nodes = append(d.View.Nodes, node{ID: id + "-node", Ref: id, Type: "Element", X: length(at.X), Y: length(at.Y), W: max(1, length(at.W)), H: max(1, length(at.H)),
		Style: style{Line: rgb(at.Face.Edge), Fill: rgb(at.Face.Fill)}})
}

// elementType is what a system is to ArchiMate: e-mail, phone and paper are points
// of access, other companies act for themselves.
func elementType(n diagram.Node) string {
	switch n.Kind {
	case audit.Email, audit.Phone, audit.Paper:
		return "BusinessInterface"
	case audit.External:
		return "BusinessActor"
	}
	return "ApplicationComponent"
}

// flow adds a link in one of its directions.
func (d *model) flow(id string, l diagram.Link, at diagram.Line, from, to string, back bool) {
	d.Relationships = append(d.Relationships, relationship{ID: id, Source: systemID(from), Target: systemID(to), Type: "Flow",
		Name: draw.Clean(strings.Join(l.What, ", ")), Documentation: draw.Clean(l.Title),
		Properties: stated("flows", strings.Join(l.Flows, ", "), "how", string(l.How), "hours_per_week", hours(l.Hours))})
	c := connection{ID: id + "-line", Ref: id, Type: "Relationship", Source: systemID(from) + "-node", Target: systemID(to) + "-node", Style: style{Line: rgb(at.Stroke.Colour)}}
	b := at.Label
	bends := []draw.Point{{X: b.X, Y: b.Y + b.H/2}, {X: b.X + b.W, Y: b.Y + b.H/2}}
	if start := at.Tail[0]; (start.X > b.X+b.W/2) != back {
		slices.Reverse(bends)
	}
	for _, q := range bends {
		c.Bends = append(c.Bends, bend{length(q.X), length(q.Y)})
	}
	d.View.Connections = append(d.View.Connections, c)
}

// data adds a type of data, and which systems write and read it.
func (d *model) data(e graph.Entity, ws audit.Workspace, shown map[string]bool) {
	name := e.ID
	if x, ok := ws.Entity(e.ID); ok {
		name = x.Label()
	}
	id := "id-data-" + e.ID
	d.Elements = append(d.Elements, element{ID: id, Type: "DataObject", Name: draw.Clean(name), Properties: stated("id", e.ID)})
	access := func(system, kind string) {
		if shown[system] {
			d.Relationships = append(d.Relationships, relationship{ID: "id-access-" + strconv.Itoa(len(d.Relationships)+1), Source: systemID(system), Target: id, Type: "Access", Access: kind})
		}
	}
	if e.Record != "" {
		access(e.Record, "ReadWrite")
	}
	for _, c := range e.Consumers {
		access(c, "Read")
	}
}

// systemID is an id as XML wants it: a letter first, and no colon.
func systemID(id string) string { return "id-system-" + strings.ReplaceAll(id, ":", ".") }

func length(x float64) int { return max(0, int(math.Round(x*4/3))) }

func hours(h float64) string {
	if h == 0 {
		return ""
	}
	return strconv.FormatFloat(h, 'f', -1, 64)
}

func rgb(c draw.Colour) colour { return colour{c.R, c.G, c.B} }

// stated are properties: name, value, name, value; empty ones are left out.
func stated(pairs ...string) *propertyList {
	var out propertyList
	for i := 0; i+1 < len(pairs); i += 2 {
		if pairs[i+1] != "" {
			out.All = append(out.All, property{"id-property-" + pairs[i], draw.Clean(pairs[i+1])})
		}
	}
	if len(out.All) == 0 {
		return nil
	}
	return &out
}

type model struct {
	XMLName       xml.Name       `xml:"model"`
	Namespace     string         `xml:"xmlns,attr"`
	XSI           string         `xml:"xmlns:xsi,attr"`
	Location      string         `xml:"xsi:schemaLocation,attr"`
	ID            string         `xml:"identifier,attr"`
	Name          string         `xml:"name"`
	Elements      []element      `xml:"elements>element"`
	Relationships []relationship `xml:"relationships>relationship"`
	Definitions   []definition   `xml:"propertyDefinitions>propertyDefinition"`
	View          view           `xml:"views>diagrams>view"`
}

type element struct {
	ID            string        `xml:"identifier,attr"`
	Type          string        `xml:"xsi:type,attr"`
	Name          string        `xml:"name"`
	Documentation string        `xml:"documentation,omitempty"`
	Properties    *propertyList `xml:"properties"`
}

type relationship struct {
	ID            string        `xml:"identifier,attr"`
	Source        string        `xml:"source,attr"`
	Target        string        `xml:"target,attr"`
	Type          string        `xml:"xsi:type,attr"`
	Access        string        `xml:"accessType,attr,omitempty"`
	Name          string        `xml:"name,omitempty"`
	Documentation string        `xml:"documentation,omitempty"`
	Properties    *propertyList `xml:"properties"`
}

type propertyList struct {
	All []property `xml:"property"`
}

type property struct {
	Ref   string `xml:"propertyDefinitionRef,attr"`
	Value string `xml:"value"`
}

type definition struct {
	ID   string `xml:"identifier,attr"`
	Type string `xml:"type,attr"`
	Name string `xml:"name"`
}

type view struct {
	ID          string       `xml:"identifier,attr"`
	Type        string       `xml:"xsi:type,attr"`
	Name        string       `xml:"name"`
	Nodes       []node       `xml:"node"`
	Connections []connection `xml:"connection"`
}

type node struct {
	ID    string `xml:"identifier,attr"`
	Ref   string `xml:"elementRef,attr"`
	Type  string `xml:"xsi:type,attr"`
	X     int    `xml:"x,attr"`
	Y     int    `xml:"y,attr"`
	W     int    `xml:"w,attr"`
	H     int    `xml:"h,attr"`
	Style style  `xml:"style"`
}

type connection struct {
	ID     string `xml:"identifier,attr"`
	Ref    string `xml:"relationshipRef,attr"`
	Type   string `xml:"xsi:type,attr"`
	Source string `xml:"source,attr"`
	Target string `xml:"target,attr"`
	Style  style  `xml:"style"`
	Bends  []bend `xml:"bendpoint"`
}

type bend struct {
	X int `xml:"x,attr"`
	Y int `xml:"y,attr"`
}

type style struct {
	Line colour `xml:"lineColor"`
	Fill any    `xml:"fillColor,omitempty"`
}

type colour struct {
	R uint8 `xml:"r,attr"`
	G uint8 `xml:"g,attr"`
	B uint8 `xml:"b,attr"`
}
