package diagram

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/flowmap-dev/flowmap/pkg/audit"
	"github.com/flowmap-dev/flowmap/pkg/draw"
	"github.com/flowmap-dev/flowmap/pkg/graph"
	"github.com/flowmap-dev/flowmap/pkg/lang"
)

// unknown stands for hours that nobody stated, and more for those of a link's
// other flows.
const (
	unknown = "? h"
	more    = " + ?"
)

// Options say what a view leaves out. The zero Options leave out nothing.
type Options struct {
	Top      int     // only so many links, those with most hours; 0: all
	MinHours float64 // only links with at least so many hours a week
	Fold     bool    // of a map that is too large to draw, as many links as can carry their words
}

// Flows is the view of all flows: which system sends what to which, how, how
// often, and what that takes. It is an error if a link of the map leads to a
// system that the map does not have.
func Flows(m graph.Map, w audit.Workspace, p lang.Printer, opt Options) (View, error) {
	f := wording{w, p}
	v := View{
		Title: p.Text("map.flows", nil), Client: w.Client.Name, Brand: w.Brand.Name,
		Language: p.Language(),
	}
	if w.Date != "" {
		v.Date = p.Date(string(w.Date))
	}
	if w.Brand.Primary != "" {
		accent, err := draw.Hex(w.Brand.Primary)
		if err != nil {
			return View{}, fmt.Errorf("brand: primary: %w", err)
		}
		v.Accent = accent
	}
	if opt.Fold && opt.Top == 0 && len(m.Nodes)+len(m.Links) > most {
		opt.Top = labelled
	}
	links := opt.choose(m.Links)
	v.Folded = len(m.Links) - len(links)
	v.Table.Heads = f.heads()
	for i, l := range links {
		link, row := f.link(m, l, i+1)
		v.Links = append(v.Links, link)
		v.Table.Rows = append(v.Table.Rows, row)
	}
	for _, n := range m.Nodes {
		if v.Folded == 0 || touched(links, n.System.ID) {
			v.Nodes = append(v.Nodes, f.node(n))
		}
	}
	v.Figures = f.figures(v, links)
	v.Legend = f.legend(v)
	return v, v.check()
}

// choose keeps the links that the options ask for, in their order.
func (o Options) choose(all []graph.Link) []graph.Link {
	rank := make([]int, len(all))
	for i := range rank {
		rank[i] = i
	}
	slices.SortStableFunc(rank, func(a, b int) int { return cmp.Compare(all[b].HoursPerWeek, all[a].HoursPerWeek) })
	keep := make([]bool, len(all))
	for place, i := range rank {
		keep[i] = (o.Top <= 0 || place < o.Top) && all[i].HoursPerWeek >= o.MinHours
	}
	var out []graph.Link
	for i, l := range all {
		if keep[i] {
			out = append(out, l)
		}
	}
	return out
}

func touched(links []graph.Link, system string) bool {
	return slices.ContainsFunc(links, func(l graph.Link) bool { return l.From == system || l.To == system })
}

// wording puts the map's parts into words.
type wording struct {
	w audit.Workspace
	p lang.Printer
}

func (f wording) node(n graph.Node) Node {
	out := Node{
		ID: n.System.ID, Name: n.System.Label(), Kind: n.System.Kind, Outside: n.Outside,
		Sort: f.p.Text("kind."+string(n.System.Kind), nil),
	}
	for _, e := range n.Records {
		out.Records = append(out.Records, f.entity(e))
	}
	lines := []string{out.ID, out.Name + " (" + out.Sort + ")"}
	if len(out.Records) > 0 {
		lines = append(lines, f.p.Text("map.tip.record", lang.Args{"Entities": f.p.List(out.Records)}))
	}
	if n.HoursPerWeek > 0 {
		lines = append(lines, f.p.Text("map.tip.hours", lang.Args{"Hours": f.hours(n.HoursPerWeek)}))
	}
	out.Title = strings.Join(lines, "\n")
	return out
}

// link is a link of the map, and its row in the table.
func (f wording) link(m graph.Map, l graph.Link, number int) (Link, Row) {
	flows := f.flows(l)
	row := Row{
		Number: number, From: f.system(m, l.From), To: f.system(m, l.To), Flows: len(l.Flows),
		Hours: l.HoursPerWeek, HoursStated: l.HoursStated, Errors: l.ErrorPoints, ErrorCost: l.ErrorCostPerYear,
	}
	data := f.data(flows)
	row.What = strings.Join(data, ", ")
	row.How = f.distinct(flows, func(x audit.Flow) string { return f.p.Text("how."+string(x.How), nil) })
	row.Often = f.distinct(flows, f.often)
	row.Who = f.distinct(flows, f.who)
	link := Link{
		From: l.From, To: l.To, Flows: l.Flows, How: l.How, TwoWay: l.TwoWay, Hours: l.HoursPerWeek,
		What: data, Often: row.Often, Errors: l.ErrorPoints, Number: number,
	}
	if len(flows) > 1 {
		link.Often = f.p.Plural("count.flows", len(flows), nil)
	}
	switch {
	case l.HoursStated:
		link.Amount = f.hours(l.HoursPerWeek)
		if l.NotStated > 0 {
			link.Amount += more
		}
	case l.How != audit.Automated:
		link.Amount = unknown
	}
	link.Title = f.tip(link, row)
	return link, row
}

