package diagram

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"github.com/flowmap-dev/flowmap/pkg/audit"
	"github.com/flowmap-dev/flowmap/pkg/graph"
	"github.com/flowmap-dev/flowmap/pkg/lang"
)

// unknown stands for hours that nobody stated, and more for those of a link's
// other flows.
const (
	unknown = "? h"
	more    = " + ?"
)

// wording puts the map's parts into words.
type wording struct {
	w    audit.Workspace
	p    lang.Printer
	m    graph.Map             // the whole
	cost map[string]audit.Cost // of each flow in scope
}

func (f *wording) node(n graph.Node) Node {
	out := Node{
		ID: n.System.ID, Name: n.System.Label(), Kind: n.System.Kind, Outside: n.Outside, Hours: n.HoursPerWeek,
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
func (f *wording) link(l graph.Link) (Link, Row) {
	flows := f.flows(l)
	row := Row{
		From: f.system(l.From), To: f.system(l.To), Flows: len(l.Flows),
		Hours: l.HoursPerWeek, HoursStated: l.HoursStated, Errors: l.ErrorPoints, ErrorCost: l.ErrorCostPerYear,
		Asked: slices.ContainsFunc(flows, func(x audit.Flow) bool { return x.Errors != nil }),
	}
	data := f.data(flows)
	row.What = strings.Join(data, ", ")
	row.How = f.distinct(flows, func(x audit.Flow) string { return f.p.Text("how."+string(x.How), nil) })
	row.Often = f.distinct(flows, f.often)
	row.Who = f.distinct(flows, f.who)
	link := Link{
		From: l.From, To: l.To, Flows: ids(flows, func(x audit.Flow) string { return x.ID }), How: l.How, TwoWay: l.TwoWay, Hours: l.HoursPerWeek,
		What: data, Often: row.Often, Errors: l.ErrorPoints,
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
	for _, x := range flows {
		if x.ByHand() {
			link.Cost += f.cost[x.ID].LabourPerYear + f.cost[x.ID].ErrorCostPerYear
		}
	}
	row.Unmanned = l.How == audit.Automated
	link.Title = f.tip(link, row)
	return link, row
}

// flows are a link's flows, those with most hours first, whatever their order in
// the files.
func (f *wording) flows(l graph.Link) []audit.Flow {
	var out []audit.Flow
	for _, id := range l.Flows {
		if flow, ok := f.w.Flow(id); ok {
			out = append(out, flow)
		}
	}
	slices.SortFunc(out, func(a, b audit.Flow) int {
		return cmp.Or(cmp.Compare(f.cost[b.ID].HoursPerWeek, f.cost[a.ID].HoursPerWeek), cmp.Compare(a.ID, b.ID))
	})
	return out
}

// data names what a link's flows carry, each once; a flow without an entity has
// its own name.
func (f *wording) data(flows []audit.Flow) []string {
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
func (f *wording) distinct(flows []audit.Flow, ask func(audit.Flow) string) string {
	var out []string
	for _, flow := range flows {
		if s := ask(flow); s != "" && !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	return strings.Join(out, ", ")
}

func (f *wording) often(flow audit.Flow) string {
	if flow.Every == "" {
		return ""
	}
	return f.p.Text("every."+string(flow.Every), nil)
}

// who is the role that does a flow, and its people.
func (f *wording) who(flow audit.Flow) string {
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

func (f *wording) entity(id string) string {
	if e, ok := f.w.Entity(id); ok {
		return e.Label()
	}
	return id
}

func (f *wording) system(id string) string {
	if n, ok := f.m.Node(id); ok {
		return n.System.Label()
	}
	return id
}

// hours writes hours with one decimal, and with two where one would say zero.
func (f *wording) hours(h float64) string {
	decimals := 1
	if h < 0.05 {
		decimals = 2
	}
	return f.p.Text("duration.hours", lang.Args{"Count": f.p.Number(h, decimals)})
}

// tip is what a link says when the pointer rests on it: what its row says.
func (f *wording) tip(l Link, r Row) string {
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

func (f *wording) heads() []string {
	var out []string
	for _, key := range []string{"number", "from", "to", "what", "how", "often", "who", "hours", "errors", "error_cost"} {
		out = append(out, f.p.Text("map.table."+key, nil))
	}
	return out
}

// age is how stale and how wrong a copy may be.
func (f *wording) age(c graph.Copy) string {
	var parts []string
	if c.Delay.Known {
		parts = append(parts, f.p.Text("map.age", lang.Args{"Time": f.span(c.Delay.Hours)}))
	}
	if c.Errors.Known && c.Errors.Value > 0 {
		parts = append(parts, f.p.Text("map.wrong", lang.Args{"Share": f.p.Percent(c.Errors.Value, 1)}))
	}
	if len(parts) == 0 {
		return f.p.Text("part.consumer", nil)
	}
	return strings.Join(parts, ", ")
}

// span is a number of hours in the largest unit that it fills.
func (f *wording) span(hours float64) string {
	switch {
	case hours < 1:
		return f.p.Plural("duration.minutes", int(math.Ceil(hours*60)), nil)
	case hours < 24:
		return f.p.Text("duration.hours", lang.Args{"Count": f.p.Number(hours, 0)})
	}
	return f.p.Plural("duration.days", int(math.Ceil(hours/24)), nil)
}
