package main

import (
	"context"
	"fmt"
	"math"
	"strings"

	"github.com/flowmap-dev/flowmap/pkg/audit"
	"github.com/flowmap-dev/flowmap/pkg/lang"
	"github.com/flowmap-dev/flowmap/pkg/roi"
)

// outlook is what chance may make of one flow.
type outlook struct {
	roi.Outlook
	first  int // among the first so many flows
	among  roi.Chance
	placed bool // among is known
	bars   []roi.Bar
}

// comparable is among how many flows places are counted; with more it takes
// longer than an explanation should.
const comparable = 2000

// outlookOn simulates one flow, and its place among the others.
func outlookOn(ctx context.Context, a analysis, s roi.Score, odds simulation) (outlook, error) {
	ranked := len(a.ranking.Concentration.Order)
	t := roi.Trials{N: odds.of(ranked), Seed: odds.seed}
	o := outlook{bars: roi.Tornado(a.workspace, s), first: min(5, ranked)}
	if t.N == 0 || !s.NPV.OK {
		return o, nil
	}
	all, err := roi.Simulate(ctx, a.workspace, []roi.Score{s}, t)
	if err != nil {
		return o, err
	}
	o.Outlook = all[0]
	if ranked > comparable || ranked <= o.first {
		return o, nil
	}
	places, err := roi.Stability(ctx, a.workspace, a.ranking.Scores, o.first, t)
	if err != nil {
		return o, err
	}
	for i, other := range a.ranking.Scores {
		if other.Flow == s.Flow {
			o.among, o.placed = places[i], true
		}
	}
	return o, nil
}

// chances says how sure the result is, and what it rests on.
func (e explanation) chances(s roi.Score) {
	if !s.NPV.OK {
		return
	}
	a := e.a.workspace.Assumptions
	if o := e.odds; o.Trials > 0 {
		e.line("\nHow sure it is, by %s trials", e.p.Number(float64(o.Trials), 0))
		rows := [][]string{
			{fmt.Sprintf("Pays back within %s months of go-live", e.p.Number(a.TargetPaybackMonths.Value, 0)), likely(o.OnTarget, e.p)},
			{"Never pays back within 120 months", likely(o.Never, e.p)},
			{"Loses money over the months looked at", likely(o.Loss, e.p)},
		}
		if o.placed {
			rows = append(rows, []string{fmt.Sprintf("Is among the first %d of %d flows by payback", o.first, len(e.a.ranking.Concentration.Order)), likely(o.among, e.p)})
		}
		e.indented(table{heads: []string{"", ""}, right: []bool{false, true}, rows: rows})
	}
	e.evidence(s)
	e.tornado()
}

// evidence says what the benefit rests on.
func (e explanation) evidence(s roi.Score) {
	v := s.Evidence
	if !v.GuessedShare().OK {
		return
	}
	var parts []string
	for _, x := range []struct {
		what  string
		money float64
	}{{"guesses", v.Guessed}, {"estimates", v.Estimated}, {"counts", v.Counted}, {"measurements", v.Measured}, {"assumptions alone", v.Assumed}} {
		if x.money > 0 {
			parts = append(parts, e.p.Percent(x.money/s.BenefitPerYear, 0)+" on "+x.what)
		}
	}
	e.line("\nThe benefit rests: %s.", strings.Join(parts, ", "))
	if v.Guessed > 0 {
		e.line("If what rests on guesses is worth half, payback comes after: %s months.", months(s.GuessesHalved(), e.p))
	}
}

// barWidth is how long the longest bar is.
const barWidth = 16

// tornado shows the numbers that move the result most.
func (e explanation) tornado() {
	bars := e.odds.bars
	if len(bars) == 0 {
		return
	}
	e.line("\nWhat moves the NPV most: one number from its P10 to its P90, the others as they are")
	t := table{heads: []string{"Number", "From", "To", "NPV from", "To", ""}, right: []bool{false, true, true, true, true, false}}
	for _, b := range bars[:min(len(bars), 8)] {
		length := max(1, int(math.Round(barWidth*b.Swing/bars[0].Swing)))
		t.rows = append(t.rows, []string{e.number(b), amountOf(b.Known.Unit, b.Low, e.p), amountOf(b.Known.Unit, b.High, e.p),
			e.p.Money(b.AtLow, e.a.workspace.Currency, 0), e.p.Money(b.AtHigh, e.a.workspace.Currency, 0), strings.Repeat("█", length)})
	}
	e.indented(t)
	if more := len(bars) - len(t.rows); more > 0 {
		e.line("  and %d that move it less", more)
	}
}

// number names a number as the list of answers does.
func (e explanation) number(b roi.Bar) string {
	if b.Field == roi.BuildHours {
		return "hours of building, by the formula"
	}
	field := strings.TrimSuffix(b.Field, ".records")
	name := ""
	for _, x := range answersOf(e.a, e.flow, e.sets) {
		switch {
		case x.counts && strings.HasSuffix(x.field, field) && (x.at == b.Known.Place || b.Known.Place.IsZero()):
			return x.what
		case x.counts && x.field == field:
			name = x.what
		}
	}
	if name == "" {
		return strings.ReplaceAll(b.Field, "_", " ")
	}
	return name
}

// amountOf writes a value in its unit.
func amountOf(u audit.Unit, x float64, p lang.Printer) string {
	decimals := 1
	if math.Abs(x) >= 100 {
		decimals = 0
	}
	number := p.Number(x, decimals)
	switch u {
	case audit.Share:
		return p.Percent(x, 1)
	case audit.PerDay:
		return number + "/day"
	case audit.PerWeek:
		return number + "/week"
	case audit.PerMonth:
		return number + "/month"
	case audit.PerYear:
		return number + "/year"
	case audit.Number, audit.Money:
	}
	return number
}
