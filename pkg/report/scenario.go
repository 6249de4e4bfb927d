package report

import (
	"math"
	"slices"
	"strings"
)

// underScenario is what a scenario puts in the place of a cell's number.
type underScenario struct {
	name  string
	cells map[Ref]Formula
}

// inputTables are the tables whose numbers a scenario may move.
var inputTables = []string{"assumptions", "roles", "points", "flows"}

// summaryInputs puts the scenario, as a cell that a reader changes, under the
// key figures, and makes the chart of hours follow.
func (b *builder) summaryInputs(blocks []Block) []Block {
	inTable(blocks, "pareto", b.followedHeld)
	for i, block := range blocks {
		switch block := block.(type) {
		case Chart:
			if block.Table.ID == "pareto" {
				block.As, block.Line = Pareto, "held"
				blocks[i] = block
			}
		case Table, Paragraph, List, Figures, Picture:
		}
	}
	if len(b.in.Scenarios) == 0 {
		return blocks
	}
	at := slices.IndexFunc(blocks, func(block Block) bool { f, ok := block.(Figures); return ok && f.ID == "key-figures" })
	return slices.Insert(blocks, at+1, Block(b.scenarioInput()))
}

func (b *builder) scenarioInput() Table {
	names := []string{b.t("scenarios.base", nil)}
	for _, run := range b.in.Scenarios {
		names = append(names, run.Name)
	}
	return Table{ID: "under", Fixed: true, Named: true, Title: b.t("under.title", nil), Short: b.t("scenarios.short", nil), Note: b.t("under.note", nil),
		Columns: []Column{b.column("what", Text, 34), b.input(FigureColumn, Text, 16)},
		Rows:    []Row{{"scenario", []Cell{Words(b.t("under.holds", nil)), {Text: names[0], Entry: &Entry{Options: names}}}}},
	}
}

// followedHeld makes the share of hours that the flows hold together follow
// their hours.
func (b *builder) followedHeld(t *Table) {
	all := Sum("calculation", "hours_year")
	share := func(hours Formula) Formula { return If(Less(Num(0), all), Div(hours, all), Num(0)) }
	var upTo Formula
	for i, r := range t.Rows {
		if r.Key == "others" {
			r.Cells[1] = Live(Sub(all, upTo))
			upTo = all
		} else if own := orNought(At("calculation", r.Key, "hours_year"), At("calculation", r.Key, "hours_year")); i == 0 {
			upTo = own
		} else {
			upTo = Add(upTo, own)
		}
		r.Cells[2] = Live(share(upTo))
	}
	if t.Total != nil {
		t.Total.Cells[1], t.Total.Cells[2] = Live(Sub(all, upTo)), Live(share(all))
	}
}

// underScenarios gives the numbers that scenarios move a column of what holds
// now, and makes all formulas follow that one. Columns of inputs keep showing
// what was stated.
func (b *builder) underScenarios(r Report) error {
	if len(b.in.Scenarios) == 0 {
		return nil
	}
	base := grids(r)
	var all []underScenario
	for _, run := range b.in.Scenarios {
		under, err := b.moved(base, run)
		if err != nil {
			return err
		}
		all = append(all, under)
	}
	now := map[Ref]string{} // table and column → the column of what holds now
	for i := range r.Sections {
		for _, id := range inputTables {
			inTable(r.Sections[i].Blocks, id, func(t *Table) { addNow(t, all, now) })
		}
	}
	for i := range r.Sections {
		follow(r.Sections[i].Blocks, now)
	}
	return nil
}

// moved compares the numbers of a scenario with those of the report.
func (b *builder) moved(base map[string]*grid, run Run) (underScenario, error) {
	under := underScenario{run.Name, map[Ref]Formula{}}
	other := newBuilder(Input{Base: run, Words: b.words})
	inputs := Report{Sections: []Section{{Blocks: other.assumptions()}, {Blocks: other.errors()}, {Blocks: other.flows()}}}
	if err := Calculate(inputs); err != nil {
		return under, err
	}
	theirs := grids(inputs)
	developer := theirs["assumptions"].at("developer_hourly_cost", FigureColumn).number() / base["assumptions"].at("developer_hourly_cost", FigureColumn).number()
	for _, id := range inputTables {
		g, h := base[id], theirs[id]
		if g == nil {
			continue
		}
		for _, row := range g.rows {
			for j, c := range g.columns {
				was := row.Cells[j]
				if !(was.Kind.Numeric() || was.Kind == Unknown) || c.Key == "listed" || !was.Formula.IsZero() && !c.Input {
					continue
				}
				x, known := math.NaN(), false
				if h != nil {
					if cell := h.at(row.Key, c.Key); cell != nil {
						x, known = cell.number(), true
					}
				}
				switch {
				case !known && (c.Key == "hours" || c.Key == "normal"):
					under.cells[Ref{id, row.Key, c.Key}] = Nobody()
					continue
				case !known:
					continue
				}
				if id == "flows" && (c.Key == "build" || c.Key == "fee" || c.Key == "build_hours") && !b.sameChoice(other, row.Key) {
					if c.Key != "build" || was.Formula.IsZero() {
						continue
					}
					x = was.number() * developer
				}
				if f, moves := instead(c.Key, was, x, run.Adjusted); moves {
					under.cells[Ref{id, row.Key, c.Key}] = f
				}
			}
		}
	}
	return under, nil
}

