package bpmn

import (
	"bytes"
	"encoding/xml"
	"testing"

	"github.com/flowmap-dev/flowmap/pkg/audit"
	"github.com/flowmap-dev/flowmap/pkg/graph"
	"github.com/flowmap-dev/flowmap/pkg/graph/diagram"
	"github.com/flowmap-dev/flowmap/pkg/lang"
)

const small = `version: 1
client: {name: "]]> <b> & Co"}
currency: EUR
language: en
systems:
  - {id: shop, name: "<script>", kind: ecommerce}
  - {id: erp, name: ERP, kind: erp}
  - {id: mail, name: Mail, kind: email}
entities:
  - {id: order, name: Order, record: erp}
flows:
  - {id: web, entity: order, from: shop, to: erp, effort: {hours_per_week: 2}}
  - {id: back, entity: order, from: erp, to: shop, needs: {direction: two-way}}
  - {id: post, entity: order, from: mail, to: erp}
`

func written(t *testing.T) []byte {
	t.Helper()
	ws, err := audit.New([]audit.Source{{Name: "flowmap.yaml", Text: []byte(small)}})
	if err != nil {
		t.Fatal(err)
	}
	p, err := lang.New("en")
	if err != nil {
		t.Fatal(err)
	}
	m := graph.New(ws)
	v, err := diagram.Flows(m, ws, p, diagram.Options{})
	if err != nil {
		t.Fatal(err)
	}
	plan, err := v.Plan(diagram.Look{})
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := Write(&b, plan); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

type read struct {
	Participants []struct {
		ID   string `xml:"id,attr"`
		Name string `xml:"name,attr"`
	} `xml:"collaboration>participant"`
	Flows []struct {
		ID     string `xml:"id,attr"`
		Source string `xml:"sourceRef,attr"`
		Target string `xml:"targetRef,attr"`
	} `xml:"collaboration>messageFlow"`
	Shapes []struct {
		Element string `xml:"bpmnElement,attr"`
	} `xml:"BPMNDiagram>BPMNPlane>BPMNShape"`
	Edges []struct {
		Element string     `xml:"bpmnElement,attr"`
		Points  []struct{} `xml:"waypoint"`
	} `xml:"BPMNDiagram>BPMNPlane>BPMNEdge"`
}

func TestEachSystemIsAPoolAndEachLinkAMessageFlowThatIsDrawn(t *testing.T) {
	var got read
	if err := xml.Unmarshal(written(t), &got); err != nil {
		t.Fatal(err)
	}
	drawn := map[string]int{}
	for _, s := range got.Shapes {
		drawn[s.Element]++
	}
	for _, e := range got.Edges {
		drawn[e.Element]++
		if len(e.Points) < 2 {
			t.Errorf("%s has %d points", e.Element, len(e.Points))
		}
	}
	// One of three links goes both ways.
	if len(got.Participants) != 3 || len(got.Flows) != 4 {
		t.Errorf("%d pools and %d message flows, want 3 and 4", len(got.Participants), len(got.Flows))
	}
	known := map[string]bool{}
	for _, p := range got.Participants {
		known[p.ID] = true
		if drawn[p.ID] != 1 {
			t.Errorf("pool %s is drawn %d times", p.ID, drawn[p.ID])
		}
	}
	for _, f := range got.Flows {
		if drawn[f.ID] != 1 || !known[f.Source] || !known[f.Target] {
			t.Errorf("flow %s from %s to %s is drawn %d times", f.ID, f.Source, f.Target, drawn[f.ID])
		}
	}
	if got.Participants[0].Name != "<script>" {
		t.Errorf("the name is %q", got.Participants[0].Name)
	}
}

func TestEqualMapsGiveEqualBytes(t *testing.T) {
	if !bytes.Equal(written(t), written(t)) {
		t.Error("the bytes differ")
	}
}
