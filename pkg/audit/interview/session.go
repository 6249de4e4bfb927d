package interview

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strings"

	"github.com/flowmap-dev/flowmap/pkg/audit"
	"github.com/flowmap-dev/flowmap/pkg/catalogue"
	"github.com/flowmap-dev/flowmap/pkg/lang"
)

// Session is one sitting: who asks, in which language, and how an answer gets
// to disk.
type Session struct {
	Asker     Asker
	Printer   lang.Printer
	Catalogue catalogue.Catalogue

	// Update is audit.Update of the workspace's folder.
	Update func(change func(audit.Workspace) ([]audit.FileChange, error)) (audit.Workspace, error)

	// Beside writes what this interview has found so far, some lines to stand
	// beside a question; nil: nothing stands there. The flows are as this
	// interview states them, and nothing else may be shown: nobody is to hear
	// what a colleague said before they have answered, nor to see another sum
	// than that of their own answers.
	Beside func(w audit.Workspace, flows []audit.Flow) string

	// Order puts open points in the order in which they are worth asking, the
	// one first that could change most in money; nil: they stay in the order of
	// the flows.
	Order func(w audit.Workspace, points []audit.OpenPoint) []audit.OpenPoint
}

// Start is what is known before the first question.
type Start struct {
	Date       audit.Date // of the interview
	Department string     // an id such as sales, or any text; empty: it is asked
	With       []string   // who is interviewed; empty: it is asked
	By         string     // who asks; empty: it is asked
}

// talk is a session about one interview.
type talk struct {
	Session
	tree     *tree
	products []product
	ws       audit.Workspace
	file     string

	key     string // of the step to be asked; "" for the first without an answer
	again   int    // steps to be gone through once more, since somebody went back
	given   Reply  // that could not be taken
	refused string // why
}

// Run asks until the interview is complete or somebody leaves, and returns the
// interview's file and whether it is complete. Whatever ends it, each answer
// that was given is on disk. The error is ctx's, the asker's, or that of an
// Update before the interview has a file.
func (s Session) Run(ctx context.Context, w audit.Workspace, start Start) (file string, complete bool, err error) {
	tree, err := loadTree()
	if err != nil {
		return "", false, err
	}
	t := &talk{Session: s, tree: tree, products: products(s.Catalogue), ws: w}
	if err := s.Asker.Tell(s.Printer.Text("ask.saved", nil)); err != nil {
		return "", false, err
	}
	if left, err := t.begin(ctx, start); left || err != nil {
		return "", false, err
	}
	complete, err = t.loop(ctx)
	return t.file, complete, err
}

// loop asks one question after the other.
func (t *talk) loop(ctx context.Context) (complete bool, err error) {
	for {
		st, err := t.state(t.ws)
		if err != nil {
			return false, err
		}
		steps := st.steps()
		i := position(steps, t.key)
		if steps[i].answered && t.key == "" {
			return true, nil
		}
		reply, err := t.Asker.Ask(ctx, t.prompt(st, steps, i))
		if err != nil || reply.Act == Leave {
			return false, err
		}
		if reply.Act == Back {
			t.back(steps, i)
			continue
		}
		if err := t.take(st, steps, i, reply); err != nil {
			return false, err
		}
	}
}

// state reads where the interview stands out of a workspace.
func (t *talk) state(w audit.Workspace) (*state, error) {
	s, err := readSaid(w, t.file)
	return &state{ws: w, file: t.file, said: s, tree: t.tree, printer: t.Printer}, err
}

func (t *talk) writer(st *state) *writer {
	return &writer{state: st, reader: reader{t.Printer, st.ws.Currency}, products: t.products}
}

// position finds the step that a key names, else the last: the first without
// an answer.
func position(steps []step, key string) int {
	i := slices.IndexFunc(steps, func(s step) bool { return s.key == key })
	if i < 0 {
		return len(steps) - 1
	}
	return i
}

func (t *talk) prompt(st *state, steps []step, i int) Prompt {
	w := t.writer(st)
	p := w.prompt(steps[i])
	p.Back, p.Heading = i > 0, st.heading(steps, i)
	if t.Beside != nil {
		p.Beside = t.Beside(st.ws, st.said.Flows)
	}
	if steps[i].question == summaryQuestion {
		p.Beside = w.summary(t.Order)
	}
	if t.refused != "" {
		p.Old, p.Refused = t.given, t.refused
	}
	p.Check = func(r Reply) error { return t.check(st, steps[i], r) }
	return p
}

