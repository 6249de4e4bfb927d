package graph_test

import (
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/flowmap-dev/flowmap/pkg/audit"
	"github.com/flowmap-dev/flowmap/pkg/graph"
)

const written = `version: 1
systems:
  - {id: erp}
  - {id: crm}
  - {id: old}
entities:
  - {id: customer, record: erp}
  - {id: lead}
flows:
  - {id: out, entity: customer, from: erp, to: crm}
  - {id: back, entity: customer, from: crm, to: erp}
`

func TestPlacesAreWhereOneWouldMendIt(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "flowmap.yaml"), []byte(written), 0o600); err != nil {
		t.Fatal(err)
	}
	w, err := audit.Load(dir)
	if err != nil {
		t.Fatal(err)
	}
	want := map[string][]int32{
		"FM001 low lead":                            {8},     // there is no record to mend: the entity
		"FM003 medium customer: crm erp [back]":     {7, 11}, // the record, and the flow back
		"FM006 medium customer: erp crm [out back]": {7, 10, 11},
		"FM008 info lead":                           {8},
		"FM008 info : old":                          {5},
	}
	found := graph.New(w).Findings
	if len(found) != len(want) {
		t.Fatalf("findings %q, want %d", told(found), len(want))
	}
	for i, line := range told(found) {
		var lines []int32
		for _, p := range found[i].Places {
			lines = append(lines, p.Line)
		}
		if !slices.Equal(lines, want[line]) {
			t.Errorf("%s at lines %v, want %v", line, lines, want[line])
		}
	}
}
