package graph_test

import (
	"testing"

	"github.com/flowmap-dev/flowmap/pkg/audit"
	"github.com/flowmap-dev/flowmap/pkg/graph"
)

func TestAccept(t *testing.T) {
	f := audit.Finding{ID: "FM009", Flows: []string{"web-orders"}, Systems: []string{"shop", "erp"}, Entities: []string{"order"},
		Roles: []string{"admin"}, People: []string{"Maria"}}
	tests := []struct {
		name string
		a    audit.Accepted
		date audit.Date
		want bool
	}{
		{"the person", audit.Accepted{Finding: "FM009", Person: "Maria"}, "2026-11-20", true},
		{"another person", audit.Accepted{Finding: "FM009", Person: "Jose"}, "2026-11-20", false},
		{"another finding", audit.Accepted{Finding: "FM002", Person: "Maria"}, "2026-11-20", false},
		{"one of its systems", audit.Accepted{Finding: "FM009", System: "erp"}, "2026-11-20", true},
		{"its flow, entity and role", audit.Accepted{Finding: "FM009", Flow: "web-orders", Entity: "order", Role: "admin"}, "2026-11-20", true},
		{"its flow, but another entity", audit.Accepted{Finding: "FM009", Flow: "web-orders", Entity: "stock"}, "2026-11-20", false},
		{"nothing named: every finding of the id", audit.Accepted{Finding: "FM009"}, "2026-11-20", true},
		{"on its last day", audit.Accepted{Finding: "FM009", Until: "2027-01-31"}, "2027-01-31", true},
		{"a day later", audit.Accepted{Finding: "FM009", Until: "2027-01-31"}, "2027-02-01", false},
		{"of an audit without a date", audit.Accepted{Finding: "FM009", Until: "2027-01-31"}, "", true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := graph.Accept([]audit.Finding{f}, []audit.Accepted{tt.a}, tt.date)[0].Accepted
			if (got != nil) != tt.want {
				t.Errorf("accepted %v, want %t", got, tt.want)
			}
		})
	}
}

func TestAnAcceptanceThatIsPastHidesNoOther(t *testing.T) {
	findings := []audit.Finding{{ID: "FM008", Systems: []string{"legacy"}}}
	marked := graph.Accept(findings, []audit.Accepted{
		{Finding: "FM008", Why: "old", Until: "2025-12-31"},
		{Finding: "FM008", Why: "archive", Until: "2027-12-31"},
	}, "2026-11-20")
	if marked[0].Accepted == nil || marked[0].Accepted.Why != "archive" {
		t.Errorf("accepted %+v, want the one that is in force", marked[0].Accepted)
	}
	if findings[0].Accepted != nil {
		t.Error("the findings given were changed")
	}
}
