package archimate

import (
	"bytes"
	"encoding/xml"
	"regexp"
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
	if err := Write(&b, plan, m, ws); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

type read struct {
	Elements []struct {
		ID   string `xml:"identifier,attr"`
		Type string `xml:"type,attr"`
		Name string `xml:"name"`
	} `xml:"elements>element"`
	Relationships []struct {
		ID     string `xml:"identifier,attr"`
		Type   string `xml:"type,attr"`
		Source string `xml:"source,attr"`
		Target string `xml:"target,attr"`
	} `xml:"relationships>relationship"`
	Nodes []struct {
		Ref string `xml:"elementRef,attr"`
	} `xml:"views>diagrams>view>node"`
	Connections []struct {
		Ref string `xml:"relationshipRef,attr"`
	} `xml:"views>diagrams>view>connection"`
}

func TestTheModelHasSystemsDataAndFlowsAndAViewOfThem(t *testing.T) {
	text := written(t)
	var got read
	if err := xml.Unmarshal(text, &got); err != nil {
		t.Fatal(err)
	}
	types, ids := map[string]int{}, map[string]bool{}
	for _, e := range got.Elements {
		types[e.Type]++
		ids[e.ID] = true
	}
	for _, r := range got.Relationships {
		types[r.Type]++
		if !ids[r.Source] || !ids[r.Target] {
			t.Errorf("%s leads from %s to %s, and not both are elements", r.ID, r.Source, r.Target)
		}
	}
	// Of three links one goes both ways; one system holds the orders, the shop gets them.
	want := map[string]int{"ApplicationComponent": 2, "BusinessInterface": 1, "DataObject": 1, "Flow": 4, "Access": 2}
	for kind, n := range want {
		if types[kind] != n {
			t.Errorf("%d of type %s, want %d", types[kind], kind, n)
		}
	}
	if len(got.Nodes) != 3 || len(got.Connections) != 4 {
		t.Errorf("the view has %d nodes and %d connections, want 3 and 4", len(got.Nodes), len(got.Connections))
	}
	if got.Elements[0].Name != "<script>" {
		t.Errorf("the name is %q", got.Elements[0].Name)
	}
	for _, id := range regexp.MustCompile(`identifier="([^"]*)"`).FindAllSubmatch(text, -1) {
		if !regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_.-]*$`).Match(id[1]) {
			t.Errorf("%q is no NCName", id[1])
		}
	}
}

func TestEqualModelsGiveEqualBytes(t *testing.T) {
	if !bytes.Equal(written(t), written(t)) {
		t.Error("the bytes differ")
	}
}
