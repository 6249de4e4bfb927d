package openlineage

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"github.com/flowmap-dev/flowmap/pkg/audit"
)

const small = `version: 1
DATEclient: {name: "Pine & Co"}
currency: EUR
language: en
systems:
  - {id: shop, name: "<script>", kind: ecommerce}
  - {id: erp, name: ERP, kind: erp}
entities:
  - {id: order, name: Order, record: erp}
flows:
  - {id: web, entity: order, from: shop, to: erp, owner: Ana, effort: {hours_per_week: 2}}
  - {id: back, from: erp, to: shop, how: automated, needs: {direction: two-way}}
`

func lines(t *testing.T, src string) ([]event, error) {
	t.Helper()
	ws, err := audit.New([]audit.Source{{Name: "flowmap.yaml", Text: []byte(src)}})
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := Write(&b, ws); err != nil {
		return nil, err
	}
	var out []event
	for line := range strings.Lines(b.String()) {
		var e event
		if err := json.Unmarshal([]byte(line), &e); err != nil {
			t.Fatal(err)
		}
		out = append(out, e)
	}
	return out, nil
}

func TestEachFlowIsAJobFromDataToData(t *testing.T) {
	all, err := lines(t, strings.Replace(small, "DATE", "date: 2026-11-20\n", 1))
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, e := range all {
		names = append(names, e.Job.Name)
		if e.Time != "2026-11-20T00:00:00Z" {
			t.Errorf("the time is %s", e.Time)
		}
	}
	if got, want := strings.Join(names, " "), "back back.back web"; got != want {
		t.Fatalf("the jobs are %s, want %s", got, want)
	}
	web := all[2]
	if in, out := web.Inputs[0], web.Outputs[0]; in.Namespace != "flowmap://Pine%20&%20Co/shop" || out.Namespace != "flowmap://Pine%20&%20Co/erp" || in.Name != "order" || out.Name != "order" {
		t.Errorf("web leads from %v to %v", in, out)
	}
	if got := web.Job.Facets["documentation"]["description"]; got != "Order (2.0 h/week)" && got != "web (2.0 h/week)" {
		t.Errorf("web is described as %q", got)
	}
	if all[1].Inputs[0].Namespace != all[0].Outputs[0].Namespace {
		t.Error("the way back does not begin where the way there ends")
	}
}

func TestWithoutADateTheErrorSaysWhatIsMissing(t *testing.T) {
	_, err := lines(t, strings.Replace(small, "DATE", "", 1))
	if err == nil || !strings.Contains(err.Error(), "date") || !strings.Contains(err.Error(), "SOURCE_DATE_EPOCH") {
		t.Errorf("%v, want an error that names the date and SOURCE_DATE_EPOCH", err)
	}
}
