package report

import (
	"slices"

	"github.com/flowmap-dev/flowmap/pkg/roi"
)

// chosenFlows is the key of the group of flows that a reader has marked.
const chosenFlows = "choice"

// member is the formula that is 1 where a flow belongs to a group and 0 where
// it does not.
func (b *builder) member(group, flow string, few []roi.Score) Formula {
	upTo := func(limit Formula) Formula {
		return If(IsKnown(Col("payback")), If(AtMost(Col("payback"), limit), Num(1), Num(0)), Num(0))
	}
	switch group {
	case "few":
		if slices.ContainsFunc(few, func(s roi.Score) bool { return s.Flow == flow }) {
			return Num(1)
		}
		return Num(0)
	case "target":
		return upTo(assumption("target_payback_months"))
	case "paying":
		return upTo(Num(lookAhead))
	}
	if b.offered(flow) {
		return Same("choice", "yes")
	}
	return Num(0)
}

func (b *builder) groupKeys() []string {
	if b.chooses() {
		return []string{"few", "target", "paying", chosenFlows}
	}
	return []string{"few", "target", "paying"}
}

// claimed makes what groups of flows bring follow: hours that two of them claim
// and hours beyond those that a role has are worked out by formula.
func (b *builder) claimed(blocks []Block) []Block {
	few := b.few()
	inTable(blocks, "calculation", func(t *Table) {
		t.add(hiddenColumn("role", Text), func(r Row) Cell {
			f, _ := b.Workspace.Flow(r.Key)
			return Words(f.Role)
		})
		for _, g := range b.groupKeys() {
			t.add(hiddenColumn("in_"+g, Number), func(r Row) Cell { return Live(b.member(g, r.Key, few)) })
			t.add(hiddenColumn("saved_"+g, Number), func(Row) Cell {
				return Live(If(IsKnown(Col("saved_hours")), Mul(Col("in_"+g), Col("saved_hours")), Num(0)))
			})
		}
	})
	claims, any := b.claims()
	inTable(blocks, "together", func(t *Table) { b.lessClaimed(t, any) })
	if any {
		blocks = append(blocks, claims)
	}
	return blocks
}

// lessClaimed takes off what flows claim together, and adds the flows that a
// reader has marked as a group.
func (b *builder) lessClaimed(t *Table, overlaps bool) {
	if b.chooses() {
		row := Row{chosenFlows, slices.Clone(t.Rows[0].Cells)}
		row.Cells[0] = Words(b.chosenName())
		t.Rows = append(t.Rows, row)
	}
	groups := map[string]group{}
	for _, g := range b.groups() {
		groups[g.key] = g
	}
	less := func(f Formula, group, column string, beyond Formula) Formula {
		if overlaps {
			f = Sub(f, Sum("claims", column+"_"+group))
		}
		if !beyond.IsZero() && len(b.Workspace.Roles) > 0 {
			f = Sub(f, beyond)
		}
		return b.whenPriced(f)
	}
	for i, row := range t.Rows {
		g, ok := groups[row.Key]
		sum, set := g.sum, func(column string, f Formula) {
			for j, c := range t.Columns {
				if c.Key == column {
					t.Rows[i].Cells[j] = Live(f)
				}
			}
		}
		if !ok {
			sum = func(column string) Formula { return Sum("choice", column+"_in") }
			set("flows", Sum("choice", "yes"))
			set("build", b.chosenBuild())
			set("monthly", b.chosenMonthly())
		}
		beyond := Sum("roles", "beyond_"+row.Key)
		set("hours_year", less(sum("hours_year"), row.Key, "hours", Formula{}))
		set("benefit", less(sum("benefit"), row.Key, "benefit", beyond))
		set("cash_benefit", less(sum("cash_benefit"), row.Key, "cash", Mul(beyond, assumption("cash_share"))))
	}
}

