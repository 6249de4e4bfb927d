package report

import (
	"math"
	"strconv"
	"strings"

	"github.com/flowmap-dev/flowmap/pkg/clients"
	"github.com/flowmap-dev/flowmap/pkg/lang"
	"github.com/flowmap-dev/flowmap/pkg/roi"
	"github.com/flowmap-dev/flowmap/pkg/track"
)

// LeftOut is a workspace that is in no figure of a portfolio, and why. Both are
// empty where nobody is to be named.
type LeftOut struct{ Name, Why string }

// ClientsPage is many clients together, as a report of its own. Money stands
// beside its currency, since a column may hold several.
func ClientsPage(words lang.Printer, t clients.Together, leftOut []LeftOut) Report {
	p := clientsPage{words, t, leftOut}
	r := Report{Meta: Meta{Title: p.t("page", nil), Language: words.Language(), Printed: p.lead(), Contents: words.Text("report.contents", nil)}}
	for _, s := range []Section{
		{ID: "clients", Blocks: p.summary()},
		{ID: "common", Blocks: []Block{p.flows(), p.pairs(), p.findings()}},
		{ID: "spread", Blocks: []Block{Paragraph{p.t("spread.lead", nil), Note}, p.groups()}},
		{ID: "realised", Blocks: p.realised()},
	} {
		if len(s.Blocks) == 0 {
			continue
		}
		s.Title, s.Short = p.t(s.ID+".section", nil), p.t(s.ID+".short", nil)
		r.Sections = append(r.Sections, s)
	}
	return r
}

type clientsPage struct {
	words   lang.Printer
	all     clients.Together
	leftOut []LeftOut
}

func (p clientsPage) t(key string, args lang.Args) string { return p.words.Text("clients."+key, args) }

func (p clientsPage) column(key string, kind Kind, width int) Column {
	return Column{Key: key, Label: p.t("column."+key, nil), Kind: kind, Width: width}
}

func (p clientsPage) lead() string { return p.words.Plural("count.clients", p.all.Clients, nil) + "." }

func (p clientsPage) summary() []Block {
	var blocks []Block
	if n := len(p.leftOut); n > 0 {
		blocks = append(blocks, Paragraph{p.words.Plural("clients.left_out", n, nil), Lead})
		var named []string
		for _, x := range p.leftOut {
			if x.Name != "" {
				named = append(named, x.Name+": "+x.Why)
			}
		}
		if len(named) > 0 {
			blocks = append(blocks, List{Items: named})
		}
	}
	if p.all.Hidden > 0 {
		blocks = append(blocks, Paragraph{p.words.Plural("clients.hidden", p.all.Hidden, lang.Args{"Least": p.words.Number(clients.FewestShown, 0)}), Note})
	}
	t := Table{ID: "totals", Title: p.t("totals.title", nil), Empty: p.t("none", nil), Columns: []Column{p.column("currency", Text, 10), p.column("clients", Count, 10), p.column("flows", Count, 10),
		p.column("not_stated", Count, 12), p.column("hours", Hours, 14), p.column("labour", Count, 16), p.column("errors", Count, 16), p.column("benefit", Count, 16)}}
	for _, x := range p.all.Totals {
		t.Rows = append(t.Rows, Row{x.Currency, []Cell{Words(x.Currency), countOf(x.Clients), countOf(x.Flows), countOf(x.NotStated), Known(Hours, x.HoursPerWeek),
			roundMoney(x.LabourPerYear), roundMoney(x.ErrorCostPerYear), roundMoney(x.BenefitPerYear)}})
	}
	return append(blocks, t)
}

func countOf(n int) Cell { return Known(Count, float64(n)) }

// roundMoney is money without cents, whose currency stands beside it.
func roundMoney(x float64) Cell { return Known(Count, math.Round(x)) }

// kind names a kind of system.
func (p clientsPage) kind(id string) Cell {
	if id == "" {
		return Words(p.words.Text("not_stated", nil))
	}
	return Words(p.words.Text("kind."+id, nil))
}

// named is what a client wrote, or that it wrote nothing.
func (p clientsPage) named(text string) Cell {
	if text == "not stated" {
		return Words(p.words.Text("not_stated", nil))
	}
	return Words(text)
}

func (p clientsPage) flows() Table {
	t := Table{ID: "common-flows", Title: p.t("flows.title", nil), Empty: p.t("none", nil), Columns: []Column{p.column("from", Text, 24), p.column("to", Text, 24),
		p.column("data", Text, 20), p.column("clients", Count, 10), p.column("flows", Count, 10), p.column("hours", Hours, 14)}}
	for _, c := range p.all.Flows {
		t.Rows = append(t.Rows, Row{strings.Join(c.Key, "|"), []Cell{p.kind(c.Key[0]), p.kind(c.Key[1]), p.named(c.Key[2]), countOf(c.Clients), countOf(c.Flows), Known(Hours, c.HoursPerWeek)}})
	}
	return t
}

