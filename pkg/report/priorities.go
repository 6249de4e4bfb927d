package report

import (
	"strings"

	"github.com/flowmap-dev/flowmap/pkg/lang"
	"github.com/flowmap-dev/flowmap/pkg/roi"
)

// priorities is the ranking.
func (b *builder) priorities() []Block {
	t := Table{ID: "ranking", Columns: []Column{
		b.column("rank", Count, 6), b.column("flow", Text, 40), b.column("hours", Hours, 9), b.column("cost", Money, 11),
		b.column("benefit", Money, 11), b.column("build", Money, 11), b.column("monthly", Money, 11), b.column("payback", Months, 11),
		b.column("cash_payback", Months, 11), b.column("npv", Money, 11), b.column("solution", Text, 28),
	}, Empty: b.t("priorities.empty", nil)}
	t.Columns[2].Bars, t.Columns[4].Bars = true, true // hours and benefit
	live := rankedLive()
	for _, s := range b.Ranking.Scores {
		t.Rows = append(t.Rows, Row{s.Flow, b.rankedCells(s, live)})
	}
	t.Note = b.takenOff()
	if len(t.Rows) > 0 {
		t.Total = b.rankingTotal()
	}
	return []Block{b.lead("priorities.lead", lang.Args{"Target": b.months(b.target)}), t}
}

func (b *builder) rankingTotal() *Row {
	return &Row{TotalKey, []Cell{
		Words(""), Words(b.t("total", nil)),
		Live(Sum("ranking", "hours")), Live(Sum("ranking", "cost")), Live(Sum("ranking", "benefit")),
		Live(sumOfKnown("ranking", "build")), Live(sumOfKnown("ranking", "monthly")),
		Words(""), Words(""), Words(""), Words(""),
	}}
}

// takenOff says why all flows together bring less than the rows add up to.
func (b *builder) takenOff() string {
	var causes []string
	if twice := b.Ranking.Totals.Twice; twice != (roi.Sums{}) {
		causes = append(causes, b.t("priorities.twice", lang.Args{"Hours": b.words.Hours(twice.HoursPerWeek), "Benefit": b.money(twice.BenefitPerYear)}))
	}
	if beyond := b.Ranking.Totals.Beyond; beyond != (roi.Sums{}) {
		causes = append(causes, b.t("priorities.beyond", lang.Args{"Benefit": b.money(beyond.BenefitPerYear)}))
	}
	return strings.Join(causes, " ")
}

// rankedLive are the cells of the ranking that follow by formula, by column: the
// same in every row.
func rankedLive() map[string]Cell {
	live := map[string]Cell{"hours": Live(Same("flows", "hours")), "cost": Live(costToday())}
	for _, column := range []string{"rank", "benefit", "build", "monthly", "payback", "cash_payback", "npv"} {
		live[column] = Live(Same("calculation", column))
	}
	return live
}

func (b *builder) rankedCells(s roi.Score, live map[string]Cell) []Cell {
	rank := live["rank"]
	if s.Rank == 0 {
		rank = Words("")
	}
	solution := b.t("solution.none", nil)
	switch {
	case !s.Chosen && len(b.withoutRate()) > 0:
		solution = b.t("solution.no_rate", nil)
	case s.Chosen:
		solution = b.Solution(s.Choice)
		if s.Choice.Decided {
			solution = b.t("solution.decided", lang.Args{"Solution": solution})
		}
	}
	return []Cell{
		rank, Words(b.Flow(s.Flow)), live["hours"], live["cost"],
		live["benefit"], live["build"], live["monthly"], live["payback"], live["cash_payback"], live["npv"], Words(solution),
	}
}

// costToday is labour and errors; of a flow without hours, its errors if it
// has any.
func costToday() Formula {
	labour := Same("calculation", "labour")
	errors := Add(Same("calculation", "fixing"), Same("calculation", "losses"))
	return If(IsKnown(labour), Add(labour, errors), If(Less(Num(0), errors), errors, Nobody()))
}
