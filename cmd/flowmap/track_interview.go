package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"github.com/flowmap-dev/flowmap/pkg/audit"
	"github.com/flowmap-dev/flowmap/pkg/audit/interview"
	"github.com/flowmap-dev/flowmap/pkg/lang"
	"github.com/spf13/cobra"
)

// trackTalk are who is asked about what, and how.
type trackTalk struct {
	flow, month, with string
	accessible        bool
	answers           string
}

func (w *world) trackInterviewCommand() *cobra.Command {
	var talk trackTalk
	c := &cobra.Command{
		Use:   "interview FLOW [DIR]",
		Short: "A short interview one, three and six months after go-live: what is left by hand, what goes wrong, what it cost",
		Args:  cobra.RangeArgs(1, 2),
		RunE: func(c *cobra.Command, args []string) error {
			talk.flow = args[0]
			dir, err := find(c, args[1:])
			if err != nil {
				return err
			}
			return w.trackInterview(c.Context(), dir, talk)
		},
	}
	c.Flags().StringVar(&talk.month, "month", "", "the month that is spoken of, as 2027-03 (default: the last whole one)")
	c.Flags().StringVar(&talk.with, "with", "", "who is asked")
	c.Flags().BoolVar(&talk.accessible, "accessible", false, "plain lines, for screen readers (ACCESSIBLE=1 too)")
	c.Flags().StringVar(&talk.answers, "answers", "", "a file with one answer a line, in place of a person; - is standard input")
	return c
}

// measure is one question of the short interview.
type measure struct {
	field   string // of the month, or of the file where once holds
	kind    interview.Kind
	once    bool // about the building, asked where nobody has said it
	perWeek bool // asked for a week, written for a month
}

var measures = []measure{
	{field: "live", kind: interview.Text, once: true},
	{field: "build_cost", kind: interview.Money, once: true},
	{field: "build_hours", kind: interview.Number, once: true},
	{field: "hours", kind: interview.Number, perWeek: true},
	{field: "errors", kind: interview.Number},
	{field: "platform_cost", kind: interview.Money},
}

func (w *world) trackInterview(ctx context.Context, dir string, talk trackTalk) error {
	ws, err := w.load(ctx, dir)
	if err != nil {
		return err
	}
	f, ok := ws.Flow(talk.flow)
	if !ok {
		return unknownFlow(talk.flow, ws)
	}
	if talk.month == "" {
		talk.month = lastMonth(string(w.today()))
	}
	if !isMonth(talk.month) {
		return &usageError{fmt.Sprintf("--month is %q", talk.month), "write a month as 2027-03"}
	}
	p, err := lang.New(ws.Language)
	if err != nil {
		return err
	}
	asker, closeAsker, err := w.asker(ctx, talk.accessible, talk.answers, p)
	if err != nil {
		return err
	}
	said, err := talk.ask(ctx, asker, p, ws, f)
	if closed := closeAsker(); err == nil {
		err = closed
	}
	var end *interview.EndError
	var refused *interview.RefusedError
	switch {
	case errors.As(err, &refused):
		return hint("correct it in the file of answers; nothing was saved", "the answer %q to the question %q is refused: %s", refused.Answer, refused.Key, refused.Reason)
	case errors.As(err, &end):
		return hint("answer every question, with ? where nobody knows; nothing was saved", "the answers end at the question %q: %s", end.Key, end.Text)
	case err != nil:
		return err
	}
	return w.saveTalk(dir, talk, p, said)
}

// answerOf is what was said, in the words of a workspace.
type answerOf struct {
	measure
	text string
}

// ask walks through the questions. Back goes to the one before, Leave ends it
// with what was said so far.
func (talk trackTalk) ask(ctx context.Context, asker interview.Asker, p lang.Printer, ws audit.Workspace, f audit.Flow) ([]answerOf, error) {
	a, _ := actualOf(ws, f.ID)
	questions := slices.DeleteFunc(slices.Clone(measures), func(m measure) bool {
		built := a.BuildCost.Stated() || a.BuildHours.Stated // one of them is enough
		return m.field == "live" && a.Live != "" || (m.field == "build_cost" || m.field == "build_hours") && built
	})
	said := make([]answerOf, len(questions))
	refused, old := "", interview.Reply{}
	for i := 0; i < len(questions); {
		q := questions[i]
		args := lang.Args{"Flow": f.Label(), "Month": monthWords(p, talk.month), "Currency": ws.Currency}
		reply, err := asker.Ask(ctx, interview.Prompt{Key: f.ID + "." + q.field, Heading: f.Label(), Text: p.Text("track.ask."+q.field, args),
			Kind: q.kind, Unknown: true, Back: i > 0, Refused: refused, Old: old, Unsaved: true})
		if err != nil {
			return nil, err
		}
		refused, old = "", interview.Reply{}
		switch reply.Act {
		case interview.Back:
			i = max(0, i-1)
			continue
		case interview.Leave:
			return said[:i], nil
		case interview.NotKnown, interview.Nothing:
			said[i] = answerOf{q, ""}
		case interview.Answer:
			text, err := q.read(p, ws, reply.Text)
			if err != nil {
				refused, old = err.Error(), reply
				continue
			}
			said[i] = answerOf{q, text}
		}
		i++
	}
	return said, nil
}

