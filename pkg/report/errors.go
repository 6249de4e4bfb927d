package report

import (
	"cmp"
	"slices"
	"strconv"

	"github.com/flowmap-dev/flowmap/pkg/audit"
)

// point is an error point of a flow, with what it costs.
type point struct {
	key  string
	flow audit.Flow
	cost audit.PointCost
}

// points are all error points of flows by hand, or of automated ones, the
// dearest first and those whose cost is not known last. The two are kept apart:
// nothing here would prevent those of automated flows.
func (b *builder) points(byHand bool) []point {
	var all []point
	for _, f := range b.Workspace.Flows {
		if f.ByHand() != byHand {
			continue
		}
		for i, p := range b.costs[f.ID].Points {
			key := f.ID + "/" + cmp.Or(p.Point.ID, "#"+strconv.Itoa(i+1))
			all = append(all, point{key, f, p})
		}
	}
	slices.SortStableFunc(all, func(x, y point) int {
		if x.cost.Known != y.cost.Known {
			return cmp.Compare(y.truth(), x.truth())
		}
		return cmp.Or(cmp.Compare(y.cost.CostPerYear, x.cost.CostPerYear), cmp.Compare(x.key, y.key))
	})
	return all
}

func (p point) truth() float64 { return truth(p.cost.Known) }

// errors is the section of error points: by the place where they are noticed,
// and one by one.
func (b *builder) errors() []Block {
	points, automated := b.points(true), b.points(false)
	empty := b.t("points.empty", nil)
	if len(automated) > 0 {
		empty = b.t("points.empty.by_hand", nil)
	}
	t := Table{ID: "points", Apart: true, Title: b.t("points.title", nil), Short: b.t("points.short", nil), Empty: empty, Columns: []Column{
		b.column("error", Text, 30), b.column("flow", Text, 28), b.column("found", Text, 14),
		b.input("normal", Count, 10), b.column("errors", Count, 10), b.input("minutes", Number, 10), b.input("loss", Price, 10),
		b.column("fixing_hours", Hours, 10), b.column("losses", Money, 10), b.column("cost", Money, 11), b.column("basis", Text, 11),
		b.column("stated", Text, 30), hiddenColumn("of", Text), hiddenColumn("at", Text),
	}}
	for _, p := range points {
		t.Rows = append(t.Rows, Row{p.key, b.pointCells(p)})
	}
	if len(points) > 0 {
		t.Total = b.pointTotal(t.Columns)
	}
	places := b.byPlace(points)
	places.Empty = empty
	blocks := []Block{b.lead("errors.lead", nil), places, t}
	if len(automated) > 0 {
		blocks = append(blocks, b.automatedPoints(automated))
	}
	return blocks
}

// automatedPoints lists the error points of automated flows, which are in no
// total and no benefit.
func (b *builder) automatedPoints(points []point) Table {
	t := Table{ID: "automated-points", Apart: true, Title: b.t("automated-points.title", nil), Short: b.t("automated-points.short", nil),
		Note: b.t("automated-points.note", nil), Columns: []Column{
			b.column("error", Text, 34), b.column("flow", Text, 28), b.column("found", Text, 14), b.column("errors", Count, 14),
			b.column("cost", Money, 14), b.column("stated", Text, 30),
		}}
	for _, p := range points {
		t.Rows = append(t.Rows, Row{p.key, []Cell{
			Words(p.cost.Point.Label()), Words(p.flow.Label()), Words(b.foundAt(p)), KnownIf(p.cost.Known, Count, p.cost.ErrorsPerYear),
			KnownIf(p.cost.Known, Money, p.cost.CostPerYear), Words(b.who(p.cost.Point.Place)),
		}})
	}
	return t
}

// What the errors of a point take and lose in a year.
var fixingHours, losses = perError("minutes", 60), perError("loss", 1)

