package report

import (
	"cmp"
	"strings"

	"github.com/flowmap-dev/flowmap/pkg/advise"
	"github.com/flowmap-dev/flowmap/pkg/audit"
	"github.com/flowmap-dev/flowmap/pkg/lang"
)

// RunbookPage is the error-management plan of one flow as a report of its own,
// made to be printed on one page and read by whoever is told that the flow has
// failed.
func RunbookPage(run Run, words lang.Printer, book advise.Runbook) Report {
	p := newPage(run, words, book)
	return Report{
		Meta: Meta{
			Title: p.t("title", lang.Args{"Flow": p.Flow(book.Flow)}), Client: run.Workspace.Client.Name, Date: string(run.Workspace.Date),
			Language: words.Language(), Currency: run.Workspace.Currency, Accent: run.Workspace.Brand.Primary, Printed: p.about() + " " + p.told(),
		},
		Sections: []Section{
			p.section("first", p.first()),
			p.section("hand", []Block{Paragraph{Text: p.hand()}}),
			p.section("alerts", []Block{p.alerts()}),
			p.section("retries", []Block{List{Items: p.notes(book.Retries)}}),
			p.section("log", []Block{Paragraph{Text: strings.Join(p.notes(book.Log), " ")}}),
			p.section("versions", p.versions()),
			p.section("remains", []Block{List{Items: p.remains()}}),
		},
	}
}

// page makes the parts of one runbook.
type page struct {
	Voice
	run  Run
	book advise.Runbook
	flow audit.Flow
}

func newPage(run Run, words lang.Printer, book advise.Runbook) page {
	p := page{Voice: NewVoice(words, run.Workspace, run.Catalogue), run: run, book: book}
	p.flow, _ = run.Workspace.Flow(book.Flow)
	return p
}

func (p page) t(key string, args lang.Args) string { return p.words.Text("runbook."+key, args) }

func (p page) section(id string, blocks []Block) Section {
	return Section{ID: id, Title: p.t(id+".title", nil), Blocks: blocks}
}

// RunbookNote is something that a runbook says, in words.
func (v Voice) RunbookNote(n advise.Note) string {
	return v.words.Text("recovery."+n.ID, v.Args(n.Args))
}

func (p page) notes(notes []advise.Note) []string { return mapped(notes, p.RunbookNote) }

// about says what the flow is and what it runs on.
func (p page) about() string {
	what := cmp.Or(p.Entity(p.flow.Entity), p.flow.Label())
	return p.t("about", lang.Args{"Entity": what, "From": p.System(p.flow.From), "To": p.System(p.flow.To), "Solution": p.on()})
}

func (p page) on() string {
	if p.book.Platform == "" {
		return p.t("nowhere", nil)
	}
	solution := p.Solution(advise.Candidate{Platform: p.book.Platform, Tier: p.book.Tier})
	on := p.t("on", lang.Args{"Solution": solution})
	if p.book.Pattern != "" {
		on = p.t("on-pattern", lang.Args{"Solution": solution, "Pattern": p.words.Text("pattern."+string(p.book.Pattern), nil)})
	}
	if p.run.Plan == nil {
		return on
	}
	if _, planned := p.run.SolutionOf(p.book.Flow); !planned {
		return on + " " + p.t("own-choice", nil)
	}
	return on + " " + p.t("as-planned", nil)
}

func (p page) owner() string { return cmp.Or(p.book.Owner, p.t("nobody", nil)) }

func (p page) told() string {
	names := mapped(p.book.Channels, p.channel)
	args := lang.Args{"Owner": p.owner(), "First": names[0], "Others": p.words.List(names[1:])}
	if p.book.Within == "" {
		return p.t("told-open", args)
	}
	args["Within"] = p.duration(p.book.Within)
	return p.t("told", args)
}

func (p page) channel(c audit.Channel) string { return p.words.Text("alert."+string(c), nil) }

// duration writes a time such as 30min, 4h or 2d.
func (p page) duration(d audit.Duration) string {
	text := string(d)
	for _, unit := range []struct{ sign, key string }{{"min", "minutes"}, {"h", "hours"}, {"d", "days"}} {
		if n, ok := strings.CutSuffix(text, unit.sign); ok {
			if x, err := p.words.ParseNumber(strings.TrimSpace(n)); err == nil {
				return p.words.Plural("duration."+unit.key, int(x), nil)
			}
		}
	}
	return text
}

