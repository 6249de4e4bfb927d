package interview_test

import (
	"context"
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/flowmap-dev/flowmap/pkg/audit"
	"github.com/flowmap-dev/flowmap/pkg/audit/interview"
	"github.com/flowmap-dev/flowmap/pkg/lang"
)

func spanish(t *testing.T) lang.Printer {
	t.Helper()
	p, err := lang.New("es")
	if err != nil {
		t.Fatal(err)
	}
	return p
}

var (
	fruits = []interview.Option{{ID: "a", Text: "manzana"}, {ID: "b", Text: "nada"}}
	bases  = []interview.Option{{ID: "measured", Text: "medido"}, {ID: "counted", Text: "contado"}, {ID: "estimated", Text: "estimado"}, {ID: "guessed", Text: "a ojo"}}
)

func TestLinesAreUnderstood(t *testing.T) {
	known := interview.Reply{Text: "12", Basis: "counted"}
	for _, c := range []struct {
		name, typed string
		q           interview.Prompt
		want        interview.Reply
	}{
		{"a text", "pedidos web\n", interview.Prompt{}, interview.Reply{Text: "pedidos web"}},
		{"spaces and a Windows line", "  pedidos \r\n", interview.Prompt{}, interview.Reply{Text: "pedidos"}},
		{"a line without an end", "pedidos", interview.Prompt{}, interview.Reply{Text: "pedidos"}},
		{"nothing to keep", "\n\npedidos\n", interview.Prompt{}, interview.Reply{Text: "pedidos"}},
		{"what was said before", "\n", interview.Prompt{Old: known, Bases: bases}, known},
		{"not known before", "\n", interview.Prompt{Old: interview.Reply{Act: interview.NotKnown}}, interview.Reply{Act: interview.NotKnown}},
		{"not known", "?\n", interview.Prompt{}, interview.Reply{Act: interview.NotKnown}},
		{"not known in words", "No lo se\n", interview.Prompt{}, interview.Reply{Act: interview.NotKnown}},
		{"nothing", "-\n", interview.Prompt{}, interview.Reply{Act: interview.Nothing}},
		{"nothing in words", "Nada\n", interview.Prompt{Nothing: true}, interview.Reply{Act: interview.Nothing}},
		{"a no", "no\n", interview.Prompt{}, interview.Reply{Text: "no"}},
		{"back", "atras\n", interview.Prompt{}, interview.Reply{Act: interview.Back}},
		{"leave", ".\n", interview.Prompt{}, interview.Reply{Act: interview.Leave}},
		{"an option's number", "1\n", interview.Prompt{Options: fruits}, interview.Reply{Text: "a"}},
		{"a word that is an option", "nada\n", interview.Prompt{Options: fruits}, interview.Reply{Text: "nada"}},
		{"several numbers", "2, 1, pera\n", interview.Prompt{Options: fruits, Many: true}, interview.Reply{Text: "b, a, pera"}},
		{"how it is known, in one line", "40 al día, contado\n", interview.Prompt{Bases: bases}, interview.Reply{Text: "40 al dia", Basis: "counted"}},
		{"how it is known, by the word", "40\na ojo\n", interview.Prompt{Bases: bases}, interview.Reply{Text: "40", Basis: "guessed"}},
		{"how it is known, by the number", "40\n7\n1\n", interview.Prompt{Bases: bases}, interview.Reply{Text: "40", Basis: "measured"}},
		{"how it is known, as before", "41\n\n", interview.Prompt{Bases: bases, Old: known}, interview.Reply{Text: "41", Basis: "counted"}},
		{"back out of how it is known", "41\n<\n", interview.Prompt{Bases: bases}, interview.Reply{Act: interview.Back}},
	} {
		l := interview.NewLines(t.Context(), strings.NewReader(c.typed), io.Discard, spanish(t), false)
		got, err := l.Ask(t.Context(), c.q)
		if err != nil || got != c.want {
			t.Errorf("%s: %+v, want %+v (%v)", c.name, got, c.want, err)
		}
	}
}

func TestAnInvalidAnswerIsLeftBackwards(t *testing.T) {
	q := interview.Prompt{Key: "x.minutes", Text: "¿Cuántos?", Refused: "no es un número", Old: interview.Reply{Text: "muchos"}, Bases: bases, Back: true,
		Check: func(interview.Reply) error { return errors.New("no es un número") }}
	l := interview.NewLines(t.Context(), strings.NewReader("<\n"), io.Discard, spanish(t), false)
	if got, err := l.Ask(t.Context(), q); err != nil || got.Act != interview.Back {
		t.Errorf("%+v, %v", got, err)
	}
}

func TestTheEndOfTheAnswersNamesTheQuestion(t *testing.T) {
	for _, q := range []interview.Prompt{{Key: "web-orders.runs", Text: "¿Cuántas veces?"}, {Key: "web-orders.runs", Text: "¿Cuántas veces?", Old: interview.Reply{Text: "12"}}} {
		l := interview.NewLines(t.Context(), strings.NewReader(""), io.Discard, spanish(t), false)
		_, err := l.Ask(t.Context(), q)
		var end *interview.EndError
		if !errors.As(err, &end) || end.Key != "web-orders.runs" || end.Text != "¿Cuántas veces?" {
			t.Errorf("the error is %v", err)
		}
	}
}

