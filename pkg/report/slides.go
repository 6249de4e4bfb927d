package report

import (
	"slices"
	"strings"

	"github.com/flowmap-dev/flowmap/pkg/lang"
)

// Slide is one of the few that present a report to those who decide.
type Slide struct {
	ID     string
	Title  string
	Blocks []Block
}

// WeekColumn tells whether a column is a week of a roadmap, drawn as a small
// cell: WeekBuilt while the flow is being built, WeekLive once it is live.
func WeekColumn(c Column) bool {
	return c.Kind == Text && c.Width == weekWidth && strings.HasPrefix(c.Key, "w")
}

// What a cell of a week says.
const (
	WeekBuilt = "■"
	WeekLive  = "·"
)

const weekWidth = 3

// Slides picks what the slides behind the cover show, in their order, out of
// the sections that the report has. One with nothing to show is left out. All
// figures are the report's own cells.
func (r Report) Slides(p lang.Printer) []Slide {
	d := deck{r, p}
	var all []Slide
	for _, s := range []Slide{
		{"summary", d.title("summary"), d.summary()},
		{"landscape", d.title("map"), d.pictures()},
		{"hours", p.Text("slides.hours", nil), d.hours()},
		{"integrations", p.Text("slides.integrations", nil), d.integrations()},
		{"plan", p.Text("slides.plan", nil), d.plan()},
		{"investment", p.Text("slides.investment", nil), d.investment()},
		{"next-steps", d.title("next-steps"), d.next()},
	} {
		if len(s.Blocks) > 0 {
			all = append(all, s)
		}
	}
	return all
}

// deck picks slides out of a report.
type deck struct {
	report Report
	words  lang.Printer
}

func (d deck) section(id string) Section {
	for _, s := range d.report.Sections {
		if s.ID == id {
			return s
		}
	}
	return Section{}
}

func (d deck) title(id string) string { return d.section(id).Title }

// leads are the sentences that a section begins with.
func (d deck) leads(id string) []Block {
	var all []Block
	for _, b := range d.section(id).Blocks {
		if p, ok := b.(Paragraph); ok && p.Style == Lead {
			all = append(all, p)
		}
	}
	return all
}

// table is the table of an id, wherever it stands; without rows if there is none.
func (d deck) table(id string) Table {
	for _, s := range d.report.Sections {
		for _, b := range s.Blocks {
			switch b := b.(type) {
			case Table:
				if b.ID == id {
					return b
				}
			case Chart:
				if b.Table.ID == id {
					return b.Table
				}
			}
		}
	}
	return Table{}
}

// figures are those of a block with one of the keys, in the order of the keys.
func (d deck) figures(id string, keys ...string) []Figure {
	var all []Figure
	for _, s := range d.report.Sections {
		for _, b := range s.Blocks {
			f, ok := b.(Figures)
			if !ok || f.ID != id {
				continue
			}
			for _, key := range keys {
				if i := slices.IndexFunc(f.Figures, func(x Figure) bool { return x.Key == key }); i >= 0 {
					all = append(all, f.Figures[i])
				}
			}
		}
	}
	return all
}

// summary has the figures of today and of the plan, what they mean, and in
// which range they lie.
func (d deck) summary() []Block {
	blocks := d.leads("summary")
	figures := d.figures("key-figures", "hours", "cost")
	planned := d.figures("plan-figures", "benefit", "payback")
	if plan := d.leads("plan"); len(planned) > 0 && len(plan) > 0 {
		blocks = append(blocks[:len(blocks)-1:len(blocks)-1], plan[0])
		if text := d.rangeOf(); text != "" {
			blocks = append(blocks, Paragraph{text, Plain})
		}
	} else {
		planned = d.figures("key-figures", "benefit", "payback")
	}
	if figures = append(figures, planned...); len(figures) > 0 {
		blocks = append([]Block{Figures{ID: "slide-figures", Figures: figures}}, blocks...)
	}
	return blocks
}

// rangeOf says between what the plan's money lies in the last month shown.
func (d deck) rangeOf() string {
	t := d.table("plan-cash")
	if len(t.Rows) == 0 {
		return ""
	}
	c := t.Rows[len(t.Rows)-1].Cells
	money := func(c Cell) string { return d.words.Money(c.Number, d.report.Meta.Currency, 0) }
	return d.words.Plural("slides.range", int(c[0].Number), lang.Args{"Low": money(c[1]), "Expected": money(c[2]), "High": money(c[3])})
}