// claims has a row for each two flows that claim the same hours, as roi.Total
// takes them off: from the second of two, as far as it has hours left.
func (b *builder) claims() (Table, bool) {
	all := roi.Overlaps(b.Workspace, b.Ranking.Scores)
	t := Table{ID: "claims", Apart: true, Fixed: true, Title: b.t("claims.title", nil), Short: b.t("claims.short", nil), Note: b.t("claims.note", nil), Columns: []Column{
		b.column("flow", Text, 34), b.column("claims_with", Text, 34), b.column("claimed", Hours, 14),
		b.column("claim_saves", Money, 16), hiddenColumn("role", Text), hiddenColumn("hours", Number), hiddenColumn("yearly", Number),
		hiddenColumn("rate", Number), hiddenColumn("hourly", Number), hiddenColumn("left", Number),
	}}
	of := func(flow, table, column string) Formula { return At(table, flow, column) }
	known := func(f Formula) Formula { return If(IsKnown(f), f, Num(0)) }
	var rows []roi.Overlap
	for _, o := range all {
		hours := Min(Num(o.Claimed), Min(known(of(o.A, "flows", "hours")), known(of(o.B, "flows", "hours"))))
		each := func(flow string) Formula {
			h := known(of(flow, "flows", "hours"))
			return If(Less(Num(0), h), Div(of(flow, "calculation", "hours_year"), h), Num(0))
		}
		saves := func(flow string) Formula { return Mul(of(flow, "flows", "automation"), of(flow, "flows", "hourly")) }
		least := func(column string) Formula {
			return If(Less(saves(o.B), saves(o.A)), of(o.B, "flows", column), of(o.A, "flows", column))
		}
		second, _ := b.Workspace.Flow(o.B)
		t.Rows = append(t.Rows, Row{o.A + "+" + o.B, []Cell{
			Words(b.Flow(o.A)), Words(b.Flow(o.B)), Known(Hours, o.Claimed), Live(Mul(Col("hours"), Col("yearly"), Col("rate"), Col("hourly"))),
			Words(second.Role), Live(hours), Live(Min(each(o.A), each(o.B))), Live(least("automation")), Live(least("hourly")),
			Live(known(of(o.B, "flows", "hours"))),
		}})
		rows = append(rows, o)
	}
	for _, g := range b.groupKeys() {
		key := func(i int) string { return t.Rows[i].Key }
		place := map[string]int{}
		for i, r := range t.Rows {
			place[r.Key] = i
		}
		t.add(hiddenColumn("taken_"+g, Number), func(r Row) Cell {
			i := place[r.Key]
			left := Col("left")
			for j := range i {
				if rows[j].B == rows[i].B {
					left = Sub(left, At("claims", key(j), "taken_"+g))
				}
			}
			both := Mul(of(rows[i].A, "calculation", "in_"+g), of(rows[i].B, "calculation", "in_"+g))
			return Live(Mul(both, Max(Num(0), Min(Col("hours"), left))))
		})
		t.add(hiddenColumn("hours_"+g, Number), func(Row) Cell { return Live(Mul(Col("taken_"+g), Col("yearly"))) })
		t.add(hiddenColumn("hours_saved_"+g, Number), func(Row) Cell { return Live(Mul(Col("hours_"+g), Col("rate"))) })
		t.add(hiddenColumn("benefit_"+g, Number), func(Row) Cell { return Live(Mul(Col("hours_saved_"+g), Col("hourly"))) })
		t.add(hiddenColumn("cash_"+g, Number), func(Row) Cell { return Live(Mul(Col("benefit_"+g), assumption("cash_share"))) })
	}
	return t, len(t.Rows) > 0
}

// withBeyond gives each role what hours beyond those that it has would be worth.
func (b *builder) withBeyond(blocks []Block) []Block {
	_, overlaps := b.claims()
	inTable(blocks, "roles", func(t *Table) {
		for _, g := range b.groupKeys() {
			t.add(hiddenColumn("beyond_"+g, Number), func(Row) Cell {
				saved := SumOf("calculation", "saved_"+g, "role")
				if overlaps {
					saved = Sub(saved, SumOf("claims", "hours_saved_"+g, "role"))
				}
				most := Mul(Col("headcount"), assumption("hours_per_person"), assumption("weeks_per_year"))
				return Live(If(IsKnown(Col("headcount")), Mul(Max(Num(0), Sub(saved, most)), Col("hourly")), Num(0)))
			})
		}
	})
	return blocks
}
