package main

import (
	"fmt"
	"math"
	"strings"

	"github.com/flowmap-dev/flowmap/pkg/advise"
	"github.com/flowmap-dev/flowmap/pkg/audit"
	"github.com/flowmap-dev/flowmap/pkg/lang"
	"github.com/flowmap-dev/flowmap/pkg/report"
	"github.com/flowmap-dev/flowmap/pkg/roi"
	"github.com/spf13/cobra"
)

func (w *world) nextCommand() *cobra.Command {
	var flags whatIf
	var limit int
	var asJSON bool
	c := &cobra.Command{
		Use:   "next [DIR]",
		Short: "What to ask next: the answers first that could change the plan most, and who knows them",
		Args:  cobra.MaximumNArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			if limit < 0 {
				return &usageError{fmt.Sprintf("--limit is %d", limit), "write how many questions to list; 0 lists all"}
			}
			dir, a, err := w.begin(c, args, flags, survey)
			if err != nil {
				return err
			}
			p, err := lang.New(a.workspace.Language)
			if err != nil {
				return err
			}
			return w.next(dir, agendaOf(a), wording{p, a.workspace, report.NewVoice(p, a.workspace, a.catalogue)}, nextShape{limit, asJSON})
		},
	}
	flags.add(c)
	flags.addLanguage(c)
	c.Flags().IntVar(&limit, "limit", 10, "how many questions to list; 0 lists all")
	c.Flags().BoolVar(&asJSON, "json", false, "one JSON document")
	return c
}

// agendaOf prices the questions of a workspace.
func agendaOf(a analysis) roi.Agenda {
	return roi.Next(a.workspace, func(ws audit.Workspace, f audit.Flow) []advise.Candidate {
		return advise.Candidates(ws, a.graph, a.catalogue, f)
	})
}

// nextShape is how an agenda is shown.
type nextShape struct {
	limit  int // 0: all
	asJSON bool
}

// next shows an agenda in the client's language.
func (w *world) next(dir string, a roi.Agenda, words wording, shape nextShape) error {
	shown := a.Questions
	if shape.limit > 0 && shape.limit < len(shown) {
		shown = shown[:shape.limit]
	}
	if shape.asJSON {
		return w.writeJSON(words.document(dir, a, shown))
	}
	p := words.Printer
	fmt.Fprint(w.out, wrap(words.plan(a), w.width, ""))
	unheard := words.unheard()
	switch {
	case len(shown) == 0 && unheard == "":
		_, err := fmt.Fprintln(w.out, p.Text("next.none", nil))
		return err
	case len(shown) == 0:
		_, err := fmt.Fprint(w.out, wrap(unheard, w.width, ""))
		return err
	}
	fmt.Fprintln(w.out, p.Text("next.order", nil))
	for i, q := range shown {
		number := fmt.Sprintf("%d. ", i+1)
		blanks := strings.Repeat(" ", len(number))
		fmt.Fprint(w.out, "\n", wrap(words.about(q)+": "+words.question(q), w.width, number))
		for _, line := range []string{words.worth(q), words.known(q), words.ask(q)} {
			fmt.Fprint(w.out, wrap(line, w.width, blanks))
		}
	}
	if more := len(a.Questions) - len(shown); more > 0 {
		fmt.Fprintf(w.out, "\n%s\n", p.Plural("next.more", more, nil))
	}
	if unheard != "" {
		fmt.Fprint(w.out, "\n", wrap(unheard, w.width, ""))
	}
	return nil
}

// wording puts the questions of an agenda into words.
type wording struct {
	lang.Printer
	workspace audit.Workspace
	voice     report.Voice
}

func (p wording) money(x float64) string { return p.Money(x, p.workspace.Currency, 0) }

// plan says what is worth integrating by what is known today.
func (p wording) plan(a roi.Agenda) string {
	if len(a.Plan) == 0 {
		return p.Text("next.plan.none", nil)
	}
	months := p.workspace.Assumptions.HorizonMonths.Value
	over := p.Plural("duration.months", int(months), nil)
	return p.Plural("next.plan", len(a.Plan), lang.Args{"Money": p.money(a.NPV), "Months": over})
}

// unheard names the listed departments that nobody has spoken for yet; empty
// where there is none.
func (p wording) unheard() string {
	var names []string
	for _, d := range p.workspace.UnheardDepartments(p.voice.Department) {
		name := p.voice.Department(d.Name)
		if d.Confirmed == audit.No {
			name = p.Text("next.departments.unconfirmed", lang.Args{"Department": name})
		}
		names = append(names, name)
	}
	if len(names) == 0 {
		return ""
	}
	return p.Text("next.departments", lang.Args{"Departments": p.List(names)})
}

