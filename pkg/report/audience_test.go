package report_test

import (
	"testing"

	"github.com/flowmap-dev/flowmap/pkg/report"
)

// changeable tells how many paragraphs and columns say that cells can be
// changed.
func changeable(r report.Report) int {
	n := 0
	for _, s := range r.Sections {
		for _, b := range s.Blocks {
			switch b := b.(type) {
			case report.Paragraph:
				if b.Style == report.Workbook {
					n++
				}
			case report.Table:
				for _, c := range b.Columns {
					if c.Input {
						n++
					}
				}
			}
		}
	}
	return n
}

// Without the sheet of the flows nothing follows a change, so that nothing
// offers one.
func TestAWorkbookWithoutItsInputsDoesNotClaimToBeLive(t *testing.T) {
	r := built(t, run(t, parsed(t, webOrders)), "en")
	all := changeable(r)
	for _, a := range []report.Audience{report.Management, report.Proposal} {
		if n := changeable(r.For(a)); n != 0 {
			t.Errorf("%s: %d paragraphs and columns offer changes, want none", a, n)
		}
	}
	if n := changeable(r.For(report.IT)); n != all || changeable(r) != all || all == 0 {
		t.Errorf("it has %d paragraphs and columns to change, the whole report %d, before %d", n, changeable(r), all)
	}
}
