package interview

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/flowmap-dev/flowmap/pkg/lang"
)

// Lines asks line by line: for screen readers, pipes and files of answers. A
// line is an answer; an empty one keeps what stands in brackets. NewLines
// makes it.
type Lines struct {
	out     io.Writer
	printer lang.Printer
	lines   <-chan line
	script  bool
	beside  string
	asked   string // the key of the last question
	last    string // the last line that was read
}

type line struct {
	text string
	err  error
}

// NewLines reads answers from in until it ends. They are read ahead, so that an
// interrupt is heard while somebody thinks. In a script, a file of answers
// that nobody types, lines that begin with # and empty ones are passed over,
// each answer is repeated behind its question, and one that cannot be taken is
// a RefusedError: nobody is there to mend it.
func NewLines(ctx context.Context, in io.Reader, out io.Writer, p lang.Printer, script bool) *Lines {
	lines := make(chan line)
	go func() {
		defer close(lines)
		scanner := bufio.NewScanner(in)
		for scanner.Scan() {
			select {
			case lines <- line{text: scanner.Text()}:
			case <-ctx.Done():
				return
			}
		}
		err := scanner.Err()
		if err == nil {
			err = io.EOF
		}
		select {
		case lines <- line{err: err}:
		case <-ctx.Done():
		}
	}()
	return &Lines{out: out, printer: p, lines: lines, script: script}
}

// Tell shows a text.
func (l *Lines) Tell(text string) error {
	_, err := fmt.Fprintf(l.out, "%s\n", text)
	return err
}

// Ask shows a question and reads its answer.
func (l *Lines) Ask(ctx context.Context, q Prompt) (Reply, error) {
	if l.script && q.Refused != "" && q.Key == l.asked {
		return Reply{}, &RefusedError{Key: q.Key, Text: q.Text, Answer: l.last, Reason: q.Refused}
	}
	if l.asked == "" {
		if err := l.Tell(l.printer.Text("ask.keys", nil)); err != nil {
			return Reply{}, err
		}
	}
	l.asked = q.Key
	if err := l.show(q); err != nil {
		return Reply{}, err
	}
	reply, err := l.answer(ctx, q)
	if err != nil || reply.Act != Answer || len(q.Bases) == 0 || reply.Basis != "" {
		return reply, err
	}
	if q.Check != nil && q.Check(reply) != nil {
		return reply, nil // the walk says what is wrong with it
	}
	return l.basis(ctx, q, reply)
}

// answer reads lines until one is an answer.
func (l *Lines) answer(ctx context.Context, q Prompt) (Reply, error) {
	for {
		text, err := l.read(ctx, q)
		if err != nil {
			return Reply{}, err
		}
		if reply, ok := l.reply(q, text); ok {
			return reply, nil
		}
		if _, err := fmt.Fprintf(l.out, "%s\n> ", l.printer.Text("ask.refused.empty", nil)); err != nil {
			return Reply{}, err
		}
	}
}

// show writes the question, what may be chosen, and what was said before.
func (l *Lines) show(q Prompt) error {
	var b strings.Builder
	b.WriteString("\n")
	if q.Beside != "" && q.Beside != l.beside {
		b.WriteString(indent(q.Beside, "  | ") + "\n")
	}
	l.beside = q.Beside
	if q.Refused != "" {
		b.WriteString(indent(q.Refused, "! ") + "\n")
	}
	if q.Heading != "" {
		b.WriteString("[" + q.Heading + "]\n")
	}
	b.WriteString(q.Text + "\n")
	if q.Help != "" {
		b.WriteString(indent(q.Help, "  ") + "\n")
	}
	for i, o := range numberedOptions(q) {
		fmt.Fprintf(&b, "  %d  %s\n", i+1, o.Text)
	}
	if old := l.old(q); old != "" {
		b.WriteString("[" + old + "] ")
	}
	b.WriteString("> ")
	_, err := io.WriteString(l.out, b.String())
	return err
}

// numberedOptions are those that stand under a question with their numbers.
func numberedOptions(q Prompt) []Option {
	if q.AsTyped {
		return nil
	}
	return q.Options
}

func indent(text, by string) string {
	return by + strings.ReplaceAll(text, "\n", "\n"+strings.Repeat(" ", len(by)-len(strings.TrimLeft(by, " ")))+strings.TrimLeft(by, " "))
}

// old is the default as a person reads it.
func (l *Lines) old(q Prompt) string {
	switch q.Old.Act {
	case NotKnown:
		return l.printer.Text("ask.unknown", nil)
	case Nothing:
		return l.printer.Text("ask.nothing", nil)
	case Answer, Back, Leave:
	}
	for _, o := range q.Options {
		if o.ID == q.Old.Text {
			return o.Text
		}
	}
	return q.Old.Text
}

