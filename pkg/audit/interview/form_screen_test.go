package interview

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"image/color"
	"io"
	"math"
	"os"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/x/ansi"

	"github.com/flowmap-dev/flowmap/pkg/lang"
)

// hard is a page with everything on it, and long.
func hard() Prompt {
	q := minutes()
	q.Heading = "Administration and finance · Orders of the web shop that are typed again"
	q.Text = "How many minutes does it take each time, with the calls and the corrections that it needs until everything is right?"
	q.Help = "One number, or three: the least, the most and the usual."
	q.Refused = "“a dozen” is no number: write 12, or 8 20 12 where it varies"
	q.Old = Reply{Text: "a dozen"}
	q.Beside = "3.5 hours a week\n€3,220 a year\n1 flow, 2 open points\n\nWeb shop ──▶ Holded\n  orders, 40/day"
	return q
}

func TestEveryQuestionIsWholeAtEverySize(t *testing.T) {
	for _, size := range [][2]int{{80, 24}, {120, 40}, {40, 12}, {60, 16}, {200, 60}, {72, 18}} {
		for _, q := range []Prompt{hard(), how(), system()} {
			s := sit(t, "en", size[0], size[1])
			s.asks(q)
			s.fits(q)
			s.types("enter")
			s.fits(q)
		}
	}
}

// fits holds the screen to its size, and the question to being on it.
func (s *sitting) fits(q Prompt) {
	s.t.Helper()
	lines := s.lines()
	if len(lines) != s.height {
		s.t.Errorf("%d×%d: %d lines", s.width, s.height, len(lines))
	}
	var page []string
	left, _ := s.columns()
	for _, line := range lines {
		if lipgloss.Width(line) > s.width {
			s.t.Errorf("%d×%d: too wide: %q", s.width, s.height, line)
		}
		page = append(page, strings.Fields(ansi.Truncate(line, left, ""))...)
	}
	if !strings.Contains(strings.Join(page, " "), q.Text) {
		s.t.Errorf("%d×%d: the question is not whole:\n%s", s.width, s.height, strings.Join(lines, "\n"))
	}
}

func TestASmallerScreenKeepsWhatWasTyped(t *testing.T) {
	s := sit(t, "en", 80, 24)
	s.asks(hard())
	s.types("!", "enter")
	s.Update(tea.WindowSizeMsg{Width: 40, Height: 12})
	if !s.shows("a dozen!") || !s.shows("not a number") {
		t.Errorf("the answer or the refusal is out of sight:\n%s", strings.Join(s.lines(), "\n"))
	}
	s.types("pgdown")
	s.types("pgdown")
	if !s.shows("orders, 40/day") {
		t.Error("what was found cannot be reached")
	}
	s.Update(tea.WindowSizeMsg{Width: 120, Height: 40})
	if !s.shows("a dozen!") || !s.shows("orders, 40/day") {
		t.Error("a larger screen lacks what was typed, or what was found")
	}
	s.types("esc")
	s.wants(Reply{Act: Back})
}

func TestNoSizeIsTooSmallToGoOn(t *testing.T) {
	s := sit(t, "es", 80, 24)
	s.asks(hard())
	for width := range 45 {
		for height := range 14 {
			s.Update(tea.WindowSizeMsg{Width: width, Height: height})
			if s.screen() == "" && width > 0 && height > 0 {
				t.Errorf("%d×%d: nothing is shown", width, height)
			}
		}
	}
	s.Update(tea.WindowSizeMsg{Width: 1, Height: 1})
	s.types("ctrl+c")
	s.wants(Reply{Act: Leave})
}

func TestNothingOnAPageSteersTheTerminal(t *testing.T) {
	s := sit(t, "en", 80, 24)
	q := system()
	q.Text, q.Help, q.Heading, q.Beside = "a\x1b]0;b\a", "c\u009bd", "e\u202ef", "g\x1b[2Jh"
	q.Options = append(q.Options, Option{"x", "i\x1b[5mj"})
	s.Update(asked{q: q, note: "k\x07l"})
	plain := strings.Join(s.lines(), "\n")
	if s.screen() == "" || strings.ContainsAny(plain, "\x07\x1b\u009b\u202e") || !strings.Contains(plain, "i\ufffd[5mj") || !strings.Contains(plain, "e\ufffdf") {
		t.Errorf("what steers a terminal is not shown as a box:\n%q", plain)
	}
}

func TestEveryWordIsInTheLanguageOfTheInterview(t *testing.T) {
	s := sit(t, "es", 80, 24)
	s.asks(minutes())
	for _, want := range []string{"Intro seguir", "Esc atrás", "Ctrl+N no lo sé", "Ctrl+C salir, todo queda guardado", "¿Cómo lo sabe?"} {
		if !s.shows(want) {
			t.Errorf("%q is not shown:\n%s", want, strings.Join(s.lines(), "\n"))
		}
	}
	s.asks(system())
	s.types("nuevo")
	if !s.shows("añadir «nuevo»") {
		t.Error("a new name is not offered in Spanish")
	}
}

