package report

import (
	"cmp"
	"slices"
	"strings"

	"github.com/flowmap-dev/flowmap/pkg/audit"
	"github.com/flowmap-dev/flowmap/pkg/catalogue"
	"github.com/flowmap-dev/flowmap/pkg/lang"
)

// assumptions is the section of what holds for all flows, each figure with its
// source.
func (b *builder) assumptions() []Block {
	return []Block{
		b.lead("assumptions.lead", nil),
		Paragraph{b.t("assumptions.workbook", nil), Workbook},
		b.inForce(), b.roles(), b.platforms(), b.rates(), b.buildFormula(),
	}
}

func (b *builder) inForce() Table {
	t := Table{ID: "assumptions", Named: true, Columns: []Column{
		b.column("assumption", Text, 36), b.input(FigureColumn, Number, 14), b.column("source", Text, 44), b.column("meaning", Text, 56),
	}}
	a := b.Workspace.Assumptions
	estimate := func(key string, kind Kind, e audit.Estimate) {
		t.Rows = append(t.Rows, b.assumptionRow(key, Known(kind, e.Mean()).from(key), e.Place, b.spread(kind, e)))
	}
	amount := func(key string, kind Kind, x audit.Amount) {
		t.Rows = append(t.Rows, b.assumptionRow(key, Known(kind, x.Value).from(key), x.Place, ""))
	}
	last := func(change func(*Entry)) {
		c := &t.Rows[len(t.Rows)-1].Cells[1]
		*c = c.asking(change)
	}
	fixed := func() { last(func(e *Entry) { e.Fixed = true }) } // what only flowmap can follow
	atMost := func(x float64) { last(func(e *Entry) { e.Most = x }) }
	estimate("hourly_cost", Price, a.HourlyCost)
	estimate("developer_hourly_cost", Price, a.DeveloperHourlyCost)
	amount("weeks_per_year", Number, a.WeeksPerYear)
	amount("days_per_week", Number, a.DaysPerWeek)
	fixed()
	amount("hours_per_person", Number, a.HoursPerPerson)
	estimate("automation_rate", Share, a.AutomationRate)
	estimate("automation_rate_unstructured", Share, a.AutomationRateUnstructured)
	estimate("error_reduction", Share, a.ErrorReduction)
	estimate("cash_share", Share, a.CashShare)
	estimate("maintenance", Share, a.Maintenance)
	amount("ramp_up_months", Number, a.RampUpMonths)
	atMost(lookAhead)
	amount("target_payback_months", Number, a.TargetPaybackMonths)
	amount("horizon_months", Number, a.HorizonMonths)
	atMost(float64(b.lastMonth()))
	if !b.follows() {
		fixed()
	}
	amount("discount_rate", Share, a.DiscountRate)
	if !b.follows() {
		fixed()
	}
	return t
}

func (b *builder) assumptionRow(key string, value Cell, place audit.Place, spread string) Row {
	return Row{key, []Cell{
		Words(b.words.Text("assumption."+key, nil)), value,
		Words(strings.TrimSpace(b.origin(place) + " " + spread)), Words(b.words.Text("assumption."+key+".note", nil)),
	}}
}

// origin says whether somebody stated a value, and where, or it is a default or
// was set for this report alone.
func (b *builder) origin(p audit.Place) string {
	switch {
	case p.IsZero():
		return b.words.Text("source.default", nil)
	case strings.HasPrefix(p.File, "--set"):
		return b.t("source.changed", nil)
	}
	return b.t("source.place", lang.Args{"Place": p.String()})
}

// spread says between what an estimate was stated, of which the mean counts.
func (b *builder) spread(kind Kind, e audit.Estimate) string {
	if e.Values != 3 || e.Low == e.High {
		return ""
	}
	write := func(x float64) string {
		switch kind {
		case Share:
			return b.words.Percent(x, 0)
		case Price:
			return b.words.Money(x, b.Workspace.Currency, 2)
		default:
			return b.plain(x)
		}
	}
	return b.t("spread", lang.Args{"Low": write(e.Low), "Likely": write(e.Likely), "High": write(e.High)})
}

func (b *builder) roles() Table {
	t := Table{ID: "roles", Title: b.t("roles.title", nil), Short: b.t("roles.short", nil), Empty: b.t("roles.empty", nil), Columns: []Column{
		b.column("role", Text, 36), b.input("hourly", Price, 14), b.column("source", Text, 44), b.input("headcount", Number, 16),
	}}
	for _, r := range b.Workspace.Roles {
		hourly := Live(assumption("hourly_cost"))
		source := b.t("source.general", nil)
		if r.HourlyCost.Stated() {
			hourly = Known(Price, r.HourlyCost.Mean())
			source = strings.TrimSpace(b.origin(r.HourlyCost.Place) + " " + b.spread(Price, r.HourlyCost))
		}
		t.Rows = append(t.Rows, Row{r.ID, []Cell{
			Words(r.Label()), hourly.from("roles." + r.ID + ".hourly_cost"), Words(source),
			KnownIf(r.Headcount.Stated, Number, r.Headcount.Value).from("roles." + r.ID + ".headcount"),
		}})
	}
	return t
}

