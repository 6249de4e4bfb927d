package interview

import (
	"context"
	"slices"
	"strings"

	"github.com/flowmap-dev/flowmap/pkg/audit"
	"github.com/flowmap-dev/flowmap/pkg/lang"
)

// begin finds the interview that goes on, or makes a new one.
func (t *talk) begin(ctx context.Context, start Start) (left bool, err error) {
	open := t.unfinished(start)
	if len(open) > 0 {
		left, err := t.resume(ctx, open)
		if left || err != nil || t.file != "" {
			return left, err
		}
	}
	if left, err := t.whoAndWhere(ctx, &start); left || err != nil {
		return left, err
	}
	return false, t.create(start)
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
	id, left, err := t.pickOne(ctx, p)
	if id != newFlow {
		t.file = id
	}
	return left, err
}

// pickOne asks for one of a prompt's options until it gets one; it is empty
// where somebody goes back.
func (t *talk) pickOne(ctx context.Context, p Prompt) (id string, left bool, err error) {
	r, new := reader{t.Printer, t.ws.Currency}, never
	if p.New {
		new = perhaps
	}
	p.Check = func(reply Reply) error {
		_, _, err := r.pick(reply.Text, p.Options, new)
		return err
	}
	for {
		reply, err := t.Asker.Ask(ctx, p)
		if err != nil || reply.Act == Leave {
			return "", true, err
		}
		if reply.Act == Back && p.Back {
			return "", false, nil
		}
		if reply.Act != Answer || clean(reply.Text) == "" {
			p.Refused = r.refusal("empty", nil).Error()
			continue
		}
		id, _, err := r.pick(reply.Text, p.Options, new)
		if err == nil {
			return id, false, nil
		}
		p.Old, p.Refused = reply, err.Error()
	}
}

// whoAndWhere asks what the interview's file is named by. Until both are known
// there is no file that could hold them.
func (t *talk) whoAndWhere(ctx context.Context, start *Start) (left bool, err error) {
	where := Prompt{Key: "department", Kind: Choice, Text: t.Printer.Text("ask.department", nil), New: true}
	for _, d := range t.tree.opening.Departments {
		where.Options = append(where.Options, Option{d.ID, t.Printer.Text("department."+d.ID, nil)})
	}
	who := Prompt{Key: "with", Kind: Text, Text: t.Printer.Text("ask.with", nil), Help: t.Printer.Text("ask.with.help", nil), New: true, Back: start.Department == ""}
	for start.Department == "" || len(start.With) == 0 {
		if start.Department == "" {
			if start.Department, left, err = t.pickOne(ctx, where); left || err != nil {
				return left, err
			}
			where.Old = Reply{Text: start.Department}
		}
		if len(start.With) > 0 {
			continue
		}
		name, left, err := t.pickOne(ctx, who)
		if left || err != nil {
			return left, err
		}
		if start.With = list(name); name == "" { // back
			start.Department = ""
		}
	}
	return false, nil
}

// create makes the interview's file.
func (t *talk) create(start Start) error {
	w, err := t.Update(func(w audit.Workspace) ([]audit.FileChange, error) {
		known := &state{ws: w}
		people := make([]string, len(start.With))
		for i, name := range start.With {
			people[i] = known.knownPerson(name)
		}
		base := string(start.Date) + "-" + slug(start.Department) + "-" + slug(strings.Join(people, " "))
		t.file = "interviews/" + fresh(base, func(id string) bool {
			_, taken := w.File("interviews/" + id + ".yaml")
			return taken
		}) + ".yaml"
		fields := []audit.Field{{Key: "date", Value: audit.Text(string(start.Date))}}
		with := audit.Texts(people...)
		if len(people) == 1 {
			with = audit.Text(people[0])
		}
		fields = append(fields, audit.Field{Key: "with", Value: with}, audit.Field{Key: "department", Value: audit.Text(start.Department)},
			audit.Field{Key: "complete", Value: audit.Text(string(audit.No))})
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