// Colours come only once the terminal has said what its background is.
func TestColoursStandOutFromTheBackground(t *testing.T) {
	s := sit(t, "en", 80, 24)
	s.asks(hard())
	if strings.Contains(s.screen(), "38;2") {
		t.Error("there are colours before the background is known")
	}
	for _, on := range []struct {
		dark  bool
		backs []string
	}{{true, []string{"#000000", "#1e1e1e", "#282c34", "#002b36"}}, {false, []string{"#ffffff", "#fdf6e3", "#f2f2f2"}}} {
		c := paletteOn(on.dark)
		for _, back := range on.backs {
			for _, fore := range []string{c.accent, c.quiet, c.wrong} {
				if got := contrast(lipgloss.Color(fore), lipgloss.Color(back)); got < 4.5 {
					t.Errorf("%s on %s: %.1f to 1, want 4.5", fore, back, got)
				}
			}
			if got := contrast(lipgloss.Color(c.frame), lipgloss.Color(back)); got < 3 {
				t.Errorf("the frame %s on %s: %.1f to 1, want 3", c.frame, back, got)
			}
		}
		s.Update(tea.BackgroundColorMsg{Color: lipgloss.Color(on.backs[0])})
		if !strings.Contains(s.screen(), "38;2") {
			t.Error("there are no colours when the background is known")
		}
	}
}

// contrast is that of WCAG 2.1.
func contrast(a, b color.Color) float64 {
	luminance := func(c color.Color) float64 {
		r, g, b, _ := c.RGBA()
		sum := 0.0
		for i, part := range []uint32{r, g, b} {
			x := float64(part) / 0xffff
			if x <= 0.04045 {
				x /= 12.92
			} else {
				x = math.Pow((x+0.055)/1.055, 2.4)
			}
			sum += x * []float64{0.2126, 0.7152, 0.0722}[i]
		}
		return sum
	}
	la, lb := luminance(a), luminance(b)
	return (max(la, lb) + 0.05) / (min(la, lb) + 0.05)
}

// terminal is a form between two pipes, 80 by 24, and what it writes.
type terminal struct {
	*Form
	keyboard *os.File
	screen   *bufio.Reader
	out      *os.File
}

func startForm(t *testing.T) terminal {
	t.Helper()
	in, keyboard, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	screen, out, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	words, err := lang.New("en")
	if err != nil {
		t.Fatal(err)
	}
	f := NewForm(in, out, words)
	f.options = append(f.options, tea.WithWindowSize(80, 24), tea.WithEnvironment([]string{"TERM=xterm-256color"}))
	t.Cleanup(func() {
		for _, c := range []io.Closer{f, in, keyboard, out, screen} {
			_ = c.Close() // some are closed already
		}
	})
	return terminal{f, keyboard, bufio.NewReader(screen), out}
}

// until reads what is written as far as a text.
func (f terminal) until(t *testing.T, text string) {
	t.Helper()
	var seen []byte
	for !bytes.HasSuffix(seen, []byte(text)) {
		b, err := f.screen.ReadByte()
		if err != nil {
			t.Fatalf("%q is not written: %v in %q", text, err, seen)
		}
		seen = append(seen, b)
	}
}

func TestAFormAsksAndGivesTheScreenBack(t *testing.T) {
	f := startForm(t)
	done := make(chan Reply)
	go func() {
		defer close(done)
		r, err := f.Ask(t.Context(), how())
		if err != nil {
			t.Error(err)
		}
		done <- r
	}()
	f.until(t, "there?")
	fmt.Fprint(f.keyboard, "\x1b[B\r") // down, Enter
	if r := <-done; r != (Reply{Text: "file"}) {
		t.Errorf("the walk heard %+v, want the second choice", r)
	}
	if err := f.Tell("All is saved."); err != nil {
		t.Fatal(err)
	}
	go func() {
		if err := f.Close(); err != nil {
			t.Error(err)
		}
	}()
	f.until(t, "\x1b[?1049l") // the screen as it was
	f.until(t, "All is saved.\n")
}

func TestAFormHearsTheEndOfInputAndOfTheContext(t *testing.T) {
	f := startForm(t)
	f.keyboard.Close()
	go io.Copy(io.Discard, f.screen)
	_, err := f.Ask(t.Context(), minutes())
	var end *EndError
	if !errors.As(err, &end) || end.Key != "web.minutes" {
		t.Errorf("at the end of input: %v, want an EndError that names the question", err)
	}
	f = startForm(t)
	go io.Copy(io.Discard, f.screen)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err = f.Ask(ctx, minutes()); !errors.Is(err, context.Canceled) {
		t.Errorf("after an interrupt: %v", err)
	}
}