func (p clientsPage) pairs() Table {
	t := Table{ID: "common-pairs", Title: p.t("pairs.title", nil), Short: p.t("pairs.short", nil), Empty: p.t("none", nil), Apart: true, Columns: []Column{p.column("from", Text, 24), p.column("to", Text, 24),
		p.column("clients", Count, 10), p.column("flows", Count, 10), p.column("hours", Hours, 14)}}
	for _, c := range p.all.Pairs {
		t.Rows = append(t.Rows, Row{strings.Join(c.Key, "|"), []Cell{p.kind(c.Key[0]), p.kind(c.Key[1]), countOf(c.Clients), countOf(c.Flows), Known(Hours, c.HoursPerWeek)}})
	}
	return t
}

func (p clientsPage) findings() Table {
	t := Table{ID: "common-findings", Title: p.t("findings.title", nil), Short: p.t("findings.short", nil), Empty: p.t("none", nil), Apart: true,
		Columns: []Column{p.column("finding", Text, 10), p.column("what", Text, 50), p.column("clients", Count, 10)}}
	for _, c := range p.all.Findings {
		t.Rows = append(t.Rows, Row{c.Key[0], []Cell{Words(c.Key[0]), Words(p.words.Text("finding."+c.Key[0]+".title", nil)), countOf(c.Clients)}})
	}
	return t
}

func (p clientsPage) groups() Table {
	t := Table{ID: "groups", Title: p.t("groups.title", nil), Empty: p.t("none", nil), Columns: []Column{p.column("group", Text, 34), p.column("currency", Text, 10), p.column("clients", Count, 10), p.column("flows", Count, 10)}}
	for _, measure := range []struct {
		key  string
		kind Kind
	}{{"hours", Hours}, {"build", Count}, {"payback", Months}} {
		for _, quartile := range []string{"lower", "median", "upper"} {
			t.Columns = append(t.Columns, p.column(measure.key+"_"+quartile, measure.kind, 12))
		}
	}
	for i, g := range p.all.Groups {
		name := p.t("by."+g.By, lang.Args{"Name": p.named(g.Name).Text})
		if g.By == "size" && g.Name != "not stated" {
			name = p.t("size."+g.Name, nil)
		}
		cells := []Cell{Words(name), Words(g.Currency), countOf(g.Clients), countOf(g.Flows)}
		for _, q := range []clients.Quartiles{g.Hours, g.Build, g.Payback} {
			for _, f := range []roi.Figure{q.Lower, q.Median, q.Upper} {
				cells = append(cells, Known(Number, f.Value))
				last := &cells[len(cells)-1]
				last.Kind = t.Columns[len(cells)-1].Kind
				switch {
				case !f.OK && last.Kind == Months:
					*last = Known(Months, math.Inf(1))
				case !f.OK:
					*last = Cell{Kind: Unknown}
				case last.Kind == Count:
					*last = roundMoney(f.Value)
				}
			}
		}
		t.Rows = append(t.Rows, Row{g.By + "|" + g.Name + "|" + g.Currency + "|" + strconv.Itoa(i), cells})
	}
	return t
}

// realised is what came true; nothing where nothing was measured.
func (p clientsPage) realised() []Block {
	if len(p.all.Realised) == 0 {
		return nil
	}
	t := Table{ID: "came-true", Title: p.t("came.title", nil), Columns: []Column{p.column("currency", Text, 10), p.column("what", Text, 12), p.column("clients", Count, 10), p.column("flows", Count, 10), p.column("months", Count, 10),
		p.column("saved", Hours, 14), p.column("gained", Count, 14), p.column("platform", Count, 14), p.column("built", Count, 14), p.column("net", Count, 14)}}
	for _, c := range p.all.Realised {
		for _, x := range []struct {
			key string
			of  track.Sums
		}{{"planned", c.Planned}, {"real", c.Real}} {
			t.Rows = append(t.Rows, Row{c.Currency + "|" + x.key, []Cell{Words(c.Currency), Words(p.t(x.key, nil)), countOf(c.Clients), countOf(c.Flows), countOf(c.Months),
				Known(Hours, x.of.Saved), roundMoney(x.of.Benefit), roundMoney(x.of.Platform), roundMoney(x.of.Build), roundMoney(x.of.Net)}})
		}
	}
	return []Block{t}
}
