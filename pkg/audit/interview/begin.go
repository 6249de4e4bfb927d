package interview

import (
	"context"
	"slices"
	"strings"
	"unicode"

	"github.com/flowmap-dev/flowmap/pkg/audit"
	"github.com/flowmap-dev/flowmap/pkg/lang"
)

// begin finds the interview that goes on, or makes a new one.
func (t *talk) begin(ctx context.Context, start Start) (left bool, err error) {
	open := t.unfinished(start)
	for {
		if len(open) > 0 {
			left, err := t.resume(ctx, open)
			if left || err != nil || t.file != "" {
				return left, err
			}
		}
		known, left, err := t.whoAndWhere(ctx, start, len(open) > 0)
		if left || err != nil {
			return left, err
		}
		if len(known.With) > 0 {
			return t.createOrAsk(ctx, known, len(start.With) == 0)
		}
	}
}

// createOrAsk makes the interview's file. Where that cannot be done now, and the
// name was an answer, it is asked again, to go on once the disk is mended.
func (t *talk) createOrAsk(ctx context.Context, known Start, asked bool) (left bool, err error) {
	for {
		err := t.create(known)
		if err == nil || !asked {
			return false, err
		}
		p := withPrompt(t.Printer, nil, given(strings.Join(known.With, ", ")))
		p.Unsaved, p.Refused = true, t.reason(err)
		r, left, err := t.pickOne(ctx, p)
		if left || err != nil {
			return left, err
		}
		known.With = list(r.Text)
	}
}

// unfinished lists the interviews that can go on, the last one first: those
// that start may mean.
func (t *talk) unfinished(start Start) []audit.Interview {
	var open []audit.Interview
	for _, i := range slices.Backward(t.ws.Interviews) {
		other := len(start.With) > 0 && fold(strings.Join(start.With, ",")) != fold(strings.Join(i.With, ",")) ||
			start.Department != "" && start.Department != i.Department
		if i.Complete == audit.No && !other {
			open = append(open, i)
		}
	}
	return open
}

// resume offers to go on with an interview.
func (t *talk) resume(ctx context.Context, open []audit.Interview) (left bool, err error) {
	p := Prompt{Key: "resume", Kind: Choice, Text: t.Printer.Text("ask.resume", nil)}
	name := (&state{printer: t.Printer}).departmentName
	for _, i := range open {
		p.Options = append(p.Options, Option{i.File, t.Printer.Text("ask.resume.one", lang.Args{
			"With": t.Printer.List(i.With), "Department": name(i.Department), "Date": t.Printer.Date(string(i.Date))})})
	}
	p.Options = append(p.Options, Option{newFlow, t.Printer.Text("ask.resume.new", nil)})
	p.Old = Reply{Text: open[0].File}
	r, left, err := t.pickOne(ctx, p)
	if r.Text != newFlow && !left {
		t.file = r.Text
	}
	return left, err
}

// pickOne asks for one of a prompt's options, or another text where there may
// be a new one, until it gets it.
func (t *talk) pickOne(ctx context.Context, p Prompt) (r Reply, left bool, err error) {
	reader, new := reader{t.Printer, t.ws.Currency}, never
	if p.New {
		new = perhaps
	}
	judge := func(reply Reply) (string, error) {
		switch {
		case p.Many:
			return reply.Text, reader.whom(reply)
		case reply.Act != Answer || clean(reply.Text) == "":
			return "", reader.refusal("no_option", nil)
		}
		id, _, err := reader.pick(reply.Text, p.Options, new)
		return id, err
	}
	p.Check = func(reply Reply) error {
		if reply.Act == Back || reply.Act == Leave {
			return nil
		}
		_, err := judge(reply)
		return err
	}
	for {
		reply, err := t.Asker.Ask(ctx, p)
		if err != nil || reply.Act == Leave {
			return reply, true, err
		}
		reply = plainer(t.Printer, p, reply)
		if reply.Act == Back && p.Back || reply.Act == NotKnown && p.Unknown {
			return reply, false, nil
		}
		if reply.Act == Back {
			continue
		}
		id, err := judge(reply)
		if err == nil {
			return Reply{Text: id}, false, nil
		}
		p.Old, p.Refused = reply, err.Error()
	}
}

