package report

import (
	"strconv"

	"github.com/flowmap-dev/flowmap/pkg/audit"
	"github.com/flowmap-dev/flowmap/pkg/lang"
	"github.com/flowmap-dev/flowmap/pkg/roi"
)

// certainty is the section of how sure the figures are: what they rest on, in
// which range they lie, and which numbers move them.
func (b *builder) certainty() []Block {
	if b.ranked() == 0 {
		return nil
	}
	blocks := []Block{b.lead("certainty.lead", nil)}
	if text := b.guesses(); text != "" {
		blocks = append(blocks, Paragraph{text, Lead})
	}
	blocks = append(blocks, b.evidence())
	if b.simulated() {
		blocks = append(blocks, b.ranges())
	}
	if len(b.Drivers) > 0 {
		blocks = append(blocks, b.drivers())
	}
	return blocks
}

// simulated tells whether the scores have an outlook.
func (b *builder) simulated() bool {
	for _, s := range b.Ranking.Scores {
		if s.Outlook.Trials > 0 {
			return true
		}
	}
	return false
}

// proposed are the flows of the proposal.
func (b *builder) proposed() []roi.Score {
	if b.proposal() == "target" {
		return b.paidBackBy(b.target)
	}
	return b.paidBackBy(lookAhead)
}

// guesses says what share of the proposal's benefit rests on guesses, and when
// it pays back if each of them is worth half.
func (b *builder) guesses() string {
	flows := b.proposed()
	var e roi.Evidence
	for _, s := range flows {
		e = e.Plus(s.Evidence)
	}
	share := e.GuessedShare()
	if !share.OK {
		return ""
	}
	if share.Value == 0 {
		return b.t("certainty.no_guesses", nil)
	}
	p := project(b, flows)
	before := monthsOf(p.Payback())
	p.Benefit -= e.Guessed / 2
	return b.t("certainty.guesses", lang.Args{
		"Share": b.words.Percent(share.Value, 0), "Before": b.months(before), "After": b.payback(monthsOf(p.Payback())),
	})
}

// payback is a number of months in words, or that it never comes.
func (b *builder) payback(months float64) string {
	if months > lookAhead {
		return b.words.Text("never", nil)
	}
	return b.months(months)
}

// evidence is the benefit of all flows by what it rests on.
func (b *builder) evidence() Table {
	t := Table{ID: "evidence", Title: b.t("certainty.title.evidence", nil), Short: b.t("certainty.short.evidence", nil), Note: b.t("certainty.evidence", nil), Columns: []Column{
		b.column("rests_on", Text, 36), b.column("benefit", Money, 16), b.column("share_of_all", Share, 12),
	}}
	var e roi.Evidence
	for _, s := range b.Ranking.Scores {
		e = e.Plus(s.Evidence)
	}
	total := e.Measured + e.Counted + e.Estimated + e.Guessed + e.Assumed
	for _, part := range []struct {
		key   string
		money float64
	}{
		{string(audit.Measured), e.Measured}, {string(audit.Counted), e.Counted}, {string(audit.Estimated), e.Estimated},
		{string(audit.Guessed), e.Guessed}, {"assumed", e.Assumed},
	} {
		t.Rows = append(t.Rows, Row{part.key, []Cell{Words(b.t("certainty.basis."+part.key, nil)), Known(Money, part.money), KnownIf(total > 0, Share, part.money/total)}})
	}
	return t
}

// ranges are the payback and the value of each flow, from the value that one in
// ten trials stays below to the one that one in ten exceeds.
func (b *builder) ranges() Table {
	t := Table{ID: "ranges", Title: b.t("certainty.title.ranges", nil), Short: b.t("certainty.short.ranges", nil),
		Note: b.t("certainty.ranges", nil), Columns: []Column{
			b.column("flow", Text, 36), b.column("payback_p10", Months, 16), b.column("payback_p50", Months, 13), b.column("payback_p90", Months, 13),
			b.column("on_target", Share, 13), b.column("npv_p10", Money, 13), b.column("npv_p50", Money, 13), b.column("npv_p90", Money, 13), b.column("loss_chance", Share, 13),
		}}
	for _, s := range b.Ranking.Scores {
		if s.Stated {
			t.Rows = append(t.Rows, Row{s.Flow, append([]Cell{Words(b.Flow(s.Flow))}, outlookCells(s.Outlook)...)})
		}
	}
	return t
}

func outlookCells(o roi.Outlook) []Cell {
	if o.Trials == 0 {
		cells := make([]Cell, 8)
		for i := range cells {
			cells[i] = Cell{Kind: Unknown}
		}
		return cells
	}
	payback := func(p roi.Percentile) Cell {
		if !p.OK {
			return Known(Months, monthsOf(0, false))
		}
		return Known(Months, roi.Settled(p.Value, p.Error))
	}
	money := func(p roi.Percentile) Cell { return KnownIf(p.OK, Money, roi.Settled(p.Value, p.Error)) }
	chance := func(c roi.Chance) Cell { return Known(Share, roi.Settled(c.Value, c.Error)) }
	return []Cell{
		payback(o.Payback.P10), payback(o.Payback.P50), payback(o.Payback.P90), chance(o.OnTarget),
		money(o.NPV.P10), money(o.NPV.P50), money(o.NPV.P90), chance(o.Loss),
	}
}

// mostDrivers is how many numbers the tornado shows.
const mostDrivers = 12

// drivers are the numbers that move the proposal's value most, each from the
// value that it falls below once in ten times to the one that it exceeds so.
func (b *builder) drivers() Chart {
	t := Table{ID: "drivers", Title: b.t("certainty.title.drivers", nil), Short: b.t("certainty.short.drivers", nil), Note: b.t("certainty.drivers", nil), Columns: []Column{
		b.column("number_named", Text, 36), b.column("swing", Money, 16), b.column("at_low", Money, 13), b.column("at_high", Money, 13),
		b.column("low", Number, 13), b.column("high", Number, 13),
	}}
	for i, d := range b.Drivers[:min(len(b.Drivers), mostDrivers)] {
		kind := Number
		if d.Known.Unit == audit.Share {
			kind = Share
		}
		t.Rows = append(t.Rows, Row{"driver-" + strconv.Itoa(i+1), []Cell{
			Words(b.driver(d)), Known(Money, d.Swing), Known(Money, d.AtLow), Known(Money, d.AtHigh), Known(kind, d.Low), Known(kind, d.High),
		}})
	}
	return Chart{Table: t, Label: "number_named", Bars: "swing"}
}

// driver names a number: whose it is, and which.
func (b *builder) driver(d roi.Bar) string {
	name := ""
	switch {
	case d.Field == roi.BuildHours:
		name = b.t("certainty.build_hours", nil)
	case d.Role != "":
		name = b.t("certainty.of", lang.Args{"What": b.t("column.hourly", nil), "Name": b.Role(d.Role)})
	case d.Flow == "" && b.words.Has("assumption."+d.Field):
		name = b.words.Text("assumption."+d.Field, nil)
	default:
		name = b.field(d.Field)
	}
	if d.Point != "" {
		name += " (" + d.Point + ")"
	}
	if v, ok := b.Workspace.Interview(d.Known.Place.File); ok && len(v.With) > 0 {
		name += " (" + b.words.List(v.With) + ")"
	}
	if d.Flow != "" {
		return b.t("certainty.of", lang.Args{"What": name, "Name": b.Flow(d.Flow)})
	}
	return name
}
