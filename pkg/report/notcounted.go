package report

import (
	"slices"
	"strings"

	"github.com/flowmap-dev/flowmap/pkg/lang"
)

// notCounted is the section of what the figures leave out: what nobody stated,
// what was assumed in its place, and what no audit of this kind looks at.
func (b *builder) notCounted() []Block {
	blocks := []Block{b.lead("not-counted.lead", nil)}
	add := func(key string, items []string) {
		if len(items) > 0 {
			blocks = append(blocks, List{b.t("not-counted."+key, nil), items})
		}
	}
	add("hours", b.withoutHours())
	add("prices", b.withoutPrice())
	add("errors", b.withoutErrors())
	add("open", b.openPoints())
	blocks = append(blocks, b.defaults())
	var outside []string
	for _, key := range []string{"vat", "tax", "staff", "project", "quality", "prices", "shared", "order"} {
		outside = append(outside, b.t("outside."+key, nil))
	}
	add("outside", outside)
	return blocks
}

func (b *builder) withoutHours() []string {
	var items []string
	for _, s := range b.Ranking.Scores {
		if !s.Stated {
			f, _ := b.Workspace.Flow(s.Flow)
			items = append(items, b.t("not-counted.flow", lang.Args{"Name": f.Label(), "From": b.System(f.From), "To": b.System(f.To)}))
		}
	}
	return items
}

func (b *builder) withoutPrice() []string {
	var items []string
	missing := b.withoutRate()
	for _, s := range b.Ranking.Scores {
		switch {
		case !s.Chosen && len(missing) > 0:
			items = append(items, b.t("not-counted.no_rate", lang.Args{"Name": b.Flow(s.Flow), "Currencies": b.words.List(missing), "Own": b.Workspace.Currency}))
		case !s.Chosen:
			items = append(items, b.t("not-counted.no_platform", lang.Args{"Name": b.Flow(s.Flow)}))
		case !s.PlatformPerMonth.OK:
			items = append(items, b.t("not-counted.no_price", lang.Args{"Name": b.Flow(s.Flow), "Platform": b.Solution(s.Choice)}))
		}
	}
	return items
}

// withoutErrors lists the error points that add nothing since nobody knows how
// often they happen, and counts the flows whose errors nobody asked about.
func (b *builder) withoutErrors() []string {
	var items []string
	for _, p := range b.points(true) {
		if !p.cost.Known {
			items = append(items, b.t("not-counted.point", lang.Args{"What": p.cost.Point.Label(), "Name": p.flow.Label()}))
		}
	}
	notAsked := 0
	for _, f := range b.Workspace.Flows {
		if f.ByHand() && f.Errors == nil {
			notAsked++
		}
	}
	if notAsked > 0 {
		items = append(items, b.n("not-counted.not_asked", notAsked, nil))
	}
	return items
}

// openPoints are the questions that an interview left without an answer.
func (b *builder) openPoints() []string {
	var items []string
	for _, v := range b.Workspace.Interviews {
		for _, field := range v.NotKnown {
			flow, leaf, _ := strings.Cut(field, ".")
			if key := "field." + leaf; b.words.Has(key) {
				leaf = b.words.Text(key, nil)
			}
			items = append(items, b.t("not-counted.question", lang.Args{
				"Name": b.Flow(flow), "Field": leaf, "People": b.words.List(v.With), "Place": v.File,
			}))
		}
	}
	return items
}

// defaults lists what was assumed of flows because nobody stated it.
func (b *builder) defaults() Table {
	f := b.Catalogue.Build
	t := Table{ID: "defaults", Title: b.t("defaults.title", nil), Short: b.t("defaults.short", nil), Empty: b.t("defaults.empty", nil), Columns: []Column{
		b.column("assumed", Text, 34), b.column(FigureColumn, Text, 26), b.column("flows", Count, 9), b.column("names", Text, 60),
	}}
	values := map[string]string{
		"steps": b.plain(float64(f.Steps)), "branches": b.plain(float64(f.Branches)), "transforms": b.plain(float64(f.Transforms)),
		"reliability": b.words.Text("reliability.normal", nil), "direction": b.words.Text("direction.one-way", nil),
		"latency": b.words.Text("latency.daily", nil), "volume": b.t("defaults.volume", nil),
	}
	for _, what := range []string{"steps", "branches", "transforms", "reliability", "direction", "latency", "volume"} {
		var flows, others []string
		for _, s := range b.Ranking.Scores {
			switch {
			case s.Chosen && slices.Contains(s.Choice.Assumed, what):
				flows = append(flows, b.Flow(s.Flow))
			default:
				others = append(others, b.Flow(s.Flow))
			}
		}
		if len(flows) > 0 {
			t.Rows = append(t.Rows, Row{what, []Cell{
				Words(b.words.Text("field."+what, nil)), Words(values[what]), Known(Count, float64(len(flows))), Words(b.allBut(flows, others)),
			}})
		}
	}
	return t
}

// allBut names flows, or those that are left out where that is shorter.
func (b *builder) allBut(flows, others []string) string {
	switch {
	case len(others) == 0:
		return b.t("defaults.all", nil)
	case len(others) < len(flows):
		return b.t("defaults.but", lang.Args{"Names": strings.Join(others, "; ")})
	}
	return strings.Join(flows, "; ")
}