// read turns an answer into what a workspace states.
func (m measure) read(p lang.Printer, ws audit.Workspace, text string) (string, error) {
	var x float64
	var err error
	switch {
	case m.field == "live":
		return p.ParseDate(text)
	case m.kind == interview.Money:
		x, err = p.ParseMoney(text, ws.Currency)
	default:
		x, err = p.ParseNumber(text)
	}
	if m.perWeek {
		x *= ws.Assumptions.WeeksPerYear.Value / 12
	}
	return audit.PlainNumber(float64(int64(x*100+.5)) / 100), err
}

func (w *world) saveTalk(dir string, talk trackTalk, p lang.Printer, said []answerOf) error {
	file := ""
	changed := false
	_, err := audit.Update(dir, func(ws audit.Workspace) ([]audit.FileChange, error) {
		a, known := actualOf(ws, talk.flow)
		file = actualFile(ws, talk.flow)
		change := audit.FileChange{Name: file}
		if !known {
			change.Changes = append(change.Changes, audit.Set(audit.Path{"flow"}, audit.Text(talk.flow)))
		}
		month := []audit.Field{{Key: "month", Value: audit.Text(talk.month)}}
		for _, s := range said {
			switch {
			case s.text == "":
			case s.once:
				change.Changes = append(change.Changes, audit.Set(audit.Path{s.field}, audit.Text(s.text)))
				changed = true
			default:
				month = append(month, audit.Field{Key: s.field, Value: audit.Text(s.text)})
			}
		}
		if len(month) > 1 {
			change.Changes = append(change.Changes, monthChanges(a, talk, month)...)
			changed = true
		}
		if !changed {
			return nil, nil
		}
		return []audit.FileChange{change}, nil
	})
	if err != nil {
		return w.problemsIn(dir, err)
	}
	key := "track.ask.saved"
	if !changed {
		key = "track.ask.nothing"
	}
	_, err = fmt.Fprintln(w.out, "\n"+p.Text(key, lang.Args{"File": filepath.Join(folderOf(dir), filepath.FromSlash(file))}))
	return err
}

// monthChanges puts what was said of a month into the file, beside what is there.
func monthChanges(a audit.Actual, talk trackTalk, month []audit.Field) []audit.Change {
	source := "interview"
	if talk.with != "" {
		source += ": " + talk.with
	}
	i := slices.IndexFunc(a.Months, func(m audit.Month) bool { return string(m.Month) == talk.month })
	if i < 0 {
		return []audit.Change{audit.Append(audit.Path{"months"}, audit.Fields(append(month, audit.Field{Key: "source", Value: audit.Text(source)})...))}
	}
	path := audit.Path{"months", "[month=" + talk.month + "]"}
	if was := a.Months[i].Source; was != "" && !strings.Contains(was, source) {
		source = was + "; " + source
	}
	var changes []audit.Change
	for _, f := range append(month[1:], audit.Field{Key: "source", Value: audit.Text(source)}) {
		changes = append(changes, audit.Set(append(slices.Clone(path), f.Key), f.Value))
	}
	return changes
}

// lastMonth is the month before that of a day.
func lastMonth(day string) string {
	if len(day) < 7 {
		return ""
	}
	year, month := atoi(day[:4]), atoi(day[5:7])-1
	if month == 0 {
		year, month = year-1, 12
	}
	return fmt.Sprintf("%04d-%02d", year, month)
}

func isMonth(s string) bool {
	return len(s) == 7 && s[4] == '-' && cmp.Compare(s[5:], "01") >= 0 && cmp.Compare(s[5:], "12") <= 0 && atoi(s[:4]) > 0
}

// atoi is a number of digits alone, else 0.
func atoi(s string) int {
	n := 0
	for _, r := range s {
		if r < '0' || r > '9' {
			return 0
		}
		n = 10*n + int(r-'0')
	}
	return n
}

// monthWords is a month as people say it: its first day without the day.
func monthWords(p lang.Printer, month string) string {
	if len(month) < 7 {
		return month
	}
	return p.Text("track.month."+month[5:], lang.Args{"Year": month[:4]})
}