func TestAnInterruptIsHeardWhileSomebodyThinks(t *testing.T) {
	in, _ := io.Pipe() // nobody ever types
	ctx, interrupt := context.WithCancel(t.Context())
	l := interview.NewLines(ctx, in, io.Discard, spanish(t), false)
	interrupt()
	if _, err := l.Ask(ctx, interview.Prompt{}); !errors.Is(err, context.Canceled) {
		t.Errorf("the error is %v", err)
	}
}

func TestAScriptPassesOverRemarksAndStopsAtARefusal(t *testing.T) {
	var out strings.Builder
	l := interview.NewLines(t.Context(), strings.NewReader("\ufeff# María\n\npedidos web\n"), &out, spanish(t), true)
	q := interview.Prompt{Key: "sal5", Text: "¿Qué pedidos?"}
	if got, err := l.Ask(t.Context(), q); err != nil || got.Text != "pedidos web" || !strings.HasSuffix(out.String(), "¿Qué pedidos?\n> pedidos web\n") {
		t.Errorf("%+v, %v, %q", got, err, out.String())
	}
	q.Refused = "así no"
	_, err := l.Ask(t.Context(), q)
	var refused *interview.RefusedError
	if !errors.As(err, &refused) || refused.Answer != "pedidos web" || refused.Reason != "así no" {
		t.Errorf("the error is %v", err)
	}
}

// A workspace that somebody breaks in an editor meanwhile: the answer at hand
// is shown, nothing is written, and the interview goes on once it is mended.
func TestAWorkspaceBrokenMeanwhile(t *testing.T) {
	m := workspace(shop)
	whole := m.files[0].Text
	p := &person{answers: usual()}
	refusals := 0
	p.before = func(q interview.Prompt) {
		switch {
		case q.Key == "web-orders-typed.runs" && refusals == 0 && q.Refused == "":
			m.files[0].Text = append([]byte("sistems: []\n"), whole...)
			p.answers = append([]answer{once(says("runs", "40 a day"))}, p.answers...)
		case q.Refused != "":
			refusals++
			if q.Old.Text != "40 a day" || !strings.Contains(q.Refused, "flowmap.yaml:1:1") || !strings.Contains(q.Refused, `did you mean "systems"`) {
				t.Errorf("asked again with %+v: %s", q.Old, q.Refused)
			}
			m.files[0].Text = whole
			p.answers = append([]answer{once(says("runs", "40 a day"))}, p.answers...)
		}
	}
	if _, complete := talk(t, m, p, nil); !complete || refusals != 1 {
		t.Errorf("complete %t after %d refusals", complete, refusals)
	}
	if f := flowOf(t, m, "web-orders-typed"); f.Effort.Runs.String() != "40/day" {
		t.Errorf("runs are %s", f.Effort.Runs)
	}
}

func TestADiskThatRefusesLosesNoAnswer(t *testing.T) {
	m := workspace(shop)
	p := &person{answers: usual()}
	full, refused := false, 0
	p.before = func(q interview.Prompt) {
		full = q.Key == "web-orders-typed.how" && q.Refused == ""
		if full {
			p.answers = append([]answer{once(says("how", "typed"))}, p.answers...)
		}
		if q.Refused != "" {
			refused++
			if q.Old.Text != "typed" || !strings.Contains(q.Refused, "no space left") {
				t.Errorf("asked again with %+v: %s", q.Old, q.Refused)
			}
			p.answers = append([]answer{once(says("how", "typed"))}, p.answers...)
		}
	}
	_, complete := talk(t, m, p, func(s *interview.Session, _ *interview.Start) {
		update := s.Update
		s.Update = func(change func(audit.Workspace) ([]audit.FileChange, error)) (audit.Workspace, error) {
			if full {
				return audit.Workspace{}, &audit.WriteError{Name: "interviews/x.yaml", Err: errors.New("no space left on device")}
			}
			return update(change)
		}
	})
	if !complete || refused != 1 {
		t.Errorf("complete %t after %d refusals", complete, refused)
	}
}

func TestASlipLeavesNothingBehind(t *testing.T) {
	m := workspace(shop)
	p := &person{answers: append([]answer{once(says("new.to", "Holdedd")), once(says("system-kind", "erp")), once(does("how", interview.Back)), once(does("system-kind", interview.Back)), says("web-orders-typed.to", "+Holded")}, usual()...)}
	talk(t, m, p, nil)
	w := load(t, m)
	var names []string
	for _, s := range w.Systems {
		names = append(names, s.Name)
	}
	if got := strings.Join(names, ", "); got != "PrestaShop, Sage 50, Orders inbox, Holded" {
		t.Errorf("systems: %s", got)
	}
	if strings.Contains(everything(t, m), "oldedd") {
		t.Errorf("the slip is still there:\n%s", everything(t, m))
	}
}

func TestAnInterviewGoesOnWithTheRightPerson(t *testing.T) {
	m := workspace(shop, "interviews/2026-11-01-sales-jose.yaml", "interview: {date: 2026-11-01, with: José, department: sales, complete: false}\n")
	p := &person{answers: []answer{says("summary", "right")}}
	file, _ := talk(t, m, p, nil) // with María
	if file == "interviews/2026-11-01-sales-jose.yaml" || p.asked[0].Key == "resume" {
		t.Errorf("María goes on in %s", file)
	}
	p = &person{answers: []answer{says("summary", "right")}}
	file, complete := talk(t, m, p, func(_ *interview.Session, s *interview.Start) { s.With = []string{"jose"} })
	if file != "interviews/2026-11-01-sales-jose.yaml" || !complete || p.asked[0].Key != "resume" {
		t.Errorf("José goes on in %s, complete %t, first asked %s", file, complete, p.asked[0].Key)
	}
}
