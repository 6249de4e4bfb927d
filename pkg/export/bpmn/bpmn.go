// Package bpmn writes a map as a collaboration of BPMN 2.0: each system is a pool
// that nobody looks into, each link a message flow, and a diagram has both where
// the layout put them. Process tools open it, and go on from there.
package bpmn

import (
	"encoding/xml"
	"io"
	"math"
	"strconv"
	"strings"

	"github.com/flowmap-dev/flowmap/pkg/draw"
	"github.com/flowmap-dev/flowmap/pkg/graph/diagram"
)

// Write writes the plan. The same plan gives the same bytes. A link that goes
// both ways is two message flows, there and back.
// https://www.omg.org/spec/BPMN/2.0.2/
func Write(w io.Writer, p diagram.Plan) error {
	d := definitions{
		BPMN: "http://www.omg.org/spec/BPMN/20100524/MODEL", BPMNDI: "http://www.omg.org/spec/BPMN/20100524/DI",
		DC: "http://www.omg.org/spec/DD/20100524/DC", DI: "http://www.omg.org/spec/DD/20100524/DI", Own: "https://github.com/flowmap-dev/flowmap/bpmn",
		ID: "definitions", Target: "https://github.com/flowmap-dev/flowmap/bpmn", Exporter: "flowmap",
		Collaboration: collaboration{ID: "map", Documentation: draw.Clean(p.View.Title)},
		Diagram:       drawing{ID: "diagram", Plane: plane{ID: "plane", Element: "map"}},
	}
	for i, n := range p.View.Nodes {
		d.pool(n, p.Nodes[i])
	}
	for i, l := range p.View.Links {
		id := "link_" + strconv.Itoa(i+1)
		d.flow(id, l, p.Lines[i], l.From, l.To, false)
		if l.TwoWay {
			d.flow(id+"_back", l, p.Lines[i], l.To, l.From, true)
		}
	}
	text, err := xml.MarshalIndent(d, "", "  ")
	if err != nil {
		return err
	}
	_, err = w.Write(append([]byte(xml.Header), append(text, '\n')...))
	return err
}

// pool adds a system.
func (d *definitions) pool(n diagram.Node, at diagram.Box) {
	id := name(n.ID)
	d.Collaboration.Participants = append(d.Collaboration.Participants, participant{ID: id, Name: draw.Clean(n.Name), Own: n.ID,
		Documentation: draw.Clean(n.Title)})
	d.Diagram.Plane.Shapes = append(d.Diagram.Plane.Shapes, shape{ID: id + "_shape", Element: id, Horizontal: true,
		Bounds: bounds{length(at.X), length(at.Y), length(at.W), length(at.H)}})
}

// flow adds a link in one of its directions.
func (d *definitions) flow(id string, l diagram.Link, at diagram.Line, from, to string, back bool) {
	d.Collaboration.Flows = append(d.Collaboration.Flows, messageFlow{ID: id, Name: draw.Clean(label(l)), Source: name(from), Target: name(to),
		Own: strings.Join(l.Flows, " "), Documentation: draw.Clean(l.Title)})
	e := edge{ID: id + "_edge", Element: id, Label: bounds{length(at.Label.X), length(at.Label.Y), length(at.Label.W), length(at.Label.H)}}
	way := waypoints(at)
	for i := range way {
		q := way[i]
		if back {
			q = way[len(way)-1-i]
		}
		e.Points = append(e.Points, point{length(q.X), length(q.Y)})
	}
	d.Diagram.Plane.Edges = append(d.Diagram.Plane.Edges, e)
}

// waypoints are where a line begins, passes and ends: BPMN's lines are straight
// between them.
func waypoints(at diagram.Line) []draw.Point {
	var out []draw.Point
	for i, p := range append(append([]draw.Point(nil), at.Tail...), at.Head...) {
		passed := i%3 == 0
		if i >= len(at.Tail) {
			passed = (i-len(at.Tail))%3 == 0
		}
		if passed {
			out = append(out, p)
		}
	}
	return out
}

// label is what stands on a link.
func label(l diagram.Link) string {
	out := strings.Join(l.What, ", ")
	for _, s := range []string{l.Often, l.Amount} {
		if s != "" {
			out += " · " + s
		}
	}
	return out
}

// name is an id as XML wants it: a letter first, and no colon.
func name(id string) string { return "system_" + strings.ReplaceAll(id, ":", "_") }

func length(x float64) string { return strconv.FormatFloat(math.Round(x*100)/100, 'f', -1, 64) }

type definitions struct {
	XMLName       xml.Name      `xml:"bpmn:definitions"`
	BPMN          string        `xml:"xmlns:bpmn,attr"`
	BPMNDI        string        `xml:"xmlns:bpmndi,attr"`
	DC            string        `xml:"xmlns:dc,attr"`
	DI            string        `xml:"xmlns:di,attr"`
	Own           string        `xml:"xmlns:flowmap,attr"`
	ID            string        `xml:"id,attr"`
	Target        string        `xml:"targetNamespace,attr"`
	Exporter      string        `xml:"exporter,attr"`
	Collaboration collaboration `xml:"bpmn:collaboration"`
	Diagram       drawing       `xml:"bpmndi:BPMNDiagram"`
}

type collaboration struct {
	ID            string        `xml:"id,attr"`
	Documentation string        `xml:"bpmn:documentation"`
	Participants  []participant `xml:"bpmn:participant"`
	Flows         []messageFlow `xml:"bpmn:messageFlow"`
}

type participant struct {
	ID            string `xml:"id,attr"`
	Name          string `xml:"name,attr"`
	Own           string `xml:"flowmap:system,attr"`
	Documentation string `xml:"bpmn:documentation"`
}

type messageFlow struct {
	ID            string `xml:"id,attr"`
	Name          string `xml:"name,attr"`
	Source        string `xml:"sourceRef,attr"`
	Target        string `xml:"targetRef,attr"`
	Own           string `xml:"flowmap:flows,attr"`
	Documentation string `xml:"bpmn:documentation"`
}

type drawing struct {
	ID    string `xml:"id,attr"`
	Plane plane  `xml:"bpmndi:BPMNPlane"`
}

type plane struct {
	ID      string  `xml:"id,attr"`
	Element string  `xml:"bpmnElement,attr"`
	Shapes  []shape `xml:"bpmndi:BPMNShape"`
	Edges   []edge  `xml:"bpmndi:BPMNEdge"`
}

type shape struct {
	ID         string `xml:"id,attr"`
	Element    string `xml:"bpmnElement,attr"`
	Horizontal bool   `xml:"isHorizontal,attr"`
	Bounds     bounds `xml:"dc:Bounds"`
}

type edge struct {
	ID      string  `xml:"id,attr"`
	Element string  `xml:"bpmnElement,attr"`
	Points  []point `xml:"di:waypoint"`
	Label   bounds  `xml:"bpmndi:BPMNLabel>dc:Bounds"`
}

type bounds struct {
	X string `xml:"x,attr"`
	Y string `xml:"y,attr"`
	W string `xml:"width,attr"`
	H string `xml:"height,attr"`
}

type point struct {
	X string `xml:"x,attr"`
	Y string `xml:"y,attr"`
}