// perError is the year's errors times a column, where both are known.
func perError(column string, per float64) Cell {
	all := Div(Mul(Col("errors"), Col(column)), Num(per))
	return Live(WhereKnown(Col("errors"), If(IsKnown(Col(column)), all, Num(0))))
}

func (b *builder) pointCells(p point) []Cell {
	hourly := At("flows", p.flow.ID, "hourly")
	basis := ""
	if p.cost.Basis != audit.Constant {
		basis = b.words.Text("basis."+string(p.cost.Basis), nil)
	}
	normal := KnownIf(p.cost.Known, Count, p.cost.ErrorsPerYear/b.costs[p.flow.ID].Peak)
	minutes := KnownIf(p.cost.Point.Minutes.Stated(), Number, p.cost.Point.Minutes.Mean())
	loss := KnownIf(p.cost.Point.Costs.Stated(), Price, p.cost.Point.Costs.Mean())
	if p.cost.Point.ID != "" {
		of := "flows." + p.flow.ID + ".errors." + p.cost.Point.ID + "."
		normal = normal.stated(Stated{Path: of + "rate", Unit: "/year"})
		minutes, loss = minutes.from(of+"minutes_to_fix"), loss.from(of+"cost")
	}
	return []Cell{
		Words(p.cost.Point.Label()), Words(p.flow.Label()), Words(b.foundAt(p)),
		normal, Live(WhereKnown(Col("normal"), Mul(Col("normal"), At("flows", p.flow.ID, "peak")))), minutes, loss,
		fixingHours, losses, Live(WhereKnown(Col("errors"), Add(Mul(Col("fixing_hours"), hourly), Col("losses")))),
		Words(basis), Words(b.who(p.cost.Point.Place)), Words(p.flow.ID), Words(placeKey(p)),
	}
}

// placeKey names the place where an error is noticed; nobody said is a place
// of its own.
func placeKey(p point) string { return cmp.Or(p.cost.Point.FoundIn, "-") }

func (b *builder) foundAt(p point) string {
	if p.cost.Point.FoundIn == "" {
		return b.words.Text("not_stated", nil)
	}
	return b.Found(p.cost.Point.FoundIn)
}

func (b *builder) pointTotal(columns []Column) *Row {
	total := &Row{Key: TotalKey}
	for _, c := range columns {
		switch c.Key {
		case "error":
			total.Cells = append(total.Cells, Words(b.t("total", nil)))
		case "errors", "fixing_hours", "losses", "cost":
			total.Cells = append(total.Cells, Live(Sum("points", c.Key)))
		default:
			total.Cells = append(total.Cells, Words(""))
		}
	}
	return total
}

// byPlace adds error points up where they are noticed, the dearest place
// first.
func (b *builder) byPlace(points []point) Table {
	t := Table{ID: "places", Title: b.t("places.title", nil), Short: b.t("places.short", nil), Columns: []Column{
		b.column("found", Text, 34), b.column("points", Count, 12), b.column("errors", Count, 14),
		b.column("fixing_hours", Hours, 14), b.column("losses", Money, 14), b.column("cost", Money, 14),
	}}
	type sum struct {
		point point
		count int
		cost  float64
	}
	var places []sum
	for _, p := range points {
		i := slices.IndexFunc(places, func(s sum) bool { return placeKey(s.point) == placeKey(p) })
		if i < 0 {
			places, i = append(places, sum{point: p}), len(places)
		}
		places[i].count++
		places[i].cost += p.cost.CostPerYear
	}
	slices.SortStableFunc(places, func(x, y sum) int { return cmp.Compare(y.cost, x.cost) })
	for _, s := range places {
		cells := []Cell{Words(b.foundAt(s.point)), Known(Count, float64(s.count))}
		for _, column := range []string{"errors", "fixing_hours", "losses", "cost"} {
			cells = append(cells, Live(SumOf("points", column, "at")))
		}
		t.Rows = append(t.Rows, Row{placeKey(s.point), cells})
	}
	return t
}
