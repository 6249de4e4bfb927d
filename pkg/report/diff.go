package report

import (
	"cmp"
	"math"
	"regexp"
	"slices"
	"strings"

	"github.com/flowmap-dev/flowmap/pkg/audit"
	"github.com/flowmap-dev/flowmap/pkg/diff"
	"github.com/flowmap-dev/flowmap/pkg/lang"
)

// DiffPage is what differs between two audits as a report of its own, for the
// minutes of a meeting: the figures of both, what each part of the difference is
// due to, and what came, went or changed. before and after are the two, in that
// order; names says what each is called.
func DiffPage(before, after Run, words lang.Printer, r diff.Result, names [2]string) Report {
	w := after.Workspace
	p := diffPage{Voice: NewVoice(words, w, after.Catalogue), earlier: NewVoice(words, before.Workspace, before.Catalogue), r: r, before: before, after: after}
	title := p.t("title", nil)
	if w.Client.Name != "" {
		title = p.t("title.client", lang.Args{"Client": w.Client.Name})
	}
	return Report{
		Meta: Meta{Title: title, Client: w.Client.Name, Date: string(w.Date), Language: words.Language(), Currency: w.Currency, Accent: w.Brand.Primary,
			Printed: p.t("between", lang.Args{"Before": p.side(names[0], before), "After": p.side(names[1], after)})},
		Sections: p.sections(),
	}
}

// diffPage makes the parts of a comparison. Voice speaks about the later audit.
type diffPage struct {
	Voice
	earlier       Voice
	r             diff.Result
	before, after Run
}

func (p diffPage) t(key string, args lang.Args) string { return p.words.Text("diff."+key, args) }

// side is what one of the two is called, with its date where it has one.
func (p diffPage) side(name string, r Run) string {
	if r.Workspace.Date == "" {
		return name
	}
	return name + " (" + p.words.Date(string(r.Workspace.Date)) + ")"
}

func (p diffPage) sections() []Section {
	money := []Block{p.figures()}
	if len(p.r.Parts) > 0 {
		money = append(money, p.parts(), Paragraph{p.t("method", nil), Note})
	}
	if p.r.Sampled {
		money = append(money, Paragraph{p.t("sampled", lang.Args{"Exact": p.words.Number(diff.Exact, 0), "Orders": p.words.Number(2*diff.Orders, 0)}), Note})
	}
	return []Section{
		{ID: "money", Title: p.t("money.title", nil), Blocks: money},
		{ID: "things", Title: p.t("things.title", nil), Blocks: []Block{p.things()}},
		{ID: "findings", Title: p.t("findings.title", nil), Blocks: []Block{p.findings()}},
	}
}

func (p diffPage) column(key string, kind Kind, width int) Column {
	return Column{Key: key, Label: p.t("column."+key, nil), Kind: kind, Width: width}
}

// diffFigures are the figures in the order of the columns.
var diffFigures = []struct {
	key  string
	kind Kind
	of   func(diff.Amounts) float64
}{
	{"hours", Hours, func(a diff.Amounts) float64 { return a.HoursPerYear }},
	{"labour", Price, func(a diff.Amounts) float64 { return a.LabourPerYear }},
	{"errors", Price, func(a diff.Amounts) float64 { return a.ErrorCostPerYear }},
	{"benefit", Price, func(a diff.Amounts) float64 { return a.BenefitPerYear }},
	{"build", Price, func(a diff.Amounts) float64 { return a.BuildCost }},
	{"running", Price, func(a diff.Amounts) float64 { return a.RunningPerYear }},
	{"npv", Price, func(a diff.Amounts) float64 { return a.NPV }},
}

func (p diffPage) figures() Table {
	t := Table{ID: "figures", Columns: []Column{p.column("figure", Text, 36), p.column("before", Number, 14), p.column("after", Number, 14), p.column("difference", Number, 14)}}
	for _, f := range diffFigures {
		t.Rows = append(t.Rows, Row{f.key, []Cell{Words(p.t("figure."+f.key, nil)), Known(f.kind, f.of(p.r.Before)), Known(f.kind, f.of(p.r.After)), Known(f.kind, f.of(p.r.Difference))}})
	}
	return t
}