// instead is what stands in the place of a number, if anything does: for a
// scenario that adjusts, its multiple.
func instead(column string, cell Cell, is float64, adjusted bool) (Formula, bool) {
	was := cell.number()
	multiple := Mul(Col(column), Num(is/was))
	switch {
	case math.IsNaN(was) && math.IsNaN(is), math.Abs(was-is) <= 1e-12*math.Abs(was):
		return Formula{}, false
	case math.IsNaN(is):
		return Nobody(), true
	case !adjusted || math.IsNaN(was) || was == 0:
		return Num(is), true
	case cell.Kind == Share:
		return WhereKnown(Col(column), Min(Num(1), multiple)), true
	}
	return WhereKnown(Col(column), multiple), true
}

// sameChoice tells whether the ranking of a scenario has a flow where this one
// has it.
func (b *builder) sameChoice(other *builder, flow string) bool {
	x, y := b.score(flow), other.score(flow)
	return x.Chosen == y.Chosen && x.Choice.Platform == y.Choice.Platform && x.Choice.Tier == y.Choice.Tier
}

// at is a cell, or nil.
func (g *grid) at(row, column string) *Cell {
	p, err := g.place(row, column)
	if err != nil {
		return nil
	}
	return p.cell()
}

// trimNow is the column that one of what holds now belongs to.
func trimNow(column string) string { return strings.TrimSuffix(column, "_now") }

// NowColumn is the key of the column that holds what FigureColumn comes to under
// the scenario that a workbook's reader has chosen, in a table that has both.
const NowColumn = FigureColumn + "_now"

// nowColumn is the column of what holds under the scenario.
func nowColumn(column string) string { return column + "_now" }

// addNow adds, for each column that a scenario moves, one of what holds now.
func addNow(t *Table, all []underScenario, now map[Ref]string) {
	for _, c := range slices.Clone(t.Columns) {
		moves := slices.ContainsFunc(t.Rows, func(r Row) bool {
			return slices.ContainsFunc(all, func(s underScenario) bool { _, ok := s.cells[Ref{t.ID, r.Key, c.Key}]; return ok })
		})
		if !moves {
			continue
		}
		kind := c.Kind
		if kind == Text {
			kind = Number
		}
		now[Ref{Table: t.ID, Column: c.Key}] = nowColumn(c.Key)
		j := slices.IndexFunc(t.Columns, func(d Column) bool { return d.Key == c.Key })
		t.add(hiddenColumn(nowColumn(c.Key), kind), func(r Row) Cell {
			if was := r.Cells[j]; was.Kind == Text && was.Formula.IsZero() {
				return Words(was.Text)
			}
			f := WhereKnown(Col(c.Key), Col(c.Key))
			for i := len(all) - 1; i >= 0; i-- {
				if other, ok := all[i].cells[Ref{t.ID, r.Key, c.Key}]; ok {
					f = If(Is(At("under", "scenario", FigureColumn), all[i].name), other, f)
				}
			}
			return Live(f)
		})
	}
}

// follow turns the references of formulas to the columns of what holds now.
// What an input shows, and what holds now itself, stays.
func follow(blocks []Block, now map[Ref]string) {
	cell := func(table string, column Column, c *Cell) {
		isNow := now[Ref{Table: table, Column: trimNow(column.Key)}] == column.Key
		if c.Formula.IsZero() || column.Input || isNow {
			return
		}
		turned := c.Formula.turned(table, now)
		c.Formula = &turned
	}
	for _, b := range blocks {
		switch b := b.(type) {
		case Table:
			followRows(b, cell)
		case Chart:
			followRows(b.Table, cell)
		case Figures:
			for i := range b.Figures {
				cell(b.ID, Column{Key: FigureColumn}, &b.Figures[i].Cell)
			}
		case Paragraph, List, Picture:
		}
	}
}

func followRows(t Table, cell func(string, Column, *Cell)) {
	for _, r := range t.Rows {
		for j := range r.Cells {
			cell(t.ID, t.Columns[j], &r.Cells[j])
		}
	}
	if t.Total != nil {
		for j := range t.Total.Cells {
			cell(t.ID, t.Columns[j], &t.Total.Cells[j])
		}
	}
}

// turned is the formula with its references turned.
func (f Formula) turned(table string, now map[Ref]string) Formula {
	if f.Ref.Table != "" {
		table = f.Ref.Table
	}
	if to, ok := now[Ref{Table: table, Column: f.Ref.Column}]; ok && f.Op != OpNumber {
		f.Ref.Column = to
	}
	if len(f.Args) > 0 {
		args := make([]Formula, len(f.Args))
		for i, arg := range f.Args {
			args[i] = arg.turned(table, now)
		}
		f.Args = args
	}
	return f
}