// read gives the next line, and an EndError where there is none.
func (l *Lines) read(ctx context.Context, q Prompt) (string, error) {
	for {
		select {
		case <-ctx.Done():
			return "", ctx.Err()
		case next, open := <-l.lines:
			switch {
			case !open || errors.Is(next.err, io.EOF):
				fmt.Fprintln(l.out)
				return "", &EndError{Key: q.Key, Text: q.Text}
			case next.err != nil:
				return "", fmt.Errorf("the answers cannot be read: %w", next.err)
			}
			text := strings.TrimSpace(strings.TrimPrefix(next.text, "\ufeff"))
			if l.script && (text == "" || strings.HasPrefix(text, "#")) {
				continue
			}
			if l.script {
				fmt.Fprintln(l.out, text)
			}
			l.last = text
			return text, nil
		}
	}
}

// reply understands a line: a sign, a word for one, an option's number, or an
// answer. It is false for an empty line where there is nothing to keep.
func (l *Lines) reply(q Prompt, text string) (Reply, bool) {
	if text == "" || text == "=" {
		kept := q.Old.Act != Answer || q.Old.Text != ""
		return q.Old, kept
	}
	for _, sign := range []struct {
		sign, words string
		act         Act
		fits        bool // the words, too: "no" may be the beginning of an option
	}{{"?", "ask.unknown.words", NotKnown, true}, {"-", "ask.nothing.words", Nothing, q.Nothing}, {"<", "ask.back.words", Back, true}, {".", "ask.leave.words", Leave, true}} {
		words := strings.Split(l.printer.Text(sign.words, nil), ";")
		said := sign.fits && !l.isOption(q, text) && slices.ContainsFunc(words, func(w string) bool { return fold(w) == fold(text) })
		if text == sign.sign || said {
			return Reply{Act: sign.act}, true
		}
	}
	r := Reply{Text: text}
	if len(q.Bases) > 0 {
		r.Text, r.Basis = l.cutBasis(q, text)
	}
	if q.Many {
		r.Text = l.numbered(q, text)
	} else if n, err := strconv.Atoi(text); err == nil && n >= 1 && n <= len(numberedOptions(q)) {
		r.Text = q.Options[n-1].ID
	}
	return r, true
}

// isOption tells whether a word is one of the options: "nothing" may be one.
func (l *Lines) isOption(q Prompt, text string) bool {
	return slices.ContainsFunc(q.Options, func(o Option) bool { return fold(o.Text) == fold(text) || o.ID == text })
}

// numbered puts options in the place of their numbers: "1, 3".
func (l *Lines) numbered(q Prompt, text string) string {
	items := list(text)
	for i, item := range items {
		if n, err := strconv.Atoi(item); err == nil && n >= 1 && n <= len(q.Options) {
			items[i] = q.Options[n-1].ID
		}
	}
	return strings.Join(items, ", ")
}

// cutBasis takes how a number is known off its end: "12 a week, counted".
func (l *Lines) cutBasis(q Prompt, text string) (rest, basis string) {
	for _, b := range q.Bases {
		for _, word := range []string{b.ID, b.Text} {
			if before, ok := strings.CutSuffix(fold(text), fold(word)); ok && strings.HasSuffix(strings.TrimRight(before, ","), " ") || ok && strings.HasSuffix(before, ",") {
				return strings.TrimRight(before, ", "), b.ID
			}
		}
	}
	return text, ""
}

// basis asks how a number is known.
func (l *Lines) basis(ctx context.Context, q Prompt, r Reply) (Reply, error) {
	known := q.Old.Basis
	if known == "" {
		known = "estimated"
	}
	var words []string
	for i, b := range q.Bases {
		words = append(words, fmt.Sprintf("%d %s", i+1, b.Text))
	}
	how := Prompt{Key: q.Key, Text: l.printer.Text("ask.basis", nil) + " " + strings.Join(words, " · "), Options: q.Bases, Old: Reply{Text: known}}
	refusal := ""
	for {
		if _, err := fmt.Fprintf(l.out, "%s  %s\n  [%s] > ", refusal, how.Text, l.old(how)); err != nil {
			return Reply{}, err
		}
		text, err := l.read(ctx, how)
		if err != nil {
			return Reply{}, err
		}
		answer, _ := l.reply(how, text)
		if answer.Act == NotKnown {
			answer = Reply{Text: "guessed"}
		}
		if answer.Act != Answer {
			return answer, nil
		}
		id, _, err := reader{Printer: l.printer}.pick(answer.Text, q.Bases, never)
		if err == nil {
			r.Basis = id
			return r, nil
		}
		if l.script {
			return Reply{}, &RefusedError{Key: q.Key, Text: l.printer.Text("ask.basis", nil), Answer: text, Reason: err.Error()}
		}
		refusal = "! " + err.Error() + "\n"
	}
}
