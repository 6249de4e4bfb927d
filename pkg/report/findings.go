package report

import (
	"strings"

	"github.com/flowmap-dev/flowmap/pkg/audit"
)

// findings is the section of what is wrong with the landscape and the figures.
func (b *builder) findings() []Block {
	t := Table{ID: "findings-list", Empty: b.t("findings.empty", nil), Columns: []Column{
		b.column("finding", Text, 24), b.column("severity", Text, 11), b.column("sentence", Text, 50), b.column("advice", Text, 50),
		b.column("hours", Hours, 9), b.column("cost", Money, 11), b.column("where", Text, 34), b.column("id", Text, 9),
	}}
	var accepted List
	accepted.Title = b.t("findings.accepted", nil)
	for i, f := range b.Findings {
		if f.Accepted != nil {
			accepted.Items = append(accepted.Items, b.Sentence(f)+" "+b.Acceptance(f))
			continue
		}
		t.Rows = append(t.Rows, Row{f.ID + "-" + b.words.Number(float64(i+1), 0), b.findingCells(f)})
	}
	blocks := []Block{b.lead("findings.lead", nil), t}
	if len(accepted.Items) > 0 {
		blocks = append(blocks, accepted)
	}
	if len(b.Lapsed) > 0 {
		lapsed := List{Title: b.words.Text("finding.lapsed", nil)}
		for _, l := range b.Lapsed {
			lapsed.Items = append(lapsed.Items, b.Lapse(l))
		}
		blocks = append(blocks, lapsed)
	}
	return blocks
}

func (b *builder) findingCells(f audit.Finding) []Cell {
	hours, cost := b.findingCosts(f)
	return []Cell{
		Words(b.Title(f)), Words(b.words.Text("severity."+string(f.Severity), nil)), Words(b.Sentence(f)), Words(b.Advice(f)),
		hours, cost, Words(placesOf(f.Places)), Words(f.ID),
	}
}

// mostPriced is for how many flows the money of a finding follows each of them: a
// formula of Excel has 8,192 letters at most, and each flow takes some 400 of them.
const mostPriced = 18

// findingCosts are the hours and the money of the flows that a finding names, by
// formulas where those flows are not very many.
func (b *builder) findingCosts(f audit.Finding) (hours, cost Cell) {
	switch {
	case !(f.HoursPerWeek > 0 || f.CostPerYear > 0):
		return Words(""), Words("")
	case len(f.Flows) > mostPriced:
		return Known(Hours, f.HoursPerWeek), Known(Money, f.CostPerYear)
	}
	var week, year []Formula
	automated := 0.0
	for _, id := range f.Flows {
		if flow, _ := b.Workspace.Flow(id); !flow.ByHand() {
			automated += b.costs[id].ErrorCostPerYear
			continue
		}
		year = append(year, At("calculation", id, "fixing"), At("calculation", id, "losses"))
		if b.costs[id].Stated {
			// Under a scenario the hours may be known no longer.
			hours, labour := At("flows", id, "hours"), At("calculation", id, "labour")
			week, year = append(week, orNought(hours, hours)), append(year, orNought(labour, labour))
		}
	}
	if automated > 0 {
		year = append(year, Num(automated))
	}
	return total(Hours, week), total(Money, year)
}

// total is the sum of terms; without any it is zero.
func total(kind Kind, terms []Formula) Cell {
	if len(terms) == 0 {
		return Known(kind, 0)
	}
	return Live(Add(terms[0], terms[1:]...))
}

// placesOf lists the first places of a finding, a line each.
func placesOf(places []audit.Place) string {
	const most = 3
	var lines []string
	for i, p := range places {
		if i == most {
			lines = append(lines, "…")
			break
		}
		lines = append(lines, p.String())
	}
	return strings.Join(lines, "\n")
}