// whom judges who is interviewed: an interview is kept under their names.
func (r reader) whom(reply Reply) error {
	names := list(reply.Text)
	wordless := func(name string) bool { return !strings.ContainsFunc(name, unicode.IsLetter) }
	if reply.Act != Answer || len(names) == 0 || slices.ContainsFunc(names, wordless) {
		return r.refusal("name", nil)
	}
	return nil
}

func departmentPrompt(p lang.Printer, options []Option, old Reply) Prompt {
	return Prompt{Key: "department", Kind: Choice, Text: p.Text("ask.department", nil), Help: p.Text("ask.department.help", nil),
		Options: options, New: true, Unknown: true, Old: old}
}

func withPrompt(p lang.Printer, known []Option, old Reply) Prompt {
	return Prompt{Key: "with", Kind: Names, Text: p.Text("ask.with", nil), Help: p.Text("ask.with.help", nil), Options: known, New: true, Many: true, Old: old}
}

// whoAndWhere asks what the interview's file is named by. Until both are known
// there is no file that could hold them. Nobody is named where somebody goes
// back to what was asked before.
func (t *talk) whoAndWhere(ctx context.Context, start Start, back bool) (known Start, left bool, err error) {
	where := departmentPrompt(t.Printer, departmentOptions(t.Printer, t.tree, t.ws), Reply{})
	where.Back, where.Unsaved = back, true
	who := withPrompt(t.Printer, asOptions((&state{ws: t.ws}).people()), Reply{})
	who.Back, who.Unsaved = back || start.Department == "", true
	ask := start.Department == ""
	for {
		if ask {
			r, left, err := t.pickOne(ctx, where)
			if left || err != nil || r.Act == Back {
				return Start{}, left, err
			}
			start.Department, where.Old = r.Text, r
		}
		if len(start.With) > 0 {
			return start, false, nil
		}
		r, left, err := t.pickOne(ctx, who)
		switch {
		case left || err != nil:
			return Start{}, left, err
		case r.Act != Back:
			start.With = list(r.Text)
			return start, false, nil
		case !ask:
			return Start{}, false, nil
		}
	}
}

// create makes the interview's file.
func (t *talk) create(start Start) error {
	w, err := t.Update(func(w audit.Workspace) ([]audit.FileChange, error) {
		people := (&state{ws: w}).knownPeople(start.With)
		t.file = freshFile(w, start.Date, start.Department, people)
		fields := []audit.Field{{Key: "date", Value: audit.Text(string(start.Date))}}
		fields = append(fields, audit.Field{Key: "with", Value: namesOf(people)})
		if start.Department != "" {
			fields = append(fields, audit.Field{Key: "department", Value: audit.Text(start.Department)})
		}
		fields = append(fields, audit.Field{Key: "complete", Value: audit.Text(string(audit.No))})
		if start.By != "" { // where it goes when it is asked
			fields = append(fields, audit.Field{Key: "by", Value: audit.Text(start.By)})
		}
		return []audit.FileChange{{Name: t.file, Changes: []audit.Change{audit.Set(audit.Path{"interview"}, audit.Fields(fields...))}}}, nil
	})
	if err != nil {
		t.file = ""
		return err
	}
	t.ws = w
	return nil
}

// freshFile is the name of an interview's file: <date>-<department>-<names>.
func freshFile(w audit.Workspace, date audit.Date, department string, people []string) string {
	base := string(date) + "-"
	if department != "" {
		base += slug(department) + "-"
	}
	return "interviews/" + fresh(base+slug(strings.Join(people, " ")), func(id string) bool {
		_, taken := w.File("interviews/" + id + ".yaml")
		return taken
	}) + ".yaml"
}

func namesOf(people []string) audit.Value {
	if len(people) == 1 {
		return audit.Text(people[0])
	}
	return audit.Texts(people...)
}
