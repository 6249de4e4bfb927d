package report

import (
	"strings"

	"github.com/flowmap-dev/flowmap/pkg/graph"
	"github.com/flowmap-dev/flowmap/pkg/lang"
)

// matrix says what each system has to do with which data: the entities of the
// graph's matrix by system and part, so that it fits a page whatever the number
// of either.
func (b *builder) matrix() Table {
	t := Table{ID: "matrix", Title: b.t("matrix.title", nil), Short: b.t("matrix.short", nil), Empty: b.t("records.empty", nil), Columns: []Column{
		b.column("system", Text, 24), b.column("part_record", Text, 32), b.column("part_consumer", Text, 32),
		b.column("part_writes_back", Text, 32), b.column("part_source", Text, 32),
	}}
	x := b.Map.Matrix()
	for i, system := range x.Systems {
		cells := []Cell{Words(b.System(system))}
		for _, part := range []graph.Part{graph.Record, graph.Consumer, graph.WritesBack, graph.Source} {
			var data []string
			for _, row := range x.Rows {
				if row.Parts[i] == part {
					data = append(data, b.Entity(row.Entity))
				}
			}
			cells = append(cells, Words(strings.Join(data, ", ")))
		}
		t.Rows = append(t.Rows, Row{system, cells})
	}
	return t
}

// copies says how each copy gets from its record to its consumer, how old and
// how wrong it may be there.
func (b *builder) copies() Table {
	t := Table{ID: "copies", Title: b.t("copies.title", nil), Short: b.t("copies.short", nil), Empty: b.t("copies.empty", nil), Columns: []Column{
		b.column("data", Text, 26), b.column("copy", Text, 24), b.column("way", Text, 56), b.column("age", Text, 16), b.column("wrong", Text, 16),
	}}
	for _, e := range b.Map.Entities {
		for _, c := range e.Copies {
			t.Rows = append(t.Rows, Row{e.ID + ">" + c.System, []Cell{
				Words(b.Entity(e.ID)), Words(b.System(c.System)), Words(strings.Join(mapped(c.Path, b.System), " → ")),
				b.orMore(b.words.Age(c.Delay.Hours), c.Delay.Known, c.Delay.Hours == 0),
				b.orMore(b.words.Percent(c.Errors.Value, 1), c.Errors.Known, c.Errors.Value == 0),
			}})
		}
	}
	return t
}

// orMore is a figure that may be more where a part of it is not known; nothing
// known is not known.
func (b *builder) orMore(text string, known, nothing bool) Cell {
	switch {
	case known:
		return Words(text)
	case nothing:
		return Cell{Kind: Unknown}
	}
	return Words(b.t("copies.more", lang.Args{"Figure": text}))
}