// parts is a row an input, with the columns in which any input moves something,
// and below it the differences that they add up to.
func (p diffPage) parts() Table {
	t := Table{ID: "parts", Title: p.t("parts.title", nil), Columns: []Column{p.column("input", Text, 40), p.column("was", Text, 24), p.column("is", Text, 24), p.column("said", Text, 30)}}
	total := []Cell{Words(p.t("difference", nil)), {}, {}, {}}
	rows := make([][]Cell, len(p.r.Parts))
	for i, x := range p.r.Parts {
		rows[i] = []Cell{Words(p.input(x.Input)), Words(p.value(x.Input, x.Old)), Words(p.value(x.Input, x.New)), Words(p.said(x.Input))}
	}
	for _, f := range diffFigures {
		if !slices.ContainsFunc(p.r.Parts, func(x diff.Part) bool { return f.of(x.Amounts) != 0 }) {
			continue
		}
		t.Columns = append(t.Columns, p.column(f.key, f.kind, 14))
		for i, x := range p.r.Parts {
			rows[i] = append(rows[i], p.moved(f.kind, f.of(x.Amounts)))
		}
		total = append(total, Known(f.kind, f.of(p.r.Difference)))
	}
	for i, x := range p.r.Parts {
		t.Rows = append(t.Rows, Row{strings.Join([]string{string(x.Kind), x.ID, x.Field}, ":"), rows[i]})
	}
	t.Total = &Row{TotalKey, total}
	return t
}

// moved is an empty cell where an input moves nothing.
func (p diffPage) moved(kind Kind, x float64) Cell {
	if x == 0 || math.IsNaN(x) {
		return Cell{}
	}
	return Known(kind, x)
}

// input names an input: what it is about, and the field.
func (p diffPage) input(x diff.Input) string {
	if x.Kind == diff.Assumption {
		if key := "assumption." + x.Field; p.words.Has(key) {
			return p.words.Text(key, nil)
		}
		return x.Field
	}
	subject := p.thing(x.Kind, x.ID, x.Status)
	switch {
	case x.Field == "" || x.ID == "":
		if x.ID == "" {
			return p.t("input."+string(x.Kind), lang.Args{"Field": p.field(x.Field)})
		}
		return p.t("input.flow."+string(x.Status), lang.Args{"Flow": subject})
	case strings.HasPrefix(x.Field, "errors."):
		return p.t("input.field", lang.Args{"Thing": subject, "Field": p.errorPoint(x)})
	}
	return p.t("input.field", lang.Args{"Thing": subject, "Field": p.field(x.Field)})
}

// errorPoint is what goes wrong, by what people call it.
func (p diffPage) errorPoint(x diff.Input) string {
	id := strings.TrimPrefix(x.Field, "errors.")
	for _, w := range []audit.Workspace{p.after.Workspace, p.before.Workspace} {
		f, _ := w.Flow(x.ID)
		for _, e := range f.Errors {
			if e.ID == id || e.What == id {
				return e.Label()
			}
		}
	}
	return id
}

// thing is the name of a flow, system, type of data or role; of one that went,
// as the earlier audit has it.
func (p diffPage) thing(kind diff.Kind, id string, status diff.Status) string {
	v := p.Voice
	if status == diff.Went {
		v = p.earlier
	}
	name := map[diff.Kind]func(string) string{diff.Flow: v.Flow, diff.System: v.System, diff.Entity: v.Entity, diff.Role: v.Role}[kind]
	if name == nil {
		return id
	}
	if s := name(id); s != id || status == diff.Came {
		return s
	}
	return map[diff.Kind]func(string) string{diff.Flow: p.earlier.Flow, diff.System: p.earlier.System, diff.Entity: p.earlier.Entity, diff.Role: p.earlier.Role}[kind](id)
}

