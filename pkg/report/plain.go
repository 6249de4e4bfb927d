package report

import (
	"slices"

	"github.com/flowmap-dev/flowmap/pkg/lang"
)

// The size of a workspace tells how much of a report is worth its while, by the
// number of flows that are ranked.
const (
	// MostTried is up to how many flows a report tries other plans and other
	// budgets, each of which takes a search a flow.
	MostTried = 60
	// MostPlanned is up to how many flows a report has a plan, advice on each flow,
	// and what to do when it fails. Nobody reads those of more.
	MostPlanned = 500
	// MostLive is up to how many flows figures follow what a reader changes, and
	// scenarios stand beside the audit. A workbook of more takes minutes to compute
	// anew.
	MostLive = 2000
)

// figuresAlone tells whether the report is one of figures alone.
func (b *builder) figuresAlone() bool { return len(b.Ranking.Scores) > MostLive }

// settled is the report with its figures and without what they were computed by:
// nothing in it can be changed, and the steps of the arithmetic are left out. It
// changes the report's cells in place.
func (r Report) settled() Report {
	r.Sections = slices.DeleteFunc(r.Sections, func(s Section) bool { return s.ID == "calculation" })
	for i := range r.Sections {
		s := &r.Sections[i]
		s.Blocks = still(s.Blocks)
		for j, b := range s.Blocks {
			switch b := b.(type) {
			case Table:
				b.settle()
			case Chart:
				b.Table.settle()
			case Figures:
				for k := range b.Figures {
					b.Figures[k].Cell.Formula = nil
				}
			case Paragraph, List, Picture:
			}
			s.Blocks[j] = b
		}
	}
	return r
}

// settle takes the formulas out of a table's cells.
func (t Table) settle() {
	for i := range t.Rows {
		for j := range t.Rows[i].Cells {
			t.Rows[i].Cells[j].Formula = nil
		}
	}
	if t.Total != nil {
		for j := range t.Total.Cells {
			t.Total.Cells[j].Formula = nil
		}
	}
}

// leftOut says what a report of many flows has not, and how to see it; empty if
// it has all.
func (b *builder) leftOut() []Block {
	n := len(b.Ranking.Scores)
	args := lang.Args{"Flows": b.words.Number(float64(n), 0), "Planned": b.words.Number(MostPlanned, 0), "Live": b.words.Number(MostLive, 0)}
	switch {
	case n > MostLive:
		return []Block{Paragraph{b.t("summary.plain", args), Note}}
	case n > MostPlanned:
		return []Block{Paragraph{b.t("summary.large", args), Note}}
	}
	return nil
}
