package report

import (
	"slices"

	"github.com/flowmap-dev/flowmap/pkg/lang"
)

// anyAmount is more than any amount that a report has.
const anyAmount = 1e15

// unpriced counts the flows with hours whose integration has no price, and
// tells whether that is all of them.
func (b *builder) unpriced() (n int, all bool) {
	for _, s := range b.Ranking.Scores {
		if s.Stated && !s.NPV.OK {
			n++
		}
	}
	return n, n == b.ranked()
}

// withoutRate are the currencies of prices in the catalogue that no exchange
// rate turns into the workspace's, in alphabetical order.
func (b *builder) withoutRate() []string {
	var missing []string
	for _, p := range b.Catalogue.Platforms {
		for _, t := range p.Tiers {
			if _, ok := b.Workspace.ExchangeRate(t.Currency); !ok && t.Price.Stated && t.Price.Value > 0 && !slices.Contains(missing, t.Currency) {
				missing = append(missing, t.Currency)
			}
		}
	}
	slices.Sort(missing)
	return missing
}

// noPriceYet is the verdict where nothing has a price: not that it does not pay
// back, but what is missing.
func (b *builder) noPriceYet() string {
	if missing := b.withoutRate(); len(missing) > 0 {
		return b.t("summary.unpriced.rates", lang.Args{"Currencies": b.words.List(missing), "Own": b.Workspace.Currency})
	}
	return b.t("summary.unpriced", nil)
}

// whenPriced is a figure of several flows that is not known as long as nothing
// has a price: no price is not a price of zero.
func (b *builder) whenPriced(f Formula) Formula {
	if _, all := b.unpriced(); !all {
		return f
	}
	return wherePositive(CountUpTo("calculation", "payback_net", Num(anyAmount)), f)
}

// sumOfKnown adds up a column, and is not known where nothing in it is.
func sumOfKnown(table, column string) Formula {
	return wherePositive(CountUpTo(table, column, Num(anyAmount)), Sum(table, column))
}
