package report

import (
	"cmp"
	"slices"

	"github.com/flowmap-dev/flowmap/pkg/roi"
)

// Workbook is the report as a workbook has it, with what only a workbook can
// have: which flows are in the plan and which scenario holds, as cells that a
// reader changes, and all that follows them. The report itself stays as it is.
// An error is a formula that refers to nothing.
func (r Report) Workbook() (Report, error) {
	b := r.live
	if b == nil || !b.follows() || b.ranked() == 0 || !r.has("flows") || !r.has("calculation") {
		return r, nil
	}
	r.Sections = copied(r.Sections)
	for i := range r.Sections {
		s := &r.Sections[i]
		switch s.ID {
		case "summary":
			s.Blocks = b.summaryInputs(s.Blocks)
		case "calculation":
			s.Blocks = b.claimed(s.Blocks)
		case "assumptions":
			s.Blocks = b.withBeyond(s.Blocks)
		case "plan":
			s.Blocks = b.followed(s.Blocks)
		case "cash":
			drawn(s.Blocks, "months")
		}
	}
	if b.chooses() {
		r.insert(b.choice(), "plan")
	}
	if r.has("priorities") {
		r.insert(b.valueAndEffort(), "priorities")
	}
	if err := b.underScenarios(r); err != nil {
		return r, err
	}
	return r, Calculate(r)
}

func (r Report) has(section string) bool {
	return slices.ContainsFunc(r.Sections, func(s Section) bool { return s.ID == section })
}

// insert puts a section after another.
func (r *Report) insert(s Section, after string) {
	at := slices.IndexFunc(r.Sections, func(s Section) bool { return s.ID == after })
	r.Sections = slices.Insert(r.Sections, at+1, s)
}

// copied are sections whose cells may be changed without changing the others.
func copied(sections []Section) []Section {
	sections = slices.Clone(sections)
	for i := range sections {
		blocks := slices.Clone(sections[i].Blocks)
		for j, b := range blocks {
			switch b := b.(type) {
			case Table:
				blocks[j] = b.copied()
			case Chart:
				b.Table = b.Table.copied()
				blocks[j] = b
			case Figures:
				b.Figures = slices.Clone(b.Figures)
				blocks[j] = b
			case Paragraph, List, Picture:
			}
		}
		sections[i].Blocks = blocks
	}
	return sections
}

func (t Table) copied() Table {
	t.Columns = slices.Clone(t.Columns)
	t.Rows = slices.Clone(t.Rows)
	for i := range t.Rows {
		t.Rows[i].Cells = slices.Clone(t.Rows[i].Cells)
	}
	if t.Total != nil {
		total := Row{t.Total.Key, slices.Clone(t.Total.Cells)}
		t.Total = &total
	}
	return t
}

// inTable changes the table of blocks that has an id.
func inTable(blocks []Block, id string, change func(*Table)) {
	for i, b := range blocks {
		switch b := b.(type) {
		case Table:
			if b.ID == id {
				change(&b)
				blocks[i] = b
			}
		case Chart:
			if b.Table.ID == id {
				change(&b.Table)
				blocks[i] = b
			}
		case Paragraph, List, Figures, Picture:
		}
	}
}

// add puts a column at the end of a table.
func (t *Table) add(c Column, cell func(Row) Cell) {
	t.Columns = append(t.Columns, c)
	for i := range t.Rows {
		t.Rows[i].Cells = append(t.Rows[i].Cells, cell(t.Rows[i]))
	}
}

// valueAndEffort sets what flows bring against what they take.
func (b *builder) valueAndEffort() Section {
	t := Table{ID: "value-effort", Title: b.t("value.scatter", nil), Short: b.t("value.short", nil), Empty: b.t("priorities.empty", nil), Columns: []Column{
		b.column("flow", Text, 40), b.column("build", Money, 14), b.column("benefit", Money, 14),
	}}
	scores := slices.DeleteFunc(slices.Clone(b.Ranking.Scores), func(s roi.Score) bool { return !s.NPV.OK })
	slices.SortStableFunc(scores, func(x, y roi.Score) int { return cmp.Compare(y.BenefitPerYear, x.BenefitPerYear) })
	for _, s := range scores {
		t.Rows = append(t.Rows, Row{s.Flow, []Cell{Words(b.Flow(s.Flow)), Live(Same("calculation", "build")), Live(Same("calculation", "benefit"))}})
	}
	return Section{ID: "value-effort", Title: b.t("value.title", nil), Short: b.t("value.short", nil), Audiences: []Audience{IT}, Blocks: []Block{
		b.lead("value.lead", nil), Chart{Table: t, Label: "flow", Bars: "build", Line: "benefit", As: Scatter},
	}}
}

// drawn draws the table of money by month as a curve.
func drawn(blocks []Block, id string) {
	for i, b := range blocks {
		if t, ok := b.(Table); ok && t.ID == id {
			blocks[i] = Chart{Table: t, Label: "month", Bars: "running_total", Line: "running_cash", As: Lines}
		}
	}
}