// about names what the question is about.
func (p wording) about(q roi.Question) string {
	if q.Flow == "" {
		return p.Text("next.shared", nil)
	}
	return p.voice.Flow(q.Flow)
}

// question is what to ask.
func (p wording) question(q roi.Question) string {
	name := q.Field[strings.LastIndex(q.Field, ".")+1:]
	args := lang.Args{"Point": q.Point, "Role": p.voice.Role(q.Role)}
	switch key := "next.question." + q.Field; {
	case q.Role != "":
		return p.Text("next.question.role", args)
	case q.Flow == "":
		return p.Text("next.question.shared."+q.Field, nil)
	case q.Point != "" && name == "rate":
		return p.Text("question.error_rate", args)
	case q.Point != "" && p.Has("next.question.point."+name):
		return p.Text("next.question.point."+name, args)
	case q.Field == "effort.hours_per_week":
		return p.Text("question.effort", nil)
	case q.Field == "volume.records":
		return p.Text("question.volume", nil)
	case p.Has(key):
		return p.Text(key, nil)
	}
	if p.Has("question." + q.Field) {
		return p.Text("question."+q.Field, nil)
	}
	return p.Text("question.other", p.voice.Args([]audit.Arg{{Name: "field", Kind: audit.ArgField, Text: q.Field}}))
}

// worth is what knowing the answer could change.
func (p wording) worth(q roi.Question) string {
	switch {
	case !q.Priced:
		return p.Text("next.unpriced", nil)
	case q.Change > 0 && q.Worth < .5:
		return p.Text("next.change.little", lang.Args{"Money": p.money(q.Change)})
	case q.Change > 0:
		return p.Text("next.change", lang.Args{"Worth": p.money(q.Worth), "Money": p.money(q.Change)})
	case q.Worth >= .5:
		return p.Text("next.change.platform", lang.Args{"Worth": p.money(q.Worth)})
	case q.Swing > 0:
		return p.Text("next.swing", lang.Args{"Money": p.money(q.Swing)})
	}
	return p.Text("next.nothing", nil)
}

// known is how it is known today, and by whom.
func (p wording) known(q roi.Question) string {
	args := lang.Args{"Low": p.amount(q, q.Low), "High": p.amount(q, q.High)}
	switch {
	case !q.Known.Stated() && q.Priced:
		return p.Text("next.open.range", args)
	case !q.Known.Stated():
		return p.Text("next.open", nil)
	}
	args["Value"], args["Basis"] = p.amount(q, q.Known.Likely), p.Text("assumed", nil)
	if q.Known.Basis != audit.Constant {
		args["Basis"] = p.Text("basis."+string(q.Known.Basis), nil)
	}
	text := p.Text("next.known.one", args)
	if q.Known.Values == 3 {
		text = p.Text("next.known.three", args)
	}
	if len(q.SaidBy) > 0 {
		text += " " + p.Text("next.said", lang.Args{"People": p.List(q.SaidBy), "Date": p.Date(string(q.Date))})
	}
	return text
}

// amount writes a value of the question's number.
func (p wording) amount(q roi.Question, x float64) string {
	decimals := 1
	if math.Abs(x-math.Round(x)) < .05 || x >= 100 {
		decimals = 0
	}
	number := p.Number(x, decimals)
	switch q.Unit {
	case audit.Share:
		return p.Percent(x, 1)
	case audit.Money:
		money := p.Money(x, p.workspace.Currency, 2*decimals)
		if q.Field == "errors" {
			return p.Text("next.per.year", lang.Args{"Amount": money})
		}
		return money
	case audit.PerDay:
		return p.Text("next.per.day", lang.Args{"Amount": number})
	case audit.PerWeek:
		return p.Text("next.per.week", lang.Args{"Amount": number})
	case audit.PerMonth:
		return p.Text("next.per.month", lang.Args{"Amount": number})
	case audit.PerYear:
		return p.Text("next.per.year", lang.Args{"Amount": number})
	case audit.Number:
	}
	return number
}

// ask says whom to ask.
func (p wording) ask(q roi.Question) string {
	f, _ := p.workspace.Flow(q.Flow)
	switch {
	case len(q.Ask) > 0:
		return p.Text("next.ask", lang.Args{"People": p.List(q.Ask)})
	case q.Flow == "":
		return p.Text("next.ask.company", nil)
	case strings.HasPrefix(q.Field, "solution."):
		return p.Text("next.ask.builder", nil)
	case f.Department != "":
		return p.Text("next.ask.department", lang.Args{"Department": p.voice.Department(f.Department)})
	}
	return p.Text("next.ask.flow", nil)
}
