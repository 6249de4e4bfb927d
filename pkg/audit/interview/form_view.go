package interview

import (
	"cmp"
	"strings"

	tea "charm.land/bubbletea/v2"
	"charm.land/lipgloss/v2"

	"github.com/flowmap-dev/flowmap/pkg/lang"
)

const (
	wide  = 72 // columns from which what was found stands beside the question
	roomy = 18 // lines from which parts stand apart
)

// View draws the page.
func (p *page) View() tea.View {
	v := tea.NewView(p.screen())
	v.AltScreen = true
	return v
}

// layout is a page cut to the screen.
type layout struct {
	head, foot []string
	body       sheet
	height     int // of the body
	top        int // the first line of it that is shown
}

// sheet is a page as long as it needs to be; the lines from and to hold what the
// keys change.
type sheet struct {
	lines    []string
	from, to int
	list     int // lines of what one chooses from
	core     int // lines up to the last that one cannot do without
}

func (s *sheet) add(text string) {
	s.lines = append(s.lines, strings.Split(text, "\n")...)
}

func (s *sheet) gap(on bool) {
	if on && len(s.lines) > 0 {
		s.lines = append(s.lines, "")
	}
}

func (p *page) screen() string {
	if p.width < 1 || p.height < 1 || p.q.Key == "" && p.q.Text == "" {
		return ""
	}
	l := p.layout()
	lines := l.head
	body := l.body.lines[l.top:min(l.top+l.height, len(l.body.lines))]
	left, right := p.columns()
	beside := p.beside(right, l.height)
	for i := range l.height {
		line := ""
		if i < len(body) {
			line = body[i]
		}
		if right > 0 {
			line += strings.Repeat(" ", max(left-lipgloss.Width(line), 0)) + p.look.frame.Render(" │ ")
			if i < len(beside) {
				line += beside[i]
			}
		}
		lines = append(lines, strings.TrimRight(line, " "))
	}
	return strings.Join(append(lines, l.foot...), "\n")
}

// columns are the widths of the page and of what stands beside it; 0 where that
// stands below.
func (p *page) columns() (left, right int) {
	if p.width < wide || p.q.Beside == "" {
		return min(p.width, 100), 0
	}
	right = min(max(p.width*2/5, 24), 56)
	return p.width - right - 3, right
}

func (p *page) beside(width, height int) []string {
	if width == 0 {
		return nil
	}
	lines := strings.Split(p.found(width), "\n")
	if len(lines) > height {
		lines = append(lines[:max(height-1, 0)], p.look.quiet.Render("…"))
	}
	return lines
}

// found is what this interview has found so far.
func (p *page) found(width int) string {
	title := p.look.heading.Render(wrapped(p.words.Text("ask_form.beside", nil), width))
	return title + "\n" + wrapped(p.q.Beside, width)
}

// layout fits the page to the screen: first the list is made shorter, then the
// page is shown from where the keys work.
func (p *page) layout() layout {
	reading := p.reading()
	l := p.frame("", reading)
	width, _ := p.columns()
	if reading {
		l.body = p.told(width)
	} else {
		l.body = p.sheet(width, p.height)
		if over := l.body.core - l.height; over > 0 {
			l.body = p.sheet(width, max(l.body.list-over, 2))
		}
	}
	if len(l.body.lines) > l.height {
		body := l.body
		l = p.frame("down", reading)
		l.body = body
	}
	l.top = max(0, l.body.to-l.height)
	if l.body.from < l.top {
		l.top = l.body.from
	}
	if p.paged {
		l.top = p.top
	}
	end := max(0, len(l.body.lines)-l.height)
	l.top = max(0, min(l.top, end))
	if l.top > 0 && l.top == end {
		body, top := l.body, l.top
		l = p.frame("up", reading)
		l.body, l.top = body, top
	}
	return l
}

// frame is what stands around the page, and how much room it leaves.
func (p *page) frame(more string, reading bool) layout {
	var l layout
	apart := p.height >= roomy
	heading := cmp.Or(p.q.Heading, "flowmap")
	l.head = strings.Split(p.look.heading.Render(wrapped(heading, p.width)), "\n")
	l.foot = p.keys(more, reading)
	if !apart && len(l.head) > 1 {
		l.head = []string{p.look.heading.Render(firstLetters(heading, p.width))}
	}
	if apart {
		rule := p.look.frame.Render(strings.Repeat("─", p.width))
		l.head = append(l.head, rule)
		l.foot = append([]string{rule}, l.foot...)
	}
	l.head = l.head[:min(len(l.head), max(p.height/3, 1))]
	l.foot = l.foot[:min(len(l.foot), max(p.height/3, 1))]
	l.height = max(p.height-len(l.head)-len(l.foot), 1)
	return l
}

// page scrolls by a screen less a line.
func (p *page) page(down bool) {
	l := p.layout()
	by := max(l.height-1, 1)
	if !down {
		by = -by
	}
	p.top, p.paged = max(0, min(l.top+by, len(l.body.lines)-l.height)), true
}

// reading tells whether what is told is too long to stand above the question: it
// is a page of its own, then.
func (p *page) reading() bool {
	if p.note == "" || p.width < 1 {
		return false
	}
	width, _ := p.columns()
	return len(p.sheet(width, 2).lines) > p.frame("", false).height
}

