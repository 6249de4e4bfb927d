package interview

import (
	"context"
	"fmt"
	"io"
	"os"
	"strings"
	"sync/atomic"

	tea "charm.land/bubbletea/v2"

	"github.com/flowmap-dev/flowmap/pkg/lang"
)

// Form asks on the whole screen of a terminal, one question a page. It takes
// the screen with the first question and gives it back with Close, which must
// be called: a terminal that is left as it is shows nothing that one types.
type Form struct {
	words   lang.Printer
	in      *os.File
	out     io.Writer
	options []tea.ProgramOption

	program  *tea.Program
	keyboard *keyboard
	replies  chan Reply
	ended    chan struct{} // closed when the program has ended, for whatever reason
	failure  error         // why it has; read only when ended is closed

	told []string // texts that no page has shown yet

	interrupted atomic.Bool
}

// NewForm is a form on a terminal, in the language of the printer. Both files
// must be terminals: from a pipe, ask in lines.
func NewForm(in, out *os.File, words lang.Printer) *Form {
	f := &Form{words: words, in: in, out: out, replies: make(chan Reply, 1)}
	f.options = []tea.ProgramOption{
		tea.WithOutput(out),
		tea.WithoutSignalHandler(), // a signal ends the context of Ask
	}
	return f
}

// Ask shows a question, with what was told before it, and waits for the reply.
// The error is ctx's, or an EndError where the input ends, or what the terminal
// said.
func (f *Form) Ask(ctx context.Context, q Prompt) (Reply, error) {
	if f.program == nil {
		f.start()
	}
	f.program.Send(asked{q, strings.Join(f.told, "\n\n")})
	f.told = nil
	select {
	case r := <-f.replies:
		return r, nil
	case <-ctx.Done():
		return Reply{}, ctx.Err()
	case <-f.keyboard.eof:
		return Reply{}, &EndError{q.Key, q.Text}
	case <-f.ended:
		return Reply{}, fmt.Errorf("the terminal: %w", f.failure)
	}
}

func (f *Form) start() {
	f.ended = make(chan struct{})
	f.keyboard = newKeyboard(f.in)
	f.program = tea.NewProgram(newPage(f.words, f.hear), append(f.options, tea.WithInput(f.keyboard))...)
	go func() {
		defer close(f.ended)
		_, f.failure = f.program.Run()
	}()
}

func (f *Form) hear(r Reply) {
	if r.Act == Leave {
		f.interrupted.Store(true)
	}
	f.replies <- r
}

// Interrupted tells whether Ctrl-C ended the conversation.
func (f *Form) Interrupted() bool { return f.interrupted.Load() }

// Tell keeps a text for the page of the next question; where none follows,
// Close prints it.
func (f *Form) Tell(text string) error {
	f.told = append(f.told, text)
	return nil
}

// Close gives the screen back and prints what was told since the last question.
// The error is what the terminal said. A form that is closed twice, or has asked
// nothing, has nothing to give back.
func (f *Form) Close() error {
	if f.program != nil {
		f.program.Quit()
		<-f.ended
		_ = f.keyboard.Close() // nothing was written that could be lost
		f.program = nil
	}
	told := f.told
	f.told = nil
	for _, text := range told {
		if _, err := fmt.Fprintln(f.out, printable(text)); err != nil {
			return err
		}
	}
	return f.failure
}
