package report

import (
	"github.com/flowmap-dev/flowmap/pkg/audit"
	"github.com/flowmap-dev/flowmap/pkg/lang"
)

// nextSteps is what there is to decide before work begins, and what is open.
func (b *builder) nextSteps() []Block {
	blocks := []Block{b.lead("next-steps.lead", nil)}
	for _, l := range []List{
		{b.t("next-steps.decide", nil), b.decisions()},
		{b.t("next-steps.open", nil), b.stillOpen()},
	} {
		if len(l.Items) > 0 {
			blocks = append(blocks, l)
		}
	}
	if len(blocks) == 1 {
		return nil
	}
	return blocks
}

// decisions are those that the figures of a proposal wait for.
func (b *builder) decisions() []string {
	var items []string
	if chosen := b.paidBackBy(b.target); len(chosen) > 0 {
		p := project(b, chosen)
		var flows []string
		for _, s := range chosen {
			flows = append(flows, s.Flow)
		}
		items = append(items, b.n("next-steps.start", len(chosen), lang.Args{
			"Names": b.someOf(flows), "Build": b.money(p.Build), "Monthly": b.money(p.Fee + p.Maintenance),
		}), b.t("next-steps.owner", nil))
	}
	if cost := b.Workspace.Assumptions.HourlyCost; b.ranked() > 0 && !cost.Stated() {
		items = append(items, b.t("next-steps.hourly", lang.Args{"Cost": b.words.Money(cost.Mean(), b.Workspace.Currency, 2)}))
	}
	var titles []string
	for _, f := range b.Findings {
		if title := b.Title(f); f.Severity == audit.SeverityHigh && f.Accepted == nil && (len(titles) == 0 || titles[len(titles)-1] != title) {
			titles = append(titles, title)
		}
	}
	for _, title := range titles {
		items = append(items, b.t("next-steps.high", lang.Args{"Names": title}))
	}
	return items
}

// stillOpen counts what the section of what is not counted lists.
func (b *builder) stillOpen() []string {
	var items []string
	for _, open := range []struct {
		key string
		n   int
	}{{"hours", len(b.withoutHours())}, {"prices", len(b.withoutPrice())}, {"points", len(b.openPoints())}} {
		if open.n > 0 {
			items = append(items, b.n("next-steps."+open.key, open.n, nil))
		}
	}
	return items
}
