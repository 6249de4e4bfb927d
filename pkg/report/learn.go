package report

import (
	"github.com/flowmap-dev/flowmap/pkg/lang"
	"github.com/flowmap-dev/flowmap/pkg/learn"
)

// LearnPage is what finished flows teach, as a report of its own.
func LearnPage(words lang.Printer, l learn.Lessons) Report {
	p := learnPage{words, l}
	return Report{Meta: Meta{Title: p.t("page", nil), Language: words.Language(), Printed: p.lead()},
		Sections: []Section{{ID: "learn", Blocks: []Block{p.lessons(), p.bases(), p.flows(), Paragraph{p.t("method", nil), Note}}}}}
}

type learnPage struct {
	words lang.Printer
	l     learn.Lessons
}

func (p learnPage) t(key string, args lang.Args) string { return p.words.Text("learn."+key, args) }

func (p learnPage) column(key string, kind Kind, width int) Column {
	return Column{Key: key, Label: p.t("column."+key, nil), Kind: kind, Width: width}
}

// lead says how many flows there are, and how many are missing.
func (p learnPage) lead() string {
	args := lang.Args{"Projects": p.words.Number(float64(p.l.Projects), 0), "Missing": p.words.Number(float64(p.l.Missing), 0), "Least": p.words.Number(learn.Least, 0)}
	if p.l.Missing > 0 {
		return p.words.Plural("learn.few", p.l.Finished, args)
	}
	return p.words.Plural("learn.lead", p.l.Finished, args)
}

// lessons is a row a quantity: what was seen, and what to take for the next flow.
func (p learnPage) lessons() Table {
	t := Table{ID: "lessons", Title: p.t("lessons.title", nil), Columns: []Column{p.column("what", Text, 40), p.column("n", Count, 8), p.column("observed", Number, 10),
		p.column("weight", Share, 10), p.column("low", Number, 10), p.column("likely", Number, 10), p.column("high", Number, 10)}}
	for _, x := range []struct {
		key  string
		kind Kind
		of   learn.Lesson
	}{{"build", Number, p.l.Build}, {"rate", Share, p.l.Rate}, {"rate_unstructured", Share, p.l.RateUnstructured}} {
		cells := []Cell{Words(p.t("what."+x.key, nil)), Known(Count, float64(x.of.N))}
		for _, c := range []Cell{{Kind: x.kind, Number: x.of.Mean}, {Kind: Share, Number: x.of.Weight}, {Kind: x.kind, Number: x.of.Low}, {Kind: x.kind, Number: x.of.Likely}, {Kind: x.kind, Number: x.of.High}} {
			if !x.of.Enough {
				c = Cell{Kind: Unknown}
			}
			cells = append(cells, c)
		}
		t.Rows = append(t.Rows, Row{x.key, cells})
	}
	return t
}

func (p learnPage) bases() Table {
	t := Table{ID: "bases", Title: p.t("bases.title", nil), Empty: p.t("bases.none", nil), Columns: []Column{p.column("basis", Text, 16), p.column("n", Count, 8), p.column("came", Share, 12), p.column("apart", Share, 12)}}
	for _, b := range p.l.Bases {
		apart := Known(Share, b.Spread)
		if b.N < 2 {
			apart = Cell{Kind: Unknown}
		}
		t.Rows = append(t.Rows, Row{string(b.Basis), []Cell{Words(p.words.Text("basis."+string(b.Basis), nil)), Known(Count, float64(b.N)), Known(Share, b.Mean), apart}})
	}
	return t
}

func (p learnPage) flows() Table {
	t := Table{ID: "flows", Title: p.t("flows.title", nil), Empty: p.t("flows.none", nil), Columns: []Column{p.column("client", Text, 24), p.column("flow", Text, 34), p.column("ratio", Number, 10),
		p.column("rate_planned", Share, 10), p.column("rate", Share, 10), p.column("came", Share, 10)}}
	for _, o := range p.l.Flows {
		t.Rows = append(t.Rows, Row{o.Project + ":" + o.Flow, []Cell{Words(o.Project), Words(o.Name), Known(Number, o.Ratio), Known(Share, o.RatePlanned),
			KnownIf(o.RateKnown, Share, o.Rate), KnownIf(o.VolumeKnown, Share, o.Volume)}})
	}
	return t
}
