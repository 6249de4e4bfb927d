package report

import (
	"slices"
	"strings"

	"github.com/flowmap-dev/flowmap/pkg/audit"
	"github.com/flowmap-dev/flowmap/pkg/graph"
	"github.com/flowmap-dev/flowmap/pkg/lang"
)

// landscape is the dependency map: its picture, and the table of links.
func (b *builder) landscape() []Block {
	blocks := []Block{b.lead("map.lead", nil)}
	for _, p := range b.in.Pictures {
		blocks = append(blocks, p)
	}
	return append(blocks, b.links(), b.records(), b.matrix(), b.copies())
}

// labelled is how many links carry their words in the picture; in one that has
// more they carry numbers, which this table explains.
const labelled = 120

func (b *builder) links() Table {
	t := Table{ID: "links", Apart: true, Title: b.t("links.title", nil), Short: b.t("links.short", nil), Empty: b.t("links.empty", nil), Columns: []Column{
		b.column("from", Text, 18), b.column("to", Text, 18), b.column("data", Text, 22), b.column("how", Text, 22),
		b.column("every", Text, 12), b.column("who", Text, 34), b.column("hours", Hours, 9),
		b.column("points", Count, 9), b.column("error_cost", Money, 12),
	}}
	numbered := len(b.Map.Links) > labelled
	if numbered {
		t.Columns = slices.Insert(t.Columns, 0, b.column("number", Count, 6))
	}
	for i, l := range b.Map.Links {
		var cells []Cell
		if numbered {
			cells = append(make([]Cell, 0, len(t.Columns)), Known(Count, float64(i+1)))
		}
		cells = append(cells, b.linkCells(l)...)
		t.Rows = append(t.Rows, Row{linkKey(l.From, l.To), cells})
	}
	return t
}

// linkKey is the key of a link's row.
func linkKey(from, to string) string { return from + ">" + to }

func (b *builder) linkCells(l graph.Link) []Cell {
	var how, every, who []string
	var hours, errors []Formula // of all its flows: a formula that names each of very many is more than Excel takes
	automated := 0.0            // what errors of automated flows cost, which are in no calculation
	for _, id := range l.Flows {
		f, _ := b.Workspace.Flow(id)
		how = appendNew(how, b.words.Text("how."+string(f.How), nil))
		if f.Every != "" {
			every = appendNew(every, b.words.Text("every."+string(f.Every), nil))
		}
		if f.ByHand() {
			who = appendNew(who, b.carriers(f))
			errors = []Formula{SumOf("calculation", "fixing", "link"), SumOf("calculation", "losses", "link")}
		} else {
			automated += b.costs[id].ErrorCostPerYear
		}
		if b.costs[id].Stated {
			hours = []Formula{SumOf("flows", "hours", "link")}
		}
	}
	if len(errors) > 0 && automated > 0 {
		errors = append(errors, Num(automated))
	}
	points, cost := b.linkErrors(l, errors)
	return []Cell{
		Words(b.System(l.From)), Words(b.System(l.To)), Words(b.words.List(mapped(l.Entities, b.Entity))),
		Words(strings.Join(how, "; ")), Words(strings.Join(every, ", ")), Words(strings.Join(who, "; ")),
		b.linkHours(l, hours), points, cost,
	}
}

// linkErrors counts a link's error points and what they cost. Where nobody was asked about errors, neither is known.
func (b *builder) linkErrors(l graph.Link, costs []Formula) (points, cost Cell) {
	asked := slices.ContainsFunc(l.Flows, func(id string) bool {
		f, _ := b.Workspace.Flow(id)
		return f.Errors != nil
	})
	switch {
	case !asked && l.How == audit.Automated:
		return Words(""), Words("")
	case !asked:
		return Cell{Kind: Unknown}, Cell{Kind: Unknown}
	case len(costs) == 0:
		return Known(Count, float64(l.ErrorPoints)), Known(Money, l.ErrorCostPerYear)
	}
	return Known(Count, float64(l.ErrorPoints)), Live(Add(costs[0], costs[1:]...))
}

// linkHours adds up what is stated: nothing on an automated link, not known on
// one by hand whose hours nobody gave. Where some flows state none, the sum is
// followed by a question mark.
func (b *builder) linkHours(l graph.Link, stated []Formula) Cell {
	switch {
	case len(stated) > 0 && l.NotStated > 0:
		return Words(b.t("links.more", lang.Args{"Hours": b.words.Hours(l.HoursPerWeek)}))
	case len(stated) > 0:
		return Live(Add(stated[0], stated[1:]...))
	case l.How == audit.Automated:
		return Words("")
	}
	return Cell{Kind: Unknown}
}

// carriers are who enters a flow's data: their role, and their names. A
// redacted workspace has roles in place of names, which are not said twice.
func (b *builder) carriers(f audit.Flow) string {
	role := b.Role(f.Role)
	var names []string
	for _, name := range f.People {
		if name != role {
			names = append(names, name)
		}
	}
	switch {
	case len(names) == 0:
		return role
	case role == "":
		return b.words.List(names)
	}
	return role + ": " + b.words.List(names)
}

func appendNew(all []string, s string) []string {
	if s == "" || slices.Contains(all, s) {
		return all
	}
	return append(all, s)
}

// records says which system is right about each type of data.
func (b *builder) records() Table {
	t := Table{ID: "records", Apart: true, Title: b.t("records.title", nil), Short: b.t("records.short", nil), Empty: b.t("records.empty", nil), Columns: []Column{
		b.column("data", Text, 26), b.column("record", Text, 24), b.column("why", Text, 36), b.column("consumers", Text, 44),
	}}
	for _, e := range b.Map.Entities {
		record := b.t("records.none", nil)
		if e.Record != "" {
			record = b.System(e.Record)
		}
		t.Rows = append(t.Rows, Row{e.ID, []Cell{
			Words(b.Entity(e.ID)), Words(record), Words(b.words.Text("record_reason."+string(e.Reason), nil)),
			Words(b.words.List(mapped(e.Consumers, b.System))),
		}})
	}
	return t
}
