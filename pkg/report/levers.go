package report

import "math"

// Lever is a number that a reader of a page may move: figures follow by the
// report's formulas.
type Lever struct {
	Key         string
	Label       string
	Note        string // what it moves, where its name does not say so; may be empty
	Kind        Kind
	Value       float64 // where it stands in the report
	Rest        string  // what that is called, if it is no number: no limit; may be empty
	Least, Most float64
	Whole       bool // it takes whole numbers only
	Moves       []Move
}

// Move is a cell that follows a lever: it is Times the lever's number.
type Move struct {
	At    Ref
	Times float64
}

// Set moves a lever of the report to x: it writes the cells that follow the
// lever, in place. Calculate then works out what rests on them.
func (l Lever) Set(r Report, x float64) error {
	all := grids(r)
	for _, m := range l.Moves {
		p, err := all[m.At.Table].place(m.At.Row, m.At.Column)
		if err != nil {
			return err
		}
		p.cell().Number = x * m.Times
	}
	return nil
}

// levers are the assumptions that a reader is likely to doubt: what an hour
// costs, what an integration saves, and how the future counts. One on which no
// flow rests is left out.
func (b *builder) levers(r Report) []Lever {
	if !b.follows() || b.ranked() == 0 {
		return nil
	}
	all := grids(r)
	levers := []Lever{b.hourlyLever(all)}
	rests := restsOn(all["flows"])
	for _, key := range []string{"automation_rate", "automation_rate_unstructured"} {
		if rests[At("assumptions", key, FigureColumn).Ref] {
			levers = append(levers, b.assumptionLever(all, key, Share, 0, 1))
		}
	}
	discount := b.assumptionLever(all, "discount_rate", Share, 0, .25)
	discount.Most = math.Max(discount.Most, 2*discount.Value)
	horizon := b.assumptionLever(all, "horizon_months", Number, 1, float64(b.lastMonth()))
	horizon.Whole = true
	return append(levers, discount, horizon)
}

// restsOn tells which single cells the formulas of a table read.
func restsOn(g *grid) map[Ref]bool {
	read := map[Ref]bool{}
	for _, row := range g.rows {
		for _, c := range row.Cells {
			if !c.Formula.IsZero() {
				c.Formula.Refs(func(ref Ref) { read[ref] = true })
			}
		}
	}
	return read
}

func (b *builder) assumptionLever(all map[string]*grid, key string, kind Kind, least, most float64) Lever {
	g := all["assumptions"]
	row := g.rows[g.row[key]]
	return Lever{
		Key: key, Label: row.Cells[0].Text, Kind: kind, Value: row.Cells[g.column[FigureColumn]].Number, Least: least, Most: most,
		Moves: []Move{{Ref{"assumptions", key, FigureColumn}, 1}},
	}
}

// hourlyLever is the cost of an hour: the mean of the hours that flows take, if
// roles differ. They then move in proportion, and so does the general cost.
func (b *builder) hourlyLever(all map[string]*grid) Lever {
	l := b.assumptionLever(all, "hourly_cost", Price, 0, 0)
	labour, hours := 0.0, 0.0
	for _, s := range b.Ranking.Scores {
		if s.Stated {
			labour += s.LabourPerYear
			hours += s.HoursPerYear
		}
	}
	roles := all["roles"]
	var stated []Row
	for _, row := range roles.rows {
		if c := row.Cells[roles.column["hourly"]]; c.Formula.IsZero() {
			stated = append(stated, row)
		}
	}
	if len(stated) > 0 && hours > 0 && labour > 0 {
		general := l.Value
		l.Note, l.Value = b.words.Text("page.hourly.note", nil), labour/hours
		l.Moves[0].Times = general / l.Value
		for _, row := range stated {
			l.Moves = append(l.Moves, Move{Ref{"roles", row.Key, "hourly"}, row.Cells[roles.column["hourly"]].Number / l.Value})
		}
	}
	l.Most = math.Max(10*math.Ceil(l.Value/5), 10)
	return l
}