// flows are a link's flows, those with most hours first.
func (f wording) flows(l graph.Link) []audit.Flow {
	var out []audit.Flow
	for _, id := range l.Flows {
		if flow, ok := f.w.Flow(id); ok {
			out = append(out, flow)
		}
	}
	slices.SortStableFunc(out, func(a, b audit.Flow) int {
		return cmp.Compare(f.w.Cost(b).HoursPerWeek, f.w.Cost(a).HoursPerWeek)
	})
	return out
}

// data names what a link's flows carry, each once; a flow without an entity has
// its own name.
func (f wording) data(flows []audit.Flow) []string {
	var out []string
	for _, flow := range flows {
		name := flow.Label()
		if flow.Entity != "" {
			name = f.entity(flow.Entity)
		}
		if !slices.Contains(out, name) {
			out = append(out, name)
		}
	}
	return out
}

// distinct lists what a question about each flow gives, each answer once.
func (f wording) distinct(flows []audit.Flow, ask func(audit.Flow) string) string {
	var out []string
	for _, flow := range flows {
		if s := ask(flow); s != "" && !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	return strings.Join(out, ", ")
}

func (f wording) often(flow audit.Flow) string {
	if flow.Every == "" {
		return ""
	}
	return f.p.Text("every."+string(flow.Every), nil)
}

// who is the role that does a flow, and its people.
func (f wording) who(flow audit.Flow) string {
	if !flow.ByHand() {
		return ""
	}
	people := strings.Join(flow.People, ", ")
	role, ok := f.w.Role(flow.Role)
	switch {
	case !ok || people == role.Label():
		return people
	case people == "":
		return role.Label()
	}
	return role.Label() + " (" + people + ")"
}

func (f wording) entity(id string) string {
	if e, ok := f.w.Entity(id); ok {
		return e.Label()
	}
	return id
}

func (f wording) system(m graph.Map, id string) string {
	if n, ok := m.Node(id); ok {
		return n.System.Label()
	}
	return id
}

// hours writes hours with one decimal, and with two where one would say zero.
func (f wording) hours(h float64) string {
	decimals := 1
	if h < 0.05 {
		decimals = 2
	}
	return f.p.Text("duration.hours", lang.Args{"Count": f.p.Number(h, decimals)})
}

// tip is what a link says when the pointer rests on it: what its row says.
func (f wording) tip(l Link, r Row) string {
	lines := []string{
		l.From + direction(l) + l.To + ": " + strings.Join(l.Flows, ", "),
		strings.Join(stated(r.What, r.How, r.Often, l.Amount), " · "),
	}
	if r.Who != "" {
		lines = append(lines, f.p.Text("map.tip.who", lang.Args{"Who": r.Who}))
	}
	if r.Errors > 0 {
		lines = append(lines, f.p.Plural("map.tip.errors", r.Errors, lang.Args{"Cost": f.p.Money(r.ErrorCost, f.w.Currency, 0)}))
	}
	return strings.Join(lines, "\n")
}

func direction(l Link) string {
	if l.TwoWay {
		return " ↔ "
	}
	return " → "
}

func (f wording) heads() []string {
	var out []string
	for _, key := range []string{"number", "from", "to", "what", "how", "often", "who", "hours", "errors", "error_cost"} {
		out = append(out, f.p.Text("map.table."+key, nil))
	}
	return out
}

// figures are what the picture comes to.
func (f wording) figures(v View, links []graph.Link) []Figure {
	flows, errors := 0, 0
	for _, l := range links {
		flows, errors = flows+len(l.Flows), errors+l.ErrorPoints
	}
	count := func(key string, n int) Figure {
		return Figure{f.p.Number(float64(n), 0), f.p.Plural(key, n, nil)}
	}
	hours := 0.0 // as the labels add up
	for _, l := range links {
		hours += l.HoursPerWeek
	}
	out := []Figure{{f.hours(hours), f.p.Text("map.hours", nil)}, count("map.systems", len(v.Nodes)), count("map.flow", flows)}
	if errors > 0 {
		out = append(out, count("map.errors", errors))
	}
	return out
}

// legend explains what the view uses, and nothing else.
func (f wording) legend(v View) Legend {
	var g Legend
	for _, l := range v.Links {
		how := f.p.Text("how."+string(l.How), nil)
		switch l.How {
		case audit.Manual:
			g.Manual = how
		case audit.File:
			g.File = how
		case audit.Automated:
			g.Automated = how
		}
		if l.Amount == unknown || strings.HasSuffix(l.Amount, more) {
			g.Unknown = f.p.Text("map.legend.unknown", nil)
		}
		if l.Errors > 0 {
			g.Errors = f.p.Text("map.legend.errors", nil)
		}
	}
	if most := mostHours(v.Links); most > 0 {
		g.Width = f.p.Text("map.legend.width", lang.Args{"Hours": f.hours(most)})
	}
	if v.records() {
		g.Record = f.p.Text("map.legend.record", nil)
	}
	g.Outside, g.Sheet = f.outlines(v)
	if v.Numbered() {
		g.Numbers = f.p.Text("map.legend.numbers", nil)
	}
	if v.Folded > 0 {
		g.Folded = f.p.Plural("map.legend.folded", v.Folded, nil)
	}
	return g
}

// outlines explains the outlines of cards that the view has.
func (f wording) outlines(v View) (out, sheets string) {
	var sorts []string
	for _, n := range v.Nodes {
		switch n.outline() {
		case outside:
			out = f.p.Text("map.legend.outside", nil)
		case sheet:
			if !slices.Contains(sorts, n.Sort) {
				sorts = append(sorts, n.Sort)
			}
		case inside:
		}
	}
	return out, f.p.List(sorts)
}
