package report_test

import (
	"strings"
	"testing"

	"github.com/flowmap-dev/flowmap/pkg/audit"
	"github.com/flowmap-dev/flowmap/pkg/lang"
	"github.com/flowmap-dev/flowmap/pkg/report"
)

// A report of changed figures says so at its head and where they stand.
func TestAWhatIfDoesNotPassForTheAudit(t *testing.T) {
	w, err := parsed(t, webOrders).With(audit.Setting{Key: "weeks_per_year", Value: "50"})
	if err != nil {
		t.Fatal(err)
	}
	p, err := lang.New("en")
	if err != nil {
		t.Fatal(err)
	}
	r, err := report.Build(report.Input{Base: run(t, w), Words: p, WhatIf: []string{"--set weeks_per_year=50", "scenario: Wages 2027"}})
	if err != nil {
		t.Fatal(err)
	}
	const changes = "--set weeks_per_year=50; scenario: Wages 2027"
	first, ok := r.Sections[0].Blocks[0].(report.Paragraph)
	if !ok || first.Style != report.Note || !strings.HasPrefix(first.Text, "What-if") || !strings.Contains(first.Text, changes) {
		t.Errorf("the summary begins with %v, want what was changed", r.Sections[0].Blocks[0])
	}
	if !strings.Contains(r.Meta.Printed, changes) {
		t.Errorf("printed is %q, want what was changed", r.Meta.Printed)
	}
	assumptions := table(t, r, "assumptions")
	if c := at(t, assumptions, "weeks_per_year", "source"); c.Text != "changed for this report" {
		t.Errorf("weeks come from %q, want a change for this report", c.Text)
	}
}

func TestTheAuditIsNoWhatIf(t *testing.T) {
	r := built(t, run(t, parsed(t, webOrders)), "en")
	if strings.Contains(r.Meta.Printed, "What-if") {
		t.Errorf("printed is %q", r.Meta.Printed)
	}
}