// check judges a reply without writing it.
func (t *talk) check(st *state, at step, r Reply) error {
	r = plainer(t.Printer, t.writer(st).prompt(at), r)
	if r.Act != Answer {
		return nil
	}
	again, err := t.state(st.ws)
	if err != nil {
		return err
	}
	var bad refused
	if _, err = t.writer(again).write(at, r); errors.As(err, &bad) {
		return bad.error
	}
	return nil
}

// back goes to the step before.
func (t *talk) back(steps []step, i int) {
	t.refused = ""
	if i == 0 {
		return
	}
	t.key = steps[i-1].key
	t.again++
}

// take puts a reply on disk and moves on, or asks again.
func (t *talk) take(st *state, steps []step, i int, r Reply) error {
	at := steps[i]
	p := t.writer(st).prompt(at)
	r = plainer(t.Printer, p, r)
	if r.Act == Nothing && !p.Nothing {
		t.key, t.given, t.refused = at.key, Reply{}, t.Printer.Text("ask.refused.nothing", nil)
		return nil
	}
	if at.question == summaryQuestion && t.chosen(st, steps, at, r) {
		return nil
	}
	key, file := at.key, t.file
	w, err := t.Update(func(fresh audit.Workspace) ([]audit.FileChange, error) {
		now, err := t.state(fresh)
		if err != nil {
			return nil, err
		}
		writer := t.writer(now)
		changes, err := writer.write(at, r)
		key, file = writer.next, cmp.Or(writer.moved, t.file)
		return changes, err
	})
	if err != nil {
		t.given, t.refused = r, t.reason(err)
		t.key = at.key
		return nil
	}
	t.ws, t.file, t.refused = w, file, ""
	return t.onward(key)
}

// onward goes to the step behind the one that was answered, or, once all that
// somebody went back over has been gone through, to the next without an answer.
func (t *talk) onward(key string) error {
	t.key = ""
	if t.again == 0 {
		return nil
	}
	t.again--
	st, err := t.state(t.ws)
	if err != nil {
		return err
	}
	steps := st.steps()
	i := slices.IndexFunc(steps, func(s step) bool { return s.key == key })
	if i < 0 || i+1 >= len(steps) {
		t.again = 0
		return nil
	}
	t.key = steps[i+1].key
	return nil
}

// plainer makes one of replies that come to the same: "nothing" and "I don't
// know" in words, and of who does not know of anything more, that there is no
// more.
func plainer(w lang.Printer, p Prompt, r Reply) Reply {
	r.Text = strings.TrimSpace(r.Text)
	isOption := slices.ContainsFunc(p.Options, func(o Option) bool { return o.ID == r.Text || fold(o.Text) == fold(r.Text) })
	means := func(key string) bool {
		return slices.ContainsFunc(strings.Split(w.Text(key, nil), ";"), func(word string) bool { return fold(word) == fold(r.Text) })
	}
	switch {
	case r.Act != Answer || isOption:
	case p.Nothing && means("ask.nothing.words"):
		r = Reply{Act: Nothing}
	case means("ask.unknown.words"):
		r = Reply{Act: NotKnown}
	}
	if r.Act == NotKnown && !p.Unknown && p.Nothing {
		r.Act = Nothing
	}
	return r
}

// reason is why an answer is not on disk, and what to do.
func (t *talk) reason(err error) string {
	var bad refused
	var problems audit.Problems
	switch {
	case errors.As(err, &bad):
		return bad.Error()
	case errors.As(err, &problems):
		var lines []string
		for _, p := range problems[:min(len(problems), 3)] {
			lines = append(lines, p.Place.String()+": "+p.Message)
			if p.Hint != "" {
				lines = append(lines, "  "+p.Hint)
			}
		}
		return t.Printer.Text("ask.refused.workspace", nil) + "\n" + strings.Join(lines, "\n")
	}
	return t.Printer.Text("ask.refused.disk", lang.Args{"Error": err.Error()})
}

// chosen goes to what the summary says is not right. It is false where the
// summary was confirmed.
func (t *talk) chosen(st *state, steps []step, at step, r Reply) bool {
	id, _, err := t.writer(st).pick(r.Text, t.writer(st).options(at), never)
	switch {
	case r.Act != Answer || err != nil:
		if err == nil {
			err = t.writer(st).refusal("empty", nil)
		}
		t.given, t.refused = r, err.Error()
		return true
	case id == summaryRight:
		return false
	}
	t.refused = ""
	for i, s := range steps {
		if s.flow == id && s.question == openingQuestion {
			t.key, t.again = s.key, 0
			for _, later := range steps[i+1:] {
				if later.question == openingQuestion || later.question == summaryQuestion {
					break
				}
				t.again++
			}
		}
	}
	return true
}