func (d deck) pictures() []Block {
	for _, b := range d.section("map").Blocks {
		if p, ok := b.(Picture); ok {
			return []Block{p}
		}
	}
	return nil
}

func (d deck) hours() []Block {
	for _, b := range d.section("summary").Blocks {
		if c, ok := b.(Chart); ok && len(c.Table.Rows) > 0 {
			c.Table.Title = ""
			return []Block{c}
		}
	}
	return nil
}

// integrations are the flows of the plan, else those for which there is advice:
// with what and how each is connected, and what happens when it fails.
func (d deck) integrations() []Block {
	from := d.table("plan")
	if len(from.Rows) == 0 {
		from = d.table("technology")
	}
	t := d.joined("slide-integrations", from, []string{"flow", "solution", "pattern"}, d.table("runbooks"), []string{"owner", "within", "fallback"})
	if len(t.Rows) == 0 {
		return nil
	}
	return []Block{t}
}

// plan is the flows of the plan with their money and their weeks.
func (d deck) plan() []Block {
	roadmap := d.table("roadmap")
	keys := []string{"live_week"}
	for _, c := range roadmap.Columns {
		if WeekColumn(c) {
			keys = append(keys, c.Key)
		}
	}
	t := d.joined("slide-plan", d.table("plan"), []string{"flow", "build", "benefit"}, roadmap, keys)
	if len(t.Rows) == 0 {
		return nil
	}
	t.Title, t.Note = roadmap.Title, roadmap.Note
	return []Block{t}
}

// joined sets columns of two tables side by side, by the keys of their rows.
func (d deck) joined(id string, left Table, ofLeft []string, right Table, ofRight []string) Table {
	t := Table{ID: id, Fixed: left.Fixed}
	type source struct{ table, column int }
	var sources []source
	for i, keys := range [][]string{ofLeft, ofRight} {
		for _, key := range keys {
			columns := []Table{left, right}[i].Columns
			if j := slices.IndexFunc(columns, func(c Column) bool { return c.Key == key }); j >= 0 {
				t.Columns, sources = append(t.Columns, columns[j]), append(sources, source{i, j})
			}
		}
	}
	for _, row := range left.Rows {
		rows := [2][]Cell{row.Cells, nil}
		if i := slices.IndexFunc(right.Rows, func(r Row) bool { return r.Key == row.Key }); i >= 0 {
			rows[1] = right.Rows[i].Cells
		}
		var cells []Cell
		for _, s := range sources {
			if rows[s.table] == nil {
				cells = append(cells, Words(""))
				continue
			}
			cells = append(cells, rows[s.table][s.column])
		}
		t.Rows = append(t.Rows, Row{row.Key, cells})
	}
	return t
}

// investment is what the plan costs and brings, in which range its money lies,
// and what that rests on.
func (d deck) investment() []Block {
	figures := d.figures("plan-figures", "build", "monthly", "payback", "cash_payback", "npv")
	if len(figures) == 0 {
		figures = d.figures("key-figures", "build", "monthly", "payback", "cash_payback")
	}
	if len(figures) == 0 {
		return nil
	}
	blocks := []Block{Figures{ID: "slide-investment", Figures: figures}}
	cash := d.table("plan-cash")
	cash.Rows = slices.DeleteFunc(slices.Clone(cash.Rows), func(r Row) bool {
		return !slices.Contains([]string{"month-3", "month-6", "month-12", "month-18", "month-24", "month-36"}, r.Key)
	})
	for _, t := range []Table{cash, d.table("evidence")} {
		if len(t.Rows) > 0 {
			blocks = append(blocks, t)
		}
	}
	if sure := d.leads("certainty"); len(sure) > 1 {
		blocks = append(blocks, sure[1])
	}
	return blocks
}

func (d deck) next() []Block {
	var all []Block
	for _, b := range d.section("next-steps").Blocks {
		if l, ok := b.(List); ok {
			all = append(all, l)
		}
	}
	return all
}

// Subtitle is what a cover says below the title: firm and date, and that the
// figures are those of a what-if if they are.
func (m Meta) Subtitle() string { return strings.ReplaceAll(m.Printed, " · ", "\n") }