// first is what has to be known at eight in the morning.
func (p page) first() []Block {
	recipe := p.t("column.recipe-open", nil)
	if p.book.Platform != "" {
		recipe = p.t("column.recipe", lang.Args{"Platform": p.Platform(p.book.Platform)})
	}
	t := Table{ID: "failures", Columns: []Column{
		{Key: "sign", Label: p.t("column.sign", nil), Kind: Text, Width: 30}, {Key: "do", Label: p.t("column.do", nil), Kind: Text, Width: 45},
		{Key: "recipe", Label: recipe, Kind: Text, Width: 45},
	}}
	for _, f := range p.book.Failures {
		mode := string(f.Mode)
		t.Rows = append(t.Rows, Row{mode, []Cell{
			Words(p.words.Text("recovery.sign."+mode, nil)), Words(p.words.Text("recovery.do."+mode, nil)), Words(p.RunbookNote(f.Recipe)),
		}})
	}
	if len(p.book.Open) == 0 {
		return []Block{t}
	}
	what := mapped(p.book.Open, func(o string) string { return p.t("open."+o, nil) })
	return []Block{Paragraph{Text: p.t("open", lang.Args{"What": p.words.List(what)}), Style: Lead}, t}
}

func (p page) hand() string {
	if p.book.Fallback == "" {
		return p.t("hand-open", nil)
	}
	return p.t("hand", lang.Args{"Fallback": strings.TrimRight(p.book.Fallback, "."), "Owner": p.decides()})
}

// decides begins a sentence.
func (p page) decides() string {
	if p.book.Owner != "" {
		return p.book.Owner
	}
	return p.t("hand.nobody", nil)
}

func (p page) alerts() Table {
	t := Table{ID: "alerts", Columns: []Column{
		{Key: "alarm", Label: p.t("column.alarm", nil), Kind: Text, Width: 80}, {Key: "how", Label: p.t("column.how", nil), Kind: Text, Width: 30},
	}}
	for _, a := range p.book.Alerts {
		t.Rows = append(t.Rows, Row{a.When.ID, []Cell{Words(p.RunbookNote(a.When)), Words(p.how(a))}})
	}
	return t
}

func (p page) how(a advise.Alarm) string {
	switch a.When.ID {
	case "alarm.too-few", "alarm.too-rare", "alarm.volume-unknown":
		return p.t("none", nil)
	}
	if a.Urgent {
		return p.t("how.urgent", nil)
	}
	return p.t("how.later", nil)
}

// versions is where each end's changes are announced, and what is then done.
func (p page) versions() []Block {
	var blocks []Block
	t := Table{ID: "versions"}
	for _, c := range []struct {
		key   string
		width int
	}{{"system", 16}, {"announced", 40}, {"notice", 12}, {"known", 40}, {"reader", 14}} {
		t.Columns = append(t.Columns, Column{Key: c.key, Label: p.t("column."+c.key, nil), Kind: Text, Width: c.width})
	}
	for _, i := range p.book.Interfaces {
		t.Rows = append(t.Rows, Row{i.System, []Cell{
			Words(p.System(i.System)), Words(p.announced(i)), Words(p.notice(i)), Words(p.known(i)), Words(cmp.Or(i.Reader, p.t("nobody", nil))),
		}})
	}
	if len(t.Rows) > 0 {
		blocks = append(blocks, t)
	}
	return append(blocks, Paragraph{Text: strings.Join(p.notes(p.book.Steps), " ")})
}

func (p page) announced(i advise.Interface) string {
	if i.Vendor.Changes == "" {
		return p.words.Text("recovery.vendor.ask", nil)
	}
	return p.words.Text("recovery.subscribe."+i.Vendor.Subscribe, lang.Args{"Address": i.Vendor.Changes})
}

func (p page) notice(i advise.Interface) string {
	if !i.Vendor.Notice.Stated {
		return p.words.Text("recovery.notice.unknown", nil)
	}
	return p.words.Plural("duration.months", int(i.Vendor.Notice.Value), nil)
}

func (p page) known(i advise.Interface) string {
	if i.Vendor.Known == "" {
		return p.words.Text("recovery.known.none", nil)
	}
	return p.words.Text("recovery.known."+i.Vendor.Known, lang.Args{"Year": i.Vendor.Removal})
}

func (p page) remains() []string {
	r := p.book.Remains
	money := func(x float64) string { return p.words.Money(x, p.run.Workspace.Currency, 0) }
	errors := p.t("remains.errors", lang.Args{"Errors": p.words.Number(r.PerYear, 0), "Money": money(r.CostPerYear)})
	switch {
	case !r.Errors:
		errors = p.t("remains.errors-unknown", nil)
	case r.PerYear == 0:
		errors = p.t("remains.today", nil)
	}
	args := lang.Args{"Hours": p.words.Number(r.Hours, 1), "Money": money(r.Watching), "Maintenance": money(r.Maintenance), "Beyond": money(r.Beyond)}
	if r.Beyond > 0 {
		return []string{errors, p.t("remains.beyond", args)}
	}
	return []string{errors, p.t("remains.watching", args)}
}
