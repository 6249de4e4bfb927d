//go:build e2e

package e2etest

import (
	"cmp"
	"fmt"
	"html"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"
)

// terminal is a window of tmux in which flowmap runs.
type terminal struct {
	t             *testing.T
	socket        string
	columns, rows int
	light         bool
}

// inTerminal starts flowmap in a terminal of some size. The terminal answers the
// question for its background, and stays when the program has ended.
func inTerminal(t *testing.T, columns, rows int, light bool, args ...string) *terminal {
	t.Helper()
	s := &terminal{t: t, socket: filepath.Join(t.TempDir(), "tmux"), columns: columns, rows: rows, light: light}
	style := "fg=#e6e6e6,bg=#1e1e1e"
	if light {
		style = "fg=#1c1c1c,bg=#ffffff"
	}
	s.tmux("start-server", ";", "set", "-g", "default-terminal", "xterm-256color", ";", "set", "-g", "status", "off", ";",
		"set", "-g", "window-style", style, ";", "set", "-g", "remain-on-exit", "on", ";", "set", "-g", "escape-time", "0", ";",
		"new-session", "-d", "-x", strconv.Itoa(columns), "-y", strconv.Itoa(rows), quoted(append([]string{binary}, args...))+`; echo "ended with $?"`)
	t.Cleanup(func() {
		if text, err := exec.Command("tmux", "-S", s.socket, "kill-server").CombinedOutput(); err != nil {
			t.Errorf("tmux: %v: %s", err, text)
		}
	})
	return s
}

// quoted writes words for a shell.
func quoted(words []string) string {
	all := make([]string, len(words))
	for i, w := range words {
		all[i] = "'" + strings.ReplaceAll(w, "'", `'\''`) + "'"
	}
	return strings.Join(all, " ")
}

func (s *terminal) tmux(args ...string) string {
	s.t.Helper()
	env := []string{"PATH=" + os.Getenv("PATH"), "HOME=" + filepath.Dir(s.socket), "SHELL=/bin/sh", "LANG=C.UTF-8", "COLORTERM=truecolor", "SOURCE_DATE_EPOCH=1795392000"}
	r := start(s.t, env, "tmux", append([]string{"-u", "-S", s.socket, "-f", "/dev/null"}, args...)...)
	if r.code != 0 {
		s.t.Fatalf("tmux %s: %s", strings.Join(args, " "), r.stderr)
	}
	return r.stdout
}

// keys presses keys by their names, one after the other.
func (s *terminal) keys(names ...string) {
	s.t.Helper()
	s.tmux(append([]string{"send-keys"}, names...)...)
}

// types writes a text as a person does, letter by letter.
func (s *terminal) types(text string) {
	s.t.Helper()
	s.tmux("send-keys", "-l", "--", text)
}

// pastes puts a text in as a terminal pastes it.
func (s *terminal) pastes(text string) {
	s.t.Helper()
	s.tmux("set-buffer", "--", text)
	s.tmux("paste-buffer", "-p")
}

func (s *terminal) resize(columns, rows int) {
	s.t.Helper()
	s.columns, s.rows = columns, rows
	s.tmux("resize-window", "-x", strconv.Itoa(columns), "-y", strconv.Itoa(rows))
}

// screen is what stands in the terminal. A line that the terminal itself broke at its
// edge, in the middle of a word, is one line.
func (s *terminal) screen() string {
	s.t.Helper()
	return s.tmux("capture-pane", "-p", "-J")
}

// shows waits until all texts stand on the screen, wherever its lines break.
func (s *terminal) shows(texts ...string) {
	s.t.Helper()
	s.until(func(screen string) bool {
		words := words(screen)
		for _, text := range texts {
			if !strings.Contains(words, text) {
				return false
			}
		}
		return true
	}, "%q", texts)
}

// words are the words of a screen, without the lines between them.
func words(screen string) string {
	lines := strings.Split(screen, "\n")
	for i, line := range lines {
		lines[i], _, _ = strings.Cut(line, " │ ") // what stands beside is another text
		if rest, ok := strings.CutPrefix(line, "│ "); ok {
			lines[i] = rest
		}
	}
	return strings.Join(strings.Fields(strings.Join(lines, " ")), " ")
}