func (p *page) told(width int) sheet {
	var s sheet
	s.add(wrapped(p.note, width))
	return s
}

// sheet draws the whole page, with so many lines for a list.
func (p *page) sheet(width, list int) sheet {
	var s sheet
	apart := p.height >= roomy
	if p.note != "" {
		if apart {
			s.add("")
		}
		for line := range strings.SplitSeq(wrapped(p.note, width-2), "\n") {
			s.add(p.look.frame.Render("│ ") + line)
		}
	}
	if apart {
		s.add("")
	}
	s.add(p.look.question.Render(wrapped(p.q.Text, width)))
	help := p.look.quiet.Render(wrapped(p.q.Help, width))
	if p.q.Help != "" && apart {
		s.add(help)
	}
	s.gap(apart)
	p.answering(&s, width, list)
	if p.q.Help != "" && !apart {
		s.add(help)
	}
	if _, right := p.columns(); right == 0 && p.q.Beside != "" {
		s.gap(apart)
		s.add(p.look.frame.Render(strings.Repeat("─", width)))
		s.add(p.found(width))
	}
	return s
}

// answering draws what one answers with.
func (p *page) answering(s *sheet, width, list int) {
	apart := p.height >= roomy
	s.from = len(s.lines)
	if p.field != nil {
		s.add(p.field.show(p.look.field(apart, p.open && !p.onBases), width, max(p.height/4, 1)))
	}
	if p.refused != "" {
		s.add(p.look.wrong.Render(wrapped("× "+p.refused, width)))
	} else if p.hasOld() && p.field != nil && p.field.text() == "" {
		s.add(p.look.quiet.Render(wrapped(p.words.Text(p.oldWords(), lang.Args{"Text": p.oldText()}), width)))
	}
	for _, c := range []*choices{p.list, p.bases} {
		if c == nil || len(c.rows) == 0 {
			continue
		}
		if c == p.bases {
			s.gap(apart)
			if p.onBases {
				s.from = len(s.lines)
			}
			s.add(p.basesTitle(width))
		}
		before := len(s.lines)
		s.add(c.show(p.look, width, list, c == p.list || p.onBases))
		s.list += len(s.lines) - before
		if c == p.list || p.onBases {
			s.to = len(s.lines)
		}
	}
	s.core = len(s.lines)
	s.to = max(s.to, min(s.from+1, s.core))
	s.gap(apart)
}

func (p *page) basesTitle(width int) string {
	title := wrapped(p.words.Text("ask_form.bases", nil), width)
	if p.onBases {
		return p.look.question.Render(title)
	}
	return p.look.quiet.Render(title)
}

// oldWords are for an answer that was given, or one that is usual.
func (p *page) oldWords() string {
	if p.q.Suggested {
		return "ask_form.usual"
	}
	return "ask_form.old"
}

// oldText is the old answer as a person would say it.
func (p *page) oldText() string {
	switch p.q.Old.Act {
	case NotKnown:
		return p.words.Text("ask_form.unknown", nil)
	case Nothing:
		return p.words.Text("ask_form.nothing", nil)
	case Answer, Back, Leave:
	}
	return p.list.text(p.q.Old.Text)
}

// keys is the line that says which key does what.
func (p *page) keys(more string, reading bool) []string {
	between := "   "
	if p.height < roomy {
		between = "  "
	}
	var lines []string
	line := ""
	for _, k := range p.means(more, reading) {
		item := p.look.picked.Render(k[0]) + " " + p.look.quiet.Render(p.words.Text("ask_form.do."+k[1], nil))
		switch {
		case line == "":
			line = item
		case lipgloss.Width(line+between+item) > p.width:
			lines = append(lines, line)
			line = item
		default:
			line += between + item
		}
	}
	return append(lines, line)
}

// means lists the keys that mean something here, and what; more is where the
// page goes on out of sight: up, down, or nowhere.
func (p *page) means(more string, reading bool) [][2]string {
	all := [][2]string{{p.words.Text("ask_form.enter", nil), "next"}}
	on := func(is bool, name, does string) {
		if is {
			all = append(all, [2]string{name, does})
		}
	}
	on(!reading && (len(p.list.rows) > 0 || p.onBases), "↑↓", "move")
	on(!reading && p.list.marks, p.words.Text("ask_form.space", nil), "mark")
	on(!reading && p.field != nil && len(p.list.rows) > 0 && !p.onBases, "Tab", "complete")
	on(p.q.Back || p.onBases, "Esc", "back")
	on(!reading && p.q.Unknown, "Ctrl+N", "unknown")
	on(!reading && p.q.Nothing, "Ctrl+O", "nothing")
	if p.height < roomy || p.q.Unsaved {
		on(true, "Ctrl+C", "leave_short")
	} else {
		on(true, "Ctrl+C", "leave")
	}
	if more != "" {
		on(true, p.words.Text("ask_form.page_"+more, nil), "page")
	}
	return all
}

// firstLetters is a text cut to one line.
func firstLetters(text string, width int) string {
	text = printable(text)
	lines := strings.Split(wrapped(text, max(width-1, 1)), "\n")
	if len(lines) > 1 {
		return strings.TrimRight(lines[0], " ·") + "…"
	}
	return text
}

// wrapped is a text that may be shown, in lines of at most so many columns.
func wrapped(text string, width int) string {
	return lipgloss.Wrap(printable(text), max(width, 1), "")
}