// platforms are those that the ranking chose, with what they cost and who says
// so.
func (b *builder) platforms() Table {
	t := Table{ID: "platforms", Title: b.t("platforms.title", nil), Short: b.t("platforms.short", nil), Empty: b.t("platforms.empty", nil),
		Note: b.t("platforms.note", nil), Columns: []Column{
			b.column("platform", Text, 36), b.column("price", Text, 14), b.column("source", Text, 44), b.column("included", Text, 30),
		}}
	for _, s := range b.Ranking.Scores {
		key := s.Choice.Platform + "/" + s.Choice.Tier
		if !s.Chosen || slices.ContainsFunc(t.Rows, func(r Row) bool { return r.Key == key }) {
			continue
		}
		p, _ := b.Catalogue.Platform(s.Choice.Platform)
		tier, listed := p.TierByID(s.Choice.Tier)
		price, included, source := b.words.Text("unknown", nil), b.words.Text("unknown", nil), b.t("source.decided", nil)
		if listed {
			price, included, source = b.price(tier), b.included(p, tier), b.graded(b.sourceOf(tier.Source, tier.Seen), tier.Confidence)
		}
		t.Rows = append(t.Rows, Row{key, []Cell{Words(b.Solution(s.Choice)), Words(price), Words(source), Words(included)}})
	}
	slices.SortStableFunc(t.Rows, func(x, y Row) int { return b.words.Compare(x.Cells[0].Text, y.Cells[0].Text) })
	return t
}

func (b *builder) price(t catalogue.Tier) string {
	if !t.Price.Stated {
		return b.t("price.request", nil)
	}
	return b.words.Text("unit.per_month", lang.Args{"Amount": b.words.Money(t.Price.Value, cmp.Or(t.Currency, b.Workspace.Currency), 2)})
}

func (b *builder) included(p catalogue.Platform, t catalogue.Tier) string {
	switch {
	case t.Unlimited:
		return b.t("included.unlimited", nil)
	case !t.Included.Stated:
		return b.words.Text("unknown", nil)
	}
	return b.t("included.operations", lang.Args{"Count": b.words.Number(t.Included.Value, 0), "Unit": b.unit(p.Unit)})
}

func (b *builder) unit(u catalogue.Unit) string {
	if key := "operation." + string(u); b.words.Has(key) {
		return b.words.Text(key, nil)
	}
	return string(u)
}

// sourceOf says what a figure of the catalogue rests on, and the day on which
// it was seen.
func (b *builder) sourceOf(id, seen string) string {
	source := id
	if s, ok := b.Catalogue.Source(id); ok {
		parts := slices.DeleteFunc([]string{s.Publisher, s.Title}, func(part string) bool { return part == "" })
		source = strings.Join(parts, ", ")
		seen = cmp.Or(seen, s.Seen, s.Date)
	}
	if source == "" {
		source = b.t("source.assumption", nil)
	}
	if seen == "" {
		return source
	}
	return b.t("source.seen", lang.Args{"Source": source, "Date": b.words.Date(seen)})
}

// backed says where a figure comes from that no source states as it is: it is
// practice or was worked out, and the source is what it was held against.
func (b *builder) backed(o catalogue.Origin, source string) string {
	if o == "" || o == catalogue.Sourced {
		return source
	}
	return b.t("source.origin", lang.Args{"Origin": b.words.Text("origin."+string(o), nil), "Source": source})
}

// graded says beside a source how sure a figure from there is, in words and as
// the letter that the catalogue gives.
func (b *builder) graded(source string, g catalogue.Grade) string {
	key := "confidence." + string(g)
	if !b.words.Has(key) {
		return source
	}
	return source + "; " + string(g) + ": " + b.words.Text(key, nil)
}

func (b *builder) rates() Table {
	t := Table{ID: "rates", Title: b.t("rates.title", nil), Short: b.t("rates.short", nil), Empty: b.t("rates.empty", nil), Columns: []Column{
		b.column("currency", Text, 36), b.column("rate", Number, 14), b.column("source", Text, 44),
	}}
	for _, r := range b.Workspace.Assumptions.ExchangeRates {
		t.Rows = append(t.Rows, Row{r.Currency, []Cell{
			Words(b.t("rates.one", lang.Args{"Currency": r.Currency, "Own": b.Workspace.Currency})), Known(Number, r.Rate.Value), Words(b.origin(r.Rate.Place)),
		}})
	}
	return t
}

// buildFormula shows the numbers from which build costs are computed. They have
// one source, which stands under the table.
func (b *builder) buildFormula() Table {
	f := b.Catalogue.Build
	origin := cmp.Or(f.Origin, catalogue.Sourced)
	note := b.t("build.note", lang.Args{"Source": b.backed(origin, b.sourceOf(f.Source, ""))})
	t := Table{ID: "build-formula", Title: b.t("build.title", nil), Short: b.t("build.short", nil), Note: note, Columns: []Column{
		b.column("assumption", Text, 36), b.column(FigureColumn, Number, 14), b.column("source", Text, 44),
	}}
	source := b.words.Text("origin."+string(origin), nil)
	for _, n := range []struct {
		key   string
		value float64
	}{
		{"base", f.Base}, {"step", f.Step}, {"branch", f.Branch}, {"transform", f.Transform},
		{"reliable", f.Reliable}, {"two_way", f.TwoWay}, {"no_interface", f.NoInterface}, {"custom", f.Custom},
		{"low", f.Low}, {"high", f.High}, {"hours_per_week", f.HoursPerWeek},
		{"steps", float64(f.Steps)}, {"branches", float64(f.Branches)}, {"transforms", float64(f.Transforms)},
	} {
		t.Rows = append(t.Rows, Row{n.key, []Cell{Words(b.t("build."+n.key, nil)), Known(Number, n.value), Words(source)}})
	}
	return t
}