// value is what was stated: the name where the field names something.
func (p diffPage) value(x diff.Input, text string) string {
	if x.Kind == diff.Flow && x.Field == "" {
		return ""
	}
	if x.Kind == diff.Twice || x.Kind == diff.Beyond {
		return ""
	}
	switch x.Field {
	case "from", "to", "record":
		return p.System(text)
	case "entity":
		return p.Entity(text)
	}
	name := x.Field[strings.LastIndex(x.Field, ".")+1:]
	return p.spelt(p.stated(audit.Arg{Text: text, IDs: []string{name}}))
}

// statedField is a field within what was stated, as diff writes it.
var statedField = regexp.MustCompile(`(^|, )([a-z_]+): ([a-z]+\b)?`)

// spelt is what was stated with the words for its fields.
func (p diffPage) spelt(text string) string {
	return statedField.ReplaceAllStringFunc(text, func(s string) string {
		m := statedField.FindStringSubmatch(s)
		if !p.words.Has("field." + m[2]) {
			return s
		}
		value := m[3]
		if key := m[2] + "." + value; value != "" && p.words.Has(key) {
			value = p.words.Text(key, nil)
		}
		return m[1] + p.words.Text("field."+m[2], nil) + ": " + value
	})
}

// said is where an input comes from: with whom an interview was and when, or the
// file.
func (p diffPage) said(x diff.Input) string {
	var all []string
	for _, at := range x.Places {
		i, ok := p.after.Workspace.Interview(at.File)
		if !ok {
			i, ok = p.before.Workspace.Interview(at.File)
		}
		text := at.File
		if ok && len(i.With) > 0 {
			text = p.t("said", lang.Args{"Who": p.words.List(i.With), "Date": cmp.Or(p.words.Date(string(i.Date)), at.File)})
		}
		if !slices.Contains(all, text) {
			all = append(all, text)
		}
	}
	return strings.Join(all, "; ")
}

func (p diffPage) things() Table {
	t := Table{ID: "things", Empty: p.t("things.none", nil), Columns: []Column{p.column("status", Text, 10), p.column("kind", Text, 12), p.column("thing", Text, 36), p.column("fields", Text, 60)}}
	for _, x := range p.r.Things {
		var fields []string
		for _, f := range x.Fields {
			name := p.field(f.Field)
			if strings.HasPrefix(f.Field, "errors.") {
				name = p.errorPoint(f)
			}
			args := lang.Args{"Field": name, "Old": p.value(f, f.Old), "New": p.value(f, f.New)}
			if f.Field == "notes" {
				fields = append(fields, name)
				continue
			}
			fields = append(fields, p.t("field."+string(f.Status), args))
		}
		t.Rows = append(t.Rows, Row{string(x.Kind) + ":" + x.ID, []Cell{Words(p.t("status."+string(x.Status), nil)), Words(p.t("kind."+string(x.Kind), nil)),
			Words(p.thing(x.Kind, x.ID, x.Status)), Words(strings.Join(fields, "; "))}})
	}
	return t
}

func (p diffPage) findings() Table {
	t := Table{ID: "findings", Empty: p.t("findings.none", nil), Columns: []Column{p.column("status", Text, 10), p.column("finding", Text, 8), p.column("says", Text, 70), p.column("cost_before", Money, 12), p.column("cost_after", Money, 12)}}
	for _, f := range p.r.Findings {
		v, of := p.Voice, f.Of()
		if f.Status == diff.Went {
			v = p.earlier
		}
		t.Rows = append(t.Rows, Row{of.ID, []Cell{Words(p.t("status."+string(f.Status), nil)), Words(of.ID), Words(v.Sentence(of)),
			p.moved(Money, f.Before.CostPerYear), p.moved(Money, f.After.CostPerYear)}})
	}
	return t
}