func (s *terminal) until(holds func(screen string) bool, format string, args ...any) {
	s.t.Helper()
	deadline := time.After(20 * time.Second)
	for {
		screen := s.screen()
		if holds(screen) {
			return
		}
		select {
		case <-deadline:
			runs := s.tmux("display-message", "-p", "#{pane_current_command}")
			s.t.Fatalf("the terminal does not show "+format+"\n%s\nin it runs %s", append(args, screen, runs)...)
		case <-time.After(20 * time.Millisecond):
		}
	}
}

// ends waits until the program has ended and returns its code.
func (s *terminal) ends() int {
	s.t.Helper()
	code := -1
	s.until(func(screen string) bool {
		_, after, ended := strings.Cut(words(screen), "ended with ")
		if ended {
			fmt.Sscan(after, &code)
		}
		return ended
	}, "an end")
	return code
}

// picture draws the terminal in Chromium, for a person to look at.
func (s *terminal) picture(name string) {
	s.t.Helper()
	if os.Getenv("FLOWMAP_E2E_OUT") == "" {
		return
	}
	file := filepath.Join(s.t.TempDir(), name+".html")
	if err := os.WriteFile(file, []byte(s.page()), 0o644); err != nil {
		s.t.Fatal(err)
	}
	p := open(s.t, file, int64(float64(s.columns)*cellWidth)+2*margin, int64(s.rows*cellHeight+2*margin))
	p.screenshot(s.t, name+".png")
}

// A cell of the picture in pixels: 16 pixels of Liberation Mono are 9.6 wide.
const (
	cellWidth  = 9.602
	cellHeight = 20
	margin     = 12
)

// page is the terminal as HTML.
func (s *terminal) page() string {
	ink := style{fore: "#e6e6e6", back: "#1e1e1e"}
	if s.light {
		ink = style{fore: "#1c1c1c", back: "#ffffff"}
	}
	var b strings.Builder
	fmt.Fprintf(&b, `<meta charset="utf-8"><body style="margin:0;background:%s"><pre style="margin:%dpx;font:16px/%dpx 'Liberation Mono'">`, ink.back, margin, cellHeight)
	now := ink
	text := s.tmux("capture-pane", "-e", "-p")
	for text != "" {
		at := escape.FindStringSubmatchIndex(text)
		if at == nil {
			at = []int{len(text), len(text), len(text), len(text)}
		}
		b.WriteString(now.span(text[:at[0]]))
		now = now.then(strings.Split(text[at[2]:at[3]], ";"), ink)
		text = text[at[1]:]
	}
	return b.String()
}

var escape = regexp.MustCompile("\x1b\\[([0-9;]*)m")

// style is how a terminal writes at a place.
type style struct {
	fore, back     string
	bold, reversed bool
}

func (s style) span(text string) string {
	if s.reversed {
		s.fore, s.back = s.back, s.fore
	}
	weight := "normal"
	if s.bold {
		weight = "bold"
	}
	return fmt.Sprintf(`<span style="color:%s;background:%s;font-weight:%s">%s</span>`, s.fore, s.back, weight, html.EscapeString(text))
}

// then is the style after the parameters of an SGR sequence, of those that the
// interview uses: ECMA-48, with colours of 24 bits.
func (s style) then(codes []string, ink style) style {
	for i := 0; i < len(codes); i++ {
		switch code := cmp.Or(codes[i], "0"); {
		case code == "0":
			s = ink
		case code == "1", code == "22":
			s.bold = code == "1"
		case code == "7", code == "27":
			s.reversed = code == "7"
		case code == "39":
			s.fore = ink.fore
		case code == "49":
			s.back = ink.back
		case (code == "38" || code == "48") && i+4 < len(codes):
			color := fmt.Sprintf("rgb(%s)", strings.Join(codes[i+2:i+5], ","))
			if code == "38" {
				s.fore = color
			} else {
				s.back = color
			}
			i += 4
		}
	}
	return s
}
